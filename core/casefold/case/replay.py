"""Decide a recorded case again: under the artifacts that it was decided under, or under others."""

from collections.abc import Sequence

from attrs import frozen

from casefold.case.events import Assembled
from casefold.case.record import Artifacts, stream_page
from casefold.case.state import Case, first_page
from casefold.pages.labels import PageLabel
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import read_text_line


@frozen
class PageChange:
    """A page whose label or status differs."""

    before: PageLabel
    after: PageLabel


@frozen
class Changes:
    """What differs between two outcomes of one case.

    Attributes:
        signals: Pages that show other signals than were recorded; only to be expected under another taxonomy.
        pages: Pages whose label or status differs.
        gone: Documents that are no longer there as they were.
        new: Documents that were not there as they are.
        same: Whether the outcomes are the same in everything, confidences and findings too.
    """

    signals: tuple[int, ...]
    pages: tuple[PageChange, ...]
    gone: tuple[Document, ...]
    new: tuple[Document, ...]
    same: bool


def reread(artifacts: Artifacts, case: Case, page: StreamPage, line: bytes) -> StreamPage:
    """Find again what a recorded page shows; *line* is what was stored of its text."""
    offset = first_page(case, page.source) - 1
    return stream_page(artifacts.compiled, read_text_line(line, page.page - offset), page.source, offset, line)


def changes(case: Case, pages: Sequence[StreamPage], outcome: Assembled) -> Changes:
    """Compare what was recorded of *case* with another outcome of it."""
    assert case.outcome is not None, "only a decided case is replayed"
    before, after = case.outcome, outcome
    kept = {_shape(document) for document in before.documents} & {_shape(document) for document in after.documents}
    return Changes(
        signals=tuple(one.page for one, two in zip(case.pages, pages, strict=True) if one != two),
        pages=tuple(
            PageChange(one, two)
            for one, two in zip(before.labels, after.labels, strict=True)
            if (one.label, one.status) != (two.label, two.status)
        ),
        gone=tuple(document for document in before.documents if _shape(document) not in kept),
        new=tuple(document for document in after.documents if _shape(document) not in kept),
        same=before == after,
    )


def _shape(document: Document) -> tuple[str, tuple[int, ...]]:
    return document.label, document.pages
