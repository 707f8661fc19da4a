"""What the outside should do next for a case."""

from typing import TypeAlias

from attrs import frozen

from casefold.case.asked import ledger_of
from casefold.case.events import SourceOpened
from casefold.case.scoring import PlannedScore, plans_of
from casefold.case.state import Case, first_page, source_pages
from casefold.pages.labels import DEFAULT_THRESHOLDS, PageLabel, Reason, Status
from casefold.pages.quality import Layer
from casefold.pages.recognition import Effort
from casefold.pages.standing import WEIGHED
from casefold.pages.stream import Document
from casefold.taxonomy.model import UNKNOWN
from casefold.vision.budget import next_calls, under_way
from casefold.vision.calls import Call

PAGES_A_STEP = 50
"""Pages read in one step: few enough to lose little in a crash, many enough that recording them costs little."""

DOCUMENTS_A_STEP = 50

PAGES_AN_EXTRACTION = 100
"""Pages whose texts are held at a time to read their fields, where one document has no more."""


@frozen
class OpenSource:
    """Find out whether source number *source* is a PDF, and how many pages it has."""

    source: int


@frozen
class ReadPages:
    """Read pages *first* to *last* of a source, counted from 1 within it."""

    source: int
    first: int
    last: int


@frozen
class Recognise:
    """Recognise *pages* of a source, counted from 1 within it, with that *effort*."""

    source: int
    pages: tuple[int, ...]
    effort: Effort


@frozen
class Assemble:
    """Label and assemble the pages; needs nothing from outside."""


@frozen
class Extract:
    """Give the texts of documents, for their fields to be read."""

    documents: tuple[Document, ...]


@frozen
class AskRules:
    """Ask the rules across documents of what they state; needs nothing from outside."""


@frozen
class RecallPages:
    """Find the reviewed pages that the package's are like."""


@frozen
class PlanCalls:
    """Work out what a language model is to be asked; needs nothing from outside."""


@frozen
class ReserveCalls:
    """Hold back what the next calls can cost; needs nothing from outside."""


@frozen
class AskVision:
    """Ask a language model, and say of one of the *calls* what came of it; the others may be under way meanwhile."""

    calls: tuple[Call, ...]


@frozen
class SubmitBatch:
    """Hand calls in to be answered later."""

    calls: tuple[Call, ...]


@frozen
class CollectBatch:
    """Fetch what came of calls that were handed in as *id*, and say it of one of them."""

    id: str
    calls: tuple[Call, ...]


@frozen
class AskModels:
    """Ask models for the scores that the policy wants."""

    plans: tuple[PlannedScore, ...]


@frozen
class Decide:
    """Decide the case by its policy; needs nothing from outside."""


@frozen
class WriteDocuments:
    """Cut documents out of a source and verify them; *offset* pages of the package come before the source."""

    source: int
    offset: int
    documents: tuple[Document, ...]


@frozen
class Report:
    """Write the outcome down for people and programs."""


Step: TypeAlias = (
    OpenSource
    | ReadPages
    | Recognise
    | RecallPages
    | Assemble
    | PlanCalls
    | ReserveCalls
    | AskVision
    | SubmitBatch
    | CollectBatch
    | Extract
    | AskRules
    | AskModels
    | Decide
    | WriteDocuments
    | Report
)


def next_steps(case: Case) -> tuple[Step, ...]:
    """Give what is due; nothing when the case is finished.

    After each step's observation is recorded, ask again: later steps may have changed.
    """
    if case.opened is None:
        return ()
    sources = range(len(case.opened.sources))
    unknown = tuple(OpenSource(source) for source in sources if source not in case.sources)
    return (
        unknown
        or _reading(case, sources)
        or _recognising(case)
        or _recalling(case)
        or _assembling(case)
        or _asking_vision(case)
        or _extracting(case)
        or _asking(case)
        or _deciding(case)
        or _writing(case, sources)
        or _reporting(case)
    )


def _reading(case: Case, sources: range) -> tuple[Step, ...]:
    read = len(case.pages)
    steps: list[Step] = []
    for source in sources:
        done = min(max(0, read - first_page(case, source) + 1), source_pages(case, source))
        pages = source_pages(case, source)
        firsts = range(done + 1, pages + 1, PAGES_A_STEP)
        steps.extend(ReadPages(source, first, min(first + PAGES_A_STEP - 1, pages)) for first in firsts)
    return tuple(steps)


