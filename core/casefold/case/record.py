"""What an observation means for a case: the events it amounts to, or why it cannot be."""

from collections.abc import Sequence
from typing import TypeAlias, overload

from attrs import evolve as changed
from attrs import field, frozen

from casefold.case import asking
from casefold.case.asked import keeping_opinions
from casefold.case.asking import CallHeard, call_under_way
from casefold.case.deciding import (
    Approving,
    DecisionError,
    Overriding,
    accept_policy,
    approve,
    decide_case,
    override,
)
from casefold.case.events import (
    Assembled,
    BatchSubmitted,
    BoundaryCorrected,
    Correction,
    CorrectionWithdrawn,
    DocumentFields,
    DocumentNotWritten,
    DocumentWritten,
    Event,
    FieldsExtracted,
    OutputFile,
    PageCorrected,
    PagesRead,
    PagesRecognised,
    PolicyGiven,
    Reported,
    ScoresReceived,
    SourceOpened,
    SourceRefused,
)
from casefold.case.outcome import outcome_digest
from casefold.case.recall import recalled
from casefold.case.scoring import answers_all
from casefold.case.state import Case, document_file, first_page, may_begin
from casefold.case.steps import (
    AskModels,
    AskRules,
    AskVision,
    Assemble,
    CollectBatch,
    Decide,
    Extract,
    OpenSource,
    PlanCalls,
    ReadPages,
    RecallPages,
    Recognise,
    Report,
    ReserveCalls,
    Step,
    SubmitBatch,
    WriteDocuments,
    next_steps,
)
from casefold.case.validating import ask_rules
from casefold.documents.findings import findings
from casefold.feel.values import UtcAlone, Zones
from casefold.fields.compiled import ReadyFields
from casefold.fields.extract import extract
from casefold.kernel.canonical import digest_of_bytes
from casefold.kernel.results import Failure, Result, Success
from casefold.memory.recalling import PageMatches
from casefold.pages.labels import Thresholds
from casefold.pages.local.asking import said_of
from casefold.pages.quality import Layer, judge
from casefold.pages.recognition import Effort, Recognition, sureness_ppm
from casefold.pages.signals import Compiled, read
from casefold.pages.stream import Document, StreamPage, label_pages
from casefold.pages.text import PageText, PageUnreadable, TextOrigin, read_text_line, text_line
from casefold.policy.deciding import Ready
from casefold.taxonomy.model import UNKNOWN, FileType
from casefold.validation.ready import ReadyRules
from casefold.vision.calls import Call
from casefold.vision.tier import VisionTier

TEXTS_JOINED = b"\n"
"""What stands between the texts of a blob."""


@frozen
class Artifacts:
    """The published values that a case is decided under.

    Attributes:
        policy: The policy that it was given, or is about to be, ready to decide by.
        zones: The time zones that facts and policies may name.
        fields: The specifications that fields are read under, if any are.
        rules: The rules across documents that it is asked, if any are.
        vision: What a language model may be asked; ``None`` for none.

    A policy is large, and left out of its ``repr``: event loops ask for one at odd times.
    """

    compiled: Compiled
    thresholds: Thresholds
    policy: Ready | None = field(default=None, repr=False)
    zones: Zones = UtcAlone()
    fields: ReadyFields | None = field(default=None, repr=False)
    rules: ReadyRules | None = field(default=None, repr=False)
    vision: VisionTier | None = field(default=None, repr=False)


@frozen
class PagesObserved:
    """Pages of a source were read, in order.

    Attributes:
        source: The source, from 0.
        pages: Each page, or why it could not be read.
        lines: The texts of those that could, as `text_line` writes them; joined by line ends they are a blob that the
            outside keeps.
    """

    source: int
    pages: tuple[PageText | PageUnreadable, ...]
    lines: tuple[bytes, ...]


