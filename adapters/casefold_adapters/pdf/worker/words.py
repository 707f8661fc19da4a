"""Read a page's words and the box of each for little more than the price of the text.

A word's box spans its first and its last character, so two boxes are asked for a word, not one a character; the
calls and the arithmetic run over whole pages at C speed where Python allows it. What this gives is 1.3 times the
price of the bare text; one box a character would be 2.5 times.
"""

import ctypes
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from itertools import accumulate, repeat
from typing import Any

from casefold_adapters.pdf.worker import native
from casefold_adapters.pdf.worker.places import Display

_LEFT, _TOP, _RIGHT, _BOTTOM = range(4)
_SIDES = 4

_MARKS = ("\ufffe", "\2", "\0")
"""What pdfium writes for a hyphen that ends a line, with no line break after it, and for what it cannot map."""

_spaces = re.compile(r"(\s+)")

_lone = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
"""Half a character without the other half."""


class TooMuchText(Exception):
    """The page holds more than a page may."""


class WordReader:
    """Reads one page after another into the same buffers."""

    def __init__(self, words_max: int, characters_max: int) -> None:
        """Take the bounds of one page."""
        self._words_max = words_max
        self._characters_max = characters_max
        self._grow(1_000)

    def read(self, text: native.Handle, display: Display) -> tuple[list[str], list[int]]:
        """Give the words of a text page in reading order, and four box sides for each."""
        count = native.count_chars(text)
        if count > self._characters_max:
            raise TooMuchText(f"{count} characters")
        units, halves = _units(text, count)
        pieces = _spaces.split(units)
        ends = list(accumulate(map(len, pieces), initial=0))
        skip = 0 if pieces[0] else 2
        words = pieces[skip::2] if pieces[-1] else pieces[skip:-1:2]
        if len(words) > self._words_max:
            raise TooMuchText(f"{len(words)} words")
        firsts = ends[skip::2][: len(words)]
        lasts = map((-1).__add__, ends[skip + 1 :: 2][: len(words)])
        boxes = self._boxes(text, [*firsts, *lasts], display)
        return list(map(_whole, words)) if halves else words, boxes

    def _boxes(self, text: native.Handle, chars: list[int], display: Display) -> list[int]:
        """Give the boxes of words whose first characters are the first half of *chars* and whose last the second."""
        if len(chars) > len(self._references):
            self._grow(len(chars))
        # A character without a box leaves zeros, not the box of an earlier page.
        ctypes.memset(self._rects, 0, len(chars) * ctypes.sizeof(native.Rect))
        deque[object](map(native.loose_box_of_char, repeat(text), chars, self._references), maxlen=0)
        half = _SIDES * (len(chars) // 2)
        starts, stops = self._floats[:half].tolist(), self._floats[half : 2 * half].tolist()
        lefts, rights = _span(
            starts[_LEFT::_SIDES], stops[_LEFT::_SIDES], starts[_RIGHT::_SIDES], stops[_RIGHT::_SIDES]
        )
        bottoms, tops = _span(
            starts[_BOTTOM::_SIDES], stops[_BOTTOM::_SIDES], starts[_TOP::_SIDES], stops[_TOP::_SIDES]
        )
        return display.boxes(lefts, bottoms, rights, tops)

    def _grow(self, size: int) -> None:
        self._rects: Any = (native.Rect * size)()
        self._floats = memoryview(self._rects).cast("B").cast("f")
        self._references = [ctypes.byref(self._rects, index * ctypes.sizeof(native.Rect)) for index in range(size)]


def layer_words(text: native.Handle) -> list[str]:
    """Give the words of a text page without their boxes; the same words that `WordReader` gives."""
    units, halves = _units(text, native.count_chars(text))
    return list(map(_whole, units.split())) if halves else units.split()


def _units(text: native.Handle, count: int) -> tuple[str, bool]:
    """Give the page's text, one UTF-16 unit for each of pdfium's characters, and whether any is half a character.

    What is no character becomes white space.
    """
    units, halves = native.chars(text, count) if count else ("", False)
    if len(units) < count:
        units = _with_gaps(text, units, count)
    if len(units) != count:
        units, halves = "".join(chr(native.char_code(text, index)) for index in range(count)), True
    for mark in _MARKS:
        if mark in units:
            units = units.replace(mark, " ")
    return _lone.sub(" ", units) if halves else units, halves


def _whole(word: str) -> str:
    """Join pairs of halves to characters."""
    return word.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _with_gaps(text: native.Handle, units: str, count: int) -> str:
    """Put a space where pdfium left a character out of the text; it does so with a few control characters a page."""
    pieces: list[str] = []
    start = gaps = 0
    while gaps < count - len(units):
        gap = bisect_left(range(count), True, start, key=lambda index: native.text_index(text, index) != index - gaps)
        pieces.append(units[start - gaps : gap - gaps])
        start, gaps = gap + 1, gaps + 1
    return " ".join((*pieces, units[start - gaps :]))


def _span(
    low: Sequence[float], low_too: Sequence[float], high: Sequence[float], high_too: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Give the lower and the upper bound of pairs of intervals."""
    return (
        [one if one < other else other for one, other in zip(low, low_too, strict=True)],
        [one if one > other else other for one, other in zip(high, high_too, strict=True)],
    )
