"""Find any number of phrases in one pass over a page.

A long phrase may hold slips. It is cut into as many pieces as it may have slips, plus one; whatever the slips, one
piece is whole (the pigeonhole principle). So one search for all pieces, and for the phrases that must match to the
letter, finds every place where a phrase can stand.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from attrs import field, frozen

from casefold.kernel.spelling import Squeezed, fold_each
from casefold.pages.search import MakeSearch, Search, dictionary
from casefold.taxonomy.patterns import SHORTEST

LONG = 16
"""A phrase of this many letters may hold one slip, of twice as many two, and may begin or end within a word, since
spaces get lost. A shorter one must match to the letter, from the beginning of a word to the end of one."""

TELLING = 2
"""Words of up to this many letters, and all words with a digit, tell one form from the next and may hold no slip."""


@frozen
class Phrase:
    """A phrase ready to be found.

    Attributes:
        text: Its letters, folded.
        telling: For each letter ``x`` where no slip is allowed, else ``-``.
        slips: How many letters may be wrong, missing or added.
        open_start: Whether it may begin within a word.
        open_end: Whether it may end within a word.
    """

    text: str
    telling: str
    slips: int
    open_start: bool
    open_end: bool


@frozen
class Side:
    """What a phrase has on one side of a piece, read away from the piece.

    Attributes:
        text: Its letters.
        telling: As that of the phrase.
        first: The part that comes first, of as many as the phrase may have slips, plus one; one of them is whole.
        others: The other parts.
        reach: How many letters of a page can matter.
    """

    text: str
    telling: str
    first: str
    others: tuple[str, ...]
    reach: int


@frozen
class Piece:
    """A part of a phrase that is searched for, its *size* in letters, and what comes before and after it."""

    phrase: int
    size: int
    head: Side
    tail: Side


@frozen
class Index:
    """Phrases, and the search that leads to them.

    Attributes:
        phrases: The phrases, in the order in which they were given.
        search: Finds every string of letters that a phrase is known by.
        pieces: For each of those strings, the pieces that it is.
    """

    phrases: tuple[Phrase, ...]
    search: Search = field(eq=False, repr=False)
    pieces: tuple[tuple[Piece, ...], ...]


@frozen
class Match:
    """Phrase number *phrase* stands at ``text[start:end]``."""

    phrase: int
    start: int
    end: int


def index(texts: Iterable[str], exact: Collection[str] = (), make_search: MakeSearch = dictionary) -> Index:
    """Prepare phrases, each of which folds to at least `SHORTEST` letters; those in *exact* may hold no slips."""
    split = {text: text.replace("-", " ").replace("/", " ").split() for text in texts}
    words = sorted({word for parts in split.values() for word in parts})
    folded = dict(zip(words, map(_masked, words, fold_each(words)), strict=True))
    phrases = tuple(_phrase([folded[word] for word in parts], text not in exact) for text, parts in split.items())
    strings: dict[str, list[Piece]] = {}
    for number, phrase in enumerate(phrases):
        for string, piece in _pieces(number, phrase):
            strings.setdefault(string, []).append(piece)
    return Index(phrases, make_search(tuple(strings)), tuple(map(tuple, strings.values())))


def _masked(word: str, letters: str) -> tuple[str, str]:
    """Give the letters of a word, and the mask of those that may hold no slip."""
    return letters, ("x" if _tells(word) else "-") * len(letters)


def _phrase(words: Sequence[tuple[str, str]], tolerant: bool) -> Phrase:
    text = "".join([letters for letters, _ in words])
    assert len(text) >= SHORTEST, "a phrase has a few letters"
    telling, long = "".join([mask for _, mask in words]), len(text) >= LONG
    slips = min(2, len(text) // LONG) if tolerant else 0
    return Phrase(text, telling, slips, long and telling[0] == "-", long and telling[-1] == "-")


def _tells(word: str) -> bool:
    return len(word.strip("().,:;")) <= TELLING or any(mark.isdigit() for mark in word)


def _pieces(number: int, phrase: Phrase) -> Iterator[tuple[str, Piece]]:
    """Cut a phrase into one piece more than it may have slips."""
    text, telling, slips = phrase.text, phrase.telling, phrase.slips
    for begin, end in pairwise(len(text) * piece // (slips + 1) for piece in range(slips + 2)):
        head, tail = _side(text[:begin][::-1], telling[:begin][::-1], slips), _side(text[end:], telling[end:], slips)
        yield text[begin:end], Piece(number, end - begin, head, tail)


def _side(text: str, telling: str, slips: int) -> Side:
    size = len(text) // (slips + 1)
    others = (text[len(text) - size :], *(text[part * size : (part + 1) * size] for part in range(1, slips)))
    return Side(text, telling, text[:size], others, len(text) + slips)


def find(phrases: Index, page: Squeezed) -> list[Match]:
    """Find where the phrases stand on the page; a match inside a longer match of another phrase is left out.

    >>> from casefold.kernel.spelling import squeeze
    >>> find(index(["Form 1040", "Schedule A (Form 1040)"]), squeeze("SCHEDULE A (Form 1040) 2023".split()))
    [Match(phrase=1, start=0, end=18)]
    """
    return [Match(phrase, start, end) for start, end, phrase in _longest(set(_found(phrases, page)))]


def find_all(phrases: Index, page: Squeezed) -> list[Match]:
    """Find where the phrases stand on the page, those inside others too.

    >>> from casefold.kernel.spelling import squeeze
    >>> len(find_all(index(["Form 1040", "Schedule A (Form 1040)"]), squeeze("SCHEDULE A (Form 1040) 2023".split())))
    2
    """
    return [Match(phrase, start, end) for start, end, phrase in sorted(set(_found(phrases, page)))]


_Place: TypeAlias = tuple[int, int, int]
"""Start, end and phrase."""


def _found(phrases: Index, page: Squeezed) -> Iterator[_Place]:
    text, turned, borders = page.text, page.text[::-1], frozenset(page.starts)
    for string, begin in phrases.search(text):
        before = len(text) - begin
        for piece in phrases.pieces[string]:
            head, tail, end = piece.head, piece.tail, begin + piece.size
            tailed = text.startswith(tail.text, end)
            if not tailed and not _may_stand(tail, text, end):
                continue
            headed, phrase = turned.startswith(head.text, before), phrases.phrases[piece.phrase]
            if headed and tailed:
                start, stop = begin - len(head.text), end + len(tail.text)
            elif phrase.slips < 2 - headed - tailed or not (headed or _may_stand(head, turned, before)):
                continue
            else:
                after, left = _extend(tail.text, tail.telling, text, end, phrase.slips)
                back, _ = _extend(head.text, head.telling, turned, before, left) if after >= 0 else _NOWHERE
                if back < 0:
                    continue
                start, stop = begin - back, end + after
            if (start in borders or phrase.open_start) and (stop in borders or phrase.open_end):
                yield start, stop, piece.phrase


def _may_stand(side: Side, text: str, at: int) -> bool:
    """Whether one of a side's parts stands where it should; nearly all pieces that stand in other phrases end here."""
    window = text[at : at + side.reach]
    if window.startswith(side.first):
        return True
    for part in side.others:  # noqa: SIM110 - a generator costs more than all it would look at
        if part in window:
            return True
    return False


