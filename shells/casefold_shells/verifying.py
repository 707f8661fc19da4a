"""Check that a case's folder holds what was written into it, and nothing else."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from casefold.case.asking import answers_kept
from casefold.case.deciding import Overriding, override, policies_given
from casefold.case.events import DecisionOverridden, DocumentWritten, Event, PolicyGiven
from casefold.case.history import misfit
from casefold.case.outcome import outcome_digest
from casefold.case.record import TEXTS_JOINED
from casefold.case.scoring import responses
from casefold.case.state import Case, fold, text_places
from casefold.kernel.canonical import digest_of_bytes
from casefold.kernel.chain import START, Head
from casefold.kernel.results import Failure
from casefold_adapters.files.atomic import PARTIAL
from casefold_adapters.files.blobs import BlobChanged, BlobMissing, FileBlobs
from casefold_adapters.files.log import LogBroken, Recorded, read_log
from casefold_shells.casefiles import CaseFolder
from casefold_shells.giving import PolicyLost, stored_policy
from casefold_shells.outputs import file_digest


@frozen
class Verified:
    """What was found.

    Attributes:
        faults: What is not as it was written, in words; none when all is.
        events: How many events the log holds up to its first fault.
        blobs: How many blobs were checked.
        documents: How many documents' PDFs were checked.
        head: The hash of the last event.
        outcome: The digest of the case's outcome, if it has one.
    """

    faults: tuple[str, ...]
    events: int
    blobs: int
    documents: int
    head: str
    outcome: str | None


async def verify_case(folder: CaseFolder) -> Verified:
    """Check the log's chain, every blob, the texts' digests, the documents, the reports, and that nothing was added."""
    if not folder.log.is_file():
        return Verified((f"{folder.path}: there is no case; name a folder that holds events.jsonl",), 0, 0, 0, "", None)
    faults: list[str] = []
    events: list[Event] = []
    state = Case()
    for recorded in read_log(folder.log):
        if isinstance(recorded, Failure):
            fault = recorded.failure()
            where = f"entry {fault.sequence}: {fault.fault}" if isinstance(fault, LogBroken) else fault.detail
            faults.append(f"{folder.log}: {where}")
            break
        found = recorded.unwrap()
        misfits = misfit(state, found.event)
        if misfits is not None:
            faults.append(f"{folder.log}: entry {found.sequence}: {misfits}")
            break
        faults += [f"{folder.log}: entry {found.sequence}: {said}" for said in await _by_policy(folder, state, found)]
        state = fold([found.event], state)
        events.append(found.event)
    head = _head(folder.log, len(events))
    faults += _cut_off(folder, events)
    case = fold(events)
    blobs = _blobs_of(events)
    before = [_blobs_of(_events(log)) for log in sorted(folder.path.glob("events-*.jsonl"))]
    faults += [fault async for fault in _check_blobs(folder, case, blobs, blobs.union(*before))]
    documents = [written for written in case.written.values() if isinstance(written, DocumentWritten)]
    expected = {written.file: written.digest for written in documents}
    expected |= {file.name: file.digest for file in case.reported.files} if case.reported is not None else {}
    faults += _check_files(folder, expected)
    decided = case.opened is not None and case.outcome is not None
    outcome = outcome_digest(case) if decided else None
    if case.reported is not None and case.reported.outcome != outcome:
        faults.append(f"{folder.log}: the outcome that was reported is not the one that follows from the events")
    return Verified(tuple(faults), len(events), len(blobs), len(documents), head.hash, outcome)


def _head(log: Path, count: int) -> Head:
    lines = log.read_bytes().splitlines()
    if not count:
        return START
    return Head(count, lines[count - 1].split(b'"hash":"')[1].split(b'"')[0].decode() if lines else "")


def _cut_off(folder: CaseFolder, events: list[Event]) -> Iterator[str]:
    """A log that was cut off does not end by reporting, though its reports are there; a torn last line was not kept."""
    if folder.case_json.exists() and fold(events).reported is None:
        yield f"{folder.log}: case.json is there, the log does not end with it: it was cut off, or the run was stopped"
    known = _events_reported(folder.case_json)
    if known > len(events):
        yield f"{folder.log}: case.json speaks of {known} entries and {len(events)} are here: the log was cut off"
    content = folder.log.read_bytes()
    if content and not content.endswith(b"\n"):
        yield f"{folder.log}: its last line has no end: it was cut off, or the run was stopped; run it again"


def _events_reported(case_json: Path) -> int:
    """Give how many entries the log had when case.json was written; 0 where it does not say."""
    try:
        return int(json.loads(case_json.read_text("utf-8"))["log"]["events"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


async def _by_policy(folder: CaseFolder, case: Case, recorded: Recorded) -> tuple[str, ...]:
    """Say what is wrong with a policy that is given, or with an override, as only the policy itself can tell."""
    event = recorded.event
    given = event if isinstance(event, PolicyGiven) else case.given
    if given is None or not isinstance(event, (PolicyGiven, DecisionOverridden)):
        return ()
    stored = await stored_policy(FileBlobs(folder.blobs), given)
    if isinstance(stored, Failure):
        lost = isinstance(event, PolicyGiven) and isinstance(stored.failure(), PolicyLost)
        return ("the policy that it names is not the one in its blob",) if lost else ()
    if isinstance(event, PolicyGiven):
        others = event.scores != stored.unwrap().policy.scores
        return ("the policy asks models for other scores",) if others else ()
    again = override(stored.unwrap(), case, Overriding(event.outcome, event.by, event.why, event.reasons))
    return ("the policy does not allow this override",) if isinstance(again, Failure) else ()


def _blobs_of(events: Sequence[Event]) -> set[str]:
    case = fold(events)
    if case.opened is None:
        return set()
    named = {source.digest for source in case.opened.sources} | {case.opened.taxonomy, case.opened.thresholds}
    opened = case.opened
    more = (opened.fields, opened.rules, opened.model, opened.vision)
    named |= {digest for digest in more if digest is not None}
    named |= answers_kept(events)
    return named | {pack.texts for pack in case.packs} | policies_given(events) | responses(events)


def _events(log: Path) -> list[Event]:
    """Read a log that was set aside when its case began anew: its blobs are still spoken of."""
    found = (recorded.value_or(None) for recorded in read_log(log))
    return [recorded.event for recorded in found if recorded is not None]


async def _check_blobs(folder: CaseFolder, case: Case, blobs: set[str], known: set[str]) -> AsyncIterator[str]:
    store = FileBlobs(folder.blobs)
    texts: Mapping[str, tuple[int, ...]] = {pack.texts: pack.pages for pack in case.packs}
    holding = {page: case.packs[at].texts for page, at in text_places(case).items()}
    for name in sorted(blobs):
        path = store.path(name)
        if name not in texts:
            found = file_digest(path) if path.is_file() else None
            if found != name:
                yield f"{path}: " + ("it is missing" if found is None else "its content was changed")
            continue
        content = await store.get(name)
        if isinstance(content, Failure):
            lost = content.failure()
            match lost:
                case BlobMissing():
                    yield f"{path}: it is missing"
                case BlobChanged():
                    yield f"{path}: its content was changed"
                case _:
                    yield f"{path}: {lost.detail}"
            continue
        for page, line in zip(texts[name], content.unwrap().split(TEXTS_JOINED), strict=False):
            if holding.get(page) == name and digest_of_bytes(line) != case.pages[page - 1].text:
                yield f"{path}: the text of page {page} is not the one that was labelled"
    present = {path for path in folder.blobs.rglob("*") if path.is_file() and not path.name.endswith(PARTIAL)}
    for path in sorted(present - {store.path(name) for name in known}):
        yield f"{path}: no event speaks of it"


def _check_files(folder: CaseFolder, expected: Mapping[str, str]) -> Iterator[str]:
    for name, digest in expected.items():
        path = folder.path / name
        if not path.is_file():
            yield f"{path}: it is missing"
        elif file_digest(path) != digest:
            yield f"{path}: its content was changed"
    if folder.documents.is_dir():
        for path in sorted(folder.documents.iterdir()):
            if f"documents/{path.name}" not in expected and not path.name.endswith(PARTIAL):
                yield f"{path}: no event speaks of it"
