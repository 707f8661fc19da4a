"""A case whose policy asks models: whatever they answer, it ends, and what served is what it was decided on."""

import pytest
from attrs import evolve as changed
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached
from tests.laws.test_case_decisions import CHANCE, with_policy

from casefold.case.deciding import decide_case
from casefold.case.events import CaseDecided, PolicyGiven, ScoresReceived
from casefold.case.record import DecisionDue, record
from casefold.case.state import fold
from casefold.case.steps import AskModels, next_steps
from casefold.kernel.canonical import written
from casefold.kernel.results import Failure
from casefold.policy.scorefacts import TimedOut
from casefold_properties import laws, strategies
from casefold_properties.laws import decisions
from casefold_properties.strategies.decisions import (
    AMOUNTS,
    ARMS,
    given_of,
    model_answers,
    policy_of_score,
    said,
)
from casefold_properties.worlds import World, drive, reloaded

POLICIES = policy_of_score(), policy_of_score(fallback="0.75")
DIGEST = "sha256:" + "0" * 64


def givens():
    return st.builds(given_of, st.sampled_from(POLICIES), st.sampled_from(AMOUNTS))


def scored_log(setting, given_, answers):
    artifacts = with_policy(setting, given_)
    return drive(artifacts, [setting.opened, given_.event], World(setting.package, answers=answers))


@given(strategies.settings_of_cases(max_pages=3), givens(), model_answers(), CHANCE)
def test_whatever_models_answer_a_case_is_decided_on_what_served(setting, given_, answers, chance):
    """Answered, refused, late or nonsense: the case comes to one end, and its log makes sense after a crash as well."""
    artifacts, log = with_policy(setting, given_), scored_log(setting, given_, answers)
    world = World(setting.package, chance.randrange, unwritable=True, answers=answers)
    crooked = reloaded(drive(artifacts, [setting.opened, given_.event], world, chance.randrange, crashes=True))

    for case in (fold(log), crooked):
        laws.is_finished(case)
        decisions.decision_follows(artifacts, case)
        decisions.scores_follow(artifacts, case)
        decisions.decision_is_told(artifacts, case)
    laws.outcome_is_content(fold(log), crooked)
    if setting.opened.sources:
        laws.history_makes_sense(log)
    laws.fold_is_associative_over_logs(log)
    for event in log:
        laws.event_round_trips(event)


@given(strategies.settings_of_cases(max_pages=2), givens(), model_answers(), model_answers())
def test_shadows_alter_no_decision(setting, given_, answers, others):
    """What a shadow answers is recorded, and the decision is the same whatever it is."""
    case = fold(scored_log(setting, given_, answers))
    if case.scores is None:
        return

    decisions.shadows_alter_nothing(with_policy(setting, given_), case, others["shadow"])


SETTING = strategies.setting_of([strategies.page_of([strategies.lines_of("alpha certificate")])])
GIVEN = given_of(POLICIES[0], AMOUNTS[1])
ARTIFACTS = with_policy(SETTING, GIVEN)
ANSWERS = {name: said("0.125") for name in ARMS}
LOG = scored_log(SETTING, GIVEN, ANSWERS)


def listening(artifacts, case):
    """Decide by what a shadow answered: what a case must not do."""
    answers = tuple(changed(each, served=each.shadows[0].received) for each in case.scores.answers)
    return decide_case(artifacts.policy, artifacts.zones, changed(case, scores=ScoresReceived(answers)))


def test_a_decision_that_listens_to_shadows_is_found():
    """The law about shadows finds a decision that is made on what one answered."""
    case = fold(LOG)

    decisions.shadows_alter_nothing(ARTIFACTS, case, TimedOut())
    with pytest.raises(AssertionError):
        decisions.shadows_alter_nothing(ARTIFACTS, case, TimedOut(), listening)


def answer_with(**members):
    (answer,) = next(event for event in LOG if isinstance(event, ScoresReceived)).answers
    return {"answers": (changed(answer, **members),)}


