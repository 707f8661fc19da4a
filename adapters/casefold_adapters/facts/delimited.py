"""CSV with a line of names, as spreadsheets and databases write it (RFC 4180): UTF-8, quotes doubled within quotes."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO, cast

from casefold.feel.values import Value
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.facts.cells import cell
from casefold_adapters.facts.values import BadCell, BadRow, Chunk, Columns, FactsBroken, FactsRow, Form, Source

DELIMITERS = ",;\t"
"""What may stand between cells; whichever the line of names has most of does."""


def look(path: Path, size: int) -> Result[Source, FactsBroken]:
    """Read the line of names."""
    try:
        with _opened(path) as stream:
            line = stream.readline()
            delimiter = max(DELIMITERS, key=line.count)
            stream.seek(0)
            names = tuple(name.strip() for name in next(csv.reader(stream, delimiter=delimiter, strict=True), ()))
    except UnicodeDecodeError:
        return Failure(FactsBroken(str(path), "line 1: it is not UTF-8 text; save it as CSV in UTF-8"))
    except csv.Error as error:
        return Failure(FactsBroken(str(path), f"line 1: it is not CSV: {error}"))
    except OSError as error:
        return Failure(FactsBroken(str(path), error.strerror or "it cannot be read"))
    if not names:
        return Failure(FactsBroken(str(path), "line 1: there are no names of columns"))
    if not all(names):
        return Failure(FactsBroken(str(path), f"line 1: column {names.index('') + 1} has no name"))
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        return Failure(FactsBroken(str(path), f"line 1: two columns are called {twice!r}"))
    return Success(Source(path, Form.CSV, names, size, delimiter=delimiter))


def chunks(source: Source, count_max: int) -> Iterator[Chunk | FactsBroken]:
    """Give rows with the lines that they begin on; empty lines are none."""
    path, line = str(source.path), 1
    try:
        with _opened(source.path) as stream:
            reader = csv.reader(stream, delimiter=source.delimiter, strict=True)
            next(reader, None)
            first, rows = 1, list[tuple[int, list[str]]]()
            line = reader.line_num + 1
            for cells in reader:
                if cells:
                    rows.append((line, cells))
                line = reader.line_num + 1
                if len(rows) == count_max:
                    yield Chunk(first, len(rows), stream.buffer.tell(), rows)
                    first, rows = first + len(rows), []
            if rows:
                yield Chunk(first, len(rows), source.size, rows)
    except UnicodeDecodeError:
        yield FactsBroken(path, f"line {line} or soon after: it is not UTF-8 text; save it as CSV in UTF-8")
    except csv.Error as error:
        yield FactsBroken(path, f"line {line}: it is not CSV: {error}")
    except OSError as error:
        yield FactsBroken(path, error.strerror or "it cannot be read")


def rows_of(source: Source, columns: Columns, chunk: Chunk) -> Iterator[FactsRow | BadRow]:
    """Read the rows of a chunk."""
    names, count = source.names, len(source.names)
    facts = [(at, name, columns.kinds[name]) for at, name in enumerate(names) if name in columns.kinds]
    texts = [(at, name) for at, name in enumerate(names) if name in columns.texts]
    for number, (line, cells) in enumerate(cast("list[tuple[int, list[str]]]", chunk.raw), chunk.first):
        where = f"line {line}"
        if len(cells) != count:
            yield BadRow(number, where, f"it has {len(cells)} cells, and there are {count} columns")
            continue
        row: dict[str, Value] = {}
        for at, name, kind in facts:
            value = cell(cells[at], kind, columns.zones)
            if isinstance(value, BadCell):
                yield BadRow(number, where, f"column {name}: {value.given!r} is no {value.wanted}")
                break
            row[name] = value
        else:
            yield FactsRow(number, where, row, {name: cells[at] or None for at, name in texts})


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", newline="")
