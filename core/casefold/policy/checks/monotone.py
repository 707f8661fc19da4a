"""Whether more of an input never makes the outcome worse: a higher score, all else equal, is never declined for it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from casefold.feel.values import Value
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.checks.deciding import Deciding, deciding_of
from casefold.policy.checks.gaps import TOLD_MAX
from casefold.policy.checks.outcomes import Answer, Outcome, key_of
from casefold.policy.checks.parts import Span
from casefold.policy.checks.space import Axis, Chosen, Space, example
from casefold.policy.checks.sweep import WORK_MAX, TooLarge, one_box_each, sweep
from casefold.policy.index import Bits
from casefold.policy.model import HitPolicy
from casefold.policy.tables import Grid
from casefold.policy.texts import plain


@frozen
class Ranked:
    """An order of outcomes by their values, the best first."""

    values: tuple[Value, ...]


@frozen
class ByNumber:
    """An order of outcomes that are numbers: the *larger*, or the smaller, is the better."""

    larger: bool


@frozen
class Monotone:
    """A claim about a table.

    Attributes:
        input: What is tested, or what people call it.
        rising: Whether more of it is favourable; else less is.
        order: Which outcome is better.
        output: The name of the output that is meant, where there are several.
    """

    input: str
    rising: bool
    order: Ranked | ByNumber
    output: str = ""


@frozen
class Violation:
    """Two applicants who differ in one input: the one who is better off in it fares worse.

    Attributes:
        favoured: The one whose input is the more favourable.
        other: The one who fares better all the same.
        outcomes: What they get, in that order.
        rules: By which rules, from 0.
    """

    favoured: tuple[Value, ...]
    other: tuple[Value, ...]
    outcomes: tuple[Value, Value]
    rules: tuple[int, int]


@frozen
class Monotonicity:
    """What became of a claim.

    Attributes:
        violations: One for each pair of rules that breaks it, as far as they are told.
        total: How many pairs of rules break it.
        unknown: Whether it might be broken where outcomes rest on what must be asked or evaluated, are none that the
            order knows, or are none at all.
    """

    violations: tuple[Violation, ...]
    total: int
    unknown: bool


@frozen
class NotOrdered:
    """A claim says nothing about a table: it has no such input, or one without order, or answers by several rules."""

    input: str


def check_monotone(
    grid: Grid, claim: Monotone, told_max: int = TOLD_MAX, work_max: int = WORK_MAX
) -> Result[Monotonicity, NotOrdered | TooLarge]:
    """Check a claim for all applicants."""
    space, deciding = deciding_of(grid)
    at = _axis(grid, space, claim)
    if at is None or grid.hit not in {HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY}:
        return Failure(NotOrdered(claim.input))
    order = tuple(each for each in space.order() if each != at)
    full, last = space.full(order), _always(space.axes[at])

    def trim(level: int, met: Bits) -> Bits:
        return deciding.mattering(met, full[level] & last)

    sets: list[Bits] = []

    def answer(met: Bits) -> int:
        sets.append(met)
        return len(sets) - 1

    swept = sweep(space, order, answer, trim, work_max)
    if isinstance(swept, Failure):
        return swept
    scan = _Scan(grid, deciding, claim, _ranks(claim))
    found = [scan.breaks(space.axes[at], met) for met in sets]
    pairs: dict[tuple[int, int], Violation] = {}
    ways = one_box_each(swept.unwrap(), space)
    for number, (breaks, _) in enumerate(found):
        for each in breaks:
            if each.rules not in pairs:
                pairs[each.rules] = _violation(space, at, ways[number], each)
    told = tuple(pairs.values())
    unknown = any(unknown for _, unknown in found) or not space.whole_known
    return Success(Monotonicity(told[:told_max], len(told), unknown))


@frozen(eq=False)
class _Break:
    """Two parts of an axis, the favoured first, and what becomes of applicants there."""

    parts: tuple[int, int]
    outcomes: tuple[Value, Value]
    rules: tuple[int, int]


@frozen(eq=False)
class _Scan:
    grid: Grid
    deciding: Deciding
    claim: Monotone
    ranks: Mapping[object, Decimal]

    def breaks(self, axis: Axis, met: Bits) -> tuple[list[_Break], bool]:
        """Go along an input in the favourable direction, and find what is worse than something before it."""
        best: tuple[Decimal, int, Value, int] | None = None
        found: dict[tuple[int, int], _Break] = {}
        unknown = False
        numbers = range(len(axis.parts))
        for part in numbers if self.claim.rising else reversed(numbers):
            decided = self.deciding.sure(met & axis.masks[part])
            value = None if decided is None else self._value(decided[0])
            rank = None if value is None else self._rank(value[0])
            if decided is None or value is None or rank is None or not decided[1]:
                unknown = True
                continue
            rule = decided[1][0]
            if best is None or rank <= best[0]:
                best = rank, part, value[0], rule
            elif (rule, best[3]) not in found:
                found[rule, best[3]] = _Break((part, best[1]), (value[0], best[2]), (rule, best[3]))
        return list(found.values()), unknown

    def _value(self, outcome: Outcome) -> tuple[Value] | None:
        if not isinstance(outcome, Answer):
            return None
        if len(self.grid.columns) == 1:
            return (outcome.value,)
        members = outcome.value if isinstance(outcome.value, dict) else {}
        return (members[self.claim.output],) if self.claim.output in members else None

    def _rank(self, value: Value) -> Decimal | None:
        """Give how bad an outcome is."""
        if isinstance(self.claim.order, Ranked):
            return self.ranks.get(key_of(value))
        if not isinstance(value, Decimal):
            return None
        return value.copy_negate() if self.claim.order.larger else value


def _ranks(claim: Monotone) -> Mapping[object, Decimal]:
    values: Sequence[Value] = claim.order.values if isinstance(claim.order, Ranked) else ()
    return {key_of(value): Decimal(at) for at, value in enumerate(values)}


def _axis(grid: Grid, space: Space, claim: Monotone) -> int | None:
    """Find the input that a claim is about, if its values have an order."""
    texts = [plain(head.expression) for head in grid.inputs]
    labels = [head.label for head in grid.inputs]
    wanted = plain(claim.input)
    columns = [at for at, text in enumerate(texts) if text == wanted] or [
        at for at, label in enumerate(labels) if claim.input in {label, label.removeprefix("input ")}
    ]
    found = (at for at, axis in enumerate(space.axes) if columns and columns[0] in axis.columns)
    at = next(found, None)
    return at if at is not None and all(isinstance(part, Span) for part in space.axes[at].parts) else None


def _always(axis: Axis) -> Bits:
    found = -1
    for mask in axis.masks:
        found &= mask
    return found


def _violation(space: Space, at: int, chosen: Chosen, found: _Break) -> Violation:
    one, other = (example(space, (*chosen[:at], 1 << part, *chosen[at + 1 :])) for part in found.parts)
    return Violation(one, other, found.outcomes, found.rules)
