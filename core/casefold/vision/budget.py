"""What is spent, what is held back, and what still fits: nothing is asked that the budget might not pay for.

Before a call goes out, the most that it can cost is held back; when its answer is there, what it did cost takes the
place of that. So the budget holds whatever comes back. A call of which nobody knows what became of it stays paid for in
full, and an endpoint that counts more tokens than were sent is asked nothing more.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from casefold.vision.answers import Problem
from casefold.vision.calls import Call
from casefold.vision.tokens import Prices, Usage, cost_micro_usd

GIVE_UP = 3
"""After so many calls in a row that nobody took, no more are made: the endpoint is down."""

NOBODY_THERE = frozenset({
    Problem.UNREACHABLE, Problem.TIMED_OUT, Problem.OVER_QUOTA, Problem.REJECTED, Problem.FAILING,
})  # fmt: skip


@frozen
class Settled:
    """What became of a call.

    Attributes:
        micro_usd: What it cost.
        problem: Why it has no answer, or not all.
        overclaimed: Whether more tokens were counted than it can have had.
    """

    micro_usd: int
    problem: Problem | None = None
    overclaimed: bool = False


@frozen
class Ledger:
    """The calls of a case.

    Attributes:
        budget_micro_usd: What they may cost together.
        calls_at_once: How many may be under way.
        calls: All that there are, in order.
        reserved: The digests of those for which money was held back.
        settled: What became of those that ended, in that order.
    """

    budget_micro_usd: int
    calls_at_once: int
    calls: Sequence[Call]
    reserved: frozenset[str]
    settled: Mapping[str, Settled]


def settle(prices: Prices, call: Call, usage: Usage | None, *, billed: bool, batch: bool = False) -> tuple[int, bool]:
    """Say what a call cost, and whether more was claimed than it can have cost.

    *billed* says whether it may have been charged where no usage was told.
    """
    if usage is None:
        return (call.reserve_micro_usd if billed else 0), False
    cost = cost_micro_usd(prices, usage, batch=batch)
    return min(cost, call.reserve_micro_usd), cost > call.reserve_micro_usd


def held_micro_usd(ledger: Ledger) -> int:
    """Say what is spent and held back together."""
    spent = sum(each.micro_usd for each in ledger.settled.values())
    return spent + sum(call.reserve_micro_usd for call in under_way(ledger))


def under_way(ledger: Ledger) -> tuple[Call, ...]:
    """Give the calls for which money is held back."""
    return tuple(call for call in ledger.calls if call.digest in ledger.reserved and call.digest not in ledger.settled)


def next_calls(ledger: Ledger) -> tuple[Call, ...]:
    """Give the calls for which money is to be held back now; the first that does not fit ends them."""
    if gave_up(ledger) or overclaimed(ledger):
        return ()
    waiting = under_way(ledger)
    held, free = held_micro_usd(ledger), ledger.calls_at_once - len(waiting)
    found: list[Call] = []
    for call in unasked(ledger):
        held += call.reserve_micro_usd
        if len(found) >= free or held > ledger.budget_micro_usd:
            break
        found.append(call)
    return tuple(found)


def unasked(ledger: Ledger) -> tuple[Call, ...]:
    """Give the calls for which no money was held back."""
    return tuple(call for call in ledger.calls if call.digest not in ledger.reserved)


def is_over(ledger: Ledger) -> bool:
    """Whether nothing is under way, and nothing more will be."""
    return not under_way(ledger) and not next_calls(ledger)


def gave_up(ledger: Ledger) -> bool:
    """Whether the last calls found nobody there."""
    last = list(ledger.settled.values())[-GIVE_UP:]
    return len(last) == GIVE_UP and all(each.problem in NOBODY_THERE for each in last)


def overclaimed(ledger: Ledger) -> bool:
    """Whether the endpoint counted more tokens than a call can have had."""
    return any(each.overclaimed for each in ledger.settled.values())
