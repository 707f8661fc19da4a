"""Draw paystub."""

from collections.abc import Sequence

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo
from casefold_adapters.synth.sheets import GREY, PALE, Content, Face, Sheet
from casefold_adapters.synth.values import Paper, money, shown


def _stub_head(p: Paper) -> tuple[tuple[str, Content], ...]:
    return (
        ("Period Beginning:", p.f("period_start")),
        ("Period Ending:", p.f("period_end")),
        ("Pay Date:", p.f("pay_date")),
    )


def _cells(p: Paper, table: str, names: Sequence[str], row: int) -> list[Content]:
    return [
        p.part(table, row, column, name) if name else shown(p.rows[table][row][column])
        for column, name in enumerate(names)
    ]


def _statement_stub(p: Paper, c: Chance) -> Sheet:
    """The stub of a large payroll provider: earnings statement over a check."""
    s = Sheet(accent=colour(c))
    s.page()
    s.text(
        36,
        34,
        f"CO. {c.child('co').letters(3)}   FILE {p.t('employee_id')}   DEPT. 000{c.child('d').between(100, 999)}   CLOCK   NUMBER {p.t('check_number')}",
        7,
    )
    s.text(36, 60, p.f("employer_name"), 10, bold=True)
    s.text(36, 72, p.f("employer_street"), 8.5)
    s.text(36, 83, p.f("employer_city_line"), 8.5)
    s.text(576, 60, "Earnings Statement", 17, bold=True, align="r")
    s.pairs(390, 82, _stub_head(p), gap=90, size=8.5)
    s.text(36, 116, "Taxable Marital Status:  " + c.pick(("Single", "Married")), 8)
    s.text(36, 127, "Exemptions/Allowances:   Federal: Standard Withholding Table", 8)
    s.text(390, 134, p.f("employee_name"), 10, bold=True)
    s.text(390, 147, p.f("employee_street"), 9)
    s.text(390, 159, p.f("employee_city_line"), 9)
    y = s.table(
        36, 185, (("Earnings", 90, "l"), ("rate", 60, "r"), ("hours", 50, "r"), ("this period", 75, "r"), ("year to date", 75, "r")),
        [
            [
                shown(r[0]), shown(r[2]), shown(r[1]), p.part("earnings", n, 3, "current"), p.part("earnings", n, 4, "ytd"),
            ]
            for n, r in enumerate(p.table("earnings"))
        ],
    )  # fmt: skip
    s.text(36, y + 4, "Gross Pay", 9, bold=True)
    s.text(308, y + 4, p.f("gross_pay", "$"), 9, bold=True, align="r")
    s.text(383, y + 4, p.f("gross_ytd"), 9, align="r")
    y = s.table(
        36, y + 34, (("Deductions", 195, "l"), ("this period", 80, "r"), ("year to date", 75, "r")),
        [_cells(p, "deductions", ("description", "current", "ytd"), n) for n in range(len(p.table("deductions")))],
    )  # fmt: skip
    s.text(36, y + 6, "Net Pay", 10, bold=True)
    s.text(308, y + 6, p.f("net_pay", "$"), 10, bold=True, align="r")
    s.text(383, y + 6, p.f("net_ytd"), 9, align="r")
    s.text(410, 185, "Other Benefits and Information", 8, bold=True)
    for line, words in enumerate(
        (
            f"Vacation Hrs   {c.between(4, 120)}.00",
            f"Sick Hrs   {c.between(4, 80)}.00",
            "Totl Hrs Worked",
            "BASIS OF PAY: " + c.pick(("SALARIED", "HOURLY")),
        )
    ):
        s.text(410, 200 + line * 12, words, 8)
    s.text(
        36,
        y + 34,
        f"Your federal taxable wages this period are {shown(money(p.cents('gross_pay') * 96 // 100), '$')}",
        8,
    )
    s.line(0, 560, 612, 560, 0.6, GREY)
    logo(s, 36, 592, p.t("employer_name"), c, 11)
    s.text(400, 588, f"Advice number:   {p.t('check_number')}", 8)
    s.text(400, 600, f"Pay date:   {p.t('pay_date')}", 8)
    s.text(36, 640, "Deposited to the account of", 8)
    s.text(36, 655, p.t("employee_name"), 10, bold=True)
    s.text(300, 640, "account number        transit ABA        amount", 8)
    s.text(300, 655, f"xxxxxx{p.t('bank_last4')}          xxxx xxxx          {p.t('net_pay', '$')}", 9)
    s.text(306, 720, "THIS IS NOT A CHECK - NON-NEGOTIABLE", 14, bold=True, align="c", color=GREY)
    return s


