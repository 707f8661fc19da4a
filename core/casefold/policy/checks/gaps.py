"""Applicants whom no rule of a table decides about."""

from attrs import frozen

from casefold.feel.values import Value
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.checks.space import Box, example, space_of, told
from casefold.policy.checks.sweep import WORK_MAX, TooLarge, boxes, counted, sweep
from casefold.policy.index import Bits
from casefold.policy.model import HitPolicy
from casefold.policy.tables import Grid

TOLD_MAX = 20
"""Boxes that are told where nobody says otherwise; more are counted."""

_COVERED = 0
_GAP = 1
_POSSIBLE = 2


@frozen
class Gap:
    """A box of inputs that no rule matches.

    Attributes:
        inputs: For each input what it is; nothing stands for whatever it may be.
        witness: One such applicant: a value for each input.
        certain: Whether no rule matches for certain. Otherwise it rests on cells that must be asked, or on what is
            allowed there and is not known.
    """

    inputs: Box
    witness: tuple[Value, ...]
    certain: bool


@frozen
class Gaps:
    """The gaps of a table.

    Attributes:
        found: Those that are told, certain ones first.
        certain: How many boxes no rule matches for certain.
        possible: How many may be gaps, beside those.
    """

    found: tuple[Gap, ...]
    certain: int
    possible: int


def is_partial(grid: Grid) -> bool:
    """Whether a table may leave applicants to no rule: one that collects, or has a default, is meant to."""
    collects = grid.hit in {HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER}
    return collects or any(column.default is not None for column in grid.columns)


def gaps(grid: Grid, told_max: int = TOLD_MAX, work_max: int = WORK_MAX) -> Result[Gaps, TooLarge]:
    """Find all inputs that no rule matches; of a table that is meant to leave some to none, none."""
    if is_partial(grid):
        return Success(Gaps((), 0, 0))
    space = space_of(grid)
    order = space.order()
    covering = tuple(full & ~space.asked for full in space.full(order))
    uncertain = space.asked, space.whole_known

    def trim(level: int, met: Bits) -> Bits:
        # Wherever some rule matches for certain, it is no matter which.
        return covering[level] & -covering[level] if met & covering[level] else met

    def answer(met: Bits) -> int:
        if met & ~uncertain[0]:
            return _COVERED
        return _GAP if not met and uncertain[1] else _POSSIBLE

    swept = sweep(space, order, answer, trim, work_max)
    if isinstance(swept, Failure):
        return swept
    diagram = swept.unwrap()
    found: list[Gap] = []
    counts: list[int] = []
    for wanted in (_GAP, _POSSIBLE):
        counts.append(counted(diagram, wanted.__eq__)[0])
        for chosen, _ in boxes(diagram, space, wanted.__eq__):
            if len(found) >= told_max:
                break
            found.append(Gap(told(space, chosen), example(space, chosen), wanted == _GAP))
    return Success(Gaps(tuple(found), *counts))
