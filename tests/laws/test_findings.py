"""What is missing, doubled or out of order is found; a complete file has no findings."""

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.documents.duplicates import WORDS_MIN
from casefold.documents.findings import FindingKind, findings
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import PageUnreadable, UnreadableKind
from casefold.taxonomy.model import DocumentClass, FileType, PageLimits, Requirement, Signal, Source, Taxonomy
from casefold_properties import laws, strategies
from casefold_properties.strategies import BODY, FOOTER, lines_of, page_of

SIGNAL = Signal("law", 40, phrase="alpha certificate")
ALPHA = DocumentClass("alpha", "f", "Alpha", (SIGNAL,))
PLAIN = Taxonomy("t", "1", "T", (Source("law", "L"),), (ALPHA,))
LABELS = ("alpha", "bravo", "charlie")
COUNTS = st.dictionaries(st.sampled_from(LABELS), st.integers(0, 3))
REQUIREMENTS = strategies.requirements(labels=LABELS)
KINDS = (FindingKind.MISSING_PAGES, FindingKind.EXCERPT, FindingKind.OUT_OF_ORDER)


def sheet(number: int, footer: str = "", text: str = "rent") -> StreamPage:
    lines = [lines_of(f"{text} {number}", top=BODY), *([lines_of(footer, top=FOOTER)] if footer else [])]
    return strategies.as_read(strategies.compiled(PLAIN), page_of(lines, page=number))


def document(pages, label: str = "alpha", name: str = "01", variant: str | None = None) -> Document:
    return Document(name, label, None, variant, 0, tuple(page.page for page in pages), 0)


def found(pages, taxonomy: Taxonomy = PLAIN, **members: str):
    return findings(taxonomy, None, pages, [document(pages, **members)])


def numbered(printed, total: int | None):
    return [
        sheet(at, f"Page {number} of {total}" if total else f"Page {number}") for at, number in enumerate(printed, 1)
    ]


@given(st.integers(1, 12), st.booleans())
@example(1, True).via("one page of one")
def test_a_complete_document_has_no_findings(total, counted):
    """All its pages, in order: nothing to find."""
    assert found(numbered(range(1, total + 1), total if counted else None)) == ()


@given(st.integers(2, 12), st.data())
@example(2, {1}).via("one of two")
@example(4, {1, 2}).via("half of them")
def test_missing_pages_are_found(total, data):
    """Printed page numbers that leave some out say which; if half or more are gone, it is an excerpt."""
    gone = data if isinstance(data, set) else set(data.draw(st.permutations(range(1, total + 1)))[: total // 2])
    here = [number for number in range(1, total + 1) if number not in gone]
    result = laws.of_kind(found(numbered(here, total)), *KINDS)
    kind = FindingKind.MISSING_PAGES if len(gone) < len(here) else FindingKind.EXCERPT

    assert [(one.kind, one.missing, one.detail) for one in result] == (
        [(kind, tuple(map(str, sorted(gone))), str(total))] if gone else []
    )


@pytest.mark.parametrize(("printed", "total", "kind", "missing"), [
    ((None, 3),          None, FindingKind.MISSING_PAGES, ("2",)),       # first pages often bear no number
    ((2, 3, 4),          None, FindingKind.MISSING_PAGES, ("1",)),
    ((None, 2, None, 5), None, FindingKind.MISSING_PAGES, ("4",)),       # one page without a number fills one gap
    ((1, None, None),    4,    FindingKind.MISSING_PAGES, ("4",)),
    ((1,),               5,    FindingKind.EXCERPT,       ("2", "3", "4", "5")),
    ((4,),               None, None,                      ()),           # a bare number alone proves nothing
    ((8, 8, 8),          24,   None,                      ()),           # no two pages bear the same number
    ((None, 2, 3),       None, None,                      ()),
])  # fmt: skip
def test_pages_without_a_number_fill_gaps(printed, total, kind, missing):
    """What is missing is what no page without a number can be."""
    footers = [
        f"Page {number} of {total}" if total and number else f"Page {number}" if number else "" for number in printed
    ]
    pages = [sheet(at, footer) for at, footer in enumerate(footers, 1)]

    assert [(one.kind, one.missing) for one in laws.of_kind(found(pages), *KINDS)] == (
        [(kind, missing)] if kind else []
    )


def test_a_document_that_is_there_twice_is_found():
    """The second copy names the first, and its pages are not told again one by one."""
    text = "the rental deposit of the owner for the year is here as printed on page"
    pages = [sheet(at, text=text) for at in (1, 2)]
    again = [evolve(page, page=page.page + 2) for page in pages]
    result = findings(PLAIN, None, [*pages, *again], [document(pages), document(again, name="02")])

    assert [(one.kind, one.document, one.missing) for one in result] == [
        (FindingKind.DUPLICATE_DOCUMENT, "02", ("01",))
    ]


@given(st.integers(2, 8), st.data())
@example(2, [2, 1]).via("two pages, turned")
def test_pages_out_of_order_are_found(total, data):
    """Printed page numbers that fall say where; rising ones do not."""
    printed = data if isinstance(data, list) else data.draw(st.permutations(range(1, total + 1)))
    falls = tuple(at + 2 for at in range(total - 1) if printed[at + 1] < printed[at])
    result = laws.of_kind(found(numbered(printed, total)), *KINDS)

    assert [(one.kind, one.pages) for one in result] == ([(FindingKind.OUT_OF_ORDER, falls)] if falls else [])


@given(st.integers(1, 6), st.none() | st.integers(1, 6), st.integers(1, 8))
@example(1, 1, 1).via("just as many as it may have")
def test_too_few_and_too_many_pages_are_found(low, more, count):
    """A document has at least the fewest and at most the most pages of its class, the bounds included."""
    high = None if more is None else low + more - 1
    limited = evolve(PLAIN, classes=(evolve(ALPHA, pages=PageLimits(low, high)),))
    kinds = {one.kind for one in found([sheet(at) for at in range(1, count + 1)], limited)}

    assert (FindingKind.TOO_FEW_PAGES in kinds) == (count < low)
    assert (FindingKind.TOO_MANY_PAGES in kinds) == (high is not None and count > high)


def test_a_blank_sheet_is_no_page_too_many():
    """A sheet scanned from both sides has blank backs; they are no pages of what it holds."""
    limited = evolve(PLAIN, classes=(evolve(ALPHA, pages=PageLimits(2, 2)),))
    blank = strategies.as_read(strategies.compiled(PLAIN), page_of([], page=2, objects=0))

    assert found([sheet(1, "Page 1 of 2"), blank, sheet(3, "Page 2 of 2")], limited) == ()


def test_an_older_edition_is_as_long_as_it_was():
    """A document of an older edition is measured by that edition's limits, not by the present one's."""
    older = evolve(ALPHA, id="older", pages=PageLimits(3, 3), revision_of="alpha")
    limited = evolve(PLAIN, classes=(evolve(ALPHA, pages=PageLimits(5, 5)), older))

    assert found([sheet(at) for at in (1, 2, 3)], limited, variant="older") == ()


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6))
@example(["a", "a"]).via("twice")
@example(["a", "b", "a"]).via("twice, with another between")
def test_doubled_pages_are_found(names):
    """A page that is an earlier page, word for word, is found, with the page that it repeats."""
    text = "the rental deposit of the owner for the year is here as {} printed"
    pages = [evolve(sheet(1, text=text.format(name)), page=at) for at, name in enumerate(names, 1)]
    expected = [(at, names.index(name) + 1) for at, name in enumerate(names, 1) if name in names[: at - 1]]
    doubles = laws.of_kind(findings(PLAIN, None, pages, [document(pages)]), FindingKind.DUPLICATE_PAGES)

    assert [one.pages for one in doubles] == ([tuple(at for at, _ in expected)] if expected else [])
    assert [one.detail for one in doubles] == ([", ".join(str(to) for _, to in expected)] if expected else [])


