"""Draw statements, gifts, checks, credit reports and letters."""

from decimal import Decimal

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo, signed
from casefold_adapters.synth.sheets import GREY, PALE, WHITE, Content, Face, Flow, Sheet
from casefold_adapters.synth.values import Field, Paper, Row, shown

_RIGHTS = (
    "In case of errors or questions about your electronic transfers, telephone us or write to us at the address shown on this statement as soon as you can, "
    "if you think your statement or receipt is wrong or if you need more information about a transfer on the statement or receipt. We must hear from you no "
    "later than 60 days after we sent you the FIRST statement on which the error or problem appeared.",
    "Tell us your name and account number. Describe the error or the transfer you are unsure about, and explain as clearly as you can why you believe there "
    "is an error or why you need more information. Tell us the dollar amount of the suspected error.",
    "We will investigate your complaint and will correct any error promptly. If we take more than 10 business days to do this, we will credit your account "
    "for the amount you think is in error, so that you will have the use of the money during the time it takes us to complete our investigation.",
)
_BALANCE = (
    "This form is provided to help you balance your account. List outstanding checks not charged to your account on this statement. "
    "Enter the ending balance shown on this statement, add deposits not credited, and subtract the total of checks outstanding. "
    "The result should agree with your checkbook balance."
)


def _amount(row: Row) -> Decimal:
    value = row[2]
    assert isinstance(value, Decimal)
    return value


def _line(p: Paper, n: int, column: int, name: str, form: str = "") -> Field:
    return p.part("transactions", n, column, name, form)


def _positive(p: Paper, n: int, form: str = "") -> Field:
    """Give an amount without its sign, for columns that say which way it went."""
    row = p.rows["transactions"][n]
    amount = _amount(row)
    return Field(
        f"transactions[{n}].{'deposit' if amount > 0 else 'withdrawal'}", abs(amount), shown(abs(amount), form)
    )


def _holder(s: Sheet, x: float, y: float, p: Paper) -> float:
    s.text(x, y, p.f("account_holder_name"), 10, bold=True)
    if p.has("second_holder_name"):
        y += 12
        s.text(x, y, p.f("second_holder_name"), 10, bold=True)
    s.text(x, y + 12, p.f("account_holder_street"), 9.5)
    s.text(x, y + 24, p.f("account_holder_city_line"), 9.5)
    return y + 24


def _sections(p: Paper, c: Chance) -> Sheet:
    """A large bank's statement: account summary, deposits apart from withdrawals, disclosures last."""
    total = _count(_sections_once, p, c)
    return _sections_once(p, c, total)


def _count(draw: object, p: Paper, c: Chance) -> int:
    """Draw once to learn how many pages there will be."""
    assert callable(draw)
    sheet = draw(p, c, 0)
    assert isinstance(sheet, Sheet)
    return len(sheet.pages())


def _sections_once(p: Paper, c: Chance, total: int) -> Sheet:
    s = Sheet(accent=colour(c))
    period = f"{p.t('period_start', 'long')} to {p.t('period_end', 'long')}"

    def head() -> float:
        s.page()
        logo(s, 40, 50, p.f("bank_name") if s.number == 1 else p.t("bank_name"), c)
        s.text(572, 768, f"Page {s.number} of {total}", 8, align="r", color=GREY)
        if s.number > 1:
            s.text(
                40,
                78,
                f"{p.t('account_holder_name')}  |  Account # xxxxxx{p.t('account_number')[-4:]}  |  {period}",
                8.5,
            )
            return 110.0
        return 50.0

    head()
    s.text(572, 50, "Your " + p.t("account_type"), 12, bold=True, align="r")
    s.text(40, 66, p.t("bank_address"), 7.5, color=GREY)
    low = _holder(s, 60, 118, p)
    s.text(360, 118, "Customer service: " + p.t("bank_phone"), 8.5)
    s.text(360, 131, "For", 9)
    end = s.text(378, 131, p.f("period_start", "long"), 9, bold=True)
    s.text(end + 4, 131, "to", 9)
    s.text(end + 16, 131, p.f("period_end", "long"), 9, bold=True)
    s.text(360, 144, "Account number:", 9)
    s.text(440, 144, p.f("account_number"), 9, bold=True)
    y = low + 40
    s.text(40, y, "Account summary", 14, bold=True, color=s.accent)
    s.line(40, y + 6, 572, y + 6, 1, s.accent)
    for words, name, form in (
        ("Beginning balance on " + p.t("period_start", "long"), "beginning_balance", "$"),
        ("Deposits and other additions", "total_deposits", ""),
        ("Withdrawals and other subtractions", "total_withdrawals", ""),
        ("Ending balance on " + p.t("period_end", "long"), "ending_balance", "$"),
    ):
        y += 20
        s.text(40, y, words, 9.5, bold=name == "ending_balance")
        field = p.f(name, form)
        s.text(
            330,
            y,
            Field(field.name, field.value, ("-" if name == "total_withdrawals" else "") + field.text),
            9.5,
            align="r",
            bold=name == "ending_balance",
        )
    s.text(360, y - 60, f"# of deposits/credits: {p.t('deposit_count')}", 9)
    s.text(360, y - 40, f"# of withdrawals/debits: {p.t('withdrawal_count')}", 9)
    s.text(360, y - 20, "Service charge: $0.00", 9)
    columns = (("Date", 70, "l"), ("Description", 352, "l"), ("Amount", 110, "r"))
    for title, positive in (("Deposits and other additions", True), ("Withdrawals and other subtractions", False)):
        y += 40
        if y > 690:
            y = head()
        s.text(40, y, title, 12, bold=True, color=s.accent)
        rows: list[list[Content]] = [
            [_line(p, n, 0, "date", "two"), _line(p, n, 1, "description"), _line(p, n, 2, "amount")]
            for n, row in enumerate(p.table("transactions"))
            if (_amount(row) > 0) == positive
        ]

        def more(title: str = title) -> float:
            at = head()
            s.text(40, at, f"{title} - continued", 11, bold=True, color=s.accent)
            return at + 20

        y = s.table(40, y + 18, columns, rows, size=8.5, leading=14, more=more)
        s.text(462, y + 2, "Total", 9, bold=True, align="r")
        s.text(569, y + 2, p.t("total_deposits" if positive else "total_withdrawals", "$"), 9, bold=True, align="r")
    if c.child("rights").chance(75):
        y = head()
        s.text(40, y, "IMPORTANT INFORMATION: BANK DEPOSIT ACCOUNTS", 11, bold=True)
        y += 18
        for words in (*_RIGHTS, _BALANCE):
            y = s.para(40, y, 520, words, 8.5) + 8
    return s


