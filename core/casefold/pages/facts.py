"""Facts of a page that hold whatever the classes are.

Printed page numbers, identity keys, running headers and machine-readable zones.
"""

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from attrs import frozen

from casefold.kernel.canonical import digest_of_bytes
from casefold.pages.aamva import licence
from casefold.pages.likeness import sketch
from casefold.pages.mrz import agrees, zones
from casefold.pages.text import PageText
from casefold.taxonomy.model import Detector, IdentityKey

HEADER_BAND = 900
"""A running header stands in the top 9 % of the page, in ten-thousandths of its height."""

FOOTER_BAND = 9_200
"""A running footer stands in the bottom 8 %."""

BAND_WORDS_MAX = 12
"""A band of more words than this is text, not a running header; its beginning still tells."""

BARE_WORDS_MAX = 3
"""A bare number is a page number only where nothing else stands in its band: forms number their lines, too."""

PAGES_MAX = 999
"""No printed page number beyond this is believed: years and amounts look like numbers too."""

NUMBERS_MAX = 4
"""How many different page numbers of one page are kept."""


@frozen
class PageNumber:
    """A printed page number: *number*, of *total* where the page says so."""

    number: int
    total: int | None


@frozen
class Identity:
    """A value that tells one document from the next, by the first 16 digits of its SHA-256: never the value itself."""

    key: IdentityKey
    value: str


@frozen
class Facts:
    """What a page says about its place in a document.

    Attributes:
        numbers: Printed page numbers, most certain first.
        identity: Values of identity keys.
        header: Names the running header without its digits; ``None`` where there is none.
        footer: Names the running footer without its digits.
        detected: Facts that signals may name.
        sketch: What `casefold.pages.likeness.sketch` makes of its words.
    """

    numbers: tuple[PageNumber, ...]
    identity: tuple[Identity, ...]
    header: str | None
    footer: str | None
    detected: tuple[Detector, ...]
    sketch: str = ""


def facts(page: PageText, text: str) -> Facts:
    """Work out a page's facts; *text* is its words joined by single blanks."""
    header, footer = _bands(page)
    lowered = text.lower()
    return Facts(
        numbers=_numbers(lowered, header, footer),
        identity=_identity(text, lowered, header),
        header=_band_name(header),
        footer=_band_name(footer),
        detected=_detected(page, text, lowered),
        sketch=sketch(lowered),
    )


def _bands(page: PageText) -> tuple[list[str], list[str]]:
    tops, bottoms = page.boxes[1::4], page.boxes[3::4]
    body = len(page.words) - page.form_words
    header = [page.words[at] for at in range(body) if bottoms[at] <= HEADER_BAND]
    footer = [page.words[at] for at in range(body) if tops[at] >= FOOTER_BAND]
    return header, footer


def _band_name(words: Sequence[str]) -> str | None:
    letters = "".join(mark for word in words[:BAND_WORDS_MAX] for mark in word.lower() if mark.isalpha())
    return _name(letters) if len(letters) >= 4 else None


def _name(value: str) -> str:
    return digest_of_bytes(value.encode("utf-8", "replace"))[7:23]


# An expression that begins with plain letters is looked for at once, one that begins with an assertion or a choice is
# tried at every letter: so the letters come first, and what must be before them is asked for afterwards.
_PAGE_OF = re.compile(r"page(?<=\bpage)\s?(\d{1,3})\s?(?:of|/)\s?(\d{1,3})\b")
_PG_OF = re.compile(r"pg(?<=\bpg)\.? ?(\d{1,3}) of (\d{1,3})\b")
_BAND_OF = re.compile(r"(?:^|\s)(\d{1,3}) ?(?:of|/) ?(\d{1,3})(?=\s|$)")
_BAND_PAGE = re.compile(r"(?<!on )(?<!see )(?<!to )(?<!from )(?<!and )(?<!of )\b(?:page|pg\.?)\s?(\d{1,3})\b(?! and)")
_BAND_BARE = re.compile(r"^(?:[-–—] ?)?(\d{1,3})(?: ?[-–—])?$")


