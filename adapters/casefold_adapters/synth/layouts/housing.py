"""Draw contracts, appraisals, title commitments, insurance, flood determinations, leases and utility bills."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, house_photo, logo, signed
from casefold_adapters.synth.sheets import BLACK, GREY, PALE, WHITE, Content, Face, Flow, Sheet
from casefold_adapters.synth.values import Paper, shown

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


_CERTIFICATION = (
    "I have, at a minimum, developed and reported this appraisal in accordance with the scope of work requirements stated in this appraisal report.",
    "I performed a complete visual inspection of the interior and exterior areas of the subject property. I reported the condition of the improvements in factual, specific terms.",
    "I performed this appraisal in accordance with the requirements of the Uniform Standards of Professional Appraisal Practice that were adopted and promulgated by the Appraisal Standards Board of The Appraisal Foundation.",
    "I developed my opinion of the market value of the real property that is the subject of this report based on the sales comparison approach to value.",
    "I researched, verified, analyzed, and reported on any current agreement for sale for the subject property, any offering for sale of the subject property in the twelve months prior to the effective date of this appraisal.",
    "I selected and used comparable sales that are locationally, physically, and functionally the most similar to the subject property.",
    "I have not used comparable sales that were the result of combining a land sale with the contract purchase price of a home that has been built or will be built on the land.",
    "I have reported adjustments to the comparable sales that reflect the market's reaction to the differences between the subject property and the comparable sales.",
    "I verified, from a disinterested source, all information in this report that was provided by parties who have a financial interest in the sale or financing of the subject property.",
    "I have no present or prospective interest in the property that is the subject of this report, and I have no present or prospective personal interest or bias with respect to the participants in the transaction.",
    "My employment and/or compensation for performing this appraisal was not conditioned on any agreement or understanding that I would report a predetermined specific value.",
)  # fmt: skip
_SCOPE = (
    "This report form is designed to report an appraisal of a one-unit property or a one-unit property with an accessory unit; including a unit in a planned unit development (PUD). This report form is not designed to report an appraisal of a manufactured home or a unit in a condominium or cooperative project.",
    "SCOPE OF WORK: The scope of work for this appraisal is defined by the complexity of this appraisal assignment and the reporting requirements of this appraisal report form, including the following definition of market value, statement of assumptions and limiting conditions, and certifications.",
    "INTENDED USE: The intended use of this appraisal report is for the lender/client to evaluate the property that is the subject of this appraisal for a mortgage finance transaction. INTENDED USER: The intended user of this appraisal report is the lender/client.",
    "DEFINITION OF MARKET VALUE: The most probable price which a property should bring in a competitive and open market under all conditions requisite to a fair sale, the buyer and seller, each acting prudently, knowledgeably and assuming the price is not affected by undue stimulus.",
    "STATEMENT OF ASSUMPTIONS AND LIMITING CONDITIONS: The appraiser will not be responsible for matters of a legal nature that affect either the property being appraised or the title to it, except for information that he or she became aware of during the research involved in performing this appraisal.",
)  # fmt: skip


def _appraisal(p: Paper, c: Chance) -> Sheet:
    s = Sheet(size=7.5)

    def begin(number: int) -> None:
        s.page()
        s.text(306, 30, "Uniform Residential Appraisal Report", 14, bold=True, align="c")
        s.text(576, 30, f"File # {p.t('file_number')}", 8, align="r")
        s.line(36, 36, 576, 36, 1)
        s.text(36, 774, "Freddie Mac Form 70   March 2005", 7)
        s.text(306, 774, f"Page {number} of 6", 7, align="c")
        s.text(576, 774, "Fannie Mae Form 1004   March 2005", 7, align="r")

    begin(1)
    s.para(
        36,
        46,
        540,
        "The purpose of this summary appraisal report is to provide the lender/client with an accurate, and adequately supported, opinion of the market value of the subject property.",
        6.5,
    )
    y = 54.0
    for row in (
        (
            ("Property Address", "property_street", 250),
            ("City", "property_city", 130),
            ("State", "property_state", 60),
            ("Zip Code", "property_zip", 100),
        ),
        (
            ("Borrower", "borrower_name", 190),
            ("Owner of Public Record", "owner_of_record", 190),
            ("County", "property_county", 160),
        ),
        (("Legal Description", "legal_description", 540),),
        (
            ("Assessor's Parcel #", "parcel_number", 250),
            ("Tax Year", "tax_year", 110),
            ("R.E. Taxes $", "property_tax", 180),
        ),
        (("Neighborhood Name", "neighborhood", 300), ("Census Tract", "census_tract", 240)),
        (("Lender/Client", "lender_name", 220), ("Address", "lender_address", 320)),
    ):
        x = 36.0
        for caption, name, width in row:
            s.cell(x, y, width, 19, caption, p.f(name), size=8)
            x += width
        y += 19
    s.text(36, y + 12, "Occupant", 7.5)
    for place, each in enumerate(("Owner", "Tenant", "Vacant")):
        s.tick(90 + place * 50, y + 12, each, on=place == 0, size=7)
    s.text(260, y + 12, "Assignment Type", 7.5)
    for place, each in enumerate(("Purchase Transaction", "Refinance Transaction", "Other")):
        s.tick(330 + place * 95, y + 12, each, on=place == 0, size=7)
    s.text(36, y + 30, "CONTRACT", 8, bold=True)
    s.text(
        36, y + 42, "I did analyze the contract for sale for the subject purchase transaction. Contract Price $", 7.5
    )
    s.text(350, y + 42, p.f("contract_price", "0"), 8, bold=True)
    s.text(410, y + 42, "Date of Contract", 7.5)
    s.text(475, y + 42, p.f("contract_date"), 8, bold=True)
    s.text(
        36,
        y + 60,
        "NEIGHBORHOOD   Note: Race and the racial composition of the neighborhood are not appraisal factors.",
        7.5,
        bold=True,
    )
    s.table(36, y + 74, (("Neighborhood Characteristics", 180, "l"), ("One-Unit Housing Trends", 180, "l"), ("One-Unit Housing", 90, "l"), ("Present Land Use %", 90, "l")),
            [["Location  [ ]Urban [X]Suburban [ ]Rural", "Property Values [X]Increasing [ ]Stable", f"{c.between(180, 300)} Low", f"One-Unit {c.between(70, 90)} %"],
             ["Built-Up  [X]Over 75% [ ]25-75%", "Demand/Supply [ ]Shortage [X]In Balance", f"{c.between(500, 900)} High", "2-4 Unit 5 %"],
             ["Growth  [ ]Rapid [X]Stable [ ]Slow", "Marketing Time [X]Under 3 mths", f"{c.between(300, 480)} Pred.", "Multi-Family 3 %"]], size=7)  # fmt: skip
    y = s.para(
        36,
        y + 128,
        540,
        "Neighborhood Description   The subject is located in a residential area of similar one-unit homes with good access to schools, shopping and employment. Market Conditions (including support for the above conclusions)   Supply and demand are in balance, and typical exposure is under three months.",
        7,
    )
    s.text(36, y + 12, "SITE", 8, bold=True)
    s.text(70, y + 12, "Dimensions  See plat      Area", 7.5)
    s.text(180, y + 12, p.f("site_area"), 8, bold=True)
    s.text(
        260,
        y + 12,
        "Specific Zoning Classification  R-1   Zoning Compliance [X] Legal   FEMA Special Flood Hazard Area [ ] Yes [X] No  Zone X",
        7,
        fit=316,
    )
    s.text(36, y + 34, "IMPROVEMENTS", 8, bold=True)
    rows = [["Units [X] One", "Foundation [ ] Concrete Slab [X] Crawl Space", "Foundation Walls  Concrete/Avg", "Floors  Carpet/Wood/Avg"],
            ["# of Stories  1", "[ ] Full Basement [ ] Partial Basement", "Exterior Walls  Siding/Avg", "Walls  Drywall/Avg"],
            ["Type [X] Det. [ ] Att.", "Basement Area  0 sq. ft.", "Roof Surface  Comp Shingle/Avg", "Trim/Finish  Wood/Avg"],
            ["Design (Style)  Ranch", "Heating [X] FWA   Cooling [X] Central", "Gutters  Aluminum/Avg", "Bath Floor  Tile/Avg"]]  # fmt: skip
    y = s.table(
        36,
        y + 46,
        (
            ("General Description", 110, "l"),
            ("Foundation", 170, "l"),
            ("Exterior Description  materials/condition", 140, "l"),
            ("Interior  materials/condition", 120, "l"),
        ),
        rows,
        size=7,
    )
    s.text(36, y + 4, "Year Built", 7.5)
    s.text(76, y + 4, p.f("year_built"), 8, bold=True)
    s.text(110, y + 4, "Finished area above grade contains:", 7.5)
    s.text(240, y + 4, p.f("bedrooms"), 8, bold=True)
    s.text(252, y + 4, "Bedrooms", 7.5)
    s.text(300, y + 4, p.f("bathrooms"), 8, bold=True)
    s.text(318, y + 4, "Bath(s)", 7.5)
    s.text(360, y + 4, p.f("living_area"), 8, bold=True)
    s.text(386, y + 4, "Square Feet of Gross Living Area Above Grade", 7.5)
    y = s.para(
        36,
        y + 22,
        540,
        "Describe the condition of the property (including needed repairs, deterioration, renovations, remodeling, etc.).   C3; kitchen updated six to ten years ago; bathrooms not updated. No physical deficiencies or adverse conditions that affect the livability, soundness, or structural integrity of the property were observed.",
        7,
    )
    begin(2)
    s.text(
        36,
        52,
        "There are several comparable properties currently offered for sale in the subject neighborhood ranging in price as shown in the market data.",
        7,
    )
    s.text(36, 68, "SALES COMPARISON APPROACH", 9, bold=True)
    columns: tuple[tuple[str, float, str], ...] = (
        ("FEATURE", 120, "l"),
        ("SUBJECT", 105, "l"),
        *((f"COMPARABLE SALE # {n}", 105, "l") for n in (1, 2, 3)),
    )
    sales = p.table("sales")

    def column(at: int, form: str = "") -> list[Content]:
        return [shown(row[at], form) for row in sales]

    grid: list[list[Content]] = [
        ["Address", p.t("property_street"), *column(0)], ["Proximity to Subject", "", *column(1)], ["Sale Price", p.t("contract_price", "$0"), *column(2, "$0")],
        ["Data Source(s)", "", "MLS", "MLS", "MLS"], ["Sale or Financing Concessions", "", "ArmLth Conv", "ArmLth Conv", "ArmLth FHA"], ["Date of Sale/Time", "", *column(6)],
        ["Location", "N;Res;", "N;Res;", "N;Res;", "N;Res;"], ["Leasehold/Fee Simple", *["Fee Simple"] * 4], ["Site", p.t("site_area"), *[f"{c.between(4500, 14500):,} sf" for _ in sales]], ["View", *["N;Res;"] * 4],
        ["Design (Style)", *["DT1;Ranch"] * 4], ["Quality of Construction", *["Q4"] * 4], ["Actual Age", *[str(c.between(3, 78)) for _ in range(4)]], ["Condition", *["C3"] * 4],
        ["Gross Living Area", p.t("living_area"), *column(3)], ["Basement & Finished", *["0sf"] * 4], ["Functional Utility", *["Average"] * 4], ["Heating/Cooling", *["FWA C/Air"] * 4], ["Garage/Carport", *["2ga2dw"] * 4],
        ["Porch/Patio/Deck", *["Patio"] * 4], ["Net Adjustment (Total)", "", *column(4, "$0")], ["Adjusted Sale Price of Comparables", "", *column(5, "$0")],
    ]  # fmt: skip
    y = s.table(36, 86, columns, grid, size=7.5, leading=19, head_fill=PALE)
    y = s.para(
        36,
        y + 6,
        540,
        "Summary of Sales Comparison Approach   All sales are from the subject's market area and bracket its size, age and condition. The greatest weight was given to sale 1, which required the least adjustment. My research did not reveal any prior sales or transfers of the subject property for the three years prior to the effective date of this appraisal.",
        7.5,
    )
    s.text(36, y + 14, "RECONCILIATION", 9, bold=True)
    s.text(36, y + 30, "Indicated Value by: Sales Comparison Approach $", 8)
    s.text(240, y + 30, p.t("appraised_value", "0"), 8.5, bold=True)
    s.text(310, y + 30, "Cost Approach (if developed) $", 8)
    s.text(430, y + 30, p.t("cost_value", "0"), 8.5)
    end = s.text(
        36,
        y + 56,
        "Based on a complete visual inspection of the interior and exterior areas of the subject property, my opinion of the market value, as defined, is $",
        7.5,
    )
    end = s.text(end + 2, y + 56, p.f("appraised_value", "0"), 9, bold=True)
    s.text(36, y + 70, "as of", 7.5)
    s.text(60, y + 70, p.f("effective_date"), 9, bold=True)
    s.text(120, y + 70, ", which is the date of inspection and the effective date of this appraisal.", 7.5)
    begin(3)
    s.text(36, 56, "ADDITIONAL COMMENTS", 9, bold=True)
    y = s.para(
        36,
        72,
        540,
        "The subject conforms to the neighborhood in age, size and quality. Utilities were on and in working order at the time of inspection. Smoke and carbon monoxide detectors were present. The water heater was strapped where the state requires it. No personal property was included in the opinion of value. The highest and best use of the subject is its present use. "
        * 2,
        8,
    )
    s.text(36, y + 20, "COST APPROACH TO VALUE (not required by Fannie Mae)", 9, bold=True)
    s.pairs(
        36,
        y + 38,
        (
            ("Opinion of Site Value", p.f("land_value", "$0")),
            ("Dwelling, depreciated cost", "see sketch"),
            ("Indicated Value By Cost Approach", p.f("cost_value", "$0")),
        ),
        gap=220,
        size=8,
    )
    s.text(36, y + 100, "INCOME APPROACH TO VALUE (not required by Fannie Mae)", 9, bold=True)
    s.text(36, y + 116, "Estimated Monthly Market Rent $ N/A   X Gross Rent Multiplier N/A", 8)
    s.text(36, y + 150, "PROJECT INFORMATION FOR PUDs (if applicable)", 9, bold=True)
    s.text(36, y + 166, "Is the developer/builder in control of the Homeowners' Association (HOA)?  [ ] Yes  [X] No", 8)
    begin(4)
    y = 60.0
    for words in _SCOPE:
        y = s.para(36, y, 540, words, 9) + 12
    begin(5)
    s.text(36, 56, "APPRAISER'S CERTIFICATION: The Appraiser certifies and agrees that:", 9, bold=True)
    y = 76.0
    for number, words in enumerate(_CERTIFICATION[:8], 1):
        y = s.para(36, y, 540, f"{number}. {words}", 9) + 9
    begin(6)
    y = 60.0
    for number, words in enumerate(_CERTIFICATION[8:], 21):
        y = s.para(36, y, 540, f"{number}. {words}", 9) + 9
    s.text(36, 400, "APPRAISER", 10, bold=True)
    s.sign(110, 424, c.child("sign"))
    s.pairs(
        36,
        430,
        (
            ("Signature", ""),
            ("Name", p.f("appraiser_name")),
            ("Company Name", p.f("appraiser_company")),
            ("Company Address", p.f("appraiser_address")),
            ("Date of Signature and Report", p.f("signature_date")),
            ("Effective Date of Appraisal", p.t("effective_date")),
            ("State Certification #", p.f("appraiser_license")),
            ("APPRAISED VALUE OF SUBJECT PROPERTY", p.t("appraised_value", "$0")),
            ("ADDRESS OF PROPERTY APPRAISED", p.t("property_address")),
        ),
        gap=190,
        size=9,
    )
    for title, count in (("Subject Photo Page", 3), ("Comparable Photo Page", 3)):
        s.page()
        s.text(306, 40, title, 14, bold=True, align="c")
        s.text(36, 58, f"Borrower  {p.t('borrower_name')}", 8)
        s.text(36, 69, f"Property Address  {p.t('property_address')}", 8)
        for place in range(count):
            draws = c.child("subject") if title.startswith("Subject") else c.child(f"sale-{place}")
            house_photo(
                s,
                130,
                90 + place * 225,
                300,
                195,
                draws if place == 0 or not title.startswith("Subject") else c.child(f"view-{place}"),
            )
            words = (
                ("Subject Front", "Subject Rear", "Subject Street")[place]
                if title.startswith("Subject")
                else f"Comparable {place + 1}   {shown(sales[place][0])}"
            )
            s.text(440, 120 + place * 225, words, 9, bold=True, fit=160)
        s.text(306, 774, "Produced with appraisal form software", 7, align="c", color=GREY)
    if c.child("sketch").chance(70):
        s.page()
        s.text(306, 40, "Building Sketch", 14, bold=True, align="c")
        s.rect(160, 200, 280, 200, None, BLACK, 2)
        s.rect(440, 260, 90, 140, None, BLACK, 2)
        s.text(300, 300, f"First Floor   {p.t('living_area')} sq ft", 11, align="c")
        s.text(485, 330, "Garage", 10, align="c")
        s.text(300, 192, f"{c.between(28, 60)}'", 9, align="c")
        s.text(150, 300, f"{c.between(24, 44)}'", 9, align="r")
        s.page()
        s.text(306, 40, "Location Map", 14, bold=True, align="c")
        for line in range(9):
            s.line(60, 100 + line * 70, 552, 100 + line * 70 + c.between(-30, 30), 3, PALE)
            s.line(80 + line * 56, 80, 80 + line * 56 + c.between(-30, 30), 720, 3, PALE)
        for place, words in enumerate(("SUBJECT", "Comparable Sale 1", "Comparable Sale 2", "Comparable Sale 3")):
            x, at = c.between(100, 450), c.between(130, 680)
            s.rect(x, at, 96, 22, WHITE)
            s.text(x + 48, at + 14, words, 8, bold=place == 0, align="c")
    return s


def _desk_appraisal(p: Paper, c: Chance) -> Sheet:
    """The same report from other form software: captions in a column, fewer addenda."""
    s = Sheet(Face.SERIF, 9)
    for number in range(1, 7):
        s.page()
        s.text(36, 34, p.t("appraiser_company"), 9, italic=True)
        s.text(306, 52, "UNIFORM RESIDENTIAL APPRAISAL REPORT", 13, bold=True, align="c")
        s.text(576, 34, f"File No. {p.t('file_number')}", 8, align="r")
        s.text(36, 770, "Freddie Mac Form 70", 7.5)
        s.text(306, 770, f"Page {number} of 6", 7.5, align="c")
        s.text(576, 770, "Fannie Mae Form 1004", 7.5, align="r")
        y = 84.0
        if number == 1:
            names: tuple[tuple[str, str, str], ...] = (
                ("Property Address", "property_address", ""),
                ("Borrower", "borrower_name", ""),
                ("Owner of Public Record", "owner_of_record", ""),
                ("County", "property_county", ""),
                ("Legal Description", "legal_description", ""),
                ("Assessor's Parcel #", "parcel_number", ""),
                ("R.E. Taxes", "property_tax", "$"),
                ("Lender/Client", "lender_name", ""),
                ("Contract Price", "contract_price", "$0"),
                ("Date of Contract", "contract_date", ""),
                ("Year Built", "year_built", ""),
                ("Gross Living Area", "living_area", ""),
                ("Bedrooms", "bedrooms", ""),
                ("Bath(s)", "bathrooms", ""),
                ("Site Area", "site_area", ""),
                ("Neighborhood Name", "neighborhood", ""),
            )
            y = s.pairs(36, y, [(words, p.f(name, form)) for words, name, form in names], gap=150, size=9.5, step=22)
            s.para(
                36,
                y + 10,
                540,
                "Note: Race and the racial composition of the neighborhood are not appraisal factors. Property values are stable; demand and supply are in balance. FEMA Special Flood Hazard Area: No, Zone X. Highest and best use as improved is the present use.",
                9.5,
            )
        elif number == 2:
            s.text(36, y, "SALES COMPARISON APPROACH", 11, bold=True)
            rows = [
                [
                    shown(row[0]),
                    shown(row[1]),
                    shown(row[2], "$0"),
                    shown(row[3]),
                    shown(row[4], "$0"),
                    shown(row[5], "$0"),
                ]
                for row in p.table("sales")
            ]
            y = s.table(
                36,
                y + 22,
                (
                    ("COMPARABLE SALE", 170, "l"),
                    ("Proximity", 80, "l"),
                    ("Sale Price", 80, "r"),
                    ("GLA", 50, "r"),
                    ("Net Adj.", 70, "r"),
                    ("Adjusted", 90, "r"),
                ),
                rows,
                size=9,
                leading=24,
            )
            s.para(
                36,
                y + 20,
                540,
                "Summary of Sales Comparison Approach: all comparable sales closed within the past six months and are similar in design and appeal.",
                9.5,
            )
            s.pairs(
                36,
                y + 70,
                (
                    ("RECONCILIATION - Opinion of market value $", p.f("appraised_value", "0")),
                    ("Effective date of this appraisal", p.f("effective_date")),
                    ("Cost approach $", p.f("cost_value", "0")),
                ),
                gap=260,
                size=10,
            )
        elif number in {3, 4}:
            for words in _SCOPE[(number - 3) * 2 : (number - 3) * 2 + 3]:
                y = s.para(36, y, 540, words, 10) + 14
        else:
            for words in _CERTIFICATION[(number - 5) * 6 : (number - 5) * 6 + 6]:
                y = s.para(36, y, 540, "- " + words, 10) + 10
            if number == 6:
                s.sign(60, y + 50, c.child("sign"))
                s.pairs(
                    36,
                    y + 66,
                    (
                        ("Name", p.f("appraiser_name")),
                        ("State Certification #", p.f("appraiser_license")),
                        ("Date of Signature and Report", p.f("signature_date")),
                        ("Company Address", p.f("appraiser_address")),
                    ),
                    gap=160,
                    size=9.5,
                )
    s.page()
    s.text(306, 50, "PHOTOGRAPH ADDENDUM", 13, bold=True, align="c")
    s.text(306, 66, p.t("property_address"), 9, align="c")
    house_photo(s, 106, 90, 400, 290, c.child("subject"))
    s.text(306, 396, "FRONT OF SUBJECT PROPERTY", 9, align="c")
    house_photo(s, 106, 420, 400, 290, c.child("rear"))
    s.text(306, 726, "REAR OF SUBJECT PROPERTY", 9, align="c")
    return s


_EXCEPTIONS = (
    "Taxes and assessments for the current year and subsequent years, which are a lien not yet due and payable.",
    "Easements, claims of easement or encumbrances that are not shown in the Public Records.",
    "Any encroachment, encumbrance, violation, variation, or adverse circumstance that would be disclosed by an accurate and complete land title survey of the Land.",
    "Rights or claims of parties in possession not shown by the Public Records.",
    "Any lien, or right to a lien, for services, labor, or material furnished, imposed by law and not shown by the Public Records.",
    "Covenants, conditions and restrictions recorded in {book_page} , but omitting any covenant based on race, color, religion, sex, handicap, familial status or national origin.",
    "Utility and drainage easements as shown on the recorded plat.",
    "Minerals or mineral rights heretofore reserved or conveyed, with the right of ingress and egress.",
)  # fmt: skip


def _title(p: Paper, c: Chance) -> Sheet:
    return _title_once(p, c, len(_title_once(p, c, 0).pages()))


def _title_once(p: Paper, c: Chance, total: int) -> Sheet:
    s = Sheet(Face.SERIF, 10, colour(c))

    def head(sheet: Sheet) -> float:
        sheet.text(60, 40, p.t("title_company"), 12, bold=True, color=sheet.accent)
        sheet.text(552, 40, f"Commitment No. {p.t('commitment_number')}", 8.5, align="r")
        sheet.line(60, 46, 552, 46, 1, sheet.accent)
        return 72.0

    def low(sheet: Sheet) -> None:
        sheet.text(
            60,
            752,
            "This page is only a part of a 2021 ALTA Commitment for Title Insurance. This Commitment is not valid without the Notice; the Commitment to Issue Policy; the",
            6.5,
        )
        sheet.text(
            60,
            760,
            "Commitment Conditions; Schedule A; Schedule B, Part I-Requirements; and Schedule B, Part II-Exceptions.",
            6.5,
        )
        sheet.text(552, 772, f"Page {sheet.number} of {total}", 8, align="r")

    flow = Flow(s, head, low, bottom=730)
    s.text(306, flow.y + 12, "ALTA COMMITMENT FOR TITLE INSURANCE", 15, bold=True, align="c")
    flow.y += 40
    for words in (
        "NOTICE - IMPORTANT - READ CAREFULLY: THIS COMMITMENT IS AN OFFER TO ISSUE ONE OR MORE TITLE INSURANCE POLICIES. ALL CLAIMS OR REMEDIES SOUGHT AGAINST THE COMPANY INVOLVING THE CONTENT OF THIS COMMITMENT OR THE POLICY MUST BE BASED SOLELY IN CONTRACT.",
        "THIS COMMITMENT IS NOT AN ABSTRACT OF TITLE, REPORT OF THE CONDITION OF TITLE, LEGAL OPINION, OPINION OF TITLE, OR OTHER REPRESENTATION OF THE STATUS OF TITLE.",
        "COMMITMENT TO ISSUE POLICY: Subject to the Notice; Schedule B, Part I - Requirements; Schedule B, Part II - Exceptions; and the Commitment Conditions, the Company commits to issue the Policy according to the terms and provisions of this Commitment. This Commitment is effective as of the Commitment Date shown in Schedule A for each Policy described in Schedule A, only when the Company has entered in Schedule A both the specified dollar amount as the Proposed Policy Amount and the name of the Proposed Insured.",
        "If all of the Schedule B, Part I - Requirements have not been met within six months after the Commitment Date, this Commitment terminates and the Company's liability and obligation end.",
    ):  # fmt: skip
        flow.para(words)
    flow.turn()
    s.text(306, flow.y + 8, "SCHEDULE A", 14, bold=True, align="c")
    flow.y += 34
    s.pairs(
        60,
        flow.y,
        (
            ("1. Commitment Date:", p.f("effective_date", "long")),
            ("2. Policy to be issued:", ""),
            ("   a. 2021 ALTA Owner's Policy", p.f("owner_policy_amount", "$")),
            ("      Proposed Insured:", p.f("proposed_insured")),
            ("   b. 2021 ALTA Loan Policy", p.f("loan_policy_amount", "$")),
            ("      Proposed Insured:", p.f("lender_name")),
            ("3. The estate or interest in the Land:", "Fee Simple"),
            ("4. Title is, at the Commitment Date, vested in:", p.f("vesting")),
            ("5. Issue date:", p.f("issue_date")),
        ),
        gap=230,
        size=10,
        step=20,
    )
    flow.y += 196
    flow.prose(
        "6. The Land is described as follows: {legal_description} , {property_county} , State of {property_state} .", p
    )
    flow.prose(
        "Property address: {property_address} . Parcel number {parcel_number} . Issuing agent: {title_company} , {title_company_address} .",
        p,
    )
    flow.turn()
    s.text(306, flow.y + 8, "SCHEDULE B, PART I - Requirements", 13, bold=True, align="c")
    flow.y += 34
    flow.para("All of the following Requirements must be met:")
    for number, words in enumerate(
        (
            "The Proposed Insured must notify the Company in writing of the name of any party not referred to in this Commitment who will obtain an interest in the Land or who will make a loan on the Land.",
            "Pay the agreed amount for the estate or interest to be insured.",
            "Pay the premiums, fees, and charges for the Policy to the Company.",
            f"Deed from {p.t('vesting')} to {p.t('proposed_insured')}.",
            f"Mortgage or deed of trust from {p.t('proposed_insured')} to {p.t('lender_name')}, securing {p.t('loan_policy_amount', '$')}.",
            "Release of the mortgage of record from the present owner.",
            "Affidavit of the seller that there are no unrecorded liens and no work was done within the last ninety days.",
        ),
        1,
    ):
        flow.para(f"{number}. {words}")
    flow.turn()
    s.text(306, flow.y + 8, "SCHEDULE B, PART II - Exceptions", 13, bold=True, align="c")
    flow.y += 34
    flow.para(
        "The Policy will not insure against loss or damage resulting from the terms and conditions of any lease or easement identified in Schedule A, and will include the following Exceptions unless cleared to the satisfaction of the Company:"
    )
    for number, words in enumerate(_EXCEPTIONS, 1):
        flow.para(f"{number}. {words.replace('{book_page} ', p.t('book_page'))}")
    if c.child("conditions").chance(60):
        flow.turn()
        flow.title("COMMITMENT CONDITIONS", 12)
        for number, (name, words) in enumerate(
            (
                (
                    "DEFINITIONS",
                    '"Land": The land described in Item 5 of Schedule A and improvements located on that land that by State law constitute real property. "Public Records": Those records established under state statutes at Commitment Date for imparting constructive notice of matters relating to real property.',
                ),
                (
                    "LIABILITY OF THE COMPANY",
                    "The Company's liability under Commitment Condition 4 is limited to the Proposed Insured's actual expense incurred in the interval between the Company's delivery of this Commitment and the delivery of the amended Commitment, resulting from the Proposed Insured's good faith reliance.",
                ),
                (
                    "CHOICE OF LAW AND CHOICE OF FORUM",
                    "The Company has underwritten the risks covered by this Commitment and determined the premium charged in reliance upon the law affecting interests in real property where the Land is located.",
                ),
                (
                    "PRO-FORMA POLICY",
                    "The Company may provide, at the request of a Proposed Insured, a pro-forma policy illustrating the coverage that the Company may provide.",
                ),
            ),
            1,
        ):
            flow.title(f"{number}. {name}", 10.5)
            flow.para(words)
    return s


def _preliminary(p: Paper, c: Chance) -> Sheet:
    """A western preliminary report."""
    s = Sheet(size=10, accent=colour(c))

    def head(sheet: Sheet) -> float:
        logo(sheet, 60, 50, p.t("title_company"), c, 13)
        sheet.text(552, 50, f"Order No. {p.t('commitment_number')}", 9, align="r")
        return 84.0

    flow = Flow(s, head, lambda sheet: foot(sheet, f"Preliminary Report   Page {sheet.number}"), bottom=735)
    s.text(306, 110, "PRELIMINARY REPORT", 17, bold=True, align="c")
    flow.y = 140
    flow.prose(
        "In response to the application for a policy of title insurance referenced herein, {title_company} hereby reports that it is prepared to issue a policy of title insurance describing the land and the estate or interest therein hereinafter set forth.",
        p,
    )
    flow.prose(
        "Dated as of {effective_date:long} at 7:30 A.M. Title to said estate or interest at the date hereof is vested in: {vesting} .",
        p,
    )
    flow.prose(
        "The form of policy of title insurance contemplated by this report is: ALTA Loan Policy in the amount of {loan_policy_amount:$} for {lender_name} and Owner's Policy in the amount of {owner_policy_amount:$} for {proposed_insured} .",
        p,
    )
    flow.prose(
        "The land referred to herein is {legal_description} , in {property_county} , commonly known as {property_address} , A.P.N. {parcel_number} .",
        p,
    )
    flow.turn()
    flow.title("SCHEDULE B - Exceptions from coverage", 13)
    flow.para(
        "At the date hereof exceptions to coverage in addition to the printed exceptions and exclusions in said policy form would be as follows:"
    )
    for number, words in enumerate(c.mixed(_EXCEPTIONS), 1):
        flow.para(f"{number}. {words.replace('{book_page} ', p.t('book_page'))}")
    flow.turn()
    flow.title("REQUIREMENTS AND INFORMATIONAL NOTES", 13)
    for words in (
        f"Property taxes for the fiscal year: total amount {p.t('property_tax', '$')}, parcel {p.t('parcel_number')}.",
        "The Company will require a statement of information from the parties named herein in order to complete this report, based on the effect of documents, proceedings, liens, decrees, or other matters which do not specifically describe said land.",
        "There are no conveyances affecting said land recorded within 24 months of the date of this report.",
        "Wire instructions: verify by telephone with a known number before sending funds. Do not rely on emailed changes.",
    ):
        flow.para(words)
    return s


def _policy(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 40, 52, p.f("insurer_name"), c, 15)
    s.text(40, 68, p.f("insurer_address"), 8)
    s.text(572, 50, "HOMEOWNERS POLICY DECLARATIONS", 13, bold=True, align="r")
    s.text(572, 66, "New Business", 9, align="r")
    s.pairs(
        40,
        100,
        (
            ("Policy Number", p.f("policy_number")),
            ("Policy Period From", p.f("period_start")),
            ("Policy Period To", p.f("period_end")),
            ("", "12:01 A.M. standard time at the residence premises"),
            ("Issue Date", p.f("issue_date")),
        ),
        gap=120,
    )
    s.pairs(
        330,
        100,
        (("Named Insured", p.f("insured_name")), ("Agent", p.f("agent_name")), ("Phone", p.f("insurer_phone"))),
        gap=90,
    )
    s.text(40, 186, "The residence premises covered by this policy is located at:", 9)
    s.text(40, 200, p.f("property_address"), 10, bold=True)
    s.band(218, 16, "SECTION I AND II COVERAGES", size=9)
    y = s.table(
        40,
        252,
        (("Coverage", 380, "l"), ("Limit of Liability", 150, "r")),
        [[shown(row[0]), p.part("coverages", n, 1, "limit", "$0")] for n, row in enumerate(p.table("coverages"))],
        size=9.5,
        leading=17,
        zebra=True,
    )
    s.text(40, y + 10, "Deductible: all perils", 9.5)
    s.text(567, y + 10, p.f("deductible", "$0"), 9.5, align="r")
    s.text(40, y + 32, "TOTAL ANNUAL PREMIUM", 11, bold=True)
    s.text(567, y + 32, p.f("premium", "$"), 11, bold=True, align="r")
    s.band(y + 50, 16, "MORTGAGEE / LIENHOLDER", size=9)
    s.pairs(
        40,
        y + 84,
        (
            ("First Mortgagee", p.f("mortgagee_name")),
            ("Address", p.f("mortgagee_address")),
            ("Loan Number", p.f("loan_number")),
        ),
        gap=110,
    )
    s.text(40, y + 150, "Forms and endorsements: HO 00 03 05 11, HO 04 90 05 11, HO 04 96 10 00, IL P 001 01 04", 8.5)
    s.text(40, y + 170, f"Construction: Frame    Roof: Composition    Protection class: {c.between(2, 6)}", 8.5)
    foot(s, "Page 1 of 2" if c.child("second").chance(60) else "Page 1 of 1")
    if c.child("second").chance(60):
        s.page()
        s.text(40, 50, f"{p.t('insurer_name')}   Policy {p.t('policy_number')}", 9)
        s.text(40, 80, "IMPORTANT NOTICES", 12, bold=True)
        y = s.para(
            40,
            100,
            530,
            "This policy does not cover damage from flood, surface water, or earthquake. Flood insurance may be available through the National Flood Insurance Program. Replacement cost coverage applies to the dwelling if it is insured to at least 80 percent of its replacement cost at the time of loss. Loss settlement for roof surfacing is on an actual cash value basis where the policy so states.",
            9.5,
        )
        s.para(
            40,
            y + 14,
            530,
            "Credits applied: protective devices, new purchase, claim free. Please review this declarations page and report any error to your agent. In case of loss under this policy, the limits shown above apply to each occurrence.",
            9.5,
        )
        foot(s, "Page 2 of 2")
    return s


def _evidence(p: Paper, c: Chance) -> Sheet:
    """The industry's evidence of insurance: a grid of boxes."""
    s = Sheet()
    s.page()
    s.text(306, 44, "EVIDENCE OF PROPERTY INSURANCE", 15, bold=True, align="c")
    s.text(576, 30, "DATE (MM/DD/YYYY)", 6.5, align="r")
    s.text(576, 42, p.f("issue_date"), 9, align="r")
    s.para(
        36,
        60,
        540,
        "THIS EVIDENCE OF PROPERTY INSURANCE IS ISSUED AS A MATTER OF INFORMATION ONLY AND CONFERS NO RIGHTS UPON THE ADDITIONAL INTEREST NAMED BELOW. THIS EVIDENCE OF PROPERTY INSURANCE DOES NOT AMEND, EXTEND OR ALTER THE COVERAGE AFFORDED BY THE POLICIES BELOW.",
        7.5,
    )
    s.cell(36, 90, 270, 44, "AGENCY", p.f("agent_name"))
    s.cell(306, 90, 270, 44, "COMPANY", p.f("insurer_name"))
    s.cell(36, 134, 270, 44, "INSURED", p.f("insured_name"))
    s.cell(306, 134, 135, 44, "LOAN NUMBER", p.f("loan_number"))
    s.cell(441, 134, 135, 44, "POLICY NUMBER", p.f("policy_number"))
    s.cell(306, 178, 90, 30, "EFFECTIVE DATE", p.f("period_start"))
    s.cell(396, 178, 90, 30, "EXPIRATION DATE", p.f("period_end"))
    s.cell(486, 178, 90, 30, "CONTINUED UNTIL TERMINATED")
    s.text(36, 226, "PROPERTY INFORMATION", 10, bold=True)
    s.cell(36, 232, 540, 34, "LOCATION/DESCRIPTION", p.f("property_address"))
    s.text(36, 286, "COVERAGE INFORMATION        PERILS INSURED: SPECIAL", 10, bold=True)
    y = s.table(
        36,
        304,
        (("COVERAGE / PERILS / FORMS", 380, "l"), ("AMOUNT OF INSURANCE", 160, "r")),
        [[shown(row[0]), p.part("coverages", n, 1, "limit", "$0")] for n, row in enumerate(p.table("coverages"))],
        size=9,
        leading=17,
    )
    s.pairs(
        36, y + 12, (("ANNUAL PREMIUM", p.f("premium", "$")), ("DEDUCTIBLE", p.f("deductible", "$0"))), gap=150, size=9
    )
    s.text(36, y + 70, "ADDITIONAL INTEREST", 10, bold=True)
    s.cell(36, y + 76, 330, 44, "NAME AND ADDRESS   [X] MORTGAGEE", p.f("mortgagee_name"))
    s.text(42, y + 132, p.f("mortgagee_address"), 8.5)
    s.cell(366, y + 76, 210, 44, "AUTHORIZED REPRESENTATIVE")
    s.sign(390, y + 112, c.child("sign"))
    s.text(36, 756, "ACORD 27 (2016/03)", 8)
    s.text(576, 756, "The ACORD name and logo are registered marks of ACORD", 7, align="r")
    return s


