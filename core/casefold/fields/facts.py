"""Fields as FEEL values, for rules across documents and for policies."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from casefold.feel import numbers
from casefold.feel.calendar import date_or_none
from casefold.feel.values import Value
from casefold.fields.model import ClassFields, Field, FieldType

NUMERIC = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENT, FieldType.YEAR})
"""Types whose values are numbers."""


def feel_value(kind: FieldType, text: str) -> Value:
    """Give the FEEL value of a field's canonical text; null where it is none.

    >>> feel_value(FieldType.MONEY, "1234.50"), feel_value(FieldType.DATE, "2025-09-12")
    (Decimal('1234.50'), Date(year=2025, month=9, day=12))
    """
    if kind in NUMERIC:
        return numbers.number(text)
    if kind is FieldType.DATE:
        year, month, day = [*text.split("-"), "", ""][:3]
        whole = year.isdecimal() and month.isdecimal() and day.isdecimal()
        return date_or_none(int(year), int(month), int(day)) if whole else None
    return text == "true" if kind is FieldType.FLAG else text


def records(spec: ClassFields, document: str, fields: Sequence[Field]) -> tuple[Value, ...]:
    """Give one context for each instance that a document holds; what was not found in it is null.

    Its members are ``document``, ``group``, every field of the class by name, and every table as a list of rows.
    """
    groups = sorted({each.group for each in fields}) or [1]
    return tuple(_record(spec, document, group, [each for each in fields if each.group == group]) for group in groups)


def _record(spec: ClassFields, document: str, group: int, fields: Sequence[Field]) -> Value:
    found = {each.name: each.value for each in fields if not each.row}
    record: dict[str, Value] = {"document": document, "group": Decimal(group)}
    for field in spec.fields:
        record[field.name] = feel_value(field.type, found[field.name]) if field.name in found else None
    for name in dict.fromkeys(table.name for table in spec.tables):
        columns = {column.name: column.type for table in spec.tables if table.name == name for column in table.columns}
        record[name] = _rows(name, columns, [each for each in fields if each.row])
    return record


def _rows(table: str, columns: Mapping[str, FieldType], cells: Iterable[Field]) -> tuple[Value, ...]:
    rows: dict[int, dict[str, Value]] = {}
    empty = MappingProxyType(dict.fromkeys(columns))
    for cell in cells:
        owner, _, column = cell.name.partition(".")
        if owner == table and column in columns:
            row = rows.setdefault(cell.row, dict[str, Value](empty))
            row[column] = feel_value(columns[column], cell.value)
    return tuple(rows[number] for number in sorted(rows))
