"""Draw title commitments."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo
from casefold_adapters.synth.sheets import Face, Flow, Sheet
from casefold_adapters.synth.values import Paper

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


LAYOUTS = (
    Layout("title_commitment", "title-alta", _title),
    Layout("title_commitment", "title-preliminary", _preliminary),
)
