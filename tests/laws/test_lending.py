"""Decisions by lending policies: what their parts say, for the reasons they name, the same wherever they are asked."""

import json
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.core.lending_policy import POLICY

from casefold.feel.program import OutOfFuel
from casefold.feel.values import Value, World
from casefold.kernel.canonical import digest
from casefold.kernel.chain import GENESIS, Entry, line_of
from casefold.kernel.results import Failure, Success
from casefold.policy.artifact import Outcomes, Policy, Ranking
from casefold.policy.codec import policy_value
from casefold.policy.deciding import decide_by
from casefold.policy.model import (
    Decision,
    HitPolicy,
    InputClause,
    InputData,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Table,
    Variable,
)
from casefold.policy.writing import write_model
from casefold_properties.laws import chain
from casefold_properties.laws import lending as laws
from casefold_properties.lending import DECLINE, SCORE, Between, Factor, Lending, Slot, Way
from casefold_properties.strategies import lending as strategies
from casefold_properties.strategies import policies, variants

LOW, HIGH = Between(None, False, Decimal(5), False), Between(Decimal(5), True, None, False)

SMALL = Lending(
    (),
    Decimal(0),
    (
        Factor("age", True, (Slot(LOW, Decimal(0), ("C06",)), Slot(HIGH, Decimal(20), ()))),
        Factor("inquiries", True, (Slot(LOW, Decimal(10), ()), Slot(HIGH, Decimal(0), ("C22",)))),
    ),
    (
        Way(None, Between(None, False, Decimal(20), False), DECLINE, (SCORE,)),
        Way(None, Between(Decimal(20), True, None, False), "approve", ()),
    ),
    HitPolicy.UNIQUE,
    Ranking(),
    strategies.OWN,
)
"""A policy that counterexamples are about."""

POOR = {"income": Decimal(9), "debts": Decimal(0), "age": Decimal(1), "inquiries": Decimal(7)}
FINE = {**POOR, "age": Decimal(5)}


def changed(**others):
    """Decide, and tell something else."""

    def decide(prepared, facts, world):
        found = decide_by(prepared, facts, world)
        return found if isinstance(found, Failure) else Success(evolve(found.unwrap(), **others))

    return decide


def reasons(change):
    """Decide, and change the reasons."""

    def decide(prepared, facts, world):
        found = decide_by(prepared, facts, world)
        if isinstance(found, Failure):
            return found
        return Success(evolve(found.unwrap(), reasons=tuple(change(found.unwrap().reasons))))

    return decide


def nulls_as_nought(prepared, facts, world):
    """Decide as if what is missing were nought."""
    full = {name: Decimal(0) if facts.get(name) is None else facts[name] for name in SMALL.facts}
    return decide_by(prepared, full, world)


def rejects(law, *arguments):
    """The law can fail."""
    with pytest.raises(AssertionError):
        law(*arguments)


@given(strategies.asked())
@example((SMALL, POOR)).via("declined by score")
@example((SMALL, FINE)).via("approved at the bound")
@example((SMALL, {**FINE, "age": None})).via("a missing value without a bin")
def test_a_policy_decides_as_it_says(asked):
    """Knock-outs, points, hit policies, reasons and their order are as a naive reading has them."""
    laws.it_decides_as_it_says(*asked)


@pytest.mark.parametrize(
    ("decide", "facts"),
    [
        (changed(outcome="approve"), POOR),
        (changed(reasons=()), POOR),
        (reasons(reversed), POOR),
        (nulls_as_nought, {**FINE, "age": None}),
    ],
    ids=["another outcome", "no reasons", "reasons turned round", "null for nought"],
)
def test_another_decision_is_found(decide, facts):
    """The law tells each."""
    rejects(laws.it_decides_as_it_says, SMALL, facts, decide)


@given(strategies.asked())
@example((SMALL, {**POOR, "zeta": None, "alpha": None})).via("several unknown facts")
def test_decisions_are_determined(asked):
    """Law 1: the same bytes again, in any thread and context of decimals, however the facts are ordered."""
    lending, facts = asked

    laws.decisions_are_determined(lending.policy, facts)


