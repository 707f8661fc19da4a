"""Make one syntax tree of a boxed expression: FEEL texts are read, boxes become what they mean in FEEL.

What cannot be read is noted and stands as null with a problem, so that the rest of a model can be used.
"""

from collections.abc import Callable, Iterable, Mapping, MutableMapping, MutableSequence, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from attrs import evolve, frozen

from casefold.feel import tree
from casefold.feel.grammar import INPUT, parse, parse_tests
from casefold.feel.program import Program, build, build_tests
from casefold.feel.scope import Scope, members_of
from casefold.feel.tokens import NotFeel
from casefold.feel.tree import Expression, UnaryTests
from casefold.feel.types import ListOf, Simple, Type
from casefold.feel.values import Fault, Function, Reason, Run, Value
from casefold.kernel.results import Failure, Result
from casefold.policy import model
from casefold.policy.index import fixed_number, index_of, pieces_of
from casefold.policy.model import MISSING, Boxed, FunctionKind, IterationKind, codes_of
from casefold.policy.scorecards import Card, Scale, Worth, bins_of, scoring
from casefold.policy.tables import Cell, Column, Conclusion, Fixed, Grid, Input, Row, function_of, reasons_of
from casefold.policy.texts import plain
from casefold.policy.types import ANY, Kind, Types

Read = TypeVar("Read")

ANYTHING = frozenset({"", "-"})
"""A cell that any input passes."""

_RESULT = "\0result"
_ITEM = "item"
_PARTIAL = "partial"


@frozen
class Unreadable:
    """A part of a model that cannot be read: where, the text, and what is wrong with it."""

    place: tuple[str, ...]
    text: str
    fault: NotFeel | str


