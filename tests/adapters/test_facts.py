"""Facts from files: every value is what its text says, or its row is told as bad."""

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest

from casefold.feel.types import ListOf, Simple
from casefold.feel.values import Date, DateTime, DaysDuration, MonthsDuration, Time
from casefold.kernel.results import Failure
from casefold_adapters import facts
from casefold_adapters.facts import BadRow, Columns, FactsBroken, FactsRow
from casefold_adapters.facts.cells import cell
from casefold_adapters.facts.objects import OBJECT_MAX
from casefold_adapters.zones import IanaZones

pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")

KINDS = {"score": Simple.NUMBER, "name": Simple.STRING, "born": Simple.DATE, "owner": Simple.BOOLEAN}


def written(folder: Path, content: str | bytes, name: str = "facts.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, columns: Columns = Columns(KINDS), size: int = 2) -> list[FactsRow | BadRow | FactsBroken]:
    """Read a file, *size* rows at a time."""
    return list(_read(path, columns, size))


def _read(path: Path, columns: Columns, size: int) -> Iterator[FactsRow | BadRow | FactsBroken]:
    source = facts.look(path).unwrap()
    for chunk in facts.chunks(source, columns, size):
        if isinstance(chunk, FactsBroken):
            yield chunk
        else:
            found = list(facts.rows_of(source, columns, chunk))
            assert chunk.count == len(found)
            yield from found


def only(path: Path, columns: Columns = Columns(KINDS)) -> dict[str, object]:
    (row,) = read(path, columns)
    return facts_of(row)


def facts_of(row: FactsRow | BadRow | FactsBroken) -> dict[str, object]:
    assert isinstance(row, FactsRow), row
    return dict(row.facts)


def why(path: Path, columns: Columns = Columns(KINDS)) -> str:
    *_, row = read(path, columns)
    assert isinstance(row, BadRow), row
    return f"{row.where}: {row.why}"


def broken(path: Path) -> str:
    found = facts.look(path)
    last = found.failure() if isinstance(found, Failure) else read(path)[-1]
    assert isinstance(last, FactsBroken), last
    return last.detail


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("0.30", Simple.NUMBER, Decimal("0.30")),
        (" 7 ", Simple.NUMBER, Decimal(7)),
        ("-1e3", Simple.NUMBER, Decimal("-1e3")),
        ("0.000000000000000000000000000000000000001", Simple.NUMBER, Decimal("1e-39")),
        ("TRUE", Simple.BOOLEAN, True),
        ("false", Simple.BOOLEAN, False),
        ("2024-02-29", Simple.DATE, Date(2024, 2, 29)),
        ("12:30:00", Simple.TIME, Time(45_000_000_000_000)),
        ("2024-02-29T00:00:00Z", Simple.DATE_TIME, DateTime(Date(2024, 2, 29), Time(0, 0))),
        ("P1D", Simple.DAYS, DaysDuration(86_400_000_000_000)),
        ("P1Y", Simple.MONTHS, MonthsDuration(12)),
        (" 007 ", Simple.STRING, " 007 "),
        ("007", Simple.ANY, "007"),
        ("", Simple.STRING, None),
        ("  ", Simple.NUMBER, None),
    ],
)
def test_a_cell_is_what_its_text_says(text, kind, value):
    """Exact numbers, real dates; what is empty is null."""
    found = cell(text, kind, IanaZones())

    assert value == found
    assert type(value) is type(found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1,200", Simple.NUMBER),
        ("$5", Simple.NUMBER),
        ("n/a", Simple.NUMBER),
        ("NaN", Simple.NUMBER),
        ("1" * 35, Simple.NUMBER),
        ("0." + "1" * 35, Simple.NUMBER),
        ("1e99999", Simple.NUMBER),
        ("yes", Simple.BOOLEAN),
        ("1", Simple.BOOLEAN),
        ("2023-02-29", Simple.DATE),
        ("02/29/2024", Simple.DATE),
        ("P1Y", Simple.DAYS),
        ("P1D", Simple.MONTHS),
        ("[1]", ListOf(Simple.NUMBER)),
    ],
)
def test_a_cell_that_says_something_else_is_bad(text, kind):
    """Nothing is guessed, rounded or made null."""
    found = cell(text, kind, IanaZones())

    assert isinstance(found, facts.BadCell)
    assert found.given == text


