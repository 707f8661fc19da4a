"""Draw bank statement."""

from decimal import Decimal

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, logo
from casefold_adapters.synth.layouts.parts import pages_of
from casefold_adapters.synth.sheets import GREY, PALE, WHITE, Content, Face, Sheet
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
    total = pages_of(_sections_once, p, c)
    return _sections_once(p, c, total)


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
    return _running_once(p, c, pages_of(_running_once, p, c))


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
    return _union_once(p, c, pages_of(_union_once, p, c))


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
    return _online_once(p, c, pages_of(_online_once, p, c))


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


LAYOUTS = (
    Layout("bank_statement", "bank-sections", _sections),
    Layout("bank_statement", "bank-running", _running),
    Layout("bank_statement", "bank-union", _union),
    Layout("bank_statement", "bank-online", _online),
)
