"""Draw invoice."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, logo
from casefold_adapters.synth.layouts.parts import items
from casefold_adapters.synth.sheets import GREY, Face, Sheet
from casefold_adapters.synth.values import Paper


def _invoice(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 40, 60, p.f("firm_name"), c, 17)
    s.text(40, 78, p.f("firm_street"), 9)
    s.text(40, 90, p.f("firm_city_line"), 9)
    s.text(572, 60, "INVOICE", 24, bold=True, align="r", color=s.accent)
    s.pairs(400, 90, (("Invoice No.", p.f("number")), ("Invoice Date", p.f("day")), ("Due Date", p.f("due"))), gap=90)
    s.text(40, 150, "BILL TO", 8, bold=True, color=GREY)
    s.text(40, 164, p.f("customer_name"), 10)
    s.text(40, 177, p.f("customer_street"), 9)
    s.text(40, 189, p.f("customer_city_line"), 9)
    y = s.table(
        40,
        230,
        (("Description", 282, "l"), ("Qty", 60, "r"), ("Unit Price", 90, "r"), ("Amount", 100, "r")),
        items(p),
        size=9,
        leading=18,
        head_fill=s.accent,
    )
    s.pairs(
        400,
        y + 20,
        (("Subtotal", p.f("subtotal", "$")), ("Sales Tax", p.f("tax", "$")), ("Amount Due", p.f("total", "$"))),
        gap=90,
        size=10,
    )
    s.para(
        40,
        y + 100,
        520,
        c.pick(
            (
                "Payment is due within 30 days. Please make checks payable to the company named above. Thank you for your business!",
                "Terms: Net 30. A finance charge of 1.5% per month applies to past due balances. Remit to the address above.",
            )
        ),
        9,
    )
    return s


def _plain_invoice(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 10)
    s.page()
    s.text(306, 60, p.f("firm_name"), 18, bold=True, align="c")
    s.text(306, 76, p.f("firm_street"), 10, align="c")
    s.text(306, 90, f"{p.t('firm_city_line')}   Tel {p.t('firm_phone')}", 10, align="c")
    s.line(50, 100, 562, 100, 1)
    s.text(50, 126, "Invoice #", 11, bold=True)
    s.text(110, 126, p.f("number"), 11)
    s.text(400, 126, "Date", 11, bold=True)
    s.text(440, 126, p.f("day", "long"), 11)
    s.text(50, 150, "Sold to:", 11)
    s.text(110, 150, p.f("customer_name"), 11)
    y = s.table(
        50,
        190,
        (("Quantity", 70, "r"), ("Item", 260, "l"), ("Price each", 90, "r"), ("Total", 92, "r")),
        [[row[1], row[0], row[2], row[3]] for row in items(p)],
        size=10.5,
        leading=20,
    )
    s.text(470, y + 10, "Balance due", 12, bold=True, align="r")
    s.text(559, y + 10, p.f("total", "$"), 12, bold=True, align="r")
    return s


LAYOUTS = (
    Layout("invoice", "invoice-brand", _invoice),
    Layout("invoice", "invoice-plain", _plain_invoice),
)
