"""Decide a case by a policy, and take what people say of the decision: a decision is a function of case and facts."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from attrs import frozen

from casefold.case.events import CaseDecided, DecisionApproved, DecisionOverridden, PolicyGiven
from casefold.case.facts import CASE, case_facts
from casefold.case.scoring import facts_in, scored, scores_value
from casefold.case.state import Case
from casefold.feel.codec import from_json
from casefold.feel.values import Value, World, Zones
from casefold.fields.compiled import ReadyFields
from casefold.kernel.canonical import written
from casefold.kernel.instants import Instant, rfc3339
from casefold.kernel.results import Failure, Result, Success, traverse
from casefold.policy.artifact import Policy
from casefold.policy.deciding import Ready, decide_by
from casefold.policy.model import Decision
from casefold.policy.record import record_of

AS_OF_MIN = -62_135_596_800_000_000
AS_OF_MAX = 253_402_300_799_999_999
"""The first and the last microsecond that a year of four digits has."""

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,18}")


@frozen
class Overriding:
    """A person would put an outcome of their own in place of the policy's; *reasons* are codes of the catalogue."""

    outcome: str
    by: str
    why: str
    reasons: tuple[str, ...] = ()


@frozen
class Approving:
    """A person approves the outcome that stands."""

    by: str
    why: str


@frozen
class OtherPolicy:
    """The policy of digest *wanted* is not the one at hand, of digest *there*."""

    wanted: str
    there: str | None


@frozen
class ReservedFact:
    """A fact of this name is not the caller's to give: the case gives it, or the policy decides it."""

    name: str


@frozen
class UnknownFact:
    """The policy asks for no fact of this name; *known* are those that it does."""

    name: str
    known: tuple[str, ...]


@frozen
class UnreadableFact:
    """A fact is no FEEL value, or names a time zone that is not known here."""

    name: str


@frozen
class UnusableTime:
    """What is given as the time of the decision is none."""

    as_of: str


@frozen
class NotInEffect:
    """The policy may not decide on *day*, only from its first day to its last; ``None`` is an open end."""

    day: str
    first: str | None
    last: str | None


@frozen
class NotDecided:
    """No decision stands that a person could say something of."""


@frozen
class NoOutcome:
    """There is no outcome to approve: the policy came to none, and nobody gave one."""


@frozen
class UnknownOutcome:
    """The policy declares no such outcome; *known* are those that it does."""

    outcome: str
    known: tuple[str, ...]


@frozen
class NoReasonGiven:
    """An applicant is owed a reason for this outcome."""

    outcome: str


@frozen
class UnknownReason:
    """No reason of the catalogue has this code."""

    code: str


@frozen
class Nameless:
    """Whoever overrides or approves a decision says who they are, and why."""


@frozen
class OwnOverride:
    """*by* overrode the decision, so that somebody else approves it."""

    by: str


DecisionError: TypeAlias = (
    OtherPolicy
    | ReservedFact
    | UnknownFact
    | UnreadableFact
    | UnusableTime
    | NotInEffect
    | NotDecided
    | NoOutcome
    | UnknownOutcome
    | NoReasonGiven
    | UnknownReason
    | Nameless
    | OwnOverride
)


def as_of(given: PolicyGiven) -> Instant | None:
    """Give the instant that a decision is made for; ``None`` where the text is none."""
    if _WHOLE.fullmatch(given.as_of) is None:
        return None
    found = int(given.as_of)
    return Instant(found) if AS_OF_MIN <= found <= AS_OF_MAX else None


def world_of(given: PolicyGiven, zones: Zones) -> World:
    """Give the world that a decision may ask."""
    return World(as_of=as_of(given) or Instant(0), zone=given.zone, zones=zones)


def askable(prepared: Ready) -> tuple[str, ...]:
    """Give the facts that a caller may give, by name: all but what the case itself gives, and models."""
    return tuple(sorted(prepared.facts - {CASE} - _filled(prepared)))


def _filled(prepared: Ready) -> frozenset[str]:
    """Give the inputs that models fill."""
    return frozenset(call.input for call in prepared.policy.scores)


def _qualified(policy: Policy) -> str:
    return f"{{{policy.model.namespace}}}{CASE}"


def _is_decided(prepared: Ready, name: str) -> bool:
    at = prepared.compiled.inputs.get(name)
    return at is not None and isinstance(prepared.compiled.plans[at].element, Decision)


def asks_for_the_case(prepared: Ready) -> bool:
    """Whether a policy has an input that is called as the case's own fact."""
    return CASE in prepared.facts


def accept_policy(prepared: Ready | None, zones: Zones, given: PolicyGiven) -> Result[PolicyGiven, DecisionError]:
    """Say whether a policy may decide a case with such facts."""
    if prepared is None or prepared.digest != given.policy or prepared.policy.scores != given.scores:
        return Failure(OtherPolicy(given.policy, None if prepared is None else prepared.digest))
    day = day_of(zones, given)
    if isinstance(day, UnusableTime):
        return Failure(day)
    first, last = prepared.policy.effective_from, prepared.policy.effective_until
    if (first is not None and day < first) or (last is not None and day > last):
        return Failure(NotInEffect(day, first, last))
    known = askable(prepared)
    for name in given.facts.members:
        if name in {CASE, _qualified(prepared.policy), *_filled(prepared)} or _is_decided(prepared, name):
            return Failure(ReservedFact(name))
        if name not in known:
            return Failure(UnknownFact(name, known))
    return _given_facts(zones, given).map(lambda _: given)


