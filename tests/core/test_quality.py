"""What is measured beyond right labels, on packages small enough to count by hand."""

import itertools

import pytest
from attrs import evolve

from casefold.documents.defects import Alarm, Defects, Planted, compare
from casefold.documents.evaluation import FoundDocument, FoundPage, Package, TruePage, measure
from casefold.documents.matching import most_kept
from casefold.documents.quality import CLASS_PAGES_MIN, count, figures, qualities, ranking
from casefold.documents.ranking import BINS, Ranked, bins, rank, risk_curve
from casefold.documents.resampling import intervals, resamples

CLASSES = frozenset({"w2", "bank_statement", "paystub"})
TRUTH = (
    TruePage(1, "w2", "a", 1, 1),
    TruePage(2, "bank_statement", "b", 1, 3, True),
    TruePage(3, "bank_statement", "b", 3, 3, True),
    TruePage(4, "blank", None),
    TruePage(5, "paystub", "c", 1, 2, False),
    TruePage(6, "other.letter", "d", 1, 1),
)
PAGES = (
    FoundPage(1, "w2", accepted=True, confidence_ppm=999_999, certified=True),
    FoundPage(2, "bank_statement", accepted=True, confidence_ppm=999_000),
    FoundPage(3, "w2", accepted=False, confidence_ppm=600_000),
    FoundPage(4, "blank", accepted=True),
    FoundPage(5, "paystub", accepted=True, confidence_ppm=990_000),
    FoundPage(6, "paystub", accepted=True, confidence_ppm=990_000),
)
DOCUMENTS = (
    FoundDocument("01", "w2", frozenset({1}), 999_999, accepted=True),
    FoundDocument("02", "bank_statement", frozenset({2}), 900_000, accepted=False, incomplete=True),
    FoundDocument("03", "w2", frozenset({3, 4}), 700_000, accepted=True),
    FoundDocument("04", "paystub", frozenset({5, 6}), 990_000, accepted=True, incomplete=True),
)
PACKAGE = Package(TRUTH, PAGES, DOCUMENTS, CLASSES)


def test_a_package_is_counted_by_hand():
    """What a person must look at, what went through, what slipped through."""
    counted = count(PACKAGE)
    found = qualities([counted])

    assert 1 / 6 == pytest.approx(found.review_load)
    assert (1, 2) == (counted.documents_through, counted.documents_wrong)
    assert 2 == counted.drags, "page 3 to b and page 6 to d"
    assert (1, 1.0) == (found.outside, found.outside_accepted)
    assert (1, 0) == counted.certified
    assert (1, 1.0) == (found.incomplete, found.missing_found)
    assert 1 == counted.incomplete_hidden == counted.incomplete_hidden_found
    assert 25 == found.missing_false_per_100, "d is whole, and one of four"
    assert found.worst_class is None
    assert (1 + 1 / 2 + 1 + 0) / 4 == pytest.approx(found.label_right_macro)


def test_what_is_not_there_is_not_measured():
    """Nothing outside, nothing incomplete, no defects: no share is made up."""
    whole = Package(TRUTH[:1], PAGES[:1], DOCUMENTS[:1], CLASSES)
    found = qualities([count(whole)])

    assert [None] * 4 == [
        found.outside_accepted, found.missing_found, found.defects_found, found.defect_false_alarms,
    ]  # fmt: skip
    assert {"missing_found", "outside_accepted", "defects_found"}.isdisjoint(figures([count(whole)]))
    assert 1 == found.document_stp == measure([whole]).stp


def test_defects_are_found_by_their_rule():
    """On a page that shows it; several alarms over one rule are one false alarm; what nobody planted is not asked."""
    planted = (Planted("price_agrees", frozenset({2})), Planted("names_agree", frozenset({3})), Planted("gone"))
    alarms = (
        Alarm("price_agrees", frozenset({2, 6})),
        Alarm("names_agree", frozenset({1})),
        Alarm("age", frozenset({1})),
        Alarm("age", frozenset({2})),
    )
    found = qualities([count(evolve(PACKAGE, planted=planted, alarms=alarms)), count(PACKAGE)])

    assert (3, 1 / 3, 2.0) == (found.planted, found.defects_found, found.defect_false_alarms)
    assert None is count(PACKAGE).defects
    assert Defects(0, 0, 1) == compare((), alarms[:1])


