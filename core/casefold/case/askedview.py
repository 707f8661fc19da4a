"""What a language model was asked and what it cost, as it is told: a meter of every call."""

from collections.abc import Iterable
from decimal import Decimal

from attrs import astuple, frozen

from casefold.case.asked import Asked, ledger_of
from casefold.case.events import OpinionsReceived
from casefold.case.state import Case
from casefold.feel import numbers
from casefold.kernel.canonical import Json
from casefold.pages.signals import Compiled
from casefold.vision.budget import gave_up, overclaimed, under_way
from casefold.vision.planning import forecast, group_calls, planner
from casefold.vision.tier import VisionTier
from casefold.vision.tokens import MILLION


@frozen
class Meter:
    """What the calls of a case amount to.

    Attributes:
        calls: How many were made.
        pages: The pages that have an answer.
        pages_unanswered: The pages that were to be asked about and have none.
        input_tokens: The tokens that were sent, as the endpoint counted them.
        cached_tokens: Those of them that it still had.
        output_tokens: The tokens that came back.
        micro_usd: What all of it cost, in millionths of a dollar.
        budget_micro_usd: What it might cost.
        stopped: Why no more calls were made, in words; empty where all were.
    """

    calls: int
    pages: int
    pages_unanswered: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    micro_usd: int
    budget_micro_usd: int
    stopped: str


def meter_of(asked: Asked) -> Meter:
    """Add up what was asked."""
    answers = list(asked.answers.values())
    used = [answer.usage for answer in answers if answer.usage is not None and not answer.kept]
    answered = {each.page for answer in answers for each in answer.opinions}
    wanted = {page for call in asked.calls for page in call.numbers}
    return Meter(
        len(answers),
        len(answered),
        len(wanted - answered),
        sum(usage.input for usage in used),
        sum(usage.cached for usage in used),
        sum(usage.output for usage in used),
        sum(answer.cost_micro_usd for answer in answers),
        asked.plan.budget_micro_usd,
        _stopped(asked),
    )


def _stopped(asked: Asked) -> str:
    ledger = ledger_of(asked)
    if not {call.digest for call in asked.calls} - asked.reserved:
        return ""
    if overclaimed(ledger):
        return "the endpoint counted more tokens than it was sent"
    if gave_up(ledger):
        return "nobody took the last calls"
    return "" if under_way(ledger) else "the budget was spent"


@frozen
class Spent:
    """What asking about some pages came to, beside asking about every page.

    Attributes:
        pages: The pages of the case.
        asked: Those that were asked about.
        calls: The calls that were made.
        micro_usd: What they cost, in millionths of a dollar.
        planned_micro_usd: What the planned calls were forecast to cost.
        every_micro_usd: What calls about every page would be forecast to cost.
    """

    pages: int
    asked: int
    calls: int
    micro_usd: int
    planned_micro_usd: int
    every_micro_usd: int


def spent(compiled: Compiled, tier: VisionTier, case: Case) -> Spent:
    """Say what an assembled case asked, and what it would have cost to ask about all of it."""
    assert case.outcome is not None, "only an assembled case has labels to ask about"
    calls = case.vision.plan.calls if case.vision is not None else ()
    every = group_calls(planner(compiled, tier), case.pages, case.outcome.labels, [page.page for page in case.pages])
    meter = meter_of(case.vision) if case.vision is not None else None
    return Spent(
        len(case.pages),
        sum(len(call.pages) for call in calls),
        0 if meter is None else meter.calls,
        0 if meter is None else meter.micro_usd,
        forecast(tier, calls).micro_usd,
        forecast(tier, every).micro_usd,
    )


def added(all_spent: Iterable[Spent]) -> Spent:
    """Add up what several cases came to.

    >>> added([Spent(9, 2, 1, 700, 650, 2_000), Spent(5, 0, 0, 0, 0, 1_100)])
    Spent(pages=14, asked=2, calls=1, micro_usd=700, planned_micro_usd=650, every_micro_usd=3100)
    """
    return Spent(*map(sum, zip((0,) * 6, *map(astuple, all_spent), strict=True)))


