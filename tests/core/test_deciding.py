"""Deciding by a policy: outcomes, the reasons that go with them, and what is no decision."""

import json
from decimal import ROUND_UP, Clamped, Context, Decimal, Inexact, Rounded, localcontext

import pytest
from attrs import evolve
from tests.core.lending_policy import DECISION, GOOD, HOME, POLICY, SCORE, prepared, with_logic

from casefold.feel.values import Reason, UtcAlone, Value, World
from casefold.kernel.canonical import canonical
from casefold.kernel.results import Failure, Success
from casefold.policy.artifact import Method, Outcomes, Policy, Ranking
from casefold.policy.catalogue import REGULATION_B
from casefold.policy.codec import parse_policy, policy_digest, policy_value
from casefold.policy.deciding import (
    Decided,
    NoReason,
    OutcomeUnknown,
    Problems,
    Ready,
    Undecided,
    UnknownFacts,
    decide_by,
    ready,
)
from casefold.policy.model import (
    Aggregation,
    Bin,
    Characteristic,
    Decision,
    Definition,
    FunctionKind,
    HitPolicy,
    Import,
    InputClause,
    InputData,
    Items,
    Iteration,
    IterationKind,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Scorecard,
    Table,
    Variable,
)
from casefold.policy.reasons import ByPoints, ByRule
from casefold.policy.record import Divergence, NotReplayable, record_of, replay

READY = prepared()


def decided(prepared: Ready = READY, /, **changed: Value) -> Decided:
    return decide_by(prepared, facts(**changed)).unwrap()


def undecided(prepared: Ready = READY, /, **changed: Value) -> Undecided:
    return decide_by(prepared, facts(**changed)).failure()


def facts(**changed: Value) -> dict[str, Value]:
    return {**GOOD, **{name.replace("_", " "): value for name, value in changed.items()}}


def codes(found: Decided) -> list[str]:
    return [told.code for told in found.reasons]


def untyped(name: str, policy: Policy) -> Policy:
    """Give the policy an element of any type."""
    elements = tuple(
        evolve(each, variable=Variable(name)) if each.variable.name == name else each for each in policy.model.elements
    )
    return evolve(policy, model=evolve(policy.model, elements=elements))


def test_an_approval_has_no_reasons():
    """Nobody is owed a reason for a yes."""
    found = decided()

    assert ("approve", ()) == (found.outcome, found.reasons)


def test_a_knock_out_gives_its_own_reasons_alone():
    """What a scorecard would have said did not decide, and is not told."""
    found = decided(bankruptcies=Decimal(1), utilisation=Decimal("0.9"), inquiries=Decimal(9))

    assert "decline" == found.outcome
    assert ["C21"] == codes(found)
    assert (ByRule("Knock-outs", 1, ("bankruptcies",)),) == found.reasons[0].causes


def test_reasons_of_a_scorecard_are_ranked_by_points_lost():
    """Forty points lost come before thirty, and thirty before twenty."""
    found = decided(years_employed=None, inquiries=Decimal(-9), utilisation=Decimal("0.9"))

    assert ["C06", "C09", "C14"] == codes(found)
    assert (ByPoints("Score", "Utilisation", "utilisation", Decimal(30)),) == found.reasons[1].causes


def test_ties_between_reasons_are_broken_by_the_policy():
    """Thirty points each: the catalogue's order, unless the policy has another."""
    poor = {"utilisation": Decimal("0.9"), "inquiries": Decimal(9), "years_employed": Decimal(1)}
    other = prepared(evolve(POLICY, ranking=Ranking(priority=("C22",))))

    assert ["C09", "C22", "C07"] == codes(decided(**poor))
    assert ["C22", "C09", "C07"] == codes(decided(other, **poor))


def test_reasons_are_capped():
    """The policy says how many are told."""
    few = prepared(evolve(POLICY, ranking=Ranking(most=1)))

    assert ["C06"] == codes(decided(few, years_employed=None, inquiries=Decimal(9), utilisation=Decimal("0.9")))


