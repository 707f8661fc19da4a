"""Draw check."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, tinted
from casefold_adapters.synth.sheets import GREY, WHITE, Face, Sheet
from casefold_adapters.synth.values import Paper


def _check(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page(612, 280)
    _check_face(s, p, c, 20)
    return s


def _check_page(p: Paper, c: Chance) -> Sheet:
    """A copy of a check on a whole sheet, its back below."""
    s = Sheet(accent=colour(c))
    s.page()
    _check_face(s, p, c, 60)
    s.rect(30, 360, 552, 235)
    s.text(60, 384, "ENDORSE HERE", 8, color=GREY)
    s.line(60, 410, 260, 410, 0.4, GREY)
    s.sign(70, 408, c.child("e"), 110)
    s.text(60, 440, "DO NOT WRITE, STAMP OR SIGN BELOW THIS LINE", 7, color=GREY)
    s.text(60, 456, "RESERVED FOR FINANCIAL INSTITUTION USE", 7, color=GREY)
    s.text(330, 520, "DEPOSITED  MOBILE  " + p.t("check_date"), 9, face=Face.MONO, turned=8)
    return s


def _check_face(s: Sheet, p: Paper, c: Chance, top: float) -> None:
    s.rect(30, top, 552, 240, tinted(s.accent, 0.1, 0.88), s.accent)
    s.text(50, top + 30, p.f("payer_name"), 11, bold=True)
    s.text(50, top + 43, p.f("payer_street"), 9)
    s.text(50, top + 55, p.f("payer_city_line"), 9)
    s.text(560, top + 30, p.f("check_number"), 12, bold=True, align="r")
    s.text(400, top + 66, "DATE", 7)
    s.line(425, top + 68, 555, top + 68)
    s.text(435, top + 65, p.f("check_date"), 11, face=Face.SERIF, italic=True)
    s.text(50, top + 92, "PAY TO THE", 7)
    s.text(50, top + 101, "ORDER OF", 7)
    s.line(100, top + 103, 440, top + 103)
    s.text(108, top + 99, p.f("payee"), 13, face=Face.SERIF, italic=True)
    s.text(448, top + 101, "$", 13)
    s.rect(460, top + 86, 100, 20, WHITE)
    s.text(466, top + 101, p.f("amount"), 12, face=Face.SERIF, italic=True)
    s.line(50, top + 132, 500, top + 132)
    s.text(56, top + 128, p.f("amount_words"), 12, face=Face.SERIF, italic=True, fit=430)
    s.text(505, top + 131, "DOLLARS", 8)
    s.text(50, top + 158, p.f("bank_name"), 11, bold=True, color=s.accent)
    s.text(50, top + 196, "MEMO", 7)
    s.line(76, top + 198, 270, top + 198)
    s.text(82, top + 195, p.f("memo"), 10, face=Face.SERIF, italic=True)
    s.line(330, top + 198, 560, top + 198)
    s.sign(345, top + 195, c.child("sign"), 140)
    s.text(
        50,
        top + 226,
        f"|:{p.t('routing_number')}|:  {p.t('account_number')}||'  {p.t('check_number')}",
        12,
        face=Face.MONO,
    )


LAYOUTS = (
    Layout("check", "check-slip", _check),
    Layout("check", "check-page", _check_page),
)