def _running(p: Paper, c: Chance) -> Sheet:
    """A savings bank's statement: one list with a running balance."""
    return _running_once(p, c, _count(_running_once, p, c))


def _running_once(p: Paper, c: Chance, total: int) -> Sheet:
    s = Sheet(Face.SERIF, 9.5, colour(c))
    period = f"{p.t('period_start')} - {p.t('period_end')}"

    def head() -> float:
        s.page()
        s.rect(0, 0, 612, 8, s.accent, None)
        s.text(40, 44, p.f("bank_name") if s.number == 1 else p.t("bank_name"), 17, bold=True, color=s.accent)
        s.text(572, 36, "STATEMENT OF ACCOUNT", 11, bold=True, align="r")
        s.text(572, 50, f"Page {s.number} of {total}", 9, align="r")
        if s.number > 1:
            s.text(572, 64, f"Account Number {p.t('account_number')}   Statement Period {period}", 8.5, align="r")
            return 92.0
        return 70.0

    head()
    s.text(40, 58, f"{p.t('bank_address')}   {p.t('bank_phone')}", 8)
    low = _holder(s, 60, 110, p)
    s.pairs(
        350,
        105,
        (
            ("Account Number", p.f("account_number")),
            ("Account Type", p.f("account_type")),
            ("Statement Begins", p.f("period_start")),
            ("Statement Ends", p.f("period_end")),
        ),
        gap=105,
        size=9.5,
    )
    y = low + 36
    s.table(40, y, (("Previous Balance", 133, "c"), ("Total Credits", 133, "c"), ("Total Debits", 133, "c"), ("Closing Balance", 133, "c")),
            [[p.f("beginning_balance", "$"), p.f("total_deposits", "$"), p.f("total_withdrawals", "$"), p.f("ending_balance", "$")]], size=10, head_fill=PALE)  # fmt: skip
    y += 56
    columns = (
        ("Date", 55, "l"),
        ("Transaction Description", 237, "l"),
        ("Deposits", 80, "r"),
        ("Withdrawals", 80, "r"),
        ("Balance", 80, "r"),
    )
    rows: list[list[Content]] = [["", "Balance Forward", "", "", p.t("beginning_balance")]]
    for n, row in enumerate(p.table("transactions")):
        into = _amount(row) > 0
        rows.append(
            [
                _line(p, n, 0, "date", "short"),
                _line(p, n, 1, "description"),
                _positive(p, n) if into else "",
                "" if into else _positive(p, n),
                _line(p, n, 3, "balance"),
            ]
        )
    rows.append(["", "Ending Balance", "", "", p.t("ending_balance")])
    y = s.table(40, y, columns, rows, size=9, leading=13.5, zebra=True, more=head, head_fill=PALE)
    s.text(306, min(y + 22, 752), "Member FDIC    Equal Housing Lender", 8, align="c")
    return s


def _union(p: Paper, c: Chance) -> Sheet:
    """A credit union's statement in a typewriter face, the member's shares and a daily balance summary."""
    return _union_once(p, c, _count(_union_once, p, c))


