"""A package of a batch as the fold of its events; it knows nothing of the other packages, nor of workers."""

from collections.abc import Iterable, Mapping, MutableMapping
from enum import Enum
from types import MappingProxyType

from attrs import evolve, frozen

from casefold.batch.events import (
    AttemptAbandoned,
    AttemptBegan,
    AttemptEnded,
    AttemptFailed,
    BatchEvent,
    BatchOpened,
    CaseRow,
    Fault,
    PackageEvent,
    PackageFound,
    PackageRevived,
)


class State(Enum):
    """How far a package is."""

    OPEN = "open"
    """It was not taken to its end yet."""
    DONE = "done"
    """Its case is finished."""
    REFUSED = "refused"
    """Its case is finished without some of its files, which could not be opened."""
    FAILED = "failed"
    """It has no case: every attempt came to nothing."""


DEAD = frozenset({State.REFUSED, State.FAILED})
"""The states of packages that are among the dead letters."""


@frozen
class Package:
    """A package of a batch.

    Attributes:
        package: The name of its file or folder in the input.
        name: What its case's folder is called.
        version: What changes when its files do.
        begun: How many attempts were begun, over all runs.
        working: Whether the last of them has not ended.
        failures: How many attempts came to nothing since it was found or revived.
        row: What its case came to.
        fault: Why the last attempt came to nothing.
    """

    package: str
    name: str
    version: str
    state: State = State.OPEN
    begun: int = 0
    working: bool = False
    failures: int = 0
    row: CaseRow | None = None
    fault: Fault | None = None


@frozen
class Batch:
    """A batch: how it was opened, and its packages by the names that they have in the input."""

    opened: BatchOpened | None = None
    packages: Mapping[str, Package] = MappingProxyType({})


def advance(package: Package | None, event: PackageEvent) -> Package:
    """Take a package one event further; its first is always that it was found."""
    if isinstance(event, PackageFound):
        begun = package.begun if package is not None else 0
        return Package(event.package, event.name, event.version, begun=begun)
    assert package is not None, "a package is found before anything happens to it"
    match event:
        case AttemptBegan(_, attempt):
            return evolve(package, begun=attempt, working=True)
        case AttemptEnded(_, _, row):
            state = State.REFUSED if row.refused else State.DONE
            return evolve(package, state=state, working=False, row=row, fault=None)
        case AttemptFailed(_, _, fault, last):
            state = State.FAILED if last else State.OPEN
            return evolve(package, state=state, working=False, failures=package.failures + 1, fault=fault)
        case AttemptAbandoned():
            return evolve(package, working=False)
        case PackageRevived():
            return evolve(package, state=State.OPEN, working=False, failures=0, row=None)


def fold(events: Iterable[BatchEvent], batch: Batch = Batch()) -> Batch:
    """Take a batch through *events*."""
    opened = batch.opened
    packages: MutableMapping[str, Package] = dict(batch.packages)
    for event in events:
        if isinstance(event, BatchOpened):
            opened = event
        else:
            packages[event.package] = advance(packages.get(event.package), event)
    return Batch(opened, MappingProxyType(packages))


def makes_sense(batch: Batch, event: BatchEvent) -> bool:
    """Whether an event may come next: what was recorded by this program always may."""
    if isinstance(event, BatchOpened):
        return batch.opened is None
    if batch.opened is None:
        return False
    package = batch.packages.get(event.package)
    if isinstance(event, PackageFound):
        return package is None or not package.working
    if package is None:
        return False
    match event:
        case AttemptBegan(_, attempt):
            return package.state is State.OPEN and not package.working and attempt == package.begun + 1
        case PackageRevived():
            return package.state in DEAD
        case AttemptEnded(_, attempt, _) | AttemptFailed(_, attempt, _, _) | AttemptAbandoned(_, attempt):
            return package.working and attempt == package.begun