@pytest.mark.parametrize("words", [WORDS_MIN - 1, WORDS_MIN])
def test_pages_of_few_words_may_be_the_same_by_chance(words):
    """Two pages of fewer words than tell them apart are no double."""
    pages = [evolve(sheet(1, text="rent " * (words - 1)), page=at) for at in (1, 2)]

    assert bool(laws.of_kind(found(pages), FindingKind.DUPLICATE_PAGES)) == (words >= WORDS_MIN)


@given(st.lists(st.booleans(), min_size=1, max_size=5))
@example([False]).via("the only page")
def test_unreadable_pages_are_found(readable):
    """Every page that could not be read is named."""
    compiled = strategies.compiled(PLAIN)
    pages = [
        sheet(at) if well else strategies.as_read(compiled, PageUnreadable(at, UnreadableKind.DAMAGED, "torn"))
        for at, well in enumerate(readable, 1)
    ]
    unreadable = laws.of_kind(found(pages), FindingKind.UNREADABLE_PAGE)

    assert [one.pages for one in unreadable] == [(at,) for at, well in enumerate(readable, 1) if not well]


@given(REQUIREMENTS, COUNTS)
@example(Requirement("r", "R", "law", n_of=("alpha", "bravo"), count=2), {"alpha": 2}).via("two of one class")
@example(Requirement("r", "R", "law", n_of=("alpha",), count=2), {"alpha": 1}).via("one too few")
@example(Requirement("r", "R", "law", all_of=("alpha",)), {"alpha": 0}).via("none is not some")
def test_a_requirement_is_met_or_names_what_would_meet_it(requirement, present):
    """What is missing is named exactly when something is."""
    laws.unmet_names_what_would_meet(requirement, present)


@given(REQUIREMENTS, COUNTS, st.sampled_from(LABELS))
def test_one_document_more_harms_nothing(requirement, present, label):
    """What is met stays met."""
    laws.one_document_more_harms_nothing(requirement, present, label)


@given(REQUIREMENTS)
def test_a_requirement_applies_if_all_are_there_and_none_is(requirement):
    """Conditions are all of *present* and none of *absent*."""
    laws.applies_if_all_and_none(requirement, LABELS)


@given(st.lists(REQUIREMENTS, max_size=3), st.lists(st.sampled_from(LABELS), max_size=5))
@example([], []).via("nothing asked for, nothing there")
def test_missing_documents_are_found(requirements, labels):
    """One finding for each thing that a file must hold and does not."""
    kind = FileType("k", "K", tuple(evolve(each, title=f"T{at}") for at, each in enumerate(requirements)))
    pages = [sheet(at) for at in range(1, len(labels) + 1)]
    documents = [document([page], label, f"{page.page:02}") for page, label in zip(pages, labels, strict=True)]

    laws.missing_documents_are_found(PLAIN, kind, pages, documents)