@frozen(eq=False)
class Boxing:
    """Boxed expressions being made into a tree.

    Attributes:
        types: The types of the model.
        scope: The names in scope, with their types, and the types that may be named.
        place: Where we are, for messages: names from the outermost in.
        flaws: What could not be read so far.
        grids: The tables that were met so far.
        cards: The scorecards.
    """

    types: Types
    scope: Scope
    place: tuple[str, ...]
    flaws: MutableSequence[Unreadable]
    grids: MutableSequence[Grid]
    cards: MutableSequence[Card]

    def within(self, place: str, names: Mapping[str, Type] = MappingProxyType({})) -> "Boxing":
        """Go one place further in, where more names are in scope."""
        return self.knowing(names, (*self.place, place))

    def knowing(self, names: Mapping[str, Type], place: tuple[str, ...] | None = None) -> "Boxing":
        """Bring more names into scope; to make a scope takes long, so it is shared as far as it goes."""
        scope = self.types.scope({**self.scope.names, **names}) if names else self.scope
        return Boxing(self.types, scope, self.place if place is None else place, self.flaws, self.grids, self.cards)

    def kind(self, reference: str | None) -> Kind:
        """Give the type that a reference names; one that names none is noted, and is any type."""
        found = self.types.kind(reference)
        if found is None:
            self.flaws.append(Unreadable(self.place, str(reference), "there is no such type"))
        return found or ANY

    def read(self, text: str, how: Callable[[str, Scope], Result[Read, NotFeel]], missing: Read) -> Read:
        """Read a text, or note that it cannot be read."""
        found = how(text, self.scope)
        if isinstance(found, Failure):
            self.flaws.append(Unreadable(self.place, text, found.failure()))
            return missing
        return found.unwrap()

    def text(self, text: str) -> Expression:
        """Read an expression."""
        return self.read(text, parse, _unreadable(self.place))

    def tree(self, box: Boxed) -> Expression:
        """Make the tree of a boxed expression, its value taken as one of its type."""
        made = self._tree(box)
        if isinstance(box, model.Definition) or box.type is None:
            return made
        return typed(made, self.kind(box.type), self.place[-1])

    def _tree(self, box: Boxed) -> Expression:
        match box:
            case model.Literal(text):
                return self.text(text)
            case model.Context(entries):
                return self._context(entries)
            case model.Invocation(function, bindings):
                arguments = (
                    tree.Argument(self.within(f"argument {each.parameter}").tree(each.value), each.parameter)
                    for each in bindings
                )
                return tree.Call(self.tree(function), tuple(arguments))
            case model.Definition():
                return self.function(box)
            case model.Relation(columns, rows):
                return tree.ListLiteral(tuple(self._relation_row(columns, row) for row in rows))
            case model.Items(items):
                return tree.ListLiteral(tuple(map(self.tree, items)))
            case model.Conditional(condition, yes, no):
                return tree.If(self.tree(condition), self.tree(yes), self.tree(no))
            case model.Filter(source, match):
                return self._filter(source, match)
            case model.Iteration():
                return self._iteration(box)
            case model.Table():
                functions: list[Expression] = []
                grid = self.grid(box, functions)
                self.grids.append(grid)
                given = self._tested(clause.expression for clause in box.inputs)
                return tree.Embedded(function_of(grid), (*given, *functions))
            case model.Scorecard():
                return self._scorecard(box)

    def function(self, box: model.Definition) -> Expression:
        """Make the tree of a function."""
        parameters = tuple(
            tree.FormalParameter(each.name, self.kind(each.type).type if each.type is not None else None)
            for each in box.parameters
        )
        inner = self.within("body", {each.name: self.kind(each.type).type for each in box.parameters})
        external = box.kind is not FunctionKind.FEEL
        if box.body is None or box.kind is FunctionKind.PMML:
            body: Expression = tree.Literal(None)
        else:
            body = inner.tree(box.body)
        if box.type is not None and not external:
            body = typed(body, self.kind(box.type), self.place[-1])
        return tree.FunctionLiteral(parameters, body, external)

    def _context(self, entries: Sequence[model.Entry]) -> Expression:
        inner, made = self, list[tuple[str, Expression]]()
        for entry in entries:
            name = entry.name if entry.name is not None else _RESULT
            here = inner.within(f"entry {entry.name or 'result'}")
            itself: dict[str, Type] = {name: Simple.FUNCTION} if isinstance(entry.value, model.Definition) else {}
            value = typed(here.knowing(itself).tree(entry.value), self.kind(entry.type), name)
            made.append((name, value))
            if entry.name is None:
                return tree.Path(tree.ContextLiteral(tuple(made)), _RESULT)
            told = self.kind(entry.type or _type_of(entry.value)).type
            inner = inner.knowing({name: itself.get(name, told)})
        return tree.ContextLiteral(tuple(made))

    def _relation_row(self, columns: Sequence[str], row: Sequence[Boxed]) -> Expression:
        if len(columns) != len(row):
            self.flaws.append(Unreadable(self.place, "", f"a row has {len(row)} cells for {len(columns)} columns"))
            return _unreadable(self.place)
        return tree.ContextLiteral(tuple(zip(columns, map(self.tree, row), strict=True)))

    def _filter(self, source: Boxed, match: Boxed) -> Expression:
        made, kind = self.tree(source), self._kind_of(source)
        element = kind.element if isinstance(kind, ListOf) else Simple.ANY
        if not isinstance(match, model.Literal):
            members = members_of(element) or {}
            return tree.Filter(made, self.within("match", {_ITEM: element, **members}).tree(match))
        # The condition is read where FEEL reads one: within the brackets of a filter, which members of items enter.
        inner = self.within("match", {INPUT: kind})
        read = inner.read(f"{INPUT}[{match.text}]", parse, _unreadable(inner.place))
        condition = read.condition if isinstance(read, tree.Filter) else read
        return tree.Filter(made, condition)

    def _iteration(self, box: model.Iteration) -> Expression:
        kind = self._kind_of(box.source)
        names: dict[str, Type] = {box.variable: kind.element if isinstance(kind, ListOf) else Simple.ANY}
        if box.kind is IterationKind.FOR:
            names[_PARTIAL] = Simple.LIST
        body = self.within(box.kind.value, names).tree(box.body)
        iterators = (tree.Iterator(box.variable, self.tree(box.source)),)
        if box.kind is IterationKind.FOR:
            return tree.For(iterators, body)
        return tree.Quantified(box.kind is IterationKind.EVERY, iterators, body)

    def _kind_of(self, box: Boxed) -> Type:
        """Give the type of an expression where it is told: by a reference, or by the name that it is."""
        if box.type is not None:
            return self.kind(box.type).type
        return self.scope.names.get(box.text.strip(), Simple.ANY) if isinstance(box, model.Literal) else Simple.ANY

    def _tested(self, expressions: Iterable[model.Literal]) -> tuple[Expression, ...]:
        return tuple(
            self.within(f"input {each.text or number}").text(each.text) for number, each in enumerate(expressions, 1)
        )

    def _scorecard(self, box: model.Scorecard) -> Expression:
        """Make a call of a scorecard with what it looks at, and after that the functions that its bins are."""
        functions: list[Expression] = []
        scales = tuple(
            self.within(f"characteristic {each.name}").scale(each, functions) for each in box.characteristics
        )
        card = Card(self.place[-1], self.place, box, self.points(box.base, "base"), scales)
        self.cards.append(card)
        given = self._tested(each.expression for each in box.characteristics)
        return tree.Embedded(scoring(card), (*given, *functions))

    def scale(self, characteristic: model.Characteristic, functions: MutableSequence[Expression]) -> Scale:
        """Read a characteristic: its special bins are looked at before the others, and a missing value has its own."""
        bins, place = characteristic.bins, self.place
        missing = tuple(number for number, each in enumerate(bins) if each.tests.strip() == MISSING)
        special = tuple(number for number, each in enumerate(bins) if each.special and number not in missing)
        others = tuple(number for number in range(len(bins)) if number not in missing and number not in special)
        for number in missing[1:]:
            self.flaws.append(Unreadable((*place, f"bin {number + 1}"), bins[number].tests, "another bin has these"))

        def grid(numbers: tuple[int, ...]) -> Grid:
            rules = tuple(model.Rule((bins[number].tests,), ()) for number in numbers)
            return self.grid(model.Table((model.InputClause(characteristic.expression),), (), rules), functions)

        def average(text: str | None, name: str) -> Decimal | None:
            return None if text is None else self.points(text, name)

        worths = tuple(
            Worth(each, self.points(each.points, f"bin {number}"), codes_of(each.reason))
            for number, each in enumerate(bins, 1)
        )
        return Scale(
            characteristic.name,
            plain(characteristic.expression.text, self.scope),
            self.kind(characteristic.expression.type),
            worths,
            missing[0] if missing else None,
            bins_of(special, grid(special)),
            bins_of(others, grid(others)),
            max((each.points for each in worths), default=Decimal(0)),
            average(characteristic.average, "average"),
            average(characteristic.average_at_cutoff, "average at the cutoff"),
        )

    def points(self, text: str, what: str) -> Decimal:
        """Read points: a number, and nothing to work out."""
        inner = self.within(what)
        found = inner.text(text)
        value = fixed_number(found)
        if value is None and not isinstance(found, tree.Embedded):
            self.flaws.append(Unreadable(inner.place, text, "points are a number, such as 25 or -3.5"))
        return Decimal(0) if value is None else value

    def grid(self, table: model.Table, functions: MutableSequence[Expression]) -> Grid:
        """Read a table; functions that its cells ask for are added to *functions*, and go by their number there."""
        inputs = [
            (self.within(f"input {clause.label or clause.expression.text or number}"), clause)
            for number, clause in enumerate(table.inputs, 1)
        ]
        heads = tuple(here.input(clause) for here, clause in inputs)
        self.told_apart(table.outputs)
        columns = [here.knowing({INPUT: head.kind.type}) for (here, _), head in zip(inputs, heads, strict=True)]
        seen = [dict[str, tuple[Cell, UnaryTests]]() for _ in columns]
        rows: list[Row] = []
        for number, rule in enumerate(table.rules, 1):
            there, told = self.within(f"rule {number}"), list[UnaryTests | None]()
            wide = there.wide_enough(table, rule)
            cells = tuple(
                column.cell(text, there.place, functions, told, already)
                for column, text, already in zip(
                    columns, rule.inputs if wide else ("",) * len(columns), seen, strict=True
                )
            )
            if wide:
                outputs = tuple(there.conclusion(text, functions) for text in rule.outputs)
            else:
                outputs = (there.refused(functions),) * len(table.outputs)
            silent = tuple(each is not None and bool(each.tests) and pieces_of(each) is not None for each in told)
            rows.append(Row(cells, outputs, tuple(told), reasons_of(table, rule), silent))
        return Grid(
            self.place[-1],
            self.place,
            table,
            heads,
            tuple(self._column(clause, number, functions) for number, clause in enumerate(table.outputs, 1)),
            tuple(rows),
            table.hit,
            table.aggregation,
            index_of([row.tests for row in rows], len(table.inputs)),
        )

    def _column(self, clause: model.OutputClause, number: int, functions: MutableSequence[Expression]) -> Column:
        here = self.within(f"output {clause.label or clause.name or number}")
        kind = here.kind(clause.type)
        default = None if clause.default is None else here.conclusion(clause.default, functions)
        ranks: tuple[Program, ...] = ()
        if clause.allowed is not None:
            tests = here.read(clause.allowed, parse_tests, UnaryTests(())).tests
            ranks = tuple(build_tests(UnaryTests((test,)), here.scope) for test in tests)
        return Column(clause.name or "", kind, ranks, default)

    def input(self, clause: model.InputClause) -> Input:
        """Read the head of a column of conditions."""
        kind, tested = self.kind(clause.expression.type), plain(clause.expression.text, self.scope)
        if clause.allowed is None:
            return Input(self.place[-1], tested, kind, None, kind.allowed)
        inner = self.knowing({INPUT: kind.type})
        tests = inner.read(clause.allowed, parse_tests, UnaryTests(()))
        allowed = build_tests(tests, inner.scope)
        gated = pieces_of(tests) is not None
        return Input(self.place[-1], tested, kind, allowed, (*kind.allowed, tests), gated)

    def cell(
        self,
        text: str,
        rule: tuple[str, ...],
        functions: MutableSequence[Expression],
        known: MutableSequence[UnaryTests | None],
        seen: MutableMapping[str, tuple[Cell, UnaryTests]],
    ) -> Cell:
        """Read a cell of conditions on ``?``, which is in scope, of a rule at a place.

        One that sees the input alone is built once for all cells of its text (*seen*), and its tests are *known*, too;
        any other is a function.
        """
        if text not in seen:
            found = evolve(self, place=(*rule, self.place[-1])).tested(text, functions)
            if isinstance(found, int):
                known.append(None)
                return found
            seen[text] = found
        cell, tests = seen[text]
        known.append(tests)
        return cell

    def tested(self, text: str, functions: MutableSequence[Expression]) -> tuple[Cell, UnaryTests] | int:
        """Build a cell: what runs it with its tests, or the number of its function."""
        if text.strip() in ANYTHING:
            return None, UnaryTests(())
        before = len(self.flaws)
        tests = self.read(text, parse_tests, UnaryTests(()))
        if len(self.flaws) > before:
            return self._function((INPUT,), _unreadable(self.place), functions)
        program = build_tests(tests, self.scope)
        if all(name == INPUT for name, _, _ in program.inputs):
            return program, tests
        return self._function((INPUT,), tree.Met(tree.Name(INPUT), tests), functions)

    def conclusion(self, text: str, functions: MutableSequence[Expression]) -> Conclusion:
        """Read a cell of conclusions: a literal is its value, anything else a function."""
        if not text.strip():
            return Fixed(None)
        expression = self.text(text)
        fixed = _fixed(expression)
        return self._function((), expression, functions) if fixed is None else fixed

    def told_apart(self, outputs: Sequence[model.OutputClause]) -> None:
        """Note outputs of one name: an answer has one value for each, and the others would be lost."""
        names = [clause.name or "" for clause in outputs]
        for number, name in enumerate(names, 1):
            if name in names[: number - 1]:
                said = "another output has this name" if name else "of several outputs each has a name"
                self.flaws.append(Unreadable((*self.place, f"output {name or number}"), name, said))

    def wide_enough(self, table: model.Table, rule: model.Rule) -> bool:
        """Whether a rule has a cell for each column; if not, that is noted."""
        wanted, given = (len(table.inputs), len(table.outputs)), (len(rule.inputs), len(rule.outputs))
        if wanted == given:
            return True
        said = f"it has {given[0]} + {given[1]} cells for {wanted[0]} inputs and {wanted[1]} outputs"
        self.flaws.append(Unreadable(self.place, "", said))
        return False

    def refused(self, functions: MutableSequence[Expression]) -> Conclusion:
        """Stand for the conclusion of a rule that cannot be read."""
        return self._function((), _unreadable(self.place), functions)

    @staticmethod
    def _function(parameters: tuple[str, ...], body: Expression, functions: MutableSequence[Expression]) -> int:
        functions.append(tree.FunctionLiteral(tuple(map(tree.FormalParameter, parameters)), body))
        return len(functions) - 1


