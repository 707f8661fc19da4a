"""Typed values in printed text: what of it is an amount, a date or a number, and how its value is written.

A reading says how doubtful it is, in decibans: a bare whole number may be an amount, one with a dollar sign is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from attrs import frozen

from casefold.feel.calendar import date_or_none
from casefold.fields.model import MASKED, FieldType

DIGITS_MAX = 15
"""No amount or number of more digits is believed: account numbers look like numbers too."""

DOUBT_SLIP = 5
"""For letters that scanners put in place of digits."""

DOUBT_BARE = 5
"""For an amount without sign, comma or cents, and a percentage without its sign."""

DOUBT_TINY = 7
"""For a bare whole number of one or two digits besides: lines and boxes of forms have such numbers."""

DOUBT_CENTURY = 2
"""For a year of two digits."""

DOUBT_INVALID = 8
"""For a number that was never given out."""


@frozen
class Reading:
    """A value that stands at ``text[start:end]``; *doubt* is in decibans."""

    start: int
    end: int
    value: str
    doubt: int = 0


def readings(kind: FieldType, text: str) -> Iterator[Reading]:
    """Give the values of a type in *text*, in order; for words (text, names, addresses) that is the whole text.

    >>> [reading.value for reading in readings(FieldType.MONEY, "$1,234.5 of (85) on 3/4/2025")]
    ['1234.50', '-85.00']
    >>> [reading.value for reading in readings(FieldType.DATE, "from Feb. 1, 2022 to 28-02-22")]
    ['2022-02-01']
    """
    return _READERS[kind](text)


_SLIPS = MappingProxyType({ord("O"): "0", ord("o"): "0", ord("l"): "1", ord("I"): "1", ord("|"): "1"})
_D = "[0-9OolI|]"


def _plain(text: str) -> tuple[str, int]:
    """Put digits in place of the letters that scanners take for them."""
    mended = text.translate(_SLIPS)
    return mended, DOUBT_SLIP if mended != text else 0


_MONEY = re.compile(
    r"(?<![\w,./:–-])(?P<minus>[-–(−]\s?)?(?P<sign>[$]\s?)?(?P<minus2>[-–−]\s?)?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<cents>\.\d{1,2}|\.)?(?P<close>\s?\)|-(?!\d))?(?![\w/%:]|[.,-]\d|\s?%)"
)


def _money(text: str) -> Iterator[Reading]:
    for match in _MONEY.finditer(text):
        whole, cents = match["whole"].replace(",", ""), (match["cents"] or "").strip(".")
        if len(whole) > DIGITS_MAX:
            continue
        minus = bool(match["minus2"] or (match["minus"] and ("(" not in match["minus"] or match["close"])))
        minus = minus or (match["close"] or "").strip() == "-"
        end = match.end() if match["close"] and minus else match.end("cents" if cents else "whole")
        value = _amount(f"{'-' if minus else ''}{whole}.{cents:0<2}")
        bare = not (match["sign"] or "," in match["whole"] or len(cents) == 2)
        tiny = bare and not cents and len(whole) < 3 and int(whole)
        yield Reading(match.start(), end, value, (DOUBT_BARE if bare else 0) + (DOUBT_TINY if tiny else 0))


def _amount(text: str) -> str:
    value = Decimal(text)
    return f"{abs(value) if value.is_zero() else value:.2f}"


_NUMBER = re.compile(r"(?<![\w,./-])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?![\w/]|[.,-]\d)")


def _number(text: str) -> Iterator[Reading]:
    for match in _NUMBER.finditer(text):
        whole = match["whole"].replace(",", "")
        if len(whole) + len(match["part"] or "") <= DIGITS_MAX:
            yield Reading(match.start(), match.end(), _shortest(whole + (match["part"] or "")))


def _shortest(text: str) -> str:
    """Write a decimal number without zeros that say nothing."""
    whole, _, part = text.partition(".")
    kept = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{kept}" if kept else "")


_PERCENT = re.compile(r"(?<![\w,./-])(?P<number>\d{1,3}(?:\.\d{1,6})?)(?P<sign>\s?%)?(?![\w/]|[.,-]\d)")


def _percent(text: str) -> Iterator[Reading]:
    for match in _PERCENT.finditer(text):
        if match["sign"] or "." in match["number"]:
            yield Reading(match.start(), match.end(), _shortest(match["number"]), 0 if match["sign"] else DOUBT_BARE)


_MONTHS = MappingProxyType({
    name: number
    for number, names in enumerate(
        (
            ("jan", "ene"), ("feb", "fev"), ("mar",), ("apr", "avr", "abr"), ("may", "mai"), ("jun",), ("jul",),
            ("aug", "ago"), ("sep", "set"), ("oct", "okt"), ("nov",), ("dec", "dez", "dic"),
        ),
        start=1,
    )
    for name in names
})  # fmt: skip
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|fev|mai|avr|ene|abr|ago|set|okt|dez|dic)\b\.?"
)
_NUMERIC_DATE = (
    rf"(?<![\w/.,-])(?P<m1>{_D}{{1,2}})\s?(?P<s1>[/.-])\s?(?P<d1>{_D}{{1,2}})\s?(?P=s1)\s?"
    rf"(?P<y1>{_D}{{4}}|{_D}{{2}})(?![\w/]|[.-]\d)"
)
_ISO_DATE = r"(?<![\w/-])(?P<y2>[12]\d{3})(?P<s2>[/.-])(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2})(?![\w/-])"
_MONTH_FIRST = rf"\b{_MONTH.format('n3')}\s?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s?(?P<y3>\d{{4}})(?!\d)"
_DAY_FIRST = (
    rf"(?<![\w/-])(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[\s/-]?(?:day of )?{_MONTH.format('n4')}"
    r"(?:\s?/\s?[a-z]{3,4})?,?[\s/-]?(?P<y4>\d{4}|\d{2})(?!\d)"
)
# The standard application prints the strokes; a text layer gives them after both numbers that stand between.
_STROKES_APART = r"(?<![\w/-])(?P<m5>\d{2}) ?/ ?(?P<y5>[12]\d{3})(?P<d5>\d{2}) ?/"
_DATES = (_NUMERIC_DATE, _ISO_DATE, _MONTH_FIRST, _DAY_FIRST, _STROKES_APART)
_DATE = re.compile("|".join(_DATES), re.IGNORECASE)
_CENTURY = 50


def _date(text: str) -> Iterator[Reading]:
    for match in _DATE.finditer(text):
        at = next(number for number in "12345" if match[f"y{number}"] is not None)
        named = at in "34"
        parts = [match[f"y{at}"], match[f"d{at}"], *([] if named else [match[f"m{at}"]])]
        mended = [_plain(part) for part in parts]
        month = _MONTHS[match[f"n{at}"][:3].lower()] if named else int(mended[2][0])
        year, day = int(mended[0][0]), int(mended[1][0])
        doubt = max(doubt for _, doubt in mended)
        if len(parts[0]) == 2:
            year, doubt = year + (2000 if year < _CENTURY else 1900), doubt + DOUBT_CENTURY
        found = date_or_none(year, month, day)
        if found is not None and 1900 <= year < 2200:
            yield Reading(match.start(), match.end(), f"{year:04}-{month:02}-{day:02}", doubt)


_DAY = re.compile(r"(?<![\w/.,$-])(?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?![\w/-]|\.\d)")


def day_without_year(text: str) -> Reading | None:
    """Give the first day of *text* that is printed without its year, as ISO 8601 once wrote it: ``--11-01``."""
    for match in _DAY.finditer(text):
        month, day = int(match["month"]), int(match["day"])
        if date_or_none(LEAP_YEAR, month, day) is not None:
            return Reading(match.start(), match.end(), f"--{month:02}-{day:02}", DOUBT_CENTURY)
    return None


LEAP_YEAR = 2000
"""A year that has all days."""


def with_year(day: str, until: str) -> str | None:
    """Give the last day of that month and number up to a date.

    >>> with_year("--12-30", "2024-01-15"), with_year("--02-29", "2023-03-01")
    ('2023-12-30', None)
    """
    year = int(until[:4]) - (day[2:] > until[5:])
    found = date_or_none(year, int(day[2:4]), int(day[5:]))
    return None if found is None else f"{year:04}{day[1:]}"


_YEAR = re.compile(r"(?<![\w,./$-])(?:19|20)\d{2}(?![\w/,-]|\.\d)")
_SHORT_YEAR = re.compile(r"(?<=\b20)\s(\d{2})(?!\d)")


def _year(text: str) -> Iterator[Reading]:
    for match in _YEAR.finditer(text):
        yield Reading(match.start(), match.end(), match[0])
    for match in _SHORT_YEAR.finditer(text):
        yield Reading(match.start() - 2, match.end(), f"20{match[1]}", DOUBT_SLIP)


_SSN = re.compile(
    # The standard application prints the dashes; a text layer gives them around the numbers that stand between.
    r"(?<![\w-])(?:(?P<area2>\d{3}) [–-] (?P<end2>\d{4})(?P<pair2>\d{2}) [–-]"
    r"|(?P<area>\d{3})\s?(?P<dash>[-–])?\s?(?P<pair>\d{2})\s?[-–]?\s?(?P<end>\d{4})"
    r"|[xX*#•]{3}\s?[-–]?\s?[xX*#•]{2}\s?[-–]?\s?(?P<masked>\d{4}))(?![\d-]|\w)"
)


def _ssn(text: str) -> Iterator[Reading]:
    for match in _SSN.finditer(text):
        masked, end = match["masked"], match["end"] or match["end2"]
        if masked:
            yield Reading(match.start(), match.end(), masked)
            continue
        area, pair = match["area"] or match["area2"], match["pair"] or match["pair2"]
        never = area in {"000", "666"} or pair == "00" or end == "0000"
        yield Reading(match.start(), match.end(), end, DOUBT_INVALID if never else 0 if match["dash"] else 2)


_EIN = re.compile(r"(?<![\w-])(?P<prefix>\d{2})(?P<dash>\s?[-–]\s?)?(?P<rest>\d{7})(?![\d-]|\w)")
_NO_PREFIX = frozenset(
    ("00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97")
)
"""Prefixes that the IRS has not given out."""


def _ein(text: str) -> Iterator[Reading]:
    for match in _EIN.finditer(text):
        doubt = (DOUBT_INVALID if match["prefix"] in _NO_PREFIX else 0) + (0 if match["dash"] else 2)
        yield Reading(match.start(), match.end(), f"{match['prefix']}-{match['rest']}", doubt)


_ACCOUNT = re.compile(r"(?<![\w$,./-])[\dxX*•#.][\dxX*•#. -]*\d{3,}(?![\w,/]|\.\d)")
_IDENTIFIER = re.compile(r"(?<![\w$,./-])(?=[A-Z\d* -]{0,20}\d)[A-Z\d*]{4,}(?:[ -]\d{2,}){0,4}(?![\w,/])")
_CODE = re.compile(r"(?<![\w$])(?=[\w./-]*\d)[A-Za-z0-9][\w./-]*[A-Za-z0-9](?![\w$])")


def _account(text: str) -> Iterator[Reading]:
    for match in _ACCOUNT.finditer(text):
        yield Reading(match.start(), match.end(), tail(match[0]))


def _identifier(text: str) -> Iterator[Reading]:
    for match in _IDENTIFIER.finditer(text):
        yield Reading(match.start(), match.end(), tail(match[0]))


def _code(text: str) -> Iterator[Reading]:
    for match in _CODE.finditer(text):
        yield Reading(match.start(), match.end(), match[0], 0 if len(match[0]) > 3 else DOUBT_BARE)


_FLAG = re.compile(r"\b(?P<yes>yes|true|x|on)\b|[☒☑✓✔]|\b(?P<no>no|false|off)\b|☐", re.IGNORECASE)


def _flag(text: str) -> Iterator[Reading]:
    for match in _FLAG.finditer(text):
        yield Reading(match.start(), match.end(), "false" if match["no"] or match[0] == "☐" else "true")


_CUT = re.compile(r"\*\*\*|\s\(|\s[|•]|\s\.\s|(?<=\S)\s{2,}")
_EDGES = " \t:;,.#-–—_*\"'"
_NO_NAME = re.compile(r"[\d$%@]{3,}|[$%@]")
_LETTERS = re.compile(r"[^\W\d_]")


def words_of(text: str) -> str:
    """Take from printed words what is not of them: what follows in brackets or after stars, and marks at either end.

    >>> words_of(": John A. Smith (SSN xxx-xx-1234)")
    'John A. Smith'
    """
    cut = _CUT.search(text.lstrip(_EDGES))
    kept = text.lstrip(_EDGES)[: cut.start()] if cut is not None else text.lstrip(_EDGES)
    return " ".join(kept.rstrip(_EDGES.replace(".", "")).split())


def _text(text: str) -> Iterator[Reading]:
    value = words_of(text)
    if _LETTERS.search(value):
        yield _whole(text, value)


def _name(text: str) -> Iterator[Reading]:
    value = words_of(text)
    if len(_LETTERS.findall(value)) >= 2 and not _NO_NAME.search(value):
        yield _whole(text, value)


def _address(text: str) -> Iterator[Reading]:
    value = words_of(text)
    if _LETTERS.search(value) and any(mark.isdigit() for mark in value):
        yield _whole(text, value)


def _whole(text: str, value: str) -> Reading:
    start = text.find(value)
    return Reading(start, start + len(value), value) if start >= 0 else Reading(0, len(text), value)


_READERS: Mapping[FieldType, Callable[[str], Iterator[Reading]]] = MappingProxyType(
    {
        FieldType.TEXT: _text,
        FieldType.NAME: _name,
        FieldType.ADDRESS: _address,
        FieldType.CODE: _code,
        FieldType.MONEY: _money,
        FieldType.NUMBER: _number,
        FieldType.PERCENT: _percent,
        FieldType.DATE: _date,
        FieldType.YEAR: _year,
        FieldType.SSN: _ssn,
        FieldType.EIN: _ein,
        FieldType.ACCOUNT: _account,
        FieldType.IDENTIFIER: _identifier,
        FieldType.FLAG: _flag,
    }
)

WORDED = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.ADDRESS})
"""Types whose values are words: anything may be one, so that only its place tells."""

TAIL = 4
"""How much is kept of a masked value."""


def tail(text: str) -> str:
    """Give the last letters and digits of a number that is kept secret.

    >>> tail("0000-2134 001")
    '4001'
    """
    return "".join(mark for mark in text if mark.isalnum())[-TAIL:]


def shown(kind: FieldType, raw: str, value: str) -> str:
    """Give *raw* as it may be kept: of masked types, all but the letters and digits of *value* at its end become ``x``.

    >>> shown(FieldType.SSN, "077-49-4905", "4905")
    'xxx-xx-4905'
    """
    if kind not in MASKED:
        return raw
    hidden = sum(mark.isalnum() for mark in raw) - (len(value) if tail(raw) == value else 0)
    marks: list[str] = []
    for mark in raw:
        hidden -= mark.isalnum()
        marks.append("x" if mark.isalnum() and hidden >= 0 else mark)
    return "".join(marks)
