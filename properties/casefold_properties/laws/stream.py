"""Laws of the page stream: no page is lost, none is in two documents, and what a person said holds."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from casefold.kernel.odds import PPM
from casefold.pages.labels import PageLabel, Reason, Status, Thresholds, Tier, accept
from casefold.pages.signals import Compiled
from casefold.pages.stream import COPY_WORDS_MIN, Document, Labelled, StreamPage, label_pages
from casefold.taxonomy.model import UNKNOWN, Detector


def every_page_once(pages: Sequence[StreamPage], labelled: Labelled) -> None:
    """Every page has one label and is in one document, and no document is empty or spans two files.

    Documents come in the order of their first pages.
    """
    numbers = [page.page for page in pages]
    assert [label.page for label in labelled.pages] == numbers
    assert sorted(page for document in labelled.documents for page in document.pages) == numbers
    firsts = [min(document.pages) for document in labelled.documents]
    assert firsts == sorted(firsts)
    source = {page.page: page.source for page in pages}
    for number, document in enumerate(labelled.documents, 1):
        assert document.pages
        assert document.id == str(number).zfill(2)
        assert {source[page] for page in document.pages} == {document.source}


def labels_align(labelled: Labelled) -> None:
    """Every page carries its document's label, save a blank sheet in a document of something else."""
    label_of = {label.page: label for label in labelled.pages}
    for document in labelled.documents:
        told = [label for page in document.pages if (label := label_of[page]).reason is not Reason.BLANK]
        assert {label.label for label in told} <= {document.label}
        assert {label.looks_like for label in told} <= {document.looks_like}
        if not told:
            assert {label_of[page].label for page in document.pages} == {document.label}


def labels_are_sane(compiled: Compiled, thresholds: Thresholds, labelled: Labelled) -> None:
    """A label is of the taxonomy, and accepted by the rules only if it is as sure as it must be."""
    known = {UNKNOWN, *(each.id for each in compiled.taxonomy.classes)}
    for label in labelled.pages:
        assert label.label in known
        assert 0 <= label.confidence_ppm <= PPM
        if label.status is Status.ACCEPTED and label.reason is Reason.SURE:
            assert label.confidence_ppm >= thresholds.confidence_min(label.label)
        if label.reason in {Reason.UNREADABLE, Reason.NO_TEXT, Reason.NO_CLASS, Reason.UNSURE}:
            assert label.status is Status.REVIEW
    for document in labelled.documents:
        assert document.label in known
        assert 0 <= document.confidence_ppm <= PPM


def is_blank(page: StreamPage) -> bool:
    """Say whether a page draws nothing."""
    return page.signals is not None and Detector.BLANK in page.signals.facts.detected


def blank_sheets_stay_where_they_lie(pages: Sequence[StreamPage], labelled: Labelled) -> None:
    """A blank sheet between two pages of a document is in that document; any other is in one of blank sheets."""
    blank = {page.page for page in pages if is_blank(page)}
    for document in labelled.documents:
        inside = [page in blank for page in document.pages]
        assert all(inside) or not (inside[0] or inside[-1])


def a_file_is_decided_alone(
    compiled: Compiled, thresholds: Thresholds, pages: Sequence[StreamPage], corrections: Mapping[int, str]
) -> None:
    """The files of a package do not know each other: each is labelled as if it were alone."""
    whole = label_pages(compiled, thresholds, pages, corrections)
    labels: list[PageLabel] = []
    documents: list[Document] = []
    for source in sorted({page.source for page in pages}):
        part = label_pages(compiled, thresholds, [page for page in pages if page.source == source], corrections)
        labels += part.pages
        count = len(documents) + 1
        documents += (evolve(each, id=str(at).zfill(2)) for at, each in enumerate(part.documents, count))
    assert whole == Labelled(tuple(labels), tuple(documents))


def corrections_hold(
    compiled: Compiled, thresholds: Thresholds, pages: Sequence[StreamPage], corrections: Mapping[int, str]
) -> None:
    """A page that a person labelled has that label, for certain, and so has its document."""
    labelled = label_pages(compiled, thresholds, pages, corrections)
    every_page_once(pages, labelled)
    labels_align(labelled)
    for label in labelled.pages:
        if label.page in corrections:
            assert (label.label, label.confidence_ppm) == (corrections[label.page], PPM)
            assert (label.status, label.reason, label.tier) == (Status.ACCEPTED, Reason.CORRECTED, Tier.PERSON)


def an_added_page_moves_nothing(
    compiled: Compiled, thresholds: Thresholds, pages: Sequence[StreamPage], added: StreamPage, at: int
) -> Labelled:
    """Adding *added* before page number *at* (from 0) leaves all other labels and documents; gives the new ones.

    True of blank sheets at either end and of copies of the page before.
    """
    before = label_pages(compiled, thresholds, pages, {})
    longer = [
        *pages[:at],
        evolve(added, page=at + 1),
        *(evolve(page, page=page.page + 1) for page in pages[at:]),
    ]
    after = label_pages(compiled, thresholds, longer, {})
    back = {number: number if number <= at else number - 1 for number in range(1, len(longer) + 1) if number != at + 1}
    rest = [evolve(label, page=back[label.page]) for label in after.pages if label.page != at + 1]
    assert rest == list(before.pages)
    kept = [tuple(back[page] for page in document.pages if page != at + 1) for document in after.documents]
    assert [pages for pages in kept if pages] == [document.pages for document in before.documents]
    return after


def can_be_a_copy(page: StreamPage) -> bool:
    """Say whether a second copy of a page would be known as one."""
    return page.signals is not None and page.signals.words >= COPY_WORDS_MIN


def raising_a_minimum_accepts_no_more(
    compiled: Compiled, lower: Thresholds, higher: Thresholds, pages: Sequence[StreamPage]
) -> None:
    """Asking for more never accepts a page that asking for less sent to review, and changes no label."""
    easy, hard = label_pages(compiled, lower, pages, {}), label_pages(compiled, higher, pages, {})
    assert easy.documents == hard.documents
    for one, two in zip(easy.pages, hard.pages, strict=True):
        assert (one.label, one.confidence_ppm) == (two.label, two.confidence_ppm)
        assert one.status is Status.ACCEPTED or two.status is Status.REVIEW


def accepted_if_sure(label: str, confidence: int, thresholds: Thresholds) -> None:
    """A label that fits is accepted if and only if it is as sure as it must be; one that does not fit, never."""
    sure = confidence >= thresholds.confidence_min(label)
    expected = (Status.ACCEPTED, Reason.SURE) if sure else (Status.REVIEW, Reason.UNSURE)
    assert accept(label, True, confidence, thresholds) == expected
    assert accept(label, False, confidence, thresholds) == (Status.REVIEW, Reason.NO_CLASS)