@frozen
class RecognitionObserved:
    """Pages of a source were recognised, in order.

    Attributes:
        source: The source, from 0.
        effort: With how much effort.
        pages: Each page with the words that were recognised, or why none were.
        lines: As in `PagesObserved`.
    """

    source: int
    effort: Effort
    pages: tuple[PageText | PageUnreadable, ...]
    lines: tuple[bytes, ...]


@frozen
class Recalled:
    """The reviewed pages that the package's pages are like, by page in order."""

    matches: tuple[PageMatches, ...]


@frozen
class AssemblyDue:
    """All pages are read: label and assemble them now."""


@frozen
class DocumentTexts:
    """The texts of one document, as `text_line` writes them: of each of its pages that could be read, in order."""

    document: str
    lines: tuple[bytes, ...]


@frozen
class TextsObserved:
    """Texts of documents whose fields are due."""

    documents: tuple[DocumentTexts, ...]


@frozen
class RulesDue:
    """All fields are read: ask the rules across documents now."""


@frozen
class PlanningDue:
    """All is assembled: work out now what a language model is to be asked."""


@frozen
class ReservationDue:
    """Calls are to go out: hold back now what they can cost."""


@frozen
class DecisionDue:
    """All is assembled and a policy is given: decide by it now."""


@frozen
class DocumentsObserved:
    """Documents were written, or why not."""

    results: tuple[DocumentWritten | DocumentNotWritten, ...]


@frozen
class ReportWritten:
    """The outcome was written down."""

    files: tuple[OutputFile, ...]


Observation: TypeAlias = (
    SourceOpened
    | SourceRefused
    | PagesObserved
    | RecognitionObserved
    | Recalled
    | AssemblyDue
    | TextsObserved
    | RulesDue
    | PlanningDue
    | ReservationDue
    | CallHeard
    | BatchSubmitted
    | DecisionDue
    | DocumentsObserved
    | Correction
    | CorrectionWithdrawn
    | PolicyGiven
    | ScoresReceived
    | Overriding
    | Approving
    | ReportWritten
)


@frozen
class NotDue:
    """The case did not ask for this observation; *due* names the steps that it asks for."""

    observation: str
    due: tuple[str, ...]


@frozen
class NoSuchPage:
    """The package has *pages* pages."""

    page: int
    pages: int


@frozen
class NoSuchLabel:
    """The taxonomy has no such class; *near* are the ids most like it."""

    label: str
    near: tuple[str, ...]


@frozen
class NobodyNamed:
    """A correction names who made it and why."""


@frozen
class BeginsAnyway:
    """The page is the first of its file, so that a document begins with it whatever anybody says."""

    page: int


@frozen
class NothingSaid:
    """Nobody said anything of the page that could be taken back."""

    page: int


RecordError: TypeAlias = NotDue | NoSuchPage | NoSuchLabel | NobodyNamed | BeginsAnyway | NothingSaid | DecisionError


