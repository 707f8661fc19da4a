"""What a worker says of a page."""

from typing import Any, Protocol

Read = tuple[str, tuple[float, float, float, float], float]
"""A word, its box in pixels of the page as it was recognised, and how sure it is, from 0 to 100."""

SCALE = 10_000


class Way(Protocol):
    """The way back from a page as it was recognised to the page as displayed."""

    turned: int

    def back(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Give the box on the page as displayed of a box on the page as it was recognised."""
        ...


def answer(words: list[Read], place: Way, size: tuple[int, int], *, blank: bool = False) -> dict[str, Any]:
    """Give words with their boxes in ten-thousandths of the page as displayed; *blank* is a page without any ink."""
    boxes: list[int] = []
    for _, box, _ in words:
        left, top, right, bottom = place.back(*box)
        boxes += [_part(left, size[0]), _part(top, size[1]), _part(right, size[0]), _part(bottom, size[1])]
    return {
        "words": [word for word, _, _ in words],
        "boxes": boxes,
        "confidences": [min(100, max(0, round(sure))) for _, _, sure in words],
        "turned": place.turned,
        "blank": blank and not words,
    }


def _part(pixels: float, side: int) -> int:
    return min(SCALE, max(0, round(pixels * SCALE / side)))
