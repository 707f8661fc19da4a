"""FEEL values as canonical JSON, and back, so that a decision record keeps them exactly.

A boolean, a string and null are themselves; a list is an array. Everything else is an object with one member that says
what it is: ``{"number": "1.50"}``, ``{"date": "2024-02-29"}``, ``{"context": {...}}`` and so on. Plain JSON that a
caller brings (`from_plain`) has contexts as objects and whole numbers as numbers.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from attrs import frozen

from casefold.feel import numbers
from casefold.feel.numbers import CONTEXT
from casefold.feel.temporal import parse_date, parse_date_time, parse_duration, parse_time
from casefold.feel.types import DEPTH_MAX
from casefold.feel.values import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Range,
    Time,
    UtcAlone,
    Value,
    Zones,
    kind_of,
)
from casefold.feel.writing import atom_text
from casefold.kernel.canonical import Json, is_whole
from casefold.kernel.results import Failure, Result, Success, traverse

HALF = "half a character"
"""What is said of a text that UTF-8 cannot write."""


@frozen
class NotAValue:
    """JSON that stands for no value, or a value that JSON cannot hold.

    Attributes:
        path: Where it is: keys and positions from the outside in.
        given: What is there.
    """

    path: str
    given: str


def to_json(value: Value, path: str = "", depth: int = 0) -> Result[Json, NotAValue]:
    """Write a value; a function has no JSON.

    >>> to_json((Decimal("1.50"), None, Date(2024, 2, 29)))
    <Success: ({'number': '1.50'}, None, {'date': '2024-02-29'})>
    """
    if value is None or isinstance(value, bool):
        return Success(value)
    if isinstance(value, str):
        return Success(value) if is_whole(value) else Failure(NotAValue(path, HALF))
    if depth > DEPTH_MAX:
        return Failure(NotAValue(path, "a value nested too deeply"))
    match value:
        case tuple():
            return traverse(lambda item: to_json(item, path, depth + 1), value).map(_json)
        case dict() if not all(map(is_whole, value)):
            return Failure(NotAValue(path, HALF))
        case dict():
            made = traverse(lambda key: to_json(value[key], f"{path}.{key}", depth + 1), value)
            return made.map(lambda members: {"context": dict(zip(value, members, strict=True))})
        case Range(start, start_included, end, end_included, operator):
            ends = traverse(lambda part: to_json(part, path, depth + 1), (start, end))
            return ends.map(lambda pair: {"range": [pair[0], start_included, pair[1], end_included, operator]})
        case Decimal():
            return Success({"number": CONTEXT.to_sci_string(value)})
        case Date() | Time() | DateTime() | DaysDuration() | MonthsDuration():
            return Success({kind_of(value): atom_text(value)})
        case _:
            return Failure(NotAValue(path, kind_of(value)))


def _json(items: tuple[Json, ...]) -> Json:
    return items


def from_json(raw: Json, zones: Zones = UtcAlone(), path: str = "", depth: int = 0) -> Result[Value, NotAValue]:
    """Read what `to_json` wrote.

    >>> from_json({"number": "1.50"}), from_json({"number": "x"})
    (<Success: 1.50>, <Failure: NotAValue(path='', given='number')>)
    """
    if raw is None or isinstance(raw, (bool, str)):
        return Success(cast("Value", raw))
    if depth > DEPTH_MAX:
        return Failure(NotAValue(path, "a value nested too deeply"))
    if isinstance(raw, Mapping):
        members = cast("Mapping[str, Json]", raw)
        if len(members) != 1:
            return Failure(NotAValue(path, ", ".join(sorted(members)[:9])))
        ((kind, content),) = members.items()
        if kind == "context" and isinstance(content, Mapping):
            inner = cast("Mapping[str, Json]", content)
            made = traverse(lambda key: from_json(inner[key], zones, f"{path}.{key}", depth + 1), inner)
            return made.map(lambda values: dict(zip(inner, values, strict=True)))
        if kind == "range":
            return _range(content, zones, path, depth)
        found = _atom(kind, content, zones) if isinstance(content, str) else None
        return Failure(NotAValue(path, kind)) if found is None else Success(found)
    if isinstance(raw, Sequence):
        items = cast("Sequence[Json]", raw)
        return traverse(lambda item: from_json(item, zones, path, depth + 1), items).map(_value)
    return Failure(NotAValue(path, "a bare number"))


def _value(items: tuple[Value, ...]) -> Value:
    return items


def _range(content: Json, zones: Zones, path: str, depth: int) -> Result[Value, NotAValue]:
    match content:
        case [start, bool(start_included), end, bool(end_included), (None | str()) as operator]:
            ends = traverse(lambda part: from_json(part, zones, path, depth + 1), (start, end))
            return ends.map(lambda pair: Range(pair[0], start_included, pair[1], end_included, operator))
        case _:
            return Failure(NotAValue(path, "range"))


def _atom(kind: str, text: str, zones: Zones) -> Value:
    match kind:
        case "number":
            return numbers.number(text)
        case "date":
            return parse_date(text)
        case "time":
            return parse_time(text, zones)
        case "date and time":
            return parse_date_time(text, zones)
        case "days and time duration" | "years and months duration":
            found = parse_duration(text)
            return found if kind_of(found) == kind else None
        case _:
            return None


def in_order(value: Value, depth: int = 0) -> Value:
    """Put the members of contexts in the order of their names, as canonical JSON does; an order of theirs is no fact.

    >>> in_order({"b": None, "a": ({"d": True, "c": False},)})
    {'a': ({'c': False, 'd': True},), 'b': None}
    """
    if depth > DEPTH_MAX:
        return value
    if isinstance(value, tuple):
        return tuple(in_order(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return {name: in_order(value[name], depth + 1) for name in sorted(value)}
    return value


def from_plain(raw: object, path: str = "", depth: int = 0) -> Result[Value, NotAValue]:
    """Take plain data: mappings are contexts, sequences lists, whole numbers and decimals numbers; no floats.

    >>> from_plain({"score": 700, "names": ["a"]})
    <Success: {'score': Decimal('700'), 'names': ('a',)}>
    """
    if raw is None or isinstance(raw, (bool, str, Date, Time, DateTime, DaysDuration, MonthsDuration)):
        return Success(raw)
    if depth > DEPTH_MAX:
        return Failure(NotAValue(path, "a value nested too deeply"))
    if isinstance(raw, (int, Decimal)):
        found = numbers.finite(CONTEXT.create_decimal(raw))
        return Failure(NotAValue(path, "a number out of bounds")) if found is None else Success(found)
    if isinstance(raw, Mapping):
        members = cast("Mapping[object, object]", raw)
        if not all(isinstance(key, str) for key in members):
            return Failure(NotAValue(path, "a key that is no text"))
        named = cast("Mapping[str, object]", members)
        made = traverse(lambda key: from_plain(named[key], f"{path}.{key}", depth + 1), named)
        return made.map(lambda values: dict(zip(named, values, strict=True)))
    if isinstance(raw, Sequence) and not isinstance(raw, (bytes, bytearray)):
        items = cast("Sequence[object]", raw)
        return traverse(lambda item: from_plain(item, path, depth + 1), items).map(_value)
    return Failure(NotAValue(path, type(raw).__name__))
