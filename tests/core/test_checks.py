"""What a reader should remember of what is found out about tables: what each finding means, and its limits."""

from decimal import Decimal

import pytest
from attrs import evolve

from casefold.feel.calendar import days_of
from casefold.feel.values import Date, DaysDuration, MonthsDuration
from casefold.kernel.results import Failure
from casefold.policy.checks.coverage import coverage
from casefold.policy.checks.dead import Dead, Why, dead_rules
from casefold.policy.checks.diff import Change, diff_tables
from casefold.policy.checks.gaps import gaps
from casefold.policy.checks.mcdc import Obligation, pairs
from casefold.policy.checks.models import diff_models
from casefold.policy.checks.monotone import ByNumber, Monotone, NotOrdered, Ranked, check_monotone
from casefold.policy.checks.outcomes import Answer
from casefold.policy.checks.overlaps import overlaps
from casefold.policy.checks.parts import Others, Span, Word, witness
from casefold.policy.checks.sweep import TooLarge
from casefold.policy.graph import Compiled, compile_model
from casefold.policy.model import (
    Decision,
    HitPolicy,
    Import,
    InputClause,
    InputData,
    ItemDefinition,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Table,
    Variable,
)
from casefold.policy.texts import scope_of

SCORE, STATE, LIMIT = (
    InputData(f"_{name}", Variable(name, kind))
    for name, kind in (("score", "number"), ("state", "string"), ("limit", "number"))
)


def compiled(table: Table, *items: ItemDefinition) -> Compiled:
    needs = tuple(Reference("ns", each.id) for each in (SCORE, STATE, LIMIT))
    outcome = Decision("_outcome", Variable("outcome"), needs, logic=table)
    made = compile_model(Model("m", "ns", (), items, (SCORE, STATE, LIMIT, outcome)))
    assert made.faults == ()
    return made


def table(*rules: tuple[str, str, str], hit=HitPolicy.UNIQUE, score="number", **output) -> Table:
    return Table(
        (InputClause(Literal("score", score)), InputClause(Literal("state", "string"))),
        (OutputClause(**output),),
        tuple(Rule((first, second), (conclusion,)) for first, second, conclusion in rules),
        hit,
    )


def grid(*rules: tuple[str, str, str], hit=HitPolicy.UNIQUE, items=(), **output):
    return compiled(table(*rules, hit=hit, **output), *items).grids[0]


def below(high, *, included=False):
    return Span(Decimal, None, False, Decimal(high), included)


def test_a_gap_is_a_box_with_an_applicant():
    """Who is left to no rule, in as few boxes as say it, and somebody who is."""
    found = gaps(grid((">= 500", "-", "1"), ("< 500", 'not("CA")', "2"))).unwrap()

    (gap,) = found.found
    assert gap.inputs == ((below(500),), (Word("CA"),))
    assert gap.witness == (Decimal(400), "CA")
    assert gap.certain


def test_words_that_no_cell_names_are_one_part():
    """Any other state is told as such, and a made-up one stands for them."""
    (gap,) = gaps(grid(("-", '"CA", "NY"', "1"))).unwrap().found

    assert gap.inputs[1] == (Others(("CA", "NY")),)
    assert gap.witness[1] == "other"


def test_between_one_day_and_the_next_there_is_nothing():
    """Days and months are whole; numbers are not."""
    by_day = Table(
        (InputClause(Literal("score", "date")),),
        (OutputClause(),),
        (Rule(('<= @"2024-02-29"',), ("1",)), Rule(('>= @"2024-03-01"',), ("2",))),
    )
    day = InputData("_score", Variable("score", "date"))
    model = Model("m", "ns", elements=(day, Decision("_d", Variable("d"), (Reference("ns", "_score"),), logic=by_day)))

    assert gaps(compile_model(model).grids[0]).unwrap().found == ()
    assert gaps(grid(("<= 1", "-", "1"), (">= 2", "-", "2"))).unwrap().certain == 1


def test_what_is_not_allowed_is_no_gap():
    """Allowed values of a column and of its type bound what is looked at."""
    allowed = ItemDefinition("tScore", "number", allowed="[300..850]")

    assert gaps(grid(("[300..850]", "-", "1"), items=(allowed,), score="tScore")).unwrap().found == ()


