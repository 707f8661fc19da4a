"""All that the inputs of a table may be, cut into parts within which no cell changes its mind.

Null is in no part: a strict decision refuses it before any rule is asked. A cell that an index knows nothing of, since
it asks for other facts or calls a function, may be met anywhere: its rule is *asked*, and whoever uses a space says
what that leaves open.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.feel.tree import UnaryTests
from casefold.feel.types import Simple, Type
from casefold.feel.values import Date, DaysDuration, MonthsDuration, Value
from casefold.policy.checks.bits import common, united
from casefold.policy.checks.parts import Anything, Others, Part, Span, Word, is_empty, joined, witness
from casefold.policy.index import Bits, Key, Ordered, Words, index_of, numbers_of
from casefold.policy.tables import Grid
from casefold.policy.texts import plain

_Class: TypeAlias = type

_CLASSES: Mapping[Simple, _Class] = MappingProxyType({
    Simple.NUMBER: Decimal, Simple.STRING: str, Simple.BOOLEAN: bool, Simple.DATE: Date,
    Simple.DAYS: DaysDuration, Simple.MONTHS: MonthsDuration,
})  # fmt: skip


@frozen(eq=False)
class Axis:
    """An input cut into parts.

    Attributes:
        columns: The columns of the table that test it; the first is named where one is.
        parts: All that it may be, in order.
        masks: For each part, the rules whose cell is met there, or must be asked.
        asked: The rules whose cell must be asked.
        whole_known: Whether the parts are all that it may be and no more; what else its type demands is unknown.
    """

    columns: tuple[int, ...]
    parts: tuple[Part, ...]
    masks: tuple[Bits, ...]
    asked: Bits
    whole_known: bool

    def told(self, chosen: Bits) -> tuple[Part, ...]:
        """Give a set of parts as few of them; none stands for all."""
        return () if chosen == (1 << len(self.parts)) - 1 else joined(self.parts, tuple(numbers_of(chosen)))

    def witness(self, chosen: Bits) -> Value:
        """Give a readable value out of a set of parts: a word that is named, if there is one."""
        numbers = tuple(numbers_of(chosen))
        words = (self.parts[at] for at in numbers if isinstance(self.parts[at], Word))
        return witness(next(words, None) or joined(self.parts, numbers)[0])


@frozen(eq=False)
class Space:
    """The inputs of a table, or of two that are compared.

    Attributes:
        rows: All rules.
        asked: The rules that must be asked somewhere.
        width: How many columns there are; those of one expression share an axis.
    """

    axes: tuple[Axis, ...]
    rows: Bits
    asked: Bits
    width: int

    def order(self) -> tuple[int, ...]:
        """Give the axes in the order of a sweep: first those that rule much out for how many parts they have.

        Whatever the order, the same inputs are gaps; only the work differs. To weigh how much a part leaves three times
        over was the best of several measures on pricing tables: each axis that is asked late is asked of many sets.
        """

        def effort(at: int) -> tuple[Fraction, int]:
            masks = self.axes[at].masks
            left = Fraction(sum(mask.bit_count() for mask in masks), max(len(masks), 1))
            return left**3 * len(masks), len(masks)

        return tuple(sorted(range(len(self.axes)), key=effort))

    def full(self, order: Sequence[int]) -> tuple[Bits, ...]:
        """Give, for each axis in an order and behind the last, the rules met whatever it and those behind it are."""
        found = [self.rows]
        for at in reversed(order):
            found.append(found[-1] & common(self.rows, self.axes[at].masks))
        return tuple(reversed(found))

    @property
    def whole_known(self) -> bool:
        """Whether all parts of all axes are known to be allowed."""
        return all(axis.whole_known for axis in self.axes)


Chosen: TypeAlias = tuple[Bits, ...]
"""For each axis, a set of its parts."""

Box: TypeAlias = tuple[tuple[Part, ...], ...]
"""For each input what it is, as parts of it; none stands for whatever it may be."""


def told(space: Space, chosen: Chosen) -> Box:
    """Say for each column what parts are chosen; of several that test the same the first alone has something to say."""
    found: list[tuple[Part, ...]] = [()] * space.width
    for axis, bits in zip(space.axes, chosen, strict=True):
        found[axis.columns[0]] = axis.told(bits)
    return tuple(found)


def example(space: Space, chosen: Chosen) -> tuple[Value, ...]:
    """Give inputs, one for each column, out of chosen parts."""
    found: list[Value] = [None] * space.width
    for axis, bits in zip(space.axes, chosen, strict=True):
        value = axis.witness(bits)
        for column in axis.columns:
            found[column] = value
    return tuple(found)


def space_of(grid: Grid, rows: Sequence[int] | None = None) -> Space:
    """Cut the inputs of a table, as far as they are allowed; *rows* are the rules by number, in another order."""
    numbers = range(len(grid.rows)) if rows is None else rows
    axes: list[Axis] = []
    for columns in shared([plain(head.expression) for head in grid.inputs]):
        cells = [[grid.rows[row].tests[at] for row in numbers] for at in columns]
        within = [tests for at in columns for tests in grid.inputs[at].domain]
        axes.append(axis_of(columns, grid.inputs[columns[0]].kind.type, cells, within))
    return Space(tuple(axes), (1 << len(numbers)) - 1, united(axis.asked for axis in axes), len(grid.inputs))


def shared(expressions: Sequence[str]) -> list[tuple[int, ...]]:
    """Give the columns that test the same together, in order."""
    found: dict[str, tuple[int, ...]] = {}
    for at, expression in enumerate(expressions):
        found[expression] = (*found.get(expression, ()), at)
    return list(found.values())


def axis_of(
    columns: tuple[int, ...],
    kind: Type,
    cells: Sequence[Sequence[UnaryTests | None]],
    within: Sequence[UnaryTests] = (),
) -> Axis:
    """Cut an input by the cells of columns that test it, as far as it meets the tests that it must be *within*."""
    every = [*(cell for column in cells for cell in column), *within]
    index = index_of([[cell] for cell in every], 1)
    column, rest = index.columns[0], index.rest[0]
    declared = _CLASSES.get(kind) if isinstance(kind, Simple) else None
    if column is not None and column.kind is not declared and kind is not Simple.ANY:
        # Values of the type that is declared never meet such cells, nor fail them: that is for evaluation to say.
        rest = sum((cell is None or bool(cell.tests)) << at for at, cell in enumerate(every))
        column = None
    count, total = len(cells[0]), len(every) - len(within)
    rows, inside = (1 << count) - 1, (1 << len(within)) - 1

    def together(bits: Bits) -> Bits:
        """Give the rules whose cells are met in every column."""
        met = rows
        for start in range(0, total, count or 1):
            met &= bits >> start
        return met

    merged = _merged(
        [(part, together(mask)) for part, mask in _parts(column, kind, index.whole) if mask >> total == inside]
    )
    asked = united(rest >> start & rows for start in range(0, total, count or 1))
    return Axis(columns, tuple(part for part, _ in merged), tuple(mask for _, mask in merged), asked, not rest >> total)


def cells_of(axis: Axis, count: int) -> tuple[Bits, ...]:
    """Give, for each of so many rules, the parts of an axis where its cell may be met."""
    found, since = [0] * count, [0] * count
    before = 0
    for at, mask in enumerate((*axis.masks, 0)):
        for row in numbers_of(mask ^ before):
            if mask >> row & 1:
                since[row] = at
            else:
                found[row] |= (1 << at) - (1 << since[row])
        before = mask
    return tuple(found)


def _parts(column: Ordered | Words | None, kind: Type, whole: Bits) -> Iterator[tuple[Part, Bits]]:
    match column:
        case Ordered():
            yield from _spans(column)
        case Words(kind=words, masks=masks, other=other) if words is bool:
            yield Word(False), masks.get(False, other)
            yield Word(True), masks.get(True, other)
        case Words(masks=masks, other=other):
            named = tuple(sorted(word for word in masks if isinstance(word, str)))
            for word in named:
                yield Word(word), masks[word]
            yield Others(named), other
        case None:
            for part in _unnamed(kind):
                yield part, whole


def _unnamed(kind: Type) -> tuple[Part, ...]:
    declared = _CLASSES.get(kind) if isinstance(kind, Simple) else None
    if declared is None:
        return (Anything(kind),)
    if declared is bool:
        return Word(False), Word(True)
    return (Others(()),) if declared is str else (Span(declared, None, False, None, False),)


def _spans(column: Ordered) -> Iterator[tuple[Part, Bits]]:
    low: Key | None = None
    for at, mask in enumerate(column.masks):
        cut, beyond = divmod(at, 2)
        if beyond:
            low = column.cuts[cut]
            yield Span(column.kind, low, True, low, True), mask
            continue
        span = Span(column.kind, low, False, column.cuts[cut] if cut < len(column.cuts) else None, False)
        if not is_empty(span):
            yield span, mask


def _merged(found: Sequence[tuple[Part, Bits]]) -> list[tuple[Part, Bits]]:
    """Join spans that follow one another and meet the same rules; what lies between them is empty, or not allowed."""
    merged: list[tuple[Part, Bits]] = []
    for part, mask in found:
        last = merged[-1] if merged else None
        if last and last[1] == mask and isinstance(part, Span) and isinstance(last[0], Span) and _touch(last[0], part):
            merged[-1] = (Span(part.kind, last[0].low, last[0].low_included, part.high, part.high_included), mask)
        else:
            merged.append((part, mask))
    return merged


def _touch(one: Span, other: Span) -> bool:
    """Whether nothing lies between a span and a later one."""
    if one.high is None or other.low is None:
        return False
    return is_empty(Span(one.kind, one.high, not one.high_included, other.low, not other.low_included))
