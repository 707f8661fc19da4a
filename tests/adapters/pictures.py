"""Pictures of pages with known words, and files that are not quite pictures."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

W2 = "Form W-2 Wage and Tax Statement 2023\nEmployer identification number 00-1234567\nWages, tips, other compensation"
STUB = "Earnings year to date\nRegular hours and overtime\nNet pay of the period"


def sheet(words: str = W2, *, size: tuple[int, int] = (850, 1100), mode: str = "L") -> Image.Image:
    """Draw *words* in black on white, a line each."""
    image = Image.new(mode, size, "white")
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(words.split("\n")):
        pen.text((80, 80 + 60 * number), line, fill="black", font_size=28)
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """Give the bytes of a picture."""
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def tiff(*frames: Image.Image, compression: str = "group4") -> bytes:
    """Give the bytes of a TIFF of several frames."""
    first, *more = [frame.convert("1") for frame in frames]
    return encoded(first, "TIFF", save_all=True, append_images=more, compression=compression, dpi=(100, 100))


def kept(folder: Path, name: str, content: bytes) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content)
    return path
