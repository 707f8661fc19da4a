"""What two models decide differently: elements that came or went, tables exactly, other logic by its text."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import frozen

from casefold.feel.scope import Scope
from casefold.kernel.results import Failure
from casefold.policy import model
from casefold.policy.checks.diff import TableDiff, diff_tables
from casefold.policy.checks.gaps import TOLD_MAX
from casefold.policy.checks.sweep import TooLarge
from casefold.policy.graph import Compiled
from casefold.policy.model import Boxed, Decision, Element, InputData, ItemDefinition, Knowledge, Service
from casefold.policy.tables import Grid
from casefold.policy.texts import plain, plain_tests, scope_of, wider

Shape: TypeAlias = "str | bool | None | tuple[Shape, ...]"
"""Logic without what does not matter: texts as the printer writes them, tables left out."""


@frozen
class TableChange:
    """A table that both models have.

    Attributes:
        place: Where it stands, from the outermost name in.
        diff: What it decides differently, or that this would take too long to find out.
    """

    place: tuple[str, ...]
    diff: TableDiff | TooLarge


@frozen
class ElementChange:
    """An element that both models have and that is not the same in both.

    Attributes:
        name: What it is and how it is called, such as ``decision rate``.
        type_changed: Whether its values are of another type.
        needs_changed: Whether it requires other elements.
        logic_changed: Whether its logic is another, tables aside.
        tables: Its tables that decide differently.
    """

    name: str
    type_changed: bool
    needs_changed: bool
    logic_changed: bool
    tables: tuple[TableChange, ...]


@frozen
class ModelDiff:
    """The difference of two models: elements and types by name."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[ElementChange, ...]

    @property
    def same(self) -> bool:
        """Whether there is none."""
        return not (self.added or self.removed or self.changed)


def diff_models(before: Compiled, after: Compiled, told_max: int = TOLD_MAX) -> ModelDiff:
    """Compare two models, with what they import."""
    sides = [{plan.place: plan.element for plan in each.plans} for each in (before, after)]
    kinds = [dict(_types(each)) for each in (before, after)]
    scope = scope_of(element.variable.name for side in sides for element in side.values())
    named = [{**side, **kind} for side, kind in zip(sides, kinds, strict=True)]
    elements = (
        _element(called, (one, sides[1][called]), (before, after), scope, told_max)
        for called, one in sides[0].items()
        if called in sides[1]
    )
    types = (
        ElementChange(called, type_changed=True, needs_changed=False, logic_changed=False, tables=())
        for called, item in kinds[0].items()
        if called in kinds[1] and _item(item) != _item(kinds[1][called])
    )
    return ModelDiff(
        tuple(name for name in named[1] if name not in named[0]),
        tuple(name for name in named[0] if name not in named[1]),
        (*(change for change in elements if change is not None), *types),
    )


def _types(compiled: Compiled) -> Iterator[tuple[str, ItemDefinition]]:
    """Give the types of all models by what they are called; those of an import as its elements are."""
    for item in compiled.model.items:
        yield f"type {item.name}", item
    for each in compiled.imported:
        for item in each.items:
            yield f"type {{{each.namespace}}}{item.name}", item


def _element(
    called: str,
    pair: tuple[Element, Element],
    models: tuple[Compiled, Compiled],
    scope: Scope,
    told_max: int,
) -> ElementChange | None:
    one, other = pair
    tables, paired = _tables(called, models, scope, told_max)
    types = one.variable.type != other.variable.type
    needs = _needs(called, models[0]) != _needs(called, models[1])
    logic = not paired or _logic(one, scope) != _logic(other, scope)
    if not (types or needs or logic or tables):
        return None
    return ElementChange(called, types, needs, logic, tables)


