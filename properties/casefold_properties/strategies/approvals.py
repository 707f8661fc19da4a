"""Histories of approvals, of a few policies by a few people."""

from hypothesis import strategies as st

from casefold.kernel.instants import Instant
from casefold.policy.approvals import Approval, Approved, Submitted, Withdrawn

DIGESTS = ("sha256:1", "sha256:2")
PEOPLE = ("ann", "bo", "cy")


def histories(*, max_size: int = 8) -> st.SearchStrategy[list[Approval]]:
    """What was recorded of policies, in order, whoever let it be recorded."""
    digest, by, at = st.sampled_from(DIGESTS), st.sampled_from(PEOPLE), st.just(Instant(0))
    event: st.SearchStrategy[Approval] = st.one_of(
        st.builds(Submitted, digest, by, at),
        st.builds(Approved, digest, by, st.just("read"), at),
        st.builds(Withdrawn, digest, by, st.just("stale"), at),
    )
    return st.lists(event, max_size=max_size)
