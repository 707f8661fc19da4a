"""What a policy promises besides its tables: reasons for whoever is declined, and outcomes that never get worse."""

from collections.abc import Iterator

from attrs import frozen

from casefold.feel.values import Value
from casefold.feel.wording import place_words
from casefold.kernel.results import Failure, Success, sealed
from casefold.policy.artifact import Direction, Monotone, Policy
from casefold.policy.checks.monotone import ByNumber, Monotonicity, NotOrdered, Ranked, Violation, check_monotone
from casefold.policy.checks.monotone import Monotone as Claim
from casefold.policy.checks.sweep import TooLarge
from casefold.policy.graph import Compiled
from casefold.policy.lacking import Lack, LackKind
from casefold.policy.tables import Grid
from casefold_shells.findings import labels_of, listed, rules_words, value_words, witness_words


@frozen
class Kept:
    """A promise and what became of it: for the table, or why there is none that could keep it."""

    promise: Monotone
    grid: Grid | None
    found: Monotonicity | NotOrdered | TooLarge | None

    @property
    def broken(self) -> bool:
        """Whether the promise is not kept, or says nothing."""
        return not isinstance(self.found, Monotonicity) or bool(self.found.violations)


def promises_of(policy: Policy, compiled: Compiled) -> Iterator[Kept]:
    """Look whether a policy keeps what it promises of its tables."""
    for promise in policy.monotone:
        place = (f"decision {promise.decision}",)
        grid = next((each for each in compiled.grids if each.place == place), None)
        if grid is None:
            yield Kept(promise, None, None)
            continue
        order = Ranked(promise.order) if promise.order else ByNumber(larger=not promise.lowest_best)
        match sealed(check_monotone(grid, Claim(promise.input, promise.better is Direction.MORE, order))):
            case Success(found):
                yield Kept(promise, grid, found)
            case Failure(why):
                yield Kept(promise, grid, why)


def promise_words(kept: Kept) -> str:
    """Say what became of a promise, with two applicants where it is broken."""
    promise = kept.promise
    said = f"decision {promise.decision}: {promise.better.value} of {promise.input!r} is promised never to be worse"
    match kept.found:
        case None:
            return f"{said}, and the policy has no such table"
        case NotOrdered():
            return f"{said}, and the table has no such input, or no single answer; see its columns and hit policy"
        case TooLarge():
            return f"{said}; the table is too large to tell"
        case Monotonicity((), _, unknown):
            return f"{said}: kept" + (", as far as its cells can be looked up" if unknown else "")
        case Monotonicity(violations, total, _):
            assert kept.grid is not None, "a broken promise is about a table"
            more = f" (and {total - 1:,} more)" if total > 1 else ""
            return f"{said}, and is broken{more}:\n{_violation_words(kept.grid, violations[0])}"


def _violation_words(grid: Grid, violation: Violation) -> str:
    labels = labels_of(grid)
    lines = zip((violation.favoured, violation.other), violation.outcomes, violation.rules, strict=True)
    return "\n".join(
        f"  {value_words(outcome)} by rule {rules_words((rule,))} for {witness_words(labels, inputs)}"
        for inputs, outcome, rule in lines
    )


def lack_words(lack: Lack) -> str:
    """Say what is lacking for reasons, where, and how to mend it."""
    where = place_words(lack.place)
    match lack.kind:
        case LackKind.NO_TABLE:
            return f"{where}: it is no table and no scorecard, so it can say no reason; make it one"
        case LackKind.NO_REASON:
            about = f" ({lack.what})" if lack.what else ""
            return (
                f"{where}{about}: somebody may be declined by it, and no reason is named; add one in its notes “reason”"
            )
        case LackKind.UNKNOWN_REASON:
            return (
                f"{where}: {lack.what!r} is neither a reason of the catalogue nor a decision; add it, or mend the name"
            )
        case LackKind.UNDECLARED:
            return f"{where}: the outcome {lack.what!r} is not declared; add it to the order of outcomes"
        case LackKind.ADVERSE_DEFAULT:
            return f"{where}: where no rule matches it is {lack.what!r}, with no rule to say why; write that as a rule"
        case LackKind.NO_AVERAGE:
            return (
                f"{where}: {lack.what} compares with an average, and none is given; add it, or rank by points-below-max"
            )


def promise_json(kept: Kept) -> Value:
    """Give a promise and what became of it as plain data."""
    promise, found = kept.promise, kept.found
    violations = found.violations if isinstance(found, Monotonicity) else ()
    return {
        "decision": promise.decision,
        "input": promise.input,
        "better": promise.better.value,
        "kept": not kept.broken,
        "exact": isinstance(found, Monotonicity) and not found.unknown,
        "violations": listed(
            {
                "favoured": each.favoured,
                "other": each.other,
                "outcomes": each.outcomes,
                "rules": listed(str(rule + 1) for rule in each.rules),
            }
            for each in violations
        ),
    }


def lack_json(lack: Lack) -> Value:
    """Give what is lacking as plain data."""
    return {"kind": lack.kind.value, "place": lack.place, "what": lack.what}
