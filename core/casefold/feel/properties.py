"""The properties of dates, times, durations and ranges (DMN 1.5, section 10.3.2.6, table 65)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from casefold.feel import numbers
from casefold.feel.calendar import weekday
from casefold.feel.equality import time_offset
from casefold.feel.temporal import offset_of
from casefold.feel.values import (
    DAY_SECONDS,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    Fault,
    MonthsDuration,
    Range,
    Reason,
    Run,
    Time,
    Value,
    kind_of,
)

Owner = TypeVar("Owner")


def property_of(run: Run, value: Value, name: str) -> Value | Fault:
    """Give a property of a value."""
    match value:
        case Date():
            return _known(_DATE, value, name)
        case Time():
            return _duration(time_offset(run, value)) if name == "time offset" else _known(_TIME, value, name)
        case DateTime(date, time):
            if name == "time offset":
                return _duration(offset_of(value, run.world.zones))
            return _known(_DATE, date, name) if name in _DATE else _known(_TIME, time, name)
        case DaysDuration():
            return _known(_DAYS, value, name)
        case MonthsDuration():
            return _known(_MONTHS, value, name)
        case Range():
            return _known(_RANGE, value, name)
        case _:
            return Fault(Reason.NO_MEMBER, name, kind_of(value))


def _duration(offset_seconds: int | None) -> Value:
    return None if offset_seconds is None else DaysDuration(offset_seconds * SECOND)


def _known(table: Mapping[str, Callable[[Owner], Value]], value: Owner, name: str) -> Value | Fault:
    read = table.get(name)
    return Fault(Reason.NO_MEMBER, name, kind_of(value)) if read is None else read(value)


def _second(time: Time) -> Value:
    seconds, fraction = divmod(time.nanoseconds, SECOND)
    whole = Decimal(seconds % 60)
    return numbers.add(whole, Decimal(fraction).scaleb(-9, numbers.CONTEXT)) if fraction else whole


def _part(duration: DaysDuration, unit: int, modulus: int | None) -> Value:
    size = abs(duration.nanoseconds) // SECOND // unit
    part = Decimal(size if modulus is None else size % modulus)
    return part.copy_negate() if duration.nanoseconds < 0 and part else part


def _months_part(duration: MonthsDuration, *, years: bool) -> Value:
    size = abs(duration.months)
    part = Decimal(size // 12 if years else size % 12)
    return part.copy_negate() if duration.months < 0 and part else part


_DATE: Mapping[str, Callable[[Date], Value]] = MappingProxyType({
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(weekday(date)),
})  # fmt: skip

_TIME: Mapping[str, Callable[[Time], Value]] = MappingProxyType({
    "hour": lambda time: Decimal(time.nanoseconds // SECOND // 3600),
    "minute": lambda time: Decimal(time.nanoseconds // SECOND // 60 % 60),
    "second": _second,
    "timezone": lambda time: time.zone,
})  # fmt: skip

_DAYS: Mapping[str, Callable[[DaysDuration], Value]] = MappingProxyType({
    "days": lambda duration: _part(duration, DAY_SECONDS, None),
    "hours": lambda duration: _part(duration, 3600, 24),
    "minutes": lambda duration: _part(duration, 60, 60),
    "seconds": lambda duration: _part(duration, 1, 60),
})  # fmt: skip

_MONTHS: Mapping[str, Callable[[MonthsDuration], Value]] = MappingProxyType({
    "years": lambda duration: _months_part(duration, years=True),
    "months": lambda duration: _months_part(duration, years=False),
})  # fmt: skip

_RANGE: Mapping[str, Callable[[Range], Value]] = MappingProxyType({
    "start": lambda range_: range_.start,
    "end": lambda range_: range_.end,
    "start included": lambda range_: range_.start_included,
    "end included": lambda range_: range_.end_included,
})  # fmt: skip
