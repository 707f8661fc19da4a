"""Events as plain JSON, and back."""

from collections.abc import Mapping
from typing import cast

from casefold.case.events import Event
from casefold.codecs import NotStructured, Packed, converter, plain_union, structure
from casefold.kernel.canonical import Json
from casefold.kernel.results import Result
from casefold.pages.evidence import Found, Row, found_in, rows_of

_ROWS: type[tuple[Row, ...]] = tuple[Row, ...]

CONVERTER = converter(Event, packs=(Packed(Found, _ROWS, rows_of, found_in),))


def event_value(event: Event) -> dict[str, Json]:
    """Write an event as plain JSON, its kind in the member ``kind``."""
    return plain_union(CONVERTER, event, Event)


def read_event(value: Mapping[str, Json]) -> Result[Event, NotStructured]:
    """Read what `event_value` wrote."""
    return structure(CONVERTER, dict(value), cast("type[Event]", Event))
