"""Values of the kernel: JSON, digests, instants, and entries of a chain."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from casefold.kernel.canonical import INTEGER_MAX, Json, digest_of_bytes
from casefold.kernel.chain import START, Entry, Head, line_of
from casefold.kernel.instants import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANT_MIN = Instant((datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1))
"""The first microsecond of the year 1, where RFC 3339 as Python has it begins."""

INSTANT_MAX = Instant((datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1))
"""The last microsecond of the year 9999."""


Value = TypeVar("Value")


def picks(values: Sequence[Value]) -> st.SearchStrategy[Value]:
    """One of *values*, as `st.sampled_from` gives it, but without all of them in every message."""
    return st.integers(0, len(values) - 1).map(values.__getitem__)


def json_integers() -> st.SearchStrategy[int]:
    """Integers that every JSON reader holds exactly."""
    return st.integers(-INTEGER_MAX, INTEGER_MAX)


def json_values(*, max_leaves: int = 8) -> st.SearchStrategy[Json]:
    """Everything that canonical JSON carries."""
    bounds = st.sampled_from((None, True, False, 0, INTEGER_MAX, -INTEGER_MAX, "", "é", "\ud7ff\ue000", "\x00\u2028"))
    leaves: st.SearchStrategy[Json] = bounds | json_integers() | st.text(max_size=6)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
        max_leaves=max_leaves,
    )


def json_objects(*, max_size: int = 3) -> st.SearchStrategy[Mapping[str, Json]]:
    """JSON objects, as events are."""
    return st.dictionaries(st.text(max_size=4), json_values(max_leaves=4), max_size=max_size)


def digests() -> st.SearchStrategy[str]:
    """Digests, few enough that some meet."""
    return st.binary(max_size=1).map(digest_of_bytes)


def instants(*, min_value: Instant = INSTANT_MIN, max_value: Instant = INSTANT_MAX) -> st.SearchStrategy[Instant]:
    """Every instant that RFC 3339 can write."""
    return st.integers(min_value, max_value).map(Instant)


EVENTS: tuple[Mapping[str, Json], ...] = (
    {},
    {"kind": "Opened"},
    {"kind": "Opened", "pages": 3},
    {"name": "Größe \u20ac \U0001f600", "pages": [1, -INTEGER_MAX, {"": None}]},
    {"\x00\x7f": '"\\/\n', "repaired": True},
)
"""Events as a chain sees them."""


_BODIES = st.tuples(st.sampled_from((Instant(0), Instant(-1), INSTANT_MIN, INSTANT_MAX)), st.sampled_from(EVENTS))


@st.composite
def chains(draw: st.DrawFn, *, min_size: int = 1, max_size: int = 5) -> tuple[bytes, ...]:
    """Logs: the lines of a chain from its start."""
    bodies = draw(st.lists(_BODIES, min_size=min_size, max_size=max_size))
    head, lines = START, list[bytes]()
    for at, event in bodies:
        line, head = line_of(Entry(head.count + 1, at, head.hash, event))
        lines.append(line)
    return tuple(lines)


def entries(*, after: Head = START) -> st.SearchStrategy[Entry]:
    """Entries that may follow *after*."""
    return st.builds(Entry, st.just(after.count + 1), instants(), st.just(after.hash), json_objects())


def near_entries(*, after: Head = START) -> st.SearchStrategy[Mapping[str, Json]]:
    """JSON objects that look like the entry after *after*, with anything in any member."""
    odd = json_values(max_leaves=3)
    return st.fixed_dictionaries(
        {
            "at": st.text("-0123456789٣²", max_size=5) | st.just("9" * 5_000) | odd,
            "event": json_objects() | odd,
            "hash": digests() | odd,
            "previous": st.just(after.hash) | odd,
            "sequence": st.just(after.count + 1) | st.booleans() | odd,
        }
    )
