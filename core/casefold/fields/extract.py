"""From a document's pages to its fields. Start with `extract`."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from casefold.fields.anchors import anchored
from casefold.fields.candidates import WORTH_MIN, Candidate
from casefold.fields.choosing import chosen
from casefold.fields.compiled import ReadyClass, ReadyFields
from casefold.fields.instances import Instances
from casefold.fields.labels import Mark, marks
from casefold.fields.layout import Sheet, sheet
from casefold.fields.model import Field
from casefold.fields.patterns import matched
from casefold.fields.tables import rows
from casefold.fields.zones import zoned
from casefold.pages.text import PageText


def extract(ready: ReadyFields, label: str, pages: Sequence[PageText], document: str = "") -> tuple[Field, ...]:
    """Give the fields of a document of class *label*; none where no fields are specified for it.

    Pages are looked at one after the other, and may be made as they are asked for.
    """
    known = ready.classes.get(label)
    if known is None:
        return ()
    groups = Instances()
    heading: int | None = None
    row = 0
    for at, page in enumerate(pages):
        found = marks(known.labels, page)
        looked = sheet(page, _marked(page, found))
        candidates = [evolve(each, sheet=at) for each in _candidates(known, looked, found, heading)]
        cells = [evolve(each, sheet=at, row=each.row + row) for each in rows(known, looked, found)]
        row = max((each.row for each in cells), default=row)
        groups = groups.with_page(known, looked, found, [*candidates, *cells])
        heading = next((mark.label for mark in reversed(found) if mark.label in known.headings), heading)
    return tuple(evolve(field, document=document) for field in chosen(known, groups, len(pages)))


def _candidates(ready: ReadyClass, looked: Sheet, found: Sequence[Mark], heading: int | None) -> Iterator[Candidate]:
    for each in (*anchored(ready, looked, found, heading), *matched(ready, looked), *zoned(ready, looked)):
        if each.worth >= WORTH_MIN:
            yield each


def _marked(page: PageText, found: Sequence[Mark]) -> bytes:
    marked = bytearray(len(page.words))
    for mark in found:
        for word in range(mark.first, mark.last + 1):
            marked[word] = 1
    return bytes(marked)
