"""Tables and scorecards that stand in a policy's tree."""

from casefold.policy.model import (
    Bin,
    Characteristic,
    HitPolicy,
    InputClause,
    Literal,
    OutputClause,
    Rule,
    Scorecard,
    Table,
)
from casefold.policy.sources.faults import near_words
from casefold.policy.sources.fields import Fields
from casefold.policy.sources.tablesheets import HITS, hit_of, hit_text
from casefold.policy.sources.trees import Listing, Scalar, Tree, shape_of

TABLE_KEYS = ("hit", "inputs", "outputs", "notes", "rules", "type")
INPUT_KEYS = ("expression", "type", "allowed", "label")
OUTPUT_KEYS = ("name", "type", "allowed", "default", "label")
CARD_KEYS = ("base", "characteristics", "type")
CHARACTERISTIC_KEYS = ("name", "expression", "type", "average", "average at cutoff", "bins")
BIN_KEYS = ("tests", "points", "reason", "special")
NUMBER = "number"


def read_rules_tree(at: Fields, tree: Tree) -> Table:
    """Read a decision table."""
    here = at.inner(tree, TABLE_KEYS, ("outputs", "rules"))
    hit = hit_of(here.maybe("hit") or HitPolicy.UNIQUE.value)
    if hit is None:
        given = here.text("hit")
        near = near_words(given, (hit_text(*each) for each in HITS.values()))
        here.refuse(f"there is no hit policy {given!r}; {near}", here.entries["hit"], "hit")
    inputs = tuple(_input(here, each, number) for number, each in enumerate(here.items("inputs"), 1))
    outputs = tuple(_output(here, each, number) for number, each in enumerate(here.items("outputs"), 1))
    notes = here.texts("notes")
    if here.has("outputs") and not outputs:
        here.refuse("a table has at least one output", here.entries["outputs"])
    rules = (
        _rule(here, each, f"rule {number}", (len(inputs), len(outputs), len(notes)))
        for number, each in enumerate(here.items("rules"), 1)
    )
    policy, aggregation = hit or (HitPolicy.UNIQUE, None)
    return Table(inputs, outputs, tuple(rules), policy, aggregation, here.name("type"), notes)


def _input(at: Fields, tree: Tree, number: int) -> InputClause:
    if isinstance(tree, Scalar):
        if not tree.text:
            at.refuse("say what is tested here, such as score", tree, f"input {number}")
        return InputClause(Literal(tree.text))
    here = at.inner(tree, INPUT_KEYS, ("expression",), f"input {number}")
    return InputClause(Literal(here.text("expression"), here.name("type")), here.maybe("allowed"), here.maybe("label"))


def _output(at: Fields, tree: Tree, number: int) -> OutputClause:
    if isinstance(tree, Scalar):
        return OutputClause(type=tree.text or None)
    here = at.inner(tree, OUTPUT_KEYS, (), f"output {number}")
    told = here.maybe("allowed"), here.maybe("default"), here.maybe("label")
    return OutputClause(here.name("name"), here.name("type"), *told)


def _rule(at: Fields, tree: Tree, place: str, counts: tuple[int, int, int]) -> Rule:
    """Read a rule: a cell for each input and output, and after them as many notes as it has."""
    inputs, outputs, notes = counts
    if not isinstance(tree, Listing):
        at.refuse(f"a rule is a list of cells; here is {shape_of(tree)}", tree, place)
        return Rule((), ())
    if not inputs + outputs <= len(tree.items) <= inputs + outputs + notes:
        wanted = f"{inputs} for inputs, {outputs} for outputs and up to {notes} for notes"
        at.refuse(f"it has {len(tree.items)} cells; the table has {wanted}", tree, place)
        return Rule(("",) * inputs, ("null",) * outputs, ("",) * notes)
    cells = at.cells(tree.items, place)
    for cell, text in zip(tree.items[inputs : inputs + outputs], cells[inputs : inputs + outputs], strict=True):
        if not text.strip():
            at.refuse("this output is empty; write null if it is to have no value", cell, place)
    told = cells[inputs + outputs :]
    return Rule(cells[:inputs], cells[inputs : inputs + outputs], told + ("",) * (notes - len(told)))


def read_card_tree(at: Fields, tree: Tree) -> Scorecard:
    """Read a scorecard."""
    here = at.inner(tree, CARD_KEYS, ("characteristics",))
    needed = ("name", "bins")
    found = here.each("characteristics", "characteristic", CHARACTERISTIC_KEYS, needed, _characteristic)
    return Scorecard(found, here.maybe("base") or "0", here.name("type") or NUMBER)


def _characteristic(at: Fields) -> Characteristic:
    name = at.name("name") or ""
    bins = tuple(_bin(at, each, f"bin {number}") for number, each in enumerate(at.items("bins"), 1))
    expression = Literal(at.maybe("expression") or name, at.name("type"))
    return Characteristic(name, expression, bins, at.maybe("average"), at.maybe("average at cutoff"))


def _bin(at: Fields, tree: Tree, place: str) -> Bin:
    """Read a bin: its tests, its points and its reason in this order, or by name."""
    if not isinstance(tree, Listing):
        here = at.inner(tree, BIN_KEYS, ("tests", "points"), place)
        return Bin(here.text("tests"), here.text("points"), here.text("reason"), here.truth("special"))
    if not 2 <= len(tree.items) <= 3:
        at.refuse(f"a bin has tests, points and perhaps a reason; here are {len(tree.items)} cells", tree, place)
        return Bin("-", "0")
    cells = at.cells(tree.items, place)
    return Bin(cells[0], cells[1], cells[2] if len(cells) > 2 else "")
