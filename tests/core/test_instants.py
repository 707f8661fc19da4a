"""RFC 3339 by its own examples, section 5.8."""

import pytest

from casefold.kernel.instants import parse_instant, rfc3339
from casefold.kernel.results import Failure


@pytest.mark.parametrize(("text", "utc"), [
    ("1985-04-12T23:20:50.52Z",      "1985-04-12T23:20:50.520000Z"),
    ("1996-12-19T16:39:57-08:00",    "1996-12-20T00:39:57.000000Z"),
    ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870000Z"),
    ("1985-04-12t23:20:50z",         "1985-04-12T23:20:50.000000Z"),
    ("0001-01-01T00:00:00Z",         "0001-01-01T00:00:00.000000Z"),
    ("9999-12-31T23:59:59.999999Z",  "9999-12-31T23:59:59.999999Z"),
    ("1990-12-31T23:59:60Z",         None),  # a leap second has no microsecond of its own
    ("1985-04-12T23:20:50.1234567Z", None),
    ("1985-04-12 23:20:50Z",         None),
    ("1985-04-12T23:20Z",            None),
    ("1985-02-29T23:20:50Z",         None),
    ("1985-04-12T24:00:00Z",         None),
    ("1985-04-12T23:20:50",          None),
    ("1985-04-12T23:20:50+24:00",    None),
])  # fmt: skip
def test_instants_are_read_as_the_rfc_says(text, utc):
    """What is read is written in UTC; what has no whole microsecond, or no offset, is refused."""
    read = parse_instant(text)

    assert (None if isinstance(read, Failure) else rfc3339(read.unwrap())) == utc
