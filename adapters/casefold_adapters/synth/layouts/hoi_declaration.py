"""Draw declarations and evidence of insurance."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo
from casefold_adapters.synth.sheets import Sheet
from casefold_adapters.synth.values import Paper, shown


def _policy(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 40, 52, p.f("insurer_name"), c, 15)
    s.text(40, 68, p.f("insurer_address"), 8)
    s.text(572, 50, "HOMEOWNERS POLICY DECLARATIONS", 13, bold=True, align="r")
    s.text(572, 66, "New Business", 9, align="r")
    s.pairs(
        40,
        100,
        (
            ("Policy Number", p.f("policy_number")),
            ("Policy Period From", p.f("period_start")),
            ("Policy Period To", p.f("period_end")),
            ("", "12:01 A.M. standard time at the residence premises"),
            ("Issue Date", p.f("issue_date")),
        ),
        gap=120,
    )
    s.pairs(
        330,
        100,
        (("Named Insured", p.f("insured_name")), ("Agent", p.f("agent_name")), ("Phone", p.f("insurer_phone"))),
        gap=90,
    )
    s.text(40, 186, "The residence premises covered by this policy is located at:", 9)
    s.text(40, 200, p.f("property_address"), 10, bold=True)
    s.band(218, 16, "SECTION I AND II COVERAGES", size=9)
    y = s.table(
        40,
        252,
        (("Coverage", 380, "l"), ("Limit of Liability", 150, "r")),
        [[shown(row[0]), p.part("coverages", n, 1, "limit", "$0")] for n, row in enumerate(p.table("coverages"))],
        size=9.5,
        leading=17,
        zebra=True,
    )
    s.text(40, y + 10, "Deductible: all perils", 9.5)
    s.text(567, y + 10, p.f("deductible", "$0"), 9.5, align="r")
    s.text(40, y + 32, "TOTAL ANNUAL PREMIUM", 11, bold=True)
    s.text(567, y + 32, p.f("premium", "$"), 11, bold=True, align="r")
    s.band(y + 50, 16, "MORTGAGEE / LIENHOLDER", size=9)
    s.pairs(
        40,
        y + 84,
        (
            ("First Mortgagee", p.f("mortgagee_name")),
            ("Address", p.f("mortgagee_address")),
            ("Loan Number", p.f("loan_number")),
        ),
        gap=110,
    )
    s.text(40, y + 150, "Forms and endorsements: HO 00 03 05 11, HO 04 90 05 11, HO 04 96 10 00, IL P 001 01 04", 8.5)
    s.text(40, y + 170, f"Construction: Frame    Roof: Composition    Protection class: {c.between(2, 6)}", 8.5)
    foot(s, "Page 1 of 2" if c.child("second").chance(60) else "Page 1 of 1")
    if c.child("second").chance(60):
        s.page()
        s.text(40, 50, f"{p.t('insurer_name')}   Policy {p.t('policy_number')}", 9)
        s.text(40, 80, "IMPORTANT NOTICES", 12, bold=True)
        y = s.para(
            40,
            100,
            530,
            "This policy does not cover damage from flood, surface water, or earthquake. Flood insurance may be available through the National Flood Insurance Program. Replacement cost coverage applies to the dwelling if it is insured to at least 80 percent of its replacement cost at the time of loss. Loss settlement for roof surfacing is on an actual cash value basis where the policy so states.",
            9.5,
        )
        s.para(
            40,
            y + 14,
            530,
            "Credits applied: protective devices, new purchase, claim free. Please review this declarations page and report any error to your agent. In case of loss under this policy, the limits shown above apply to each occurrence.",
            9.5,
        )
        foot(s, "Page 2 of 2")
    return s


def _evidence(p: Paper, c: Chance) -> Sheet:
    """The industry's evidence of insurance: a grid of boxes."""
    s = Sheet()
    s.page()
    s.text(306, 44, "EVIDENCE OF PROPERTY INSURANCE", 15, bold=True, align="c")
    s.text(576, 30, "DATE (MM/DD/YYYY)", 6.5, align="r")
    s.text(576, 42, p.f("issue_date"), 9, align="r")
    s.para(
        36,
        60,
        540,
        "THIS EVIDENCE OF PROPERTY INSURANCE IS ISSUED AS A MATTER OF INFORMATION ONLY AND CONFERS NO RIGHTS UPON THE ADDITIONAL INTEREST NAMED BELOW. THIS EVIDENCE OF PROPERTY INSURANCE DOES NOT AMEND, EXTEND OR ALTER THE COVERAGE AFFORDED BY THE POLICIES BELOW.",
        7.5,
    )
    s.cell(36, 90, 270, 44, "AGENCY", p.f("agent_name"))
    s.cell(306, 90, 270, 44, "COMPANY", p.f("insurer_name"))
    s.cell(36, 134, 270, 44, "INSURED", p.f("insured_name"))
    s.cell(306, 134, 135, 44, "LOAN NUMBER", p.f("loan_number"))
    s.cell(441, 134, 135, 44, "POLICY NUMBER", p.f("policy_number"))
    s.cell(306, 178, 90, 30, "EFFECTIVE DATE", p.f("period_start"))
    s.cell(396, 178, 90, 30, "EXPIRATION DATE", p.f("period_end"))
    s.cell(486, 178, 90, 30, "CONTINUED UNTIL TERMINATED")
    s.text(36, 226, "PROPERTY INFORMATION", 10, bold=True)
    s.cell(36, 232, 540, 34, "LOCATION/DESCRIPTION", p.f("property_address"))
    s.text(36, 286, "COVERAGE INFORMATION        PERILS INSURED: SPECIAL", 10, bold=True)
    y = s.table(
        36,
        304,
        (("COVERAGE / PERILS / FORMS", 380, "l"), ("AMOUNT OF INSURANCE", 160, "r")),
        [[shown(row[0]), p.part("coverages", n, 1, "limit", "$0")] for n, row in enumerate(p.table("coverages"))],
        size=9,
        leading=17,
    )
    s.pairs(
        36, y + 12, (("ANNUAL PREMIUM", p.f("premium", "$")), ("DEDUCTIBLE", p.f("deductible", "$0"))), gap=150, size=9
    )
    s.text(36, y + 70, "ADDITIONAL INTEREST", 10, bold=True)
    s.cell(36, y + 76, 330, 44, "NAME AND ADDRESS   [X] MORTGAGEE", p.f("mortgagee_name"))
    s.text(42, y + 132, p.f("mortgagee_address"), 8.5)
    s.cell(366, y + 76, 210, 44, "AUTHORIZED REPRESENTATIVE")
    s.sign(390, y + 112, c.child("sign"))
    s.text(36, 756, "ACORD 27 (2016/03)", 8)
    s.text(576, 756, "The ACORD name and logo are registered marks of ACORD", 7, align="r")
    return s


LAYOUTS = (
    Layout("hoi_declaration", "hoi-declarations", _policy),
    Layout("hoi_declaration", "hoi-evidence", _evidence),
)
