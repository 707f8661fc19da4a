"""Whether an engine's answer is the one that a test wants."""

from decimal import ROUND_HALF_EVEN, Decimal
from enum import Enum

from casefold.feel.equality import equal
from casefold.feel.numbers import rounded, subtract
from casefold.feel.program import begin
from casefold.feel.values import SECOND, DateTime, Run, Time, Value, World

TOLERANCE = Decimal("1e-8")
"""How far two numbers may lie apart for the runners of other engines."""


class Closeness(Enum):
    """How close two numbers must be to count as the same."""

    EXACT = "exact"
    """To the last digit."""
    WRITTEN = "written"
    """To the last digit that a test writes: as `LOOSE`, and the same when rounded to as many decimals."""
    LOOSE = "loose"
    """Less than `TOLERANCE` apart."""


def same(found: Value, wanted: Value, world: World, closeness: Closeness = Closeness.EXACT) -> bool:
    """Say whether a value is the one that is wanted.

    >>> same(Decimal("1.50"), Decimal("1.5"), World()), same(Decimal(1), "1", World())
    (True, False)
    >>> same(Decimal(2) / 3, Decimal("0.66666666667"), World(), Closeness.WRITTEN)
    True
    """
    return _same(begin(world), found, wanted, closeness)


def _same(run: Run, one: Value, two: Value, closeness: Closeness) -> bool:
    if isinstance(one, Decimal) and isinstance(two, Decimal):
        return one == two or _close(one, two, closeness)
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(_same(run, *pair, closeness) for pair in zip(one, two, strict=True))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_same(run, one[key], two[key], closeness) for key in one)
    return (one is None and two is None) or (equal(run, one, two) is True and _fraction(one) == _fraction(two))


def _close(found: Decimal, wanted: Decimal, closeness: Closeness) -> bool:
    if closeness is Closeness.EXACT or abs(subtract(found, wanted)) >= TOLERANCE:
        return False
    decimals = wanted.as_tuple().exponent
    assert isinstance(decimals, int), "values are finite"
    return closeness is Closeness.LOOSE or rounded(found, -decimals, ROUND_HALF_EVEN) == wanted


def _fraction(value: Value) -> int:
    """Give what is beyond whole seconds, which FEEL does not look at when it compares times."""
    time = value.time if isinstance(value, DateTime) else value
    return time.nanoseconds % SECOND if isinstance(time, Time) else 0
