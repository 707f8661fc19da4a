"""pdfium as typed functions: the only module that touches its untyped bindings.

`pypdfium2_raw` is used rather than `pypdfium2`, whose helpers take as long to import as twenty pages to read. Handles
are opaque pointers; whoever opens one closes it. Nothing here may be called from two threads.
"""

import ctypes
import importlib
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

Handle = Any
"""A pdfium pointer; false when pdfium refused."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, origin bottom left, y up."""

Matrix = tuple[float, float, float, float, float, float]

SIDE_POINTS_MAX = 1_000_000
"""A quarter of a mile: beyond it a page's size is nonsense."""

PASSWORD = 4
SECURITY = 5

_GRAY = 1
_BGRX = 3
"""pdfium's names for one and four bytes a pixel."""

_IMAGE_OBJECT = 3
_FORM_OBJECT = 5

_pdfium: Any = importlib.import_module("pypdfium2_raw")
_library: Any = importlib.import_module("pypdfium2_raw.bindings")._libs["pdfium"]  # noqa: SLF001
_config = _pdfium.FPDF_LIBRARY_CONFIG(version=2)
_pdfium.FPDF_InitLibraryWithConfig(_config)

loose_box_of_char: Any = ctypes.PyDLL(_library._name).FPDFText_GetLooseCharBox  # noqa: SLF001
loose_box_of_char.restype = None
"""The same C function, unchecked and without letting go of the interpreter: a third of the price, twice a word."""

Rect: Any = _pdfium.FS_RECTF
"""Four floats: left, top, right, bottom."""


def open_path(path: str, password: str | None) -> Handle:
    """Open a file; the handle is false when pdfium refuses, and `last_error` says why."""
    return _pdfium.FPDF_LoadDocument(path.encode(), _secret(password))


def open_bytes(content: bytes, password: str | None) -> Handle:
    """Open bytes, which must outlive the handle."""
    return _pdfium.FPDF_LoadMemDocument64(content, len(content), _secret(password))


def last_error() -> int:
    """Give pdfium's code for the last refusal."""
    return int(_pdfium.FPDF_GetLastError())


def close(document: Handle) -> None:
    """Release a document and everything that pdfium cached for it."""
    _pdfium.FPDF_CloseDocument(document)


def page_count(document: Handle) -> int:
    """Count the pages that the file claims."""
    return int(_pdfium.FPDF_GetPageCount(document))


def is_encrypted(document: Handle) -> bool:
    """Say whether the file has a security handler, even one that an empty password satisfies."""
    return int(_pdfium.FPDF_GetSecurityHandlerRevision(document)) != -1


def has_form(document: Handle) -> bool:
    """Say whether the file has an AcroForm or XFA form."""
    return int(_pdfium.FPDF_GetFormType(document)) != 0


def has_bookmarks(document: Handle) -> bool:
    """Say whether the file has an outline with anything in it."""
    return bool(_pdfium.FPDFBookmark_GetFirstChild(document, None))


def title(document: Handle, characters_max: int) -> str | None:
    """Give the title from the file's metadata, if it has one of sensible length."""
    size = int(_pdfium.FPDF_GetMetaText(document, b"Title", None, 0))
    if not 2 < size <= 2 * characters_max:
        return None
    buffer = ctypes.create_string_buffer(size)
    _pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip() or None


def copied(document: Handle) -> bytes | None:
    """Give a new file of the same pages, as far as pdfium understands them: no form, no bookmarks."""
    copy = _pdfium.FPDF_CreateNewDocument()
    try:
        if not _pdfium.FPDF_ImportPages(copy, document, None, 0):
            return None
        content = bytearray()

        def take(_writer: object, data: int, size: int) -> int:
            content.extend(ctypes.string_at(data, size))
            return 1

        writer = _pdfium.FPDF_FILEWRITE(version=1)
        writer.WriteBlock = type(writer.WriteBlock)(take)
        return bytes(content) if _pdfium.FPDF_SaveAsCopy(copy, ctypes.byref(writer), 0) else None
    finally:
        close(copy)


@contextmanager
def page_of(document: Handle, index: int) -> Generator[Handle, None, None]:
    """Load the page at *index*, from 0; false when pdfium cannot."""
    page = _pdfium.FPDF_LoadPage(document, index)
    try:
        yield page
    finally:
        if page:
            _pdfium.FPDF_ClosePage(page)


@contextmanager
def text_of(page: Handle) -> Generator[Handle, None, None]:
    """Lay out the text of *page*; false when pdfium cannot."""
    text = _pdfium.FPDFText_LoadPage(page)
    try:
        yield text
    finally:
        if text:
            _pdfium.FPDFText_ClosePage(text)


def displayed_size(page: Handle) -> tuple[float, float]:
    """Give width and height in points, after rotation."""
    return float(_pdfium.FPDF_GetPageWidthF(page)), float(_pdfium.FPDF_GetPageHeightF(page))


def rotation(page: Handle) -> int:
    """Give the degrees clockwise by which viewers turn the page."""
    return 90 * max(0, int(_pdfium.FPDFPage_GetRotation(page)))


