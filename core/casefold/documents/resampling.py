"""How much a figure depends on which packages were measured: the bootstrap over packages (Efron, 1979)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from attrs import frozen

Value = TypeVar("Value")

RESAMPLES = 1_000


@frozen
class Interval:
    """Between what a figure lies in 95 of 100 samples of packages drawn anew."""

    low: float
    high: float


def resamples(count: int, times: int, seed: str) -> list[list[int]]:
    """Draw *times* samples of *count* numbers below *count*, with replacement; the same seed draws the same.

    >>> resamples(3, 2, "1") == resamples(3, 2, "1")
    True
    """
    drawn: list[list[int]] = []
    for number in range(times):
        stream = hashlib.shake_128(f"{seed}\0{number}".encode()).digest(8 * count)
        drawn.append([int.from_bytes(stream[at : at + 8]) % count for at in range(0, len(stream), 8)])
    return drawn


def intervals(
    parts: Sequence[Value],
    measure: Callable[[Sequence[Value]], Mapping[str, float]],
    seed: str,
    times: int = RESAMPLES,
) -> dict[str, Interval]:
    """Give the middle 95 % of each figure over samples of *parts*, which are whole packages: pages hang together.

    Of a single package nothing is known of others, so its interval is only the figure itself.
    """
    figures: dict[str, list[float]] = {}
    for drawn in resamples(len(parts), times, seed):
        for name, value in measure([parts[at] for at in drawn]).items():
            figures.setdefault(name, []).append(value)
    return {name: Interval(*_middle(sorted(values))) for name, values in figures.items()}


def _middle(ordered: Sequence[float]) -> tuple[float, float]:
    cut = len(ordered) // 40
    return ordered[cut], ordered[-1 - cut]
