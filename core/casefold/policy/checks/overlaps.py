"""Rules of which more than one may match, and whether that is a fault under the hit policy."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from casefold.feel.values import Value
from casefold.policy.checks.bits import united
from casefold.policy.checks.gaps import TOLD_MAX
from casefold.policy.checks.outcomes import Evaluated, judge_of
from casefold.policy.checks.space import Space, cells_of, example, space_of
from casefold.policy.index import Bits, numbers_of
from casefold.policy.model import HitPolicy
from casefold.policy.tables import Grid


@frozen
class Overlap:
    """Two rules that may both match.

    Attributes:
        rules: Their numbers, from 0.
        witness: An applicant whom both match: a value for each input.
        certain: Whether both do for certain, and differ for certain; else that rests on what must be evaluated.
    """

    rules: tuple[int, int]
    witness: tuple[Value, ...]
    certain: bool


@frozen
class Overlaps:
    """The overlaps of a table.

    Attributes:
        found: Those that are told, certain ones first.
        certain: How many pairs overlap for certain.
        possible: How many may overlap, beside those.
        error: Whether the hit policy forbids them.
    """

    found: tuple[Overlap, ...]
    certain: int
    possible: int
    error: bool


def overlaps(grid: Grid, told_max: int = TOLD_MAX) -> Overlaps:
    """Find the pairs of rules that may both match one applicant, as far as they matter.

    Under UNIQUE all of them; under any other hit policy that answers by one rule those whose outputs differ. What
    collects is meant to have several.
    """
    error = grid.hit in {HitPolicy.UNIQUE, HitPolicy.ANY}
    if not error and grid.hit not in {HitPolicy.FIRST, HitPolicy.PRIORITY}:
        return Overlaps((), 0, 0, error=False)
    space = space_of(grid)
    meeting = meeting_rows(space)
    alike, sure = _alike(grid)
    pairs: tuple[list[tuple[int, Bits]], list[tuple[int, Bits]]] = ([], [])
    for row, met in enumerate(meeting):
        later = met & -(2 << row) & ~alike[row]
        certain = later & ~space.asked & sure[row] if space.whole_known and not space.asked >> row & 1 else 0
        pairs[0].append((row, certain))
        pairs[1].append((row, later & ~certain))
    cells = [cells_of(axis, len(grid.rows)) for axis in space.axes]
    found: list[Overlap] = []
    for kind, certain_kind in zip(pairs, (True, False), strict=True):
        for one, other in _each(kind):
            if len(found) >= told_max:
                break
            both = tuple(cell[one] & cell[other] for cell in cells)
            found.append(Overlap((one, other), example(space, both), certain_kind))
    counts = [sum(others.bit_count() for _, others in kind) for kind in pairs]
    return Overlaps(tuple(found), counts[0], counts[1], error)


def _each(pairs: Sequence[tuple[int, Bits]]) -> Iterator[tuple[int, int]]:
    for row, others in pairs:
        for other in numbers_of(others):
            yield row, other


def meeting_rows(space: Space) -> tuple[Bits, ...]:
    """Give, for each rule, those that may match together with it: a cell of each column is met by both.

    A rule that matches nothing meets none, and any other meets itself.
    """
    count = space.rows.bit_length()
    found = [space.rows] * count
    for axis in space.axes:
        known: dict[Bits, Bits] = {}
        for row, parts in enumerate(cells_of(axis, count)):
            if parts not in known:
                known[parts] = united(axis.masks[part] for part in numbers_of(parts))
            found[row] &= known[parts]
    return tuple(found)


def _alike(grid: Grid) -> tuple[Sequence[Bits], Sequence[Bits]]:
    """Give, for each rule, those that answer like it, and those that answer otherwise for certain if at all."""
    count = len(grid.rows)
    whole = (1 << count) - 1
    if grid.hit is HitPolicy.UNIQUE:
        return [0] * count, [whole] * count
    judge = judge_of(grid)
    outcomes = [judge.row(number) for number in range(count)]
    by_outcome: dict[object, Bits] = {}
    fixed = 0
    for number, outcome in enumerate(outcomes):
        by_outcome[outcome] = by_outcome.get(outcome, 0) | 1 << number
        fixed |= (not isinstance(outcome, Evaluated)) << number
    return (
        [by_outcome[outcome] for outcome in outcomes],
        [fixed if fixed >> number & 1 else 0 for number in range(count)],
    )
