"""Signals are found where they stand; what is found is on the page."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.kernel.results import Failure
from casefold.pages.evidence import Evidence
from casefold.pages.scores import PAGE_MAX, PAGE_MIN, page_scores
from casefold.pages.signals import compile_taxonomy, read
from casefold.pages.text import PageText
from casefold.taxonomy.model import Detector, DocumentClass, Signal, Source, Taxonomy, Where
from casefold_properties import laws, strategies
from casefold_properties.strategies import BODY, FOOTER, HEADER, Line, lines_of, page_of

EMPTY = page_of([], objects=0)


def of(*signals: Signal):
    one = DocumentClass("alpha", "f", "T", signals)
    return strategies.compiled(Taxonomy("t", "1", "T", (Source("law", "L"),), (one,)))


def shown(artifacts, sheet):
    """A page that shows what the taxonomy looks for."""
    if isinstance(sheet, PageText):
        return sheet
    return sheet.page(1, strategies.signal_texts(artifacts.compiled.taxonomy))


@given(strategies.any_pages() | strategies.page_texts())
@example(EMPTY).via("no words")
def test_a_page_text_round_trips(page):
    """What is stored of a page is all of it, in canonical bytes, without the number that its file gives it."""
    laws.page_text_round_trips(page)


@given(strategies.known_artifacts() | strategies.artifact_sets(), strategies.sheets() | strategies.any_pages())
@example(strategies.some_artifacts(), EMPTY).via("no words")
def test_evidence_is_sound(artifacts, sheet):
    """Every piece of evidence is a signal that is there, in its place, with its words and their box."""
    laws.evidence_is_sound(artifacts.compiled, shown(artifacts, sheet))


@st.composite
def planted_lines(draw, artifacts):
    texts = strategies.signal_texts(artifacts.compiled.taxonomy)
    words = draw(st.sampled_from(texts)).split()
    before = draw(st.lists(st.sampled_from(("rent", "--", "owner,")), max_size=3))
    after = draw(st.lists(st.sampled_from(("rent", "--", "(owner")), max_size=3))
    case = draw(st.sampled_from((str, str.upper, str.title)))
    top = draw(st.sampled_from((0, HEADER, 3_333, 3_334, BODY, 8_133, 8_134, FOOTER)))
    line = Line((*before, *map(case, words), *after), top)
    return page_of([line]), len(before), len(before) + len(words) - 1


@given(strategies.artifact_sets(), st.data())
def test_signals_find_what_is_planted(artifacts, data):
    """A phrase or form number on the page, in the part of it that counts, is found in the words that print it."""
    page, first, last = data.draw(planted_lines(artifacts))

    laws.planted_phrases_are_found(artifacts.compiled, page, first, last)


def test_the_second_place_counts_where_the_first_does_not():
    """A phrase that also stands elsewhere is still found in the part of the page that counts."""
    compiled = of(Signal("law", 20, phrase="alpha certificate", where=Where.BOTTOM))
    page = page_of([lines_of("alpha certificate", top=HEADER), lines_of("alpha certificate", top=FOOTER)])

    assert [(piece.first, piece.last) for piece in read(compiled, page).evidence] == [(2, 3)]


@pytest.mark.parametrize(("regex", "text", "words"), [
    ("alpha series", "an alpha series here", ["alpha", "series"]),
    (r"\bseries", "an alpha series here", ["series"]),
    (r"\sseries", "an alpha series here", ["series"]),
    (r" series ", "an alpha series here", ["series"]),
    (r"series\s", "an alpha series here", ["series"]),
    (r"pha ser", "an alpha series here", ["alpha", "series"]),
    (r"(?<=alpha )series", "an alpha series here", ["series"]),
    (r"SERIES", "an alpha series here", ["series"]),
])  # fmt: skip
def test_an_expression_is_found_in_the_words_that_show_it(regex, text, words):
    """The words of a match are those that its letters stand in: blanks at its ends show nothing."""
    assert laws.expression_words(of(Signal("law", 20, regex=regex)), page_of([lines_of(text)]), "alpha") == [
        tuple(words)
    ]


NOTHING = st.sampled_from(("^$", "x*", "(?:draft)?", r"\b|$", "(?P<variant>x?)"))


@given(NOTHING, st.sampled_from(Where), strategies.any_pages())
@example("^$", Where.ANYWHERE, EMPTY).via("no words")
@example("^$", Where.TOP, EMPTY).via("no words at the top")
@example("x*", Where.BOTTOM, EMPTY).via("no words at the bottom")
def test_an_expression_that_matches_nothing_finds_nothing(regex, where, page):
    """An expression that matches an empty text makes no page fall over, and shows no words where there are none."""
    evidence = read(of(Signal("law", 20, regex=regex, where=where)), page).evidence

    assert all(0 <= piece.first <= piece.last < len(page.words) for piece in evidence if piece.shown)


EXPRESSIONS = ("ab", "ab?c", r"\bab", r"a(b|c)\b", "ab|ca", "(?:ab)?c", "b.a", r"ab\b|c", "(a)b|c(a)")


@given(st.sampled_from(EXPRESSIONS), st.text("abcABC ", max_size=10))
@example("ab|ca", "xca").via("the second of two")
@example(r"\bab", "aab ab").via("not where its letters stand first")
def test_an_expression_is_found_wherever_it_stands(regex, text):
    """Looking for its first letters beforehand never hides an expression, nor makes one up."""
    page = page_of([lines_of(text)])
    evidence = read(of(Signal("law", 20, regex=regex)), page).evidence
    expected = next(re.finditer(regex, " ".join(page.words), re.IGNORECASE), None)

    assert bool(evidence) == (expected is not None)
    if expected is not None:
        assert next(iter(evidence)).first == expected.string.count(" ", 0, expected.start())


def test_a_variant_is_captured():
    """An expression names the variant that it captures, in capitals; where it captures none, the signal's own."""
    compiled = of(Signal("law", 20, regex=r"series (?P<variant>[a-z]\d)?", variant="own"))

    assert [piece.variant for piece in read(compiled, page_of([lines_of("series k1 x")])).evidence] == ["K1"]
    assert [piece.variant for piece in read(compiled, page_of([lines_of("series of x")])).evidence] == ["own"]


