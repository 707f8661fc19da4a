"""How built-in functions take their arguments: by position or name, in one of several forms."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from attrs import frozen

from casefold.feel.coercion import MIDNIGHT_UTC
from casefold.feel.values import (
    Date,
    DateTime,
    DaysDuration,
    Fault,
    Function,
    MonthsDuration,
    Range,
    Reason,
    Run,
    Time,
    Value,
    kind_of,
)

_TYPES: Mapping[str, frozenset[type]] = MappingProxyType({
    "number": frozenset({Decimal}),
    "string": frozenset({str}),
    "boolean": frozenset({bool}),
    "date": frozenset({Date}),
    "time": frozenset({Time}),
    "date and time": frozenset({DateTime}),
    "days and time duration": frozenset({DaysDuration}),
    "years and months duration": frozenset({MonthsDuration}),
    "range": frozenset({Range}),
    "function": frozenset({Function}),
    "list": frozenset({tuple}),
    "context": frozenset({dict}),
    "null": frozenset({type(None)}),
})  # fmt: skip

_ANYTHING: frozenset[type] = frozenset(kind for kinds in _TYPES.values() for kind in kinds)
_PARAMETER = re.compile(r"([^:?.]+)(\?|\.\.\.)?: (.+)")
_SIGNATURE = re.compile(r"([^(]+)\((.*)\)")


@frozen
class Slot:
    """One parameter of a form: its name and the types it takes."""

    name: str
    types: frozenset[type]
    optional: bool
    rest: bool


@frozen
class Form:
    """One way to call a built-in function.

    Attributes:
        signature: As documented.
        work: Takes the arguments by position, after the evaluation under way if *running*.
    """

    signature: str
    slots: tuple[Slot, ...]
    work: Callable[..., Value | Fault]
    running: bool
    least: int
    most: int | None


@frozen
class BuiltIn:
    """A built-in function and the forms in which it may be called."""

    name: str
    forms: tuple[Form, ...]


def form(signature: str, work: Callable[..., Value | Fault], *, running: bool = False) -> Form:
    """Make a form of its signature: ``name(parameter: type | type, optional?: type, more...: type)``.

    >>> form("abs(n: number)", abs).slots[0].name
    'n'
    """
    match = _SIGNATURE.fullmatch(signature)
    assert match is not None, signature
    slots = tuple(_slot(text) for text in match[2].split(", ") if text)
    least = sum(not slot.optional for slot in slots)
    return Form(signature, slots, work, running, least, None if slots and slots[-1].rest else len(slots))


def _slot(text: str) -> Slot:
    match = _PARAMETER.fullmatch(text)
    assert match is not None, text
    names = match[3].split(" | ")
    kinds = _ANYTHING if names == ["Any"] else frozenset(kind for name in names for kind in _TYPES[name])
    return Slot(match[1], kinds, match[2] == "?", match[2] == "...")


def name_of(form: Form) -> str:
    """Give the name of the function that a form belongs to."""
    return form.signature.partition("(")[0]


def call(run: Run, function: BuiltIn, given: tuple[Value, ...]) -> Value | Fault:
    """Call a built-in function with arguments by position."""
    for way in function.forms:
        bound = bind(way, given)
        if bound is not None:
            return way.work(run, *bound) if way.running else way.work(*bound)
    return Fault(Reason.WRONG_ARGUMENTS, function.name, ", ".join(map(kind_of, given)), _forms(function))


def call_named(run: Run, function: BuiltIn, given: Mapping[str, Value]) -> Value | Fault:
    """Call a built-in function with arguments by name."""
    for way in function.forms:
        names = [slot.name for slot in way.slots]
        if way.most is None or not given.keys() <= set(names):
            continue
        if any(slot.name not in given and not slot.optional for slot in way.slots):
            continue
        last = max(names.index(name) for name in given) if given else -1
        bound = bind(way, tuple(given.get(name) for name in names[: last + 1]))
        if bound is not None:
            return way.work(run, *bound) if way.running else way.work(*bound)
    told = ", ".join(f"{name}: {kind_of(value)}" for name, value in given.items())
    return Fault(Reason.WRONG_ARGUMENTS, function.name, told, _forms(function))


def _forms(function: BuiltIn) -> str:
    return " or ".join(way.signature for way in function.forms)


def bind(way: Form, given: tuple[Value, ...]) -> tuple[Value, ...] | None:
    """Give the arguments as the form wants them; ``None`` if it does not take them."""
    count = len(given)
    if count < way.least or (way.most is not None and count > way.most):
        return None
    slots = way.slots
    for number in range(count):
        slot = slots[number] if number < len(slots) else slots[-1]
        value = given[number]
        if type(value) in slot.types:
            continue
        fitted = fit(value, slot.types)
        if fitted is None:
            return None
        given = (*given[:number], fitted, *given[number + 1 :])
    return given


def fit(value: Value, types: frozenset[type]) -> Value:
    """Convert a value to one of some types (section 10.3.2.9.4); ``None`` if that cannot be."""
    if isinstance(value, tuple) and len(value) == 1 and type(value[0]) in types:
        return value[0]
    if isinstance(value, Date) and DateTime in types:
        return DateTime(value, MIDNIGHT_UTC)
    if tuple in types and value is not None:
        return (value,)
    return None
