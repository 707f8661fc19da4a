"""A value that may be a field's, and what it is worth to take it for that.

Worth is in decibans, as everywhere: what the method is worth, less what makes the reading doubtful.
"""

from collections.abc import Sequence

from attrs import frozen

from casefold.fields.layout import Sheet
from casefold.fields.model import Box, ColumnSpec, FieldSpec, Method, Side
from casefold.fields.values import shown
from casefold.pages.text import TextOrigin

WORTHS = (
    (Method.PERSON, 60),
    (Method.MRZ, 35),
    (Method.BARCODE, 30),
    (Method.FORM_FIELD, 18),
    (Method.ANCHOR, 14),
    (Method.PATTERN, 12),
    (Method.MODEL, 10),
    (Method.LLM, 10),
)
"""What each method is worth before anything speaks against it: a stated guess, not calibrated."""

OCR = 2
"""What words read from an image are worth less."""

WORTH_MIN = 3
"""A candidate worth less is none."""


@frozen
class Candidate:
    """A value that may be a field's.

    Attributes:
        name: The field, or the table and column joined by a dot.
        value: Its canonical text.
        raw: The words, as they may be kept.
        page: The page.
        box: The smallest box around the words.
        method: How it was found.
        worth: In decibans.
        sheet: The place of the page in its document, from 0.
        row: The row of a table, from 1; 0 for a single field.
        side: The pages on which it is to be looked for first.
    """

    name: str
    value: str
    raw: str
    page: int
    box: Box
    method: Method
    worth: int
    sheet: int = 0
    row: int = 0
    side: Side = Side.ANY


def worth_of(method: Method) -> int:
    """Give what a method is worth."""
    return dict(WORTHS)[method]


def candidate(
    sheet: Sheet,
    spec: FieldSpec | ColumnSpec,
    value: str,
    words: Sequence[int],
    method: Method,
    less: int,
    side: Side = Side.ANY,
) -> Candidate:
    """Make a candidate of the words that show *value*; *less* is what speaks against it."""
    ocr = OCR if sheet.page.origin is TextOrigin.OCR else 0
    raw = shown(spec.type, sheet.text(words), value)
    if method is Method.ANCHOR and min(words) >= len(sheet.page.words) - sheet.page.form_words:
        method = Method.FORM_FIELD
    worth = worth_of(method) - less - ocr
    return Candidate(spec.name, value, raw, sheet.page.page, sheet.around(words), method, worth, side=side)
