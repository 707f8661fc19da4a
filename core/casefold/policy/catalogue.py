"""The reasons for adverse action of Regulation B: the sample form's wording, letter by letter, under codes of ours.

Source: 12 CFR 1002, Appendix C, form C-1, part I. The regulation gives no codes. A lender adds reasons of its own, and
must where none of these says what was decisive (Appendix C, paragraph 4).
"""

from types import MappingProxyType

from casefold.policy.artifact import ReasonText

SOURCE = "12 CFR 1002, Appendix C, form C-1"

_TEXTS = (
    "Credit application incomplete",
    "Insufficient number of credit references provided",
    "Unacceptable type of credit references provided",
    "Unable to verify credit references",
    "Temporary or irregular employment",
    "Unable to verify employment",
    "Length of employment",
    "Income insufficient for amount of credit requested",
    "Excessive obligations in relation to income",
    "Unable to verify income",
    "Length of residence",
    "Temporary residence",
    "Unable to verify residence",
    "No credit file",
    "Limited credit experience",
    "Poor credit performance with us",
    "Delinquent past or present credit obligations with others",
    "Collection action or judgment",
    "Garnishment or attachment",
    "Foreclosure or repossession",
    "Bankruptcy",
    "Number of recent inquiries on credit bureau report",
    "Value or type of collateral not sufficient",
    "Other, specify",
)

REGULATION_B = tuple(ReasonText(f"C{number:02}", text, SOURCE) for number, text in enumerate(_TEXTS, 1))
"""Form C-1, from ``C01`` to ``C24`` in its order."""

BY_CODE = MappingProxyType({each.code: each for each in REGULATION_B})
