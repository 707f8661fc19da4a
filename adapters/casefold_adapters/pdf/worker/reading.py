"""Answer the requests that need pdfium only: facts and pages of words."""

from array import array
from collections.abc import Iterator
from typing import Any

from casefold_adapters.pdf import frames
from casefold_adapters.pdf.worker import native
from casefold_adapters.pdf.worker.coverage import image_ppm
from casefold_adapters.pdf.worker.opening import Source
from casefold_adapters.pdf.worker.places import Display
from casefold_adapters.pdf.worker.words import TooMuchText, WordReader

REOPEN_PAGES = 250
"""pdfium caches fonts and images for each page it has seen, about 0.25 MB a page of a real package. Opening again frees
them: 5 000 pages then peak at 150 MB instead of 1 250 MB, and take less time too."""

WORDS_OF_A_SCAN_MAX = 50
"""Pages with fewer words are looked at for images; on others that would cost more than the text."""

TITLE_CHARACTERS_MAX = 1_000

_MILLIPOINTS = 1_000


def inspect(request: dict[str, Any]) -> Iterator[bytes]:
    """Give the facts of the document as a whole."""
    source = Source(request["path"], request["password"])
    yield opened(source)


def read(request: dict[str, Any]) -> Iterator[bytes]:
    """Give the facts, then one frame for each of *items*, the pages."""
    source = Source(request["path"], request["password"])
    reader = WordReader(request["words_max"], request["characters_max"])
    yield opened(source)
    for count, page in enumerate(request["items"], start=1):
        yield _page_frame(source, page, reader)
        if count % REOPEN_PAGES == 0:
            source.reopen()


def opened(source: Source) -> bytes:
    """Give the frame that says what pdfium knows of the document as a whole."""
    facts = {
        "pages": source.pages,
        "repaired": source.repaired is not None,
        "encrypted": source.encrypted,
        "form": native.has_form(source.document),
        "outlined": native.has_bookmarks(source.document),
        "title": native.title(source.document, TITLE_CHARACTERS_MAX),
    }
    return frames.packed_json(frames.OPENED, facts)


def unreadable(page: int, kind: str, detail: str) -> bytes:
    """Give the frame of a page that cannot be read."""
    return frames.packed_json(frames.UNREADABLE, {"page": page, "kind": kind, "detail": detail})


def _page_frame(source: Source, number: int, reader: WordReader) -> bytes:
    with native.page_of(source.document, number - 1) as page:
        if not page:
            return unreadable(number, "damaged", "pdfium cannot load the page")
        with native.text_of(page) as text:
            if not text:
                return unreadable(number, "damaged", "no text page")
            width, height = native.displayed_size(page)
            if not (0 < width < native.SIDE_POINTS_MAX and 0 < height < native.SIDE_POINTS_MAX):
                return unreadable(number, "damaged", f"{width} by {height} points")
            crop, rotation = native.crop(page), native.rotation(page)
            try:
                words, boxes = reader.read(text, Display(crop, rotation))
            except TooMuchText as excess:
                return unreadable(number, "size_limit", str(excess))
        head = frames.PAGE_HEAD.pack(
            number,
            round(width * _MILLIPOINTS),
            round(height * _MILLIPOINTS),
            rotation,
            native.count_objects(page),
            image_ppm(page, crop) if len(words) < WORDS_OF_A_SCAN_MAX else 0,
            len(words),
        )
    return frames.packed(frames.PAGE, head, array("H", boxes).tobytes(), "\n".join(words).encode())
