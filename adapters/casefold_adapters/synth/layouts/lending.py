"""Draw the lender's papers: application, summary, findings, disclosures, authorization, note and security instrument."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo, signed
from casefold_adapters.synth.layouts.covenants import COVENANTS, NOTE_SECTIONS
from casefold_adapters.synth.sheets import BLACK, PALE, WHITE, Content, Face, Flow, Sheet
from casefold_adapters.synth.values import Paper, cents, money, shown

_QUESTIONS = (
    "A. Will you occupy the property as your primary residence?",
    "B. If this is a Purchase Transaction: Do you have a family relationship or business affiliation with the seller of the property?",
    "C. Are you borrowing any money for this real estate transaction (e.g., money for your closing costs or down payment) or obtaining any money from another party, such as the seller or realtor, that you have not disclosed on this loan application?",
    "D. 1. Have you or will you be applying for a mortgage loan on another property (not the property securing this loan) on or before closing this transaction that is not disclosed on this loan application?",
    "E. Will this property be subject to a lien that could take priority over the first mortgage lien, such as a clean energy lien paid through your property taxes?",
    "F. Are you a co-signer or guarantor on any debt or loan that is not disclosed on this application?",
    "G. Are there any outstanding judgments against you?",
    "H. Are you currently delinquent or in default on a Federal debt?",
    "I. Are you a party to a lawsuit in which you potentially have any personal financial liability?",
    "J. Have you conveyed title to any property in lieu of foreclosure in the past 7 years?",
    "M. Have you declared bankruptcy within the past 7 years?",
)


def _application(p: Paper, c: Chance) -> Sheet:
    s = Sheet(size=8)
    full = p.values["full"] == 1
    kind = (
        "Uniform Residential Loan Application" if full else "Uniform Residential Loan Application - Additional Borrower"
    )

    def begin(lender: bool = False) -> float:
        s.page()
        s.text(36, 768, kind if not lender else "Uniform Residential Loan Application - Lender Loan Information", 7)
        s.text(36, 776, "Freddie Mac Form 65  •  Fannie Mae Form 1003", 7)
        s.text(576, 776, "Effective 1/2021", 7, align="r")
        s.text(36, 758, f"Borrower Name: {p.t('borrower_name')}", 7.5)
        return 50.0

    begin()
    s.text(36, 30, "To be completed by the Lender:", 7.5, bold=True)
    s.text(36, 42, "Lender Loan No./Universal Loan Identifier", 7.5)
    s.text(190, 42, p.f("loan_number"), 8.5, bold=True)
    s.text(400, 42, "Agency Case No. ____________", 7.5)
    s.text(36, 66, kind, 15, bold=True, fit=540)
    s.para(
        36,
        78,
        540,
        "Verify and complete the information on this application. If you are applying for this loan with others, each additional Borrower must provide information as directed by your Lender.",
        7.5,
    )
    s.rect(36, 94, 540, 16, BLACK, None)
    s.text(
        40,
        105,
        "Section 1: Borrower Information.  This section asks about your personal information and your income from employment and other sources, such as retirement, that you want considered to qualify for this loan.",
        7,
        color=WHITE,
        fit=530,
    )
    s.text(36, 124, "1a. Personal Information", 9, bold=True)
    s.cell(36, 130, 330, 26, "Name (First, Middle, Last, Suffix)", p.f("borrower_name"))
    s.cell(
        366, 130, 210, 26, "Social Security Number (or Individual Taxpayer Identification Number)", p.f("borrower_ssn")
    )
    s.cell(
        36,
        156,
        330,
        26,
        "Alternate Names - List any names by which you are known or any names under which credit was previously received",
    )
    s.cell(366, 156, 105, 26, "Date of Birth (mm/dd/yyyy)", p.f("borrower_dob"))
    s.cell(471, 156, 105, 26, "Citizenship", "[X] U.S. Citizen")
    s.cell(
        36,
        182,
        330,
        26,
        "Type of Credit   List Name(s) of Other Borrower(s) Applying for this Loan",
        p.f("co_borrower_name"),
    )
    s.cell(366, 182, 210, 26, "Marital Status      Dependents (not listed by another Borrower)", p.f("marital_status"))
    s.cell(36, 208, 270, 26, "Contact Information  Home Phone", p.f("borrower_phone"))
    s.cell(306, 208, 270, 26, "Email", p.f("borrower_email"))
    s.text(36, 248, "Current Address", 8, bold=True)
    s.cell(36, 252, 250, 24, "Street", p.f("current_street"))
    s.cell(286, 252, 130, 24, "City", p.f("current_city"))
    s.cell(416, 252, 60, 24, "State", p.f("current_state"))
    s.cell(476, 252, 100, 24, "ZIP", p.f("current_zip"))
    end = s.text(36, 290, "How Long at Current Address?", 8)
    end = s.text(end + 6, 290, p.f("current_years"), 8.5, bold=True)
    end = s.text(end + 4, 290, "Years      Housing   [ ] No primary housing expense   [ ] Own   [X] Rent (", 8)
    end = s.text(end + 2, 290, p.f("monthly_rent", "$"), 8.5, bold=True)
    s.text(end + 2, 290, "/month)", 8)
    s.text(
        36,
        312,
        "Military Service of Borrower. Did you (or your deceased spouse) ever serve, or are you currently serving, in the United States Armed Forces?  [X] NO  [ ] YES",
        7.5,
        fit=540,
    )
    s.text(36, 334, "1b. Current Employment/Self-Employment and Income", 9, bold=True)
    s.cell(36, 340, 330, 26, "Employer or Business Name", p.f("employer_name"))
    s.cell(366, 340, 210, 26, "Phone", p.f("employer_phone"))
    s.cell(36, 366, 200, 26, "Street", p.f("employer_street"))
    s.cell(236, 366, 130, 26, "City  State  ZIP", p.f("employer_city_line"))
    s.cell(36, 392, 200, 26, "Position or Title", p.f("job_title"))
    s.cell(236, 392, 130, 26, "Start Date (mm/dd/yyyy)", p.f("employment_start_date"))
    s.text(376, 378, "Check if this statement applies:", 7)
    s.tick(376, 390, "I am employed by a family member, property seller,", size=7)
    s.text(376, 400, "real estate agent, or other party to the transaction.", 7)
    s.text(376, 414, "Gross Monthly Income", 8, bold=True)
    s.pairs(
        376,
        428,
        (
            ("Base", p.f("base_income", "$")),
            ("Overtime", "$0.00"),
            ("Bonus", "$0.00"),
            ("Commission", "$0.00"),
            ("TOTAL", p.f("total_income", "$")),
        ),
        gap=90,
        size=8.5,
    )
    y = 440.0
    for words in (
        "1c. IF APPLICABLE, Complete Information for Additional Employment/Self-Employment and Income   [X] Does not apply",
        "1d. IF APPLICABLE, Complete Information for Previous Employment/Self-Employment and Income   [X] Does not apply",
        "1e. Income from Other Sources   [X] Does not apply",
    ):
        y = 520.0 if y == 440.0 else y + 36
        s.text(36, y, words, 8.5, bold=True, fit=540)
        s.rect(36, y + 6, 540, 20)
    s.para(
        36,
        640,
        540,
        "NOTE: Reveal alimony, child support, separate maintenance, or other income ONLY IF you want it considered in determining your qualification for this loan. Include income from other sources below: Alimony, Automobile Allowance, Boarder Income, Capital Gains, Child Support, Disability, Foster Care, Housing or Parsonage, Interest and Dividends, Royalty Payments, Social Security, Trust, Unemployment Benefits, VA Compensation, Other.",
        7,
    )
    if full:
        y = begin()
        s.rect(36, y - 12, 540, 16, BLACK, None)
        s.text(
            40,
            y - 1,
            "Section 2: Financial Information - Assets and Liabilities.  This section asks about things you own that are worth money and that you want considered to qualify for this loan.",
            7,
            color=WHITE,
            fit=530,
        )
        s.text(36, y + 18, "2a. Assets - Bank Accounts, Retirement, and Other Accounts You Have", 9, bold=True)
        y = s.table(36, y + 34, (("Account Type", 130, "l"), ("Financial Institution", 190, "l"), ("Account Number", 110, "l"), ("Cash or Market Value", 110, "r")),
                    [[p.part("assets", n, 0, "account_type"), p.part("assets", n, 1, "institution"), p.part("assets", n, 2, "account_number"), p.part("assets", n, 3, "balance", "$")] for n in range(len(p.table("assets")))], size=8.5, leading=16, head_fill=PALE)  # fmt: skip
        s.text(36, y + 14, "2b. Other Assets and Credits You Have   [X] Earnest Money", 9, bold=True)
        s.text(330, y + 14, p.f("cash_deposit", "$"), 9)
        s.text(36, y + 44, "2c. Liabilities - Credit Cards, Other Debts, and Leases that You Owe", 9, bold=True)
        y = s.table(36, y + 60, (("Account Type", 80, "l"), ("Company Name", 190, "l"), ("Account Number", 100, "l"), ("Unpaid Balance", 85, "r"), ("Monthly Payment", 85, "r")),
                    [[p.part("liabilities", n, 0, "liability_type"), p.part("liabilities", n, 1, "creditor"), p.part("liabilities", n, 2, "account_number"), p.part("liabilities", n, 3, "balance", "$"), p.part("liabilities", n, 4, "monthly_payment", "$")] for n in range(len(p.table("liabilities")))], size=8.5, leading=16, head_fill=PALE)  # fmt: skip
        s.text(36, y + 20, "2d. Other Liabilities and Expenses   [X] Does not apply", 9, bold=True)
        y += 54
        s.rect(36, y - 12, 540, 16, BLACK, None)
        s.text(
            40,
            y - 1,
            "Section 3: Financial Information - Real Estate.  This section asks you to list all properties you currently own and what you owe on them.",
            7,
            color=WHITE,
            fit=530,
        )
        s.text(36, y + 20, "[X] I do not own any real estate", 9)
        y = begin()
        s.rect(36, y - 12, 540, 16, BLACK, None)
        s.text(
            40,
            y - 1,
            "Section 4: Loan and Property Information.  This section asks about the loan's purpose and the property you want to purchase or refinance.",
            7,
            color=WHITE,
            fit=530,
        )
        s.text(36, y + 18, "4a. Loan and Property Information", 9, bold=True)
        end = s.text(36, y + 36, "Loan Amount", 8.5)
        s.text(end + 6, y + 36, p.f("loan_amount", "$"), 9, bold=True)
        s.text(240, y + 36, "Loan Purpose   [X]", 8.5)
        s.text(322, y + 36, p.f("loan_purpose"), 9, bold=True)
        s.text(375, y + 36, "[ ] Refinance   [ ] Other (specify)", 8.5)
        s.cell(36, y + 46, 270, 26, "Property Address   Street", p.f("property_street"))
        s.cell(306, y + 46, 120, 26, "City", p.f("property_city"))
        s.cell(426, y + 46, 50, 26, "State", p.f("property_state"))
        s.cell(476, y + 46, 100, 26, "ZIP", p.f("property_zip"))
        s.cell(36, y + 72, 180, 26, "County", p.f("property_county"))
        s.cell(216, y + 72, 120, 26, "Number of Units", "1")
        s.cell(336, y + 72, 240, 26, "Property Value", p.f("property_value", "$"))
        end = s.text(36, y + 116, "Occupancy   [X]", 8.5)
        s.text(end + 4, y + 116, p.f("occupancy"), 9, bold=True)
        s.text(210, y + 116, "[ ] Second Home   [ ] Investment Property   FHA Secondary Residence [ ]", 8.5)
        s.text(
            36,
            y + 150,
            "4b. Other New Mortgage Loans on the Property You are Buying or Refinancing   [X] Does not apply",
            9,
            bold=True,
        )
        s.text(
            36,
            y + 180,
            "4c. Rental Income on the Property You Want to Purchase   For Purchase Only   [X] Does not apply",
            9,
            bold=True,
        )
        s.text(36, y + 210, "4d. Gifts or Grants You Have Been Given or Will Receive for this Loan", 9, bold=True)
        if cents(p.values["gift_amount"]):
            s.table(
                36,
                y + 228,
                (
                    ("Asset Type: Cash Gift", 180, "l"),
                    ("Deposited", 90, "l"),
                    ("Source", 150, "l"),
                    ("Cash or Market Value", 120, "r"),
                ),
                [["Cash Gift", "[X] Deposited", p.f("donor"), p.f("gift_amount", "$")]],
                size=8.5,
            )
        else:
            s.text(36, y + 228, "[X] Does not apply", 8.5)
        y += 300
    else:
        y = begin()
        s.text(36, y, "Section 2: Financial Information - Assets and Liabilities.", 9, bold=True)
        s.text(
            36,
            y + 16,
            "My information for Section 2 is listed on the Uniform Residential Loan Application with the name of the Borrower:",
            8.5,
        )
        s.text(36, y + 30, p.t("co_borrower_name"), 9, bold=True)
        y += 70
    s.rect(36, y - 12, 540, 16, BLACK, None)
    s.text(
        40,
        y - 1,
        "Section 5: Declarations.  This section asks you specific questions about the property, your funding, and your past financial history.",
        7,
        color=WHITE,
        fit=530,
    )
    s.text(
        36, y + 18, "5a. About this Property and Your Money for this Loan      5b. About Your Finances", 9, bold=True
    )
    y += 36
    for number, words in enumerate(_QUESTIONS):
        s.text(500, y, "[X] YES  [ ] NO" if number == 0 else "[ ] YES  [X] NO", 8)
        y = s.para(36, y, 450, words, 8) + 4
    y = begin()
    s.rect(36, y - 12, 540, 16, BLACK, None)
    s.text(
        40,
        y - 1,
        "Section 6: Acknowledgments and Agreements.  This section tells you about your legal obligations when you sign this application.",
        7,
        color=WHITE,
        fit=530,
    )
    for words in (
        "I agree to, acknowledge, and represent the following: (1) The Complete Information for this Application: The information I have provided in this application is true, accurate, and complete as of the date I signed this application. If the information I submitted changes or I have new information before closing of the Loan, I must change and supplement this application.",
        "For purchase transactions: The terms and conditions of any real estate purchase contract signed by me in connection with this application are true, accurate, and complete to the best of my knowledge and belief. I have not entered into any other agreement, written or oral, in connection with this real estate transaction.",
        "Any intentional or negligent misrepresentation of information may result in the imposition of: (a) civil liability on me, including monetary damages, if a person suffers any loss because the person relied on any misrepresentation that I have made on this application, and/or (b) criminal penalties on me including, but not limited to, fine or imprisonment or both under the provisions of Federal law (18 U.S.C. 1001 et seq.).",
        "(2) The Property's Security: The Loan I have applied for in this application will be secured by a mortgage or deed of trust which provides the Lender a security interest in the property described in this application. (3) The Property's Appraisal, Value, and Condition: Any appraisal or value of the property obtained by the Lender is for use by the Lender and Other Loan Participants.",
        "(4) Electronic Records and Signatures: The Lender and Other Loan Participants may keep any paper record and/or electronic record of this application, whether or not the Loan is approved. (5) Delinquency: The Lender and Other Loan Participants may report information about my account to credit bureaus.",
        "(6) Authorization for Use and Sharing of Information: By signing below, in addition to the representations and agreements made above, I expressly authorize the Lender and Other Loan Participants to obtain, use, and share with each other the loan application and related loan information and documentation, a consumer credit report on me, and my tax return information, as necessary.",
    ):  # fmt: skip
        y = s.para(36, y + 12, 540, words, 8)
    signed(s, 36, y + 40, p, p.t("borrower_name"), "signature_date", c, "Borrower Signature")
    y += 80
    s.rect(36, y - 12, 540, 16, BLACK, None)
    s.text(
        40,
        y - 1,
        "Section 7: Military Service.     Section 8: Demographic Information.  This section asks about your ethnicity, sex, and race.",
        7,
        color=WHITE,
        fit=530,
    )
    s.para(
        36,
        y + 18,
        540,
        "The purpose of collecting this information is to help ensure that all applicants are treated fairly and that the housing needs of communities and neighborhoods are being fulfilled. For residential mortgage lending, Federal law requires that we ask applicants for their demographic information (ethnicity, sex, and race) in order to monitor our compliance with equal credit opportunity, fair housing, and home mortgage disclosure laws. You are not required to provide this information.",
        8,
    )
    s.tick(50, y + 74, "I do not wish to provide this information", on=True, size=8)
    s.rect(36, y + 92, 540, 16, BLACK, None)
    s.text(
        40, y + 103, "Section 9: Loan Originator Information.  To be completed by your Loan Originator.", 7, color=WHITE
    )
    s.pairs(
        36,
        y + 124,
        (
            ("Loan Originator Organization Name", p.f("lender_name")),
            ("Address", p.t("lender_address")),
            ("Loan Originator Organization NMLSR ID#", p.f("nmls_company")),
            ("Loan Originator Name", p.f("officer_name")),
            ("Loan Originator NMLSR ID#", p.f("nmls_officer")),
        ),
        gap=180,
        size=8,
    )
    if full:
        y = begin(lender=True)
        s.text(36, y, "Uniform Residential Loan Application - Lender Loan Information", 13, bold=True)
        s.text(36, y + 14, "This section is completed by your Lender.", 8)
        s.text(36, y + 40, "L1. Property and Loan Information", 9, bold=True)
        s.text(
            36,
            y + 56,
            "[ ] Community Property State   [ ] Conversion of Contract for Deed   Transaction Detail   Project Type   [X] Property is not located in a project",
            8,
            fit=540,
        )
        s.text(36, y + 84, "L2. Title Information", 9, bold=True)
        s.text(
            36,
            y + 100,
            f"Title to the Property Will be Held in What Name(s): {p.t('borrower_name')}   Estate Will be Held in: [X] Fee Simple",
            8,
            fit=540,
        )
        s.text(36, y + 128, "L3. Mortgage Loan Information", 9, bold=True)
        s.pairs(
            36,
            y + 146,
            (
                ("Mortgage Type Applied For", "[X] Conventional  [ ] USDA-RD  [ ] FHA  [ ] VA"),
                ("Note Rate %", p.f("interest_rate")),
                ("Loan Term (months)", p.f("loan_term_months")),
                ("Mortgage Lien Type", "[X] First Lien"),
                ("Amortization Type", "[X] Fixed Rate  [ ] Adjustable Rate"),
                ("Proposed Monthly Payment for Property", ""),
            ),
            gap=190,
            size=8.5,
            step=15,
        )
        y = s.table(
            60,
            y + 244,
            (("", 240, "l"), ("", 120, "r")),
            [[shown(row[0]), shown(row[1], "$")] for row in p.table("housing")],
            size=8.5,
            leading=14,
        )
        s.text(36, y + 20, "L4. Qualifying the Borrower - Minimum Required Funds or Cash Back", 9, bold=True)
        price, costs, loan, deposit = (
            cents(p.values[name]) for name in ("sale_price", "closing_costs", "loan_amount", "cash_deposit")
        )
        s.pairs(
            36,
            y + 40,
            (
                ("A. Sales Contract Price", p.f("sale_price", "$")),
                ("F. Borrower Closing Costs", p.f("closing_costs", "$")),
                ("H. TOTAL DUE FROM BORROWER(s)", shown(money(price + costs), "$")),
                ("I. Loan Amount", p.t("loan_amount", "$")),
                ("K. TOTAL MORTGAGE LOANS", p.t("loan_amount", "$")),
                ("M. Other Credits (earnest money)", p.t("cash_deposit", "$")),
                ("Cash From/To the Borrower", shown(money(price + costs - loan - deposit), "$")),
            ),
            gap=260,
            size=8.5,
            step=16,
        )
    return s


def _short_application(p: Paper, c: Chance) -> Sheet:
    """The same application as a lender's own system prints it: headings on grey, values under captions, eight points."""
    s = Sheet(Face.SERIF, 9.5)
    full = p.values["full"] == 1
    groups: list[tuple[str, list[tuple[str, Content]]]] = [
        ("Section 1: Borrower Information  -  1a. Personal Information", [("Name", p.f("borrower_name")), ("Social Security Number", p.f("borrower_ssn")), ("Date of Birth", p.f("borrower_dob")), ("Marital Status", p.f("marital_status")), ("Other Borrower(s) Applying for this Loan", p.f("co_borrower_name")), ("Home Phone", p.f("borrower_phone")), ("Email", p.f("borrower_email")), ("Current Address  Street", p.f("current_street")), ("City", p.f("current_city")), ("State", p.f("current_state")), ("ZIP", p.f("current_zip")), ("Housing: Rent (monthly)", p.f("monthly_rent", "$"))]),
        ("1b. Current Employment/Self-Employment and Income", [("Employer or Business Name", p.f("employer_name")), ("Phone", p.f("employer_phone")), ("Street", p.f("employer_street")), ("City, State, ZIP", p.f("employer_city_line")), ("Position or Title", p.f("job_title")), ("Start Date", p.f("employment_start_date")), ("Gross Monthly Income: Base", p.f("base_income", "$")), ("TOTAL", p.f("total_income", "$"))]),
        ("Section 4: Loan and Property Information", [("Loan Amount", p.f("loan_amount", "$")), ("Loan Purpose", p.f("loan_purpose")), ("Property Address", p.f("property_address")), ("County", p.f("property_county")), ("Property Value", p.f("property_value", "$")), ("Occupancy", p.f("occupancy")), ("Note Rate %", p.f("interest_rate")), ("Loan Term (months)", p.f("loan_term_months"))]),
    ]  # fmt: skip
    s.page()

    def low() -> None:
        s.text(
            40,
            770,
            "Uniform Residential Loan Application   Freddie Mac Form 65 • Fannie Mae Form 1003   Effective 1/2021",
            7.5,
        )
        s.text(572, 770, f"Page {s.number}", 7.5, align="r")

    low()
    s.text(306, 44, "Uniform Residential Loan Application", 16, bold=True, align="c")
    s.text(40, 66, "To be completed by the Lender:  Lender Loan No./Universal Loan Identifier", 8.5)
    s.text(370, 66, p.f("loan_number"), 9, bold=True)
    y = 90.0
    for number, (title, rows) in enumerate(groups):
        if y > 560 or number == 2:
            s.page()
            low()
            y = 50.0
        s.rect(40, y - 11, 532, 16, PALE, None)
        s.text(44, y, title, 10, bold=True)
        y = s.pairs(44, y + 22, rows, gap=210, size=9.5, step=18) + 12
    if full:
        s.rect(40, y - 11, 532, 16, PALE, None)
        s.text(44, y, "Section 2: Financial Information  -  2a. Assets   2c. Liabilities", 10, bold=True)
        y = s.table(44, y + 24, (("Account Type", 120, "l"), ("Financial Institution", 200, "l"), ("Account Number", 110, "l"), ("Value", 90, "r")),
                    [[p.part("assets", n, 0, "account_type"), p.part("assets", n, 1, "institution"), p.part("assets", n, 2, "account_number"), p.part("assets", n, 3, "balance", "$")] for n in range(len(p.table("assets")))], size=9)  # fmt: skip
        y = s.table(44, y + 14, (("Account Type", 80, "l"), ("Company Name", 190, "l"), ("Account Number", 90, "l"), ("Unpaid Balance", 85, "r"), ("Monthly Payment", 85, "r")),
                    [[p.part("liabilities", n, 0, "liability_type"), p.part("liabilities", n, 1, "creditor"), p.part("liabilities", n, 2, "account_number"), p.part("liabilities", n, 3, "balance", "$"), p.part("liabilities", n, 4, "monthly_payment", "$")] for n in range(len(p.table("liabilities")))], size=9)  # fmt: skip
    s.page()
    low()
    s.text(44, 50, "Section 5: Declarations", 11, bold=True)
    y = 70.0
    for words in _QUESTIONS:
        s.text(520, y, "NO" if words[0] != "A" else "YES", 9, bold=True)
        y = s.para(44, y, 450, words, 9) + 5
    s.text(44, y + 10, "Section 6: Acknowledgments and Agreements", 11, bold=True)
    y = s.para(
        44,
        y + 28,
        520,
        "I agree to, acknowledge, and represent the following: the information I have provided in this application is true, accurate, and complete as of the date I signed this application. I authorize the Lender and Other Loan Participants to obtain, use, and share with each other the loan application and related loan information and documentation.",
        9,
    )
    signed(s, 44, y + 40, p, p.t("borrower_name"), "signature_date", c, "Borrower Signature")
    s.text(44, y + 80, "Section 9: Loan Originator Information", 11, bold=True)
    s.pairs(
        44,
        y + 98,
        (
            ("Organization Name", p.f("lender_name")),
            ("NMLSR ID#", p.f("nmls_company")),
            ("Loan Originator Name", p.f("officer_name")),
            ("NMLSR ID#", p.f("nmls_officer")),
        ),
        gap=150,
        size=9,
    )
    return s


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


