"""CSV files and workbooks become sheets or a value that says why not; what cannot be a table is named by its cell."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.kernel.results import Failure, Success
from casefold.policy.sources.cells import Sheet
from casefold_adapters import sheets
from casefold_adapters.sheets import books, texts

SHEET1 = "xl/worksheets/sheet1.xml"


def csv_rows(data: bytes | str) -> tuple[tuple[str, ...], ...]:
    found = sheets.parse_csv(data if isinstance(data, bytes) else data.encode(), "Rate")
    assert isinstance(found, Success), found
    rows: tuple[tuple[str, ...], ...] = found.unwrap().rows
    return rows


def book(*rows: tuple[object, ...], title: str = "Rate") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return made


def data_of(made: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """Give a workbook with some parts replaced or added, by name with / as __."""
    written = io.BytesIO()
    new = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            if name not in new:
                made.writestr(name, old.read(name))
        for name, part in new.items():
            made.writestr(name, part)
    return written.getvalue()


def refused(data: bytes) -> str:
    found = sheets.parse_book(data, "book.xlsx")
    assert isinstance(found, Failure), found
    said: str = sheets.words(found.failure())
    assert said.startswith("book.xlsx: ")
    return said


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_the_delimiter_is_the_one_that_cuts_the_first_row(delimiter: str, start: bytes):
    """Cells may hold the others."""
    text = delimiter.join(("U", "input", "output")) + '\n"1; 2, 3"' + delimiter * 2 + "5\n"

    assert (("U", "input", "output"), ("1; 2, 3", "", "5")) == csv_rows(start + text.encode())


def test_quotes_line_ends_and_empty_lines_are_kept():
    """A row of the file is a row of the sheet."""
    assert (("U", "output"), (), ("1\n2", '"approve"')) == csv_rows('U,output\r\n\r\n"1\n2","""approve"""\r\n')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("é".encode("latin-1"), "Rate.csv: line 1: it is not UTF-8 text: unexpected end of data; save it as CSV UTF-8"),
        ("U,output\n".encode("utf-16"), "it is not UTF-8 text"),
        ("U,output\n".encode("utf-16-le"), "line 1: it is not UTF-8 text: it holds a null character"),
        (b'U,output\n1,"open\n', "it is no CSV: unexpected end of data"),
        (b'U,output\n1,"a"b\n', "line 2: it is no CSV"),
        (b"," * 600, "it has 601 columns or more; at most 500 are read"),
        (b"x" * 200_000, "it is no CSV: field larger than field limit"),
    ],
)
def test_what_is_no_csv_is_refused(data: bytes, said: str):
    """With the line, and how to mend it."""
    assert said in sheets.words(sheets.parse_csv(data, "Rate", "Rate.csv").failure())


def test_rows_and_bytes_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A file that is too large is not taken in."""
    path = tmp_path / "Rate.csv"
    path.write_text("a\n" * 5)
    monkeypatch.setattr(texts, "ROWS_MAX", 3)
    assert "it has 4 rows or more" in sheets.words(sheets.load_csv(path).failure())
    monkeypatch.setattr(texts, "BYTES_MAX", 3)
    assert "it has 10 bytes or more" in sheets.words(sheets.load_csv(path).failure())
    assert "No such file" in sheets.words(sheets.load_csv(tmp_path / "none.csv").failure())
    assert "it is no file" in sheets.words(sheets.load_csv(tmp_path).failure())


