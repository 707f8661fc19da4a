"""Laws of decisions: what is decided, for which reasons, and that it is the same wherever and however it is asked."""

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from threading import Thread
from typing import TypeAlias, cast

from attrs import evolve

from casefold.feel.program import OutOfFuel
from casefold.feel.values import UtcAlone, Value, World, Zones
from casefold.kernel.canonical import Json, canonical
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold.policy.artifact import Method, Policy
from casefold.policy.codec import parse_policy, policy_digest, policy_value
from casefold.policy.deciding import Decided, Problems, Ready, Undecided, UnknownFacts, decide_by, ready
from casefold.policy.graph import compile_model, decide_all
from casefold.policy.model import Model
from casefold.policy.nodes import Node
from casefold.policy.reading import read_model
from casefold.policy.reasons import ByPoints, ByRule, Cause, Told
from casefold.policy.record import Divergence, NotReplayable, record_of, replay
from casefold.policy.scorecards import Scored
from casefold.policy.tables import Seen
from casefold.policy.writing import write_model
from casefold_properties.laws.feel import HOSTILE
from casefold_properties.lending import DECISION, DECLINE, KNOCK_OUTS, SCORE, Lending, Way, number

Decide: TypeAlias = Callable[[Ready, Mapping[str, Value], World], Result[Decided, Undecided]]
"""Decides by a policy, as `decide_by` does."""

Facts: TypeAlias = Mapping[str, Value]

WORLD = World()


def prepared(policy: Policy) -> Ready:
    """Make a policy ready that has no faults."""
    match sealed(ready(policy)):
        case Success(made):
            return made
        case Failure(fault):
            raise AssertionError(fault)


def recorded(policy: Ready, facts: Facts, decide: Decide = decide_by, world: World = WORLD) -> bytes:
    """Decide, and give the bytes of the record."""
    return canonical(record_of(policy, facts, world, decide(policy, facts, world)).unwrap())


def decided_or_none(policy: Ready, facts: Facts, decide: Decide = decide_by) -> Decided | None:
    """Decide, and give the decision if there is one."""
    found = decide(policy, facts, WORLD)
    return None if isinstance(found, Failure) else found.unwrap()


def turned(facts: Facts) -> Facts:
    """Give facts in the opposite order."""
    return dict(reversed(list(facts.items())))


def codes_of(reasons: Sequence[Told]) -> tuple[str, ...]:
    """Give the codes of reasons, in order."""
    return tuple(told.code for told in reasons)


def it_decides_as_it_says(lending: Lending, facts: Facts, decide: Decide = decide_by) -> None:
    """A policy decides what its parts say, read naively, for the reasons that they name; or it decides nothing."""
    found, expected = decided_or_none(prepared(lending.policy), facts, decide), lending.expected(facts)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert found.outcome == expected.outcome
        assert codes_of(found.reasons) == expected.codes
        assert found.made.values[SCORE] == expected.score


def decisions_are_determined(policy: Policy, facts: Facts, decide: Decide = decide_by) -> None:
    """A record has the same bytes again: from another copy of the policy, another thread, facts in another order."""
    usual = recorded(prepared(policy), facts, decide)
    with localcontext(HOSTILE):
        assert recorded(prepared(policy), facts, decide) == usual, "another context of decimals"
    assert recorded(prepared(policy), turned(facts), decide) == usual, "another order of facts"
    found: list[bytes] = []
    thread = Thread(target=lambda: found.append(recorded(prepared(policy), facts, decide)))
    thread.start()
    thread.join()
    assert found == [usual], "another thread"


def records_replay(policy: Policy, facts: Facts, decide: Decide = decide_by) -> None:
    """A record that was read back from its bytes is decided again to those bytes."""
    written = recorded(prepared(policy), facts, decide)
    again = replay(prepared(policy), json.loads(written), UtcAlone())
    assert isinstance(again, Success), again
    assert canonical(again.unwrap()) == written


