"""Draw form 1040."""

from collections.abc import Sequence

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, signed
from casefold_adapters.synth.layouts.parts import Once
from casefold_adapters.synth.sheets import GREY, Face, Sheet
from casefold_adapters.synth.values import Paper

_INCOME: Sequence[tuple[str, str, str, str]] = (
    ("1a", "Total amount from Form(s) W-2, box 1 (see instructions)", "1a", "wages"),
    ("b", "Household employee wages not reported on Form(s) W-2", "1b", ""),
    ("c", "Tip income not reported on line 1a (see instructions)", "1c", ""),
    ("z", "Add lines 1a through 1h", "1z", "wages"),
    ("2b", "Taxable interest. Attach Sch. B if required", "2b", "taxable_interest"),
    ("3b", "Ordinary dividends", "3b", "ordinary_dividends"),
    ("4b", "IRA distributions - Taxable amount", "4b", ""),
    ("5b", "Pensions and annuities - Taxable amount", "5b", ""),
    ("6b", "Social security benefits - Taxable amount", "6b", ""),
    ("7", "Capital gain or (loss). Attach Schedule D if required. If not required, check here", "7", ""),
    ("8", "Additional income from Schedule 1, line 10", "8", ""),
    ("9", "Add lines 1z, 2b, 3b, 4b, 5b, 6b, 7, and 8. This is your total income", "9", "total_income"),
    ("10", "Adjustments to income from Schedule 1, line 26", "10", ""),
    ("11", "Subtract line 10 from line 9. This is your adjusted gross income", "11", "adjusted_gross_income"),
    ("12", "Standard deduction or itemized deductions (from Schedule A)", "12", "standard_deduction"),
    ("13", "Qualified business income deduction from Form 8995 or Form 8995-A", "13", ""),
    ("14", "Add lines 12 and 13", "14", "standard_deduction"),
    (
        "15",
        "Subtract line 14 from line 11. If zero or less, enter -0-. This is your taxable income",
        "15",
        "taxable_income",
    ),
)


_PAYMENTS: Sequence[tuple[str, str, str, str]] = (
    ("16", "Tax (see instructions). Check if any from Form(s): 1  8814   2  4972   3", "16", "tax"),
    ("17", "Amount from Schedule 2, line 3", "17", ""),
    ("18", "Add lines 16 and 17", "18", "tax"),
    ("19", "Child tax credit or credit for other dependents from Schedule 8812", "19", ""),
    ("22", "Subtract line 21 from line 18. If zero or less, enter -0-", "22", "tax"),
    ("23", "Other taxes, including self-employment tax, from Schedule 2, line 21", "23", ""),
    ("24", "Add lines 22 and 23. This is your total tax", "24", "total_tax"),
    ("25a", "Federal income tax withheld from Form(s) W-2", "25a", "federal_tax_withheld"),
    ("25d", "Add lines 25a through 25c", "25d", "federal_tax_withheld"),
    ("26", "Estimated tax payments and amount applied from prior year return", "26", ""),
    ("33", "Add lines 25d, 26, and 32. These are your total payments", "33", "total_payments"),
    (
        "34",
        "If line 33 is more than line 24, subtract line 24 from line 33. This is the amount you overpaid",
        "34",
        "refund",
    ),
    ("35a", "Amount of line 34 you want refunded to you. If Form 8888 is attached, check here", "35a", "refund"),
    ("37", "Subtract line 33 from line 24. This is the amount you owe", "37", "amount_owed"),
)