def test_a_csv_file_is_a_sheet_of_its_name(tmp_path: Path):
    """The decision goes by it."""
    (tmp_path / "Base rate.csv").write_text("U,output\n")

    assert Success(Sheet("Base rate", (("U", "output"),))) == sheets.load_csv(tmp_path / "Base rate.csv")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (700.0, "700"),
        (700, "700"),
        (5.25, "5.25"),
        (12345.678, "12345.678"),
        (1e-7, "0.0000001"),
        (-9, "-9"),
        (True, "true"),
        (False, "false"),
        (dt.date(2026, 1, 31), '@"2026-01-31"'),
        (dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.UTC).replace(tzinfo=None), '@"2026-01-31T09:30:00"'),
        ("5.250", "5.250"),
        ("< 25", "< 25"),
        ('"approve"', '"approve"'),
        ("-", "-"),
    ],
)
def test_a_cell_is_the_text_that_it_shows(value: object, text: str):
    """A number has the shortest digits that stand for it; a number that is written as text keeps its own."""
    assert ((Sheet("Rate", ((text,),))),) == sheets.parse_book(data_of(book((value,)))).unwrap()


def test_all_sheets_are_read_and_empty_ends_cut_off():
    """Hidden ones too: nothing decides unseen."""
    made = book(("U", "output", None), (None, None, None), ("1", "5"), (None,))
    made.create_sheet("Notes").sheet_state = "hidden"

    assert (Sheet("Rate", (("U", "output"), (), ("1", "5"))), Sheet("Notes", ())) == sheets.parse_book(
        data_of(made)
    ).unwrap()


def test_merged_cells_formulas_and_errors_are_refused_by_name():
    """All of them at once."""
    made = book(("U", "input", "output"), ("", "score", ""), ("1", "=1+1", "#N/A"))
    made.worksheets[0].merge_cells("B4:C5")
    made.worksheets[0]["C3"].data_type = "e"

    said = refused(data_of(made)).split("\n")

    assert "sheet Rate: cells B4:C5 are merged" in said[0]
    assert "sheet Rate, cell B3: it is a formula" in said[1]
    assert "sheet Rate, cell C3: it is an error of Excel" in said[2]


def test_a_merged_range_of_the_whole_sheet_takes_no_time():
    """It is named, and never filled in."""
    made = data_of(book(("U",)))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read(SHEET1)
    merged = sheet.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')

    assert "cells A1:XFD1048576 are merged" in refused(repacked(made, xl__worksheets__sheet1_xml=merged))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>', "rows in sheet Rate or more"),
        (b'<row r="1"><c r="XFD1"><v>1</v></c></row>', "16,384 columns in sheet Rate or more"),
        (b'<row r="900000"><c r="A900000"><v>1</v></c></row>', "rows in sheet Rate or more; at most 100,000"),
    ],
)
def test_a_cell_far_out_is_a_refusal(monkeypatch: pytest.MonkeyPatch, row: bytes, said: str):
    """The rows before it are not made up for ever."""
    monkeypatch.setattr(books, "CELLS_MAX", 1_000_000)
    made = data_of(book(("U",)))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'

    found = refused(repacked(made, xl__worksheets__sheet1_xml=sheet % row))

    assert said in found or "cells in sheet Rate or more" in found


def test_what_is_no_workbook_is_refused_with_how_to_mend_it():
    """Old workbooks, closed ones, other archives, and no archive at all."""
    encrypted = sheets.OLE + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le")
    made = data_of(book(("U",)))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")

    assert "it is encrypted; open it in Excel, take the password off" in refused(encrypted)
    assert "it is an old .xls workbook; open it in Excel and save it as .xlsx" in refused(sheets.OLE + b"\0" * 64)
    assert "it is an .xlsb; open it in Excel and save it as .xlsx" in refused(other.getvalue())
    assert "it is no .xlsx workbook" in refused(b"PK\3\4 and no more")
    assert "it is no .xlsx workbook" in refused(made[:200])
    assert "it is damaged" in refused(repacked(made, xl__worksheets__sheet1_xml=b"<a>"))
    assert "has a DOCTYPE, which is never read" in refused(repacked(made, xl__workbook_xml=b"<!DOCTYPE a><a/>"))


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    """It is measured first."""
    made = repacked(data_of(book(("U",))), xl__bomb_xml=b"0" * 80_000_000)

    assert len(made) < 200_000
    assert "bytes when it is unpacked or more; at most" in refused(made)
    monkeypatch.setattr(books, "PARTS_MAX", 3)
    assert "parts or more" in refused(data_of(book(("U",))))
    monkeypatch.setattr(books, "BYTES_MAX", 10)
    assert "bytes or more; at most 10" in refused(made)


