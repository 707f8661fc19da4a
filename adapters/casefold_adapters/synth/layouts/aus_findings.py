"""Draw findings of automated underwriting."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, foot
from casefold_adapters.synth.sheets import PALE, Content, Flow, Sheet
from casefold_adapters.synth.values import Paper


def _findings(p: Paper, c: Chance) -> Sheet:
    total = len(_findings_once(Sheet(size=9), p, c, 0).pages())
    return _findings_once(Sheet(size=9), p, c, total)


_MESSAGES = (
    "This loan application was submitted as a purchase of a principal residence with a fixed-rate mortgage.",
    "Based on the credit report data, the loan casefile is eligible for delivery as of the date of these findings, provided all conditions are met.",
    "Verify employment with a verbal verification of employment within 10 business days prior to the note date.",
    "Document base income with a paystub dated no earlier than 30 days prior to the initial loan application date and W-2s covering the most recent year.",
    "Depository assets must be documented with account statements covering two consecutive months; large deposits must be explained and sourced.",
    "Obtain the fully executed purchase agreement with all addenda, and verify that the earnest money deposit cleared the borrower's account.",
    "The appraisal must be based on an interior and exterior inspection reported on Form 1004. A property inspection waiver is not offered.",
    "Obtain evidence of hazard insurance that meets the coverage requirements of the Selling Guide. Verify whether the property is in a Special Flood Hazard Area.",
    "Verify that the borrower's social security number is valid. The credit report must be no more than 120 days old on the note date.",
    "Gift funds must be supported by a signed gift letter and evidence of the transfer from the donor to the borrower.",
    "The title commitment must insure the mortgage as a first lien in the full amount of the loan.",
    "If the borrower's rent is to be considered, document twelve months of payment from bank statements or a verification of rent.",
)


def _findings_once(s: Sheet, p: Paper, c: Chance, total: int) -> Sheet:
    def head(sheet: Sheet) -> float:
        sheet.text(40, 40, "DU Underwriting Findings", 15, bold=True)
        sheet.text(572, 40, f"Casefile ID {p.t('casefile_id')}", 8.5, align="r")
        sheet.line(40, 46, 572, 46, 1)
        return 68.0

    flow = Flow(
        s,
        head,
        lambda sheet: foot(sheet, f"Desktop Underwriter   {p.t('casefile_id')}   Page {sheet.number} of {total}"),
        x=40,
        width=532,
        bottom=735,
    )
    s.rect(40, 56, 532, 20, PALE, None)
    s.text(46, 70, "SUMMARY", 10, bold=True)
    rows: tuple[tuple[str, Content], ...] = (
        ("Recommendation", p.f("recommendation")),
        ("Primary Borrower", p.f("borrower_name")),
        ("Co-Borrower", p.f("co_borrower_name")),
        ("Casefile ID", p.f("casefile_id")),
        ("Lender Loan Number", p.f("loan_number")),
        ("Submission Number", p.f("submission_number")),
        ("Submission Date", p.f("submission_date")),
        ("Submitted By", p.f("lender_name")),
    )
    s.pairs(46, 92, rows, gap=120, size=9)
    s.pairs(
        330,
        92,
        (
            ("Loan Amount", p.f("loan_amount", "$")),
            ("Sales Price", p.f("sale_price", "$")),
            ("Note Rate", p.f("interest_rate")),
            ("Loan Term", p.f("loan_term_months")),
            ("LTV/CLTV/HCLTV", p.f("ltv")),
            ("Housing Expense Ratio", p.f("housing_ratio")),
            ("Debt-to-Income Ratio", p.f("debt_ratio")),
            ("Loan Purpose", p.f("loan_purpose")),
        ),
        gap=130,
        size=9,
    )
    s.text(46, 212, "Property Information", 10, bold=True)
    s.text(46, 226, p.f("property_address"), 9)
    flow.y = 250
    flow.title("RISK / ELIGIBILITY", 11)
    mixed = c.mixed(_MESSAGES)
    for number, words in enumerate(mixed[:3], 1):
        flow.para(f"{number}. {words}")
    flow.title("VERIFICATION MESSAGES / APPROVAL CONDITIONS", 11)
    for number, words in enumerate(mixed[3:], 4):
        flow.para(f"{number}. {words}")
        flow.para(
            "Refer to the Selling Guide for additional information and any exceptions that apply to this message.",
            8,
            indent=14,
        )
    flow.title("OBSERVATIONS", 11)
    for words in (
        f"The income of {p.t('employer_name')} was used to qualify. Total qualifying income is {p.t('total_income', '$')} per month.",
        f"Total available assets of {p.t('liquid_assets', '$')} were entered on the loan application.",
        "No bankruptcy, foreclosure or significant derogatory credit was identified.",
        "Duplicate tradelines were removed from the calculation of total obligations.",
    ):
        flow.para(words)
    flow.title("UNDERWRITING ANALYSIS REPORT", 11)
    flow.y = s.table(
        40,
        flow.y + 4,
        (("", 260, "l"), ("", 120, "r")),
        [
            ["Total Income", p.f("total_income", "$")],
            ["Proposed Monthly Payment", p.f("housing_payment", "$")],
            ["Total Expense Payment", p.f("total_obligations", "$")],
            ["Appraised Value", p.f("appraised_value", "$")],
            ["Credit Score", p.f("credit_score")],
        ],
        size=9,
    )
    return s


def _feedback(p: Paper, c: Chance) -> Sheet:
    """The other agency's certificate."""
    s = Sheet(accent=(0.05, 0.3, 0.5), size=9)
    s.page()
    s.text(40, 50, "Loan Product Advisor", 16, bold=True, color=s.accent)
    s.text(40, 68, "Feedback Certificate", 13, bold=True)
    for place, (words, content) in enumerate(
        (
            ("Evaluation Summary", ""),
            ("Purchase Eligibility", "FREDDIE MAC ELIGIBLE"),
            ("Risk Class", "ACCEPT"),
            ("Documentation Level", "STREAMLINED"),
        )
    ):
        s.cell(40 + place * 133, 84, 133, 34, words, content, bold=True)
    rows: tuple[tuple[str, Content], ...] = (
        ("Borrower name", p.f("borrower_name")),
        ("Co-borrower name", p.f("co_borrower_name")),
        ("Appraised property address", p.f("property_address")),
        ("LPA key number", p.f("casefile_id")),
        ("Loan application number", p.f("loan_number")),
        ("Assessment date", p.f("submission_date")),
        ("Number of submissions", p.f("submission_number")),
        ("Submitting company", p.f("lender_name")),
        ("Purpose of loan", p.f("loan_purpose")),
        ("Loan amount", p.f("loan_amount", "$")),
        ("Purchase price", p.f("sale_price", "$")),
        ("Interest rate", p.f("interest_rate")),
        ("Amortization months", p.f("loan_term_months")),
        ("LTV / TLTV / HTLTV", p.f("ltv")),
        ("Housing ratio", p.f("housing_ratio")),
        ("Debt ratio", p.f("debt_ratio")),
        ("Total monthly income", p.f("total_income", "$")),
        ("Indicator score", p.f("credit_score")),
    )
    y = s.pairs(40, 146, rows, gap=180, size=9.5, step=17)
    s.band(y + 6, 16, "Feedback Messages", size=9)
    y += 40
    for number, words in enumerate(c.mixed(_MESSAGES)[:6], 1):
        y = s.para(40, y, 530, f"{number}. {words}", 9) + 4
    foot(s, f"Feedback Certificate   {p.t('casefile_id')}   Page 1 of 2")
    s.page()
    s.text(40, 50, "Loan Product Advisor   Feedback Certificate", 12, bold=True, color=s.accent)
    s.band(66, 16, "Employment and Income / Assets and Reserves / Credit Report", size=9)
    y = 104.0
    for number, words in enumerate(c.mixed(_MESSAGES)[6:], 7):
        y = s.para(40, y, 530, f"{number}. {words}", 9) + 4
    foot(s, f"Feedback Certificate   {p.t('casefile_id')}   Page 2 of 2")
    return s


LAYOUTS = (
    Layout("aus_findings", "aus-du", _findings),
    Layout("aus_findings", "aus-lpa", _feedback),
)