def _return(p: Paper, c: Chance) -> Sheet:
    s, v = Sheet(), Once(p)
    s.page()
    s.text(36, 40, "Form", 7)
    s.text(54, 44, "1040", 24, bold=True)
    s.text(130, 34, "Department of the Treasury - Internal Revenue Service", 7)
    s.text(130, 47, "U.S. Individual Income Tax Return", 13, bold=True)
    s.text(395, 46, v("tax_year"), 19, bold=True)
    s.text(445, 36, "OMB No. 1545-0074", 7)
    s.text(445, 46, "IRS Use Only - Do not write or staple in this space.", 5.5)
    s.line(36, 52, 576, 52, 1)
    s.text(
        36,
        61,
        f"For the year Jan. 1-Dec. 31, {p.t('tax_year')}, or other tax year beginning                         , ending                       , 20          See separate instructions.",
        6.5,
    )
    y = 66.0
    s.cell(
        36, y, 390, 24, "Your first name and middle initial                              Last name", v("taxpayer_name")
    )
    s.cell(426, y, 150, 24, "Your social security number", v("taxpayer_ssn"), face=Face.MONO)
    s.cell(
        36,
        y + 24,
        390,
        24,
        "If joint return, spouse's first name and middle initial             Last name",
        v("spouse_name"),
    )
    s.cell(426, y + 24, 150, 24, "Spouse's social security number", v("spouse_ssn"), face=Face.MONO)
    s.cell(
        36,
        y + 48,
        340,
        24,
        "Home address (number and street). If you have a P.O. box, see instructions.",
        v("taxpayer_street"),
    )
    s.cell(376, y + 48, 50, 24, "Apt. no.")
    s.cell(
        36,
        y + 72,
        260,
        24,
        "City, town, or post office. If you have a foreign address, also complete spaces below.",
        v("taxpayer_city"),
    )
    s.cell(296, y + 72, 50, 24, "State", v("taxpayer_state"))
    s.cell(346, y + 72, 80, 24, "ZIP code", v("taxpayer_zip"))
    s.cell(
        426,
        y + 48,
        150,
        48,
        "Presidential Election Campaign. Check here if you, or your spouse if filing jointly, want $3 to go to this fund.",
    )
    joint = p.has("spouse_name")
    s.text(36, 177, "Filing Status", 9, bold=True)
    s.tick(120, 177, "Single", on=not joint, size=8)
    s.tick(170, 177, "Married filing jointly (even if only one had income)", on=joint, size=8)
    s.tick(390, 177, "Head of household (HOH)", size=8)
    s.tick(120, 189, "Married filing separately (MFS)", size=8)
    s.tick(390, 189, "Qualifying surviving spouse (QSS)", size=8)
    s.text(36, 207, "Digital Assets", 9, bold=True)
    s.para(
        120,
        204,
        400,
        f"At any time during {p.t('tax_year')}, did you: (a) receive (as a reward, award, or payment for property or services); or (b) sell, exchange, or otherwise dispose of a digital asset (or a financial interest in a digital asset)? (See instructions.)",
        6.5,
    )
    s.tick(505, 220, "Yes", size=7)
    s.tick(540, 220, "No", on=True, size=7)
    s.text(36, 232, "Standard", 9, bold=True)
    s.text(36, 242, "Deduction", 9, bold=True)
    s.text(120, 232, "Someone can claim:", 7.5, bold=True)
    s.tick(200, 232, "You as a dependent", size=7.5)
    s.tick(300, 232, "Your spouse as a dependent", size=7.5)
    s.text(36, 260, "Dependents", 9, bold=True)
    s.table(
        120,
        258,
        (
            ("(1) First name      Last name", 200, "l"),
            ("(2) Social security number", 110, "l"),
            ("(3) Relationship to you", 100, "l"),
            ("(4) Check if qualifies", 46, "l"),
        ),
        [],
        size=6.5,
    )
    y = 318.0
    s.text(36, y - 8, "Income", 11, bold=True)
    for number, words, box, name in _INCOME:
        s.dotted(60, y + 4, 516, number, words, box, v(name, "0"))
        y += 20
    s.line(36, 744, 576, 744, 1)
    s.text(
        36,
        755,
        "For Disclosure, Privacy Act, and Paperwork Reduction Act Notice, see separate instructions.",
        7,
        bold=True,
    )
    s.text(420, 755, "Cat. No. 11320B", 7)
    s.text(576, 755, f"Form 1040 ({p.t('tax_year')})", 8, bold=True, align="r")
    if c.child("pages").chance(100):
        s.page()
        s.text(36, 40, f"Form 1040 ({p.t('tax_year')})", 8)
        s.text(576, 40, "Page 2", 9, bold=True, align="r")
        s.line(36, 45, 576, 45, 1)
        s.text(36, 62, "Tax and Credits", 10, bold=True)
        y = 66.0
        for number, words, box, name in _PAYMENTS:
            s.dotted(60, y + 12, 516, number, words, box, v(name, "0"))
            y += 25
        s.text(36, y + 24, "Sign Here", 12, bold=True)
        s.para(
            120,
            y + 16,
            440,
            "Under penalties of perjury, I declare that I have examined this return and accompanying schedules and statements, and to the best of my knowledge and belief, they are true, correct, and complete. Declaration of preparer (other than taxpayer) is based on all information of which preparer has any knowledge.",
            7,
        )
        for place, (who, job) in enumerate(
            (
                ("Your signature", "occupation"),
                ("Spouse's signature. If a joint return, both must sign.", "spouse_occupation"),
            )
        ):
            at = y + 50 + place * 30
            s.cell(120, at, 230, 28, who)
            s.cell(350, at, 76, 28, "Date", v("signature_date") if place == 0 and p.has("signature_date") else "")
            s.cell(426, at, 150, 28, "Your occupation" if place == 0 else "Spouse's occupation", p.t(job))
            if p.has("signature_date") and (place == 0 or joint):
                s.sign(140, at + 23, c.child(place), 120)
        s.text(36, y + 130, "Paid Preparer Use Only", 9, bold=True)
        s.cell(
            150,
            y + 118,
            426,
            24,
            "Preparer's name            Preparer's signature            Date            PTIN",
            "Self-Prepared",
        )
        s.text(36, 755, "Go to www.irs.gov/Form1040 for instructions and the latest information.", 7)
        s.text(576, 755, f"Form 1040 ({p.t('tax_year')})", 8, bold=True, align="r")
    return s


