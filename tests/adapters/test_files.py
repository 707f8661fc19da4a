"""The log and the blobs on a disk: what is acknowledged is kept, and what fails says so."""

import asyncio
import fcntl
import hashlib
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casefold.case.events import SEMANTICS, CaseOpened, Event, SourceFile, SourceOpened, SourceRefused
from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Success
from casefold_adapters.files.atomic import PARTIAL, StorageFailed, replacing
from casefold_adapters.files.blobs import BlobChanged, BlobMissing, FileBlobs
from casefold_adapters.files.log import FileLog, LogBroken, LogBusy, Recorded, read_log

DIGEST = "sha256:" + "0" * 64
OPENED = CaseOpened("Ärger 𝔏", (SourceFile("a\n\u2028.pdf", DIGEST, 3),), DIGEST, DIGEST, None, SEMANTICS)
EVENTS: tuple[Event, ...] = (OPENED, SourceOpened(0, 7, repaired=True), SourceRefused(1, "NotPdf", "it is “text”"))
EMPTY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def opened(path: Path) -> tuple[FileLog, list[Recorded]]:
    seen = list[Recorded]()
    return asyncio.run(FileLog.open(path, seen.append)).unwrap(), seen


def append(log: FileLog, *events: Event, at: int = 5):
    return asyncio.run(log.append(Instant(at), events))


def recorded(path: Path) -> list[Event]:
    return [found.unwrap().event for found in read_log(path)]


def filled(path: Path) -> Path:
    log, _ = opened(path)
    for number, event in enumerate(EVENTS):
        append(log, event, at=number).unwrap()
    log.close()
    return path


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file of this process may grow beyond *size* bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_is_appended_is_read_back(tmp_path: Path):
    """Events, their order, their numbers and their instants."""
    path = filled(tmp_path / "deep" / "er" / "events.jsonl")
    log, seen = opened(path)
    log.close()

    assert list(EVENTS) == recorded(path) == [one.event for one in seen]
    assert [(1, 0), (2, 1), (3, 2)] == [(one.sequence, one.at) for one in seen]
    assert 3 == log.head.count


def test_one_append_of_many_is_many_lines(tmp_path: Path):
    """The same lines as one by one, and none for none."""
    one, many = tmp_path / "one", tmp_path / "many"
    for path, groups in ((one, [EVENTS]), (many, [[event] for event in EVENTS] + [[]])):
        log, _ = opened(path)
        for group in groups:
            append(log, *group).unwrap()
        log.close()

    assert one.read_bytes() == many.read_bytes()
    assert 3 == one.read_bytes().count(b"\n") == len(one.read_text().split("\n")) - 1


def test_a_log_goes_on_where_it_ended(tmp_path: Path):
    """Closed and opened between events, it is the same as written at once."""
    at_once, often = tmp_path / "once", tmp_path / "often"
    log, _ = opened(at_once)
    append(log, *EVENTS).unwrap()
    head = log.head
    log.close()
    for number, event in enumerate(EVENTS):
        log, seen = opened(often)
        assert number == len(seen)
        append(log, event).unwrap()
        log.close()

    assert (at_once.read_bytes(), head) == (often.read_bytes(), log.head)


