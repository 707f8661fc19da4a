"""What a policy lacks for its reasons, how a decision came about, and who approved the policy."""

from decimal import Decimal

import pytest
from attrs import evolve
from tests.core.lending_policy import DECISION, GOOD, KNOCK_OUTS, POLICY, SCORE, prepared, with_logic

from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Success
from casefold.policy.approvals import (
    Approved,
    NotApproved,
    NotNamed,
    NotSubmitted,
    OwnWork,
    Submitted,
    Withdrawn,
    accept,
    may_decide,
)
from casefold.policy.artifact import Method, Outcomes, Policy, Ranking
from casefold.policy.deciding import decide_by
from casefold.policy.lacking import Lack, LackKind, lacking
from casefold.policy.model import Bin, Literal, OutputClause, Rule
from casefold.policy.trace import CardTrace, TableTrace, traced

DAY = Instant(0)


def lacks(policy: Policy) -> list[tuple[LackKind, str]]:
    return [(lack.kind, ", ".join(lack.place)) for lack in lacking(prepared(policy))]


def test_a_policy_that_can_say_why_lacks_nothing():
    """Every rule that declines names its reasons, and every bin that costs points has one."""
    assert [] == lacks(POLICY)


def test_an_adverse_rule_without_a_reason_is_told():
    """So is one whose output is not known before it decides."""
    rules = (
        Rule(("> 0", "-"), ('"decline"',), ("",)),
        Rule(("-", "-"), ('if Score > 1 then "approve" else "decline"',)),
    )

    assert [
        (LackKind.NO_REASON, "decision Decision, rule 1"),
        (LackKind.NO_REASON, "decision Decision, rule 2"),
    ] == lacks(with_logic("Decision", evolve(DECISION, rules=rules)))


def test_a_knock_out_without_a_reason_is_told():
    """A rule of a table whose reasons are asked for needs one as well."""
    rules = (KNOCK_OUTS.rules[0], evolve(KNOCK_OUTS.rules[1], notes=("C99",)), Rule(("-", "0"), ('"x"',), ("",)))

    assert [
        (LackKind.UNKNOWN_REASON, "decision Knock-outs, rule 2"),
        (LackKind.NO_REASON, "decision Knock-outs, rule 3"),
    ] == lacks(with_logic("Knock-outs", evolve(KNOCK_OUTS, rules=rules)))


def test_a_bin_that_costs_points_without_a_reason_is_told():
    """The best bin of a characteristic needs none."""
    first = SCORE.characteristics[0]
    bare = evolve(first, bins=(*first.bins[:-2], Bin("[1..5)", "20"), first.bins[-1]))
    card = evolve(SCORE, characteristics=(bare, *SCORE.characteristics[1:]))

    assert [(LackKind.NO_REASON, "decision Score, characteristic Years employed, bin 3")] == lacks(
        with_logic("Score", card)
    )


def test_averages_that_a_method_needs_are_told():
    """Whoever ranks by averages gives them."""
    ranked = evolve(POLICY, ranking=Ranking(Method.BELOW_AVERAGE_AT_CUTOFF))

    assert [LackKind.NO_AVERAGE] * 3 == [kind for kind, _ in lacks(ranked)]


def test_an_outcome_that_is_no_table_is_told():
    """An expression decides, but cannot say why."""
    assert [(LackKind.NO_TABLE, "decision Decision")] == lacks(with_logic("Decision", Literal('"decline"')))
    assert [(LackKind.NO_TABLE, "decision Score")] == lacks(with_logic("Score", Literal("500")))


def test_an_outcome_that_is_not_declared_is_told():
    """And one that is adverse where no rule matches."""
    policy = evolve(POLICY, outcomes=Outcomes("Decision", ("approve", "decline"), ("decline",)))
    table = evolve(DECISION, outputs=(OutputClause(type="string", default='"decline"'),))

    assert [(LackKind.UNDECLARED, "decision Decision, rule 3")] == lacks(policy)
    assert [Lack(LackKind.ADVERSE_DEFAULT, ("decision Decision",), "decline")] == list(
        lacking(prepared(with_logic("Decision", table)))
    )


