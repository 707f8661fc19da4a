"""Work on pictures as on PDF files: PNG, JPEG and TIFF, each frame a page.

Pictures are decoded frame by frame, so one that is damaged costs one page, and no frame is decoded that claims more
pixels than a page may have.
"""

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageFile, ImageOps, TiffImagePlugin

from casefold_adapters.pdf import frames
from casefold_adapters.pdf.worker.reading import unreadable
from casefold_adapters.pdf.worker.refusal import Refusal

FORMATS = ("PNG", "JPEG", "TIFF")

FRAME_PIXELS_MAX = 500_000_000
"""A frame that claims more is not decoded: 20 000 by 20 000 are 400 million."""

PAGE_PIXELS = 2_200
"""Frames are kept whole in documents; to be looked at they are made so small, if JPEG can be while it is decoded."""

DPI_DEFAULT, DPI_MIN, DPI_MAX = 150, 50, 1200
"""Resolution of a picture that states none, or one that no scanner has."""

POINTS_PER_INCH, MILLIPOINTS = 72, 1000

QUALITY, EFFORT = 80, 0

_WHOLE_PPM = 1_000_000
_ORIENTATION = 0x0112


class Pictures:
    """A file of one or more frames.

    Attributes:
        pages: How many pages it has; of a file that ends too early the last is the one that is not there.
    """

    def __init__(self, path: str) -> None:
        """Open the file at *path* or raise `Refusal`."""
        warnings.simplefilter("ignore")
        Image.MAX_IMAGE_PIXELS = None  # Each frame's own size is asked for before it is decoded.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            self._image = Image.open(path, formats=FORMATS)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - Pillow raises nearly anything on hostile files
            raise Refusal("damaged", detail=_detail(error)) from None
        self._path = Path(path)
        self._bytes = self._path.stat().st_size
        self.pages, self._cut_off = self._counted()
        if not self.pages:
            raise Refusal("truncated", size_bytes=self._bytes)

    def _counted(self) -> tuple[int, bool]:
        """Count the frames, and say whether the file ends before its last."""
        if not isinstance(self._image, TiffImagePlugin.TiffImageFile):
            return 1, False
        count = 0
        try:
            while True:
                self._image.seek(count)
                count += 1
        except EOFError:
            return count, False
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - as above
            return count + 1, True

    def size(self, page: int) -> tuple[int, int, float]:
        """Give the pixels of a page as displayed and its dots per inch; raise what the frame raises."""
        image = self._frame(page)
        width, height = image.size
        if image.getexif().get(_ORIENTATION, 1) in {5, 6, 7, 8}:
            width, height = height, width
        return width, height, _dpi(image)

    def pixels(self, page: int, long_side: int | None) -> Image.Image:
        """Decode a page as displayed, in gray or colour; with *long_side* in a size that is not much larger."""
        image = self._frame(page)
        if long_side is not None and image.format == "JPEG":
            image.draft(None, (long_side, long_side))
        image.load()
        shown = ImageOps.exif_transpose(image)
        if shown.mode in {"1", "L"}:
            return shown.convert("L") if long_side is not None else shown
        if shown.mode in {"I", "I;16", "I;16B", "I;16L", "F"}:
            return _sixteen(shown)
        if shown.mode in {"RGBA", "LA", "PA", "P"}:
            shown = shown.convert("RGBA")
            paper = Image.new("RGBA", shown.size, "white")
            return Image.alpha_composite(paper, shown).convert("RGB")
        return shown.convert("RGB")

    def raw_jpeg(self, page: int) -> tuple[bytes, str] | None:
        """Give the bytes and colours of a JPEG that may stand in a document as it is; nothing of any other."""
        image = self._frame(page)
        colours = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}.get(image.mode)
        if image.format != "JPEG" or colours is None or image.getexif().get(_ORIENTATION, 1) != 1:
            return None
        return self._path.read_bytes(), colours

    def _frame(self, page: int) -> Image.Image:
        if self._cut_off and page == self.pages:
            raise OSError("the file ends before this page")
        if page > 1 or self._image.tell():
            self._image.seek(page - 1)
        if isinstance(self._image, TiffImagePlugin.TiffImageFile) and _ends_beyond(self._image.tag_v2, self._bytes):
            raise OSError("the file ends within this page")
        width, height = self._image.size
        if width * height > FRAME_PIXELS_MAX:
            raise TooManyPixels(f"{width} by {height} pixels")
        return self._image


class TooManyPixels(Exception):
    """A frame claims more pixels than a page may have."""


def inspect(request: dict[str, Any]) -> Iterator[bytes]:
    """Give the facts of the file as a whole."""
    yield opened(Pictures(request["path"]).pages)


def read(request: dict[str, Any]) -> Iterator[bytes]:
    """Give the facts, then one frame for each of *items*, the pages: none has words of its own."""
    pictures = Pictures(request["path"])
    yield opened(pictures.pages)
    for page in request["items"]:
        yield _lost_or(page, partial(_page_frame, pictures, page))


def render(request: dict[str, Any]) -> Iterator[bytes]:
    """Give the facts, then a picture of each of *items*, the pages."""
    pictures = Pictures(request["path"])
    yield opened(pictures.pages)
    for page in request["items"]:
        yield _lost_or(page, partial(_picture, pictures, page, request))


def opened(pages: int) -> bytes:
    """Give the frame that says how many pages there are."""
    facts = {"pages": pages, "repaired": False, "encrypted": False, "form": False, "outlined": False}
    return frames.packed_json(frames.OPENED, {**facts, "title": None})