def _numbers(lowered: str, header: Sequence[str], footer: Sequence[str]) -> tuple[PageNumber, ...]:
    found: list[PageNumber] = []
    for match in chain(_PAGE_OF.finditer(lowered), _PG_OF.finditer(lowered)):
        _keep(found, int(match[1]), int(match[2]))
    for band in (footer, header):
        line = " ".join(band).lower()
        for match in _BAND_OF.finditer(line):
            if not _is_month("/" in match[0], int(match[1]), int(match[2])):
                _keep(found, int(match[1]), int(match[2]))
        if not found:
            for match in _BAND_PAGE.finditer(line):
                _keep(found, int(match[1]), None)
    if not found:
        for band in (footer, header):
            bare = _BAND_BARE.match(" ".join(band)) if len(band) <= BARE_WORDS_MAX else None
            if bare is not None:
                _keep(found, int(bare[1]), None)
    return tuple(found[:NUMBERS_MAX])


def _is_month(slashed: bool, number: int, total: int) -> bool:
    """Whether a fraction is rather the month and year of a form's edition, as in 8/24."""
    return slashed and number <= 12 and 18 <= total <= 40


def _keep(found: list[PageNumber], number: int, total: int | None) -> None:
    value = PageNumber(number, total)
    if 0 < number <= (PAGES_MAX if total is None else total) and value not in found:
        found.append(value)


_SSN = re.compile(r"[\dxX*]{3}[- ][\dxX*]{2}[- ](\d{4})(?![\d-])")
_EIN = re.compile(r"\d\d-\d{7}(?![\d-])")
_ACCOUNT = re.compile(r"account\s?(?:number|no\.?|#|num)\s?[:#]?\s?(?:is\s)?([\dx*•.-]*\d{3,}[\d-]*)")
_LOAN = re.compile(r"loan\s?(?:number|no\.?|id|identifier|#)\s?[:#]?\s?([\w-]{4,24})")
_FORM_YEARS = tuple(
    re.compile(rf"{word}(?<=\b{word})\b[^()]{{1,24}}(?:\([^()]{{1,24}}\) ?)?\(?(20[0-4]\d)\b")
    for word in ("form", "schedule", "anexo", "formulario")
)
_HEADER_YEAR = re.compile(r"(?<![\d/.$,-])(20[0-4]\d)(?![\d/,-])")
_TAX_YEAR = re.compile(
    r"year(?:(?<=\btax year)|(?<=\bcalendar year))(?: ending)?(?: january 1 [-–—] december 31,?)? (20[0-4]\d)\b"
)
_REVISION = re.compile(r"rev(?<=\brev)(?:ised|ision|\.)? ?(?:date )?((?:[a-z]{3,9}\.? )?(?:\d{1,2}[/-])?\d{2,4})\b")
_PERIOD = re.compile(
    r"(?:statement (?:period|date|dates)|pay(?:ment)? period|period (?:beginning|ending|covered|start|end)|pay date|"
    r"for the period)"
    r"[^\d]{0,40}?((?:\d{1,2}[/-]){1,2}\d{2,4}|[a-z]{3,9}\.? \d{1,2},? \d{4})"
)


