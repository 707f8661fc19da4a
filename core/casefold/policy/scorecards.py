"""Scorecards: points for what is known of an applicant, added up (the additive models of credit scoring).

A value falls into exactly one bin of its characteristic. One that is missing has a bin of its own or stops the
decision; special values come before all others. The score is a plain sum, so that no order and no rounding changes it.
"""

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from casefold.feel.numbers import CONTEXT
from casefold.feel.values import Fault, Function, Reason, Run, Value, kind_of
from casefold.policy.index import Ordered, Words, numbers_of
from casefold.policy.model import Bin, Scorecard
from casefold.policy.tables import Grid, matching
from casefold.policy.types import Kind


@frozen
class Worth:
    """A bin as it was written, its points and its reasons."""

    source: Bin
    points: Decimal
    reasons: tuple[str, ...]


@frozen(eq=False)
class Bins:
    """Bins that are told apart from each other.

    Attributes:
        numbers: Their numbers within the characteristic.
        grid: A table with a rule for each.
        column: Its only column, where that knows all of the bins.
    """

    numbers: tuple[int, ...]
    grid: Grid
    column: Ordered | Words | None


def bins_of(numbers: tuple[int, ...], grid: Grid) -> Bins:
    """Make bins of a table with a rule for each of them."""
    index = grid.index
    return Bins(numbers, grid, None if index is None or any(index.rest) else index.columns[0])


@frozen(eq=False)
class Scale:
    """A characteristic ready to be looked at.

    Attributes:
        expression: What is looked at, as the printer writes it.
        missing: The number of the bin for a missing value, if there is one.
        special: The special bins.
        plain: All others.
        highest: The points of the best bin.
        average: The points that applicants get on average, if that is known.
        average_at_cutoff: The same of those at or slightly above the cutoff.
    """

    name: str
    expression: str
    kind: Kind
    bins: tuple[Worth, ...]
    missing: int | None
    special: Bins
    plain: Bins
    highest: Decimal
    average: Decimal | None
    average_at_cutoff: Decimal | None


@frozen(eq=False)
class Card:
    """A scorecard ready to run; *place* is where it stands in the model, *source* how it was written."""

    name: str
    place: tuple[str, ...]
    source: Scorecard
    base: Decimal
    scales: tuple[Scale, ...]


@frozen(eq=False)
class Scored:
    """A scorecard as it was decided by: the value of each characteristic, and the number of its bin, from 0."""

    card: Card
    inputs: tuple[Value, ...]
    bins: tuple[int, ...]


def scoring(card: Card) -> Function:
    """Make a scorecard a function of what it looks at, and after that the functions that its bins ask for."""
    count = len(card.scales)

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        return scored(card, run, given[:count], given[count:])

    return Function(card.name, (), None, work)


def scored(card: Card, run: Run, inputs: Sequence[Value], functions: Sequence[Value]) -> Value | Fault:
    """Give the score."""
    score, bins = card.base, list[int]()
    for scale, value in zip(card.scales, inputs, strict=True):
        fallen = _bin(scale, run, value, functions)
        if isinstance(fallen, Fault):
            return fallen
        bins.append(fallen)
        score = CONTEXT.add(score, scale.bins[fallen].points)
    if not score.is_finite():
        return Fault(Reason.OUT_OF_BOUNDS, card.name)
    if run.seen is not None:
        run.seen.append(Scored(card, tuple(inputs), tuple(bins)))
    return score


def _bin(scale: Scale, run: Run, given: Value, functions: Sequence[Value]) -> int | Fault:
    """Give the number of the bin that a value falls into; a special one may be of another type than the others."""
    fit = scale.kind.fit(run, given, scale.name)
    value = given if isinstance(fit, Fault) else fit
    if value is None:
        if scale.missing is None:
            return Fault(Reason.NO_VALUE, scale.name, "null", "a value, or a bin for a missing one")
        return scale.missing
    before = len(run.problems)
    found = _met(scale.special, run, value, functions)
    if not _ask_more(scale.special):
        del run.problems[before:]
    if not found:
        if isinstance(fit, Fault):
            return fit
        found = _met(scale.plain, run, fit, functions)
    if len(found) != 1:
        return Fault(Reason.NOT_ALLOWED, scale.name, f"{kind_of(value)} of {len(found)} bins", "a value of one bin")
    return found[0]


def _ask_more(bins: Bins) -> bool:
    """Whether bins look at more than the value: what they cannot say is a problem, and not only another type."""
    return any(isinstance(cell, int) for row in bins.grid.rows for cell in row.cells)


def _met(bins: Bins, run: Run, value: Value, functions: Sequence[Value]) -> Sequence[int]:
    """Give the numbers of the bins that a value meets."""
    if not bins.numbers:
        return ()
    met = None if bins.column is None else bins.column.met(value)
    if met is None:
        return [bins.numbers[at] for at in matching(bins.grid, run, (value,), functions, first=False)]
    return () if met == 0 else [bins.numbers[at] for at in numbers_of(met)]