def _lost_or(page: int, work: Callable[[], bytes]) -> bytes:
    try:
        return work()
    except TooManyPixels as excess:
        return unreadable(page, "size_limit", str(excess))
    except MemoryError:
        return unreadable(page, "memory_limit", "the picture does not fit into memory")
    except Exception as error:  # noqa: BLE001 - Pillow raises nearly anything on hostile files
        return unreadable(page, "damaged", _detail(error))


def _page_frame(pictures: Pictures, page: int) -> bytes:
    """Decode a page once, so that one that is damaged is known before anything is made of it."""
    width, height, dpi = pictures.size(page)
    pictures.pixels(page, PAGE_PIXELS)
    points = POINTS_PER_INCH * MILLIPOINTS / dpi
    head = frames.PAGE_HEAD.pack(page, round(width * points), round(height * points), 0, 1, _WHOLE_PPM, 0)
    return frames.packed(frames.PAGE, head)


def _picture(pictures: Pictures, page: int, request: dict[str, Any]) -> bytes:
    image = pictures.pixels(page, request["long_side_pixels"])
    scale = min(
        request["long_side_pixels"] / max(image.size),
        (request["pixels_max"] / (image.width * image.height)) ** 0.5,
    )
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    head = frames.IMAGE_HEAD.pack(page, *size)
    if request["gray"]:
        gray = image.convert("L").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        return frames.packed(frames.RASTER, head, gray.tobytes())
    written = BytesIO()
    image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0).save(
        written, "WEBP", quality=QUALITY, method=EFFORT
    )
    return frames.packed(frames.IMAGE, head, written.getvalue())


def bound(path: str, wanted: set[int]) -> pikepdf.Pdf:
    """Give the file's pages as a PDF, each of *wanted* with its picture, the others as empty sheets.

    The same file gives the same bytes each time.
    """
    pictures = Pictures(path)
    bound_pages = pikepdf.Pdf.new()
    for page in range(1, pictures.pages + 1):
        if page not in wanted:
            bound_pages.add_blank_page()
            continue
        try:
            _add_page(bound_pages, pictures, page)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            _add_note(bound_pages, f"This page of the file could not be decoded: {_detail(error)}")
    return bound_pages


def _add_page(pdf: pikepdf.Pdf, pictures: Pictures, page: int) -> None:
    width, height, dpi = pictures.size(page)
    stream = _image_stream(pdf, pictures, page)
    wide, high = (round(side * POINTS_PER_INCH / dpi, 2) for side in (width, height))
    pdf.add_blank_page(page_size=(wide, high))
    sheet = pdf.pages[-1]
    sheet.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    sheet.obj["/Contents"] = pdf.make_stream(f"q {wide} 0 0 {high} 0 0 cm /Im0 Do Q".encode())


def _image_stream(pdf: pikepdf.Pdf, pictures: Pictures, page: int) -> pikepdf.Stream:
    raw = pictures.raw_jpeg(page)
    if raw is not None:
        content, colours = raw
        width, height, _ = pictures.size(page)
        return _stream(pdf, content, (width, height), colours, 8, "/DCTDecode")
    image = pictures.pixels(page, None)
    if image.mode == "1":
        return _stream(pdf, image.tobytes(), image.size, "/DeviceGray", 1, None)
    colours = "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
    return _stream(pdf, image.tobytes(), image.size, colours, 8, None)


def _stream(
    pdf: pikepdf.Pdf, content: bytes, size: tuple[int, int], colours: str, bits: int, packing: str | None
) -> pikepdf.Stream:
    stream = pdf.make_stream(content)
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    stream["/Width"], stream["/Height"] = size
    stream["/ColorSpace"], stream["/BitsPerComponent"] = pikepdf.Name(colours), bits
    if packing is not None:
        stream.write(content, filter=pikepdf.Name(packing))
    return stream


def _add_note(pdf: pikepdf.Pdf, note: str) -> None:
    """Add a sheet that says in place of a page why it is not there."""
    pdf.add_blank_page(page_size=(612, 792))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    pdf.pages[-1].obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    said = "".join(mark for mark in note if mark.isascii() and mark.isprintable() and mark not in "()\\")[:90]
    pdf.pages[-1].obj["/Contents"] = pdf.make_stream(f"BT /F 11 Tf 72 720 Td ({said}) Tj ET".encode())


def _sixteen(image: Image.Image) -> Image.Image:
    """Give a picture of more than eight bits a pixel in eight."""
    low, high = image.getextrema()
    assert isinstance(low, int | float) and isinstance(high, int | float), "one band"
    scale = 255 / (high - low) if high > low else 1.0
    return image.point(lambda value: value * scale - low * scale).convert("L")


def _ends_beyond(tags: Any, size: int) -> bool:
    """Whether a frame's strips or tiles lie beyond the end of the file, or nobody knows where they are.

    The decoder would call such a frame white.
    """
    if not (tags.get(273) or tags.get(324)):
        return True
    for starts, lengths in ((273, 279), (324, 325)):
        ends = (start + length for start, length in zip(tags.get(starts, ()), tags.get(lengths, ()), strict=False))
        if max(ends, default=0) > size:
            return True
    return False


def _dpi(image: Image.Image) -> float:
    stated = image.info.get("dpi", (DPI_DEFAULT, DPI_DEFAULT))
    try:
        dpi = float(stated[0])
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return DPI_DEFAULT
    return dpi if DPI_MIN <= dpi <= DPI_MAX else DPI_DEFAULT


def _detail(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:120].partition("<")[0].strip()
