"""What a reader should remember of decision models: who decides what, and what is told where something is wrong."""

from decimal import Decimal

import pytest

from casefold.feel.values import Reason
from casefold.kernel.results import Failure
from casefold.policy.graph import NoSuchElement, compile_model, decide, invoke
from casefold.policy.model import (
    Aggregation,
    Decision,
    Definition,
    Element,
    HitPolicy,
    Import,
    InputClause,
    InputData,
    ItemDefinition,
    Knowledge,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Service,
    Table,
    Variable,
)
from casefold.policy.nodes import Node
from casefold.policy.reading import NESTING_MAX, read_model
from casefold.policy.writing import NAMESPACE

SCORE = InputData("_score", Variable("score", "number"))


def ref(own: str, namespace: str = "ns") -> Reference:
    return Reference(namespace, own)


def model(*elements: Element, items: tuple[ItemDefinition, ...] = (), imports: tuple[Import, ...] = ()) -> Model:
    return Model("m", "ns", imports, items, elements)


def by_score(*rules: tuple[str, str], hit=HitPolicy.UNIQUE, aggregation=None, allowed=None, default=None) -> Model:
    table = Table(
        (InputClause(Literal("score", "number")),),
        (OutputClause(allowed=allowed, default=default),),
        tuple(Rule((condition,), (conclusion,)) for condition, conclusion in rules),
        hit,
        aggregation,
    )
    return model(SCORE, Decision("_rate", Variable("rate"), (ref("_score"),), logic=table))


RULES = (("< 600", "1"), ("[500..700]", "3"), (">= 640", "2"))


@pytest.mark.parametrize(("hit", "aggregation", "score", "expected"), [
    (HitPolicy.UNIQUE,       None,              Decimal(400), Decimal(1)),
    (HitPolicy.UNIQUE,       None,              Decimal(550), None),           # two rules match: nobody decides
    (HitPolicy.ANY,          None,              Decimal(550), None),           # and they differ
    (HitPolicy.FIRST,        None,              Decimal(550), Decimal(1)),
    (HitPolicy.PRIORITY,     None,              Decimal(550), Decimal(3)),     # output values: 3, 2, 1
    (HitPolicy.RULE_ORDER,   None,              Decimal(680), (Decimal(3), Decimal(2))),
    (HitPolicy.OUTPUT_ORDER, None,              Decimal(550), (Decimal(3), Decimal(1))),
    (HitPolicy.COLLECT,      None,              Decimal(550), (Decimal(1), Decimal(3))),
    (HitPolicy.COLLECT,      Aggregation.SUM,   Decimal(550), Decimal(4)),
    (HitPolicy.COLLECT,      Aggregation.MIN,   Decimal(550), Decimal(1)),
    (HitPolicy.COLLECT,      Aggregation.MAX,   Decimal(550), Decimal(3)),
    (HitPolicy.COLLECT,      Aggregation.COUNT, Decimal(550), Decimal(2)),
])  # fmt: skip
def test_a_hit_policy_decides_between_rules(hit, aggregation, score, expected):
    """What a table answers where several rules match is for its hit policy to say."""
    compiled = compile_model(by_score(*RULES, hit=hit, aggregation=aggregation, allowed="3, 2, 1"))

    assert decide(compiled, "rate", {"score": score}).unwrap().value == expected


def test_where_no_rule_matches_the_default_stands():
    """Without a default it is null; COUNT counts nought."""
    rules = (("< 600", "1"),)

    assert rate(by_score(*rules, default="9")) == Decimal(9)
    assert rate(by_score(*rules)) is None
    assert rate(by_score(*rules, hit=HitPolicy.COLLECT, aggregation=Aggregation.COUNT)) == Decimal(0)


def rate(made: Model, score: object = Decimal(700)) -> object:
    return decide(compile_model(made), "rate", {"score": score}).unwrap().value  # type: ignore[dict-item]


@pytest.mark.parametrize("score", ["700", None, (Decimal(1), Decimal(2))])
def test_a_fact_of_the_wrong_type_is_told_and_never_falls_to_another_row(score):
    """The last row would take anything; a score that is none is a problem all the same, so that nobody need decide."""
    compiled = compile_model(by_score(("< 600", "1"), ("-", "2"), hit=HitPolicy.FIRST))

    assert decide(compiled, "rate", {"score": score}).unwrap().problems


