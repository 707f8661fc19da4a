"""What a report says of the fields of a document."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from casefold.case.record import Artifacts
from casefold.case.wording import percent
from casefold.fields.model import ClassFields, Field, FieldType, Method
from casefold_shells.report.words import counted, shown

SURE_MIN = 900_000
"""A value less sure, in parts per million, is marked as one to look at."""

METHODS = {
    Method.FORM_FIELD: "form field",
    Method.ANCHOR: "label",
    Method.PATTERN: "form of the words",
    Method.MRZ: "machine-readable zone",
    Method.BARCODE: "barcode",
    Method.MODEL: "local model",
    Method.LLM: "language model",
    Method.PERSON: "a person",
}
"""How each method is called."""


@frozen
class FieldRow:
    """A field of a document.

    Attributes:
        title: What a loan officer calls it.
        name: What rules call it.
        value: Its value as people write it.
        others: Other values that were found.
        page: The page that it stands on.
        unsure: Whether somebody had better look.
    """

    title: str
    name: str
    value: str
    others: str
    page: int
    method: str
    confidence: str
    unsure: bool


@frozen
class FieldGroup:
    """The single fields of one instance in a document, and its tables with how many rows they have."""

    number: int
    rows: tuple[FieldRow, ...]
    tables: tuple[str, ...]


def field_groups(artifacts: Artifacts, label: str, fields: Sequence[Field]) -> tuple[FieldGroup, ...]:
    """Give what is said of a document's fields, one instance after the other."""
    specs = artifacts.fields.specs.classes if artifacts.fields is not None else ()
    spec = next((each for each in specs if each.id == label), None)
    if spec is None:
        return ()
    groups = sorted({each.group for each in fields})
    return tuple(_group(spec, number, [each for each in fields if each.group == number]) for number in groups)


def _group(spec: ClassFields, number: int, fields: Sequence[Field]) -> FieldGroup:
    kinds = {field.name: field for field in spec.fields}
    rows = tuple(
        FieldRow(
            title=shown(kinds[each.name].title),
            name=each.name,
            value=shown(value_words(kinds[each.name].type, each.value)),
            others=shown(", ".join(value_words(kinds[each.name].type, other.value) for other in each.alternatives)),
            page=each.page,
            method=METHODS[each.method],
            confidence=percent(each.confidence_ppm),
            unsure=each.confidence_ppm < SURE_MIN,
        )
        for each in fields
        if not each.row and each.name in kinds
    )
    return FieldGroup(number, rows, tuple(_tables(spec, fields)))


def _tables(spec: ClassFields, fields: Sequence[Field]) -> Iterator[str]:
    for name, title in {table.name: table.title for table in spec.tables}.items():
        rows = {each.row for each in fields if each.name.startswith(f"{name}.")}
        if rows:
            yield f"{shown(title)}: {counted(len(rows), 'row')}"


def value_words(kind: FieldType, value: str) -> str:
    """Write a value as people do.

    >>> value_words(FieldType.MONEY, "-1234.50"), value_words(FieldType.SSN, "4905")
    ('-$1,234.50', '…4905')
    """
    match kind:
        case FieldType.MONEY:
            whole, _, cents = value.lstrip("-").partition(".")
            return f"{'-' if value.startswith('-') else ''}${int(whole):,}.{cents}"
        case FieldType.PERCENT:
            return f"{value} %"
        case FieldType.SSN | FieldType.ACCOUNT | FieldType.IDENTIFIER:
            return f"…{value}"
        case _:
            return value
