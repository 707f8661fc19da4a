"""Run history through two policies, in one process or in several; the result is the same."""

import multiprocessing
import signal
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker

from attrs import evolve, frozen

from casefold.feel.values import World
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.backtest import joined, summarised
from casefold.policy.deciding import Ready, decide_by, ready
from casefold.policy.summary import Pair, Summary, Unread, nothing
from casefold_adapters import facts
from casefold_adapters.facts import BadRow, Chunk, Columns, FactsBroken
from casefold_adapters.zones import IanaZones
from casefold_shells.backtest.asking import Plan

ROWS = 1_000
"""Rows that are decided between two looks at the clock: some hundred milliseconds of work."""

AHEAD = 3
"""Chunks that wait for each process, so that none is ever idle and none piles up."""

Seen = Callable[[int, int], None]
"""Is told how many rows are done, and how many bytes of the file."""


@frozen
class WorkerLost:
    """A process was ended from outside, most likely for want of memory."""


@frozen(eq=False)
class Deciding:
    """What a process needs to count a chunk; the second policy is the first again where both decide alike."""

    plan: Plan
    columns: Columns
    both: tuple[Ready, Ready]
    world: World


def deciding(plan: Plan) -> Deciding:
    """Make ready what decides."""
    zones = IanaZones()
    one = ready(plan.policies[0]).unwrap()
    other = one if plan.same else ready(plan.policies[1]).unwrap()
    both = one, other
    return Deciding(plan, evolve(plan.columns(), zones=zones), both, World(plan.as_of, zones=zones))


def count(by: Deciding, chunk: Chunk) -> Summary:
    """Decide a chunk by both policies, and count what came of it."""
    return summarised(by.plan.terms, _pairs(by, chunk))


def _pairs(by: Deciding, chunk: Chunk) -> Iterator[Pair | Unread]:
    plan = by.plan
    for row in facts.rows_of(plan.source, by.columns, chunk):
        if isinstance(row, BadRow):
            yield Unread(row.at, row.where, row.why)
            continue
        given = row.facts
        one = decide_by(by.both[0], {name: given[name] for name in given if name in by.both[0].facts}, by.world)
        other = (
            one
            if plan.same
            else decide_by(by.both[1], {name: given[name] for name in given if name in by.both[1].facts}, by.world)
        )
        groups = tuple(row.texts.get(name) for name in plan.terms.groups)
        kept = {name: row.texts.get(name) or "" for name in plan.kept}
        yield Pair(row.at, given, (one, other), groups, kept)


def run(plan: Plan, workers: int, seen: Seen) -> Result[Summary, FactsBroken | WorkerLost]:
    """Count all of history; Ctrl-C ends it with nothing left behind."""
    chunks = facts.chunks(plan.source, plan.columns(), ROWS)
    return _alone(plan, chunks, seen) if workers <= 1 else _together(plan, chunks, workers, seen)


def _alone(plan: Plan, chunks: Iterator[Chunk | FactsBroken], seen: Seen) -> Result[Summary, FactsBroken | WorkerLost]:
    by, summary, rows = deciding(plan), nothing(plan.terms), 0
    for chunk in chunks:
        if isinstance(chunk, FactsBroken):
            return Failure(chunk)
        summary = joined(plan.terms, summary, count(by, chunk))
        rows += chunk.count
        seen(rows, chunk.done)
    return Success(summary)


def _together(
    plan: Plan, chunks: Iterator[Chunk | FactsBroken], workers: int, seen: Seen
) -> Result[Summary, FactsBroken | WorkerLost]:
    # Processes are begun afresh: a copy of this one would hold its locks, and whatever draws its progress.
    context = multiprocessing.get_context("spawn")
    resource_tracker.ensure_running()  # on its own, for it would let Ctrl-C through to those that begin with it
    pool = ProcessPoolExecutor(workers, context, _begin, (plan,))
    try:
        return _collected(plan, chunks, workers, pool, seen)
    except BrokenProcessPool:
        return Failure(WorkerLost())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _collected(
    plan: Plan, chunks: Iterator[Chunk | FactsBroken], workers: int, pool: ProcessPoolExecutor, seen: Seen
) -> Result[Summary, FactsBroken | WorkerLost]:
    summary, rows, done = nothing(plan.terms), 0, 0
    under_way: dict[Future[Summary], Chunk] = {}
    more = True
    while more or under_way:
        while more and len(under_way) < workers * AHEAD:
            chunk = next(chunks, None)
            if isinstance(chunk, FactsBroken):
                return Failure(chunk)
            more = chunk is not None
            if chunk is not None:
                with _uninterrupted():
                    under_way[pool.submit(_count, chunk)] = chunk
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            chunk = under_way.pop(future)
            summary = joined(plan.terms, summary, future.result())
            rows, done = rows + chunk.count, max(done, chunk.done)
            seen(rows, done)
    return Success(summary)


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Hold Ctrl-C back while processes begin: they take over what is held back, and so only this one is interrupted."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_OWN: list[Deciding] = []
"""What this process decides by, if it is one of several."""


def _begin(plan: Plan) -> None:
    _OWN[:] = [deciding(plan)]


def _count(chunk: Chunk) -> Summary:
    return count(_OWN[0], chunk)
