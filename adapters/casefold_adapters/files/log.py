"""A case's event log: one canonical JSON line an event, appended and flushed to disk, each naming the one before."""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from casefold.case.codec import event_value, read_event
from casefold.case.events import Event
from casefold.kernel.chain import START, ChainBroken, Entry, Head, line_of, read_line
from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.atomic import StorageFailed, failed, sync_folder


@frozen
class LogBusy:
    """Another process is writing to the log."""

    path: str


@frozen
class LogBroken:
    """Entry number *sequence* is not what was written."""

    path: str
    sequence: int
    fault: str


LogError = LogBusy | LogBroken | StorageFailed


@frozen
class Recorded:
    """An event of the log, with its sequence number and when it was recorded."""

    sequence: int
    at: Instant
    event: Event


class FileLog:
    """One case's log, held by this process alone while it is open."""

    def __init__(self, path: Path, stream: FileIO, head: Head, length: int) -> None:
        """Use `FileLog.open`."""
        self._path = path
        self._stream = stream
        self._head = head
        self._length = length

    @property
    def head(self) -> Head:
        """The end of the chain."""
        return self._head

    @staticmethod
    async def open(path: Path, take: Callable[[Recorded], None]) -> "Result[FileLog, LogError]":
        """Open a log to append to it, handing every event that it holds to *take*.

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
            return Failure(LogBusy(str(path)))
        head, length = START, 0
        with path.open("rb") as reader:
            for result in _recorded(path, reader):
                if isinstance(result, Failure):
                    stream.close()
                    return result
                recorded, head, size = result.unwrap()
                length += size
                take(recorded)
        stream.truncate(length)
        return Success(FileLog(path, stream, head, length))

    async def append(self, at: Instant, events: Iterable[Event]) -> Result[Head, StorageFailed]:
        """Record *events* as having happened at *at*; they are on the disk when this returns.

        Those that find no room are not recorded, and what was written of them is taken back.
        """
        head, length = self._head, self._length
        try:
            for event in events:
                line, head = line_of(Entry(head.count + 1, at, head.hash, event_value(event)))
                length += self._write(line) + self._write(b"\n")
            os.fsync(self._stream.fileno())
            if not self._head.count:
                sync_folder(self._path.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                self._stream.truncate(self._length)
            return Failure(failed(self._path, error))
        self._head, self._length = head, length
        return Success(head)

    def _write(self, content: bytes) -> int:
        rest = memoryview(content)
        while rest:
            rest = rest[self._stream.write(rest) or 0 :]
        return len(content)

    def close(self) -> None:
        """Let others write."""
        self._stream.close()


def read_log(path: Path) -> Iterator[Result[Recorded, LogBroken | StorageFailed]]:
    """Read a log without opening it for writing, event by event; it ends at the first fault."""
    try:
        with path.open("rb") as stream:
            for result in _recorded(path, stream):
                yield result.map(lambda found: found[0])
    except OSError as error:
        yield Failure(failed(path, error))


def _recorded(path: Path, stream: BinaryIO) -> Iterator[Result[tuple[Recorded, Head, int], LogBroken]]:
    head = START
    for line in stream:
        if not line.endswith(b"\n"):
            return
        entry = read_line(line[:-1], head)
        if isinstance(entry, Failure):
            yield Failure(_broken(path, entry.failure()))
            return
        found = entry.unwrap()
        event = read_event(found.event)
        if isinstance(event, Failure):
            yield Failure(LogBroken(str(path), found.sequence, "; ".join(event.failure().problems)))
            return
        head = line_of(found)[1]
        yield Success((Recorded(found.sequence, Instant(found.at), event.unwrap()), head, len(line)))


def _broken(path: Path, fault: ChainBroken) -> LogBroken:
    return LogBroken(str(path), fault.sequence, fault.fault)
