"""Draw returns, schedules, information returns, transcripts, requests for them, and verifications of employment."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo, signed
from casefold_adapters.synth.sheets import GREY, Content, Face, Sheet
from casefold_adapters.synth.values import Paper, shown

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


class _Once:
    """Gives each value to be recorded the first time alone, and afterwards only its text."""

    def __init__(self, p: Paper) -> None:
        self._paper, self._told = p, set[str]()

    def __call__(self, name: str, form: str = "") -> Content:
        if not name:
            return ""
        field = self._paper.f(name, form)
        if name in self._told:
            return field.text
        self._told.add(name)
        return field


def _return(p: Paper, c: Chance) -> Sheet:
    s, v = Sheet(), _Once(p)
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
    s, v = Sheet(Face.SANS, 8), _Once(p)
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


_SCHEDULES: Mapping[str, tuple[str, str, str, Sequence[tuple[str, str]]]] = MappingProxyType(
    {
        "1": ("Additional Income and Adjustments to Income", "01", "Part I  Additional Income", (
            ("1", "Taxable refunds, credits, or offsets of state and local income taxes"), ("2a", "Alimony received"),
            ("3", "Business income or (loss). Attach Schedule C"), ("4", "Other gains or (losses). Attach Form 4797"),
            ("5", "Rental real estate, royalties, partnerships, S corporations, trusts, etc. Attach Schedule E"),
            ("6", "Farm income or (loss). Attach Schedule F"), ("7", "Unemployment compensation"), ("8z", "Other income"),
            ("10", "Combine lines 1 through 7 and 9. This is your additional income"), ("11", "Educator expenses"),
            ("13", "Health savings account deduction. Attach Form 8889"), ("15", "Deductible part of self-employment tax. Attach Schedule SE"),
            ("20", "IRA deduction"), ("21", "Student loan interest deduction"), ("26", "Add lines 11 through 23 and 25. These are your adjustments to income"))),
        "2": ("Additional Taxes", "02", "Part I  Tax", (
            ("1", "Alternative minimum tax. Attach Form 6251"), ("2", "Excess advance premium tax credit repayment. Attach Form 8962"),
            ("3", "Add lines 1 and 2"), ("4", "Self-employment tax. Attach Schedule SE"), ("5", "Social security and Medicare tax on unreported tip income"),
            ("8", "Additional tax on IRAs or other tax-favored accounts. Attach Form 5329"), ("11", "Additional Medicare Tax. Attach Form 8959"),
            ("12", "Net investment income tax. Attach Form 8960"), ("21", "Add lines 4, 7 through 16, and 18. These are your total other taxes"))),
        "3": ("Additional Credits and Payments", "03", "Part I  Nonrefundable Credits", (
            ("1", "Foreign tax credit. Attach Form 1116 if required"), ("2", "Credit for child and dependent care expenses from Form 2441"),
            ("3", "Education credits from Form 8863, line 19"), ("4", "Retirement savings contributions credit. Attach Form 8880"),
            ("5a", "Residential clean energy credit from Form 5695"), ("8", "Add lines 1 through 4, 5a, 5b, and 7"), ("9", "Net premium tax credit. Attach Form 8962"))),
        "A": ("Itemized Deductions", "07", "Medical and Dental Expenses", (
            ("1", "Medical and dental expenses (see instructions)"), ("4", "Subtract line 3 from line 1"), ("5a", "State and local income taxes or general sales taxes"),
            ("5b", "State and local real estate taxes"), ("5e", "Enter the smaller of line 5d or $10,000"), ("8a", "Home mortgage interest and points reported to you on Form 1098"),
            ("11", "Gifts by cash or check"), ("12", "Other than by cash or check"), ("17", "Add the amounts in the far right column for lines 4 through 16"))),
        "D": ("Capital Gains and Losses", "12", "Part I  Short-Term Capital Gains and Losses - Generally Assets Held One Year or Less", (
            ("1a", "Totals for all short-term transactions reported on Form 1099-B"), ("4", "Short-term gain from Form 6252 and short-term gain or (loss) from Forms 4684, 6781, and 8824"),
            ("7", "Net short-term capital gain or (loss)"), ("8a", "Totals for all long-term transactions reported on Form 1099-B"), ("13", "Capital gain distributions"),
            ("15", "Net long-term capital gain or (loss)"), ("16", "Combine lines 7 and 15 and enter the result"))),
        "E": ("Supplemental Income and Loss", "13", "Part I  Income or Loss From Rental Real Estate and Royalties", (
            ("3", "Rents received"), ("4", "Royalties received"), ("5", "Advertising"), ("7", "Cleaning and maintenance"), ("9", "Insurance"),
            ("12", "Mortgage interest paid to banks, etc."), ("14", "Repairs"), ("16", "Taxes"), ("18", "Depreciation expense or depletion"),
            ("20", "Total expenses. Add lines 5 through 19"), ("26", "Total rental real estate and royalty income or (loss)"))),
        "SE": ("Self-Employment Tax", "17", "Part I  Self-Employment Tax", (
            ("2", "Net profit or (loss) from Schedule C, line 31"), ("3", "Combine lines 1a, 1b, and 2"), ("4a", "If line 3 is more than zero, multiply line 3 by 92.35%"),
            ("6", "Add lines 4c and 5b"), ("10", "Multiply the smaller of line 6 or line 9 by 12.4%"), ("11", "Multiply line 6 by 2.9%"),
            ("12", "Self-employment tax. Add lines 10 and 11"), ("13", "Deduction for one-half of self-employment tax"))),
        "8812": ("Credits for Qualifying Children and Other Dependents", "47", "Part I  Child Tax Credit and Credit for Other Dependents", (
            ("1", "Enter the amount from line 11 of your Form 1040"), ("4", "Number of qualifying children under age 17 with the required social security number"),
            ("5", "Multiply line 4 by $2,000"), ("8", "Add lines 5 and 7"), ("12", "Is the amount on line 8 more than the amount on line 11?"), ("14", "Enter the smaller of line 12 or line 13"))),
    }
)  # fmt: skip


def _schedule_head(s: Sheet, p: Paper, letter: str, title: str, number: str) -> None:
    s.text(36, 44, f"SCHEDULE {letter}", 12, bold=True)
    s.text(36, 56, "(Form 1040)", 9, bold=True)
    s.text(36, 67, "Department of the Treasury", 6)
    s.text(36, 74, "Internal Revenue Service", 6)
    s.text(306, 46, title, 14, bold=True, align="c", fit=330)
    s.text(306, 58, "Attach to Form 1040, 1040-SR, or 1040-NR.", 7.5, bold=True, align="c")
    s.text(
        306,
        69,
        f"Go to www.irs.gov/Schedule{letter} for instructions and the latest information.",
        7.5,
        bold=True,
        align="c",
    )
    s.text(576, 38, "OMB No. 1545-0074", 7, align="r")
    s.text(576, 58, p.f("tax_year"), 18, bold=True, align="r")
    s.text(576, 68, "Attachment", 6.5, align="r")
    s.text(576, 76, f"Sequence No. {number}", 7, align="r", bold=True)
    s.line(36, 80, 576, 80, 1)
    s.cell(36, 80, 400, 24, "Name(s) shown on Form 1040, 1040-SR, or 1040-NR", p.f("taxpayer_name"))
    s.cell(436, 80, 140, 24, "Your social security number", p.f("taxpayer_ssn"), face=Face.MONO)


def _schedule(p: Paper, c: Chance) -> Sheet:
    letter = p.t("schedule")
    s = Sheet()
    s.page()
    if letter == "B":
        _schedule_head(s, p, letter, "Interest and Ordinary Dividends", "08")
        y = _payers(
            s,
            p,
            112,
            "Part I",
            "Interest",
            "1  List name of payer. If any interest is from a seller-financed mortgage and the buyer used the property as a personal residence, see the instructions and list this interest first.",
            "interest",
            "4",
            "total_interest",
        )
        y = _payers(
            s, p, y + 14, "Part II", "Ordinary Dividends", "5  List name of payer", "dividends", "6", "total_dividends"
        )
        s.text(36, y + 20, "Part III  Foreign Accounts and Trusts", 10, bold=True)
        s.para(
            110,
            y + 36,
            440,
            f"7a  At any time during {p.t('tax_year')}, did you have a financial interest in or signature authority over a financial account (such as a bank account, securities account, or brokerage account) located in a foreign country? See instructions",
            8,
        )
        s.tick(500, y + 60, "Yes", size=8)
        s.tick(540, y + 60, "No", on=True, size=8)
        s.para(
            110,
            y + 80,
            440,
            f'8  During {p.t("tax_year")}, did you receive a distribution from, or were you the grantor of, or transferor to, a foreign trust? If "Yes," you may have to file Form 3520.',
            8,
        )
    elif letter == "C":
        _schedule_head(s, p, letter, "Profit or Loss From Business (Sole Proprietorship)", "09")
        s.cell(
            36,
            104,
            400,
            24,
            "A  Principal business or profession, including product or service (see instructions)",
            "Consulting services",
        )
        s.cell(436, 104, 140, 24, "B  Enter code from instructions", "541600")
        s.cell(36, 128, 400, 24, "C  Business name. If no separate business name, leave blank.", p.f("business_name"))
        s.cell(436, 128, 140, 24, "D  Employer ID number (EIN) (see instr.)")
        s.text(36, 172, "Part I   Income", 10, bold=True)
        y = 186.0
        for number, words, name in (
            ("1", "Gross receipts or sales. See instructions for line 1", "gross_receipts"),
            ("2", "Returns and allowances", ""),
            ("3", "Subtract line 2 from line 1", ""),
            ("5", "Gross profit. Subtract line 4 from line 3", ""),
            ("7", "Gross income. Add lines 5 and 6", ""),
        ):
            s.dotted(50, y + 8, 526, number, words, number, p.f(name, "0") if name else "")
            y += 18
        s.text(
            36,
            y + 14,
            "Part II   Expenses. Enter expenses for business use of your home only on line 30.",
            10,
            bold=True,
        )
        y += 24
        for number, words in (
            ("8", "Advertising"),
            ("9", "Car and truck expenses (see instructions)"),
            ("15", "Insurance (other than health)"),
            ("17", "Legal and professional services"),
            ("18", "Office expense (see instructions)"),
            ("22", "Supplies (not included in Part III)"),
            ("24a", "Travel"),
            ("25", "Utilities"),
            ("27a", "Other expenses (from line 48)"),
        ):
            s.dotted(50, y + 8, 526, number, words, number, "")
            y += 18
        s.dotted(
            50,
            y + 8,
            526,
            "28",
            "Total expenses before expenses for business use of home. Add lines 8 through 27b",
            "28",
            p.f("total_expenses", "0"),
        )
        s.dotted(
            50,
            y + 26,
            526,
            "29",
            "Tentative profit or (loss). Subtract line 28 from line 7",
            "29",
            p.t("net_profit", "0"),
        )
        s.dotted(
            50, y + 44, 526, "31", "Net profit or (loss). Subtract line 30 from line 29", "31", p.f("net_profit", "0")
        )
    else:
        title, number, part, lines = _SCHEDULES[letter]
        _schedule_head(s, p, letter, title, number)
        s.text(36, 122, part, 10, bold=True)
        y = 134.0
        given = {0: "first", 2: "second", len(lines) - 1: "total"}
        for at, (line, words) in enumerate(lines):
            s.dotted(50, y + 8, 526, line, words, line, p.f(given[at], "0") if at in given else "")
            y += 24
    s.text(36, 755, "For Paperwork Reduction Act Notice, see your tax return instructions.", 7, bold=True)
    s.text(400, 755, f"Cat. No. {71_479 + sum(map(ord, letter))}{letter[0]}", 7)
    s.text(576, 755, f"Schedule {letter} (Form 1040) {p.t('tax_year')}", 8, bold=True, align="r")
    if letter in {"C", "D", "E", "8812"} and c.chance(50):
        s.page()
        s.text(36, 40, f"Schedule {letter} (Form 1040) {p.t('tax_year')}", 8)
        s.text(576, 40, "Page 2", 9, bold=True, align="r")
        s.line(36, 45, 576, 45, 1)
        s.text(
            36,
            62,
            {
                "C": "Part III   Cost of Goods Sold (see instructions)",
                "D": "Part III   Summary",
                "E": "Part II   Income or Loss From Partnerships and S Corporations",
            }.get(letter, "Part II-A   Additional Child Tax Credit for All Filers"),
            10,
            bold=True,
        )
        for at in range(12):
            s.dotted(
                50,
                90 + at * 22,
                526,
                str(33 + at),
                {
                    "C": "Inventory, purchases and other costs",
                    "D": "Enter the amount from line 16 or the worksheet",
                    "E": "Passive and nonpassive income or loss",
                }.get(letter, "Enter the amount from the Credit Limit Worksheet"),
                str(33 + at),
                "",
            )
        s.text(576, 755, f"Schedule {letter} (Form 1040) {p.t('tax_year')}", 8, bold=True, align="r")
    return s


def _payers(s: Sheet, p: Paper, y: float, part: str, title: str, words: str, table: str, line: str, name: str) -> float:
    s.text(36, y + 10, part, 10, bold=True)
    s.text(36, y + 24, title, 10, bold=True)
    y = s.para(110, y + 10, 350, words, 8)
    for row in range(7):
        s.line(130, y + 12, 480, y + 12, 0.4)
        s.rect(500, y, 76, 14)
        if row < len(p.table(table)):
            s.text(134, y + 9, p.part(table, row, 0, "payer"), 9, face=Face.MONO)
            s.text(573, y + 10, p.part(table, row, 1, "amount", "0"), 9, face=Face.MONO, align="r")
        y += 14
    s.text(
        110,
        y + 14,
        f"{line}  Add the amounts. Enter the result here and on Form 1040, line {'2b' if line == '4' else '3b'}",
        8,
    )
    s.rect(500, y, 76, 16)
    s.text(573, y + 11, p.f(name, "0"), 9, face=Face.MONO, align="r")
    return y + 16


def _plain_schedule(p: Paper, c: Chance) -> Sheet:
    """The same schedule as software prints it: one column of lines in a typewriter face."""
    letter = p.t("schedule")
    s = Sheet(Face.MONO, 8.5)
    s.page()
    s.text(36, 44, f"SCHEDULE {letter} (Form 1040)", 11, bold=True)
    title = {"B": "Interest and Ordinary Dividends", "C": "Profit or Loss From Business"}.get(letter) or _SCHEDULES[
        letter
    ][0]
    s.text(36, 60, title, 11, bold=True, face=Face.SANS)
    s.text(576, 44, p.f("tax_year"), 14, bold=True, align="r")
    s.text(576, 58, "OMB No. 1545-0074", 7, align="r")
    s.text(36, 84, "Name(s) shown on return")
    s.text(200, 84, p.f("taxpayer_name"))
    s.text(430, 84, p.f("taxpayer_ssn"))
    s.line(36, 92, 576, 92)
    y = 116.0
    if letter == "B":
        for table, total, words in (
            ("interest", "total_interest", "Total taxable interest"),
            ("dividends", "total_dividends", "Total ordinary dividends"),
        ):
            s.text(36, y, f"List name of payer - {table}", bold=True)
            y += 16
            for row in range(len(p.table(table))):
                s.text(50, y, p.part(table, row, 0, "payer"))
                s.text(576, y, p.part(table, row, 1, "amount", "0"), align="r")
                y += 14
            s.text(50, y + 4, words)
            s.text(576, y + 4, p.f(total, "0"), align="r")
            y += 40
    elif letter == "C":
        for words, name in (
            ("Business name", "business_name"),
            ("1   Gross receipts or sales", "gross_receipts"),
            ("28  Total expenses", "total_expenses"),
            ("31  Net profit or (loss)", "net_profit"),
        ):
            s.text(50, y, words)
            s.text(576, y, p.f(name, "0"), align="r")
            y += 22
    else:
        _, _, part, lines = _SCHEDULES[letter]
        s.text(36, y, part, bold=True, fit=540)
        given = {0: "first", 2: "second", len(lines) - 1: "total"}
        for at, (line, words) in enumerate(lines):
            y += 20
            s.text(50, y, line)
            s.text(86, y, words, fit=390)
            s.text(576, y, p.f(given[at], "0") if at in given else "0", align="r")
    s.text(36, 755, f"Attachment Sequence No. {c.between(1, 70):02}", 7)
    s.text(576, 755, f"Schedule {letter} (Form 1040) {p.t('tax_year')}", 8, align="r")
    return s


_1099: Mapping[str, tuple[str, str, Sequence[str]]] = MappingProxyType(
    {
        "INT": ("Interest Income", "1545-0112", ("1 Interest income", "2 Early withdrawal penalty", "3 Interest on U.S. Savings Bonds and Treas. obligations", "4 Federal income tax withheld", "5 Investment expenses", "6 Foreign tax paid", "8 Tax-exempt interest", "11 Bond premium")),
        "DIV": ("Dividends and Distributions", "1545-0110", ("1a Total ordinary dividends", "1b Qualified dividends", "2a Total capital gain distr.", "4 Federal income tax withheld", "2b Unrecap. Sec. 1250 gain", "3 Nondividend distributions", "5 Section 199A dividends", "7 Foreign tax paid")),
        "MISC": ("Miscellaneous Information", "1545-0115", ("1 Rents", "2 Royalties", "3 Other income", "4 Federal income tax withheld", "5 Fishing boat proceeds", "6 Medical and health care payments", "8 Substitute payments in lieu of dividends or interest", "10 Gross proceeds paid to an attorney")),
        "NEC": ("Nonemployee Compensation", "1545-0116", ("1 Nonemployee compensation", "2 Payer made direct sales totaling $5,000 or more", "3 Excess golden parachute payments", "4 Federal income tax withheld", "5 State tax withheld", "6 State/Payer's state no.", "7 State income", "")),
        "G": ("Certain Government Payments", "1545-0120", ("1 Unemployment compensation", "2 State or local income tax refunds, credits, or offsets", "3 Box 2 amount is for tax year", "4 Federal income tax withheld", "5 RTAA payments", "6 Taxable grants", "7 Agriculture payments", "9 Market gain")),
        "R": ("Distributions From Pensions, Annuities, Retirement or Profit-Sharing Plans, IRAs, Insurance Contracts, etc.", "1545-0119", ("1 Gross distribution", "2a Taxable amount", "3 Capital gain (included in box 2a)", "4 Federal income tax withheld", "5 Employee contributions/Designated Roth contributions or insurance premiums", "7 Distribution code(s)", "9b Total employee contributions", "14 State tax withheld")),
        "SSA": ("Social Security Benefit Statement", "", ("Box 3. Benefits Paid", "Box 5. Net Benefits", "Box 4. Benefits Repaid to SSA", "Box 6. Voluntary Federal Income Tax Withheld", "Box 7. Address", "Box 8. Claim Number", "", "")),
    }
)  # fmt: skip
_AMOUNTS = {0: "amount", 1: "second_amount", 3: "federal_tax_withheld"}


def _information(p: Paper, c: Chance) -> Sheet:
    kind = p.sub.partition(".")[2]
    title, omb, boxes = _1099[kind]
    form = "SSA-1099" if kind == "SSA" else f"1099-{kind}"
    s = Sheet()
    s.page()
    for copy in range(2 if c.chance(45) else 1):
        top = 40 + copy * 370
        v: Callable[..., Content] = _Once(p) if copy == 0 else p.t
        s.tick(250, top, "CORRECTED (if checked)", size=8)
        s.cell(
            36,
            top + 6,
            270,
            92,
            "PAYER'S name, street address, city or town, state or province, country, ZIP or foreign postal code, and telephone no.",
        )
        for line, name in enumerate(("payer_name", "payer_street", "payer_city_line", "payer_phone")):
            s.text(42, top + 42 + line * 13, v(name), 9, face=Face.MONO)
        s.cell(36, top + 98, 135, 28, "PAYER'S TIN", v("payer_tin"), face=Face.MONO)
        s.cell(171, top + 98, 135, 28, "RECIPIENT'S TIN", v("recipient_tin"), face=Face.MONO)
        s.cell(36, top + 126, 270, 28, "RECIPIENT'S name", v("recipient_name"), face=Face.MONO)
        s.cell(36, top + 154, 270, 28, "Street address (including apt. no.)", v("recipient_street"), face=Face.MONO)
        s.cell(
            36,
            top + 182,
            270,
            28,
            "City or town, state or province, country, and ZIP or foreign postal code",
            v("recipient_city_line"),
            face=Face.MONO,
        )
        s.cell(36, top + 210, 270, 28, "Account number (see instructions)", v("account_number"), face=Face.MONO)
        for box, caption in enumerate(boxes):
            x, y = 306 + box % 2 * 100, top + 6 + box // 2 * 58
            content: Content = ""
            if box in _AMOUNTS and not (kind in {"NEC", "MISC", "G"} and box == 1):
                content = v(_AMOUNTS[box], "$")
            s.cell(x, y, 100, 58, caption, content, align="r", face=Face.MONO)
        s.text(512, top + 16, f"OMB No. {omb}" if omb else "Form SSA-1099", 7)
        s.text(512, top + 34, "Form", 7)
        s.text(530, top + 34, form, 10, bold=True)
        s.text(512, top + 52, "For calendar year", 7)
        s.text(512, top + 68, v("tax_year"), 15, bold=True)
        s.para(512, top + 96, 72, title, 10 if len(title) < 40 else 6.5, bold=True)
        s.text(512, top + 150, "Copy B", 11, bold=True)
        s.text(512, top + 161, "For Recipient", 8, bold=True)
        s.para(
            512,
            top + 174,
            72,
            "This is important tax information and is being furnished to the IRS. If you are required to file a return, a negligence penalty or other sanction may be imposed on you if this income is taxable and the IRS determines that it has not been reported.",
            5.5,
        )
        s.text(36, top + 250, f"Form {form}", 8, bold=True)
        s.text(180, top + 250, "(keep for your records)", 7)
        s.text(300, top + 250, f"www.irs.gov/Form1099{kind}", 7)
        s.text(576, top + 250, "Department of the Treasury - Internal Revenue Service", 7, align="r")
    return s


def _substitute(p: Paper, c: Chance) -> Sheet:
    """A payer's own statement in place of the form, as the IRS allows."""
    kind = p.sub.partition(".")[2]
    title, omb, boxes = _1099[kind]
    form = "SSA-1099" if kind == "SSA" else f"1099-{kind}"
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 36, 50, p.f("payer_name"), c)
    s.text(36, 68, p.f("payer_street"), 8)
    s.text(36, 79, p.f("payer_city_line"), 8)
    s.text(36, 90, "Telephone", 8)
    s.text(80, 90, p.f("payer_phone"), 8)
    s.text(576, 50, "Tax Information Statement", 15, bold=True, align="r")
    s.text(540, 68, "Tax Year", 9, align="r")
    s.text(576, 68, p.f("tax_year"), 9, bold=True, align="r")
    s.text(60, 140, p.f("recipient_name"), 10)
    s.text(60, 153, p.f("recipient_street"), 10)
    s.text(60, 166, p.f("recipient_city_line"), 10)
    s.pairs(
        360,
        140,
        (
            ("Account number:", p.f("account_number")),
            ("Recipient's TIN:", p.f("recipient_tin")),
            ("Payer's TIN:", p.f("payer_tin")),
        ),
        gap=90,
    )
    s.band(206, 18, f"Form {form}   {title}", size=9.5 if len(title) < 60 else 7)
    s.text(576, 240, f"Copy B for Recipient{'   OMB No. ' + omb if omb else ''}", 8, align="r")
    rows: list[list[Content]] = []
    for box, caption in enumerate(boxes):
        if caption:
            shows = box in _AMOUNTS and not (kind in {"NEC", "MISC", "G"} and box == 1)
            rows.append([caption, p.f(_AMOUNTS[box], "$") if shows else "$0.00"])
    y = s.table(36, 262, (("Box", 420, "l"), ("Amount", 120, "r")), rows, size=9, zebra=True)
    s.para(
        36,
        y + 20,
        540,
        "This is important tax information and is being furnished to the Internal Revenue Service (except as indicated). If you are required to file a return, a negligence penalty or other sanction may be imposed on you if this income is taxable and the IRS determines that it has not been reported.",
        8,
    )
    s.para(
        36,
        y + 62,
        540,
        "Instructions for Recipient. Recipient's taxpayer identification number. For your protection, this form may show only the last four digits of your TIN. However, the issuer has reported your complete TIN to the IRS. Account number. May show an account or other unique number the payer assigned to distinguish your account.",
        8,
    )
    foot(s, f"{p.t('payer_name')}   Form {form} ({p.t('tax_year')})   Page 1 of 1")
    return s


