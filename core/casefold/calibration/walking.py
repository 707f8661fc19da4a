"""Find the loosest threshold under which errors are shown to be few, by fixed-sequence testing.

Thresholds are tried in an order that is settled before the sample is looked at, from strict to loose; the first that
is not shown to hold ends the walk, and the one before it is the answer. Because the walk ends there, all of it is wrong
at most as often as one single test: nothing need be paid for trying many (Bauer, "Multiple testing in clinical trials",
Statistics in Medicine 10, 1991; Angelopoulos et al., "Learn then Test", arXiv 2110.01052). Nothing is assumed of how
errors depend on confidence.
"""

from collections.abc import Iterable, Sequence

from attrs import frozen

from casefold.calibration.bounds import Ask, holds, units_needed, upper_ppm
from casefold.kernel.odds import DECIBANS_MAX, confidence_ppm


@frozen
class Judged:
    """How sure a label was, and whether it was right."""

    confidence_ppm: int
    right: bool


@frozen
class Tried:
    """A threshold, how many of the sample reach it, and how many of these are wrong."""

    confidence_min_ppm: int
    accepted: int
    wrong: int


@frozen
class Walked:
    """Where a walk ended.

    Attributes:
        certified: The loosest threshold that is shown to hold and that lets in more than the one before; ``None`` where
            not even the strictest holds.
        failed: The threshold that ended the walk; ``None`` where all of them hold.
    """

    certified: Tried | None
    failed: Tried | None


def grid(start_decibans: int = DECIBANS_MAX, least_decibans: int = 0) -> tuple[int, ...]:
    """Give the thresholds to try, from strict to loose: one for each whole deciban of odds.

    >>> grid(20, 18)
    (990099, 987567, 984398)
    """
    return tuple(confidence_ppm(decibans) for decibans in range(start_decibans, least_decibans - 1, -1))


def tried(sample: Iterable[Judged], thresholds: Sequence[int]) -> list[Tried]:
    """Count, for each threshold, those that reach it and the wrong ones among them."""
    judged = list(sample)
    counts: list[Tried] = []
    for threshold in thresholds:
        reached = [each for each in judged if each.confidence_ppm >= threshold]
        counts.append(Tried(threshold, len(reached), sum(not each.right for each in reached)))
    return counts


def walk(counts: Iterable[Tried], ask: Ask) -> Walked:
    """Walk from strict to loose until something is not shown to hold.

    What nothing of the sample lies between is not let in: all that was passed holds, so the stricter may be taken.

    >>> walk([Tried(999_999, 300, 0), Tried(990_099, 400, 1), Tried(909_091, 500, 9)], Ask(10_000, 50_000)).certified
    Tried(confidence_min_ppm=999999, accepted=300, wrong=0)
    """
    certified: Tried | None = None
    for each in counts:
        if not holds(each.accepted, each.wrong, ask):
            return Walked(certified, each)
        if certified is None or each.accepted > certified.accepted:
            certified = each
    return Walked(certified, None)


def bound_ppm(found: Tried, ask: Ask) -> int:
    """Give the share of errors that a sample shows not to be exceeded."""
    return upper_ppm(found.accepted, found.wrong, ask.doubt_ppm)


def more_needed(found: Tried, ask: Ask) -> int | None:
    """Give how many further right ones would show what is asked; ``None`` if no number within reach does.

    >>> more_needed(Tried(999_999, 120, 1), Ask(10_000, 50_000))
    353
    """
    needed = units_needed(found.wrong, ask)
    return None if needed is None else max(0, needed - found.accepted)
