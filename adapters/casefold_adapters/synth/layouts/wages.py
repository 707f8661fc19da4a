"""Draw W-2s and pay stubs."""

from collections.abc import Sequence

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo
from casefold_adapters.synth.sheets import GREY, PALE, Content, Face, Sheet
from casefold_adapters.synth.values import Field, Paper, Value, cents, money, shown

_COPIES = (
    ("Copy B - To Be Filed With Employee's FEDERAL Tax Return.", "This information is being furnished to the Internal Revenue Service."),
    ("Copy C - For EMPLOYEE'S RECORDS. (See Notice to Employee.)", "This information is being furnished to the IRS. If you are required to file a tax return, a negligence penalty or other sanction may be imposed on you if this income is taxable and you fail to report it."),
    ("Copy 2 - To Be Filed With Employee's State, City, or Local Income Tax Return.", ""),
    ("Copy 1 - For State, City, or Local Tax Department", ""),
)  # fmt: skip


def _boxes(p: Paper, named: bool) -> dict[str, Content]:
    """Give the boxes of a W-2; a copy's values are told once only."""
    found: dict[str, Content] = {}
    for name in p.values:
        field = p.f(name)
        found[name] = field if named else field.text
    return found


def _w2(s: Sheet, x: float, y: float, w: float, h: float, p: Paper, copy: int, named: bool = True) -> None:
    """Draw one copy of the form as the IRS lays it out."""
    v = _boxes(p, named)
    k = h / 330
    cap, val = max(4.2, 5.6 * min(k * 1.1, w / 540)), max(6.0, 9 * min(k * 1.05, w / 520))
    row = 24 * k

    def cell(
        cx: float, cy: float, cw: float, rows: float, caption: str, content: Content = "", align: str = "l"
    ) -> None:
        s.cell(
            x + cx * w,
            y + cy * row,
            cw * w,
            rows * row,
            caption,
            content,
            size=val,
            caption_size=cap,
            align=align,
            face=Face.MONO,
        )

    cell(0, 0, 0.16, 1, "", "22222" if copy == 3 else "")
    cell(0.16, 0, 0.26, 1, "a  Employee's social security number", v["employee_ssn"])
    s.text(x + 0.44 * w, y + row * 0.45, "OMB No. 1545-0008", cap + 1)
    s.text(
        x + 0.62 * w, y + row * 0.45, "Safe, accurate, FAST! Use      IRS e-file", cap + 0.5, bold=True, fit=0.37 * w
    )
    s.text(x + 0.62 * w, y + row * 0.85, "Visit the IRS website at www.irs.gov/efile", cap, fit=0.36 * w)
    cell(0, 1, 0.52, 1, "b  Employer identification number (EIN)", v["employer_ein"])
    cell(0.52, 1, 0.24, 1, "1  Wages, tips, other compensation", v["wages"], "r")
    cell(0.76, 1, 0.24, 1, "2  Federal income tax withheld", v["federal_tax_withheld"], "r")
    cell(0, 2, 0.52, 3, "c  Employer's name, address, and ZIP code")
    for line, name in enumerate(("employer_name", "employer_street", "employer_city_line")):
        s.text(x + 6, y + (2.85 + line * 0.75) * row, v[name], val, face=Face.MONO, fit=0.5 * w)
    cell(0.52, 2, 0.24, 1, "3  Social security wages", v["social_security_wages"], "r")
    cell(0.76, 2, 0.24, 1, "4  Social security tax withheld", v["social_security_tax"], "r")
    cell(0.52, 3, 0.24, 1, "5  Medicare wages and tips", v["medicare_wages"], "r")
    cell(0.76, 3, 0.24, 1, "6  Medicare tax withheld", v["medicare_tax"], "r")
    cell(0.52, 4, 0.24, 1, "7  Social security tips")
    cell(0.76, 4, 0.24, 1, "8  Allocated tips")
    cell(0, 5, 0.52, 1, "d  Control number", v["control_number"])
    cell(0.52, 5, 0.24, 1, "9")
    cell(0.76, 5, 0.24, 1, "10  Dependent care benefits")
    cell(
        0,
        6,
        0.52,
        4,
        "e  Employee's first name and initial      Last name      Suff.      f  Employee's address and ZIP code",
    )
    for line, name in enumerate(("employee_name", "employee_street", "employee_city_line")):
        s.text(x + 6, y + (7.1 + line * 0.8) * row, v[name], val, face=Face.MONO, fit=0.5 * w)
    cell(0.52, 6, 0.24, 1, "11  Nonqualified plans")
    kept = cents(p.values["retirement_deferral"])
    cell(
        0.76,
        6,
        0.24,
        1,
        "12a  See instructions for box 12",
        f"D   {shown(p.values['retirement_deferral'])}" if kept else "",
        "r",
    )
    cell(0.52, 7, 0.24, 1, "13  Statutory employee   Retirement plan   Third-party sick pay", "      X" if kept else "")
    cell(0.76, 7, 0.24, 1, "12b", f"DD   {shown(p.values['health_cost'])}", "r")
    cell(0.52, 8, 0.24, 2, "14  Other")
    cell(0.76, 8, 0.24, 1, "12c")
    cell(0.76, 9, 0.24, 1, "12d")
    taxed = cents(p.values["state_wages"]) > 0
    cell(0, 10, 0.07, 1.6, "15  State", v["state"])
    cell(0.07, 10, 0.23, 1.6, "Employer's state ID number", v["employer_state_id"] if taxed else "")
    cell(0.3, 10, 0.17, 1.6, "16  State wages, tips, etc.", v["state_wages"] if taxed else "", "r")
    cell(0.47, 10, 0.15, 1.6, "17  State income tax", v["state_tax"] if taxed else "", "r")
    cell(0.62, 10, 0.15, 1.6, "18  Local wages, tips, etc.")
    cell(0.77, 10, 0.13, 1.6, "19  Local income tax")
    cell(0.9, 10, 0.1, 1.6, "20  Locality name")
    low = y + 11.6 * row + val * 1.6
    end = s.text(x, low, "Form ", val * 0.8)
    end = s.text(end + 1, low, "W-2", val * 1.7, bold=True)
    end = s.text(end + 8, low, "Wage and Tax Statement", val * 1.15, bold=True, fit=0.34 * w)
    s.text(x + 0.56 * w, low, v["tax_year"], val * 1.9, bold=True, align="c")
    s.text(x + w, low, "Department of the Treasury - Internal Revenue Service", cap + 0.6, align="r", fit=0.36 * w)
    title, more = _COPIES[copy]
    at = s.para(x, low + val * 1.3, w * 0.75, title, cap + 1.4, bold=True)
    if more:
        s.para(x, at, w * 0.8, more, cap + 0.6)


