"""Facts from files of any size, a chunk of rows at a time: CSV, JSON and Parquet.

A value is of the type that the policy's input declares, to the last digit, or its row is told as bad with line and
column: nothing becomes null but what is empty. Chunks are read in one process and may be made rows of in others.
"""

from collections.abc import Iterator
from pathlib import Path

from casefold.kernel.results import Failure, Result
from casefold_adapters.facts import columnar, delimited, objects
from casefold_adapters.facts.values import (
    FORMS,
    BadCell,
    BadRow,
    Chunk,
    Columns,
    FactsBroken,
    FactsRow,
    Form,
    Source,
)

__all__ = [
    "FORMS",
    "BadCell",
    "BadRow",
    "Chunk",
    "Columns",
    "FactsBroken",
    "FactsRow",
    "Form",
    "Source",
    "chunks",
    "look",
    "rows_of",
]


def look(path: Path) -> Result[Source, FactsBroken]:
    """Look at a file: its form, by the ending of its name, and its columns."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        known = ", ".join(FORMS)
        return Failure(FactsBroken(str(path), f"its name does not say how it holds facts; it may end in {known}"))
    try:
        size = path.stat().st_size
    except OSError as error:
        return Failure(FactsBroken(str(path), error.strerror or "it cannot be read"))
    match form:
        case Form.CSV:
            return delimited.look(path, size)
        case Form.LINES | Form.JSON:
            return objects.look(path, form, size)
        case Form.PARQUET:
            return columnar.look(path, size)


def chunks(source: Source, columns: Columns, count_max: int) -> Iterator[Chunk | FactsBroken]:
    """Give the rows of a file, *count_max* at a time; a file that breaks off ends with why."""
    match source.form:
        case Form.CSV:
            return delimited.chunks(source, count_max)
        case Form.LINES | Form.JSON:
            return objects.chunks(source, count_max)
        case Form.PARQUET:
            return columnar.chunks(source, columns, count_max)


def rows_of(source: Source, columns: Columns, chunk: Chunk) -> Iterator[FactsRow | BadRow]:
    """Read the rows of a chunk."""
    match source.form:
        case Form.CSV:
            return delimited.rows_of(source, columns, chunk)
        case Form.LINES | Form.JSON:
            return objects.rows_of(columns, chunk)
        case Form.PARQUET:
            return columnar.rows_of(source, columns, chunk)