def _union_once(p: Paper, c: Chance, total: int) -> Sheet:
    s = Sheet(Face.MONO, 8.5)

    def head() -> float:
        s.page()
        s.text(36, 40, p.f("bank_name") if s.number == 1 else p.t("bank_name"), 13, bold=True)
        s.text(576, 40, f"PAGE {s.number} OF {total}", align="r")
        s.text(576, 52, "MEMBER STATEMENT", align="r", bold=True)
        s.line(36, 60, 576, 60, 1)
        return 84.0

    head()
    s.text(36, 54, p.t("bank_address"), 7.5)
    low = _holder(s, 48, 96, p)
    s.pairs(
        340,
        92,
        (
            ("MEMBER NUMBER", p.f("account_number")),
            ("FROM", p.f("period_start")),
            ("THROUGH", p.f("period_end")),
            ("PHONE", p.t("bank_phone")),
        ),
        gap=90,
        size=8.5,
    )
    y = low + 40
    s.text(36, y, f"SHARE DRAFT  {p.t('account_type').upper()}", 10, bold=True)
    s.line(36, y + 5, 576, y + 5)
    y += 18
    s.text(36, y, p.t("period_start", "short"))
    s.text(80, y, "BEGINNING BALANCE")
    s.text(576, y, p.f("beginning_balance"), align="r")
    rows: list[list[Content]] = [
        [
            _line(p, n, 0, "date", "short"),
            _line(p, n, 1, "description"),
            _line(p, n, 2, "amount"),
            _line(p, n, 3, "balance"),
        ]
        for n in range(len(p.table("transactions")))
    ]

    def more() -> float:
        at = head()
        s.text(36, at, f"SHARE DRAFT (CONTINUED)   MEMBER {p.t('account_number')}", bold=True)
        return at + 16

    y = s.table(
        36,
        y + 16,
        (("DATE", 44, "l"), ("TRANSACTION", 306, "l"), ("AMOUNT", 95, "r"), ("BALANCE", 95, "r")),
        rows,
        size=8.5,
        leading=12,
        rules=False,
        more=more,
    )
    if y > 640:
        y = head()
    s.line(36, y, 576, y)
    for words, name in (
        ("ENDING BALANCE", "ending_balance"),
        ("TOTAL DEPOSITS AND CREDITS", "total_deposits"),
        ("TOTAL WITHDRAWALS AND DEBITS", "total_withdrawals"),
    ):
        y += 14
        s.text(80, y, words, bold=True)
        s.text(576, y, p.f(name), align="r", bold=True)
    s.text(36, y + 30, "DIVIDEND SUMMARY:  DIVIDENDS PAID YEAR TO DATE  0.00   ANNUAL PERCENTAGE YIELD EARNED 0.00%")
    s.para(
        36,
        y + 54,
        520,
        "YOUR SAVINGS FEDERALLY INSURED TO AT LEAST $250,000 BY NCUA, A U.S. GOVERNMENT AGENCY. REPORT ERRORS WITHIN 60 DAYS OF THE STATEMENT DATE.",
        8,
    )
    return s


def _online(p: Paper, c: Chance) -> Sheet:
    """An online bank's statement: cards above, months of activity below, the balance in large figures."""
    return _online_once(p, c, _count(_online_once, p, c))


def _online_once(p: Paper, c: Chance, total: int) -> Sheet:
    s = Sheet(accent=colour(c))

    def head() -> float:
        s.page()
        s.text(
            40,
            770,
            f"{p.t('bank_name')}   ·   Account ending in {p.t('account_number')[-4:]}   ·   Page {s.number}/{total}",
            7.5,
            color=GREY,
        )
        if s.number > 1:
            s.text(40, 50, "Activity (continued)", 12, bold=True, color=s.accent)
            return 76.0
        return 60.0

    head()
    s.rect(0, 0, 612, 96, s.accent, None)
    s.text(40, 44, p.f("bank_name"), 18, bold=True, color=WHITE)
    s.text(40, 68, "Monthly statement", 12, color=WHITE)
    s.text(572, 40, p.f("period_start", "mon"), 10, align="r", color=WHITE)
    s.text(572, 54, p.f("period_end", "mon"), 10, align="r", color=WHITE)
    low = _holder(s, 40, 130, p)
    s.text(572, 130, p.f("account_type"), 10, align="r", bold=True)
    s.text(572, 144, p.f("account_number"), 10, align="r")
    y = low + 30
    for place, (words, name) in enumerate(
        (
            ("Opening balance", "beginning_balance"),
            ("Money in", "total_deposits"),
            ("Money out", "total_withdrawals"),
            ("Closing balance", "ending_balance"),
        )
    ):
        x = 40 + place * 135
        s.rect(x, y, 126, 48, (0.96, 0.97, 0.98), (0.85, 0.85, 0.88))
        s.text(x + 10, y + 16, words, 8, color=GREY)
        s.text(x + 10, y + 36, p.f(name, "$"), 13, bold=True, fit=108)
    y += 78
    s.text(40, y, "Activity", 12, bold=True, color=s.accent)
    rows: list[list[Content]] = [
        [
            _line(p, n, 0, "date", "mon"),
            _line(p, n, 1, "description"),
            _line(p, n, 2, "amount", "$"),
            _line(p, n, 3, "balance", "$"),
        ]
        for n in range(len(p.table("transactions")))
    ]
    y = s.table(
        40,
        y + 20,
        (("Date", 80, "l"), ("Description", 262, "l"), ("Amount", 95, "r"), ("Balance", 95, "r")),
        rows,
        size=8.5,
        leading=17,
        more=head,
    )
    s.para(
        40,
        min(y + 16, 740),
        520,
        "Questions about this statement? Message us in the app or call "
        + p.t("bank_phone")
        + ". Deposits are insured to applicable limits.",
        8,
        color=GREY,
    )
    return s


