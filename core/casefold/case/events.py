"""What can happen to a loan case. Events are the truth; everything else about a case is worked out from them."""

from typing import TypeAlias

from attrs import frozen

from casefold.documents.findings import Finding
from casefold.fields.model import Field
from casefold.kernel.canonical import Written
from casefold.memory.recalling import PageMatches
from casefold.pages.labels import PageLabel
from casefold.pages.opinions import PageOpinions
from casefold.pages.recognition import NO_RECOGNITION, Effort, RecognitionPlan
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import PageUnreadable
from casefold.policy.experiments import Assignment
from casefold.policy.scorecalls import ScoreCall
from casefold.policy.scorefacts import ScoreReceived
from casefold.validation.model import Ruling
from casefold.vision.answers import Problem
from casefold.vision.calls import Call
from casefold.vision.tokens import Usage

SEMANTICS = "3"
"""The version of the rules by which pages are weighed and assembled; replay under another would be another case."""


@frozen
class SourceFile:
    """A file of the package: its name, the digest of its bytes and how many there are."""

    name: str
    digest: str
    bytes: int


@frozen
class CaseOpened:
    """A package was taken in.

    Attributes:
        name: What the case is called.
        sources: Its files, in order.
        taxonomy: The digest of the taxonomy that it is read under.
        thresholds: The digest of the thresholds that its labels must reach.
        file_type: The kind of loan file that it is checked as, if any.
        semantics: See `SEMANTICS`.
        fields: The digest of the specifications that fields are extracted under; ``None`` where none are.
        rules: The digest of the rules across documents that it is asked; ``None`` where it is asked none.
        recognition: How pages are recognised that have no words of their own.
        model: The digest of the local model that speaks of its pages; ``None`` for none.
        vision: The digest of what it may ask a language model; ``None`` if it asks none.
        tenant: Whose reviewed pages it may recall; ``None`` if it recalls none.
    """

    name: str
    sources: tuple[SourceFile, ...]
    taxonomy: str
    thresholds: str
    file_type: str | None
    semantics: str
    fields: str | None = None
    rules: str | None = None
    recognition: RecognitionPlan = NO_RECOGNITION
    model: str | None = None
    vision: str | None = None
    tenant: str | None = None


@frozen
class SourceOpened:
    """Source number *source* (from 0) is a PDF of *pages* pages; *repaired* if its structure had to be mended."""

    source: int
    pages: int
    repaired: bool


@frozen
class SourceRefused:
    """Source number *source* could not be opened: *reason* is the kind of fault, *detail* its facts."""

    source: int
    reason: str
    detail: str


@frozen
class PagesRead:
    """Pages were read, and everything they show was found.

    Attributes:
        texts: The digest of the blob that holds their texts, one line each; ``None`` where none could be read.
        pages: What was found.
    """

    texts: str | None
    pages: tuple[StreamPage, ...]


@frozen
class PagesRecognised:
    """Pages of a source were recognised, and everything their words show was found anew.

    Attributes:
        source: The source, from 0.
        effort: With how much effort.
        texts: The digest of the blob that holds their texts, one line each; ``None`` where there are none.
        pages: What was found; these take the place of the pages as they were.
        lost: Pages that could not be recognised; one of them that had words keeps those.
    """

    source: int
    effort: Effort
    texts: str | None
    pages: tuple[StreamPage, ...]
    lost: tuple[PageUnreadable, ...] = ()


@frozen
class PagesRecalled:
    """Pages were compared with those that people reviewed.

    Attributes:
        recalled: The reviewed pages that some are like.
        opinions: What that is worth.
    """

    recalled: tuple[PageMatches, ...]
    opinions: tuple[PageOpinions, ...]


@frozen
class Assembled:
    """All pages were labelled and assembled, and the documents checked."""

    labels: tuple[PageLabel, ...]
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


@frozen
class DocumentFields:
    """What was read from one document: its id, class and pages, by which it is known again, and its fields."""

    document: str
    label: str
    pages: tuple[int, ...]
    fields: tuple[Field, ...]


@frozen
class FieldsExtracted:
    """Fields were read from documents."""

    documents: tuple[DocumentFields, ...]


@frozen
class RulesAsked:
    """The rules across documents were asked of what they state."""

    rulings: tuple[Ruling, ...]


@frozen
class CallsPlanned:
    """It was worked out what a language model is to be asked.

    Attributes:
        calls: The questions, the one from which most is to be hoped first.
        budget_micro_usd: What the answers may cost together.
        calls_at_once: How many may be under way at a time.
        batch: Whether all are handed in at once, and fetched later.
    """

    calls: tuple[Call, ...]
    budget_micro_usd: int
    calls_at_once: int
    batch: bool = False


@frozen
class CallsReserved:
    """The most that these calls can cost, named by their digests, was held back; now they may go out."""

    calls: tuple[str, ...]


@frozen
class BatchSubmitted:
    """These calls, named by their digests, were handed in to be answered later; the endpoint calls them *id*."""

    id: str
    calls: tuple[str, ...]


