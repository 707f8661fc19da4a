"""Draw credit report."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour
from casefold_adapters.synth.layouts.parts import pages_of
from casefold_adapters.synth.sheets import Content, Face, Flow, Sheet
from casefold_adapters.synth.values import Paper, shown


def _credit(p: Paper, c: Chance) -> Sheet:
    return _credit_once(p, c, pages_of(_credit_once, p, c))


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


LAYOUTS = (
    Layout("credit_report", "credit-merged", _credit),
    Layout("credit_report", "credit-typed", _credit_text),
)
