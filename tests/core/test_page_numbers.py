"""What is a page number and what is not."""

import pytest

from casefold.pages.facts import PageNumber, facts
from casefold_properties.strategies import BODY, FOOTER, HEADER, lines_of, page_of


@pytest.mark.parametrize(("text", "top", "expected"), [
    ("Page 3 of 12",             BODY,   (3, 12)),
    ("Form W-2 (Page 3/12)",     BODY,   (3, 12)),
    ("pg. 3 of 12",              FOOTER, (3, 12)),
    ("3 of 12",                  FOOTER, (3, 12)),
    ("3 of 12",                  BODY,   None),     # "3 of 12 payments"
    ("Page 3",                   FOOTER, (3, None)),
    ("Page 3",                   BODY,   None),     # "see page 3"
    ("- 3 -",                    FOOTER, (3, None)),
    ("3",                        HEADER, (3, None)),
    ("2023",                     FOOTER, None),     # a year
    ("Page 13 of 12",            BODY,   None),
    ("Page 0 of 12",             BODY,   None),
])  # fmt: skip
def test_page_numbers(text, top, expected):
    """Page 3 of 12 counts anywhere; a number with less to say for itself only in a header or footer."""
    page = page_of([lines_of("the owner", top=BODY - 300), lines_of(text, top=top)])
    numbers = facts(page, " ".join(page.words)).numbers

    assert numbers == (() if expected is None else (PageNumber(*expected),))
