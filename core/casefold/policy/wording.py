"""Decisions in words: why there is none, and what a reason was told for."""

from decimal import Decimal

from casefold.feel.program import OutOfFuel
from casefold.feel.wording import fault_words, fuel_words, place_words
from casefold.policy.deciding import NoReason, OutcomeUnknown, Problems, Undecided, UnknownFacts, Unscored
from casefold.policy.reasons import ByPoints, Cause


def undecided_words(undecided: Undecided) -> tuple[str, ...]:
    """Say why there is no decision, a sentence for each thing that is in the way.

    >>> undecided_words(NoReason("decline"))
    ('The outcome “decline” is owed a reason, and the rule that gave it names none.',)
    """
    match undecided:
        case UnknownFacts(names, known):
            there = ", ".join(known) or "none"
            return tuple(f"The policy asks for no fact “{name}”; it asks for {there}." for name in names)
        case Unscored(inputs):
            return tuple(f"There is no score “{name}” among the facts." for name in inputs)
        case Problems(problems):
            said = ((place_words(each.place), fault_words(each.fault)) for each in problems)
            return tuple(dict.fromkeys(f"{where}: {what}" if where else what for where, what in said))
        case OutcomeUnknown(given, known):
            return (f"“{given}” is none of the outcomes that the policy declares: {', '.join(known)}.",)
        case NoReason(outcome):
            return (f"The outcome “{outcome}” is owed a reason, and the rule that gave it names none.",)
        case OutOfFuel():
            return (fuel_words(undecided),)


def cause_words(cause: Cause) -> str:
    """Say what a reason was told for.

    >>> cause_words(ByPoints("Score", "Utilisation", "utilisation", Decimal(30)))
    'Utilisation: 30 points short in Score'
    """
    if isinstance(cause, ByPoints):
        points = "point" if cause.short == Decimal(1) else "points"
        return f"{cause.characteristic}: {cause.short:f} {points} short in {cause.decision}"
    tested = f", which tests {_listed(cause.tested)}" if cause.tested else ""
    return f"rule {cause.rule} of {cause.decision}{tested}"


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
