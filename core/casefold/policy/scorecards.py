"""Scorecards: points for what is known of an applicant, added up (the additive models of credit scoring).

A value falls into exactly one bin of its characteristic. One that is missing has a bin of its own or stops the
decision; special values come before all others. The score is a plain sum, so that no order and no rounding changes it.
"""

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from casefold.feel.numbers import CONTEXT
from casefold.feel.values import Fault, Function, Reason, Run, Value, kind_of
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
class Scale:
    """A characteristic ready to be looked at.

    Attributes:
        missing: The number of the bin for a missing value, if there is one.
        special: The numbers of the special bins, and a table that tells them apart.
        plain: The same of all other bins.
        average: The points that applicants get on average, if that is known.
        average_at_cutoff: The same of those at or slightly above the cutoff.
    """

    name: str
    kind: Kind
    bins: tuple[Worth, ...]
    missing: int | None
    special: tuple[tuple[int, ...], Grid]
    plain: tuple[tuple[int, ...], Grid]
    average: Decimal | None
    average_at_cutoff: Decimal | None

    def highest(self) -> Decimal:
        """Give the points of the best bin."""
        return max((each.points for each in self.bins), default=Decimal(0))


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
    if run.seen is not None:
        run.seen.append(Scored(card, tuple(inputs), tuple(bins)))
    return score


def _bin(scale: Scale, run: Run, value: Value, functions: Sequence[Value]) -> int | Fault:
    """Give the number of the bin that a value falls into."""
    if value is None:
        if scale.missing is None:
            return Fault(Reason.NO_VALUE, scale.name, "null", "a value, or a bin for a missing one")
        return scale.missing
    before = len(run.problems)
    numbers, grid = scale.special
    found = matching(grid, run, (value,), functions, first=False) if numbers else []
    del run.problems[before:]
    if not found:
        fit = scale.kind.fit(run, value, scale.name)
        if isinstance(fit, Fault):
            return fit
        numbers, grid = scale.plain
        found = matching(grid, run, (fit,), functions, first=False)
    if len(found) != 1:
        wanted = "a value of one bin"
        return Fault(Reason.NOT_ALLOWED, scale.name, f"{kind_of(value)} of {len(found)} bins", wanted)
    return numbers[found[0]]
