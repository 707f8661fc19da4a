"""Draw form 1099."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo
from casefold_adapters.synth.layouts.parts import Once
from casefold_adapters.synth.sheets import Content, Face, Sheet
from casefold_adapters.synth.values import Paper

_1099: Mapping[str, tuple[str, str, Sequence[str]]] = MappingProxyType(
    {
        "INT": ("Interest Income", "1545-0112", ("1 Interest income", "2 Early withdrawal penalty", "3 Interest on U.S. Savings Bonds and Treas. obligations", "4 Federal income tax withheld", "5 Investment expenses", "6 Foreign tax paid", "8 Tax-exempt interest", "11 Bond premium")),
        "DIV": ("Dividends and Distributions", "1545-0110", ("1a Total ordinary dividends", "1b Qualified dividends", "2a Total capital gain distr.", "4 Federal income tax withheld", "2b Unrecap. Sec. 1250 gain", "3 Nondividend distributions", "5 Section 199A dividends", "7 Foreign tax paid")),
        "MISC": ("Miscellaneous Information", "1545-0115", ("1 Rents", "2 Royalties", "3 Other income", "4 Federal income tax withheld", "5 Fishing boat proceeds", "6 Medical and health care payments", "8 Substitute payments in lieu of dividends or interest", "10 Gross proceeds paid to an attorney")),
        "NEC": ("Nonemployee Compensation", "1545-0116", ("1 Nonemployee compensation", "2 Payer made direct sales totaling $5,000 or more", "3 Excess golden parachute payments", "4 Federal income tax withheld", "5 State tax withheld", "6 State/Payer's state no.", "7 State income", "")),
        "G": ("Certain Government Payments", "1545-0120", ("1 Unemployment compensation", "2 State or local income tax refunds, credits, or offsets", "3 Box 2 amount is for tax year", "4 Federal income tax withheld", "5 RTAA payments", "6 Taxable grants", "7 Agriculture payments", "9 Market gain")),
        "R": ("Distributions From Pensions, Annuities, Retirement or Profit-Sharing Plans, IRAs, Insurance Contracts, etc.", "1545-0119", ("1 Gross distribution", "2a Taxable amount", "3 Capital gain (included in box 2a)", "4 Federal income tax withheld", "5 Employee contributions/Designated Roth contributions or insurance premiums", "7 Distribution code(s)", "9b Total employee contributions", "14 State tax withheld")),
        "SSA": ("Social Security Benefit Statement", "", ("Box 3. Benefits Paid", "Box 5. Net Benefits", "Box 4. Benefits Repaid to SSA", "Box 6. Voluntary Federal Income Tax Withheld", "Box 7. Address", "Box 8. Claim Number", "", "")),
    }
)  # fmt: skip


_AMOUNTS = {0: "amount", 1: "second_amount", 3: "federal_tax_withheld"}


def _information(p: Paper, c: Chance) -> Sheet:
    kind = p.sub.partition(".")[2]
    title, omb, boxes = _1099[kind]
    form = "SSA-1099" if kind == "SSA" else f"1099-{kind}"
    s = Sheet()
    s.page()
    for copy in range(2 if c.chance(45) else 1):
        top = 40 + copy * 370
        v: Callable[..., Content] = Once(p) if copy == 0 else p.t
        s.tick(250, top, "CORRECTED (if checked)", size=8)
        s.cell(
            36,
            top + 6,
            270,
            92,
            "PAYER'S name, street address, city or town, state or province, country, ZIP or foreign postal code, and telephone no.",
        )
        for line, name in enumerate(("payer_name", "payer_street", "payer_city_line", "payer_phone")):
            s.text(42, top + 42 + line * 13, v(name), 9, face=Face.MONO)
        s.cell(36, top + 98, 135, 28, "PAYER'S TIN", v("payer_tin"), face=Face.MONO)
        s.cell(171, top + 98, 135, 28, "RECIPIENT'S TIN", v("recipient_tin"), face=Face.MONO)
        s.cell(36, top + 126, 270, 28, "RECIPIENT'S name", v("recipient_name"), face=Face.MONO)
        s.cell(36, top + 154, 270, 28, "Street address (including apt. no.)", v("recipient_street"), face=Face.MONO)
        s.cell(
            36,
            top + 182,
            270,
            28,
            "City or town, state or province, country, and ZIP or foreign postal code",
            v("recipient_city_line"),
            face=Face.MONO,
        )
        s.cell(36, top + 210, 270, 28, "Account number (see instructions)", v("account_number"), face=Face.MONO)
        for box, caption in enumerate(boxes):
            x, y = 306 + box % 2 * 100, top + 6 + box // 2 * 58
            content: Content = ""
            if box in _AMOUNTS and not (kind in {"NEC", "MISC", "G"} and box == 1):
                content = v(_AMOUNTS[box], "$")
            s.cell(x, y, 100, 58, caption, content, align="r", face=Face.MONO)
        s.text(512, top + 16, f"OMB No. {omb}" if omb else "Form SSA-1099", 7)
        s.text(512, top + 34, "Form", 7)
        s.text(530, top + 34, form, 10, bold=True)
        s.text(512, top + 52, "For calendar year", 7)
        s.text(512, top + 68, v("tax_year"), 15, bold=True)
        s.para(512, top + 96, 72, title, 10 if len(title) < 40 else 6.5, bold=True)
        s.text(512, top + 150, "Copy B", 11, bold=True)
        s.text(512, top + 161, "For Recipient", 8, bold=True)
        s.para(
            512,
            top + 174,
            72,
            "This is important tax information and is being furnished to the IRS. If you are required to file a return, a negligence penalty or other sanction may be imposed on you if this income is taxable and the IRS determines that it has not been reported.",
            5.5,
        )
        s.text(36, top + 250, f"Form {form}", 8, bold=True)
        s.text(180, top + 250, "(keep for your records)", 7)
        s.text(300, top + 250, f"www.irs.gov/Form1099{kind}", 7)
        s.text(576, top + 250, "Department of the Treasury - Internal Revenue Service", 7, align="r")
    return s


def _substitute(p: Paper, c: Chance) -> Sheet:
    """A payer's own statement in place of the form, as the IRS allows."""
    kind = p.sub.partition(".")[2]
    title, omb, boxes = _1099[kind]
    form = "SSA-1099" if kind == "SSA" else f"1099-{kind}"
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 36, 50, p.f("payer_name"), c)
    s.text(36, 68, p.f("payer_street"), 8)
    s.text(36, 79, p.f("payer_city_line"), 8)
    s.text(36, 90, "Telephone", 8)
    s.text(80, 90, p.f("payer_phone"), 8)
    s.text(576, 50, "Tax Information Statement", 15, bold=True, align="r")
    s.text(540, 68, "Tax Year", 9, align="r")
    s.text(576, 68, p.f("tax_year"), 9, bold=True, align="r")
    s.text(60, 140, p.f("recipient_name"), 10)
    s.text(60, 153, p.f("recipient_street"), 10)
    s.text(60, 166, p.f("recipient_city_line"), 10)
    s.pairs(
        360,
        140,
        (
            ("Account number:", p.f("account_number")),
            ("Recipient's TIN:", p.f("recipient_tin")),
            ("Payer's TIN:", p.f("payer_tin")),
        ),
        gap=90,
    )
    s.band(206, 18, f"Form {form}   {title}", size=9.5 if len(title) < 60 else 7)
    s.text(576, 240, f"Copy B for Recipient{'   OMB No. ' + omb if omb else ''}", 8, align="r")
    rows: list[list[Content]] = []
    for box, caption in enumerate(boxes):
        if caption:
            shows = box in _AMOUNTS and not (kind in {"NEC", "MISC", "G"} and box == 1)
            rows.append([caption, p.f(_AMOUNTS[box], "$") if shows else "$0.00"])
    y = s.table(36, 262, (("Box", 420, "l"), ("Amount", 120, "r")), rows, size=9, zebra=True)
    s.para(
        36,
        y + 20,
        540,
        "This is important tax information and is being furnished to the Internal Revenue Service (except as indicated). If you are required to file a return, a negligence penalty or other sanction may be imposed on you if this income is taxable and the IRS determines that it has not been reported.",
        8,
    )
    s.para(
        36,
        y + 62,
        540,
        "Instructions for Recipient. Recipient's taxpayer identification number. For your protection, this form may show only the last four digits of your TIN. However, the issuer has reported your complete TIN to the IRS. Account number. May show an account or other unique number the payer assigned to distinguish your account.",
        8,
    )
    foot(s, f"{p.t('payer_name')}   Form {form} ({p.t('tax_year')})   Page 1 of 1")
    return s


LAYOUTS = (
    Layout("form_1099", "1099-irs", _information),
    Layout("form_1099", "1099-substitute", _substitute),
)
