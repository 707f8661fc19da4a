"""Find any number of phrases in one pass over a page.

A long phrase may hold slips. It is cut into as many pieces as it may have slips, plus one; whatever the slips, one
piece is whole (the pigeonhole principle). A rare run of letters from each piece, its *anchor*, goes into a table, so
the pass looks up each position of the page, however many phrases there are, and follows a phrase only from an anchor.
A short phrase must match to the letter and begin with a word, so only the beginnings of words are looked up for it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from casefold.kernel.spelling import Squeezed, fold
from casefold.taxonomy.patterns import SHORTEST

LONG = 16
"""A phrase of this many letters may hold one slip, of twice as many two, and may begin or end within a word, since
spaces get lost. A shorter one must match to the letter, from the beginning of a word to the end of one."""

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


Places = Mapping[str, tuple[tuple[int, int], ...]]
"""For a run of letters, the phrases that hold it and where: ``(phrase, offset)``."""


@frozen
class Index:
    """Phrases and the runs of letters that lead to them.

    Attributes:
        phrases: The phrases, in the order in which they were given.
        beginnings: The first `SHORTEST` letters of the short ones.
        anchors: The anchors of the long ones.
    """

    phrases: tuple[Phrase, ...]
    beginnings: Places
    anchors: Places


@frozen
class Match:
    """Phrase number *phrase* stands at ``text[start:end]``."""

    phrase: int
    start: int
    end: int


def index(texts: Iterable[str]) -> Index:
    """Prepare phrases, each of which folds to at least `SHORTEST` letters."""
    phrases = tuple(_phrase(text) for text in texts)
    common = Counter(gram for phrase in phrases for gram in _grams(phrase.text))
    beginnings: dict[str, list[tuple[int, int]]] = {}
    anchors: dict[str, list[tuple[int, int]]] = {}
    for number, phrase in enumerate(phrases):
        if not phrase.slips:
            beginnings.setdefault(phrase.text[:SHORTEST], []).append((number, 0))
        for offset in _anchor_offsets(phrase, common) if phrase.slips else ():
            anchors.setdefault(phrase.text[offset : offset + ANCHOR], []).append((number, offset))
    return Index(phrases, _sealed(beginnings), _sealed(anchors))


def _sealed(places: Mapping[str, Sequence[tuple[int, int]]]) -> Places:
    return {run: tuple(found) for run, found in places.items()}


def _phrase(text: str) -> Phrase:
    words = text.replace("-", " ").replace("/", " ").split()
    telling = "".join(("x" if _tells(word) else "-") * len(fold(word)) for word in words)
    folded = fold(text)
    assert len(folded) >= SHORTEST, "a phrase has a few letters"
    return Phrase(folded, telling.ljust(len(folded), "-"), min(2, len(folded) // LONG))


def _tells(word: str) -> bool:
    return len(word.strip("().,:;")) <= TELLING or any(mark.isdigit() for mark in word)


def _grams(text: str) -> list[str]:
    return [text[at : at + ANCHOR] for at in range(len(text) - ANCHOR + 1)]


def _anchor_offsets(phrase: Phrase, common: Mapping[str, int]) -> list[int]:
    """Choose in each piece of the phrase the anchor that the fewest phrases share, inside rather than at an end."""
    pieces = phrase.slips + 1
    size, last = len(phrase.text) // pieces, len(phrase.text) - ANCHOR
    return [
        min(
            range(piece * size, (piece + 1) * size - ANCHOR + 1),
            key=lambda at: (common[phrase.text[at : at + ANCHOR]], at in {0, last}, at),
        )
        for piece in range(pieces)
    ]


def find(phrases: Index, page: Squeezed) -> list[Match]:
    """Find where the phrases stand on the page; a match inside a longer match of another phrase is left out.

    >>> from casefold.kernel.spelling import squeeze
    >>> find(index(["Form 1040", "Schedule A (Form 1040)"]), squeeze("SCHEDULE A (Form 1040) 2023".split()))
    [Match(phrase=1, start=0, end=17)]
    """
    return _longest({*_short(phrases, page), *_long(phrases, page)})


def _short(phrases: Index, page: Squeezed) -> Iterator[Match]:
    text, known = page.text, phrases.beginnings
    for start in page.starts:
        for number, _ in known.get(text[start : start + SHORTEST], ()):
            phrase = phrases.phrases[number].text
            if text.startswith(phrase, start) and page.begins_word(start + len(phrase)):
                yield Match(number, start, start + len(phrase))


def _long(phrases: Index, page: Squeezed) -> Iterator[Match]:
    text, turned, known = page.text, page.text[::-1], phrases.anchors
    for at in [at for at in range(len(text) - ANCHOR + 1) if text[at : at + ANCHOR] in known]:
        for number, offset in known[text[at : at + ANCHOR]]:
            phrase = phrases.phrases[number]
            start, end = at - offset, at - offset + len(phrase.text)
            if start < 0 or not text.startswith(phrase.text, start):
                start, end = _with_slips(phrase, text, turned, at, offset)
            if end > 0 and _bounded(phrase, page, start, end):
                yield Match(number, start, end)


def _bounded(phrase: Phrase, page: Squeezed, start: int, end: int) -> bool:
    long = phrase.slips > 0
    return (page.begins_word(start) or (long and phrase.telling[0] == "-")) and (
        page.begins_word(end) or (long and phrase.telling[-1] == "-")
    )


_NOWHERE = (-1, -1)


def _with_slips(phrase: Phrase, text: str, turned: str, at: int, offset: int) -> tuple[int, int]:
    """Extend an anchor both ways, spending the phrase's slips; `_NOWHERE` where they do not suffice.

    *turned* is the text backwards, so that both ways are forward.
    """
    tail = offset + ANCHOR
    after, left = _extend(phrase.text[tail:], phrase.telling[tail:], text, at + ANCHOR, phrase.slips)
    if after < 0:
        return _NOWHERE
    head, telling = phrase.text[:offset][::-1], phrase.telling[:offset][::-1]
    before, _ = _extend(head, telling, turned, len(text) - at, left)
    return _NOWHERE if before < 0 else (at - before, at + ANCHOR + after)


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
    if telling[same] == "x":
        return _NOWHERE
    best = _NOWHERE
    for skip_wanted, skip_text in ((1, 1), (1, 0), (0, 1)):
        if at + same + skip_text <= len(text):
            rest = same + skip_wanted
            used, left = _extend(wanted[rest:], telling[rest:], text, at + same + skip_text, slips - 1)
            if used >= 0 and left > best[1]:
                best = (same + skip_text + used, left)
    return best


SAMPLE = 4


def _plausible(wanted: str, text: str, at: int, slips: int) -> bool:
    """Look at as many separate samples of *wanted* as there may be slips, plus one: one of them is whole.

    Nearly all anchors that stand in other words fail here, at the cost of a glance.
    """
    if len(wanted) < 2 * SAMPLE + 2 * slips:
        return True
    window = text[at : at + len(wanted) + slips]
    return (
        window.startswith(wanted[:2]) or wanted[-SAMPLE:] in window or (slips > 1 and wanted[2 : 2 + SAMPLE] in window)
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
