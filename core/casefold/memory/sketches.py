"""A page's text as bits that are alike where texts are: one-permutation minwise hashing, one bit a bin.

Each run of letters falls into a bin, and the least of a bin gives its bit (P. Li, A. Owen, C. Zhang, "One Permutation
Hashing", NIPS 2012; P. Li, A. König, "b-Bit Minwise Hashing", WWW 2010). Of two texts that share a part J of their
runs, about (1 + J) / 2 of the bits agree. Digits are all alike: the same form with other amounts is the same form.
"""

import re
from collections.abc import Iterable
from zlib import crc32

BITS = 1_024

RUN = 5
"""Letters of a run."""

RUNS_MIN = 60
"""A text of fewer runs is like many others by chance, and has no sketch."""

_OTHER = re.compile(r"[^a-z0]+")
_DIGITS = re.compile(r"[0-9]+")


def sketch(words: Iterable[str]) -> int | None:
    """Give a text's bits as a number; ``None`` where there is too little text.

    >>> form = "Wage and Tax Statement of the year 2024, wages tips other compensation, federal income tax withheld"
    >>> alike = similarity(sketch(form.split()), sketch(form.replace("2024", "2023").split()))
    >>> other = "Your checking account: opening balance, deposits and credits, withdrawals, and the closing balance"
    >>> alike, similarity(sketch(form.split()), sketch(other.split())) < 300
    (1000, True)
    """
    text = _OTHER.sub(" ", _DIGITS.sub("0", " ".join(words).lower()))
    runs = {text[at : at + RUN] for at in range(len(text) - RUN + 1)}
    if len(runs) < RUNS_MIN:
        return None
    least: dict[int, int] = {}
    for run in runs:
        value = crc32(run.encode())
        place, rest = value % BITS, value // BITS
        if rest < least.get(place, value + 1):
            least[place] = rest
    return _bits(least)


def _bits(least: dict[int, int]) -> int:
    """Take each bin's bit; an empty bin has that of the next one that is not, mixed with how far away it is."""
    bits, last, away = 0, 0, 0
    for at in range(2 * BITS - 1, -1, -1):
        place = at % BITS
        if place in least:
            last, away = least[place], 0
        else:
            away += 1
        if at < BITS:
            bits |= ((last ^ away) & 1) << place
    return bits


def similarity(one: int | None, other: int | None) -> int:
    """Say how like two texts are, in thousandths of the runs that they share; a text without a sketch is like none."""
    if one is None or other is None:
        return 0
    return likeness((one ^ other).bit_count())


def likeness(differing: int) -> int:
    """Say how like two texts are of which so many bits differ.

    >>> likeness(0), likeness(BITS // 4), likeness(BITS)
    (1000, 500, 0)
    """
    return max(0, 1_000 - 2_000 * differing // BITS)
