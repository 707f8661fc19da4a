"""Laws of decided cases: a decision follows from the case and the facts, and people speak of one decision alone."""

import json
from collections.abc import Callable, Sequence

from attrs import evolve as changed

from casefold.case.deciding import (
    Approving,
    Overriding,
    approve,
    decide_case,
    override,
    same_person,
    standing_outcome,
)
from casefold.case.decision import By, decision_value, explained
from casefold.case.events import Event, ScoresReceived
from casefold.case.facts import CASE, case_facts
from casefold.case.outcome import outcome_value
from casefold.case.record import Artifacts
from casefold.case.replay import decide_again
from casefold.case.scoring import plans_of, scored
from casefold.case.state import Case, evolve
from casefold.feel.codec import from_json, to_json
from casefold.kernel.canonical import canonical
from casefold.kernel.results import Success
from casefold.pages.labels import Status
from casefold.policy.scorefacts import Outcome, Source


def decision_follows(artifacts: Artifacts, case: Case) -> None:
    """What was decided is what follows from the case and the facts, at any time, to the byte."""
    assert case.given is not None and case.decided is not None and case.outcome is not None
    assert decide_case(artifacts.policy, artifacts.zones, case) == Success(case.decided)
    assert decide_again(artifacts, case, case.outcome) is None
    assert case.decided.digest == case.decided.record.digest


def a_changed_record_is_found_out(artifacts: Artifacts, case: Case) -> None:
    """A record that says anything else than what was decided is not made again."""
    assert case.decided is not None and case.outcome is not None
    record = {**case.decided.record.members, "outcome": "another"}
    other = changed(case.decided, record=changed(case.decided.record, text=canonical(record).decode()))
    assert decide_again(artifacts, changed(case, decided=other), case.outcome) is not None


def people_speak_of_one_decision(events: Sequence[Event], step: Callable[[Case, Event], Case] = evolve) -> None:
    """In a log that makes sense, an override and an approval stand only beside the decision that they were made on."""
    case = Case()
    for event in events:
        case = step(case, event)
        if case.decided is None:
            continue
        for said in (case.overridden, case.approved):
            assert said is None or said.decision == case.decided.digest
        if case.overridden is not None and case.approved is not None:
            assert case.approved.outcome == case.overridden.outcome
            assert not same_person(case.approved.by, case.overridden.by)
        if case.overridden is not None:
            assert standing_outcome(case) == case.overridden.outcome


def override_is_allowed_or_not(artifacts: Artifacts, case: Case, wanted: Overriding) -> bool:
    """An override names a declared outcome, a person, grounds, and reasons if it is adverse; says whether it does."""
    assert artifacts.policy is not None and artifacts.policy.policy.outcomes is not None
    outcomes, known = artifacts.policy.policy.outcomes, artifacts.policy.catalogue
    right = (
        wanted.outcome in outcomes.order
        and bool(wanted.by.strip())
        and bool(wanted.why.strip())
        and all(code in known for code in wanted.reasons)
        and (wanted.outcome not in outcomes.adverse or bool(wanted.reasons))
    )
    found = override(artifacts.policy, case, wanted)
    assert isinstance(found, Success) == right
    if isinstance(found, Success):
        event = found.unwrap()
        assert case.decided is not None
        assert (event.decision, event.outcome) == (case.decided.digest, wanted.outcome)
        own = approve(evolve(case, event), Approving(f" {event.by.upper()} ", "me again"))
        assert not isinstance(own, Success), "nobody approves what they overrode"
    return right