def record(artifacts: Artifacts, case: Case, observation: Observation) -> Result[tuple[Event, ...], RecordError]:
    """Say what *observation* means for *case*."""
    due = next_steps(case)
    match observation:
        case SourceOpened() | SourceRefused() if OpenSource(observation.source) in due:
            return Success((observation,))
        case PagesObserved() if _asked(due, observation):
            return Success((_pages_read(artifacts.compiled, case, observation),))
        case RecognitionObserved() if _sought(due, observation):
            return Success((_pages_recognised(artifacts.compiled, case, observation),))
        case Recalled() if RecallPages() in due and _of_pages(case, observation):
            return Success((recalled(observation.matches),))
        case AssemblyDue() if Assemble() in due:
            return Success((decide(artifacts, case, case.pages),))
        case TextsObserved() if _to_extract(case, due, observation):
            return Success(
                (FieldsExtracted(tuple(_extracted(artifacts, case, each) for each in observation.documents)),)
            )
        case PlanningDue() if PlanCalls() in due and artifacts.vision is not None and case.outcome is not None:
            return Success((asking.plan(artifacts.compiled, artifacts.vision, artifacts.thresholds, case),))
        case ReservationDue() if ReserveCalls() in due and case.vision is not None:
            return Success((asking.reservation(case.vision),))
        case BatchSubmitted() if due == (SubmitBatch(_of_batch(due)),) and observation.calls == _named(due):
            return Success((observation,))
        case CallHeard() if isinstance(due[0] if due else None, AskVision | CollectBatch):
            return _heard(artifacts, case, observation)
        case ScoresReceived() if _answered(due, observation):
            return Success((observation,))
        case RulesDue() if AskRules() in due:
            return Success((ask_rules(artifacts.rules, artifacts.zones, case),))
        case DecisionDue() if Decide() in due:
            return decide_case(artifacts.policy, artifacts.zones, case, artifacts.fields).map(lambda event: (event,))
        case DocumentsObserved() if _wanted(due, observation):
            return Success(observation.results)
        case ReportWritten() if Report() in due:
            return Success((Reported(outcome_digest(case), observation.files),))
        case PageCorrected() | BoundaryCorrected() | CorrectionWithdrawn():
            return _corrected(artifacts, case, observation)
        case PolicyGiven() if case.opened is not None:
            return accept_policy(artifacts.policy, artifacts.zones, observation).map(lambda event: (event,))
        case Overriding():
            return override(artifacts.policy, case, observation).map(lambda event: (event,))
        case Approving():
            return approve(case, observation).map(lambda event: (event,))
        case _:
            return Failure(NotDue(type(observation).__name__, tuple(type(step).__name__ for step in due)))


def _of_pages(case: Case, observation: Recalled) -> bool:
    """Whether what was recalled is about pages of the case, each once and in order."""
    named = [each.page for each in observation.matches]
    return named == sorted(set(named)) and set(named) <= {page.page for page in case.pages}


def _asked(due: Sequence[object], observation: PagesObserved) -> bool:
    """Whether the pages are the next that the case asks for; fewer than asked are welcome."""
    step = due[0] if due else None
    numbers = [page.page for page in observation.pages]
    return (
        isinstance(step, ReadPages)
        and step.source == observation.source
        and bool(numbers)
        and numbers == list(range(step.first, step.first + len(numbers)))
        and numbers[-1] <= step.last
        and len(observation.lines) == sum(isinstance(page, PageText) for page in observation.pages)
    )


def _sought(due: Sequence[Step], observation: RecognitionObserved) -> bool:
    """Whether these are the pages that the case asks to have recognised next, all of them.

    What is due after them may depend on what they show: so that a case comes to the same end however the work is cut,
    a step is done whole.
    """
    step = due[0] if due else None
    numbers = tuple(page.page for page in observation.pages)
    return (
        isinstance(step, Recognise)
        and (step.source, step.effort) == (observation.source, observation.effort)
        and numbers == step.pages
        and len(observation.lines) == sum(isinstance(page, PageText) for page in observation.pages)
    )


def _wanted(due: Sequence[Step], observation: DocumentsObserved) -> bool:
    """Whether the results are of documents that the case asks for next: each once, with its own name and pages."""
    step = due[0] if due else None
    if not isinstance(step, WriteDocuments) or not observation.results:
        return False
    asked = {document.id: document for document in step.documents}
    names = [result.document for result in observation.results]
    return len(set(names)) == len(names) and all(
        result.document in asked
        and (isinstance(result, DocumentNotWritten) or _is_copy(result, asked[result.document]))
        for result in observation.results
    )


def _to_extract(case: Case, due: Sequence[Step], observation: TextsObserved) -> bool:
    """Whether the texts are those of documents that the case asks for next, each once and whole."""
    step = due[0] if due else None
    if not isinstance(step, Extract) or not observation.documents:
        return False
    asked = {document.id: document for document in step.documents}
    names = [texts.document for texts in observation.documents]
    return len(set(names)) == len(names) and all(
        texts.document in asked
        and [digest_of_bytes(line) for line in texts.lines]
        == [text for page in asked[texts.document].pages if (text := case.pages[page - 1].text) is not None]
        for texts in observation.documents
    )


