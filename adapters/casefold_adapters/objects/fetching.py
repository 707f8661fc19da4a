"""Write a download to a file, going on where the connection was lost, and check what arrived."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from casefold_adapters.files.atomic import PARTIAL

STALLS_MAX = 4
"""A connection may be lost so many times without a byte having come since the last time."""

BLOCK = 1 << 20


class MismatchError(Exception):
    """What arrived is not what the store has."""


def fetch(
    path: Path,
    size: int,
    rest: Callable[[int, BinaryIO], None],
    lost: tuple[type[Exception], ...],
    md5: bytes | None,
) -> None:
    """Write *size* bytes to *path*; *rest* writes those from an offset on and raises one of *lost* when it is cut off.

    *md5* is what the store says that the whole has. A failure leaves nothing at *path*.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + PARTIAL)
    try:
        with partial.open("wb+") as stream:
            _all_of(stream, size, rest, lost)
            stream.seek(0)
            found = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).digest()
            if stream.tell() != size or (md5 is not None and md5 != found):
                raise MismatchError(f"{stream.tell():,} of {size:,} bytes arrived, and their checksum is another")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _all_of(
    stream: BinaryIO, size: int, rest: Callable[[int, BinaryIO], None], lost: tuple[type[Exception], ...]
) -> None:
    stalls = 0
    while (offset := stream.tell()) < size:
        try:
            rest(offset, stream)
        except lost:
            stalls = stalls + 1 if stream.tell() == offset else 0
            if stalls > STALLS_MAX:
                raise
        else:
            if stream.tell() == offset:
                return  # the store says that this is all: the check tells that it is not


def md5_of(text: str | None) -> bytes | None:
    """Read an MD5 in hexadecimal or in base64; other checksums, such as that of parts, are nothing to us."""
    if text is None:
        return None
    try:
        found = bytes.fromhex(text) if len(text) == 32 else base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return found if len(found) == 16 else None
