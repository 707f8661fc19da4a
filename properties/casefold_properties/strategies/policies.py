"""Decision tables whose meaning is known, models of all kinds, and trees that might be models."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen
from hypothesis import strategies as st

from casefold.feel.values import Value
from casefold.policy import model
from casefold.policy.model import Aggregation, Boxed, FunctionKind, HitPolicy, IterationKind, Model, Reference
from casefold.policy.nodes import Node
from casefold.policy.writing import NAMESPACE

Meets: TypeAlias = Callable[[Value], bool]

AMOUNT_CELLS: Mapping[str, Meets] = MappingProxyType({
    "-": lambda _: True,
    "4": lambda value: value == 4,
    "1, 2, 3": lambda value: value in {1, 2, 3},
    "< 3": lambda value: isinstance(value, Decimal) and value < 3,
    ">= 5": lambda value: isinstance(value, Decimal) and value >= 5,
    "[2..6]": lambda value: isinstance(value, Decimal) and 2 <= value <= 6,
    "(2..6)": lambda value: isinstance(value, Decimal) and 2 < value < 6,
    "not(4)": lambda value: value != 4,
})  # fmt: skip
"""Cells about an amount, and which values meet them. Null equals nothing but null, and lies in no range."""

STATE_CELLS: Mapping[str, Meets] = MappingProxyType({
    "-": lambda _: True,
    '"CA"': lambda value: value == "CA",
    '"CA", "NY"': lambda value: value in {"CA", "NY"},
    'not("CA")': lambda value: value != "CA",
})  # fmt: skip

ASKED: Mapping[str, str] = MappingProxyType({
    "-": "-",
    "4": "? = 4",
    "1, 2, 3": "? in (1, 2, 3)",
    "< 3": "? < 3",
    ">= 5": "? >= 5",
    "[2..6]": "? in [2..6]",
    "(2..6)": "? in (2..6)",
    "not(4)": "? != 4",
    '"CA"': '? = "CA"',
    '"CA", "NY"': '? in ("CA", "NY")',
    'not("CA")': '? != "CA"',
})  # fmt: skip
"""The same cells as conditions that no index knows."""

OUTPUTS = tuple(map(str, range(1, 5)))


@frozen
class Known:
    """A table over ``amount`` and ``state`` with one output, whose rules are known to match where they do."""

    table: model.Table

    def matching(self, amount: Value, state: Value) -> list[int]:
        """Give the numbers of the rules that match, from 0: by the meaning of their cells, without FEEL."""
        return [
            number
            for number, rule in enumerate(self.table.rules)
            if AMOUNT_CELLS[rule.inputs[0]](amount) and STATE_CELLS[rule.inputs[1]](state)
        ]


def tables(*, hit: HitPolicy | None = None, max_rules: int = 6) -> st.SearchStrategy[Known]:
    """Tables whose meaning is known."""
    rules = st.builds(
        model.Rule,
        st.tuples(st.sampled_from(tuple(AMOUNT_CELLS)), st.sampled_from(tuple(STATE_CELLS))),
        st.tuples(st.sampled_from(OUTPUTS)),
    )
    inputs = (
        model.InputClause(model.Literal("amount", "number")),
        model.InputClause(model.Literal("state", "string")),
    )
    outputs = (model.OutputClause(allowed=", ".join(reversed(OUTPUTS))),)
    hits = st.sampled_from(HitPolicy) if hit is None else st.just(hit)
    made = st.builds(
        model.Table,
        st.just(inputs),
        st.just(outputs),
        st.lists(rules, max_size=max_rules).map(tuple),
        hits,
        st.none(),
    )
    return made.map(Known)


def amounts() -> st.SearchStrategy[Value]:
    """Amounts at and beside the bounds of cells, and none."""
    return st.none() | st.integers(0, 14).map(lambda half: Decimal(half) / 2)


def states() -> st.SearchStrategy[Value]:
    """States that cells name or do not, and none."""
    return st.sampled_from((None, "CA", "NY", "TX"))


NAMES = ("amount", "state", "Loan to value", "n")
TEXTS = ("1", "amount", "amount +", "-", "< 3", '"CA"', "Loan to value * 2", "function(x) x", "n(1)", "")
TYPES = (None, "number", "string", "tAmount", "no such type", "list<number>")


def boxed(*, cards: bool = True) -> st.SearchStrategy[Boxed]:
    """Boxed expressions of all kinds, sound or not; *cards* are the only ones that DMN has not."""
    name, kind, text = st.sampled_from(NAMES), st.sampled_from(TYPES), st.sampled_from(TEXTS)
    leaf: st.SearchStrategy[Boxed] = st.builds(model.Literal, text, kind)

    def more(inner: st.SearchStrategy[Boxed]) -> st.SearchStrategy[Boxed]:
        few = st.lists(inner, max_size=2).map(tuple)
        entries = st.lists(st.builds(model.Entry, st.none() | name, inner, kind), max_size=3)
        variables = st.lists(st.builds(model.Variable, name, kind), max_size=2, unique_by=lambda each: each.name)
        bindings = st.lists(st.builds(model.Binding, name, inner), max_size=2).map(tuple)
        return st.one_of(
            st.builds(model.Context, entries.map(tuple).map(_told), kind),
            st.builds(model.Invocation, inner, bindings, kind),
            st.builds(model.Definition, variables.map(tuple), st.none() | inner, st.sampled_from(FunctionKind), kind),
            st.builds(_relation, few, kind),
            st.builds(model.Items, few, kind),
            st.builds(model.Conditional, inner, inner, inner, kind),
            st.builds(model.Filter, inner, inner, kind),
            st.builds(model.Iteration, st.sampled_from(IterationKind), name, inner, inner, kind),
            _any_tables(kind),
            *((_any_cards(),) if cards else ()),
        )

    return st.recursive(leaf, more, max_leaves=6)


def _relation(row: tuple[Boxed, ...], kind: str | None) -> Boxed:
    return model.Relation(NAMES[: len(row)], (row, row), kind)


def _told(entries: tuple[model.Entry, ...]) -> tuple[model.Entry, ...]:
    """Only an entry with a name has a type of its own."""
    return tuple(model.Entry(each.name, each.value, each.type if each.name else None) for each in entries)


def _any_tables(kind: st.SearchStrategy[str | None]) -> st.SearchStrategy[Boxed]:
    text, maybe = st.sampled_from(TEXTS), st.none() | st.sampled_from(("1, 2", "< 3", '"CA"', "+"))

    def of(inputs: int, outputs: int) -> st.SearchStrategy[model.Table]:
        rules = st.builds(
            model.Rule,
            st.tuples(*[text] * inputs),
            st.tuples(*[text] * outputs),
            st.lists(st.just("why"), max_size=1).map(tuple),
        )
        names = st.sampled_from(NAMES)
        return st.builds(
            model.Table,
            st.tuples(*[st.builds(model.InputClause, st.builds(model.Literal, text, kind), maybe)] * inputs),
            st.tuples(*[st.builds(model.OutputClause, names, kind, maybe, maybe)] * outputs),
            st.lists(rules, max_size=3).map(tuple),
            st.sampled_from(HitPolicy),
            st.none() | st.sampled_from(Aggregation),
            kind,
        )

    return st.tuples(st.integers(0, 2), st.integers(1, 2)).flatmap(lambda sizes: of(*sizes))


def _any_cards() -> st.SearchStrategy[Boxed]:
    text = st.sampled_from(("null", "4", "< 3", ">= 3", '"CA"', "amount", "+"))
    bins = st.builds(
        model.Bin,
        text,
        st.sampled_from(("0", "12.5", "-3", "n", "9e6144")),
        st.sampled_from(("", "C09", "X; C01")),
        st.booleans(),
    )
    average = st.none() | st.sampled_from(("7", "x"))
    read = st.builds(model.Literal, st.sampled_from(TEXTS), st.sampled_from(TYPES))
    told = st.lists(bins, max_size=4).map(tuple)
    characteristics = st.builds(model.Characteristic, st.sampled_from(NAMES), read, told, average, average)
    return st.builds(
        model.Scorecard, st.lists(characteristics, max_size=2).map(tuple), st.sampled_from(("0", "500", "n"))
    )


def models(*, cards: bool = True) -> st.SearchStrategy[Model]:
    """Models whose elements may require each other, themselves, and what is not there."""
    ids = ("_a", "_b", "_c", "_d")
    references = st.lists(st.builds(Reference, st.just("ns"), st.sampled_from((*ids, "_none"))), max_size=2).map(tuple)
    variable = st.builds(model.Variable, st.sampled_from(NAMES), st.sampled_from(TYPES))
    definition = boxed(cards=cards).map(lambda body: model.Definition((model.Variable("amount", "number"),), body))

    def element(own: str) -> st.SearchStrategy[model.Element]:
        mine = st.just(own)
        return st.one_of(
            st.builds(model.InputData, mine, variable),
            st.builds(model.Decision, mine, variable, references, references, st.none() | boxed(cards=cards)),
            st.builds(model.Knowledge, mine, variable, references, st.none() | definition),
            st.builds(model.Service, mine, variable, references, references, references, references),
        )

    item = model.ItemDefinition("tAmount", "number", allowed="[0..9]")

    def made(elements: tuple[model.Element, ...]) -> Model:
        return Model("m", "ns", (), (item,), elements)

    return st.tuples(*map(element, ids)).map(made)


def trees() -> st.SearchStrategy[Node]:
    """Parsed trees of the names that models are made of, in any order and depth."""
    tags = (
        "decision", "inputData", "businessKnowledgeModel", "encapsulatedLogic", "decisionService", "decisionTable",
        "input", "output", "rule", "inputEntry", "outputEntry", "text", "literalExpression", "context", "contextEntry",
        "variable", "invocation", "relation", "row", "list", "conditional", "if", "filter", "for", "some", "in",
        "return", "itemDefinition", "typeRef", "informationRequirement", "requiredDecision", "import", "functionItem",
    )  # fmt: skip
    attributes = st.dictionaries(
        st.sampled_from(("name", "id", "href", "typeRef", "hitPolicy", "aggregation", "kind", "isCollection")),
        st.sampled_from(("", "amount", "#_a", "number", "FIRST", "SUM", "Java", "true", "no such")),
        max_size=3,
    ).map(MappingProxyType)
    leaf = st.builds(Node, st.sampled_from(tags), st.just(NAMESPACE), attributes, st.just(()), st.sampled_from(TEXTS))

    def more(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        children = st.lists(inner, max_size=4).map(tuple)
        return st.builds(Node, st.sampled_from(tags), st.just(NAMESPACE), attributes, children)

    return st.lists(st.recursive(leaf, more, max_leaves=20), max_size=4).map(
        lambda found: Node("definitions", NAMESPACE, MappingProxyType({"namespace": "ns"}), tuple(found))
    )
