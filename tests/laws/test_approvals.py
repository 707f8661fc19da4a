"""Law 21: an approved digest alone decides, approved by somebody else than its author."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.kernel.instants import Instant
from casefold.kernel.results import Success
from casefold.policy.approvals import Approved, Standing, Submitted, Withdrawn, accept, may_decide
from casefold_properties.laws import approvals as laws
from casefold_properties.strategies import approvals as strategies

ONE, TWO = strategies.DIGESTS


@given(strategies.histories())
def test_others_approve(events):
    """Submitted by one, approved by another, and not withdrawn since."""
    laws.others_approve(ONE, events)


@given(strategies.histories())
def test_an_edited_policy_is_not_approved(events):
    """An approval is of what the policy says, and of no other version of it."""
    laws.another_policy_is_not_approved(ONE, TWO, events)


@given(strategies.histories(), st.sampled_from(strategies.PEOPLE))
def test_what_is_accepted_counts_and_what_is_refused_would_not(events, by):
    """Nobody can record an approval of their own work, and if they could it would not count."""
    approval = Approved(ONE, by, "read", Instant(0))
    before, after = may_decide(ONE, events), may_decide(ONE, [*events, approval])

    if isinstance(accept(approval, events), Success):
        assert isinstance(after, Success)
    else:
        assert isinstance(after, Success) == isinstance(before, Success)


def test_an_approval_by_the_author_is_found_out():
    """Counting approvals, whoever gave them."""

    def anybody(digest, events):
        return Success(Standing()) if any(isinstance(each, Approved) for each in events) else may_decide(digest, events)

    with pytest.raises(AssertionError):
        laws.others_approve(ONE, [Submitted(ONE, "ann", Instant(0)), Approved(ONE, "ann", "read", Instant(0))], anybody)
    with pytest.raises(AssertionError):
        laws.another_policy_is_not_approved(ONE, TWO, [Approved(ONE, "ann", "read", Instant(0))], anybody)


def test_histories_reach_both_sides():
    """Policies that decide, that never did, and that no longer do."""
    assert not unreached(
        strategies.histories(),
        {
            "decides": lambda events: isinstance(may_decide(ONE, events), Success),
            "does not": lambda events: (
                any(isinstance(each, Approved) for each in events) and not isinstance(may_decide(ONE, events), Success)
            ),
            "was withdrawn": lambda events: any(isinstance(each, Withdrawn) for each in events),
        },
        examples=500,
    )