Replay: TypeAlias = Callable[[Ready, Mapping[str, Json], Zones], Result[Mapping[str, Json], NotReplayable | Divergence]]


def a_changed_record_does_not_replay(
    policy: Ready, facts: Facts, pick: Callable[[int], int], again: Replay = replay
) -> None:
    """Whatever member of a record is changed, the replay says so, and where."""
    record: dict[str, Json] = json.loads(recorded(policy, facts))
    holder, name, path = _leaf(record, pick)
    holder[name] = _another(holder[name])  # type: ignore[index]
    of_the_application = path.startswith(("facts", "as_of", "zone"))
    found = again(policy, record, UtcAlone())
    if not isinstance(found, Failure):
        assert of_the_application, "the same may come of another application, and of nothing else"
        return
    parted = found.failure()
    if isinstance(parted, Divergence):
        assert parted.recorded != parted.replayed
        assert of_the_application or path.startswith(parted.path)
    else:
        assert parted.why and (of_the_application or path in {"semantics", "policy"})


def _leaf(record: dict[str, Json], pick: Callable[[int], int]) -> tuple[dict[str, Json] | list[Json], str | int, str]:
    """Pick a member at any depth: what holds it, its name or position there, and its path."""
    holder: dict[str, Json] | list[Json] = record
    path = ""
    while True:
        names: list[str | int] = sorted(holder) if isinstance(holder, dict) else list(range(len(holder)))
        name = names[pick(len(names))]
        path += f"[{name}]" if isinstance(name, int) else f".{name}" if path else name
        inner: object = holder[name]  # type: ignore[index]
        if not isinstance(inner, (dict, list)) or not inner:
            return holder, name, path
        holder = cast("dict[str, Json] | list[Json]", cast("object", inner))


