"""The text of the barcode on a North American driver licence or identification card.

AAMVA DL/ID Card Design Standard, annex D: a header names the issuer and says how many subfiles there are, of which kind
and where; each is a list of elements, three letters and a value, one a line. Issuers put lines and counts wrong now and
then, so that what the header says of places is not relied upon: elements are told by their lines.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_HEADER = re.compile(r"(?:ANSI |AAMVA)(?P<issuer>\d{6})(?P<version>\d{2})?")
"""Cards before 2000 begin with AAMVA in place of ANSI and a blank."""

_START_MAX = 40
"""So near its beginning the header stands: a scanner may put a few characters before it."""

_SUBFILES = frozenset({"DL", "ID", "EN"})
"""The kinds of subfile that hold elements of the standard: licence, identification card, enhanced licence."""

_ELEMENT = re.compile(r"(?P<code>[DZ][A-Z]{2})(?P<value>.*)")

_NOTHING = frozenset({"", "NONE", "UNAVL", "UNAVAIL"})
"""What the standard has issuers write where there is nothing to say."""


def licence(text: str) -> Mapping[str, str] | None:
    r"""Give the elements of a licence's barcode by their codes; nothing if *text* is no such barcode's.

    >>> text = "@\n\x1e\rANSI 636000100001DL00310034DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDBB06061986\r"
    >>> found = licence(text)
    >>> found["DAQ"], found["DCS"], found["DAC"], found["DBB"]
    ('T64235789', 'SAMPLE', 'MICHAEL', '06061986')
    >>> licence("https://example.com/ANSI") is None
    True
    """
    header = _HEADER.search(text[:_START_MAX])
    if header is None:
        return None
    found: dict[str, str] = {}
    for line in re.split(r"[\n\r\x1e\x1c]+", text[header.end() :]):
        match = _ELEMENT.fullmatch(_bare(line))
        if match is not None and match["code"] not in found and match["value"].strip().upper() not in _NOTHING:
            found[match["code"]] = match["value"].strip()
    return MappingProxyType(found) if found else None


def _bare(line: str) -> str:
    """Give a line without the header's rest and the name of the subfile that begins on it."""
    for at in range(len(line) - 5, -1, -1):
        if line[at : at + 2] in _SUBFILES and _ELEMENT.match(line, at + 2) and _rest(line[:at]):
            return line[at + 2 :]
    return line


_DESIGNATORS = re.compile(r"\d{0,4}(?:[A-Z]{2}\d{8})*")


def _rest(text: str) -> bool:
    """Whether a text is what a header ends with: version and count, then kind, place and length of each subfile."""
    return _DESIGNATORS.fullmatch(text) is not None
