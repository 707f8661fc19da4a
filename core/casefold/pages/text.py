"""A page as the rest of the core sees it: words, where they stand, and how they were read."""

import json
from enum import Enum
from typing import cast

from attrs import field, frozen

from casefold.kernel.canonical import digest_of_bytes

BOX_SCALE = 10_000
"""Box coordinates are ten-thousandths of the page's displayed width and height."""


class TextOrigin(Enum):
    """Where a page's words were read."""

    LAYER = "layer"
    """The PDF's own text layer."""
    OCR = "ocr"
    """Optical character recognition of the page image."""
    NONE = "none"
    """The page carries no words."""


class UnreadableKind(Enum):
    """Why a page could not be read."""

    DAMAGED = "damaged"
    CRASHED = "crashed"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    SIZE_LIMIT = "size_limit"


def _four_per_word(page: "PageText", _: object, boxes: tuple[int, ...]) -> None:
    assert len(boxes) == 4 * len(page.words), "four coordinates a word"


@frozen
class PageText:
    """The words of one page in reading order, each with its box.

    Attributes:
        page: The page's number in its source file, from 1.
        words: The words as printed; none is empty or holds white space.
        boxes: Four integers a word (left, top, right, bottom) in `BOX_SCALE` ths of the page as displayed, that is
            after *rotation*; the origin is the top left corner.
        width_millipoints: Displayed width; 1 000 millipoints are 1/72 inch.
        height_millipoints: Displayed height.
        rotation: Degrees clockwise that the file asks viewers to turn the page: 0, 90, 180 or 270.
        origin: How the words were read.
        objects: How many things the page draws (text, paths, images); 0 means an empty sheet.
        image_ppm: Share of the page covered by images, in parts per million.
        form_words: How many of the last words are values of form fields.
    """

    page: int
    words: tuple[str, ...]
    boxes: tuple[int, ...] = field(validator=_four_per_word)
    width_millipoints: int
    height_millipoints: int
    rotation: int
    origin: TextOrigin
    objects: int
    image_ppm: int
    form_words: int = 0

    def box(self, first: int, last: int) -> tuple[int, int, int, int]:
        """Give the smallest box around words *first* to *last*, counted from 0."""
        boxes = self.boxes[4 * first : 4 * last + 4]
        return min(boxes[::4]), min(boxes[1::4]), max(boxes[2::4]), max(boxes[3::4])


@frozen
class PageUnreadable:
    """A page that exists and could not be read.

    Attributes:
        page: The page's number in its source file, from 1.
        kind: What stopped the reading.
        detail: What the reader said of it, in a few words.
    """

    page: int
    kind: UnreadableKind
    detail: str


def text_line(page: PageText) -> bytes:
    """Write a page's content as one line of canonical JSON, without the number that its file gives it.

    The members are written in their canonical order, so that these are the bytes of `casefold.kernel.canonical` at a
    fraction of the cost.
    """
    value = {
        "boxes": page.boxes,
        "form_words": page.form_words,
        "height_millipoints": page.height_millipoints,
        "image_ppm": page.image_ppm,
        "objects": page.objects,
        "origin": page.origin.value,
        "rotation": page.rotation,
        "width_millipoints": page.width_millipoints,
        "words": page.words,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def read_text_line(line: bytes, page: int) -> PageText:
    """Read what `text_line` wrote; the caller has checked the line's digest, so anything else in it is a bug."""
    value = cast("dict[str, object]", json.loads(line))
    return PageText(
        page=page,
        words=tuple(cast("list[str]", value["words"])),
        boxes=tuple(cast("list[int]", value["boxes"])),
        width_millipoints=cast("int", value["width_millipoints"]),
        height_millipoints=cast("int", value["height_millipoints"]),
        rotation=cast("int", value["rotation"]),
        origin=TextOrigin(value["origin"]),
        objects=cast("int", value["objects"]),
        image_ppm=cast("int", value["image_ppm"]),
        form_words=cast("int", value["form_words"]),
    )


def text_digest(page: PageText) -> str:
    """Name a page's words, places and size by their content, whatever file or position the page has."""
    return digest_of_bytes(text_line(page))
