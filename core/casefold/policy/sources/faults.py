"""What can be wrong with the source of a policy, and near names for what is misspelt."""

from collections.abc import Iterable
from difflib import get_close_matches

from attrs import frozen

from casefold.policy.sources.cells import SheetInvalid


@frozen
class SourceFault:
    """Something in a policy's source that cannot be used.

    Attributes:
        place: Where: names from the outermost in, such as ``decision Rate``, ``rule 3``.
        fault: What is wrong.
        line: The line of the file, from 1; 0 where there is none.
        column: The place in that line, from 1; 0 where there is none.
        source: The sheet or table file that it is in; empty for the file itself.
    """

    place: tuple[str, ...]
    fault: str
    line: int = 0
    column: int = 0
    source: str = ""


@frozen
class SourceInvalid:
    """A source is no policy that can be used; everything that is wrong with it."""

    faults: tuple[SourceFault, ...]


def sheet_faults(invalid: SheetInvalid, source: str) -> tuple[SourceFault, ...]:
    """Give the faults of a sheet as those of a source."""
    return tuple(
        SourceFault((f"cell {each.cell}", *((each.rule,) if each.rule else ())), each.fault, source=source)
        for each in invalid.faults
    )


def near_words(given: str, known: Iterable[str]) -> str:
    """Say which of the known names is meant, or what they are.

    >>> near_words("desicions", ("inputs", "decisions")), near_words("x", ("inputs", "decisions"))
    ("did you mean 'decisions'?", 'it may be: inputs, decisions')
    """
    there = tuple(known)
    close = get_close_matches(given, sorted(there), 1)
    return f"did you mean {close[0]!r}?" if close else f"it may be: {', '.join(there) or 'nothing'}"