def _transcript(p: Paper, c: Chance) -> Sheet:
    """The transcript as the IRS prints it: typewriter face, the warning above and below."""
    s = Sheet(Face.MONO, 9)
    wage = p.t("kind") == "wage"
    s.page()
    warning = "This Product Contains Sensitive Taxpayer Data"
    s.text(306, 40, warning, 11, bold=True, align="c", face=Face.SANS)
    title = "Wage and Income Transcript" if wage else "Tax Return Transcript"
    s.text(306, 70, title, 15, bold=True, align="c", face=Face.SANS)
    y = s.pairs(
        330,
        96,
        (
            ("Request Date:", p.f("request_date")),
            ("Response Date:", p.f("response_date")),
            ("Tracking Number:", p.f("tracking_number")),
        ),
        gap=110,
        size=9,
    )
    y = s.pairs(
        40,
        y + 10,
        (
            ("SSN Provided:", p.f("taxpayer_ssn_masked")),
            ("Tax Period Requested:" if wage else "Tax Period Ending:", p.f("period_end", "mon")),
        ),
        gap=140,
        size=9,
    )
    if wage:
        for row in range(len(p.table("wages"))):
            s.text(306, y + 18, "Form W-2 Wage and Tax Statement", 11, bold=True, align="c")
            rows: list[tuple[str, Content]] = [
                ("Employer:", ""),
                ("Employer Identification Number (EIN):", p.part("wages", row, 1, "ein")),
                ("", p.part("wages", row, 0, "employer")),
                ("Employee:", ""),
                ("Employee's Social Security Number:", p.t("taxpayer_ssn_masked")),
                ("", p.part("wages", row, 5, "employee")),
                ("Submission Type:", "Original document"),
                ("Wages, Tips and Other Compensation:", p.part("wages", row, 2, "wages", "$")),
                ("Federal Income Tax Withheld:", p.part("wages", row, 3, "withheld", "$")),
                ("Social Security Wages:", p.part("wages", row, 4, "social", "$")),
                ("Medicare Wages and Tips:", p.t("wages", "$")[:0] + shown(p.rows["wages"][row][4], "$")),
                ("Social Security Tips:", "$0.00"),
                ("Allocated Tips:", "$0.00"),
                ("Dependent Care Benefits:", "$0.00"),
                ("Deferred Compensation:", "$0.00"),
                ("Retirement Plan Indicator:", "Unanswered"),
                ("Statutory Employee:", "Not Statutory Employee"),
                ("W2 Submission Type:", "Original"),
            ]
            y = s.pairs(40, y + 40, rows, gap=300, size=9)
    else:
        rows = [
            ("Name(s) Shown on Return:", p.t("taxpayer_name")[:4].upper()),
            ("Address:", p.t("taxpayer_street")[:3].upper()),
            ("Filing Status:", p.f("filing_status")),
            ("Form Number:", "1040"),
            ("Cycle Posted:", f"{int(p.t('tax_year')) + 1}{c.between(10, 24)}05"),
            ("Received Date:", f"04-{c.between(1, 15):02}-{int(p.t('tax_year')) + 1}"),
            ("Remittance:", "$0.00"),
            ("Exemption Number:", str(1 + p.has("spouse_name"))),
        ]
        y = s.pairs(40, y + 10, rows, gap=300, size=9)
        s.text(306, y + 12, "Income", 11, bold=True, align="c")
        lines = (
            ("WAGES, SALARIES, TIPS, ETC:", "wages"),
            ("TAXABLE INTEREST INCOME: SCH B:", "taxable_interest"),
            ("ORDINARY DIVIDEND INCOME: SCH B:", "ordinary_dividends"),
            ("TOTAL INCOME:", "total_income"),
        )
        y = s.pairs(40, y + 32, [(words, p.f(name, "$")) for words, name in lines], gap=360, size=9)
        s.text(306, y + 12, "Tax and Credits", 11, bold=True, align="c")
        taxes = (
            ("ADJUSTED GROSS INCOME:", "adjusted_gross_income"),
            ("STANDARD DEDUCTION PER COMPUTER:", "standard_deduction"),
            ("TAXABLE INCOME:", "taxable_income"),
            ("TENTATIVE TAX:", "tax"),
            ("TOTAL TAX LIABILITY TP FIGURES:", "total_tax"),
            ("FEDERAL INCOME TAX WITHHELD:", "federal_tax_withheld"),
            ("TOTAL PAYMENTS:", "total_payments"),
        )
        y = s.pairs(40, y + 32, [(words, p.f(name, "$")) for words, name in taxes], gap=360, size=9)
        if c.chance(60):
            s.text(306, 752, warning, 11, bold=True, align="c", face=Face.SANS)
            s.page()
            s.text(306, 40, warning, 11, bold=True, align="c", face=Face.SANS)
            s.text(
                40,
                70,
                f"Tracking Number: {p.t('tracking_number')}   {p.t('taxpayer_ssn_masked')}   Tax Period Ending: {p.t('period_end', 'mon')}",
            )
            y = s.pairs(
                40,
                100,
                [
                    (words, "$0.00")
                    for words in (
                        "SCHEDULE C NET PROFIT:",
                        "CAPITAL GAIN OR LOSS (Schedule D):",
                        "RENT/ROYALTY/PARTNERSHIP/ESTATE (Schedule E):",
                        "UNEMPLOYMENT COMPENSATION:",
                        "TAXABLE SOCIAL SECURITY BENEFITS:",
                        "SELF EMPLOYMENT TAX DEDUCTION:",
                        "IRA DEDUCTION:",
                        "STUDENT LOAN INTEREST DEDUCTION:",
                        "TOTAL ADJUSTMENTS:",
                        "EARNED INCOME CREDIT:",
                        "ESTIMATED TAX PENALTY:",
                    )
                ],
                gap=400,
                size=9,
            )
    s.text(306, 752, warning, 11, bold=True, align="c", face=Face.SANS)
    return s


