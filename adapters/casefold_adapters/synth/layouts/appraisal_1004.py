"""Draw appraisals (Form 1004)."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, house_photo
from casefold_adapters.synth.sheets import BLACK, GREY, PALE, WHITE, Content, Face, Sheet
from casefold_adapters.synth.values import Paper, shown

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


LAYOUTS = (
    Layout("appraisal_1004", "appraisal-form", _appraisal),
    Layout("appraisal_1004", "appraisal-columns", _desk_appraisal),
)
