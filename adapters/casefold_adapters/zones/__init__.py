"""The world's time zones, from the IANA database as the package `tzdata` ships it.

The machine's own database is not asked: the lock pins the package, so that a replay finds the zones of the decision.
"""

from datetime import datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a zone's own clock
_CYCLE_SECONDS = 146_097 * 86_400
"""The Gregorian calendar repeats after 400 years, and with it the rules of a zone that has no end."""
_EARLIEST = -62_135_510_400
_LATEST = 253_402_214_400
"""A day within the years that `datetime` knows."""


class IanaZones:
    """Every zone of the IANA database; each is read once."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._read: dict[str, ZoneInfo | None] = {}

    def offset_seconds(self, zone: str, seconds: int, *, local: bool) -> int | None:
        """Give a zone's offset from UTC at a time, on its own clock or in UTC; ``None`` if there is no such zone."""
        if zone not in self._read:
            self._read[zone] = _load(zone)
        rules = self._read[zone]
        if rules is None:
            return None
        known = seconds if _EARLIEST <= seconds <= _LATEST else seconds % _CYCLE_SECONDS
        moment = _EPOCH + timedelta(seconds=known)
        offset = rules.utcoffset(moment if local else rules.fromutc(moment.replace(tzinfo=rules)))
        return None if offset is None else round(offset.total_seconds())


def _load(zone: str) -> ZoneInfo | None:
    parts = zone.split("/")
    if not all(parts) or any(not part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        return None
    try:
        with files("tzdata").joinpath("zoneinfo", *parts).open("rb") as content:
            return ZoneInfo.from_file(content, key=zone)
    except (OSError, ValueError):
        return None
