"""The loop that every shell shares: ask the case what is due, have the world do it, record what came of it."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from attrs import frozen

from casefold.case.events import Event
from casefold.case.record import Artifacts, Observation, RecordError, record
from casefold.case.state import Case, fold
from casefold.case.steps import Step, next_steps
from casefold.kernel.chain import Head
from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.atomic import StorageFailed


class World(Protocol):
    """Does what a case asks for, and says what came of it."""

    async def perform(self, case: Case, step: Step) -> Result[Observation, StorageFailed]:
        """Do one step. A document that cannot be read is an observation; only a failing store is a failure."""
        ...


class Log(Protocol):
    """Keeps events, in order, for good."""

    async def append(self, at: Instant, events: Sequence[Event]) -> Result[Head, StorageFailed]:
        """Record events; when this returns they are kept."""
        ...


class Clock(Protocol):
    """Knows the time."""

    def now(self) -> Instant:
        """Give the present instant."""
        ...


@frozen
class Refused:
    """The case did not accept what the world observed: a bug in one of the two."""

    step: Step
    error: RecordError


DriveError: TypeAlias = StorageFailed | Refused


async def drive(
    artifacts: Artifacts,
    case: Case,
    world: World,
    log: Log,
    clock: Clock,
    watch: Callable[[Case], None],
    stop_before: tuple[type[Step], ...] = (),
) -> Result[Case, DriveError]:
    """Take *case* as far as it goes, or up to a step of a kind in *stop_before*; *watch* sees it after every step.

    Killed anywhere, the log holds all that was recorded: fold it and drive again.
    """
    while (steps := next_steps(case)) and not isinstance(steps[0], stop_before):
        observed = await world.perform(case, steps[0])
        if isinstance(observed, Failure):
            return observed
        advanced = await accept(artifacts, case, observed.unwrap(), log, clock)
        if isinstance(advanced, Failure):
            error = advanced.failure()
            return Failure(error if isinstance(error, StorageFailed) else Refused(steps[0], error))
        case = advanced.unwrap()
        watch(case)
    return Success(case)


async def accept(
    artifacts: Artifacts, case: Case, observation: Observation, log: Log, clock: Clock
) -> Result[Case, RecordError | StorageFailed]:
    """Record one observation: first in the log, then in the case."""
    events = record(artifacts, case, observation)
    if isinstance(events, Failure):
        return events
    kept = await log.append(clock.now(), events.unwrap())
    if isinstance(kept, Failure):
        return kept
    return Success(fold(events.unwrap(), case))
