"""CSV files as sheets, and back: UTF-8, with commas, semicolons or tabs."""

import csv
import io
from pathlib import Path

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.sources.cells import Sheet
from casefold_adapters.files.bounded import NotRead, read_bounded
from casefold_adapters.sheets.errors import (
    SheetsEncoded,
    SheetsError,
    SheetsMalformed,
    SheetsTooLarge,
    SheetsUnreadable,
)

BYTES_MAX = 16 * 2**20
"""The largest CSV file that is read: at a hundred bytes for a rule, 160,000 rules."""

ROWS_MAX = 100_000
"""The most rows of a sheet."""

COLUMNS_MAX = 500
"""The most columns of a sheet."""

DELIMITERS = (",", ";", "\t")
"""What may stand between two cells; which it is, the first row shows."""


def load_csv(path: Path) -> Result[Sheet, SheetsError]:
    """Read a CSV file as a sheet of the file's name."""
    data = bytes_of(path, BYTES_MAX)
    return data if isinstance(data, Failure) else parse_csv(data.unwrap(), path.stem, str(path))


def bytes_of(path: Path, most: int) -> Result[bytes, SheetsError]:
    """Read the bytes of a file that is not too large."""
    data = read_bounded(path, most)
    if isinstance(data, Success):
        return data
    why = data.failure()
    if isinstance(why, NotRead):
        return Failure(SheetsUnreadable(str(path), why.detail))
    return Failure(SheetsTooLarge(str(path), "bytes", most, why.found))


def parse_csv(data: bytes, name: str, path: str = "CSV") -> Result[Sheet, SheetsError]:
    r"""Read the bytes of a CSV file.

    >>> parse_csv(b'U;input\n;score\n1;">= 1,5"\n', "Rate").unwrap().rows[2]
    ('1', '>= 1,5')
    """
    if len(data) > BYTES_MAX:
        return Failure(SheetsTooLarge(path, "bytes", BYTES_MAX, len(data)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Failure(SheetsEncoded(path, f"line {line}: it is not UTF-8 text: {error.reason}"))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return Failure(SheetsEncoded(path, f"line {line}: it is not UTF-8 text: it holds a null character"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[str, ...]] = []
    try:
        for row in reader:
            if len(rows) >= ROWS_MAX:
                return Failure(SheetsTooLarge(path, "rows", ROWS_MAX, ROWS_MAX + 1))
            if len(row) > COLUMNS_MAX:
                return Failure(SheetsTooLarge(path, "columns", COLUMNS_MAX, len(row)))
            rows.append(tuple(row))
    except csv.Error as error:
        return Failure(SheetsMalformed(path, f"line {reader.line_num}: it is no CSV: {error}"))
    return Success(Sheet(name, tuple(rows)))


FIRST_MAX = 10_000
"""Characters that are looked at for the delimiter."""


def _delimiter(text: str) -> str:
    """Give the delimiter that cuts the first row into the most cells; a comma if none does."""
    first = text[:FIRST_MAX].splitlines()[0] if text.strip() else ""
    counts = {each: len(_first_row(first, each)) for each in DELIMITERS}
    return max(DELIMITERS, key=lambda each: counts[each])


def _first_row(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), list[str]())
    except csv.Error:
        return []


def write_csv(sheet: Sheet) -> bytes:
    r"""Write a sheet as CSV, with commas, in UTF-8 with the mark by which Excel knows it.

    >>> write_csv(Sheet("Rate", (("U", "output"), ("1", "2, 3"))))
    b'\xef\xbb\xbfU,output\r\n1,"2, 3"\r\n'
    """
    written = io.StringIO(newline="")
    width = sheet.width()
    csv.writer(written).writerows([*row, *[""] * (width - len(row))] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig", "replace")
