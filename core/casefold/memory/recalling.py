"""What pages that people reviewed say of one that is like them: an opinion of bounded worth, or nothing."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from casefold.memory.sketches import BITS, likeness
from casefold.pages.labels import Tier
from casefold.pages.opinions import Opinion

NEAREST = 5
"""How many like pages are asked for."""

WORTH = ((900, 19), (800, 16), (700, 12), (600, 8), (500, 4))
"""Decibans for pages that are at least so like, in thousandths; no page is worth more than the likest.

A convention: nobody measured it. Nineteen alone are less than the hundred to one that the default thresholds ask for.
"""

RIVAL = 100
"""A page of another label that is nearly as like takes from the worth: it is shared out by how far it is behind."""


@frozen
class Remembered:
    """A page that a person reviewed.

    Attributes:
        case: The case that it is in.
        page: Its number there, from 1.
        label: What the person said that it is.
        by: Who said so.
        sketch: See `casefold.memory.sketches.sketch`.
    """

    case: str
    page: int
    label: str
    by: str
    sketch: int


@frozen
class Match:
    """A remembered page that is like a new one, and how like, in thousandths."""

    similarity: int
    label: str
    case: str
    page: int
    by: str


@frozen
class PageMatches:
    """The remembered pages that are like page number *page*, the likest first."""

    page: int
    matches: tuple[Match, ...]


def nearest(entries: Iterable[Remembered], sketch: int, most: int = NEAREST) -> tuple[Match, ...]:
    """Give the pages that are likest, of equal ones the first by case and page.

    This says what every index must answer; those that are too unlike to say anything are left out.
    """
    found = sorted(
        ((entry.sketch ^ sketch).bit_count(), entry.case, entry.page, entry.label, entry.by) for entry in entries
    )
    return tuple(
        Match(likeness(differing), label, case, page, by)
        for differing, case, page, label, by in found[:most]
        if differing <= DIFFERING_MAX
    )


DIFFERING_MAX = (1_000 - WORTH[-1][0]) * BITS // 2_000
"""So many bits may differ between pages that say anything of each other."""


def opinion_of(matches: Sequence[Match]) -> Opinion | None:
    """Weigh what like pages say; pages of different labels that are equally like say nothing."""
    if not matches:
        return None
    best = matches[0]
    rivals = [match.similarity for match in matches if match.label != best.label]
    lead = min(RIVAL, best.similarity - max(rivals, default=0))
    worth = next((worth for least, worth in WORTH if best.similarity >= least), 0) * lead // RIVAL
    if worth <= 0:
        return None
    like = f"{best.similarity // 10} % like page {best.page} of {best.case}, which {best.by} labelled"
    return Opinion(Tier.MEMORY, best.label, worth, like)
