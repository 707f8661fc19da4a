"""Draw investment statement."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo, tinted
from casefold_adapters.synth.sheets import GREY, WHITE, Face, Sheet
from casefold_adapters.synth.values import Paper


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
        s.rect(x, 346, 520 * part, 18, tinted(s.accent, 1, 0.18 * n), WHITE)
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


LAYOUTS = (
    Layout("investment_statement", "invest-brokerage", _brokerage),
    Layout("investment_statement", "invest-plan", _plan),
)