def _another(value: Json) -> Json:
    """Give a value that is another."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}1"
        case _:
            return "another"


def layout_keeps_decisions(
    policy: Policy, other: Policy, facts: Facts, name_of: Callable[[Policy], str] = policy_digest
) -> None:
    """A policy that was laid out, labelled and ordered otherwise has the digest it had, and decides alike."""
    assert name_of(policy) == name_of(other)
    found = prepared(policy), prepared(other)
    one, two = (record_of(each, facts, WORLD, decide_by(each, facts, WORLD)) for each in found)
    assert one == two, "the record is the same to the byte"


def _gist(found: Result[Decided, Undecided]) -> object:
    """Give what a decision says, without texts and labels."""
    match sealed(found):
        case Success(decided):
            causes = [[_plain(cause) for cause in told.causes] for told in decided.reasons]
            return decided.outcome, codes_of(decided.reasons), causes, decided.made.values
        case Failure(Problems(problems)):
            return [(problem.fault.reason, problem.place[:2]) for problem in problems]
        case Failure(undecided):
            return undecided


def _plain(cause: Cause) -> object:
    if isinstance(cause, ByPoints):
        return cause.decision, cause.characteristic, cause.short
    return cause.decision, cause.rule


def an_edit_is_another_policy(
    policy: Policy, edited: Policy, facts: Facts, name_of: Callable[[Policy], str] = policy_digest
) -> None:
    """Any edit has a digest of its own, changes no record of before, and replays none of them."""
    assert policy != edited, "an edit edits"
    assert name_of(policy) != name_of(edited)
    record = json.loads(recorded(prepared(policy), facts))
    refused = replay(prepared(edited), record, UtcAlone())
    assert isinstance(refused, Failure) and isinstance(refused.failure(), NotReplayable)
    assert replay(prepared(policy), record, UtcAlone()) == Success(record)


def what_no_reason_names_unmakes_none(
    lending: Lending, facts: Facts, others: Facts, decide: Decide = decide_by
) -> None:
    """However the facts change that a reason does not cite, the rule or bin that it cites is met as before."""
    policy = prepared(lending.policy)
    found = decided_or_none(policy, facts, decide)
    for cause in () if found is None else (cause for told in found.reasons for cause in told.causes):
        if cause.decision == DECISION:
            continue
        cited = (cause.tested,) if isinstance(cause, ByPoints) else cause.tested
        changed = {name: facts.get(name) if name in cited else value for name, value in others.items()}
        again = decided_or_none(policy, changed, decide)
        if again is None:
            continue
        bins = {factor.name: factor.fallen(facts.get(factor.name)) for factor in lending.factors}
        _is_met(cause, again.made.seen, bins)


def _is_met(cause: Cause, seen: Sequence[object], bins: Mapping[str, int | None]) -> None:
    for each in seen:
        if isinstance(cause, ByRule) and isinstance(each, Seen) and each.grid.place[0] == f"decision {cause.decision}":
            assert cause.rule - 1 in each.matched
        if isinstance(cause, ByPoints) and isinstance(each, Scored):
            fallen = {scale.name: at for scale, at in zip(each.card.scales, each.bins, strict=True)}
            assert fallen[cause.characteristic] == bins[cause.characteristic]


def what_a_reason_cites_is_so(lending: Lending, facts: Facts, decide: Decide = decide_by) -> None:
    """The rules that reasons cite are met by the facts, read naively, and the points that they cite were lost."""
    found = decided_or_none(prepared(lending.policy), facts, decide)
    if found is None:
        return
    barred = lending.barred(lending.told(facts)) or []
    factors = {factor.name: factor for factor in lending.factors}
    score = found.made.values[SCORE]
    assert isinstance(score, Decimal)
    for told in found.reasons:
        assert told.causes
        for cause in told.causes:
            match cause:
                case ByPoints(_, name, tested, short):
                    fallen = factors[name].fallen(facts.get(name))
                    assert fallen is not None and tested == name
                    assert told.code in factors[name].slots[fallen].codes
                    assert short == factors[name].short(fallen, lending.ranking.method) > 0
                case ByRule(decision, rule, _) if decision == KNOCK_OUTS:
                    assert lending.bars[rule - 1] in barred
                    assert told.code in lending.bars[rule - 1].codes
                case ByRule(decision, rule, _):
                    assert decision == DECISION
                    assert lending.ways[rule - 1] in lending.decisive(Decimal(len(barred)), score)
                    assert told.code in lending.ways[rule - 1].reasons


def reasons_are_given_for_a_refusal_alone(lending: Lending, facts: Facts, decide: Decide = decide_by) -> None:
    """Whoever is declined has a reason and no more than the cap; others have none; each comes from what decided."""
    found = decided_or_none(prepared(lending.policy), facts, decide)
    if found is None:
        return
    assert (found.outcome == DECLINE) == bool(found.reasons)
    assert len(found.reasons) <= lending.ranking.most
    assert len(set(codes_of(found.reasons))) == len(found.reasons)
    score = found.made.values[SCORE]
    assert isinstance(score, Decimal)
    decisive = lending.decisive(Decimal(len(lending.barred(lending.told(facts)) or ())), score)
    givers = {name for way in decisive for name in way.reasons} | {DECISION}
    assert {cause.decision for told in found.reasons for cause in told.causes} <= givers


def declining(lending: Lending, method: Method = Method.BELOW_MAXIMUM) -> Lending:
    """Let a policy decline everyone by its scorecard, and tell all of the reasons."""
    ranking = evolve(lending.ranking, method=method, most=99)
    return evolve(lending, bars=(), ways=(Way(None, None, DECLINE, (SCORE,)),), ranking=ranking)


def lost(found: Decided) -> dict[str, Decimal]:
    """Give the points that each code was told for."""
    return {
        told.code: sum((cause.short for cause in told.causes if isinstance(cause, ByPoints)), Decimal(0))
        for told in found.reasons
    }


def reasons_are_ranked_by_loss(lending: Lending, facts: Facts, decide: Decide = decide_by) -> None:
    """Reasons of a scorecard come by points lost, ties as the policy has them, and however the facts are ordered."""
    whole = evolve(declining(lending), ranking=evolve(lending.ranking, most=99))
    found = decided_or_none(prepared(whole.policy), facts, decide)
    if found is None:
        return
    losses = lost(found)
    places = [*lending.ranking.priority, *(each.code for each in lending.own)]
    keys = [(-loss, places.index(code) if code in places else len(places), code) for code, loss in losses.items()]
    assert keys == sorted(keys)
    other = evolve(whole, factors=whole.factors[::-1])
    again = decided_or_none(prepared(other.policy), turned(facts), decide)
    assert again is not None and codes_of(again.reasons) == codes_of(found.reasons)


def a_greater_loss_never_ranks_lower(
    lending: Lending, facts: Facts, at: int, more: Decimal, decide: Decide = decide_by
) -> None:
    """Where a bin costs more points than it did, its reasons come no later, among the same reasons of the others."""
    whole = declining(lending)
    factor = whole.factors[at]
    fallen = factor.fallen(facts.get(factor.name))
    best = max((slot.points for slot in factor.slots), default=Decimal(0))
    if fallen is None or factor.slots[fallen].points == best:
        return
    slot = factor.slots[fallen]
    slots = (*factor.slots[:fallen], evolve(slot, points=slot.points - more), *factor.slots[fallen + 1 :])
    worse = evolve(whole, factors=(*whole.factors[:at], evolve(factor, slots=slots), *whole.factors[at + 1 :]))
    before, after = (decided_or_none(prepared(each.policy), facts, decide) for each in (whole, worse))
    if before is None or after is None:
        return
    one, two = codes_of(before.reasons), codes_of(after.reasons)
    assert set(one) == set(two)
    for code in slot.codes:
        above = set(two[: two.index(code)]) - set(slot.codes)
        assert above <= set(one[: one.index(code)])


def points_add_up(lending: Lending, facts: Facts, decide: Decide = decide_by) -> None:
    """A score is its base and the points of one bin each; what was lost by reasons is what it lacks to the best."""
    coded = tuple(
        evolve(factor, slots=tuple(evolve(slot, codes=("X1",)) for slot in factor.slots)) for factor in lending.factors
    )
    whole = declining(evolve(lending, factors=coded))
    found = decided_or_none(prepared(evolve(whole, ways=(*whole.ways,)).policy), facts, decide)
    bins = [factor.fallen(facts.get(factor.name)) for factor in whole.factors]
    if found is None:
        return
    assert all(number is not None for number in bins), "every value falls into one bin of each characteristic"
    score = Fraction(whole.base)
    best = Fraction(whole.base)
    for factor, fallen in zip(whole.factors, bins, strict=True):
        score += Fraction(factor.slots[fallen or 0].points)
        best += max(Fraction(slot.points) for slot in factor.slots)
    assert number(found.made.values[SCORE]) == score
    assert sum(lost(found).values()) == best - score


def nothing_is_decided_by_accident(
    lending: Lending, facts: Facts, name: str, wrong: Value, decide: Decide = decide_by
) -> None:
    """A fact of the wrong type, or by another name, stops the decision; one left out is one that is null."""
    policy = prepared(lending.policy)
    typed = {factor.name: factor.typed for factor in lending.factors}.get(name, True)
    if typed:
        stopped = decide(policy, {**facts, name: wrong}, WORLD)
        assert isinstance(stopped, Failure) and isinstance(stopped.failure(), Problems)
    rest = {other: value for other, value in facts.items() if other != name}
    unknown = decide(policy, {**rest, f"{name}s": facts.get(name)}, WORLD)
    assert isinstance(unknown, Failure)
    assert unknown.failure() == UnknownFacts((f"{name}s",), tuple(sorted(lending.facts)))
    missing, null = decide(policy, rest, WORLD), decide(policy, {**rest, name: None}, WORLD)
    assert _gist(missing) == _gist(null)


def null_meets_no_bound(policy: Policy, name: str, decide: Decide = decide_by) -> None:
    """Where the rule for an input compares it, a missing one is no reason to go on to the next rule."""
    found = decide(prepared(policy), {name: None}, WORLD)
    assert isinstance(found, Failure) and isinstance(found.failure(), Problems)


def numbers_are_exact(lending: Lending, facts: Facts, decide: Decide = decide_by) -> None:
    """No float is in a record, a fact keeps its scale there, and what is worked out from a score is exact."""
    policy = prepared(lending.policy)
    record = json.loads(recorded(policy, facts, decide), parse_float=_no_float)
    for name, value in facts.items():
        if isinstance(value, Decimal):
            assert record["facts"][name] == {"number": str(value)}
    found = decided_or_none(policy, facts, decide)
    if found is None or not lending.priced:
        return
    answer, score = found.made.values[DECISION], found.made.values[SCORE]
    assert isinstance(answer, dict) and isinstance(score, Decimal)
    rate = answer["rate"]
    assert isinstance(rate, Decimal) and not isinstance(rate, float)
    assert Fraction(rate) == Fraction(score) * Fraction(1, 100) + Fraction(3, 2)
    assert rate.as_tuple().exponent == score.as_tuple().exponent - 2  # type: ignore[operator]


def _no_float(text: str) -> object:
    raise AssertionError(f"{text} is a float")


def policy_round_trips(policy: Policy) -> None:
    """A policy is read back from its bytes as it was written, and so is its digest."""
    written = canonical(policy_value(policy))
    read = parse_policy(json.loads(written))
    assert read == Success(policy)
    assert policy_digest(read.unwrap()) == policy_digest(policy)


def export_keeps_decisions(lending: Lending, facts: Facts, write: Callable[[Model], Node] = write_model) -> None:
    """A policy that was written as DMN and read back gives its outcome and its score."""
    expected = lending.expected(facts)
    if expected is None:
        return
    compiled = compile_model(read_model(write(lending.policy.model)).unwrap())
    assert compiled.faults == ()
    made = decide_all(compiled, (DECISION,), facts).unwrap()
    found = made.values[DECISION]
    assert made.problems == ()
    assert (found["outcome"] if isinstance(found, dict) else found) == expected.outcome
    assert made.values[SCORE] == expected.score


def reading_a_policy_is_total(raw: Mapping[str, object]) -> None:
    """Any JSON is a policy that reads back and decides, or it is refused with what is wrong."""
    found = parse_policy(raw)
    if isinstance(found, Failure):
        assert found.failure().problems
        return
    deciding_is_total(found.unwrap(), {})


def deciding_is_total(policy: Policy, facts: Facts, world: World = WORLD, decide: Decide = decide_by) -> None:
    """Any policy over any facts comes to a decision or to why there is none, and its record replays."""
    policy_round_trips(policy)
    made = ready(policy)
    if isinstance(made, Failure):
        assert made.failure().faults
        return
    found = decide(made.unwrap(), facts, world)
    record = record_of(made.unwrap(), facts, world, found)
    if isinstance(record, Success):
        again = replay(made.unwrap(), json.loads(canonical(record.unwrap())), world.zones)
        assert isinstance(again, Success), again


def fuel_decides_whether_and_never_what(
    policy: Ready, facts: Facts, fuel: int, more: int, decide: Decide = decide_by
) -> None:
    """What was decided with some fuel is decided alike with more."""
    found = decide(policy, facts, World(fuel=fuel))
    if not (isinstance(found, Failure) and isinstance(found.failure(), OutOfFuel)):
        assert _gist(decide(policy, facts, World(fuel=fuel + more))) == _gist(found)