def test_reasons_against_an_average_leave_out_what_is_above_it():
    """Twenty points where applicants get fifteen on average is no reason, however many more there were to get."""
    averages = ("30", "25", "15")
    card = evolve(
        SCORE,
        characteristics=tuple(
            evolve(each, average=average) for each, average in zip(SCORE.characteristics, averages, strict=True)
        ),
    )
    policy = evolve(with_logic("Score", card), ranking=Ranking(Method.BELOW_AVERAGE))
    found = decided(prepared(policy), utilisation=Decimal("0.5"), inquiries=Decimal(9), years_employed=Decimal(0))

    assert ["C07", "C22"] == codes(found)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"years_employed": "long"}, Reason.WRONG_TYPE),
        ({"utilisation": None}, Reason.NO_VALUE),
        ({"income": None}, Reason.WRONG_TYPE),
    ],
)
def test_what_goes_wrong_is_no_decision(changed, reason):
    """A fact of the wrong type, or one that is missing where it is needed, never falls through to another rule."""
    found = undecided(**changed)

    assert isinstance(found, Problems)
    assert reason is found.problems[0].fault.reason


def test_a_misspelt_fact_is_no_decision():
    """A fact that no policy asked for is told, and not passed over."""
    found = undecided(incme=Decimal(1))

    assert isinstance(found, UnknownFacts)
    assert ("incme",) == found.names


@pytest.mark.parametrize("name", ["Decision", "Knock-outs", "Score", "{urn:lending}income"])
def test_what_a_policy_decides_itself_is_no_fact(name):
    """Nobody approves an application by saying that it is approved, or says one thing under two names."""
    found = decide_by(READY, {**GOOD, name: Decimal(0)}).failure()

    assert UnknownFacts((name,), tuple(sorted(GOOD))) == found


def test_unknown_facts_are_told_in_one_order():
    """A record of two misspelt facts replays, however they came."""
    given = facts(zeta=None, alpha=None)
    record = record_of(READY, given, World(), decide_by(READY, given)).unwrap()

    assert Success(record) == replay(READY, record, UtcAlone())


def test_an_outcome_that_nobody_declared_is_no_decision():
    """A table that answers “maybe” decides nothing."""
    policy = evolve(POLICY, outcomes=Outcomes("Decision", ("refer", "decline"), ("decline",)))

    assert OutcomeUnknown("approve", ("refer", "decline")) == undecided(prepared(policy))


def test_an_adverse_outcome_without_a_reason_is_no_decision():
    """Whoever is declined is told why, or is not declined."""
    bare = evolve(DECISION, rules=(Rule(("-", "-"), ('"decline"',), ("",)),))

    assert NoReason("decline") == undecided(prepared(with_logic("Decision", bare)))


def test_a_rule_that_lost_by_priority_gives_no_reason():
    """Two rules match, one decides: the other's reason is not told."""
    rules = (Rule(("-", "-"), ('"decline"',), ("C01",)), Rule(("-", ">= 0"), ('"refer"',), ("C02",)))
    table = evolve(DECISION, rules=rules, hit=HitPolicy.PRIORITY)
    policy = evolve(
        with_logic("Decision", table),
        outcomes=Outcomes("Decision", ("approve", "refer", "decline"), ("refer", "decline")),
    )

    assert ["C02"] == codes(decided(prepared(policy)))


def test_of_the_largest_only_the_rules_that_reach_it_give_reasons():
    """COLLECT MAX answers by the largest output, and tells the reasons of no smaller one."""
    rules = (Rule(("-", "-"), ('"approve"',), ("C01",)), Rule(("-", ">= 0"), ('"decline"',), ("C02",)))
    table = evolve(DECISION, rules=rules, hit=HitPolicy.COLLECT, aggregation=Aggregation.MAX)

    assert ["C02"] == codes(decided(prepared(with_logic("Decision", table))))


@pytest.mark.parametrize("cell", ['"CA"', 'not("CA")'])
def test_a_missing_fact_that_a_rule_asks_for_is_no_decision(cell):
    """The standard has null differ from every word; a lender who does not know the state asks for it."""
    state = InputData("state", Variable("state", "string"))
    table = Table(
        (InputClause(Literal("state", "string")),),
        (OutputClause(type="string"),),
        (Rule((cell,), ('"decline"',), ("C01",)), Rule(("-",), ('"approve"',), ("",))),
        HitPolicy.FIRST,
        notes=("reason",),
    )
    rates = Decision("Decision", Variable("Decision"), (Reference("ns", "state"),), logic=table)
    policy = evolve(POLICY, model=Model("m", "ns", elements=(state, rates)))
    found = decide_by(prepared(policy), {"state": None}).failure()

    assert isinstance(found, Problems)
    assert (Reason.NO_VALUE, "state") == (found.problems[0].fault.reason, found.problems[0].fault.what)
    assert ("decision Decision", "rule 1", "input state") == found.problems[0].place


