"""Decisions in words, for every shell: outcomes, reasons and what they were told for, and why there is no decision."""

from casefold.case import deciding
from casefold.case.deciding import DecisionError
from casefold.case.decision import By, Explained
from casefold.policy.record import Divergence, NotReplayable
from casefold.policy.wording import cause_words, undecided_words

__all__ = [
    "cause_words",
    "decision_error_words",
    "divergence_words",
    "outcome_words",
    "policy_words",
    "reason_rows",
    "standing_words",
    "undecided_words",
]


def policy_words(found: Explained) -> str:
    """Name the policy that decided."""
    return f"{found.policy.name or 'policy'} {found.policy.version}".strip()


def outcome_words(found: Explained) -> str:
    """Say what stands, in a word or two."""
    if found.outcome is not None:
        return found.outcome
    return "undecided" if found.by is None else "decided"


def standing_words(found: Explained) -> str:
    """Say whose the outcome is, and who approved it."""
    said = _by_words(found)
    return said if found.approved is None else f"{said}; approved by {found.approved.by}"


def _by_words(found: Explained) -> str:
    match found.by:
        case None:
            return f"policy {policy_words(found)} could not decide; a person must"
        case By.POLICY:
            return f"by policy {policy_words(found)}"
        case By.PERSON:
            assert found.overridden is not None, "a person decides by overriding"
            before = f"instead of {found.decided}" if found.decided is not None else "where the policy could not decide"
            return f"by {found.overridden.by}, {before}"


def reason_rows(found: Explained) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Give the code, the wording and the causes of each reason, the weightiest first."""
    return tuple((text.code, text.text, tuple(map(cause_words, causes))) for text, causes in found.reasons)


def decision_error_words(error: DecisionError) -> str:
    """Say why a policy, an override or an approval was not taken, and how to mend it."""
    match error:
        case deciding.OtherPolicy(wanted, there):
            return f"the case is decided by policy {wanted[:19]}…, and {there or 'none'} is at hand; please report it"
        case deciding.ReservedFact(name):
            return f"the fact {name!r} is not yours to give: the case or the policy itself says it; leave it out"
        case deciding.UnknownFact(name, known):
            return f"the policy asks for no fact {name!r}; it asks for {', '.join(known) or 'none'}"
        case deciding.UnreadableFact(name):
            return f"the fact {name!r} is no value that is known here; check its form and its time zone"
        case deciding.UnusableTime(given):
            return f"{given} is no time or zone to decide for; name one such as 2026-01-31T09:00:00Z"
        case deciding.NotInEffect(day, first, last):
            term = f"from {first or 'any day'} to {last or 'any day'}"
            return f"the policy decides {term}, and not on {day}; name another policy, or another --as-of"
        case deciding.NotDecided():
            return "no decision stands in this case; decide it first with `casefold decide DIR --policy POLICY`"
        case deciding.NoOutcome():
            return "there is no outcome to approve; give one first with `casefold override`"
        case deciding.UnknownOutcome(outcome, known):
            there = f"it declares {', '.join(known)}" if known else "it declares none"
            return f"the policy knows no outcome {outcome!r}; {there}"
        case deciding.NoReasonGiven(outcome):
            return f"the applicant is owed a reason for {outcome!r}; name one or more with --reason CODE"
        case deciding.UnknownReason(code):
            return f"no reason has the code {code!r}; use C01 to C24 of Regulation B, or one of the policy's own"
        case deciding.Nameless():
            return "who says so (--by) and why (--why) are recorded with it; name both"
        case deciding.OwnOverride(by):
            return f"{by} overrode this decision; somebody else approves it"


def divergence_words(found: Divergence | NotReplayable) -> str:
    """Say where a decision that was made again differs."""
    if isinstance(found, NotReplayable):
        return f"it cannot be made again: {found.why}"
    was, would = found.recorded or "nothing", found.replayed or "nothing"
    return f"{found.path} was {was}, would be {would}"
