"""Policies that cases are given, facts that go with them, and what people say of what was decided."""

from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen
from hypothesis import strategies as st

from casefold.case.deciding import Overriding
from casefold.case.events import (
    CaseDecided,
    DecisionApproved,
    DecisionOverridden,
    Event,
    PolicyGiven,
    ScoreAnswer,
    ScoresReceived,
    ShadowAnswer,
)
from casefold.case.facts import CASE
from casefold.kernel.canonical import Json, Written, digest, written
from casefold.kernel.results import Failure
from casefold.policy.artifact import Outcomes, Policy
from casefold.policy.codec import policy_value
from casefold.policy.deciding import Ready, ready
from casefold.policy.experiments import Assignment, Challenger, Experiment
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
from casefold.policy.scorecalls import ScoreArm, ScoreCall
from casefold.policy.scorefacts import Answered, Outcome, Refused, TimedOut
from casefold.policy.scores import ScoreInput, ScoreModel, ScoreOutput
from casefold.policy.tensors import Datatype, Tensor
from casefold_properties.strategies.kernel import digests, json_objects
from casefold_properties.strategies.scores import experiments, observations, score_models

OUTCOMES = ("approve", "refer", "decline")
"""What the policies declare, the best first; the last is adverse."""


ARMS: tuple[str, ...] = ("champion", "challenger", "shadow")
"""The models of `score_of_amount`."""


def _policy(
    name: str,
    *inputs: str,
    columns: tuple[str, ...],
    rules: tuple[Rule, ...],
    scores: tuple[ScoreCall, ...] = (),
) -> Ready:
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
    made = ready(Policy(Model(name, name, elements=(*given, decided)), name=name, outcomes=outcomes, scores=scores))
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


def score_of_amount(*, fallback: str | None = None) -> ScoreCall:
    """Give a score of the amount: a champion, a challenger for half of all amounts, and a shadow."""
    model = ScoreModel(
        "pd",
        None,
        (ScoreInput("x", "amount", Datatype.FP64),),
        ScoreOutput("p", Datatype.FP64, (1,)),
        digits=2,
        low=Decimal(0),
        high=Decimal(1),
        fallback=None if fallback is None else Decimal(fallback),
    )
    arms = tuple(ScoreArm(name, model) for name in ARMS)
    return ScoreCall("pd", Experiment("pd-2026", ARMS[0], (Challenger(ARMS[1], 5_000),), ARMS[2:]), arms, "amount")


def policy_of_score(*, fallback: str | None = None) -> Ready:
    """Give a policy that looks at a score alone: above a half it declines."""
    return _policy(
        "score",
        "amount",
        "pd",
        columns=("pd",),
        rules=(Rule(("> 0.5",), ('"decline"',), ("C08",)), Rule(("-",), ('"approve"',), ("",))),
        scores=(score_of_amount(fallback=fallback),),
    )


def said(score: str) -> Answered:
    """Give the answer of a model of `score_of_amount`."""
    return Answered(Tensor("p", Datatype.FP64, (1,), (score,)))


def model_answers() -> st.SearchStrategy[Mapping[str, Outcome]]:
    """What the models of `score_of_amount` answer: scores of all kinds, nonsense, and nothing."""
    scores = st.sampled_from(("0", "0.125", "0.5", "0.51", "1", "2", "NaN", "many")).map(said)
    other: st.SearchStrategy[Outcome] = st.sampled_from((TimedOut(), Refused(503, "Service Unavailable")))
    return st.fixed_dictionaries(dict.fromkeys(ARMS, scores | scores | other))


_POLICIES = (policy_of_amount(), policy_of_papers(), policy_of_score(), policy_of_score(fallback="0.75"))

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
    event = PolicyGiven(policy.digest, content, written({"amount": amount}), str(as_of), scores=policy.policy.scores)
    return Given(policy, event)


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


def score_calls() -> st.SearchStrategy[tuple[ScoreCall, ...]]:
    """Scores that policies ask for; most ask for none."""

    def made(experiment: Experiment, model: ScoreModel, subject: str | None) -> tuple[ScoreCall, ...]:
        names = (experiment.champion, *(each.model for each in experiment.challengers), *experiment.shadows)
        return (ScoreCall("pd", experiment, tuple(ScoreArm(name, model) for name in names), subject),)

    return st.just(()) | st.builds(made, experiments(), score_models(), st.sampled_from((None, "amount")))


def scores_received() -> st.SearchStrategy[ScoresReceived]:
    """Answers of models, to whatever they were asked."""
    heard = score_models().flatmap(observations)
    shadows = st.lists(st.builds(ShadowAnswer, st.sampled_from(ARMS), heard), max_size=2).map(tuple)
    places = st.builds(
        Assignment, st.just("pd-2026"), st.text(max_size=3), st.integers(0, 9_999), st.sampled_from(ARMS)
    )
    answer = st.builds(ScoreAnswer, st.sampled_from(("pd", "amount")), places, heard, shadows)
    return st.lists(answer, max_size=2).map(lambda some: ScoresReceived(tuple(some)))


def decision_events() -> st.SearchStrategy[Event]:
    """Events about decisions, whether they can happen or not."""
    word, named = st.sampled_from(("", "Ann", "ann", "Bo")), digests()
    times = st.sampled_from(("0", "-1", "x", "1700000000000000"))
    records = _documents()
    right = records.map(lambda record: CaseDecided(record, record.digest))
    codes = st.lists(st.sampled_from(("C08", "X1")), max_size=2).map(tuple)
    return st.one_of(
        st.builds(PolicyGiven, named, named, records, times, st.none() | st.just("Europe/Berlin"), score_calls()),
        scores_received(),
        st.builds(CaseDecided, records, named) | right,
        st.builds(DecisionOverridden, named, st.sampled_from(OUTCOMES), word, word, codes),
        st.builds(DecisionApproved, named, st.sampled_from(OUTCOMES), word, word),
    )
