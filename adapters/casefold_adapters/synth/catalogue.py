"""All layouts, and which of them a maker uses."""

from collections.abc import Collection

from attrs import frozen

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts import (
    appraisal_1004,
    aus_findings,
    bank_statement,
    borrower_authorization,
    check,
    closing_disclosure,
    credit_report,
    fax_cover,
    flood_cert,
    form_1008,
    form_1040,
    form_1040_schedule,
    form_1099,
    form_4506c,
    gift_letter,
    hoi_declaration,
    identity,
    investment_statement,
    invoice,
    irs_transcript,
    lease_agreement,
    loan_estimate,
    loe,
    mortgage_note,
    other,
    paystub,
    purchase_agreement,
    receipt,
    security_instrument,
    separator,
    title_commitment,
    urla_1003,
    utility_bill,
    voe_1005,
    w2,
    w9,
)
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.sheets import SheetPage
from casefold_adapters.synth.values import Paper

LAYOUTS: tuple[Layout, ...] = (
    *w2.LAYOUTS,
    *paystub.LAYOUTS,
    *form_1040.LAYOUTS,
    *form_1040_schedule.LAYOUTS,
    *form_1099.LAYOUTS,
    *irs_transcript.LAYOUTS,
    *form_4506c.LAYOUTS,
    *w9.LAYOUTS,
    *voe_1005.LAYOUTS,
    *bank_statement.LAYOUTS,
    *investment_statement.LAYOUTS,
    *gift_letter.LAYOUTS,
    *check.LAYOUTS,
    *credit_report.LAYOUTS,
    *loe.LAYOUTS,
    *identity.LAYOUTS,
    *purchase_agreement.LAYOUTS,
    *appraisal_1004.LAYOUTS,
    *title_commitment.LAYOUTS,
    *hoi_declaration.LAYOUTS,
    *flood_cert.LAYOUTS,
    *utility_bill.LAYOUTS,
    *lease_agreement.LAYOUTS,
    *urla_1003.LAYOUTS,
    *form_1008.LAYOUTS,
    *aus_findings.LAYOUTS,
    *loan_estimate.LAYOUTS,
    *closing_disclosure.LAYOUTS,
    *borrower_authorization.LAYOUTS,
    *mortgage_note.LAYOUTS,
    *security_instrument.LAYOUTS,
    *invoice.LAYOUTS,
    *receipt.LAYOUTS,
    *other.LAYOUTS,
    *fax_cover.LAYOUTS,
    *separator.LAYOUTS,
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