def _identity(text: str, lowered: str, header: Sequence[str]) -> tuple[Identity, ...]:
    found: set[tuple[IdentityKey, str]] = set()
    found |= {(IdentityKey.SSN, match[1]) for match in _SSN.finditer(text) if _begins(text, match.start())}
    if "-" in text:
        found |= {(IdentityKey.EIN, match[0]) for match in _EIN.finditer(text) if _begins(text, match.start())}
    if "account" in lowered:
        found |= {(IdentityKey.ACCOUNT, _digits(match[1])[-4:]) for match in _ACCOUNT.finditer(lowered)}
    if "loan" in lowered:
        found |= {(IdentityKey.LOAN, match[1]) for match in _LOAN.finditer(lowered) if len(_digits(match[1])) > 1}
    if "20" in text:
        found |= {(IdentityKey.TAX_YEAR, year) for year in _years(lowered, header)}
    if "rev" in lowered:
        found |= {(IdentityKey.REVISION, match[1]) for match in _REVISION.finditer(lowered)}
    if "pe" in lowered or "date" in lowered:
        found |= {(IdentityKey.PERIOD, match[1]) for match in _PERIOD.finditer(lowered)}
    return tuple(Identity(key, _name(value)) for key, value in sorted(found, key=lambda pair: (pair[0].value, pair[1])))


def _begins(text: str, at: int) -> bool:
    """Whether a number begins at *at*, and not in the middle of a longer one."""
    return not at or not (text[at - 1].isdigit() or text[at - 1] == "-")


def _years(lowered: str, header: Sequence[str]) -> set[str]:
    named = {match[1] for expression in (*_FORM_YEARS, _TAX_YEAR) for match in expression.finditer(lowered)}
    return named or {match[1] for match in _HEADER_YEAR.finditer(" ".join(header))}


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdigit())


_CONTINUED = re.compile(r"continue(?:d|s) (?:on|onto|to) (?:the )?(?:next|following|reverse|other|back)\b")


def _detected(page: PageText, text: str, lowered: str) -> tuple[Detector, ...]:
    if not page.words and not page.objects:
        return (Detector.BLANK,)
    continued = (Detector.CONTINUED,) if "continue" in lowered and _CONTINUED.search(lowered) else ()
    coded = (Detector.LICENCE_BARCODE,) if any(licence(code.text) for code in page.barcodes) else ()
    drawn = (Detector.MICR_LINE,) if any(is_routing(match[1]) for match in _MICR.finditer(text)) else ()
    return continued + coded + drawn + (_zones(page) if text.count("<") > 2 else ())


_MICR = re.compile(r"[:⑆](?: ?)(\d{9})(?: ?)[1Il|]?[:⑆]")
"""The transit symbol, a bar beside two dots, is read as two dots, now and then with a one before them."""


def is_routing(digits: str) -> bool:
    """Whether nine digits are a bank's routing number by their check digit.

    >>> is_routing("122000496"), is_routing("122000497"), is_routing("000000000")
    (True, False, False)
    """
    total = sum(int(digit) * (3, 7, 1)[at % 3] for at, digit in enumerate(digits))
    return total > 0 and total % 10 == 0


def _zones(page: PageText) -> tuple[Detector, ...]:
    lines = [word for word in page.words if "<" in word or word.isalnum()]
    proved = {zone.format for zone in zones(page) if zone.sure}
    passport = "TD3" in proved or any(_is_td3(line) for line in lines)
    card = bool(proved & {"TD1", "TD2"}) or any(_is_td1(first, second) for first, second in pairwise(lines))
    return ((Detector.PASSPORT_MRZ,) if passport else ()) + ((Detector.CARD_MRZ,) if card else ())


def _is_td3(line: str) -> bool:
    """Whether *line* is the lower line of a passport (ICAO Doc 9303-4, 4.2.2): number, birth and expiry agree."""
    return (
        len(line) == 44
        and agrees(line[:9], line[9])
        and agrees(line[13:19], line[19])
        and agrees(line[21:27], line[27])
    )


def _is_td1(upper: str, middle: str) -> bool:
    """Whether two lines are the first two of a card (ICAO Doc 9303-5, section 4.2.2)."""
    return (
        len(upper) == len(middle) == 30
        and upper[0] in "ACI"
        and agrees(upper[5:14], upper[14])
        and agrees(middle[:6], middle[6])
        and agrees(middle[8:14], middle[14])
    )
