"""Draw voe 1005."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo
from casefold_adapters.synth.sheets import Sheet
from casefold_adapters.synth.values import Paper


def _voe(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.text(306, 40, "Request for Verification of Employment", 14, bold=True, align="c")
    s.para(
        36,
        54,
        540,
        "Privacy Act Notice: This information is to be used by the agency collecting it or its assignees in determining whether you qualify as a prospective mortgagor under its program. It will not be disclosed outside the agency except as required and permitted by law. You do not have to provide this information, but if you do not your application for approval as a prospective mortgagor or borrower may be delayed or rejected.",
        6.5,
    )
    s.text(
        36,
        92,
        "Instructions: Lender - Complete items 1 through 7. Have applicant complete item 8. Forward directly to employer named in item 1.",
        6.5,
    )
    s.text(
        36,
        101,
        "Employer - Please complete either Part II or Part III as applicable. Complete Part IV and return directly to lender named in item 2.",
        6.5,
    )
    s.text(36, 116, "Part I - Request", 9, bold=True)
    s.cell(36, 120, 270, 50, "1. To (Name and address of employer)")
    for line, name in enumerate(("employer_name", "employer_street", "employer_city_line")):
        s.text(42, 138 + line * 12, p.f(name), 9)
    s.cell(306, 120, 270, 50, "2. From (Name and address of lender)")
    for line, name in enumerate(("lender_name", "lender_street", "lender_city_line")):
        s.text(312, 138 + line * 12, p.f(name), 9)
    s.cell(
        36,
        170,
        180,
        34,
        "3. Signature of Lender   I certify that this verification has been sent directly to the employer",
    )
    s.sign(50, 200, c.child("l"), 100)
    s.cell(216, 170, 120, 34, "4. Title", "Loan Processor")
    s.cell(336, 170, 110, 34, "5. Date", p.f("request_date"))
    s.cell(446, 170, 130, 34, "6. Lender's Number (Optional)", p.f("loan_number"))
    s.cell(
        36, 204, 300, 34, "7. Name and Address of Applicant (include employee or badge number)", p.f("employee_name")
    )
    s.cell(336, 204, 240, 34, "8. Signature of Applicant")
    s.sign(350, 234, c.child("a"), 110)
    s.text(36, 254, "Part II - Verification of Present Employment", 9, bold=True)
    s.cell(36, 258, 180, 28, "9. Applicant's Date of Employment", p.f("hire_date"))
    s.cell(216, 258, 180, 28, "10. Present Position", p.f("job_title"))
    s.cell(396, 258, 180, 28, "11. Probability of Continued Employment", "Good")
    s.rect(36, 286, 340, 150)
    s.text(40, 296, "12A. Current Gross Base Pay (Enter Amount and Check Period)", 6.5)
    s.tick(44, 310, "Annual", on=True, size=7)
    for place, each in enumerate(("Monthly", "Weekly", "Hourly", "Other (Specify)")):
        s.tick(100 + place * 60, 310, each, size=7)
    s.text(60, 328, p.f("annual_salary", "$"), 10)
    s.text(40, 342, "12B. Gross Earnings", 6.5)
    s.table(
        40, 354, (("Type", 66, "l"), (f"Year To Date {p.t('year')}", 86, "r"), (f"Past Year {int(p.t('year')) - 1}", 86, "r"), (f"Past Year {int(p.t('year')) - 2}", 86, "r")),
        [["Base Pay", p.f("gross_ytd", "$"), p.f("gross_year_1", "$"), p.f("gross_year_2", "$")], ["Overtime", "$0.00", "$0.00", "$0.00"], ["Commissions", "$0.00", "$0.00", "$0.00"], ["Bonus", "$0.00", "$0.00", "$0.00"], ["Total", p.t("gross_ytd", "$"), p.t("gross_year_1", "$"), p.t("gross_year_2", "$")]], size=7.5,
    )  # fmt: skip
    s.text(44, 432, "Thru", 7)
    s.text(66, 432, p.f("ytd_through"), 8)
    s.cell(376, 286, 200, 75, "13. For Military Personnel Only   Pay Grade   Type   Monthly Amount")
    s.cell(376, 361, 200, 25, "14. If Overtime or Bonus is Applicable, Is Its Continuance Likely?")
    s.cell(376, 386, 200, 25, "15. If paid hourly - average hours per week", "40")
    s.cell(376, 411, 200, 25, "16. Date of applicant's next pay increase")
    s.cell(36, 436, 340, 25, "17. Projected amount of next pay increase")
    s.cell(376, 436, 200, 25, "18. Date of applicant's last pay increase")
    s.cell(
        36,
        461,
        540,
        40,
        "20. Remarks (If employee was off work for any length of time, please indicate time period and reason)",
    )
    s.text(36, 516, "Part III - Verification of Previous Employment", 9, bold=True)
    for place, each in enumerate(
        ("21. Date Hired", "22. Date Terminated", "23. Salary/Wage at Termination Per (Year) (Month) (Week)")
    ):
        s.cell(36 + place * 180, 520, 180, 28, each)
    s.cell(36, 548, 270, 28, "24. Reason for Leaving")
    s.cell(306, 548, 270, 28, "25. Position Held")
    s.text(36, 592, "Part IV - Authorized Signature", 9, bold=True)
    s.text(
        180,
        592,
        "Federal statutes provide severe penalties for any fraud, intentional misrepresentation, or criminal connivance or conspiracy",
        6,
    )
    s.cell(36, 598, 240, 36, "26. Signature of Employer")
    s.sign(50, 630, c.child("e"), 110)
    s.cell(276, 598, 180, 36, "27. Title (Please print or type)", "Payroll Administrator")
    s.cell(456, 598, 120, 36, "28. Date", p.f("verification_date"))
    s.cell(36, 634, 240, 28, "29. Print or type name signed in Item 26", p.f("verifier"))
    s.cell(276, 634, 300, 28, "30. Phone No.", p.f("employer_phone"))
    s.text(36, 755, "Form 1005   July 96", 8)
    s.text(576, 755, "Fannie Mae", 8, align="r")
    return s


def _voe_service(p: Paper, c: Chance) -> Sheet:
    """A verification service's report."""
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 36, 50, "VERIWORK", c, 18)
    s.text(576, 50, "Verification of Employment and Income", 13, bold=True, align="r")
    s.text(576, 64, f"Reference Number: {c.digits(10)}", 8, align="r")
    s.band(80, 16, "Verification Details", size=9)
    s.pairs(
        42,
        112,
        (
            ("Verified On:", p.f("verification_date")),
            ("Requested By:", p.f("lender_name")),
            ("Permissible Purpose:", "Credit - extension of credit"),
            ("Loan Number:", p.f("loan_number")),
        ),
        gap=130,
    )
    s.band(180, 16, "Employer Information", size=9)
    s.pairs(
        42,
        212,
        (
            ("Employer:", p.f("employer_name")),
            ("Headquarters Address:", p.f("employer_street")),
            ("", p.f("employer_city_line")),
            ("Phone:", p.f("employer_phone")),
            ("FEIN:", p.f("employer_ein")),
        ),
        gap=130,
    )
    s.band(296, 16, "Employment Information", size=9)
    s.pairs(
        42,
        328,
        (
            ("Employee Name:", p.f("employee_name")),
            ("Social Security Number:", "XXX-XX-" + p.t("employee_ssn_last4")),
            ("Employment Status:", "Active"),
            ("Most Recent Start Date:", p.f("hire_date")),
            ("Total Time With Employer:", f"{int(p.t('year')) - p.day('hire_date').year} years"),
            ("Job Title:", p.f("job_title")),
        ),
        gap=150,
    )
    s.band(434, 16, "Income Information", size=9)
    s.pairs(
        42,
        466,
        (
            ("Rate of Pay:", p.f("annual_salary", "$")),
            ("Pay Frequency:", p.f("pay_frequency")),
            ("Year-To-Date Through:", p.f("ytd_through")),
        ),
        gap=150,
    )
    year = int(p.t("year"))
    s.table(42, 530, (("Year", 80, "l"), ("Base", 110, "r"), ("Overtime", 90, "r"), ("Bonus", 90, "r"), ("Total Gross", 120, "r")),
            [[str(year), p.f("gross_ytd", "$"), "$0.00", "$0.00", p.t("gross_ytd", "$")], [str(year - 1), p.f("gross_year_1", "$"), "$0.00", "$0.00", p.t("gross_year_1", "$")], [str(year - 2), p.f("gross_year_2", "$"), "$0.00", "$0.00", p.t("gross_year_2", "$")]], zebra=True)  # fmt: skip
    foot(
        s,
        "This employment verification report is provided for the permissible purpose certified by the requester and may not be resold.   Page 1 of 1",
    )
    return s


LAYOUTS = (
    Layout("voe_1005", "voe-form-1005", _voe),
    Layout("voe_1005", "voe-service", _voe_service),
)
