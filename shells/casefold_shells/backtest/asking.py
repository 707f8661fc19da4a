"""What is asked of history: which columns are facts, which compare groups, and which are nobody's."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from attrs import frozen

from casefold.feel.types import Simple, Type, type_text
from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.artifact import Policy
from casefold.policy.deciding import Ready
from casefold.policy.graph import Compiled
from casefold.policy.impact import GROUP_MIN
from casefold.policy.model import Decision
from casefold.policy.summary import SAMPLES_MAX, Terms, side_of
from casefold_adapters.facts import Columns, Form, Source


@frozen
class Wish:
    """What somebody asked for.

    Attributes:
        groups: Columns by which applicants are compared.
        kept: Columns that are shown with samples.
        numbers: Decisions whose numbers are summed; those that both policies have, if none are named.
        approved: Outcomes that count as an approval; the best of each policy, if none are named.
        ignore_extra: Whether columns that nobody asks for are passed over.
    """

    groups: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    ignore_extra: bool = False
    group_min: int = GROUP_MIN
    samples_max: int = SAMPLES_MAX


@frozen(eq=False)
class Plan:
    """A backtest that can be run, in any process.

    Attributes:
        policies: The policy that is decided by, and the one against which it is compared.
        digests: What names them.
        kinds: The types of the facts, by column.
        kept: Columns that are shown with samples.
        ignored: Columns of history that are passed over.
        missing: Facts that are asked for and that history has no column of: they are null.
    """

    source: Source
    policies: tuple[Policy, Policy]
    digests: tuple[str, str]
    terms: Terms
    kinds: Mapping[str, Type]
    kept: tuple[str, ...]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]
    as_of: Instant
    group_min: int
    ignore_extra: bool

    @property
    def same(self) -> bool:
        """Whether both policies decide alike: one evaluation is enough."""
        return self.digests[0] == self.digests[1]

    def columns(self) -> Columns:
        """Say what is wanted of each row."""
        texts = tuple(dict.fromkeys((*self.terms.groups, *self.kept)))
        return Columns(self.kinds, texts, None if self.ignore_extra else frozenset())


@frozen
class CannotAsk:
    """A backtest makes no sense; *why* says it in words."""

    why: str


def inputs_of(prepared: Ready) -> dict[str, Type]:
    """Give the inputs that a policy asks for, and their types; a decision is never taken from history."""
    compiled = prepared.compiled
    return {name: compiled.plans[compiled.inputs[name]].kind.type for name in compiled.inputs if name in prepared.facts}


def numbers_of(compiled: Compiled) -> list[str]:
    """Give the decisions that are numbers."""
    plans = ((name, compiled.plans[number]) for name, number in compiled.names.items())
    return [name for name, plan in plans if isinstance(plan.element, Decision) and plan.kind.type is Simple.NUMBER]


def plan_of(source: Source, both: tuple[Ready, Ready], wish: Wish, as_of: Instant) -> Result[Plan, CannotAsk]:
    """Say what is asked of history, or why it cannot be asked."""
    one, other = (inputs_of(each) for each in both)
    clash = next((name for name in one if name in other and one[name] != other[name]), None)
    if clash is not None:
        kinds = f"{type_text(one[clash])} and {type_text(other[clash])}"
        return Failure(CannotAsk(f"the policies do not agree on the type of {clash!r}: {kinds}"))
    facts = {**one, **other}
    wanted = dict.fromkeys((*wish.groups, *wish.kept))
    columns = _columns(source, facts, wanted, ignore_extra=wish.ignore_extra)
    if isinstance(columns, Failure):
        return columns
    numbers = _numbers(both, wish.numbers)
    if isinstance(numbers, Failure):
        return numbers
    for each in both:
        outcomes = each.policy.outcomes
        unknown = [name for name in wish.approved if outcomes is not None and name not in outcomes.order]
        if unknown and outcomes is not None:
            return Failure(CannotAsk(f"--approved {unknown[0]!r}: the outcomes are {', '.join(outcomes.order)}"))
    policies = both[0].policy, both[1].policy
    sides = side_of(policies[0], wish.approved), side_of(policies[1], wish.approved)
    return Success(
        Plan(
            source,
            policies,
            (both[0].digest, both[1].digest),
            Terms(sides, wish.groups, numbers.unwrap(), wish.samples_max),
            facts,
            wish.kept,
            columns.unwrap(),
            tuple(name for name in facts if name not in source.names and not name.startswith("{")),
            as_of,
            wish.group_min,
            wish.ignore_extra,
        )
    )


def _columns(
    source: Source, facts: Mapping[str, Type], wanted: Mapping[str, None], *, ignore_extra: bool
) -> Result[tuple[str, ...], CannotAsk]:
    """Give the columns that are passed over."""
    ragged = source.form in {Form.JSON, Form.LINES}
    gone = [name for name in wanted if name not in source.names and not ragged]
    if gone:
        return Failure(CannotAsk(f"there is no column {gone[0]!r}{_near(gone[0], source.names)}"))
    extra = tuple(name for name in source.names if name not in facts and name not in wanted)
    if extra and not ignore_extra:
        hints = "; ".join(f"{name!r}{_near(name, list(facts))}" for name in extra[:5])
        more = f" and {len(extra) - 5} more" if len(extra) > 5 else ""
        return Failure(
            CannotAsk(
                f"neither policy asks for {hints}{more}; name a column with --group or --keep, "
                "or pass over all such with --ignore-extra"
            )
        )
    return Success(extra)


def _numbers(both: tuple[Ready, Ready], wanted: Sequence[str]) -> Result[tuple[str, ...], CannotAsk]:
    there = [numbers_of(each.compiled) for each in both]
    if not wanted:
        return Success(tuple(name for name in there[0] if name in there[1]))
    known = dict.fromkeys(
        name
        for each in both
        for name, number in each.compiled.names.items()
        if isinstance(each.compiled.plans[number].element, Decision)
    )
    unknown = [name for name in wanted if name not in known]
    if unknown:
        return Failure(CannotAsk(f"--number {unknown[0]!r}: there is no such decision{_near(unknown[0], list(known))}"))
    return Success(tuple(dict.fromkeys(wanted)))


def _near(name: str, known: Sequence[str]) -> str:
    lower = {each.lower().replace("_", " "): each for each in known}
    found = get_close_matches(name.lower().replace("_", " "), lower, 1)
    return f" (did you mean {lower[found[0]]!r}?)" if found else ""
