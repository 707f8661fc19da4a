"""Laws of telling from sketches how much two pages have in common."""

from collections.abc import Callable
from itertools import pairwise

from casefold.pages.likeness import PAIRS_MIN, likeness, sketch


def pairs(text: str) -> frozenset[tuple[str, str]]:
    """Give a text's pairs of neighbouring words."""
    words = text.split()
    return frozenset(pairwise(words))


def likeness_is_near_what_is_shared(
    one: str, two: str, apart: int, estimate: Callable[[str, str], int] = likeness
) -> None:
    """The estimate is within *apart* hundredths of the share of pairs; nothing is said of pages of few."""
    mine, theirs = pairs(one), pairs(two)
    found = estimate(sketch(one), sketch(two))
    if min(len(mine), len(theirs)) < PAIRS_MIN:
        assert found == 0, "little is said of a page of few words"
        return
    shared = 100 * len(mine & theirs) // len(mine | theirs)
    assert abs(found - shared) <= apart, (found, shared)


def likeness_does_not_ask_who_is_first(one: str, two: str) -> None:
    """Two pages are as like as they are the other way round, and a page is like itself."""
    mine, theirs = sketch(one), sketch(two)
    assert likeness(mine, theirs) == likeness(theirs, mine)
    assert 0 <= likeness(mine, theirs) <= 100
    assert likeness(mine, mine) in {0, 100}
