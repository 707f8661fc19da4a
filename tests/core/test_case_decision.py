"""A case that is given a policy: decided, undecided, overridden, approved, and decided again."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.core.lending_policy import GOOD, HOME, POLICY, prepared

from casefold.case.deciding import (
    Approving,
    NoOutcome,
    NoReasonGiven,
    NotDecided,
    NotInEffect,
    OtherPolicy,
    Overriding,
    OwnOverride,
    ReservedFact,
    UnknownFact,
    UnknownOutcome,
    UnknownReason,
    UnreadableFact,
    UnusableTime,
)
from casefold.case.decision import By, decision_findings, explained
from casefold.case.events import Event, PageCorrected, PolicyGiven
from casefold.case.facts import case_facts
from casefold.case.outcome import outcome_digest
from casefold.case.record import record
from casefold.case.state import fold
from casefold.case.steps import Decide, next_steps
from casefold.case.view import all_findings
from casefold.feel.codec import to_json
from casefold.feel.values import Value
from casefold.kernel.canonical import written
from casefold.kernel.results import Failure
from casefold.policy.model import InputData, Variable
from casefold.policy.rows import CardRows, TableRows
from casefold_properties.strategies import lines_of, page_of, setting_of
from casefold_properties.worlds import drive, recorded

ALPHA, BRAVO = page_of([lines_of("alpha certificate")]), page_of([lines_of("bravo certificate")])
NOTHING = page_of([lines_of("a letter about nothing in particular that fits no class at all")])
SETTING = setting_of([ALPHA, BRAVO, NOTHING])
READY = prepared()
ARTIFACTS = evolve(SETTING.artifacts, policy=READY)
DIGEST = "sha256:" + "0" * 64
POOR = {"utilisation": Decimal("0.9"), "inquiries": Decimal(9)}


def given(**facts: Value) -> PolicyGiven:
    whole = {**GOOD, **{name.replace("_", " "): fact for name, fact in facts.items()}}
    told = {name: to_json(fact).unwrap() for name, fact in whole.items()}
    return PolicyGiven(READY.digest, DIGEST, written(told), "0")


def decided(**facts: Value) -> tuple[Event, ...]:
    return drive(ARTIFACTS, [SETTING.opened, given(**facts)], SETTING.world())


def said(log: tuple[Event, ...], *observations) -> tuple[Event, ...]:
    """Record what people said, and drive the case to its end again."""
    for observation in observations:
        log = (*log, *recorded(ARTIFACTS, fold(log), observation))
    return drive(ARTIFACTS, log, SETTING.world())


def kinds(events) -> list[str]:
    return [type(event).__name__ for event in events]


def refusal(log: tuple[Event, ...], observation, artifacts=ARTIFACTS):
    found = record(artifacts, fold(log), observation)
    assert isinstance(found, Failure)
    return found.failure()


def told(log: tuple[Event, ...]):
    found = explained(ARTIFACTS, fold(log))
    assert found is not None
    return found


def test_a_case_is_decided_between_assembling_and_writing():
    """What is decided follows from what was assembled, and is written down with it."""
    log = decided()

    assert ["Assembled", "CaseDecided", "DocumentWritten"] == kinds(log)[4:7]
    assert "Reported" == kinds(log)[-1]
    assert ("approve", By.POLICY, ()) == (told(log).outcome, told(log).by, told(log).reasons)


def test_a_finished_case_is_decided_without_writing_it_again():
    """A policy that comes late changes no document."""
    log = drive(ARTIFACTS, [SETTING.opened], SETTING.world())
    after = said(log, given())

    assert ["PolicyGiven", "CaseDecided", "Reported"] == kinds(after[len(log) :])
    assert outcome_digest(fold(after)) != outcome_digest(fold(log))


def test_a_decline_tells_its_reasons():
    """In the words of a notice, with what each was told for."""
    found = told(decided(years_employed=None, **POOR))

    assert ("decline", True) == (found.outcome, found.adverse)
    assert ["Unable to verify employment", "Excessive obligations in relation to income"] == [
        text.text for text, _ in found.reasons
    ][:2]
    assert [TableRows, CardRows, TableRows] == [type(rows) for rows in found.trace]


def test_a_case_that_cannot_be_decided_needs_a_person():
    """It is a finding until somebody decides, and none after that."""
    log = decided(years_employed="long")
    after = said(log, Overriding("refer", "Ann", "asked the employer"))

    assert ["undecided"] == [finding.kind.value for finding in all_findings(fold(log))]
    assert (None, None) == (told(log).outcome, told(log).by)
    assert () == decision_findings(fold(after))
    assert ("refer", By.PERSON) == (told(after).outcome, told(after).by)


def test_an_override_says_who_and_why_and_is_approved_by_another():
    """Two people stand behind an outcome that the policy did not give."""
    log = said(decided(**POOR), Overriding("approve", " Ann Lee ", "the card was closed"))
    approved = said(log, Approving("Bo", "seen the letter"))

    assert ["DecisionOverridden", "Reported"] == kinds(log)[-2:]
    assert OwnOverride("ann  LEE") == refusal(log, Approving("ann  LEE", "mine"))
    assert ("approve", "Ann Lee") == (told(approved).outcome, told(approved).overridden.by)
    assert "Bo" == told(approved).approved.by
    assert ["DecisionApproved", "Reported"] == kinds(approved)[-2:]


def test_an_override_is_of_one_decision():
    """Other facts make another decision, and what was said of the first does not stand."""
    log = said(decided(**POOR), Overriding("approve", "Ann", "why"), Approving("Bo", "why"))
    after = said(log, given(bankruptcies=Decimal(1)))

    assert ("decline", By.POLICY) == (told(after).outcome, told(after).by)
    assert (None, None) == (told(after).overridden, told(after).approved)


def test_a_correction_that_changes_no_fact_leaves_the_override():
    """The same facts give the same record, and the override was made on it."""
    log = said(decided(**POOR), Overriding("approve", "Ann", "why"))
    after = said(log, PageCorrected(1, "bravo", "Bo", "the title is torn"))

    assert ["PageCorrected", "Assembled", "CaseDecided"] == kinds(after[len(log) :])[:3]
    assert By.PERSON is told(after).by


def test_an_override_to_a_decline_tells_the_applicant_why():
    """Whoever is declined by a person is owed reasons as well."""
    log = decided()
    after = said(log, Overriding("decline", "Ann", "fraud alert", ("C10",)))

    assert NoReasonGiven("decline") == refusal(log, Overriding("decline", "Ann", "why"))
    assert UnknownReason("C99") == refusal(log, Overriding("decline", "Ann", "why", ("C99",)))
    assert ["Unable to verify income"] == [text.text for text, _ in told(after).reasons]


def test_what_nobody_can_decide_is_refused():
    """Outcomes that are not declared, and what is said before there is anything to speak of."""
    undecided = decided(years_employed="long")
    early = (SETTING.opened, given())

    assert UnknownOutcome("maybe", ("approve", "refer", "decline")) == refusal(
        undecided, Overriding("maybe", "Ann", "why")
    )
    assert NoOutcome() == refusal(undecided, Approving("Ann", "why"))
    assert NotDecided() == refusal(early, Overriding("approve", "Ann", "why"))
    assert NotDecided() == refusal(early, Approving("Ann", "why"))


WITH_CASE = evolve(
    POLICY, model=evolve(POLICY.model, elements=(InputData("case", Variable("case")), *POLICY.model.elements))
)


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("case", ReservedFact("case")),
        (f"{{{HOME}}}case", ReservedFact(f"{{{HOME}}}case")),
        ("Score", ReservedFact("Score")),
        ("incme", UnknownFact("incme", ("bankruptcies", "income", "inquiries", "utilisation", "years employed"))),
    ],
)
def test_facts_that_are_not_the_callers_are_refused(name, refused):
    """Nobody tells a case what its own papers show, or a policy what it decides; a misspelt name is told."""
    policy = prepared(WITH_CASE)
    artifacts, event = evolve(ARTIFACTS, policy=policy), evolve(given(), policy=policy.digest)
    wrong = evolve(event, facts=written({**event.facts.members, name: None}))

    assert refused == refusal((SETTING.opened,), wrong, artifacts)


def test_a_policy_that_is_not_at_hand_and_facts_that_are_none_are_refused():
    """What was given is checked before it is recorded."""
    opened = (SETTING.opened,)

    assert OtherPolicy(DIGEST, READY.digest) == refusal(opened, evolve(given(), policy=DIGEST))
    assert UnusableTime("now") == refusal(opened, evolve(given(), as_of="now"))
    assert UnusableTime("Mars/Phobos") == refusal(opened, evolve(given(), zone="Mars/Phobos"))
    assert UnreadableFact("income") == refusal(opened, evolve(given(), facts=written({"income": {"number": "x"}})))


def test_a_policy_decides_from_its_first_day_to_its_last():
    """Both days count, as the zone of the decision has them."""
    policy = prepared(evolve(POLICY, effective_from="1970-01-02", effective_until="1970-01-03"))
    artifacts, day = evolve(ARTIFACTS, policy=policy), 86_400_000_000

    for late, allowed in ((day - 1, False), (day, True), (3 * day - 1, True), (3 * day, False)):
        found = record(artifacts, fold([SETTING.opened]), evolve(given(), as_of=str(late)))
        assert isinstance(found, Failure) != allowed, late
    assert NotInEffect("1970-01-01", "1970-01-02", "1970-01-03") == refusal((SETTING.opened,), given(), artifacts)


def test_a_case_tells_a_policy_what_its_papers_show():
    """Documents with their classes and exact confidences, and what a person must look at."""
    case = fold(drive(ARTIFACTS, [SETTING.opened], SETTING.world()))
    facts: dict[str, Any] = dict(case_facts(case))

    assert (Decimal(3), Decimal(1)) == (facts["pages"], facts["pages_to_review"])
    assert ("alpha", "bravo") == facts["classes"]
    assert [("alpha", False), ("bravo", False), ("unknown", True)] == [
        (each["class"], each["needs_review"]) for each in facts["documents"]
    ]
    assert case.outcome is not None
    assert [Decimal(each.confidence_ppm) / 1_000_000 for each in case.outcome.documents] == [
        each["confidence"] for each in facts["documents"]
    ]


def test_a_policy_is_due_until_it_decided():
    """Between the policy and the decision, deciding is what is due; overrides are kept until it is known."""
    case = fold([*drive(ARTIFACTS, [SETTING.opened], SETTING.world()), given()])

    assert (Decide(),) == next_steps(case)
