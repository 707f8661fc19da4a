"""Draw transmittal summaries (Form 1008)."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.sheets import Face, Sheet
from casefold_adapters.synth.values import Paper, shown


def _summary(p: Paper, c: Chance) -> Sheet:
    s = Sheet(size=7.5)
    s.page()
    s.text(306, 36, "Uniform Underwriting and Transmittal Summary", 14, bold=True, align="c")
    s.text(36, 54, "I. Borrower and Property Information", 9, bold=True)
    s.cell(36, 58, 360, 20, "Borrower Name", p.f("borrower_name"), size=8)
    s.cell(396, 58, 180, 20, "SSN", p.f("borrower_ssn"), size=8)
    s.cell(36, 78, 360, 20, "Co-Borrower Name", p.f("co_borrower_name"), size=8)
    s.cell(396, 78, 180, 20, "SSN")
    s.cell(36, 98, 540, 20, "Property Address", p.f("property_address"), size=8)
    s.text(36, 132, "Property Type", 8, bold=True)
    for place, each in enumerate(("1 unit", "2-4 units", "Condominium", "PUD", "Co-op")):
        s.tick(36, 146 + place * 11, each, on=place == 0, size=7)
    s.text(180, 132, "Project Classification", 8, bold=True)
    for place, each in enumerate(
        ("E Established", "P Limited Review", "U FHA-approved", "G Not in a project", "V Refi Plus")
    ):
        s.tick(180, 146 + place * 11, each, on=place == 3, size=7)
    s.text(330, 132, "Occupancy Status", 8, bold=True)
    for place, each in enumerate(("Primary Residence", "Second Home", "Investment Property")):
        s.tick(330, 146 + place * 11, each, on=place == 0, size=7)
    s.text(450, 132, "Additional Property Information", 8, bold=True)
    s.text(450, 146, "Number of Units  1", 7.5)
    s.text(450, 158, "Sales Price", 7.5)
    s.text(574, 158, p.f("sale_price", "$"), 8, align="r", bold=True)
    s.text(450, 170, "Appraised Value", 7.5)
    s.text(574, 170, p.f("appraised_value", "$"), 8, align="r", bold=True)
    s.text(36, 218, "II. Mortgage Information", 9, bold=True)
    s.pairs(
        36,
        234,
        (
            ("Loan Type", "[X] Conventional  [ ] FHA  [ ] VA"),
            ("Amortization Type", "[X] Fixed-Rate - Monthly Payments"),
            ("Loan Purpose", p.f("loan_purpose")),
            ("Lien Position", "[X] First Mortgage"),
            ("Original Loan Amount", p.f("loan_amount", "$")),
            ("Initial P&I Payment", p.f("monthly_payment", "$")),
            ("Initial Note Rate %", p.f("interest_rate")),
            ("Loan Term (in months)", p.f("loan_term_months")),
        ),
        gap=130,
        size=8,
    )
    s.pairs(
        330,
        234,
        (
            ("Mortgage Originator", "[X] Seller  [ ] Broker"),
            ("Buydown", "[X] No"),
            ("Escrow (T&I)", "[X] Yes"),
            ("If Second Mortgage", "N/A"),
        ),
        gap=110,
        size=8,
    )
    s.text(36, 346, "III. Underwriting Information", 9, bold=True)
    s.pairs(
        36,
        362,
        (
            ("Underwriter's Name", p.f("underwriter")),
            ("Stable Monthly Income: Base", p.f("total_income", "$")),
            ("Total Income", p.t("total_income", "$")),
            ("Level of Property Review", "[X] Exterior/Interior"),
            ("Form Number", "1004"),
            ("Representative Credit/Indicator Score", p.f("credit_score")),
        ),
        gap=170,
        size=8,
    )
    s.text(330, 362, "Proposed Monthly Payments for the Property", 8, bold=True)
    y = s.table(
        330,
        376,
        (("", 160, "l"), ("", 80, "r")),
        [[shown(row[0]), shown(row[1], "$")] for row in p.table("housing")],
        size=8,
    )
    s.pairs(
        330,
        y + 4,
        (
            ("Total Primary Housing Expense", p.f("housing_payment", "$")),
            ("All Other Monthly Payments", p.f("other_obligations", "$")),
            ("Total Obligations", p.f("total_obligations", "$")),
        ),
        gap=150,
        size=8,
    )
    s.pairs(
        36,
        470,
        (
            ("Qualifying Ratios: Primary Housing Expense/Income", p.f("housing_ratio")),
            ("Total Obligations/Income", p.f("debt_ratio")),
            ("Debt-to-Housing Gap Ratio (Freddie)", ""),
            ("Loan-to-Value Ratios: LTV", p.f("ltv")),
            ("CLTV/TLTV", p.t("ltv")),
        ),
        gap=230,
        size=8,
    )
    s.text(
        36,
        556,
        "Risk Assessment  [ ] Manual Underwriting  [X] AUS   [X] DU  [ ] LP   AUS Recommendation  Approve/Eligible",
        8,
    )
    s.text(
        36,
        572,
        "Community Lending/Affordable Housing Initiative  [X] No     Home Buyers/Homeownership Education Certificate in file  [X] No",
        8,
    )
    s.text(36, 596, "Underwriter Comments", 8, bold=True)
    s.rect(36, 602, 540, 50)
    s.text(36, 672, "IV. Seller, Contract, and Contact Information", 9, bold=True)
    s.pairs(
        36,
        688,
        (
            ("Seller Name", p.f("lender_name")),
            ("Seller Loan No.", p.f("loan_number")),
            ("Contact Name", p.t("officer_name")),
            ("Date", p.f("signature_date")),
        ),
        gap=90,
        size=8,
    )
    s.text(36, 770, "Freddie Mac Form 1077  07/11", 7.5)
    s.text(576, 770, "Fannie Mae Form 1008  07/11", 7.5, align="r")
    return s


def _summary_list(p: Paper, c: Chance) -> Sheet:
    """The summary as a list."""
    s = Sheet(Face.SERIF, 10)
    s.page()
    s.text(306, 50, "UNIFORM UNDERWRITING AND TRANSMITTAL SUMMARY", 13, bold=True, align="c")
    names: tuple[tuple[str, str, str], ...] = (
        ("Borrower name", "borrower_name", ""),
        ("Borrower SSN", "borrower_ssn", ""),
        ("Co-borrower name", "co_borrower_name", ""),
        ("Property address", "property_address", ""),
        ("Sales price", "sale_price", "$"),
        ("Appraised value", "appraised_value", "$"),
        ("Original loan amount", "loan_amount", "$"),
        ("Initial note rate", "interest_rate", ""),
        ("Loan term in months", "loan_term_months", ""),
        ("Initial P&I payment", "monthly_payment", "$"),
        ("Total stable monthly income", "total_income", "$"),
        ("Primary housing expense", "housing_payment", "$"),
        ("All other monthly payments", "other_obligations", "$"),
        ("Total obligations", "total_obligations", "$"),
        ("Primary housing expense/income", "housing_ratio", ""),
        ("Total obligations/income", "debt_ratio", ""),
        ("LTV", "ltv", ""),
        ("Representative credit score", "credit_score", ""),
        ("Underwriter", "underwriter", ""),
        ("Seller name", "lender_name", ""),
        ("Seller loan number", "loan_number", ""),
        ("Date", "signature_date", ""),
    )
    s.pairs(60, 90, [(words, p.f(name, form)) for words, name, form in names], gap=220, size=10.5, step=26)
    s.text(60, 760, "Fannie Mae Form 1008   Freddie Mac Form 1077   July 2011", 8.5)
    return s


LAYOUTS = (
    Layout("form_1008", "1008-agency", _summary),
    Layout("form_1008", "1008-list", _summary_list),
)
