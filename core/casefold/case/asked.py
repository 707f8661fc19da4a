"""What a case asked a language model: the calls that were planned, for which money is held back, and what came."""

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from casefold.case.events import BatchSubmitted, CallsPlanned, CallsReserved, OpinionsReceived
from casefold.pages.labels import Tier
from casefold.pages.opinions import PageOpinions
from casefold.pages.stream import StreamPage
from casefold.vision.budget import Ledger, Settled, is_over
from casefold.vision.calls import Call


@frozen
class Asked:
    """What was asked, and what came of it.

    Attributes:
        plan: What was planned.
        calls: The planned calls, and those that ask once more.
        reserved: The digests of calls for which money was held back.
        batches: What was handed in to be answered later.
        answers: What came, by the call's digest, in that order.
        weighed: Whether the pages were assembled since the last answer came.
    """

    plan: CallsPlanned
    calls: tuple[Call, ...]
    reserved: frozenset[str] = frozenset()
    batches: tuple[BatchSubmitted, ...] = ()
    answers: Mapping[str, OpinionsReceived] = field(factory=dict[str, OpinionsReceived])
    weighed: bool = False


def planned(event: CallsPlanned) -> Asked:
    """Begin to ask; where nothing is to be asked, nothing is to be weighed."""
    return Asked(event, event.calls, weighed=not event.calls)


def reserved(asked: Asked, event: CallsReserved) -> Asked:
    """Hold money back."""
    return evolve(asked, reserved=asked.reserved | set(event.calls))


def submitted(asked: Asked, event: BatchSubmitted) -> Asked:
    """Remember a batch."""
    return evolve(asked, batches=(*asked.batches, event))


def received(asked: Asked, event: OpinionsReceived) -> Asked:
    """Take what came of a call."""
    more = () if event.again is None else (event.again,)
    return evolve(asked, calls=asked.calls + more, answers={**asked.answers, event.call: event}, weighed=False)


def assembled(asked: Asked | None) -> Asked | None:
    """Remember that the pages were assembled; it counts once nothing more is to come."""
    return None if asked is None else evolve(asked, weighed=is_over(ledger_of(asked)))


def ledger_of(asked: Asked) -> Ledger:
    """Give what was asked as money."""
    plan = asked.plan
    settled = {
        name: Settled(answer.cost_micro_usd, answer.problem, answer.overclaimed)
        for name, answer in asked.answers.items()
    }
    at_once = max(1, len(asked.calls)) if plan.batch else plan.calls_at_once
    return Ledger(plan.budget_micro_usd, at_once, asked.calls, asked.reserved, settled)


def with_opinions(pages: tuple[StreamPage, ...], opinions: Iterable[PageOpinions]) -> tuple[StreamPage, ...]:
    """Give pages with what a tier said of them."""
    told = {each.page: each for each in opinions}
    return tuple(
        evolve(
            page,
            opinions=page.opinions + told[page.page].opinions,
            joins=page.joins + told[page.page].joins,
        )
        if page.page in told
        else page
        for page in pages
    )


RECORDED = frozenset({Tier.MEMORY, Tier.VISION})
"""Tiers whose opinions are recorded when they are given: what they rest on may be gone, or be another, later."""


def keeping_opinions(fresh: StreamPage, recorded_page: StreamPage) -> StreamPage:
    """Give a page that was read again the opinions that were recorded of it."""
    kept = tuple(opinion for opinion in recorded_page.opinions if opinion.tier in RECORDED)
    return evolve(fresh, opinions=fresh.opinions + kept, joins=recorded_page.joins)
