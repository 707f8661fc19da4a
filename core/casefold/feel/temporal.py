"""Dates, times and durations as text: ISO 8601 in and out, as XML Schema and DMN 1.5 section 10.3.2.3 say."""

import re

from casefold.feel.calendar import date_of, date_or_none, days_of, local_seconds
from casefold.feel.values import (
    DAY_SECONDS,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    Value,
    Zones,
)

MONTHS_MAX = 12 * 1_999_999_998
"""From the first year to the last."""

NANOSECONDS_MAX = 2**63 * SECOND
"""Durations longer than the age of the universe are refused."""

OFFSET_MAX = 18 * 3600
"""ISO 8601 clocks are never further from UTC (XML Schema says 14 hours; Java, and so most engines, 18)."""

_DATE = re.compile(r"(-?)([0-9]{4}|[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]+))?"
    r"(?:([Zz])|([+-])([0-9]{2}):([0-5][0-9])(?::([0-5][0-9]))?|@([A-Za-z0-9_+/-]+))?"
)
_DAYS = re.compile(
    r"(-?)P(?:([0-9]{1,18})D)?(?:T(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:\.([0-9]{0,18}))?S)?)?"
)
_MONTHS = re.compile(r"(-?)P(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?")


def parse_date(text: str) -> Date | None:
    """Read a date.

    >>> parse_date("2024-02-29"), parse_date("2023-02-29"), parse_date("-0044-03-15")
    (Date(year=2024, month=2, day=29), None, Date(year=-44, month=3, day=15))
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year = int(match[2])
    return date_or_none(-year if match[1] else year, int(match[3]), int(match[4]))


def parse_time(text: str, zones: Zones) -> Time | None:
    """Read a time, with an offset, a zone, or neither."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])
    nanoseconds = seconds * SECOND + int((match[4] or "0")[:9].ljust(9, "0"))
    if match[5]:
        return Time(nanoseconds, 0)
    if match[6]:
        offset = int(match[7]) * 3600 + int(match[8]) * 60 + int(match[9] or 0)
        return Time(nanoseconds, -offset if match[6] == "-" else offset) if offset <= OFFSET_MAX else None
    if match[10]:
        return (
            Time(nanoseconds, None, match[10]) if zones.offset_seconds(match[10], 0, local=True) is not None else None
        )
    return Time(nanoseconds)


def parse_date_time(text: str, zones: Zones) -> DateTime | None:
    """Read a date and time; ``24:00:00`` is the next midnight, and a date alone is its own.

    >>> from casefold.feel.values import UtcAlone
    >>> parse_date_time("2021-12-31T24:00:00Z", UtcAlone()) == parse_date_time("2022-01-01T00:00:00Z", UtcAlone())
    True
    """
    day, mark, clock = text.partition("T")
    date = parse_date(day)
    if date is not None and clock.startswith("24:00:00"):
        date, clock = date_of(days_of(date) + 1), "00" + clock[2:]
    if date is None:
        return None
    time = parse_time(clock, zones) if mark else Time(0)
    return DateTime(date, time) if time is not None else None


def parse_duration(text: str) -> DaysDuration | MonthsDuration | None:
    """Read either kind of duration.

    >>> parse_duration("P1DT2H"), parse_duration("-P14M"), parse_duration("P1Y2D")
    (DaysDuration(nanoseconds=93600000000000), MonthsDuration(months=-14), None)
    """
    if text.endswith(("P", "T")):
        return None
    match = _MONTHS.fullmatch(text)
    if match is not None:
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return MonthsDuration(-months if match[1] else months) if months <= MONTHS_MAX else None
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    days, hours, minutes, seconds = (int(match[group] or 0) for group in (2, 3, 4, 5))
    nanoseconds = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * SECOND
    nanoseconds += int((match[6] or "0")[:9].ljust(9, "0"))
    return DaysDuration(-nanoseconds if match[1] else nanoseconds) if nanoseconds <= NANOSECONDS_MAX else None


def parse_any(text: str, zones: Zones) -> Value:
    """Read what ``@"..."`` may hold: a date, a time, a date and time, or a duration."""
    if text[2:3] == ":":
        return parse_time(text, zones)
    if text.lstrip("-").startswith("P"):
        return parse_duration(text)
    return parse_date(text) or (parse_date_time(text, zones) if "T" in text else None)


def date_text(date: Date) -> str:
    """Write a date."""
    return f"{'-' if date.year < 0 else ''}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def time_text(time: Time) -> str:
    """Write a time."""
    seconds, fraction = divmod(time.nanoseconds, SECOND)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{_fraction(fraction)}"
    if time.zone is not None:
        return f"{clock}@{time.zone}"
    return clock if time.offset_seconds is None else clock + offset_text(time.offset_seconds)


def offset_text(offset_seconds: int) -> str:
    """Write an offset from UTC.

    >>> offset_text(0), offset_text(-12600)
    ('Z', '-03:30')
    """
    if offset_seconds == 0:
        return "Z"
    size = abs(offset_seconds)
    seconds = f":{size % 60:02}" if size % 60 else ""
    return f"{'-' if offset_seconds < 0 else '+'}{size // 3600:02}:{size // 60 % 60:02}{seconds}"


def date_time_text(moment: DateTime) -> str:
    """Write a date and time."""
    return f"{date_text(moment.date)}T{time_text(moment.time)}"


def days_text(duration: DaysDuration) -> str:
    """Write a days and time duration.

    >>> days_text(DaysDuration(93_600_000_000_000)), days_text(DaysDuration(0))
    ('P1DT2H', 'PT0S')
    """
    seconds, fraction = divmod(abs(duration.nanoseconds), SECOND)
    days, seconds = divmod(seconds, DAY_SECONDS)
    parts = [f"{seconds // 3600}H" if seconds >= 3600 else "", f"{seconds // 60 % 60}M" if seconds // 60 % 60 else ""]
    parts.append(f"{seconds % 60}{_fraction(fraction)}S" if seconds % 60 or fraction else "")
    clock = "".join(parts)
    if not days and not clock:
        return "PT0S"
    sign = "-" if duration.nanoseconds < 0 else ""
    return f"{sign}P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"


def months_text(duration: MonthsDuration) -> str:
    """Write a years and months duration.

    >>> months_text(MonthsDuration(-14)), months_text(MonthsDuration(0))
    ('-P1Y2M', 'P0M')
    """
    years, months = divmod(abs(duration.months), 12)
    if not years and not months:
        return "P0M"
    sign = "-" if duration.months < 0 else ""
    return f"{sign}P{f'{years}Y' if years else ''}{f'{months}M' if months else ''}"


def _fraction(nanoseconds: int) -> str:
    return f".{nanoseconds:09}".rstrip("0") if nanoseconds else ""


def offset_of(moment: DateTime, zones: Zones) -> int | None:
    """Give the offset of a moment's clock from UTC, if it has one."""
    time = moment.time
    if time.zone is None:
        return time.offset_seconds
    return zones.offset_seconds(time.zone, local_seconds(moment), local=True)
