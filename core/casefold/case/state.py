"""A loan case as the fold of its events."""

from collections.abc import Iterable, Mapping
from functools import reduce

from attrs import evolve as changed
from attrs import field, frozen

from casefold.case import asked as asking
from casefold.case.asked import Asked, with_opinions
from casefold.case.events import (
    Assembled,
    BatchSubmitted,
    BoundaryCorrected,
    CallsPlanned,
    CallsReserved,
    CaseDecided,
    CaseOpened,
    Correction,
    CorrectionWithdrawn,
    DecisionApproved,
    DecisionOverridden,
    DocumentFields,
    DocumentNotWritten,
    DocumentWritten,
    Event,
    FieldsExtracted,
    OpinionsReceived,
    PageCorrected,
    PagesRead,
    PagesRecalled,
    PagesRecognised,
    PolicyGiven,
    Reported,
    RulesAsked,
    ScoresReceived,
    SourceOpened,
    SourceRefused,
)
from casefold.pages.recognition import NO_RECOGNITION
from casefold.pages.stream import StreamPage


@frozen
class Pack:
    """A blob of page texts.

    Attributes:
        texts: Its digest.
        pages: The package's pages whose texts it holds, a line each, in order.
        recognised: Whether the texts were recognised; they take the place of those that were read.
    """

    texts: str
    pages: tuple[int, ...]
    recognised: bool = False


@frozen
class Case:
    """What is known of a case.

    Attributes:
        opened: How it began; ``None`` before it did.
        sources: For each source that was looked at, whether it is a PDF.
        pages: The pages read so far, in order.
        packs: Where their texts are; of a page that is in several, the last holds.
        tried: How many of the attempts at recognising each page were made.
        reviewed: Whether a person ever said anything of a page, taken back or not.
        said: What people said of pages and nobody took back, in order.
        corrections: The labels of it that hold, by page.
        boundaries: What of it holds of where documents begin, by page.
        outcome: The labels, documents and findings; ``None`` while they are due.
        fields: What was read from each document, by document id; documents that are not here are still to be read.
        asked: What came of the rules across documents; ``None`` while that is due.
        written: What became of each document's PDF, by document id.
        reported: How the outcome was written down; ``None`` while that is due.
        given: The policy that it is decided by, and the caller's facts; ``None`` if it is not decided.
        scores: What models answered for it; ``None`` while that is due, or where none are asked.
        decided: What the policy decided on the present outcome; ``None`` while that is due.
        overridden: What a person put in its place.
        approved: Who approved what stands.
        recalled: What reviewed pages its pages are like; ``None`` while that is due, or where none are recalled.
        vision: What a language model was asked; ``None`` while that is to be planned, or where none is.

    What can be large is left out of its ``repr``: event loops and debuggers ask for one at odd times.
    """

    opened: CaseOpened | None = None
    sources: Mapping[int, SourceOpened | SourceRefused] = field(factory=dict[int, SourceOpened | SourceRefused])
    pages: tuple[StreamPage, ...] = field(default=(), repr=False)
    packs: tuple[Pack, ...] = field(default=(), repr=False)
    tried: Mapping[int, int] = field(factory=dict[int, int], repr=False)
    reviewed: bool = False
    said: tuple[Correction, ...] = ()
    corrections: Mapping[int, PageCorrected] = field(factory=dict[int, PageCorrected])
    boundaries: Mapping[int, BoundaryCorrected] = field(factory=dict[int, BoundaryCorrected])
    outcome: Assembled | None = field(default=None, repr=False)
    fields: Mapping[str, DocumentFields] = field(factory=dict[str, DocumentFields], repr=False)
    asked: RulesAsked | None = field(default=None, repr=False)
    written: Mapping[str, DocumentWritten | DocumentNotWritten] = field(
        factory=dict[str, DocumentWritten | DocumentNotWritten]
    )
    reported: Reported | None = None
    given: PolicyGiven | None = field(default=None, repr=False)
    scores: ScoresReceived | None = field(default=None, repr=False)
    decided: CaseDecided | None = field(default=None, repr=False)
    overridden: DecisionOverridden | None = None
    approved: DecisionApproved | None = None
    recalled: PagesRecalled | None = field(default=None, repr=False)
    vision: Asked | None = field(default=None, repr=False)


def evolve(case: Case, event: Event) -> Case:
    """Take one event into account."""
    match event:
        case CaseOpened():
            return changed(case, opened=event)
        case SourceOpened() | SourceRefused():
            return changed(case, sources={**case.sources, event.source: event})
        case PagesRead():
            return changed(case, pages=case.pages + event.pages, packs=case.packs + _packs(event))
        case PagesRecognised():
            return _recognised(case, event)
        case Assembled():
            return changed(
                case,
                outcome=event,
                fields=_still_read(case, event),
                asked=None,
                vision=asking.assembled(case.vision),
                written=_still_true(case, event),
                decided=None,
                reported=None,
            )
        case FieldsExtracted():
            read = {each.document: each for each in event.documents}
            return changed(case, fields={**case.fields, **read}, asked=None, decided=None, reported=None)
        case RulesAsked():
            return changed(case, asked=event, decided=None, reported=None)
        case PagesRecalled():
            return changed(case, recalled=event, pages=with_opinions(case.pages, event.opinions))
        case CallsPlanned():
            return changed(case, vision=asking.planned(event), reported=None)
        case CallsReserved() | BatchSubmitted() | OpinionsReceived():
            return _asked(case, event)
        case DocumentWritten() | DocumentNotWritten():
            return changed(case, written={**case.written, event.document: event}, reported=None)
        case PageCorrected() | BoundaryCorrected():
            return _said(case, (*case.said, event))
        case CorrectionWithdrawn():
            last = max((at for at, said in enumerate(case.said) if said.page == event.page), default=None)
            return _said(case, tuple(said for at, said in enumerate(case.said) if at != last))
        case PolicyGiven():
            return changed(case, given=event, scores=None, asked=None, decided=None, reported=None)
        case ScoresReceived():
            return changed(case, scores=event, decided=None, reported=None)
        case CaseDecided():
            return _decided(case, event)
        case DecisionOverridden():
            return changed(case, overridden=event, approved=None, reported=None)
        case DecisionApproved():
            return changed(case, approved=event, reported=None)
        case Reported():
            return changed(case, reported=event)