def _brokerage(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 40, 52, p.f("institution_name"), c, 16)
    s.text(572, 46, "Account Statement", 14, bold=True, align="r")
    end = s.text(400, 62, p.f("period_start", "long"), 9)
    s.text(end + 4, 62, "-", 9)
    s.text(end + 12, 62, p.f("period_end", "long"), 9)
    s.text(60, 120, p.f("account_holder_name"), 10, bold=True)
    s.text(60, 133, p.f("account_holder_street"), 9)
    s.text(60, 145, p.f("account_holder_city_line"), 9)
    s.pairs(360, 120, (("Account Number:", p.f("account_number")), ("Account Type:", p.f("account_type"))), gap=100)
    s.band(190, 18, "Portfolio Summary")
    s.pairs(
        46,
        228,
        (
            ("Beginning Account Value", p.f("beginning_balance", "$")),
            ("Contributions / Deposits", p.f("contributions", "$")),
            ("Change in Market Value", p.f("change_in_value", "$")),
            ("Ending Account Value", p.f("ending_balance", "$")),
        ),
        gap=220,
        size=10,
        step=18,
    )
    s.band(316, 18, "Asset Allocation")
    x = 46.0
    for n, part in enumerate((0.46, 0.24, 0.18, 0.12)):
        s.rect(x, 346, 520 * part, 18, tuple(min(1.0, each + 0.18 * n) for each in s.accent), WHITE)  # type: ignore[arg-type]
        s.text(x + 2, 378, f"{('Stocks', 'Bonds', 'Funds', 'Cash')[n]} {part:.0%}", 7.5)
        x += 520 * part
    s.text(
        46,
        740,
        f"Securities are not FDIC insured, may lose value.   Customer service {p.t('institution_phone')}",
        8,
        color=GREY,
    )
    foot(s, "Page 1 of 2")
    s.page()
    logo(s, 40, 52, p.t("institution_name"), c, 12)
    s.text(572, 52, f"Account {p.t('account_number')}   {p.t('period_start')} - {p.t('period_end')}", 8.5, align="r")
    s.band(80, 18, "Holdings")
    y = s.table(40, 122, (("Description", 210, "l"), ("Symbol", 60, "l"), ("Quantity", 85, "r"), ("Price", 80, "r"), ("Market Value", 97, "r")),
                [[p.part("holdings", n, 0, "description"), p.part("holdings", n, 1, "symbol"), p.part("holdings", n, 2, "quantity"), p.part("holdings", n, 3, "price", "$"), p.part("holdings", n, 4, "value", "$")] for n in range(len(p.table("holdings")))], size=9, leading=16, zebra=True)  # fmt: skip
    s.text(475, y + 6, "Total Holdings", 9, bold=True, align="r")
    s.text(569, y + 6, p.t("ending_balance", "$"), 9, bold=True, align="r")
    s.para(
        40,
        y + 50,
        520,
        "Please review this statement carefully. If you disagree with any transaction, or if there are any errors or omissions, please contact us within ten days of your receipt of this statement. Market values are as of the last business day of the period and were obtained from sources believed to be reliable.",
        8,
    )
    foot(s, "Page 2 of 2")
    return s


def _plan(p: Paper, c: Chance) -> Sheet:
    """A retirement plan's quarterly statement."""
    s = Sheet(Face.SERIF, 10, colour(c))
    s.page()
    s.text(40, 56, p.f("institution_name"), 18, bold=True, color=s.accent)
    s.text(40, 72, p.t("institution_address"), 8)
    s.text(306, 110, "Participant Quarterly Statement", 15, bold=True, align="c")
    s.pairs(
        60,
        140,
        (
            ("Participant:", p.f("account_holder_name")),
            ("", p.f("account_holder_street")),
            ("", p.f("account_holder_city_line")),
            ("Plan type:", p.f("account_type")),
            ("Account:", p.f("account_number")),
            ("Period beginning:", p.f("period_start")),
            ("Period ending:", p.f("period_end")),
        ),
        gap=120,
        size=10,
    )
    s.text(60, 270, "Your account at a glance", 13, bold=True, color=s.accent)
    s.pairs(
        60,
        294,
        (
            ("Opening balance", p.f("beginning_balance", "$")),
            ("Your contributions", p.f("contributions", "$")),
            ("Gain or loss", p.f("change_in_value", "$")),
            ("Closing balance", p.f("ending_balance", "$")),
            ("Vested balance", p.t("ending_balance", "$")),
        ),
        gap=180,
        size=10.5,
        step=18,
    )
    s.text(60, 410, "Investment detail", 13, bold=True, color=s.accent)
    s.table(60, 432, (("Fund", 230, "l"), ("Units", 90, "r"), ("Unit price", 80, "r"), ("Balance", 90, "r")),
            [[p.part("holdings", n, 0, "description"), p.part("holdings", n, 2, "quantity"), p.part("holdings", n, 3, "price", "$"), p.part("holdings", n, 4, "value", "$")] for n in range(len(p.table("holdings")))], size=9.5, leading=17)  # fmt: skip
    s.para(
        60,
        600,
        490,
        "Terms of withdrawal: loans and hardship withdrawals are available from this plan subject to its terms. Taxes and a penalty may apply to amounts withdrawn before age 59 1/2.",
        9,
    )
    foot(s, f"Statement prepared by {p.t('institution_name')}   {p.t('institution_phone')}")
    return s


