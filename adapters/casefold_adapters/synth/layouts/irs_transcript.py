"""Draw irs transcript."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.sheets import Content, Face, Sheet
from casefold_adapters.synth.values import Paper, shown


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


LAYOUTS = (Layout("irs_transcript", "transcript-irs", _transcript),)
