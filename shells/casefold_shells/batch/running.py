"""The loop of a batch: begin what is due, record what ended, and say what all of it came to.

What is recorded in the manifest is all that a batch is. Killed anywhere, the next run folds it and goes on.
"""

import asyncio
import contextlib
import heapq
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Protocol

from attrs import frozen

from casefold.batch.backoff import Backoff, wait_ms
from casefold.batch.codec import event_value, read_event
from casefold.batch.events import (
    AttemptAbandoned,
    AttemptEnded,
    AttemptFailed,
    BatchEvent,
    BatchOpened,
    CaseRow,
    Fault,
    PackageFound,
)
from casefold.batch.naming import names
from casefold.batch.record import begin, settle, take_up
from casefold.batch.state import Batch, Package, State, advance, fold, makes_sense
from casefold.kernel.canonical import Written, canonical, written
from casefold.kernel.instants import rfc3339
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.clock import SystemClock
from casefold_adapters.objects.addresses import Address
from casefold_shells.batch.engines import Engine
from casefold_shells.batch.inputs import Entry
from casefold_shells.batch.orders import Task
from casefold_shells.batch.outputs import Lines, OutputError
from casefold_shells.batch.wording import BatchError, ManifestBroken, OtherBatch


class Watch(Protocol):
    """Sees a batch go by."""

    def begun(self, package: Package) -> None:
        """An attempt began."""
        ...

    def ended(self, package: Package) -> None:
        """An attempt ended, well or not."""
        ...


@frozen
class Plan:
    """How a batch is gone through.

    Attributes:
        attempts_max: How often a package is tried.
        backoff: How long it is waited between.
        again: Whether dead letters are tried again.
    """

    attempts_max: int = 3
    backoff: Backoff = Backoff()
    again: bool = False


class Stop:
    """Whether a batch is to end early: by letting what runs end, or at once."""

    def __init__(self) -> None:
        """Go on."""
        self.wanted = asyncio.Event()
        self.at_once = asyncio.Event()


class Ledger:
    """The manifest and what it says: recorded first, then so."""

    def __init__(self, lines: Lines, batch: Batch) -> None:
        """Go on from *batch*."""
        self._lines = lines
        self.opened = batch.opened
        self.packages: dict[str, Package] = dict(batch.packages)

    @property
    def batch(self) -> Batch:
        """All of it."""
        return Batch(self.opened, self.packages)

    async def record(self, events: Sequence[BatchEvent]) -> Result[None, OutputError]:
        """Record *events*; they are kept when this returns."""
        if not events:
            return Success(None)
        at = rfc3339(SystemClock().now())
        kept = await self._lines.append([canonical({"at": at, "event": event_value(event)}) for event in events])
        if isinstance(kept, Failure):
            return kept
        for event in events:
            if isinstance(event, BatchOpened):
                self.opened = event
            else:
                self.packages[event.package] = advance(self.packages.get(event.package), event)
        return Success(None)


def read_manifest(out: Path | Address, lines: Sequence[bytes]) -> Result[Batch, ManifestBroken]:
    """Fold the lines of a manifest."""
    batch = Batch()
    packages: dict[str, Package] = {}
    for number, line in enumerate(lines, 1):
        event = _event(line)
        if event is None or not makes_sense(Batch(batch.opened, packages), event):
            return Failure(ManifestBroken(str(out), number))
        if isinstance(event, BatchOpened):
            batch = fold([event], batch)
        else:
            packages[event.package] = advance(packages.get(event.package), event)
    return Success(Batch(batch.opened, packages))


def _event(line: bytes) -> BatchEvent | None:
    try:
        raw = json.loads(line)
        return read_event(raw["event"]).value_or(None)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


async def take_on(
    ledger: Ledger, out: Path | Address, opening: BatchOpened, entries: Sequence[Entry], plan: Plan, limit: int | None
) -> Result[tuple[Entry, ...], BatchError]:
    """Open a batch, or check that it is the one that is there; record what is new in the input."""
    if ledger.opened is None:
        opened = await ledger.record([opening])
        if isinstance(opened, Failure):
            return opened
    differs = _differences(ledger.opened or opening, opening)
    if differs:
        return Failure(OtherBatch(str(out), differs))
    chosen = tuple(entries[:limit])
    known = {each.package: each.name for each in ledger.packages.values()}
    called = names([(each.package, each.stem) for each in entries], known)
    found = [PackageFound(entry.package, called[entry.package], entry.version) for entry in chosen]
    taken = await ledger.record(take_up(ledger.batch, found, again=plan.again))
    return taken.map(lambda _: chosen)


