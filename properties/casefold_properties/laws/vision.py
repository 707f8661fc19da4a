"""Laws of asking a language model: the budget holds, every answer is read, and nothing is said of other pages."""

from collections.abc import Callable, Mapping, Sequence

from casefold.case.asked import ledger_of
from casefold.case.state import Case
from casefold.kernel.canonical import canonical
from casefold.pages.labels import PageLabel, Reason, Status, Tier
from casefold.pages.signals import Compiled
from casefold.vision.answers import Reply, read_reply
from casefold.vision.budget import Ledger, Settled, held_micro_usd, is_over, next_calls, settle, under_way
from casefold.vision.calls import Call
from casefold.vision.prompts import PageShown, prefix, request, text_bytes, vocabulary
from casefold.vision.tier import VisionTier
from casefold.vision.tokens import Prices, Usage, image_tokens, text_tokens_max

Reserve = Callable[[Ledger], tuple[Call, ...]]
Settle = Callable[[Prices, Call, Usage | None], tuple[int, bool]]


def _settled(prices: Prices, call: Call, usage: Usage | None) -> tuple[int, bool]:
    return settle(prices, call, usage, billed=True)


def budget_holds(
    budget: int,
    at_once: int,
    calls: Sequence[Call],
    prices: Prices,
    usages: Sequence[Usage | None],
    reserve: Reserve = next_calls,
    settled: Settle = _settled,
) -> None:
    """Whatever tokens an endpoint counts, what is spent and held back is never more than the budget; and it ends."""
    ledger = Ledger(budget, at_once, calls, frozenset(), {})
    for turn in range(2 * len(calls) + 1):
        chosen = reserve(ledger)
        ledger = Ledger(budget, at_once, calls, ledger.reserved | {call.digest for call in chosen}, ledger.settled)
        assert held_micro_usd(ledger) <= budget
        waiting = under_way(ledger)
        assert len(waiting) <= at_once
        if not waiting:
            break
        call = waiting[turn % len(waiting)]
        cost, over = settled(prices, call, usages[turn % len(usages)] if usages else None)
        ended = {**ledger.settled, call.digest: Settled(cost, None, over)}
        ledger = Ledger(budget, at_once, calls, ledger.reserved, ended)
        assert held_micro_usd(ledger) <= budget
    assert is_over(ledger)


def a_budget_for_all_asks_all(calls: Sequence[Call], reserve: Reserve = next_calls) -> None:
    """Where the budget suffices for the dearest outcome of every call, every call is made."""
    ledger = Ledger(sum(call.reserve_micro_usd for call in calls), max(1, len(calls)), calls, frozenset(), {})
    assert reserve(ledger) == tuple(calls)


def reply_is_read(
    body: bytes,
    pages: Sequence[int],
    words: frozenset[str],
    read: Callable[[bytes, Sequence[int], frozenset[str]], Reply] = read_reply,
) -> None:
    """Whatever comes back: each page has one answer at most, in the vocabulary, and a problem says what lacks."""
    reply = read(body, pages, words)
    told = [answer.page for answer in reply.answers]
    assert told == [page for page in pages if page in set(told)]
    assert all(answer.label in words and words.issuperset(answer.alternatives) for answer in reply.answers)
    assert all(answer.label not in answer.alternatives for answer in reply.answers)
    assert (reply.problem is None) == (set(told) == set(pages))
    assert reply.usage is None or 0 <= reply.usage.cached <= reply.usage.input


def request_is_bounded(compiled: Compiled, tier: VisionTier, call: Call, shown: Mapping[int, PageShown]) -> None:
    """What goes out is no more than was held back for, begins like every other call, and knows no other label."""
    body = request(compiled, tier, call, shown)
    pictures = sum(
        image_tokens(tier.image, page.width, page.height)
        for page in call.pages
        if tier.image is not None and page.page in shown and shown[page.page].picture is not None
    )
    assert text_tokens_max(text_bytes(body)) + pictures <= call.input_tokens_max
    assert canonical(body["messages"]).startswith(canonical({"content": prefix(compiled), "role": "system"}), 1)
    assert body["max_completion_tokens"] == call.output_tokens_max


def plan_is_sound(
    compiled: Compiled, tier: VisionTier, labels: Sequence[PageLabel], sources: Mapping[int, int], calls: Sequence[Call]
) -> None:
    """Each page is asked about once, with pages of its file, and only where a person would have to look or to cut."""
    pages = [page for call in calls for page in call.numbers]
    assert len(set(pages)) == len(pages) <= tier.pages_max
    assert all(1 <= len(call.pages) <= tier.pages_a_call for call in calls)
    assert all({sources[page] for page in call.numbers} == {call.source} for call in calls)
    assert all(list(call.numbers) == sorted(call.numbers) for call in calls)
    told = {label.page: label for label in labels}
    for page in pages:
        assert told[page].status is Status.REVIEW or told[page].reason is Reason.SURE
        assert told[page].tier is not Tier.PERSON
    assert len({call.digest for call in calls}) == len(calls)
    assert frozenset(vocabulary(compiled)) >= {each.id for each in compiled.taxonomy.classes}


def asking_is_accounted_for(case: Case) -> None:
    """A case that asked spent no more than it might, asked no page twice but once again, and says why it stopped."""
    if case.vision is None:
        return
    asked, ledger = case.vision, ledger_of(case.vision)
    assert is_over(ledger)
    assert held_micro_usd(ledger) <= ledger.budget_micro_usd
    assert set(asked.answers) == asked.reserved
    firsts = [page for call in asked.calls if call.attempt == 1 for page in call.numbers]
    assert len(set(firsts)) == len(firsts)
    assert all(call.attempt <= 2 for call in asked.calls)
    answered = {each.page for answer in asked.answers.values() for each in answer.opinions}
    assert case.outcome is not None
    for label in case.outcome.labels:
        if label.reason in {Reason.BUDGET_EXHAUSTED, Reason.UNANSWERED}:
            assert label.page in firsts and label.page not in answered and label.status is Status.REVIEW
        if label.tier is Tier.VISION and label.reason is not Reason.COPY:
            assert label.page in answered