def _gift(p: Paper, c: Chance) -> Sheet:
    s = Sheet(size=10)
    s.page()
    s.text(306, 60, "GIFT LETTER", 16, bold=True, align="c")
    y = s.prose(
        60,
        110,
        490,
        "I/We {donor_name} do hereby certify that I/we have made a gift of {gift_amount:$} to {recipient_name} , my relative, whose relationship to me is: {relationship} .",
        p,
        11,
    )
    y = s.prose(
        60,
        y + 14,
        490,
        "This gift is to be applied toward the purchase of the property located at: {property_address} .",
        p,
        11,
    )
    y = s.para(
        60,
        y + 14,
        490,
        "I/We further certify that no repayment of this gift is expected or implied either in the form of cash or by future services of the recipient. The funds given to the homebuyer were not made available to the donor from any person or entity with an interest in the sale of the property including the seller, real estate agent or broker, builder, loan officer, or any entity associated with them.",
        11,
    )
    y = s.prose(
        60,
        y + 14,
        490,
        "The source of this gift is: account at {donor_bank} . The funds were transferred on {gift_date} .",
        p,
        11,
    )
    signed(s, 60, y + 60, p, p.f("donor_name").text, "letter_date", c, "Donor")
    s.pairs(
        60,
        y + 96,
        (("Donor's address:", p.f("donor_address")), ("Donor's telephone:", p.f("donor_phone"))),
        gap=120,
        size=10,
    )
    signed(s, 60, y + 180, p, p.t("recipient_name"), "letter_date", c.child("r"), "Recipient")
    s.para(
        60,
        y + 230,
        490,
        "WARNING: Our signatures above indicate that we fully understand that it is a Federal crime punishable by fine, imprisonment, or both to knowingly make any false statement when applying for this mortgage, as applicable under the provisions of Title 18, United States Code, Section 1014.",
        8.5,
    )
    return s


def _gift_form(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 10.5, colour(c))
    s.page()
    s.text(60, 56, p.f("lender_name"), 15, bold=True, color=s.accent)
    s.text(60, 90, "Gift Letter / Gift Affidavit", 17, bold=True)
    rows = (
        ("Borrower (recipient)", p.f("recipient_name")),
        ("Donor", p.f("donor_name")),
        ("Donor's relationship to borrower", p.f("relationship")),
        ("Donor's address", p.f("donor_address")),
        ("Donor's phone number", p.f("donor_phone")),
        ("Dollar amount of gift", p.f("gift_amount", "$")),
        ("Date of transfer", p.f("gift_date")),
        ("Donor's financial institution", p.f("donor_bank")),
        ("Subject property", p.f("property_address")),
    )
    y = 120.0
    for name, content in rows:
        s.rect(60, y, 190, 24, PALE)
        s.rect(250, y, 300, 24)
        s.text(66, y + 16, name, 10)
        s.text(256, y + 16, content, 10, fit=290)
        y += 24
    y = s.para(
        60,
        y + 30,
        490,
        "By signing below, the donor certifies that this is a bona fide gift and that no repayment is expected or implied, in cash, in kind, or by future services. The recipient certifies that the funds will be used for the transaction described above.",
        10.5,
    )
    signed(s, 60, y + 50, p, p.t("donor_name"), "letter_date", c, "Donor signature")
    signed(s, 60, y + 110, p, p.t("recipient_name"), "letter_date", c.child("r"), "Borrower signature")
    return s


