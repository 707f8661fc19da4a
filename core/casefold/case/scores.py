"""The scores of a case as they are told: which model gave what, to whom it was asked beside, and why there is none."""

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from casefold.case.events import PolicyGiven, ScoreAnswer, ScoresReceived
from casefold.case.scoring import plans_of, scored
from casefold.feel import numbers
from casefold.kernel.canonical import Json
from casefold.kernel.results import Failure, Success, sealed
from casefold.policy.scorecalls import ScoreCall, Scored
from casefold.policy.scorefacts import ScoreFact, ScoreReceived, Source, fact_of
from casefold.policy.scorewords import no_score_words


@frozen
class ArmTold:
    """What came of asking a model.

    Attributes:
        arm: The name that the policy has for it.
        model: The name that its server has.
        version: The version that answered, if that was said.
        value: The score; ``None`` where there is none.
        fallback: Whether it is the model's fallback.
        why: Why there is none, or only the fallback, in words; empty if the model answered.
        received: What came; ``None`` where nothing was asked.
    """

    arm: str
    model: str
    version: str | None
    value: Decimal | None
    fallback: bool
    why: str
    received: ScoreReceived | None


@frozen
class ScoreTold:
    """A score that a policy asked for.

    Attributes:
        input: The input that it fills.
        place: Where the subject lies in the experiment; ``None`` where no model could be chosen.
        served: What came of asking the model that serves; ``None`` where no model could be chosen or asked.
        value: The score; ``None`` where there is none.
        why: Why there is none, or only a fallback.
        shadows: What came of asking the others.
    """

    input: str
    place: int | None
    served: ArmTold | None
    value: Decimal | None
    why: str
    shadows: tuple[ArmTold, ...]


def scores_told(given: PolicyGiven, received: ScoresReceived | None) -> tuple[ScoreTold, ...]:
    """Tell what became of each score that a policy asked for."""
    answers = {} if received is None else {each.input: each for each in received.answers}
    calls = {call.input: call for call in given.scores}
    unasked = {each.input: each.plan.unasked for each in plans_of(given)}
    found: list[ScoreTold] = []
    for each in scored(given, received):
        call, answer = calls[each.input], answers.get(each.input)
        if answer is None:
            found.append(_unasked(each))
            continue
        served = _arm(call, answer.assignment.arm, answer.served)
        lacking = (
            ArmTold(one.arm, call.models[one.arm].name, None, None, False, no_score_words(one.why), None)
            for one in unasked[each.input]
        )
        found.append(
            ScoreTold(
                each.input,
                answer.assignment.place,
                served,
                served.value,
                served.why,
                (*_shadows(call, answer), *lacking),
            )
        )
    return tuple(found)


def _unasked(each: Scored) -> ScoreTold:
    return ScoreTold(each.input, None, None, None, "" if each.why is None else no_score_words(each.why), ())


def _shadows(call: ScoreCall, answer: ScoreAnswer) -> Iterator[ArmTold]:
    return (_arm(call, each.arm, each.received) for each in answer.shadows)


def _arm(call: ScoreCall, arm: str, received: ScoreReceived) -> ArmTold:
    model = call.models[arm]
    match sealed(fact_of(model, received)):
        case Success(fact):
            return _fact(arm, fact, received)
        case Failure(why):
            return ArmTold(arm, model.name, received.version, None, False, no_score_words(why), received)


def _fact(arm: str, fact: ScoreFact, received: ScoreReceived) -> ArmTold:
    why = "" if fact.why is None else no_score_words(fact.why)
    return ArmTold(arm, fact.model, received.version, fact.value, fact.source is Source.FALLBACK, why, received)


def score_row(told: ScoreTold) -> Json:
    """Write what became of a score as plain JSON."""
    return {
        "input": told.input,
        "value": None if told.value is None else numbers.text(told.value),
        "why": told.why or None,
        "place": told.place,
        "served": None if told.served is None else _row(told.served),
        "shadows": list(map(_row, told.shadows)),
    }


def _row(told: ArmTold) -> Json:
    received = told.received
    return {
        "arm": told.arm,
        "model": told.model,
        "version": told.version,
        "value": None if told.value is None else numbers.text(told.value),
        "source": "none" if told.value is None else Source.FALLBACK.value if told.fallback else Source.ANSWERED.value,
        "why": told.why or None,
        "attempts": 0 if received is None else received.attempts,
        "latency_microseconds": 0 if received is None else received.latency_microseconds,
        "request": None if received is None else received.request,
        "response": None if received is None else received.response,
    }


def score_words(told: ScoreTold) -> str:
    """Say in a line what became of a score."""
    if told.served is None or told.value is None:
        return f"{told.input}: none; {told.why}"
    by = f"{told.served.model} {told.served.version}" if told.served.version else told.served.model
    value = numbers.text(told.value)
    return (
        f"{told.input}: {value}, the fallback of {by}; {told.why}"
        if told.served.fallback
        else f"{told.input}: {value} by {by}"
    )
