"""Draw Closing Disclosures."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.layouts.parts import cost_table
from casefold_adapters.synth.sheets import BLACK, WHITE, Content, Face, Sheet
from casefold_adapters.synth.values import Paper, cents, money, shown


def _cd_foot(s: Sheet, p: Paper, number: int) -> None:
    s.text(36, 768, "CLOSING DISCLOSURE", 7, bold=True)
    s.text(430, 768, f"PAGE {number} OF 5 • LOAN ID # {p.t('loan_number')}", 7)


def _disclosure(p: Paper, c: Chance) -> Sheet:
    return _disclosure_in(Sheet(), p, c)


def _serif_disclosure(p: Paper, c: Chance) -> Sheet:
    return _disclosure_in(Sheet(Face.SERIF), p, c)


def _disclosure_in(s: Sheet, p: Paper, c: Chance) -> Sheet:
    s.page()
    s.text(36, 48, "Closing Disclosure", 22, bold=True)
    s.para(
        330,
        38,
        246,
        "This form is a statement of final loan terms and closing costs. Compare this document with your Loan Estimate.",
        8.5,
    )
    s.text(36, 74, "Closing Information", 9.5, bold=True)
    s.pairs(
        36,
        88,
        (
            ("Date Issued", p.f("issue_date")),
            ("Closing Date", p.f("closing_date")),
            ("Disbursement Date", p.f("disbursement_date")),
            ("Settlement Agent", p.f("settlement_agent")),
            ("File #", p.f("file_number")),
            ("Property", p.f("property_street")),
            ("", f"{p.t('property_city')}, {p.t('property_state')} {p.t('property_zip')}"),
            ("Sale Price", p.f("sale_price", "$")),
        ),
        gap=84,
        size=8,
        step=12,
    )
    s.text(236, 74, "Transaction Information", 9.5, bold=True)
    s.pairs(
        236,
        88,
        (
            ("Borrower", p.f("borrower_name")),
            ("", p.f("borrower_street")),
            ("", p.f("borrower_city_line")),
            ("Seller", p.f("seller_name")),
            ("Lender", p.f("lender_name")),
        ),
        gap=50,
        size=8,
        step=12,
    )
    s.text(430, 74, "Loan Information", 9.5, bold=True)
    s.pairs(
        430,
        88,
        (
            ("Loan Term", p.f("loan_term_years")),
            ("Purpose", p.f("loan_purpose")),
            ("Product", p.f("loan_product")),
            ("Loan Type", "[X] Conventional"),
            ("Loan ID #", p.f("loan_number")),
            ("MIC #", ""),
        ),
        gap=62,
        size=8,
        step=12,
    )
    s.text(506, 88, "years", 8)
    s.rect(36, 196, 540, 18, BLACK, None)
    s.text(42, 209, "Loan Terms", 11, bold=True, color=WHITE)
    s.text(330, 209, "Can this amount increase after closing?", 9, bold=True, color=WHITE)
    terms: tuple[tuple[str, Content], ...] = (
        ("Loan Amount", p.f("loan_amount", "$0")),
        ("Interest Rate", p.f("interest_rate")),
        ("Monthly Principal & Interest", p.f("monthly_payment", "$")),
        ("Prepayment Penalty", "NO"),
        ("Balloon Payment", "NO"),
    )
    y = 0.0
    for place, (words, content) in enumerate(terms):
        y = 234.0 + place * 24
        s.text(42, y, words, 9.5, bold=True)
        end = s.text(200, y, content, 10)
        if words == "Interest Rate":
            s.text(end, y, "%", 10)
        s.text(330, y, "NO" if place < 3 else "", 9.5, bold=True)
        s.line(36, y + 8, 576, y + 8, 0.4)
    s.rect(36, 362, 540, 18, BLACK, None)
    s.text(42, 375, "Projected Payments", 11, bold=True, color=WHITE)
    s.pairs(
        42,
        398,
        (
            ("Payment Calculation", f"Years 1-{p.t('loan_term_years')}"),
            ("Principal & Interest", p.t("monthly_payment", "$")),
            ("Mortgage Insurance", p.f("mortgage_insurance", "$")),
            ("Estimated Escrow (amount can increase over time)", p.f("estimated_escrow", "$")),
            ("Estimated Total Monthly Payment", p.f("estimated_payment", "$")),
        ),
        gap=300,
        size=9.5,
        step=19,
    )
    s.rect(36, 560, 540, 18, BLACK, None)
    s.text(42, 573, "Costs at Closing", 11, bold=True, color=WHITE)
    s.text(42, 600, "Closing Costs", 10, bold=True)
    s.text(200, 600, p.f("total_closing_costs", "$"), 11, bold=True)
    s.para(
        290,
        594,
        280,
        f"Includes {p.t('total_loan_costs', '$')} in Loan Costs + {p.t('total_other_costs', '$')} in Other Costs - $0 in Lender Credits. See page 2 for details.",
        8,
    )
    s.text(42, 634, "Cash to Close", 10, bold=True)
    s.text(200, 634, p.f("cash_to_close", "$"), 11, bold=True)
    s.text(290, 634, "Includes Closing Costs. See Calculating Cash to Close on page 3 for details.", 8)
    _cd_foot(s, p, 1)
    s.page()
    s.text(36, 44, "Closing Cost Details", 16, bold=True)
    s.text(330, 60, "Borrower-Paid          Seller-Paid          Paid by Others", 8, bold=True)
    s.text(330, 70, "At Closing   Before Closing   At Closing   Before Closing", 7)
    y = 90.0
    for title, name, table in (
        ("A. Origination Charges", "origination_charges", "origination"),
        ("B. Services Borrower Did Not Shop For", "services_cannot_shop", "fixed"),
        ("C. Services Borrower Did Shop For", "services_can_shop", "shopped"),
    ):
        y = cost_table(s, 36, y, 420, title, "", p, name, table)
    s.text(40, y + 6, "D. TOTAL LOAN COSTS (Borrower-Paid)", 9, bold=True)
    s.text(453, y + 6, p.f("total_loan_costs", "$"), 9, bold=True, align="r")
    y += 28
    for title, name, table in (
        ("E. Taxes and Other Government Fees", "taxes_and_government_fees", "government"),
        ("F. Prepaids", "prepaids", "prepaid"),
        ("G. Initial Escrow Payment at Closing", "initial_escrow", "escrow"),
        ("H. Other", "other_costs", "other"),
    ):
        y = cost_table(s, 36, y, 420, title, "", p, name, table)
    s.pairs(
        40,
        y + 6,
        (
            ("I. TOTAL OTHER COSTS (Borrower-Paid)", p.f("total_other_costs", "$")),
            ("J. TOTAL CLOSING COSTS (Borrower-Paid)", p.t("total_closing_costs", "$")),
        ),
        gap=330,
        size=9,
    )
    _cd_foot(s, p, 2)
    s.page()
    s.text(36, 44, "Calculating Cash to Close", 14, bold=True)
    s.text(250, 44, "Use this table to see what has changed from your Loan Estimate.", 8)
    s.table(36, 66, (("", 190, "l"), ("Loan Estimate", 100, "r"), ("Final", 100, "r"), ("Did this change?", 150, "l")),
            [["Total Closing Costs (J)", p.t("total_closing_costs", "$0"), p.t("total_closing_costs", "$"), "NO"], ["Closing Costs Paid Before Closing", "$0", "$0.00", "NO"], ["Closing Costs Financed", "$0", "$0.00", "NO"], ["Down Payment/Funds from Borrower", p.t("down_payment", "$0"), p.f("down_payment", "$"), "NO"], ["Deposit", p.t("deposit", "$0"), p.f("deposit", "$"), "NO"], ["Funds for Borrower", "$0", "$0.00", "NO"], ["Seller Credits", "$0", "$0.00", "NO"], ["Cash to Close", p.t("cash_to_close", "$0"), p.t("cash_to_close", "$"), ""]], size=8.5, leading=16)  # fmt: skip
    s.text(36, 230, "Summaries of Transactions", 14, bold=True)
    s.text(250, 230, "Use this table to see a summary of your transaction.", 8)
    s.rect(36, 240, 262, 16, BLACK, None)
    s.text(40, 252, "BORROWER'S TRANSACTION", 9, bold=True, color=WHITE)
    price, costs, loan, deposit = (
        cents(p.values[name]) for name in ("sale_price", "total_closing_costs", "loan_amount", "deposit")
    )
    s.pairs(
        40,
        272,
        (
            ("K. Due from Borrower at Closing", shown(money(price + costs), "$")),
            ("01 Sale Price of Property", p.t("sale_price", "$")),
            ("03 Closing Costs Paid at Closing (J)", p.t("total_closing_costs", "$")),
            ("L. Paid Already by or on Behalf of Borrower", shown(money(loan + deposit), "$")),
            ("01 Deposit", p.t("deposit", "$")),
            ("02 Loan Amount", p.t("loan_amount", "$")),
            ("CALCULATION", ""),
            ("Cash to Close [X] From [ ] To Borrower", p.t("cash_to_close", "$")),
        ),
        gap=180,
        size=8,
        step=18,
    )
    s.rect(314, 240, 262, 16, BLACK, None)
    s.text(318, 252, "SELLER'S TRANSACTION", 9, bold=True, color=WHITE)
    s.pairs(
        318,
        272,
        (
            ("M. Due to Seller at Closing", p.t("sale_price", "$")),
            ("01 Sale Price of Property", p.t("sale_price", "$")),
            ("N. Due from Seller at Closing", "$0.00"),
            ("Cash [ ] From [X] To Seller", p.t("sale_price", "$")),
        ),
        gap=180,
        size=8,
        step=18,
    )
    _cd_foot(s, p, 3)
    s.page()
    s.text(36, 44, "Additional Information About This Loan", 16, bold=True)
    s.rect(36, 56, 540, 16, BLACK, None)
    s.text(40, 68, "Loan Disclosures", 10, bold=True, color=WHITE)
    y = 90.0
    for name, words in (
        (
            "Assumption",
            "If you sell or transfer this property to another person, your lender [ ] will allow, under certain conditions, this person to assume this loan on the original terms. [X] will not allow assumption of this loan on the original terms.",
        ),
        (
            "Demand Feature",
            "Your loan [ ] has a demand feature, which permits your lender to require early repayment of the loan. [X] does not have a demand feature.",
        ),
        (
            "Late Payment",
            "If your payment is more than 15 days late, your lender will charge a late fee of 5% of the monthly principal and interest payment.",
        ),
        (
            "Negative Amortization (Increase in Loan Amount)",
            "Under your loan terms, you [X] do not have a negative amortization feature.",
        ),
        (
            "Partial Payments",
            "Your lender [X] may hold them in a separate account until you pay the rest of the payment, and then apply the full payment to your loan.",
        ),
        (
            "Security Interest",
            f"You are granting a security interest in {p.t('property_address')}. You may lose this property if you do not make your payments or satisfy other obligations for this loan.",
        ),
        (
            "Escrow Account",
            'For now, your loan [X] will have an escrow account (also called an "impound" or "trust" account) to pay the property costs listed below. Without an escrow account, you would pay them directly, possibly in one or two large payments a year.',
        ),
    ):
        s.text(42, y, name, 9, bold=True)
        y = s.para(42, y + 13, 520, words, 9) + 10
    _cd_foot(s, p, 4)
    s.page()
    s.rect(36, 40, 262, 16, BLACK, None)
    s.text(40, 52, "Loan Calculations", 10, bold=True, color=WHITE)
    s.pairs(
        40,
        74,
        (
            ("Total of Payments", p.f("total_of_payments", "$")),
            ("Finance Charge", p.f("finance_charge", "$")),
            ("Amount Financed", p.f("amount_financed", "$")),
            ("Annual Percentage Rate (APR)", p.f("apr")),
            ("Total Interest Percentage (TIP)", p.f("interest_percentage")),
        ),
        gap=170,
        size=9,
        step=24,
    )
    s.rect(314, 40, 262, 16, BLACK, None)
    s.text(318, 52, "Other Disclosures", 10, bold=True, color=WHITE)
    y = s.para(
        318,
        74,
        255,
        "Appraisal. If the property was appraised for your loan, your lender is required to give you a copy at no additional cost at least 3 days before closing. Contract Details. See your note and security instrument for information about what happens if you fail to make your payments. Liability after Foreclosure. Refinance. Tax Deductions.",
        8.5,
    )
    s.rect(36, 230, 540, 16, BLACK, None)
    s.text(40, 242, "Contact Information", 10, bold=True, color=WHITE)
    s.table(
        36,
        264,
        (("", 110, "l"), ("Lender", 215, "l"), ("Settlement Agent", 215, "l")),
        [
            ["Name", p.t("lender_name"), p.t("settlement_agent")],
            ["Address", p.t("lender_address"), p.f("settlement_address")],
            ["NMLS ID", p.f("nmls_company"), ""],
            ["Contact", p.f("officer_name"), ""],
            ["Contact NMLS ID", p.f("nmls_officer"), ""],
            ["Email", p.f("officer_email"), ""],
            ["Phone", p.f("officer_phone"), ""],
        ],
        size=8.5,
        leading=18,
    )
    s.rect(36, 420, 540, 16, BLACK, None)
    s.text(40, 432, "Confirm Receipt", 10, bold=True, color=WHITE)
    s.para(
        40,
        452,
        530,
        "By signing, you are only confirming that you have received this form. You do not have to accept this loan because you have signed or received this form.",
        8.5,
    )
    s.line(40, 510, 260, 510)
    s.line(310, 510, 530, 510)
    s.text(40, 521, "Applicant Signature                              Date", 8)
    s.text(310, 521, "Co-Applicant Signature                       Date", 8)
    _cd_foot(s, p, 5)
    return s


LAYOUTS = (
    Layout("closing_disclosure", "cd-sans", _disclosure),
    Layout("closing_disclosure", "cd-serif", _serif_disclosure),
)