def case_facts_are_exact(case: Case) -> None:
    """What a case tells a policy is what it holds, and is read back as it was written."""
    assert case.outcome is not None
    facts = case_facts(case)
    assert case_facts(case) == facts
    text = to_json(facts).unwrap()
    assert from_json(json.loads(canonical(text))) == Success(facts)
    documents, classes, missing = facts["documents"], facts["classes"], facts["missing"]
    assert isinstance(documents, tuple) and isinstance(classes, tuple) and isinstance(missing, tuple)
    assert len(documents) == len(case.outcome.documents)
    assert facts["pages"] == len(case.pages)
    assert facts["pages_to_review"] == sum(label.status is Status.REVIEW for label in case.outcome.labels)
    for told, document in zip(documents, case.outcome.documents, strict=True):
        assert isinstance(told, dict)
        assert (told["class"], told["pages"]) == (document.label, len(document.pages))
        assert told["confidence"] * 1_000_000 == document.confidence_ppm  # type: ignore[operator]  # exact, and a number
    assert {each.label for each in case.outcome.documents} - {"unknown"} == {*map(str, classes)}
    assert list(classes) == sorted(map(str, classes)) and list(missing) == sorted(map(str, missing))


def decision_is_told(artifacts: Artifacts, case: Case) -> None:
    """What is told of a decision is JSON, and says what stands and whose it is."""
    told, found = decision_value(artifacts, case), explained(artifacts, case)
    assert json.loads(canonical(told)) == told
    if case.decided is None:
        assert told is None and found is None
        return
    assert isinstance(told, dict) and found is not None
    assert told["outcome"] == standing_outcome(case)
    assert (told["by"] == By.PERSON.value) == (case.overridden is not None)
    assert (told["by"] is None) == bool(found.undecided) or found.overridden is not None
    assert bool(told["reasons"]) == found.adverse, "whoever is declined is told why, and nobody else"
    assert (CASE in found.facts) == (CASE in case.decided.record.members["facts"])  # type: ignore[operator]


def a_policy_is_content(case: Case, bare: Case) -> None:
    """A decision is part of the outcome's content; without a policy there is no word of one."""
    assert "decision" not in outcome_value(bare)
    assert {name: part for name, part in outcome_value(case).items() if name != "decision"} == outcome_value(bare)


def scores_follow(artifacts: Artifacts, case: Case) -> None:
    """A decision is made on the scores that served, each with its request, and on no other; a fallback says so."""
    assert case.given is not None and case.decided is not None and artifacts.policy is not None
    record = case.decided.record.members
    facts, scores = record["facts"], record.get("scores", [])
    assert isinstance(facts, dict) and isinstance(scores, list)
    told = scored(case.given, case.scores)
    assert [each["input"] for each in scores if isinstance(each, dict)] == [call.input for call in case.given.scores]
    plans = {each.input: each.plan for each in plans_of(case.given)}
    answers = {} if case.scores is None else {each.input: each for each in case.scores.answers}
    assert plans.keys() == answers.keys(), "what can be asked is asked, and nothing else"
    for each in told:
        assert (each.fact is None) != (each.why is None), "there is a score, or a reason why not"
        assert (each.input in facts) == (each.fact is not None)
        if each.fact is None:
            assert "undecided" in record, "nothing is decided without a score"
            continue
        plan, served = plans[each.input], answers[each.input].served
        assert facts[each.input] == to_json(each.fact.value).unwrap()
        assert each.fact.request == plan.served.request.digest == served.request
        assert (each.fact.source is Source.FALLBACK) == (each.fact.why is not None)


def shadows_alter_nothing(
    artifacts: Artifacts,
    case: Case,
    outcome: Outcome,
    decided: Callable[[Artifacts, Case], object] = lambda artifacts, case: decide_case(
        artifacts.policy, artifacts.zones, case
    ),
) -> None:
    """Whatever shadows answer, the decision is the same to the byte."""
    assert case.scores is not None and case.decided is not None
    others = tuple(
        changed(
            each,
            shadows=tuple(changed(one, received=changed(one.received, outcome=outcome)) for one in each.shadows),
        )
        for each in case.scores.answers
    )
    assert decided(artifacts, changed(case, scores=ScoresReceived(others))) == Success(case.decided)
