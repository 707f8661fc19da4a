"""Policies that cases are given, facts that go with them, and what people say of what was decided."""

from attrs import frozen
from hypothesis import strategies as st

from casefold.case.deciding import Overriding
from casefold.case.events import CaseDecided, DecisionApproved, DecisionOverridden, Event, PolicyGiven
from casefold.case.facts import CASE
from casefold.kernel.canonical import Json, Written, digest, written
from casefold.kernel.results import Failure
from casefold.policy.artifact import Outcomes, Policy
from casefold.policy.codec import policy_value
from casefold.policy.deciding import Ready, ready
from casefold.policy.model import (
    Decision,
    HitPolicy,
    InputClause,
    InputData,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Table,
    Variable,
)
from casefold_properties.strategies.kernel import digests, json_objects

OUTCOMES = ("approve", "refer", "decline")
"""What the policies declare, the best first; the last is adverse."""


def _policy(name: str, *inputs: str, columns: tuple[str, ...], rules: tuple[Rule, ...]) -> Ready:
    table = Table(
        tuple(InputClause(Literal(column, "number")) for column in columns),
        (OutputClause(type="string"),),
        rules,
        HitPolicy.FIRST,
        notes=("reason",),
    )
    given = tuple(InputData(each, Variable(each, None if each == CASE else "number")) for each in inputs)
    needs = tuple(Reference(name, each) for each in inputs)
    decided = Decision("Outcome", Variable("Outcome", "string"), needs, (), table)
    outcomes = Outcomes("Outcome", OUTCOMES, OUTCOMES[-1:])
    made = ready(Policy(Model(name, name, elements=(*given, decided)), name=name, outcomes=outcomes))
    assert not isinstance(made, Failure), made
    return made.unwrap()


def policy_of_amount() -> Ready:
    """Give a policy that looks at an amount alone: below ten it declines."""
    return _policy(
        "amount",
        "amount",
        columns=("amount",),
        rules=(Rule(("< 10",), ('"decline"',), ("C08",)), Rule(("-",), ('"approve"',), ("",))),
    )


def policy_of_papers() -> Ready:
    """Give a policy that looks at the papers as well: where a page needs review, it refers."""
    return _policy(
        "papers",
        "amount",
        CASE,
        columns=("amount", "case.pages_to_review", "count(case.missing)"),
        rules=(
            Rule(("< 10", "-", "-"), ('"decline"',), ("C08",)),
            Rule(("-", "> 0", "-"), ('"refer"',), ("",)),
            Rule(("-", "-", "> 0"), ('"refer"',), ("",)),
            Rule(("-", "-", "-"), ('"approve"',), ("",)),
        ),
    )


_POLICIES = (policy_of_amount(), policy_of_papers())

AMOUNTS: tuple[Json, ...] = ({"number": "9.99"}, {"number": "10"}, {"number": "1E+3"}, None, "many")
"""Amounts that are declined, approved, and such as no policy can decide on."""


@frozen(eq=False)
class Given:
    """A policy ready to decide by, and the event that gives it to a case."""

    policy: Ready
    event: PolicyGiven


def given_of(policy: Ready, amount: Json, *, as_of: int = 0) -> Given:
    """Give a policy with an amount."""
    content = digest(policy_value(policy.policy))
    return Given(policy, PolicyGiven(policy.digest, content, written({"amount": amount}), str(as_of)))


def policies_given() -> st.SearchStrategy[Given]:
    """Policies as cases are given them, with facts that decide and facts that do not."""

    def made(policy: Ready, amount: Json, hour: int) -> Given:
        return given_of(policy, amount, as_of=hour * 3_600_000_000)

    return st.builds(made, st.sampled_from(_POLICIES), st.sampled_from(AMOUNTS), st.integers(0, 1))


def overridings() -> st.SearchStrategy[Overriding]:
    """Overrides as people ask for them: with and without names, grounds, reasons, and outcomes that are declared."""
    words = st.sampled_from(("Ann Lee", "looked at it", " ", ""))
    codes = st.lists(st.sampled_from(("C08", "C21", "X1")), max_size=2).map(tuple)
    return st.builds(Overriding, st.sampled_from((*OUTCOMES, "maybe")), words, words, codes)


def _documents() -> st.SearchStrategy[Written]:
    return json_objects().map(written)


def decision_events() -> st.SearchStrategy[Event]:
    """Events about decisions, whether they can happen or not."""
    word, named = st.sampled_from(("", "Ann", "ann", "Bo")), digests()
    times = st.sampled_from(("0", "-1", "x", "1700000000000000"))
    records = _documents()
    right = records.map(lambda record: CaseDecided(record, record.digest))
    codes = st.lists(st.sampled_from(("C08", "X1")), max_size=2).map(tuple)
    return st.one_of(
        st.builds(PolicyGiven, named, named, records, times, st.none() | st.just("Europe/Berlin")),
        st.builds(CaseDecided, records, named) | right,
        st.builds(DecisionOverridden, named, st.sampled_from(OUTCOMES), word, word, codes),
        st.builds(DecisionApproved, named, st.sampled_from(OUTCOMES), word, word),
    )
