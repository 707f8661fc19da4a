"""What would change: the decisions of two policies over the same facts, counted.

A summary does not grow with the applications that it is of, and summaries of parts add up to that of the whole, in any
order: so history of any size is counted by any number of processes, and nothing but the counts and a few samples is
kept. Nothing here decides, and nothing is written down as a decision.
"""

from collections.abc import Iterable, Mapping, MutableMapping, MutableSequence
from decimal import Decimal

from attrs import evolve, frozen

from casefold.feel.codec import to_json
from casefold.feel.program import OutOfFuel
from casefold.feel.values import Value, kind_of
from casefold.kernel.canonical import Json, digest
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold.policy.deciding import Decided, NoReason, OutcomeUnknown, Problems, Undecided, UnknownFacts, Unscored
from casefold.policy.graph import Made
from casefold.policy.spread import added, spread_of
from casefold.policy.summary import (
    Change,
    Cited,
    Ended,
    Group,
    Judged,
    Moved,
    Pair,
    Region,
    Sample,
    Side,
    Summary,
    Terms,
    Told,
    Unread,
)
from casefold.policy.tables import Seen


@frozen(eq=False)
class _Tally:
    """A summary being made."""

    matrix: MutableMapping[Change, int]
    pairs: MutableMapping[Change, list[tuple[str, int, Pair]]]
    reasons: MutableMapping[str, list[int]]
    reworded: MutableSequence[int]
    groups: MutableMapping[tuple[int, str | None], list[int]]
    numbers: tuple[tuple[MutableSequence[Decimal], MutableSequence[Decimal]], ...]
    moves: tuple[MutableSequence[int], ...]
    regions: MutableMapping[Region, int]
    unread: MutableSequence[Unread]


def summarised(terms: Terms, history: Iterable[Pair | Unread]) -> Summary:
    """Count a part of history.

    It holds the numbers of that part while it counts: give it parts of some thousand rows, and add them up.
    """
    columns = tuple((list[Decimal](), list[Decimal]()) for _ in terms.numbers)
    tally = _Tally({}, {}, {}, [0], {}, columns, tuple([0, 0, 0] for _ in terms.numbers), {}, [])
    for each in history:
        if isinstance(each, Unread):
            tally.unread.append(each)
        else:
            _count(terms, tally, each)
    summary = Summary(
        tally.matrix,
        {change: _samples(terms, pairs) for change, pairs in tally.pairs.items()},
        {code: (Told(*counts[:2]), Told(*counts[2:])) for code, counts in tally.reasons.items()},
        tally.reworded[0],
        {key: Group(count, (one, other)) for key, (count, one, other) in tally.groups.items()},
        frozenset(),
        tuple(
            Moved((spread_of(one), spread_of(other)), *counts)
            for (one, other), counts in zip(tally.numbers, tally.moves, strict=True)
        ),
        tally.regions,
        len(tally.unread),
        _first(terms, tally.unread),
    )
    return _uncrowded(terms, summary)


def _count(terms: Terms, tally: _Tally, pair: Pair) -> None:
    one, other = pair.found
    ended = ended_of(one), ended_of(other)
    tally.matrix[ended] = tally.matrix.get(ended, 0) + 1
    if ended[0] != ended[1] or not ended[0].decided:
        _keep(terms, tally, ended, pair)
    if ended[0] != ended[1]:
        region = rule_of(terms.sides[0], one), rule_of(terms.sides[1], other), ended[0], ended[1]
        tally.regions[region] = tally.regions.get(region, 0) + 1
    codes = codes_of(one), codes_of(other)
    for side, told in enumerate(codes):
        for place, code in enumerate(told):
            counts = tally.reasons.setdefault(code, [0, 0, 0, 0])
            counts[2 * side] += place == 0
            counts[2 * side + 1] += 1
    tally.reworded[0] += bool(codes[0] and codes[1] and codes[0] != codes[1])
    approved = tuple(each.decided and each.how in side.approved for each, side in zip(ended, terms.sides, strict=True))
    for column, value in enumerate(pair.groups):
        group = tally.groups.setdefault((column, value), [0, 0, 0])
        group[0] += 1
        group[1] += approved[0]
        group[2] += approved[1]
    for at, name in enumerate(terms.numbers):
        values = number_of(one, name), number_of(other, name)
        for number, numbers in zip(values, tally.numbers[at], strict=True):
            if number is not None:
                numbers.append(number)
        if values[0] is not None and values[1] is not None:
            tally.moves[at][0 if values[1] > values[0] else 1 if values[1] < values[0] else 2] += 1


def _keep(terms: Terms, tally: _Tally, change: Change, pair: Pair) -> None:
    """Keep an application as a sample, if its digest is among the least so far."""
    if terms.samples_max < 1:
        return
    kept = tally.pairs.setdefault(change, [])
    name = digest(facts_json(pair.facts))
    if len(kept) < terms.samples_max:
        kept.append((name, pair.at, pair))
    elif (name, pair.at) < kept[-1][:2]:
        kept[-1] = (name, pair.at, pair)
    kept.sort(key=_digest_first)


def _digest_first(kept: tuple[str, int, Pair]) -> tuple[str, int]:
    return kept[:2]


def _samples(terms: Terms, kept: Iterable[tuple[str, int, Pair]]) -> tuple[Sample, ...]:
    return tuple(
        Sample(
            name,
            at,
            facts_json(pair.facts),
            pair.kept,
            (_judged(terms, 0, pair.found[0]), _judged(terms, 1, pair.found[1])),
        )
        for name, at, pair in kept
    )


