"""What printed page numbers say of a document: which pages are not there, and which lie out of order.

Numbers are believed where they are consistent: no two pages of the document bear the same. First pages, and pages whose
number a bad scan lost, often bear none; each of them fills a gap of one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from casefold.pages.facts import PageNumber

LEADING_MAX = 9
"""A document whose first number is beyond this, without a total, is numbered as part of something larger."""


@frozen
class Numbering:
    """The printed numbers of a document.

    Attributes:
        total: How many pages it says that it has; ``None`` where it does not say.
        numbers: The number of each page under that total; ``None`` for a page without one.
    """

    total: int | None
    numbers: tuple[int | None, ...]

    @property
    def consistent(self) -> bool:
        """Whether no two pages bear the same number."""
        found = [number for number in self.numbers if number is not None]
        return len(found) == len(set(found))


def numbering(pages: Sequence[Sequence[PageNumber]]) -> Numbering | None:
    """Read the numbers that most pages agree on; a total counts before none.

    >>> numbering([(), (PageNumber(2, 4),), (PageNumber(4, 4),)])
    Numbering(total=4, numbers=(None, 2, 4))
    """
    totals = Counter(total for page in pages for total in {number.total for number in page})
    if not totals:
        return None
    total = max(totals, key=lambda total: (totals[total], total is not None, -(total or 0)))
    return Numbering(
        total, tuple(next((number.number for number in page if number.total == total), None) for page in pages)
    )


def missing(found: Numbering) -> tuple[int, ...]:
    """Give the printed numbers of the pages that are not there; none where the numbers are not consistent.

    >>> missing(Numbering(4, (None, 2, 4)))
    (3,)
    >>> missing(Numbering(None, (None, 2, None, 5)))
    (4,)
    >>> missing(Numbering(24, (8, 8, 8)))
    ()
    """
    if not found.consistent:
        return ()
    if falls(found):
        return tuple(_never_printed(found))
    return tuple(number for lost in _gaps(found) for number in lost)


def _never_printed(found: Numbering) -> Iterator[int]:
    """Numbers that no page of a document out of order bears, if all its pages bear one."""
    present = {number for number in found.numbers if number is not None}
    if None not in found.numbers:
        yield from (number for number in range(1, (found.total or max(present)) + 1) if number not in present)


def _gaps(found: Numbering) -> Iterator[range]:
    """Give what is missing before the first number, between numbers that follow each other, and after the last."""
    edges = [(at, number) for at, number in enumerate(found.numbers) if number is not None]
    if found.total is not None or edges[0][1] <= LEADING_MAX:
        edges = [(-1, 0), *edges]
    if found.total is not None:
        edges = [*edges, (len(found.numbers), found.total + 1)]
    for (place, before), (next_place, after) in pairwise(edges):
        unnumbered = next_place - place - 1
        yield range(before + 1 + unnumbered, after)


def falls(found: Numbering) -> tuple[int, ...]:
    """Give the places, from 0, of pages that bear a lower number than the page before them.

    >>> falls(Numbering(3, (1, 3, 2)))
    (2,)
    """
    places = [(at, number) for at, number in enumerate(found.numbers) if number is not None]
    return tuple(at for (_, before), (at, number) in pairwise(places) if number < before)
