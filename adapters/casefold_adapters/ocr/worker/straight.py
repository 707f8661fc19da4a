"""Set a page straight, and find the way back: how it leans, and where a place on the straight page was before."""

from math import cos, radians, sin
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LEAN_MAX = 4.0
"""Scanners draw pages in askew by no more degrees than this."""

LEAN_MIN = 0.3
"""A page that leans less is read as well as it is."""

COARSE, FINE = 0.5, 0.1

PROFILE_SIDE = 700
"""A page is made this small to see how it leans: its lines remain, its letters do not matter."""

INK_SHARE = 0.7
"""What is darker than this share of the paper is ink."""

BLANK_SIDE, BLANK_SHARE, BLANK_PART_MAX = 200, 0.9, 0.0005
"""A page in squares, so many along its longer side; a square with a letter is darker than this share of the paper."""

SPECK_DARK, SPECK_LIGHT, SPECK_SQUARE, SPECKED_PART = 170, 200, 32, 0.33
"""Gray that is ink, gray that is paper; squares of so many pixels, of which so large a part shows specks; measured."""

GAIN_MIN = 1.1
"""A lean counts if lines stand out by so much more than without: pictures have no lines."""

Gray = NDArray[np.uint8]

QUARTERS = MappingProxyType(
    {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }
)
"""How Pillow calls a turn by so many degrees clockwise."""


def blank(gray: Gray) -> bool:
    """Whether a page shows nothing but paper and specks: of its squares hardly any is darker than the paper."""
    small = _small(gray, max(gray.shape) // BLANK_SIDE)
    return small.size > 0 and float((small < BLANK_SHARE * np.percentile(small, 75)).mean()) < BLANK_PART_MAX


def _small(gray: Gray, step: int) -> NDArray[np.float64]:
    step = max(1, min(step, *gray.shape))
    high, wide = gray.shape[0] // step * step, gray.shape[1] // step * step
    small: NDArray[np.float64] = gray[:high, :wide].reshape(high // step, step, wide // step, step).mean(axis=(1, 3))
    return small


def specked(gray: Gray) -> bool:
    """Whether a page is strewn with specks: dark dots that stand alone, over much of the paper.

    Full stops and rows of dots stand alone too, but not everywhere.
    """
    dark, light = gray < SPECK_DARK, gray > SPECK_LIGHT
    high, wide = gray.shape[0] - 4, gray.shape[1] - 4
    if high < SPECK_SQUARE or wide < SPECK_SQUARE:
        return False
    alone = dark[2 : 2 + high, 2 : 2 + wide].copy()
    for down in range(5):
        for across in range(5):
            if down in {0, 4} or across in {0, 4}:
                alone &= light[down : down + high, across : across + wide]
    squares = _small(alone.astype(np.uint8), SPECK_SQUARE)
    return float((squares > 0).mean()) > SPECKED_PART


def lean(gray: Gray) -> float:
    """Give the degrees by which a page must be turned counter-clockwise for its lines to lie level."""
    small = _small(gray, max(gray.shape) // PROFILE_SIDE)
    if small.size < PROFILE_SIDE:
        return 0.0
    rows, columns = np.nonzero(small < INK_SHARE * np.percentile(small, 75))
    if len(rows) < PROFILE_SIDE:
        return 0.0
    level = _relief(rows, columns, 0.0)
    coarse = _best(rows, columns, np.arange(-LEAN_MAX, LEAN_MAX + COARSE / 2, COARSE))
    best = _best(rows, columns, np.arange(coarse - COARSE, coarse + COARSE + FINE / 2, FINE))
    if abs(best) < LEAN_MIN or _relief(rows, columns, best) < GAIN_MIN * level:
        return 0.0
    return round(best, 1)


def _best(rows: NDArray[Any], columns: NDArray[Any], angles: NDArray[Any]) -> float:
    return max((_relief(rows, columns, float(angle)), -abs(float(angle)), float(angle)) for angle in angles)[2]


def _relief(rows: NDArray[Any], columns: NDArray[Any], degrees: float) -> float:
    """Say how sharply lines stand out when the page is turned by *degrees*."""
    levels = np.rint(rows * cos(radians(degrees)) - columns * sin(radians(degrees))).astype(np.int64)
    profile = np.bincount(levels - levels.min()).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


class Place:
    """Where a page was before it was turned by quarters and then by a small angle.

    Attributes:
        turned: The degrees clockwise by which it was turned to stand upright.
    """

    def __init__(self, width: int, height: int, turned: int, degrees: float) -> None:
        """Take the size in pixels of the page as displayed, and by what it was turned."""
        self.turned = turned
        self._width, self._height = width, height
        self._upright = (height, width) if turned in {90, 270} else (width, height)
        self._cos, self._sin = cos(radians(degrees)), sin(radians(degrees))

    def back(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Give the box on the page as displayed of a box on the page as it was recognised."""
        wide, high = self._upright
        x, y = (left + right) / 2 - wide / 2, (top + bottom) / 2 - high / 2
        # Lines lean little, so a box keeps its size and its middle is moved.
        x, y = x * self._cos - y * self._sin + wide / 2, x * self._sin + y * self._cos + high / 2
        across, down = (right - left) / 2, (bottom - top) / 2
        box = (x - across, y - down, x + across, y + down)
        if self.turned == 90:
            return box[1], self._height - box[2], box[3], self._height - box[0]
        if self.turned == 180:
            return self._width - box[2], self._height - box[3], self._width - box[0], self._height - box[1]
        if self.turned == 270:
            return self._width - box[3], box[0], self._width - box[1], box[2]
        return box


def turned(image: Image.Image, quarter: int) -> Image.Image:
    """Turn a page by a quarter, a half or three quarters, clockwise."""
    return image.transpose(QUARTERS[quarter]) if quarter else image


def straightened(image: Image.Image, degrees: float) -> Image.Image:
    """Turn a page by a small angle counter-clockwise; what comes in from outside is white."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255) if degrees else image
