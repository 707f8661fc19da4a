"""A decided case: what was decided follows from what was recorded, and people speak of one decision alone."""

import pytest
from attrs import evolve as changed
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.case.deciding import Approving, Overriding
from casefold.case.events import CaseDecided, DecisionApproved, DecisionOverridden, Event, PageCorrected, PolicyGiven
from casefold.case.record import Artifacts, DecisionDue, record
from casefold.case.state import Case, evolve, fold
from casefold.kernel.canonical import written
from casefold.kernel.results import Failure
from casefold.taxonomy.model import UNKNOWN
from casefold_properties import laws, strategies
from casefold_properties.laws import decisions
from casefold_properties.strategies.cases import Setting
from casefold_properties.strategies.decisions import (
    AMOUNTS,
    Given,
    given_of,
    overridings,
    policies_given,
    policy_of_amount,
    policy_of_papers,
)
from casefold_properties.worlds import World, drive, recorded, reloaded

CHANCE = st.randoms(use_true_random=False)
PAPERS = policy_of_papers()


def with_policy(setting: Setting, given: Given) -> Artifacts:
    return changed(setting.artifacts, policy=given.policy)


def decided_log(setting: Setting, given: Given, at: int | None = None) -> tuple[Event, ...]:
    """Drive a case to its end, and give it a policy after so many events of its life; at its end by default."""
    artifacts = with_policy(setting, given)
    log = drive(artifacts, [setting.opened], setting.world())
    log = log[: len(log) if at is None else 1 + at % len(log)]
    return drive(artifacts, (*log, *recorded(artifacts, fold(log), given.event)), setting.world())


def overridden(artifacts: Artifacts, log: tuple[Event, ...]) -> tuple[Event, ...]:
    log = (*log, *recorded(artifacts, fold(log), Overriding("decline", "Ann", "seen it", ("C08",))))
    return (*log, *recorded(artifacts, fold(log), Approving("Bo", "right")))


@given(strategies.settings_of_cases(max_pages=4), policies_given(), st.integers(0, 99), CHANCE)
def test_a_policy_may_come_at_any_time(setting, given_, at, chance):
    """Given early or late, and whatever is forgotten on the way save the log: one decision, one outcome."""
    artifacts = with_policy(setting, given_)
    late = fold(decided_log(setting, given_))
    early = fold(decided_log(setting, given_, at))
    opened = [setting.opened, given_.event]
    world = World(setting.package, chance.randrange, unwritable=True)
    crooked = reloaded(drive(artifacts, opened, world, chance.randrange, crashes=True))

    for case in (late, early, crooked):
        laws.is_finished(case)
        decisions.decision_follows(artifacts, case)
        laws.outcome_is_content(late, case)


@given(strategies.settings_of_cases(max_pages=4), policies_given())
def test_a_case_without_a_policy_is_as_it_was(setting, given_):
    """What was written of a case without a policy does not speak of decisions, and keeps its digest."""
    bare = fold(drive(setting.artifacts, [setting.opened], setting.world()))

    decisions.a_policy_is_content(fold(decided_log(setting, given_)), bare)


@given(strategies.settings_of_cases(max_pages=4), policies_given(), policies_given())
def test_a_log_with_decisions_makes_sense(setting, one, two):
    """Decided, overridden, approved, corrected, decided by another policy: it all fits, and is forgotten by nobody."""
    artifacts = with_policy(setting, one)
    log = overridden(artifacts, decided_log(setting, one))
    log = drive(artifacts, log, setting.world())
    if fold(log).pages:
        log = (*log, *recorded(artifacts, fold(log), PageCorrected(1, UNKNOWN, "me", "why")))
        log = drive(artifacts, log, setting.world())
    other = with_policy(setting, two)
    log = drive(other, (*log, *recorded(other, fold(log), two.event)), setting.world())

    if setting.opened.sources:
        laws.history_makes_sense(log)
    laws.fold_is_associative_over_logs(log)
    for event in log:
        laws.event_round_trips(event)
    decisions.people_speak_of_one_decision(log)
    laws.is_finished(reloaded(log))
    for at in range(1, len(log) + 1):
        laws.steps_ask_for_what_is_left(fold(log[:at]))
        laws.lineage_traces_every_page(log[:at])


@given(strategies.settings_of_cases(max_pages=3), policies_given(), overridings())
@example(strategies.setting_of([]), given_of(PAPERS, AMOUNTS[0]), Overriding("approve", "Ann", "why", ())).via(
    "a right one"
)
@example(strategies.setting_of([]), given_of(PAPERS, AMOUNTS[0]), Overriding("decline", "Ann", "why", ())).via(
    "no reason"
)
def test_an_override_is_allowed_or_not(setting, given_, wanted):
    """A declared outcome, a name, grounds, and reasons where the applicant is owed some; of undecided cases too."""
    decisions.override_is_allowed_or_not(with_policy(setting, given_), fold(decided_log(setting, given_)), wanted)


@given(strategies.settings_of_cases())
def test_what_a_case_tells_a_policy_is_exact(setting):
    """Documents, classes, confidences and counts are those of the case."""
    decisions.case_facts_are_exact(fold(drive(setting.artifacts, [setting.opened], setting.world())))