def others():
    (answer,) = next(event for event in LOG if isinstance(event, ScoresReceived)).answers
    (shadow,) = answer.shadows
    return [
        {"answers": ()},
        answer_with(input="amount"),
        answer_with(assignment=changed(answer.assignment, place=1)),
        answer_with(assignment=changed(answer.assignment, arm="shadow")),
        answer_with(served=changed(answer.served, request=DIGEST)),
        answer_with(served=changed(answer.served, response="none")),
        answer_with(shadows=()),
        answer_with(shadows=(changed(shadow, arm="other"),)),
        answer_with(shadows=(changed(shadow, received=changed(shadow.received, request=DIGEST)),)),
    ]


@pytest.mark.parametrize("members", others())
def test_an_answer_to_another_question_makes_no_sense(members):
    """Answers are to the requests that follow from the policy and the facts, each once, of the model that serves."""
    at = next(at for at, event in enumerate(LOG) if isinstance(event, ScoresReceived))
    log = [*LOG[:at], changed(LOG[at], **members), *LOG[at + 1 :]]

    assert at == laws.first_misfit(log)


def test_another_score_than_came_makes_no_sense():
    """A record of a score that no model gave, or that is given like a fact, is noticed."""
    at = next(at for at, event in enumerate(LOG) if isinstance(event, CaseDecided))
    members = LOG[at].record.members
    for other in (
        {**members, "facts": {**members["facts"], "pd": {"number": "0"}}},
        {name: part for name, part in members.items() if name != "scores"},
        {**members, "scores": [{**members["scores"][0], "input": "amount"}]},
    ):
        spoilt = changed(LOG[at], record=written(other), digest=written(other).digest)
        assert at == laws.first_misfit([*LOG[:at], spoilt, *LOG[at + 1 :]])
    first = next(at for at, event in enumerate(LOG) if isinstance(event, PolicyGiven))
    given_ = changed(LOG[first], facts=written({"amount": AMOUNTS[1], "pd": AMOUNTS[1]}))
    assert first == laws.first_misfit([*LOG[:first], given_, *LOG[first + 1 :]])


def test_a_gap_in_the_answers_is_noticed():
    """Nothing is decided before models were asked."""
    log = [event for event in LOG if not isinstance(event, ScoresReceived)]

    assert laws.first_misfit(log) is not None


@given(model_answers())
@example(ANSWERS)
def test_nothing_is_decided_before_models_were_asked(answers):
    """While models are to be asked, that alone is due, and answers to anything else are refused."""
    log = scored_log(SETTING, GIVEN, answers)
    at = next(at for at, event in enumerate(log) if isinstance(event, ScoresReceived))
    case = fold(log[:at])

    assert [AskModels] == [type(step) for step in next_steps(case)]
    laws.refuses_what_is_not_due(ARTIFACTS, case, DecisionDue())
    laws.refuses_what_is_not_due(ARTIFACTS, case, ScoresReceived(()))
    laws.refuses_what_is_not_due(ARTIFACTS, fold(log), log[at])
    assert not isinstance(record(ARTIFACTS, case, log[at]), Failure)


def test_models_reach_every_end():
    """Scores are answered, fallen back from, not to be had, and not to be asked for; either arm serves."""

    def serving(name):
        return lambda case: case.scores is not None and case.scores.answers[0].assignment.arm == name

    def source(name):
        return lambda case: case.decided.record.members["scores"][0].get("fact", {}).get("source") == name

    ends = {
        "nothing asked": lambda case: case.scores is None,
        "no score": lambda case: case.scores is not None and "undecided" in case.decided.record.members,
        **{name: serving(name) for name in ARMS[:2]},
        **{name: source(name) for name in ("answered", "fallback")},
        **{
            name: lambda case, name=name: case.decided.record.members.get("outcome") == name
            for name in ("approve", "decline")
        },
    }
    cases = st.builds(lambda given_, answers: fold(scored_log(SETTING, given_, answers)), givens(), model_answers())

    assert not unreached(cases, ends, examples=200)
