"""Find the rules that match by looking up each input once, however many rules there are.

Nearly all cells are literals, comparisons with a literal, ranges between two, and lists or negations of these. What
meets such a cell is a set of values; a column of them cuts the line of numbers (or days, or durations), or the words
that there are, into few pieces, and each piece knows its rules as the bits of an integer. A decision is then one lookup
a column, and an AND.

Other cells are left to whoever asks (`Index.rest`): their rules count as met there.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.feel import tree
from casefold.feel.calendar import date_of, days_of
from casefold.feel.temporal import parse_date, parse_duration
from casefold.feel.tree import Expression, Test, UnaryTests
from casefold.feel.values import Date, DaysDuration, MonthsDuration, Value

Bits: TypeAlias = int
"""A set of rules: bit *n* is rule number *n*, from 0."""


Point: TypeAlias = Decimal | Date | DaysDuration | MonthsDuration
"""A value of a type whose values stand in one order, whatever else is true of the world."""

Key: TypeAlias = Decimal | int
"""Where a point stands: itself if it is a number, else days, nanoseconds or months."""


def key_of(point: Point) -> Key:
    """Give the place of a point in the order of its type."""
    match point:
        case Decimal():
            return point
        case Date():
            return days_of(point)
        case DaysDuration(nanoseconds):
            return nanoseconds
        case MonthsDuration(months):
            return months


def point_of(kind: type, key: Key) -> Point | None:
    """Give the point of a type that stands at a place, if there is one.

    >>> point_of(Date, 11017)
    Date(year=2000, month=3, day=1)
    """
    if kind is Decimal or isinstance(key, Decimal):
        return Decimal(key) if kind is Decimal else None
    if kind is Date:
        return date_of(key)
    return DaysDuration(key) if kind is DaysDuration else MonthsDuration(key)


@frozen
class Interval:
    """The points of one type between two; an end that is ``None`` is beyond all points."""

    start: Point | None
    start_included: bool
    end: Point | None
    end_included: bool


Piece: TypeAlias = Interval | Point | str | bool
"""What a test is met by: an interval, or one value."""


@frozen
class Pieces:
    """What a cell is met by: any of *pieces*, or by none of them if *negated*."""

    pieces: tuple[Piece, ...]
    negated: bool


@frozen(eq=False)
class Ordered:
    """A column of cells about points of one type.

    Attributes:
        kind: The type of its values.
        cuts: The places at which something changes, in order.
        masks: The rules met below the first cut, at it, between it and the next, at that, and so on.
    """

    kind: type
    cuts: tuple[Key, ...]
    masks: tuple[Bits, ...]

    def met(self, value: Value) -> Bits | None:
        """Give the rules that a point of the column's type meets; nothing can be said of another value."""
        if type(value) is not self.kind:
            return None
        key = value if isinstance(value, Decimal) else key_of(value)  # type: ignore[arg-type]
        at = bisect_left(self.cuts, key)
        return self.masks[2 * at + (at < len(self.cuts) and self.cuts[at] == key)]


@frozen(eq=False)
class Words:
    """A column of cells about strings, or about booleans.

    Attributes:
        kind: The type of its values.
        masks: The rules met by each value that a cell names.
        other: The rules met by any other.
    """

    kind: type
    masks: Mapping[str | bool, Bits]
    other: Bits

    def met(self, value: Value) -> Bits | None:
        """Give the rules that a value of the column's type meets."""
        if type(value) is not self.kind:
            return None
        return self.masks.get(value, self.other)  # type: ignore[arg-type]


@frozen(eq=False)
class Index:
    """The columns of a table.

    Attributes:
        columns: A lookup for each input; ``None`` where every rule is met.
        rest: For each input, the rules whose cell there must still be asked.
        whole: All rules.
    """

    columns: tuple[Ordered | Words | None, ...]
    rest: tuple[Bits, ...]
    whole: Bits

    def met(self, inputs: Sequence[Value]) -> Bits | None:
        """Give the rules that inputs meet as far as is known; nothing if an input is not of its column's type."""
        found = self.whole
        for column, value in zip(self.columns, inputs, strict=True):
            if column is not None:
                mask = column.met(value)
                if mask is None:
                    return None
                found &= mask
        return found


def numbers_of(bits: Bits) -> Iterator[int]:
    """Give the members of a set of rules, in order.

    >>> list(numbers_of(0b1011))
    [0, 1, 3]
    """
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def index_of(rules: Sequence[Sequence[UnaryTests | None]], inputs: int) -> Index:
    """Index rules by their cells; ``None`` is a cell that must be asked, and no tests are met by all values."""
    columns = [_column([rule[at] for rule in rules]) for at in range(inputs)]
    whole = (1 << len(rules)) - 1
    return Index(tuple(column for column, _ in columns), tuple(rest for _, rest in columns), whole)


def _column(cells: Sequence[UnaryTests | None]) -> tuple[Ordered | Words | None, Bits]:
    free, rest, told = 0, 0, dict[int, Pieces]()
    for number, cell in enumerate(cells):
        if cell is not None and not cell.tests:
            free |= 1 << number
            continue
        pieces = None if cell is None else pieces_of(cell)
        if pieces is None:
            rest |= 1 << number
        else:
            told[number] = pieces
    kinds = {_kind(piece) for pieces in told.values() for piece in pieces.pieces}
    if len(kinds) > 1:
        return None, rest | sum(1 << number for number in told)
    if not told:
        return None, rest
    always, kind = free | rest, kinds.pop()
    return (_words(told, always, kind) if kind in {str, bool} else _ordered(told, always, kind)), rest


