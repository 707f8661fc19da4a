"""Machine-readable zones: those of passports and cards (ICAO Doc 9303), and the elements of licence barcodes (AAMVA).

A zone says everything in fixed places and proves numbers and days by check digits, so it is the surest thing on a page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from attrs import frozen

from casefold.fields.candidates import Candidate, candidate
from casefold.fields.compiled import ReadyClass
from casefold.fields.layout import Sheet
from casefold.fields.model import FieldType, Method
from casefold.fields.values import readings, tail
from casefold.pages.facts import check_digit

UNPROVED = 22
"""What a part of a zone is worth less whose check digit does not agree."""

PLAIN = 6
"""What a part without a check digit of its own is worth less."""

HOLDER_YEARS_MIN = 5
"""A paper expires at least so many years after its holder was born: that tells 1930 from 2030."""


@frozen
class Part:
    """A part of a zone: its text, and whether its check digit agrees (``None`` where it has none)."""

    text: str
    agrees: bool | None = None


def td3(upper: str, lower: str) -> dict[str, Part]:
    """Read the two lines of a passport (ICAO Doc 9303-4, section 4.2.2).

    >>> lines = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    >>> parts = td3(*lines)
    >>> parts["last_name"].text, parts["date_of_birth"], parts["number"].agrees
    ('ERIKSSON', Part(text='1974-08-12', agrees=True), True)
    """
    return {
        **_names(upper[5:44]),
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
        for parts, words in _zones(sheet):
            yield from _of_zone(ready, sheet, parts, words)
    if any(rule.rule.barcode for field in ready.fields for rule in field.rules):
        yield from _of_barcode(ready, sheet)


def _of_zone(ready: ReadyClass, sheet: Sheet, parts: Mapping[str, Part], words: Sequence[int]) -> Iterator[Candidate]:
    for field in ready.fields:
        for rule in field.rules:
            part = parts.get(rule.rule.mrz or "")
            if part is not None and part.text:
                value = tail(part.text) if field.spec.type is FieldType.IDENTIFIER else part.text
                less = 3 * rule.place + (PLAIN if part.agrees is None else 0 if part.agrees else UNPROVED)
                yield candidate(sheet, field.spec, value, words, Method.MRZ, less)


_MARKS = MappingProxyType({ord("«"): "<<", ord("‹"): "<", ord("("): "<"})
_ZONE = re.compile(r"[A-Z0-9<]+")


def _zones(sheet: Sheet) -> Iterator[tuple[dict[str, Part], list[int]]]:
    """Find lines of the lengths that zones have, one under the other."""
    lines = list(_zone_lines(sheet))
    for (upper, above), (lower, below) in pairwise(lines):
        if len(upper) == len(lower) == 44 and upper[0] == "P":
            yield td3(upper, lower), [*above, *below]
    for (upper, one), (middle, two), (lower, three) in zip(lines, lines[1:], lines[2:], strict=False):
        if len(upper) == len(middle) == len(lower) == 30 and upper[0] in "ACI":
            yield td1(upper, middle, lower), [*one, *two, *three]


ZONE_LENGTHS = frozenset({30, 44})


def _zone_lines(sheet: Sheet) -> Iterator[tuple[str, list[int]]]:
    """Give the lines that only hold what a zone may hold; blanks between their words are lost."""
    line: list[int] = []
    for word in [*sheet.order, None]:
        if word is not None and line:
            _, top, _, bottom = sheet.box(line[0])
            middle = sum(sheet.box(word)[1::2]) // 2
            if top <= middle <= bottom:
                line.append(word)
                continue
        if line:
            placed = sorted(line, key=lambda each: sheet.box(each)[0])
            text = "".join(sheet.page.words[each] for each in placed).translate(_MARKS).upper()
            if len(text) in ZONE_LENGTHS and "<" in text and _ZONE.fullmatch(text):
                yield text, placed
        line = [word] if word is not None else []


AAMVA = "ANSI 636"
"""What the text of a licence's barcode holds near its beginning: the issuers' numbers begin with 636."""

_ELEMENT = re.compile(r"(?<![A-Z])(?P<code>D[A-Z]{2})(?P<value>[^\s]+)")


def _of_barcode(ready: ReadyClass, sheet: Sheet) -> Iterator[Candidate]:
    """Read the elements of a licence's barcode where its text is among the words."""
    text = sheet.text(range(len(sheet.page.words)))
    if AAMVA not in text:
        return
    elements: dict[str, tuple[str, int]] = {}
    for word, content in enumerate(sheet.page.words):
        match = _ELEMENT.fullmatch(content)
        if match is not None:
            elements = {match["code"]: (match["value"].rstrip(","), word), **elements}
    for field in ready.fields:
        for rule in field.rules:
            found = elements.get(rule.rule.barcode or "")
            value = _element(field.spec.type, found[0]) if found is not None else None
            if found is not None and value:
                yield candidate(sheet, field.spec, value, [found[1]], Method.BARCODE, 3 * rule.place)


def _element(kind: FieldType, text: str) -> str | None:
    """Give an element's canonical value: days are written month first, eight digits."""
    if kind is FieldType.DATE:
        text = f"{text[:2]}/{text[2:4]}/{text[4:]}"
    elif kind is FieldType.IDENTIFIER:
        return tail(text)
    reading = next(readings(kind, text), None)
    return reading.value if reading is not None else None