def _extracted(artifacts: Artifacts, case: Case, texts: DocumentTexts) -> DocumentFields:
    assert artifacts.fields is not None, "a case that fields are specified for is driven under these specifications"
    return read_fields(artifacts.fields, case, texts)


def read_fields(ready: ReadyFields, case: Case, texts: DocumentTexts) -> DocumentFields:
    """Read the fields of one document of an assembled case."""
    assert case.outcome is not None, "fields are read after assembling"
    document = next(each for each in case.outcome.documents if each.id == texts.document)
    readable = tuple(page for page in document.pages if case.pages[page - 1].text is not None)
    fields = extract(ready, document.label, Texts(readable, texts.lines), document.id)
    return DocumentFields(document.id, document.label, document.pages, fields)


@frozen
class Texts(Sequence[PageText]):
    """Pages that are read from their lines as they are asked for, so that one is held at a time."""

    pages: tuple[int, ...]
    lines: tuple[bytes, ...]

    @overload
    def __getitem__(self, at: int) -> PageText: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[PageText]: ...

    def __getitem__(self, at: int | slice) -> PageText | Sequence[PageText]:
        """Read one page, or say which pages to read."""
        if isinstance(at, slice):
            return Texts(self.pages[at], self.lines[at])
        return read_text_line(self.lines[at], self.pages[at])

    def __len__(self) -> int:
        return len(self.lines)


def _answered(due: Sequence[Step], observation: ScoresReceived) -> bool:
    """Whether these are answers to what the case asks models for."""
    step = due[0] if due else None
    return isinstance(step, AskModels) and answers_all(step.plans, observation)


def _of_batch(due: Sequence[Step]) -> tuple[Call, ...]:
    """Give the calls that are to be handed in."""
    step = due[0] if due else None
    return step.calls if isinstance(step, SubmitBatch) else ()


def _named(due: Sequence[Step]) -> tuple[str, ...]:
    return tuple(call.digest for call in _of_batch(due))


def _heard(artifacts: Artifacts, case: Case, heard: CallHeard) -> Result[tuple[Event, ...], RecordError]:
    """Read what came of a call that is under way."""
    call, tier = call_under_way(case.vision, heard.call), artifacts.vision
    if call is None or tier is None:
        return Failure(NotDue("CallHeard", ("AskVision",)))
    return Success((asking.received(artifacts.compiled, tier, call, heard),))


def _is_copy(written: DocumentWritten, document: Document) -> bool:
    return written.pages == document.pages and written.file == document_file(document.id, document.label)


def _pages_read(compiled: Compiled, case: Case, observation: PagesObserved) -> PagesRead:
    offset, source = first_page(case, observation.source) - 1, observation.source
    lines = iter(observation.lines)
    found = (
        stream_page(compiled, page, source, offset, next(lines) if isinstance(page, PageText) else None)
        for page in observation.pages
    )
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    # Nearly all sheets have one size, and a case keeps its pages: so they share it.
    pages = tuple([changed(page, size=sizes.setdefault(page.size, page.size)) for page in found])
    return PagesRead(digest_of_bytes(TEXTS_JOINED.join(observation.lines)) if observation.lines else None, pages)


def _pages_recognised(compiled: Compiled, case: Case, observation: RecognitionObserved) -> PagesRecognised:
    assert case.opened is not None, "pages of an opened case are recognised"
    plan, offset = case.opened.recognition, first_page(case, observation.source) - 1
    engine = next(attempt.engine for attempt in plan.attempts if attempt.effort is observation.effort)
    lines = iter(observation.lines)
    found: list[StreamPage] = []
    lost: list[PageUnreadable] = []
    for page in observation.pages:
        before = case.pages[page.page + offset - 1]
        if isinstance(page, PageText):
            how = Recognition(observation.effort, engine.name, sureness_ppm(page))
            seen = keeping_opinions(stream_page(compiled, page, observation.source, offset, next(lines)), before)
            found.append(changed(seen, layer=before.layer, recognition=how))
            continue
        lost.append(page)
        if before.recognition is None:
            unread = keeping_opinions(stream_page(compiled, page, observation.source, offset), before)
            found.append(changed(unread, layer=before.layer, size=before.size))
    texts = digest_of_bytes(TEXTS_JOINED.join(observation.lines)) if observation.lines else None
    return PagesRecognised(observation.source, observation.effort, texts, tuple(found), tuple(lost))


