"""Sets of rules, or of parts, as the bits of an integer."""

from collections.abc import Iterable

from casefold.policy.index import Bits


def united(sets: Iterable[Bits]) -> Bits:
    """Give what is in any of some sets.

    >>> bin(united((0b001, 0b101)))
    '0b101'
    """
    found = 0
    for each in sets:
        found |= each
    return found


def common(whole: Bits, sets: Iterable[Bits]) -> Bits:
    """Give what of a whole is in all of some sets.

    >>> bin(common(0b111, (0b011, 0b110)))
    '0b10'
    """
    found = whole
    for each in sets:
        found &= each
    return found


def first(count: int) -> Bits:
    """Give the first so many members.

    >>> bin(first(3))
    '0b111'
    """
    return (1 << count) - 1
