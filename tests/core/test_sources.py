"""What people write as YAML, CSV or in Excel becomes a policy, and every mistake is told with its place."""

from collections.abc import Mapping

import pytest
from attrs import evolve

from casefold.feel.tokens import NotFeel
from casefold.kernel.results import Failure, Success
from casefold.policy.artifact import Direction, Method, Policy
from casefold.policy.graph import compile_model
from casefold.policy.model import (
    Aggregation,
    Decision,
    HitPolicy,
    InputData,
    ItemDefinition,
    Knowledge,
    Literal,
    Model,
    Reference,
    Scorecard,
    Service,
    Table,
    Variable,
)
from casefold.policy.reading import read_model
from casefold.policy.sources.cells import Sheet
from casefold.policy.sources.faults import SourceFault
from casefold.policy.sources.losses import Loss, as_dmn, as_sheets, as_tree
from casefold.policy.sources.policyreading import TableReference, read_policy, references
from casefold.policy.sources.sheets import read_table
from casefold.policy.sources.tablesets import read_tables
from casefold.policy.sources.tablesheets import HITS, SHORT, hit_of
from casefold.policy.sources.trees import Tree
from casefold_adapters import yaml

POLICY = """
policy: personal-loan
version: "2026.1"
author: Jane Roe
effective: {from: 2026-01-01, until: 2026-12-31}
types:
  - {name: Money, type: number, allowed: ">= 0"}
inputs:
  - {name: income, type: Money}
  - {name: debt, type: Money}
  - {name: score, type: number, allowed: "[300..850]"}
functions:
  - {name: share, parameters: [{name: a, type: number}, {name: b, type: number}], type: number, feel: a / b}
decisions:
  - {name: DTI, type: number, feel: "share(debt, income)"}
  - name: Rate
    type: number
    table:
      hit: FIRST
      inputs: [score, {expression: DTI, type: number, label: debt to income}]
      outputs: [number]
      notes: [reason]
      rules:
        - [">= 700", "< 0.43", "5.250", C09]
        - ["-", "-", "7"]
  - name: Points
    scorecard:
      base: 100
      characteristics:
        - {name: Income, expression: income, bins: [["< 25", 0, C15], {tests: ">= 25", points: 7, special: true}]}
outcome: {decision: Rate, order: [approve, refer, decline], adverse: [decline]}
reasons: {method: furthest-below-all-applicants, at most: 3, priority: [C09], catalogue: [{code: X1, text: Why}]}
monotone:
  - {decision: Rate, input: score, better: more, lowest best: true}
"""


def tree(text: str) -> Tree:
    found: Tree = yaml.parse(text.encode()).unwrap()
    return found


def policy(text: str, sheets: Mapping[str, Sheet] | None = None) -> Policy:
    found = read_policy(tree(text), sheets or {})
    assert isinstance(found, Success), found
    made: Policy = found.unwrap()
    return made


def faults(text: str, sheets: Mapping[str, Sheet] | None = None) -> list[str]:
    """Give what is wrong, each with its line and place."""
    found = read_policy(tree(text), sheets or {})
    assert isinstance(found, Failure), found
    return [told(fault) for fault in found.failure().faults]


def told(fault: SourceFault) -> str:
    where = [fault.source, *([f"{fault.line}"] if fault.line else []), *fault.place]
    return f"{', '.join(filter(None, where))}: {fault.fault}"


def element(made: Policy, name: str):
    return next(each for each in made.model.elements if each.variable.name == name)


def required(made: Policy, name: str) -> list[str]:
    found = element(made, name)
    return [each.id for each in (*getattr(found, "requires", ()), *getattr(found, "knowledge", ()))]


