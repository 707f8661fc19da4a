"""The Gregorian calendar on plain integers: days, months and years before, within and beyond those of `datetime`."""

from casefold.feel.values import DAY_SECONDS, SECOND, Date, DateTime, Time

YEAR_MAX = 999_999_999
"""The largest year of FEEL (DMN 1.5, section 10.3.2.3.4), and its negative the smallest."""

DAYS_400_YEARS = 146_097

_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def is_leap(year: int) -> bool:
    """Say whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year: int, month: int) -> int:
    """Give the number of days in a month."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def date_or_none(year: int, month: int, day: int) -> Date | None:
    """Give the date, if there is such a day.

    >>> date_or_none(2023, 2, 29)
    """
    if not (-YEAR_MAX <= year <= YEAR_MAX and 1 <= month <= 12 and 1 <= day <= month_days(year, month)):
        return None
    return Date(year, month, day)


def days_of(date: Date) -> int:
    """Count the days from 1970-01-01 to a date.

    >>> days_of(Date(1970, 1, 1)), days_of(Date(2000, 3, 1)), days_of(Date(-1, 12, 31))
    (0, 11017, -719529)
    """
    year = date.year if date.month > 2 else date.year - 1
    era, of_era = divmod(year, 400)
    of_year = (153 * ((date.month + 9) % 12) + 2) // 5 + date.day - 1
    return era * DAYS_400_YEARS + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def date_of(days: int) -> Date | None:
    """Give the date so many days from 1970-01-01, unless its year is beyond `YEAR_MAX`."""
    era, of_era = divmod(days + 719_468, DAYS_400_YEARS)
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = year_of_era + era * 400 + (month <= 2)
    return date_or_none(year, month, of_year - (153 * shifted + 2) // 5 + 1)


def weekday(date: Date) -> int:
    """Give the day of the week: 1 for Monday to 7 for Sunday."""
    return (days_of(date) + 3) % 7 + 1


def day_of_year(date: Date) -> int:
    """Give the day of the year, from 1."""
    return _DAYS_BEFORE[date.month - 1] + date.day + (date.month > 2 and is_leap(date.year))


def week_of_year(date: Date) -> int:
    """Give the week of the year by ISO 8601: the first is the one with the year's first Thursday.

    >>> week_of_year(Date(2005, 1, 1)), week_of_year(Date(2003, 12, 29))
    (53, 1)
    """
    thursday = date_of(days_of(date) - weekday(date) + 4)
    return (day_of_year(thursday) - 1) // 7 + 1 if thursday else 53


def add_months(date: Date, months: int) -> Date | None:
    """Move a date by months; a day that the month does not have becomes its last.

    >>> add_months(Date(2024, 1, 31), 1), add_months(Date(2024, 2, 29), -12)
    (Date(year=2024, month=2, day=29), Date(year=2023, month=2, day=28))
    """
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return date_or_none(year, month + 1, min(date.day, month_days(year, month + 1)))


def local_seconds(moment: DateTime) -> int:
    """Count the whole seconds of the moment's own clock since 1970-01-01T00:00:00."""
    return days_of(moment.date) * DAY_SECONDS + moment.time.nanoseconds // SECOND


def add_nanoseconds(moment: DateTime, nanoseconds: int) -> DateTime | None:
    """Move a moment on its own clock."""
    days, rest = divmod(moment.time.nanoseconds + nanoseconds, DAY_SECONDS * SECOND)
    date = date_of(days_of(moment.date) + days)
    return DateTime(date, Time(rest, moment.time.offset_seconds, moment.time.zone)) if date else None


def months_between(start: Date, end: Date) -> int:
    """Count the whole months from one date to another, towards nought.

    >>> months_between(Date(2011, 12, 22), Date(2013, 8, 24)), months_between(Date(2013, 8, 24), Date(2011, 12, 22))
    (20, -20)
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    if months < 0 and end.day > start.day:
        return months + 1
    return months
