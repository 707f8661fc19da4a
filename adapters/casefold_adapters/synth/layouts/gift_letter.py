"""Draw gift letter."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, signed
from casefold_adapters.synth.sheets import PALE, Face, Sheet
from casefold_adapters.synth.values import Paper


def _gift(p: Paper, c: Chance) -> Sheet:
    s = Sheet(size=10)
    s.page()
    s.text(306, 60, "GIFT LETTER", 16, bold=True, align="c")
    y = s.prose(
        60,
        110,
        490,
        "I/We {donor_name} do hereby certify that I/we have made a gift of {gift_amount:$} to {recipient_name} , my relative, whose relationship to me is: {relationship} .",
        p,
        11,
    )
    y = s.prose(
        60,
        y + 14,
        490,
        "This gift is to be applied toward the purchase of the property located at: {property_address} .",
        p,
        11,
    )
    y = s.para(
        60,
        y + 14,
        490,
        "I/We further certify that no repayment of this gift is expected or implied either in the form of cash or by future services of the recipient. The funds given to the homebuyer were not made available to the donor from any person or entity with an interest in the sale of the property including the seller, real estate agent or broker, builder, loan officer, or any entity associated with them.",
        11,
    )
    y = s.prose(
        60,
        y + 14,
        490,
        "The source of this gift is: account at {donor_bank} . The funds were transferred on {gift_date} .",
        p,
        11,
    )
    signed(s, 60, y + 60, p, p.f("donor_name").text, "letter_date", c, "Donor")
    s.pairs(
        60,
        y + 96,
        (("Donor's address:", p.f("donor_address")), ("Donor's telephone:", p.f("donor_phone"))),
        gap=120,
        size=10,
    )
    signed(s, 60, y + 180, p, p.t("recipient_name"), "letter_date", c.child("r"), "Recipient")
    s.para(
        60,
        y + 230,
        490,
        "WARNING: Our signatures above indicate that we fully understand that it is a Federal crime punishable by fine, imprisonment, or both to knowingly make any false statement when applying for this mortgage, as applicable under the provisions of Title 18, United States Code, Section 1014.",
        8.5,
    )
    return s


def _gift_form(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 10.5, colour(c))
    s.page()
    s.text(60, 56, p.f("lender_name"), 15, bold=True, color=s.accent)
    s.text(60, 90, "Gift Letter / Gift Affidavit", 17, bold=True)
    rows = (
        ("Borrower (recipient)", p.f("recipient_name")),
        ("Donor", p.f("donor_name")),
        ("Donor's relationship to borrower", p.f("relationship")),
        ("Donor's address", p.f("donor_address")),
        ("Donor's phone number", p.f("donor_phone")),
        ("Dollar amount of gift", p.f("gift_amount", "$")),
        ("Date of transfer", p.f("gift_date")),
        ("Donor's financial institution", p.f("donor_bank")),
        ("Subject property", p.f("property_address")),
    )
    y = 120.0
    for name, content in rows:
        s.rect(60, y, 190, 24, PALE)
        s.rect(250, y, 300, 24)
        s.text(66, y + 16, name, 10)
        s.text(256, y + 16, content, 10, fit=290)
        y += 24
    y = s.para(
        60,
        y + 30,
        490,
        "By signing below, the donor certifies that this is a bona fide gift and that no repayment is expected or implied, in cash, in kind, or by future services. The recipient certifies that the funds will be used for the transaction described above.",
        10.5,
    )
    signed(s, 60, y + 50, p, p.t("donor_name"), "letter_date", c, "Donor signature")
    signed(s, 60, y + 110, p, p.t("recipient_name"), "letter_date", c.child("r"), "Borrower signature")
    return s


LAYOUTS = (
    Layout("gift_letter", "gift-letter", _gift),
    Layout("gift_letter", "gift-form", _gift_form),
)
