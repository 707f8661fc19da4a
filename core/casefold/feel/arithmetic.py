"""What ``+ - * / **`` and the minus sign mean for each pair of types (DMN 1.5, section 10.3.2.3, tables 52 to 57)."""

from collections.abc import Callable
from decimal import Decimal
from types import MappingProxyType

from casefold.feel import numbers
from casefold.feel.calendar import add_months, add_nanoseconds, date_of, days_of, local_seconds
from casefold.feel.coercion import MIDNIGHT_UTC
from casefold.feel.equality import time_offset
from casefold.feel.temporal import MONTHS_MAX, NANOSECONDS_MAX, offset_of
from casefold.feel.values import (
    DAY_SECONDS,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    Fault,
    MonthsDuration,
    Reason,
    Run,
    Time,
    Value,
    kind_of,
)

_DAY = DAY_SECONDS * SECOND

NUMERIC = MappingProxyType({
    "+": numbers.CONTEXT.add,
    "-": numbers.CONTEXT.subtract,
    "*": numbers.CONTEXT.multiply,
    "/": numbers.CONTEXT.divide,
    "**": numbers.power,
})  # fmt: skip
"""The operators on two numbers; what has no answer is not finite."""


def operate(run: Run, operator: str, one: Value, two: Value) -> Value | Fault:
    """Apply an operator to two values."""
    if isinstance(one, Decimal) and isinstance(two, Decimal):
        if operator == "/" and not two:
            return Fault(Reason.DIVISION_BY_ZERO, "/")
        result = NUMERIC[operator](one, two)
        return result if result.is_finite() else Fault(Reason.OUT_OF_BOUNDS, operator)
    found = _BY_OPERATOR[operator](run, one, two)
    if found is None:
        return Fault(Reason.WRONG_TYPE, operator, f"{kind_of(one)}, {kind_of(two)}")
    return found


def negate(value: Value) -> Value | Fault:
    """Apply the minus sign."""
    match value:
        case Decimal():
            return value.copy_negate() if value else value
        case DaysDuration(nanoseconds):
            return DaysDuration(-nanoseconds)
        case MonthsDuration(months):
            return MonthsDuration(-months)
        case _:
            return Fault(Reason.WRONG_TYPE, "-", kind_of(value))


_TOO_FAR = Fault(Reason.OUT_OF_BOUNDS, "date")


def _add(run: Run, one: Value, two: Value) -> Value | Fault:
    match one, two:
        case str(), str():
            return one + two if run.spend(len(one) + len(two) >> 4) else None
        case ((DaysDuration() | MonthsDuration()), (Date() | DateTime() | Time())):
            return _moved(run, two, one, 1)
        case DaysDuration(first), DaysDuration(second):
            return days(first + second)
        case MonthsDuration(first), MonthsDuration(second):
            return months(first + second)
        case _:
            return _moved(run, one, two, 1)


def _subtract(run: Run, one: Value, two: Value) -> Value | Fault:
    match one, two:
        case DaysDuration(first), DaysDuration(second):
            return days(first - second)
        case MonthsDuration(first), MonthsDuration(second):
            return months(first - second)
        case Date(), Date():
            return DaysDuration((days_of(one) - days_of(two)) * _DAY)
        case Time(), Time():
            return _between_times(run, one, two)
        case ((Date() | DateTime()), (Date() | DateTime())):
            return _between_moments(run, _moment(one), _moment(two))
        case _:
            return _moved(run, one, two, -1)


def _moment(value: Date | DateTime) -> DateTime:
    return DateTime(value, MIDNIGHT_UTC) if isinstance(value, Date) else value


def _between_times(run: Run, one: Time, two: Time) -> Value:
    first, second = time_offset(run, one), time_offset(run, two)
    if (first is None) != (second is None):
        return None
    return DaysDuration(one.nanoseconds - two.nanoseconds - ((first or 0) - (second or 0)) * SECOND)


