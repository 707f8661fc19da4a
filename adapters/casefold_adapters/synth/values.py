"""What a document says before anyone draws it: named values, each of one type, and tables of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve, frozen

Value: TypeAlias = str | int | date | Decimal
"""Text, a count or year, a day, or an amount of money with its cents."""

Row: TypeAlias = tuple[Value, ...]

CENT = Decimal("0.01")
_NONE: Mapping[str, Value] = MappingProxyType({})
_EMPTY: Mapping[str, tuple[Row, ...]] = MappingProxyType({})


def money(cents: int) -> Decimal:
    """Give cents as an amount.

    >>> money(123456)
    Decimal('1234.56')
    """
    return Decimal(cents).scaleb(-2)


def cents(amount: Value) -> int:
    """Give an amount in cents."""
    assert isinstance(amount, Decimal), amount
    return int(amount.scaleb(2))


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _day(day: date, form: str) -> str:
    """Print a day; no locale has a say."""
    month = MONTHS[day.month - 1]
    match form:
        case "long":
            return f"{month} {day.day}, {day.year}"
        case "mon":
            return f"{month[:3]} {day.day:02}, {day.year}"
        case "short":
            return f"{day.month:02}/{day.day:02}"
        case "two":
            return f"{day.month:02}/{day.day:02}/{day.year % 100:02}"
        case "dmy":
            return f"{day.day:02} {month[:3].upper()} {day.year}"
        case "iso":
            return day.isoformat()
        case _:
            return f"{day.month:02}/{day.day:02}/{day.year}"


def shown(value: Value, form: str = "") -> str:
    """Print a value as documents do, days and money in one of their forms.

    Days take ``long``, ``mon``, ``short``, ``two``, ``dmy`` or ``iso``; money takes ``0``, ``$`` or ``$0``.

    >>> shown(money(123456)), shown(money(123456), "$"), shown(money(123456), "$0"), shown(date(2025, 3, 1), "long")
    ('1,234.56', '$1,234.56', '$1,235', 'March 1, 2025')
    """
    match value:
        case str():
            return value
        case int():
            return str(value)
        case date():
            return _day(value, form)
        case Decimal():
            places = 0 if form.endswith("0") else 2
            sign = "-" if value < 0 else ""
            return f"{sign}{'$' if form.startswith('$') else ''}{abs(value):,.{places}f}"


def plain(value: Value) -> str:
    """Write a value for a program: days as ISO 8601, money with two places.

    >>> plain(money(5)), plain(date(2025, 3, 1))
    ('0.05', '2025-03-01')
    """
    match value:
        case str() | int():
            return str(value)
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:.2f}"


@frozen
class Field:
    """A value on its way to the page, so that the place where it is drawn can be told.

    Attributes:
        name: What the truth calls it; empty for a value that the truth leaves out.
        value: What it is.
        text: What is drawn.
    """

    name: str
    value: Value
    text: str


@frozen
class Paper:
    """One document before it is drawn.

    Attributes:
        label: Its class.
        sub: Its class with its kind, such as ``form_1099.INT``; most have none and repeat the class.
        values: What it says, by the name of the field.
        rows: Its tables: transactions, liabilities, fees.
        key: Tells it from others of its class, such as ``borrower-2024``; defects and tests name papers by it.
    """

    label: str
    sub: str
    key: str
    values: Mapping[str, Value] = _NONE
    rows: Mapping[str, tuple[Row, ...]] = _EMPTY

    def f(self, name: str, form: str = "") -> Field:
        """Take the value *name* to the page."""
        value = self.values[name]
        return Field(name, value, shown(value, form))

    def part(self, table: str, row: int, column: int, name: str, form: str = "") -> Field:
        """Take a cell of a table to the page; the truth calls it ``table[row].name``, rows counted from 0."""
        value = self.rows[table][row][column]
        return Field(f"{table}[{row}].{name}", value, shown(value, form))

    def t(self, name: str, form: str = "") -> str:
        """Print the value *name*, for a place that the truth does not record."""
        return shown(self.values[name], form)

    def has(self, name: str) -> bool:
        """Whether there is such a value, and it is not empty."""
        return self.values.get(name, "") != ""

    def cents(self, name: str) -> int:
        """Give an amount in cents."""
        return cents(self.values[name])

    def day(self, name: str) -> date:
        """Give a day."""
        value = self.values[name]
        assert isinstance(value, date), name
        return value

    def table(self, name: str) -> tuple[Row, ...]:
        """Give a table; none is an empty one."""
        return self.rows.get(name, ())

    def having(self, **values: Value) -> "Paper":
        """Give the same paper with other values."""
        return evolve(self, values={**self.values, **values})

    def with_rows(self, name: str, rows: Sequence[Row]) -> "Paper":
        """Give the same paper with another table."""
        return evolve(self, rows={**self.rows, name: tuple(rows)})
