"""The strategies of lending policies reach every outcome, every way to none, and each way to a bin and a reason."""

from decimal import Decimal

from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.kernel.results import Failure
from casefold.policy.artifact import Method
from casefold.policy.codec import parse_policy
from casefold.policy.deciding import NoReason, OutcomeUnknown, Problems, UnknownFacts, decide_by, ready
from casefold.policy.reasons import ByPoints, ByRule
from casefold_properties.laws import lending as laws
from casefold_properties.lending import BARRED, DECLINE, KNOCK_OUTS, Between
from casefold_properties.strategies import lending, variants

EXAMPLES = 1_000


def came_to(asked):
    """A policy, the facts, and what they came to: a decision, or why there is none."""
    policy, facts = asked
    found = decide_by(laws.prepared(policy.policy), facts)
    return policy, facts, found.failure() if isinstance(found, Failure) else found.unwrap()


def decided(meets):
    """Of decisions alone."""
    return lambda came: hasattr(came[2], "outcome") and hasattr(came[2], "made") and meets(*came)


def caused(meets):
    """Of decisions with such a cause."""
    return decided(
        lambda policy, facts, found: any(meets(policy, facts, cause) for told in found.reasons for cause in told.causes)
    )


def fell(meets):
    """Of decisions in which a value of that sort fell into a bin."""

    def look(policy, facts, found):
        for factor in policy.factors:
            number = factor.fallen(facts.get(factor.name))
            if number is not None and meets(factor.slots[number].values, facts.get(factor.name)):
                return True
        return False

    return decided(look)


def nowhere(factor, value):
    """Whether a number falls into no bin, or into two."""
    return isinstance(value, Decimal) and factor.fallen(value) is None


def ties(policy, facts, found):
    """Whether two reasons have lost as much."""
    losses = list(laws.lost(found).values()) if found.outcome == DECLINE else []
    return len(set(losses)) < len(losses) and Decimal(0) not in losses


DECISIONS = {
    "approved": decided(lambda _policy, _facts, found: found.outcome == "approve"),
    "referred": decided(lambda _policy, _facts, found: found.outcome == "refer"),
    "declined by a knock-out": caused(lambda *came: isinstance(came[2], ByRule) and came[2].decision == KNOCK_OUTS),
    "declined by its own rule": caused(lambda *came: isinstance(came[2], ByRule) and came[2].decision != KNOCK_OUTS),
    "declined by points": caused(lambda _p, _f, cause: isinstance(cause, ByPoints)),
    "several knock-outs": decided(lambda policy, facts, _: len(policy.barred(facts) or ()) > 1),
    "a code told for two causes": decided(lambda _p, _f, found: any(len(told.causes) > 1 for told in found.reasons)),
    "a tie": decided(ties),
    "a cap that cuts": decided(
        lambda policy, facts, found: (
            found.outcome == DECLINE
            and len(found.reasons) == policy.ranking.most < len(policy.losses(
                [factor.fallen(facts.get(factor.name)) for factor in policy.factors]
            ))
        )
    ),
    "a special number": fell(lambda values, _: isinstance(values, Decimal)),
    "a special word": fell(lambda values, _: isinstance(values, str)),
    "a missing value": fell(lambda values, _: values is None),
    "a value at a bound": fell(lambda values, at: isinstance(values, Between) and at in {values.low, values.high}),
    "a value in a list": decided(lambda _policy, facts, _: any(isinstance(value, tuple) for value in facts.values())),
    "a rate": decided(lambda policy, _facts, _found: policy.priced),
    "an average that is not reached": caused(
        lambda policy, _, cause: isinstance(cause, ByPoints) and policy.ranking.method is not Method.BELOW_MAXIMUM
    ),
    **{
        f"decided by {hit.value}": decided(lambda policy, _facts, _found, hit=hit: policy.hit is hit)
        for hit in lending.SINGLE
    },
    "a misspelt fact": lambda came: isinstance(came[2], UnknownFacts),
    "an outcome that is none": lambda came: isinstance(came[2], OutcomeUnknown),
    "no rule": lambda came: (
        isinstance(came[2], Problems) and any(each.fault.given == "no rule matches" for each in came[2].problems)
    ),
    "no reason": lambda came: isinstance(came[2], NoReason),
    "a missing fact that stops": lambda came: (
        isinstance(came[2], Problems) and any(came[1].get(name) is None for name in BARRED)
    ),
    "a wrong type that stops": lambda came: (
        isinstance(came[2], Problems) and any(isinstance(value, (str, bool)) for value in came[1].values())
    ),
    "a value of no bin, or of two": lambda came: (
        isinstance(came[2], Problems)
        and any(nowhere(each, came[1].get(each.name)) for each in came[0].factors)
    ),
}  # fmt: skip


def test_applications_reach_everything():
    """Applications are approved, referred, declined for each kind of reason, and left undecided for each cause."""
    assert not unreached(lending.asked().map(came_to), DECISIONS, examples=EXAMPLES)


POLICIES = {
    "ready": lambda policy: not isinstance(ready(policy), Failure),
    "not ready": lambda policy: isinstance(ready(policy), Failure),
    "an outcome": lambda policy: policy.outcomes is not None,
    "a promise": lambda policy: policy.monotone != (),
}


def test_policies_of_all_kinds_reach_both_sides():
    """Policies of any model are ready and not."""
    assert not unreached(variants.any_policies(), POLICIES, examples=200)


def test_json_reaches_both_sides():
    """JSON is a policy, though another, and none."""
    sides = {
        "a policy": lambda raw: not isinstance(parse_policy(raw), Failure),
        "none": lambda raw: isinstance(parse_policy(raw), Failure),
    }

    assert not unreached(variants.near_policies(), sides, examples=300)


def test_edits_reach_every_kind():
    """Edits leave the policy another one, always."""
    pairs = lending.lendings().flatmap(lambda policy: st.tuples(st.just(policy), variants.edits(policy)))

    assert not unreached(pairs, {"an edit": lambda pair: pair[0] != pair[1]}, examples=20)
