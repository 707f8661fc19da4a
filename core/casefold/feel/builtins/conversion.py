"""Built-in functions that make one kind of value of another, and on booleans (DMN 1.5, sections 10.3.4.1 and .2)."""

import re
from decimal import Decimal

from casefold.feel import numbers
from casefold.feel.arguments import form
from casefold.feel.calendar import date_or_none, months_between
from casefold.feel.coercion import MIDNIGHT_UTC
from casefold.feel.equality import compare, identical
from casefold.feel.temporal import (
    OFFSET_MAX,
    parse_any,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from casefold.feel.tokens import Kind, Token, tokens
from casefold.feel.values import (
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
)
from casefold.feel.writing import text_of
from casefold.kernel.results import Failure

_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")


def _bad(name: str, text: str) -> Fault:
    return Fault(Reason.BAD_TEXT, name, text)


def _date(given: str | Date | DateTime) -> Value | Fault:
    match given:
        case str():
            return parse_date(given) or _bad("date", given)
        case Date():
            return given
        case DateTime(date):
            return date


def _date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> Value | Fault:
    parts = [numbers.truncated(part) for part in (year, month, day)]
    if None not in parts:
        date = date_or_none(*(part for part in parts if part is not None))
        if date is not None:
            return date
    return Fault(Reason.OUT_OF_BOUNDS, "date", "-".join(numbers.text(part) for part in (year, month, day)))


def _time(run: Run, given: str | Time | Date | DateTime) -> Value | Fault:
    match given:
        case str():
            return parse_time(given, run.world.zones) or _bad("time", given)
        case Time():
            return given
        case DateTime(_, time):
            return time
        case Date():
            return MIDNIGHT_UTC


def _time_of_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None = None
) -> Value | Fault:
    hours, minutes = numbers.truncated(hour), numbers.truncated(minute)
    nanoseconds = numbers.truncated(numbers.multiply(second, Decimal(SECOND)))
    offset_seconds = None if offset is None else int(offset.nanoseconds / SECOND)
    if (
        hours is None
        or minutes is None
        or nanoseconds is None
        or not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= nanoseconds < 60 * SECOND)
        or abs(offset_seconds or 0) > OFFSET_MAX
    ):
        return Fault(Reason.OUT_OF_BOUNDS, "time", ":".join(numbers.text(part) for part in (hour, minute, second)))
    return Time((hours * 3600 + minutes * 60) * SECOND + nanoseconds, offset_seconds)


def _date_and_time(run: Run, given: str | DateTime) -> Value | Fault:
    if isinstance(given, DateTime):
        return given
    return parse_date_time(given, run.world.zones) or _bad("date and time", given)


def _date_and_time_of_parts(date: Date | DateTime, time: Time) -> Value | Fault:
    return DateTime(date.date if isinstance(date, DateTime) else date, time)


def _duration(given: str | DaysDuration | MonthsDuration) -> Value | Fault:
    return (parse_duration(given) or _bad("duration", given)) if isinstance(given, str) else given


def _months_duration(start: Date | DateTime, end: Date | DateTime) -> Value | Fault:
    first, last = (moment.date if isinstance(moment, DateTime) else moment for moment in (start, end))
    return MonthsDuration(months_between(first, last))


def _string(run: Run, given: Value) -> Value | Fault:
    if given is None:
        return None
    said = text_of(run, given)
    return Fault(Reason.TOO_DEEP, "string") if said is None else said


def _number(given: str) -> Value | Fault:
    found = numbers.number(given)
    return _bad("number", given) if found is None else found


def _number_with_marks(given: str, grouping: str | None, point: str | None = None) -> Value | Fault:
    if grouping not in {None, " ", ",", "."} or point not in {None, ",", "."} or (grouping and grouping == point):
        return Fault(Reason.WRONG_ARGUMENTS, "number", f"{grouping}, {point}")
    plain = given.replace(grouping, "") if grouping else given
    if point == ",":
        plain = plain.replace(".", "_").replace(",", ".")
    return _number(plain)


def _is(run: Run, one: Value = None, two: Value = None) -> Value | Fault:
    return identical(run, one, two)


def _not(negand: bool | None) -> Value | Fault:
    return None if negand is None else not negand


def _range(run: Run, given: str) -> Value | Fault:
    """Read a range of literals, such as ``[1..10)``; its ends are of one type and in order."""
    cut = tokens(given)
    if isinstance(cut, Failure):
        return _bad("range", given)
    marks = cut.unwrap()
    dots = [at for at, token in enumerate(marks) if token.kind is Kind.MARK and token.text == ".."]
    if len(dots) != 1 or marks[0].text not in {"[", "(", "]"} or marks[-2].text not in {"]", ")", "["}:
        return _bad("range", given)
    start = _endpoint(run, marks[1 : dots[0]])
    end = _endpoint(run, marks[dots[0] + 1 : -2])
    order = None if start is None or end is None else compare(run, start, end)
    if order is None or order > 0:
        return _bad("range", given)
    return Range(start, marks[0].text == "[", end, marks[-2].text == "]")


def _endpoint(run: Run, found: tuple[Token, ...]) -> Value:
    """Read a literal, or a call with one string that makes a temporal value."""
    words = " ".join(token.text if token.kind is not Kind.STRING else '"' for token in found)
    last = next((token.text for token in found if token.kind is Kind.STRING), "")
    match words:
        case '"':
            return last
        case '@ "':
            return parse_any(last, run.world.zones)
        case 'date ( " )' | 'time ( " )' | 'date and time ( " )' | 'duration ( " )':
            return _of_kind(run, last, words.removesuffix(' ( " )'))
        case _:
            plain = words.replace("- ", "-")
            return numbers.number(plain) if _PLAIN_NUMBER.fullmatch(plain) else None


def _of_kind(run: Run, text: str, kind: str) -> Value:
    match kind:
        case "date":
            return parse_date(text)
        case "time":
            return parse_time(text, run.world.zones)
        case "duration":
            return parse_duration(text)
        case _:
            return parse_date_time(text, run.world.zones)


FORMS = (
    form("date(from: string | date | date and time)", _date),
    form("date(year: number, month: number, day: number)", _date_of_parts),
    form("time(from: string | time | date and time | date)", _time, running=True),
    form(
        "time(hour: number, minute: number, second: number, offset?: days and time duration | null)",
        _time_of_parts,
    ),
    form("date and time(from: string | date and time)", _date_and_time, running=True),
    form("date and time(date: date | date and time, time: time)", _date_and_time_of_parts),
    form("duration(from: string | days and time duration | years and months duration)", _duration),
    form("years and months duration(from: date | date and time, to: date | date and time)", _months_duration),
    form("string(from: Any)", _string, running=True),
    form("number(from: string)", _number),
    form(
        "number(from: string, grouping separator: string | null, decimal separator?: string | null)",
        _number_with_marks,
    ),
    form("is(value1?: Any, value2?: Any)", _is, running=True),
    form("not(negand: boolean | null)", _not),
    form("range(from: string)", _range, running=True),
)
