"""Draw w2."""

from collections.abc import Sequence

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour
from casefold_adapters.synth.sheets import GREY, PALE, Content, Face, Sheet
from casefold_adapters.synth.values import Paper, Value, cents, money, shown

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


LAYOUTS = (
    Layout("w2", "w2-irs", _irs),
    Layout("w2", "w2-two-up", _two_up),
    Layout("w2", "w2-four-up", _four_up),
    Layout("w2", "w2-payroll-summary", _summary),
)