def asked_value(whole: Spent) -> dict[str, Json]:
    """Write what asking came to as JSON."""
    return {
        "pages": whole.pages,
        "asked": whole.asked,
        "calls": whole.calls,
        "cost_usd": dollars(whole.micro_usd),
        "forecast_usd": dollars(whole.planned_micro_usd),
        "forecast_every_page_usd": dollars(whole.every_micro_usd),
    }


def asked_words(whole: Spent) -> str:
    """Say in a line what asking came to.

    >>> asked_words(Spent(100, 4, 2, 700, 650, 13_000))
    'asked about 4 of 100 pages in 2 calls for $0.0007; forecast $0.00065, 5.0 % of the $0.013 for every page'
    """
    share = 100 * whole.planned_micro_usd / max(1, whole.every_micro_usd)
    return (
        f"asked about {whole.asked:,} of {whole.pages:,} pages in {whole.calls:,} calls for ${dollars(whole.micro_usd)}"
        f"; forecast ${dollars(whole.planned_micro_usd)}, {share:.1f} % of the ${dollars(whole.every_micro_usd)}"
        " for every page"
    )


def dollars(micro_usd: int) -> str:
    """Write an amount.

    >>> dollars(1_234_500), dollars(0)
    ('1.2345', '0')
    """
    return numbers.text(Decimal(micro_usd) / MILLION)


def vision_value(case: Case, tier: VisionTier | None) -> Json:
    """Write what a language model was asked as ``case.json`` has it; nothing where none was."""
    if case.opened is None or case.opened.vision is None or case.vision is None:
        return None
    meter = meter_of(case.vision)
    return {
        "tier": case.opened.vision,
        "model": None if tier is None else tier.model,
        "prices": None if tier is None else tier.prices.name,
        "accuracy_measured_on": None if tier is None else tier.accuracy.measured_on or None,
        "budget_usd": dollars(meter.budget_micro_usd),
        "cost_usd": dollars(meter.micro_usd),
        "pages_answered": meter.pages,
        "pages_unanswered": meter.pages_unanswered,
        "input_tokens": meter.input_tokens,
        "cached_tokens": meter.cached_tokens,
        "output_tokens": meter.output_tokens,
        "stopped": meter.stopped or None,
        "calls": [_row(case.vision, answer) for answer in case.vision.answers.values()],
    }


def _row(asked: Asked, answer: OpinionsReceived) -> Json:
    call = next(call for call in asked.calls if call.digest == answer.call)
    usage = answer.usage
    return {
        "pages": list(call.numbers),
        "attempt": call.attempt,
        "answered": [each.page for each in answer.opinions],
        "problem": None if answer.problem is None else answer.problem.value,
        "detail": answer.detail or None,
        "model": answer.model,
        "input_tokens": None if usage is None else usage.input,
        "cached_tokens": None if usage is None else usage.cached,
        "output_tokens": None if usage is None else usage.output,
        "reserved_usd": dollars(call.reserve_micro_usd),
        "cost_usd": dollars(answer.cost_micro_usd),
        "kept": answer.kept,
        "sends": answer.attempts,
        "latency_microseconds": answer.latency_microseconds,
        "request": answer.request,
        "response": answer.answer,
    }


def meter_words(meter: Meter) -> str:
    """Say in a line what a language model was asked.

    >>> meter_words(Meter(2, 7, 1, 9_000, 4_000, 500, 2_150, 50_000, ""))
    '2 calls about 8 pages, 7 answered: 9,000 tokens sent (4,000 of them cached), 500 back, $0.00215 of $0.05'
    """
    whole = (
        f"{meter.calls} calls about {meter.pages + meter.pages_unanswered} pages, {meter.pages} answered: "
        f"{meter.input_tokens:,} tokens sent ({meter.cached_tokens:,} of them cached), {meter.output_tokens:,} back, "
        f"${dollars(meter.micro_usd)} of ${dollars(meter.budget_micro_usd)}"
    )
    return f"{whole}; {meter.stopped}" if meter.stopped else whole
