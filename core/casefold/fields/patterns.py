"""Values that are told by the form of the words around them, wherever they stand."""

from collections.abc import Iterator

from casefold.fields.candidates import Candidate, candidate
from casefold.fields.compiled import VALUE, ReadyClass
from casefold.fields.layout import Sheet, words_of_span
from casefold.fields.model import FieldType, Method
from casefold.fields.values import readings

MATCHES_MAX = 5
"""How many places of one page one expression may match."""


def matched(ready: ReadyClass, sheet: Sheet) -> Iterator[Candidate]:
    """Give the candidates of all expressions on a page."""
    words = sheet.page.words
    text = " ".join(words)
    for field in ready.fields:
        for rule in field.rules:
            if rule.expression is None:
                continue
            for count, match in enumerate(rule.expression.finditer(text)):
                if count == MATCHES_MAX or not (match[VALUE] or "").strip():
                    break
                start = match.start(VALUE)
                kind = field.spec.type if rule.rule.value is None else FieldType.TEXT
                reading = next(readings(kind, match[VALUE]), None)
                if reading is None:
                    continue
                first, last = words_of_span(words, start + reading.start, start + reading.end)
                value = reading.value if rule.rule.value is None else rule.rule.value
                less = 3 * rule.place + reading.doubt
                span = range(first, last + 1)
                yield candidate(sheet, field.spec, value, span, Method.PATTERN, less, rule.rule.side)
