"""Some thousand rows under way: where their values stand, and the rules that they meet, as bits in words of 64.

Bit *b* of word *w* is rule 64·w + b in the order that the hit policy prefers.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from casefold.policy.index import Bits
from casefold_adapters.columnar.columns import Mask
from casefold_adapters.columnar.places import Located, Places

WORD = 64

PART = 1 << 14
"""Rows that are taken at a time, so that what is worked on stays near the processor."""

Bitset: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = NDArray[np.int64]


@frozen(eq=False)
class Tables:
    """A column of conditions as tables by place.

    Attributes:
        met: For each word, the rules that are met at each place.
        maybe: The same with those of which null does not say.
        allowed: Whether the value at a place is allowed; ``None`` where every one is.
        null: The place of null, if null leaves anything open.
    """

    met: Bitset
    maybe: Bitset
    allowed: Mask | None
    null: int | None


def tables_of(one: Located, order: Sequence[int], gates: Bits, count: int) -> Tables:
    """Make the tables of a column, the rules put in order."""
    met = np.stack([words_of(arranged(mask, order), count) for mask in one.masks], axis=1)
    maybe = np.stack([words_of(arranged(mask, order), count) for mask in one.maybe], axis=1)
    allowed = np.array([mask & gates == gates for mask in one.masks], np.bool_)
    differs = one.masks[-1] != one.maybe[-1]
    return Tables(met, maybe, None if allowed.all() else allowed, len(one.masks) - 1 if differs else None)


def arranged(mask: Bits, order: Sequence[int]) -> Bits:
    """Give a set of rules in another order."""
    if all(number == bit for bit, number in enumerate(order)):
        return mask & ((1 << len(order)) - 1)
    return sum(1 << bit for bit, number in enumerate(order) if mask >> number & 1)


def words_of(mask: Bits, count: int) -> Bitset:
    """Give a set of rules as words."""
    return np.frombuffer(mask.to_bytes(count * WORD // 8, "little"), "<u8").astype(np.uint64)


@frozen(eq=False)
class Part:
    """Some rows.

    Attributes:
        open: Whether null leaves anything open in any of them.
        problem: Where a value is none at all, or is not allowed.
    """

    size: int
    tables: Sequence[Tables]
    places: Sequence[Places]
    open: bool
    problem: Mask

    def met(self, word: int, live: Places | None = None) -> Bitset:
        """Give the rules of a word that rows meet, or the *live* ones among them."""
        return self._all([tables.met[word] for tables in self.tables], live)

    def maybe(self, word: int, live: Places | None = None) -> Bitset:
        """Give the same with those of which null does not say."""
        return self._all([tables.maybe[word] for tables in self.tables], live)

    def _all(self, tables: Sequence[Bitset], live: Places | None) -> Bitset:
        size = self.size if live is None else len(live)
        found = np.full(size, ~np.uint64(0))
        for table, places in zip(tables, self.places, strict=True):
            np.bitwise_and(found, table.take(places if live is None else places.take(live)), out=found)
        return found


def part_of(columns: Sequence[Located], tables: Sequence[Tables], part: slice) -> Part:
    """Look some rows up."""
    size = part.stop - part.start
    problem, places, doubt = np.zeros(size, np.bool_), list[Places](), False
    for column, own in zip(columns, tables, strict=True):
        here, strange = column.locate(part)
        if strange is not None:
            problem |= strange
        if own.allowed is not None:
            problem |= ~own.allowed.take(here)
        doubt = doubt or (own.null is not None and bool((here == own.null).any()))
        places.append(here)
    return Part(size, tables, places, doubt, problem)


def lowest(bits: Bitset) -> Numbers:
    """Give the number of the lowest bit of each word; 64 where there is none."""
    return np.bitwise_count((bits & (~bits + np.uint64(1))) - np.uint64(1)).astype(np.int64)


def first_met(part: Part, count: int) -> tuple[Numbers, Mask]:
    """Give each row's first rule in order, -1 where there is none, and where null leaves it open which is."""
    found, problem = np.full(part.size, -1, np.int64), part.problem.copy()
    live: Places | None = None
    for word in range(count):
        met = part.met(word, live)
        could = part.maybe(word, live) if part.open else met
        ended = np.flatnonzero(could)
        rows = ended if live is None else live.take(ended)
        numbers = lowest(met.take(ended))
        if part.open:
            problem[rows] |= numbers != lowest(could.take(ended))
        found[rows] = np.where(numbers < WORD, word * WORD + numbers, -1)
        if len(ended) and word + 1 < count:
            rest = np.flatnonzero(could == 0)
            live = rest if live is None else live.take(rest)
    return found, problem


def only_met(part: Part, count: int, faulty: Bitset, alike: Bitset | None) -> tuple[Numbers, Mask]:
    """Give each row's first rule in order, and where anything is left open, is faulty, or differs.

    *alike* are, for each rule, those that may match beside it; without them, any may.
    """
    found, problem = np.full(part.size, -1, np.int64), part.problem.copy()
    for word in range(count):
        met = part.met(word)
        if part.open:
            problem |= part.maybe(word) != met
        if faulty[word]:
            problem |= (met & faulty[word]) != 0
        new = np.flatnonzero((found < 0) & (met != 0))
        found[new] = word * WORD + lowest(met.take(new))
        if alike is not None:
            problem |= (met & ~alike[word].take(np.maximum(found, 0))) != 0
    return found, problem
