"""Laws of approving: who may let a policy decide, and when that ends."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from casefold.kernel.results import Result, Success
from casefold.policy.approvals import Approval, Approved, NotApproved, Standing, Submitted, Withdrawn, may_decide

MayDecide: TypeAlias = Callable[[str, Sequence[Approval]], Result[Standing, NotApproved]]


def others_approve(digest: str, events: Sequence[Approval], asked: MayDecide = may_decide) -> None:
    """A policy decides exactly if somebody submitted it and, since it was withdrawn last, somebody else approved it."""
    mine = [event for event in events if event.digest == digest]
    since = max((at for at, event in enumerate(mine) if isinstance(event, Withdrawn)), default=-1)
    submitted = {event.by for event in mine if isinstance(event, Submitted)}
    approved = {event.by for event in mine[since + 1 :] if isinstance(event, Approved)}
    assert isinstance(asked(digest, events), Success) == bool(submitted and approved - submitted)


def another_policy_is_not_approved(
    digest: str, other: str, events: Sequence[Approval], asked: MayDecide = may_decide
) -> None:
    """What is said of one digest is nothing to another: a policy that was edited is not approved."""
    alone = [event for event in events if event.digest == digest]
    assert asked(digest, events) == asked(digest, alone)
    assert digest == other or not isinstance(asked(other, alone), Success)
