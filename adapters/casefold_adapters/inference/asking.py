"""Ask a model until it answers, it refuses for good, or time is up.

Only what says that trying again may help is tried again: no connection, a server that is busy or down for now. Waits
grow exponentially and are drawn from the whole interval ("full jitter", M. Brooker, AWS Architecture Blog 2015), so
that callers who failed together do not come back together. Clock and chance are arguments.
"""

import asyncio
import random
import time
from collections.abc import Callable
from typing import Protocol

from attrs import field, frozen

from casefold.kernel.canonical import digest_of_bytes
from casefold.kernel.results import Failure, Result
from casefold.policy.answers import Said
from casefold.policy.scorefacts import ScoreReceived, ScoreUnusable
from casefold.policy.scores import ScoreModel, ScoreRequested

SECOND = 1_000_000
"""Microseconds."""

WAIT_MICROSECONDS = 50_000
"""The first wait is at most this; each that follows at most twice the one before."""

WAIT_MICROSECONDS_MAX = 2 * SECOND


@frozen
class Heard:
    """An attempt brought bytes: what they say, and the bytes."""

    said: Said
    body: bytes = field(repr=False)


@frozen
class Failed:
    """An attempt brought no answer.

    Attributes:
        why: What came of it.
        body: What the server wrote, if anything.
        again: Whether another attempt may help.
        after_microseconds: How long the server asks to wait before.
    """

    why: ScoreUnusable
    body: bytes | None = field(default=None, repr=False)
    again: bool = False
    after_microseconds: int | None = None


class Scorer(Protocol):
    """A server of one model, behind one protocol."""

    async def attempt(
        self, model: ScoreModel, requested: ScoreRequested, timeout_microseconds: int
    ) -> Result[Heard, Failed]:
        """Send a request once."""
        ...


class Timer(Protocol):
    """A clock that never runs back, and a way to let time pass."""

    def microseconds(self) -> int:
        """Give the time since some fixed moment."""
        ...

    async def wait(self, microseconds: int) -> None:
        """Let so much time pass."""
        ...


class SystemTimer:
    """The machine's own clock."""

    def microseconds(self) -> int:
        """Give the time since the machine was started, or some such moment."""
        return time.monotonic_ns() // 1_000

    async def wait(self, microseconds: int) -> None:
        """Sleep."""
        await asyncio.sleep(microseconds / SECOND)


def any_of(count: int) -> int:
    """Draw a number from 0 up to, not including, *count*."""
    return random.randrange(count)  # noqa: S311 - callers are spread, nothing is kept secret


@frozen
class Answer:
    """What came of asking a model, and the bytes that its digest names."""

    received: ScoreReceived
    body: bytes | None = field(default=None, repr=False)


async def ask(
    scorer: Scorer,
    model: ScoreModel,
    requested: ScoreRequested,
    *,
    timer: Timer | None = None,
    chance: Callable[[int], int] = any_of,
) -> Answer:
    """Ask a model, again where that may help, until its deadline."""
    timer = timer or SystemTimer()
    start = timer.microseconds()
    timeout = int(model.timeout_seconds * SECOND)
    deadline = start + int(model.deadline_seconds * SECOND)
    attempts = 0
    while True:
        attempts += 1
        found = await scorer.attempt(model, requested, max(1, min(timeout, deadline - timer.microseconds())))
        now = timer.microseconds()
        if not isinstance(found, Failure):
            heard = found.unwrap()
            return _answer(requested, attempts, now - start, heard.said, heard.body)
        failed = found.failure()
        wait = wait_before(attempts, failed.after_microseconds, chance)
        if not failed.again or attempts > model.retries or now + wait >= deadline:
            return _answer(requested, attempts, now - start, failed.why, failed.body)
        await timer.wait(wait)


def wait_before(retry: int, after_microseconds: int | None, chance: Callable[[int], int]) -> int:
    """Say how long to wait before a retry, from 1 on; never less than the server asks for.

    >>> [wait_before(retry, None, lambda count: count - 1) for retry in (1, 2, 3, 9)]
    [50000, 100000, 200000, 2000000]
    """
    longest = min(WAIT_MICROSECONDS_MAX, WAIT_MICROSECONDS << retry - 1)
    return (after_microseconds or 0) + chance(longest + 1)


def _answer(
    requested: ScoreRequested,
    attempts: int,
    latency_microseconds: int,
    found: Said | ScoreUnusable,
    body: bytes | None,
) -> Answer:
    outcome, version = (found.outcome, found.version) if isinstance(found, Said) else (found, None)
    response = None if body is None else digest_of_bytes(body)
    received = ScoreReceived(
        requested.model, version, requested.digest, response, attempts, latency_microseconds, outcome
    )
    return Answer(received, body)
