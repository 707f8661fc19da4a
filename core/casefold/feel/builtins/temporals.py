"""Built-in functions on dates and times, and the two that tell the time (DMN 1.5, sections 10.3.4.8 and .9)."""

from decimal import Decimal

from casefold.feel.arguments import form
from casefold.feel.calendar import add_nanoseconds, day_of_year, week_of_year, weekday
from casefold.feel.values import SECOND, Date, DateTime, Fault, Run, Time, Value

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_EPOCH = DateTime(Date(1970, 1, 1), Time(0))


def _day(given: Date | DateTime) -> Date:
    return given.date if isinstance(given, DateTime) else given


def _day_of_year(date: Date | DateTime) -> Value | Fault:
    return Decimal(day_of_year(_day(date)))


def _day_of_week(date: Date | DateTime) -> Value | Fault:
    return DAYS[weekday(_day(date)) - 1]


def _month_of_year(date: Date | DateTime) -> Value | Fault:
    return MONTHS[_day(date).month - 1]


def _week_of_year(date: Date | DateTime) -> Value | Fault:
    return Decimal(week_of_year(_day(date)))


def told(run: Run) -> DateTime:
    """Give the instant as of which the evaluation asks, on the clock of the world's zone."""
    world = run.world
    utc = add_nanoseconds(_EPOCH, world.as_of * 1000) or _EPOCH
    if world.zone is None:
        return DateTime(utc.date, Time(utc.time.nanoseconds, 0))
    offset = world.zones.offset_seconds(world.zone, world.as_of // 1_000_000, local=False) or 0
    local = add_nanoseconds(utc, offset * SECOND) or utc
    return DateTime(local.date, Time(local.time.nanoseconds, None, world.zone))


def _now(run: Run) -> Value | Fault:
    return told(run)


def _today(run: Run) -> Value | Fault:
    return told(run).date


FORMS = (
    form("now()", _now, running=True),
    form("today()", _today, running=True),
    form("day of year(date: date | date and time)", _day_of_year),
    form("day of week(date: date | date and time)", _day_of_week),
    form("month of year(date: date | date and time)", _month_of_year),
    form("week of year(date: date | date and time)", _week_of_year),
)
