"""Find any number of strings in one pass over a text.

`MakeSearch` is a port: whoever reads many pages hands in a native search. `dictionary` is the one that needs nothing,
and both find the same.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from typing import TypeAlias

Hits: TypeAlias = Sequence[tuple[int, int]]
"""For each place where one of the strings stands, the string's number and where it begins; in any order."""

Search: TypeAlias = Callable[[str], Hits]
"""Finds every place in a text where a string stands, also those that overlap."""

MakeSearch: TypeAlias = Callable[[Sequence[str]], Search]
"""Makes ready to search for strings, all different and none empty."""

ANCHORS = (7, 4, 2, 1)
"""Letters by which a string is looked up, of as many as it has: the more, the rarer."""


def dictionary(strings: Sequence[str]) -> Search:
    """Look each run of letters of a text up in a table of the rarest run, the *anchor*, of each string.

    >>> sorted(dictionary(["form 1040", "1040", "w-2"])("see form 1040"))
    [(0, 4), (1, 9)]
    """
    tables = {length: _table(length, strings) for length in ANCHORS}
    used = {length: table for length, table in tables.items() if table}
    return lambda text: [hit for length, table in used.items() for hit in _hits(length, table, text)]


_Table: TypeAlias = Mapping[str, Sequence[tuple[int, str, int]]]
"""For an anchor, the strings that it leads to: number, letters, and how far into them it begins."""


def _table(length: int, strings: Sequence[str]) -> _Table:
    mine = [
        (number, text)
        for number, text in enumerate(strings)
        if next(most for most in ANCHORS if most <= len(text)) == length
    ]
    common = Counter(gram for _, text in mine for gram in _grams(text, length))
    table: dict[str, list[tuple[int, str, int]]] = {}
    for number, text in mine:
        grams = _grams(text, length)
        lead = min(range(len(grams)), key=lambda at: (common[grams[at]], at))
        table.setdefault(grams[lead], []).append((number, text, lead))
    return table


def _grams(text: str, length: int) -> list[str]:
    return [text[at : at + length] for at in range(len(text) - length + 1)]


def _hits(length: int, table: _Table, text: str) -> Iterator[tuple[int, int]]:
    places = range(len(text) - length + 1)
    runs = map(text.__getitem__, map(slice, places, range(length, len(text) + 1)))
    for at in compress(places, map(table.__contains__, runs)):
        for number, wanted, lead in table[text[at : at + length]]:
            if at >= lead and text.startswith(wanted, at - lead):
                yield number, at - lead
