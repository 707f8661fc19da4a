"""What tells one document from the next, and where it is read."""

import pytest

from casefold.pages.facts import facts
from casefold.taxonomy.model import IdentityKey
from casefold_properties.strategies import BODY, HEADER, lines_of, page_of


# No SSN begins with 666 and no EIN with 00: these are nobody's.
def identities(text: str, top: int = BODY) -> dict[IdentityKey, str]:
    page = page_of([lines_of(text, top=top)])
    return {found.key: found.value for found in facts(page, " ".join(page.words)).identity}


@pytest.mark.parametrize(("key", "one", "same", "another"), [
    (IdentityKey.SSN,      "SSN 666-45-6789",                 "XXX-XX-6789",                       "666-45-6780"),
    (IdentityKey.EIN,      "EIN 00-3456789",                  "Employer 00-3456789",               "00-3456780"),
    (IdentityKey.ACCOUNT,  "Account Number 00012345678",      "account no. xxxxxxx5678",           "Account # 1239"),
    (IdentityKey.LOAN,     "Loan Number: AB-1234",            "LOAN NO. ab-1234",                  "Loan ID AB-1235"),
    (IdentityKey.TAX_YEAR, "Form 1040 (2022)",                "Tax year 2022",                     "Form 1040 (2023)"),
    (IdentityKey.REVISION, "Form W-9 (Rev. 10-2018)",         "revised 10-2018",                   "Rev. 3-2024"),
    (IdentityKey.PERIOD,   "Statement period 01/01/2024",     "for the period from 01/01/2024", "pay date 02/01/2024"),
])  # fmt: skip
def test_identity_is_read(key, one, same, another):
    """The same number, year or period however it is printed; another is another."""
    assert key in identities(one)
    assert key in identities(another)
    assert identities(one)[key] != identities(another)[key]
    assert identities(one)[key] == identities(same)[key]


def test_a_year_alone_tells_only_in_a_header():
    """A year in the text may be any year; in the header it is the form's."""
    assert IdentityKey.TAX_YEAR in identities("Wage Statement 2023", HEADER)
    assert IdentityKey.TAX_YEAR not in identities("since 2023")