_NOWHERE = (-1, -1)


def _extend(wanted: str, telling: str, text: str, at: int, slips: int) -> tuple[int, int]:
    """Match all of *wanted* from ``text[at]`` on.

    Gives how many letters of *text* that takes with the fewest slips, and how many slips are left; `_NOWHERE` if none
    suffice.
    """
    if text.startswith(wanted, at):
        return len(wanted), slips
    if not slips or not _plausible(wanted, text, at, slips):
        return _NOWHERE
    same = 0
    while text[at + same : at + same + 1] == wanted[same]:
        same += 1
    best = _NOWHERE
    for skip_wanted, skip_text in ((1, 1), (1, 0), (0, 1)):
        start = same
        if skip_wanted != skip_text:
            start = _run_start(wanted, same, wanted[same] if skip_wanted else text[at + same : at + same + 1])
        end = same + 1 if skip_wanted else max(same, start + 1)
        if "-" in telling[start:end] and at + same + skip_text <= len(text):
            rest = same + skip_wanted
            used, left = _extend(wanted[rest:], telling[rest:], text, at + same + skip_text, slips - 1)
            if used >= 0 and left > best[1]:
                best = (same + skip_text + used, left)
    return best


def _run_start(wanted: str, end: int, letter: str) -> int:
    """Where the run of *letter* before *end* begins: missing or doubled, any letter of a run may be the one."""
    start = end
    while start and wanted[start - 1] == letter:
        start -= 1
    return start


def _plausible(wanted: str, text: str, at: int, slips: int) -> bool:
    """Whether *wanted* can stand at ``text[at]``: of its parts, one more than there may be slips, one is whole."""
    size = len(wanted) // (slips + 1)
    window = text[at : at + len(wanted) + slips]
    return (
        window.startswith(wanted[:size])
        or wanted[-size:] in window
        or (slips > 1 and wanted[size : 2 * size] in window)
        or not size
    )


def _longest(places: Iterable[_Place]) -> list[_Place]:
    """Keep the places that no strictly longer one holds."""
    kept: list[_Place] = []
    reach = (-1, 0)
    for place in sorted(places, key=lambda place: (place[0], -place[1], place[2])):
        if place[1] > reach[1] or place[:2] == reach:
            kept.append(place)
            reach = place[:2]
    return kept
