"""Bound an unknown share of errors from a count of them, exactly.

The upper bound is that of Clopper and Pearson ("The use of confidence or fiducial limits", Biometrika 26, 1934): the
share at which so few errors among so many would be as rare as the doubt that is allowed. All of it is integers, and
what must be rounded is rounded upwards, so a bound never promises more than the exact one.
"""

from math import comb

from attrs import frozen

from casefold.kernel.odds import PPM

COUNT_MAX = 100_000
"""More units than this are never asked for; a share that would need them is called out of reach."""


@frozen
class Ask:
    """What is to be shown: at most so many errors among what is accepted.

    Attributes:
        risk_ppm: The share of errors that is allowed, in parts per million.
        doubt_ppm: How likely it may be that the sample misleads, in parts per million: one minus the confidence.
    """

    risk_ppm: int
    doubt_ppm: int


def is_askable(ask: Ask) -> bool:
    """Whether shares lie between none and all, ends left out: certainty cannot be shown by a sample.

    >>> is_askable(Ask(10_000, 50_000)), is_askable(Ask(0, 50_000))
    (True, False)
    """
    return 0 < ask.risk_ppm < PPM and 0 < ask.doubt_ppm < PPM


def rarer(units: int, wrong: int, share_ppm: int, doubt_ppm: int) -> bool:
    """Whether *wrong* errors or fewer among *units* are at most as likely as the doubt, where the share is *share_ppm*.

    >>> rarer(299, 0, 10_000, 50_000), rarer(298, 0, 10_000, 50_000)
    (True, False)
    """
    assert 0 <= wrong <= units, "errors are among the units"
    if wrong == units:
        return False
    right_ppm = PPM - share_ppm
    total: int = 0
    for errors in range(wrong, -1, -1):
        total = total * right_ppm + comb(units, wrong - errors) * share_ppm ** (wrong - errors)
    allowed: int = doubt_ppm * PPM ** (units - 1)
    chance: int = total * right_ppm ** (units - wrong)
    return chance <= allowed


def holds(units: int, wrong: int, ask: Ask) -> bool:
    """Whether *wrong* errors among *units* show what is asked: the upper bound is at most the risk.

    >>> [holds(units, 1, Ask(10_000, 50_000)) for units in (472, 473)]
    [False, True]
    """
    return rarer(units, wrong, ask.risk_ppm, ask.doubt_ppm)


def upper_ppm(units: int, wrong: int, doubt_ppm: int) -> int:
    """Give the least share, in parts per million, that is shown not to be exceeded; all of it where nothing is shown.

    >>> upper_ppm(299, 0, 50_000), upper_ppm(0, 0, 50_000), upper_ppm(10, 10, 50_000)
    (9970, 1000000, 1000000)
    """
    low, high = 0, PPM
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if rarer(units, wrong, middle, doubt_ppm) else (middle, high)
    return high


def units_needed(wrong: int, ask: Ask) -> int | None:
    """Give how many units show what is asked when *wrong* of them are errors; ``None`` beyond `COUNT_MAX`.

    >>> [units_needed(wrong, Ask(10_000, 50_000)) for wrong in range(3)]
    [299, 473, 628]
    """
    high = wrong + 1
    while not holds(high, wrong, ask):
        high *= 2
        if high > COUNT_MAX:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if middle > wrong and holds(middle, wrong, ask) else (middle, high)
    return high
