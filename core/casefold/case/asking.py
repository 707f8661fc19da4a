"""Asking a language model on behalf of a case: what is to be asked, what an answer means, and what is told of it."""

from collections.abc import Iterable

from attrs import evolve, field, frozen

from casefold.case.asked import Asked, ledger_of
from casefold.case.events import CallsPlanned, CallsReserved, OpinionsReceived
from casefold.case.state import Case
from casefold.kernel.canonical import digest_of_bytes
from casefold.pages.labels import DEFAULT_THRESHOLDS, PageLabel, Reason, Status, Thresholds, Tier
from casefold.pages.signals import Compiled
from casefold.pages.stream import Document, label_pages
from casefold.vision.answers import ASKED_AGAIN, Problem, Reply, read_reply
from casefold.vision.budget import is_over, next_calls, overclaimed, settle, under_way
from casefold.vision.calls import Call
from casefold.vision.planning import again, plan_calls, planner
from casefold.vision.prompts import vocabulary
from casefold.vision.tier import VisionTier
from casefold.vision.weighing import opinions_of


@frozen
class CallHeard:
    """What came of a call.

    Attributes:
        call: Its digest.
        request: The digest of what was sent; ``None`` where nothing was.
        body: What came back; ``None`` where nothing did.
        problem: Why nothing came back that could be read.
        detail: What the outside knows of that, in a few words.
        billed: Whether it may be charged for, where no tokens were counted.
        attempts: How often it was sent.
        latency_microseconds: How long all of it took.
        kept: Whether the answer was kept from before, and cost nothing now.
    """

    call: str
    request: str | None = None
    body: bytes | None = field(default=None, repr=False)
    problem: Problem | None = None
    detail: str = ""
    billed: bool = False
    attempts: int = 1
    latency_microseconds: int = 0
    kept: bool = False


def lost(call: Call) -> CallHeard:
    """Say that nobody knows what became of a call."""
    return CallHeard(call.digest, problem=Problem.LOST, billed=True)


def plan(compiled: Compiled, tier: VisionTier, thresholds: Thresholds, case: Case) -> CallsPlanned:
    """Say what is to be asked of an assembled case."""
    labels, documents = _judged(compiled, thresholds, case)
    calls = plan_calls(compiled, tier, case.pages, labels, documents)
    return CallsPlanned(calls, tier.budget_micro_usd, tier.calls_at_once, tier.batch)


def _judged(
    compiled: Compiled, thresholds: Thresholds, case: Case
) -> tuple[tuple[PageLabel, ...], tuple[Document, ...]]:
    """Give labels and documents as they were judged when thresholds were calibrated: before there was a certificate.

    What it shows is shown of answers to the questions that were asked then, so it must not change what is asked.
    """
    assert case.outcome is not None, "a plan follows assembling"
    if thresholds.certificate is None:
        return case.outcome.labels, case.outcome.documents
    corrections = {page: correction.label for page, correction in case.corrections.items()}
    labelled = label_pages(compiled, DEFAULT_THRESHOLDS, case.pages, corrections)
    return labelled.pages, labelled.documents


def reservation(asked: Asked) -> CallsReserved:
    """Say for which calls money is held back now."""
    return CallsReserved(tuple(call.digest for call in next_calls(ledger_of(asked))))


def call_under_way(asked: Asked | None, name: str) -> Call | None:
    """Give the call of that digest, if money is held back for it."""
    waiting = under_way(ledger_of(asked)) if asked is not None else ()
    return next((call for call in waiting if call.digest == name), None)


def received(compiled: Compiled, tier: VisionTier, call: Call, heard: CallHeard) -> OpinionsReceived:
    """Read what came of a call."""
    reply = Reply((), heard.problem or Problem.NOT_A_REPLY)
    if heard.body is not None:
        reply = read_reply(heard.body, call.numbers, frozenset(vocabulary(compiled)))
    problem = heard.problem if heard.body is None else reply.problem
    cost, over = settle(tier.prices, call, reply.usage, billed=heard.billed, batch=tier.batch)
    more = None
    if problem in ASKED_AGAIN and not over and not tier.batch:
        more = again(planner(compiled, tier), call, [answer.page for answer in reply.answers])
    return OpinionsReceived(
        call=heard.call,
        request=heard.request,
        answer=None if heard.body is None else digest_of_bytes(heard.body),
        opinions=opinions_of(tier, reply.answers),
        problem=problem,
        detail=heard.detail,
        usage=reply.usage,
        cost_micro_usd=0 if heard.kept else cost,
        overclaimed=over and not heard.kept,
        model=reply.model,
        attempts=heard.attempts,
        latency_microseconds=heard.latency_microseconds,
        kept=heard.kept,
        again=more,
    )


def told(labels: tuple[PageLabel, ...], asked: Asked | None) -> tuple[PageLabel, ...]:
    """Say of labels who gave them, and of those in review why no answer helped."""
    if asked is None or not is_over(ledger_of(asked)):
        return labels
    answered = {each.page: each for answer in asked.answers.values() for each in answer.opinions}
    open_pages = {page for call in asked.calls for page in call.numbers} - answered.keys()
    spent = open_pages & _beyond_budget(asked)
    found: list[PageLabel] = []
    for label in labels:
        seen = answered.get(label.page)
        said = {opinion.label for opinion in seen.opinions[:1]} if seen is not None else set[str]()
        if label.tier is not Tier.PERSON and said & {label.label, label.looks_like}:
            found.append(evolve(label, tier=Tier.VISION))
        elif label.page in open_pages and label.status is Status.REVIEW and label.reason in _OPEN:
            reason = Reason.BUDGET_EXHAUSTED if label.page in spent else Reason.UNANSWERED
            found.append(evolve(label, reason=reason))
        else:
            found.append(label)
    return tuple(found)


_OPEN = frozenset({Reason.UNSURE, Reason.NO_CLASS, Reason.NO_TEXT})


def _beyond_budget(asked: Asked) -> set[int]:
    """Give the pages of calls that were never made for want of money."""
    ledger = ledger_of(asked)
    if overclaimed(ledger):
        return {page for call in asked.calls if call.digest not in asked.reserved for page in call.numbers}
    waiting = [call for call in asked.calls if call.digest not in asked.reserved]
    spent = sum(answer.cost_micro_usd for answer in asked.answers.values())
    short = bool(waiting) and spent + waiting[0].reserve_micro_usd > asked.plan.budget_micro_usd
    return {page for call in waiting for page in call.numbers} if short else set()


def answers_kept(events: Iterable[object]) -> frozenset[str]:
    """Give the digests of all answers that a case ever had; their bytes are blobs."""
    found = (event.answer for event in events if isinstance(event, OpinionsReceived))
    return frozenset(answer for answer in found if answer is not None)
