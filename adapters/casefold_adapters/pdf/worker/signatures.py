"""What files are that are no PDF, by how they begin."""

from contextlib import suppress
from pathlib import Path

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")


def looks_like_image(path: str) -> bool:
    """Whether a file begins as a picture does that we read: PNG, JPEG or TIFF."""
    with suppress(OSError), Path(path).open("rb") as file:
        return file.read(8).startswith(_IMAGES)
    return False
