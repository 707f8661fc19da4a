"""What is in a range (DMN 1.5, section 10.3.2.7)."""

from casefold.feel.equality import compare, equal
from casefold.feel.values import Range, Run, Value


def contains(run: Run, whole: Range, value: Value) -> bool | None:
    """Say whether a value is in a range; ``None`` if it cannot be compared with its ends."""
    if whole.operator == "!=":
        same = equal(run, whole.end, value)
        return None if same is None else not same
    if whole.operator is None and (whole.start is None or whole.end is None):
        return None
    above = below = 0
    if whole.start is not None:
        order = compare(run, value, whole.start)
        if order is None:
            return None
        above = order
    if whole.end is not None:
        order = compare(run, value, whole.end)
        if order is None:
            return None
        below = order
    after_start = whole.start is None or above > 0 or (above == 0 and whole.start_included)
    before_end = whole.end is None or below < 0 or (below == 0 and whole.end_included)
    return after_start and before_end


def from_comparison(operator: str, end: Value) -> Range:
    """Give the range of a comparison as a value: ``(< 10)`` is all that is less than ten."""
    match operator:
        case "<" | "<=":
            return Range(None, False, end, operator == "<=", operator)
        case ">" | ">=":
            return Range(end, operator == ">=", None, False, operator)
        case "=":
            return Range(end, True, end, True, operator)
        case _:
            return Range(None, False, end, False, operator)
