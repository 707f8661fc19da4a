"""A page as the rest of the core sees it: words, where they stand, and how they were read."""

import json
from enum import Enum
from typing import cast

from attrs import evolve, field, frozen

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


def _one_per_word(page: "PageText", _: object, confidences: tuple[int, ...]) -> None:
    assert len(confidences) in {0, len(page.words)}, "one confidence a word, or none"


@frozen
class Barcode:
    """A barcode on a page.

    Attributes:
        kind: What its reader calls it, such as ``PDF417`` or ``QRCode``.
        text: What it says, control characters and all.
        box: Left, top, right and bottom in `BOX_SCALE` ths of the page as displayed.
    """

    kind: str
    text: str
    box: tuple[int, int, int, int]


@frozen
class FormField:
    """A field of the PDF's own form that holds something.

    Attributes:
        name: Its full name, the names of what it is part of before it, joined by dots, as the file has them.
        label: What viewers tell people who cannot see it; empty where the file says nothing.
        words: How many words it holds.
    """

    name: str
    label: str
    words: int


def _all_form_words(page: "PageText", _: object, fields: tuple[FormField, ...]) -> None:
    assert not fields or sum(each.words for each in fields) == page.form_words, "each word of a form is of one field"


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
        form_fields: The fields that hold those words, in their order; empty where nobody asked for their names.
        confidences: How sure each word is, in percent; empty where the words were not recognised.
        turned: By how many degrees clockwise the page as displayed must be turned to stand upright: scans may lie on
            their side.
        barcodes: Those that were read in its picture.
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
    confidences: tuple[int, ...] = field(default=(), validator=_one_per_word)
    turned: int = 0
    form_fields: tuple[FormField, ...] = field(default=(), validator=_all_form_words)
    barcodes: tuple[Barcode, ...] = ()

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
    fraction of the cost. What only recognised pages have is left out of others.
    """
    fields = [[each.label, each.name, each.words] for each in page.form_fields]
    codes = [[list(each.box), each.kind, each.text] for each in page.barcodes]
    value = {
        **({"barcodes": codes} if codes else {}),
        "boxes": page.boxes,
        **({"confidences": page.confidences} if page.confidences else {}),
        **({"form_fields": fields} if fields else {}),
        "form_words": page.form_words,
        "height_millipoints": page.height_millipoints,
        "image_ppm": page.image_ppm,
        "objects": page.objects,
        "origin": page.origin.value,
        "rotation": page.rotation,
        **({"turned": page.turned} if page.turned else {}),
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
        confidences=tuple(cast("list[int]", value.get("confidences", ()))),
        turned=cast("int", value.get("turned", 0)),
        form_fields=tuple(
            FormField(name, label, words)
            for label, name, words in cast("list[tuple[str, str, int]]", value.get("form_fields", ()))
        ),
        barcodes=tuple(
            Barcode(kind, text, cast("tuple[int, int, int, int]", tuple(box)))
            for box, kind, text in cast("list[tuple[list[int], str, str]]", value.get("barcodes", ()))
        ),
    )


def upright(page: PageText) -> PageText:
    """Give *page* with its words where they stand when it is turned upright.

    >>> lying = PageText(1, ("up",), (10, 20, 30, 60), 792, 612, 0, TextOrigin.OCR, 1, 0, turned=90)
    >>> upright(lying).boxes
    (9940, 10, 9980, 30)
    """
    if not page.turned:
        return page
    lefts, tops, rights, bottoms = (page.boxes[side::4] for side in range(4))
    if page.turned == 90:
        sides = _mirrored(bottoms), lefts, _mirrored(tops), rights
    elif page.turned == 180:
        sides = _mirrored(rights), _mirrored(bottoms), _mirrored(lefts), _mirrored(tops)
    else:
        sides = tops, _mirrored(rights), bottoms, _mirrored(lefts)
    boxes = tuple(side for box in zip(*sides, strict=True) for side in box)
    size = (page.width_millipoints, page.height_millipoints)
    width, height = size if page.turned == 180 else size[::-1]
    return evolve(page, boxes=boxes, width_millipoints=width, height_millipoints=height, turned=0)


def _mirrored(sides: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(BOX_SCALE - side for side in sides)


def text_digest(page: PageText) -> str:
    """Name a page's words, places and size by their content, whatever file or position the page has."""
    return digest_of_bytes(text_line(page))
