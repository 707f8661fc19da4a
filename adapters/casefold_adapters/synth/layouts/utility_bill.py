"""Draw utility bills."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, logo
from casefold_adapters.synth.sheets import GREY, Face, Sheet
from casefold_adapters.synth.values import Paper, shown


def _electric(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 40, 54, p.f("utility_name"), c, 17)
    s.text(40, 74, p.f("utility_address"), 8)
    s.text(572, 50, "Your electric bill", 14, bold=True, align="r", color=s.accent)
    s.pairs(
        390,
        74,
        (("Account Number", p.f("account_number")), ("Bill Date", p.f("bill_date")), ("Due Date", p.f("due_date"))),
        gap=95,
    )
    s.text(40, 120, "Service address", 8, color=GREY)
    s.text(40, 133, p.f("customer_name"), 10, bold=True)
    s.text(40, 146, p.f("service_address"), 9)
    s.rect(390, 126, 182, 48, (0.95, 0.96, 0.98), s.accent)
    s.text(400, 142, "Amount due", 9)
    s.text(562, 162, p.f("amount_due", "$"), 18, bold=True, align="r")
    s.band(196, 16, "Billing summary", size=9)
    s.pairs(
        40,
        230,
        (
            ("Previous balance", p.f("previous_balance", "$")),
            ("Payment received - thank you", p.t("previous_balance", "$")),
            ("Current charges", p.t("amount_due", "$")),
        ),
        gap=220,
    )
    s.band(284, 16, "Meter reading", size=9)
    s.table(40, 316, (("Meter number", 90, "l"), ("From", 80, "l"), ("To", 80, "l"), ("Previous reading", 95, "r"), ("Current reading", 95, "r"), ("kWh used", 90, "r")),
            [[p.f("meter_number"), p.f("period_start"), p.f("period_end"), p.f("previous_reading"), p.f("current_reading"), p.f("usage")]], size=9)  # fmt: skip
    s.band(360, 16, "Electric charges", size=9)
    y = s.table(
        40,
        392,
        (("Description", 400, "l"), ("Amount", 130, "r")),
        [[shown(row[0]), shown(row[1], "$")] for row in p.table("charges")],
        size=9.5,
        leading=16,
    )
    s.text(437, y + 4, "Total current charges", 10, bold=True, align="r")
    s.text(567, y + 4, p.t("amount_due", "$"), 10, bold=True, align="r")
    for month in range(13):
        tall = c.between(20, 70)
        s.rect(60 + month * 38, 590 - tall, 22, tall, s.accent if month == 12 else (0.75, 0.78, 0.82), None)
        s.text(71 + month * 38, 602, "JFMAMJJASONDJ"[month], 7, align="c")
    s.text(60, 505, "Your usage over 13 months (kWh)", 8.5, bold=True)
    s.line(0, 640, 612, 640, 0.5, GREY)
    s.text(40, 660, "Please detach and return this portion with your payment.", 8)
    s.text(40, 690, p.t("customer_name"), 9)
    s.text(40, 702, p.f("customer_street"), 9)
    s.text(40, 714, p.f("customer_city_line"), 9)
    s.pairs(
        390,
        680,
        (
            ("Account Number", p.t("account_number")),
            ("Amount Due", p.t("amount_due", "$")),
            ("Due Date", p.t("due_date")),
        ),
        gap=95,
    )
    return s


def _water(p: Paper, c: Chance) -> Sheet:
    """A plain municipal bill."""
    s = Sheet(Face.MONO, 9)
    s.page()
    s.text(40, 50, p.f("utility_name").text.upper(), 13, bold=True)
    s.text(40, 64, p.t("utility_address"), 8)
    s.text(40, 76, f"CUSTOMER SERVICE {p.t('utility_phone')}", 8)
    s.text(572, 50, "UTILITY BILL", 13, bold=True, align="r")
    s.pairs(
        40,
        110,
        (
            ("ACCOUNT NO.", p.f("account_number")),
            ("SERVICE ADDRESS", p.f("service_address")),
            ("BILL DATE", p.f("bill_date")),
            ("SERVICE FROM", p.f("period_start")),
            ("SERVICE TO", p.f("period_end")),
            ("METER NO.", p.f("meter_number")),
            ("PREVIOUS READING", p.f("previous_reading")),
            ("PRESENT READING", p.f("current_reading")),
            ("KWH USED", p.f("usage")),
        ),
        gap=140,
        size=9,
        step=15,
    )
    y = s.table(
        40,
        270,
        (("ELECTRIC SERVICE", 400, "l"), ("AMOUNT", 120, "r")),
        [[shown(row[0]).upper(), shown(row[1])] for row in p.table("charges")],
        size=9,
        leading=15,
    )
    s.text(430, y + 10, "TOTAL AMOUNT DUE", bold=True, align="r")
    s.text(557, y + 10, p.f("amount_due", "$"), bold=True, align="r")
    s.text(430, y + 24, "DUE DATE", align="r")
    s.text(557, y + 24, p.f("due_date"), align="r")
    s.text(40, 600, "-" * 98, 9)
    s.text(80, 650, p.f("customer_name"), 10)
    s.text(80, 663, p.f("customer_street"), 10)
    s.text(80, 676, p.f("customer_city_line"), 10)
    s.para(
        40,
        720,
        530,
        f"A LATE CHARGE OF {c.between(1, 5)} PERCENT IS ADDED AFTER THE DUE DATE. RETURN THIS STUB WITH PAYMENT.",
        8,
    )
    return s


LAYOUTS = (
    Layout("utility_bill", "utility-electric", _electric),
    Layout("utility_bill", "utility-municipal", _water),
)