def _kind(piece: Piece) -> type:
    return type(piece.end if piece.start is None else piece.start) if isinstance(piece, Interval) else type(piece)


def _ordered(told: Mapping[int, Pieces], always: Bits, kind: type) -> Ordered:
    found = [piece for pieces in told.values() for piece in pieces.pieces]
    ends = (end for piece in found if isinstance(piece, Interval) for end in (piece.start, piece.end))
    points = (piece for piece in found if not isinstance(piece, (Interval, str, bool)))
    cuts = tuple(sorted({key_of(end) for end in chain(ends, points) if end is not None}))
    # Each run of places that meets a rule flips its bit where it begins and behind its end.
    flips = [0] * (2 * len(cuts) + 2)
    for number, pieces in told.items():
        bit = 1 << number
        flips[0] ^= bit if pieces.negated else 0
        for start, stop in _merged(sorted(_places(piece, cuts) for piece in pieces.pieces)):
            flips[start] ^= bit
            flips[stop] ^= bit
    masks, met = list[Bits](), 0
    for flip in flips[:-1]:
        met ^= flip
        masks.append(met | always)
    return Ordered(kind, cuts, tuple(masks))


def _places(piece: Piece, cuts: Sequence[Key]) -> tuple[int, int]:
    """Give the first of the places at and between cuts that lie in a piece, and the one behind the last."""
    if not isinstance(piece, Interval):
        assert not isinstance(piece, (str, bool)), "a column of points"
        at = 2 * bisect_left(cuts, key_of(piece)) + 1
        return at, at + 1
    start, stop = 0, 2 * len(cuts) + 1
    if piece.start is not None:
        start = 2 * bisect_left(cuts, key_of(piece.start)) + (1 if piece.start_included else 2)
    if piece.end is not None:
        stop = 2 * bisect_left(cuts, key_of(piece.end)) + (2 if piece.end_included else 1)
    return start, max(start, stop)


def _merged(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join runs, which come in order, where they meet or overlap."""
    merged: list[tuple[int, int]] = []
    for start, stop in runs:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _words(told: Mapping[int, Pieces], always: Bits, kind: type) -> Words:
    other = always | sum(1 << number for number, pieces in told.items() if pieces.negated)
    masks: dict[str | bool, Bits] = {}
    for number, pieces in told.items():
        for word in dict.fromkeys(piece for piece in pieces.pieces if isinstance(piece, (str, bool))):
            masks[word] = masks.get(word, other) ^ 1 << number
    return Words(kind, MappingProxyType(masks), other)


def pieces_of(cell: UnaryTests) -> Pieces | None:
    """Give what a cell is met by, or nothing where that is more than literals, comparisons and ranges say.

    >>> from casefold.feel.grammar import parse_tests
    >>> pieces_of(parse_tests('not("CA", "NY")').unwrap())
    Pieces(pieces=('CA', 'NY'), negated=True)
    """
    pieces = [_piece(test) for test in cell.tests]
    known = tuple(piece for piece in pieces if piece is not None)
    return Pieces(known, cell.negated) if len(known) == len(pieces) else None


def _piece(test: Test) -> Piece | None:
    if isinstance(test, tree.Compare):
        bound = _point(test.operand)
        if test.operator == "=":
            return _literal(test.operand)
        return None if bound is None else _side(test.operator, bound)
    expression = test.expression
    if isinstance(expression, tree.RangeLiteral):
        start, end = _point(expression.start), _point(expression.end)
        if start is None or end is None or type(start) is not type(end) or key_of(start) > key_of(end):
            return None
        return Interval(start, expression.start_included, end, expression.end_included)
    return _literal(expression)


def _side(operator: str, bound: Point) -> Interval | None:
    match operator:
        case "<" | "<=":
            return Interval(None, False, bound, operator == "<=")
        case ">" | ">=":
            return Interval(bound, operator == ">=", None, False)
        case _:
            return None


def _literal(expression: Expression) -> Piece | None:
    if isinstance(expression, tree.Literal) and isinstance(expression.value, (str, bool)):
        return expression.value
    return _point(expression)


def fixed_number(expression: Expression) -> Decimal | None:
    """Give the number that an expression is, where it is one as it stands."""
    match expression:
        case tree.Literal(Decimal() as value):
            return value
        case tree.Negation(tree.Literal(Decimal() as value)):
            return value.copy_negate()
        case _:
            return None


def _point(expression: Expression) -> Point | None:
    match expression:
        case tree.Literal(Decimal()) | tree.Negation(tree.Literal(Decimal())):
            return fixed_number(expression)
        case tree.AtLiteral(text):
            return parse_date(text) or parse_duration(text)
        case tree.Call(tree.Name("date"), (tree.Argument(tree.Literal(str() as text), None),)):
            return parse_date(text)
        case tree.Call(tree.Name("duration"), (tree.Argument(tree.Literal(str() as text), None),)):
            return parse_duration(text)
        case _:
            return None
