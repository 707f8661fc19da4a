"""What a scanner may do to a phrase, and what it may not."""

import pytest

from casefold.kernel.spelling import squeeze
from casefold.pages.phrases import find, index


@pytest.mark.parametrize(("phrase", "page", "found"), [
    ("Form W-2",                        "FORM W-2",                          True),
    ("Form W-2",                        "form w 2 wage statement",           True),
    ("Form W-2",                        "Form W-3",                          False),
    ("Form W-2",                        "Form W-2G",                         False),  # a short phrase ends with a word
    ("Form W-2",                        "ForrnW2",                           True),   # rn for m, a lost space
    ("efficient",                       "eﬃcient",                           True),
    ("Borrower Name",                   "BORROWERNAME",                      True),
    ("Closing Disclosure",              "Closlng Disc1osure",                True),   # l, i and 1 are one
    ("Closing Disclosure",              "Closing Disclosu re",               True),
    ("Closing Disclosure",              "Closing Discloxure",                True),   # 17 letters: one slip
    ("Closing Disclosure",              "Clozing Discloxure",                False),  # not two
    ("Uniform Residential Loan Application", "Unif0rm Resid-ential L0an Appl1cation", True),
    ("Uniform Residential Loan Application", "Unform Residental Loan Application",    True),   # 34 letters: two slips
    ("Certificate of title 1040",       "Certificate of title 1050",         False),  # numbers tell forms apart
    ("Certificate of title 1040",       "Certificate or title 1040",         False),  # and so do little words
    ("Deed",                            "indeed",                            False),  # a short phrase begins a word
    ("Deed",                            "a deed!",                           False),  # "!" may be a broken l
    ("Deed",                            "a (deed).",                         True),
])  # fmt: skip
def test_phrases_are_found_as_scanners_leave_them(phrase, page, found):
    """Case, space, marks and confusions do not matter; slips do, save one for every sixteen letters of a phrase."""
    assert bool(find(index([phrase]), squeeze(page.split()))) == found


def test_only_the_longest_phrase_counts():
    """A form that names another form shows only itself."""
    phrases = index(["Form 1040", "Schedule A (Form 1040)", "Schedule A"])
    page = squeeze(["Schedule", "A", "(Form", "1040)", "2023"])

    assert [match.phrase for match in find(phrases, page)] == [1]
