"""Laws of batches: nothing is lost, nothing is done twice, and who does what when leaves no trace."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from casefold.batch import record
from casefold.batch.backoff import Backoff, wait_ms
from casefold.batch.codec import event_value, read_event
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
)
from casefold.batch.naming import names
from casefold.batch.state import Batch, Package, State, fold, makes_sense
from casefold.batch.summary import Terms, summary_value
from casefold.kernel.canonical import Json, canonical
from casefold.kernel.results import Success
from casefold_properties.worlds import Choose

Script: TypeAlias = Mapping[str, tuple[CaseRow | Fault, ...]]
Settle: TypeAlias = Callable[[Package, CaseRow | Fault, int], AttemptEnded | AttemptFailed]
Sum: TypeAlias = Callable[[Terms, Batch], Mapping[str, Json]]

TERMS = Terms("1", {"name": "tiny"}, {"name": "none"})
STEPS_MAX = 2_000


def go_through(
    script: Script, choose: Choose, *, workers: int, attempts_max: int, settle: Settle = record.settle
) -> tuple[BatchEvent, ...]:
    """Go through a batch as *script* says, by so many workers, in an order and with crashes that chance has.

    Attempt by attempt a package goes on in its script only when an attempt failed: crashes are not its fault.
    """
    events: list[BatchEvent] = [BatchOpened("order", "input")]
    found = [PackageFound(name, name, "1") for name in script]
    batch = fold(events)

    def happen(news: Iterable[BatchEvent]) -> None:
        nonlocal batch
        news = tuple(news)
        events.extend(news)
        batch = fold(news, batch)

    happen(record.take_up(batch, found))
    for _ in range(STEPS_MAX):
        working = [each for each in batch.packages.values() if each.working]
        waiting = [each for each in batch.packages.values() if each.state is State.OPEN and not each.working]
        if not working and not waiting:
            break
        chance = choose(8)
        if chance == 7:
            happen(record.take_up(batch, found))
        elif waiting and len(working) < workers and (chance < 4 or not working):
            happen([record.begin(waiting[choose(len(waiting))])])
        elif working:
            package = working[choose(len(working))]
            results = script[package.package]
            happen([settle(package, results[min(package.failures, len(results) - 1)], attempts_max)])
    return tuple(events)


def who_does_what_leaves_no_trace(
    one: Sequence[BatchEvent], other: Sequence[BatchEvent], summed: Sum = summary_value
) -> None:
    """Two ways through one batch, whatever the workers, their order and the crashes, have one summary."""
    assert canonical(summed(TERMS, fold(one))) == canonical(summed(TERMS, fold(other)))


def every_package_ends_once(script: Script, events: Sequence[BatchEvent]) -> None:
    """Nothing is lost and nothing is done twice: each package has one end."""
    ends = [
        each.package
        for each in events
        if isinstance(each, AttemptEnded) or (isinstance(each, AttemptFailed) and each.last)
    ]
    assert sorted(ends) == sorted(script)


def attempts_are_bounded(events: Sequence[BatchEvent], attempts_max: int) -> None:
    """A package is tried so many times at most, but for attempts that were abandoned through no fault of its own."""
    for name, package in fold(events).packages.items():
        mine = [each for each in events if isinstance(each, PackageEvent) and each.package == name]
        begun = sum(isinstance(each, AttemptBegan) for each in mine)
        abandoned = sum(isinstance(each, AttemptAbandoned) for each in mine)
        assert begun - abandoned <= attempts_max
        assert package.failures <= attempts_max


def only_what_may_pass_is_tried_again(script: Script, events: Sequence[BatchEvent]) -> None:
    """Bad input is a dead letter at once."""
    for name, results in script.items():
        first = results[0]
        tried = sum(isinstance(each, AttemptFailed | AttemptEnded) and each.package == name for each in events)
        assert tried == 1 or (isinstance(first, Fault) and first.passing) or _took_too_long(first)


def _took_too_long(result: CaseRow | Fault) -> bool:
    return isinstance(result, CaseRow) and any(each.reason in record.PASSING_REFUSALS for each in result.refused)


def batch_history_makes_sense(events: Sequence[BatchEvent]) -> None:
    """What is recorded may be read back: every event may follow those before it."""
    batch = Batch()
    for event in events:
        assert makes_sense(batch, event), event
        batch = fold([event], batch)


def batch_fold_is_associative(events: Sequence[BatchEvent], cut: int) -> None:
    """Going on from where a batch was is going through all of it."""
    assert fold(events[cut:], fold(events[:cut])) == fold(events)


def batch_event_round_trips(event: BatchEvent) -> None:
    """What is written of an event is read back as it was."""
    assert read_event(event_value(event)) == Success(event)


def waits_are_bounded(
    backoff: Backoff, package: str, failures: int, wait: Callable[[Backoff, str, int], int] = wait_ms
) -> None:
    """A wait is at least half of its bound and at most the bound, which doubles up to the longest one."""
    bound = min(backoff.most_ms, backoff.first_ms * 2 ** (failures - 1))
    waited = wait(backoff, package, failures)
    assert bound // 2 <= waited <= bound
    assert waited == wait(backoff, package, failures)


Found: TypeAlias = Sequence[tuple[str, str]]
Naming: TypeAlias = Callable[[Iterable[tuple[str, str]], Mapping[str, str]], Mapping[str, str]]


def names_are_apart(
    packages: Sequence[tuple[str, str]], more: Sequence[tuple[str, str]], named: Naming = names
) -> None:
    """No two packages share a folder, not even where upper and lower case are one; and who has a name keeps it."""
    before = named(packages, {})
    after = named([*packages, *more], before)
    folded = [name.casefold() for name in after.values()]
    assert len(set(folded)) == len(folded)
    assert before.items() <= after.items()
    assert {package for package, _ in [*packages, *more]} == set(after)
