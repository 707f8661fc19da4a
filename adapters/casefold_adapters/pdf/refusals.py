"""Why a file cannot be worked with: one closed union of facts, which shells word."""

from typing import TypeAlias

from attrs import frozen


@frozen
class Missing:
    """Nothing stands at the path."""


@frozen
class NotAFile:
    """The path leads to a folder, a device or a pipe."""


@frozen
class NotReadable:
    """The file exists and the system does not let us read it."""


@frozen
class Empty:
    """The file has no bytes."""


@frozen
class TooLarge:
    """The file has more bytes than we open."""

    size_bytes: int
    size_bytes_max: int


@frozen
class NotPdf:
    """The bytes are those of something else.

    Attributes:
        found: What they look like, such as ``jpeg`` or ``zip``; ``unknown`` if nothing fits.
    """

    found: str


@frozen
class PasswordNeeded:
    """The file is encrypted and no password came with it."""


@frozen
class PasswordWrong:
    """The file is encrypted and the password does not open it."""


@frozen
class Unsupported:
    """The file is sound but asks for something that we do not have, such as certificate encryption."""

    detail: str


@frozen
class Truncated:
    """The file starts as a PDF, its end is missing, and what is left holds no pages."""

    size_bytes: int


@frozen
class Damaged:
    """The file says that it is a PDF and neither of two parsers can open it."""

    detail: str


@frozen
class NoPages:
    """The file is a PDF without pages."""


@frozen
class TooManyPages:
    """The file has more pages than we read."""

    pages: int
    pages_max: int


@frozen
class TookTooLong:
    """The work was stopped at its time limit."""

    seconds: float


@frozen
class TooMuchMemory:
    """The work was stopped at its memory limit."""

    memory_bytes: int


@frozen
class Crashed:
    """The parser's process died.

    Attributes:
        detail: How it ended, and the last of what it printed.
    """

    detail: str


ChildEnded: TypeAlias = TookTooLong | TooMuchMemory | Crashed

PdfRefused: TypeAlias = (
    Missing
    | NotAFile
    | NotReadable
    | Empty
    | TooLarge
    | NotPdf
    | PasswordNeeded
    | PasswordWrong
    | Unsupported
    | Truncated
    | Damaged
    | NoPages
    | TooManyPages
    | ChildEnded
)