def _differences(before: BatchOpened, wanted: BatchOpened) -> tuple[str, ...]:
    pairs = (
        ("the input", before.input, wanted.input),
        ("the taxonomy, file type or policy", before.order, wanted.order),
        ("--as-of", before.as_of, wanted.as_of or before.as_of),
    )
    return tuple(name for name, old, new in pairs if old != new)


class Runner:
    """Goes through the packages of a batch."""

    def __init__(self, ledger: Ledger, engine: Engine, plan: Plan, watch: Watch, stop: Stop) -> None:
        """Have *engine* do what *ledger* says is open."""
        self._ledger = ledger
        self._engine = engine
        self._plan = plan
        self._watch = watch
        self._stop = stop
        self._running: dict[asyncio.Task[CaseRow | Fault], str] = {}
        self._waiting: list[tuple[float, str]] = []

    async def run(self, entries: Sequence[Entry], facts: Mapping[str, Written | str]) -> Result[None, OutputError]:
        """Take every open package of *entries* to its end; *facts* may hold why there are none for a package."""
        known = {entry.package: entry for entry in entries}
        # A heap of when and which: those that never failed come first, by name.
        self._waiting = [(0.0, name) for name in sorted(known) if self._ledger.packages[name].state is State.OPEN]
        try:
            while self._running or (self._waiting and not self._stop.wanted.is_set()):
                begun = await self._begin(known, facts)
                if isinstance(begun, Failure):
                    return begun
                await self._pause()
                if self._stop.at_once.is_set():
                    break
                settled = await self._settle()
                if isinstance(settled, Failure):
                    return settled
            return await self._abandon()
        finally:
            for each in self._running:
                each.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def _begin(self, known: Mapping[str, Entry], facts: Mapping[str, Written | str]) -> Result[None, OutputError]:
        due: list[str] = []
        while (
            not self._stop.wanted.is_set()
            and len(self._running) + len(due) < self._engine.slots
            and self._waiting
            and self._waiting[0][0] <= monotonic()
        ):
            due.append(heapq.heappop(self._waiting)[1])
        recorded = await self._ledger.record([begin(self._ledger.packages[name]) for name in due])
        if isinstance(recorded, Failure):
            return recorded
        for name in due:
            package = self._ledger.packages[name]
            task = _task(package, known[name], facts.get(name, _NO_FACTS))
            self._running[asyncio.create_task(self._engine.run(task))] = name
            self._watch.begun(package)
        return Success(None)

    async def _pause(self) -> None:
        """Wait until an attempt ends, one is due, or the batch is to end."""
        told = self._stop.at_once if self._stop.wanted.is_set() else self._stop.wanted
        stopped = asyncio.create_task(told.wait())
        free = len(self._running) < self._engine.slots and self._waiting and not self._stop.wanted.is_set()
        seconds = max(0.0, self._waiting[0][0] - monotonic()) if free else None
        try:
            await asyncio.wait({*self._running, stopped}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await stopped

    async def _settle(self) -> Result[None, OutputError]:
        done = [each for each in self._running if each.done()]
        events: list[AttemptEnded | AttemptFailed] = []
        for each in done:
            package = self._ledger.packages[self._running.pop(each)]
            events.append(settle(package, each.result(), self._plan.attempts_max))
        recorded = await self._ledger.record(events)
        if isinstance(recorded, Failure):
            return recorded
        for event in events:
            package = self._ledger.packages[event.package]
            if package.state is State.OPEN:
                wait = wait_ms(self._plan.backoff, package.package, package.failures) / 1_000
                heapq.heappush(self._waiting, (monotonic() + wait, package.package))
            self._watch.ended(package)
        return Success(None)

    async def _abandon(self) -> Result[None, OutputError]:
        left = [self._ledger.packages[name] for name in self._running.values()]
        return await self._ledger.record([AttemptAbandoned(each.package, each.begun) for each in left])


_NO_FACTS = written({})


def _task(package: Package, entry: Entry, facts: Written | str) -> Task:
    return Task(
        package=package.package,
        name=package.name,
        version=package.version,
        attempt=package.begun,
        at=entry.at,
        keys=entry.keys,
        size=entry.size,
        facts=facts if isinstance(facts, Written) else _NO_FACTS,
        problem=facts if isinstance(facts, str) else None,
    )
