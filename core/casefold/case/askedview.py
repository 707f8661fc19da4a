"""What a language model was asked and what it cost, as it is told: a meter of every call."""

from decimal import Decimal

from attrs import frozen

from casefold.case.asked import Asked, ledger_of
from casefold.case.events import OpinionsReceived
from casefold.case.state import Case
from casefold.feel import numbers
from casefold.kernel.canonical import Json
from casefold.vision.budget import gave_up, overclaimed, under_way
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