def _tables(
    called: str, models: tuple[Compiled, Compiled], scope: Scope, told_max: int
) -> tuple[tuple[TableChange, ...], bool]:
    """Compare the tables of an element by place; say also whether there are as many at each place."""
    before, after = ([grid for grid in each.grids if grid.place[0] == called] for each in models)
    if [grid.place for grid in before] != [grid.place for grid in after]:
        return (), False
    found: list[TableChange] = []
    for one, other in zip(before, after, strict=True):
        diff = diff_tables(one, other, wider(scope, (*_own(one), *_own(other))), told_max)
        if isinstance(diff, Failure):
            found.append(TableChange(one.place, diff.failure()))
        elif diff.unwrap().total:
            found.append(TableChange(one.place, diff.unwrap()))
    return tuple(found), True


def _own(grid: Grid) -> Iterable[str]:
    return (head.expression.strip() for head in grid.inputs)


def _needs(called: str, compiled: Compiled) -> Shape:
    """Give what an element uses by what that is called; of a service what it takes and gives, in order."""
    plan = next(each for each in compiled.plans if each.place == called)
    uses = tuple(sorted(compiled.plans[need.number].place for need in plan.needs))
    ends = (tuple(compiled.plans[number].place for number in numbers) for numbers in (plan.outputs, plan.inputs))
    return uses, *ends


def _logic(element: Element, scope: Scope) -> Shape:
    match element:
        case Decision(logic=logic) | Knowledge(logic=logic):
            return None if logic is None else shape(logic, scope)
        case InputData() | Service():
            return None


def shape(box: Boxed, scope: Scope) -> Shape:
    """Give what two boxed expressions have in common if they say the same, tables aside."""
    match box:
        case model.Literal(text, kind):
            return "text", plain(text, scope), kind
        case model.Table(type=kind):
            return "table", kind
        case model.Context(entries, kind):
            inner = wider(scope, (entry.name for entry in entries if entry.name is not None))
            return "context", kind, *((entry.name, entry.type, shape(entry.value, inner)) for entry in entries)
        case model.Invocation(function, bindings, kind):
            given = ((binding.parameter, shape(binding.value, scope)) for binding in bindings)
            return "invocation", kind, shape(function, scope), *given
        case model.Definition(parameters, body, how, kind):
            inner = wider(scope, (parameter.name for parameter in parameters))
            told = tuple((parameter.name, parameter.type) for parameter in parameters)
            return "function", kind, how.value, told, None if body is None else shape(body, inner)
        case model.Relation(columns, rows, kind):
            cells = (tuple(shape(cell, scope) for cell in row) for row in rows)
            return "relation", kind, columns, *cells
        case model.Items(items, kind):
            return "list", kind, *(shape(item, scope) for item in items)
        case model.Conditional(condition, yes, no, kind):
            return "if", kind, *(shape(part, scope) for part in (condition, yes, no))
        case model.Filter(source, match, kind):
            return "filter", kind, shape(source, scope), shape(match, wider(scope, ("item",)))
        case model.Iteration(how, variable, source, body, kind):
            inner = wider(scope, (variable, "partial"))
            return "loop", kind, how.value, variable, shape(source, scope), shape(body, inner)
        case model.Scorecard(base=base, type=kind):
            return "scorecard", kind, plain(base), _card(box, scope)


def _card(card: model.Scorecard, scope: Scope) -> Shape:
    return tuple(
        (
            each.name,
            plain(each.expression.text, scope),
            each.expression.type,
            each.average,
            each.average_at_cutoff,
            *((plain_tests(one.tests), plain(one.points), one.reason, one.special) for one in each.bins),
        )
        for each in card.characteristics
    )


def _item(item: ItemDefinition) -> Shape:
    """Give what two definitions of a type have in common if they say the same."""
    tests = tuple(None if each is None else plain_tests(each) for each in (item.allowed, item.constraint))
    parts = tuple(_item(component) for component in item.components)
    function: Shape = None
    if item.function is not None:
        function = (item.function.result, *((each.name, each.type) for each in item.function.parameters))
    return item.name, item.type, item.collection, tests, parts, function
