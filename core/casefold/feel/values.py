"""What FEEL expressions evaluate to (DMN 1.5, section 10.3.2).

Null is ``None``, a boolean ``bool``, a number `Decimal`, a string ``str``, a list a tuple, and a context a dict that
nobody changes once it is made. Nothing here is ever compared with ``==`` by the language: see `casefold.feel.equality`.
"""

from collections.abc import Callable, MutableSequence
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Protocol, TypeAlias

from attrs import frozen

from casefold.kernel.instants import Instant

SECOND = 1_000_000_000
"""Nanoseconds in a second: times and days and time durations are whole nanoseconds."""

DAY_SECONDS = 86_400


@frozen
class Date:
    """A day of the Gregorian calendar, also before 1582 and beyond the year 9999."""

    year: int
    month: int
    day: int


@frozen
class Time:
    """A time of day.

    Attributes:
        nanoseconds: Since midnight.
        offset_seconds: East of UTC; ``None`` with a *zone*, or for a local time.
        zone: An IANA zone name, or ``None``.
    """

    nanoseconds: int
    offset_seconds: int | None = None
    zone: str | None = None


@frozen
class DateTime:
    """A day and a time."""

    date: Date
    time: Time


@frozen
class DaysDuration:
    """A days and time duration."""

    nanoseconds: int


@frozen
class MonthsDuration:
    """A years and months duration."""

    months: int


@frozen
class Range:
    """All values between two; an end that is ``None`` is open to infinity.

    Attributes:
        operator: For a range that was written as a comparison, such as ``(< 10)``, that comparison.
    """

    start: "Value"
    start_included: bool
    end: "Value"
    end_included: bool
    operator: str | None = None


@frozen
class Parameter:
    """A parameter of a function: its name, and its type as FEEL text where one was given."""

    name: str
    type: object = None


@frozen(eq=False)
class Function:
    """A function as a value.

    Attributes:
        name: What messages call it.
        parameters: In order, without the types of built-in functions.
        result: The type of what it returns, if that is known.
        call: Takes the evaluation under way and the arguments by position.
        built_in: The built-in function that it is, which takes arguments in more ways than one.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: object
    call: "Callable[[Run, tuple[Value, ...]], Value | Fault]"
    built_in: object = None


Value: TypeAlias = (
    None
    | bool
    | Decimal
    | str
    | Date
    | Time
    | DateTime
    | DaysDuration
    | MonthsDuration
    | Range
    | Function
    | tuple["Value", ...]
    | dict[str, "Value"]
)


class Reason(Enum):
    """Why an expression is null (or cannot be read) where a value was wanted."""

    BAD_TEXT = "bad_text"
    """A text is not the date, number or other value that it should be."""
    DIVISION_BY_ZERO = "division_by_zero"
    """A division by zero."""
    NO_FUNCTION = "no_function"
    """What is called is no function."""
    NO_MEMBER = "no_member"
    """A context or a value has no such member."""
    NO_VALUE = "no_value"
    """A name was given no value."""
    NOT_ALLOWED = "not_allowed"
    """A value is none of those that its place allows, or what should agree does not."""
    OUT_OF_BOUNDS = "out_of_bounds"
    """An argument or a result is outside what the operation is defined for."""
    TOO_DEEP = "too_deep"
    """Calls or values are nested too deeply."""
    WRONG_ARGUMENTS = "wrong_arguments"
    """A function does not take such arguments."""
    WRONG_TYPE = "wrong_type"
    """An operation does not take values of such types."""


@frozen
class Fault:
    """Why there is no value.

    Attributes:
        reason: What kind of fault it is.
        what: The operation, function or name that it is about.
        given: What it met: the names of the types, or the offending text.
        wanted: What it would have taken.
    """

    reason: Reason
    what: str
    given: str = ""
    wanted: str = ""


@frozen
class Span:
    """Where in a text something stands: from *start* up to *end*, in characters from 0."""

    start: int
    end: int


@frozen
class Problem:
    """A fault, and the place in the text where it was met.

    Attributes:
        place: Where the text stands, from the outermost in, such as ``decision rate``, ``rule 2``, ``input score``;
            empty for a text that stands by itself.
    """

    fault: Fault
    span: Span
    place: tuple[str, ...] = ()


class Zones(Protocol):
    """The time zones of the world; reading them is an adapter's work."""

    def offset_seconds(self, zone: str, seconds: int, *, local: bool) -> int | None:
        """Give a zone's offset east of UTC at a time, or ``None`` if there is no such zone.

        *seconds* counts from 1970-01-01T00:00:00, in UTC or, if *local*, on the zone's own clock. A local time that a
        clock skips or repeats has the offset from before the change.
        """


FUEL = 1_000_000
"""Steps an evaluation may take where nobody says otherwise: a second or two of work, and a thousand times what
a lending decision needs."""


@frozen
class UtcAlone:
    """A world that knows no zone but UTC."""

    def offset_seconds(self, zone: str, seconds: int, *, local: bool) -> int | None:  # noqa: ARG002
        """Give nought for UTC."""
        return 0 if zone in {"UTC", "Etc/UTC", "Etc/GMT", "GMT", "Z"} else None


@frozen
class World:
    """What an expression may ask of the world.

    Attributes:
        as_of: The instant that ``now()`` and ``today()`` mean, in microseconds UTC.
        zone: The zone in which they are told, ``None`` for UTC.
        zones: The time zones.
        fuel: How many steps an evaluation may take.
    """

    as_of: Instant = Instant(0)
    zone: str | None = None
    zones: Zones = UtcAlone()
    fuel: int = FUEL


@frozen(eq=False)
class Run:
    """One evaluation under way: what it may still spend, how deep it is, and what it met.

    The one place where an evaluation writes; it is made for each evaluation and dropped with it.

    Attributes:
        meter: The fuel that is left, and the depth of calls.
        problems: What went wrong so far.
        seen: What functions of the caller's own noted of how they came to their values; ``None`` if nobody asks.
    """

    world: World
    meter: MutableSequence[int]
    problems: MutableSequence[Problem]
    seen: MutableSequence[object] | None = None

    def put(self, place: str, since: int) -> None:
        """Say of the problems met *since* there were so many that they were met within a place."""
        for at in range(since, len(self.problems)):
            problem = self.problems[at]
            self.problems[at] = Problem(problem.fault, problem.span, (place, *problem.place))

    def spend(self, steps: int) -> bool:
        """Take *steps* from the fuel, and say whether there is still some left."""
        left = self.meter[0] - steps
        self.meter[0] = left
        return left >= 0


def kind_of(value: object) -> str:
    """Name the type of a value as FEEL does.

    >>> kind_of(Decimal(1)), kind_of(()), kind_of(None)
    ('number', 'list', 'null')
    """
    return _KINDS.get(type(value).__name__, "Any")


_KINDS = MappingProxyType(
    {
        "NoneType": "null",
        "bool": "boolean",
        "Decimal": "number",
        "str": "string",
        "Date": "date",
        "Time": "time",
        "DateTime": "date and time",
        "DaysDuration": "days and time duration",
        "MonthsDuration": "years and months duration",
        "Range": "range",
        "Function": "function",
        "tuple": "list",
        "dict": "context",
    }
)
