"""Draw form 1040 schedule."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.sheets import Face, Sheet
from casefold_adapters.synth.values import Paper

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


LAYOUTS = (
    Layout("form_1040_schedule", "schedule-irs", _schedule),
    Layout("form_1040_schedule", "schedule-software", _plain_schedule),
)