def _between_moments(run: Run, one: DateTime, two: DateTime) -> Value:
    first, second = offset_of(one, run.world.zones), offset_of(two, run.world.zones)
    if (first is None) != (second is None):
        return None
    seconds = local_seconds(one) - (first or 0) - local_seconds(two) + (second or 0)
    return DaysDuration(seconds * SECOND + one.time.nanoseconds % SECOND - two.time.nanoseconds % SECOND)


def _moved(run: Run, one: Value, two: Value, sign: int) -> Value | Fault:
    """Move a date or time by a duration."""
    match one, two:
        case Date(), MonthsDuration(count):
            return add_months(one, sign * count) or _TOO_FAR
        case Date(), DaysDuration(nanoseconds):
            return date_of(days_of(one) + sign * nanoseconds // _DAY) or _TOO_FAR
        case DateTime(), MonthsDuration(count):
            date = add_months(one.date, sign * count)
            return DateTime(date, one.time) if date else _TOO_FAR
        case DateTime(), DaysDuration(nanoseconds):
            return _moved_moment(run, one, sign * nanoseconds) or _TOO_FAR
        case Time(), DaysDuration(nanoseconds):
            return Time((one.nanoseconds + sign * nanoseconds) % _DAY, one.offset_seconds, one.zone)
        case _:
            return None


def _moved_moment(run: Run, moment: DateTime, nanoseconds: int) -> DateTime | None:
    """Move a moment in time: where a zone's clock changes on the way, the clock shows it."""
    moved = add_nanoseconds(moment, nanoseconds)
    if moved is None or moment.time.zone is None:
        return moved
    before = offset_of(moment, run.world.zones) or 0
    after = run.world.zones.offset_seconds(moment.time.zone, local_seconds(moved) - before, local=False) or 0
    return add_nanoseconds(moved, (after - before) * SECOND)


def days(nanoseconds: int) -> Value | Fault:
    """Give a days and time duration, if it is not too long."""
    if abs(nanoseconds) > NANOSECONDS_MAX:
        return Fault(Reason.OUT_OF_BOUNDS, "duration")
    return DaysDuration(nanoseconds)


def months(count: int) -> Value | Fault:
    """Give a years and months duration, if it is not too long."""
    return MonthsDuration(count) if abs(count) <= MONTHS_MAX else Fault(Reason.OUT_OF_BOUNDS, "duration")


def _scaled(duration: DaysDuration | MonthsDuration, factor: Decimal, *, divide: bool) -> Value | Fault:
    if divide and not factor:
        return Fault(Reason.DIVISION_BY_ZERO, "/")
    size = Decimal(duration.nanoseconds if isinstance(duration, DaysDuration) else duration.months)
    result = numbers.truncated(numbers.divide(size, factor) if divide else numbers.multiply(size, factor))
    if result is None:
        return Fault(Reason.OUT_OF_BOUNDS, "duration")
    return days(result) if isinstance(duration, DaysDuration) else months(result)


def _multiply(run: Run, one: Value, two: Value) -> Value | Fault:  # noqa: ARG001
    match one, two:
        case ((DaysDuration() | MonthsDuration()), Decimal()):
            return _scaled(one, two, divide=False)
        case Decimal(), (DaysDuration() | MonthsDuration()):
            return _scaled(two, one, divide=False)
        case _:
            return None


def _divide(run: Run, one: Value, two: Value) -> Value | Fault:  # noqa: ARG001
    match one, two:
        case ((DaysDuration() | MonthsDuration()), Decimal()):
            return _scaled(one, two, divide=True)
        case (DaysDuration(first), DaysDuration(second)) | (MonthsDuration(first), MonthsDuration(second)):
            if second == 0:
                return Fault(Reason.DIVISION_BY_ZERO, "/")
            return numbers.divide(Decimal(first), Decimal(second))
        case _:
            return None


def _power(run: Run, one: Value, two: Value) -> Value | Fault:  # noqa: ARG001
    return None


_BY_OPERATOR: MappingProxyType[str, Callable[[Run, Value, Value], Value | Fault]] = MappingProxyType({
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "**": _power,
})  # fmt: skip