def in_a_context(prepared, facts, world):
    """Decide, and add up with the decimals of the thread."""
    found = decide_by(prepared, facts, world).unwrap()
    values = {**found.made.values, SCORE: facts["debts"] + Decimal("0.123")}
    return Success(evolve(found, made=evolve(found.made, values=values)))


def in_order(prepared, facts, world):
    """Decide by the first fact."""
    return changed(outcome=next(iter(facts)))(prepared, facts, world)


@pytest.mark.parametrize("decide", [in_a_context, in_order])
def test_a_decision_that_depends_on_who_asks_is_found(decide):
    """The thread's decimals, and the order of facts."""
    with pytest.raises((AssertionError, ArithmeticError)):
        laws.decisions_are_determined(SMALL.policy, FINE, decide)


@given(strategies.asked())
def test_records_replay(asked):
    """Law 2: what was recorded is decided again to the same bytes, decided or not."""
    lending, facts = asked

    laws.records_replay(lending.policy, facts)


def test_a_record_of_another_decision_is_found():
    """A record that says approved where the policy declines does not replay."""
    rejects(laws.records_replay, SMALL.policy, POOR, changed(outcome="approve"))


@given(strategies.asked(), st.data())
def test_a_changed_record_does_not_replay(asked, data):
    """Law 2: a divergence names the place, whatever was changed."""
    lending, facts = asked

    laws.a_changed_record_does_not_replay(
        laws.prepared(lending.policy), facts, lambda size: data.draw(st.integers(0, size - 1))
    )


def test_a_replay_that_takes_any_record_is_found():
    """One that does not look."""

    def careless(_policy, record, _zones):
        return Success(record)

    with pytest.raises(AssertionError):
        laws.a_changed_record_does_not_replay(
            laws.prepared(SMALL.policy), POOR, lambda size: min(1, size - 1), careless
        )


def test_deciding_that_falls_over_or_makes_something_up_is_found():
    """One that raises, and one that decides what does not replay."""

    def raises(prepared, facts, world):
        raise ZeroDivisionError

    def made_up(prepared, facts, world):
        return Failure(OutOfFuel(1))

    with pytest.raises(ZeroDivisionError):
        laws.deciding_is_total(SMALL.policy, FINE, decide=raises)
    rejects(laws.deciding_is_total, SMALL.policy, FINE, laws.WORLD, made_up)


@given(strategies.asked())
def test_layout_keeps_decisions(asked):
    """Law 3: room, comments, labels, ids and order are no part of the digest, and change no decision."""
    lending, facts = asked

    laws.layout_keeps_decisions(lending.policy, variants.relaid(lending.policy), facts)


@given(strategies.asked().flatmap(lambda asked: st.tuples(st.just(asked), variants.edits(asked[0]))))
def test_an_edit_is_another_policy(edited):
    """Law 3: an edit has its own digest, and leaves alone what was recorded before it."""
    (lending, facts), other = edited

    laws.an_edit_is_another_policy(lending.policy, other.policy, facts)


def test_a_digest_of_the_text_and_one_of_the_names_are_found():
    """One takes layout for meaning, the other an edit for layout."""
    edited = evolve(SMALL, base=Decimal(1))

    def of_text(policy):
        return digest(policy_value(policy))

    def of_names(policy):
        return digest([each.variable.name for each in policy.model.elements])

    rejects(laws.layout_keeps_decisions, SMALL.policy, variants.relaid(SMALL.policy), FINE, of_text)
    rejects(laws.an_edit_is_another_policy, SMALL.policy, edited.policy, FINE, of_names)


@given(strategies.asked().flatmap(lambda asked: st.tuples(st.just(asked), strategies.applications(asked[0]))))
def test_what_no_reason_names_unmakes_none(pair):
    """Law 11: however the other facts change, the rule or bin that a reason cites is met."""
    (lending, facts), others = pair

    laws.what_no_reason_names_unmakes_none(lending, facts, others)


