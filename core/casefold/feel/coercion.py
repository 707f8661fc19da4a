"""Values where another type is wanted: the implicit conversions of DMN 1.5, section 10.3.2.9.4."""

from casefold.feel.types import ListOf, Simple, Type, conforms, type_text
from casefold.feel.values import Date, DateTime, Fault, Function, Reason, Run, Time, Value, kind_of

MIDNIGHT_UTC = Time(0, 0)


def coerce(value: Value, kind: Type, what: str = "") -> Value | Fault:
    """Give a value as one of a type: itself, the one item of its list, or a list of it.

    A date becomes its midnight in UTC where a date and time is wanted. *what* is what the fault will be about.

    >>> coerce(("a",), Simple.STRING), coerce("a", ListOf(Simple.STRING))
    ('a', ('a',))
    """
    if conforms(value, kind):
        return value
    if isinstance(value, tuple) and len(value) == 1 and conforms(value[0], kind):
        return value[0]
    if isinstance(kind, ListOf) and not isinstance(value, tuple) and conforms(value, kind.element):
        return (value,)
    if kind is Simple.DATE_TIME and isinstance(value, Date):
        return DateTime(value, MIDNIGHT_UTC)
    return Fault(Reason.WRONG_TYPE, what, _shape(value), type_text(kind))


def returning(function: Function, kind: Type) -> Function:
    """Give a function whose results are of a type, as a business knowledge model declares it."""

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        found = function.call(run, given)
        return found if isinstance(found, Fault) else coerce(found, kind, function.name)

    return Function(function.name, function.parameters, kind, work)


def _shape(value: Value) -> str:
    """Name a value's type for a message, with what a context or list holds."""
    if isinstance(value, tuple):
        return f"list<{', '.join(dict.fromkeys(map(kind_of, value[:9])))}>"
    if isinstance(value, dict):
        return f"context<{', '.join(list(value)[:9])}>"
    return kind_of(value)
