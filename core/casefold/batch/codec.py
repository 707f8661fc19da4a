"""Events of a batch as plain JSON, and back."""

from collections.abc import Mapping
from typing import cast

from casefold.batch.events import BatchEvent, CaseRow, Fault
from casefold.codecs import NotStructured, converter, plain, plain_union, structure
from casefold.kernel.canonical import Json
from casefold.kernel.results import Result

CONVERTER = converter(BatchEvent)


def event_value(event: BatchEvent) -> dict[str, Json]:
    """Write an event as plain JSON, its kind in the member ``kind``."""
    return plain_union(CONVERTER, event, BatchEvent)


def read_event(value: Mapping[str, Json]) -> Result[BatchEvent, NotStructured]:
    """Read what `event_value` wrote."""
    return structure(CONVERTER, dict(value), cast("type[BatchEvent]", BatchEvent))


def result_value(result: CaseRow | Fault) -> dict[str, Json]:
    """Write what an attempt came to as plain JSON: the member ``row`` or the member ``fault``."""
    return {"row" if isinstance(result, CaseRow) else "fault": plain(CONVERTER, result)}


def read_result(value: Mapping[str, Json]) -> Result[CaseRow | Fault, NotStructured]:
    """Read what `result_value` wrote."""
    kind: type[CaseRow | Fault] = CaseRow if "row" in value else Fault
    return structure(CONVERTER, value.get("row", value.get("fault")), kind)