def _check(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page(612, 280)
    _check_face(s, p, c, 20)
    return s


def _check_page(p: Paper, c: Chance) -> Sheet:
    """A copy of a check on a whole sheet, its back below."""
    s = Sheet(accent=colour(c))
    s.page()
    _check_face(s, p, c, 60)
    s.rect(30, 360, 552, 235)
    s.text(60, 384, "ENDORSE HERE", 8, color=GREY)
    s.line(60, 410, 260, 410, 0.4, GREY)
    s.sign(70, 408, c.child("e"), 110)
    s.text(60, 440, "DO NOT WRITE, STAMP OR SIGN BELOW THIS LINE", 7, color=GREY)
    s.text(60, 456, "RESERVED FOR FINANCIAL INSTITUTION USE", 7, color=GREY)
    s.text(330, 520, "DEPOSITED  MOBILE  " + p.t("check_date"), 9, face=Face.MONO, turned=8)
    return s


def _check_face(s: Sheet, p: Paper, c: Chance, top: float) -> None:
    s.rect(30, top, 552, 240, tuple(0.88 + each * 0.1 for each in s.accent), s.accent)  # type: ignore[arg-type]
    s.text(50, top + 30, p.f("payer_name"), 11, bold=True)
    s.text(50, top + 43, p.f("payer_street"), 9)
    s.text(50, top + 55, p.f("payer_city_line"), 9)
    s.text(560, top + 30, p.f("check_number"), 12, bold=True, align="r")
    s.text(400, top + 66, "DATE", 7)
    s.line(425, top + 68, 555, top + 68)
    s.text(435, top + 65, p.f("check_date"), 11, face=Face.SERIF, italic=True)
    s.text(50, top + 92, "PAY TO THE", 7)
    s.text(50, top + 101, "ORDER OF", 7)
    s.line(100, top + 103, 440, top + 103)
    s.text(108, top + 99, p.f("payee"), 13, face=Face.SERIF, italic=True)
    s.text(448, top + 101, "$", 13)
    s.rect(460, top + 86, 100, 20, WHITE)
    s.text(466, top + 101, p.f("amount"), 12, face=Face.SERIF, italic=True)
    s.line(50, top + 132, 500, top + 132)
    s.text(56, top + 128, p.f("amount_words"), 12, face=Face.SERIF, italic=True, fit=430)
    s.text(505, top + 131, "DOLLARS", 8)
    s.text(50, top + 158, p.f("bank_name"), 11, bold=True, color=s.accent)
    s.text(50, top + 196, "MEMO", 7)
    s.line(76, top + 198, 270, top + 198)
    s.text(82, top + 195, p.f("memo"), 10, face=Face.SERIF, italic=True)
    s.line(330, top + 198, 560, top + 198)
    s.sign(345, top + 195, c.child("sign"), 140)
    s.text(
        50,
        top + 226,
        f"|:{p.t('routing_number')}|:  {p.t('account_number')}||'  {p.t('check_number')}",
        12,
        face=Face.MONO,
    )


def _credit(p: Paper, c: Chance) -> Sheet:
    return _credit_once(p, c, _count(_credit_once, p, c))


def _credit_once(p: Paper, c: Chance, total: int) -> Sheet:
    s = Sheet(size=8, accent=colour(c))

    def head(_: Sheet) -> float:
        s.text(36, 34, p.t("agency_name"), 11, bold=True, color=s.accent)
        s.text(576, 34, f"Report No. {p.t('report_number')}    Page {s.number} of {total}", 8, align="r")
        s.line(36, 40, 576, 40, 1, s.accent)
        return 60.0

    flow = Flow(s, head, lambda _: None, x=36, width=540, bottom=720)
    s.text(306, 64, "MERGED CREDIT REPORT", 15, bold=True, align="c")
    s.text(306, 76, "Tri-Merge: Equifax  Experian  TransUnion", 8.5, align="c")
    s.pairs(
        36,
        98,
        (
            ("Prepared For:", p.f("lender_name")),
            ("Prepared By:", p.f("agency_name")),
            ("", p.t("agency_address")),
            ("Report Number:", p.f("report_number")),
            ("Date Completed:", p.f("report_date")),
            ("Loan Number:", p.f("loan_number")),
        ),
        gap=90,
        size=8,
    )
    s.band(176, 14, "APPLICANT INFORMATION", size=8)
    s.pairs(
        36,
        204,
        (
            ("Applicant:", p.f("borrower_name")),
            ("SSN:", p.f("borrower_ssn")),
            ("DOB:", p.f("borrower_dob")),
            ("Current Address:", p.f("borrower_address")),
            ("Employer:", p.f("employer_name")),
        ),
        gap=90,
        size=8,
    )
    s.pairs(350, 204, (("Co-Applicant:", p.f("co_borrower_name")), ("SSN:", p.f("co_borrower_ssn"))), gap=80, size=8)
    s.band(272, 14, "SCORE INFORMATION", size=8)
    y = s.table(36, 300, (("Bureau", 160, "l"), ("Model", 200, "l"), ("Score", 60, "r"), ("Range", 90, "r")),
                [["Equifax", "Equifax Beacon 5.0 / FICO Classic V5", p.f("equifax_score"), "334-818"], ["Experian", "Experian / Fair Isaac Model V2", p.f("experian_score"), "320-844"], ["TransUnion", "TransUnion FICO Risk Score Classic 04", p.f("transunion_score"), "309-839"]])  # fmt: skip
    s.text(
        36,
        y + 4,
        "Score factors: proportion of balances to credit limits is too high on revolving accounts; length of time accounts have been established.",
        7,
    )
    flow.y = y + 30
    flow.title("TRADE SUMMARY", 9)
    s.text(36, flow.y, f"Open accounts: {len(p.table('debts'))}    Total balance:", 8)
    s.text(200, flow.y, p.f("total_balance", "$"), 8, bold=True)
    s.text(300, flow.y, "Total monthly payments:", 8)
    s.text(400, flow.y, p.f("total_payment", "$"), 8, bold=True)
    flow.y += 16
    flow.title("CREDIT HISTORY - TRADE LINES", 9)
    for n in range(len(p.table("debts"))):
        flow.room(66)
        y = flow.y
        s.rect(36, y - 9, 540, 54)
        s.text(42, y + 2, p.part("debts", n, 0, "creditor"), 9, bold=True)
        s.text(42, y + 14, "Account No.", 7)
        s.text(90, y + 14, p.part("debts", n, 1, "account"), 8)
        s.text(42, y + 26, "Type", 7)
        s.text(90, y + 26, p.part("debts", n, 2, "kind"), 8)
        s.text(42, y + 38, "Source: EF  EX  TU     ECOA: Individual", 7)
        for place, (words, column, name) in enumerate(
            (("Opened", 3, "opened"), ("High Credit", 4, "limit"), ("Balance", 5, "balance"), ("Payment", 6, "payment"))
        ):
            s.text(240 + place * 62, y + 2, words, 7)
            s.text(
                240 + place * 62, y + 16, p.part("debts", n, column, name, "" if column == 3 else "$0"), 8, bold=True
            )
        s.text(500, y + 2, "Past Due   30  60  90", 7)
        s.text(500, y + 16, "$0          0    0    0", 7.5)
        s.text(
            240, y + 36, f"Payment pattern: {'C' * c.between(12, 24)}   Status: As agreed   MR: {c.between(12, 84)}", 7
        )
        flow.y += 60
    flow.title("CLOSED AND PAID ACCOUNTS", 9)
    for row in p.table("closed"):
        flow.para(
            f"{shown(row[0])}   {shown(row[1])}   Opened {shown(row[3])}   Balance $0   {shown(row[2])}   As agreed", 8
        )
    flow.title("INQUIRIES", 9)
    for row in p.table("inquiries"):
        flow.para(f"{shown(row[0])}   {shown(row[1])}   {shown(row[2])}", 8)
    flow.title("PUBLIC RECORDS", 9)
    flow.para("No public records were found in the files searched for the applicant(s).", 8)
    flow.title("FRAUD VERIFICATION", 9)
    flow.para(
        "Available and clear: Equifax FraudIQ, Experian Fraud Shield, TransUnion High Risk Fraud Alert. OFAC search: no match found. SSN validity check: issued range could not be confirmed.",
        8,
    )
    flow.title("CREDITORS AND BUREAU ADDRESSES", 9)
    for each in (
        "Equifax Information Services LLC, P.O. Box 740241, Atlanta, GA 30374",
        "Experian, P.O. Box 9701, Allen, TX 75013",
        "TransUnion LLC, P.O. Box 1000, Chester, PA 19016",
    ):
        flow.para(each, 8)
    flow.title("DISCLAIMER", 9)
    flow.para(
        "This report contains information supplied by the repositories named above. Its contents have not been verified by the credit reporting agency and may contain duplicate information. While this report is being used for some real estate lending purposes, it is not a Residential Mortgage Credit Report as defined by FNMA, FHLMC, and FHA/VA guidelines. The Fair Credit Reporting Act requires that consumers receive notice of adverse action based on this report.",
        8,
    )
    s.text(306, flow.y + 14, "*** END OF REPORT ***", 9, bold=True, align="c")
    return s


def _credit_text(p: Paper, c: Chance) -> Sheet:
    """A report as an older system prints it: typewriter columns."""
    s = Sheet(Face.MONO, 8)

    def head(_: Sheet) -> float:
        s.text(
            36,
            36,
            f"{p.t('agency_name').upper()}   RESIDENTIAL MORTGAGE CREDIT REPORT   {p.t('report_number')}   PAGE {s.number}",
            8,
            bold=True,
        )
        return 56.0

    flow = Flow(s, head, lambda _: None, x=36, width=540, bottom=725)
    for words, name in (
        ("CLIENT         ", "lender_name"),
        ("DATE           ", "report_date"),
        ("FILE NUMBER    ", "report_number"),
        ("BORROWER       ", "borrower_name"),
        ("SOC SEC NUMBER ", "borrower_ssn"),
        ("BIRTH DATE     ", "borrower_dob"),
        ("ADDRESS        ", "borrower_address"),
        ("CO-BORROWER    ", "co_borrower_name"),
        ("SOC SEC NUMBER ", "co_borrower_ssn"),
    ):
        s.text(36, flow.y, words)
        s.text(130, flow.y, p.f(name))
        flow.y += 12
    flow.y += 10
    for bureau, name in (
        ("EQUIFAX BEACON 5.0", "equifax_score"),
        ("EXPERIAN FAIR ISAAC V2", "experian_score"),
        ("TRANSUNION FICO CLASSIC 04", "transunion_score"),
    ):
        s.text(36, flow.y, bureau)
        s.text(260, flow.y, p.f(name), bold=True)
        flow.y += 12
    flow.y += 12
    rows: list[list[Content]] = [
        [
            p.part("debts", n, 0, "creditor"),
            p.part("debts", n, 1, "account"),
            p.part("debts", n, 3, "opened"),
            p.part("debts", n, 5, "balance", "0"),
            p.part("debts", n, 6, "payment", "0"),
            "AS AGREED",
        ]
        for n in range(len(p.table("debts")))
    ]
    flow.y = s.table(
        36,
        flow.y,
        (
            ("CREDITOR", 190, "l"),
            ("ACCOUNT", 90, "l"),
            ("OPENED", 70, "l"),
            ("BALANCE", 65, "r"),
            ("TERMS", 60, "r"),
            ("STATUS", 70, "l"),
        ),
        rows,
        size=8,
        leading=15,
    )
    s.text(36, flow.y + 6, "TOTALS")
    s.text(448, flow.y + 6, p.f("total_balance", "0"), align="r")
    s.text(508, flow.y + 6, p.f("total_payment", "0"), align="r")
    flow.y += 34
    flow.para("INQUIRIES IN THE LAST 120 DAYS")
    for row in p.table("inquiries"):
        flow.para(f"{shown(row[0])}  {shown(row[1]).upper()}  {shown(row[2])}", gap=0)
    flow.y += 12
    flow.para("PUBLIC RECORDS: NONE REPORTED BY EQUIFAX EXPERIAN TRANSUNION")
    flow.para(
        f"THIS REPORT WAS COMPILED FROM THREE REPOSITORIES AND MEETS THE STANDARDS OF FANNIE MAE, FREDDIE MAC AND HUD. SOURCES CHECKED: {c.between(3, 9)}. END OF REPORT."
    )
    return s


def _letter(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 11.5)
    s.page()
    s.text(72, 80, p.f("borrower_name"), 11.5)
    s.text(72, 95, p.f("borrower_street"), 11.5)
    s.text(72, 110, p.f("borrower_city_line"), 11.5)
    s.text(72, 140, p.f("letter_date", "long"), 11.5)
    s.text(72, 170, p.f("lender_name"), 11.5)
    y = s.para(
        72,
        196,
        468,
        f"Re: Letter of Explanation   Loan No. {p.t('loan_number')}   Property: {p.t('property_address')}",
        11.5,
    )
    s.text(72, y + 14, "To Whom It May Concern:", 11.5)
    y = s.para(72, y + 40, 468, f"I am writing to explain {p.t('about')}. {p.t('told')}", 11.5)
    y = s.para(
        72,
        y + 12,
        468,
        c.pick(
            (
                "Please let me know if you need any further documentation. Thank you for your time and consideration.",
                "I hope that this explains the matter. You can reach me at any time if there are further questions.",
            )
        ),
        11.5,
    )
    s.text(72, y + 16, "Sincerely,", 11.5)
    signed(s, 72, y + 70, p, p.t("borrower_name"), "letter_date", c, "")
    return s


def _letter_form(p: Paper, c: Chance) -> Sheet:
    """A lender's form for explanations, filled in by hand."""
    s = Sheet(size=10, accent=colour(c))
    s.page()
    logo(s, 50, 56, p.f("lender_name"), c, 14)
    s.text(50, 96, "BORROWER'S LETTER OF EXPLANATION", 15, bold=True)
    s.pairs(
        50,
        126,
        (
            ("Borrower:", p.f("borrower_name")),
            ("Address:", p.f("borrower_street")),
            ("", p.f("borrower_city_line")),
            ("Loan number:", p.f("loan_number")),
            ("Date:", p.f("letter_date")),
        ),
        gap=100,
        size=10,
    )
    s.text(50, 226, f"Please explain {p.t('about').replace('my ', 'your ')}:", 10, bold=True)
    s.rect(50, 236, 512, 200)
    s.para(60, 262, 490, p.t("told"), 13, face=Face.SERIF, italic=True, leading=24, color=(0.1, 0.15, 0.45))
    s.para(50, 460, 512, "I certify that the above explanation is true and correct to the best of my knowledge.", 10)
    signed(s, 50, 520, p, p.t("borrower_name"), "letter_date", c)
    return s


LAYOUTS = (
    Layout("bank_statement", "bank-sections", _sections),
    Layout("bank_statement", "bank-running", _running),
    Layout("bank_statement", "bank-union", _union),
    Layout("bank_statement", "bank-online", _online),
    Layout("investment_statement", "invest-brokerage", _brokerage),
    Layout("investment_statement", "invest-plan", _plan),
    Layout("gift_letter", "gift-letter", _gift),
    Layout("gift_letter", "gift-form", _gift_form),
    Layout("check", "check-slip", _check),
    Layout("check", "check-page", _check_page),
    Layout("credit_report", "credit-merged", _credit),
    Layout("credit_report", "credit-typed", _credit_text),
    Layout("loe", "loe-letter", _letter),
    Layout("loe", "loe-form", _letter_form),
)