def _irs(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    copy = c.between(0, 2)
    _w2(s, 36, 40, 540, 330, p, copy)
    if c.chance(40):
        s.page()
        _w2(s, 36, 40, 540, 330, p, (copy + 1) % 3, named=False)
    return s


def _two_up(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    _w2(s, 30, 30, 552, 300, p, 0)
    s.line(0, 396, 612, 396, 0.4, GREY)
    _w2(s, 30, 426, 552, 300, p, 2, named=False)
    return s


def _four_up(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    order = c.mixed(range(4))
    for place, copy in enumerate(order):
        x, y = 22 + place % 2 * 292, 26 + place // 2 * 385
        _w2(s, x, y, 276, 316, p, copy, named=place == 0)
    s.line(306, 10, 306, 782, 0.4, GREY)
    s.line(10, 398, 602, 398, 0.4, GREY)
    return s


def _summary(p: Paper, c: Chance) -> Sheet:
    """A payroll provider's sheet: the year's summary above, the copy below."""
    s = Sheet(accent=colour(c))
    s.page()
    s.band(30, 22, f"{p.t('tax_year')} W-2 and EARNINGS SUMMARY")
    s.para(
        36,
        70,
        250,
        "This blue section is your Earnings Summary which provides more detailed information on the generation of your W-2 statement. "
        "The reverse side includes instructions and other general information.",
        7.5,
    )
    gross = cents(p.values["wages"]) + cents(p.values["retirement_deferral"])
    rows: Sequence[tuple[str, Value, Value, Value]] = (
        ("Gross Pay", money(gross), money(cents(p.values["social_security_wages"])), money(cents(p.values["medicare_wages"]))),
        ("Less 401(k) (D-Box 12)", p.values["retirement_deferral"], "N/A", "N/A"),
        ("Reported W-2 Wages", p.values["wages"], p.values["social_security_wages"], p.values["medicare_wages"]),
    )  # fmt: skip
    s.table(
        36, 120,
        (("", 150, "l"), ("Wages, Tips, other Compensation Box 1 of W-2", 140, "r"), ("Social Security Wages Box 3 of W-2", 125, "r"),
         ("Medicare Wages Box 5 of W-2", 125, "r")),
        [[row[0], *map(shown, row[1:])] for row in rows], size=7.5, head_fill=PALE,
    )  # fmt: skip
    s.para(
        320,
        70,
        250,
        "Employee W-4 Profile. To change your Employee W-4 Profile Information, file a new W-4 with your payroll department.",
        7.5,
    )
    s.text(36, 215, p.t("employee_name"), 10, bold=True)
    s.text(36, 228, p.t("employee_street"), 9)
    s.text(36, 240, p.t("employee_city_line"), 9)
    _w2(s, 36, 300, 540, 320, p, c.between(0, 2))
    return s


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


def told(field: Field, *, here: bool) -> Content:
    """Give a value to be recorded here, or only its text."""
    return field if here else field.text


LAYOUTS = (
    Layout("w2", "w2-irs", _irs),
    Layout("w2", "w2-two-up", _two_up),
    Layout("w2", "w2-four-up", _four_up),
    Layout("w2", "w2-payroll-summary", _summary),
    Layout("paystub", "stub-earnings-statement", _statement_stub),
    Layout("paystub", "stub-enterprise", _grid_stub),
    Layout("paystub", "stub-bookkeeping", _plain_stub),
    Layout("paystub", "stub-web", _web_stub),
)
