"""Parts of what an input may be, such as "from 500 up to 620" or "any other state", and a readable value of each."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import chain, count
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.feel.calendar import date_of, days_of
from casefold.feel.numbers import CONTEXT, DIGITS
from casefold.feel.types import Simple, Type
from casefold.feel.values import DAY_SECONDS, SECOND, Date, DateTime, MonthsDuration, Time, Value
from casefold.policy.index import Key, key_of, point_of


@frozen
class Span:
    """Points of one type that lie between two places; an end that is ``None`` is beyond all points."""

    kind: type
    low: Key | None
    low_included: bool
    high: Key | None
    high_included: bool


@frozen
class Word:
    """One string, or one boolean."""

    value: str | bool


@frozen
class Others:
    """Any string but those that are *named*."""

    named: tuple[str, ...]


@frozen
class Anything:
    """Any value of a type about whose values nothing is known."""

    type: Type


Part: TypeAlias = Span | Word | Others | Anything

_MADE_UP = ("other", "another", "something else")

_SAMPLES: Mapping[Simple, Value] = MappingProxyType({
    Simple.TIME: Time(12 * 3600 * SECOND),
    Simple.DATE_TIME: DateTime(Date(2000, 1, 1), Time(12 * 3600 * SECOND)),
    Simple.LIST: (),
    Simple.ANY: "anything",
})  # fmt: skip


def witness(part: Part) -> Value:
    """Give a value that lies in a part and is easy to read.

    >>> witness(Span(Decimal, Decimal(620), True, Decimal(680), False)), witness(Others(("CA", "other")))
    (Decimal('640'), 'another')
    """
    match part:
        case Word(value):
            return value
        case Others(named):
            made_up: Iterable[str] = chain(_MADE_UP, (f"other {at}" for at in count(1)))
            return next(each for each in made_up if each not in named)
        case Anything(kind):
            return _SAMPLES.get(kind, ()) if isinstance(kind, Simple) else ()
        case Span():
            return _point(part)


def is_empty(span: Span) -> bool:
    """Whether no value of the type lies between the ends: between one day and the next there is nothing."""
    if span.kind is Decimal:
        return _ends(span) is None
    return _point(span) is None


def holds(part: Part, value: Value) -> bool:
    """Whether a value lies in a part."""
    match part:
        case Word(word):
            return type(value) is type(word) and value == word
        case Others(named):
            return isinstance(value, str) and value not in named
        case Anything():
            return True
        case Span(kind, low, low_included, high, high_included):
            if type(value) is not kind:
                return False
            key = key_of(value)  # type: ignore[arg-type]
            above = low is None or key > low or (low_included and key == low)
            return above and (high is None or key < high or (high_included and key == high))


def joined(parts: Sequence[Part], chosen: Sequence[int]) -> tuple[Part, ...]:
    """Join those of all parts of an input that are chosen, by number, into as few as say the same.

    >>> states = (Word("CA"), Word("NY"), Others(("CA", "NY")))
    >>> joined(states, (1, 2))
    (Others(named=('CA',)),)
    """
    found: list[Part] = []
    before = -2
    for number in chosen:
        part = parts[number]
        last = found[-1] if found else None
        if isinstance(part, Span) and isinstance(last, Span) and number == before + 1:
            found[-1] = Span(part.kind, last.low, last.low_included, part.high, part.high_included)
        else:
            found.append(part)
        before = number
    others = next((part for part in found if isinstance(part, Others)), None)
    if others is None:
        return tuple(found)
    words = {part.value for part in found if isinstance(part, Word)}
    return (Others(tuple(word for word in others.named if word not in words)),)


def _point(span: Span) -> Value:
    """Give the roundest point of a span; nothing if there is none."""
    if span.kind is Decimal:
        ends = _ends(span)
        return None if ends is None else _roundest(*ends)
    low = None if span.low is None else int(span.low) + (not span.low_included)
    high = None if span.high is None else int(span.high) - (not span.high_included)
    if low is not None and high is not None and low > high:
        return None
    return point_of(span.kind, _whole(span.kind, low, high))


def _ends(span: Span) -> tuple[Decimal | None, Decimal | None] | None:
    """Give the least and the largest number of a span, if it holds any of 34 digits."""
    low = None if span.low is None else Decimal(span.low)
    high = None if span.high is None else Decimal(span.high)
    least = low if low is None or span.low_included else CONTEXT.next_plus(low)
    most = high if high is None or span.high_included else CONTEXT.next_minus(high)
    if not all(end.is_finite() for end in (least, most) if end is not None):
        return None
    return None if least is not None and most is not None and least > most else (least, most)


def _roundest(least: Decimal | None, most: Decimal | None) -> Decimal:
    """Give the number between two, themselves included, that has the fewest digits, and of those one in the middle."""
    if least is None and most is None:
        return Decimal(0)
    if most is not None and most <= 0 and (least is None or least < 0):
        mirrored = _roundest(most.copy_negate(), None if least is None else least.copy_negate())
        return mirrored.copy_negate() if mirrored else mirrored
    if least is not None and most is not None and least < 0:
        return Decimal(0)
    size = most if most is not None else least
    assert size is not None
    top = max(size.adjusted(), 0) if size else 0
    for exponent in range(top, top - 2 * DIGITS, -1):
        found = _multiple(least, most, exponent)
        if found is not None:
            return found
    return least if least is not None else size


def _multiple(least: Decimal | None, most: Decimal | None, exponent: int) -> Decimal | None:
    """Give a multiple of a power of ten that lies between two numbers, themselves included."""
    first = None if least is None else _quotient(least, exponent, ROUND_CEILING)
    last = None if most is None else _quotient(most, exponent, ROUND_FLOOR)
    if first is None:
        return _plain(last, exponent) if last else None
    if last is None:
        return _plain(first, exponent)
    return _plain(Decimal((int(first) + int(last)) // 2), exponent) if first <= last else None


def _quotient(number: Decimal, exponent: int, rounding: str) -> Decimal:
    return number.scaleb(-exponent, CONTEXT).to_integral_value(rounding, CONTEXT)


def _plain(multiple: Decimal, exponent: int) -> Decimal:
    """Write out what has few digits: 500, not 5E+2."""
    if 0 <= exponent < DIGITS:
        return Decimal(int(multiple) * 10**exponent)
    return multiple.scaleb(exponent, CONTEXT)


def _whole(kind: type, low: int | None, high: int | None) -> int:
    """Give a whole number between two, themselves included, that is the roundest as its type is written."""
    if kind is Date:
        return _day(low, high)
    units = (12, 1) if kind is MonthsDuration else tuple(SECOND * each for each in (DAY_SECONDS, 3600, 60, 1))
    if low is None and high is None:
        return units[0]
    for unit in units:
        if low is not None:
            found = -(-low // unit) * unit
            if high is None or found <= high:
                return found
        elif high is not None:
            return high // unit * unit
    assert low is not None
    return low


def _day(low: int | None, high: int | None) -> int:
    if low is None and high is None:
        return days_of(Date(2000, 1, 1))
    if low is None:
        assert high is not None
        latest = date_of(high)
        return high if latest is None else days_of(Date(latest.year, 1, 1))
    first = date_of(low)
    if first is None:
        return low
    year = Date(first.year + (first.month > 1 or first.day > 1), 1, 1)
    month = Date(first.year + first.month // 12, first.month % 12 + 1, 1) if first.day > 1 else first
    fitting = (days_of(each) for each in (year, month) if high is None or days_of(each) <= high)
    return next(fitting, low)


__all__ = ["Anything", "Others", "Part", "Span", "Word", "holds", "is_empty", "joined", "witness"]
