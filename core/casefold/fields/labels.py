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
    """Give the labels on a page in reading order; values of form fields are no labels."""
    printed = page.words[: len(page.words) - page.form_words]
    squeezed = squeeze(printed)
    found = {(match.start, match.end, known.places[match.phrase]) for match in find(known.long, squeezed)}
    placed = [(*squeezed.words_between(start, end), label) for start, end, label in found]
    return [Mark(label, first, last) for first, last, label in sorted({*placed, *_short(known, squeezed)})]


def _short(known: Labels, squeezed: Squeezed) -> Iterator[tuple[int, int, int]]:
    if known.short:
        for word in range(len(squeezed.starts) - 1):
            label = known.short.get(squeezed.text[squeezed.starts[word] : squeezed.starts[word + 1]])
            if label is not None:
                yield word, word, label
