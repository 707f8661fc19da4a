"""Odds as whole decibans, confidence as whole parts per million.

A deciban is a tenth of a factor of ten in the odds (I. J. Good, "Studies in the History of Probability and Statistics
XXXVII", Biometrika 66, 1979): 10 decibans are ten to one, 20 a hundred to one. Both units are integers, so sums,
comparisons and replays give the same answer on every machine.
"""

from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal, localcontext
from operator import neg

PPM = 1_000_000
"""Certainty, in parts per million."""

DECIBANS_MAX = 60
"""Beyond a million to one, a confidence rounds to certainty."""


def _logistic(decibans: int) -> int:
    with localcontext(prec=28):
        odds = Decimal(10) ** (Decimal(decibans) / 10)
        return int((PPM * odds / (1 + odds)).to_integral_value())


_CONFIDENCE = tuple(_logistic(decibans) for decibans in range(DECIBANS_MAX + 1))


def confidence_ppm(margin: int) -> int:
    """Turn a margin in decibans into a confidence in parts per million: odds / (1 + odds).

    >>> [confidence_ppm(margin) for margin in (-10, 0, 10, 20, 60, 99)]
    [90909, 500000, 909091, 990099, 999999, 999999]
    """
    if margin < 0:
        return PPM - confidence_ppm(-margin)
    return _CONFIDENCE[min(margin, DECIBANS_MAX)]


_FINEST = 120
"""Alternatives that lie further behind than so many decibans are counted as if they lay so far."""

_WHOLE = 10**12


def _share(decibans: int) -> int:
    with localcontext(prec=28):
        return int((_WHOLE / Decimal(10) ** (Decimal(decibans) / 10)).to_integral_value())


_BEHIND = tuple(_share(decibans) for decibans in range(-_FINEST, _FINEST + 1))
"""How likely an alternative is beside the best, by the decibans that it lies behind, from `-_FINEST` on."""


def against_all(margins: Iterable[int]) -> int:
    """Give the margin, in whole decibans rounded down, to several alternatives together.

    >>> against_all([20]), against_all([20, 20]), against_all([20, 23, 40]), against_all([0, 0])
    (20, 16, 18, -4)
    """
    found = [max(-_FINEST, min(_FINEST, margin)) for margin in margins]
    total = sum(_BEHIND[margin + _FINEST] for margin in found)
    return bisect_right(_BEHIND, -total, key=neg) - 1 - _FINEST if found else _FINEST