def _request(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.text(36, 44, "Form", 7)
    s.text(54, 48, "4506-C", 20, bold=True)
    s.text(36, 60, f"({c.pick(('October 2022', 'September 2020'))})", 7)
    s.text(330, 42, "IVES Request for Transcript of Tax Return", 14, bold=True, align="c")
    s.text(330, 54, "Do not sign this form unless all applicable lines have been completed.", 7.5, bold=True, align="c")
    s.text(330, 63, "Request may be rejected if the form is incomplete or illegible.", 7.5, align="c")
    s.text(576, 42, "OMB Number", 7, align="r")
    s.text(576, 52, "1545-1872", 8, align="r")
    s.text(
        36,
        74,
        "Department of the Treasury - Internal Revenue Service   For more information about Form 4506-C, visit www.irs.gov and search IVES.",
        6.5,
    )
    y = 80.0
    s.cell(36, y, 270, 26, "1a. Current name   i. First name and middle initial", p.f("taxpayer_first"))
    s.cell(
        306, y, 270, 26, "2a. Spouse's current name (if joint return and transcripts are requested for both taxpayers)"
    )
    s.cell(36, y + 26, 270, 26, "ii. Last name/BMF company name", p.f("taxpayer_last"))
    s.cell(306, y + 26, 270, 26, "ii. Spouse's last name")
    s.cell(
        36,
        y + 52,
        270,
        26,
        "1b. First taxpayer identification number (see instructions)",
        p.f("taxpayer_ssn"),
        face=Face.MONO,
    )
    s.cell(
        306,
        y + 52,
        270,
        26,
        "2b. Spouse's taxpayer identification number (if joint return and transcripts are requested for both taxpayers)",
    )
    s.cell(
        36,
        y + 78,
        540,
        26,
        "3. Current address (including apt., room, or suite no.), city, state, and ZIP code (see instructions)",
    )
    end = s.text(40, y + 100, p.f("taxpayer_street"), 9)
    s.text(end + 8, y + 100, p.f("taxpayer_city_line"), 9)
    s.cell(
        36,
        y + 104,
        540,
        26,
        "4. Previous address shown on the last return filed if different from line 3 (see instructions)",
    )
    s.cell(
        36,
        y + 130,
        540,
        26,
        "5a. IVES participant name, address, and SOR mailbox ID",
        "Transcript Desk Services, PO Box 1180, Boise, ID 83701   SOR: TDS4506",
    )
    s.cell(
        36, y + 156, 270, 26, "5b. Customer file number (if applicable) (see instructions)", p.f("customer_file_number")
    )
    s.cell(306, y + 156, 270, 26, "5c. Unique identifier (if applicable) (see instructions)")
    s.cell(
        36,
        y + 182,
        540,
        26,
        "5d. Client name, telephone number, and address (this field cannot be blank or not applicable (NA))",
    )
    end = s.text(40, y + 204, p.f("lender_name"), 8)
    s.text(end + 8, y + 204, f"{p.t('lender_phone')}  {p.t('lender_address')}", 8, fit=380)
    s.text(
        36,
        y + 222,
        "Caution: This tax transcript is being sent to the third party entered on Line 5a and/or 5d. Ensure that lines 5 through 8 are completed before signing.",
        7,
        bold=True,
        fit=540,
    )
    s.cell(
        36,
        y + 230,
        540,
        26,
        "6. Transcript requested. Enter the tax form number here (1040, 1065, 1120, etc.) and check the appropriate box below.",
        p.f("form_number"),
    )
    s.tick(
        60,
        y + 272,
        "a. Return Transcript, which includes most of the line items of a tax return as filed with the IRS.",
        on=True,
        size=8,
    )
    s.tick(
        60, y + 288, "b. Account Transcript, which contains information on the financial status of the account.", size=8
    )
    s.tick(
        60,
        y + 304,
        "c. Record of Account, which provides the most detailed information as it is a combination of the two.",
        size=8,
    )
    s.text(36, y + 328, "7. Wage and Income transcript (W-2, 1098-E, 1099-G, etc.)", 8.5, bold=True)
    s.tick(
        60, y + 344, "a. Enter a max of three form numbers here; if no entry is made, all forms will be sent.", size=8
    )
    s.cell(
        36,
        y + 356,
        540,
        30,
        "8. Year or period requested. Enter the ending date of the tax year or period using the mm dd yyyy format (see instructions)",
    )
    s.text(60, y + 380, p.f("year_1"), 10, face=Face.MONO)
    s.text(180, y + 380, p.f("year_2"), 10, face=Face.MONO)
    s.text(36, y + 404, "Caution: Do not sign this form unless all applicable lines have been completed.", 8, bold=True)
    s.para(
        36,
        y + 418,
        540,
        "Signature of taxpayer(s). I declare that I am either the taxpayer whose name is shown on line 1a or, if applicable, line 2a, or a person authorized to obtain the tax information requested. If the request applies to a joint return, at least one spouse must sign; however, if both spouses' names and TINs are listed in lines 1a-1b and 2a-2b, both spouses must sign the request. Note: This form must be received by IRS within 120 days of the signature date.",
        7.5,
    )
    s.tick(
        36,
        y + 464,
        "Signatory attests that he/she has read the above attestation clause and upon so reading declares that he/she has the authority to sign the Form 4506-C.",
        on=True,
        size=7,
    )
    signed(s, 60, y + 510, p, p.f("taxpayer_name"), "signature_date", c, "Signature for Line 1a")
    s.text(420, y + 510, "Phone number of taxpayer on line 1a", 7)
    s.text(420, y + 522, p.f("taxpayer_phone"), 9)
    s.text(36, 755, "For Privacy Act and Paperwork Reduction Act Notice, see page 2.", 7)
    s.text(400, 755, "Catalog Number 72627P", 7)
    s.text(470, 755, "www.irs.gov", 7)
    s.text(576, 755, "Form 4506-C (Rev. 10-2022)", 8, bold=True, align="r")
    if c.child("back").chance(50):
        _request_back(s)
    return s


def _request_back(s: Sheet) -> None:
    s.page()
    s.text(36, 40, "Form 4506-C (Rev. 10-2022)   Page 2", 8)
    y = s.para(
        36,
        64,
        260,
        "Instructions for Form 4506-C, IVES Request for Transcript of Tax Return. Section references are to the Internal Revenue Code unless otherwise noted. Future Developments: For the latest information about Form 4506-C and its instructions, go to www.irs.gov and search IVES. Purpose of Form: Use Form 4506-C to request tax return information through an authorized IVES participant. You will designate an IVES participant to receive the information on line 5a. Note: If you are unsure of which type of transcript you need, check with the party requesting your tax information.",
        8,
    )
    s.para(
        36,
        y + 10,
        260,
        "Where to File: The IVES participant will fax Form 4506-C with the approved IVES cover sheet to their assigned Service Center. Line 1b. Enter your employer identification number (EIN) if your request relates to a business return. Otherwise, enter the first social security number (SSN) or your individual taxpayer identification number (ITIN) shown on the return.",
        8,
    )
    s.para(
        316,
        64,
        260,
        "Privacy Act and Paperwork Reduction Act Notice. We ask for the information on this form to establish your right to gain access to the requested tax information under the Internal Revenue Code. We need this information to properly identify the tax information and respond to your request. You are not required to request any transcript; if you do request a transcript, sections 6103 and 6109 and their regulations require you to provide this information, including your SSN or EIN.",
        8,
    )


def _old_request(p: Paper, c: Chance) -> Sheet:
    """The request as a lender's own system prints it: labels in a column, values beside them."""
    s = Sheet(Face.SERIF, 10)
    s.page()
    s.text(306, 50, "Form 4506-C   IVES Request for Transcript of Tax Return", 14, bold=True, align="c")
    s.text(306, 66, "(Rev. September 2020)   OMB No. 1545-1872   Internal Revenue Service", 9, align="c")
    rows: list[tuple[str, Content]] = [
        ("1a  Name shown on tax return", p.f("taxpayer_name")), ("1b  First social security number on tax return", p.f("taxpayer_ssn")),
        ("2a  If a joint return, enter spouse's name", ""), ("3   Current name, address, city, state, ZIP", p.f("taxpayer_street")), ("", p.f("taxpayer_city_line")),
        ("4   Previous address shown on the last return", ""), ("5a  IVES participant name, address, and SOR mailbox ID", "Transcript Desk Services   TDS4506"),
        ("5b  Customer file number", p.f("customer_file_number")), ("5d  Client name, telephone number, and address", p.f("lender_name")), ("", p.t("lender_phone")),
        ("6   Transcript requested: tax form number", p.f("form_number")), ("    a  Return Transcript", "[X]"), ("    b  Account Transcript", "[ ]"), ("    c  Record of Account", "[ ]"),
        ("7   Form W-2, Form 1099 series transcript", "[ ]"), ("8   Year or period requested", p.f("year_1")), ("", p.f("year_2")),
    ]  # fmt: skip
    y = s.pairs(50, 100, rows, gap=290, size=10, step=19)
    y = s.para(
        50,
        y + 10,
        510,
        "Signature of taxpayer(s). I declare that I am either the taxpayer whose name is shown on line 1a or 2a, or a person authorized to obtain the tax information requested. Note: This form must be received by IRS within 120 days of the signature date.",
        9,
    )
    signed(s, 50, y + 50, p, p.f("taxpayer_name").text, "signature_date", c, "Signature (see instructions)")
    s.text(50, 750, "For Privacy Act and Paperwork Reduction Act Notice, see page 2.   Form 4506-C (Rev. 9-2020)", 8)
    return s


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


def _voe(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.text(306, 40, "Request for Verification of Employment", 14, bold=True, align="c")
    s.para(
        36,
        54,
        540,
        "Privacy Act Notice: This information is to be used by the agency collecting it or its assignees in determining whether you qualify as a prospective mortgagor under its program. It will not be disclosed outside the agency except as required and permitted by law. You do not have to provide this information, but if you do not your application for approval as a prospective mortgagor or borrower may be delayed or rejected.",
        6.5,
    )
    s.text(
        36,
        92,
        "Instructions: Lender - Complete items 1 through 7. Have applicant complete item 8. Forward directly to employer named in item 1.",
        6.5,
    )
    s.text(
        36,
        101,
        "Employer - Please complete either Part II or Part III as applicable. Complete Part IV and return directly to lender named in item 2.",
        6.5,
    )
    s.text(36, 116, "Part I - Request", 9, bold=True)
    s.cell(36, 120, 270, 50, "1. To (Name and address of employer)")
    for line, name in enumerate(("employer_name", "employer_street", "employer_city_line")):
        s.text(42, 138 + line * 12, p.f(name), 9)
    s.cell(306, 120, 270, 50, "2. From (Name and address of lender)")
    for line, name in enumerate(("lender_name", "lender_street", "lender_city_line")):
        s.text(312, 138 + line * 12, p.f(name), 9)
    s.cell(
        36,
        170,
        180,
        34,
        "3. Signature of Lender   I certify that this verification has been sent directly to the employer",
    )
    s.sign(50, 200, c.child("l"), 100)
    s.cell(216, 170, 120, 34, "4. Title", "Loan Processor")
    s.cell(336, 170, 110, 34, "5. Date", p.f("request_date"))
    s.cell(446, 170, 130, 34, "6. Lender's Number (Optional)", p.f("loan_number"))
    s.cell(
        36, 204, 300, 34, "7. Name and Address of Applicant (include employee or badge number)", p.f("employee_name")
    )
    s.cell(336, 204, 240, 34, "8. Signature of Applicant")
    s.sign(350, 234, c.child("a"), 110)
    s.text(36, 254, "Part II - Verification of Present Employment", 9, bold=True)
    s.cell(36, 258, 180, 28, "9. Applicant's Date of Employment", p.f("hire_date"))
    s.cell(216, 258, 180, 28, "10. Present Position", p.f("job_title"))
    s.cell(396, 258, 180, 28, "11. Probability of Continued Employment", "Good")
    s.rect(36, 286, 340, 150)
    s.text(40, 296, "12A. Current Gross Base Pay (Enter Amount and Check Period)", 6.5)
    s.tick(44, 310, "Annual", on=True, size=7)
    for place, each in enumerate(("Monthly", "Weekly", "Hourly", "Other (Specify)")):
        s.tick(100 + place * 60, 310, each, size=7)
    s.text(60, 328, p.f("annual_salary", "$"), 10)
    s.text(40, 342, "12B. Gross Earnings", 6.5)
    s.table(
        40, 354, (("Type", 66, "l"), (f"Year To Date {p.t('year')}", 86, "r"), (f"Past Year {int(p.t('year')) - 1}", 86, "r"), (f"Past Year {int(p.t('year')) - 2}", 86, "r")),
        [["Base Pay", p.f("gross_ytd", "$"), p.f("gross_year_1", "$"), p.f("gross_year_2", "$")], ["Overtime", "$0.00", "$0.00", "$0.00"], ["Commissions", "$0.00", "$0.00", "$0.00"], ["Bonus", "$0.00", "$0.00", "$0.00"], ["Total", p.t("gross_ytd", "$"), p.t("gross_year_1", "$"), p.t("gross_year_2", "$")]], size=7.5,
    )  # fmt: skip
    s.text(44, 432, "Thru", 7)
    s.text(66, 432, p.f("ytd_through"), 8)
    s.cell(376, 286, 200, 75, "13. For Military Personnel Only   Pay Grade   Type   Monthly Amount")
    s.cell(376, 361, 200, 25, "14. If Overtime or Bonus is Applicable, Is Its Continuance Likely?")
    s.cell(376, 386, 200, 25, "15. If paid hourly - average hours per week", "40")
    s.cell(376, 411, 200, 25, "16. Date of applicant's next pay increase")
    s.cell(36, 436, 340, 25, "17. Projected amount of next pay increase")
    s.cell(376, 436, 200, 25, "18. Date of applicant's last pay increase")
    s.cell(
        36,
        461,
        540,
        40,
        "20. Remarks (If employee was off work for any length of time, please indicate time period and reason)",
    )
    s.text(36, 516, "Part III - Verification of Previous Employment", 9, bold=True)
    for place, each in enumerate(
        ("21. Date Hired", "22. Date Terminated", "23. Salary/Wage at Termination Per (Year) (Month) (Week)")
    ):
        s.cell(36 + place * 180, 520, 180, 28, each)
    s.cell(36, 548, 270, 28, "24. Reason for Leaving")
    s.cell(306, 548, 270, 28, "25. Position Held")
    s.text(36, 592, "Part IV - Authorized Signature", 9, bold=True)
    s.text(
        180,
        592,
        "Federal statutes provide severe penalties for any fraud, intentional misrepresentation, or criminal connivance or conspiracy",
        6,
    )
    s.cell(36, 598, 240, 36, "26. Signature of Employer")
    s.sign(50, 630, c.child("e"), 110)
    s.cell(276, 598, 180, 36, "27. Title (Please print or type)", "Payroll Administrator")
    s.cell(456, 598, 120, 36, "28. Date", p.f("verification_date"))
    s.cell(36, 634, 240, 28, "29. Print or type name signed in Item 26", p.f("verifier"))
    s.cell(276, 634, 300, 28, "30. Phone No.", p.f("employer_phone"))
    s.text(36, 755, "Form 1005   July 96", 8)
    s.text(576, 755, "Fannie Mae", 8, align="r")
    return s


def _voe_service(p: Paper, c: Chance) -> Sheet:
    """A verification service's report."""
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 36, 50, "VERIWORK", c, 18)
    s.text(576, 50, "Verification of Employment and Income", 13, bold=True, align="r")
    s.text(576, 64, f"Reference Number: {c.digits(10)}", 8, align="r")
    s.band(80, 16, "Verification Details", size=9)
    s.pairs(
        42,
        112,
        (
            ("Verified On:", p.f("verification_date")),
            ("Requested By:", p.f("lender_name")),
            ("Permissible Purpose:", "Credit - extension of credit"),
            ("Loan Number:", p.f("loan_number")),
        ),
        gap=130,
    )
    s.band(180, 16, "Employer Information", size=9)
    s.pairs(
        42,
        212,
        (
            ("Employer:", p.f("employer_name")),
            ("Headquarters Address:", p.f("employer_street")),
            ("", p.f("employer_city_line")),
            ("Phone:", p.f("employer_phone")),
            ("FEIN:", p.f("employer_ein")),
        ),
        gap=130,
    )
    s.band(296, 16, "Employment Information", size=9)
    s.pairs(
        42,
        328,
        (
            ("Employee Name:", p.f("employee_name")),
            ("Social Security Number:", "XXX-XX-" + p.t("employee_ssn_last4")),
            ("Employment Status:", "Active"),
            ("Most Recent Start Date:", p.f("hire_date")),
            ("Total Time With Employer:", f"{int(p.t('year')) - p.day('hire_date').year} years"),
            ("Job Title:", p.f("job_title")),
        ),
        gap=150,
    )
    s.band(434, 16, "Income Information", size=9)
    s.pairs(
        42,
        466,
        (
            ("Rate of Pay:", p.f("annual_salary", "$")),
            ("Pay Frequency:", p.f("pay_frequency")),
            ("Year-To-Date Through:", p.f("ytd_through")),
        ),
        gap=150,
    )
    year = int(p.t("year"))
    s.table(42, 530, (("Year", 80, "l"), ("Base", 110, "r"), ("Overtime", 90, "r"), ("Bonus", 90, "r"), ("Total Gross", 120, "r")),
            [[str(year), p.f("gross_ytd", "$"), "$0.00", "$0.00", p.t("gross_ytd", "$")], [str(year - 1), p.f("gross_year_1", "$"), "$0.00", "$0.00", p.t("gross_year_1", "$")], [str(year - 2), p.f("gross_year_2", "$"), "$0.00", "$0.00", p.t("gross_year_2", "$")]], zebra=True)  # fmt: skip
    foot(
        s,
        "This employment verification report is provided for the permissible purpose certified by the requester and may not be resold.   Page 1 of 1",
    )
    return s


LAYOUTS = (
    Layout("form_1040", "1040-irs", _return),
    Layout("form_1040", "1040-software", _software_return),
    Layout("form_1040_schedule", "schedule-irs", _schedule),
    Layout("form_1040_schedule", "schedule-software", _plain_schedule),
    Layout("form_1099", "1099-irs", _information),
    Layout("form_1099", "1099-substitute", _substitute),
    Layout("irs_transcript", "transcript-irs", _transcript),
    Layout("form_4506c", "4506c-irs", _request),
    Layout("form_4506c", "4506c-lender", _old_request),
    Layout("w9", "w9-irs", _w9),
    Layout("w9", "w9-substitute", _w9_plain),
    Layout("voe_1005", "voe-form-1005", _voe),
    Layout("voe_1005", "voe-service", _voe_service),
)
