"""Draw w9."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, foot, signed
from casefold_adapters.synth.sheets import Face, Sheet
from casefold_adapters.synth.values import Paper


def _w9(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.text(36, 46, "Form", 7)
    s.text(56, 52, "W-9", 24, bold=True)
    s.text(36, 62, c.pick(("(Rev. March 2024)", "(Rev. October 2018)")), 7)
    s.text(36, 70, "Department of the Treasury   Internal Revenue Service", 5.5)
    s.text(306, 44, "Request for Taxpayer", 14, bold=True, align="c")
    s.text(306, 60, "Identification Number and Certification", 14, bold=True, align="c")
    s.text(306, 71, "Go to www.irs.gov/FormW9 for instructions and the latest information.", 7.5, align="c")
    s.para(490, 44, 86, "Give form to the requester. Do not send to the IRS.", 8, bold=True)
    s.cell(
        36,
        80,
        540,
        28,
        "1  Name of entity/individual. An entry is required. (For a sole proprietor or disregarded entity, enter the owner's name on line 1, and enter the business/disregarded entity's name on line 2.)",
        p.f("name"),
    )
    s.cell(36, 108, 540, 28, "2  Business name/disregarded entity name, if different from above.")
    s.cell(
        36,
        136,
        400,
        64,
        "3a  Check the appropriate box for federal tax classification of the entity/individual whose name is entered on line 1. Check only one of the following seven boxes.",
    )
    s.tick(44, 168, "Individual/sole proprietor", on=True, size=7.5)
    s.tick(160, 168, "C corporation", size=7.5)
    s.tick(225, 168, "S corporation", size=7.5)
    s.tick(290, 168, "Partnership", size=7.5)
    s.tick(350, 168, "Trust/estate", size=7.5)
    s.tick(
        44, 184, "LLC. Enter the tax classification (C = C corporation, S = S corporation, P = Partnership)", size=7.5
    )
    s.cell(
        436,
        136,
        140,
        64,
        "4  Exemptions (codes apply only to certain entities, not individuals; see instructions on page 3): Exempt payee code (if any)",
    )
    s.cell(36, 200, 360, 28, "5  Address (number, street, and apt. or suite no.). See instructions.", p.f("street"))
    s.cell(396, 200, 180, 56, "Requester's name and address (optional)", p.f("requester"))
    s.cell(36, 228, 360, 28, "6  City, state, and ZIP code", p.f("city_line"))
    s.cell(36, 256, 540, 26, "7  List account number(s) here (optional)")
    s.band(290, 15, "Part I    Taxpayer Identification Number (TIN)", size=9)
    s.para(
        36,
        320,
        350,
        "Enter your TIN in the appropriate box. The TIN provided must match the name given on line 1 to avoid backup withholding. For individuals, this is generally your social security number (SSN). However, for a resident alien, sole proprietor, or disregarded entity, see the instructions for Part I, later.",
        8,
    )
    s.cell(400, 312, 176, 30, "Social security number", p.f("ssn"), face=Face.MONO, size=12)
    s.text(400, 352, "or", 8, bold=True)
    s.cell(400, 356, 176, 30, "Employer identification number")
    s.band(396, 15, "Part II   Certification", size=9)
    y = s.para(
        36,
        424,
        540,
        "Under penalties of perjury, I certify that: 1. The number shown on this form is my correct taxpayer identification number (or I am waiting for a number to be issued to me); and 2. I am not subject to backup withholding because (a) I am exempt from backup withholding, or (b) I have not been notified by the Internal Revenue Service (IRS) that I am subject to backup withholding as a result of a failure to report all interest or dividends, or (c) the IRS has notified me that I am no longer subject to backup withholding; and 3. I am a U.S. citizen or other U.S. person (defined below); and 4. The FATCA code(s) entered on this form (if any) indicating that I am exempt from FATCA reporting is correct.",
        8,
    )
    signed(s, 90, y + 34, p, "Signature of U.S. person", "signature_date", c, "")
    s.text(36, y + 34, "Sign Here", 10, bold=True)
    s.text(36, y + 66, "General Instructions", 12, bold=True)
    s.para(
        36,
        y + 82,
        540,
        "Section references are to the Internal Revenue Code unless otherwise noted. Purpose of Form. An individual or entity (Form W-9 requester) who is required to file an information return with the IRS is giving you this form because they must obtain your correct taxpayer identification number (TIN), which may be your social security number (SSN), individual taxpayer identification number (ITIN), adoption taxpayer identification number (ATIN), or employer identification number (EIN), to report on an information return the amount paid to you, or other amount reportable on an information return.",
        8,
    )
    s.text(36, 755, "Cat. No. 10231X", 7)
    s.text(576, 755, "Form W-9 (Rev. 3-2024)", 8, bold=True, align="r")
    return s


def _w9_plain(p: Paper, c: Chance) -> Sheet:
    """A payer's substitute for the form."""
    s = Sheet(Face.SERIF, 10.5)
    s.page()
    s.text(306, 60, "Substitute Form W-9", 16, bold=True, align="c")
    s.text(306, 78, "Request for Taxpayer Identification Number and Certification", 12, align="c")
    y = s.pairs(
        60,
        120,
        (
            ("Name (as shown on your income tax return)", p.f("name")),
            ("Address", p.f("street")),
            ("City, state, and ZIP code", p.f("city_line")),
            ("Federal tax classification", "Individual/sole proprietor"),
            ("Taxpayer identification number (TIN)", ""),
            ("Social security number", p.f("ssn")),
            ("Requester's name", p.f("requester")),
        ),
        gap=230,
        size=10.5,
        step=24,
    )
    y = s.para(
        60,
        y + 20,
        490,
        "Certification. Under penalties of perjury, I certify that the number shown on this form is my correct taxpayer identification number, that I am not subject to backup withholding, and that I am a U.S. citizen or other U.S. person.",
        10.5,
    )
    signed(s, 60, y + 60, p, "Signature of U.S. person", "signature_date", c, "")
    foot(s, "Substitute Form W-9   Give this form to the requester. Do not send it to the IRS.")
    return s


LAYOUTS = (
    Layout("w9", "w9-irs", _w9),
    Layout("w9", "w9-substitute", _w9_plain),
)