def stream_page(
    compiled: Compiled, page: PageText | PageUnreadable, source: int, offset: int, line: bytes | None = None
) -> StreamPage:
    """Find everything a page shows; *offset* pages of the package come before its source.

    *line* is the page's `text_line`, for those who have it already.
    """
    match page:
        case PageText():
            size = (page.width_millipoints, page.height_millipoints)
            text = digest_of_bytes(text_line(page) if line is None else line)
            origin = TextOrigin.OCR if page.origin is TextOrigin.OCR else TextOrigin.LAYER
            layer = Layer.TRUSTED if page.origin is TextOrigin.OCR else judge(page)
            found = read(compiled, page)
            said = said_of(compiled, compiled.model, page, found)
            return StreamPage(page.page + offset, source, text, size, found, opinions=said, origin=origin, layer=layer)
        case PageUnreadable():
            return StreamPage(page.page + offset, source, None, (0, 0), None, page)


def file_type_of(artifacts: Artifacts, case: Case) -> FileType | None:
    """Give the kind of loan file that the case is checked as."""
    wanted = case.opened.file_type if case.opened is not None else None
    return next((kind for kind in artifacts.compiled.taxonomy.file_types if kind.id == wanted), None)


def decide(artifacts: Artifacts, case: Case, pages: Sequence[StreamPage]) -> Assembled:
    """Label and assemble *pages* of *case*, with the corrections that people made, and check the documents."""
    corrections = {page: correction.label for page, correction in case.corrections.items()}
    begins = {page: said.begins for page, said in case.boundaries.items()}
    labelled = label_pages(artifacts.compiled, artifacts.thresholds, pages, corrections, begins)
    found = findings(artifacts.compiled.taxonomy, file_type_of(artifacts, case), pages, labelled.documents)
    return Assembled(asking.told(labelled.pages, case.vision), labelled.documents, found)


def _corrected(
    artifacts: Artifacts, case: Case, correction: Correction | CorrectionWithdrawn
) -> Result[tuple[Event, ...], RecordError]:
    """Say whether a person may say that, or take it back."""
    known = [document_class.id for document_class in artifacts.compiled.taxonomy.classes]
    if case.outcome is None:
        return Failure(NotDue(type(correction).__name__, tuple(type(step).__name__ for step in next_steps(case))))
    if not 1 <= correction.page <= len(case.pages):
        return Failure(NoSuchPage(correction.page, len(case.pages)))
    match correction:
        case PageCorrected(label=label) if label not in {UNKNOWN, *known}:
            return Failure(NoSuchLabel(label, _near(label, known)))
        case BoundaryCorrected(page=page) if not may_begin(case, page):
            return Failure(BeginsAnyway(page))
        case CorrectionWithdrawn(page=page) if all(said.page != page for said in case.said):
            return Failure(NothingSaid(page))
        case _:
            pass
    if not correction.by.strip() or not correction.why.strip():
        return Failure(NobodyNamed())
    return Success((changed(correction, by=correction.by.strip(), why=correction.why.strip()),))


def _near(label: str, known: Sequence[str]) -> tuple[str, ...]:
    parts = {part for part in label.lower().replace("-", "_").split("_") if part}
    scored = [(-len(parts & set(name.split("_"))) - (label.lower() in name), name) for name in known]
    return tuple(name for score, name in sorted(scored) if score < 0)[:3]
