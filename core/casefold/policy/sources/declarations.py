"""What a lender declares of a policy, from a tree: when it is effective, its outcome, its reasons, its promises."""

from collections.abc import Sequence

from attrs import evolve

from casefold.feel.temporal import parse_date
from casefold.policy.artifact import (
    REASONS_MAX,
    Direction,
    Method,
    Monotone,
    Outcomes,
    Policy,
    Ranking,
    ReasonText,
)
from casefold.policy.sources.faults import near_words
from casefold.policy.sources.fields import Fields
from casefold.policy.sources.scorecalls import SCORES, read_scores

EFFECTIVE = "effective"
OUTCOME = "outcome"
REASONS = "reasons"
MONOTONE = "monotone"
DECLARED = (EFFECTIVE, OUTCOME, REASONS, MONOTONE, SCORES)
"""The keys of a policy that declare something."""

EFFECTIVE_KEYS = ("from", "until")
OUTCOME_KEYS = ("decision", "member", "order", "adverse")
OUTCOME_NEEDED = ("decision", "order", "adverse")
MOST = "at most"
REASONS_KEYS = ("method", MOST, "priority", "catalogue")
REASON_KEYS = ("code", "text", "source")
LOWEST = "lowest best"
MONOTONE_KEYS = ("decision", "input", "better", "order", LOWEST)


def declared(at: Fields, policy: Policy) -> Policy:
    """Add to a policy what is declared of it."""
    if at.has(EFFECTIVE):
        inner = at.inner(at.entries[EFFECTIVE], EFFECTIVE_KEYS, (), EFFECTIVE)
        first, last = (_day(inner, key) for key in EFFECTIVE_KEYS)
        if first is not None and last is not None and last < first:
            inner.refuse(f"it ends on {last}, before it begins on {first}", inner.entries["until"])
        policy = evolve(policy, effective_from=first, effective_until=last)
    if at.has(OUTCOME):
        policy = evolve(
            policy, outcomes=_outcomes(at.inner(at.entries[OUTCOME], OUTCOME_KEYS, OUTCOME_NEEDED, OUTCOME))
        )
    if at.has(REASONS):
        inner = at.inner(at.entries[REASONS], REASONS_KEYS, (), REASONS)
        catalogue = inner.each("catalogue", "reason", REASON_KEYS, ("code", "text"), _reason)
        _once(inner, "catalogue", [each.code for each in catalogue], "another reason has the code")
        policy = evolve(policy, ranking=_ranking(inner), reasons=catalogue)
    promises = at.each(MONOTONE, "promise", MONOTONE_KEYS, ("decision", "input", "better"), _monotone)
    return evolve(policy, monotone=promises, scores=read_scores(at))


def _day(at: Fields, key: str) -> str | None:
    """Read a day; one that is empty is none."""
    text = at.text(key)
    if text and (len(text) != len("2026-01-31") or parse_date(text) is None):
        at.refuse(f"{text!r} is no day such as 2026-01-31", at.entries[key], key)
        return None
    return text or None


def _outcomes(at: Fields) -> Outcomes:
    order, adverse = at.texts("order"), at.texts("adverse")
    _once(at, "order", order, "this stands before:")
    for each, item in zip(adverse, at.items("adverse"), strict=True):
        if each not in order:
            at.refuse(f"there is no outcome {each!r} in the order; {near_words(each, order)}", item, "adverse")
    return Outcomes(at.name("decision") or "", order, adverse, at.name("member"))


def _once(at: Fields, key: str, names: Sequence[str], said: str) -> None:
    """Refuse what is declared twice: of two wordings, or of two places, one would be lost."""
    for number, (name, item) in enumerate(zip(names, at.items(key), strict=True)):
        if name in names[:number]:
            at.refuse(f"{said} {name!r}", item, key)


def _ranking(at: Fields) -> Ranking:
    most = at.maybe(MOST)
    if most is not None and not (most.isascii() and most.isdecimal() and int(most[:4]) > 0 and len(most) < 4):
        at.refuse(f"{most!r} is no number of reasons, such as {REASONS_MAX}", at.entries[MOST], MOST)
        most = None
    method = at.choice("method", Method, Method.BELOW_MAXIMUM)
    return Ranking(method, REASONS_MAX if most is None else int(most), at.texts("priority"))


def _reason(at: Fields) -> ReasonText:
    return ReasonText(at.text("code"), at.text("text"), at.text("source"))


def _monotone(at: Fields) -> Monotone:
    names = at.name("decision") or "", at.name("input") or ""
    return Monotone(*names, at.choice("better", Direction, Direction.MORE), at.texts("order"), at.truth(LOWEST))
