"""Find, before a policy decides, where an applicant could be declined without a reason that may be told."""

from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from casefold.policy.deciding import Ready
from casefold.policy.reasons import NOUGHT, measure, shortfall
from casefold.policy.scorecards import Card
from casefold.policy.tables import Fixed, Grid, Row


class LackKind(Enum):
    """What is lacking."""

    NO_TABLE = "no_table"
    """A decision that must give reasons is neither a table nor a scorecard."""
    NO_REASON = "no_reason"
    """A rule that may be adverse, or a bin that costs points, names no reason."""
    UNKNOWN_REASON = "unknown_reason"
    """What is named is neither a reason of the catalogue nor a decision."""
    UNDECLARED = "undeclared"
    """A rule gives an outcome that is not declared."""
    ADVERSE_DEFAULT = "adverse_default"
    """Where no rule matches, the outcome is adverse, and no rule is there to say why."""
    NO_AVERAGE = "no_average"
    """A characteristic has no average that the ranking method could compare with."""


@frozen
class Lack:
    """Something that reasons need and a policy lacks: where, and the name or outcome that it is about."""

    kind: LackKind
    place: tuple[str, ...]
    what: str = ""


def lacking(prepared: Ready) -> tuple[Lack, ...]:
    """Give all that is lacking for reasons, as far as it can be told before anything is decided."""
    outcomes = prepared.policy.outcomes
    if outcomes is None:
        return ()
    place = f"decision {outcomes.decision}"
    grids = [grid for grid in prepared.compiled.grids if grid.place[0] == place]
    if not grids:
        return (Lack(LackKind.NO_TABLE, (place,)),)
    return tuple(dict.fromkeys(lack for grid in grids for lack in _of_outcome(prepared, grid)))


def _of_outcome(prepared: Ready, grid: Grid) -> Iterator[Lack]:
    outcomes = prepared.policy.outcomes
    assert outcomes is not None, "asked only where there are outcomes"
    names = [column.name for column in grid.columns]
    at = names.index(outcomes.member) if outcomes.member in names else 0
    for number, row in enumerate(grid.rows, 1):
        there = (*grid.place, f"rule {number}")
        output = row.outputs[at]
        value = output.value if isinstance(output, Fixed) else None
        if isinstance(output, Fixed) and value not in outcomes.order:
            yield Lack(LackKind.UNDECLARED, there, str(value))
        if not isinstance(output, Fixed) or value in outcomes.adverse:
            yield from _of_row(prepared, row, there, frozenset({outcomes.decision}))
    default = grid.columns[at].default if grid.columns else None
    if isinstance(default, Fixed) and default.value in outcomes.adverse:
        yield Lack(LackKind.ADVERSE_DEFAULT, grid.place, str(default.value))


def _of_row(prepared: Ready, row: Row, place: tuple[str, ...], above: frozenset[str]) -> Iterator[Lack]:
    if not row.reasons:
        yield Lack(LackKind.NO_REASON, place)
    for name in row.reasons:
        if name in prepared.reasoning.decisions:
            if name not in above:
                yield from _of_giver(prepared, name, above | {name})
        elif name not in prepared.reasoning.codes:
            yield Lack(LackKind.UNKNOWN_REASON, place, name)


def _of_giver(prepared: Ready, name: str, above: frozenset[str]) -> Iterator[Lack]:
    place = f"decision {name}"
    grids = [grid for grid in prepared.compiled.grids if grid.place[0] == place]
    cards = [card for card in prepared.compiled.cards if card.place[0] == place]
    if not grids and not cards:
        yield Lack(LackKind.NO_TABLE, (place,))
    for grid in grids:
        for number, row in enumerate(grid.rows, 1):
            yield from _of_row(prepared, row, (*grid.place, f"rule {number}"), above)
    for card in cards:
        yield from _of_card(prepared, card)


def _of_card(prepared: Ready, card: Card) -> Iterator[Lack]:
    method = prepared.policy.ranking.method
    for scale in card.scales:
        place = (*card.place, f"characteristic {scale.name}")
        if measure(scale, method) is None:
            yield Lack(LackKind.NO_AVERAGE, place, method.value)
        for number, each in enumerate(scale.bins):
            there = (*place, f"bin {number + 1}")
            if not each.reasons and shortfall(scale, number, method) > NOUGHT:
                yield Lack(LackKind.NO_REASON, there, each.source.tests)
            for code in each.reasons:
                if code not in prepared.reasoning.codes:
                    yield Lack(LackKind.UNKNOWN_REASON, there, code)
