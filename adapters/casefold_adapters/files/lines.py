"""Lines that are appended to one file, flushed to disk, by one process at a time."""

import contextlib
import fcntl
import os
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.atomic import StorageFailed, failed, sync_folder


@frozen
class LinesBusy:
    """Another process is writing here."""

    path: str


class FileLines:
    """Lines in a file, held by this process alone while it is open."""

    def __init__(self, path: Path, stream: FileIO, length: int) -> None:
        """Use `FileLines.open`."""
        self._path = path
        self._stream = stream
        self._length = length

    @staticmethod
    async def open(path: Path) -> "Result[tuple[FileLines, tuple[bytes, ...]], LinesBusy | StorageFailed]":
        """Open a file to append to it, and give the lines that it holds.

        A last line without its end was never acknowledged: a crash cut it off, and it is removed.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = path.open("ab", buffering=0)
        except OSError as error:
            return Failure(failed(path, error))
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            stream.close()
            return Failure(LinesBusy(str(path)))
        try:
            held, length = _held(path, stream)
        except OSError as error:
            stream.close()
            return Failure(failed(path, error))
        lines = tuple(held.split(b"\n")) if held else ()
        return Success((FileLines(path, stream, length), lines))

    async def append(self, lines: Sequence[bytes]) -> Result[None, StorageFailed]:
        """Add *lines*, all or none; they are on the disk when this returns."""
        content = b"".join(line + b"\n" for line in lines)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[self._stream.write(rest) or 0 :]
            os.fsync(self._stream.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                self._stream.truncate(self._length)
            return Failure(failed(self._path, error))
        self._length += len(content)
        return Success(None)

    def close(self) -> None:
        """Let others write."""
        self._stream.close()


def _held(path: Path, stream: FileIO) -> tuple[bytes, int]:
    """Give the lines that are whole, without the last end, and how many bytes they have; cut off the rest."""
    held, _, torn = path.read_bytes().rpartition(b"\n")
    length = len(held) + 1 if held else 0
    if torn:
        stream.truncate(length)
    sync_folder(path.parent)
    return held, length
