"""Values of the PDF's own form fields, told by the names that the form gives them.

The form says itself what each of them is, so nothing is surer but what proves itself by check digits. What is drawn on
the page where such a field stands, and says something else, is kept as another value: somebody is being shown what the
file does not hold.
"""

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from attrs import frozen

from casefold.fields.candidates import Candidate, candidate
from casefold.fields.compiled import ReadyClass, ReadyField, ReadyRule
from casefold.fields.layout import Sheet
from casefold.fields.model import FieldSpec, FieldType, Method
from casefold.fields.values import readings
from casefold.kernel.spelling import fold
from casefold.pages.text import TextOrigin

NAMED = -14
"""What a value is worth more that a rule knows by the field's name; see `casefold.fields.candidates.WORTHS`."""

LABELLED = -6
"""What it is worth more where the field is called what the rule calls it."""

_PLACE = re.compile(r"\[\d+\]|#")


@frozen
class Filled:
    """A field of the form that holds something: its name without numbers, what it is called, and its words."""

    name: str
    called: frozenset[str]
    words: tuple[int, ...]


def filled(sheet: Sheet) -> tuple[Filled, ...]:
    """Give the fields of the form on a page."""
    at = len(sheet.page.words) - sheet.page.form_words
    found: list[Filled] = []
    for each in sheet.page.form_fields:
        name = _PLACE.sub("", each.name)
        called = frozenset({fold(each.label), fold(name.rpartition(".")[2])}) - {""}
        found.append(Filled(name, called, tuple(range(at, at + each.words))))
        at += each.words
    return tuple(found)


def formed(ready: ReadyClass, sheet: Sheet) -> Iterator[Candidate]:
    """Give the candidates of all form fields on a page."""
    fields = filled(sheet)
    if not fields:
        return
    text = sheet.text(range(len(sheet.page.words) - sheet.page.form_words))
    for field in ready.fields:
        for rule in field.rules:
            words, more = _named(rule, fields, text), NAMED
            if not words:
                words, more = _called(rule, fields), LABELLED
            if words:
                yield from _read(sheet, field, rule, words, more)


def _named(rule: ReadyRule, fields: Sequence[Filled], text: str) -> tuple[int, ...]:
    """Give the words of the fields that a rule names; none where the first of them is empty."""
    if not rule.rule.form or (rule.edition is not None and not rule.edition.search(text)):
        return ()
    parts = [next((each.words for each in fields if is_named(each.name, name)), ()) for name in rule.rule.form]
    return tuple(word for part in parts for word in part) if parts[0] else ()


def is_named(full: str, name: str) -> bool:
    """Whether a field's *full* name ends with *name*.

    >>> is_named("topmostSubform.CopyB.Col_Right.f2_09", "Col_Right.f?_09"), is_named("page.af1_09", "f1_09")
    (True, False)
    """
    return fnmatchcase(full, name) or fnmatchcase(full, f"*.{name}")


def _called(rule: ReadyRule, fields: Sequence[Filled]) -> tuple[int, ...]:
    """Give the words of the only field that is called what a rule's label is."""
    if rule.rule.form or rule.rule.after or rule.rule.parts or rule.rule.value is not None:
        return ()
    labels = {fold(label) for label in rule.rule.labels}
    found = [each.words for each in fields if each.called & labels]
    return found[0] if len(found) == 1 else ()


def _read(sheet: Sheet, field: ReadyField, rule: ReadyRule, words: Sequence[int], more: int) -> Iterator[Candidate]:
    held = sheet.text(words)
    if rule.rule.option is not None and held != rule.rule.option:
        return
    if rule.rule.value is not None:
        value: str | None = rule.rule.value
    else:
        value = _value(field.spec.type, held)
    if value is None:
        return
    found = candidate(sheet, field.spec, value, words, Method.FORM_FIELD, more, rule.rule.side)
    yield found
    if rule.rule.value is None and sheet.page.origin is TextOrigin.LAYER:
        yield from _drawn(sheet, field.spec, found, words)


def _value(kind: FieldType, text: str) -> str | None:
    reading = next(readings(kind, spaced(kind, text)), None)
    return reading.value if reading is not None else None


def spaced(kind: FieldType, text: str) -> str:
    """Write a number as its type is printed, where a form's field holds nothing but its digits.

    >>> spaced(FieldType.SSN, "666 45 6789"), spaced(FieldType.EIN, "001234567"), spaced(FieldType.DATE, "01251968")
    ('666-45-6789', '00-1234567', '01/25/1968')
    """
    digits = text.replace(" ", "")
    if kind in {FieldType.SSN, FieldType.EIN} and re.fullmatch(r"\d{9}", digits):
        return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if kind is FieldType.SSN else f"{digits[:2]}-{digits[2:]}"
    if kind is FieldType.DATE and re.fullmatch(r"\d{8}", digits):
        return f"{digits[:2]}/{digits[2:4]}/{digits[4:]}"
    return text


def _drawn(sheet: Sheet, spec: FieldSpec, found: Candidate, words: Sequence[int]) -> Iterator[Candidate]:
    """Give what is drawn on the page where the field stands, if it says something else."""
    left, top, right, bottom = sheet.around(words)
    body = len(sheet.page.words) - sheet.page.form_words
    under = [
        word
        for word in sheet.band(top, bottom)
        if word < body and left <= (sheet.page.boxes[4 * word] + sheet.page.boxes[4 * word + 2]) // 2 <= right
    ]
    value = _value(spec.type, sheet.text(under)) if under else None
    if value is not None and fold(value) != fold(found.value):
        yield candidate(sheet, spec, value, under, Method.ANCHOR, 0, found.side)
