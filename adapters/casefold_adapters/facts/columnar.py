"""Parquet, a batch of rows at a time: decimals and whole numbers exactly, floats by the shortest text that is them."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from casefold.feel.calendar import date_of
from casefold.feel.types import Simple, Type
from casefold.feel.values import DAY_SECONDS, SECOND, Date, DateTime, DaysDuration, Time, Value
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.facts.cells import cell, shown
from casefold_adapters.facts.objects import as_text, fact
from casefold_adapters.facts.values import BadCell, BadRow, Chunk, Columns, FactsBroken, FactsRow, Form, Source


class _Array(Protocol):
    """What is asked of a column of Arrow."""

    type: object

    def to_pylist(self) -> list[object]: ...
    def cast(self, target: str) -> "_Array": ...


class _Batch(Protocol):
    """What is asked of some rows of Arrow."""

    num_rows: int

    def column(self, name: str) -> _Array: ...


class _File(Protocol):
    """What is asked of a Parquet file."""

    @property
    def schema_arrow(self) -> "_Schema": ...
    @property
    def metadata(self) -> "_Metadata": ...
    def iter_batches(self, batch_size: int, columns: Sequence[str], use_threads: bool) -> Iterable[_Batch]: ...
    def close(self) -> None: ...


class _Schema(Protocol):
    names: Sequence[str]


class _Metadata(Protocol):
    num_rows: int


def look(path: Path, size: int) -> Result[Source, FactsBroken]:
    """Read the names of the columns."""
    file = _opened(path)
    if isinstance(file, FactsBroken):
        return Failure(file)
    names, rows = tuple(file.schema_arrow.names), file.metadata.num_rows
    file.close()
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        return Failure(FactsBroken(str(path), f"two columns are called {twice!r}"))
    return Success(Source(path, Form.PARQUET, names, size, rows))


def chunks(source: Source, columns: Columns, count_max: int) -> Iterator[Chunk | FactsBroken]:
    """Give batches of the columns that are wanted, and read no others."""
    file = _opened(source.path)
    if isinstance(file, FactsBroken):
        yield file
        return
    wanted = [name for name in source.names if name in columns.kinds or name in columns.texts]
    first, rows = 1, source.rows or 0
    try:
        for batch in file.iter_batches(batch_size=count_max, columns=wanted, use_threads=False):
            done = source.size * (first - 1 + batch.num_rows) // max(1, rows)
            yield Chunk(first, batch.num_rows, done, batch)
            first += batch.num_rows
    except (OSError, ValueError) as error:
        yield FactsBroken(str(source.path), f"row {first} or soon after: {_said(error)}")
    finally:
        file.close()


def rows_of(source: Source, columns: Columns, chunk: Chunk) -> Iterator[FactsRow | BadRow]:
    """Read the rows of a batch."""
    batch = cast("_Batch", chunk.raw)
    facts = {
        name: _values(batch.column(name), columns.kinds[name], columns)
        for name in source.names
        if name in columns.kinds
    }
    texts = {name: [as_text(each) for each in _plain(batch.column(name))] for name in columns.texts}
    for at in range(batch.num_rows):
        number = chunk.first + at
        row: dict[str, Value] = {}
        for name, values in facts.items():
            value = values[at]
            if isinstance(value, BadCell):
                yield BadRow(number, f"row {number}", f"column {name}: {value.given} is no {value.wanted}")
                break
            row[name] = value
        else:
            yield FactsRow(number, f"row {number}", row, {name: values[at] for name, values in texts.items()})


def _opened(path: Path) -> _File | FactsBroken:
    try:
        parquet = import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        return FactsBroken(str(path), "reading Parquet needs pyarrow: pip install 'casefold[parquet]'")
    try:
        return cast("_File", parquet.ParquetFile(path))
    except (OSError, ValueError) as error:
        return FactsBroken(str(path), f"it is no Parquet file: {_said(error)}")


def _said(error: Exception) -> str:
    return shown(str(error).splitlines()[0] if str(error) else type(error).__name__)


def _plain(array: _Array) -> list[object]:
    """Give plain values; a float of four bytes goes by its own shortest text, not by that of eight."""
    if str(array.type) in {"float", "halffloat"}:
        texts = array.cast("float").cast("string").to_pylist()
        return [None if text is None else _float(float(cast("str", text))) for text in texts]
    if str(array.type) == "double":
        return [None if each is None else _float(cast("float", each)) for each in array.to_pylist()]
    if "[ns" in str(array.type):
        # Python's own moments have microseconds.
        found = cast("list[int | None]", array.cast("int64").to_pylist())
        return [None if each is None else _fine(each, str(array.type)) for each in found]
    return array.to_pylist()


def _fine(nanoseconds: int, kind: str) -> object:
    if kind.startswith("duration"):
        return DaysDuration(nanoseconds)
    if kind.startswith("time64"):
        return Time(nanoseconds)
    days, rest = divmod(nanoseconds, DAY_SECONDS * SECOND)
    day = date_of(days)
    assert day is not None, "what 64 bits of nanoseconds hold lies within three centuries of 1970"
    return DateTime(day, Time(rest, 0 if "tz=" in kind else None))


def _float(value: float) -> object:
    """Give a float as the decimal that people mean by it; what is no number stays what it is."""
    return Decimal(repr(value)) if math.isfinite(value) else value


def _values(array: _Array, kind: Type, columns: Columns) -> list[Value | BadCell]:
    return [_value(each, kind, columns) for each in _plain(array)]


def _value(given: object, kind: Type, columns: Columns) -> Value | BadCell:
    if given is None or type(given) is bool:
        return given
    if isinstance(given, str):
        return cell(given, kind, columns.zones) if kind is not Simple.ANY else given
    moment = _temporal(given)
    found = fact(given, kind, columns) if moment is None else moment
    if kind is Simple.DATE and isinstance(found, DateTime) and found.time.nanoseconds == 0:
        return found.date
    return BadCell(shown(str(given)), found.wanted) if isinstance(found, BadCell) else found


def _temporal(given: object) -> Value:
    match given:
        case dt.datetime():
            return DateTime(_date(given), _time(given))
        case dt.date():
            return _date(given)
        case dt.time():
            return _time(given)
        case dt.timedelta():
            seconds = given.days * 86_400 + given.seconds
            return DaysDuration(seconds * SECOND + given.microseconds * 1_000)
        case _:
            return None


def _date(day: dt.date) -> Date:
    return Date(day.year, day.month, day.day)


def _time(clock: dt.time | dt.datetime) -> Time:
    seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
    offset = clock.utcoffset()
    return Time(seconds * SECOND + clock.microsecond * 1_000, None if offset is None else round(offset.total_seconds()))
