"""Find the place of each value of an array among the cuts of a column, exactly.

A cut is any decimal, an array has units of its own. So each cut is moved to the first value of the array's kind that is
at it or beyond: from there on the column's rules are those at the cut, if that value is the cut, or else above it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from casefold.feel.values import Date, DaysDuration, MonthsDuration
from casefold.policy.index import Bits, Key, Ordered, Words
from casefold.policy.lookup import Face
from casefold_adapters.columnar.columns import Column, Dates, Durations, Flags, Floats, Mask, Numbers, Strings, array_of

_KINDS: Mapping[type[Column], frozenset[type]] = MappingProxyType({
    Numbers: frozenset({Decimal}),
    Floats: frozenset({Decimal}),
    Strings: frozenset({str}),
    Flags: frozenset({bool}),
    Dates: frozenset({Date}),
    Durations: frozenset({DaysDuration, MonthsDuration}),
})  # fmt: skip

_BUCKET_BITS = 16
"""Buckets by which a value's place is found, as a power of two: a table that stays near the processor."""

_WITHIN_MAX = 8
"""Edges within one bucket that are looked at one by one."""

Places: TypeAlias = NDArray[np.intp]

Locate: TypeAlias = Callable[[slice], tuple[Places, Mask | None]]
"""Gives the places of a part of a column, and where it holds what is no value at all."""


@frozen(eq=False)
class Located:
    """A column of conditions over an array.

    Attributes:
        masks: The bits that are met at each place; the last place is that of null.
        maybe: The bits that are met there or of which null does not say.
        locate: Finds the places.
    """

    masks: tuple[Bits, ...]
    maybe: tuple[Bits, ...]
    locate: Locate


def located(face: Face, column: Column, everything: Bits) -> Located | None:
    """Make a column of conditions ready for an array, unless that is of another kind."""
    if face.kind is not None and face.kind not in _KINDS[type(column)]:
        return None
    masks, find = _finder(face, column, everything)
    return Located((*masks, face.sure), (*masks, face.sure | face.doubtful), _locate(column, find, len(masks)))


_Find: TypeAlias = Callable[[NDArray[np.generic]], Places]


def _locate(column: Column, find: _Find, null: int) -> Locate:
    values, valid = array_of(column), column.valid

    def locate(part: slice) -> tuple[Places, Mask | None]:
        here = values[part]
        places, strange = find(here), None
        if isinstance(column, Dates):
            places[np.isnat(here)] = null
        if isinstance(column, Floats):
            finite = np.isfinite(here)
            strange = None if finite.all() else ~finite if valid is None else ~finite & valid[part]
        if valid is not None:
            places[~valid[part]] = null
        return places, strange

    return locate


def _finder(face: Face, column: Column, everything: Bits) -> tuple[list[Bits], _Find]:
    match face.column:
        case None:
            return [everything], lambda values: np.zeros(len(values), np.intp)
        case Words(_, masks, other):
            told = tuple(masks)
            numbers = {word: number for number, word in enumerate(told)}
            named: Sequence[str | bool] = column.categories if isinstance(column, Strings) else (False, True)
            # A negative code counts from the end, so that the last entry is the place of null.
            places = np.array([*(numbers.get(word, len(told)) for word in named), len(told) + 1], np.intp)
            return [*masks.values(), other], lambda codes: places[np.maximum(codes.astype(np.intp), -1)]
        case Ordered() as ordered:
            return _steps(ordered, column)


def _steps(ordered: Ordered, column: Column) -> tuple[list[Bits], _Find]:
    """Give the bits met below the first value at which something changes, from it on, from the next on, and so on."""
    beginnings = _floats if isinstance(column, Floats) else _units(column.scale if isinstance(column, Numbers) else 0)
    changes: dict[int | float, Bits] = {}
    for at, cut in enumerate(ordered.cuts):
        for first, behind in beginnings(cut):
            changes[first] = ordered.masks[2 * at + 1 + behind]
    below, steps = ordered.masks[0], list[tuple[int | float, Bits]]()
    for first, mask in changes.items():
        if not isinstance(column, Floats) and first <= _INT_MIN:
            below = mask
        elif (isinstance(column, Floats) or first <= _INT_MAX) and mask != (steps[-1][1] if steps else below):
            steps.append((first, mask))
    masks = [below, *(mask for _, mask in steps)]
    firsts = [first for first, _ in steps]
    if isinstance(column, Floats):
        edges = np.array(firsts, np.float64)
        return masks, lambda values: np.searchsorted(edges, values, side="right")
    return masks, _searched(np.array(firsts, np.int64))


_INT_MIN, _INT_MAX = -(1 << 63), (1 << 63) - 1


def _searched(edges: NDArray[np.int64]) -> _Find:
    """Find how many edges are at or below each value.

    The span of the edges is cut into equal buckets, whose count of edges before them is known; few lie within one.
    """
    if not len(edges):
        return lambda values: np.zeros(len(values), np.intp)

    def sought(values: NDArray[np.generic]) -> Places:
        return np.searchsorted(edges, _integers(values), side="right")

    first, last = int(edges[0]) - 1, int(edges[-1])
    if first < _INT_MIN or last == _INT_MAX or last - first > _INT_MAX:
        return sought
    shift = max(0, (last - first).bit_length() - _BUCKET_BITS)
    inner = np.bincount((edges - first) >> shift)
    within = int(inner.max())
    if within > _WITHIN_MAX:
        return sought
    before = (np.cumsum(inner) - inner).astype(np.intp)
    ends = np.append(edges, _INT_MAX)

    def find(values: NDArray[np.generic]) -> Places:
        near = np.clip(_integers(values), first, last)
        places: Places = before[(near - first) >> shift]
        for _ in range(within):
            places += near >= ends[places]
        return places

    return find


def _integers(values: NDArray[np.generic]) -> NDArray[np.int64]:
    """Take days as their numbers, and whole numbers as they are."""
    days = values.dtype.kind == "M"
    return values.view(np.int64) if days else values.astype(np.int64, copy=False)


def _units(scale: int) -> Callable[[Key], Iterator[tuple[int, bool]]]:
    def beginnings(cut: Key) -> Iterator[tuple[int, bool]]:
        """Give the first whole unit at a cut or beyond, and the first beyond."""
        exact = Fraction(cut) * Fraction(10) ** scale
        first = -(-exact.numerator // exact.denominator)
        if first == exact:
            yield first, False
            first += 1
        yield first, True

    return beginnings


def _floats(cut: Key) -> Iterator[tuple[float, bool]]:
    """Give the first float at a cut or beyond, and the first beyond."""
    first = float(cut)
    if first == inf:
        return
    exact = Fraction(cut)
    if first == -inf or Fraction(first) < exact:
        first = nextafter(first, inf)
    elif Fraction(first) == exact:
        yield first, False
        first = nextafter(first, inf)
    yield first, True
