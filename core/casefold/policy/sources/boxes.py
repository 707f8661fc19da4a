"""How a decision is decided, from a tree: FEEL, a table, a scorecard, or any other boxed expression of DMN."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from casefold.kernel.results import Failure
from casefold.policy import model
from casefold.policy.model import Boxed, FunctionKind, IterationKind, Scorecard, Table, Variable
from casefold.policy.reading import NESTING_MAX
from casefold.policy.sources.cells import Sheet
from casefold.policy.sources.faults import near_words, sheet_faults
from casefold.policy.sources.fields import Fields, keys_of
from casefold.policy.sources.sheets import read_table
from casefold.policy.sources.tables import read_card_tree, read_rules_tree
from casefold.policy.sources.trees import Listing, Scalar, Tree, shape_of

FEEL = "feel"
TABLE = "table"
SCORECARD = "scorecard"
VALUE = "value"
LOGIC = (FEEL, TABLE, SCORECARD, VALUE)
"""The keys of a decision or function of which one says how it is decided."""

PARAMETER_KEYS = ("name", "type")
ENTRY_KEYS = ("name", "type", VALUE)
BINDING_KEYS = ("parameter", VALUE)


class Box(Enum):
    """The kinds of boxed expressions, by the key that tells them."""

    LITERAL = FEEL
    TABLE = TABLE
    SCORECARD = SCORECARD
    CONTEXT = "context"
    INVOCATION = "call"
    DEFINITION = "parameters"
    RELATION = "columns"
    ITEMS = "list"
    CONDITIONAL = "if"
    FILTER = "filter"
    FOR = "for"
    SOME = "some"
    EVERY = "every"


KEYS: Mapping[Box, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        Box.LITERAL: (("feel", "type"), ()),
        Box.TABLE: (("table",), ()),
        Box.SCORECARD: (("scorecard",), ()),
        Box.CONTEXT: (("context", "type"), ()),
        Box.INVOCATION: (("call", "with", "type"), ()),
        Box.DEFINITION: (("parameters", "value", "kind", "type"), ()),
        Box.RELATION: (("columns", "rows", "type"), ("rows",)),
        Box.ITEMS: (("list", "type"), ()),
        Box.CONDITIONAL: (("if", "then", "else", "type"), ("then", "else")),
        Box.FILTER: (("filter", "match", "type"), ("match",)),
        Box.FOR: (("for", "in", "return", "type"), ("in", "return")),
        Box.SOME: (("some", "in", "satisfies", "type"), ("in", "satisfies")),
        Box.EVERY: (("every", "in", "satisfies", "type"), ("in", "satisfies")),
    }
)
"""The keys that a boxed expression may have, and those that it needs besides its own."""

NOTHING = model.Literal("null")


@frozen
class Boxes:
    """Boxed expressions under reading; *sheets* are the tables that they name."""

    sheets: Mapping[str, Sheet]

    def logic(self, at: Fields) -> Boxed:
        """Read how a decision or function is decided: one key says it."""
        told = [key for key in LOGIC if at.has(key)]
        if len(told) != 1:
            said = f"{told[0]} and {told[1]} both stand here; a decision is decided in one way" if told else ""
            at.refuse(said or "say how it is decided: feel, table, scorecard or value")
            return NOTHING
        key, tree = told[0], at.entries[told[0]]
        match key:
            case "feel":
                return model.Literal(at.text(FEEL))
            case "value":
                return self.box(at, tree, 0)
            case _:
                return self._table(at, tree, key)

    def _table(self, at: Fields, tree: Tree, key: str) -> Table | Scorecard:
        """Read a table or a scorecard that stands here, or in a file or sheet that is named."""
        if not isinstance(tree, Scalar):
            return read_rules_tree(at, tree) if key == TABLE else read_card_tree(at, tree)
        sheet = self.sheets.get(tree.text)
        if sheet is None:
            at.refuse(f"there is no table {tree.text!r}; {near_words(tree.text, self.sheets)}", tree, key)
            return Table((), (), ())
        found = read_table(sheet)
        if isinstance(found, Failure):
            at.faults.extend(sheet_faults(found.failure(), tree.text))
            return Table((), (), ())
        return found.unwrap()

    def box(self, at: Fields, tree: Tree, depth: int, *place: str) -> Boxed:
        """Read a boxed expression; a text is FEEL."""
        if isinstance(tree, Scalar):
            return model.Literal(tree.text)
        if depth >= NESTING_MAX:
            at.refuse(f"expressions are nested more than {NESTING_MAX} deep", tree, *place)
            return NOTHING
        keys = keys_of(tree)
        kind = next((kind for kind in Box if kind.value in keys), None)
        if kind is None:
            known = ", ".join(kind.value for kind in Box)
            at.refuse(f"a text of FEEL or one of {known} should stand here; here is {shape_of(tree)}", tree, *place)
            return NOTHING
        may, needed = KEYS[kind]
        return self._boxed(at.inner(tree, may, needed, *place), kind, depth + 1)

    def part(self, at: Fields, key: str, depth: int) -> Boxed:
        """Read the boxed expression of a key."""
        return self.box(at, at.entries[key], depth, key) if key in at.entries else NOTHING

    def _boxed(self, at: Fields, kind: Box, depth: int) -> Boxed:
        declared = at.name("type")
        match kind:
            case Box.LITERAL:
                return model.Literal(at.text(FEEL), declared)
            case Box.TABLE | Box.SCORECARD:
                return self._table(at, at.entries[kind.value], kind.value)
            case Box.CONTEXT:
                entries = at.each("context", "entry", ENTRY_KEYS, (VALUE,), lambda each: self._entry(each, depth))
                return model.Context(entries, declared)
            case Box.INVOCATION:
                given = at.each("with", "argument", BINDING_KEYS, BINDING_KEYS, lambda each: self._binding(each, depth))
                return model.Invocation(self.part(at, "call", depth), given, declared)
            case Box.DEFINITION:
                body = self.part(at, VALUE, depth) if at.has(VALUE) else None
                language = at.choice("kind", FunctionKind, FunctionKind.FEEL)
                return model.Definition(parameters(at), body, language, declared)
            case Box.RELATION:
                return self._relation(at, depth, declared)
            case Box.ITEMS:
                return model.Items(tuple(self.box(at, each, depth) for each in at.items("list")), declared)
            case Box.CONDITIONAL:
                condition, yes, no = (self.part(at, key, depth) for key in ("if", "then", "else"))
                return model.Conditional(condition, yes, no, declared)
            case Box.FILTER:
                return model.Filter(self.part(at, "filter", depth), self.part(at, "match", depth), declared)
            case Box.FOR | Box.SOME | Box.EVERY:
                body = self.part(at, "return" if kind is Box.FOR else "satisfies", depth)
                name, source = at.name(kind.value) or "", self.part(at, "in", depth)
                return model.Iteration(IterationKind(kind.value), name, source, body, declared)

    def _entry(self, at: Fields, depth: int) -> model.Entry:
        return model.Entry(at.name("name"), self.part(at, VALUE, depth), at.name("type"))

    def _binding(self, at: Fields, depth: int) -> model.Binding:
        return model.Binding(at.name("parameter") or "", self.part(at, VALUE, depth))

    def _relation(self, at: Fields, depth: int, declared: str | None) -> model.Relation:
        columns, rows = at.texts("columns"), list[tuple[Boxed, ...]]()
        for number, row in enumerate(at.items("rows"), 1):
            cells = row.items if isinstance(row, Listing) else ()
            if len(cells) != len(columns):
                said = f"a row of a relation has a cell for each of {len(columns)} columns; here are {len(cells)}"
                at.refuse(said, row, f"row {number}")
                continue
            rows.append(tuple(self.box(at, cell, depth, f"row {number}") for cell in cells))
        return model.Relation(columns, tuple(rows), declared)


def parameters(at: Fields) -> tuple[Variable, ...]:
    """Read the parameters of a function."""
    return at.each("parameters", "parameter", PARAMETER_KEYS, ("name",), variable)


def variable(at: Fields) -> Variable:
    """Read a name with its type."""
    return Variable(at.name("name") or "", at.name("type"))
