"""FEEL types, and which values are of them (DMN 1.5, sections 10.3.2.9 and 7.3.3)."""

from enum import Enum
from types import MappingProxyType
from typing import TypeAlias, cast

from attrs import frozen

from casefold.feel.values import Function, Range, Value, kind_of


class Simple(Enum):
    """A type without parts."""

    ANY = "Any"
    NULL = "Null"
    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    DAYS = "days and time duration"
    MONTHS = "years and months duration"
    LIST = "list"
    CONTEXT = "context"
    FUNCTION = "function"
    RANGE = "range"


@frozen
class ListOf:
    """Lists of one type."""

    element: "Type"


@frozen
class RangeOf:
    """Ranges over one type."""

    element: "Type"


@frozen
class ContextOf:
    """Contexts with at least these members."""

    members: "tuple[tuple[str, Type], ...]"


@frozen
class FunctionOf:
    """Functions from these types to that."""

    parameters: "tuple[Type, ...]"
    result: "Type"


Type: TypeAlias = Simple | ListOf | RangeOf | ContextOf | FunctionOf

NAMES = MappingProxyType({
    **{simple.value: simple for simple in Simple},
    "null": Simple.NULL,
    "dateTime": Simple.DATE_TIME,
    "dayTimeDuration": Simple.DAYS,
    "yearMonthDuration": Simple.MONTHS,
    "days and time duration": Simple.DAYS,
})  # fmt: skip
"""Types by name; DMN writes some in more than one way."""

DEPTH_MAX = 100
"""Values nested more deeply than this are of no type: nobody wrote them down."""


def type_text(kind: Type) -> str:
    """Write a type as FEEL.

    >>> type_text(ListOf(ContextOf((("a", Simple.NUMBER),))))
    'list<context<a: number>>'
    """
    match kind:
        case Simple():
            return kind.value
        case ListOf(element):
            return f"list<{type_text(element)}>"
        case RangeOf(element):
            return f"range<{type_text(element)}>"
        case ContextOf(members):
            return f"context<{', '.join(f'{name}: {type_text(member)}' for name, member in members)}>"
        case FunctionOf(parameters, result):
            return f"function<{', '.join(map(type_text, parameters))}> -> {type_text(result)}"


def is_instance(value: Value, kind: Type, depth: int = 0) -> bool:
    """Say whether a value is of a type; null is of none but Null.

    >>> is_instance((None, True), ListOf(Simple.BOOLEAN)), is_instance(None, Simple.ANY)
    (True, False)
    """
    return (value is not None or kind is Simple.NULL) and conforms(value, kind, depth)


def conforms(value: Value, kind: Type, depth: int = 0) -> bool:
    """Say whether a value is of a type or null."""
    if value is None or kind is Simple.ANY:
        return True
    if depth > DEPTH_MAX:
        return False
    match kind:
        case Simple():
            return kind_of(value) == str(kind.value)
        case ListOf(element):
            return isinstance(value, tuple) and all(conforms(item, element, depth + 1) for item in value)
        case RangeOf(element):
            if not isinstance(value, Range):
                return False
            return conforms(value.start, element, depth + 1) and conforms(value.end, element, depth + 1)
        case ContextOf(members):
            return isinstance(value, dict) and all(
                name in value and conforms(value[name], member, depth + 1) for name, member in members
            )
        case FunctionOf():
            return isinstance(value, Function) and _function_conforms(value, kind)


def _function_conforms(function: Function, kind: FunctionOf) -> bool:
    """Parameters are contravariant and the result covariant (section 10.3.2.9.2); what is not known is no hindrance."""
    if len(function.parameters) != len(kind.parameters):
        return False
    pairs = zip(kind.parameters, function.parameters, strict=True)
    if not all(taken.type is None or type_conforms(given, cast("Type", taken.type)) for given, taken in pairs):
        return False
    result = cast("Type | None", function.result)
    return result is None or type_conforms(result, kind.result)


def type_conforms(one: Type, two: Type) -> bool:
    """Say whether every value of the first type is of the second.

    >>> type_conforms(ListOf(Simple.NUMBER), ListOf(Simple.ANY)), type_conforms(Simple.ANY, Simple.NUMBER)
    (True, False)
    """
    if one == two or two is Simple.ANY or one is Simple.NULL:
        return True
    match one, two:
        case (ListOf(given), ListOf(taken)) | (RangeOf(given), RangeOf(taken)):
            return type_conforms(given, taken)
        case ContextOf(given), ContextOf(taken):
            members = dict(given)
            return all(name in members and type_conforms(members[name], member) for name, member in taken)
        case FunctionOf(given, got), FunctionOf(taken, wanted):
            return (
                len(given) == len(taken)
                and all(type_conforms(theirs, ours) for ours, theirs in zip(given, taken, strict=True))
                and type_conforms(got, wanted)
            )
        case (ListOf(), Simple.LIST) | (RangeOf(), Simple.RANGE) | (ContextOf(), Simple.CONTEXT):
            return True
        case FunctionOf(), Simple.FUNCTION:
            return True
        case _:
            return False
