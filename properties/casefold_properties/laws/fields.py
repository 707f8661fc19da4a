"""Laws of fields: a value stands where it says, and nothing but its document's words decides it."""

from collections.abc import Callable, Sequence

from attrs import evolve

from casefold.fields.facts import feel_value
from casefold.fields.model import MASKED, Alternative, Field, FieldSpecs, FieldType
from casefold.fields.values import TAIL, readings
from casefold.fields.zones import Part
from casefold.kernel.odds import PPM
from casefold.pages.text import BOX_SCALE, PageText

Extract = Callable[[Sequence[PageText]], tuple[Field, ...]]
"""Reads the fields of one document; a law asks it about changed pages."""


def fields_stand_on_their_pages(pages: Sequence[PageText], fields: Sequence[Field]) -> None:
    """A value's page is of the document, its box on the page, and its words are in the box."""
    by_number = {page.page: page for page in pages}
    every: list[Field | Alternative] = [*fields, *(other for field in fields for other in field.alternatives)]
    for each in every:
        left, top, right, bottom = each.box
        assert 0 <= left <= right <= BOX_SCALE and 0 <= top <= bottom <= BOX_SCALE
        assert _stands(by_number[each.page], each)


def _stands(page: PageText, each: Field | Alternative) -> bool:
    """Whether the words of a value are on its page, inside its box; what is masked may be any letter."""
    left, top, right, bottom = each.box
    inside = [
        word
        for at, word in enumerate(page.words)
        if left <= page.boxes[4 * at]
        and top <= page.boxes[4 * at + 1]
        and page.boxes[4 * at + 2] <= right
        and page.boxes[4 * at + 3] <= bottom
    ]
    return all(any(_like(part, word) for word in inside) for part in each.raw.split())


def _like(part: str, word: str) -> bool:
    return len(part) == len(word) and all(one in {other, "x"} for one, other in zip(part, word, strict=True))


def fields_are_sound(specs: FieldSpecs, label: str, fields: Sequence[Field]) -> None:
    """Every field is one of the class, canonical for its type, stated once an instance and row, and never certain."""
    spec = next((each for each in specs.classes if each.id == label), None)
    if spec is None:
        assert not fields
        return
    kinds = {field.name: field.type for field in spec.fields}
    kinds |= {f"{table.name}.{column.name}": column.type for table in spec.tables for column in table.columns}
    assert len({(each.name, each.group, each.row) for each in fields}) == len(fields)
    for each in fields:
        assert 0 < each.confidence_ppm < PPM and each.group >= 1 and each.row >= 0
        assert is_canonical(kinds[each.name], each.value)


def is_canonical(kind: FieldType, value: str) -> bool:
    """Whether a text is a canonical value of a type."""
    if kind in MASKED:
        return 0 < len(value) <= TAIL
    return bool(value) and feel_value(kind, value) is not None


def numbers_of_pages_are_nothing(extract: Extract, pages: Sequence[PageText], shift: int) -> None:
    """Move all pages of a document to other numbers: the same fields stand on the moved pages."""
    moved = extract([evolve(page, page=page.page + shift) for page in pages])
    assert [_moved(each, -shift) for each in moved] == list(extract(pages))


def _moved(each: Field, shift: int) -> Field:
    others = tuple(evolve(other, page=other.page + shift) for other in each.alternatives)
    return evolve(each, page=each.page + shift, alternatives=others)


def empty_pages_are_nothing(extract: Extract, pages: Sequence[PageText], at: int) -> None:
    """A page without words between the others changes no field."""
    empty = evolve(pages[0], page=10_000, words=(), boxes=(), form_words=0)
    assert extract([*pages[:at], empty, *pages[at:]]) == extract(pages)


def prints_and_reads(kind: FieldType, value: str, printed: str) -> None:
    """What is printed in a form that a type accepts is read as the same value, and nothing else is."""
    assert [reading.value for reading in readings(kind, printed)] == [value]


def a_wrong_digit_is_noticed(read: Callable[[str], Part], digits: str, at: int, other: str) -> None:
    """A part of a zone agrees with its check digit; with any one digit changed it does not."""
    assert read(digits).agrees is True
    if digits[at] != other:
        assert read(digits[:at] + other + digits[at + 1 :]).agrees is False
