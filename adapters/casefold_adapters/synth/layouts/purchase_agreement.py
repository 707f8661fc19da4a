"""Draw purchase agreements."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, signed
from casefold_adapters.synth.sheets import PALE, WHITE, Content, Face, Flow, Sheet
from casefold_adapters.synth.values import Paper

_TERMS = (
    ("INSPECTION", "Buyer may, at Buyer's expense, have the Property inspected by inspectors of Buyer's choice within {inspection_days} days after the Effective Date. Buyer may terminate this Contract within that time by written notice to Seller if Buyer is not satisfied with the condition of the Property, and the earnest money shall be refunded."),
    ("FINANCING CONTINGENCY", "Buyer shall apply for the loan described above within five days after the Effective Date and shall use diligent efforts to obtain approval. If approval is not obtained within {loan_days} days, either party may terminate this Contract by written notice."),
    ("TITLE", "Seller shall convey marketable title by general warranty deed, free of liens and encumbrances except taxes for the current year, recorded easements and restrictions that do not prevent residential use. Seller shall furnish a commitment for title insurance from {escrow_agent} ."),
    ("CLOSING AND POSSESSION", "Closing shall take place on or before {closing_date:long} at the office of the escrow agent. Possession shall be delivered to Buyer at closing, the Property being vacant and broom clean."),
    ("PRORATIONS", "Real property taxes, assessments, rents and association dues shall be prorated as of the day of closing. Taxes shall be prorated on the basis of the most recent bill."),
    ("FIXTURES AND PERSONAL PROPERTY", "The sale includes built-in appliances, heating and cooling equipment, light fixtures, ceiling fans, window coverings, garage door openers with remotes, and smoke detectors, in their present condition."),
    ("RISK OF LOSS", "If the Property is damaged before closing by fire or other casualty, Seller shall restore it or Buyer may terminate this Contract and receive the earnest money."),
    ("DEFAULT", "If Buyer fails to perform, Seller may keep the earnest money as liquidated damages. If Seller fails to perform, Buyer may enforce specific performance or receive the earnest money."),
    ("LEAD-BASED PAINT", "Every purchaser of any interest in residential real property on which a residential dwelling was built prior to 1978 is notified that such property may present exposure to lead from lead-based paint. The disclosure required by law is attached where it applies."),
    ("DISCLOSURES", "Seller discloses that Seller is not aware of material latent defects that are not readily observable and that are not described in the Seller's property disclosure. Flood, radon and mold are addressed in the attached disclosures."),
    ("BROKERS", "The parties acknowledge {listing_broker} , represented by {agent_name} , as the listing broker. The brokerage fee is paid under a separate agreement."),
    ("DISPUTE RESOLUTION", "The parties agree to mediate any dispute that arises out of this Contract before going to court. Each party pays half of the mediator's fee. The prevailing party in litigation recovers reasonable attorney's fees."),
    ("TIME IS OF THE ESSENCE", "All times stated in this Contract are of the essence. Periods of days end at 11:59 p.m. local time, and those of five days or less do not count weekends and federal holidays."),
    ("ENTIRE AGREEMENT", "This Contract with its addenda is the entire agreement of the parties and may be changed only in writing signed by both. It binds heirs and successors. It may be signed in counterparts and delivered electronically."),
)  # fmt: skip


def _contract(p: Paper, c: Chance) -> Sheet:
    return _contract_once(p, c, len(_contract_once(p, c, 0).pages()))


def _contract_once(p: Paper, c: Chance, total: int) -> Sheet:
    s = Sheet(Face.SERIF, 10.5)

    def head(sheet: Sheet) -> float:
        if sheet.number == 1:
            sheet.text(306, 58, "RESIDENTIAL PURCHASE AND SALE AGREEMENT", 15, bold=True, align="c")
            return 88.0
        sheet.text(60, 44, f"Contract concerning {p.t('property_address')}", 8)
        return 66.0

    def low(sheet: Sheet) -> None:
        sheet.text(60, 766, "Buyer's initials ____ ____     Seller's initials ____ ____", 8)
        sheet.text(552, 766, f"Page {sheet.number} of {total}", 8, align="r")

    flow = Flow(s, head, low, bottom=738)
    flow.prose(
        '1. PARTIES AND PROPERTY. {seller_name} ("Seller") agrees to sell and {buyer_name} ("Buyer") agrees to buy the real property at {property_address} , {property_county} , legally described as {legal_description} (the "Property"), parcel number {parcel_number} , with all improvements and fixtures.',
        p,
    )
    flow.prose(
        "2. PURCHASE PRICE. The purchase price is {purchase_price:$} , payable as follows: (a) earnest money {earnest_money:$} deposited with {escrow_agent} ; (b) new loan {loan_amount:$} ; (c) balance in cash at closing {balance_at_closing:$} .",
        p,
    )
    for number, (title, words) in enumerate((*_TERMS[:4], *c.mixed(_TERMS[4:-1]), _TERMS[-1]), 3):
        flow.prose(f"{number}. {title}. {words}", p)
        if c.child(number).chance(45):
            flow.para(
                c.child(number).pick(
                    (
                        "The parties have initialed this paragraph to show that they have read it and that they had the opportunity to take advice on it.",
                        "Any notice under this paragraph is given when it is delivered in person, by mail or by email to the party or its broker.",
                        "If this paragraph conflicts with an addendum, the addendum controls.",
                    )
                ),
                gap=0.9,
            )
    if c.child("addendum").chance(60):
        flow.turn()
        s.text(306, flow.y + 10, "ADDENDUM A: APPRAISAL CONTINGENCY", 13, bold=True, align="c")
        flow.y += 40
        flow.para(
            "If the Property does not appraise for at least the purchase price, Buyer may terminate this Contract by written notice within three days after receiving the appraisal, unless Seller agrees to lower the price to the appraised value or the parties agree otherwise in writing."
        )
    flow.room(190)
    flow.title("SIGNATURES")
    flow.prose(
        "The offer is dated {contract_date:long} and was accepted on {acceptance_date:long} , the Effective Date.", p
    )
    signed(s, 60, flow.y + 50, p, p.t("buyer_name"), "buyer_signature_date", c, "Buyer")
    signed(s, 60, flow.y + 100, p, p.t("seller_name"), "seller_signature_date", c.child("s"), "Seller")
    return s


def _offer(p: Paper, c: Chance) -> Sheet:
    """A realtors' form: boxes to fill in, numbered lines."""
    s = Sheet(size=9, accent=colour(c))

    def head(sheet: Sheet) -> float:
        sheet.rect(40, 30, 532, 26, sheet.accent, None)
        sheet.text(306, 48, "CONTRACT TO BUY AND SELL REAL ESTATE (RESIDENTIAL)", 12, bold=True, align="c", color=WHITE)
        sheet.text(572, 66, f"Page {sheet.number} of 4", 7.5, align="r")
        return 84.0

    flow = Flow(
        s,
        head,
        lambda sheet: foot(
            sheet,
            "This form has important legal consequences and the parties should consult legal counsel before signing.",
        ),
        x=40,
        width=532,
        bottom=735,
    )
    rows: list[tuple[str, Content]] = [
        ("Buyer", p.f("buyer_name")), ("Seller", p.f("seller_name")), ("Property address", p.f("property_address")), ("County", p.f("property_county")),
        ("Parcel no.", p.f("parcel_number")), ("Purchase Price", p.f("purchase_price", "$")), ("Earnest Money", p.f("earnest_money", "$")), ("Earnest Money Holder", p.f("escrow_agent")),
        ("New Loan", p.f("loan_amount", "$")), ("Cash at Closing", p.f("balance_at_closing", "$")), ("Contract date", p.f("contract_date")), ("Closing Date", p.f("closing_date")),
        ("Listing brokerage firm", p.f("listing_broker")), ("Inspection objection deadline (days)", p.f("inspection_days")), ("New loan termination deadline (days)", p.f("loan_days")),
    ]  # fmt: skip
    for name, content in rows:
        s.rect(40, flow.y - 11, 190, 18, PALE)
        s.rect(230, flow.y - 11, 342, 18)
        s.text(46, flow.y + 1, name, 9)
        s.text(236, flow.y + 1, content, 9.5, bold=True, fit=330)
        flow.y += 18
    flow.y += 14
    flow.prose("Legal description: {legal_description} .", p, 9)
    for number, (title, words) in enumerate(c.mixed(_TERMS), 1):
        flow.title(f"{number}. {title}", 9.5)
        plain = words
        for name in ("inspection_days", "loan_days", "escrow_agent", "listing_broker", "agent_name"):
            plain = plain.replace("{" + name + "}", p.t(name))
        flow.para(
            plain.replace("{closing_date:long}", p.t("closing_date", "long")).replace(" .", ".").replace(" ,", ","), 9
        )
    flow.room(140)
    signed(s, 40, flow.y + 40, p, p.t("buyer_name"), "buyer_signature_date", c, "Buyer's signature")
    signed(s, 40, flow.y + 90, p, p.t("seller_name"), "seller_signature_date", c.child("s"), "Seller's signature")
    return s


LAYOUTS = (
    Layout("purchase_agreement", "contract-plain", _contract),
    Layout("purchase_agreement", "contract-realtor", _offer),
)