def _costs(
    s: Sheet, x: float, y: float, width: float, title: str, total: str, p: Paper, name: str, table: str
) -> float:
    s.rect(x, y - 9, width, 13, PALE, None)
    s.text(x + 3, y, title, 8, bold=True)
    s.text(x + width - 3, y, p.f(name, "$0") if name else total, 8.5, bold=True, align="r")
    y += 14
    for n, row in enumerate(p.table(table)):
        s.text(x + 8, y, shown(row[0]), 8, fit=width - 70)
        s.text(x + width - 3, y, p.part(table, n, 1, "amount", "$0"), 8, align="r")
        s.line(x, y + 3, x + width, y + 3, 0.25, (0.8, 0.8, 0.8))
        y += 12
    return y + 6


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
    y = _costs(s, 36, 86, 262, "A. Origination Charges", "", p, "origination_charges", "origination")
    y = _costs(s, 36, y + 14, 262, "B. Services You Cannot Shop For", "", p, "services_cannot_shop", "fixed")
    y = _costs(s, 36, y + 14, 262, "C. Services You Can Shop For", "", p, "services_can_shop", "shopped")
    s.text(40, y + 16, "D. TOTAL LOAN COSTS (A + B + C)", 9, bold=True)
    s.text(295, y + 16, p.f("total_loan_costs", "$0"), 9, bold=True, align="r")
    y = _costs(s, 314, 86, 262, "E. Taxes and Other Government Fees", "", p, "taxes_and_government_fees", "government")
    y = _costs(s, 314, y + 8, 262, "F. Prepaids", "", p, "prepaids", "prepaid")
    y = _costs(s, 314, y + 8, 262, "G. Initial Escrow Payment at Closing", "", p, "initial_escrow", "escrow")
    y = _costs(s, 314, y + 8, 262, "H. Other", "", p, "other_costs", "other")
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
        y = _costs(s, 36, y, 420, title, "", p, name, table)
    s.text(40, y + 6, "D. TOTAL LOAN COSTS (Borrower-Paid)", 9, bold=True)
    s.text(453, y + 6, p.f("total_loan_costs", "$"), 9, bold=True, align="r")
    y += 28
    for title, name, table in (
        ("E. Taxes and Other Government Fees", "taxes_and_government_fees", "government"),
        ("F. Prepaids", "prepaids", "prepaid"),
        ("G. Initial Escrow Payment at Closing", "initial_escrow", "escrow"),
        ("H. Other", "other_costs", "other"),
    ):
        y = _costs(s, 36, y, 420, title, "", p, name, table)
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