def test_an_acknowledged_event_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """All bytes are handed over before the flush to the disk that each append ends with."""
    path, sizes = tmp_path / "log", list[int]()
    sync = os.fsync

    def watched(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").resolve() == path:
            sizes.append(path.stat().st_size)
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    log, _ = opened(path)
    for event in EVENTS:
        append(log, event).unwrap()
        assert path.stat().st_size == sizes[-1]
    log.close()

    assert 3 == len(sizes)


def test_only_one_may_write(tmp_path: Path):
    """The second is told, changes nothing, and gets its turn when the first is done; reading is always free."""
    path = filled(tmp_path / "log")
    first, _ = opened(path)
    before = path.read_bytes()

    assert Failure(LogBusy(str(path))) == asyncio.run(FileLog.open(path, lambda _: None))
    assert list(EVENTS) == recorded(path)
    assert before == path.read_bytes()
    first.close()
    second, _ = opened(path)
    second.close()


def test_the_lock_ends_with_its_process(tmp_path: Path):
    """A process that was killed blocks nobody."""
    path = filled(tmp_path / "log")
    code = "import fcntl, os, signal, sys; f = open(sys.argv[1], 'ab'); fcntl.flock(f, 2); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    log, seen = opened(path)
    log.close()

    assert 3 == len(seen)


@pytest.mark.parametrize("torn", [b"{", b"\0" * 9_000, b"\xff", b" ", b'{"at":"1"}'])
def test_a_torn_line_is_cut_off_when_writing_and_ignored_when_reading(tmp_path: Path, torn: bytes):
    """It was never acknowledged; only who may write removes it."""
    path = filled(tmp_path / "log")
    whole = path.read_bytes()
    path.write_bytes(whole + torn)

    assert list(EVENTS) == recorded(path)
    assert whole + torn == path.read_bytes()
    log, seen = opened(path)
    assert (whole, 3) == (path.read_bytes(), len(seen))
    append(log, EVENTS[1]).unwrap()
    log.close()
    assert [*EVENTS, EVENTS[1]] == recorded(path)


def test_a_log_cut_at_any_byte_holds_the_lines_before(tmp_path: Path):
    """Every length that a crash can leave."""
    path = filled(tmp_path / "log")
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        log, seen = opened(path)
        log.close()

        assert whole[:size].count(b"\n") == len(seen)
        assert whole[:size].rpartition(b"\n")[0].count(b"\n") + (b"\n" in whole[:size]) == len(seen)


def test_a_broken_line_is_named_and_nothing_is_written(tmp_path: Path):
    """A line with its end was acknowledged: it is never removed."""
    path = filled(tmp_path / "log")
    lines = path.read_bytes().splitlines(keepends=True)
    for number, broken in enumerate([b"\n", b"{}\n", b"null\n", b"\0\n", lines[0].replace(b"3", b"4")]):
        content = lines[0] + broken + lines[2]
        path.write_bytes(content)
        failure = asyncio.run(FileLog.open(path, lambda _: None)).failure()

        assert isinstance(failure, LogBroken) and (str(path), 2) == (failure.path, failure.sequence), number
        assert content == path.read_bytes()
        assert [True, False] == [isinstance(found, Success) for found in read_log(path)]


def test_a_refused_log_is_let_go(tmp_path: Path):
    """Whoever finds it broken does not hold it."""
    path = tmp_path / "log"
    path.write_bytes(b"broken\n")
    assert isinstance(asyncio.run(FileLog.open(path, lambda _: None)).failure(), LogBroken)
    with path.open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_log_that_cannot_be_opened_says_why(tmp_path: Path):
    """A folder in its place, a file in the place of its folder, a missing log to read."""
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "events.jsonl"):
        failure = asyncio.run(FileLog.open(path, lambda _: None)).failure()

        assert isinstance(failure, StorageFailed) and str(path) == failure.path and failure.detail
    [missing] = read_log(tmp_path / "missing")
    assert isinstance(missing.failure(), StorageFailed)


@pytest.mark.parametrize("more", [0, 1, 100])
def test_an_event_that_finds_no_room_was_not_recorded(tmp_path: Path, more: int):
    """The append fails, the head stays, closing is quiet, and the log opens again with what it held."""
    path = filled(tmp_path / "log")
    whole = path.read_bytes()
    log, _ = opened(path)
    head = log.head
    with room(len(whole) + more):
        failure = append(log, OPENED)
        assert head == log.head
        log.close()

    assert isinstance(failure.failure(), StorageFailed)
    again, seen = opened(path)
    again.close()
    assert (whole, 3) == (path.read_bytes(), len(seen))


def test_an_event_after_one_that_found_no_room_is_recorded_whole(tmp_path: Path):
    """When there is room again, the next append does not stand behind half a line."""
    path = filled(tmp_path / "log")
    log, _ = opened(path)
    with room(path.stat().st_size + 10):
        assert isinstance(append(log, OPENED), Failure)
    append(log, EVENTS[1]).unwrap()
    log.close()

    assert [*EVENTS, EVENTS[1]] == recorded(path)


def test_a_blob_has_the_name_that_sha256sum_gives(tmp_path: Path):
    """Under two letters of it and the rest, as plain bytes."""
    blobs = FileBlobs(tmp_path / "blobs")
    for content in (b"", b"\0\xff", b"x" * 3_000_000):
        digest = asyncio.run(blobs.put(content)).unwrap()
        name = hashlib.sha256(content).hexdigest()

        assert "sha256:" + name == digest
        assert content == (tmp_path / "blobs" / name[:2] / name[2:]).read_bytes()
        assert Success(content) == asyncio.run(blobs.get(digest))


