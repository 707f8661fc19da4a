"""What can be said of a decision table by looking its inputs up, and of which tables that is all there is to say.

Such a table asks no cell when it decides: each input alone says which rules it meets, null included. So it may be
decided by other means than `casefold.policy.tables`, in other orders and many rows at a time, and to the same end.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from casefold.feel.tree import UnaryTests
from casefold.feel.types import Simple, Type
from casefold.feel.values import Date, DaysDuration, MonthsDuration
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.index import Bits, Index, Ordered, Words, index_of
from casefold.policy.tables import Grid
from casefold.policy.types import Kind

CLASSES: Mapping[Type, type] = MappingProxyType({
    Simple.NUMBER: Decimal,
    Simple.STRING: str,
    Simple.BOOLEAN: bool,
    Simple.DATE: Date,
    Simple.DAYS: DaysDuration,
    Simple.MONTHS: MonthsDuration,
})  # fmt: skip
"""The types whose values can be looked up, with the class of their values."""


class Obstacle(Enum):
    """Why a column cannot be looked up."""

    ASKED = "asked"
    """Some of its cells are more than literals, comparisons and ranges, or of different types."""
    ALLOWED = "allowed"
    """What values it allows is more than these say."""
    TYPE = "type"
    """Its type is not one that is looked up, or not that of its cells."""


@frozen
class Hindrance:
    """A column that cannot be looked up, by what people call it.

    Attributes:
        rules: The numbers, from 1, of the rules that are in the way.
    """

    column: str
    obstacle: Obstacle
    rules: tuple[int, ...] = ()


@frozen
class NotLookedUp:
    """A table cannot be decided by looking up alone."""

    name: str
    hindrances: tuple[Hindrance, ...]


@frozen(eq=False)
class Face:
    """A column of conditions as a lookup.

    Attributes:
        label: What people call it.
        expression: What is tested.
        kind: The class of its values; ``None`` if any value does.
        column: The bits that each value meets; ``None`` where each meets all.
        sure: The bits that null meets.
        doubtful: The bits of which null does not say whether it meets them.
        free: The bits that any value and null meet.
    """

    label: str
    expression: str
    kind: type | None
    column: Ordered | Words | None
    sure: Bits
    doubtful: Bits
    free: Bits


@frozen(eq=False)
class Lookup:
    """A table as lookups.

    Attributes:
        rules: The bits of its rules.
        gates: Bits beyond those, which inputs meet that the table allows; all must be met.
    """

    grid: Grid
    faces: tuple[Face, ...]
    rules: Bits
    gates: Bits


def lookup_of(grid: Grid, kinds: Sequence[Sequence[Kind]] = ()) -> Result[Lookup, NotLookedUp]:
    """See whether a table can be decided by looking up alone; *kinds* are types that inputs are of besides."""
    every = [(head.kind, *more) for head, more in zip(grid.inputs, kinds or [()] * len(grid.inputs), strict=True)]
    gates = [(at, tests) for at, head in enumerate(every) for tests in _domain(grid, at, head)]
    asked = [[tests if at == column else _FREE for at in range(len(every))] for column, tests in gates]
    index = None if gates else grid.index
    if index is None:
        index = index_of([*(row.tests for row in grid.rows), *asked], len(every))
    hindrances = [
        Hindrance(head.label, obstacle, _numbers(index.rest[at], len(grid.rows)))
        for at, head in enumerate(grid.inputs)
        for obstacle in _obstacles(index, at, every[at], len(grid.rows))
    ]
    if hindrances:
        return Failure(NotLookedUp(grid.name, tuple(hindrances)))
    faces = tuple(_face(grid, index, at, every[at], gates) for at in range(len(every)))
    rules = (1 << len(grid.rows)) - 1
    return Success(Lookup(grid, faces, rules, index.whole ^ rules))


_FREE = UnaryTests(())


def _domain(grid: Grid, at: int, kinds: Sequence[Kind]) -> Iterator[UnaryTests]:
    """Give what an input must meet to be allowed: its own tests last."""
    _, *more = kinds
    for kind in more:
        yield from kind.allowed
    yield from grid.inputs[at].domain


def _numbers(rest: Bits, count: int) -> tuple[int, ...]:
    return tuple(number + 1 for number in range(count) if rest >> number & 1)


def _obstacles(index: Index, at: int, kinds: Sequence[Kind], count: int) -> Iterator[Obstacle]:
    rest, column = index.rest[at], index.columns[at]
    if rest & ((1 << count) - 1):
        yield Obstacle.ASKED
    if rest >> count or any(len(kind.checks) != len(kind.allowed) for kind in kinds):
        yield Obstacle.ALLOWED
    told = {kind.type for kind in kinds if kind.type is not Simple.ANY}
    classes = {CLASSES.get(kind) for kind in told}
    if column is not None:
        classes.add(column.kind)
    if len(classes) > 1 or None in classes:
        yield Obstacle.TYPE


def _face(grid: Grid, index: Index, at: int, kinds: Sequence[Kind], gates: Sequence[tuple[int, UnaryTests]]) -> Face:
    head, column = grid.inputs[at], index.columns[at]
    told = next((kind.type for kind in kinds if kind.type is not Simple.ANY), None)
    kind = CLASSES[told] if told is not None else column.kind if column is not None else None
    free = sum(1 << number for number, row in enumerate(grid.rows) if row.cells[at] is None)
    # Cells that are looked up say nothing of null: a rule with such a cell is in doubt where the input is missing.
    sure, doubtful = free, ((1 << len(grid.rows)) - 1) ^ free
    for number, (where, tests) in enumerate(gates, len(grid.rows)):
        own = where == at and head.allowed is not None and tests is head.domain[-1]
        sure |= (not own) << number
        doubtful |= own << number
        free |= (where != at) << number
    return Face(head.label, head.expression, kind, column, sure, doubtful, free)