def _signers(s: Sheet, flow: Flow, p: Paper, c: Chance) -> None:
    for number, row in enumerate(p.table("signers")):
        flow.room(60)
        y = flow.y + 34
        s.line(300, y, 520, y)
        if p.has("signature_date"):
            s.sign(310, y - 4, c.child(f"sign-{number}"), 120)
        s.text(300, y + 11, f"{shown(row[0])}   - Borrower", 9)
        s.text(528, y, "(Seal)", 9)
        flow.y = y + 26


def _note(p: Paper, c: Chance) -> Sheet:
    return _note_in(
        p,
        c,
        Sheet(Face.SERIF, 11),
        "NOTE",
        "MULTISTATE FIXED RATE NOTE--Single Family--Fannie Mae/Freddie Mac UNIFORM INSTRUMENT     Form 3200  07/2021",
    )


def _wide_note(p: Paper, c: Chance) -> Sheet:
    return _note_in(
        p,
        c,
        Sheet(size=10),
        "FIXED RATE NOTE",
        f"{p.t('state_name').upper()} FIXED RATE NOTE--Single Family--UNIFORM INSTRUMENT     Form 3200",
    )


def _note_in(p: Paper, c: Chance, s: Sheet, title: str, form: str) -> Sheet:
    def once(sheet: Sheet, total: int) -> Sheet:
        def head(each: Sheet) -> float:
            if each.number == 1:
                each.text(306, 66, title, 16, bold=True, align="c")
                return 140.0
            return 66.0

        def low(each: Sheet) -> None:
            each.text(60, 760, form, 7, bold=True, fit=400)
            each.text(552, 760, f"Page {each.number} of {total}", 8, align="r")

        flow = Flow(sheet, head, low, bottom=725)
        sheet.text(60, 92, p.f("note_date", "long"), 10.5)
        end = sheet.text(300, 92, p.f("note_city"), 10.5)
        sheet.text(end + 6, 92, p.f("note_state"), 10.5)
        sheet.text(552, 92, f"Loan No. {p.t('loan_number')}", 9, align="r")
        sheet.text(60, 104, "[Note Date]", 8)
        sheet.text(300, 104, "[City]  [State]", 8)
        sheet.text(60, 122, p.f("property_address"), 10.5)
        sheet.text(60, 133, "[Property Address]", 8)
        flow.y = 158
        for number, (name, words) in enumerate(NOTE_SECTIONS, 1):
            flow.title(f"{number}. {name}")
            for part in words:
                if "{" in part:
                    flow.prose(part, p)
                else:
                    flow.para(part)
        flow.room(40)
        flow.para("WITNESS THE HAND(S) AND SEAL(S) OF THE UNDERSIGNED.")
        _signers(sheet, flow, p, c)
        flow.para("[Sign Original Only]", indent=300)
        return sheet

    total = len(once(Sheet(s.face, s.size), 0).pages())
    return once(s, total)