@pytest.mark.parametrize(("hit", "default"), [(HitPolicy.COLLECT, None), (HitPolicy.UNIQUE, "0")])
def test_a_table_that_may_leave_somebody_out_has_no_gaps(hit, default):
    """Who collects may collect nothing; and a default is an answer."""
    assert gaps(grid(("< 1", "-", "1"), hit=hit, default=default)).unwrap().found == ()


def test_a_gap_that_rests_on_a_cell_that_must_be_asked_is_possible():
    """Whether a score below another fact's value is met, no table can say by itself."""
    found = gaps(grid((">= 500", "-", "1"), ("< limit", "-", "2"))).unwrap()

    assert (found.certain, found.possible) == (0, 1)
    assert found.found[0].inputs[0] == (below(500),)


def test_an_input_that_two_columns_test_has_one_value():
    """No applicant is below 600 and above 700 at once."""
    twice = Table(
        (InputClause(Literal("score", "number")), InputClause(Literal(" score ", "number"))),
        (OutputClause(),),
        (Rule(("< 600", "-"), ("1",)), Rule(("-", ">= 600"), ("2",)), Rule(("< 600", "> 700"), ("3",))),
    )
    made = compiled(twice).grids[0]

    assert gaps(made).unwrap().found == ()
    assert [dead.rule for dead in dead_rules(made).found] == [2]


def test_too_large_is_said():
    """A check that takes too many steps says so, and nothing else."""
    rules = [(f"[{at}..{at + 7})", f'"S{at % 5}"', "1") for at in range(40)]

    assert gaps(grid(*rules), work_max=5) == Failure(TooLarge(5))


@pytest.mark.parametrize(("hit", "outputs", "pairs_told", "error"), [
    (HitPolicy.UNIQUE,  ("1", "1"), 1, True),
    (HitPolicy.ANY,     ("1", "1"), 0, True),     # they agree
    (HitPolicy.ANY,     ("1", "2"), 1, True),
    (HitPolicy.FIRST,   ("1", "2"), 1, False),    # a note
    (HitPolicy.COLLECT, ("1", "2"), 0, False),
])  # fmt: skip
def test_an_overlap_is_what_the_hit_policy_makes_of_it(hit, outputs, pairs_told, error):
    """Under UNIQUE any, under ANY those that disagree; FIRST resolves them, COLLECT wants them."""
    found = overlaps(grid(("< 600", "-", outputs[0]), (">= 500", '"CA"', outputs[1]), hit=hit))

    assert (found.certain, found.error) == (pairs_told, error)
    if pairs_told:
        assert found.found[0].rules == (0, 1)
        assert found.found[0].witness == (Decimal(500), "CA")


def test_a_dead_rule_names_those_that_decide_instead():
    """Covered by one rule, by several together, by no value, by none that is allowed."""
    rules = (("< 600", "-", "1"), (">= 600", '"CA"', "2"), (">= 600", 'not("CA")', "3"), ("[500..700]", "-", "4"))
    assert dead_rules(grid(*rules, hit=HitPolicy.FIRST)).found == (Dead(3, Why.COVERED, None, (0, 1, 2)),)

    assert dead_rules(grid(("(5..5)", "-", "1"))).found == (Dead(0, Why.EMPTY, 0),)
    allowed = ItemDefinition("tScore", "number", allowed="[300..850]")
    assert dead_rules(grid(("< 300", "-", "1"), items=(allowed,), score="tScore")).found == (
        Dead(0, Why.NOT_ALLOWED, 0),
    )


def test_under_priority_the_preferred_output_covers():
    """What comes first among the output values decides, wherever it stands."""
    rules = (("< 600", '"CA"', "2"), ("< 700", "-", "1"))

    assert dead_rules(grid(*rules, hit=HitPolicy.PRIORITY, allowed="1, 2")).found == (Dead(0, Why.COVERED, None, (1,)),)
    assert dead_rules(grid(*rules, hit=HitPolicy.PRIORITY, allowed="2, 1")).found == ()


RISING = (("< 600", "-", "1"), ("[600..700)", "-", "3"), (">= 700", "-", "2"))