def test_detectors_are_signals():
    """A fact that the core works out is evidence for the class that names it, in no words."""
    compiled = of(Signal("law", 20, detector=Detector.BLANK))

    assert [*read(compiled, EMPTY).evidence] == [Evidence("alpha", 0, 0, -1)]
    assert not read(compiled, page_of([], objects=1)).evidence


@pytest.mark.parametrize("signal", [
    Signal("law", 9, phrase="abc"), Signal("law", 9, phrase=""),
    Signal("law", 9, regex="("), Signal("law", 9, regex="a{9999999999}"),
])  # fmt: skip
def test_what_cannot_be_searched_for_is_refused(signal):
    """A signal that no page can be searched for is named, and nothing is compiled."""
    one = DocumentClass("alpha", "f", "T", (Signal("law", 9, phrase="alpha"), signal))
    made = compile_taxonomy(Taxonomy("t", "1", "T", (), (one,)))

    assert isinstance(made, Failure)
    assert (made.failure().label, made.failure().signal) == ("alpha", 1)


@given(strategies.artifact_sets(), strategies.sheets())
def test_scores_add_up(artifacts, sheet):
    """A page is worth what its evidence weighs, within what one page may say."""
    laws.scores_add_up(artifacts.compiled, shown(artifacts, sheet))


@given(st.lists(st.integers(-60, 60), min_size=1, max_size=6))
@example([60, 60]).via("more than one page may say")
@example([-60]).via("less than one page may say")
@example([30, 30]).via("as much as one page may say")
def test_one_page_says_only_so_much(weights):
    """However many signals a page shows, its worth is within bounds, and each signal counts once."""
    signals = [Signal("law", weight, phrase=f"alpha {'bcdefg'[at] * 4}") for at, weight in enumerate(weights)]
    compiled = of(*signals)
    page = page_of(
        [lines_of(f"{signal.phrase} {signal.phrase}", top=BODY + 300 * at) for at, signal in enumerate(signals)]
    )

    assert page_scores(compiled, read(compiled, page))["alpha"].worth == max(PAGE_MIN, min(PAGE_MAX, sum(weights)))
