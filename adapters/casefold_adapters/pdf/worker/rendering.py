"""Draw pages as WebP or JPEG pictures."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, JpegImagePlugin, WebPImagePlugin

from casefold_adapters.pdf import frames
from casefold_adapters.pdf.worker import native
from casefold_adapters.pdf.worker.opening import Source
from casefold_adapters.pdf.worker.reading import REOPEN_PAGES, opened, unreadable

QUALITY = 80
EFFORT = 0

assert WebPImagePlugin.SUPPORTED
assert JpegImagePlugin.JpegImageFile.format == "JPEG"  # imported before the child is confined


def render(request: dict[str, Any]) -> Iterator[bytes]:
    """Give the facts, then one frame for each of *items*, the pages."""
    source = Source(request["path"], request["password"])
    yield opened(source)
    form = native.Form(source.document)
    frame_of = _raster_frame if request["gray"] else _image_frame
    for count, page in enumerate(request["items"], start=1):
        yield frame_of(source, form, page, request)
        if count % REOPEN_PAGES == 0:
            form.close()
            source.reopen()
            form = native.Form(source.document)


def fitted(width: float, height: float, long_side_pixels: int, pixels_max: int) -> tuple[int, int]:
    """Give the pixels for a page of *width* by *height*: the long side as asked, fewer if the area would be too large.

    >>> fitted(612, 792, 1650, 40_000_000)
    (1275, 1650)
    >>> fitted(14400, 1, 1650, 40_000_000)
    (1650, 1)
    >>> fitted(100, 100, 10_000, 1_000_000)
    (1000, 1000)
    """
    scale = min(long_side_pixels / max(width, height), (pixels_max / (width * height)) ** 0.5)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _image_frame(source: Source, form: native.Form, number: int, request: dict[str, Any]) -> bytes:
    with native.page_of(source.document, number - 1) as page:
        size = _pixels_of(page, number, request)
        if isinstance(size, bytes):
            return size
        width, height = size
        with native.drawn(page, width, height, form) as pixels:
            image = Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 4 * width, 1)
        written = BytesIO()
        if request["jpeg"]:
            image.save(written, "JPEG", quality=QUALITY)
        else:
            image.save(written, "WEBP", quality=QUALITY, method=EFFORT)
    return frames.packed(frames.IMAGE, frames.IMAGE_HEAD.pack(number, width, height), written.getvalue())


def _raster_frame(source: Source, form: native.Form, number: int, request: dict[str, Any]) -> bytes:
    with native.page_of(source.document, number - 1) as page:
        size = _pixels_of(page, number, request)
        if isinstance(size, bytes):
            return size
        width, height = size
        with native.drawn_gray(page, width, height, form) as (pixels, stride):
            rows = [pixels[row * stride : row * stride + width] for row in range(height)]
            return frames.packed(frames.RASTER, frames.IMAGE_HEAD.pack(number, width, height), *rows)


def _pixels_of(page: native.Handle, number: int, request: dict[str, Any]) -> tuple[int, int] | bytes:
    """Give the pixels for a page, or the frame that says why it cannot be drawn."""
    if not page:
        return unreadable(number, "damaged", "pdfium cannot load the page")
    size = native.displayed_size(page)
    if not all(0 < side < native.SIDE_POINTS_MAX for side in size):
        return unreadable(number, "damaged", f"{size[0]} by {size[1]} points")
    return fitted(*size, request["long_side_pixels"], request["pixels_max"])
