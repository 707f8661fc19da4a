"""Read a file that is not too large, whatever is there instead of one."""

from pathlib import Path

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success


@frozen
class NotRead:
    """The file cannot be read; *detail* says why."""

    detail: str


@frozen
class TooManyBytes:
    """The file has *found* bytes, more than were allowed."""

    found: int


def read_bounded(path: Path, most: int) -> Result[bytes, NotRead | TooManyBytes]:
    """Read a file of at most so many bytes; one that grows meanwhile gives one byte more."""
    try:
        if path.exists() and not path.is_file():
            return Failure(NotRead("it is no file"))
        size = path.stat().st_size
        if size > most:
            return Failure(TooManyBytes(size))
        with path.open("rb") as file:
            return Success(file.read(most + 1))
    except (OSError, ValueError) as error:  # a name with a null character is a ValueError
        return Failure(NotRead(getattr(error, "strerror", None) or "it cannot be read"))