def test_a_trace_says_why_each_other_rule_failed():
    """Each failed rule names the inputs whose cells were not met."""
    facts = {**GOOD, "bankruptcies": Decimal(2), "income": Decimal(30_000)}
    knocked, score, decision = traced(decide_by(prepared(), facts).unwrap().made)

    assert isinstance(knocked, TableTrace) and isinstance(score, CardTrace) and isinstance(decision, TableTrace)
    assert ("decision Knock-outs",) == knocked.place
    assert [(1, True, True, ()), (2, False, False, (1,))] == [
        (each.rule, each.matched, each.decisive, each.failed) for each in knocked.verdicts
    ]
    assert [("Years employed", Decimal(7))] == [(each.label, each.value) for each in score.asked[:1]]
    assert [(True, True), (False, False), (False, False), (True, False)] == [
        (each.matched, each.decisive) for each in decision.verdicts
    ]


def test_a_trace_asks_cells_that_no_index_knows():
    """A cell that compares with another fact is asked again."""
    rules = (Rule(("-", "< Knock-outs"), ('"decline"',), ("C01",)), *DECISION.rules[1:])
    (*_, decision) = traced(
        decide_by(prepared(with_logic("Decision", evolve(DECISION, rules=rules))), GOOD).unwrap().made
    )

    assert isinstance(decision, TableTrace)
    assert (1,) == decision.verdicts[0].failed


def test_somebody_other_than_the_author_approves():
    """Four eyes: a policy decides once it is submitted and approved by another."""
    submitted = Submitted("sha256:1", "jane", DAY)
    approved = Approved("sha256:1", "joe", "read and backtested", DAY)

    assert Failure(NotApproved("sha256:1", 0, 1)) == may_decide("sha256:1", ())
    assert Failure(NotApproved("sha256:1", 0, 1)) == may_decide("sha256:1", (submitted,))
    assert isinstance(may_decide("sha256:1", (submitted, approved)), Success)
    assert isinstance(may_decide("sha256:1", (submitted, approved), approvers_min=2), Failure)
    assert isinstance(may_decide("sha256:2", (submitted, approved)), Failure)


def test_a_policy_that_was_withdrawn_decides_no_more():
    """Until it is approved again."""
    before = (Submitted("sha256:1", "jane", DAY), Approved("sha256:1", "joe", "read", DAY))
    withdrawn = (*before, Withdrawn("sha256:1", "ann", "rates changed", DAY))

    assert isinstance(may_decide("sha256:1", withdrawn), Failure)
    assert isinstance(may_decide("sha256:1", (*withdrawn, before[1])), Success)


@pytest.mark.parametrize(
    ("event", "error"),
    [
        (Approved("sha256:1", "jane", "fine", DAY), OwnWork("jane")),
        (Approved("sha256:2", "joe", "fine", DAY), NotSubmitted("sha256:2")),
        (Approved("sha256:1", "joe", " ", DAY), NotNamed()),
        (Submitted("sha256:1", "", DAY), NotNamed()),
    ],
)
def test_an_approval_that_says_nothing_is_refused(event, error):
    """An author, an approver and grounds are what an auditor asks for."""
    assert Failure(error) == accept(event, (Submitted("sha256:1", "jane", DAY),))


def test_another_spelling_is_nobody_else():
    """Capitals and spaces make of one pair of eyes neither an approver nor two."""
    submitted = Submitted("sha256:1", "Ann Lee", DAY)
    twice = (Approved("sha256:1", "joe", "read it", DAY), Approved("sha256:1", " Joe", "read it again", DAY))

    assert OwnWork("ann  lee") == accept(Approved("sha256:1", "ann  lee", "mine", DAY), (submitted,)).failure()
    assert isinstance(may_decide("sha256:1", (submitted, *twice), approvers_min=2), Failure)
    assert isinstance(may_decide("sha256:1", (submitted, twice[0], Submitted("sha256:1", "JOE", DAY))), Failure)


def test_an_approver_who_submits_it_too_counts_no_more():
    """Whoever becomes an author of a policy is no approver of it."""
    events = (
        Submitted("sha256:1", "jane", DAY),
        Approved("sha256:1", "joe", "read", DAY),
        Submitted("sha256:1", "joe", DAY),
    )

    assert isinstance(may_decide("sha256:1", events), Failure)
