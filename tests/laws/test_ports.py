"""The adapters that keep things keep them; so does whatever stands in for them, and what does not is found out."""

import itertools

import pytest
from hypothesis import Phase, settings

from casefold.case.codec import event_value, read_event
from casefold.kernel.canonical import digest_of_bytes
from casefold.kernel.chain import START, Entry, line_of, read_line
from casefold.kernel.results import Failure, Success
from casefold_adapters.files.blobs import FileBlobs
from casefold_adapters.files.log import FileLog, Recorded
from casefold_properties.machines import check_blob_store, check_event_log

FEW = settings(max_examples=max(5, settings().max_examples // 8), stateful_step_count=20)
"""A disk is slow, and what stands in for it is only a stand-in."""

AT_ONCE = settings(phases=[Phase.generate], max_examples=200, derandomize=True, database=None, deadline=None)
"""Enough to be found out; no need to shrink what is known to be wrong."""


class MemoryBlobs:
    def __init__(self):
        self.kept = {}

    async def put(self, content):
        self.kept[digest_of_bytes(content)] = content
        return Success(digest_of_bytes(content))

    async def get(self, digest):
        return Success(self.kept[digest]) if digest in self.kept else Failure(digest)


class ForgetfulBlobs(MemoryBlobs):
    async def put(self, content):
        self.kept.clear()
        return await super().put(content)


class CarelessBlobs(MemoryBlobs):
    async def get(self, digest):
        return Success(self.kept.get(digest, b""))


class MemoryPlace:
    def __init__(self):
        self.lines = []

    async def open(self):
        head, held = START, []
        for line in self.lines:
            entry = read_line(line, head).unwrap()
            held.append((entry.sequence, entry.at, read_event(entry.event).unwrap()))
            head = line_of(entry)[1]
        return MemoryLog(self, head), held

    def tear(self):
        pass


class MemoryLog:
    def __init__(self, place, head):
        self.place, self.head = place, head

    async def append(self, at, events):
        for event in events:
            line, self.head = line_of(Entry(self.head.count + 1, at, self.head.hash, event_value(event)))
            self.place.lines.append(line)
        return Success(self.head)

    def close(self):
        pass


class LossyPlace(MemoryPlace):
    def tear(self):
        del self.lines[-1:]


class FilePlace:
    def __init__(self, path):
        self.path = path

    async def open(self):
        held = []

        def take(recorded: Recorded):
            held.append((recorded.sequence, recorded.at, recorded.event))

        return (await FileLog.open(self.path, take)).unwrap(), held

    def tear(self):
        with self.path.open("ab") as stream:
            stream.write(b'{"at":"0","event":{"kind":"Repor')


@pytest.fixture
def places(tmp_path):
    numbers = itertools.count()
    return lambda: tmp_path / str(next(numbers))


def test_files_keep_blobs(places):
    """What is put under a folder is given back, and nothing else is."""
    check_blob_store(lambda: FileBlobs(places()), how=FEW)


def test_files_keep_logs(places):
    """What is appended to a file is read back, in order, whatever a crash left at its end."""
    check_event_log(lambda: FilePlace(places() / "events.jsonl"), how=FEW)


def test_memory_may_stand_in():
    """The stand-ins of other tests obey the same laws."""
    check_blob_store(MemoryBlobs, how=FEW)
    check_event_log(MemoryPlace, how=FEW)


@pytest.mark.parametrize("blobs", [ForgetfulBlobs, CarelessBlobs])
def test_a_store_that_loses_or_invents_is_found_out(blobs):
    """The machine finds stores that do not keep what they are given."""
    with pytest.raises((AssertionError, ExceptionGroup)):
        check_blob_store(blobs, how=AT_ONCE)


def test_a_log_that_loses_is_found_out():
    """The machine finds logs that lose what they acknowledged."""
    with pytest.raises((AssertionError, ExceptionGroup)):
        check_event_log(LossyPlace, how=AT_ONCE)
