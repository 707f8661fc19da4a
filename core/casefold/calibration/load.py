"""What thresholds would have come to on labelled packages: how much a person must look at, and what slips through."""

from collections.abc import Iterable

from attrs import frozen

from casefold.calibration.costs import Ends, Prices, Tier, expected_cost
from casefold.documents.evaluation import FoundPage, Package, is_right
from casefold.kernel.odds import PPM
from casefold.pages.certificates import Standing
from casefold.pages.labels import Thresholds


@frozen
class Load:
    """What becomes of pages.

    Attributes:
        review: Those that a person must look at.
        wrong: Those accepted with a wrong label.
        certified: Those accepted with a certificate behind it.
    """

    pages: int
    review: int
    wrong: int
    certified: int


def load(packages: Iterable[Package], thresholds: Thresholds) -> Load:
    """Count what *thresholds* would do with the pages of *packages*."""
    pages = review = wrong = certified = 0
    for package in packages:
        truth = {page.page: page.label for page in package.truth}
        for page in package.pages:
            accepted = _accepted(page, thresholds)
            right = is_right(truth.get(page.page, ""), page.label, package.classes)
            sure = page.confidence_ppm is not None
            stands = thresholds.standing(page.label, page.origin) is Standing.CERTIFIED
            pages, review = pages + 1, review + (not accepted)
            wrong, certified = wrong + (accepted and not right), certified + (accepted and sure and stands)
    return Load(pages, review, wrong, certified)


def _accepted(page: FoundPage, thresholds: Thresholds) -> bool:
    if page.confidence_ppm is None:
        return page.accepted
    return page.confidence_ppm >= thresholds.confidence_min(page.label, page.origin)


def cost(found: Load, prices: Prices, page: int, pages: int = 100) -> int:
    """Give what *pages* pages are expected to cost that end as *found*, each costing *page* to read."""
    whole = max(1, found.pages)
    ends = Ends(found.review * PPM // whole, found.wrong * PPM // whole)
    return expected_cost([Tier(page, PPM)], ends, prices, pages)
