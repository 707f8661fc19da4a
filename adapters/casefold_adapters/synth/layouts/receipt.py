"""Draw receipt."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour
from casefold_adapters.synth.layouts.parts import items
from casefold_adapters.synth.sheets import Face, Sheet
from casefold_adapters.synth.values import Paper, shown


def _receipt(p: Paper, c: Chance) -> Sheet:
    """A till's strip."""
    s = Sheet(Face.MONO, 8.5)
    rows = p.table("items")
    s.page(240, 330 + 28 * len(rows))
    s.text(120, 30, p.f("firm_name").text.upper(), 11, bold=True, align="c", fit=220)
    s.text(120, 44, p.t("firm_street"), 8, align="c", fit=220)
    s.text(120, 55, p.t("firm_city_line"), 8, align="c", fit=220)
    s.text(120, 66, p.t("firm_phone"), 8, align="c")
    s.text(14, 90, f"STORE {c.between(10, 999):03}  REG {c.between(1, 12):02}  CASHIER {c.letters(4)}")
    s.text(14, 102, p.f("day"))
    s.text(226, 102, f"{c.between(8, 20):02}:{c.between(0, 59):02}", align="r")
    y = 126.0
    for row in rows:
        s.text(14, y, shown(row[0])[:28].upper())
        s.text(24, y + 12, f"{shown(row[1])} @ {shown(row[2])}")
        s.text(226, y + 12, shown(row[3]), align="r")
        y += 28
    for words, name in (("SUBTOTAL", "subtotal"), ("SALES TAX", "tax"), ("TOTAL", "total")):
        s.text(90, y + 6, words, bold=name == "total")
        s.text(226, y + 6, p.f(name, "$"), align="r", bold=name == "total")
        y += 14
    s.text(14, y + 16, f"VISA ************{c.digits(4)}   APPROVED")
    s.text(14, y + 28, f"AUTH CODE {c.digits(6)}   CHANGE DUE 0.00")
    s.text(120, y + 56, "THANK YOU FOR SHOPPING WITH US", 8, align="c")
    s.text(120, y + 67, "RETURNS WITHIN 30 DAYS WITH RECEIPT", 8, align="c")
    s.bars(50, y + 80, 140, 26, c.child("bars"))
    return s


def _receipt_page(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    s.text(306, 70, "Payment Receipt", 20, bold=True, align="c", color=s.accent)
    s.text(306, 90, p.f("firm_name"), 12, align="c")
    s.pairs(
        120,
        140,
        (
            ("Receipt number", p.f("number")),
            ("Date paid", p.f("day", "long")),
            ("Received from", p.f("customer_name")),
            ("Payment method", c.pick(("Visa", "Check", "Cash", "ACH"))),
            ("Amount paid", p.f("total", "$")),
            ("Balance remaining", "$0.00"),
        ),
        gap=160,
        size=11,
        step=22,
    )
    s.table(
        120,
        310,
        (("For", 250, "l"), ("Amount", 110, "r")),
        [[row[0], row[3]] for row in items(p, "$")],
        size=10,
        leading=18,
    )
    s.text(120, 560, "Thank you. Please keep this receipt for your records.", 10)
    return s


LAYOUTS = (
    Layout("receipt", "receipt-till", _receipt),
    Layout("receipt", "receipt-page", _receipt_page),
)
