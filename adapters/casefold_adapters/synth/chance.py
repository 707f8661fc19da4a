"""Seeded chance: every part of a file draws from a stream of its own, so that one part never moves another."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """A named stream of draws; the same name gives the same draws on every machine.

    >>> Chance("7/bank").digits(4) == Chance("7/bank").digits(4)
    True
    """

    def __init__(self, name: str) -> None:
        """Begin the stream called *name*; text is hashed by SHA-512, never by the process's hash seed."""
        self.name = name
        self._draw = random.Random(name)  # noqa: S311 - documents are made up, not secret

    def child(self, name: object) -> "Chance":
        """Give the stream *name* below this one; what was drawn here does not matter."""
        return Chance(f"{self.name}/{name}")

    def between(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return low + int(self._draw.random() * (high - low + 1))

    def cents(self, low: int, high: int) -> int:
        """Draw an amount between so many dollars, in cents."""
        return self.between(low * 100, high * 100)

    def share(self) -> float:
        """Draw a number from 0 up to 1."""
        return self._draw.random()

    def spread(self, low: float, high: float) -> float:
        """Draw a number between two."""
        return low + (high - low) * self._draw.random()

    def chance(self, percent: int) -> bool:
        """Say yes so many times in a hundred."""
        return self._draw.random() * 100 < percent

    def pick(self, items: Sequence[Item]) -> Item:
        """Draw one of *items*."""
        return items[int(self._draw.random() * len(items))]

    def some(self, items: Sequence[Item], count: int) -> tuple[Item, ...]:
        """Draw *count* different ones of *items*, in drawn order."""
        return tuple(self.mixed(items)[:count])

    def mixed(self, items: Sequence[Item]) -> list[Item]:
        """Give *items* in drawn order."""
        left = list(items)
        for last in range(len(left) - 1, 0, -1):
            other = int(self._draw.random() * (last + 1))
            left[last], left[other] = left[other], left[last]
        return left

    def digits(self, count: int) -> str:
        """Draw so many digits, the first of which is not 0."""
        return str(self.between(1, 9)) + "".join(str(self.between(0, 9)) for _ in range(count - 1))

    def letters(self, count: int) -> str:
        """Draw so many capital letters."""
        return "".join(self.pick("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(count))

    def day(self, low: date, high: date) -> date:
        """Draw a day, both ends included."""
        return low + timedelta(days=self.between(0, max(0, (high - low).days)))
