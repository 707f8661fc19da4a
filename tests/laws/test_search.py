"""A search for many strings finds every place where one stands, whoever wrote it."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given

from casefold.pages.search import Hits, Search, dictionary
from casefold_adapters.search import aho_corasick
from casefold_properties import laws, strategies


def without_overlaps(strings: Sequence[str]) -> Search:
    def search(text: str) -> Hits:
        hits, free = list[tuple[int, int]](), 0
        for number, at in sorted(dictionary(strings)(text), key=lambda hit: hit[1]):
            if at >= free:
                hits.append((number, at))
                free = at + len(strings[number])
        return hits

    return search


@pytest.mark.parametrize("make_search", [dictionary, aho_corasick])
@given(wanted=strategies.searches())
@example(wanted=([], "abc")).via("nothing to look for")
@example(wanted=(["a"], "")).via("nowhere to look")
@example(wanted=(["aa"], "aaa")).via("across itself")
@example(wanted=(["abé1abé", "bé", "é"], "éabé1abéa")).via("within each other, beyond ASCII")
def test_a_search_finds_every_place(make_search, wanted):
    """The native search and the one that needs nothing give every place, however strings overlap."""
    laws.search_finds_every_place(make_search, *wanted)


def test_a_search_that_leaves_out_overlaps_is_found_out():
    """The law can fail: most searches for many strings give places side by side only."""
    with pytest.raises(AssertionError):
        laws.search_finds_every_place(without_overlaps, ["aa"], "aaa")
