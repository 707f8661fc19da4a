"""Draw leases."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, signed
from casefold_adapters.synth.sheets import WHITE, Face, Flow, Sheet
from casefold_adapters.synth.values import Paper

_LEASE = (
    ("USE OF PREMISES", "The premises shall be used and occupied by Tenant exclusively as a private residence for the persons named above, and no part shall be used for any business. Tenant shall comply with all laws and ordinances."),
    ("CONDITION OF PREMISES", "Tenant has examined the premises and acknowledges that they are in good order and repair, except as noted on the move-in checklist."),
    ("ASSIGNMENT AND SUBLETTING", "Tenant shall not assign this Lease, or sublet or grant any license to use the premises, without the prior written consent of Landlord."),
    ("UTILITIES", "Tenant shall pay for electricity, gas, telephone and internet service. Landlord shall pay for water, sewer and trash collection."),
    ("MAINTENANCE AND REPAIR", "Tenant shall keep the premises in a clean and sanitary condition, shall not obstruct drains, and shall report needed repairs promptly. Landlord shall keep the structure, plumbing, heating and electrical systems in working order."),
    ("ALTERATIONS", "Tenant shall make no alterations, additions or improvements without the prior written consent of Landlord."),
    ("PETS", "No animal shall be kept on the premises without a pet addendum signed by Landlord."),
    ("ACCESS", "Landlord may enter the premises at reasonable times, after twenty-four hours' notice except in an emergency, to inspect, repair or show them."),
    ("LATE CHARGES", "Rent not received by the fifth day of the month is subject to a late charge of five percent. A returned payment is subject to a charge of $35."),
    ("QUIET ENJOYMENT", "Tenant, upon payment of the rent, shall peaceably and quietly have, hold and enjoy the premises for the term."),
    ("DEFAULT", "If Tenant fails to pay rent or to comply with any other provision within the period required by law after written notice, Landlord may terminate this Lease."),
    ("RENTER'S INSURANCE", "Landlord's insurance does not cover Tenant's belongings. Tenant is advised to obtain renter's insurance."),
    ("SURRENDER", "At the end of the term Tenant shall leave the premises in as good a condition as at the beginning, reasonable wear and tear excepted."),
    ("GOVERNING LAW", "This Lease is governed by the laws of the State of {state} and is binding upon the heirs and successors of the parties."),
)  # fmt: skip


def _lease(p: Paper, c: Chance) -> Sheet:
    return _lease_once(p, c, len(_lease_once(p, c, 0).pages()))


def _lease_once(p: Paper, c: Chance, total: int) -> Sheet:
    s = Sheet(Face.SERIF, 11)

    def head(sheet: Sheet) -> float:
        if sheet.number == 1:
            sheet.text(306, 66, "RESIDENTIAL LEASE AGREEMENT", 16, bold=True, align="c")
            return 104.0
        return 66.0

    flow = Flow(
        s,
        head,
        lambda sheet: foot(
            sheet, f"Residential Lease Agreement   Page {sheet.number} of {total}   Initials ____ ____", 766, 8
        ),
        bottom=735,
    )
    flow.prose(
        'THIS LEASE is made between {landlord_name} ("Landlord") and {tenant_name} ("Tenant") for the premises located at {premises_address} .',
        p,
    )
    flow.prose(
        "1. TERM. The term begins on {lease_start:long} and ends on {lease_end:long} , and continues from month to month thereafter until ended by either party on thirty days' notice.",
        p,
    )
    flow.prose(
        "2. RENT. Tenant shall pay {monthly_rent:$} per month in advance on the first day of each month to Landlord, telephone {landlord_phone} .",
        p,
    )
    flow.prose(
        "3. SECURITY DEPOSIT. Tenant has paid {security_deposit:$} as a security deposit, to be returned as the law of the state requires.",
        p,
    )
    for number, (title, words) in enumerate((*c.mixed(_LEASE[:-1]), _LEASE[-1]), 4):
        flow.para(f"{number}. {title}. {words.replace('{state}', p.t('state_name'))}")
    flow.room(150)
    signed(s, 60, flow.y + 40, p, p.f("landlord_name").text, "signature_date", c, "Landlord")
    signed(s, 60, flow.y + 90, p, p.t("tenant_name"), "signature_date", c.child("t"), "Tenant")
    return s


def _lease_form(p: Paper, c: Chance) -> Sheet:
    """An apartment association's form in two columns."""
    s = Sheet(size=9, accent=colour(c))
    s.page()
    s.rect(36, 30, 540, 30, s.accent, None)
    s.text(306, 50, "Apartment Lease Contract", 16, bold=True, align="c", color=WHITE)
    s.pairs(
        40,
        84,
        (
            ("Date of Lease Contract:", p.f("signature_date", "long")),
            ("Owner / Landlord:", p.f("landlord_name")),
            ("Resident(s) / Tenant(s):", p.f("tenant_name")),
            ("Dwelling:", p.f("premises_address")),
            ("Lease term begins:", p.f("lease_start", "long")),
            ("Lease term ends:", p.f("lease_end", "long")),
            ("Monthly rent:", p.f("monthly_rent", "$")),
            ("Security deposit:", p.f("security_deposit", "$")),
        ),
        gap=140,
        size=9.5,
        step=17,
    )
    left, right = 240.0, 240.0
    for number, (title, words) in enumerate(c.mixed(_LEASE), 1):
        column = 0 if left <= right else 1
        x, y = (40.0, left) if column == 0 else (312.0, right)
        s.text(x, y, f"{number}. {title}", 8.5, bold=True)
        y = s.para(x, y + 12, 262, words.replace("{state}", p.t("state_name")), 8.5) + 8
        left, right = (y, right) if column == 0 else (left, y)
    foot(s, "Apartment Lease Contract   Page 1 of 2")
    s.page()
    s.text(40, 60, f"Apartment Lease Contract   {p.t('premises_address')}", 9)
    y = s.para(
        40,
        90,
        530,
        "You are legally bound by this document. Read it carefully before signing. Additional provisions: community rules, parking and pool addenda are attached and are part of this contract.",
        10,
    )
    signed(s, 40, y + 60, p, p.t("tenant_name"), "signature_date", c.child("t"), "Resident")
    signed(s, 40, y + 120, p, p.t("landlord_name"), "signature_date", c, "Owner")
    foot(s, "Apartment Lease Contract   Page 2 of 2")
    return s


LAYOUTS = (
    Layout("lease_agreement", "lease-plain", _lease),
    Layout("lease_agreement", "lease-association", _lease_form),
)
