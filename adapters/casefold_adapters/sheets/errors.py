"""Why a file holds no sheets, and in words."""

from typing import TypeAlias

from attrs import frozen


@frozen
class SheetsUnreadable:
    """The file cannot be read; *detail* says why."""

    path: str
    detail: str


@frozen
class SheetsEncoded:
    """The bytes are no text in UTF-8; *detail* says where."""

    path: str
    detail: str


@frozen
class SheetsTooLarge:
    """The file has more *what* than *most*; *found* is how many, as far as it was read."""

    path: str
    what: str
    most: int
    found: int


@frozen
class SheetsMalformed:
    """The file is not what its name says; *detail* says why."""

    path: str
    detail: str


@frozen
class SheetsClosed:
    """The workbook is of a kind that is not opened: an old ``.xls``, or one with a password; *mend* says what to do."""

    path: str
    detail: str
    mend: str


@frozen
class CellRefused:
    """Cells hold what no table can be made of: *what* says so of each, with its sheet and name."""

    path: str
    cells: tuple[str, ...]


SheetsError: TypeAlias = (
    SheetsUnreadable | SheetsEncoded | SheetsTooLarge | SheetsMalformed | SheetsClosed | CellRefused
)


def words(error: SheetsError) -> str:
    """Say what is wrong, where, and how to mend it."""
    match error:
        case SheetsUnreadable(path, detail):
            return f"{path}: {detail}"
        case SheetsEncoded(path, detail):
            return f"{path}: {detail}; save it as CSV UTF-8"
        case SheetsTooLarge(path, what, most, found):
            return f"{path}: it has {found:,} {what} or more; at most {most:,} are read"
        case SheetsMalformed(path, detail):
            return f"{path}: {detail}"
        case SheetsClosed(path, detail, mend):
            return f"{path}: {detail}; {mend}"
        case CellRefused(path, cells):
            return "\n".join(f"{path}: {cell}" for cell in cells)
