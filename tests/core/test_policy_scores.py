"""A policy that asks models for scores: what it may ask, what names it, and what it decides without them."""

from decimal import Decimal

import pytest
from attrs import evolve
from tests.core.lending_policy import GOOD, POLICY, prepared

from casefold.case.deciding import OtherPolicy, ReservedFact, askable
from casefold.case.decision import decision_findings, decision_value
from casefold.case.events import PolicyGiven, ScoresReceived
from casefold.case.record import record
from casefold.case.scores import score_words, scores_told
from casefold.case.scoring import scored
from casefold.case.state import fold
from casefold.case.steps import AskModels, Decide, next_steps
from casefold.kernel.results import Failure, Success
from casefold.policy.checks.declared import diff_declared
from casefold.policy.codec import parse_policy, policy_digest, policy_value
from casefold.policy.deciding import Unscored, decide_by, ready
from casefold.policy.experiments import Challenger
from casefold.policy.scorecalls import SubjectUnusable, plan_call
from casefold.policy.scorecodec import score_value
from casefold.policy.scorefacts import Answered, Fault, Nonsense, Refused, Source, TimedOut, Unreachable
from casefold.policy.scores import InputUnusable
from casefold.policy.scorewords import no_score_words
from casefold.policy.sources.losses import as_dmn, as_sheets, as_tree
from casefold.policy.sources.policyreading import read_policy
from casefold.policy.tensors import Datatype
from casefold.policy.wording import undecided_words
from casefold_properties.strategies import lines_of, page_of, setting_of
from casefold_properties.strategies.decisions import ARMS, given_of, policy_of_score, said, score_of_amount
from casefold_properties.worlds import World, drive, recorded

READY = policy_of_score()
CALL = score_of_amount()
TEN = {"number": "10"}


def with_call(**members):
    return evolve(READY.policy, scores=(evolve(CALL, **members),))


def with_model(**members):
    arms = tuple(evolve(arm, model=evolve(arm.model, **members)) for arm in CALL.arms)
    return with_call(arms=arms)


@pytest.mark.parametrize(
    ("policy", "fault"),
    [
        (with_call(input="score"), "there is no input of this name"),
        (with_call(subject="application"), "there is no input of this name"),
        (with_call(subject=None), "challengers need a subject, by which a model is chosen"),
        (with_call(subject="pd"), "a score fills this input, so that no model can ask for it"),
        (with_call(arms=CALL.arms[1:]), "there is no model of this name"),
        (with_call(arms=(*CALL.arms, CALL.arms[0])), "two models have this name"),
        (with_call(experiment=evolve(CALL.experiment, shadows=())), "it is neither champion, challenger nor shadow"),
        (evolve(READY.policy, scores=(CALL, CALL)), "two scores fill this input"),
        (
            with_model(inputs=(evolve(CALL.arms[0].model.inputs[0], fact="income"),)),
            "there is no input of this name",
        ),
        (
            with_model(inputs=(evolve(CALL.arms[0].model.inputs[0], fact="pd"),)),
            "a score fills this input, so that no model can ask for it",
        ),
    ],
)
def test_a_policy_asks_only_for_what_it_can(policy, fault):
    """A score fills an input of the policy, and models take other inputs of it."""
    found = ready(policy)

    assert isinstance(found, Failure)
    assert fault in {str(each.fault) for each in found.failure().faults}


def test_scores_are_part_of_what_a_policy_decides():
    """Another model, bound or share is another policy; the order of the models is not."""
    digests = {
        policy_digest(each)
        for each in (
            READY.policy,
            evolve(READY.policy, scores=()),
            with_model(version="2"),
            with_model(fallback=Decimal(1)),
            with_call(experiment=evolve(CALL.experiment, challengers=(Challenger(ARMS[1], 4_999),))),
        )
    }

    assert 5 == len(digests)
    assert READY.digest == policy_digest(with_call(arms=CALL.arms[::-1]))


def test_a_comparison_tells_what_is_asked_otherwise():
    """Who is in an experiment, and what a model must answer."""
    other = with_call(experiment=evolve(CALL.experiment, challengers=(Challenger(ARMS[1], 4_999),)))
    digits = with_model(digits=3)

    assert ["score pd"] == [each.name for each in diff_declared(READY.policy, other)]
    assert [f"score pd, model {name}" for name in ARMS] == [each.name for each in diff_declared(READY.policy, digits)]
    assert "digits 3" in diff_declared(READY.policy, digits)[0].after
    assert 4 == len(diff_declared(READY.policy, evolve(READY.policy, scores=())))


def test_a_policy_without_scores_keeps_its_digest():
    """What was approved before policies could ask models is still approved."""
    assert "sha256:f859f0bd0d7845aab38ca71fef6a8e0e9622a9f6f9393d6ae2c209275e262a8b" == policy_digest(POLICY)
    assert "scores" not in policy_value(POLICY)


def test_a_policy_with_scores_is_read_back():
    """From JSON and from a tree; DMN and sheets have no place for scores, and say so."""
    policy = with_model(fallback=Decimal("0.75"), timeout_seconds=Decimal("0.5"), retries=0, version="7")
    tree, lost = as_tree(policy)

    assert Success(policy) == parse_policy(policy_value(policy))
    assert ((), policy.scores) == (lost, read_policy(tree).unwrap().scores)
    for _, told in (as_dmn(policy), as_sheets(policy)):
        assert "the scores that models are asked for" in {each.part for each in told}


def test_nothing_is_decided_without_a_score():
    """A score that is left out is not null; one that is given, as in a backtest, is a fact like others."""
    without = decide_by(READY, {"amount": Decimal(10)})

    assert Failure(Unscored(("pd",))) == without
    assert ("There is no score “pd” among the facts.",) == undecided_words(Unscored(("pd",)))
    assert "approve" == decide_by(READY, {"amount": Decimal(10), "pd": Decimal("0.1")}).unwrap().outcome
    assert isinstance(decide_by(prepared(), GOOD), Success)