def test_csv_is_read_by_names(tmp_path: Path):
    """A byte order mark, quotes, line ends within quotes and empty lines are no hindrance."""
    path = written(tmp_path, '\ufeffname,score,sex\r\n"Smith, ""J""\r\nJr",700,F\r\n\r\n,,\r\n')
    found = read(path, Columns(KINDS, ("sex",)))

    assert [
        FactsRow(1, "line 2", {"name": 'Smith, "J"\r\nJr', "score": Decimal(700)}, {"sex": "F"}),
        FactsRow(2, "line 5", {"name": None, "score": None}, {"sex": None}),
    ] == found


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_marks_between_cells_are_seen(tmp_path: Path, mark):
    """Spreadsheets of many countries write a semicolon."""
    assert {"score": Decimal("1.5"), "name": "a,b"} == only(written(tmp_path, f"score{mark}name\n1.5{mark}a,b\n"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("700,a\n70O,b\n", "line 3: column score: '70O' is no number"),
        ("700\n", "line 2: it has 1 cells, and there are 2 columns"),
        ("700,a,b\n", "line 2: it has 3 cells, and there are 2 columns"),
    ],
)
def test_a_bad_row_of_csv_is_told_with_its_place(tmp_path: Path, rows, said):
    """Line and column; the rows beside it are read."""
    assert said == why(written(tmp_path, "score,name\n" + rows))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "line 1: there are no names"),
        ("a,,b\n", "line 1: column 2 has no name"),
        ("a,b,a\n", "line 1: two columns are called 'a'"),
        (b"a,b\xff\n", "line 1: it is not UTF-8"),
        ('"a\n', "line 1: it is not CSV"),
        (b"score\n1\n\xff\n", "it is not UTF-8 text"),
        ('name\na\n"b\nc\n', "line 3: it is not CSV"),
        ('name\na\n"b"c\n', "line 3: it is not CSV"),
    ],
)
def test_csv_that_breaks_is_told(tmp_path: Path, content, said):
    """An open quote does not swallow the rest of the file."""
    assert said in broken(written(tmp_path, content))


LINES = '{"score": 700.10, "born": "2000-01-31", "owner": true}\n\n{"name": null, "sex": "F", "income": {"net": 1}}\n'


def test_json_lines_are_read(tmp_path: Path):
    """Numbers to the last digit; dates, which JSON has none of, by the type of the input."""
    columns = Columns({**KINDS, "income": Simple.CONTEXT}, ("sex",))

    assert [
        FactsRow(1, "line 1", {"score": Decimal("700.10"), "born": Date(2000, 1, 31), "owner": True}, {"sex": None}),
        FactsRow(2, "line 3", {"name": None, "income": {"net": Decimal(1)}}, {"sex": "F"}),
    ] == read(written(tmp_path, LINES, "facts.jsonl"), columns)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "it is not JSON"),
        ("[1]", "it is no object of names and values"),
        ('{"score": NaN}', "NaN is no number"),
        ('{"score": 1e99999}', "1e99999 is no number"),
        ('{"born": "31.1.2000"}', "born: '31.1.2000' is no date"),
        ('{"incme": 1}', "'incme' is none of the facts"),
        ('{"name": "\\ud800"}', "half a character"),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"name": ' + "[" * 150 + "]" * 150 + "}", "nested too deeply"),
    ],
)
def test_a_bad_line_of_json_is_told_with_its_place(tmp_path: Path, line, said):
    """One bad line costs no other."""
    path = written(tmp_path, '{"score": 1}\n' + line, "facts.jsonl")
    first, bad = read(path)

    assert isinstance(first, FactsRow)
    assert isinstance(bad, BadRow)
    assert bad.where == "line 2"
    assert said in bad.why


@pytest.mark.parametrize("layout", [None, 2])
def test_a_list_of_objects_is_read_piece_by_piece(tmp_path: Path, layout):
    """Objects larger than what is read at a time, escapes and brackets in texts make no difference."""
    rows = [{"name": "]}" + '\\"' * (40_000 if number == 7 else 1), "score": number} for number in range(20)]
    path = written(tmp_path, json.dumps(rows, indent=layout), "facts.json")

    found = read(path, size=7)
    assert [{**row, "score": Decimal(str(row["score"]))} for row in rows] == [facts_of(row) for row in found]