@frozen
class OpinionsReceived:
    """A language model was asked.

    Attributes:
        call: The digest of the question.
        request: The digest of what was sent; ``None`` where nothing was.
        answer: The digest of the blob that holds what came back; ``None`` where nothing did.
        opinions: What it says of pages, weighed.
        problem: Why that is not all that was asked; ``None`` where it is.
        detail: The facts of a problem.
        usage: The tokens that the endpoint counted; ``None`` where it did not.
        cost_micro_usd: What it cost, in millionths of a dollar; never more than was held back for it.
        overclaimed: Whether the endpoint counted more tokens than the request can have had.
        model: The model that answered, as the endpoint names it.
        attempts: How often the request was sent.
        latency_microseconds: How long all of it took.
        kept: Whether the answer was kept from before, and cost nothing now.
        again: The question that is asked once more; ``None`` where none is.
    """

    call: str
    request: str | None
    answer: str | None
    opinions: tuple[PageOpinions, ...]
    problem: Problem | None
    detail: str
    usage: Usage | None
    cost_micro_usd: int
    overclaimed: bool = False
    model: str | None = None
    attempts: int = 1
    latency_microseconds: int = 0
    kept: bool = False
    again: Call | None = None


@frozen
class DocumentWritten:
    """A document's PDF was written and verified: *file* under the case's folder, its pages, digest and length."""

    document: str
    file: str
    pages: tuple[int, ...]
    digest: str
    bytes: int


@frozen
class DocumentNotWritten:
    """A document's PDF could not be written, or was not what it should be."""

    document: str
    detail: str


@frozen
class PageCorrected:
    """A person said what a page is."""

    page: int
    label: str
    by: str
    why: str


@frozen
class BoundaryCorrected:
    """A person said whether a document *begins* with a page, or the one before it goes on."""

    page: int
    begins: bool
    by: str
    why: str


Correction: TypeAlias = PageCorrected | BoundaryCorrected


@frozen
class CorrectionWithdrawn:
    """A person took back what was said last of a page; what was said of it before that holds again, if anything was."""

    page: int
    by: str
    why: str


@frozen
class PolicyGiven:
    """A policy was given to decide the case by, with what is known of the applicant beside the papers.

    Attributes:
        policy: The digest of what it decides and why.
        content: The digest of the blob that holds it as it was published.
        facts: The caller's facts by name, as FEEL values in JSON.
        as_of: The instant that the decision is made for: microseconds since 1970 in UTC, as text.
        zone: The time zone in which days are told; ``None`` for UTC.
        scores: The scores that the policy asks models for.
    """

    policy: str
    content: str
    facts: Written
    as_of: str
    zone: str | None = None
    scores: tuple[ScoreCall, ...] = ()


@frozen
class ShadowAnswer:
    """What came of asking a model that serves nobody; it is kept to compare, and decides nothing."""

    arm: str
    received: ScoreReceived


@frozen
class ScoreAnswer:
    """What came of asking for the score that fills *input*.

    Attributes:
        assignment: Which model served.
        served: What came of asking it.
        shadows: What came of asking the others.
    """

    input: str
    assignment: Assignment
    served: ScoreReceived
    shadows: tuple[ShadowAnswer, ...] = ()


@frozen
class ScoresReceived:
    """Models were asked for the scores that the policy wants; the bytes of each answer are a blob of its digest."""

    answers: tuple[ScoreAnswer, ...]


@frozen
class CaseDecided:
    """The policy decided the case, or could not: *record* says which and on what, *digest* names it."""

    record: Written
    digest: str


@frozen
class DecisionOverridden:
    """A person put an outcome of their own in place of the policy's.

    Attributes:
        decision: The digest of the decision's record; the override stands for this decision alone.
        outcome: One of the outcomes that the policy declares.
        reasons: Codes of reasons that the applicant is told.
    """

    decision: str
    outcome: str
    by: str
    why: str
    reasons: tuple[str, ...] = ()


@frozen
class DecisionApproved:
    """A person approved the *outcome* that stands for a decision; of an override, somebody other than who made it."""

    decision: str
    outcome: str
    by: str
    why: str


@frozen
class OutputFile:
    """A file that was written under the case's folder, and the digest of its bytes."""

    name: str
    digest: str


@frozen
class Reported:
    """The case's outcome was written down; *outcome* is its digest."""

    outcome: str
    files: tuple[OutputFile, ...]


Event: TypeAlias = (
    CaseOpened
    | SourceOpened
    | SourceRefused
    | PagesRead
    | PagesRecognised
    | PagesRecalled
    | Assembled
    | FieldsExtracted
    | RulesAsked
    | CallsPlanned
    | CallsReserved
    | BatchSubmitted
    | OpinionsReceived
    | DocumentWritten
    | DocumentNotWritten
    | PageCorrected
    | BoundaryCorrected
    | CorrectionWithdrawn
    | PolicyGiven
    | ScoresReceived
    | CaseDecided
    | DecisionOverridden
    | DecisionApproved
    | Reported
)