@pytest.mark.parametrize(("expression", "cell"), [("state", "home"), ('state = "CA"', "true"), ("home", "state")])
@pytest.mark.parametrize("facts", [{}, {"home": "CA"}, {"state": None, "home": "TX"}])
def test_a_missing_fact_that_another_is_compared_with_is_no_decision(expression, cell, facts):
    """A fact that nobody knows is neither the one that it is compared with nor another, in a head or in a cell."""
    inputs = tuple(InputData(name, Variable(name, "string")) for name in ("state", "home"))
    table = Table(
        (InputClause(Literal(expression)),),
        (OutputClause(type="string"),),
        (Rule((cell,), ('"decline"',), ("C01",)), Rule(("-",), ('"approve"',), ("",))),
        HitPolicy.FIRST,
        notes=("reason",),
    )
    needs = tuple(Reference("ns", each.id) for each in inputs)
    outcome = Decision("Decision", Variable("Decision"), needs, logic=table)
    policy = evolve(POLICY, model=Model("m", "ns", elements=(*inputs, outcome)))

    assert isinstance(decide_by(prepared(policy), facts).failure(), Problems)


@pytest.mark.parametrize(("default", "stands"), [(None, False), ("null", True), ("9", True)])
def test_an_applicant_who_is_left_to_no_rule_is_no_decision(default, stands):
    """A price that nobody set is no offer, unless the table says what it is where no rule matches."""
    score = InputData("score", Variable("score", "number"))
    head, needs = (InputClause(Literal("score", "number")),), (Reference("ns", "score"),)
    price = Table(head, (OutputClause(type="number", default=default),), (Rule(("< 500",), ("9",)),))
    outcome = Table(head, (OutputClause(type="string"),), (Rule(("-",), ('"approve"',)),))
    decisions = (
        Decision(name, Variable(name), needs, logic=logic) for name, logic in (("Price", price), ("Decision", outcome))
    )
    policy = evolve(POLICY, model=Model("m", "ns", elements=(score, *decisions)))
    found = decide_by(prepared(policy), {"score": Decimal(500)})

    assert isinstance(found, Success) is stands
    if isinstance(found, Failure):
        (problem,) = found.failure().problems
        assert (("decision Price",), "no rule matches") == (problem.place, problem.fault.given)


def test_reasons_of_what_had_no_part_in_it_are_refused():
    """An applicant who is declined for debt is not told what cost points on a scorecard that nobody asked."""
    debt = InputData("debt", Variable("debt", "number"))
    aside = Decision("Aside", Variable("Aside"), (Reference("ns", "debt"),), logic=Literal("debt > 1"))
    table = Table(
        (InputClause(Literal("debt", "number")),),
        (OutputClause(type="string"),),
        (Rule(("> 5",), ('"decline"',), ("Aside",)), Rule(("-",), ('"approve"',), ("",))),
        HitPolicy.FIRST,
        notes=("reason",),
    )
    rates = Decision("Decision", Variable("Decision"), (Reference("ns", "debt"),), logic=table)
    asking = evolve(rates, requires=(*rates.requires, Reference("ns", "Aside")))

    faults = ready(evolve(POLICY, model=Model("m", "ns", elements=(debt, aside, rates)))).failure().faults
    assert [(("decision Decision", "rule 1"), "Aside")] == [(fault.place, fault.text) for fault in faults]
    assert isinstance(ready(evolve(POLICY, model=Model("m", "ns", elements=(debt, aside, asking)))), Success)


def test_a_missing_fact_may_have_a_rule_of_its_own():
    """A cell `null` says what is decided without the fact."""
    state = InputData("state", Variable("state", "string"))
    table = Table(
        (InputClause(Literal("state", "string")),),
        (OutputClause(type="string"),),
        (Rule(("null",), ('"refer"',)), Rule(('not("CA")',), ('"approve"',)), Rule(("-",), ('"refer"',))),
        HitPolicy.FIRST,
    )
    rates = Decision("Decision", Variable("Decision"), (Reference("ns", "state"),), logic=table)
    policy = evolve(POLICY, model=Model("m", "ns", elements=(state, rates)))

    assert "refer" == decide_by(prepared(policy), {"state": None}).unwrap().outcome


