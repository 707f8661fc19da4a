"""What documents state, as FEEL values that rules can ask for."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from attrs import frozen

from casefold.feel.values import Value
from casefold.fields.facts import feel_value
from casefold.fields.model import Field, FieldType
from casefold.validation.model import Alias

CLASS = "class"
ID = "id"
PAGES = "pages"
DOCUMENT = "document"

Types = Mapping[tuple[str, str], FieldType]
"""The type of each field, by class and name; a table's column is called ``table.column``."""


@frozen
class Stated:
    """What one instance of a document states.

    Attributes:
        document: The document's id.
        label: Its class.
        pages: Its pages.
        fields: What was read from it, of one instance only.
    """

    document: str
    label: str
    pages: tuple[int, ...]
    fields: tuple[Field, ...]


@frozen(eq=False)
class Item:
    """What a name of a rule may stand for.

    Attributes:
        document: The id of its document.
        label: The class of its document.
        value: Its FEEL value, a context.
        fields: The fields behind its members, by path from the name.
    """

    document: str
    label: str
    value: Value
    fields: Mapping[str, Field]


def item_of(stated: Stated, types: Types, aliases: Sequence[Alias]) -> Item:
    """Give a document as rules see it: fields, tables as lists of rows, aliases; null for what is missing."""
    fields: dict[str, Field] = {field.name: field for field in stated.fields if not field.row}
    known = [name for label, name in types if label == stated.label]
    names = [*(name.partition(".")[0] for name in known), *(alias.name for alias in aliases)]
    value: dict[str, Value] = dict.fromkeys(names)
    for name, field in fields.items():
        value[name] = feel_value(types.get((stated.label, name), FieldType.TEXT), field.value)
    for alias in aliases:
        given = next((name for name in alias.fields if name in fields), None)
        if given is not None and alias.name not in fields:
            value[alias.name], fields[alias.name] = value[given], fields[given]
    tables = {field.name.partition(".")[0] for field in stated.fields if field.row}
    for table in sorted(tables):
        value[table] = tuple(row.value for row in rows_of(stated, types, table))
    value |= {CLASS: stated.label, ID: stated.document, PAGES: Decimal(len(stated.pages))}
    return Item(stated.document, stated.label, value, MappingProxyType(fields))


def rows_of(stated: Stated, types: Types, table: str) -> tuple[Item, ...]:
    """Give the rows of a table; a cell that is not filled is null."""
    cells: dict[int, dict[str, Field]] = {}
    columns = (name.partition(".") for label, name in types if label == stated.label)
    names = [column for owner, _, column in columns if owner == table and column]
    for field in stated.fields:
        owner, _, column = field.name.partition(".")
        if field.row and owner == table:
            cells.setdefault(field.row, {})[column] = field
    return tuple(
        Item(
            stated.document,
            stated.label,
            {
                name: feel_value(types.get((stated.label, f"{table}.{name}"), FieldType.TEXT), row[name].value)
                if name in row
                else None
                for name in names
            },
            MappingProxyType(row),
        )
        for _, row in sorted(cells.items())
    )