def day_of(zones: Zones, given: PolicyGiven) -> str | UnusableTime:
    """Give the day that is decided for, where the decision is made."""
    instant = as_of(given)
    if instant is None:
        return UnusableTime(given.as_of)
    offset = 0 if given.zone is None else zones.offset_seconds(given.zone, instant // 1_000_000, local=False)
    if offset is None:
        return UnusableTime(given.zone or "")
    local = instant + offset * 1_000_000
    return rfc3339(Instant(min(max(local, AS_OF_MIN), AS_OF_MAX)))[:10]


def _given_facts(zones: Zones, given: PolicyGiven) -> Result[dict[str, Value], UnreadableFact]:
    facts = given.facts.members
    read = traverse(lambda name: from_json(facts[name], zones, name), facts)
    if isinstance(read, Failure):
        return Failure(UnreadableFact(read.failure().path))
    return Success(dict(zip(facts, read.unwrap(), strict=True)))


def facts_of(
    prepared: Ready, zones: Zones, case: Case, fields: ReadyFields | None = None
) -> Result[dict[str, Value], UnreadableFact]:
    """Give all facts that a case is decided on: the caller's, scores, and the case's own if the policy asks for it."""
    assert case.given is not None, "a case is decided by the policy that it was given"
    scores = facts_in(scored(case.given, case.scores))
    own: dict[str, Value] = {CASE: case_facts(case, fields)} if asks_for_the_case(prepared) else {}
    return _given_facts(zones, case.given).map(lambda facts: {**facts, **scores, **own})


def decide_case(
    prepared: Ready | None, zones: Zones, case: Case, fields: ReadyFields | None = None
) -> Result[CaseDecided, DecisionError]:
    """Decide an assembled case by the policy that it was given."""
    given = case.given
    assert given is not None, "a case is decided by the policy that it was given"
    if prepared is None or prepared.digest != given.policy:
        return Failure(OtherPolicy(given.policy, None if prepared is None else prepared.digest))
    found = facts_of(prepared, zones, case, fields)
    if isinstance(found, Failure):
        return found
    facts, world = found.unwrap(), world_of(given, zones)
    scores = scores_value(scored(given, case.scores))
    record = record_of(prepared, facts, world, decide_by(prepared, facts, world), scores)
    assert isinstance(record, Success), "facts that were read from JSON can be written"
    kept = written(record.unwrap())
    return Success(CaseDecided(kept, kept.digest))


def override(prepared: Ready | None, case: Case, wanted: Overriding) -> Result[DecisionOverridden, DecisionError]:
    """Say whether a person may override the decision that stands."""
    given, decided = case.given, case.decided
    if given is None or decided is None:
        return Failure(NotDecided())
    if prepared is None or prepared.digest != given.policy:
        return Failure(OtherPolicy(given.policy, None if prepared is None else prepared.digest))
    outcomes = prepared.policy.outcomes
    if outcomes is None or wanted.outcome not in outcomes.order:
        return Failure(UnknownOutcome(wanted.outcome, () if outcomes is None else outcomes.order))
    by, why, codes = wanted.by.strip(), wanted.why.strip(), tuple(dict.fromkeys(wanted.reasons))
    if not by or not why:
        return Failure(Nameless())
    unknown = next((code for code in codes if code not in prepared.catalogue), None)
    if unknown is not None:
        return Failure(UnknownReason(unknown))
    if wanted.outcome in outcomes.adverse and not codes:
        return Failure(NoReasonGiven(wanted.outcome))
    return Success(DecisionOverridden(decided.digest, wanted.outcome, by, why, codes))


def approve(case: Case, wanted: Approving) -> Result[DecisionApproved, DecisionError]:
    """Say whether a person may approve the outcome that stands."""
    if case.decided is None:
        return Failure(NotDecided())
    outcome = standing_outcome(case)
    if outcome is None:
        return Failure(NoOutcome())
    by, why = wanted.by.strip(), wanted.why.strip()
    if not by or not why:
        return Failure(Nameless())
    if case.overridden is not None and same_person(by, case.overridden.by):
        return Failure(OwnOverride(by))
    return Success(DecisionApproved(case.decided.digest, outcome, by, why))


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals and spaces.

    >>> same_person("Ann  Lee", "ann lee"), same_person("Ann Lee", "Bo Lee")
    (True, False)
    """
    return one.casefold().split() == other.casefold().split()


def standing_outcome(case: Case) -> str | None:
    """Give the outcome that stands: that of the person who overrode the policy, or else the policy's."""
    if case.decided is None:
        return None
    if case.overridden is not None:
        return case.overridden.outcome
    found = case.decided.record.members.get("outcome")
    return found if isinstance(found, str) else None


def needs_a_person(case: Case) -> bool:
    """Whether the policy could not decide, and nobody did in its place."""
    undecided = case.decided is not None and "undecided" in case.decided.record.members
    return undecided and case.overridden is None


def policies_given(events: Iterable[object]) -> frozenset[str]:
    """Give the digests of the blobs of all policies that a case was ever given."""
    return frozenset(event.content for event in events if isinstance(event, PolicyGiven))
