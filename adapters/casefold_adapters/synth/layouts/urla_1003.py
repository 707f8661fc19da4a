"""Draw loan applications (Form 1003)."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, signed
from casefold_adapters.synth.sheets import BLACK, PALE, WHITE, Content, Face, Sheet
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


LAYOUTS = (
    Layout("urla_1003", "urla-agency", _application),
    Layout("urla_1003", "urla-lender", _short_application),
)
