"""When two values are equal, and which comes first (DMN 1.5, section 10.3.2.3 and table 53).

The language asks these and never Python's ``==``: values may share parts many times over, so that a walk is paid from
the fuel, and be nested more deeply than Python could follow.
"""

from decimal import Decimal
from typing import cast

from casefold.feel.calendar import days_of, local_seconds
from casefold.feel.temporal import offset_of
from casefold.feel.types import DEPTH_MAX
from casefold.feel.values import (
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Range,
    Run,
    Time,
    Value,
)

LONG = 256
"""Letters of a text that one step of fuel pays for."""

_ATOMS = frozenset({Decimal, str, bool, Date, DaysDuration, MonthsDuration})


def equal(run: Run, one: Value, two: Value, depth: int = 0) -> bool | None:
    """Say whether two values are equal; ``None`` if they are of different types and so cannot be compared.

    Times are compared by the second, and by UTC where both know it.
    """
    kind = type(one)
    if kind is type(two):
        if kind in _ATOMS:
            if kind is str and len(cast("str", one)) > LONG and not run.spend(len(cast("str", one)) // LONG):
                return None
            return one == two
        return _equal_parts(run, one, two, depth)
    if one is None or two is None:
        return False
    return None


def _equal_parts(run: Run, one: Value, two: Value, depth: int) -> bool | None:
    if depth > DEPTH_MAX or not run.spend(1):
        return None
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(equal(run, *pair, depth + 1) is True for pair in zip(one, two, strict=True))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(equal(run, one[key], two[key], depth + 1) is True for key in one)
    if isinstance(one, Range) and isinstance(two, Range):
        return (
            (one.start_included, one.end_included, one.operator) == (two.start_included, two.end_included, two.operator)
            and equal(run, one.start, two.start, depth + 1) is True
            and equal(run, one.end, two.end, depth + 1) is True
        )
    if isinstance(one, (Time, DateTime)):
        order = compare(run, one, two)
        return None if order is None else order == 0
    return one is two


def compare(run: Run, one: Value, two: Value) -> int | None:
    """Give a negative number, nought or a positive one as *one* comes before, with or after *two*.

    ``None`` if they are not of one type that has an order.
    """
    if type(one) is not type(two):
        return None
    if isinstance(one, Decimal) and isinstance(two, Decimal):
        return (one > two) - (one < two)
    if isinstance(one, str) and isinstance(two, str):
        return (one > two) - (one < two) if run.spend(len(one) // LONG) else None
    if isinstance(one, Date) and isinstance(two, Date):
        return days_of(one) - days_of(two)
    if isinstance(one, DaysDuration) and isinstance(two, DaysDuration):
        return one.nanoseconds - two.nanoseconds
    if isinstance(one, MonthsDuration) and isinstance(two, MonthsDuration):
        return one.months - two.months
    if isinstance(one, Time) and isinstance(two, Time):
        return _compare_times(run, one, two)
    if isinstance(one, DateTime) and isinstance(two, DateTime):
        return _compare_moments(run, one, two)
    return None


def _compare_times(run: Run, one: Time, two: Time) -> int | None:
    offsets = time_offset(run, one), time_offset(run, two)
    if (offsets[0] is None) != (offsets[1] is None):
        return None
    return one.nanoseconds // SECOND - (offsets[0] or 0) - two.nanoseconds // SECOND + (offsets[1] or 0)


def time_offset(run: Run, time: Time) -> int | None:
    """Give the offset of a time from UTC, if it has one; a zone's is the one as of the evaluation."""
    if time.zone is None:
        return time.offset_seconds
    return run.world.zones.offset_seconds(time.zone, run.world.as_of // 1_000_000, local=False)


def _compare_moments(run: Run, one: DateTime, two: DateTime) -> int | None:
    first, second = utc_seconds(run, one), utc_seconds(run, two)
    if (first is None) != (second is None):
        return None
    return (local_seconds(one) if first is None else first) - (local_seconds(two) if second is None else second)


def utc_seconds(run: Run, moment: DateTime) -> int | None:
    """Count the whole seconds in UTC since 1970-01-01T00:00:00Z, if the moment knows its offset."""
    offset = offset_of(moment, run.world.zones)
    return None if offset is None else local_seconds(moment) - offset


def shallow(run: Run, value: Value, depth: int = 0) -> bool:
    """Whether a value is nested no more deeply than `DEPTH_MAX`, as far as the fuel suffices to see."""
    if isinstance(value, tuple):
        inner = value
    elif isinstance(value, dict):
        inner = tuple(value.values())
    else:
        return True
    return depth < DEPTH_MAX and run.spend(len(inner)) and all(shallow(run, part, depth + 1) for part in inner)


def identical(run: Run, one: Value, two: Value) -> bool:
    """Say whether two values are the same in every respect: two times also in how they tell it."""
    if isinstance(one, (Time, DateTime)):
        return one == two
    return type(one) is type(two) and equal(run, one, two) is True
