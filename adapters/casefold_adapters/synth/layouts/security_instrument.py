"""Draw security instruments."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.layouts.covenants import COVENANTS
from casefold_adapters.synth.layouts.parts import signers
from casefold_adapters.synth.sheets import Face, Flow, Sheet
from casefold_adapters.synth.values import Paper


def _instrument(p: Paper, c: Chance) -> Sheet:
    return _instrument_in(p, c, Face.SERIF, 10.5, form=True)


def _county_instrument(p: Paper, c: Chance) -> Sheet:
    return _instrument_in(p, c, Face.SANS, 9.5, form=False)


def _instrument_in(p: Paper, c: Chance, face: Face, size: float, *, form: bool) -> Sheet:
    total = len(_instrument_once(p, c, Sheet(face, size), 0, form=form).pages())
    return _instrument_once(p, c, Sheet(face, size), total, form=form)


def _instrument_once(p: Paper, c: Chance, s: Sheet, total: int, *, form: bool) -> Sheet:
    deed = p.t("kind") == "Deed of Trust"
    name = f"{p.t('state_name').upper()}--Single Family--Fannie Mae/Freddie Mac UNIFORM INSTRUMENT" + (
        "  (MERS)" if form else ""
    )

    def head(sheet: Sheet) -> float:
        if sheet.number == 1:
            sheet.text(
                60, 50, "When recorded, return to:" if form else "Recording requested by and when recorded mail to:", 9
            )
            sheet.text(60, 62, p.t("lender_name"), 9)
            sheet.text(60, 73, p.t("lender_address"), 9)
            sheet.text(60, 92, f"This instrument was prepared by: {p.t('settlement_address')}", 8)
            sheet.line(60, 190, 552, 190)
            sheet.text(306, 202, "[Space Above This Line For Recording Data]", 9, align="c")
            sheet.text(306, 236, p.t("kind").upper(), 16, bold=True, align="c")
            sheet.text(
                60, 256, f"MIN: {p.t('min')}    Loan No. {p.t('loan_number')}    Parcel {p.t('parcel_number')}", 8.5
            )
            return 284.0
        if not form:
            sheet.text(552, 44, f"{p.t('kind')}   Loan {p.t('loan_number')}", 8, align="r")
        return 64.0

    def low(sheet: Sheet) -> None:
        sheet.text(60, 756, name, 7, bold=True)
        sheet.text(60, 766, f"Form {'3005' if deed else '3010'}  07/2021" if form else "Uniform Instrument", 7)
        sheet.text(552, 766, f"(page {sheet.number} of {total})", 8, align="r")
        sheet.text(440, 756, "Initials: ______", 8)

    flow = Flow(s, head, low, bottom=735)
    flow.title("DEFINITIONS")
    flow.para(
        "Words used in multiple sections of this document are defined below and other words are defined in Sections 3, 10, 11, 12, 16, 19, 24, and 25. Certain rules regarding the usage of words used in this document are also provided in Section 17."
    )
    flow.prose(
        '(A) "Borrower" is {borrower_name} . Borrower is the '
        + ("trustor" if deed else "mortgagor")
        + " under this Security Instrument.",
        p,
    )
    flow.prose(
        '(B) "Lender" is {lender_name} , {lender_address} . Lender is the '
        + ("beneficiary" if deed else "mortgagee")
        + " under this Security Instrument.",
        p,
    )
    if deed:
        flow.prose('(C) "Trustee" is {trustee} , {settlement_address} .', p)
    flow.prose(
        '(D) "Note" means the promissory note dated {note_date:long} , and signed by each Borrower who is legally obligated for the debt under that promissory note. The Note evidences the legal obligation of each Borrower who signed the Note to pay Lender {loan_amount:$} plus interest. Each Borrower who signed the Note has promised to pay this debt in regular monthly payments and to pay the debt in full not later than {maturity_date:long} .',
        p,
    )
    flow.para(
        '(E) "Loan" means the debt obligation evidenced by the Note, plus interest, any prepayment charges, costs, expenses, and late charges due under the Note, and all sums due under this Security Instrument, plus interest.'
    )
    flow.para(
        '(F) "Riders" means all Riders to this Security Instrument that are signed by Borrower. All such Riders are incorporated into and deemed to be a part of this Security Instrument. [ ] Adjustable Rate Rider  [ ] Condominium Rider  [ ] Second Home Rider  [ ] 1-4 Family Rider  [ ] Planned Unit Development Rider'
    )
    flow.para(
        '(G) "Applicable Law" means all controlling applicable federal, state, and local statutes, regulations, ordinances, and administrative rules and orders (that have the effect of law) as well as all applicable final, non-appealable judicial opinions.'
    )
    flow.title("TRANSFER OF RIGHTS IN THE PROPERTY")
    grant = (
        "irrevocably grants and conveys to Trustee, in trust, with power of sale,"
        if deed
        else "mortgages, grants and conveys to Lender"
    )
    flow.prose(
        "This Security Instrument secures to Lender (i) the repayment of the Loan, and all renewals, extensions, and modifications of the Note, and (ii) the performance of Borrower's covenants and agreements under this Security Instrument and the Note. For this purpose, Borrower "
        + grant
        + ' the following described property located in {property_county} : {legal_description} , which currently has the address of {property_address} ("Property Address").',
        p,
    )
    flow.para(
        'TOGETHER WITH all the improvements now or subsequently erected on the property, including replacements and additions to the improvements on such property, all property rights, including, without limitation, all easements, appurtenances, royalties, mineral rights, oil or gas rights or profits, water rights, and fixtures now or subsequently a part of the property. All of the foregoing is referred to in this Security Instrument as the "Property."'
    )
    flow.title("UNIFORM COVENANTS. Borrower and Lender covenant and agree as follows:")
    for number, (title, parts) in enumerate(COVENANTS, 1):
        if number == 21:
            flow.title("NON-UNIFORM COVENANTS. Borrower and Lender further covenant and agree as follows:")
        flow.title(f"{number}. {title}", s.size + 0.5)
        for part in parts:
            flow.para(part)
    flow.room(120)
    flow.para(
        "BY SIGNING BELOW, Borrower accepts and agrees to the terms and covenants contained in this Security Instrument and in any Rider signed by Borrower and recorded with it."
    )
    signers(s, flow, p, c)
    flow.room(120)
    flow.para(f"STATE OF {p.t('state_name').upper()}     COUNTY OF ____________     ss:")
    flow.prose("The foregoing instrument was acknowledged before me on {note_date:long} by {borrower_name} .", p)
    s.sign(330, flow.y + 30, c.child("notary"))
    s.text(320, flow.y + 44, "Notary Public     My commission expires: ____________", 9)
    return s


LAYOUTS = (
    Layout("security_instrument", "instrument-agency", _instrument),
    Layout("security_instrument", "instrument-county", _county_instrument),
)
