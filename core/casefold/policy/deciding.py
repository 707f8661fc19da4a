"""Decide by a policy: an outcome with its reasons, or why there is none.

Nothing is decided by accident. Where anything goes wrong on the way to the outcome - a fact that is missing or of the
wrong type, a cell that cannot be said, an outcome that nobody declared, an adverse one without a reason - there is no
outcome, and a person decides.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.feel.codec import in_order
from casefold.feel.program import OutOfFuel
from casefold.feel.values import Fault, Problem, Reason, Value, World, kind_of
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.artifact import Policy, ReasonText
from casefold.policy.boxed import Unreadable
from casefold.policy.catalogue import REGULATION_B
from casefold.policy.checks.gaps import is_partial
from casefold.policy.codec import policy_digest
from casefold.policy.graph import Compiled, Made, NoSuchElement, compile_model, decide_all
from casefold.policy.model import Decision, InputData
from casefold.policy.reasons import Reasoning, Told, reasons_for
from casefold.policy.scorecalls import call_faults
from casefold.policy.tables import NOWHERE, Seen


@frozen(eq=False)
class Ready:
    """A policy ready to decide by.

    Attributes:
        digest: What names it.
        facts: The names of the facts that it asks for: its inputs, and those of other models as ``{namespace}name``.
        asked: The decisions that are made for every application, the outcome among them.
        catalogue: The reasons that it may tell, by code: its own, and those of Regulation B.
    """

    policy: Policy
    digest: str
    compiled: Compiled
    facts: frozenset[str]
    asked: tuple[str, ...]
    catalogue: Mapping[str, ReasonText]
    reasoning: Reasoning


@frozen
class NotReady:
    """A policy cannot be decided by; *faults* say where and why."""

    faults: tuple[Unreadable, ...]


@frozen(eq=False)
class Decided:
    """A decision.

    Attributes:
        outcome: The outcome; ``None`` if the policy declares none.
        reasons: Why it is adverse, the weightiest first; empty if it is not.
        made: The decisions that it came from, and what they were decided by.
    """

    outcome: str | None
    reasons: tuple[Told, ...]
    made: Made


@frozen
class UnknownFacts:
    """Facts of these names are none that the policy asks for; *known* are those that it does."""

    names: tuple[str, ...]
    known: tuple[str, ...]


@frozen
class Unscored:
    """There are no scores for the inputs of these names, and the policy asks models for them."""

    inputs: tuple[str, ...]


@frozen
class Problems:
    """Something went wrong on the way."""

    problems: tuple[Problem, ...]


@frozen
class OutcomeUnknown:
    """The outcome is none of those that the policy declares; one that is no text is *given* by its type."""

    given: str
    known: tuple[str, ...]


@frozen
class NoReason:
    """The outcome is adverse, and what decided it gives no reason."""

    outcome: str


Undecided: TypeAlias = UnknownFacts | Unscored | Problems | OutcomeUnknown | NoReason | OutOfFuel


def ready(policy: Policy) -> Result[Ready, NotReady]:
    """Compile a policy; a part that cannot be read, or an outcome that is not there, is a fault."""
    compiled = compile_model(policy.model, {each.namespace: each for each in policy.imported})
    faults = list(compiled.faults)
    decisions = tuple(
        name for name, number in compiled.names.items() if isinstance(compiled.plans[number].element, Decision)
    )
    if policy.outcomes is not None and policy.outcomes.decision not in decisions:
        faults.append(Unreadable(("outcome",), policy.outcomes.decision, "there is no decision of this name"))
    if policy.outcomes is not None:
        faults += _unasked(compiled, frozenset(decisions))
    given = frozenset(_facts(compiled))
    faults.extend(call_faults(policy.scores, given))
    if faults:
        return Failure(NotReady(tuple(faults)))
    catalogue = {each.code: each for each in chain(REGULATION_B, policy.reasons)}
    order = dict.fromkeys(chain(policy.ranking.priority, (each.code for each in policy.reasons), catalogue))
    places = {code: place for place, code in enumerate(order) if code in catalogue}
    reasoning = Reasoning(MappingProxyType(places), frozenset(decisions), policy.ranking)
    asked = tuple(sorted(decisions))
    shown = MappingProxyType(catalogue)
    return Success(Ready(policy, policy_digest(policy), compiled, given, asked, shown, reasoning))


def _unasked(compiled: Compiled, decisions: frozenset[str]) -> Iterator[Unreadable]:
    """Refuse rules that give the reasons of a decision which had no part in theirs."""
    plans = {plan.place: plan for plan in compiled.plans}
    for grid in compiled.grids:
        asked = plans[grid.place[0]].order
        for number, row in enumerate(grid.rows, 1):
            for name in row.reasons:
                if name in decisions and compiled.names[name] not in asked:
                    said = f"it gives the reasons of {name!r}, which its decision does not ask for"
                    yield Unreadable((*grid.place, f"rule {number}"), name, said)


def _facts(compiled: Compiled) -> Iterator[str]:
    """Give the names of facts, one each; what a decision decides is none."""
    home = f"{{{compiled.model.namespace}}}"
    for name, number in compiled.inputs.items():
        if isinstance(compiled.plans[number].element, InputData) and not name.startswith(home):
            yield name


def decide_by(prepared: Ready, facts: Mapping[str, Value], world: World = World()) -> Result[Decided, Undecided]:
    """Decide by a policy over facts by name; a fact that is not given is null, but a score is never left out."""
    if not prepared.facts.issuperset(facts):
        unknown = (name for name in facts if name not in prepared.facts)
        return Failure(UnknownFacts(tuple(sorted(unknown)), tuple(sorted(prepared.facts))))
    unscored = tuple(call.input for call in prepared.policy.scores if call.input not in facts)
    if unscored:
        return Failure(Unscored(unscored))
    given = {name: in_order(value) for name, value in facts.items()}
    found = decide_all(prepared.compiled, prepared.asked, given, world)
    if isinstance(found, Failure):
        return Failure(_stopped(found.failure()))
    made = found.unwrap()
    problems = (*made.problems, *_unmatched(made))
    return Failure(Problems(problems)) if problems else concluded(prepared, made)


def _unmatched(made: Made) -> Iterator[Problem]:
    """Give the tables that leave an applicant to no rule, where one should match: null is what nobody decided."""
    for each in made.seen:
        if isinstance(each, Seen) and not each.matched and not is_partial(each.grid):
            fault = Fault(Reason.NOT_ALLOWED, each.grid.name.removeprefix("decision "), "no rule matches", "one rule")
            yield Problem(fault, NOWHERE, each.grid.place)


def _stopped(why: NoSuchElement | OutOfFuel) -> OutOfFuel:
    assert isinstance(why, OutOfFuel), "a policy that is ready has the decisions that it asks for"
    return why


def concluded(prepared: Ready, made: Made) -> Result[Decided, Undecided]:
    """Give the outcome of decisions that were made, and its reasons."""
    outcomes = prepared.policy.outcomes
    if outcomes is None:
        return Success(Decided(None, (), made))
    value = made.values[outcomes.decision]
    if outcomes.member is not None and isinstance(value, dict):
        value = value.get(outcomes.member)
    if not isinstance(value, str) or value not in outcomes.order:
        return Failure(OutcomeUnknown(value if isinstance(value, str) else kind_of(value), outcomes.order))
    if value not in outcomes.adverse:
        return Success(Decided(value, (), made))
    reasons = reasons_for(prepared.reasoning, outcomes.decision, made.seen)
    return Success(Decided(value, reasons, made)) if reasons else Failure(NoReason(value))
