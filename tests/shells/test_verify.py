"""What ``casefold verify`` finds: everything."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.shells.conftest import MIXED, cli, complaints

from casefold.kernel.chain import START, Entry, line_of

PLACES = 25
"""Bytes that are changed in each file, one at a time."""


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def flips(content: bytes, seed: str) -> Iterator[tuple[int, bytes]]:
    """Change one bit of one byte at the first and last place, and at random places between."""
    chance = random.Random(seed)
    for place in {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(PLACES))}:
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        yield place, bytes(changed)


def test_an_untouched_case_is_as_it_was_written(finished: Path):
    """Nothing is found where nothing was changed, and looking changes nothing."""
    before = {path: path.read_bytes() for path in files_of(finished)}
    said = cli("verify", finished)

    assert (0, "") == (said.code, said.err)
    assert before == {path: path.read_bytes() for path in files_of(finished)}


def test_one_changed_bit_is_found_and_its_file_named(finished: Path):
    """Wherever in whichever file."""
    missed = []
    for path in files_of(finished):
        content = path.read_bytes()
        for place, changed in flips(content, path.relative_to(finished).as_posix()):
            path.write_bytes(changed)
            said = cli("verify", finished)
            if said.code != 1 or str(path) not in said.err:
                missed.append((path.name, place, said.code, said.err))
        path.write_bytes(content)

    assert [] == missed
    assert 0 == cli("verify", finished).code


def test_a_deleted_file_is_found_and_named(finished: Path):
    """Each file of a case is needed."""
    missed = []
    for path in files_of(finished):
        content = path.read_bytes()
        path.unlink()
        said = cli("verify", finished)
        if said.code == 0 or (str(path) not in said.err and str(path.parent) not in said.err):
            missed.append((path.name, said.code, said.err))
        path.write_bytes(content)

    assert [] == missed


@pytest.mark.parametrize("name", ["documents/99-w2.pdf", "documents/deep/99-w2.pdf", "blobs/zz", "blobs/ab/cdef"])
def test_an_added_file_is_found_and_named(finished: Path, name: str):
    """A file that no event speaks of does not belong."""
    (finished / name).parent.mkdir(parents=True, exist_ok=True)
    (finished / name).write_bytes(b"%PDF-1.7 planted")
    said = cli("verify", finished)

    assert 1 == said.code
    assert name.split("/")[1] in said.err


def test_a_log_cut_off_at_any_line_is_found(finished: Path):
    """What is left is a good chain, so it is the reports that tell."""
    log = finished / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    for kept in range(len(lines)):
        log.write_bytes(b"".join(lines[:kept]))
        said = cli("verify", finished)

        assert (1, True) == (said.code, str(log) in said.err), f"{kept} of {len(lines)} lines: {said}"


def test_a_log_cut_off_after_a_correction_is_found(finished: Path):
    """The later reports stand beside a log that no longer knows them, down to the line."""
    assert 0 == cli("review", finished, "--page", 5, "--label", "paystub", "--by", "Ann", "--why", "seen").code
    log = finished / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    missed = []
    for kept in range(len(lines)):
        log.write_bytes(b"".join(lines[:kept]))
        said = cli("verify", finished)
        if said.code != 1:
            missed.append(f"{kept} of {len(lines)} lines: {said.out}")

    assert [] == missed


def test_a_log_cut_off_within_a_line_is_found(finished: Path):
    """The last line has no end."""
    log = finished / "events.jsonl"
    content = log.read_bytes()
    for kept in random.Random(3).sample(range(1, len(content)), 20):
        log.write_bytes(content[:kept])
        said = cli("verify", finished)

        assert (1, True) == (said.code, str(log) in said.err), f"{kept} bytes: {said}"


def test_lines_that_change_places_are_found(finished: Path):
    """Order is part of the chain."""
    log = finished / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    for at in range(len(lines) - 1):
        log.write_bytes(b"".join([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]))
        said = cli("verify", finished)

        assert (1, True) == (said.code, str(log) in said.err)


def test_a_document_in_the_place_of_another_is_found(finished: Path):
    """Two documents of the case that change names are both named."""
    first, *_, last = sorted((finished / "documents").iterdir())
    one, other = first.read_bytes(), last.read_bytes()
    first.write_bytes(other)
    last.write_bytes(one)
    said = cli("verify", finished)

    assert 1 == said.code
    assert str(first) in said.err and str(last) in said.err


@pytest.mark.parametrize("name", ["blobs.", "documents/01-w2.pdf", "case.json", "report.html", "events.jsonl"])
def test_a_folder_in_the_place_of_a_file_is_found(finished: Path, name: str):
    """No traceback: a complaint."""
    path = next(path for path in files_of(finished) if path.relative_to(finished).as_posix().startswith(name[:-1]))
    path.unlink()
    path.mkdir()
    said = cli("verify", finished)

    assert 0 != said.code
    assert complaints(said)


def forged(folder: Path, change) -> None:
    """Write the log again with *change* made to its events and every hash worked out anew, as a forger would."""
    log = folder / "events.jsonl"
    events = [json.loads(line)["event"] for line in log.read_bytes().splitlines()]
    head, lines = START, []
    for at, event in enumerate(change(events)):
        line, head = line_of(Entry(head.count + 1, at, head.hash, event))
        lines.append(line + b"\n")
    log.write_bytes(b"".join(lines))


def without(number: int):
    return lambda events: [event for at, event in enumerate(events) if at != number]


def where(kind: str, **members: object):
    return lambda events: [{**event, **members} if event["kind"] == kind else event for event in events]


FORGERIES = {
    **{f"without event {number + 1}": without(number) for number in range(6)},
    "no events": lambda _: [],
    "backwards": lambda events: events[::-1],
    "a text that is no digest": where("PagesRead", texts="sha256:../../../etc/passwd"),
    "a text without name": where("PagesRead", texts=""),
    "a taxonomy that is no digest": where("CaseOpened", taxonomy="nonsense!"),
    "a taxonomy that is missing": where("CaseOpened", taxonomy="sha256:" + "0" * 64),
    "no sources": where("CaseOpened", sources=[]),
    "no labels": where("Assembled", labels=[], documents=[], findings=[]),
    "pages read twice": lambda events: [*events[:3], events[2], *events[3:]],
    "a source beyond the last": where("SourceOpened", source=7),
    "a source before the first": where("SourceOpened", source=-1),
    "fewer pages than were read": where("SourceOpened", pages=1),
    "a document outside the folder": where("DocumentWritten", file="../../../../etc/passwd"),
    "an outcome of its own": where("Reported", outcome="sha256:" + "1" * 64),
    "a correction of no page": lambda events: [
        *events, {"kind": "PageCorrected", "page": 99, "label": "w2", "by": "x", "why": "y"}
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_log_is_verified_without_a_traceback(finished: Path, name: str):
    """A chain is no signature, so a careful forger is not found; a careless one must not make verify fall over."""
    forged(finished, FORGERIES[name])
    said = cli("verify", finished)

    assert said.code in {0, 1}
    assert (said.code == 1) == bool(complaints(said))


@pytest.mark.parametrize("name", FORGERIES)
@pytest.mark.parametrize("command", ["replay", "review", "explain"])
def test_a_forged_log_never_gives_a_traceback(finished: Path, name: str, command: str):
    """The other commands that read a case answer or complain; the exit code is a documented one."""
    forged(finished, FORGERIES[name])
    said = cli(command, finished, *(["--page", 1] if command == "explain" else []))

    assert said.code in {0, 1, 2, 8, 9}
    assert said.code == 0 or complaints(said) or command == "replay"


def test_a_folder_without_a_case_is_named(tmp_path: Path):
    """Neither an empty folder nor a missing one is a case."""
    for folder in (tmp_path, tmp_path / "missing"):
        said = cli("verify", folder)

        assert 0 != said.code
        assert [f"casefold: {folder}: there is no case; name a folder that holds events.jsonl"] == complaints(said)


def test_the_usual_package_has_what_these_tests_rely_on(finished: Path):
    """Several documents, several blobs, an event for each."""
    assert len(list((finished / "documents").iterdir())) >= 4
    assert len([path for path in files_of(finished / "blobs") if path.stat().st_size]) >= 4
    assert len((finished / "events.jsonl").read_bytes().splitlines()) >= 4 + len(set(MIXED)) - 1
