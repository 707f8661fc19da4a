"""How well confidence tells right labels from wrong ones, whatever threshold is set."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from attrs import frozen

from casefold.kernel.odds import PPM

BINS = (0, 500_000, 600_000, 700_000, 800_000, 900_000, 950_000, 990_000, 999_000, 999_900, PPM + 1)
"""Where confidence is cut for a reliability diagram: finer where nearly all of it is."""


@frozen
class Ranked:
    """A confidence in parts per million, and whether what it was given for is right."""

    confidence_ppm: int
    right: bool


@frozen
class Bin:
    """Labels whose confidence is at least *low_ppm* and less than *high_ppm*.

    Attributes:
        confidence: Their mean confidence, as a share.
    """

    low_ppm: int
    high_ppm: int
    count: int
    wrong: int
    confidence: float


@frozen
class RiskPoint:
    """What a threshold accepts, and how many of those are wrong."""

    confidence_min_ppm: int
    accepted: int
    wrong: int


@frozen
class Ranking:
    """How good a ranking is.

    Attributes:
        count: How many labels were ranked.
        wrong: How many of them are wrong; with few, the other figures say little.
        auroc: The chance that a right label is surer than a wrong one, ties counting half; ``None`` without both.
        separation: The mean confidence of right ones less that of wrong ones; ``None`` without both.
        aurc: The mean share of errors over all shares accepted, surest first.
        calibration_error: The mean distance between confidence and share right, bin by bin (ECE).
        bins_filled: How many of the bins hold anything.
    """

    count: int
    wrong: int
    auroc: float | None
    separation: float | None
    aurc: float
    calibration_error: float
    bins_filled: int


def risk_curve(ranked: Iterable[Ranked]) -> tuple[RiskPoint, ...]:
    """Give, for each confidence that occurs, strictest first, what a threshold there accepts."""
    points: list[RiskPoint] = []
    accepted = wrong = 0
    ordered = sorted(ranked, key=lambda each: -each.confidence_ppm)
    for confidence, group in groupby(ordered, key=lambda each: each.confidence_ppm):
        tied = list(group)
        accepted, wrong = accepted + len(tied), wrong + sum(not each.right for each in tied)
        points.append(RiskPoint(confidence, accepted, wrong))
    return tuple(points)


def bins(ranked: Iterable[Ranked]) -> tuple[Bin, ...]:
    """Sort labels into `BINS`."""
    known = list(ranked)
    made: list[Bin] = []
    for low, high in pairwise(BINS):
        mine = [each for each in known if low <= each.confidence_ppm < high]
        mean = sum(each.confidence_ppm for each in mine) / PPM / max(1, len(mine))
        made.append(Bin(low, high, len(mine), sum(not each.right for each in mine), mean))
    return tuple(made)


def rank(ranked: Iterable[Ranked]) -> Ranking:
    """Measure how well confidence ranks.

    >>> found = rank([Ranked(990_000, True), Ranked(900_000, True), Ranked(900_000, False), Ranked(500_000, False)])
    >>> found.auroc, round(found.aurc, 3)
    (0.875, 0.292)
    """
    known = list(ranked)
    right = [each.confidence_ppm for each in known if each.right]
    wrong = [each.confidence_ppm for each in known if not each.right]
    filled = [each for each in bins(known) if each.count]
    gap = sum(abs(each.confidence * each.count - (each.count - each.wrong)) for each in filled)
    both = bool(right) and bool(wrong)
    curve = risk_curve(known)
    return Ranking(
        len(known),
        len(wrong),
        _auroc(right, wrong) if both else None,
        (sum(right) / len(right) - sum(wrong) / len(wrong)) / PPM if both else None,
        _aurc(curve),
        gap / max(1, len(known)),
        len(filled),
    )


def _aurc(curve: Sequence[RiskPoint]) -> float:
    """Average the share of errors over counts accepted; ties are accepted together, at their mean."""
    total, before = 0.0, 0
    for point in curve:
        total += (point.accepted - before) * point.wrong / point.accepted
        before = point.accepted
    return total / max(1, before)


def _auroc(right: Sequence[int], wrong: Sequence[int]) -> float:
    below = ties = seen = 0
    events = sorted([(confidence, 1) for confidence in right] + [(confidence, 0) for confidence in wrong])
    for _, group in groupby(events, key=lambda event: event[0]):
        kinds = [kind for _, kind in group]
        rights, wrongs = sum(kinds), len(kinds) - sum(kinds)
        below += rights * seen
        ties += rights * wrongs
        seen += wrongs
    return (below + ties / 2) / (len(right) * len(wrong))
