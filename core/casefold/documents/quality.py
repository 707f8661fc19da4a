"""Measure what a lender asks beyond right labels: what a person must still do, and what slipped through.

Every figure is counted package by package, so that packages may be drawn anew to see how far chance goes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import asdict, frozen

from casefold.documents.defects import Defects, compare
from casefold.documents.evaluation import (
    BLANK,
    OUTSIDE,
    Package,
    Tally,
    is_outside,
    is_right,
    measure_tallies,
    tally,
    true_documents,
)
from casefold.documents.matching import most_kept
from casefold.documents.ranking import Ranked, Ranking, rank

CLASS_PAGES_MIN = 20
"""Of fewer pages, the share of right ones says little about a class."""


@frozen
class Counts:
    """What is counted of one package beyond its `Tally`.

    Attributes:
        tally: What `casefold.documents.evaluation` counts.
        review: Pages that a person must look at.
        certified: Pages behind whose label a certificate stands, and the wrong ones among them.
        documents_through: Documents accepted by themselves, and rightly: pages and class.
        documents_wrong: Documents accepted by themselves, and wrongly.
        drags: Pages that must be moved to mend the documents (MNDD).
        outside: Pages outside the taxonomy.
        outside_accepted: Those accepted as a class that they are not.
        incomplete: True documents that lost pages, in such a way that what is left shows it.
        incomplete_found: Those of which it was said.
        incomplete_hidden: True documents that lost pages without a trace, or of which nobody said whether there is one.
        complete_alarmed: True documents that lost nothing, of which it was said nevertheless.
        by_class: Pages of each true class, and the rightly labelled among them.
        ranked: Confidence and rightness of each page for which confidence decides.
        defects: What came of planted defects; ``None`` where nobody said what was planted.
    """

    tally: Tally
    review: int
    certified: tuple[int, int]
    documents_through: int
    documents_wrong: int
    drags: int
    outside: int
    outside_accepted: int
    incomplete: int
    incomplete_found: int
    incomplete_hidden: int
    incomplete_hidden_found: int
    complete_alarmed: int
    by_class: Mapping[str, tuple[int, int]]
    ranked: tuple[Ranked, ...]
    defects: Defects | None = None


def count(package: Package) -> Counts:
    """Count *package*."""
    said = {page.page: page for page in package.pages}
    blank = {page.page for page in package.truth if page.label == BLANK}
    documents, names = true_documents(package.truth, blank)
    exact = {
        (frozenset(pages), found.label)
        for name, pages in documents.items()
        for found in package.documents
        if set(found.pages - blank) == pages and is_right(names[name], found.label, package.classes)
    }
    accepted = [found for found in package.documents if found.accepted and found.pages - blank]
    through = sum((found.pages - blank, found.label) in exact for found in accepted)
    owner = {page: found.id for found in package.documents for page in found.pages}
    true_pages = [page for page in package.truth if page.document is not None and page.page not in blank]
    overlaps = Counter((str(page.document), owner[page.page]) for page in true_pages if page.page in owner)
    right = {
        page.page: page.page in said and is_right(page.label, said[page.page].label, package.classes)
        for page in package.truth
    }
    outside = [page for page in package.truth if is_outside(page.label, package.classes)]
    classes: dict[str, list[bool]] = {}
    for page in package.truth:
        if page.label != BLANK:
            classes.setdefault("outside" if page in outside else page.label, []).append(right[page.page])
    lost = _lost(package, owner)
    certified = [page for page in package.pages if page.certified and page.page in right]
    return Counts(
        tally=tally(package),
        review=sum(not page.accepted for page in package.pages),
        certified=(len(certified), sum(not right[page.page] for page in certified)),
        documents_through=through,
        documents_wrong=len(accepted) - through,
        drags=len(true_pages) - most_kept(overlaps),
        outside=len(outside),
        outside_accepted=sum(
            page.page in said and said[page.page].accepted and said[page.page].label not in {*OUTSIDE, page.label}
            for page in outside
        ),
        incomplete=lost[0],
        incomplete_found=lost[1],
        incomplete_hidden=lost[2],
        incomplete_hidden_found=lost[3],
        complete_alarmed=lost[4],
        by_class={name: (len(rights), sum(rights)) for name, rights in sorted(classes.items())},
        ranked=tuple(
            Ranked(confidence, right[page.page])
            for page in package.pages
            if (confidence := page.confidence_ppm) is not None and page.page in right
        ),
        defects=compare(package.planted, package.alarms) if package.planted is not None else None,
    )


def _lost(package: Package, owner: Mapping[int, str]) -> tuple[int, int, int, int, int]:
    """Count documents that lost pages and show it, and those found; the same for hidden ones; and false alarms."""
    flagged = {found.id for found in package.documents if found.incomplete}
    rows: dict[str, list[tuple[int, int | None, int | None, bool | None]]] = {}
    for page in package.truth:
        if page.document is not None:
            place = (page.page, page.page_in_document, page.document_pages, page.revealed)
            rows.setdefault(page.document, []).append(place)
    incomplete = found = hidden = hidden_found = alarmed = 0
    for places in rows.values():
        whole = next((pages for _, _, pages, _ in places if pages is not None), None)
        known = {number for _, number, _, _ in places if number is not None}
        is_flagged = any(owner.get(page) in flagged for page, _, _, _ in places)
        if whole is None or len(known) >= whole:
            alarmed += is_flagged
        elif any(revealed is False for _, _, _, revealed in places):
            hidden, hidden_found = hidden + 1, hidden_found + is_flagged
        else:
            incomplete, found = incomplete + 1, found + is_flagged
    return incomplete, found, hidden, hidden_found, alarmed


@frozen
class Quality:
    """What packages come to; each share is from 0 to 1, and ``None`` where there is nothing to take a share of.

    Attributes:
        review_load: Pages that a person must look at, among all.
        document_stp: True documents that were accepted without a person and are exact.
        documents_accepted_right: Exact ones among the documents accepted.
        mndd: Pages that must be moved to mend the documents, a package (MNDD).
        outside_accepted: Pages outside the taxonomy that were accepted as a class.
        missing_found: Incomplete documents of which it was said, among those that show it.
        missing_false_per_100: Complete documents said to be incomplete, in a hundred.
        defects_found: Planted defects that were found.
        defect_false_alarms: False alarms a package.
        label_right_macro: The share of rightly labelled pages, averaged over true classes.
        worst_class: The class of at least `CLASS_PAGES_MIN` pages with the least share of right ones.
    """

    review_load: float
    document_stp: float
    documents_accepted_right: float | None
    mndd: float
    outside: int
    outside_accepted: float | None
    incomplete: int
    missing_found: float | None
    missing_false_per_100: float
    planted: int
    defects_found: float | None
    defect_false_alarms: float | None
    certified_pages: int
    certified_wrong: int
    label_right_macro: float
    worst_class: str | None
    worst_class_right: float | None


def qualities(counts: Sequence[Counts]) -> Quality:
    """Measure packages together."""
    documents = max(1, sum(each.tally.documents for each in counts))
    through, wrong = (sum(each.documents_through for each in counts), sum(each.documents_wrong for each in counts))
    outside = sum(each.outside for each in counts)
    told = [each.defects for each in counts if each.defects is not None]
    planted = sum(each.planted for each in told)
    incomplete = sum(each.incomplete for each in counts)
    classes = classes_of(counts)
    shares = {name: right / pages for name, (pages, right) in classes.items()}
    large = {name: share for name, share in shares.items() if classes[name][0] >= CLASS_PAGES_MIN}
    worst = min(large, key=lambda name: (large[name], name), default=None)
    return Quality(
        review_load=sum(each.review for each in counts) / max(1, sum(each.tally.pages for each in counts)),
        document_stp=through / documents,
        documents_accepted_right=_share(through, through + wrong),
        mndd=sum(each.drags for each in counts) / max(1, len(counts)),
        outside=outside,
        outside_accepted=_share(sum(each.outside_accepted for each in counts), outside),
        incomplete=incomplete,
        missing_found=_share(sum(each.incomplete_found for each in counts), incomplete),
        missing_false_per_100=100 * sum(each.complete_alarmed for each in counts) / documents,
        planted=planted,
        defects_found=_share(sum(each.found for each in told), planted),
        defect_false_alarms=_share(sum(each.false_alarms for each in told), len(told)),
        certified_pages=sum(each.certified[0] for each in counts),
        certified_wrong=sum(each.certified[1] for each in counts),
        label_right_macro=sum(shares.values()) / max(1, len(shares)),
        worst_class=worst,
        worst_class_right=large[worst] if worst is not None else None,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def classes_of(counts: Iterable[Counts]) -> dict[str, tuple[int, int]]:
    """Give, for each true class, its pages and the rightly labelled among them."""
    sums: dict[str, tuple[int, int]] = {}
    for each in counts:
        for name, (pages, right) in each.by_class.items():
            before = sums.get(name, (0, 0))
            sums[name] = (before[0] + pages, before[1] + right)
    return dict(sorted(sums.items()))


def ranking(counts: Iterable[Counts]) -> Ranking:
    """Measure how well the confidence of pages ranks."""
    return rank(ranked for each in counts for ranked in each.ranked)


SAMPLED = (
    "coverage", "accepted_right", "label_right", "pq", "pq_class", "boundary_f1", "exact", "stp", "review_load",
    "document_stp", "documents_accepted_right", "mndd", "outside_accepted", "missing_found", "missing_false_per_100",
    "defects_found", "label_right_macro",
)  # fmt: skip


def figures(counts: Sequence[Counts]) -> dict[str, float]:
    """Give the figures of packages that are worth an interval, by name; those that there are none of are left out."""
    measures = asdict(measure_tallies([each.tally for each in counts])) | asdict(qualities(counts))
    return {name: float(measures[name]) for name in SAMPLED if measures[name] is not None}
