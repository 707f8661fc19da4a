"""Why a decision was adverse: the reasons of what decided it, ranked and capped as the policy says.

The rule of the outcome's table that matched names its reasons, or the decisions whose reasons they are: a knock-out
table gives those of its rules that matched, a scorecard those of the bins that cost the most. So reasons come from the
component that decided, and from no other (12 CFR 1002, Supplement I, comments 9(b)(2)-2, -4, -7 and -8).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from attrs import evolve, frozen

from casefold.feel.numbers import CONTEXT
from casefold.policy.artifact import Method, Ranking
from casefold.policy.scorecards import Scale, Scored
from casefold.policy.tables import Seen

NOUGHT = Decimal(0)


@frozen
class ByRule:
    """A rule that matched: the decision, the rule's number from 1, and what its cells test."""

    decision: str
    rule: int
    tested: tuple[str, ...]


@frozen
class ByPoints:
    """A bin that an applicant fell into: the scorecard's decision, the characteristic, and the points it fell short."""

    decision: str
    characteristic: str
    tested: str
    short: Decimal


Cause: TypeAlias = ByRule | ByPoints


@frozen
class Told:
    """A reason, by its code, and all that it was told for."""

    code: str
    causes: tuple[Cause, ...]


@frozen(eq=False)
class Reasoning:
    """What a policy says of its reasons.

    Attributes:
        codes: The place of each known code in the order of ties.
        decisions: The names of the decisions whose reasons may be asked for.
        ranking: How they are ranked.
    """

    codes: Mapping[str, int]
    decisions: frozenset[str]
    ranking: Ranking


def reasons_for(reasoning: Reasoning, decision: str, seen: Sequence[object]) -> tuple[Told, ...]:
    """Give the reasons of a decision that was made, the weightiest first, as many as the policy tells."""
    merged: dict[str, Told] = {}
    for told in _of(reasoning, decision, seen, frozenset()):
        there = merged.get(told.code)
        merged[told.code] = told if there is None else evolve(there, causes=there.causes + told.causes)
    return tuple(merged.values())[: reasoning.ranking.most]


def _of(reasoning: Reasoning, decision: str, seen: Sequence[object], above: frozenset[str]) -> Iterator[Told]:
    """Give the reasons of one decision, *above* which are those that asked for them."""
    place = f"decision {decision}"
    for each in seen:
        if isinstance(each, Seen) and each.grid.place[0] == place:
            yield from _by_rules(reasoning, decision, each, seen, above | {decision})
        elif isinstance(each, Scored) and each.card.place[0] == place:
            yield from ranked(reasoning, decision, each)


def _by_rules(
    reasoning: Reasoning, decision: str, made: Seen, seen: Sequence[object], above: frozenset[str]
) -> Iterator[Told]:
    for number in made.decisive:
        for name in made.grid.rows[number].reasons:
            if name in reasoning.codes:
                yield Told(name, (ByRule(decision, number + 1, tested(made, number)),))
            elif name in reasoning.decisions and name not in above:
                yield from _of(reasoning, name, seen, above)


def tested(made: Seen, number: int) -> tuple[str, ...]:
    """Give the expressions that a rule's cells test; a cell that any input passes tests none."""
    row = made.grid.rows[number]
    return tuple(
        column.expression for column, cell in zip(made.grid.inputs, row.cells, strict=True) if cell is not None
    )


def ranked(reasoning: Reasoning, decision: str, made: Scored) -> tuple[Told, ...]:
    """Rank what an applicant lost on a scorecard, by code: the largest loss first, ties as the policy has them."""
    lost: dict[str, list[ByPoints]] = {}
    for scale, number in zip(made.card.scales, made.bins, strict=True):
        short = shortfall(scale, number, reasoning.ranking.method)
        if short > NOUGHT:
            for code in scale.bins[number].reasons:
                cause = ByPoints(decision, scale.name, scale.expression, short)
                lost.setdefault(code, []).append(cause)
    last = len(reasoning.codes)
    order = sorted(lost, key=lambda code: (_sum(lost[code]).copy_negate(), reasoning.codes.get(code, last), code))
    return tuple(Told(code, tuple(lost[code])) for code in order if code in reasoning.codes)


def _sum(causes: Iterable[ByPoints]) -> Decimal:
    total = NOUGHT
    for cause in causes:
        total = CONTEXT.add(total, cause.short)
    return total


def shortfall(scale: Scale, number: int, method: Method) -> Decimal:
    """Give the points by which a bin falls short of what its characteristic is measured against.

    Nought or less where it does not fall short, and where the average that the method needs is not known.
    """
    points = scale.bins[number].points
    against = measure(scale, method)
    return NOUGHT if against is None else CONTEXT.subtract(against, points)


def measure(scale: Scale, method: Method) -> Decimal | None:
    """Give the points that a characteristic is measured against, if they are known."""
    match method:
        case Method.BELOW_MAXIMUM:
            return scale.highest
        case Method.BELOW_AVERAGE:
            return scale.average
        case Method.BELOW_AVERAGE_AT_CUTOFF:
            return scale.average_at_cutoff
