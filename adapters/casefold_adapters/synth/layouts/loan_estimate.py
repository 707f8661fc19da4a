"""Draw Loan Estimates."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.layouts.parts import cost_table
from casefold_adapters.synth.sheets import BLACK, WHITE, Content, Face, Sheet
from casefold_adapters.synth.values import Paper


def _le_foot(s: Sheet, p: Paper, number: int) -> None:
    s.text(36, 768, "LOAN ESTIMATE", 7, bold=True)
    s.text(440, 768, f"PAGE {number} OF 3 • LOAN ID # {p.t('loan_number')}", 7)


def _estimate(p: Paper, c: Chance) -> Sheet:
    return _estimate_in(Sheet(), p, c)


def _serif_estimate(p: Paper, c: Chance) -> Sheet:
    return _estimate_in(Sheet(Face.SERIF), p, c)


def _estimate_in(s: Sheet, p: Paper, c: Chance) -> Sheet:
    s.page()
    s.text(36, 36, p.t("lender_name"), 9, bold=True)
    s.text(36, 47, f"{p.t('lender_address')}", 8)
    s.text(576, 36, "Save this Loan Estimate to compare with your Closing Disclosure.", 8.5, bold=True, align="r")
    s.text(36, 78, "Loan Estimate", 22, bold=True)
    s.pairs(
        36,
        98,
        (
            ("DATE ISSUED", p.f("issue_date")),
            ("APPLICANTS", p.f("borrower_name")),
            ("", p.f("borrower_street")),
            ("", p.f("borrower_city_line")),
            ("PROPERTY", p.f("property_address")),
            ("SALE PRICE", p.f("sale_price", "$0")),
        ),
        gap=76,
        size=8.5,
        step=13,
    )
    s.pairs(
        350,
        98,
        (
            ("LOAN TERM", p.f("loan_term_years")),
            ("PURPOSE", p.f("loan_purpose")),
            ("PRODUCT", p.f("loan_product")),
            ("LOAN TYPE", "[X] Conventional  [ ] FHA  [ ] VA"),
            ("LOAN ID #", p.f("loan_number")),
            ("RATE LOCK", "[ ] NO  [X] YES, until " + p.t("rate_lock_until")),
        ),
        gap=76,
        size=8.5,
        step=13,
    )
    s.text(436, 98, "years", 8.5)
    s.para(
        350,
        182,
        226,
        "Before closing, your interest rate, points, and lender credits can change unless you lock the interest rate. All other estimated closing costs expire on "
        + p.t("costs_expire")
        + " at 5:00 p.m. EST",
        7,
    )
    s.rect(36, 212, 540, 18, BLACK, None)
    s.text(42, 225, "Loan Terms", 11, bold=True, color=WHITE)
    s.text(330, 225, "Can this amount increase after closing?", 9, bold=True, color=WHITE)
    terms: tuple[tuple[str, Content, str], ...] = (
        ("Loan Amount", p.f("loan_amount", "$0"), "NO"),
        ("Interest Rate", p.f("interest_rate"), "NO"),
        ("Monthly Principal & Interest", p.f("monthly_payment", "$"), "NO"),
        ("Prepayment Penalty", "NO", ""),
        ("Balloon Payment", "NO", ""),
    )
    y = 0.0
    for place, (words, content, answer) in enumerate(terms):
        y = 248.0 + place * 24
        s.text(42, y, words, 9.5, bold=True)
        end = s.text(200, y, content, 10)
        if words == "Interest Rate":
            s.text(end, y, "%", 10)
        s.text(330, y, answer, 9.5, bold=True)
        s.line(36, y + 8, 576, y + 8, 0.4)
    s.rect(36, 372, 540, 18, BLACK, None)
    s.text(42, 385, "Projected Payments", 11, bold=True, color=WHITE)
    y = s.pairs(
        42,
        408,
        (
            ("Payment Calculation", f"Years 1-{p.t('loan_term_years')}"),
            ("Principal & Interest", p.t("monthly_payment", "$")),
            ("Mortgage Insurance", p.f("mortgage_insurance", "$0")),
            ("Estimated Escrow (amount can increase over time)", p.f("estimated_escrow", "$0")),
            ("Estimated Total Monthly Payment", p.f("estimated_payment", "$0")),
        ),
        gap=300,
        size=9.5,
        step=19,
    )
    s.para(
        42,
        y + 2,
        530,
        "Estimated Taxes, Insurance & Assessments (amount can increase over time). This estimate includes: [X] Property Taxes  [X] Homeowner's Insurance. In escrow? YES. See Section G on page 2 for escrowed property costs. You must pay for other property costs separately.",
        8,
    )
    s.rect(36, 560, 540, 18, BLACK, None)
    s.text(42, 573, "Costs at Closing", 11, bold=True, color=WHITE)
    s.text(42, 600, "Estimated Closing Costs", 10, bold=True)
    s.text(200, 600, p.f("total_closing_costs", "$0"), 11, bold=True)
    s.para(
        290,
        594,
        280,
        f"Includes {p.t('total_loan_costs', '$0')} in Loan Costs + {p.t('total_other_costs', '$0')} in Other Costs - $0 in Lender Credits. See page 2 for details.",
        8,
    )
    s.text(42, 634, "Estimated Cash to Close", 10, bold=True)
    s.text(200, 634, p.f("cash_to_close", "$0"), 11, bold=True)
    s.text(290, 634, "Includes Closing Costs. See Calculating Cash to Close on page 2 for details.", 8)
    s.text(
        306,
        720,
        "Visit www.consumerfinance.gov/mortgage-estimate for general information and tools.",
        9,
        bold=True,
        align="c",
    )
    _le_foot(s, p, 1)
    s.page()
    s.text(36, 44, "Closing Cost Details", 16, bold=True)
    s.rect(36, 54, 262, 16, BLACK, None)
    s.text(40, 66, "Loan Costs", 10, bold=True, color=WHITE)
    s.rect(314, 54, 262, 16, BLACK, None)
    s.text(318, 66, "Other Costs", 10, bold=True, color=WHITE)
    y = cost_table(s, 36, 86, 262, "A. Origination Charges", "", p, "origination_charges", "origination")
    y = cost_table(s, 36, y + 14, 262, "B. Services You Cannot Shop For", "", p, "services_cannot_shop", "fixed")
    y = cost_table(s, 36, y + 14, 262, "C. Services You Can Shop For", "", p, "services_can_shop", "shopped")
    s.text(40, y + 16, "D. TOTAL LOAN COSTS (A + B + C)", 9, bold=True)
    s.text(295, y + 16, p.f("total_loan_costs", "$0"), 9, bold=True, align="r")
    y = cost_table(
        s, 314, 86, 262, "E. Taxes and Other Government Fees", "", p, "taxes_and_government_fees", "government"
    )
    y = cost_table(s, 314, y + 8, 262, "F. Prepaids", "", p, "prepaids", "prepaid")
    y = cost_table(s, 314, y + 8, 262, "G. Initial Escrow Payment at Closing", "", p, "initial_escrow", "escrow")
    y = cost_table(s, 314, y + 8, 262, "H. Other", "", p, "other_costs", "other")
    s.pairs(
        318,
        y + 14,
        (
            ("I. TOTAL OTHER COSTS (E + F + G + H)", p.f("total_other_costs", "$0")),
            ("J. TOTAL CLOSING COSTS", p.t("total_closing_costs", "$0")),
            ("D + I", p.t("total_closing_costs", "$0")),
            ("Lender Credits", "$0"),
        ),
        gap=200,
        size=8.5,
    )
    y += 90
    s.rect(314, y - 10, 262, 16, BLACK, None)
    s.text(318, y + 2, "Calculating Cash to Close", 10, bold=True, color=WHITE)
    s.pairs(
        318,
        y + 22,
        (
            ("Total Closing Costs (J)", p.t("total_closing_costs", "$0")),
            ("Closing Costs Financed", "$0"),
            ("Down Payment/Funds from Borrower", p.f("down_payment", "$0")),
            ("Deposit", p.f("deposit", "$0")),
            ("Funds for Borrower", "$0"),
            ("Seller Credits", "$0"),
            ("Estimated Cash to Close", p.t("cash_to_close", "$0")),
        ),
        gap=200,
        size=8.5,
    )
    _le_foot(s, p, 2)
    s.page()
    s.text(36, 44, "Additional Information About This Loan", 16, bold=True)
    s.pairs(
        36,
        70,
        (
            ("LENDER", p.f("lender_name")),
            ("NMLS/LICENSE ID", p.f("nmls_company")),
            ("LOAN OFFICER", p.f("officer_name")),
            ("NMLS/LICENSE ID", p.f("nmls_officer")),
            ("EMAIL", p.f("officer_email")),
            ("PHONE", p.f("officer_phone")),
        ),
        gap=110,
        size=8.5,
    )
    s.rect(36, 156, 540, 16, BLACK, None)
    s.text(
        42, 168, "Comparisons   Use these measures to compare this loan with other loans.", 9, bold=True, color=WHITE
    )
    s.pairs(
        42,
        192,
        (
            (
                "In 5 Years   Total you will have paid in principal, interest, mortgage insurance, and loan costs",
                p.f("paid_in_5_years", "$0"),
            ),
            ("Principal you will have paid off", p.f("principal_in_5_years", "$0")),
            (
                "Annual Percentage Rate (APR)   Your costs over the loan term expressed as a rate. This is not your interest rate.",
                p.f("apr"),
            ),
            (
                "Total Interest Percentage (TIP)   The total amount of interest that you will pay over the loan term as a percentage of your loan amount.",
                p.f("interest_percentage"),
            ),
        ),
        gap=430,
        size=8,
        step=20,
    )
    s.rect(36, 282, 540, 16, BLACK, None)
    s.text(42, 294, "Other Considerations", 10, bold=True, color=WHITE)
    y = 316.0
    for name, words in (
        (
            "Appraisal",
            "We may order an appraisal to determine the property's value and charge you for this appraisal. We will promptly give you a copy of any appraisal, even if your loan does not close. You can pay for an additional appraisal for your own use at your own cost.",
        ),
        (
            "Assumption",
            "If you sell or transfer this property to another person, we [ ] will allow, under certain conditions, this person to assume this loan on the original terms. [X] will not allow assumption of this loan on the original terms.",
        ),
        (
            "Homeowner's Insurance",
            "This loan requires homeowner's insurance on the property, which you may obtain from a company of your choice that we find acceptable.",
        ),
        (
            "Late Payment",
            "If your payment is more than 15 days late, we will charge a late fee of 5% of the monthly principal and interest payment.",
        ),
        (
            "Refinance",
            "Refinancing this loan will depend on your future financial situation, the property value, and market conditions. You may not be able to refinance this loan.",
        ),
        (
            "Servicing",
            "We intend [ ] to service your loan. If so, you will make your payments to us. [X] to transfer servicing of your loan.",
        ),
    ):
        s.text(42, y, name, 8.5, bold=True)
        y = s.para(150, y, 420, words, 8.5) + 8
    s.rect(36, y + 6, 540, 16, BLACK, None)
    s.text(
        42,
        y + 18,
        "Confirm Receipt   By signing, you are only confirming that you have received this form. You do not have to accept this loan because you have signed or received this form.",
        7,
        color=WHITE,
        fit=530,
    )
    s.line(42, y + 60, 240, y + 60)
    s.line(306, y + 60, 504, y + 60)
    s.text(42, y + 70, "Applicant Signature                              Date", 7.5)
    s.text(306, y + 70, "Co-Applicant Signature                       Date", 7.5)
    _le_foot(s, p, 3)
    return s


LAYOUTS = (
    Layout("loan_estimate", "le-sans", _estimate),
    Layout("loan_estimate", "le-serif", _serif_estimate),
)
