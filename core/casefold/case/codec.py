"""Events as plain JSON, and back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from casefold.case.events import Event
from casefold.codecs import NotStructured, Packed, converter, plain_union, structure
from casefold.feel import numbers
from casefold.kernel.canonical import Json
from casefold.kernel.results import Result
from casefold.pages.evidence import Found, Row, found_in, rows_of
from casefold.policy.scorefacts import Outcome, ScoreUnusable

_ROWS: type[tuple[Row, ...]] = tuple[Row, ...]

_PACKS = Packed(Found, _ROWS, rows_of, found_in), Packed(Decimal, str, str, numbers.number)

CONVERTER = converter(Outcome, ScoreUnusable, Event, packs=cast("Sequence[Packed[object, object]]", _PACKS))


def event_value(event: Event) -> dict[str, Json]:
    """Write an event as plain JSON, its kind in the member ``kind``."""
    return plain_union(CONVERTER, event, Event)


def read_event(value: Mapping[str, Json]) -> Result[Event, NotStructured]:
    """Read what `event_value` wrote."""
    return structure(CONVERTER, dict(value), cast("type[Event]", Event))
