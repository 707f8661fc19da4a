"""Where each output came from, and what each input led to."""

from collections.abc import Iterable

from attrs import frozen

from casefold.case.events import (
    Assembled,
    BoundaryCorrected,
    CorrectionWithdrawn,
    DocumentWritten,
    Event,
    PageCorrected,
    PagesRead,
    PagesRecognised,
)
from casefold.case.state import Case, evolve, first_page


@frozen
class PageLineage:
    """One page's way through a case.

    Attributes:
        page: Its number in the package.
        source: The name of its file, the digest of the file's bytes, and the page's number there.
        text: The digest of its text.
        read, labelled, corrected: The sequence numbers of the events that read it, gave it its present label, and
            corrected it.
        document: The id of its document.
        file: The document's PDF.
        file_page: The page's number in that PDF, from 1.
    """

    page: int
    source: str
    source_digest: str
    source_page: int
    text: str | None
    read: int
    labelled: int | None
    corrected: tuple[int, ...]
    document: str | None
    file: str | None
    file_page: int | None


def lineage(entries: Iterable[tuple[int, Event]]) -> tuple[PageLineage, ...]:
    """Trace every page of a case through its numbered events, from its file to the PDF that it ended in.

    Read the rows by ``file`` to go back from an output, by ``source`` to go forward from an input.
    """
    case, read = Case(), dict[int, int]()
    labelled: int | None = None
    corrected: dict[int, list[int]] = {}
    for sequence, event in entries:
        case = evolve(case, event)
        match event:
            case PagesRead() | PagesRecognised():
                read |= {page.page: sequence for page in event.pages}
            case Assembled():
                labelled = sequence
            case PageCorrected() | BoundaryCorrected() | CorrectionWithdrawn():
                labelled = None
                corrected.setdefault(event.page, []).append(sequence)
            case _:
                pass
    return _rows(case, read, labelled, corrected)


def _rows(
    case: Case, read: dict[int, int], labelled: int | None, corrected: dict[int, list[int]]
) -> tuple[PageLineage, ...]:
    assert case.opened is not None, "a case begins by being opened"
    documents = case.outcome.documents if case.outcome is not None else ()
    place = {page: (document.id, at) for document in documents for at, page in enumerate(document.pages, 1)}
    rows: list[PageLineage] = []
    for page in case.pages:
        source = case.opened.sources[page.source]
        document, at = place.get(page.page, (None, None))
        written = case.written.get(document) if document is not None else None
        file = written.file if isinstance(written, DocumentWritten) else None
        rows.append(
            PageLineage(
                page.page,
                source.name,
                source.digest,
                page.page - first_page(case, page.source) + 1,
                page.text,
                read[page.page],
                labelled,
                tuple(corrected.get(page.page, ())),
                document,
                file,
                at if file is not None else None,
            )
        )
    return tuple(rows)
