"""Whether an engine's answer is the one that a test wants."""

from decimal import Decimal

from casefold.feel.equality import equal
from casefold.feel.numbers import subtract
from casefold.feel.program import begin
from casefold.feel.values import SECOND, DateTime, Run, Time, Value, World

LOOSE = Decimal("1e-8")
"""How far two numbers may lie apart for the runners of other engines."""


def same(one: Value, two: Value, world: World, tolerance: Decimal | None = None) -> bool:
    """Say whether two values are the same: numbers to the last digit, unless a *tolerance* is given.

    >>> same(Decimal("1.50"), Decimal("1.5"), World()), same(Decimal(1), "1", World())
    (True, False)
    """
    return _same(begin(world), one, two, tolerance)


def _same(run: Run, one: Value, two: Value, tolerance: Decimal | None) -> bool:
    if isinstance(one, Decimal) and isinstance(two, Decimal):
        return one == two or (tolerance is not None and abs(subtract(one, two)) < tolerance)
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(_same(run, *pair, tolerance) for pair in zip(one, two, strict=True))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_same(run, one[key], two[key], tolerance) for key in one)
    return (one is None and two is None) or (equal(run, one, two) is True and _fraction(one) == _fraction(two))


def _fraction(value: Value) -> int:
    """Give what is beyond whole seconds, which FEEL does not look at when it compares times."""
    time = value.time if isinstance(value, DateTime) else value
    return time.nanoseconds % SECOND if isinstance(time, Time) else 0