def test_a_broken_claim_shows_two_applicants():
    """A higher score that fares worse, all else equal."""
    found = check_monotone(grid(*RISING), Monotone("score", True, ByNumber(larger=True))).unwrap()

    (violation,) = found.violations
    assert violation.favoured == (Decimal(700), "other")
    assert violation.other == (Decimal(600), "other")
    assert violation.outcomes == (Decimal(2), Decimal(3))
    assert violation.rules == (2, 1)


def test_a_claim_that_holds_is_proved():
    """No violation, and nothing unknown: true of every applicant."""
    ranked = Monotone("input score", True, Ranked((Decimal(2), Decimal(3), Decimal(1))))

    found = check_monotone(grid(*RISING), ranked).unwrap()

    assert (found.violations, found.unknown) == ((), False)


@pytest.mark.parametrize("name", ["state", "no such input"])
def test_a_claim_about_what_has_no_order_is_refused(name):
    """States have no order, and an input that is not there has no values."""
    assert check_monotone(grid(*RISING), Monotone(name, True, ByNumber(larger=True))) == Failure(NotOrdered(name))


def test_a_diff_tells_who_is_decided_otherwise():
    """A moved bound is the applicants between, with both answers and both rules."""
    before = grid((">= 620", "-", "1"), ("< 620", "-", "2"))
    after = grid(("< 610", "-", "2"), (">= 610", "-", "1"))

    (region,) = diff_tables(before, after).unwrap().regions
    assert region.inputs == ((Span(Decimal, Decimal(610), True, Decimal(620), False),), ())
    assert (region.before, region.after) == (Answer(Decimal(2)), Answer(Decimal(1)))
    assert (region.rules_before, region.rules_after) == ((1,), (1,))
    assert region.change is Change.CHANGED


def test_rules_in_another_order_and_cells_in_other_words_are_no_difference():
    """What is compared is what is decided."""
    before = grid(("< 620", '"CA", "NY"', "1"), (">= 620", "-", "2 *  limit"))
    after = grid(("[620..700]", "-", "2*limit"), ("> 700", "-", "2 * limit // twice"), ("< 620", '"NY","CA"', "1.0"))

    assert diff_tables(before, after, scope_of(("limit",))).unwrap().total == 0


def test_another_text_is_another_answer_as_far_as_is_known():
    """Whether two formulas come to the same nobody can say; that the text differs is told."""
    one, other = (grid(("-", "-", text)) for text in ("limit * 2", "limit + limit"))

    assert [region.change for region in diff_tables(one, other).unwrap().regions] == [Change.TEXT]


def test_a_new_column_was_anything_before():
    """An input that a table does not have makes no difference there."""
    before = Table((InputClause(Literal("score", "number")),), (OutputClause(),), (Rule(("-",), ("1",)),))
    diff = diff_tables(compiled(before).grids[0], grid(("-", '"CA"', "2"), ("-", 'not("CA")', "1"))).unwrap()

    assert [(column.expression, column.before, column.after) for column in diff.columns] == [
        ("score", 0, 0),
        ("state", None, 1),
    ]
    assert [region.inputs for region in diff.regions] == [((), (Word("CA"),))]


@pytest.mark.parametrize(("rules", "before", "after"), [
    ([('starts with(?, "C")', "1"), ('starts with(?, "C")', "2")], HitPolicy.UNIQUE,   HitPolicy.FIRST),
    ([("-", "1 + 1"), ("-", "1")],                                 HitPolicy.PRIORITY, HitPolicy.ANY),
])  # fmt: skip
def test_another_hit_policy_may_decide_otherwise_where_cells_must_be_asked(rules, before, after):
    """Which rules are met is not known there; what comes of two of them is another thing under each policy."""
    made = [grid(*(("-", *rule) for rule in rules), hit=hit) for hit in (before, after)]

    assert diff_tables(*made).unwrap().total == 1
    assert diff_tables(made[0], made[0]).unwrap().total == 0


def test_models_differ_by_element():
    """Tables by what they decide, other logic by its text without spaces and brackets, elements by name."""
    one = compiled(table(("-", "-", "1")))
    same = evolve(one.model, elements=(*one.model.elements, SUM("score + (limit)")))
    other = evolve(one.model, elements=(*one.model.elements, SUM("score+limit")))

    assert diff_models(one, compile_model(same)).added == ("decision sum",)
    assert diff_models(compile_model(same), compile_model(other)).same
    changed = compile_model(evolve(one.model, elements=(*one.model.elements, SUM("score"))))
    assert [(each.name, each.logic_changed) for each in diff_models(compile_model(same), changed).changed] == [
        ("decision sum", True)
    ]


