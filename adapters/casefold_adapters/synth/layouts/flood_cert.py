"""Draw flood hazard determinations."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo
from casefold_adapters.synth.sheets import Sheet
from casefold_adapters.synth.values import Paper


def _flood(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.text(36, 36, "DEPARTMENT OF HOMELAND SECURITY", 7)
    s.text(36, 45, "FEDERAL EMERGENCY MANAGEMENT AGENCY", 7)
    s.text(576, 36, "OMB Control No. 1660-0040", 7, align="r")
    s.text(306, 66, "STANDARD FLOOD HAZARD DETERMINATION FORM (SFHDF)", 13, bold=True, align="c")
    s.text(306, 84, "SECTION I - LOAN INFORMATION", 9, bold=True, align="c")
    s.cell(36, 90, 270, 60, "1. LENDER/SERVICER NAME AND ADDRESS", "")
    s.text(42, 118, p.f("lender_name"), 9)
    s.text(42, 132, p.f("lender_address"), 8, fit=258)
    s.cell(
        306,
        90,
        270,
        60,
        "2. COLLATERAL DESCRIPTION (Building/Mobile Home/Property)  PROPERTY ADDRESS AND PARCEL NUMBER (See instructions for more information.)",
        "",
    )
    s.text(312, 118, p.f("property_address"), 8.5, fit=258)
    s.text(312, 132, p.f("parcel_number"), 8.5)
    s.cell(36, 150, 180, 28, "3. LENDER/SERVICER ID #", c.digits(6))
    s.cell(216, 150, 180, 28, "4. LOAN IDENTIFIER", p.f("loan_number"))
    s.cell(396, 150, 180, 28, "5. AMOUNT OF FLOOD INSURANCE REQUIRED")
    s.text(306, 198, "SECTION II", 9, bold=True, align="c")
    s.text(36, 214, "A. NATIONAL FLOOD INSURANCE PROGRAM (NFIP) COMMUNITY JURISDICTION", 8, bold=True)
    s.cell(36, 220, 240, 28, "1. NFIP Community Name", p.f("community_name"))
    s.cell(276, 220, 150, 28, "2. County(ies)", p.f("property_county"))
    s.cell(426, 220, 50, 28, "3. State", p.f("property_state"))
    s.cell(476, 220, 100, 28, "4. NFIP Community Number", p.f("community_number"))
    s.text(36, 266, "B. NATIONAL FLOOD INSURANCE PROGRAM (NFIP) DATA AFFECTING BUILDING/MOBILE HOME", 8, bold=True)
    s.cell(
        36,
        272,
        270,
        28,
        '1. NFIP Map Number or Community-Panel Number (Community name, if not the same as "A")',
        p.f("map_number"),
    )
    s.cell(306, 272, 135, 28, "2. NFIP Map Panel Effective/Revised Date", p.f("map_date"))
    s.cell(441, 272, 135, 28, "3. Is there a Letter of Map Change (LOMC)?", "NO")
    s.cell(36, 300, 270, 28, "4. Flood Zone", p.f("flood_zone"))
    s.cell(306, 300, 270, 28, "5. No NFIP Map")
    s.text(36, 346, "C. FEDERAL FLOOD INSURANCE AVAILABILITY (Check all that apply.)", 8, bold=True)
    s.tick(50, 362, "1. Federal Flood Insurance is available (community participates in the NFIP).", on=True, size=8)
    s.tick(360, 362, "Regular Program", on=True, size=8)
    s.tick(470, 362, "Emergency Program of NFIP", size=8)
    s.tick(50, 378, "2. Federal Flood Insurance is not available (community does not participate in the NFIP).", size=8)
    s.tick(
        50,
        394,
        "3. Building/Mobile Home is in a Coastal Barrier Resources Area (CBRA) or Otherwise Protected Area (OPA).",
        size=8,
    )
    s.text(36, 424, "D. DETERMINATION", 9, bold=True)
    s.text(
        36,
        442,
        'IS BUILDING/MOBILE HOME IN SPECIAL FLOOD HAZARD AREA (ZONES CONTAINING THE LETTERS "A" OR "V")?',
        8,
        bold=True,
    )
    s.text(500, 442, p.f("in_flood_area", ""), 10, bold=True)
    s.text(
        36,
        458,
        "If yes, flood insurance is required by the Flood Disaster Protection Act of 1973. If no, flood insurance is not required by the Flood Disaster",
        7.5,
    )
    s.text(
        36,
        468,
        "Protection Act of 1973. Please note, the risk of flooding in this area is only reduced, not removed.",
        7.5,
    )
    s.text(36, 496, "E. COMMENTS (Optional)", 8, bold=True)
    s.rect(36, 502, 540, 90)
    s.text(44, 518, "LIFE OF LOAN DETERMINATION", 9)
    s.text(44, 532, p.f("borrower_name"), 9)
    s.text(
        36,
        606,
        "This determination is based on examining the NFIP map, any Federal Emergency Management Agency revisions to it, and any other information needed to locate the building/mobile home.",
        6.2,
    )
    s.text(36, 626, "F. PREPARER'S INFORMATION", 8, bold=True)
    s.cell(36, 632, 300, 60, "NAME, ADDRESS, TELEPHONE NUMBER (If other than Lender)")
    s.text(42, 652, p.f("preparer"), 9)
    s.text(42, 664, p.f("preparer_address"), 8)
    s.text(42, 676, p.f("preparer_phone"), 8)
    s.cell(336, 632, 120, 60, "DATE OF DETERMINATION", p.f("determination_date"))
    s.cell(456, 632, 120, 60, "DETERMINATION NUMBER", p.f("determination_number"))
    s.text(36, 756, "FEMA Form FF-206-FY-21-116 (formerly 086-0-32)", 7.5)
    return s


def _flood_letter(p: Paper, c: Chance) -> Sheet:
    """A determination company's certificate."""
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 40, 52, p.f("preparer"), c)
    s.text(40, 70, p.f("preparer_address"), 8)
    s.text(306, 110, "FLOOD ZONE DETERMINATION CERTIFICATE", 16, bold=True, align="c", color=s.accent)
    s.text(306, 126, "Standard Flood Hazard Determination   Life of Loan", 9, align="c")
    s.pairs(
        60,
        165,
        (
            ("Lender", p.f("lender_name")),
            ("Borrower", p.f("borrower_name")),
            ("Loan number", p.f("loan_number")),
            ("Property address", p.f("property_address")),
            ("Community", p.f("community_name")),
            ("NFIP community number", p.f("community_number")),
            ("Map number / panel", p.f("map_number")),
            ("Map panel effective date", p.f("map_date")),
            ("Flood zone", p.f("flood_zone")),
            ("Building in Special Flood Hazard Area", p.f("in_flood_area")),
            ("Date of determination", p.f("determination_date")),
            ("Determination number", p.f("determination_number")),
        ),
        gap=220,
        size=10,
        step=22,
    )
    s.para(
        60,
        460,
        490,
        "Federal flood insurance is available in this community, which participates in the National Flood Insurance Program (Regular). The flood insurance requirement does not apply because the building is not in a Special Flood Hazard Area. This certificate is issued solely for use and benefit of the lender named above to comply with the National Flood Insurance Reform Act of 1994.",
        10,
    )
    foot(s, f"Flood certificate {p.t('determination_number')}   {p.t('preparer_phone')}")
    return s


LAYOUTS = (
    Layout("flood_cert", "flood-fema", _flood),
    Layout("flood_cert", "flood-certificate", _flood_letter),
)
