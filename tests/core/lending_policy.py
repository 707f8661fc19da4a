"""A small lending policy for tests: knock-outs, a scorecard, an outcome with its reasons, and a price."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from attrs import evolve

from casefold.feel.values import Value
from casefold.policy.artifact import Outcomes, Policy
from casefold.policy.deciding import Ready, ready
from casefold.policy.model import (
    Aggregation,
    Bin,
    Boxed,
    Characteristic,
    Decision,
    HitPolicy,
    InputClause,
    InputData,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Scorecard,
    Table,
    Variable,
)

HOME = "urn:lending"

KNOCK_OUTS = Table(
    (InputClause(Literal("bankruptcies", "number")), InputClause(Literal("income", "number"))),
    (OutputClause(type="string"),),
    (
        Rule(("> 0", "-"), ('"bankruptcy"',), ("C21",)),
        Rule(("-", "< 12000"), ('"income"',), ("C08",)),
    ),
    HitPolicy.COLLECT,
    Aggregation.COUNT,
    notes=("reason",),
)

SCORE = Scorecard(
    (
        Characteristic(
            "Years employed",
            Literal("years employed", "number"),
            (Bin("null", "0", "C06"), Bin("< 1", "0", "C07"), Bin("[1..5)", "20", "C07"), Bin(">= 5", "40")),
        ),
        Characteristic(
            "Inquiries",
            Literal("inquiries", "number"),
            (
                Bin("-9", "10", "C14", special=True),
                Bin("< 3", "30"),
                Bin("[3..6)", "10", "C22"),
                Bin(">= 6", "0", "C22"),
            ),
        ),
        Characteristic(
            "Utilisation",
            Literal("utilisation", "number"),
            (Bin("<= 0.3", "30"), Bin("(0.3..0.8]", "20", "C09"), Bin("> 0.8", "0", "C09")),
        ),
    ),
    "500",
)

DECISION = Table(
    (
        InputClause(Literal("Knock-outs", "number")),
        InputClause(Literal("Score", "number")),
    ),
    (OutputClause(type="string", allowed='"approve", "refer", "decline"'),),
    (
        Rule(("> 0", "-"), ('"decline"',), ("Knock-outs",)),
        Rule(("-", "< 540"), ('"decline"',), ("Score",)),
        Rule(("-", "[540..560)"), ('"refer"',), ("",)),
        Rule(("-", "-"), ('"approve"',), ("",)),
    ),
    HitPolicy.FIRST,
    notes=("reason",),
)

INPUTS = ("bankruptcies", "income", "years employed", "inquiries", "utilisation")


def decision(name: str, kind: str | None, needs: tuple[str, ...], logic: Boxed) -> Decision:
    return Decision(name, Variable(name, kind), tuple(Reference(HOME, each) for each in needs), (), logic)


MODEL = Model(
    "lending",
    HOME,
    elements=(
        *(InputData(name, Variable(name, "number")) for name in INPUTS),
        decision("Knock-outs", "number", INPUTS[:2], KNOCK_OUTS),
        decision("Score", "number", INPUTS[2:], SCORE),
        decision("Decision", "string", ("Knock-outs", "Score"), DECISION),
    ),
)

POLICY = Policy(
    MODEL,
    name="personal-loan",
    version="1",
    outcomes=Outcomes("Decision", ("approve", "refer", "decline"), ("decline",)),
)

GOOD: Mapping[str, Value] = MappingProxyType({
    "bankruptcies": Decimal(0),
    "income": Decimal(50_000),
    "years employed": Decimal(7),
    "inquiries": Decimal(1),
    "utilisation": Decimal("0.2"),
})  # fmt: skip


def prepared(policy: Policy = POLICY) -> Ready:
    return ready(policy).unwrap()


def with_logic(name: str, logic: Boxed, policy: Policy = POLICY) -> Policy:
    """Give the policy another logic for a decision."""
    elements = tuple(
        evolve(each, logic=logic) if isinstance(each, Decision) and each.variable.name == name else each
        for each in policy.model.elements
    )
    return evolve(policy, model=evolve(policy.model, elements=elements))