def test_what_is_imported_differs_likewise():
    """A table and a type of another model are compared, whatever has the same name or id at home."""

    def importing(rate: str, allowed: str) -> Compiled:
        home = compiled(table(("-", "-", "1"))).model
        money = ItemDefinition("Money", "number", allowed=allowed)
        needs = tuple(Reference("urn:other", each.id) for each in (SCORE, STATE, LIMIT))
        outcome = Decision("_outcome", Variable("outcome"), needs, logic=table(("-", "-", rate)))
        other = Model("other", "urn:other", (), (money,), (SCORE, STATE, LIMIT, outcome))
        return compile_model(evolve(home, imports=(Import("other", "urn:other"),)), {"urn:other": other})

    found = diff_models(importing("1", ">= 0"), importing("2", ">= 1"))

    assert [each.name for each in found.changed] == ["decision {urn:other}outcome", "type {urn:other}Money"]
    assert len(found.changed[0].tables) == 1
    assert diff_models(importing("1", ">= 0"), importing("1", ">= 0")).same


def SUM(text: str) -> Decision:
    needs = (Reference("ns", "_score"), Reference("ns", "_limit"))
    return Decision("_sum", Variable("sum", "number"), needs, logic=Literal(text))


def test_each_condition_gets_two_applicants():
    """One whom the rule decides about, and one who differs in that input alone."""
    made = grid(("< 600", '"CA"', "1"), (">= 600", "-", "2"), ("< 600", 'not("CA")', "3"))
    found = pairs(made)

    assert found.impossible == found.unknown == ()
    first = found.found[0]
    assert first.obligation == Obligation(0, 0)
    assert first.met[1] == first.unmet[1] == "CA"
    assert [witness(part) for part in (below(600), Span(Decimal, Decimal(600), True, None, False))] == [
        first.met[0],
        first.unmet[0],
    ]
    reached = coverage(made, [each for pair in found.found for each in (pair.met, pair.unmet)])
    assert (reached.hit, reached.met) == ((0, 1, 2), reached.obligations)


def test_a_condition_that_makes_no_difference_is_told():
    """Whatever the state, the next rule says the same."""
    found = pairs(grid(("< 600", '"CA"', "1"), ("< 600", "-", "1"), ("-", "-", "2"), hit=HitPolicy.FIRST))

    assert Obligation(0, 1) in found.impossible


def test_one_applicant_shows_nothing_to_matter():
    """A rule is reached by one; a condition is shown by two."""
    reached = coverage(grid(("< 600", "-", "1"), (">= 600", "-", "2")), [(Decimal(500), "CA")])

    assert (reached.hit, reached.met) == ((0,), ())


@pytest.mark.parametrize(("part", "value"), [
    (Span(Decimal, None, False, Decimal(500), False),                Decimal(400)),
    (Span(Decimal, Decimal(500), False, None, False),                Decimal(600)),
    (Span(Decimal, Decimal(620), True, Decimal(680), False),         Decimal(640)),
    (Span(Decimal, Decimal("79.99"), False, Decimal(80), False),     Decimal("79.995")),
    (Span(Decimal, Decimal(-5), False, Decimal(5), False),           Decimal(0)),
    (Span(Decimal, Decimal(1), False, Decimal("1." + "0" * 32 + "1"), False), None),     # 34 digits hold no more
    (Span(Date, days_of(Date(2024, 2, 3)), False, None, False),      Date(2025, 1, 1)),
    (Span(Date, 0, False, 1, False),                                 None),
    (Span(DaysDuration, 0, False, None, False),                      DaysDuration(86_400 * 10**9)),
    (Span(MonthsDuration, 13, True, 40, False),                      MonthsDuration(24)),
    (Others(("other", "another")),                                   "something else"),
])  # fmt: skip
def test_an_example_is_easy_to_read(part, value):
    """Of all values the one with the fewest digits, a first of January, a whole year; none where there is none."""
    assert witness(part) == value
