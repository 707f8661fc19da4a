"""Which rules of a table some applicants are decided by, and which of its conditions they show to matter."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from casefold.feel.program import begin
from casefold.feel.values import Date, DaysDuration, Fault, MonthsDuration, Value
from casefold.policy.checks.deciding import Deciding, deciding_of
from casefold.policy.checks.mcdc import Obligation, obligations_of
from casefold.policy.checks.outcomes import Outcome, Refused
from casefold.policy.checks.parts import Span, holds
from casefold.policy.checks.space import Axis, Space
from casefold.policy.index import Bits, Key, key_of
from casefold.policy.tables import Grid
from casefold.policy.types import passes


@frozen
class Coverage:
    """What applicants reach of a table.

    Attributes:
        rules: How many rules it has.
        hit: Those that decide about some applicant, from 0.
        obligations: What must be seen to matter.
        met: What is.
        unknown: How many applicants rest on cells that must be asked, or are none that the table takes.
    """

    rules: int
    hit: tuple[int, ...]
    obligations: tuple[Obligation, ...]
    met: tuple[Obligation, ...]
    unknown: int


@frozen(eq=False)
class _Seen:
    """An applicant: the rules met on each axis, what is answered, and by which rules."""

    masks: tuple[Bits, ...]
    outcome: Outcome
    rules: tuple[int, ...]


def coverage(grid: Grid, applicants: Sequence[Sequence[Value]]) -> Coverage:
    """Work out what applicants, a value for each column, reach of a table."""
    space, deciding = deciding_of(grid)
    seen: dict[tuple[Bits, ...], _Seen] = {}
    unknown = 0
    lows = [_lows(axis) for axis in space.axes]
    for applicant in applicants:
        masks = _masks(space, lows, applicant) if is_allowed(grid, applicant) else None
        found = None if masks is None else seen.get(masks) or _seen(space, deciding, masks)
        if masks is None or found is None:
            unknown += 1
        else:
            seen[masks] = found
    hit = sorted({rule for each in seen.values() for rule in each.rules if not isinstance(each.outcome, Refused)})
    wanted = sorted(obligations_of(grid, space, deciding), key=lambda each: (each[2].rule, each[2].column))
    beside = [_beside(at, seen) for at in range(len(space.axes))]
    met = [obligation for bit, at, obligation in wanted if _is_met(bit, at, obligation.rule, beside[at])]
    return Coverage(len(grid.rows), tuple(hit), tuple(each for _, _, each in wanted), tuple(met), unknown)


def is_allowed(grid: Grid, applicant: Sequence[Value]) -> bool:
    """Whether each input is of its column's type, and one of those that are allowed there."""
    run = begin()
    return all(
        not isinstance(head.kind.fit(run, value, ""), Fault)
        and (head.allowed is None or passes(head.allowed, run, value) is True)
        for head, value in zip(grid.inputs, applicant, strict=True)
    )


def _beside(at: int, seen: dict[tuple[Bits, ...], _Seen]) -> list[list[_Seen]]:
    """Group applicants who differ in one input alone, as far as the table can tell."""
    groups: dict[tuple[Bits, ...], list[_Seen]] = {}
    for masks, each in seen.items():
        groups.setdefault((*masks[:at], *masks[at + 1 :]), []).append(each)
    return [group for group in groups.values() if len(group) > 1]


def _is_met(bit: int, at: int, rule: int, groups: Sequence[Sequence[_Seen]]) -> bool:
    return any(
        one.outcome != other.outcome
        for group in groups
        for one in group
        if rule in one.rules and not isinstance(one.outcome, Refused)
        for other in group
        if not other.masks[at] >> bit & 1 and not isinstance(other.outcome, Refused)
    )


def _seen(space: Space, deciding: Deciding, masks: tuple[Bits, ...]) -> _Seen | None:
    met = space.rows
    for mask in masks:
        met &= mask
    found = deciding.sure(met)
    return None if found is None else _Seen(masks, *found)


def _masks(space: Space, lows: Sequence[Sequence[Key]], applicant: Sequence[Value]) -> tuple[Bits, ...] | None:
    found: list[Bits] = []
    for axis, low in zip(space.axes, lows, strict=True):
        part = _part(axis, low, applicant[axis.columns[0]])
        if part is None:
            return None
        found.append(axis.masks[part])
    return tuple(found)


def _lows(axis: Axis) -> Sequence[Key]:
    """Give where the spans of an axis begin, but for one that has no beginning."""
    return [part.low for part in axis.parts if isinstance(part, Span) and part.low is not None]


def _part(axis: Axis, lows: Sequence[Key], value: Value) -> int | None:
    """Find the part in which a value lies; spans stand in order."""
    candidates: Sequence[int] = range(len(axis.parts))
    if value is not None and type(value) in _POINTS and len(lows) + 1 >= len(axis.parts) > 2:
        at = bisect_right(lows, key_of(value)) + len(axis.parts) - len(lows)  # type: ignore[arg-type]
        candidates = range(max(at - 2, 0), min(at + 1, len(axis.parts)))
    return None if value is None else next((at for at in candidates if holds(axis.parts[at], value)), None)


_POINTS = frozenset({Decimal, Date, DaysDuration, MonthsDuration})