def test_decisions_beside_the_outcome_are_made_as_well():
    """A price that hangs on the outcome is a part of the decision."""
    price = Decision("Price", Variable("Price"), (Reference(HOME, "Decision"),), logic=Literal('Decision = "approve"'))
    policy = evolve(POLICY, model=evolve(POLICY.model, elements=(*POLICY.model.elements, price)))

    assert decided(prepared(policy)).made.values["Price"] is True


def test_decisions_that_ask_each_other_for_reasons_end():
    """A table whose reasons are its own has none."""
    circular = evolve(DECISION, rules=(Rule(("-", "-"), ('"decline"',), ("Decision",)),))

    assert NoReason("decline") == undecided(prepared(with_logic("Decision", circular)))


def test_a_policy_without_its_outcome_is_not_ready():
    """An outcome that no decision gives is a fault before anything is decided."""
    found = ready(evolve(POLICY, outcomes=Outcomes("Verdict", (), ()))).failure()

    assert "Verdict" == found.faults[0].text


def test_the_catalogue_is_that_of_form_c_1():
    """24 reasons, the last of them open."""
    assert 24 == len(REGULATION_B)
    assert ("C24", "Other, specify") == (REGULATION_B[-1].code, REGULATION_B[-1].text)


def test_layout_names_and_labels_keep_the_digest():
    """Two policies that decide alike, for the same reasons, have one digest."""
    spaced = evolve(
        DECISION,
        rules=tuple(
            evolve(rule, inputs=tuple(text.replace(" ", "  ") for text in rule.inputs)) for rule in DECISION.rules
        ),
    )
    renamed = evolve(with_logic("Decision", spaced), name="another", version="2", author="somebody")

    assert policy_digest(POLICY) == policy_digest(renamed)


def test_a_reason_is_a_part_of_the_digest():
    """What applicants are told is approved with the rest."""
    told = evolve(DECISION, rules=(*DECISION.rules[:-1], evolve(DECISION.rules[-1], notes=("C01",))))

    assert policy_digest(POLICY) != policy_digest(with_logic("Decision", told))


def test_what_an_imported_model_calls_its_elements_is_no_part_of_the_digest():
    """Ids may be given anew; whoever requires another element is another policy."""

    def policy(first: str, second: str, required: str) -> Policy:
        named = tuple(InputData(own, Variable(name)) for own, name in ((first, "age"), (second, "income")))
        other = Model("facts", "urn:facts", elements=named)
        asks = Decision("d", Variable("Decision"), (Reference("urn:facts", required),), (), Literal("1"))
        return Policy(Model("m", "urn:m", (Import("facts", "urn:facts"),), elements=(asks,)), (other,))

    assert policy_digest(policy("_1", "_2", "_1")) == policy_digest(policy("_3", "_4", "_3"))
    assert policy_digest(policy("_1", "_2", "_1")) != policy_digest(policy("_2", "_1", "_1"))


def test_a_bin_for_what_is_missing_has_a_digest_of_its_own():
    """A test for null that is not the word alone is another bin."""
    years = SCORE.characteristics[0]
    said = evolve(years, bins=(evolve(years.bins[0], tests="null // no record"), *years.bins[1:]))
    other = with_logic("Score", evolve(SCORE, characteristics=(said, *SCORE.characteristics[1:])))

    assert policy_digest(POLICY) != policy_digest(other)


def test_the_order_of_requirements_is_nothing_to_a_record():
    """Two policies of one digest come to one record, also where several things go wrong."""
    elements = tuple(
        evolve(each, requires=each.requires[::-1]) if isinstance(each, Decision) else each
        for each in POLICY.model.elements[::-1]
    )
    other = prepared(evolve(POLICY, model=evolve(POLICY.model, elements=elements)))
    given = facts(income="much", utilisation="little", years_employed="long")

    record = record_of(READY, given, World(), decide_by(READY, given)).unwrap()

    assert Success(record) == replay(other, record, UtcAlone())


