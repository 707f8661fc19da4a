"""Excel workbooks (.xlsx) as sheets: what a cell shows, and nothing that is worked out or joined.

The archive is measured before it is unpacked. Openpyxl reads the cells one by one, and what it passes over, such as
merged cells, is looked for beside it.
"""

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast
from xml.etree.ElementTree import ParseError, fromstring, iterparse

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.sources.cells import Sheet, cell_name
from casefold_adapters.sheets.errors import (
    CellRefused,
    SheetsClosed,
    SheetsError,
    SheetsMalformed,
    SheetsTooLarge,
    SheetsUnreadable,
)
from casefold_adapters.sheets.texts import COLUMNS_MAX, ROWS_MAX, bytes_of

if TYPE_CHECKING:
    from openpyxl import Workbook

BYTES_MAX = 16 * 2**20
"""The largest workbook that is read."""

UNPACKED_MAX = 64 * 2**20
"""The most bytes that its parts may have when they are unpacked."""

PARTS_MAX = 1_000
"""The most files in its archive."""

CELLS_MAX = 4_000_000
"""The most cells of a sheet, empty rows and cells among them."""

SHEETS_MAX = 200
"""The most sheets of a workbook."""

REFUSED_MAX = 20
"""After so many cells that cannot be used, no more are looked for."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What an old .xls and an encrypted .xlsx begin with."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T")


def load_book(path: Path) -> Result[tuple[Sheet, ...], SheetsError]:
    """Read a workbook."""
    data = bytes_of(path, BYTES_MAX)
    return data if isinstance(data, Failure) else parse_book(data.unwrap(), str(path))


def parse_book(data: bytes, path: str = "workbook") -> Result[tuple[Sheet, ...], SheetsError]:
    """Read the bytes of a workbook; charts are passed over, hidden sheets are not."""
    if len(data) > BYTES_MAX:
        return Failure(SheetsTooLarge(path, "bytes", BYTES_MAX, len(data)))
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            mend = "open it in Excel, take the password off (File, Info, Protect Workbook), and save it"
            return Failure(SheetsClosed(path, "it is encrypted", mend))
        return Failure(SheetsClosed(path, "it is an old .xls workbook", "open it in Excel and save it as .xlsx"))
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ModuleNotFoundError:
        return Failure(SheetsUnreadable(path, "reading workbooks needs openpyxl: pip install 'casefold[excel]'"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            bound = _bound(archive, path)
            if bound is not None:
                return Failure(bound)
            merged = dict(_merged(archive))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of parts that are no cells, such as validations
                book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
                return _sheets(book, merged, path)
    except zipfile.BadZipFile:
        return Failure(SheetsMalformed(path, "it is no .xlsx workbook; open it in Excel and save it as .xlsx"))
    except (
        InvalidFileException, ParseError, SyntaxError, zlib.error, ArithmeticError, AttributeError, EOFError,
        LookupError, NotImplementedError, OSError, RuntimeError, TypeError, ValueError,
    ) as error:  # fmt: skip
        # Openpyxl has no exception of its own for a damaged part: these are what it stumbles with.
        detail = " ".join(str(error).split())[:200] or type(error).__name__
        return Failure(SheetsMalformed(path, f"it is damaged: {detail}; open it in Excel and save it again"))


def _bound(archive: zipfile.ZipFile, path: str) -> SheetsError | None:
    """Measure an archive by what it says that it holds, and no more than that is ever unpacked."""
    parts = archive.infolist()
    if len(parts) > PARTS_MAX:
        return SheetsTooLarge(path, "parts", PARTS_MAX, len(parts))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_MAX:
        return SheetsTooLarge(path, "bytes when it is unpacked", UNPACKED_MAX, unpacked)
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        kept = "it holds no workbook in XML" + (": it is an .xlsb" if "xl/workbook.bin" in names else "")
        return SheetsMalformed(path, f"{kept}; open it in Excel and save it as .xlsx")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(archive.read(part)):
            return SheetsMalformed(path, f"its part {part.filename} has a DOCTYPE, which is never read")
    return None


def _merged(archive: zipfile.ZipFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the merged cells of each sheet, by the sheet's name."""
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - no document types, see above
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):  # noqa: S314
        target = targets.get(sheet.get(_RELATION, ""), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist():
            yield sheet.get("name", ""), tuple(_merged_in(archive, part))


def _merged_in(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    with archive.open(part) as file:
        for _, element in iterparse(file):  # noqa: S314
            if element.tag == f"{_MAIN}mergeCell":
                yield element.get("ref", "")
            if element.tag in {f"{_MAIN}row", f"{_MAIN}mergeCell"}:
                element.clear()


def _sheets(
    book: "Workbook", merged: Mapping[str, tuple[str, ...]], path: str
) -> Result[tuple[Sheet, ...], SheetsError]:
    if len(book.worksheets) > SHEETS_MAX:
        return Failure(SheetsTooLarge(path, "sheets", SHEETS_MAX, len(book.worksheets)))
    found: list[Sheet] = []
    refused = [
        f"sheet {sheet}: cells {each} are merged; a cell of a table stands for itself. Unmerge them (Home, Merge & "
        "Center) and fill each"
        for sheet, ranges in merged.items()
        for each in ranges[:REFUSED_MAX]
    ]
    for sheet in book.worksheets:
        rows, seen = list[tuple[str, ...]](), 0
        sheet.reset_dimensions()  # what it says of its size may be anything
        for number, cells in enumerate(cast("Iterable[tuple[_Cell, ...]]", sheet.iter_rows())):
            seen += len(cells) + 1
            row = _row(cells, number, sheet.title, refused)
            if number >= ROWS_MAX and row:
                return Failure(SheetsTooLarge(path, f"rows in sheet {sheet.title}", ROWS_MAX, number + 1))
            if len(row) > COLUMNS_MAX:
                return Failure(SheetsTooLarge(path, f"columns in sheet {sheet.title}", COLUMNS_MAX, len(row)))
            if seen > CELLS_MAX:
                return Failure(SheetsTooLarge(path, f"cells in sheet {sheet.title}", CELLS_MAX, seen))
            if number < ROWS_MAX:
                rows.append(row)
        while rows and not rows[-1]:
            del rows[-1]
        found.append(Sheet(sheet.title, tuple(rows)))
    book.close()
    return Failure(CellRefused(path, tuple(refused[:REFUSED_MAX]))) if refused else Success(tuple(found))


class _Cell(Protocol):
    """What is asked of a cell of openpyxl."""

    data_type: str

    @property
    def value(self) -> object: ...


def _row(cells: Iterable[_Cell], row: int, sheet: str, refused: list[str]) -> tuple[str, ...]:
    texts: list[str] = []
    for column, cell in enumerate(cells):
        text = None if cell.data_type in {"f", "e"} else cell_text(cell.value)
        if text is None:
            refused.append(f"sheet {sheet}, cell {cell_name(row, column)}: {_REFUSED.get(cell.data_type, _OTHER)}")
        texts.append(text or "")
    while texts and not texts[-1]:
        del texts[-1]
    return tuple(texts)


_REFUSED: Mapping[str, str] = {
    "f": "it is a formula, which only Excel can work out; put its value there (copy, paste values)",
    "e": "it is an error of Excel; put a value there",
}
_OTHER = "it holds nothing that can be read as text; put a text, number, truth or day there"


def cell_text(value: object) -> str | None:
    """Give what a cell shows as FEEL or text; ``None`` for what is neither.

    Numbers have the shortest digits that stand for the same float, as Excel shows them.

    >>> cell_text(0.1), cell_text(700.0), cell_text(1e22), cell_text(True), cell_text(None)
    ('0.1', '700', '10000000000000000000000', 'true', '')
    >>> cell_text(dt.date(2026, 1, 31)), cell_text(dt.datetime(2026, 1, 31, 9, 30))
    ('@"2026-01-31"', '@"2026-01-31T09:30:00"')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int():
            return str(value)
        case float():
            number = Decimal(repr(value))
            return format(number.normalize() if number == number.to_integral_value() else number, "f")
        case dt.datetime():
            day = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
            return f'@"{value.date().isoformat() if day else value.isoformat()}"'
        case dt.date() | dt.time():
            return f'@"{value.isoformat()}"'
        case _:
            return None
