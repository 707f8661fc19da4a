"""Where words stand on a page: what is beside a place, what is below it, and what belongs together.

All distances are in ten-thousandths of the page. Nothing here needs whole lines to be told apart, so that a page of
many small cells, or a skewed one, is read as well as plain text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from attrs import frozen

from casefold.fields.model import Box
from casefold.kernel.spelling import squeeze
from casefold.pages.text import PageText

NARROW = 40
"""The least that a letter is taken to be wide."""

HEIGHT_MIN = 60
"""The least that a word is taken to be high."""


GAP = 28
"""Tenths of letters between words that belong together."""

NEAR = 60
"""How far boxes of words that follow one another may overlap."""

_BOX_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}[a-z]?|[a-z])[).:\]]?", re.IGNORECASE)


@frozen
class Sheet:
    """A page whose words can be looked up by place.

    Attributes:
        page: The page.
        middles: The middle of each word's height, from the top of the page down.
        order: The numbers of the words in that order.
        marked: For each word, whether it belongs to a label.
    """

    page: PageText
    middles: tuple[int, ...]
    order: tuple[int, ...]
    marked: bytes

    def box(self, word: int) -> Box:
        """Give the box of a word."""
        left, top, right, bottom = self.page.boxes[4 * word : 4 * word + 4]
        return left, top, right, bottom

    def band(self, top: int, bottom: int) -> list[int]:
        """Give the words whose middle is between two heights, from left to right."""
        first, last = bisect_left(self.middles, top), bisect_left(self.middles, bottom + 1)
        return sorted(self.order[first:last], key=lambda word: (self.page.boxes[4 * word], word))

    def text(self, words: Sequence[int]) -> str:
        """Join words with blanks."""
        return " ".join([self.page.words[word] for word in words])

    def around(self, words: Sequence[int]) -> Box:
        """Give the smallest box around words."""
        boxes = [self.box(word) for word in words]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


def sheet(page: PageText, marked: bytes) -> Sheet:
    """Make a page ready to be looked at; *marked* says of each word whether it belongs to a label."""
    tops, bottoms = page.boxes[1::4], page.boxes[3::4]
    placed = sorted((top + bottom, word) for word, (top, bottom) in enumerate(zip(tops, bottoms, strict=True)))
    return Sheet(page, tuple(both // 2 for both, _ in placed), tuple(word for _, word in placed), marked)


def height(box: Box) -> int:
    """Give the height of a line of print in *box*."""
    return max(HEIGHT_MIN, box[3] - box[1])


def letter(sheet: Sheet, word: int) -> int:
    """Give the width of a letter of a word."""
    return _letter(sheet.page, word)


def _letter(page: PageText, word: int) -> int:
    left, right = page.boxes[4 * word], page.boxes[4 * word + 2]
    return max(NARROW, (right - left) // max(1, len(page.words[word])))


def starts(page: PageText, marked: bytes | bytearray, word: int) -> bool:
    """Whether a word begins its part of a line: nothing, a gap, a label or the number of a form's box is before it."""
    before = word - 1
    while before >= 0 and not marked[before]:
        _, top, right, bottom = page.boxes[4 * before : 4 * before + 4]
        here = page.boxes[4 * word : 4 * word + 4]
        same = top <= (here[1] + here[3]) // 2 <= bottom and right <= here[0] + NEAR
        if not same or 10 * (here[0] - right) > GAP * _letter(page, before):
            return True
        if not _BOX_NUMBER.fullmatch(page.words[before]):
            return False
        word, before = before, before - 1
    return True


def runs(sheet: Sheet, words: Sequence[int], letters: int) -> Iterator[list[int]]:
    """Split words of one line, from left to right, where the gap is wider than so many letters."""
    run: list[int] = []
    reached = 0
    for word in words:
        left, _, right, _ = sheet.box(word)
        if run and 10 * (left - reached) > letters * min(letter(sheet, word), letter(sheet, run[-1])):
            yield run
            run = []
        reached = right if not run else max(reached, right)
        run.append(word)
    if run:
        yield run


def beside(sheet: Sheet, box: Box, reach: int) -> list[int]:
    """Give the words on the line of *box* that begin to its right, up to so far away."""
    slack = height(box) // 3
    return [
        word
        for word in sheet.band(box[1] - slack, box[3] + slack)
        if box[2] - slack <= sheet.box(word)[0] <= box[2] + reach
    ]


def lines_below(sheet: Sheet, box: Box, reach: int) -> Iterator[list[int]]:
    """Give the words below *box*, up to so far away, line by line, each from left to right."""
    bottom = box[3]
    words = sorted(sheet.band(bottom - height(box) // 4, bottom + reach), key=lambda word: sheet.box(word)[1])
    yield from _lines(sheet, [word for word in words if sheet.box(word)[1] + sheet.box(word)[3] > 2 * bottom])


def lines_above(sheet: Sheet, box: Box, reach: int) -> Iterator[list[int]]:
    """Give the words above *box*, up to so far away, line by line from below, each from left to right."""
    top = box[1]
    words = sorted(sheet.band(top - reach, top + height(box) // 4), key=lambda word: -sheet.box(word)[3])
    yield from _lines(sheet, [word for word in words if sheet.box(word)[1] + sheet.box(word)[3] < 2 * top])


def _lines(sheet: Sheet, words: Sequence[int]) -> Iterator[list[int]]:
    """Take words of about one height together; they come in the order of their heights."""
    line: list[int] = []
    for word in words:
        _, top, _, bottom = sheet.box(word)
        if line:
            _, first_top, _, first_bottom = sheet.box(line[0])
            if not first_top <= (top + bottom) // 2 <= first_bottom:
                yield sorted(line, key=lambda each: sheet.box(each)[0])
                line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda each: sheet.box(each)[0])


def words_of_span(texts: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Give the first and the last of *texts* that a span of them, joined with blanks, touches.

    >>> words_of_span(["Net", "pay", "$12"], 4, 9)
    (1, 2)
    """
    begins = [0, *accumulate(len(text) + 1 for text in texts)]
    first = max(at for at, begin in enumerate(begins[:-1]) if begin <= start)
    last = max(at for at, begin in enumerate(begins[:-1]) if begin < max(end, start + 1))
    return first, last


def same_letters(one: str, other: str) -> bool:
    """Whether two texts differ in spelling only."""
    return squeeze(one.split()).text == squeeze(other.split()).text
