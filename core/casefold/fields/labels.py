"""Find the labels of a class on a page, tolerant of slips, as signals are found."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import frozen

from casefold.fields.layout import NARROW
from casefold.kernel.spelling import Squeezed, fold, squeeze
from casefold.pages.phrases import Index, find_all, index
from casefold.pages.search import MakeSearch, dictionary
from casefold.pages.text import PageText
from casefold.taxonomy.patterns import SHORTEST


@frozen
class Labels:
    """Labels made ready to be found.

    Attributes:
        numbers: The number of each label, by its folded letters.
        long: The index over those of enough letters.
        places: For each phrase of the index, the number of its label.
        short: The numbers of the others, which must be whole words, by their letters.
        signed: The numbers of those that hold the sign of a number, as in ``Account #``.
    """

    numbers: Mapping[str, int]
    long: Index
    places: tuple[int, ...]
    short: Mapping[str, int]
    signed: frozenset[int] = frozenset()

    def number(self, text: str) -> int:
        """Give the number of a label."""
        return self.numbers[fold(text)]


@frozen
class Mark:
    """Label number *label* stands on the words *first* to *last* of a page."""

    label: int
    first: int
    last: int


def labels(texts: Iterable[str], make_search: MakeSearch = dictionary) -> Labels:
    """Prepare labels; none may fold to nothing."""
    texts = tuple(texts)
    spelled = {fold(text): text for text in texts}
    numbers = {letters: number for number, letters in enumerate(spelled)}
    long = {letters: text for letters, text in spelled.items() if len(letters) >= SHORTEST}
    short = {letters: numbers[letters] for letters in spelled if len(letters) < SHORTEST}
    return Labels(
        MappingProxyType(numbers),
        index(long.values(), make_search=make_search),
        tuple(numbers[letters] for letters in long),
        MappingProxyType(short),
        frozenset(numbers[fold(text)] for text in texts if SIGN in text),
    )


def marks(known: Labels, page: PageText) -> list[Mark]:
    """Give the labels on a page in reading order; values of form fields are no labels.

    What matches to the letter goes first, so that employee is not taken for employer; then what is longer. A label that
    stands within another is none.
    """
    squeezed = squeeze(page.words[: len(page.words) - page.form_words])
    found: list[tuple[bool, int, Mark]] = []
    for match in find_all(known.long, squeezed):
        first, last = squeezed.words_between(match.start, match.end)
        inexact = squeezed.text[match.start : match.end] != known.long.phrases[match.phrase].text
        found.append((inexact, match.start - match.end, Mark(known.places[match.phrase], first, last)))
    found += [(False, 0, Mark(label, word, word)) for word, label in _short(known, squeezed)]
    found.sort(key=lambda each: (each[0], each[1], each[2].first, each[2].label))
    taken: set[int] = set()
    kept: list[Mark] = []
    for _, _, mark in found:
        words = range(mark.first, mark.last + 1)
        if taken.isdisjoint(words) and not _torn(known, page, mark):
            kept.append(mark)
            taken.update(words)
    return sorted(kept, key=lambda mark: (mark.first, mark.last, mark.label))


def _short(known: Labels, squeezed: Squeezed) -> Iterator[tuple[int, int]]:
    if known.short:
        for word in range(len(squeezed.starts) - 1):
            label = known.short.get(squeezed.text[squeezed.starts[word] : squeezed.starts[word + 1]])
            if label is not None:
                yield word, label


SIGN = "#"
"""Where this stands between words they are not one label: ``Account # Type`` is the heads of two columns."""

TORN_ACROSS = 15
"""Words of one label stand no further apart than so many letters."""

TORN_DOWN = 2
"""The next line of a label begins no further down than so many heights of its words."""


def _torn(known: Labels, page: PageText, mark: Mark) -> bool:
    """Whether words of a label stand apart from those before them, so that they are not one label."""
    if SIGN in page.words[mark.first : mark.last] and mark.label not in known.signed:
        return True
    for word in range(mark.first + 1, mark.last + 1):
        left, top, right, bottom = page.boxes[4 * word - 4 : 4 * word]
        next_left, next_top, _, next_bottom = page.boxes[4 * word : 4 * word + 4]
        if top <= (next_top + next_bottom) // 2 <= bottom:
            letter = max(NARROW, (right - left) // max(1, len(page.words[word - 1])))
            if next_left - right > TORN_ACROSS * letter:
                return True
        elif not -TORN_DOWN * (bottom - top) <= next_top - bottom <= TORN_DOWN * (bottom - top) // 2:
            return True
    return False
