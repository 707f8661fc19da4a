"""How large to draw the pages of a report, and how much of the evidence to show for each."""

from attrs import frozen

SIDE_MAX = 1_000
"""Ten point type is easily read."""

SIDE_MIN = 220
"""Below this, one kind of page is no longer told from another."""

SIDE_STEP = 10

PAGES_AT_SIDE_MAX = 150
"""Up to so many pages, every page is drawn as large as `SIDE_MAX`."""

SHRINK = 0.55
"""Bytes grow with the power 1.75 of the side; so the total stays level when the side falls with this power of pages."""

PAGES_IN_SIGHT = 300
"""In a case of more pages, documents are closed until somebody opens them, and evidence is cut short."""


@frozen
class EvidenceMax:
    """How many pieces of evidence are shown for a page: those for its label, and those for other classes."""

    mine: int
    others: int


def image_side(pages: int) -> int:
    """Give the long side, in pixels, at which to draw the pages of a report of *pages* pages.

    A report stays near 25 MB up to about 2,000 pages. Beyond 2,400 the side is at its least, and each further thousand
    pages adds some 11 MB.

    >>> [image_side(pages) for pages in (1, 150, 300, 1_000, 2_000, 5_000)]
    [1000, 1000, 680, 350, 240, 220]
    """
    side = SIDE_MAX * (PAGES_AT_SIDE_MAX / max(pages, PAGES_AT_SIDE_MAX)) ** SHRINK
    return max(SIDE_MIN, int(side) // SIDE_STEP * SIDE_STEP)


def evidence_max(pages: int) -> EvidenceMax:
    """Give how much evidence a report of *pages* pages shows; ``case.json`` always holds all of it."""
    return EvidenceMax(24, 8) if pages <= PAGES_IN_SIGHT else EvidenceMax(6, 2)