@given(strategies.asked())
@example((SMALL, POOR)).via("two bins")
def test_what_a_reason_cites_is_so(asked):
    """Law 11: a cited rule is met and names the code, and the points of a cited bin were lost."""
    laws.what_a_reason_cites_is_so(*asked)


def test_reasons_that_cite_what_is_not_so_are_found():
    """Points that nobody lost, and a fact that the bin does not look at."""

    def doubled(told):
        return [evolve(each, causes=tuple(evolve(one, short=one.short * 2) for one in each.causes)) for each in told]

    def elsewhere(told):
        return [
            evolve(each, causes=tuple(evolve(one, characteristic="age", tested="income") for one in each.causes))
            for each in told
        ]

    rejects(laws.what_a_reason_cites_is_so, SMALL, POOR, reasons(doubled))
    rejects(laws.what_a_reason_cites_is_so, SMALL, POOR, reasons(elsewhere))


def test_a_reason_that_hides_what_it_looked_at_is_found():
    """A cause that does not name the fact is unmade by it."""

    def hidden(told):
        return [evolve(each, causes=tuple(evolve(one, tested="income") for one in each.causes)) for each in told]

    rejects(laws.what_no_reason_names_unmakes_none, SMALL, POOR, {**POOR, "inquiries": Decimal(1)}, reasons(hidden))


@given(strategies.asked())
@example((SMALL, POOR)).via("declined")
@example((SMALL, FINE)).via("approved")
def test_reasons_are_given_for_a_refusal_alone(asked):
    """Law 12: at least one reason for a refusal and at most the cap, none for anyone else, all from what decided."""
    laws.reasons_are_given_for_a_refusal_alone(*asked)


def test_reasons_of_another_kind_are_found():
    """A refusal without one, an approval with one, more than the cap, and one from elsewhere."""
    law, told = laws.reasons_are_given_for_a_refusal_alone, decide_by(laws.prepared(SMALL.policy), POOR).unwrap()
    given_by_another = reasons(
        lambda found: [
            evolve(each, causes=tuple(evolve(one, decision="Knock-outs") for one in each.causes)) for each in found
        ]
    )

    rejects(law, SMALL, POOR, changed(reasons=()))
    rejects(law, SMALL, FINE, changed(reasons=told.reasons))
    rejects(law, evolve(SMALL, ranking=Ranking(most=1)), POOR, changed(reasons=told.reasons))
    rejects(law, SMALL, POOR, given_by_another)


@given(strategies.asked_soundly())
@example((SMALL, POOR)).via("twenty points before ten")
def test_reasons_are_ranked_by_loss(asked):
    """Law 13: the most points lost come first; ties are one order, whatever comes first in facts or card."""
    laws.reasons_are_ranked_by_loss(*asked)


def test_reasons_in_another_order_are_found():
    """The last first."""
    rejects(laws.reasons_are_ranked_by_loss, SMALL, POOR, reasons(reversed))


@given(strategies.asked_soundly(), st.data(), st.sampled_from((Decimal(1), Decimal(10), Decimal("0.5"))))
def test_a_greater_loss_never_ranks_lower(asked, data, more):
    """Law 13: where a bin costs more, its reasons come no later."""
    lending, facts = asked

    laws.a_greater_loss_never_ranks_lower(lending, facts, data.draw(st.integers(0, len(lending.factors) - 1)), more)


def test_a_ranking_by_the_smallest_loss_is_found():
    """What costs more is told later."""

    def smallest_first(told):
        return sorted(told, key=lambda each: sum(cause.short for cause in each.causes))

    rejects(laws.a_greater_loss_never_ranks_lower, SMALL, POOR, 1, Decimal(20), reasons(smallest_first))


