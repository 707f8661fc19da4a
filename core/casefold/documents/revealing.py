"""Whether the pages that are left of a document show that others are lost: the truth's side of missing pages.

A page that is lost leaves no trace of its own, so nobody can be asked to notice it unless the pages that are left tell:

- **total**: one of them prints its own number and a total, and the lost page is within that total ("page 2 of 5");
- **numbering**: one of them prints its own number, and the lost page came before it ("3" with no page 2);
- **cue**: the lost page came right after one that says that it is continued.

"Its own number" is the page's place in the whole document; other numbers on a page prove nothing.
"""

from collections.abc import Collection, Mapping

from casefold.pages.facts import Facts
from casefold.taxonomy.model import Detector


def revealed(lost: Collection[int], kept: Mapping[int, Facts]) -> tuple[int, ...]:
    """Give those of the *lost* pages that the *kept* ones show to be lost, as places in the document from 1.

    >>> from casefold.pages.facts import PageNumber
    >>> kept = {place: Facts((PageNumber(place, 4),), (), None, None, ()) for place in (1, 2)}
    >>> revealed({3, 4}, kept), revealed({3}, {1: Facts((), (), None, None, ())})
    ((3, 4), ())
    """
    own = [number for place, facts in kept.items() for number in facts.numbers if number.number == place]
    within = max((number.total for number in own if number.total is not None), default=0)
    before = max((number.number for number in own), default=0)
    continued = {place + 1 for place, facts in kept.items() if Detector.CONTINUED in facts.detected}
    return tuple(place for place in sorted(lost) if place <= within or place < before or place in continued)