def _software_return(p: Paper, c: Chance) -> Sheet:
    """The same return as tax software prints it: a summary before the two pages, typewriter values, a client number."""
    s, v = Sheet(Face.SANS, 8), Once(p)
    number = c.digits(6)
    for page, lines in enumerate((_INCOME, _PAYMENTS), 1):
        s.page()
        s.text(
            36,
            32,
            f"{number}   {c.child('made').between(1, 12):02}/{c.child('made').between(1, 28):02}/{int(p.t('tax_year')) + 1}",
            7,
            face=Face.MONO,
        )
        s.text(36, 56, "1040", 22, bold=True)
        s.text(100, 48, "Department of the Treasury - Internal Revenue Service (99)", 6.5)
        s.text(100, 58, "U.S. Individual Income Tax Return", 11, bold=True)
        s.text(360, 57, p.t("tax_year"), 16, bold=True)
        s.text(420, 57, "OMB No. 1545-0074" if page == 1 else "Page 2", 8)
        y = 84.0
        if page == 1:
            for line in (
                ("Name", "taxpayer_name", "SSN", "taxpayer_ssn"),
                ("Spouse", "spouse_name", "Spouse SSN", "spouse_ssn"),
                ("Address", "taxpayer_street", "Filing status", "filing_status"),
            ):
                s.text(36, y, line[0], 8)
                s.text(110, y, v(line[1]), 9, face=Face.MONO)
                s.text(370, y, line[2], 8)
                s.text(450, y, v(line[3]), 9, face=Face.MONO)
                y += 15
            s.text(110, y, v("taxpayer_city"), 9, face=Face.MONO)
            s.text(260, y, v("taxpayer_state"), 9, face=Face.MONO)
            s.text(290, y, v("taxpayer_zip"), 9, face=Face.MONO)
            y += 26
        else:
            s.text(36, y, f"{p.t('taxpayer_name')}   {p.t('taxpayer_ssn')}", 9, face=Face.MONO)
            y += 26
        for line_number, words, _, name in lines:
            s.text(40, y, line_number, 8, bold=True)
            end = s.text(70, y, words, 8, fit=370)
            s.text(end + 4, y, "." * int(max(0, 455 - end) / 4), 8, color=GREY)
            s.text(480, y, line_number, 7.5, align="c")
            s.line(496, y + 2, 576, y + 2, 0.4)
            s.text(574, y, v(name, "0"), 9, face=Face.MONO, align="r")
            y += 21
        if page == 2:
            s.text(36, y + 20, "Sign Here", 10, bold=True)
            s.text(
                110,
                y + 20,
                "Under penalties of perjury, I declare that I have examined this return and, to the best of my knowledge, it is true, correct, and complete.",
                6.5,
            )
            signed(s, 110, y + 62, p, p.f("taxpayer_name").text, "signature_date", c, "Your signature")
            s.text(110, y + 92, f"Your occupation: {p.t('occupation')}", 8)
            s.text(36, y + 130, "Firm's name   TAXWORKS SELF-SERVICE   Phone no. (800) 555-0100", 8)
        s.text(
            36,
            760,
            "BAA   For Disclosure, Privacy Act, and Paperwork Reduction Act Notice, see separate instructions.",
            7,
        )
        s.text(576, 760, f"Form 1040 ({p.t('tax_year')})", 8, bold=True, align="r")
    return s


LAYOUTS = (
    Layout("form_1040", "1040-irs", _return),
    Layout("form_1040", "1040-software", _software_return),
)