def test_a_policy_is_read_with_all_that_is_declared_of_it():
    """Digits, days, reasons and promises are kept as they stand."""
    made = policy(POLICY)

    assert ("personal-loan", "2026.1", "Jane Roe") == (made.name, made.version, made.author)
    assert ("2026-01-01", "2026-12-31") == (made.effective_from, made.effective_until)
    assert made.outcomes is not None and made.outcomes.adverse == ("decline",)
    assert (Method.BELOW_AVERAGE, 3, ("C09",)) == (made.ranking.method, made.ranking.most, made.ranking.priority)
    assert [("X1", "Why")] == [(each.code, each.text) for each in made.reasons]
    assert [("score", Direction.MORE, True)] == [(each.input, each.better, each.lowest_best) for each in made.monotone]
    assert "5.250" == element(made, "Rate").logic.rules[0].outputs[0]
    assert ("",) == element(made, "Rate").logic.rules[1].notes
    assert compile_model(made.model).faults == ()


def test_an_input_has_its_allowed_values_beside_it():
    """They make a type that is its own."""
    made = policy(POLICY)

    assert ItemDefinition("tscore", "number", allowed="[300..850]") in made.model.items
    assert "tscore" == element(made, "score").variable.type


def test_requirements_are_what_the_texts_ask_for():
    """Nobody writes them down: cells, expressions and functions say what they need."""
    made = policy(POLICY)

    assert ["debt", "income", "share"] == required(made, "DTI")
    assert ["score", "DTI"] == required(made, "Rate")
    assert ["income"] == required(made, "Points")
    assert [] == required(made, "share")


@pytest.mark.parametrize(
    ("feel", "needs"),
    [
        ("loan to value + loan", ["loan to value", "loan"]),
        ("for loan in [1] return loan", []),
        ("function(loan) loan + base", ["base"]),
        ("base + base", ["base"]),
        ("{loan: 1, twice: loan}.twice", []),
        ("Rate", ["loan", "loan to value", "base"]),
        ("loan +", ["loan", "loan to value", "base"]),
    ],
)
def test_only_what_is_asked_for_from_outside_is_required(feel: str, needs: list[str]):
    """Names of loops and parameters hide others; what cannot be read may mean any input."""
    made = policy(f"""
        policy: p
        inputs: [{{name: loan}}, {{name: loan to value}}, {{name: base}}]
        decisions: [{{name: Rate, feel: '{feel}'}}]
    """)

    assert needs == required(made, "Rate")


def test_a_cycle_is_found_as_in_any_model():
    """It is told of both decisions."""
    made = policy("policy: p\ndecisions: [{name: A, feel: B + 1}, {name: B, feel: A + 1}]")

    assert ["it requires itself"] * 2 == [fault.fault for fault in compile_model(made.model).faults]


def test_a_misspelt_name_is_told_with_the_one_that_is_near():
    """Also where nothing else asks for it."""
    made = policy("policy: p\ninputs: [{name: debt}]\ndecisions: [{name: A, feel: dept + 1}]")

    fault = compile_model(made.model).faults[0].fault
    assert isinstance(fault, NotFeel) and fault.wanted == "debt"