def test_a_problem_says_where_it_was_met():
    """Decision, rule and column, so that an analyst finds the cell."""
    done = decide(compile_model(by_score(("< 600", "1"), (">= 600", "2"))), "rate", {"score": None}).unwrap()

    assert [problem.place for problem in done.problems] == [
        ("decision rate", "rule 1", "input score"),
        ("decision rate", "rule 2", "input score"),
    ]


def test_a_decision_rests_on_those_that_it_requires():
    """Requirements are worked out first, each once; a decision that is given is taken as it is given."""
    made = model(
        SCORE,
        Decision("_base", Variable("base rate"), (ref("_score"),), logic=Literal("if score >= 700 then 5 else 7")),
        Decision("_rate", Variable("rate"), (ref("_base"),), logic=Literal("base rate + 0.25")),
    )
    compiled = compile_model(made)

    assert compiled.faults == ()
    assert decide(compiled, "rate", {"score": Decimal(710)}).unwrap().value == Decimal("5.25")
    assert decide(compiled, "rate", {"base rate": Decimal(1)}).unwrap().value == Decimal("1.25")


def test_knowledge_is_a_function_with_a_name():
    """A knowledge model is called from FEEL, by itself too, and can be invoked alone."""
    fact = Definition((Variable("n", "number"),), Literal("if n <= 1 then 1 else n * factorial(n - 1)"), type="number")
    made = model(
        Knowledge("_f", Variable("factorial"), logic=fact),
        Decision("_d", Variable("d"), knowledge=(ref("_f"),), logic=Literal("factorial(5)")),
    )
    compiled = compile_model(made)

    assert decide(compiled, "d", {}).unwrap().value == Decimal(120)
    assert invoke(compiled, "factorial", {"n": Decimal(4)}).unwrap().value == Decimal(24)


def test_a_service_hides_how_it_decides():
    """Its inputs are given by whoever calls it, whatever the model would say of them."""
    made = model(
        SCORE,
        Decision("_base", Variable("base"), (ref("_score"),), logic=Literal("score / 100")),
        Decision("_rate", Variable("rate"), (ref("_base"), ref("_score")), logic=Literal("base + score")),
        Service("_s", Variable("pricing"), (ref("_rate"),), (), (ref("_base"),), (ref("_score"),)),
        Decision("_d", Variable("d"), knowledge=(ref("_s"),), logic=Literal("pricing(10, 5)")),
    )
    compiled = compile_model(made)

    assert decide(compiled, "d", {}).unwrap().value == Decimal(15)
    assert invoke(compiled, "pricing", {"score": Decimal(1), "base": Decimal(2)}).unwrap().value == Decimal(3)


def test_an_import_goes_by_its_name():
    """What is imported is a member of the import: elements, and types."""
    other = Model(
        "lib", "lib", items=(ItemDefinition("tScore", "number", allowed="[300..850]"),),
        elements=(Knowledge("_f", Variable("twice"), logic=Definition((Variable("n"),), Literal("2 * n"))),),
    )  # fmt: skip
    made = model(
        InputData("_score", Variable("score", "my lib.tScore")),
        Decision(
            "_d", Variable("d"), (ref("_score"),), (ref("_f", "lib"),), Literal("my lib.twice(score)"),
        ),
        imports=(Import("my lib", "lib"),),
    )  # fmt: skip
    compiled = compile_model(made, {"lib": other})

    assert compiled.faults == ()
    assert decide(compiled, "d", {"score": Decimal(700)}).unwrap().value == Decimal(1400)
    assert decide(compiled, "d", {"score": Decimal(200)}).unwrap().problems[0].fault.reason is Reason.NOT_ALLOWED


@pytest.mark.parametrize(("made", "place", "text"), [
    (by_score(("< 600 and", "1")), ("decision rate", "rule 1", "input score"), "< 600 and"),
    (by_score(("< 600", "1"), ("-", "1 +")), ("decision rate", "rule 2"), "1 +"),
    (by_score(("< 600", "1"), default="?!"), ("decision rate", "output 1"), "?!"),
    (model(Decision("_d", Variable("d"), logic=Literal("score > 1"))), ("decision d",), "score > 1"),
    (model(Decision("_d", Variable("d", "tMoney"))), ("decision d",), ""),
    (model(Decision("_d", Variable("d"), (ref("_d"),))), ("decision d",), ""),
    (model(Decision("_d", Variable("d"), (ref("_x"),))), ("decision d",), ""),
    (model(SCORE, Decision("_score", Variable("d"), logic=Literal("1"))), ("decision d",), "_score"),
    (model(SCORE, InputData("_s", Variable("score"))), ("input score",), "score"),
    (model(items=(ItemDefinition("tLoop", "tLoop"),)), ("type tLoop",), "tLoop"),
    (model(items=(ItemDefinition("tAge", "number", allowed="< "),)), ("type tAge",), "tAge"),
])  # fmt: skip
def test_what_a_model_cannot_use_is_told_with_its_place(made, place, text):
    """A cell that does not parse, an unknown name or type, a cycle: decision, rule and column are named beforehand."""
    faults = compile_model(made).faults

    assert (place, text) in [(fault.place, fault.text) for fault in faults]
    assert all(fault.fault for fault in faults)


