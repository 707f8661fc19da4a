"""Sheets as an adapter gives them, the names of their cells, and what can be wrong with one."""

from attrs import frozen


@frozen
class Sheet:
    """A sheet: rows of cells, each cell the text that it shows. A row may be shorter than another."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def cell(self, row: int, column: int) -> str:
        """Give the text of a cell, counted from 0, without the space around it; what is not there is empty."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column].strip() if column < len(cells) else ""

    def width(self) -> int:
        """Give how many columns the widest row has."""
        return max(map(len, self.rows), default=0)

    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for row in self.rows for cell in row)


@frozen
class SheetFault:
    """Something in a sheet that cannot be used.

    Attributes:
        cell: Where, such as ``B7``.
        rule: What people call the row, such as ``rule 3`` or ``row type``; empty if it has no name.
        fault: What is wrong.
    """

    cell: str
    rule: str
    fault: str


@frozen
class SheetInvalid:
    """A sheet is no table that can be used; everything that is wrong with it."""

    sheet: str
    faults: tuple[SheetFault, ...]


def column_name(column: int) -> str:
    """Name a column, counted from 0, as spreadsheets do.

    >>> column_name(0), column_name(25), column_name(26), column_name(701), column_name(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def cell_name(row: int, column: int) -> str:
    """Name a cell, counted from 0.

    >>> cell_name(6, 1)
    'B7'
    """
    return f"{column_name(column)}{row + 1}"


def word(text: str) -> str:
    """Give a word of a sheet's frame as it is compared: in small letters, its spaces one each.

    >>> word(" Rule  ORDER ")
    'rule order'
    """
    return " ".join(text.split()).lower()
