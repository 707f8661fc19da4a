"""Machine-readable zones: those of passports and cards (ICAO Doc 9303), and the elements of licence barcodes (AAMVA).

A zone says everything in fixed places and proves numbers and days by check digits, so it is the surest thing on a page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from attrs import evolve, frozen

from casefold.fields.candidates import Candidate, candidate, worth_of
from casefold.fields.compiled import ReadyClass
from casefold.fields.layout import Sheet
from casefold.fields.model import Box, FieldType, Method
from casefold.fields.values import readings, shown, tail
from casefold.pages.aamva import licence
from casefold.pages.mrz import Zone, check_digit, zones

UNPROVED = 22
"""What a part of a zone is worth less whose check digit does not agree."""

PLAIN = 6
"""What a part without a check digit of its own is worth less."""

MONTHS_DAYS_MAX = 1231
"""What four digits of a month and a day come to at most; more are a year."""

MENDED = 8
"""What a part is worth less that was put right by its check digit: one misreading in ten agrees by chance."""

HOLDER_YEARS_MIN = 5
"""A paper expires at least so many years after its holder was born: that tells 1930 from 2030."""


@frozen
class Part:
    """A part of a zone.

    Attributes:
        text: Its text.
        agrees: Whether its check digit agrees; ``None`` where it has none.
        mended: Whether look-alikes were exchanged in it until its check digit agreed.
    """

    text: str
    agrees: bool | None = None
    mended: bool = False


def td3(upper: str, lower: str) -> dict[str, Part]:
    """Read the two lines of a passport (ICAO Doc 9303-4, section 4.2.2), a visa or a card of two lines alike.

    >>> lines = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    >>> parts = td3(*lines)
    >>> parts["last_name"].text, parts["date_of_birth"].text, parts["number"].agrees
    ('ERIKSSON', '1974-08-12', True)
    """
    return {
        **_names(upper[5:]),
        "issuer": Part(_letters(upper[2:5])),
        "number": _checked(lower[:9], lower[9]),
        "nationality": Part(_letters(lower[10:13])),
        **_days(lower[13:20], lower[21:28]),
        "sex": Part(lower[20].replace("<", "X")),
    }


def td1(upper: str, middle: str, lower: str) -> dict[str, Part]:
    """Read the three lines of a card (ICAO Doc 9303-5, section 4.2.2)."""
    return {
        **_names(lower),
        "issuer": Part(_letters(upper[2:5])),
        "number": _checked(upper[5:14], upper[14]),
        "nationality": Part(_letters(middle[15:18])),
        **_days(middle[:7], middle[8:15]),
        "sex": Part(middle[7].replace("<", "X")),
    }


def _checked(text: str, digit: str) -> Part:
    return Part(text.rstrip("<"), digit.isdecimal() and check_digit(text) == int(digit))


def _letters(text: str) -> str:
    return text.replace("<", "")


def _names(text: str) -> dict[str, Part]:
    last, _, first = text.partition("<<")
    names = [" ".join(part.replace("<", " ").split()) for part in (last, first)]
    whole = " ".join(name for name in reversed(names) if name)
    found = {"last_name": names[0], "first_name": names[1], "full_name": whole}
    return {name: Part(value) for name, value in found.items() if value}


def _days(birth: str, expiry: str) -> dict[str, Part]:
    """Read the days of birth and expiry, six digits each with their check digit."""
    days: dict[str, Part] = {}
    if expiry[:6].isdecimal():
        year = 2000 + int(expiry[:2])
        days["expiration_date"] = _day(year, expiry)
        if birth[:6].isdecimal():
            born = 2000 + int(birth[:2])
            days["date_of_birth"] = _day(born if born + HOLDER_YEARS_MIN <= year else born - 100, birth)
    return {name: part for name, part in days.items() if part.text}


def _day(year: int, digits: str) -> Part:
    text = f"{year}-{digits[2:4]}-{digits[4:6]}"
    reading = next(readings(FieldType.DATE, text), None)
    return Part(reading.value if reading is not None else "", _checked(digits[:6], digits[6]).agrees)


def zoned(ready: ReadyClass, sheet: Sheet) -> Iterator[Candidate]:
    """Give the candidates of all zones on a page."""
    if any(rule.rule.mrz for field in ready.fields for rule in field.rules):
        for zone in zones(sheet.page):
            yield from _of_zone(ready, sheet, _parts(zone), zone.words)
    if any(rule.rule.barcode for field in ready.fields for rule in field.rules):
        yield from _of_barcode(ready, sheet)


_MENDED = MappingProxyType({"number": "number", "birth": "date_of_birth", "expiry": "expiration_date"})


def _parts(zone: Zone) -> dict[str, Part]:
    upper, *others = zone.lines
    parts = td1(upper, others[0], others[1]) if len(others) > 1 else td3(upper, others[0])
    mended = {_MENDED[name] for name in zone.mended}
    return {name: evolve(part, mended=name in mended) for name, part in parts.items()}


def _of_zone(ready: ReadyClass, sheet: Sheet, parts: Mapping[str, Part], words: Sequence[int]) -> Iterator[Candidate]:
    for field in ready.fields:
        for rule in field.rules:
            part = parts.get(rule.rule.mrz or "")
            if part is not None and part.text:
                value = tail(part.text) if field.spec.type is FieldType.IDENTIFIER else part.text
                less = 3 * rule.place + (PLAIN if part.agrees is None else 0 if part.agrees else UNPROVED)
                less += MENDED if part.mended else 0
                yield candidate(sheet, field.spec, value, words, Method.MRZ, less)


_LINES = re.compile(r"(?<![A-Z])D[A-Z]{2}\S+")


def _of_barcode(ready: ReadyClass, sheet: Sheet) -> Iterator[Candidate]:
    """Read the elements of licences' barcodes: of those that were read in the picture, or where a text holds one."""
    for code in sheet.page.barcodes:
        elements = licence(code.text)
        if elements is not None:
            yield from _of_elements(ready, sheet, elements, code.box)
    text = sheet.text(range(len(sheet.page.words)))
    if "ANSI 636" in text and (elements := licence("ANSI 636000\n" + "\n".join(_LINES.findall(text)))):
        yield from _of_elements(ready, sheet, elements, sheet.around(range(len(sheet.page.words))))


def _of_elements(ready: ReadyClass, sheet: Sheet, elements: Mapping[str, str], box: Box) -> Iterator[Candidate]:
    kind = Method.BARCODE
    for field in ready.fields:
        for rule in field.rules:
            codes = (rule.rule.barcode or "").split()
            text = " ".join(elements[code] for code in codes if code in elements)
            value = _element(field.spec.type, text) if codes and codes[0] in elements else None
            if value:
                raw = shown(field.spec.type, text, value)
                worth = worth_of(kind) - 3 * rule.place
                yield Candidate(field.spec.name, value, raw, sheet.page.page, box, kind, worth, side=rule.rule.side)


def _element(kind: FieldType, text: str) -> str | None:
    """Give an element's canonical value: days have eight digits, month first in the United States, else year first."""
    if kind is FieldType.DATE and re.fullmatch(r"\d{8}", text):
        year_first = int(text[:4]) > MONTHS_DAYS_MAX
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}" if year_first else f"{text[:2]}/{text[2:4]}/{text[4:]}"
    elif kind is FieldType.IDENTIFIER:
        return tail(text)
    elif kind is FieldType.ADDRESS:
        text = re.sub(r"\b(\d{5})0000$", r"\1", text)
    reading = next(readings(kind, text), None)
    return reading.value if reading is not None else None