@pytest.mark.parametrize(("names", "said"), [
    (("rate", "rate"), "another output has this name"),
    ((None, None),     "of several outputs each has a name"),
])  # fmt: skip
def test_outputs_of_one_name_are_refused(names, said):
    """An answer has one value for a name, and the other would be lost without a word."""
    outputs = tuple(OutputClause(name) for name in names)
    table = Table((InputClause(Literal("score")),), outputs, (Rule(("-",), ("5", "6")),))
    compiled = compile_model(model(SCORE, Decision("_rate", Variable("rate"), (ref("_score"),), logic=table)))

    assert [(fault.place[0], fault.fault) for fault in compiled.faults] == [("decision rate", said)]


def test_a_rule_of_another_width_decides_nothing():
    """A cell too few is told, and the rule's answer is null with a problem wherever it would match."""
    compiled = compile_model(
        model(
            SCORE,
            Decision(
                "_rate",
                Variable("rate"),
                (ref("_score"),),
                logic=Table((InputClause(Literal("score")),), (OutputClause(),), (Rule((), ("1",)),)),
            ),
        )
    )
    outcome = decide(compiled, "rate", {"score": Decimal(1)}).unwrap()

    assert ("decision rate", "rule 1") == compiled.faults[0].place
    assert outcome.value is None and outcome.problems


def test_a_broken_part_is_null_with_a_problem_and_the_rest_decides():
    """A decision with a cell that cannot be read never answers by another row unnoticed."""
    compiled = compile_model(by_score(("< 600 and", "1"), ("-", "2"), hit=HitPolicy.FIRST))
    done = decide(compiled, "rate", {"score": Decimal(1)}).unwrap()

    assert done.problems


def test_an_unknown_decision_is_answered_with_those_there_are():
    """A misspelt name is no null."""
    asked = decide(compile_model(by_score(*RULES)), "rates", {})

    assert asked == Failure(NoSuchElement("rates", ("rate",)))


def dmn(tag: str, *children: Node, text: str = "", line: int = 0, **attributes: str) -> Node:
    return Node(tag, NAMESPACE, attributes, children, text, line=line)


@pytest.mark.parametrize(("root", "place", "said"), [
    (Node("html"), (), "its root is 'html'"),
    (Node("definitions", "http://www.omg.org/spec/DMN/20151101/dmn.xsd"), (), "1.2, 1.3, 1.4, 1.5"),
    (dmn("definitions", dmn("decision", dmn("decisionTable", dmn("output"), hitPolicy="BEST"), name="d")),
     ("decision d",), "no hit policy 'BEST'"),
    (dmn("definitions", dmn("decision", dmn("decisionTable", dmn("output"), dmn("rule")), name="d")),
     ("decision d", "rule 1"), "it has 0 input and 0 output cells; the table has 0 inputs and 1 outputs"),
    (dmn("definitions", dmn("decision", dmn("conditional", dmn("if")), name="d")), ("decision d",), "if holds no"),
])  # fmt: skip
def test_a_file_that_is_no_model_is_refused_with_the_reason(root, place, said):
    """Another language, another version, a rule of another width: what and where."""
    faults = read_model(root).failure().faults

    assert any(fault.place == place and said in fault.fault for fault in faults), faults


def test_boxes_in_boxes_end_somewhere():
    """Nobody can read ten levels; a file may hold a million."""
    inner = dmn("literalExpression", dmn("text", text="1"))
    for _ in range(NESTING_MAX + 5):
        inner = dmn("list", inner)
    faults = read_model(dmn("definitions", dmn("decision", inner, name="d"))).failure().faults

    assert f"more than {NESTING_MAX} deep" in faults[0].fault
