"""Draw borrowers' authorizations."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, logo, signed
from casefold_adapters.synth.sheets import Face, Sheet
from casefold_adapters.synth.values import Paper


def _authorization(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 10.5)
    s.page()
    s.text(306, 56, "BORROWER'S CERTIFICATION AND AUTHORIZATION", 14, bold=True, align="c")
    s.text(60, 88, "CERTIFICATION", 11, bold=True)
    s.text(60, 104, "The Undersigned certify the following:", 10.5)
    y = s.prose(
        60,
        122,
        492,
        "1. I/We have applied for a mortgage loan from {lender_name} . In applying for the loan, I/we completed a loan application containing various information on the purpose of the loan, the amount and source of the down payment, employment and income information, and the assets and liabilities. I/We certify that all of the information is true and complete.",
        p,
        10.5,
    )
    y = s.para(
        60,
        y + 6,
        492,
        "2. I/We understand and agree that the lender reserves the right to change the mortgage loan review processes to a full documentation program. This may include verifying the information provided on the application with the employer and/or the financial institution.",
        10.5,
    )
    y = s.para(
        60,
        y + 6,
        492,
        "3. I/We fully understand that it is a Federal crime punishable by fine or imprisonment, or both, to knowingly make any false statements when applying for this mortgage, as applicable under the provisions of Title 18, United States Code, Section 1014.",
        10.5,
    )
    s.text(60, y + 14, "AUTHORIZATION TO RELEASE INFORMATION", 11, bold=True)
    s.text(60, y + 30, "To Whom It May Concern:", 10.5)
    y = s.para(
        60,
        y + 48,
        492,
        "1. I/We have applied for a mortgage loan. As part of the application process, the lender and the mortgage guaranty insurer (if any) may verify information contained in my/our loan application and in other documents required in connection with the loan, either before the loan is closed or as part of its quality control program.",
        10.5,
    )
    y = s.para(
        60,
        y + 6,
        492,
        "2. I/We authorize you to provide to the lender, and to any investor to whom the lender may sell my mortgage, any and all information and documentation that they request. Such information includes, but is not limited to, employment history and income; bank, money market, and similar account balances; credit history; and copies of income tax returns.",
        10.5,
    )
    y = s.para(
        60,
        y + 6,
        492,
        "3. A copy of this authorization may be accepted as an original. Your prompt reply is appreciated.",
        10.5,
    )
    signed(s, 60, y + 50, p, p.f("borrower_name").text, "signature_date", c, "Borrower")
    s.text(400, y + 50, "SSN", 9)
    s.text(424, y + 50, p.f("borrower_ssn"), 10)
    if p.has("co_borrower_name"):
        signed(s, 60, y + 96, p, p.t("co_borrower_name"), "signature_date", c.child("co"), "Co-Borrower")
    s.text(60, 760, f"Loan No. {p.t('loan_number')}", 8)
    return s


def _authorization_form(p: Paper, c: Chance) -> Sheet:
    s = Sheet(size=10, accent=colour(c))
    s.page()
    logo(s, 50, 54, p.f("lender_name"), c, 15)
    s.text(50, 72, p.t("lender_address"), 8)
    s.text(50, 108, "Borrower Signature Authorization", 17, bold=True)
    s.rect(50, 122, 512, 76)
    s.pairs(
        58,
        140,
        (
            ("Borrower", p.f("borrower_name")),
            ("Co-Borrower", p.f("co_borrower_name")),
            ("Property Address", p.f("property_address")),
            ("Loan Number", p.f("loan_number")),
        ),
        gap=110,
        size=9.5,
    )
    y = s.para(
        50,
        226,
        512,
        "Privacy Act Notice: This information is to be used by the agency collecting it or its assignees in determining whether you qualify as a prospective mortgagor under its program. It will not be disclosed outside the agency except as required and permitted by law.",
        9.5,
    )
    y = s.para(
        50,
        y + 14,
        512,
        "Part I - General Information. I hereby authorize the lender to verify my past and present employment earnings records, bank accounts, stock holdings, and any other asset balances that are needed to process my mortgage loan application. I further authorize the lender to order a consumer credit report and verify other credit information, including past and present mortgage and landlord references. It is understood that a copy of this form will also serve as authorization.",
        9.5,
    )
    y = s.para(
        50,
        y + 14,
        512,
        "Part II - Borrower Authorization. The information the lender obtains is only to be used in the processing of my application for a mortgage loan.",
        9.5,
    )
    signed(s, 50, y + 60, p, p.t("borrower_name"), "signature_date", c, "Borrower")
    if p.has("co_borrower_name"):
        signed(s, 50, y + 110, p, p.t("co_borrower_name"), "signature_date", c.child("co"), "Co-Borrower")
    return s


LAYOUTS = (
    Layout("borrower_authorization", "authorization-certification", _authorization),
    Layout("borrower_authorization", "authorization-form", _authorization_form),
)
