"""Test cases as the kit writes them (its ``testCases.xsd``): a tree to values."""

from decimal import Decimal

from attrs import frozen

from casefold.feel.numbers import number
from casefold.feel.temporal import parse_any, parse_date, parse_date_time, parse_duration, parse_time
from casefold.feel.values import Value, Zones
from casefold.kernel.results import Failure, Result, Success, traverse
from casefold.policy.nodes import Node

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TRUE = frozenset({"true", "1"})
_FALSE = frozenset({"false", "0"})
_NUMBERS = frozenset({"decimal", "double", "float", "integer", "int", "long", "short"})
_DURATIONS = frozenset({"duration", "dayTimeDuration", "yearMonthDuration"})


@frozen
class BadCase:
    """A test cannot be used; *detail* says why."""

    line: int
    detail: str


@frozen
class Named:
    """A value by the name of an element of the model, or, with a *namespace*, of one that it imports."""

    name: str
    namespace: str | None
    value: Value


@frozen
class Wanted:
    """What a decision must come to; *error* asks for null and for a problem that says why."""

    name: str
    namespace: str | None
    value: Value
    error: bool


@frozen
class Case:
    """One test: what goes in, and what must come out.

    Attributes:
        invocable: The service or business knowledge model to invoke; ``None`` to ask for the decisions by name.
    """

    invocable: str | None
    inputs: tuple[Named, ...]
    results: tuple[Wanted, ...]


@frozen
class Suite:
    """A file of tests: the model that they are for, and each test by its id."""

    model: str
    cases: tuple[tuple[str, Result[Case, BadCase]], ...]


def read_suite(root: Node, zones: Zones) -> Result[Suite, BadCase]:
    """Read a file of tests; a bad test spoils none of the others."""
    named = root.first("modelName")
    if named is None or not named.text.strip():
        return Failure(BadCase(root.line, "it names no model: a modelName is missing"))
    cases = tuple((each.attributes.get("id", ""), _case(each, zones)) for each in root.all("testCase"))
    return Success(Suite(named.text.strip(), cases))


def _case(node: Node, zones: Zones) -> Result[Case, BadCase]:
    kind = node.attributes.get("type", "decision")
    invocable = node.attributes.get("invocableName")
    if kind != "decision" and invocable is None:
        return Failure(BadCase(node.line, f"it is of type {kind} and has no invocableName"))
    inputs = traverse(lambda each: _named(each, zones), node.all("inputNode"))
    if isinstance(inputs, Failure):
        return inputs
    results = traverse(lambda each: _wanted(each, zones), node.all("resultNode"))
    if isinstance(results, Failure):
        return results
    if not results.unwrap():
        return Failure(BadCase(node.line, "it expects nothing: a resultNode is missing"))
    return Success(Case(None if kind == "decision" else invocable, inputs.unwrap(), results.unwrap()))


def _named(node: Node, zones: Zones) -> Result[Named, BadCase]:
    name = node.attributes.get("name")
    if name is None:
        return Failure(BadCase(node.line, f"a {node.name} has no name"))
    return value_of(node, zones).map(lambda value: Named(name, node.attributes.get("namespace"), value))


def _wanted(node: Node, zones: Zones) -> Result[Wanted, BadCase]:
    error = node.attributes.get("errorResult", "false").strip() in _TRUE
    expected = node.first("expected")
    named = _named(Node(node.name, attributes=node.attributes, line=node.line), zones)
    value: Result[Value, BadCase] = Success(None) if expected is None else value_of(expected, zones)
    return named.bind(lambda each: value.map(lambda found: Wanted(each.name, each.namespace, found, error)))


def value_of(node: Node, zones: Zones) -> Result[Value, BadCase]:
    """Read the value that an element holds: a list, components, or one value; nothing at all is null."""
    listed, single, parts = node.first("list"), node.first("value"), tuple(node.all("component"))
    if _is_nil(node) or (listed is not None and _is_nil(listed)):
        return Success(None)
    if listed is not None:
        return traverse(lambda item: value_of(item, zones), listed.all("item")).map(_value)
    if parts:
        members = traverse(lambda part: _named(part, zones), parts)
        return members.map(lambda all_of_them: {each.name: each.value for each in all_of_them})
    if single is None or _is_nil(single):
        return Success(None)
    kind = single.attributes.get(_XSI + "type", "").rpartition(":")[2]
    found = _atom(kind, single.text, zones)
    if found is None:
        return Failure(BadCase(single.line, f"{single.text!r} is no {kind}"))
    return Success(found)


def _value(items: tuple[Value, ...]) -> Value:
    return items


def _is_nil(node: Node) -> bool:
    return node.attributes.get(_XSI + "nil", "").strip() in _TRUE


def _atom(kind: str, text: str, zones: Zones) -> Value:
    """Read a text as its type says; without a type, as what it looks like."""
    bare = text.strip()
    if kind == "string":
        return text
    if kind == "boolean":
        return bare in _TRUE if bare in _TRUE | _FALSE else None
    if kind in _NUMBERS:
        return number(bare)
    if kind in _DURATIONS:
        return parse_duration(bare)
    match kind:
        case "date":
            return parse_date(bare)
        case "time":
            return parse_time(bare, zones)
        case "dateTime":
            return parse_date_time(bare, zones)
        case "":
            return _untyped(text, bare, zones)
        case _:
            return None


def _untyped(text: str, bare: str, zones: Zones) -> Value:
    looks: Decimal | None = number(bare)
    if looks is not None:
        return looks
    return bare == "true" if bare in {"true", "false"} else (parse_any(bare, zones) or text)
