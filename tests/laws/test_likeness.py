"""Sketches of pages, and what they tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefold.pages.likeness import sketch
from casefold_properties.laws import likeness as laws

WORDS = st.integers(0, 400).map(lambda number: f"w{number}")


@st.composite
def related_pages(draw):
    """Two texts, of which the second keeps a run of the first and goes on in words of its own."""
    first = draw(st.lists(WORDS, max_size=300))
    start, end = sorted(draw(st.tuples(st.integers(0, len(first)), st.integers(0, len(first)))))
    more = draw(st.lists(WORDS.map(lambda word: f"x{word}"), max_size=300))
    return " ".join(first), " ".join([*first[start:end], *more])


@given(related_pages())
def test_likeness_is_near_what_is_shared(pages):
    """A sketch of 64 pairs is within a quarter, four standard errors, of what all pairs say."""
    one, two = pages
    laws.likeness_is_near_what_is_shared(one, two, 25)


@given(related_pages())
def test_likeness_does_not_ask_who_is_first(pages):
    """Two pages are as like as they are the other way round."""
    laws.likeness_does_not_ask_who_is_first(*pages)


def test_the_law_finds_one_who_counts_what_the_shorter_holds():
    """How much of the shorter page the longer holds is another question."""

    def containment(one, two):
        mine, theirs = ({text[at : at + 6] for at in range(0, len(text), 6)} for text in (one, two))
        return 100 * len(mine & theirs) // min(len(mine), len(theirs))

    long = [f"w{number}" for number in range(60)]
    with pytest.raises(AssertionError):
        laws.likeness_is_near_what_is_shared(" ".join(long[:20]), " ".join(long), 25, containment)


def test_a_sketch_is_short():
    """However long the page, its sketch has 64 numbers of six digits."""
    text = " ".join(f"w{number}" for number in range(5_000))

    assert len(sketch(text)) == 64 * 6
    assert sketch("") == sketch("alone") == ""