@given(st.binary(max_size=60).map(lambda tail: b"PK\3\4" + tail) | st.binary(max_size=60))
@example(b"")
def test_any_bytes_are_no_workbook(data: bytes):
    """Nothing is raised, whatever a file holds."""
    assert "book.xlsx: " in refused(data)


@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject):
    """Every part may be broken anywhere."""
    made = data_of(book(("U", "input"), ("", "score"), ("1", 5)))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        name = data.draw(st.sampled_from(archive.namelist()))
        part = bytearray(archive.read(name))
    at = data.draw(st.integers(0, len(part) - 1))
    part[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=3))
    broken = repacked(made, **{name.replace("/", "__").replace(".xml", "_xml"): bytes(part)})

    found = sheets.parse_book(broken, "book.xlsx")

    assert isinstance(found, Success) or sheets.words(found.failure()).startswith("book.xlsx: ")


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8) | st.sampled_from(
    (
        "5.250",
        "5.25",
        "700",
        "-9",
        "0.1",
        "=1+1",
        "TRUE",
        "true",
        "#N/A",
        "1e3",
        "00",
        '@"2026-01-31"',
        "two\nlines",
        "_x0041_",
    )
)


def tidy(rows: list[list[str]]) -> Sheet:
    """A sheet as it is read: without what is empty at the ends of rows and below them."""
    cut = [tuple(row[: max((n + 1 for n, cell in enumerate(row) if cell), default=0)]) for row in rows]
    while cut and not cut[-1]:
        del cut[-1]
    return Sheet("Rate", tuple(cut))


@given(st.lists(st.lists(CELLS, max_size=4), max_size=5).map(tidy))
def test_a_workbook_is_read_back_as_it_was_written(sheet: Sheet):
    """Texts stay texts, and numbers keep their digits."""
    assert (sheet,) == sheets.parse_book(sheets.write_book((sheet,)).unwrap()).unwrap()


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_csv_is_read_back_as_it_was_written(rows: list[list[str]]):
    """Whatever a cell holds."""
    sheet = Sheet("Rate", (("U", "output", "", ""), *map(tuple, rows)))
    back = sheets.parse_csv(sheets.write_csv(sheet), "Rate").unwrap()

    assert all(back.cell(row, column) == sheet.cell(row, column) for row in range(len(rows) + 1) for column in range(4))


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ((Sheet("a/b", ()),), "rename the decision"),
        ((Sheet("x" * 32, ()),), "at most 31 letters"),
        ((Sheet("Rate", ()), Sheet("RATE", ())), "no second sheet of this name"),
        ((Sheet("Rate", (("", "\x01"),)),), "cell B1 holds a character that Excel does not have"),
        ((Sheet("Rate", (("x" * 40_000,),)),), "cell A1 has 40,000 letters"),
        ((), "there is no table to write"),
    ],
)
def test_what_excel_does_not_hold_is_not_written(made: tuple[Sheet, ...], said: str):
    """Nothing is cut or renamed."""
    assert said in sheets.write_book(made).failure().detail


def test_a_workbook_is_pleasant_to_read():
    """Heads are bold and stay in sight; columns are as wide as their texts, within bounds."""
    rows = (("UNIQUE", "input", "output"), ("", "score", ""), ("type", "number", "number"), ("1", ">= 640", "5.25"))
    made = openpyxl.load_workbook(io.BytesIO(sheets.write_book((Sheet("Rate", rows),)).unwrap())).worksheets[0]

    assert "B4" == made.freeze_panes
    assert made["B3"].font.bold and not made["B4"].font.bold
    assert made["C4"].value == 5.25
    assert 6 <= made.column_dimensions["B"].width <= 60
