"""The scores that a policy asks models for: which input each fills, by which models, and what that means for facts.

Nothing here calls anything either: a plan is data, and what came of it is an observation.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import TypeAlias

from attrs import frozen

from casefold.feel import numbers
from casefold.feel.values import Value, kind_of
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold.policy.boxed import Unreadable
from casefold.policy.experiments import Assignment, Experiment, NoSuchModel, Plan, plan_of
from casefold.policy.scorefacts import Nonsense, Refused, ScoreFact, TimedOut, Unreachable
from casefold.policy.scores import InputUnusable, ScoreModel


@frozen
class ScoreArm:
    """A model, by the name that the policy's experiment has for it."""

    name: str
    model: ScoreModel


@frozen
class ScoreCall:
    """A score that a policy asks for.

    Attributes:
        input: The input of the policy that the score fills.
        experiment: Which model serves, and which are asked beside it.
        arms: The models of the experiment.
        subject: The fact by whose value a model is chosen; ``None`` only where there are no challengers.
    """

    input: str
    experiment: Experiment
    arms: tuple[ScoreArm, ...]
    subject: str | None = None

    @property
    def models(self) -> dict[str, ScoreModel]:
        """The models by the names that the experiment has for them."""
        return {arm.name: arm.model for arm in self.arms}


@frozen
class SubjectUnusable:
    """The fact by whose value a model is chosen is missing, or neither text nor a number; *given* names its type."""

    fact: str
    given: str


Unaskable: TypeAlias = InputUnusable | SubjectUnusable | NoSuchModel
NoScore: TypeAlias = InputUnusable | SubjectUnusable | NoSuchModel | TimedOut | Unreachable | Refused | Nonsense
"""Why there is no score: nothing could be asked, or nothing that could be used came back."""


@frozen
class Scored:
    """What became of a score that a policy asked for; either there is a fact, or there is a reason why not.

    Attributes:
        input: The input of the policy that it fills.
        assignment: Which model served; ``None`` where that could not be said.
    """

    input: str
    assignment: Assignment | None = None
    fact: ScoreFact | None = None
    why: NoScore | None = None


def plan_call(call: ScoreCall, facts: Mapping[str, Value]) -> Result[Plan, Unaskable]:
    """Say what is to be asked for a score."""
    subject = "" if call.subject is None else _subject(facts.get(call.subject))
    if subject is None:
        fact = call.subject or ""
        return Failure(SubjectUnusable(fact, kind_of(facts[fact]) if fact in facts else "nothing"))
    match sealed(plan_of(call.experiment, call.models, subject, facts)):
        case Success(plan):
            return Success(plan)
        case Failure(why):
            return Failure(why)


def _subject(value: Value) -> str | None:
    """Write the name of a subject: text as it stands, a number without needless zeros.

    >>> _subject("loan 4711"), _subject(Decimal("4711.00")), _subject(True)
    ('loan 4711', '4711', None)
    """
    if isinstance(value, str):
        return value
    return numbers.text(value.normalize(numbers.CONTEXT)) if isinstance(value, Decimal) else None


def call_faults(calls: tuple[ScoreCall, ...], inputs: Collection[str]) -> Iterator[Unreadable]:
    """Say what is wrong with the scores of a policy that has *inputs*."""
    filled, arms = [call.input for call in calls], [arm.name for call in calls for arm in call.arms]
    for call in calls:
        place = (f"score {call.input}",)
        if call.input not in inputs:
            yield Unreadable(place, call.input, "there is no input of this name")
        if filled.count(call.input) > 1:
            yield Unreadable(place, call.input, "two scores fill this input")
        if call.subject is None and call.experiment.challengers:
            yield Unreadable(place, call.experiment.id, "challengers need a subject, by which a model is chosen")
        experiment = call.experiment
        asked = (experiment.champion, *(each.model for each in experiment.challengers), *experiment.shadows)
        yield from (
            Unreadable(place, name, "there is no model of this name") for name in asked if name not in call.models
        )
        for arm in call.arms:
            there = (*place, f"model {arm.name}")
            if arms.count(arm.name) > 1:
                yield Unreadable(there, arm.name, "two models have this name")
            if arm.name not in asked:
                yield Unreadable(there, arm.name, "it is neither champion, challenger nor shadow")
        facts: Iterator[tuple[tuple[str, ...], str | None]] = chain(
            ((place, call.subject),),
            (((*place, f"model {arm.name}"), each.fact) for arm in call.arms for each in arm.model.inputs),
        )
        for spot, fact in facts:
            if fact is not None and fact not in inputs:
                yield Unreadable(spot, fact, "there is no input of this name")
            if fact in filled:
                yield Unreadable(spot, fact, "a score fills this input, so that no model can ask for it")
