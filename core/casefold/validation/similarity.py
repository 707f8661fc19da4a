"""How alike two words are, as an exact number: scans and typists change a letter or two of a name."""

from fractions import Fraction

PREFIX_MAX = 4
"""Letters at the beginning that count more (Winkler 1990)."""


def jaro_winkler(one: str, other: str) -> Fraction:
    """Give the similarity of two words from 0 to 1 (Jaro 1989; Winkler 1990, with a scale of 1/10).

    >>> jaro_winkler("martha", "marhta"), jaro_winkler("smith", "smith"), jaro_winkler("smith", "")
    (Fraction(173, 180), Fraction(1, 1), Fraction(0, 1))
    """
    jaro = _jaro(one, other)
    same = 0
    for mine, theirs in zip(one[:PREFIX_MAX], other[:PREFIX_MAX], strict=False):
        if mine != theirs:
            break
        same += 1
    return jaro + same * (1 - jaro) / 10


def _jaro(one: str, other: str) -> Fraction:
    if one == other:
        return Fraction(1)
    reach = max(len(one), len(other)) // 2 - 1
    taken: set[int] = set()
    first: list[str] = []
    for at, mark in enumerate(one):
        place = next(
            (
                near
                for near in range(max(0, at - reach), min(len(other), at + reach + 1))
                if near not in taken and other[near] == mark
            ),
            None,
        )
        if place is not None:
            taken.add(place)
            first.append(mark)
    if not first:
        return Fraction(0)
    second = [other[at] for at in sorted(taken)]
    swapped = sum(mine != theirs for mine, theirs in zip(first, second, strict=True))
    found = len(first)
    return (Fraction(found, len(one)) + Fraction(found, len(other)) + 1 - Fraction(swapped, 2 * found)) / 3