@pytest.mark.parametrize(
    ("given", "instead", "said"),
    [
        ("decisions:", "desicions:", "14: there is no key 'desicions' here; did you mean 'decisions'?"),
        ("decisions:", "desicions:", "2: decisions is missing"),
        ("version:", "policy:", "3: policy stands here twice"),
        ("policy: personal-loan", "policy:", "2: policy is empty"),
        ("hit: FIRST", "hit: FRIST", "19, decision Rate, hit: there is no hit policy 'FRIST'; did you mean 'FIRST'?"),
        ("hit: FIRST", "hti: FIRST", "19, decision Rate: there is no key 'hti' here; did you mean 'hit'?"),
        ('"7"]', "]", "25, decision Rate, rule 2: it has 2 cells; the table has 2 for inputs, 1 for outputs"),
        ('"7"]', '""]', "25, decision Rate, rule 2: this output is empty; write null"),
        ('["-", "-", "7"]', "none", "25, decision Rate, rule 2: a rule is a list of cells; here is a text"),
        ('["-", "-", "7"]', '["-", [1], "7"]', "25, decision Rate, rule 2: a text should stand here, and no list"),
        ('feel: "share(debt, income)"', "fele: x", "15, decision DTI: say how it is decided: feel, table, scorecard"),
        ('type: number, feel: "s', 'table: t.csv, feel: "s', "15, decision DTI: feel and table both stand here"),
        ("{name: DTI, ", "{", "15, decision 1: name is missing"),
        ("better: more", "better: mor", "34, promise 1, better: there is no better 'mor'; did you mean 'more'?"),
        ("lowest best: true", "lowest best: maybe", "34, promise 1, lowest best: lowest best is true or false"),
        ("at most: 3", "at most: three", "32, reasons, at most: 'three' is no number of reasons, such as 4"),
        ("from: 2026-01-01", "from: 1.1.2026", "5, effective, from: '1.1.2026' is no day such as 2026-01-31"),
        ("until: 2026-12-31", "until: 2025-12-31", "5, effective: it ends on 2025-12-31, before it begins"),
        ("adverse: [decline]", "adverse: [declin]", "31, outcome, adverse: there is no outcome 'declin' in the order"),
        ("order: [approve", "order: [decline, approve", "31, outcome, order: this stands before: 'decline'"),
        ("{decision: Rate, order", "{decision: Rat, order", "31, outcome: there is no decision 'Rat'; did you mean"),
        ("{name: debt, type: Money}", "{name: income}", "10, input income: line 9 gives this name already"),
        ("name: Money", "name: tscore", "7, type tscore: an input with allowed values makes a type of this name"),
        ("inputs:", "inputs: x\nfoo:", "8, inputs: inputs is a list; here is a text"),
        ("{name: debt, type: Money}", "debt", "10, input 2: keys with values should stand here (name, type, allowed)"),
        ('["< 25", 0, C15]', '["< 25"]', "30, decision Points, characteristic Income, bin 1: a bin has tests, points"),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line_and_what_it_is_part_of(given: str, instead: str, said: str):
    """And a near name, where there is one."""
    assert given in POLICY
    found = faults(POLICY.replace(given, instead, 1))

    assert any(each.startswith(said) for each in found), found


def test_all_mistakes_are_told_at_once():
    """In the order of the file."""
    text = POLICY.replace("hit: FIRST", "hit: FRIST").replace("better: more", "better: mor").replace("author", "autor")

    assert ["4", "19", "34"] == [each.partition(",")[0].partition(":")[0] for each in faults(text)]


def test_a_table_may_stand_in_another_file():
    """The policy names it, the shell gives it, and its faults go by cell."""
    text = "policy: p\ninputs: [{name: age}]\ndecisions:\n- {name: A, table: a.csv}\n- {name: B, scorecard: b.xlsx#B}\n"
    table = Sheet("a", (("C", "input", "output"), ("", "age", ""), ("", "< 18", '"minor"')))
    card = Sheet("B", (("SCORECARD",), ("characteristic", "bin", "points"), ("age", "-", "5")))

    assert (TableReference("a.csv", 4), TableReference("b.xlsx#B", 5)) == references(tree(text))
    made = policy(text, {"a.csv": table, "b.xlsx#B": card})
    assert isinstance(element(made, "A").logic, Table)
    assert isinstance(element(made, "B").logic, Scorecard)
    assert ["5, decision B, scorecard: there is no table 'b.xlsx#B'; it may be: a.csv"] == faults(
        text, {"a.csv": table}
    )
    bad = evolve(card, rows=(*card.rows[:2], ("age", "-", "")))
    assert ["b.xlsx#B, cell C3, characteristic age: say how many points this bin is worth"] == faults(
        text, {"a.csv": table, "b.xlsx#B": bad}
    )


RULES = (
    ("FIRST", "input", "input", "output", "note"),
    ("", "score", "loan to value", "", "reason"),
    ("type", "number", "number", "string", ""),
    ("allowed", "[300..850]", "", '"approve", "decline"', ""),
    ("default", "", "", '"decline"', ""),
    ("label", "", "LTV", "", ""),
    ("1", ">= 680", "<= 80", '"approve"', ""),
    ("", "", "", "", ""),
    ("else", "", "-", '"decline"', "C09"),
)


def test_a_sheet_is_a_table():
    """Empty rows are passed over, and what is not filled means any."""
    table = read_table(Sheet("Decision", RULES)).unwrap()

    assert isinstance(table, Table)
    assert HitPolicy.FIRST is table.hit
    assert [("score", "number", "[300..850]", None), ("loan to value", "number", None, "LTV")] == [
        (each.expression.text, each.expression.type, each.allowed, each.label) for each in table.inputs
    ]
    assert ('"approve", "decline"', '"decline"') == (table.outputs[0].allowed, table.outputs[0].default)
    assert [("", "-"), (('"decline"',), ("C09",))] == [
        table.rules[1].inputs,
        (table.rules[1].outputs, table.rules[1].notes),
    ]


@pytest.mark.parametrize(
    ("text", "hit"), [*((name, HITS[name]) for name in HITS), *((s, HITS[SHORT[s]]) for s in SHORT)]
)
def test_a_hit_policy_goes_by_words_and_letters(text: str, hit: object):
    """Small or capital."""
    assert hit == hit_of(text) == hit_of(text.upper()) == hit_of(f" {text} ")


CARD = (
    ("SCORECARD",),
    ("points", "bin", "characteristic", "reason", "special", "average"),
    ("500", "", "base"),
    ("10", "null", "Years employed", "C06", "", "20"),
    ("0", "< 1", "", "C07"),
    ("40", ">= 1", "Years employed", "", "", "20"),
    (),
    ("7", "-9", "Inquiries", "C14", "x"),
)


def test_a_sheet_is_a_scorecard():
    """Columns in any order, and a characteristic that is not named is the one above."""
    card = read_table(Sheet("Score", CARD)).unwrap()

    assert isinstance(card, Scorecard)
    assert "500" == card.base
    assert [("Years employed", "20", ["null", "< 1", ">= 1"]), ("Inquiries", None, ["-9"])] == [
        (each.expression.text, each.average, [bin_.tests for bin_ in each.bins]) for each in card.characteristics
    ]
    assert card.characteristics[1].bins[0].special


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("UNIQ", "output"),), "A1: there is no hit policy 'UNIQ'; write one of UNIQUE, FIRST"),
        ((("", "output"),), "A1: the hit policy is missing; write one of"),
        ((), "A1: the hit policy is missing"),
        ((("U", "inptu", "output"),), "B1: a column is an input, an output or a note, and no 'inptu'"),
        ((("U", "output"), (), ("", "1", "2")), "C1: C3 is filled; say input, output or note here"),
        ((("U", "input"), ("", "score")), "A1: a table has at least one output"),
        ((("U", "input", "output"),), "B2: say what is tested here, such as score"),
        ((("U", "output"), (), ("type", "x"), ("type", "y")), "A4 row type: row 3 is 'type' already"),
        ((("U", "input", "output"), ("", "a"), ("default", "x")), "B3 row default: a column that is an input has no"),
        ((("U", "output", "note"), (), ("type", "", "x")), "C3 row type: a column that is a note has no type"),
        ((("U", "input", "output"), ("", "a"), ("7", "< 3")), "C3 rule 7: this output is empty; write null"),
        ((("SCORECARD", "x"), ("characteristic", "bin", "points")), "B1: row 1 of a scorecard holds SCORECARD and"),
        ((("SCORECARD",), ("characteristic", "bin")), "A2: the column 'points' is missing"),
        ((("SCORECARD",), ("bin", "bin", "points", "characteristic")), "B2: A2 is 'bin' already"),
        ((("SCORECARD",), ("charcteristic",)), "A2: there is no column 'charcteristic'; the columns are"),
        ((("SCORECARD",), ("", "characteristic", "bin", "points"), ("x",)), "A2: A3 is filled; say here what the"),
        ((("SCORECARD",), ("characteristic", "bin", "points")), "A3: a scorecard has at least one characteristic"),
        ((*CARD[:2], ("5", "-", "")), "C3 characteristic: name the characteristic that this bin belongs to"),
        ((*CARD, ("5", "-", "Years employed")), "C9 characteristic Years employed: 'Years employed' has bins further"),
        ((*CARD, ("5", "-", "", "", "perhaps")), "E9 characteristic Inquiries: a bin is special or is not"),
        ((*CARD, ("5", "-", "", "", "", "3")), "F9 characteristic Inquiries: the row above says nothing; a charact"),
        ((*CARD, ("5", "", "base")), "C9 base: the base points are told twice"),
        ((*CARD, ("", "-", "")), "A9 characteristic Inquiries: say how many points this bin is worth"),
        ((*CARD, ("5", "", "")), "B9 characteristic Inquiries: say which values are in this bin"),
    ],
)
def test_every_mistake_in_a_sheet_has_its_cell(rows: tuple[tuple[str, ...], ...], said: str):
    """And what people call the row."""
    found = read_table(Sheet("Rate", rows)).failure().faults

    all_said = [f"{' '.join(filter(None, (each.cell, each.rule)))}: {each.fault}" for each in found]
    assert any(each.startswith(said) for each in all_said), all_said


