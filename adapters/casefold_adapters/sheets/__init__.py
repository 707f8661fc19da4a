"""Sheets for `casefold.policy.sources` from CSV files and Excel workbooks, and back.

Every cell is the text that it shows. Formulas, merged cells, macros' workbooks of other kinds and encrypted files are
refused by name; bytes, rows and columns have a bound, also when unpacked. Workbooks need the extra ``excel``.
"""

from casefold_adapters.sheets.books import OLE, load_book, parse_book
from casefold_adapters.sheets.bookwriting import BookUnwritable, write_book
from casefold_adapters.sheets.errors import (
    CellRefused,
    SheetsClosed,
    SheetsEncoded,
    SheetsError,
    SheetsMalformed,
    SheetsTooLarge,
    SheetsUnreadable,
    words,
)
from casefold_adapters.sheets.texts import COLUMNS_MAX, ROWS_MAX, load_csv, parse_csv, write_csv

__all__ = [
    "COLUMNS_MAX",
    "OLE",
    "ROWS_MAX",
    "BookUnwritable",
    "CellRefused",
    "SheetsClosed",
    "SheetsEncoded",
    "SheetsError",
    "SheetsMalformed",
    "SheetsTooLarge",
    "SheetsUnreadable",
    "load_book",
    "load_csv",
    "parse_book",
    "parse_csv",
    "words",
    "write_book",
    "write_csv",
]