def _grid_stub(p: Paper, c: Chance) -> Sheet:
    """The stub that an enterprise system prints: three tables beside each other."""
    s = Sheet(accent=colour(c), size=8)
    s.page()
    logo(s, 36, 48, p.f("employer_name"), c, 14)
    s.text(36, 66, p.f("employer_street"), 8)
    s.text(36, 77, p.f("employer_city_line"), 8)
    s.text(576, 48, "PAY STATEMENT", 13, bold=True, align="r")
    s.rect(36, 92, 540, 58)
    s.pairs(
        42,
        106,
        (
            ("Employee Name:", p.f("employee_name")),
            ("Employee ID:", p.f("employee_id")),
            ("Address:", p.f("employee_street")),
            ("", p.f("employee_city_line")),
        ),
        gap=80,
        size=8,
    )
    s.pairs(
        290,
        106,
        (("Pay Group:", p.f("pay_frequency")), ("Job Title:", p.f("job_title")), ("Hire Date:", p.f("hire_date"))),
        gap=62,
        size=8,
    )
    s.pairs(
        440,
        106,
        (
            ("Pay Begin Date:", p.f("period_start")),
            ("Pay End Date:", p.f("period_end")),
            ("Check Date:", p.f("pay_date")),
            ("Advice #:", p.t("check_number")),
        ),
        gap=78,
        size=8,
    )
    s.band(160, 15, "HOURS AND EARNINGS", size=8)
    y = s.table(
        36, 190, (("Description", 150, "l"), ("Rate", 80, "r"), ("Hours", 70, "r"), ("Current Earnings", 120, "r"), ("YTD Earnings", 120, "r")),
        [[shown(r[0]), shown(r[2]), shown(r[1]), p.part("earnings", n, 3, "current"), p.part("earnings", n, 4, "ytd")] for n, r in enumerate(p.table("earnings"))],
    )  # fmt: skip
    s.band(y + 12, 15, "TAXES AND DEDUCTIONS", size=8)
    y = s.table(
        36, y + 42, (("Description", 300, "l"), ("Current", 120, "r"), ("YTD", 120, "r")),
        [_cells(p, "deductions", ("description", "current", "ytd"), n) for n in range(len(p.table("deductions")))], zebra=True,
    )  # fmt: skip
    y = s.table(
        36, y + 26, (("", 90, "l"), ("TOTAL GROSS", 150, "r"), ("TOTAL DEDUCTIONS", 150, "r"), ("NET PAY", 150, "r")),
        [
            ["Current", p.f("gross_pay"), p.f("total_deductions"), p.f("net_pay")],
            ["YTD", p.f("gross_ytd"), p.f("total_deductions_ytd"), p.f("net_ytd")],
        ], head_fill=PALE, size=8.5,
    )  # fmt: skip
    s.band(y + 16, 15, "NET PAY DISTRIBUTION", size=8)
    s.text(42, y + 46, f"Direct Deposit   Checking   xxxxxx{p.t('bank_last4')}", 8)
    s.text(573, y + 46, p.t("net_pay", "$"), 9, align="r")
    s.text(
        42,
        y + 70,
        "MESSAGE: "
        + c.pick(
            (
                "Open enrollment begins November 1.",
                "Please review your tax withholding elections.",
                "Report address changes to Human Resources.",
            )
        ),
        8,
    )
    return s


def _plain_stub(p: Paper, c: Chance) -> Sheet:
    """The stub of a small office's bookkeeping program: one line of detail, typewriter face."""
    s = Sheet(Face.MONO, 8.5)
    s.page()
    s.text(306, 50, p.f("employer_name"), 13, bold=True, align="c")
    s.text(306, 64, p.f("employer_street"), 9, align="c")
    s.text(306, 76, p.f("employer_city_line"), 9, align="c")
    s.text(306, 102, "STATEMENT OF EARNINGS AND DEDUCTIONS", 11, bold=True, align="c")
    s.line(40, 112, 572, 112, 1)
    s.text(40, 130, "EMPLOYEE:")
    s.text(120, 130, p.f("employee_name"), bold=True)
    s.text(120, 142, p.f("employee_street"))
    s.text(120, 154, p.f("employee_city_line"))
    s.text(380, 130, f"SSN: XXX-XX-{p.t('employee_ssn_last4')}")
    s.text(380, 142, "PAY PERIOD:")
    s.text(450, 142, p.f("period_start"))
    s.text(505, 142, "-")
    s.text(513, 142, p.f("period_end"))
    s.text(380, 154, "PAY DATE:")
    s.text(450, 154, p.f("pay_date"))
    s.text(380, 166, f"CHECK NO: {p.t('check_number')}")
    s.line(40, 178, 572, 178)
    y = s.table(40, 194, (("EARNINGS", 180, "l"), ("HOURS", 80, "r"), ("RATE", 80, "r"), ("CURRENT", 95, "r"), ("Y-T-D", 95, "r")),
                [_cells(p, "earnings", ("", "", "", "current", "ytd"), n) for n in range(len(p.table("earnings")))], size=8.5, rules=False)  # fmt: skip
    s.text(40, y + 4, "GROSS PAY", bold=True)
    s.text(472, y + 4, p.f("gross_pay"), align="r", bold=True)
    s.text(567, y + 4, p.f("gross_ytd"), align="r")
    y = s.table(40, y + 34, (("WITHHOLDINGS", 340, "l"), ("CURRENT", 95, "r"), ("Y-T-D", 95, "r")),
                [_cells(p, "deductions", ("description", "current", "ytd"), n) for n in range(len(p.table("deductions")))], size=8.5, rules=False)  # fmt: skip
    s.text(40, y + 4, "TOTAL DEDUCTIONS", bold=True)
    s.text(472, y + 4, p.f("total_deductions"), align="r")
    s.text(567, y + 4, p.f("total_deductions_ytd"), align="r")
    s.line(380, y + 12, 572, y + 12)
    s.text(40, y + 28, "NET PAY", 10, bold=True)
    s.text(472, y + 28, p.f("net_pay", "$"), 10, bold=True, align="r")
    s.text(567, y + 28, p.f("net_ytd"), align="r")
    return s