def test_a_workbook_by_itself_is_a_policy():
    """A sheet is a decision, and what its columns look at is asked for, unless it is a decision too."""
    rate = Sheet("Rate", (("U", "input", "input", "output"), ("", "Decision", "score", ""), ("type", "", "", "number")))
    made = read_tables("book", (Sheet("Decision", RULES), rate, Sheet("Sheet3", (("", " "),)))).unwrap()

    assert [("score", "number"), ("loan to value", "number"), ("Decision", "string"), ("Rate", "number")] == [
        (each.variable.name, each.variable.type) for each in made.model.elements
    ]
    assert ["Decision", "score"] == [each.id for each in element(made, "Rate").requires]
    assert compile_model(made.model).faults == ()


def test_types_that_disagree_are_a_fault():
    """An input has one type in all sheets."""
    other = Sheet("Rate", (("C#", "input", "output"), ("", "score", ""), ("type", "string", "")))

    assert ["Rate, input score: 'score' is a string here and a number in sheet Decision; it has one type"] == [
        told(each) for each in read_tables("book", (Sheet("Decision", RULES), other)).failure().faults
    ]


def test_a_workbook_without_tables_is_no_policy():
    """Nothing decides by nothing; two sheets of one name are none either."""
    assert "there is no table in it" in told(read_tables("book", (Sheet("Sheet1", ()),)).failure().faults[0])
    twice = read_tables("book", (Sheet("Decision", RULES), Sheet(" Decision", RULES))).failure().faults
    assert "another sheet has the name 'Decision'" in told(twice[0])


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ((("C+", "output"), (), ("type", "number")), "number"),
        ((("C#", "output"), (), ("type", "string")), "number"),
        ((("C", "output"), (), ("type", "string")), None),
        ((("U", "output", "output"), ("", "a", "b"), ("type", "string", "string")), None),
        (CARD, "number"),
    ],
)
def test_a_decision_has_the_type_of_its_answer(table: tuple[tuple[str, ...], ...], kind: str | None):
    """One output has a type; a list or several do not."""
    assert kind == element(read_tables("b", (Sheet("Rate", table),)).unwrap(), "Rate").variable.type


