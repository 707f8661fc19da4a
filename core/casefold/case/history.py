"""Whether an event can have happened to a case: a chain proves order and content, not that they make sense."""

import re

from casefold.case.events import (
    Assembled,
    CaseOpened,
    DocumentNotWritten,
    DocumentWritten,
    Event,
    PageCorrected,
    PagesRead,
    Reported,
    SourceOpened,
    SourceRefused,
)
from casefold.case.state import Case, first_page, source_pages

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def misfit(case: Case, event: Event) -> str | None:
    """Say why *event* cannot have happened to *case*; ``None`` where it can."""
    if isinstance(event, CaseOpened):
        names = (event.taxonomy, event.thresholds, *(source.digest for source in event.sources))
        fits = case.opened is None and bool(event.sources) and all(map(_DIGEST.fullmatch, names))
        return None if fits else "a case is opened once, with files and digests"
    if case.opened is None:
        return "the case was not opened before"
    sources, fits = range(len(case.opened.sources)), False
    match event:
        case SourceOpened() | SourceRefused():
            fits = event.source in sources and event.source not in case.sources
        case PagesRead():
            fits = len(case.sources) == len(sources) and _reads_on(case, event)
        case Assembled():
            fits = len(case.sources) == len(sources) and _covers(case, event)
        case DocumentWritten() | DocumentNotWritten():
            fits = case.outcome is not None and event.document in {each.id for each in case.outcome.documents}
        case PageCorrected():
            fits = case.outcome is not None and 1 <= event.page <= len(case.pages)
        case Reported():
            fits = case.outcome is not None
    return None if fits else f"{type(event).__name__} does not fit what happened before"


def _total(case: Case) -> int:
    return sum(source_pages(case, source) for source in case.sources)


def _pages_of(case: Case, source: int) -> range:
    """Give the package's numbers of a source's pages."""
    first = first_page(case, source)
    return range(first, first + source_pages(case, source))


def _reads_on(case: Case, event: PagesRead) -> bool:
    done, names = len(case.pages), [page.text for page in event.pages if page.text is not None]
    return (
        [page.page for page in event.pages] == list(range(done + 1, done + len(event.pages) + 1))
        and done + len(event.pages) <= _total(case)
        and all(page.page in _pages_of(case, page.source) for page in event.pages)
        and all(map(_DIGEST.fullmatch, names))
        and (event.texts is None) == (not names)
        and (event.texts is None or _DIGEST.fullmatch(event.texts) is not None)
    )


def _covers(case: Case, event: Assembled) -> bool:
    numbers = list(range(1, _total(case) + 1))
    held = sorted(page for document in event.documents for page in document.pages)
    return (
        [page.page for page in case.pages] == numbers
        and [label.page for label in event.labels] == numbers
        and held == numbers
        and all(document.pages for document in event.documents)
        and all(page in _pages_of(case, each.source) for each in event.documents for page in each.pages)
    )
