"""The scores that a case asks models for, and what came of asking.

Requests follow from the policy's scores and the caller's facts alone, so that the case knows what is due without the
policy. Shadows are recorded, and nothing here makes a fact of their answers.
"""

from collections.abc import Iterable

from attrs import frozen

from casefold.case.events import PolicyGiven, ScoresReceived
from casefold.feel.codec import from_json, to_json
from casefold.feel.values import UtcAlone, Value
from casefold.kernel.canonical import Json
from casefold.kernel.results import Failure, Success, sealed
from casefold.policy.experiments import Plan, Planned
from casefold.policy.scorecalls import ScoreCall, Scored, Unaskable, plan_call
from casefold.policy.scorecodec import score_value
from casefold.policy.scorefacts import ScoreReceived, fact_of


@frozen
class PlannedScore:
    """What is to be asked for the score that fills an input."""

    input: str
    plan: Plan


def plans_of(given: PolicyGiven) -> tuple[PlannedScore, ...]:
    """Say what is to be asked for the facts that a case was given; a score that cannot be asked for is left out."""
    facts = _facts(given)
    found = ((call.input, plan_call(call, facts)) for call in given.scores)
    return tuple(PlannedScore(name, plan.unwrap()) for name, plan in found if isinstance(plan, Success))


def _facts(given: PolicyGiven) -> dict[str, Value]:
    """Give the facts that models may take: they have no use for times in zones."""
    read = {name: from_json(fact, UtcAlone(), name) for name, fact in given.facts.members.items()}
    return {name: fact.unwrap() for name, fact in read.items() if isinstance(fact, Success)}


def answers_all(plans: tuple[PlannedScore, ...], received: ScoresReceived) -> bool:
    """Whether answers are those to what was planned: each request once, in order."""
    return [each.input for each in plans] == [each.input for each in received.answers] and all(
        answer.assignment == planned.plan.assignment
        and _answers(planned.plan.served, answer.served)
        and [each.arm for each in answer.shadows] == [each.arm for each in planned.plan.shadows]
        and all(map(_answers, planned.plan.shadows, (each.received for each in answer.shadows)))
        for planned, answer in zip(plans, received.answers, strict=True)
    )


def _answers(asked: Planned, received: ScoreReceived) -> bool:
    return received.request == asked.request.digest


def scored(given: PolicyGiven, received: ScoresReceived | None) -> tuple[Scored, ...]:
    """Say what became of each score; only what served makes a fact."""
    facts = _facts(given)
    answers = {} if received is None else {each.input: each for each in received.answers}
    found: list[Scored] = []
    for call in given.scores:
        match sealed(plan_call(call, facts)):
            case Failure(why):
                found.append(_unasked(call, why))
            case Success(plan):
                if call.input in answers:
                    found.append(_answered(call, plan, answers[call.input].served))
    return tuple(found)


def _unasked(call: ScoreCall, why: Unaskable) -> Scored:
    return Scored(call.input, why=why)


def _answered(call: ScoreCall, plan: Plan, received: ScoreReceived) -> Scored:
    match sealed(fact_of(call.models[plan.assignment.arm], received)):
        case Success(fact):
            return Scored(call.input, plan.assignment, fact)
        case Failure(why):
            return Scored(call.input, plan.assignment, why=why)


def facts_in(scores: Iterable[Scored]) -> dict[str, Value]:
    """Give the facts that scores are, by the inputs that they fill."""
    return {each.input: each.fact.value for each in scores if each.fact is not None}


def facts_json(scores: Iterable[Scored]) -> dict[str, Json]:
    """Write the facts that scores are as a record has them."""
    return {name: to_json(value, name).unwrap() for name, value in facts_in(scores).items()}


def scores_value(scores: tuple[Scored, ...]) -> Json:
    """Write what became of scores as a record has it; nothing where there are none."""
    return [score_value(each) for each in scores] if scores else None


def responses(events: Iterable[object]) -> frozenset[str]:
    """Give the digests of all answers that a case ever had; their bytes are blobs."""
    answers = [each for event in events if isinstance(event, ScoresReceived) for each in event.answers]
    received = [one for each in answers for one in (each.served, *(shadow.received for shadow in each.shadows))]
    return frozenset(each.response for each in received if each.response is not None)
