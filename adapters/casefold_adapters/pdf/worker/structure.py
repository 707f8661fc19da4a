"""Read form values and bookmarks with pypdf, in a child that reads nothing else.

pypdf raises nearly any exception on hostile files and can run for minutes; both end this child, and cost the caller
nothing but what it was asked for.
"""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from casefold_adapters.pdf import frames
from casefold_adapters.pdf.worker import native
from casefold_adapters.pdf.worker.opening import Source, rewritten
from casefold_adapters.pdf.worker.places import Display

VALUE_CHARACTERS_MAX = 20_000
"""What one field may hold; a longer value is cut."""

NAME_CHARACTERS_MAX = 500
"""What is kept of a field's name."""

PARENTS_MAX = 32
"""How far up a field's tree its type and value are looked for; a hostile tree may be a circle."""

FORGET_PAGES = 100
"""pypdf keeps every object that it has seen; forgetting them now and then keeps memory flat."""

_HIDDEN = 1 << 1
_PASSWORD = 1 << 13


def bookmarks(request: dict[str, Any]) -> Iterator[bytes]:
    """Give the titles and pages of the table of contents, nesting left out, in one frame."""
    reader = _reader(request)
    found: list[tuple[str, int]] = []
    for entry in _flat(reader.outline):
        if len(found) == request["bookmarks_max"]:
            break
        page = reader.get_destination_page_number(entry)
        if page is not None and entry.title:
            found.append((" ".join(str(entry.title).split()), page + 1))
    yield frames.packed_json(frames.BOOKMARKS, found)


def values(request: dict[str, Any]) -> Iterator[bytes]:
    """Give one frame for each of *items*, the pages: the words in its form fields, each with its field's box."""
    reader = _reader(request)
    for count, number in enumerate(request["items"], start=1):
        page = cast("pypdf.PageObject", reader.pages[number - 1])
        words: list[str] = []
        boxes: list[int] = []
        fields: list[tuple[str, str, int]] = []
        display = _display(page)
        for widget in _widgets(page):
            held = _value(widget).split()
            words += held
            boxes += _box(widget, display) * len(held)
            if held:
                fields.append((_name(widget), _label(widget), len(held)))
        yield frames.packed_json(frames.VALUES, {"page": number, "words": words, "boxes": boxes, "fields": fields})
        if count % FORGET_PAGES == 0:
            reader.resolved_objects.clear()


def _reader(request: dict[str, Any]) -> pypdf.PdfReader:
    """Open what pdfium would read: the same repaired bytes, and never an encrypted file."""
    logging.disable()
    source = Source(request["path"], request["password"])
    native.close(source.document)
    content = source.repaired
    if source.encrypted and content is None:
        content, _ = rewritten(request["path"], request["password"])
    return pypdf.PdfReader(request["path"] if content is None else BytesIO(content), strict=False)


def _flat(outline: Any) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def _display(page: pypdf.PageObject) -> Display:
    crop, sheet = page.cropbox, page.mediabox
    shown = (
        max(float(crop.left), float(sheet.left)),
        max(float(crop.bottom), float(sheet.bottom)),
        min(float(crop.right), float(sheet.right)),
        min(float(crop.top), float(sheet.top)),
    )
    return Display(shown, page.rotation % 360)


def _widgets(page: DictionaryObject) -> Iterator[DictionaryObject]:
    listed = _object(page.get("/Annots"))
    for reference in listed if isinstance(listed, ArrayObject) else ():
        widget = _object(reference)
        if not isinstance(widget, DictionaryObject) or widget.get("/Subtype") != "/Widget":
            continue
        if not _number(widget.get("/F")) & _HIDDEN:
            yield widget


def _value(widget: DictionaryObject) -> str:
    """Give what a field shows as text; a ticked box shows the name of its state, as in ``Yes``."""
    kind = _inherited(widget, "/FT")
    if kind == "/Btn":
        state = str(_object(widget.get("/AS")) or "/Off")
        return "" if state == "/Off" else state.removeprefix("/")
    if kind not in {"/Tx", "/Ch"} or _number(_inherited(widget, "/Ff")) & _PASSWORD:
        return ""
    value = _inherited(widget, "/V")
    chosen = [_object(one) for one in value] if isinstance(value, ArrayObject) else [value]
    shown = _shown(widget) if kind == "/Ch" else {}
    texts = [one for one in chosen if isinstance(one, str)]
    return " ".join(shown.get(text, text) for text in texts)[:VALUE_CHARACTERS_MAX]


def _name(widget: DictionaryObject) -> str:
    """Give a field's full name: its own after those of the fields that it is part of."""
    names: list[str] = []
    holder: Any = widget
    for _ in range(PARENTS_MAX):
        if not isinstance(holder, DictionaryObject):
            break
        own = _object(holder.get("/T"))
        if isinstance(own, str):
            names.append(own)
        holder = _object(holder.get("/Parent"))
    return _plain(".".join(reversed(names)))


def _label(widget: DictionaryObject) -> str:
    told = _inherited(widget, "/TU")
    return _plain(told) if isinstance(told, str) else ""


def _plain(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().split())[:NAME_CHARACTERS_MAX]


def _shown(widget: DictionaryObject) -> dict[str, str]:
    """Give the text that a choice field shows for each value that it stores."""
    options = _inherited(widget, "/Opt")
    pairs = [_object(option) for option in options] if isinstance(options, ArrayObject) else []
    return {
        str(_object(pair[0])): str(_object(pair[1]))
        for pair in pairs
        if isinstance(pair, ArrayObject) and len(pair) == 2
    }


def _inherited(widget: DictionaryObject, key: str) -> Any:
    holder: Any = widget
    for _ in range(PARENTS_MAX):
        if not isinstance(holder, DictionaryObject):
            return None
        if key in holder:
            return _object(holder.get(key))
        holder = _object(holder.get("/Parent"))
    return None


def _box(widget: DictionaryObject, display: Display) -> list[int]:
    corners = [float(_object(side)) for side in _object(widget.get("/Rect")) or (0, 0, 0, 0)]
    across, up = sorted(corners[0::2]), sorted(corners[1::2])
    return display.boxes(across[:1], up[:1], across[1:], up[1:])


def _number(value: Any) -> int:
    found = _object(value)
    return int(found) if isinstance(found, (int, float)) else 0


def _object(value: Any) -> Any:
    return value.get_object() if isinstance(value, PdfObject) else value
