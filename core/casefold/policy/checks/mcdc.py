"""The tests that a table needs, so that each condition of each rule is seen to matter (MC/DC).

Modified condition/decision coverage, as DO-178C asks for it of software that flies: for each cell that says something,
one applicant whom its rule decides about, and one who differs in that input alone and is decided otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from casefold.feel.values import Value
from casefold.policy.checks.deciding import Deciding, deciding_of
from casefold.policy.checks.outcomes import Outcome, Refused
from casefold.policy.checks.space import Axis, Space, cells_of, example
from casefold.policy.index import Bits, numbers_of
from casefold.policy.tables import Grid

SEARCH_MAX = 20_000
"""Steps that the search for one pair of applicants may take."""


@frozen
class Obligation:
    """A cell that must be seen to matter: the numbers of its rule and of its column, from 0."""

    rule: int
    column: int


@frozen
class Pair:
    """Two applicants, a value for each column, who differ in one input and are decided differently for it.

    Attributes:
        met: One whom the rule of the obligation decides about.
        unmet: One who does not meet its cell.
    """

    obligation: Obligation
    met: tuple[Value, ...]
    unmet: tuple[Value, ...]


@frozen
class Pairs:
    """The tests of a table.

    Attributes:
        found: A pair for each obligation that can be met.
        impossible: Those that no applicants can meet: the rule is dead, or the cell makes no difference.
        unknown: Those of which that is not known: cells must be asked, or the search took too long.
    """

    found: tuple[Pair, ...]
    impossible: tuple[Obligation, ...]
    unknown: tuple[Obligation, ...]


_Group: TypeAlias = tuple[Bits, Bits]
"""Rules that are met in some parts of an axis, and these parts."""


def pairs(grid: Grid, search_max: int = SEARCH_MAX) -> Pairs:
    """Find two applicants for each cell that says something."""
    space, deciding = deciding_of(grid)
    cells = [cells_of(axis, len(grid.rows)) for axis in space.axes]
    order = space.order()
    found: list[Pair] = []
    left: tuple[list[Obligation], list[Obligation]] = ([], [])
    for bit, at, obligation in sorted(
        obligations_of(grid, space, deciding), key=lambda each: (each[2].rule, each[2].column)
    ):
        search = _Search(space, deciding, bit, at, tuple(cell[bit] for cell in cells), search_max)
        pair = search.pair([each for each in order if each != at])
        if isinstance(pair, bool):
            left[pair].append(obligation)
        else:
            found.append(Pair(obligation, *pair))
    return Pairs(tuple(found), tuple(left[0]), tuple(left[1]))


def obligations_of(grid: Grid, space: Space, deciding: Deciding) -> Iterator[tuple[int, int, Obligation]]:
    """Give what must be seen to matter, with the bit of the rule and the number of the axis."""
    for bit, number in enumerate(deciding.numbers):
        for at, axis in enumerate(space.axes):
            tests = (grid.rows[number].tests[column] for column in axis.columns)
            if any(each is None or each.tests for each in tests):
                yield bit, at, Obligation(number, axis.columns[0])


@frozen(eq=False)
class _Search:
    """A search for two applicants.

    Attributes:
        bit: The rule.
        at: The axis in which they differ.
        box: For each axis, the parts where the rule may be met.
    """

    space: Space
    deciding: Deciding
    bit: int
    at: int
    box: tuple[Bits, ...]
    search_max: int

    def pair(self, order: Sequence[int]) -> tuple[tuple[Value, ...], tuple[Value, ...]] | bool:
        """Give them, or say whether there may be some all the same."""
        if self.deciding.asked >> self.bit & 1:
            return True
        groups = [_groups(self.space.axes[axis], self.box[axis]) for axis in order]
        inside = _groups(self.space.axes[self.at], self.box[self.at])
        outside = _groups(self.space.axes[self.at], ~self.box[self.at])
        before = self._before(groups, inside)
        waiting: list[tuple[Bits, tuple[Bits, ...]]] = [(self.space.rows, ())]
        seen, work, unsure = set[tuple[int, Bits]](), 0, False
        while waiting:
            met, chosen = waiting.pop()
            level = len(chosen)
            if met & before[level] or (level, met) in seen:
                continue
            seen.add((level, met))
            work += 1
            if work > self.search_max:
                return True
            if level == len(groups):
                found = self._ends(met, inside, outside)
                if isinstance(found, tuple):
                    parts = dict(zip(order, chosen, strict=True))
                    return self._example(parts, found[0]), self._example(parts, found[1])
                unsure = unsure or found
                continue
            ways = sorted(groups[level], key=lambda group: (-(met & group[0]).bit_count(), group[1]))
            waiting += [(met & mask, (*chosen, parts)) for mask, parts in ways]
        return unsure

    def _before(self, groups: Sequence[Sequence[_Group]], inside: Sequence[_Group]) -> list[Bits]:
        """Give, for each level, the rules that decide instead of this one whatever follows."""
        sure = (1 << self.bit) - 1 & ~self.deciding.asked if self.deciding.ordered else 0
        found: list[Bits] = []
        for ways in (inside, *reversed(groups)):
            for mask, _ in ways:
                sure &= mask
            found.append(sure)
        return found[::-1]

    def _ends(self, met: Bits, inside: Sequence[_Group], outside: Sequence[_Group]) -> tuple[Bits, Bits] | bool:
        """Give the parts in which two applicants differ, or say whether there may be some."""
        unsure = False
        others = [(self._outcome(met & mask), parts) for mask, parts in outside]
        for mask, parts in inside:
            found = self.deciding.sure(met & mask)
            if found is None:
                unsure = True
                continue
            outcome, rules = found
            if isinstance(outcome, Refused) or self.deciding.numbers[self.bit] not in rules:
                continue
            for other, elsewhere in others:
                if other is None:
                    unsure = True
                elif other != outcome and not isinstance(other, Refused):
                    return parts, elsewhere
        return unsure

    def _outcome(self, met: Bits) -> Outcome | None:
        found = self.deciding.sure(met)
        return None if found is None else found[0]

    def _example(self, chosen: Mapping[int, Bits], parts: Bits) -> tuple[Value, ...]:
        every = tuple(parts if axis == self.at else chosen[axis] for axis in range(len(self.space.axes)))
        return example(self.space, every)


def _groups(axis: Axis, parts: Bits) -> tuple[_Group, ...]:
    found: dict[Bits, Bits] = {}
    for part in numbers_of(parts & (1 << len(axis.parts)) - 1):
        found[axis.masks[part]] = found.get(axis.masks[part], 0) | 1 << part
    return tuple(found.items())
