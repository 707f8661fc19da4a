"""Draw loe."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, logo, signed
from casefold_adapters.synth.sheets import Face, Sheet
from casefold_adapters.synth.values import Paper


def _letter(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 11.5)
    s.page()
    s.text(72, 80, p.f("borrower_name"), 11.5)
    s.text(72, 95, p.f("borrower_street"), 11.5)
    s.text(72, 110, p.f("borrower_city_line"), 11.5)
    s.text(72, 140, p.f("letter_date", "long"), 11.5)
    s.text(72, 170, p.f("lender_name"), 11.5)
    y = s.para(
        72,
        196,
        468,
        f"Re: Letter of Explanation   Loan No. {p.t('loan_number')}   Property: {p.t('property_address')}",
        11.5,
    )
    s.text(72, y + 14, "To Whom It May Concern:", 11.5)
    y = s.para(72, y + 40, 468, f"I am writing to explain {p.t('about')}. {p.t('told')}", 11.5)
    y = s.para(
        72,
        y + 12,
        468,
        c.pick(
            (
                "Please let me know if you need any further documentation. Thank you for your time and consideration.",
                "I hope that this explains the matter. You can reach me at any time if there are further questions.",
            )
        ),
        11.5,
    )
    s.text(72, y + 16, "Sincerely,", 11.5)
    signed(s, 72, y + 70, p, p.t("borrower_name"), "letter_date", c, "")
    return s


def _letter_form(p: Paper, c: Chance) -> Sheet:
    """A lender's form for explanations, filled in by hand."""
    s = Sheet(size=10, accent=colour(c))
    s.page()
    logo(s, 50, 56, p.f("lender_name"), c, 14)
    s.text(50, 96, "BORROWER'S LETTER OF EXPLANATION", 15, bold=True)
    s.pairs(
        50,
        126,
        (
            ("Borrower:", p.f("borrower_name")),
            ("Address:", p.f("borrower_street")),
            ("", p.f("borrower_city_line")),
            ("Loan number:", p.f("loan_number")),
            ("Date:", p.f("letter_date")),
        ),
        gap=100,
        size=10,
    )
    s.text(50, 226, f"Please explain {p.t('about').replace('my ', 'your ')}:", 10, bold=True)
    s.rect(50, 236, 512, 200)
    s.para(60, 262, 490, p.t("told"), 13, face=Face.SERIF, italic=True, leading=24, color=(0.1, 0.15, 0.45))
    s.para(50, 460, 512, "I certify that the above explanation is true and correct to the best of my knowledge.", 10)
    signed(s, 50, 520, p, p.t("borrower_name"), "letter_date", c)
    return s


LAYOUTS = (
    Layout("loe", "loe-letter", _letter),
    Layout("loe", "loe-form", _letter_form),
)
