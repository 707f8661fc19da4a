"""Find any number of phrases in one pass over a page.

A long phrase may hold slips. It is cut into as many pieces as it may have slips, plus one; whatever the slips, one
piece is whole (the pigeonhole principle). A rare run of letters from each piece, its *anchor*, goes into a table, so
the pass looks up each position of the page, however many phrases there are, and follows a phrase only from an anchor.
Other phrases must match to the letter and begin with a word, so only the beginnings of words are looked up for them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from typing import TypeAlias

from attrs import frozen

from casefold.kernel.spelling import Squeezed, fold
from casefold.taxonomy.patterns import SHORTEST

LONG = 16
"""A phrase of this many letters may hold one slip, of twice as many two, and may begin or end within a word, since
spaces get lost. A shorter one must match to the letter, from the beginning of a word to the end of one."""

BEGINNINGS = (SHORTEST, 9)
"""Letters by which phrases that match to the letter are looked up: the more, the rarer."""

TELLING = 2
"""Words of up to this many letters, and all words with a digit, tell one form from the next and may hold no slip."""

ANCHOR = 7
"""Letters in an anchor; each piece of a long phrase has at least one to spare, to choose a rare one."""


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
    """A part of a phrase, with what comes before and after it; its anchor begins *lead* letters into it."""

    phrase: int
    head: str
    text: str
    tail: str
    lead: int


Places: TypeAlias = Mapping[str, tuple[Piece, ...]]
"""For a run of letters, the pieces that hold it."""


@frozen
class Index:
    """Phrases and the runs of letters that lead to them.

    Attributes:
        phrases: The phrases, in the order in which they were given.
        beginnings: How those begin that match to the letter: a table for each length in `BEGINNINGS`.
        anchors: The anchors of the others.
    """

    phrases: tuple[Phrase, ...]
    beginnings: tuple[Places, ...]
    anchors: Places


@frozen
class Match:
    """Phrase number *phrase* stands at ``text[start:end]``."""

    phrase: int
    start: int
    end: int


def index(texts: Iterable[str], exact: Collection[str] = ()) -> Index:
    """Prepare phrases, each of which folds to at least `SHORTEST` letters; those in *exact* may hold no slips."""
    phrases = tuple(_phrase(text, text not in exact) for text in texts)
    common = Counter(gram for phrase in phrases for gram in _grams(phrase.text))
    beginnings: dict[int, dict[str, list[Piece]]] = {length: {} for length in BEGINNINGS}
    anchors: dict[str, list[Piece]] = {}
    for number, phrase in enumerate(phrases):
        text = phrase.text
        if not phrase.slips:
            length = max(length for length in BEGINNINGS if length <= len(text))
            beginnings[length].setdefault(text[:length], []).append(Piece(number, "", text[:length], text[length:], 0))
        for piece in _pieces(number, phrase, common) if phrase.slips else ():
            anchors.setdefault(piece.text[piece.lead : piece.lead + ANCHOR], []).append(piece)
    return Index(phrases, tuple(_sealed(beginnings[length]) for length in BEGINNINGS), _sealed(anchors))


def _sealed(places: Mapping[str, Sequence[Piece]]) -> Places:
    return {run: tuple(found) for run, found in places.items()}


def _phrase(text: str, tolerant: bool) -> Phrase:
    words = text.replace("-", " ").replace("/", " ").split()
    telling = "".join(("x" if _tells(word) else "-") * len(fold(word)) for word in words)
    folded = fold(text)
    assert len(folded) >= SHORTEST, "a phrase has a few letters"
    return Phrase(folded, telling.ljust(len(folded), "-"), min(2, len(folded) // LONG) if tolerant else 0)


def _tells(word: str) -> bool:
    return len(word.strip("().,:;")) <= TELLING or any(mark.isdigit() for mark in word)


def _grams(text: str) -> list[str]:
    return [text[at : at + ANCHOR] for at in range(len(text) - ANCHOR + 1)]


def _pieces(number: int, phrase: Phrase, common: Mapping[str, int]) -> Iterator[Piece]:
    """Cut a phrase into one piece more than it may have slips; the anchor of each is what the fewest phrases share."""
    text, count = phrase.text, phrase.slips + 1
    cuts = [len(text) * piece // count for piece in range(count + 1)]
    for begin, end in pairwise(cuts):
        lead = min(range(end - begin - ANCHOR + 1), key=lambda at: (common[text[begin + at : begin + at + ANCHOR]], at))
        yield Piece(number, text[:begin], text[begin:end], text[end:], lead)


def find(phrases: Index, page: Squeezed) -> list[Match]:
    """Find where the phrases stand on the page; a match inside a longer match of another phrase is left out.

    >>> from casefold.kernel.spelling import squeeze
    >>> find(index(["Form 1040", "Schedule A (Form 1040)"]), squeeze("SCHEDULE A (Form 1040) 2023".split()))
    [Match(phrase=1, start=0, end=18)]
    """
    return _longest({*_exact(phrases, page), *_tolerant(phrases, page)})


def _exact(phrases: Index, page: Squeezed) -> Iterator[Match]:
    text = page.text
    for length, known in zip(BEGINNINGS, phrases.beginnings, strict=True):
        for start in [start for start in page.starts if text[start : start + length] in known]:
            for piece in known[text[start : start + length]]:
                end = start + length + len(piece.tail)
                if text.startswith(piece.tail, start + length) and _bounded(
                    phrases.phrases[piece.phrase], page, start, end
                ):
                    yield Match(piece.phrase, start, end)


def _tolerant(phrases: Index, page: Squeezed) -> Iterator[Match]:
    text, turned, known = page.text, page.text[::-1], phrases.anchors
    places = range(len(text) - ANCHOR + 1)
    runs = map(text.__getitem__, map(slice, places, range(ANCHOR, len(text) + 1)))
    for at in compress(places, map(known.__contains__, runs)):
        for piece in known[text[at : at + ANCHOR]]:
            begin = at - piece.lead
            if begin < 0 or not text.startswith(piece.text, begin):
                continue
            end = begin + len(piece.text)
            headed, tailed = text.endswith(piece.head, 0, begin), text.startswith(piece.tail, end)
            phrase = phrases.phrases[piece.phrase]
            if headed and tailed:
                start, stop = begin - len(piece.head), end + len(piece.tail)
            else:
                slips = phrase.slips - (not headed and not tailed)
                if not slips or not (tailed or _plausible(piece.tail, text, end, slips)):
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
    before, _ = _extend(piece.head[::-1], phrase.telling[:offset][::-1], turned, len(text) - begin, left)
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
