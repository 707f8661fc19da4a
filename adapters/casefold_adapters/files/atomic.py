"""Write a file whole or not at all, and have it on the disk before saying so."""

import contextlib
import os
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

PARTIAL = ".partial"
"""The ending of a file that is being written; one left behind by a crash is written over by the next try."""


@frozen
class StorageFailed:
    """The system would not store or give back what it was asked to; *detail* is its reason."""

    path: str
    detail: str


def failed(path: Path, error: OSError) -> StorageFailed:
    """Say what the system said."""
    return StorageFailed(str(path), error.strerror or type(error).__name__)


@contextlib.contextmanager
def replacing(path: Path) -> Generator[BinaryIO]:
    """Open a file that takes the place of *path* once all of it is on the disk; a failure leaves *path* as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + PARTIAL)
    with partial.open("wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in *folder* on the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