@given(strategies.settings_of_cases(max_pages=4), policies_given(), st.booleans())
def test_what_is_told_of_a_decision_is_canonical(setting, given_, said):
    """`case.json` says what stands, whose it is, and how it came about."""
    artifacts, log = with_policy(setting, given_), decided_log(setting, given_)
    case = fold(overridden(artifacts, log) if said else log)

    decisions.decision_is_told(artifacts, case)
    laws.rows_are_canonical(artifacts, fold(drive(artifacts, [setting.opened], setting.world())))


@given(strategies.settings_of_cases(max_pages=3), policies_given())
def test_what_is_not_due_is_not_decided(setting, given_):
    """Nothing is decided before it is assembled, without a policy, or twice; nobody overrides what is not decided."""
    artifacts = with_policy(setting, given_)
    for case in (fold([setting.opened]), fold([setting.opened, given_.event]), fold(decided_log(setting, given_))):
        if not setting.opened.sources and case.decided is None:
            continue
        laws.refuses_what_is_not_due(artifacts, case, DecisionDue())
    undecided = fold([setting.opened, given_.event])
    for wanted in (Overriding("approve", "Ann", "why"), Approving("Ann", "why")):
        assert isinstance(record(artifacts, undecided, wanted), Failure)


SETTING = strategies.setting_of([strategies.page_of([strategies.lines_of("alpha certificate")])])
GIVEN = given_of(PAPERS, AMOUNTS[1])
ARTIFACTS = with_policy(SETTING, GIVEN)
LOG = overridden(ARTIFACTS, decided_log(SETTING, GIVEN))


def spoilt(kind, **members) -> tuple[int, list[Event]]:
    """Change the first event of a kind, and say where it is."""
    at = next(at for at, event in enumerate(LOG) if isinstance(event, kind))
    return at, [*LOG[:at], changed(LOG[at], **members), *LOG[at + 1 :]]


DIGEST = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (PolicyGiven, {"policy": "none"}),
        (PolicyGiven, {"as_of": "soon"}),
        (PolicyGiven, {"facts": written({"case": None})}),
        (CaseDecided, {"digest": DIGEST}),
        (CaseDecided, {"record": written({})}),
        (DecisionOverridden, {"decision": DIGEST}),
        (DecisionOverridden, {"by": " "}),
        (DecisionApproved, {"by": "ANN"}),
        (DecisionApproved, {"outcome": "approve"}),
        (DecisionApproved, {"decision": DIGEST}),
    ],
)
def test_a_changed_event_makes_no_sense(kind, members):
    """A decision of other facts, an override of another decision, an approval of one's own: none can have happened."""
    at, log = spoilt(kind, **members)

    assert at == laws.first_misfit(log)


def test_a_decision_of_other_facts_makes_no_sense():
    """The facts of a record are those that were given, whatever digest is written beside it."""
    decided = next(event for event in LOG if isinstance(event, CaseDecided))
    record_ = written({**decided.record.members, "facts": {"amount": {"number": "1000000"}}})
    at, log = spoilt(CaseDecided, record=record_, digest=record_.digest)

    assert at == laws.first_misfit(log)


@pytest.mark.parametrize("kind", [PolicyGiven, CaseDecided, DecisionOverridden])
def test_a_gap_is_noticed(kind):
    """Without the policy there is no decision, without the decision no override, without the override no approval."""
    at, _ = spoilt(kind)

    assert laws.first_misfit([*LOG[:at], *LOG[at + 1 :]]) is not None


def test_a_changed_record_is_not_made_again():
    """Whatever else a record says, deciding again says what it should have said."""
    decisions.a_changed_record_is_found_out(ARTIFACTS, fold(LOG))


def forgetful(case: Case, event: Event) -> Case:
    """Keep an override whatever is decided after it: what the fold must not do."""
    after = evolve(case, event)
    return changed(after, overridden=after.overridden or case.overridden)


def test_an_override_that_outlives_its_decision_is_found():
    """The law about overrides finds a fold that lets one stand for a decision that nobody overrode."""
    other = given_of(PAPERS, AMOUNTS[0])
    log = (*LOG, *recorded(ARTIFACTS, fold(LOG), other.event))
    log = drive(ARTIFACTS, log, SETTING.world())

    decisions.people_speak_of_one_decision(log)
    with pytest.raises(AssertionError):
        decisions.people_speak_of_one_decision(log, forgetful)


def test_policies_and_facts_reach_every_end():
    """Cases end approved, referred, declined and undecided."""
    ends = {
        name: lambda case, name=name: case.decided.record.members.get("outcome") == name
        for name in ("approve", "refer", "decline", None)
    }
    cases = st.builds(
        lambda setting, given_: fold(decided_log(setting, given_)),
        strategies.settings_of_cases(max_pages=3),
        policies_given(),
    )

    assert not unreached(cases, ends, examples=200)


def test_the_policy_of_amount_asks_nothing_of_the_case():
    """A policy without the input `case` is given no such fact."""
    case = fold(decided_log(SETTING, given_of(policy_of_amount(), AMOUNTS[1])))

    assert case.decided is not None
    assert {"amount": {"number": "10"}} == case.decided.record.members["facts"]