@pytest.mark.parametrize(("value", "given"), [(None, "null"), (True, "boolean")])
def test_a_subject_is_text_or_a_number(value, given):
    """Nobody is assigned by what is not there; numbers that are equal are one subject."""
    no_inputs = evolve(CALL, subject="who")
    whole, exact = (
        plan_call(no_inputs, {"amount": Decimal(10), "who": Decimal(text)}).unwrap().assignment
        for text in ("4711", "4711.00")
    )

    assert whole == exact and "4711" == whole.subject
    assert Failure(SubjectUnusable("who", given)) == plan_call(no_inputs, {"amount": Decimal(10), "who": value})


SETTING = setting_of([page_of([lines_of("alpha certificate")])])
ARTIFACTS = evolve(SETTING.artifacts, policy=READY)
GIVEN = given_of(READY, TEN).event


def scored_case(answers, given=GIVEN, artifacts=ARTIFACTS):
    world = World(SETTING.package, answers=answers)
    return drive(artifacts, [SETTING.opened, *recorded(artifacts, fold([SETTING.opened]), given)], world)


def test_models_are_asked_between_assembling_and_deciding():
    """Answers are recorded, the score joins the facts, and the record has what it takes to decide again."""
    log = scored_case({name: said("0.125") for name in ARMS})
    case = fold(log)
    assert case.decided is not None and case.given is not None
    members = case.decided.record.members

    assert ["Assembled", "ScoresReceived", "CaseDecided"] == [type(event).__name__ for event in log][4:7]
    assert {"amount": TEN, "pd": {"number": "0.12"}} == members["facts"]
    assert "approve" == members["outcome"]
    (score,) = scored(case.given, case.scores)
    assert score.fact is not None
    assert ("pd", Source.ANSWERED) == (score.input, score.fact.source)
    assert [score_value(score)] == members["scores"]
    assert "latency_microseconds" not in score_value(score), "clocks are no content"


def test_a_policy_given_again_asks_again():
    """Whoever decides anew wants to know anew; a page that is corrected does not."""
    log = scored_case({})
    case = fold(log)
    again = fold((*log, *recorded(ARTIFACTS, case, GIVEN)))

    assert case.decided is not None
    assert "undecided" in case.decided.record.members
    assert [AskModels] == [type(step) for step in next_steps(again)]
    assert case.scores is not None and again.scores is None


def test_what_cannot_be_asked_is_decided_without_asking():
    """A fact that a model cannot take leaves nothing to ask, and no fallback stands in."""
    policy = policy_of_score(fallback="0.75")
    artifacts, given = evolve(ARTIFACTS, policy=policy), given_of(policy, "many").event
    case = fold(scored_case({}, given, artifacts))
    (finding,) = decision_findings(case)

    assert case.scores is None
    assert "There is no score “pd”: the model takes “amount” as FP64, and it is string." in finding.detail


@pytest.mark.parametrize(
    ("answers", "fallback", "words"),
    [
        ({ARMS[0]: said("0.125")}, None, "pd: 0.12 by pd"),
        ({ARMS[0]: TimedOut()}, "0.75", "pd: 0.75, the fallback of pd; no answer came in time"),
        ({ARMS[0]: said("NaN")}, None, "pd: none; the answer is no score (not a number)"),
    ],
)
def test_a_score_is_told_in_words(answers, fallback, words):
    """What it is, who gave it, and what is the matter with it."""
    policy = policy_of_score(fallback=fallback)
    artifacts = evolve(ARTIFACTS, policy=policy)
    case = fold(scored_case(answers, given_of(policy, TEN).event, artifacts))
    assert case.given is not None
    (told,) = scores_told(case.given, case.scores)

    assert words == score_words(told)
    assert [None] == [each.value for each in told.shadows] if fallback is None else told.shadows[0].fallback
    assert isinstance(decision_value(artifacts, case), dict)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (TimedOut(), "no answer came in time"),
        (Unreachable("no connection"), "the server could not be reached (no connection)"),
        (Refused(14, ""), "the server refused (14)"),
        (Nonsense(Fault.WRONG_DATATYPE, "FP32"), "the answer is no score (wrong datatype: FP32)"),
        (
            InputUnusable("pd", "income", Datatype.FP64, "nothing"),
            "the model takes “income” as FP64, and it is nothing",
        ),
    ],
)
def test_why_there_is_no_score_is_told_in_words(why, words):
    """Each reason is a clause that tells no fact's value."""
    assert words == no_score_words(why)


def test_a_score_is_not_the_callers_to_give():
    """Neither as a fact, nor by asking for others than the policy does."""
    opened = fold([SETTING.opened])
    own = PolicyGiven(GIVEN.policy, GIVEN.content, type(GIVEN.facts)('{"pd":{"number":"0"}}'), "0", scores=GIVEN.scores)

    assert ("amount",) == askable(READY)
    assert Failure(ReservedFact("pd")) == record(ARTIFACTS, opened, own)
    assert Failure(OtherPolicy(READY.digest, READY.digest)) == record(ARTIFACTS, opened, evolve(GIVEN, scores=()))


def test_an_answer_is_taken_once():
    """What answers nothing that is due is refused."""
    log = scored_case({ARMS[0]: Answered(said("0.1").tensor)})
    (event,) = (each for each in log if isinstance(each, ScoresReceived))

    assert isinstance(record(ARTIFACTS, fold(log), event), Failure)
    assert [Decide] == [type(step) for step in next_steps(evolve(fold(log), decided=None))]