def _web_stub(p: Paper, c: Chance) -> Sheet:
    """The stub that a web payroll service shows: cards with large figures."""
    s = Sheet(accent=colour(c))
    s.page()
    s.rect(0, 0, 612, 70, s.accent, None)
    s.text(40, 44, p.f("employer_name"), 16, bold=True, color=(1, 1, 1))
    s.text(572, 44, "Pay stub", 13, align="r", color=(1, 1, 1))
    s.text(40, 94, f"{p.t('employer_street')}, {p.t('employer_city_line')}", 8, color=GREY)
    s.text(40, 128, p.f("employee_name"), 14, bold=True)
    s.text(40, 143, p.f("employee_street"), 9)
    s.text(40, 155, p.f("employee_city_line"), 9)
    for place, (name, content) in enumerate(
        (("Pay period", None), ("Pay date", p.f("pay_date", "mon")), ("Net pay", p.f("net_pay", "$")))
    ):
        x = 250 + place * 110
        s.rect(x, 110, 102, 50, (0.96, 0.96, 0.98), (0.8, 0.8, 0.8))
        s.text(x + 8, 124, name, 7.5, color=GREY)
        if content is None:
            s.text(x + 8, 138, p.f("period_start", "mon"), 8.5, bold=True)
            s.text(x + 8, 150, p.f("period_end", "mon"), 8.5, bold=True)
        else:
            s.text(x + 8, 145, content, 13, bold=True, fit=90)
    y = s.table(40, 200, (("Earnings", 212, "l"), ("Hours", 80, "r"), ("Current", 120, "r"), ("Year to date", 120, "r")),
                [[shown(r[0]), shown(r[1]), p.part("earnings", n, 3, "current", "$"), p.part("earnings", n, 4, "ytd", "$")] for n, r in enumerate(p.table("earnings"))], size=9, leading=16)  # fmt: skip
    y = s.table(
        40,
        y,
        (("", 292, "l"), ("", 120, "r"), ("", 120, "r")),
        [["Gross pay", p.f("gross_pay", "$"), p.f("gross_ytd", "$")]],
        size=9.5,
    )
    y = s.table(40, y + 24, (("Taxes and deductions", 292, "l"), ("Current", 120, "r"), ("Year to date", 120, "r")),
                [_cells(p, "deductions", ("description", "current", "ytd"), n) for n in range(len(p.table("deductions")))], size=9, leading=16)  # fmt: skip
    s.table(40, y, (("", 292, "l"), ("", 120, "r"), ("", 120, "r")),
            [["Total deductions", p.f("total_deductions", "$"), p.f("total_deductions_ytd", "$")], ["Net pay", p.t("net_pay", "$"), p.f("net_ytd", "$")]], size=9.5, leading=17)  # fmt: skip
    s.text(
        40,
        620,
        f"Paid by direct deposit to the account ending in {p.t('bank_last4')} on {p.t('pay_date', 'long')}.",
        8.5,
    )
    foot(s, f"Employee ID {p.t('employee_id')}   ·   Paid {p.t('pay_frequency').lower()}   ·   Page 1 of 1")
    return s


LAYOUTS = (
    Layout("paystub", "stub-earnings-statement", _statement_stub),
    Layout("paystub", "stub-enterprise", _grid_stub),
    Layout("paystub", "stub-bookkeeping", _plain_stub),
    Layout("paystub", "stub-web", _web_stub),
)
