"""Which rules decide, and what, where it is known which rules may be met."""

from collections.abc import Sequence

from attrs import frozen

from casefold.policy.checks.outcomes import Judge, Outcome, judge_of, precedence
from casefold.policy.checks.space import Space, space_of
from casefold.policy.index import Bits, numbers_of
from casefold.policy.tables import Grid


@frozen(eq=False)
class Deciding:
    """A table whose rules stand in the order in which they decide.

    Attributes:
        numbers: The number of each rule in the table, in that order.
        ordered: Whether the first rule that matches decides alone.
        asked: The rules that must be asked.
    """

    judge: Judge
    numbers: tuple[int, ...]
    ordered: bool
    asked: Bits

    def mattering(self, met: Bits, full: Bits) -> Bits:
        """Leave out the rules that come behind one that is met for certain, where the first decides alone."""
        sure = met & full & ~self.asked
        return met & ((sure & -sure) * 2 - 1) if self.ordered and sure else met

    def sure(self, met: Bits) -> tuple[Outcome, tuple[int, ...]] | None:
        """Give the answer and the rules that decide it; nothing if that rests on what must be asked."""
        if self.ordered:
            met &= -met
        if met & self.asked:
            return None
        return self.judge.rows(sorted(self.numbers[bit] for bit in numbers_of(met)))


def deciding_of(grid: Grid) -> tuple[Space, Deciding]:
    """Give the inputs of a table and who decides where."""
    order: Sequence[int] | None = precedence(grid)
    numbers = tuple(range(len(grid.rows)) if order is None else order)
    space = space_of(grid, numbers)
    return space, Deciding(judge_of(grid), numbers, order is not None, space.asked)
