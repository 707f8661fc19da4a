"""Whether an event can have happened to a case: a chain proves order and content, not that they make sense."""

import re
from collections.abc import Mapping

from casefold.case.asked import ledger_of
from casefold.case.asking import answers_kept, call_under_way
from casefold.case.deciding import as_of, same_person, standing_outcome
from casefold.case.events import (
    Assembled,
    BatchSubmitted,
    BoundaryCorrected,
    CallsPlanned,
    CallsReserved,
    CaseDecided,
    CaseOpened,
    CorrectionWithdrawn,
    DecisionApproved,
    DecisionOverridden,
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
from casefold.case.facts import CASE
from casefold.case.recall import recalled
from casefold.case.scoring import answers_all, facts_json, plans_of, responses, scored, scores_value
from casefold.case.state import Case, first_page, may_begin, source_pages
from casefold.kernel.canonical import written
from casefold.vision.budget import next_calls, under_way

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def misfit(case: Case, event: Event) -> str | None:
    """Say why *event* cannot have happened to *case*; ``None`` where it can."""
    if isinstance(event, CaseOpened):
        names = [event.taxonomy, event.thresholds, *(source.digest for source in event.sources)]
        names += [each for each in (event.fields, event.rules, event.model) if each is not None]
        fits = case.opened is None and bool(event.sources) and all(map(_DIGEST.fullmatch, names))
        return None if fits else "a case is opened once, with files and digests"
    if case.opened is None:
        return "the case was not opened before"
    sources, fits = range(len(case.opened.sources)), False
    match event:
        case SourceOpened() | SourceRefused():
            fits = event.source in sources and event.source not in case.sources
        case PagesRead():
            fits = len(case.sources) == len(sources) and _reads_on(case, event)
        case PagesRecognised():
            fits = not case.reviewed and _recognises(case, event)
        case Assembled():
            fits = len(case.sources) == len(sources) and _covers(case, event)
        case FieldsExtracted():
            fits = _extracts(case, event)
        case RulesAsked():
            fits = case.outcome is not None and case.opened.rules is not None and _rules(case, event)
        case PagesRecalled():
            fits = case.recalled is None and case.outcome is None and _recalls(case, event)
        case CallsPlanned() | CallsReserved() | BatchSubmitted() | OpinionsReceived():
            fits = _asks(case, event)
        case DocumentWritten() | DocumentNotWritten():
            fits = case.outcome is not None and event.document in {each.id for each in case.outcome.documents}
        case PageCorrected() | BoundaryCorrected() | CorrectionWithdrawn():
            fits = case.outcome is not None and _says(case, event)
        case PolicyGiven():
            digests = _DIGEST.fullmatch(event.policy) and _DIGEST.fullmatch(event.content)
            own = {CASE, *(call.input for call in event.scores)}
            fits = bool(digests) and as_of(event) is not None and own.isdisjoint(event.facts.members)
        case ScoresReceived():
            fits = case.outcome is not None and _scores(case, event)
        case CaseDecided():
            fits = case.outcome is not None and case.decided is None and _decides(case, event)
        case DecisionOverridden():
            fits = case.decided is not None and event.decision == case.decided.digest and _signed(event)
        case DecisionApproved():
            fits = _approves(case, event)
        case Reported():
            fits = case.outcome is not None and (case.given is None or case.decided is not None)
    return None if fits else f"{type(event).__name__} does not fit what happened before"


def _says(case: Case, event: PageCorrected | BoundaryCorrected | CorrectionWithdrawn) -> bool:
    """Whether a person can have said that of a page, or taken it back."""
    match event:
        case PageCorrected():
            return 1 <= event.page <= len(case.pages)
        case BoundaryCorrected():
            return may_begin(case, event.page)
        case CorrectionWithdrawn():
            return any(said.page == event.page for said in case.said)


def _extracts(case: Case, event: FieldsExtracted) -> bool:
    """Whether fields are of documents of the case, and stand on their pages."""
    if case.outcome is None or case.opened is None or case.opened.fields is None:
        return False
    documents = {document.id: (document.label, document.pages) for document in case.outcome.documents}
    return all(
        documents.get(read.document) == (read.label, read.pages)
        and all(each.document == read.document and each.page in read.pages for each in read.fields)
        for read in event.documents
    )


def _rules(case: Case, event: RulesAsked) -> bool:
    """Whether rulings are about documents of the case, and cite their pages."""
    assert case.outcome is not None, "it is looked at before"
    pages = {document.id: document.pages for document in case.outcome.documents}
    return all(
        pages.keys() >= set(ruling.documents)
        and all(cited.page in pages.get(cited.document, ()) for cited in ruling.cited)
        for ruling in event.rulings
    )


def _scores(case: Case, event: ScoresReceived) -> bool:
    """Whether answers are to what the policy asks on the facts that were given."""
    given = case.given
    return (
        given is not None
        and case.scores is None
        and case.decided is None
        and bool(plans := plans_of(given))
        and answers_all(plans, event)
        and all(map(_DIGEST.fullmatch, responses((event,))))
    )


def _asks(case: Case, event: CallsPlanned | CallsReserved | BatchSubmitted | OpinionsReceived) -> bool:
    """Whether a language model may have been asked that: what was planned, for money that was held back."""
    asked = case.vision
    if isinstance(event, CallsPlanned):
        names = [call.digest for call in event.calls]
        pages = [page for call in event.calls for page in call.numbers]
        wanted = case.opened is not None and case.opened.vision is not None
        return (
            asked is None
            and wanted
            and case.outcome is not None
            and len(set(names)) == len(names)
            and len(set(pages)) == len(pages)
            and set(pages) <= {page.page for page in case.pages}
        )
    if asked is None:
        return False
    match event:
        case CallsReserved():
            due = tuple(call.digest for call in next_calls(ledger_of(asked)))
            return bool(event.calls) and event.calls == due
        case BatchSubmitted():
            waiting = tuple(call.digest for call in under_way(ledger_of(asked)))
            return asked.plan.batch and event.calls == waiting and not any(event.id == one.id for one in asked.batches)
        case OpinionsReceived():
            return _answers_call(case, event)


def _answers_call(case: Case, event: OpinionsReceived) -> bool:
    """Whether an answer is to a call that is under way, costs no more than it may, and speaks of its pages alone."""
    call = call_under_way(case.vision, event.call)
    told = [each.page for each in event.opinions]
    return (
        call is not None
        and 0 <= event.cost_micro_usd <= call.reserve_micro_usd
        and len(set(told)) == len(told)
        and set(told) <= set(call.numbers)
        and all(map(_DIGEST.fullmatch, answers_kept((event,))))
        and (event.again is None or set(event.again.numbers) <= set(call.numbers) - set(told))
    )


def _recalls(case: Case, event: PagesRecalled) -> bool:
    """Whether what was recalled may have been, and is weighed as it must be."""
    pages = [each.page for each in event.recalled]
    return (
        case.opened is not None
        and case.opened.tenant is not None
        and pages == sorted(set(pages))
        and set(pages) <= {page.page for page in case.pages}
        and recalled(event.recalled) == event
    )


def _signed(event: DecisionOverridden | DecisionApproved) -> bool:
    return bool(event.by.strip()) and bool(event.why.strip())


def _decides(case: Case, event: CaseDecided) -> bool:
    """Whether a decision is of the policy that was given, on the facts that were given and the scores that came."""
    given, record = case.given, event.record.members
    facts = record.get("facts")
    if given is None or not isinstance(facts, Mapping):
        return False
    scores = scored(given, case.scores)
    expected = {**given.facts.members, **facts_json(scores)}
    own = {name: fact for name, fact in facts.items() if name != CASE}
    asked = (record.get("policy"), record.get("as_of"), record.get("zone"))
    return (
        event.digest == event.record.digest
        and asked == (given.policy, given.as_of, given.zone)
        and (case.scores is not None or not plans_of(given))
        and written(own) == written(expected)
        and record.get("scores") == scores_value(scores)
        and ("undecided" in record) != ("outcome" in record)
    )


def _approves(case: Case, event: DecisionApproved) -> bool:
    overridden = case.overridden
    return (
        case.decided is not None
        and event.decision == case.decided.digest
        and event.outcome == standing_outcome(case)
        and _signed(event)
        and (overridden is None or not same_person(event.by, overridden.by))
    )


def _total(case: Case) -> int:
    return sum(source_pages(case, source) for source in case.sources)


def _pages_of(case: Case, source: int) -> range:
    """Give the package's numbers of a source's pages."""
    first = first_page(case, source)
    return range(first, first + source_pages(case, source))


def _reads_on(case: Case, event: PagesRead) -> bool:
    done, names = len(case.pages), [page.text for page in event.pages if page.text is not None]
    return (
        [page.page for page in event.pages] == list(range(done + 1, done + len(event.pages) + 1))
        and done + len(event.pages) <= _total(case)
        and all(page.page in _pages_of(case, page.source) for page in event.pages)
        and all(map(_DIGEST.fullmatch, names))
        and (event.texts is None) == (not names)
        and (event.texts is None or _DIGEST.fullmatch(event.texts) is not None)
    )


def _recognises(case: Case, event: PagesRecognised) -> bool:
    """Whether the pages are of the source, read before, and due for just this attempt."""
    assert case.opened is not None, "the case was opened before"
    place = case.opened.recognition.place(event.effort)
    offset = first_page(case, event.source) - 1
    lost = {page.page + offset for page in event.lost}
    seen = [page.page for page in event.pages]
    numbers = {*seen, *lost}
    names = [page.text for page in event.pages if page.text is not None]
    return (
        place is not None
        and len(case.pages) == _total(case)
        and bool(numbers)
        and numbers <= set(_pages_of(case, event.source))
        and seen == sorted(set(seen))
        and all(case.tried.get(number, 0) == place for number in numbers)
        and all(page.source == event.source for page in event.pages)
        and all(map(_DIGEST.fullmatch, names))
        and (event.texts is None) == (not names)
        and (event.texts is None or _DIGEST.fullmatch(event.texts) is not None)
    )


def _covers(case: Case, event: Assembled) -> bool:
    numbers = list(range(1, _total(case) + 1))
    held = sorted(page for document in event.documents for page in document.pages)
    return (
        [page.page for page in case.pages] == numbers
        and [label.page for label in event.labels] == numbers
        and held == numbers
        and all(document.pages for document in event.documents)
        and all(page in _pages_of(case, each.source) for each in event.documents for page in each.pages)
    )