def test_objects_one_after_the_other_are_read(tmp_path: Path):
    """An object alone is a file of one row."""
    assert {"score": Decimal(1)} == only(written(tmp_path, ' {"score":\n 1} ', "facts.json"))
    assert ["line 1", "line 3"] == [
        row.where for row in read(written(tmp_path, "{}\n\n{}", "facts.json")) if isinstance(row, FactsRow)
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"score": 1},\n7]', "line 2: an object of names and values was expected, not '7]'"),
        ('[{"score": 1},\n{"score" 2}' + " " * 100 + "]", "line 2: it is not JSON"),
        ('[{"score": 1},\n{"score": 2', "line 2: it is not JSON"),
        ('[{"score": 1}', "line 1: the list is not closed"),
        ('{"score": 1}]', "line 1: an object of names and values was expected"),
        ('[{"name": "' + "a" * (OBJECT_MAX + 2**17), "line 1: an object has more than"),
    ],
)
def test_json_that_breaks_is_told(tmp_path: Path, content, said):
    """What came before it is read; the line is named."""
    assert said in broken(written(tmp_path, content, "facts.json"))


def test_parquet_is_read_exactly(tmp_path: Path):
    """Decimals and whole numbers as they are, floats by the text that people mean."""
    moment = dt.datetime(2024, 2, 29, 12, 0, 0, 5, tzinfo=dt.UTC)
    columns = {
        "money": pa.array([Decimal("1.10"), None], pa.decimal128(20, 2)),
        "count": pa.array([7, 2**60], pa.int64()),
        "double": pa.array([0.1, 1e300]),
        "float": pa.array([0.1, 16777216.0], pa.float32()),
        "flag": pa.array([True, False]),
        "text": pa.array(["a", "b"]).dictionary_encode(),
        "day": pa.array([dt.date(2024, 2, 29), None]),
        "moment": pa.array([moment, None], pa.timestamp("ns", "UTC")),
        "midnight": pa.array([dt.datetime(2024, 2, 29), None], pa.timestamp("us")),  # noqa: DTZ001
        "sex": pa.array(["F", None]),
        "unread": pa.array([1, 2]),
    }
    parquet.write_table(pa.table(columns), tmp_path / "facts.parquet", row_group_size=1)
    number = ("money", "count", "double", "float")
    kinds = {
        **dict.fromkeys(number, Simple.NUMBER),
        "flag": Simple.BOOLEAN,
        "text": Simple.STRING,
        "day": Simple.DATE,
        "midnight": Simple.DATE,
        "moment": Simple.DATE_TIME,
    }
    one, two = read(tmp_path / "facts.parquet", Columns(kinds, ("sex",)))

    assert isinstance(one, FactsRow)
    assert isinstance(two, FactsRow)
    assert [str(one.facts[name]) for name in number] == ["1.10", "7", "0.1", "0.1"]
    assert two.facts["count"] == 2**60
    assert (one.facts["flag"], one.facts["text"], one.texts["sex"], two.texts["sex"]) == (True, "a", "F", None)
    assert one.facts["day"] == one.facts["midnight"] == Date(2024, 2, 29)
    assert one.facts["moment"] == DateTime(Date(2024, 2, 29), Time(43_200_000_005_000, 0))
    assert two.facts["money"] is None
    assert "unread" not in one.facts


def test_a_float_that_is_no_number_is_a_bad_row(tmp_path: Path):
    """Not a number is not a null."""
    parquet.write_table(pa.table({"score": [1.0, float("nan")]}), tmp_path / "facts.parquet")

    assert "row 2: column score: nan is no value" == why(tmp_path / "facts.parquet")


@pytest.mark.parametrize("name", ["facts.csv", "facts.json", "facts.parquet", "facts.xls", "facts"])
def test_a_file_that_is_not_there_or_not_known_is_told(tmp_path: Path, name):
    """The failure carries the path."""
    assert str(tmp_path / name) == facts.look(tmp_path / name).failure().path


def test_a_parquet_file_that_is_none_is_told(tmp_path: Path):
    """Whatever its name says."""
    assert "no Parquet file" in facts.look(written(tmp_path, "score\n1\n", "facts.parquet")).failure().detail
