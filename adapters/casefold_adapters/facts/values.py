"""What is read of a file of facts."""

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

from casefold.feel.types import Type
from casefold.feel.values import UtcAlone, Value, Zones


class Form(Enum):
    """How a file holds facts."""

    CSV = "CSV"
    LINES = "JSON lines"
    JSON = "JSON"
    PARQUET = "Parquet"


FORMS = MappingProxyType({
    ".csv": Form.CSV, ".tsv": Form.CSV, ".jsonl": Form.LINES, ".ndjson": Form.LINES, ".json": Form.JSON,
    ".parquet": Form.PARQUET,
})  # fmt: skip
"""Forms by the ending of a file's name."""


@frozen
class FactsBroken:
    """A file of facts cannot be read, or not to its end; *detail* says why, and where."""

    path: str
    detail: str


@frozen
class FactsRow:
    """A row that was read.

    Attributes:
        at: Its number, from 1.
        where: Where it is in the file, in words.
        texts: The columns that are wanted as they stand; ``None`` where nothing is.
    """

    at: int
    where: str
    facts: Mapping[str, Value]
    texts: Mapping[str, str | None]


@frozen
class BadRow:
    """A row that was not read: where it is, and what is wrong with it."""

    at: int
    where: str
    why: str


@frozen
class BadCell:
    """A value that is not of its column's type: what is there, and what was wanted."""

    given: str
    wanted: str


@frozen(eq=False)
class Columns:
    """What is wanted of each row.

    Attributes:
        kinds: The types of the facts, by column.
        texts: Columns that are wanted as they stand.
        ignored: Columns that are passed over; ``None`` for all others there are. Any other column makes a row bad.
    """

    kinds: Mapping[str, Type]
    texts: tuple[str, ...] = ()
    ignored: frozenset[str] | None = frozenset()
    zones: Zones = UtcAlone()


@frozen(eq=False)
class Source:
    """A file of facts that was looked at.

    Attributes:
        names: Its columns; those of its first row, where rows need not have the same.
        size: Its bytes.
        rows: How many rows it has, if it says so itself.
        delimiter: What stands between the cells of a CSV file.
    """

    path: Path
    form: Form
    names: tuple[str, ...]
    size: int
    rows: int | None = None
    delimiter: str = ","


@frozen(eq=False)
class Chunk:
    """Some rows, as they stand in the file; it can be sent to another process.

    Attributes:
        first: The number of its first row, from 1.
        count: How many rows it has.
        done: How many bytes of the file were read so far.
    """

    first: int
    count: int
    done: int
    raw: object
