"""A parsed tree of texts, lists and entries: what an adapter makes of YAML, and what the core reads and writes.

Every scalar stays a text, so that 5.250 keeps its digits and NO stays NO.
"""

from typing import TypeAlias

from attrs import field, frozen


@frozen
class Scalar:
    """A text, and the line and column that it begins at, from 1; 0 if there is no file."""

    text: str
    line: int = field(default=0, eq=False)
    column: int = field(default=0, eq=False)


@frozen
class Listing:
    """A list."""

    items: "tuple[Tree, ...]"
    line: int = field(default=0, eq=False)
    column: int = field(default=0, eq=False)


@frozen
class Entries:
    """Keys with what they hold, in order; a key may stand there twice."""

    pairs: "tuple[tuple[Scalar, Tree], ...]"
    line: int = field(default=0, eq=False)
    column: int = field(default=0, eq=False)


Tree: TypeAlias = Scalar | Listing | Entries


def shape_of(tree: Tree) -> str:
    """Say what a tree is, for messages."""
    match tree:
        case Scalar(""):
            return "nothing"
        case Scalar():
            return "a text"
        case Listing():
            return "a list"
        case Entries():
            return "keys with values"