def test_a_policy_is_plain_data():
    """What is written is read back."""
    assert POLICY == parse_policy(policy_value(POLICY)).unwrap()


@pytest.mark.parametrize("kind", IterationKind)
def test_a_box_within_a_box_is_read_back(kind):
    """SOME and EVERY within a list are two policies, with two digests."""
    loop = Iteration(kind, "x", Literal("[1, 2]"), Definition((), Literal("x > 1"), FunctionKind.FEEL))
    policy = with_logic("Decision", Items((loop,)))
    other = with_logic("Decision", Items((evolve(loop, kind=IterationKind.FOR),)))

    assert policy == parse_policy(policy_value(policy)).unwrap()
    assert (policy_digest(policy) == policy_digest(other)) is (kind is IterationKind.FOR)


def test_a_record_replays_to_its_bytes():
    """The same policy over the same facts gives the same record."""
    world = World()
    for changed in ({}, {"bankruptcies": Decimal(1)}, {"utilisation": None}):
        given = facts(**changed)
        record = record_of(READY, given, world, decide_by(READY, given, world)).unwrap()

        assert canonical(record) == canonical(replay(READY, record, UtcAlone()).unwrap())


def test_a_record_that_was_changed_does_not_replay():
    """The first place that differs is named."""
    record = record_of(READY, GOOD, World(), decide_by(READY, GOOD)).unwrap()

    assert (
        Divergence("outcome", '"decline"', '"approve"')
        == replay(READY, {**record, "outcome": "decline"}, UtcAlone()).failure()
    )
    assert isinstance(replay(READY, {**record, "policy": "sha256:0"}, UtcAlone()), Failure)
    assert isinstance(replay(READY, {**record, "facts": {"income": 1}}, UtcAlone()).failure(), NotReplayable)


@pytest.mark.parametrize("member", [{"outcome": [2**60]}, {"more": [0.5]}])
def test_a_record_with_numbers_that_no_record_holds_differs_and_nothing_more(member):
    """It came from elsewhere: an integer beyond 2**53 or a fraction is told like any other difference."""
    record = record_of(READY, GOOD, World(), decide_by(READY, GOOD)).unwrap()

    assert isinstance(replay(READY, {**record, **member}, UtcAlone()).failure(), Divergence)


HOSTILE = Context(prec=1, rounding=ROUND_UP, Emin=-1, Emax=1, capitals=0, clamp=1, traps=[Inexact, Rounded, Clamped])
"""A context of decimals in which next to nothing can be said."""


def test_the_callers_context_of_decimals_is_nothing_to_a_decision():
    """Whatever a thread does with its own decimals, points are not rounded and numbers are written in one way."""
    card = evolve(SCORE, characteristics=tuple(evolve(each, average="123.45") for each in SCORE.characteristics))
    policy = evolve(with_logic("Score", card), ranking=Ranking(Method.BELOW_AVERAGE))
    given = facts(years_employed=None, inquiries=Decimal(-9), utilisation=Decimal("0.9"), income=Decimal("5E+4"))

    def made():
        found = prepared(policy)
        return canonical(record_of(found, given, World(), decide_by(found, given)).unwrap())

    usual = made()
    with localcontext(HOSTILE):
        assert usual == made()


def test_an_outcome_that_is_no_text_is_told_by_its_type():
    """A function has no text that is the same in another process."""
    policy = untyped("Decision", with_logic("Decision", Literal("function() 1")))

    assert OutcomeUnknown("function", ("approve", "refer", "decline")) == undecided(prepared(policy))


@pytest.mark.parametrize("as_of", ["9" * 5_000, "\u0661", "-0", "01", ""])
def test_a_time_that_nobody_wrote_is_not_replayed(as_of):
    """A number without end, or in other digits, is refused and does not fall over."""
    record = record_of(READY, GOOD, World(), decide_by(READY, GOOD)).unwrap()

    assert isinstance(replay(READY, {**record, "as_of": as_of}, UtcAlone()).failure(), NotReplayable)


def test_half_a_character_is_no_fact():
    """What no file can hold is refused before it is recorded, in a text, a member or a name."""
    givens: tuple[dict[str, Value], ...] = (
        {"income": "\ud800"},
        {"income": ({"\ud800": None},)},
        {"\ud800": None},
    )
    for given in givens:
        assert isinstance(record_of(READY, given, World(), decide_by(READY, given)), Failure)


