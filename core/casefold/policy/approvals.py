"""Who approved which policy: a policy decides only if somebody other than its author approved exactly what it says.

What is approved is a digest, so that a policy which was edited afterwards is another one, and not approved.
"""

from collections.abc import Iterable
from functools import reduce
from typing import TypeAlias

from attrs import evolve as changed
from attrs import frozen

from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Result, Success


@frozen
class Submitted:
    """*by* submitted the policy of that digest for approval, as its author."""

    digest: str
    by: str
    at: Instant


@frozen
class Approved:
    """*by* approved the policy of that digest; *why* says on what grounds."""

    digest: str
    by: str
    why: str
    at: Instant


@frozen
class Withdrawn:
    """*by* withdrew the policy of that digest: it may no longer decide."""

    digest: str
    by: str
    why: str
    at: Instant


Approval: TypeAlias = Submitted | Approved | Withdrawn


@frozen
class Standing:
    """Where a policy stands.

    Attributes:
        authors: Who submitted it.
        approvers: Who approved it since it was submitted or withdrawn last.
    """

    authors: frozenset[str] = frozenset()
    approvers: frozenset[str] = frozenset()


@frozen
class NotSubmitted:
    """Nobody submitted the policy of this digest."""

    digest: str


@frozen
class OwnWork:
    """*by* wrote what they would approve."""

    by: str


@frozen
class NotNamed:
    """An approval names who gives it, and why."""


@frozen
class NotApproved:
    """The policy of this digest has *approvers* of the number that is *wanted*."""

    digest: str
    approvers: int
    wanted: int


ApprovalError: TypeAlias = NotSubmitted | OwnWork | NotNamed


def standing(digest: str, events: Iterable[Approval]) -> Standing:
    """Work out where a policy stands from all that was recorded of it, in order."""
    return reduce(_evolve, (event for event in events if event.digest == digest), Standing())


def _evolve(state: Standing, event: Approval) -> Standing:
    match event:
        case Submitted():
            others = frozenset(each for each in state.approvers if not same_person(each, event.by))
            return changed(state, authors=state.authors | {event.by}, approvers=others)
        case Approved():
            return (
                state
                if is_one_of(event.by, (*state.approvers, *state.authors))
                else changed(state, approvers=state.approvers | {event.by})
            )
        case Withdrawn():
            return changed(state, approvers=frozenset())


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals and spaces.

    >>> same_person("Ann  Lee", "ann lee"), same_person("Ann Lee", "Bo Lee")
    (True, False)
    """
    return one.casefold().split() == other.casefold().split()


def is_one_of(name: str, people: Iterable[str]) -> bool:
    """Whether somebody is among people."""
    return any(same_person(name, each) for each in people)


def accept(event: Approval, events: Iterable[Approval]) -> Result[Approval, ApprovalError]:
    """Say whether an event may be recorded after others.

    >>> accept(Approved("sha256:1", "jane", "read it", Instant(0)), [Submitted("sha256:1", "jane", Instant(0))])
    <Failure: OwnWork(by='jane')>
    """
    if not event.by.strip() or (not isinstance(event, Submitted) and not event.why.strip()):
        return Failure(NotNamed())
    if isinstance(event, Submitted):
        return Success(event)
    state = standing(event.digest, events)
    if not state.authors:
        return Failure(NotSubmitted(event.digest))
    if isinstance(event, Approved) and is_one_of(event.by, state.authors):
        return Failure(OwnWork(event.by))
    return Success(event)


def may_decide(digest: str, events: Iterable[Approval], approvers_min: int = 1) -> Result[Standing, NotApproved]:
    """Say whether a policy may decide: so many people approved it, none of them its author."""
    state = standing(digest, events)
    count = len(state.approvers)
    return (
        Success(state)
        if state.authors and count >= approvers_min
        else Failure(NotApproved(digest, count, approvers_min))
    )