def _flood(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.text(36, 36, "DEPARTMENT OF HOMELAND SECURITY", 7)
    s.text(36, 45, "FEDERAL EMERGENCY MANAGEMENT AGENCY", 7)
    s.text(576, 36, "OMB Control No. 1660-0040", 7, align="r")
    s.text(306, 66, "STANDARD FLOOD HAZARD DETERMINATION FORM (SFHDF)", 13, bold=True, align="c")
    s.text(306, 84, "SECTION I - LOAN INFORMATION", 9, bold=True, align="c")
    s.cell(36, 90, 270, 60, "1. LENDER/SERVICER NAME AND ADDRESS", "")
    s.text(42, 118, p.f("lender_name"), 9)
    s.text(42, 132, p.f("lender_address"), 8, fit=258)
    s.cell(
        306,
        90,
        270,
        60,
        "2. COLLATERAL DESCRIPTION (Building/Mobile Home/Property)  PROPERTY ADDRESS AND PARCEL NUMBER (See instructions for more information.)",
        "",
    )
    s.text(312, 118, p.f("property_address"), 8.5, fit=258)
    s.text(312, 132, p.f("parcel_number"), 8.5)
    s.cell(36, 150, 180, 28, "3. LENDER/SERVICER ID #", c.digits(6))
    s.cell(216, 150, 180, 28, "4. LOAN IDENTIFIER", p.f("loan_number"))
    s.cell(396, 150, 180, 28, "5. AMOUNT OF FLOOD INSURANCE REQUIRED")
    s.text(306, 198, "SECTION II", 9, bold=True, align="c")
    s.text(36, 214, "A. NATIONAL FLOOD INSURANCE PROGRAM (NFIP) COMMUNITY JURISDICTION", 8, bold=True)
    s.cell(36, 220, 240, 28, "1. NFIP Community Name", p.f("community_name"))
    s.cell(276, 220, 150, 28, "2. County(ies)", p.f("property_county"))
    s.cell(426, 220, 50, 28, "3. State", p.f("property_state"))
    s.cell(476, 220, 100, 28, "4. NFIP Community Number", p.f("community_number"))
    s.text(36, 266, "B. NATIONAL FLOOD INSURANCE PROGRAM (NFIP) DATA AFFECTING BUILDING/MOBILE HOME", 8, bold=True)
    s.cell(
        36,
        272,
        270,
        28,
        '1. NFIP Map Number or Community-Panel Number (Community name, if not the same as "A")',
        p.f("map_number"),
    )
    s.cell(306, 272, 135, 28, "2. NFIP Map Panel Effective/Revised Date", p.f("map_date"))
    s.cell(441, 272, 135, 28, "3. Is there a Letter of Map Change (LOMC)?", "NO")
    s.cell(36, 300, 270, 28, "4. Flood Zone", p.f("flood_zone"))
    s.cell(306, 300, 270, 28, "5. No NFIP Map")
    s.text(36, 346, "C. FEDERAL FLOOD INSURANCE AVAILABILITY (Check all that apply.)", 8, bold=True)
    s.tick(50, 362, "1. Federal Flood Insurance is available (community participates in the NFIP).", on=True, size=8)
    s.tick(360, 362, "Regular Program", on=True, size=8)
    s.tick(470, 362, "Emergency Program of NFIP", size=8)
    s.tick(50, 378, "2. Federal Flood Insurance is not available (community does not participate in the NFIP).", size=8)
    s.tick(
        50,
        394,
        "3. Building/Mobile Home is in a Coastal Barrier Resources Area (CBRA) or Otherwise Protected Area (OPA).",
        size=8,
    )
    s.text(36, 424, "D. DETERMINATION", 9, bold=True)
    s.text(
        36,
        442,
        'IS BUILDING/MOBILE HOME IN SPECIAL FLOOD HAZARD AREA (ZONES CONTAINING THE LETTERS "A" OR "V")?',
        8,
        bold=True,
    )
    s.text(500, 442, p.f("in_flood_area", ""), 10, bold=True)
    s.text(
        36,
        458,
        "If yes, flood insurance is required by the Flood Disaster Protection Act of 1973. If no, flood insurance is not required by the Flood Disaster",
        7.5,
    )
    s.text(
        36,
        468,
        "Protection Act of 1973. Please note, the risk of flooding in this area is only reduced, not removed.",
        7.5,
    )
    s.text(36, 496, "E. COMMENTS (Optional)", 8, bold=True)
    s.rect(36, 502, 540, 90)
    s.text(44, 518, "LIFE OF LOAN DETERMINATION", 9)
    s.text(44, 532, p.f("borrower_name"), 9)
    s.text(
        36,
        606,
        "This determination is based on examining the NFIP map, any Federal Emergency Management Agency revisions to it, and any other information needed to locate the building/mobile home.",
        6.2,
    )
    s.text(36, 626, "F. PREPARER'S INFORMATION", 8, bold=True)
    s.cell(36, 632, 300, 60, "NAME, ADDRESS, TELEPHONE NUMBER (If other than Lender)")
    s.text(42, 652, p.f("preparer"), 9)
    s.text(42, 664, p.f("preparer_address"), 8)
    s.text(42, 676, p.f("preparer_phone"), 8)
    s.cell(336, 632, 120, 60, "DATE OF DETERMINATION", p.f("determination_date"))
    s.cell(456, 632, 120, 60, "DETERMINATION NUMBER", p.f("determination_number"))
    s.text(36, 756, "FEMA Form FF-206-FY-21-116 (formerly 086-0-32)", 7.5)
    return s


def _flood_letter(p: Paper, c: Chance) -> Sheet:
    """A determination company's certificate."""
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 40, 52, p.f("preparer"), c)
    s.text(40, 70, p.f("preparer_address"), 8)
    s.text(306, 110, "FLOOD ZONE DETERMINATION CERTIFICATE", 16, bold=True, align="c", color=s.accent)
    s.text(306, 126, "Standard Flood Hazard Determination   Life of Loan", 9, align="c")
    s.pairs(
        60,
        165,
        (
            ("Lender", p.f("lender_name")),
            ("Borrower", p.f("borrower_name")),
            ("Loan number", p.f("loan_number")),
            ("Property address", p.f("property_address")),
            ("Community", p.f("community_name")),
            ("NFIP community number", p.f("community_number")),
            ("Map number / panel", p.f("map_number")),
            ("Map panel effective date", p.f("map_date")),
            ("Flood zone", p.f("flood_zone")),
            ("Building in Special Flood Hazard Area", p.f("in_flood_area")),
            ("Date of determination", p.f("determination_date")),
            ("Determination number", p.f("determination_number")),
        ),
        gap=220,
        size=10,
        step=22,
    )
    s.para(
        60,
        460,
        490,
        "Federal flood insurance is available in this community, which participates in the National Flood Insurance Program (Regular). The flood insurance requirement does not apply because the building is not in a Special Flood Hazard Area. This certificate is issued solely for use and benefit of the lender named above to comply with the National Flood Insurance Reform Act of 1994.",
        10,
    )
    foot(s, f"Flood certificate {p.t('determination_number')}   {p.t('preparer_phone')}")
    return s


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
    Layout("purchase_agreement", "contract-plain", _contract),
    Layout("purchase_agreement", "contract-realtor", _offer),
    Layout("appraisal_1004", "appraisal-form", _appraisal),
    Layout("appraisal_1004", "appraisal-columns", _desk_appraisal),
    Layout("title_commitment", "title-alta", _title),
    Layout("title_commitment", "title-preliminary", _preliminary),
    Layout("hoi_declaration", "hoi-declarations", _policy),
    Layout("hoi_declaration", "hoi-evidence", _evidence),
    Layout("flood_cert", "flood-fema", _flood),
    Layout("flood_cert", "flood-certificate", _flood_letter),
    Layout("utility_bill", "utility-electric", _electric),
    Layout("utility_bill", "utility-municipal", _water),
    Layout("lease_agreement", "lease-plain", _lease),
    Layout("lease_agreement", "lease-association", _lease_form),
)