def facts_json(facts: Mapping[str, Value]) -> dict[str, Json]:
    """Write facts down; one that JSON cannot hold goes by its type."""
    written = {name: to_json(facts[name]) for name in sorted(facts)}
    return {
        name: found.unwrap() if isinstance(found, Success) else kind_of(facts[name]) for name, found in written.items()
    }


def _judged(terms: Terms, side: int, found: Result[Decided, Undecided]) -> Judged:
    why = found.failure() if isinstance(found, Failure) else None
    return Judged(
        ended_of(found),
        codes_of(found),
        rule_of(terms.sides[side], found),
        why.problems if isinstance(why, Problems) else (),
        tuple(number_of(found, name) for name in terms.numbers),
    )


def ended_of(found: Result[Decided, Undecided]) -> Ended:
    """Say how an application ended."""
    match sealed(found):
        case Success(decided):
            return Ended(True, decided.outcome or "")
        case Failure(undecided):
            return Ended(False, _why(undecided))


def _why(undecided: Undecided) -> str:
    match undecided:
        case Problems(problems):
            return problems[0].fault.reason.value
        case UnknownFacts():
            return "unknown_facts"
        case Unscored():
            return "unscored"
        case OutcomeUnknown():
            return "outcome_unknown"
        case NoReason():
            return "no_reason"
        case OutOfFuel():
            return "out_of_fuel"


def codes_of(found: Result[Decided, Undecided]) -> tuple[str, ...]:
    """Give the codes of the reasons that an applicant is told."""
    return tuple(told.code for told in found.unwrap().reasons) if isinstance(found, Success) else ()


def number_of(found: Result[Decided, Undecided], name: str) -> Decimal | None:
    """Give the value of a decision, if it was made and is a number."""
    value = found.unwrap().made.values.get(name) if isinstance(found, Success) else None
    return value if isinstance(value, Decimal) else None


def rule_of(side: Side, found: Result[Decided, Undecided]) -> Cited | None:
    """Give the rule by which the outcome's table decided, the first of several; none where no table decided."""
    if side.decision is None or isinstance(found, Failure):
        return None
    return cited(found.unwrap().made, side.decision)


def cited(made: Made, decision: str) -> Cited | None:
    """Give the rule by which a decision's table decided."""
    place = f"decision {decision}"
    for each in made.seen:
        if isinstance(each, Seen) and each.grid.place[0] == place and each.decisive:
            return " / ".join(each.grid.place), each.decisive[0] + 1
    return None


def joined(terms: Terms, one: Summary, two: Summary) -> Summary:
    """Add two summaries up."""
    summary = Summary(
        {change: one.matrix.get(change, 0) + two.matrix.get(change, 0) for change in {**one.matrix, **two.matrix}},
        {
            change: tuple(
                sorted(
                    (*one.samples.get(change, ()), *two.samples.get(change, ())),
                    key=lambda each: (each.digest, each.at),
                )[: terms.samples_max]
            )
            for change in {**one.samples, **two.samples}
        },
        {code: _told(one.reasons.get(code), two.reasons.get(code)) for code in {**one.reasons, **two.reasons}},
        one.reworded + two.reworded,
        {key: _group(one.groups.get(key), two.groups.get(key)) for key in {**one.groups, **two.groups}},
        one.crowded | two.crowded,
        tuple(_moved(*both) for both in zip(one.numbers, two.numbers, strict=True)),
        {region: one.regions.get(region, 0) + two.regions.get(region, 0) for region in {**one.regions, **two.regions}},
        one.unread + two.unread,
        _first(terms, (*one.unreadable, *two.unreadable)),
    )
    return _uncrowded(terms, summary)


_NOBODY = Told(0, 0)
_NONE = Group(0, (0, 0))


def _told(one: tuple[Told, Told] | None, two: tuple[Told, Told] | None) -> tuple[Told, Told]:
    (a, b), (c, d) = one or (_NOBODY, _NOBODY), two or (_NOBODY, _NOBODY)
    return Told(a.first + c.first, a.any + c.any), Told(b.first + d.first, b.any + d.any)


def _group(one: Group | None, two: Group | None) -> Group:
    left, right = one or _NONE, two or _NONE
    approved = left.approved[0] + right.approved[0], left.approved[1] + right.approved[1]
    return Group(left.count + right.count, approved)


def _moved(one: Moved, two: Moved) -> Moved:
    spreads = added(one.spreads[0], two.spreads[0]), added(one.spreads[1], two.spreads[1])
    return Moved(spreads, one.rose + two.rose, one.fell + two.fell, one.same + two.same)


def _first(terms: Terms, unread: Iterable[Unread]) -> tuple[Unread, ...]:
    return tuple(sorted(unread, key=lambda each: (each.at, each.where, each.why))[: terms.samples_max])


def _uncrowded(terms: Terms, summary: Summary) -> Summary:
    """Give up on columns that have too many values: whoever named an identity by mistake gets no list of people."""
    values = [0] * len(terms.groups)
    for column, _ in summary.groups:
        values[column] += 1
    over = frozenset(column for column, count in enumerate(values) if count > terms.groups_max)
    crowded = over | summary.crowded
    if not crowded:
        return summary
    groups = {key: group for key, group in summary.groups.items() if key[0] not in crowded}
    return evolve(summary, groups=groups, crowded=crowded)
