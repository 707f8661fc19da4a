"""Labelled pages to learn from, and the groups that a figure must not mix."""

from collections.abc import Sequence
from random import Random

from attrs import evolve, frozen

from casefold.pages.text import BOX_SCALE, PageText
from casefold.taxonomy.model import UNKNOWN, Taxonomy


@frozen
class Sample:
    """A page and what it is.

    Attributes:
        page: Its words and where they stand.
        label: A class, a kind known to be outside, or ``unknown``.
        family: Where it comes from: pages of one family look alike, so they are never learnt from and measured on at
            once.
        origin: What is said of it in the card: a file's licence, or how it was made.
        placed: Whether its layout is a real one.
    """

    page: PageText
    label: str
    family: str
    origin: str
    placed: bool = True


def label_of(taxonomy: Taxonomy, said: str) -> str:
    """Give the label that a reader's *said* stands for: sub-classes are their class, the rest is outside or unknown.

    >>> label_of(Taxonomy("x", "1", "X", (), (), ()), "other.letter")
    'unknown'
    """
    known = {each.id for each in (*taxonomy.classes, *taxonomy.outside)}
    whole, _, part = said.partition(".")
    for wanted in (said, whole, f"outside.{part}" if whole == "other" else f"outside.{whole}"):
        if wanted in known:
            return wanted
    return UNKNOWN


_LOOK_ALIKE = {
    "a": "oe", "b": "h6", "c": "eo", "d": "cl", "e": "co", "f": "t", "g": "q9", "h": "b", "i": "l1j", "l": "i1t",
    "m": "rn", "n": "ri", "o": "0ce", "q": "g", "r": "t", "s": "5", "t": "fl", "u": "v", "v": "y", "y": "v", "z": "2",
}  # fmt: skip


def scanned(page: PageText, rate: float, chance: Random) -> PageText:
    """Read *page* as a bad scan would give it: about *rate* of all letters wrong, lost or doubled, some words too."""
    words: list[str] = []
    boxes: list[int] = []
    for at, word in enumerate(page.words):
        if chance.random() < rate / 3:
            continue
        read = "".join(_letter(mark, rate, chance) for mark in word)
        if not read:
            continue
        box = page.boxes[4 * at : 4 * at + 4]
        if words and chance.random() < rate / 2:
            words[-1] += read
            boxes[-2:] = box[-2:]
        elif len(read) > 4 and chance.random() < rate / 3:
            cut = chance.randrange(1, len(read))
            words += [read[:cut], read[cut:]]
            boxes += [*box, *box]
        else:
            words.append(read)
            boxes += box
    return evolve(page, words=tuple(words), boxes=tuple(boxes), form_words=0)


def _letter(mark: str, rate: float, chance: Random) -> str:
    if chance.random() >= rate:
        return mark
    kind = chance.random()
    if kind < 0.6:
        alike = _LOOK_ALIKE.get(mark.lower(), "")
        return alike if len(alike) == 2 and mark in "mMdD" else chance.choice(alike) if alike else mark
    return "" if kind < 0.85 else mark + chance.choice(".,'ilt")


def cropped(page: PageText, share: float) -> PageText:
    """Leave out the upper *share* of a page, as a continuation lacks its title."""
    kept = [at for at in range(len(page.words)) if page.boxes[4 * at + 1] >= share * BOX_SCALE]
    words = tuple(page.words[at] for at in kept)
    boxes = tuple(edge for at in kept for edge in page.boxes[4 * at : 4 * at + 4])
    return evolve(page, words=words, boxes=boxes, form_words=0)


def varied(samples: Sequence[Sample], copies: int, seed: int) -> list[Sample]:
    """Give every sample as it is and *copies* times as it might have been scanned."""
    chance = Random(seed)  # noqa: S311 - it is to repeat
    found: list[Sample] = []
    for sample in samples:
        found.append(sample)
        for _ in range(copies):
            page = scanned(sample.page, chance.choice((0.03, 0.08, 0.15)), chance)
            if len(page.words) > 80 and chance.random() < 0.3:
                page = cropped(page, chance.choice((0.1, 0.2)))
            found.append(Sample(page, sample.label, sample.family, sample.origin, sample.placed))
    return found
