"""Rules that decide nothing: no applicant meets them, or others have decided wherever one does."""

from collections.abc import Sequence
from enum import Enum

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.checks.outcomes import Evaluated, judge_of, precedence
from casefold.policy.checks.overlaps import meeting_rows
from casefold.policy.checks.space import Axis, Space, axis_of, cells_of, space_of
from casefold.policy.checks.sweep import TooLarge
from casefold.policy.index import Bits, numbers_of
from casefold.policy.model import HitPolicy
from casefold.policy.tables import Grid

SEARCH_MAX = 200_000
"""Steps that a search for an applicant of one rule may take: a fraction of a second."""

NAMED_MAX = 30
"""Of more rules than this that cover another together, it is not looked which are needed for it."""


class Why(Enum):
    """Why a rule decides nothing."""

    EMPTY = "empty"
    """No value meets one of its cells."""
    NOT_ALLOWED = "not_allowed"
    """The values that meet one of its cells are none that the input may have."""
    COVERED = "covered"
    """Wherever it matches, rules that go before it do."""
    REPEATED = "repeated"
    """Wherever it matches, earlier rules say the same, for the same reasons."""


@frozen
class Dead:
    """A rule that decides nothing.

    Attributes:
        rule: Its number, from 0.
        column: The number of the input whose cell is never met, or ``None``.
        by: The rules that decide instead of it.
    """

    rule: int
    why: Why
    column: int | None = None
    by: tuple[int, ...] = ()


@frozen
class DeadRules:
    """The rules of a table that decide nothing; *unknown* are those of which to find out takes too long."""

    found: tuple[Dead, ...]
    unknown: tuple[int, ...]


def dead_rules(grid: Grid, search_max: int = SEARCH_MAX) -> DeadRules:
    """Find the rules that may be deleted, one and all, without any decision being another."""
    order = precedence(grid)
    numbers = tuple(range(len(grid.rows))) if order is None else order
    space = space_of(grid, numbers)
    cells = [cells_of(axis, len(numbers)) for axis in space.axes]
    meeting = meeting_rows(space)
    covering = _covering(grid, numbers, decided=order is not None)
    found: list[Dead] = []
    unknown: list[int] = []
    for row, number in enumerate(numbers):
        never = next((at for at, cell in enumerate(cells) if not cell[row]), None)
        if never is not None:
            found.append(Dead(number, _why_never(grid, number, space.axes[never]), space.axes[never].columns[0]))
            continue
        others = covering[row] & meeting[row] & ~space.asked
        if grid.hit is not HitPolicy.FIRST and space.asked >> row & 1:
            others = 0  # it is asked whether others match or not, and what it cannot be told is a problem
        by = covered(space, cells, row, others, search_max)
        if isinstance(by, Failure):
            unknown.append(number)
        elif by.unwrap():
            why = Why.COVERED if order is not None else Why.REPEATED
            found.append(Dead(number, why, None, tuple(sorted(numbers[each] for each in numbers_of(by.unwrap())))))
    return DeadRules(tuple(sorted(found, key=lambda dead: dead.rule)), tuple(sorted(unknown)))


def _why_never(grid: Grid, number: int, axis: Axis) -> Why:
    """Say whether a cell is met by nothing at all, or by nothing that is allowed."""
    kind = grid.inputs[axis.columns[0]].kind.type
    anywhere = axis_of(axis.columns, kind, [[grid.rows[number].tests[at]] for at in axis.columns])
    return Why.NOT_ALLOWED if any(anywhere.masks) else Why.EMPTY


def _covering(grid: Grid, numbers: Sequence[int], *, decided: bool) -> Sequence[Bits]:
    """Give, for each rule in order, those that would decide instead of it where both match."""
    if decided:
        return [(1 << row) - 1 for row in range(len(numbers))]
    if grid.hit is not HitPolicy.ANY:
        return [0] * len(numbers)
    judge, alike = judge_of(grid), dict[object, Bits]()
    found: list[Bits] = []
    for row, number in enumerate(numbers):
        outcome = judge.row(number)
        said = outcome, grid.rows[number].reasons
        found.append(0 if isinstance(outcome, Evaluated) else alike.get(said, 0))
        alike[said] = alike.get(said, 0) | 1 << row
    return found


def covered(
    space: Space, cells: Sequence[Sequence[Bits]], row: int, others: Bits, search_max: int = SEARCH_MAX
) -> Result[Bits, TooLarge]:
    """Give rules among others that together match wherever one does, or none if there is an applicant they leave."""
    box = [
        (axis, tuple(dict.fromkeys(axis.masks[part] & others for part in numbers_of(cell[row]))))
        for axis, cell in zip(space.axes, cells, strict=True)
    ]
    box.sort(key=lambda each: sum(mask.bit_count() for mask in each[1]) / len(each[1]))
    single = _full(box)[0] & others
    if single:
        return Success(single & -single)
    found = _left(box, others, search_max)
    if isinstance(found, Failure) or found.unwrap():
        return found.map(lambda _: 0)
    needed = others
    if needed.bit_count() <= NAMED_MAX:
        for other in sorted(numbers_of(others), reverse=True):
            fewer = needed & ~(1 << other)
            again = _left(box, fewer, search_max)
            if not isinstance(again, Failure) and not again.unwrap():
                needed = fewer
    return Success(needed)


def _full(box: Sequence[tuple[Axis, tuple[Bits, ...]]]) -> list[Bits]:
    """Give, for each column of a box and behind the last, the rules met wherever it and those behind it are."""
    found = [-1]
    for _, masks in reversed(box):
        mine = found[-1]
        for mask in masks:
            mine &= mask
        found.append(mine)
    return found[::-1]


def _left(box: Sequence[tuple[Axis, tuple[Bits, ...]]], others: Bits, search_max: int) -> Result[bool, TooLarge]:
    """Whether a box holds an applicant whom none of some rules matches: the likeliest ways are gone first."""
    full = _full(box)
    waiting, seen, work = [(0, others)], set[tuple[int, Bits]](), 0
    while waiting:
        level, met = waiting.pop()
        if not met:
            return Success(True)
        if met & full[level] or (level, met) in seen:
            continue
        seen.add((level, met))
        children = {met & mask for mask in box[level][1]}
        work += len(children)
        if work > search_max:
            return Failure(TooLarge(search_max))
        waiting += [(level + 1, child) for child in sorted(children, key=lambda child: (-child.bit_count(), child))]
    return Success(False)
