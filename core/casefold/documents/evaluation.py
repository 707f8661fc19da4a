"""Measure labels and documents against the truth.

Panoptic quality is that of Kirillov et al., "Panoptic Segmentation" (CVPR 2019), over documents as sets of pages, as
OpenPSS (TPDL 2024) applies it to page streams: a true and a found document match when they share more than half of
their union; the quality is the sum of the matches' shares over matches plus half of all that did not match.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from casefold.documents.defects import Alarm, Planted
from casefold.pages.text import TextOrigin
from casefold.taxonomy.model import UNKNOWN

BLANK = "blank"
OUTSIDE = frozenset({UNKNOWN, "other"})


@frozen
class TruePage:
    """What a page is: its label, and the document that it belongs to (``None``: to none).

    Attributes:
        page_in_document: Which page of the document it was before any were lost, from 1, where that is known.
        document_pages: How many pages the document had.
        revealed: Whether the pages that are left show that pages of the document are lost; ``None`` where nobody said.
    """

    page: int
    label: str
    document: str | None
    page_in_document: int | None = None
    document_pages: int | None = None
    revealed: bool | None = None


@frozen
class FoundPage:
    """What was said of a page.

    Attributes:
        confidence_ppm: How sure the label is; ``None`` where confidence decided nothing, as for a blank sheet.
        origin: Where its words were read.
        certified: Whether a certificate stands behind its being accepted.
    """

    page: int
    label: str
    accepted: bool
    confidence_ppm: int | None = None
    origin: TextOrigin = TextOrigin.LAYER
    certified: bool = False


@frozen
class FoundDocument:
    """What was said to be a document.

    Attributes:
        confidence_ppm: How sure its bounds and class are; ``None`` where confidence decided nothing.
        accepted: Whether it stands by itself.
        origin: Where its words were read.
        incomplete: Whether it was said that pages of it are missing.
    """

    id: str
    label: str
    pages: frozenset[int]
    confidence_ppm: int | None = None
    accepted: bool = False
    origin: TextOrigin = TextOrigin.LAYER
    incomplete: bool = False


@frozen
class Package:
    """A package's truth, what was found in it, and the classes that could be found.

    Attributes:
        planted: What is wrong in it on purpose; ``None`` where nobody said.
        alarms: The rules that were said to be broken.
    """

    truth: Sequence[TruePage]
    pages: Sequence[FoundPage]
    documents: Sequence[FoundDocument]
    classes: frozenset[str]
    planted: tuple[Planted, ...] | None = None
    alarms: tuple[Alarm, ...] = ()


@frozen
class Measures:
    """How good the labels and documents of some packages are; each figure is a share from 0 to 1.

    Attributes:
        conserved: Whether every page appears exactly once.
        coverage: Accepted pages among all.
        accepted_right: Rightly labelled pages among those accepted.
        label_right: Rightly labelled pages among all.
        pq: Panoptic quality of documents as page sets.
        pq_class: The same, asking for the class as well.
        boundary_f1: F1 of "a document begins here", first pages of packages left out.
        exact: True documents found with exactly their pages and class.
        stp: Packages in which every document is exact and nothing else was found.
    """

    packages: int
    pages: int
    documents: int
    conserved: bool
    coverage: float
    accepted_right: float
    label_right: float
    pq: float
    pq_class: float
    boundary_f1: float
    exact: float
    stp: float


def is_right(true: str, said: str, known: frozenset[str]) -> bool:
    """Whether *said* is right for a page that is *true*; what the taxonomy does not know should be said to be unknown.

    >>> is_right("w2", "w2", frozenset({"w2"})), is_right("other.letter", "unknown", frozenset({"w2"}))
    (True, True)
    """
    return said == true or (is_outside(true, known) and said in OUTSIDE)


def is_outside(true: str, known: frozenset[str]) -> bool:
    """Whether the taxonomy has no class for a page that is *true*.

    >>> is_outside("other.letter", frozenset({"w2"})), is_outside("blank", frozenset({"w2"}))
    (True, False)
    """
    return true.split(".", maxsplit=1)[0] == "other" or (true not in known and true != BLANK)


@frozen
class Tally:
    """What is counted of one package; the counts of several may be added up."""

    pages: int
    accepted: int
    accepted_right: int
    label_right: int
    conserved: bool
    documents: int
    found: int
    matched: int
    matched_class: int
    found_matched: int
    found_matched_class: int
    share: float
    share_class: float
    exact: int
    whole: bool
    boundaries: tuple[int, int, int]


def measure(packages: Iterable[Package]) -> Measures:
    """Measure *packages* together."""
    return measure_tallies([tally(package) for package in packages])


def measure_tallies(tallies: Sequence[Tally]) -> Measures:
    """Measure packages together that were tallied one by one."""

    def total(values: Iterable[int]) -> int:
        return max(1, sum(values))

    pages, documents = total(t.pages for t in tallies), total(t.documents for t in tallies)
    hits, extra, lost = (sum(t.boundaries[i] for t in tallies) for i in range(3))
    return Measures(
        packages=len(tallies),
        pages=sum(t.pages for t in tallies),
        documents=sum(t.documents for t in tallies),
        conserved=all(t.conserved for t in tallies),
        coverage=sum(t.accepted for t in tallies) / pages,
        accepted_right=sum(t.accepted_right for t in tallies) / total(t.accepted for t in tallies),
        label_right=sum(t.label_right for t in tallies) / pages,
        pq=_quality(tallies, [(t.matched, t.found_matched, t.share) for t in tallies]),
        pq_class=_quality(tallies, [(t.matched_class, t.found_matched_class, t.share_class) for t in tallies]),
        boundary_f1=2 * hits / max(1, 2 * hits + extra + lost),
        exact=sum(t.exact for t in tallies) / documents,
        stp=sum(t.whole for t in tallies) / max(1, len(tallies)),
    )


def _quality(tallies: Sequence[Tally], matches: Sequence[tuple[int, int, float]]) -> float:
    matched = sum(count for count, _, _ in matches)
    missed = sum(t.documents for t in tallies) - matched
    extra = sum(t.found for t in tallies) - sum(found for _, found, _ in matches)
    return sum(share for _, _, share in matches) / max(1e-9, matched + (missed + extra) / 2)


def tally(package: Package) -> Tally:
    """Count what is right in *package*."""
    said = {page.page: page for page in package.pages}
    blank = {page.page for page in package.truth if page.label == BLANK}
    right = {
        page.page
        for page in package.truth
        if page.page in said and is_right(page.label, said[page.page].label, package.classes)
    }
    accepted = {page.page for page in package.truth if page.page in said and said[page.page].accepted}
    true, names = true_documents(package.truth, blank)
    found = {document.id: document.pages - blank for document in package.documents if document.pages - blank}
    labels = {document.id: document.label for document in package.documents}
    matched: list[tuple[str, float, bool]] = []
    exact = 0
    for name, pages in true.items():
        best, share = _best(pages, found)
        same = best is not None and is_right(names[name], labels[best], package.classes)
        exact += same and share == 1
        if best is not None and share * 2 > 1:
            matched.append((best, share, same))
    with_class = [match for match in matched if match[2]]
    return Tally(
        pages=len(package.truth),
        accepted=len(accepted),
        accepted_right=len(accepted & right),
        label_right=len(right),
        conserved=sorted(page.page for page in package.pages) == [page.page for page in package.truth],
        documents=len(true),
        found=len(found),
        matched=len(matched),
        matched_class=len(with_class),
        found_matched=len({best for best, _, _ in matched}),
        found_matched_class=len({best for best, _, _ in with_class}),
        share=sum(share for _, share, _ in matched),
        share_class=sum(share for _, share, _ in with_class),
        exact=exact,
        whole=exact == len(true) == len(found),
        boundaries=_boundaries(package.truth, found, blank),
    )


def true_documents(truth: Sequence[TruePage], blank: set[int]) -> tuple[dict[str, set[int]], dict[str, str]]:
    """Give the pages and the label of each true document."""
    pages: dict[str, set[int]] = {}
    labels: dict[str, str] = {}
    for page in truth:
        if page.document is not None:
            labels[page.document] = page.label
            if page.page not in blank:
                pages.setdefault(page.document, set()).add(page.page)
    return pages, labels


def _best(pages: set[int], found: Mapping[str, frozenset[int]]) -> tuple[str | None, float]:
    best, most = None, 0.0
    for name, mine in found.items():
        share = len(pages & mine) / len(pages | mine)
        if (share, name) > (most, best or ""):
            best, most = name, share
    return best, most


def _boundaries(
    truth: Sequence[TruePage], found: Mapping[str, frozenset[int]], blank: set[int]
) -> tuple[int, int, int]:
    """Count beginnings that are found, that are found and not there, and that are there and not found."""
    owner = {page: name for name, pages in found.items() for page in pages}
    real = {page.page: page.document for page in truth}
    order = [page.page for page in truth if page.page not in blank]
    hits = extra = lost = 0
    for before, here in pairwise(order):
        true, mine = real[before] != real[here], owner.get(before) != owner.get(here)
        hits += true and mine
        extra += mine and not true
        lost += true and not mine
    return hits, extra, lost
