"""From a page's own coordinates to ten-thousandths of the page as displayed."""

from collections.abc import Sequence
from math import floor, isfinite

from casefold_adapters.pdf.worker.native import Box

SCALE = 10_000


class Display:
    """The part of a page that is shown, and how it is turned."""

    __slots__ = ("_bottom", "_high", "_left", "_right", "_rotation", "_top", "_wide")

    def __init__(self, crop: Box, rotation: int) -> None:
        """Take the crop box in the page's own coordinates and the clockwise rotation in degrees."""
        self._left, self._bottom, self._right, self._top = crop
        self._wide = SCALE / max(self._right - self._left, 1e-6)
        self._high = SCALE / max(self._top - self._bottom, 1e-6)
        self._rotation = rotation

    def boxes(
        self, lefts: Sequence[float], bottoms: Sequence[float], rights: Sequence[float], tops: Sequence[float]
    ) -> list[int]:
        """Give left, top, right, bottom of each box as displayed, one after the other, held inside the page.

        >>> letter = (0.0, 0.0, 612.0, 792.0)
        >>> Display(letter, 0).boxes([0], [0], [306], [198])
        [0, 7500, 5000, 10000]
        >>> Display(letter, 90).boxes([0], [0], [306], [198])
        [0, 0, 2500, 5000]
        """
        x, y = (self._wide, 0.5 - self._left * self._wide), (self._high, 0.5 - self._bottom * self._high)
        x_back, y_back = (-x[0], 0.5 + self._right * x[0]), (-y[0], 0.5 + self._top * y[0])
        if self._rotation == 90:
            sides = (bottoms, y), (lefts, x), (tops, y), (rights, x)
        elif self._rotation == 180:
            sides = (rights, x_back), (bottoms, y), (lefts, x_back), (tops, y)
        elif self._rotation == 270:
            sides = (tops, y_back), (rights, x_back), (bottoms, y_back), (lefts, x_back)
        else:
            sides = (lefts, x), (tops, y_back), (rights, x), (bottoms, y_back)
        boxes = [0] * (4 * len(lefts))
        for index, (values, (factor, offset)) in enumerate(sides):
            boxes[index::4] = _scaled(values, factor, offset)
        if boxes and (min(boxes) < 0 or max(boxes) > SCALE):
            return [0 if side < 0 else SCALE if side > SCALE else side for side in boxes]
        return boxes


def _scaled(values: Sequence[float], factor: float, offset: float) -> list[int]:
    try:
        # `floor` takes half the time of `int`, and there are four sides a word.
        return [floor(value * factor + offset) for value in values]
    except (OverflowError, ValueError):
        # A hostile font matrix gives infinite or undefined places; such a word stands in the corner.
        return [floor(place) if isfinite(place := value * factor + offset) else 0 for value in values]
