"""Odds as whole decibans, confidence as whole parts per million.

A deciban is a tenth of a factor of ten in the odds (I. J. Good, "Studies in the History of Probability and Statistics
XXXVII", Biometrika 66, 1979): 10 decibans are ten to one, 20 a hundred to one. Both units are integers, so sums,
comparisons and replays give the same answer on every machine.
"""

from decimal import Decimal, localcontext

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
