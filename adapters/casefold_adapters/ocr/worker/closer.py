"""A closer look at a page: what it shows cut out, enlarged, its background evened, and several readings made one.

A card on a sheet is small, its ground is coloured, and its labels are smaller than the text that scans are drawn for.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from casefold_adapters.ocr.worker.answers import Read
from casefold_adapters.ocr.worker.straight import Place

LONG_SIDE_PIXELS = 2000
"""How long the longer side of what is shown is made; more finds nothing; measured."""

ENLARGED_MAX = 3.0
"""What is enlarged more has no letters left."""

SQUARE, DIFFERS, MARGIN = 16, 10, 16
"""A page in squares of so many pixels; one that differs by so much from the edge shows something; left around it."""

GROUND_SHRUNK, GROUND_LETTERS, GROUND_BLUR = 8, 9, 4
"""The ground is seen on a page so much smaller, without what is darker and narrower than so many of its pixels."""

SURE = 60
"""A word of another reading is added if it is at least as sure in percent."""

EVEN = 50
"""A word counts for a reading by what it is surer than this, and against it by what it is less."""

OVERLAP_MAX = 0.2
"""A word that covers more of one that stands already is another reading of that one."""

SURER, SAME_MIN = 10, 0.6
"""It takes that one's place if it is surer by so much and the two share so large a part of the larger."""

Gray = NDArray[np.uint8]
Box = tuple[float, float, float, float]


def shown(gray: Gray) -> tuple[int, int, int, int]:
    """Give the box of pixels outside of which a page is what it is at its edge."""
    high, wide = gray.shape
    rows, columns = high // SQUARE, wide // SQUARE
    if not rows or not columns:
        return 0, 0, wide, high
    squares = gray[: rows * SQUARE, : columns * SQUARE].reshape(rows, SQUARE, columns, SQUARE).mean(axis=(1, 3))
    edge = np.median(np.concatenate([squares[0], squares[-1], squares[:, 0], squares[:, -1]]))
    down, across = np.nonzero(np.abs(squares - edge) > DIFFERS)
    if not len(down):
        return 0, 0, wide, high
    left, top = int(across.min()) * SQUARE - MARGIN, int(down.min()) * SQUARE - MARGIN
    right, bottom = (int(across.max()) + 1) * SQUARE + MARGIN, (int(down.max()) + 1) * SQUARE + MARGIN
    # What is left of whole squares at the far edges belongs to the last ones.
    return (
        max(0, left),
        max(0, top),
        wide if right + SQUARE > wide else right,
        high if bottom + SQUARE > high else bottom,
    )


def enlarged(page: Image.Image) -> tuple[Image.Image, tuple[int, int], float]:
    """Cut out what a page shows and make it larger; give where its corner was, and how many times as large it is."""
    left, top, right, bottom = shown(np.asarray(page))
    part = page.crop((left, top, right, bottom))
    times = min(ENLARGED_MAX, max(1.0, LONG_SIDE_PIXELS / max(part.size)))
    size = max(1, round(part.width * times)), max(1, round(part.height * times))
    return part.resize(size, Image.Resampling.LANCZOS), (left, top), times


class Cut:
    """Where on its page a part was before it was enlarged and set straight."""

    def __init__(self, place: Place, corner: tuple[int, int], times: float) -> None:
        """Take the way back to the enlarged part, and what `enlarged` says of it."""
        self.turned = place.turned
        self._place, self._corner, self._times = place, corner, times

    def back(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Give the box on the page of a box on the part as it was recognised."""
        box = self._place.back(left, top, right, bottom)
        left, top, right, bottom = (side / self._times for side in box)
        across, down = self._corner
        return left + across, top + down, right + across, bottom + down


def evened(image: Image.Image) -> Image.Image:
    """Make the ground of a picture white: colours, shadows and fine patterns go, and letters stay."""
    small = image.resize((max(1, image.width // GROUND_SHRUNK), max(1, image.height // GROUND_SHRUNK)))
    ground = small.filter(ImageFilter.MaxFilter(GROUND_LETTERS)).filter(ImageFilter.GaussianBlur(GROUND_BLUR))
    under: Any = np.asarray(ground.resize(image.size, Image.Resampling.BILINEAR), dtype=np.float32)
    part = np.asarray(image, dtype=np.float32) * 255 / np.maximum(under, 1)
    return Image.fromarray(np.clip(part, 0, 255).astype(np.uint8))


def joined(readings: list[list[Read]]) -> list[Read]:
    """Make one reading of several of the same picture: the best, and of each other what it has nothing for, or surer.

    >>> good = [("name", (0, 0, 40, 10), 90), ("JONES", (50, 0, 90, 10), 90), ("eves", (0, 20, 40, 30), 55)]
    >>> poor = [("nane", (0, 0, 40, 10), 55), ("sex", (50, 20, 70, 30), 85), ("eyes", (0, 20, 40, 30), 92)]
    >>> [word for word, _, _ in joined([poor, good])]
    ['name', 'JONES', 'eyes', 'sex']
    """
    best, *others = sorted(readings, key=_worth, reverse=True)
    words = list(best)
    for other in others:
        for each in other:
            if each[2] < SURE:
                continue
            met = [at for at, word in enumerate(words) if _shared(each[1], word[1], min) > OVERLAP_MAX]
            if not met:
                words.append(each)
            elif len(met) == 1 and _better(each, words[met[0]]):
                words[met[0]] = each
    return words


def _worth(words: list[Read]) -> float:
    return sum(len(word) * (sure - EVEN) for word, _, sure in words)


def _better(one: Read, other: Read) -> bool:
    return one[2] >= other[2] + SURER and _shared(one[1], other[1], max) > SAME_MIN


def _shared(one: Box, other: Box, measure: Callable[[float, float], float]) -> float:
    """Give the part that two boxes share, of the smaller or the larger of them."""
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / measure(_area(one), _area(other))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
