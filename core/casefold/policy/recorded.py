"""What the record of a decision says, as values again."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from casefold.codecs import converter, structure
from casefold.feel.numbers import number
from casefold.kernel.canonical import Json
from casefold.policy.deciding import Undecided
from casefold.policy.reasons import ByPoints, ByRule, Cause, Told

_CONVERTER = converter(Undecided)


def outcome_in(record: Mapping[str, Json]) -> str | None:
    """Give the outcome; ``None`` where nothing was decided, or the policy declares no outcome."""
    found = record.get("outcome")
    return found if isinstance(found, str) else None


def undecided_in(record: Mapping[str, Json]) -> Undecided | None:
    """Give why nothing was decided; ``None`` where something was."""
    raw = record.get("undecided")
    if raw is None:
        return None
    return structure(_CONVERTER, raw, cast("type[Undecided]", Undecided)).value_or(None)


def reasons_in(record: Mapping[str, Json]) -> tuple[Told, ...]:
    """Give the reasons that were told, the weightiest first."""
    return tuple(
        Told(str(each.get("code")), tuple(map(_cause, _objects(each.get("causes")))))
        for each in _objects(record.get("reasons"))
    )


def _objects(raw: Json) -> list[Mapping[str, Json]]:
    items = cast("Sequence[Json]", raw) if isinstance(raw, (list, tuple)) else ()
    return [each for each in items if isinstance(each, Mapping)]


def _cause(raw: Mapping[str, Json]) -> Cause:
    found = raw.get("tested")
    tested = tuple(map(str, cast("Sequence[Json]", found))) if isinstance(found, (list, tuple)) else ()
    if "characteristic" in raw:
        short = number(str(raw.get("short")))
        return ByPoints(
            str(raw.get("decision")),
            str(raw["characteristic"]),
            tested[0] if tested else "",
            short if isinstance(short, Decimal) else Decimal(0),
        )
    rule = raw.get("rule")
    return ByRule(str(raw.get("decision")), rule if isinstance(rule, int) else 0, tested)
