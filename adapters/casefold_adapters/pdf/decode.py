"""From the child's frames to values; a frame that does not parse says that the child has gone astray."""

import json
import struct
from array import array
from collections.abc import Callable
from typing import Any, TypeVar

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.pages.text import PageText, PageUnreadable, TextOrigin, UnreadableKind
from casefold_adapters.pdf import frames, refusals, values
from casefold_adapters.pdf.process import Answer, Frame
from casefold_adapters.pdf.refusals import Crashed, PdfRefused, TookTooLong, TooMuchMemory
from casefold_adapters.pdf.values import Bookmark, PageImage, PageRaster, SplitDone, SplitFailed, SplitPart

_MALFORMED = (ValueError, KeyError, TypeError, RecursionError, struct.error)

FACTS_BYTES_MAX = 1 << 16
"""What a child says in words is short; a longer frame is not read."""

_REFUSALS: dict[str, type[Any]] = {
    "not_pdf": refusals.NotPdf,
    "password_needed": refusals.PasswordNeeded,
    "password_wrong": refusals.PasswordWrong,
    "unsupported": refusals.Unsupported,
    "truncated": refusals.Truncated,
    "damaged": refusals.Damaged,
    "no_pages": refusals.NoPages,
}

_FAULTS: dict[str, type[Any]] = {
    **_REFUSALS,
    "no_such_page": values.NoSuchPage,
    "other_page_count": values.OtherPageCount,
    "other_words": values.OtherWords,
    "not_written": values.NotWritten,
}

Wanted = TypeVar("Wanted", PageText, PageImage, PageRaster)


@frozen
class Opened:
    """What a child says when it has opened the source; see `values.PdfFacts`."""

    pages: int
    repaired: bool
    encrypted: bool
    form: bool
    outlined: bool
    title: str | None


def opened_of(answer: Answer) -> Opened | PdfRefused:
    """Read the frame with which a child says that the source is open, or what kept it from opening it."""
    if not isinstance(answer, Frame):
        return answer
    if answer.kind != frames.OPENED:
        return refused(answer)
    try:
        facts = _facts(answer)
        title = facts["title"]
        return Opened(
            pages=int(facts["pages"]),
            repaired=bool(facts["repaired"]),
            encrypted=bool(facts["encrypted"]),
            form=bool(facts["form"]),
            outlined=bool(facts["outlined"]),
            title=None if title is None else str(title),
        )
    except _MALFORMED:
        return refused(answer)


def bookmarks_of(answer: Answer, pages: int) -> tuple[Bookmark, ...] | None:
    """Read the table of contents, or nothing if the child could not; lines that lead nowhere are left out."""
    if not isinstance(answer, Frame) or answer.kind != frames.BOOKMARKS:
        return None
    try:
        found = [Bookmark(str(title), int(page)) for title, page in json.loads(answer.payload)]
    except _MALFORMED:
        return None
    return tuple(bookmark for bookmark in found if 1 <= bookmark.page <= pages)


def refused(frame: Frame) -> PdfRefused:
    """Read a refusal; any other frame says that the child has gone astray."""
    try:
        facts = _facts(frame)
        refusal: PdfRefused = _REFUSALS[facts.pop("kind")](**facts)
    except _MALFORMED:
        return Crashed(f"frame {frame.kind!r} of {len(frame.payload)} bytes was not expected")
    return refusal


def text_of(page: int, frame: Frame) -> PageText | PageUnreadable | None:
    """Read the words of *page*, or that it could not be read; nothing if the frame says neither."""
    return _of_page(page, frame, frames.PAGE, _page_text)


def image_of(page: int, frame: Frame) -> PageImage | PageUnreadable | None:
    """Read the picture of *page*, or that it could not be drawn; nothing if the frame says neither."""
    return _of_page(page, frame, frames.IMAGE, _page_image)


def raster_of(page: int, frame: Frame) -> PageRaster | PageUnreadable | None:
    """Read *page* in gray, or that it could not be drawn; nothing if the frame says neither."""
    return _of_page(page, frame, frames.RASTER, _page_raster)


def part_of(part: SplitPart, frame: Frame) -> Result[SplitDone, SplitFailed] | None:
    """Read how cutting *part* went; nothing if the frame does not say."""
    try:
        facts = _facts(frame)
        if frame.kind == frames.PART_FAILED:
            return Failure(SplitFailed(part.file, _FAULTS[facts.pop("kind")](**facts)))
        if frame.kind == frames.PART and facts["file"] == part.file:
            return Success(SplitDone(**facts))
    except _MALFORMED:
        return None
    return None


def lost_page(page: int, cause: PdfRefused) -> PageUnreadable:
    """Give the page that *cause* left unread."""
    match cause:
        case TookTooLong(seconds):
            return PageUnreadable(page, UnreadableKind.TIME_LIMIT, f"{seconds:.1f} seconds")
        case TooMuchMemory(memory_bytes):
            return PageUnreadable(page, UnreadableKind.MEMORY_LIMIT, f"{memory_bytes} bytes")
        case Crashed(detail):
            return PageUnreadable(page, UnreadableKind.CRASHED, detail)
        case _:
            return PageUnreadable(page, UnreadableKind.DAMAGED, type(cause).__name__)


def lost_part(part: SplitPart, cause: PdfRefused) -> Result[SplitDone, SplitFailed]:
    """Give the failure of a part that *cause* left uncut."""
    return Failure(SplitFailed(part.file, cause))


def _facts(frame: Frame) -> dict[str, Any]:
    """Parse the frame's JSON or raise one of `_MALFORMED`."""
    if len(frame.payload) > FACTS_BYTES_MAX:
        raise ValueError(len(frame.payload))
    facts: Any = json.loads(frame.payload)
    return dict(facts)


def _of_page(page: int, frame: Frame, kind: bytes, parse: Callable[[bytes], Wanted]) -> Wanted | PageUnreadable | None:
    found: Wanted | PageUnreadable
    try:
        if frame.kind == kind:
            found = parse(frame.payload)
        elif frame.kind == frames.UNREADABLE:
            facts = _facts(frame)
            found = PageUnreadable(facts["page"], UnreadableKind(facts["kind"]), str(facts["detail"]))
        else:
            return None
    except _MALFORMED:
        return None
    return found if found.page == page else None


def _page_text(payload: bytes) -> PageText:
    page, width, height, rotation, objects, image_ppm, count = frames.PAGE_HEAD.unpack_from(payload)
    text_start = frames.PAGE_HEAD.size + 8 * count
    boxes = array("H", payload[frames.PAGE_HEAD.size : text_start])
    words = tuple(payload[text_start:].decode().split("\n")) if count else ()
    if len(words) != count or len(boxes) != 4 * count:
        raise ValueError(count)
    origin = TextOrigin.LAYER if count else TextOrigin.NONE
    return PageText(page, words, tuple(boxes), width, height, rotation, origin, objects, image_ppm)


def _page_image(payload: bytes) -> PageImage:
    page, width, height = frames.IMAGE_HEAD.unpack_from(payload)
    return PageImage(page, width, height, payload[frames.IMAGE_HEAD.size :])


def _page_raster(payload: bytes) -> PageRaster:
    page, width, height = frames.IMAGE_HEAD.unpack_from(payload)
    gray = payload[frames.IMAGE_HEAD.size :]
    if len(gray) != width * height:
        raise ValueError(len(gray))
    return PageRaster(page, width, height, gray)
