"""What is due for a package, and what an attempt's result means."""

from collections.abc import Sequence

from casefold.batch.events import (
    AttemptAbandoned,
    AttemptBegan,
    AttemptEnded,
    AttemptFailed,
    BatchEvent,
    CaseRow,
    Fault,
    PackageFound,
    PackageRevived,
)
from casefold.batch.state import DEAD, Batch, Package, State

PASSING_REFUSALS = frozenset({"TookTooLong"})
"""Refusals of files that a calmer machine may take back."""


def begin(package: Package) -> AttemptBegan:
    """Begin the next attempt of a package that is open."""
    assert package.state is State.OPEN and not package.working, "one attempt at a time, and none after the end"
    return AttemptBegan(package.package, package.begun + 1)


def settle(package: Package, result: CaseRow | Fault, attempts_max: int) -> AttemptEnded | AttemptFailed:
    """Say what the result of the running attempt means: the end, another attempt, or a dead letter.

    Only a passing fault is tried again, and at most *attempts_max* times in all.
    """
    assert package.working, "a result belongs to an attempt"
    last = package.failures + 1 >= attempts_max
    if isinstance(result, Fault):
        return AttemptFailed(package.package, package.begun, result, last or not result.passing)
    passing = [each for each in result.refused if each.reason in PASSING_REFUSALS]
    if passing and not last:
        fault = Fault(passing[0].reason, f"{passing[0].source}: {passing[0].detail}", passing=True)
        return AttemptFailed(package.package, package.begun, fault, last=False)
    return AttemptEnded(package.package, package.begun, result)


def take_up(batch: Batch, found: Sequence[PackageFound], *, again: bool = False) -> tuple[BatchEvent, ...]:
    """Say what a run of a batch changes before it begins.

    Attempts that an earlier run left open are abandoned; packages that are new or changed are found; and with *again*
    the dead letters are tried again.
    """
    events: list[BatchEvent] = [
        AttemptAbandoned(each.package, each.begun) for _, each in sorted(batch.packages.items()) if each.working
    ]
    changed = [each for each in found if _version(batch, each) != each.version]
    renewed = {each.package for each in changed}
    dead = [name for name, each in sorted(batch.packages.items()) if each.state in DEAD and name not in renewed]
    return (*events, *changed, *(PackageRevived(name) for name in dead if again))


def _version(batch: Batch, found: PackageFound) -> str | None:
    known = batch.packages.get(found.package)
    return None if known is None else known.version