def nested(times, wrap):
    """Wrap nothing that many times."""
    made = None
    for _ in range(times):
        made = wrap(made)
    return made


@pytest.mark.parametrize(
    "raw",
    [
        {"name": "\ud800"},
        {"\udfff": ""},
        {"model": nested(100_000, lambda inner: [inner])},
        {"model": {"elements": [nested(500, lambda inner: {"is": "Items", "items": [inner]})]}},
    ],
    ids=["half a text", "half a name", "lists without end", "boxes without end"],
)
def test_a_policy_beyond_bounds_is_refused(raw):
    """Whatever JSON holds, reading it ends."""
    assert isinstance(parse_policy(raw), Failure)


def test_a_special_value_in_a_list_is_special():
    """A list of one stands for its item: a special value does not become a small number by that."""
    policy = untyped("inquiries", POLICY)

    assert decided(prepared(policy), inquiries=(Decimal(-9),)).made.values == decided(inquiries=Decimal(-9)).made.values


def test_a_special_bin_that_cannot_be_said_stops_the_decision():
    """A value that may be special is not taken for a plain one."""
    card = Scorecard(
        (
            Characteristic(
                "Use",
                Literal("utilisation", "number"),
                (Bin("? < years employed", "0", "C09", special=True), Bin("-", "90")),
            ),
        )
    )
    looks = with_logic("Score", card, POLICY)

    assert isinstance(undecided(prepared(looks), years_employed=None), Problems)


def test_a_reason_that_is_written_twice_is_one():
    """Points are not lost twice."""
    card = Scorecard((Characteristic("Use", Literal("utilisation"), (Bin("< 1", "0", "C09; C09"), Bin(">= 1", "9"))),))

    told = decided(prepared(with_logic("Score", card))).reasons

    assert (ByPoints("Score", "Use", "utilisation", Decimal(9)),) == told[0].causes


def test_a_score_beyond_all_numbers_is_no_score():
    """Points without end are a fault of the scorecard, not the best score of all."""
    best = Characteristic("Age", Literal("years employed", "number"), (Bin("-", "9e6144"),))
    policy = with_logic("Score", Scorecard((best,), "9e6144"))

    found = undecided(prepared(policy))

    assert isinstance(found, Problems) and Reason.OUT_OF_BOUNDS is found.problems[0].fault.reason


def test_a_sum_beyond_all_numbers_is_no_sum():
    """Outputs that add up to more than a number can be are a fault of the table."""
    table = Table((), (OutputClause(),), (Rule((), ("9e6144",)),) * 2, HitPolicy.COLLECT, Aggregation.SUM)

    found = undecided(prepared(with_logic("Score", table)))

    assert isinstance(found, Problems) and Reason.OUT_OF_BOUNDS is found.problems[0].fault.reason


def test_the_order_of_a_facts_members_is_no_fact():
    """A record has members by name, and replays as it was decided."""
    first = Literal('if get entries(income)[1].key = "b" then "approve" else "refer"')
    table = evolve(DECISION, inputs=(InputClause(first),), rules=(Rule(('"approve"',), ('"approve"',)),))
    policy = untyped("income", with_logic("Decision", table))
    elements = tuple(
        evolve(each, requires=(Reference("urn:lending", "income"),))
        if isinstance(each, Decision) and each.variable.name == "Decision"
        else each
        for each in policy.model.elements
    )
    ready_by = prepared(evolve(policy, model=evolve(policy.model, elements=elements)))
    given: dict[str, Value] = {"income": {"b": None, "a": None}}

    record = record_of(ready_by, given, World(), decide_by(ready_by, given)).unwrap()

    assert isinstance(replay(ready_by, json.loads(canonical(record)), UtcAlone()), Success)


@pytest.mark.parametrize("fuel", [5, 2_000_000])
def test_a_record_replays_with_its_own_fuel(fuel):
    """A decision that ran dry runs dry again, and one that took long may take as long again."""
    world = World(fuel=fuel)
    record = record_of(READY, GOOD, world, decide_by(READY, GOOD, world)).unwrap()

    assert str(fuel) == record["fuel"]
    assert Success(record) == replay(READY, record, UtcAlone())