@given(strategies.asked_soundly())
@example((SMALL, POOR)).via("two losses")
def test_points_add_up(asked):
    """Law 14: a score is its base and one bin each, and the losses told are what it lacks to the best."""
    laws.points_add_up(*asked)


def test_points_that_do_not_add_up_are_found():
    """A loss that is not told, and a score that is another."""
    rejects(laws.points_add_up, SMALL, POOR, reasons(lambda told: [evolve(told[0], causes=told[0].causes[:1])]))


@given(strategies.asked_soundly(), st.data())
def test_nothing_is_decided_by_accident(asked, data):
    """Law 16: a wrong type and a wrong name stop the decision; what is not there is null."""
    lending, facts = asked
    name, wrong = data.draw(st.sampled_from(lending.facts)), data.draw(st.sampled_from(strategies.WRONG))

    laws.nothing_is_decided_by_accident(lending, facts, name, wrong)


def only_numbers(prepared, facts, world):
    """Decide by what is a number, and pass over the rest."""
    return decide_by(prepared, {name: value for name, value in facts.items() if isinstance(value, Decimal)}, world)


def only_known(prepared, facts, world):
    """Decide by what is known, and pass over the rest."""
    return decide_by(prepared, {name: value for name, value in facts.items() if name in SMALL.facts}, world)


@pytest.mark.parametrize("decide", [only_numbers, only_known])
def test_passing_over_what_is_wrong_is_found(decide):
    """A type that is wrong, or a name."""
    rejects(laws.nothing_is_decided_by_accident, SMALL, FINE, "income", "700", decide)


COMPARISONS = ("< 5", ">= 5", "[1..5]", "< 1, > 5", "not(< 5)", "? < 5", "? between 1 and 5", "5", "1, 2", "not(5)")


def compared(cell):
    """A policy with one rule that compares, and another for everyone else."""
    table = Table(
        (InputClause(Literal("income", "number")),),
        (OutputClause(type="string"),),
        (Rule((cell,), ('"approve"',)), Rule(("-",), ('"refer"',))),
        HitPolicy.FIRST,
    )
    asks = Decision("d", Variable("Decision"), (Reference("ns", "_income"),), (), table)
    elements = (InputData("_income", Variable("income", "number")), asks)
    return Policy(Model("m", "ns", elements=elements), outcomes=Outcomes("Decision", ("approve", "refer"), ()))


@pytest.mark.parametrize("cell", COMPARISONS)
def test_null_meets_no_bound(cell):
    """Law 17: a missing number is in no range, not outside of one, and no number: no rule decides."""
    laws.null_meets_no_bound(compared(cell), "income")


def test_a_missing_number_that_falls_through_is_found():
    """Taking null for nought, and going on to the next rule."""

    def as_nought(prepared, facts, world):
        return decide_by(prepared, dict.fromkeys(facts, Decimal(0)), world)

    rejects(laws.null_meets_no_bound, compared("< 5"), "income", as_nought)
    rejects(laws.null_meets_no_bound, compared("null"), "income")


@given(strategies.asked())
@example((evolve(SMALL, priced=True), FINE)).via("a rate")
def test_numbers_are_exact(asked):
    """Law 18: no float in a record, the scale of facts kept, and a rate that is exact to the last digit."""
    laws.numbers_are_exact(*asked)


def test_numbers_that_are_not_exact_are_found():
    """A rate by way of a float."""
    priced = evolve(SMALL, priced=True)

    def by_float(prepared, facts, world):
        found = decide_by(prepared, facts, world).unwrap()
        rate = Decimal(float(str(found.made.values[SCORE])) * 0.01 + 1.50)
        rated: Value = {"outcome": found.outcome, "rate": rate}
        values = {**found.made.values, "Decision": rated}
        return Success(evolve(found, made=evolve(found.made, values=values)))

    rejects(laws.numbers_are_exact, priced, {**FINE, "inquiries": Decimal(1)}, by_float)