def crop(page: Handle) -> Box:
    """Give the displayed part of the page in its own coordinates, before rotation."""
    rect = Rect()
    _pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    return float(rect.left), float(rect.bottom), float(rect.right), float(rect.top)


def count_chars(text: Handle) -> int:
    """Count the characters of a text page, those that pdfium made up included."""
    return max(0, int(_pdfium.FPDFText_CountChars(text)))


def chars(text: Handle, count: int) -> tuple[str, bool]:
    """Give the text in UTF-16 units, and whether any is half a character.

    Unit i is character i of the page if and only if there are *count* units.
    """
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    units = max(0, int(_pdfium.FPDFText_GetText(text, 0, count, buffer)) - 1)
    content = bytes(memoryview(buffer)[:units]).decode("utf-16-le", "ignore")
    return (content, False) if len(content) == units else ("".join(map(chr, buffer[:units])), True)


def text_index(text: Handle, index: int) -> int:
    """Give the place in the text of the character at *index*; -1 if pdfium leaves it out."""
    return int(_pdfium.FPDFText_GetTextIndexFromCharIndex(text, index))


def char_code(text: Handle, index: int) -> int:
    """Give the code of one character; 0 if pdfium leaves it out of the text."""
    code = int(_pdfium.FPDFText_GetUnicode(text, index))
    return code if text_index(text, index) >= 0 and code <= sys.maxunicode else 0


def count_objects(page: Handle) -> int:
    """Count what the page draws."""
    return max(0, int(_pdfium.FPDFPage_CountObjects(page)))


def objects_of(page: Handle) -> Iterator[Handle]:
    """Give the objects of *page*."""
    for index in range(count_objects(page)):
        yield _pdfium.FPDFPage_GetObject(page, index)


def objects_inside(group: Handle) -> Iterator[Handle]:
    """Give the objects of a form object."""
    for index in range(max(0, int(_pdfium.FPDFFormObj_CountObjects(group)))):
        yield _pdfium.FPDFFormObj_GetObject(group, index)


def is_image(thing: Handle) -> bool:
    """Say whether a page object is an image."""
    return int(_pdfium.FPDFPageObj_GetType(thing)) == _IMAGE_OBJECT


def is_group(thing: Handle) -> bool:
    """Say whether a page object is a form object, which holds other objects."""
    return int(_pdfium.FPDFPageObj_GetType(thing)) == _FORM_OBJECT


def bounds(thing: Handle) -> Box | None:
    """Give an object's bounds in the coordinates of what holds it."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    references = (ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top))
    if not _pdfium.FPDFPageObj_GetBounds(thing, *references):
        return None
    return left.value, bottom.value, right.value, top.value


def matrix(group: Handle) -> Matrix:
    """Give the matrix from inside a form object to what holds it."""
    found = _pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    _pdfium.FPDFPageObj_GetMatrix(group, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _secret(password: str | None) -> bytes | None:
    return None if password is None else password.encode()


class Form:
    """The form environment of a document, with which filled fields are drawn; made before any page is loaded."""

    def __init__(self, document: Handle) -> None:
        self._callbacks = _pdfium.FPDF_FORMFILLINFO(version=2)
        self.handle: Handle = _pdfium.FPDFDOC_InitFormFillEnvironment(document, ctypes.byref(self._callbacks))

    def close(self) -> None:
        """Release the environment, before the document."""
        if self.handle:
            _pdfium.FPDFDOC_ExitFormFillEnvironment(self.handle)


@contextmanager
def drawn(page: Handle, width: int, height: int, form: Form) -> Generator[Any, None, None]:
    """Draw *page* on white at *width* by *height* pixels; give rows of blue, green, red and one unused byte."""
    with _bitmap(page, width, height, form, _BGRX) as (pixels, _):
        yield pixels


@contextmanager
def drawn_gray(page: Handle, width: int, height: int, form: Form) -> Generator[tuple[Any, int], None, None]:
    """Draw *page* on white in gray, one byte a pixel; give the rows, and how many bytes each takes."""
    with _bitmap(page, width, height, form, _GRAY) as drawn_pixels:
        yield drawn_pixels


@contextmanager
def _bitmap(page: Handle, width: int, height: int, form: Form, kind: int) -> Generator[tuple[Any, int], None, None]:
    bitmap = _pdfium.FPDFBitmap_CreateEx(width, height, kind, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        _pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        place = (0, 0, width, height, 0, _pdfium.FPDF_ANNOT)
        _pdfium.FPDF_RenderPageBitmap(bitmap, page, *place)
        if form.handle:
            _pdfium.FPDF_FFLDraw(form.handle, bitmap, page, *place)
        stride = int(_pdfium.FPDFBitmap_GetStride(bitmap))
        pixels = ctypes.cast(_pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (height * stride)))
        yield memoryview(pixels.contents).cast("B"), stride
    finally:
        _pdfium.FPDFBitmap_Destroy(bitmap)
