"""From a document's pages to its fields. Start with `extract`."""

from collections.abc import Iterator, Sequence
from itertools import chain

from attrs import evolve

from casefold.fields.anchors import anchored
from casefold.fields.blocks import blocks
from casefold.fields.candidates import WORTH_MIN, Candidate
from casefold.fields.choosing import chosen
from casefold.fields.compiled import ReadyClass, ReadyFields
from casefold.fields.forms import formed
from casefold.fields.instances import Instances
from casefold.fields.labels import Mark, marks
from casefold.fields.layout import Sheet, sheet, starts
from casefold.fields.model import Field
from casefold.fields.patterns import matched
from casefold.fields.tables import Heads, rows
from casefold.fields.zones import zoned
from casefold.pages.text import PageText


def extract(ready: ReadyFields, label: str, pages: Sequence[PageText], document: str = "") -> tuple[Field, ...]:
    """Give the fields of a document of class *label*; none where no fields are specified for it.

    Pages are looked at one after the other, and may be made as they are asked for; those without words count for
    nothing.
    """
    known = ready.classes.get(label)
    if known is None:
        return ()
    groups = Instances()
    heading: int | None = None
    table: tuple[int, Heads] | None = None
    at = -1
    for page in pages:
        if not page.words and not page.barcodes:
            continue
        at += 1
        found = marks(known.labels, page)
        looked = sheet(page, _marked(page, found))
        candidates = [evolve(each, sheet=at) for each in _candidates(known, looked, found, heading)]
        read = rows(known, looked, found, table)
        table = read.open
        cells = [evolve(each, sheet=at) for each in read.cells]
        groups = groups.with_page(known, looked, found, [*candidates, *cells])
        heading = next((mark.label for mark in reversed(found) if mark.label in known.headings), heading)
    return tuple(evolve(field, document=document) for field in chosen(known, groups, at + 1))


def _candidates(ready: ReadyClass, looked: Sheet, found: Sequence[Mark], heading: int | None) -> Iterator[Candidate]:
    every = chain(
        anchored(ready, looked, found, heading),
        matched(ready, looked),
        blocks(ready, looked),
        zoned(ready, looked),
        formed(ready, looked),
    )
    return (each for each in every if each.worth >= WORTH_MIN)


def _marked(page: PageText, found: Sequence[Mark]) -> bytes:
    """Say which words belong to labels that stand as labels do: one within other text is part of that."""
    marked = bytearray(len(page.words))
    for mark in found:
        if starts(page, marked, mark.first) or page.words[mark.last].endswith(":"):
            for word in range(mark.first, mark.last + 1):
                marked[word] = 1
    return bytes(marked)
