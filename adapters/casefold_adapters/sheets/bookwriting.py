"""Sheets as an Excel workbook that is pleasant to read and edit."""

import io
import re
from collections.abc import Sequence

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.sources.cells import Sheet, cell_name, word
from casefold.policy.sources.tablesheets import HEADS
from casefold_adapters.sheets.books import cell_text

TEXT_MAX = 32_767
"""Letters in a cell of Excel."""

NAME_MAX = 31
"""Letters in the name of a sheet of Excel."""

DIGITS = 15
"""Digits that Excel keeps of a number."""

WIDTHS = (6, 60)
"""The narrowest and the widest column."""

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
_UNTELLABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?")


@frozen
class BookUnwritable:
    """Excel has no place for what a sheet holds; *detail* says what, and how to mend it."""

    sheet: str
    detail: str


def write_book(sheets: Sequence[Sheet]) -> Result[bytes, BookUnwritable]:
    """Write a workbook; `casefold_adapters.sheets.parse_book` reads back the same cells."""
    try:
        import openpyxl
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter
    except ModuleNotFoundError:
        return Failure(BookUnwritable("", "writing workbooks needs openpyxl: pip install 'casefold[excel]'"))
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    bold, grey = Font(bold=True), PatternFill("solid", start_color="E8EDF3")
    seen: set[str] = set()
    for sheet in sheets:
        fault = _fault(sheet, seen)
        if fault is not None:
            return Failure(BookUnwritable(sheet.name, fault))
        seen.add(sheet.name.lower())
        made, head = book.create_sheet(sheet.name), _head_rows(sheet)
        for row, cells in enumerate(sheet.rows):
            for column, text in enumerate(cells):
                cell = made.cell(row + 1, column + 1)
                number = _number(text)
                if number is not None:
                    cell.value = int(text) if number.is_integer() else number
                elif text:
                    cell.value = text
                    cell.data_type = "s"  # what begins with = is a text too, and no formula
                cell.alignment = Alignment(vertical="top", wrap_text=True)
                if row < head:
                    cell.font, cell.fill = bold, grey
        made.freeze_panes = made.cell(head + 1, 2)
        for column in range(sheet.width()):
            longest = max(
                len(line) for row in range(len(sheet.rows)) for line in (sheet.cell(row, column) + "\n").split("\n")
            )
            made.column_dimensions[get_column_letter(column + 1)].width = min(max(longest + 2, WIDTHS[0]), WIDTHS[1])
    written = io.BytesIO()
    if not sheets:
        return Failure(BookUnwritable("", "there is no table to write"))
    book.save(written)
    return Success(written.getvalue())


def _number(text: str) -> float | None:
    """Give a text as a number of Excel, if it is read back with the digits that it has."""
    number = float(text) if _NUMBER.fullmatch(text) else None
    written = None if number is None else float(f"{number:.{DIGITS}g}")
    return number if written is not None and cell_text(written) == text else None


def _head_rows(sheet: Sheet) -> int:
    """Count the rows above the rules or bins."""
    row = 2
    while word(sheet.cell(row, 0)) in HEADS:
        row += 1
    return row


def _fault(sheet: Sheet, seen: set[str]) -> str | None:
    name = sheet.name
    if not name.strip() or len(name) > NAME_MAX or _NOT_IN_NAMES.search(name) or _UNTELLABLE.search(name):
        return f"a sheet of Excel has a name of at most {NAME_MAX} letters without [ ] : * ? / \\; rename the decision"
    if name.lower() in seen or name.lower() == "history":
        return "Excel has no second sheet of this name, in small or capital letters; rename the decision"
    for row, cells in enumerate(sheet.rows):
        for column, text in enumerate(cells):
            if len(text) > TEXT_MAX:
                return f"cell {cell_name(row, column)} has {len(text):,} letters; Excel holds {TEXT_MAX:,}"
            if _UNTELLABLE.search(text):
                return f"cell {cell_name(row, column)} holds a character that Excel does not have"
    return None