def _instrument(p: Paper, c: Chance) -> Sheet:
    return _instrument_in(p, c, Face.SERIF, 10.5, form=True)


def _county_instrument(p: Paper, c: Chance) -> Sheet:
    return _instrument_in(p, c, Face.SANS, 9.5, form=False)


def _instrument_in(p: Paper, c: Chance, face: Face, size: float, *, form: bool) -> Sheet:
    total = len(_instrument_once(p, c, Sheet(face, size), 0, form=form).pages())
    return _instrument_once(p, c, Sheet(face, size), total, form=form)


def _instrument_once(p: Paper, c: Chance, s: Sheet, total: int, *, form: bool) -> Sheet:
    deed = p.t("kind") == "Deed of Trust"
    name = f"{p.t('state_name').upper()}--Single Family--Fannie Mae/Freddie Mac UNIFORM INSTRUMENT" + (
        "  (MERS)" if form else ""
    )

    def head(sheet: Sheet) -> float:
        if sheet.number == 1:
            sheet.text(
                60, 50, "When recorded, return to:" if form else "Recording requested by and when recorded mail to:", 9
            )
            sheet.text(60, 62, p.t("lender_name"), 9)
            sheet.text(60, 73, p.t("lender_address"), 9)
            sheet.text(60, 92, f"This instrument was prepared by: {p.t('settlement_address')}", 8)
            sheet.line(60, 190, 552, 190)
            sheet.text(306, 202, "[Space Above This Line For Recording Data]", 9, align="c")
            sheet.text(306, 236, p.t("kind").upper(), 16, bold=True, align="c")
            sheet.text(
                60, 256, f"MIN: {p.t('min')}    Loan No. {p.t('loan_number')}    Parcel {p.t('parcel_number')}", 8.5
            )
            return 284.0
        if not form:
            sheet.text(552, 44, f"{p.t('kind')}   Loan {p.t('loan_number')}", 8, align="r")
        return 64.0

    def low(sheet: Sheet) -> None:
        sheet.text(60, 756, name, 7, bold=True)
        sheet.text(60, 766, f"Form {'3005' if deed else '3010'}  07/2021" if form else "Uniform Instrument", 7)
        sheet.text(552, 766, f"(page {sheet.number} of {total})", 8, align="r")
        sheet.text(440, 756, "Initials: ______", 8)

    flow = Flow(s, head, low, bottom=735)
    flow.title("DEFINITIONS")
    flow.para(
        "Words used in multiple sections of this document are defined below and other words are defined in Sections 3, 10, 11, 12, 16, 19, 24, and 25. Certain rules regarding the usage of words used in this document are also provided in Section 17."
    )
    flow.prose(
        '(A) "Borrower" is {borrower_name} . Borrower is the '
        + ("trustor" if deed else "mortgagor")
        + " under this Security Instrument.",
        p,
    )
    flow.prose(
        '(B) "Lender" is {lender_name} , {lender_address} . Lender is the '
        + ("beneficiary" if deed else "mortgagee")
        + " under this Security Instrument.",
        p,
    )
    if deed:
        flow.prose('(C) "Trustee" is {trustee} , {settlement_address} .', p)
    flow.prose(
        '(D) "Note" means the promissory note dated {note_date:long} , and signed by each Borrower who is legally obligated for the debt under that promissory note. The Note evidences the legal obligation of each Borrower who signed the Note to pay Lender {loan_amount:$} plus interest. Each Borrower who signed the Note has promised to pay this debt in regular monthly payments and to pay the debt in full not later than {maturity_date:long} .',
        p,
    )
    flow.para(
        '(E) "Loan" means the debt obligation evidenced by the Note, plus interest, any prepayment charges, costs, expenses, and late charges due under the Note, and all sums due under this Security Instrument, plus interest.'
    )
    flow.para(
        '(F) "Riders" means all Riders to this Security Instrument that are signed by Borrower. All such Riders are incorporated into and deemed to be a part of this Security Instrument. [ ] Adjustable Rate Rider  [ ] Condominium Rider  [ ] Second Home Rider  [ ] 1-4 Family Rider  [ ] Planned Unit Development Rider'
    )
    flow.para(
        '(G) "Applicable Law" means all controlling applicable federal, state, and local statutes, regulations, ordinances, and administrative rules and orders (that have the effect of law) as well as all applicable final, non-appealable judicial opinions.'
    )
    flow.title("TRANSFER OF RIGHTS IN THE PROPERTY")
    grant = (
        "irrevocably grants and conveys to Trustee, in trust, with power of sale,"
        if deed
        else "mortgages, grants and conveys to Lender"
    )
    flow.prose(
        "This Security Instrument secures to Lender (i) the repayment of the Loan, and all renewals, extensions, and modifications of the Note, and (ii) the performance of Borrower's covenants and agreements under this Security Instrument and the Note. For this purpose, Borrower "
        + grant
        + ' the following described property located in {property_county} : {legal_description} , which currently has the address of {property_address} ("Property Address").',
        p,
    )
    flow.para(
        'TOGETHER WITH all the improvements now or subsequently erected on the property, including replacements and additions to the improvements on such property, all property rights, including, without limitation, all easements, appurtenances, royalties, mineral rights, oil or gas rights or profits, water rights, and fixtures now or subsequently a part of the property. All of the foregoing is referred to in this Security Instrument as the "Property."'
    )
    flow.title("UNIFORM COVENANTS. Borrower and Lender covenant and agree as follows:")
    for number, (title, parts) in enumerate(COVENANTS, 1):
        if number == 21:
            flow.title("NON-UNIFORM COVENANTS. Borrower and Lender further covenant and agree as follows:")
        flow.title(f"{number}. {title}", s.size + 0.5)
        for part in parts:
            flow.para(part)
    flow.room(120)
    flow.para(
        "BY SIGNING BELOW, Borrower accepts and agrees to the terms and covenants contained in this Security Instrument and in any Rider signed by Borrower and recorded with it."
    )
    _signers(s, flow, p, c)
    flow.room(120)
    flow.para(f"STATE OF {p.t('state_name').upper()}     COUNTY OF ____________     ss:")
    flow.prose("The foregoing instrument was acknowledged before me on {note_date:long} by {borrower_name} .", p)
    s.sign(330, flow.y + 30, c.child("notary"))
    s.text(320, flow.y + 44, "Notary Public     My commission expires: ____________", 9)
    return s


LAYOUTS = (
    Layout("urla_1003", "urla-agency", _application),
    Layout("urla_1003", "urla-lender", _short_application),
    Layout("form_1008", "1008-agency", _summary),
    Layout("form_1008", "1008-list", _summary_list),
    Layout("aus_findings", "aus-du", _findings),
    Layout("aus_findings", "aus-lpa", _feedback),
    Layout("loan_estimate", "le-sans", _estimate),
    Layout("loan_estimate", "le-serif", _serif_estimate),
    Layout("closing_disclosure", "cd-sans", _disclosure),
    Layout("closing_disclosure", "cd-serif", _serif_disclosure),
    Layout("borrower_authorization", "authorization-certification", _authorization),
    Layout("borrower_authorization", "authorization-form", _authorization_form),
    Layout("mortgage_note", "note-agency", _note),
    Layout("mortgage_note", "note-state", _wide_note),
    Layout("security_instrument", "instrument-agency", _instrument),
    Layout("security_instrument", "instrument-county", _county_instrument),
)
