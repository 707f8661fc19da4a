"""Find any number of phrases in one pass over a page.

A long phrase may hold slips. It is cut into as many pieces as it may have slips, plus one; whatever the slips, one
piece is whole (the pigeonhole principle). So one search for all pieces, and for the phrases that must match to the
letter, finds every place where a phrase can stand.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

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
    """

    text: str
    telling: str
    slips: int


@frozen
class Piece:
    """A part of a phrase that is searched for, with what comes before and after it; *turned* is *head* backwards."""

    phrase: int
    head: str
    text: str
    tail: str
    turned: str


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
        for piece in _pieces(number, phrase):
            strings.setdefault(piece.text, []).append(piece)
    return Index(phrases, make_search(tuple(strings)), tuple(map(tuple, strings.values())))


def _masked(word: str, letters: str) -> tuple[str, str]:
    """Give the letters of a word, and the mask of those that may hold no slip."""
    return letters, ("x" if _tells(word) else "-") * len(letters)


def _phrase(words: Sequence[tuple[str, str]], tolerant: bool) -> Phrase:
    text = "".join([letters for letters, _ in words])
    assert len(text) >= SHORTEST, "a phrase has a few letters"
    return Phrase(text, "".join([mask for _, mask in words]), min(2, len(text) // LONG) if tolerant else 0)


def _tells(word: str) -> bool:
    return len(word.strip("().,:;")) <= TELLING or any(mark.isdigit() for mark in word)


def _pieces(number: int, phrase: Phrase) -> Iterator[Piece]:
    """Cut a phrase into one piece more than it may have slips."""
    text, count = phrase.text, phrase.slips + 1
    for begin, end in pairwise(len(text) * piece // count for piece in range(count + 1)):
        yield Piece(number, text[:begin], text[begin:end], text[end:], text[:begin][::-1])


def find(phrases: Index, page: Squeezed) -> list[Match]:
    """Find where the phrases stand on the page; a match inside a longer match of another phrase is left out.

    >>> from casefold.kernel.spelling import squeeze
    >>> find(index(["Form 1040", "Schedule A (Form 1040)"]), squeeze("SCHEDULE A (Form 1040) 2023".split()))
    [Match(phrase=1, start=0, end=18)]
    """
    return _longest(set(_found(phrases, page)))


def _found(phrases: Index, page: Squeezed) -> Iterator[Match]:
    text, turned = page.text, page.text[::-1]
    for string, begin in phrases.search(text):
        for piece in phrases.pieces[string]:
            end = begin + len(piece.text)
            headed, tailed = text.endswith(piece.head, 0, begin), text.startswith(piece.tail, end)
            phrase = phrases.phrases[piece.phrase]
            if headed and tailed:
                start, stop = begin - len(piece.head), end + len(piece.tail)
            else:
                slips = phrase.slips - (not headed and not tailed)
                if (
                    not slips
                    or not (tailed or _plausible(piece.tail, text, end, slips))
                    or not (headed or _plausible(piece.turned, turned, len(text) - begin, slips))
                ):
                    continue
                start, stop = _with_slips(phrase, piece, text, turned, begin)
            if stop > 0 and _bounded(phrase, page, start, stop):
                yield Match(piece.phrase, start, stop)


def _bounded(phrase: Phrase, page: Squeezed, start: int, end: int) -> bool:
    long = len(phrase.text) >= LONG
    return (page.begins_word(start) or (long and phrase.telling[0] == "-")) and (
        page.begins_word(end) or (long and phrase.telling[-1] == "-")
    )


_NOWHERE = (-1, -1)


def _with_slips(phrase: Phrase, piece: Piece, text: str, turned: str, begin: int) -> tuple[int, int]:
    """Extend a piece that stands at *begin* both ways, spending the phrase's slips; `_NOWHERE` if they do not suffice.

    *turned* is the text backwards, so that both ways are forward.
    """
    end, offset = begin + len(piece.text), len(piece.head)
    after, left = _extend(piece.tail, phrase.telling[offset + len(piece.text) :], text, end, phrase.slips)
    if after < 0:
        return _NOWHERE
    before, _ = _extend(piece.turned, phrase.telling[:offset][::-1], turned, len(text) - begin, left)
    return _NOWHERE if before < 0 else (begin - before, end + after)


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
    """Whether *wanted* can stand at ``text[at]``: of its parts, one more than there may be slips, one is whole.

    Nearly all pieces that stand in other phrases fail here, at the cost of a glance.
    """
    size = len(wanted) // (slips + 1)
    window = text[at : at + len(wanted) + slips]
    return (
        window.startswith(wanted[:size])
        or wanted[-size:] in window
        or (slips > 1 and wanted[size : 2 * size] in window)
        or not size
    )


def _longest(matches: Iterable[Match]) -> list[Match]:
    """Keep the matches that no strictly longer one holds."""
    kept: list[Match] = []
    reach: Sequence[int] = (-1, 0)
    for match in sorted(matches, key=lambda match: (match.start, -match.end, match.phrase)):
        if match.end > reach[1] or (match.start, match.end) == tuple(reach):
            kept.append(match)
            reach = (match.start, match.end)
    return kept
