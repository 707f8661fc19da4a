"""What speaks for a label: signals that a page shows, and where on the page they stand."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from struct import Struct
from typing import TypeAlias, cast

from attrs import field, frozen

from casefold.kernel.canonical import Json

_ROW = Struct("=hiiih")
"""Name of the label, signal, first word, last word, name of the variant."""

_NONE = -1
_NUMBER_MAX = 2**31 - 1


def _unpacked(rows: bytes) -> Iterator[tuple[int, int, int, int, int]]:
    return cast("Iterator[tuple[int, int, int, int, int]]", _ROW.iter_unpack(rows))


@frozen
class Evidence:
    """A signal that a page shows.

    Attributes:
        label: The class whose signal it is.
        signal: The signal's number within the class, from 0.
        first: The first word that shows it, counted from 0 within the page.
        last: The last one; less than *first* where no words show it.
        variant: The variant of the class that it shows.
    """

    label: str
    signal: int
    first: int
    last: int
    variant: str | None = None

    @property
    def shown(self) -> bool:
        """Whether words of the page show it, rather than what the page is."""
        return self.first <= self.last


@frozen
class Found:
    """The evidence of one page, in order.

    It is packed, for a case keeps that of all its pages: 16 bytes apiece, where a value takes 136.

    Attributes:
        names: The labels and variants that the evidence names, each once.
        rows: The evidence itself; iterate to read it.
    """

    names: tuple[str, ...] = ()
    rows: bytes = field(default=b"", repr=False)

    def __len__(self) -> int:
        """Count the pieces of evidence."""
        return len(self.rows) // _ROW.size

    def __iter__(self) -> Iterator[Evidence]:
        """Give each piece of evidence in order."""
        names = self.names
        for label, signal, first, last, variant in _unpacked(self.rows):
            yield Evidence(names[label], signal, first, last, None if variant == _NONE else names[variant])

    def signals(self) -> Iterator[tuple[str, int, str | None]]:
        """Give the label, signal and variant of each piece, for those who only weigh it."""
        names = self.names
        for label, signal, _, _, variant in _unpacked(self.rows):
            yield names[label], signal, None if variant == _NONE else names[variant]


Row: TypeAlias = tuple[str, int, int, int, str | None]
"""The members of `Evidence`, in order: evidence as plain JSON."""


def pack(evidence: Iterable[Evidence]) -> Found:
    """Put the evidence of a page together.

    >>> found = pack([Evidence("w2", 0, 3, 4), Evidence("w2", 2, 9, 9, "2023")])
    >>> found.names, [piece.signal for piece in found]
    (('w2', '2023'), [0, 2])
    """
    return pack_rows((piece.label, piece.signal, piece.first, piece.last, piece.variant) for piece in evidence)


def pack_rows(rows: Iterable[Row]) -> Found:
    """Put the evidence of a page together without making values of it."""
    names: dict[str, int] = {}
    packed: list[bytes] = []
    for label, signal, first, last, variant in rows:
        name = names.setdefault(label, len(names))
        packed.append(
            _ROW.pack(name, signal, first, last, _NONE if variant is None else names.setdefault(variant, len(names)))
        )
    return Found(tuple(names), b"".join(packed))


def rows_of(found: Found) -> list[Sequence[Json]]:
    """Write evidence as plain JSON."""
    names = found.names
    return [
        [names[label], signal, first, last, None if variant == _NONE else names[variant]]
        for label, signal, first, last, variant in _unpacked(found.rows)
    ]


def found_in(rows: Sequence[Row]) -> Found | None:
    """Read what `rows_of` wrote; nothing if a number is beyond what a page can have."""
    numbers = chain.from_iterable(row[1:4] for row in rows)
    return pack_rows(rows) if all(-1 <= number <= _NUMBER_MAX for number in numbers) else None