def _said(case: Case, said: tuple[Correction, ...]) -> Case:
    """Let hold what people *said* of pages, the last of each; the case is to be assembled anew."""
    return changed(
        case,
        reviewed=True,
        said=said,
        corrections={each.page: each for each in said if isinstance(each, PageCorrected)},
        boundaries={each.page: each for each in said if isinstance(each, BoundaryCorrected)},
        outcome=None,
        decided=None,
        reported=None,
    )


def fold(events: Iterable[Event], case: Case = Case()) -> Case:
    """Take *events* into account in order.

    Folding the first part and then the rest from there gives the same case as folding all.
    """
    return reduce(evolve, events, case)


def _asked(case: Case, event: CallsReserved | BatchSubmitted | OpinionsReceived) -> Case:
    """Take what became of calls; a case that planned none is left as it is, and its history makes no sense."""
    if case.vision is None:
        return case
    match event:
        case CallsReserved():
            return changed(case, vision=asking.reserved(case.vision, event))
        case BatchSubmitted():
            return changed(case, vision=asking.submitted(case.vision, event))
        case OpinionsReceived():
            pages = with_opinions(case.pages, event.opinions)
            return changed(case, vision=asking.received(case.vision, event), pages=pages)


def _decided(case: Case, event: CaseDecided) -> Case:
    """Take a decision; what people said of another one is void."""
    overridden = case.overridden if case.overridden and case.overridden.decision == event.digest else None
    approved = case.approved if case.approved and case.approved.decision == event.digest else None
    return changed(case, decided=event, overridden=overridden, approved=approved, reported=None)


def _recognised(case: Case, event: PagesRecognised) -> Case:
    """Take recognised pages in place of those that were read; the case is to be assembled anew."""
    plan = case.opened.recognition if case.opened is not None else NO_RECOGNITION
    new = {page.page: page for page in event.pages}
    offset = first_page(case, event.source) - 1
    done = (plan.place(event.effort) or 0) + 1
    named = tuple(page.page for page in event.pages if page.text is not None)
    return changed(
        case,
        pages=tuple([new.get(page.page, page) for page in case.pages]),
        packs=case.packs if event.texts is None else (*case.packs, Pack(event.texts, named, recognised=True)),
        tried={**case.tried, **dict.fromkeys((*new, *(lost.page + offset for lost in event.lost)), done)},
        outcome=None,
        decided=None,
        reported=None,
    )


def text_places(case: Case, *, layer: bool = False) -> Mapping[int, int]:
    """Give, for each page that could be read, the place in ``packs`` of the one that holds its text.

    With *layer* that of the text as its file has it, also of pages that were recognised since, or could not be.
    """
    return {
        page: at
        for at, pack in enumerate(case.packs)
        if not (layer and pack.recognised)
        for page in pack.pages
        if layer or case.pages[page - 1].text is not None
    }


def _packs(event: PagesRead) -> tuple[Pack, ...]:
    if event.texts is None:
        return ()
    return (Pack(event.texts, tuple(page.page for page in event.pages if page.text is not None)),)


def _still_true(case: Case, event: Assembled) -> Mapping[str, DocumentWritten | DocumentNotWritten]:
    """Keep the PDFs that a new assembly asks for again, page for page, under the same name."""
    return {
        document.id: written
        for document in event.documents
        if isinstance(written := case.written.get(document.id), DocumentWritten)
        and written.file == document_file(document.id, document.label)
        and written.pages == document.pages
    }


def _still_read(case: Case, event: Assembled) -> Mapping[str, DocumentFields]:
    """Keep the fields of documents that a new assembly leaves as they were, page for page."""
    return {
        document.id: read
        for document in event.documents
        if (read := case.fields.get(document.id)) is not None
        and (read.label, read.pages) == (document.label, document.pages)
    }


def document_file(document: str, label: str) -> str:
    """Name a document's PDF, relative to the case's folder."""
    return f"documents/{document}-{label}.pdf"


def source_pages(case: Case, source: int) -> int:
    """How many pages a source has; none while it is unknown or refused."""
    seen = case.sources.get(source)
    return seen.pages if isinstance(seen, SourceOpened) else 0


def first_page(case: Case, source: int) -> int:
    """The package's number of a source's first page, from 1."""
    return 1 + sum(source_pages(case, before) for before in range(source))


def may_begin(case: Case, page: int) -> bool:
    """Whether it is a question if a document begins with a page: with the first one of a file, it does."""
    return 1 <= page <= len(case.pages) and page != first_page(case, case.pages[page - 1].source)