def test_the_worst_class_has_pages_enough():
    """Twenty, for of fewer a share says little."""
    pages = [TruePage(number, "w2", str(number)) for number in range(1, CLASS_PAGES_MIN + 1)]
    said = [FoundPage(page.page, "w2" if page.page > 5 else "paystub", accepted=False) for page in pages]
    found = qualities([count(Package(pages, said, (), CLASSES))])

    assert ("w2", 15 / 20) == (found.worst_class, found.worst_class_right)


@pytest.mark.parametrize(
    "worths",
    [
        ((3, 2), (2, 0)),
        ((3, 2, 0), (2, 0, 0), (0, 0, 4)),
        ((1, 2, 3), (2, 4, 6), (3, 6, 9)),
        ((5, 4, 1, 0), (4, 4, 0, 2), (0, 1, 3, 3)),
        ((5, 0), (4, 0), (3, 3)),
    ],
)
def test_the_matching_keeps_the_most(worths):
    """As trying every one does."""
    overlaps = {
        (f"t{row}", f"f{column}"): worth
        for row, line in enumerate(worths)
        for column, worth in enumerate(line)
        if worth
    }
    size = max(len(worths), len(worths[0]))
    square = [[*line, *[0] * (size - len(line))] for line in worths] + [[0] * size] * (size - len(worths))
    best = max(
        sum(square[row][column] for row, column in enumerate(order)) for order in itertools.permutations(range(size))
    )

    assert best == most_kept(overlaps)


def test_a_greedy_matching_would_keep_less():
    """The largest overlap is not always part of the best matching."""
    assert 4 == most_kept({("a", "1"): 3, ("a", "2"): 2, ("b", "1"): 2})
    assert 0 == most_kept({})


def test_confidence_is_ranked():
    """Ties count half, and blank sheets are no question."""
    found = ranking([count(PACKAGE)])

    assert (5, 2) == (found.count, found.wrong)
    # Right: .999999, .999, .99; wrong: .6 and .99. Five pairs of six are in order, and one is a tie.
    assert 5.5 / 6 == pytest.approx(found.auroc)
    assert found.separation is not None and found.separation > 0


def test_without_errors_nothing_is_said_of_ranking():
    """No wrong label, no AUROC."""
    found = rank([Ranked(990_000, right=True)])

    assert (None, None, 0) == (found.auroc, found.separation, found.aurc)


def test_curves_and_bins_hold_every_label():
    """The last point accepts all; each bin knows its errors."""
    ranked = [Ranked(990_000, right=True), Ranked(990_000, right=False), Ranked(1_000_000, right=True)]
    curve = risk_curve(ranked)

    assert [(1, 0), (3, 1)] == [(point.accepted, point.wrong) for point in curve]
    assert 3 == sum(each.count for each in bins(ranked))
    assert 1 == sum(each.wrong for each in bins(ranked))
    assert len(BINS) - 1 == len(bins(ranked))


def test_intervals_hold_what_was_measured():
    """Of packages that are alike it is one point; of others it is not; the same seed gives the same."""
    good = count(PACKAGE)
    bad = evolve(good, review=6)
    alike, mixed = (intervals(parts, figures, "1", 200) for parts in ([good] * 5, [good, bad] * 5))

    assert alike["review_load"].low == alike["review_load"].high
    assert mixed["review_load"].low < 3.5 / 6 < mixed["review_load"].high
    assert mixed == intervals([good, bad] * 5, figures, "1", 200)
    assert resamples(4, 3, "1") != resamples(4, 3, "2")