def test_a_blob_is_written_once(tmp_path: Path):
    """Storing the same again touches nothing and leaves nothing else behind."""
    blobs = FileBlobs(tmp_path)
    digest = asyncio.run(blobs.put(b"text")).unwrap()
    before = blobs.path(digest).stat()
    assert digest == asyncio.run(blobs.put(b"text")).unwrap()

    assert (before.st_ino, before.st_mtime_ns) == (
        blobs.path(digest).stat().st_ino,
        blobs.path(digest).stat().st_mtime_ns,
    )
    assert [blobs.path(digest)] == [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_missing_or_changed_blob_is_not_given(tmp_path: Path):
    """The content that a digest names, or the fault."""
    blobs = FileBlobs(tmp_path)
    digest = asyncio.run(blobs.put(b"text")).unwrap()
    assert Failure(BlobMissing(EMPTY)) == asyncio.run(blobs.get(EMPTY))
    blobs.path(digest).write_bytes(b"")
    assert Failure(BlobChanged(digest, EMPTY)) == asyncio.run(blobs.get(digest))
    blobs.path(digest).unlink()
    blobs.path(digest).mkdir()
    assert isinstance(asyncio.run(blobs.get(digest)).failure(), StorageFailed)


def test_a_file_is_copied_by_content(tmp_path: Path):
    """Its digest, its size, and one blob whatever its name; the original stays."""
    blobs = FileBlobs(tmp_path / "blobs")
    for name, content in (("a", b"y" * 2_500_000), ("b", b"y" * 2_500_000), ("c", b"")):
        source = tmp_path / name
        source.write_bytes(content)
        digest, size = asyncio.run(blobs.put_file(source)).unwrap()

        assert ("sha256:" + hashlib.sha256(content).hexdigest(), len(content)) == (digest, size)
        assert content == source.read_bytes() == blobs.path(digest).read_bytes()
    assert 2 == len([path for path in (tmp_path / "blobs").rglob("*") if path.is_file()])


def test_a_blob_without_room_leaves_no_blob(tmp_path: Path):
    """The name stands for the whole content or for nothing; with room again it is stored."""
    blobs = FileBlobs(tmp_path / "blobs")
    source = tmp_path / "source"
    source.write_bytes(b"z" * 5_000)
    digest = "sha256:" + hashlib.sha256(b"z" * 5_000).hexdigest()
    with room(1_000):
        assert isinstance(asyncio.run(blobs.put(b"z" * 5_000)).failure(), StorageFailed)
        assert isinstance(asyncio.run(blobs.put_file(source)).failure(), StorageFailed)

    assert not blobs.path(digest).exists()
    assert Success(digest) == asyncio.run(blobs.put(b"z" * 5_000))
    assert Success((digest, 5_000)) == asyncio.run(blobs.put_file(source))


def test_a_store_that_is_no_folder_says_so(tmp_path: Path):
    """A file in its place, or a device; it is the store that is named, not what was to be stored."""
    (tmp_path / "file").write_text("")
    (tmp_path / "source").write_text("text")
    for folder in (tmp_path / "file", Path("/dev/null"), Path("/proc/blobs")):
        for work in (FileBlobs(folder).put(b"text"), FileBlobs(folder).put_file(tmp_path / "source")):
            failure = asyncio.run(work).failure()

            assert failure.detail
            assert failure.path.startswith(str(folder))


def test_a_source_that_cannot_be_read_is_named(tmp_path: Path):
    """Here it is the source."""
    failure = asyncio.run(FileBlobs(tmp_path / "blobs").put_file(tmp_path / "missing")).failure()

    assert str(tmp_path / "missing") == failure.path


def test_a_failure_leaves_the_old_file(tmp_path: Path):
    """A file is replaced whole or not at all, and the next try succeeds."""
    path = tmp_path / "case.json"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(path) as stream:
        stream.write(b"new" * (1 // 0))
    assert "old" == path.read_text()
    with replacing(path) as stream:
        stream.write(b"new")

    assert "new" == path.read_text()
    assert [] == list(tmp_path.glob("*" + PARTIAL))
