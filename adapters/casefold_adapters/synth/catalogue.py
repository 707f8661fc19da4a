"""All layouts, and which of them a maker uses."""

from collections.abc import Collection

from attrs import frozen

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts import assets, housing, identity, lending, outside, taxes, wages
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.sheets import SheetPage
from casefold_adapters.synth.values import Paper

LAYOUTS: tuple[Layout, ...] = (
    *wages.LAYOUTS,
    *taxes.LAYOUTS,
    *assets.LAYOUTS,
    *identity.LAYOUTS,
    *housing.LAYOUTS,
    *lending.LAYOUTS,
    *outside.LAYOUTS,
)
FAMILIES = tuple(layout.family for layout in LAYOUTS)


@frozen
class Drawn:
    """A document as it was drawn."""

    paper: Paper
    family: str
    pages: tuple[SheetPage, ...]


def layouts_of(paper: Paper) -> tuple[Layout, ...]:
    """Give the layouts that can draw a paper."""
    return tuple(
        layout for layout in LAYOUTS if layout.label == paper.label and (not layout.subs or paper.sub in layout.subs)
    )


_MAKER = (
    "bank_name", "institution_name", "employer_name", "payer_name", "utility_name", "agency_name", "insurer_name",
    "firm_name", "state_name", "lender_name", "landlord_name", "title_company",
)  # fmt: skip


def draw(paper: Paper, seed: str, only: Collection[str] = (), without: Collection[str] = ()) -> Drawn:
    """Draw a paper in the layout that its maker uses; one maker's papers of a class all look alike.

    Of *only*, those families count that can draw the class at all; *without* counts unless nothing would be left.
    """
    able = layouts_of(paper)
    kept = [layout for layout in able if layout.family in only] or list(able)
    kept = [layout for layout in kept if layout.family not in without] or kept
    maker = next((paper.t(name) for name in _MAKER if paper.has(name)), paper.key)
    chance = Chance(f"{seed}/{paper.label}/{maker}")
    layout = chance.child("layout").pick(kept)
    return Drawn(paper, layout.family, layout.draw(paper, chance.child(layout.family)).pages())