def test_yaml_loses_nothing():
    """All that was read can be written."""
    made = policy(POLICY)

    written, lost = as_tree(made)

    assert () == lost
    assert Success(made) == read_policy(written)


def test_what_dmn_cannot_hold_is_told():
    """What is declared, and scorecards, which become tables."""
    _, lost = as_dmn(policy(POLICY))

    assert [
        "decision Points",
        "the version",
        "the author",
        "the first day on which it is effective",
        "the last day on which it is effective",
        "the outcome",
        "how reasons are ranked",
        "the catalogue of reasons",
        "the promises of monotone inputs",
    ] == [each.part for each in lost]


def test_dmn_has_ids_that_xml_allows():
    """A name with a space is none; a model that has such ids keeps its own."""
    node, _ = as_dmn(policy("policy: p\ninputs: [{name: loan to value}]\ndecisions: [{name: A, feel: loan to value}]"))
    back = read_model(node).unwrap()

    assert ["_1", "_2"] == [each.id for each in back.elements]
    assert (Reference("urn:casefold:p", "_1"),) == element(Policy(back), "A").requires
    assert ["A"] == [each.id for each in read_model(as_dmn(policy(TINY))[0]).unwrap().elements]


TINY = "policy: p\ndecisions: [{name: A, feel: '1'}]"


