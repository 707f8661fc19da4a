"""Several instances of one class in one document: four W-2s on a sheet, two pay stubs on a page, copies B and C.

A class names a field that every instance states once. Where its label stands in several places of a page, the page is
cut into as many regions; where it stands again on another page, that page begins another instance.
"""

from collections.abc import Sequence

from attrs import frozen

from casefold.fields.candidates import Candidate
from casefold.fields.compiled import ReadyClass
from casefold.fields.labels import Mark
from casefold.fields.layout import Sheet
from casefold.fields.model import Box

APART_ACROSS = 1_500
"""Labels less far apart from left to right stand in one column of instances."""

APART_DOWN = 900
"""Labels less far apart from top to bottom stand in one row of instances."""


@frozen
class Instances:
    """The candidates of each instance so far, page by page."""

    groups: tuple[tuple[tuple[Candidate, ...], ...], ...] = ()

    def with_page(
        self, ready: ReadyClass, sheet: Sheet, found: Sequence[Mark], candidates: Sequence[Candidate]
    ) -> "Instances":
        """Add what a page states."""
        anchors = [sheet.around(range(mark.first, mark.last + 1)) for mark in found if mark.label in ready.repeats]
        if not anchors:
            before = self.groups[-1] if self.groups else ()
            return Instances((*self.groups[:-1], (*before, tuple(candidates))))
        cuts = _cuts(sheet, anchors)
        parts: dict[tuple[int, int], list[Candidate]] = {_region(cuts, anchor): [] for anchor in anchors}
        for each in candidates:
            parts.setdefault(_region(cuts, each.box), []).append(each)
        new = tuple((tuple(parts[region]),) for region in sorted(parts))
        pending = len(self.groups) == 1 and not any(map(len, self.groups[0]))
        return Instances(new if pending else (*self.groups, *new))


_Cuts = tuple[tuple[int, ...], tuple[int, ...]]


def _cuts(sheet: Sheet, anchors: Sequence[Box]) -> _Cuts:
    """Give where a page is cut, across and down: as far before each further label as the first is from the edge."""
    lefts, tops = _apart([box[0] for box in anchors], APART_ACROSS), _apart([box[1] for box in anchors], APART_DOWN)
    edge = (min(sheet.page.boxes[::4]), min(sheet.page.boxes[1::4]))
    across = tuple(left - min(lefts[0] - edge[0], (left - lefts[0]) // 2) - 1 for left in lefts[1:])
    down = tuple(top - min(tops[0] - edge[1], (top - tops[0]) // 2) - 1 for top in tops[1:])
    return across, down


def _apart(places: Sequence[int], least: int) -> list[int]:
    """Keep places that are so far from the one kept before."""
    kept: list[int] = []
    for place in sorted(places):
        if not kept or place - kept[-1] >= least:
            kept.append(place)
    return kept


def _region(cuts: _Cuts, box: Box) -> tuple[int, int]:
    """Give the row and column of the region that a box stands in."""
    across, down = cuts
    middle, height = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    return sum(height > cut for cut in down), sum(middle > cut for cut in across)
