"""Laws of the case: its state is the fold of its events, and any world drives it to the same end."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from casefold.case.codec import event_value, read_event
from casefold.case.events import (
    Assembled,
    CaseOpened,
    DocumentWritten,
    Event,
    PagesRead,
    PagesRecognised,
    SourceOpened,
    SourceRefused,
)
from casefold.case.history import misfit
from casefold.case.lineage import lineage
from casefold.case.outcome import outcome_digest, outcome_value
from casefold.case.record import Artifacts, NotDue, Observation, decide, record
from casefold.case.replay import changes, reread
from casefold.case.state import Case, evolve, first_page, fold, source_pages
from casefold.case.steps import DOCUMENTS_A_STEP, PAGES_A_STEP, ReadPages, WriteDocuments, next_steps
from casefold.case.view import all_findings, document_rows, head_rows, page_row
from casefold.kernel.canonical import Json, canonical
from casefold.kernel.results import Failure, Success
from casefold.pages.labels import PageLabel
from casefold.pages.text import PageText, PageUnreadable, text_line
from casefold_properties.worlds import Package


def fold_is_associative_over_logs(events: Sequence[Event]) -> None:
    """Folding the first part of a log and then the rest gives what folding all of it gives, wherever it is cut."""
    whole = fold(events)
    for at in range(len(events) + 1):
        assert fold(events[at:], fold(events[:at])) == whole


def event_round_trips(event: Event) -> None:
    """An event is read back from the bytes that a log keeps of it."""
    assert read_event(json.loads(canonical(event_value(event)))) == Success(event)


def is_finished(case: Case) -> None:
    """Nothing is due, everything is decided, and every document was tried."""
    assert next_steps(case) == ()
    assert case.outcome is not None and case.reported is not None
    assert case.reported.outcome == outcome_digest(case)
    assert set(case.written) == {document.id for document in case.outcome.documents}


def first_misfit(events: Sequence[Event]) -> int | None:
    """Give the number, from 0, of the first event that cannot have happened; ``None`` where all can."""
    case = Case()
    for at, event in enumerate(events):
        if misfit(case, event) is not None:
            return at
        case = evolve(case, event)
    return None


def history_makes_sense(events: Sequence[Event]) -> None:
    """Every event of a log that a world wrote fits what happened before it."""
    assert first_misfit(events) is None


def a_gap_makes_no_sense(events: Sequence[Event], at: int) -> None:
    """A log without its event number *at*, one of those that later ones build on, does not make sense."""
    assert isinstance(events[at], CaseOpened | SourceOpened | SourceRefused | PagesRead)
    rest = [*events[:at], *events[at + 1 :]]
    assert first_misfit(rest) is not None, "what builds on it does not fit"


def pages_are_accounted_for(package: Package, case: Case) -> None:
    """Every page of every file that could be opened was read, labelled and put in one document, once and in order."""
    expected = [page for source in package.sources if not isinstance(source, str) for page in source]
    numbers = list(range(1, len(expected) + 1))
    assert [page.page for page in case.pages] == numbers
    assert case.outcome is not None
    assert [label.page for label in case.outcome.labels] == numbers
    assert sorted(page for document in case.outcome.documents for page in document.pages) == numbers
    for page, read in zip(expected, case.pages, strict=True):
        assert (read.text is None) == isinstance(page, PageUnreadable)
    assert [page for pack in case.packs for page in pack.pages] == [page.page for page in case.pages if page.text]


def steps_ask_for_what_is_left(case: Case) -> None:
    """What is due is just what is not done: every unread page and every unwritten document once, in small steps."""
    steps = next_steps(case)
    reading = [step for step in steps if isinstance(step, ReadPages)]
    if reading:
        assert len(reading) == len(steps), "all is read before anything is decided"
        asked = [first_page(case, step.source) - 1 + page for step in reading for page in _range(step)]
        total = sum(source_pages(case, source) for source in case.sources)
        assert asked == list(range(len(case.pages) + 1, total + 1))
        assert all(1 <= len(_range(step)) <= PAGES_A_STEP for step in reading)
    writing = [step for step in steps if isinstance(step, WriteDocuments)]
    if writing:
        assert case.outcome is not None and len(writing) == len(steps)
        due = [each for each in case.outcome.documents if each.id not in case.written]
        assert [each for step in writing for each in step.documents] == due
        for step in writing:
            assert 1 <= len(step.documents) <= DOCUMENTS_A_STEP
            assert {each.source for each in step.documents} == {step.source}
            assert step.offset == first_page(case, step.source) - 1


def _range(step: ReadPages) -> range:
    return range(step.first, step.last + 1)


def refuses_what_is_not_due(artifacts: Artifacts, case: Case, observation: Observation) -> None:
    """What the case did not ask for is refused, and the refusal says what is due."""
    match record(artifacts, case, observation):
        case Failure(NotDue(name, due)):
            assert name == type(observation).__name__
            assert due == tuple(type(step).__name__ for step in next_steps(case))
        case result:
            raise AssertionError(observation, result)


def replay_is_identical(artifacts: Artifacts, package: Package, case: Case) -> None:
    """Reading the recorded texts again under the same artifacts gives the same pages and the same outcome."""
    found = [page for source in package.sources if not isinstance(source, str) for page in source]
    pages = [
        reread(artifacts, case, page, text_line(text)) if isinstance(text, PageText) else page
        for page, text in zip(case.pages, found, strict=True)
    ]
    assert tuple(pages) == case.pages
    compared = changes(case, pages, decide(artifacts, case, pages))
    assert compared.same
    assert (compared.signals, compared.pages, compared.gone, compared.new) == ((), (), (), ())


def lineage_traces_every_page(events: Sequence[Event]) -> None:
    """Every page read is traced once, from its file to its document and back; nothing else is."""
    case, rows = fold(events), lineage(enumerate(events, 1))
    assert [row.page for row in rows] == [page.page for page in case.pages]
    assert case.opened is not None
    names = [(source.name, source.digest) for source in case.opened.sources]
    assert all((row.source, row.source_digest) in names for row in rows)
    files = [[page.page for page in case.pages if page.source == source] for source in range(len(names))]
    assert [row.source_page for row in rows] == [at for file in files for at in range(1, len(file) + 1)]
    for row, page in zip(rows, case.pages, strict=True):
        read = events[row.read - 1]
        assert isinstance(read, PagesRead | PagesRecognised) and page in read.pages
        assert row.text == page.text
        assert row.source == case.opened.sources[page.source].name
        assert (row.labelled is None) == (case.outcome is None)
        if row.labelled is not None:
            assert isinstance(events[row.labelled - 1], Assembled)
    forward = {(row.document, row.file_page): row.page for row in rows if row.file is not None}
    assert len(forward) == sum(row.file is not None for row in rows)
    if case.outcome is None:
        assert all(row.document is row.file is None for row in rows)
        return
    for document in case.outcome.documents:
        written = case.written.get(document.id)
        assert [row.page for row in rows if row.document == document.id] == list(document.pages)
        if isinstance(written, DocumentWritten):
            assert [forward[document.id, at] for at in range(1, len(document.pages) + 1)] == list(document.pages)


def rows_are_canonical(artifacts: Artifacts, case: Case) -> list[dict[str, Json]]:
    """What is told of a case is JSON, with a row for each page once and in order; gives the pages' rows."""
    head = head_rows(artifacts, case)
    rows = [page_row(artifacts, case, page, None) for page in case.pages]
    assert json.loads(canonical(head)) == head
    assert [json.loads(canonical(row)) for row in rows] == rows
    assert [row["page"] for row in rows] == [page.page for page in case.pages]
    assert head["digest"] == outcome_digest(case)
    assert case.outcome is not None
    assert {*case.outcome.findings} <= {*all_findings(case)}
    papers = list(document_rows(artifacts, case))
    assert [json.loads(canonical(row)) for row in papers] == papers
    assert [(row["id"], row["pages"]) for row in papers] == [
        (one.id, list(one.pages)) for one in case.outcome.documents
    ]
    assert all((row["file"] is None) == (row["digest"] is None) for row in papers)
    for row, label in zip(rows, case.outcome.labels, strict=True):
        _own_evidence_first(row, label)
        correction = case.corrections.get(label.page)
        told = canonical(row["why"]).decode()
        if correction is not None:
            assert canonical(f"{correction.by} labelled it {correction.label}: {correction.why}").decode() in told
        else:
            assert " labelled it " not in told
    return rows


def _own_evidence_first(row: Mapping[str, Json], label: PageLabel) -> None:
    reasons = cast("list[dict[str, Json]]", row["why"])
    others = [reason["label"] != (label.looks_like or label.label) for reason in reasons if "label" in reason]
    assert others == sorted(others)


def outcome_is_content(case: Case, other: Case) -> None:
    """Two cases with the same content have the same digest: names and clocks are no content."""
    assert outcome_value(case) == outcome_value(other)
    assert outcome_digest(case) == outcome_digest(other)
