"""Built-in functions on points and ranges (DMN 1.5, section 10.3.4.11, table 78).

Each is written once, for two ranges whose ends are positions: a point is the range from itself to itself.
"""

from collections.abc import Callable

from attrs import frozen

from casefold.feel.arguments import form
from casefold.feel.equality import compare
from casefold.feel.values import Fault, Range, Reason, Run, Value, kind_of


@frozen
class Ends:
    """How the ends of two ranges lie: each a comparison of an end of the first with an end of the second.

    Attributes:
        start_start: The first's start with the second's start; likewise the other three.
        one: The first range.
        two: The second range.
    """

    start_start: int
    start_end: int
    end_start: int
    end_end: int
    one: Range
    two: Range


def _as_range(value: Value) -> Range:
    return value if isinstance(value, Range) else Range(value, True, value, True)


def _ends(run: Run, name: str, one: Value, two: Value) -> Ends | Fault:
    first, second = _as_range(one), _as_range(two)
    orders = (
        _order(run, first.start, second.start, -1, -1),
        _order(run, first.start, second.end, -1, 1),
        _order(run, first.end, second.start, 1, -1),
        _order(run, first.end, second.end, 1, 1),
    )
    start_start, start_end, end_start, end_end = orders
    if start_start is None or start_end is None or end_start is None or end_end is None:
        return Fault(Reason.WRONG_TYPE, name, f"{kind_of(one)}, {kind_of(two)}")
    return Ends(start_start, start_end, end_start, end_end, first, second)


def _order(run: Run, one: Value, two: Value, one_side: int, two_side: int) -> int | None:
    """Compare two ends; one that is open to infinity lies on its *side* of everything."""
    if one is None and two is None:
        return one_side - two_side
    if one is None:
        return one_side
    if two is None:
        return -two_side
    return compare(run, one, two)


def _asked(name: str, holds: Callable[[Ends], bool]) -> Callable[[Run, Value, Value], Value | Fault]:
    def ask(run: Run, one: Value, two: Value) -> Value | Fault:
        found = _ends(run, name, one, two)
        return found if isinstance(found, Fault) else holds(found)

    return ask


def _before(ends: Ends) -> bool:
    both = ends.one.end_included and ends.two.start_included
    return ends.end_start < 0 or (ends.end_start == 0 and not both)


def _after(ends: Ends) -> bool:
    both = ends.one.start_included and ends.two.end_included
    return ends.start_end > 0 or (ends.start_end == 0 and not both)


def _meets(ends: Ends) -> bool:
    return ends.end_start == 0 and ends.one.end_included and ends.two.start_included


def _met_by(ends: Ends) -> bool:
    return ends.start_end == 0 and ends.one.start_included and ends.two.end_included


def _overlaps(ends: Ends) -> bool:
    return not _before(ends) and not _after(ends)


def _starts_first(ends: Ends) -> bool:
    wider = ends.one.start_included and not ends.two.start_included
    return ends.start_start < 0 or (ends.start_start == 0 and wider)


def _ends_last(ends: Ends) -> bool:
    wider = ends.one.end_included and not ends.two.end_included
    return ends.end_end > 0 or (ends.end_end == 0 and wider)


def _starts_last(ends: Ends) -> bool:
    wider = ends.two.start_included and not ends.one.start_included
    return ends.start_start > 0 or (ends.start_start == 0 and wider)


def _ends_first(ends: Ends) -> bool:
    wider = ends.two.end_included and not ends.one.end_included
    return ends.end_end < 0 or (ends.end_end == 0 and wider)


def _overlaps_before(ends: Ends) -> bool:
    return _starts_first(ends) and _overlaps(ends) and not _ends_last(ends)


def _overlaps_after(ends: Ends) -> bool:
    return _starts_last(ends) and _overlaps(ends) and not _ends_first(ends)


def _finishes(ends: Ends) -> bool:
    return ends.end_end == 0 and ends.one.end_included == ends.two.end_included and not _starts_first(ends)


def _finished_by(ends: Ends) -> bool:
    return ends.end_end == 0 and ends.one.end_included == ends.two.end_included and not _starts_last(ends)


def _includes(ends: Ends) -> bool:
    return not _starts_last(ends) and not _ends_first(ends)


def _during(ends: Ends) -> bool:
    return not _starts_first(ends) and not _ends_last(ends)


def _starts(ends: Ends) -> bool:
    return ends.start_start == 0 and ends.one.start_included == ends.two.start_included and not _ends_last(ends)


def _started_by(ends: Ends) -> bool:
    return ends.start_start == 0 and ends.one.start_included == ends.two.start_included and not _ends_first(ends)


def _coincides(ends: Ends) -> bool:
    return (
        ends.start_start == 0
        and ends.end_end == 0
        and ends.one.start_included == ends.two.start_included
        and ends.one.end_included == ends.two.end_included
    )


POINT = "number | string | date | time | date and time | days and time duration | years and months duration"
"""What has an order, and so can be the end of a range."""

_BOTH = f"{POINT} | range"

FORMS = (
    form(f"before(a: {_BOTH}, b: {_BOTH})", _asked("before", _before), running=True),
    form(f"after(a: {_BOTH}, b: {_BOTH})", _asked("after", _after), running=True),
    form("meets(range1: range, range2: range)", _asked("meets", _meets), running=True),
    form("met by(range1: range, range2: range)", _asked("met by", _met_by), running=True),
    form("overlaps(range1: range, range2: range)", _asked("overlaps", _overlaps), running=True),
    form("overlaps before(range1: range, range2: range)", _asked("overlaps before", _overlaps_before), running=True),
    form("overlaps after(range1: range, range2: range)", _asked("overlaps after", _overlaps_after), running=True),
    form(f"finishes(a: {_BOTH}, range: range)", _asked("finishes", _finishes), running=True),
    form(f"finished by(range: range, b: {_BOTH})", _asked("finished by", _finished_by), running=True),
    form(f"includes(range: range, b: {_BOTH})", _asked("includes", _includes), running=True),
    form(f"during(a: {_BOTH}, range: range)", _asked("during", _during), running=True),
    form(f"starts(a: {_BOTH}, range: range)", _asked("starts", _starts), running=True),
    form(f"started by(range: range, b: {_BOTH})", _asked("started by", _started_by), running=True),
    form(f"coincides(a: {_BOTH}, b: {_BOTH})", _asked("coincides", _coincides), running=True),
)
