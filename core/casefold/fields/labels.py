"""Find the labels of a class on a page, tolerant of slips, as signals are found."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import frozen

from casefold.kernel.spelling import Squeezed, fold, squeeze
from casefold.pages.phrases import Index, find, index
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
    """

    numbers: Mapping[str, int]
    long: Index
    places: tuple[int, ...]
    short: Mapping[str, int]

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
    spelled = {fold(text): text for text in texts}
    numbers = {letters: number for number, letters in enumerate(spelled)}
    long = {letters: text for letters, text in spelled.items() if len(letters) >= SHORTEST}
    short = {letters: numbers[letters] for letters in spelled if len(letters) < SHORTEST}
    return Labels(
        MappingProxyType(numbers),
        index(long.values(), make_search=make_search),
        tuple(numbers[letters] for letters in long),
        MappingProxyType(short),
    )


def marks(known: Labels, page: PageText) -> list[Mark]:
    """Give the labels on a page in reading order; values of form fields are no labels.

    Of labels that differ in a letter, as employee and employer, the one that matches to the letter is meant.
    """
    printed = len(page.words) - page.form_words
    found: list[Mark] = []
    pieces = [(0, printed)]
    while pieces:
        first, end = pieces.pop()
        for mark in _found(known, page, first, end):
            torn = _torn(page, mark)
            if torn is None:
                found.append(mark)
            else:
                pieces += [(mark.first, torn), (torn, mark.last + 1)]
    return sorted(set(found), key=lambda mark: (mark.first, mark.last, mark.label))


def _found(known: Labels, page: PageText, first: int, end: int) -> list[Mark]:
    """Find labels among the words from *first* up to *end*."""
    squeezed = squeeze(page.words[first:end])
    matches = [(match.start, match.end, match.phrase) for match in find(known.long, squeezed)]
    exact = {span[:2] for span in matches if squeezed.text[span[0] : span[1]] == known.long.phrases[span[2]].text}
    placed = [
        (*squeezed.words_between(start, stop), known.places[phrase])
        for start, stop, phrase in matches
        if squeezed.text[start:stop] == known.long.phrases[phrase].text
        or not any(start < other_end and other_start < stop for other_start, other_end in exact)
    ]
    inside = {word for one, last, _ in placed for word in range(one, last + 1)}
    short = [(word, word, label) for word, label in _short(known, squeezed) if word not in inside]
    return [Mark(label, one + first, last + first) for one, last, label in {*placed, *short}]


def _short(known: Labels, squeezed: Squeezed) -> Iterator[tuple[int, int]]:
    if known.short:
        for word in range(len(squeezed.starts) - 1):
            label = known.short.get(squeezed.text[squeezed.starts[word] : squeezed.starts[word + 1]])
            if label is not None:
                yield word, label


TORN_ACROSS = 6
"""Words of one label stand no further apart than so many letters."""

TORN_DOWN = 2
"""The next line of a label begins no further down than so many heights of its words."""


def _torn(page: PageText, mark: Mark) -> int | None:
    """Give the word of a label that stands apart from those before it, so that they are not one label."""
    for word in range(mark.first + 1, mark.last + 1):
        left, top, right, bottom = page.boxes[4 * word - 4 : 4 * word]
        next_left, next_top, _, next_bottom = page.boxes[4 * word : 4 * word + 4]
        if top <= (next_top + next_bottom) // 2 <= bottom:
            letter = max(40, (right - left) // max(1, len(page.words[word - 1])))
            if next_left - right > TORN_ACROSS * letter:
                return word
        elif not -TORN_DOWN * (bottom - top) <= next_top - bottom <= TORN_DOWN * (bottom - top) // 2:
            return word
    return None