def _recognising(case: Case) -> tuple[Step, ...]:
    """Recognise first what has no words to trust; once that is assembled, with more effort what stays in review.

    Whatever a person has corrected stays as that person saw it.
    """
    assert case.opened is not None, "pages of an opened case are recognised"
    attempts = case.opened.recognition.attempts
    if not attempts or case.reviewed:
        return ()
    if case.outcome is None:
        due = {page.page: 0 for page in case.pages if page.layer in _WORDLESS and page.page not in case.tried}
    else:
        review = [label.page for label in case.outcome.labels if _worth_more(label)]
        due = {page: case.tried[page] for page in review if 0 < case.tried.get(page, 0) < len(attempts)}
    steps: list[Step] = []
    for at, attempt in enumerate(attempts):
        pages = [case.pages[page - 1] for page, place in sorted(due.items()) if place == at]
        for source in sorted({page.source for page in pages}):
            offset = first_page(case, source) - 1
            numbers = [page.page - offset for page in pages if page.source == source]
            batches = (numbers[first : first + PAGES_A_STEP] for first in range(0, len(numbers), PAGES_A_STEP))
            steps += [Recognise(source, tuple(batch), attempt.effort) for batch in batches]
    return tuple(steps)


_WORDLESS = frozenset({Layer.ABSENT, Layer.UNTRUSTED})


def _worth_more(label: PageLabel) -> bool:
    """Whether a page deserves more effort: by the convention, so that a certificate was shown of what it is used for.

    Thresholds decide what is accepted in the end. If they decided what is read again as well, pages would be read
    otherwise under a certificate than when it was made.
    """
    if label.reason in WEIGHED:
        return label.confidence_ppm < DEFAULT_THRESHOLDS.confidence_min(label.label)
    return label.status is Status.REVIEW and label.reason is not Reason.CORRECTED


def _recalling(case: Case) -> tuple[Step, ...]:
    due = case.opened is not None and case.opened.tenant is not None and case.recalled is None and case.outcome is None
    return (RecallPages(),) if due else ()


def _assembling(case: Case) -> tuple[Step, ...]:
    return (Assemble(),) if case.outcome is None else ()


def _extracting(case: Case) -> tuple[Step, ...]:
    """Read the fields of documents that have a class, some pages' worth at a time; a long document goes alone."""
    assert case.opened is not None and case.outcome is not None, "fields are read after assembling"
    if case.opened.fields is None:
        return ()
    steps: list[Step] = []
    batch: list[Document] = []
    for document in case.outcome.documents:
        if document.label == UNKNOWN or document.id in case.fields:
            continue
        if batch and sum(len(each.pages) for each in (*batch, document)) > PAGES_AN_EXTRACTION:
            steps.append(Extract(tuple(batch)))
            batch = []
        batch.append(document)
    return (*steps, Extract(tuple(batch))) if batch else ()


def _asking(case: Case) -> tuple[Step, ...]:
    assert case.opened is not None, "a case begins by being opened"
    return (AskRules(),) if case.opened.rules is not None and case.asked is None else ()


def _asking_vision(case: Case) -> tuple[Step, ...]:
    """Ask a language model about what is not sure, then assemble anew with what it said."""
    if case.opened is None or case.opened.vision is None:
        return ()
    if case.vision is None:
        return (PlanCalls(),)
    ledger = ledger_of(case.vision)
    if next_calls(ledger):
        return (ReserveCalls(),)
    waiting = under_way(ledger)
    if not waiting:
        return () if case.vision.weighed else (Assemble(),)
    if not case.vision.plan.batch:
        return (AskVision(waiting),)
    for batch in case.vision.batches:
        handed = tuple(call for call in waiting if call.digest in batch.calls)
        if handed:
            return (CollectBatch(batch.id, handed),)
    return (SubmitBatch(waiting),)


def _deciding(case: Case) -> tuple[Step, ...]:
    """Decide on what was assembled, once models were asked for the scores that the policy wants."""
    if case.given is None or case.decided is not None:
        return ()
    plans = plans_of(case.given) if case.scores is None else ()
    return (AskModels(plans),) if plans else (Decide(),)


def _writing(case: Case, sources: range) -> tuple[Step, ...]:
    assert case.outcome is not None, "writing follows assembling"
    steps: list[Step] = []
    for source in sources:
        if not isinstance(case.sources[source], SourceOpened):
            continue
        due = [
            document
            for document in case.outcome.documents
            if document.source == source and document.id not in case.written
        ]
        for at in range(0, len(due), DOCUMENTS_A_STEP):
            batch = tuple(due[at : at + DOCUMENTS_A_STEP])
            steps.append(WriteDocuments(source, first_page(case, source) - 1, batch))
    return tuple(steps)


def _reporting(case: Case) -> tuple[Step, ...]:
    return (Report(),) if case.reported is None else ()