def _fixed(expression: Expression) -> Fixed | None:
    match expression:
        case tree.Literal(value):
            return Fixed(value)
        case tree.ListLiteral(items):
            found = [_fixed(item) for item in items]
            return Fixed(tuple(each.value for each in found if each)) if all(found) else None
        case _:
            return None


def _type_of(box: Boxed) -> str | None:
    return None if isinstance(box, model.Definition) else box.type


def typed(expression: Expression, kind: Kind, what: str) -> Expression:
    """Take an expression's value as one of a type."""
    if kind is ANY or (kind.type is Simple.ANY and not kind.checks):
        return expression
    if not kind.checks:
        return tree.Typed(expression, kind.type)

    def fit(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        return kind.fit(run, given[0], what)

    return tree.Embedded(Function(what, (), None, fit), (expression,))


def _unreadable(place: tuple[str, ...]) -> Expression:
    """Stand for a text that cannot be read: null, and a problem."""

    def refuse(_run: Run, _given: tuple[Value, ...]) -> Value | Fault:
        return Fault(Reason.BAD_TEXT, ", ".join(place))

    return tree.Embedded(Function(place[-1] if place else "", (), None, refuse), ())


def program_of(boxing: Boxing, expression: Expression) -> Program:
    """Build what `Boxing.tree` made."""
    return build(expression, boxing.scope)
