"""Instants: whole microseconds since 1970-01-01T00:00:00Z inside, RFC 3339 outside."""

import re
from datetime import UTC, datetime, timedelta
from typing import NewType

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success

Instant = NewType("Instant", int)
"""Microseconds since the Unix epoch, UTC."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))", re.ASCII
)


@frozen
class NotAnInstant:
    """The text is not an RFC 3339 date and time with at most microseconds."""

    text: str


def rfc3339(instant: Instant) -> str:
    """Write *instant* in UTC with microseconds.

    >>> rfc3339(Instant(0))
    '1970-01-01T00:00:00.000000Z'
    """
    return (_EPOCH + instant * _MICROSECOND).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parse_instant(text: str) -> Result[Instant, NotAnInstant]:
    """Read an RFC 3339 date and time; a leap second (``:60``) is refused.

    >>> parse_instant("1970-01-01T01:00:00.5+01:00")
    <Success: 500000>
    """
    match = _RFC3339.fullmatch(text)
    if match is None:
        return Failure(NotAnInstant(text))
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    fraction = int((match[7] or "0").ljust(6, "0"))
    sign = -1 if match[8] == "-" else 1
    offset = timedelta(hours=int(match[9] or 0), minutes=int(match[10] or 0)) * sign
    return _moment_or_failure(text, (year, month, day, hour, minute, second, fraction), offset)


def _moment_or_failure(
    text: str, parts: tuple[int, int, int, int, int, int, int], offset: timedelta
) -> Result[Instant, NotAnInstant]:
    """Build the moment; only the standard library knows which dates exist."""
    try:
        moment = datetime(*parts, tzinfo=UTC) - offset
    except (ValueError, OverflowError):
        return Failure(NotAnInstant(text))
    return Success(Instant((moment - _EPOCH) // _MICROSECOND))
