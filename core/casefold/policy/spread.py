"""How numbers are spread: count, sum, least, most and a histogram, in space that does not grow with the numbers.

Spreads add up: those of two parts give that of the whole, to the last digit and whatever the parts are. So the sum is
exact, and the histogram is as fine as `BUCKETS_MAX` allows for all of the numbers together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, Context, Decimal

from attrs import field, frozen

from casefold.feel.numbers import EXPONENT_MAX

BUCKETS_MAX = 200
"""The most buckets of a histogram; beyond, numbers are told apart by one digit less."""

DIGITS_MAX = 4
"""The leading digits by which numbers are told apart at best."""

_EXACT = Context(prec=4 * EXPONENT_MAX, rounding=ROUND_DOWN, Emin=-2 * EXPONENT_MAX, Emax=3 * EXPONENT_MAX, traps=[])
"""Wide enough for any sum of decimal128 numbers."""

_LEADING = tuple(Context(prec=digits or 1, rounding=ROUND_DOWN, traps=[]) for digits in range(DIGITS_MAX + 1))


@frozen
class Spread:
    """How numbers are spread.

    Attributes:
        total: Their sum.
        digits: How many leading digits the buckets tell apart; at nought there are none, for the numbers differ wildly.
        buckets: How many numbers begin with the same digits, by the number that is those digits alone.
    """

    count: int = 0
    total: Decimal = Decimal(0)
    least: Decimal | None = None
    most: Decimal | None = None
    digits: int = DIGITS_MAX
    buckets: Mapping[Decimal, int] = field(factory=dict[Decimal, int])


def spread_of(numbers: Iterable[Decimal]) -> Spread:
    """Spread numbers out.

    >>> found = spread_of([Decimal("5.2541"), Decimal("5.2549"), Decimal(7)])
    >>> found.total, found.buckets
    (Decimal('17.5090'), {Decimal('5.254'): 2, Decimal('7'): 1})
    """
    values = list(numbers)
    if not values:
        return Spread()
    total = Decimal(0)
    for value in values:
        total = _EXACT.add(total, value)
    digits, buckets = _fitting(DIGITS_MAX, Counter(map(_LEADING[DIGITS_MAX].plus, values)))
    return Spread(len(values), total, min(values), max(values), digits, buckets)


def added(one: Spread, two: Spread) -> Spread:
    """Give the spread of the numbers of both."""
    if not one.count or not two.count:
        return one if one.count else two
    coarser = min(one.digits, two.digits)
    buckets = Counter(_coarse(coarser, one.buckets))
    buckets.update(_coarse(coarser, two.buckets))
    digits, fitting = _fitting(coarser, buckets)
    least = min(each for each in (one.least, two.least) if each is not None)
    most = max(each for each in (one.most, two.most) if each is not None)
    return Spread(one.count + two.count, _EXACT.add(one.total, two.total), least, most, digits, fitting)


def mean(spread: Spread) -> Decimal | None:
    """Give the mean, to 28 digits."""
    return Context(prec=28, traps=[]).divide(spread.total, Decimal(spread.count)) if spread.count else None


def _fitting(digits: int, buckets: Mapping[Decimal, int]) -> tuple[int, dict[Decimal, int]]:
    """Tell buckets apart by as many digits as they fit in."""
    while digits and len(buckets) > BUCKETS_MAX:
        digits -= 1
        buckets = _coarse(digits, buckets)
    return digits, dict(buckets) if digits else {}


def _coarse(digits: int, buckets: Mapping[Decimal, int]) -> dict[Decimal, int]:
    found: dict[Decimal, int] = {}
    for value, count in buckets.items() if digits else ():
        start = _LEADING[digits].plus(value)
        found[start] = found.get(start, 0) + count
    return found
