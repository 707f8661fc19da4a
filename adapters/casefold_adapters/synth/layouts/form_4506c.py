"""Draw form 4506c."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, signed
from casefold_adapters.synth.sheets import Content, Face, Sheet
from casefold_adapters.synth.values import Paper


def _request(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.text(36, 44, "Form", 7)
    s.text(54, 48, "4506-C", 20, bold=True)
    s.text(36, 60, f"({c.pick(('October 2022', 'September 2020'))})", 7)
    s.text(330, 42, "IVES Request for Transcript of Tax Return", 14, bold=True, align="c")
    s.text(330, 54, "Do not sign this form unless all applicable lines have been completed.", 7.5, bold=True, align="c")
    s.text(330, 63, "Request may be rejected if the form is incomplete or illegible.", 7.5, align="c")
    s.text(576, 42, "OMB Number", 7, align="r")
    s.text(576, 52, "1545-1872", 8, align="r")
    s.text(
        36,
        74,
        "Department of the Treasury - Internal Revenue Service   For more information about Form 4506-C, visit www.irs.gov and search IVES.",
        6.5,
    )
    y = 80.0
    s.cell(36, y, 270, 26, "1a. Current name   i. First name and middle initial", p.f("taxpayer_first"))
    s.cell(
        306, y, 270, 26, "2a. Spouse's current name (if joint return and transcripts are requested for both taxpayers)"
    )
    s.cell(36, y + 26, 270, 26, "ii. Last name/BMF company name", p.f("taxpayer_last"))
    s.cell(306, y + 26, 270, 26, "ii. Spouse's last name")
    s.cell(
        36,
        y + 52,
        270,
        26,
        "1b. First taxpayer identification number (see instructions)",
        p.f("taxpayer_ssn"),
        face=Face.MONO,
    )
    s.cell(
        306,
        y + 52,
        270,
        26,
        "2b. Spouse's taxpayer identification number (if joint return and transcripts are requested for both taxpayers)",
    )
    s.cell(
        36,
        y + 78,
        540,
        26,
        "3. Current address (including apt., room, or suite no.), city, state, and ZIP code (see instructions)",
    )
    end = s.text(40, y + 100, p.f("taxpayer_street"), 9)
    s.text(end + 8, y + 100, p.f("taxpayer_city_line"), 9)
    s.cell(
        36,
        y + 104,
        540,
        26,
        "4. Previous address shown on the last return filed if different from line 3 (see instructions)",
    )
    s.cell(
        36,
        y + 130,
        540,
        26,
        "5a. IVES participant name, address, and SOR mailbox ID",
        "Transcript Desk Services, PO Box 1180, Boise, ID 83701   SOR: TDS4506",
    )
    s.cell(
        36, y + 156, 270, 26, "5b. Customer file number (if applicable) (see instructions)", p.f("customer_file_number")
    )
    s.cell(306, y + 156, 270, 26, "5c. Unique identifier (if applicable) (see instructions)")
    s.cell(
        36,
        y + 182,
        540,
        26,
        "5d. Client name, telephone number, and address (this field cannot be blank or not applicable (NA))",
    )
    end = s.text(40, y + 204, p.f("lender_name"), 8)
    s.text(end + 8, y + 204, f"{p.t('lender_phone')}  {p.t('lender_address')}", 8, fit=380)
    s.text(
        36,
        y + 222,
        "Caution: This tax transcript is being sent to the third party entered on Line 5a and/or 5d. Ensure that lines 5 through 8 are completed before signing.",
        7,
        bold=True,
        fit=540,
    )
    s.cell(
        36,
        y + 230,
        540,
        26,
        "6. Transcript requested. Enter the tax form number here (1040, 1065, 1120, etc.) and check the appropriate box below.",
        p.f("form_number"),
    )
    s.tick(
        60,
        y + 272,
        "a. Return Transcript, which includes most of the line items of a tax return as filed with the IRS.",
        on=True,
        size=8,
    )
    s.tick(
        60, y + 288, "b. Account Transcript, which contains information on the financial status of the account.", size=8
    )
    s.tick(
        60,
        y + 304,
        "c. Record of Account, which provides the most detailed information as it is a combination of the two.",
        size=8,
    )
    s.text(36, y + 328, "7. Wage and Income transcript (W-2, 1098-E, 1099-G, etc.)", 8.5, bold=True)
    s.tick(
        60, y + 344, "a. Enter a max of three form numbers here; if no entry is made, all forms will be sent.", size=8
    )
    s.cell(
        36,
        y + 356,
        540,
        30,
        "8. Year or period requested. Enter the ending date of the tax year or period using the mm dd yyyy format (see instructions)",
    )
    s.text(60, y + 380, p.f("year_1"), 10, face=Face.MONO)
    s.text(180, y + 380, p.f("year_2"), 10, face=Face.MONO)
    s.text(36, y + 404, "Caution: Do not sign this form unless all applicable lines have been completed.", 8, bold=True)
    s.para(
        36,
        y + 418,
        540,
        "Signature of taxpayer(s). I declare that I am either the taxpayer whose name is shown on line 1a or, if applicable, line 2a, or a person authorized to obtain the tax information requested. If the request applies to a joint return, at least one spouse must sign; however, if both spouses' names and TINs are listed in lines 1a-1b and 2a-2b, both spouses must sign the request. Note: This form must be received by IRS within 120 days of the signature date.",
        7.5,
    )
    s.tick(
        36,
        y + 464,
        "Signatory attests that he/she has read the above attestation clause and upon so reading declares that he/she has the authority to sign the Form 4506-C.",
        on=True,
        size=7,
    )
    signed(s, 60, y + 510, p, p.f("taxpayer_name"), "signature_date", c, "Signature for Line 1a")
    s.text(420, y + 510, "Phone number of taxpayer on line 1a", 7)
    s.text(420, y + 522, p.f("taxpayer_phone"), 9)
    s.text(36, 755, "For Privacy Act and Paperwork Reduction Act Notice, see page 2.", 7)
    s.text(400, 755, "Catalog Number 72627P", 7)
    s.text(470, 755, "www.irs.gov", 7)
    s.text(576, 755, "Form 4506-C (Rev. 10-2022)", 8, bold=True, align="r")
    if c.child("back").chance(50):
        _request_back(s)
    return s


def _request_back(s: Sheet) -> None:
    s.page()
    s.text(36, 40, "Form 4506-C (Rev. 10-2022)   Page 2", 8)
    y = s.para(
        36,
        64,
        260,
        "Instructions for Form 4506-C, IVES Request for Transcript of Tax Return. Section references are to the Internal Revenue Code unless otherwise noted. Future Developments: For the latest information about Form 4506-C and its instructions, go to www.irs.gov and search IVES. Purpose of Form: Use Form 4506-C to request tax return information through an authorized IVES participant. You will designate an IVES participant to receive the information on line 5a. Note: If you are unsure of which type of transcript you need, check with the party requesting your tax information.",
        8,
    )
    s.para(
        36,
        y + 10,
        260,
        "Where to File: The IVES participant will fax Form 4506-C with the approved IVES cover sheet to their assigned Service Center. Line 1b. Enter your employer identification number (EIN) if your request relates to a business return. Otherwise, enter the first social security number (SSN) or your individual taxpayer identification number (ITIN) shown on the return.",
        8,
    )
    s.para(
        316,
        64,
        260,
        "Privacy Act and Paperwork Reduction Act Notice. We ask for the information on this form to establish your right to gain access to the requested tax information under the Internal Revenue Code. We need this information to properly identify the tax information and respond to your request. You are not required to request any transcript; if you do request a transcript, sections 6103 and 6109 and their regulations require you to provide this information, including your SSN or EIN.",
        8,
    )


def _old_request(p: Paper, c: Chance) -> Sheet:
    """The request as a lender's own system prints it: labels in a column, values beside them."""
    s = Sheet(Face.SERIF, 10)
    s.page()
    s.text(306, 50, "Form 4506-C   IVES Request for Transcript of Tax Return", 14, bold=True, align="c")
    s.text(306, 66, "(Rev. September 2020)   OMB No. 1545-1872   Internal Revenue Service", 9, align="c")
    rows: list[tuple[str, Content]] = [
        ("1a  Name shown on tax return", p.f("taxpayer_name")), ("1b  First social security number on tax return", p.f("taxpayer_ssn")),
        ("2a  If a joint return, enter spouse's name", ""), ("3   Current name, address, city, state, ZIP", p.f("taxpayer_street")), ("", p.f("taxpayer_city_line")),
        ("4   Previous address shown on the last return", ""), ("5a  IVES participant name, address, and SOR mailbox ID", "Transcript Desk Services   TDS4506"),
        ("5b  Customer file number", p.f("customer_file_number")), ("5d  Client name, telephone number, and address", p.f("lender_name")), ("", p.t("lender_phone")),
        ("6   Transcript requested: tax form number", p.f("form_number")), ("    a  Return Transcript", "[X]"), ("    b  Account Transcript", "[ ]"), ("    c  Record of Account", "[ ]"),
        ("7   Form W-2, Form 1099 series transcript", "[ ]"), ("8   Year or period requested", p.f("year_1")), ("", p.f("year_2")),
    ]  # fmt: skip
    y = s.pairs(50, 100, rows, gap=290, size=10, step=19)
    y = s.para(
        50,
        y + 10,
        510,
        "Signature of taxpayer(s). I declare that I am either the taxpayer whose name is shown on line 1a or 2a, or a person authorized to obtain the tax information requested. Note: This form must be received by IRS within 120 days of the signature date.",
        9,
    )
    signed(s, 50, y + 50, p, p.f("taxpayer_name").text, "signature_date", c, "Signature (see instructions)")
    s.text(50, 750, "For Privacy Act and Paperwork Reduction Act Notice, see page 2.   Form 4506-C (Rev. 9-2020)", 8)
    return s


LAYOUTS = (
    Layout("form_4506c", "4506c-irs", _request),
    Layout("form_4506c", "4506c-lender", _old_request),
)
