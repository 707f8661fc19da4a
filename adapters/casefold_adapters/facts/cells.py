"""A text as a value of the type that an input declares: exactly, or not at all."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from casefold.feel.numbers import DIGITS, number
from casefold.feel.temporal import parse_date, parse_date_time, parse_duration, parse_time
from casefold.feel.types import Simple, Type, type_text
from casefold.feel.values import DaysDuration, MonthsDuration, Value, Zones
from casefold_adapters.facts.values import BadCell

SHOWN_MAX = 60
"""How much of a bad value is shown."""


def cell(text: str, kind: Type, zones: Zones) -> Value | BadCell:
    """Read a cell; one that is empty is null.

    >>> from casefold.feel.values import UtcAlone
    >>> cell(" 0.30 ", Simple.NUMBER, UtcAlone()), cell("1,200", Simple.NUMBER, UtcAlone())
    (Decimal('0.30'), BadCell(given='1,200', wanted='number'))
    """
    if not text:
        return None
    if kind is Simple.STRING or kind is Simple.ANY:
        return text
    read = _READERS.get(kind) if isinstance(kind, Simple) else None
    bare = text.strip()
    if not bare:
        return None
    found = read(bare, zones) if read is not None else None
    return BadCell(shown(text), type_text(kind)) if found is None else found


def shown(text: str) -> str:
    """Cut a text short."""
    return text if len(text) <= SHOWN_MAX else text[:SHOWN_MAX] + "…"


def _number(text: str, _: Zones) -> Value:
    """Read a number that FEEL can hold to its last digit."""
    if len(text) > DIGITS and sum(map(str.isdigit, text.lower().partition("e")[0].lstrip("-+0."))) > DIGITS:
        return None
    return number(text)


def _boolean(text: str, _: Zones) -> Value:
    return {"true": True, "false": False}.get(text.lower())


def _days(text: str, _: Zones) -> Value:
    found = parse_duration(text)
    return found if isinstance(found, DaysDuration) else None


def _months(text: str, _: Zones) -> Value:
    found = parse_duration(text)
    return found if isinstance(found, MonthsDuration) else None


_READERS: Mapping[Simple, Callable[[str, Zones], Value]] = MappingProxyType({
    Simple.NUMBER: _number,
    Simple.BOOLEAN: _boolean,
    Simple.DATE: lambda text, _: parse_date(text),
    Simple.TIME: parse_time,
    Simple.DATE_TIME: parse_date_time,
    Simple.DAYS: _days,
    Simple.MONTHS: _months,
})  # fmt: skip

TEMPORAL = frozenset({Simple.DATE, Simple.TIME, Simple.DATE_TIME, Simple.DAYS, Simple.MONTHS})
"""Types that JSON writes as text."""