def test_what_sheets_cannot_hold_is_told():
    """Decisions that are no tables, functions, types, and inputs that no column looks at."""
    sheets, lost = as_sheets(policy(POLICY))

    assert ["Rate", "Points"] == [each.name for each in sheets]
    assert Loss("decision DTI", "only tables and scorecards are sheets") in lost
    assert {"type Money", "type tscore", "input debt", "function share", "the outcome"} <= {each.part for each in lost}
    assert ((), (Loss("decision A", "only tables and scorecards are sheets"),)) == as_sheets(policy(TINY))


def test_a_text_that_would_mean_something_else_is_told():
    """Where DMN does not require a decision of a built-in function's name, the function is meant."""
    outer = Decision("A", Variable("A"), logic=Literal("max(1, 2)"))
    whole = Model("m", "ns", elements=(outer, Decision("max", Variable("max"), logic=Literal("max(3, 4)"))))

    assert (Loss("decision A", "its texts would mean max, which it does not require"),) == as_tree(
        Policy(whole, name="m")
    )[1]


def test_what_is_no_policy_of_ours_is_told_when_it_is_written():
    """Imports and decisions without logic, which DMN has and YAML has not."""
    bare = Model("m", "ns", elements=(Decision("A", Variable("A")), InputData("x", Variable("x"))))
    assert any("say how it is decided" in each.reason for each in as_tree(Policy(bare, name="m"))[1])
    whole = Model("m", "ns", elements=(Decision("A", Variable("A"), logic=Literal("1")),))
    assert (Loss("the import base", "there is no place for it"),) == as_tree(
        Policy(whole, (Model("base", "urn:base"),), "m")
    )[1]


def test_functions_and_services_are_part_of_a_policy():
    """Every part of a decision model has its place."""
    made = policy("""
        policy: p
        inputs: [{name: x}]
        functions: [{name: out there, parameters: [{name: a}], kind: Java}]
        decisions:
          - name: A
            value: {context: [{name: twice, value: x * 2}, {value: twice + 1}]}
          - {name: B, feel: S(1)}
        services: [{name: S, outputs: [A], inputs: [x]}]
    """)

    assert ["S"] == required(made, "B")
    assert compile_model(made.model).faults == ()

    service, function = element(made, "S"), element(made, "out there")
    assert isinstance(service, Service) and isinstance(function, Knowledge)
    assert ("A", "x") == (service.outputs[0].id, service.input_data[0].id)
    assert faults("policy: p\ndecisions: [{name: A, feel: '1'}]\nservices: [{name: S, outputs: [B]}]") == [
        "3, service S, outputs: there is no decision 'B'; it may be: A"
    ]
    assert Aggregation.SUM is HITS["collect sum"][1]