@st.composite
def logs(draw):
    """Decisions of one policy, one after the other, as the lines of a log."""
    lending = draw(strategies.lendings())
    prepared = laws.prepared(lending.policy)
    lines, before = [], GENESIS
    for number, facts in enumerate(draw(st.lists(strategies.applications(lending), min_size=2, max_size=4)), 1):
        line, head = line_of(Entry(number, number, before, json.loads(laws.recorded(prepared, facts))))
        lines.append(line)
        before = head.hash
    return tuple(lines)


@given(logs(), st.data())
def test_a_log_of_decisions_tells_every_change(lines, data):
    """Law 22: it verifies as it was written; one byte, one line or one order that is another is found where it is."""
    line = data.draw(st.integers(0, len(lines) - 1))
    at, byte = data.draw(st.integers(0, len(lines[line]) - 1)), data.draw(st.integers(0, 255))
    assume(lines[line][at] != byte)

    chain.verify_accepts_what_was_written(lines)
    chain.chain_finds_any_changed_byte(lines, line, at, byte)
    chain.chain_finds_any_missing_byte(lines, line, at)
    chain.chain_finds_any_dropped_line(lines, line)
    chain.chain_finds_any_moved_line(lines, line, line - 1 if line else 1)


def test_a_log_that_was_not_changed_is_not_found_broken():
    """The laws of the chain tell a change from none."""
    line, _ = line_of(Entry(1, 0, GENESIS, json.loads(laws.recorded(laws.prepared(SMALL.policy), POOR))))

    with pytest.raises(AssertionError):
        chain.found_broken((line,), at=0)


@given(variants.any_policies() | strategies.lendings().map(lambda lending: lending.policy))
@example(POLICY).via("an example")
def test_policies_read_back(policy):
    """Law 23: a policy is read back as it was written, every box of it."""
    laws.policy_round_trips(policy)


def test_a_policy_that_does_not_read_back_is_found():
    """A list where the model has a tuple is not what is read."""
    rejects(laws.policy_round_trips, evolve(POLICY, reasons=[]))  # type: ignore[arg-type]


@given(strategies.asked_soundly())
@example((SMALL, POOR)).via("a scorecard as a sum")
def test_export_keeps_decisions(asked):
    """Law 23: a scorecard of numbers is decided alike as DMN; a column of DMN has one type, so words are left out."""
    lending, facts = asked
    assume(not any(isinstance(slot.values, str) for factor in lending.factors for slot in factor.slots))

    laws.export_keeps_decisions(lending, facts)


def test_an_export_that_drops_a_point_is_found():
    """Another base is another score."""
    rejects(
        laws.export_keeps_decisions,
        SMALL,
        FINE,
        lambda _: write_model(evolve(SMALL, base=Decimal(1)).policy.model),
    )


@given(variants.any_policies(), policies.amounts(), st.sampled_from((1, 40, 20_000)))
def test_deciding_ends(policy, amount, fuel):
    """Law 24: whatever a policy says, deciding comes to something that can be recorded and replayed."""
    laws.deciding_is_total(policy, {"amount": amount}, World(fuel=fuel))


@given(variants.near_policies())
@example({}).via("nothing")
@example({"model": {"elements": 1.5}}).via("a float")
def test_any_json_is_a_policy_or_is_refused(raw):
    """Law 24: reading a policy never falls over."""
    laws.reading_a_policy_is_total(raw)


@given(strategies.asked(), st.integers(0, 60), st.integers(1, 1_000))
def test_more_fuel_changes_no_decision(asked, fuel, more):
    """Law 25: fuel decides whether there is an answer, never which."""
    lending, facts = asked

    laws.fuel_decides_whether_and_never_what(laws.prepared(lending.policy), facts, fuel, more)


def test_a_decision_by_fuel_is_found():
    """An answer that grows with the fuel breaks the law."""

    def by_fuel(prepared, facts, world):
        return changed(outcome=str(world.fuel))(prepared, facts, World())

    rejects(laws.fuel_decides_whether_and_never_what, laws.prepared(SMALL.policy), FINE, 5, 1, by_fuel)
