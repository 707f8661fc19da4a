"""Rows of tables: lines under a line of column heads, each word in the column that it stands in."""

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from casefold.fields.candidates import Candidate, candidate
from casefold.fields.compiled import ReadyClass, ReadyTable
from casefold.fields.labels import Mark
from casefold.fields.layout import GAP, Sheet, height, lines_below, runs, words_of_span
from casefold.fields.model import Box, FieldType, Method
from casefold.fields.values import WORDED, day_without_year, readings
from casefold.pages.text import BOX_SCALE

COLUMNS_MIN = 2
"""So many different heads on one line make a table."""

ROWS_MAX = 200
"""No more rows are read under one line of heads than a page can hold."""

EMPTY_LINES = 8
"""A table ends where so many lines could stand and none does."""

DOUBT = 2
"""What the cell of a table is worth less than a value beside its label: a line may be read into the next column."""


@frozen
class _Column:
    """A column: its number in the specification, ``None`` where it is none of them, and the box of its head."""

    number: int | None
    box: Box


@frozen
class Heads:
    """A line of heads, and the columns from left to right."""

    box: Box
    columns: tuple[_Column, ...]


@frozen
class Rows:
    """What was read of a page's tables.

    Attributes:
        cells: Their cells; rows are counted from 1 for each table.
        open: The table that goes on at the bottom, by its number, and its heads.
    """

    cells: tuple[Candidate, ...]
    open: tuple[int, Heads] | None = None


LOW = 8_000
"""A table whose last row stands below this may go on, on the next page."""


def rows(ready: ReadyClass, sheet: Sheet, found: Sequence[Mark], before: tuple[int, Heads] | None) -> Rows:
    """Read all tables on a page; *before* is the one that the page before left open."""
    counts: dict[str, int] = {}
    cells: list[Candidate] = []
    low: tuple[int, int, Heads] | None = None
    for at, table in enumerate(ready.tables):
        here = _heads(table, sheet, found, ready.headings)
        tops = [other.box[1] for other in _all_heads(ready, sheet, found)]
        if before is not None and before[0] == at:
            here = [evolve(before[1], box=(0, 0, BOX_SCALE, min(sheet.page.boxes[1::4], default=0))), *here]
        for heads in here:
            end = _end(ready, table, sheet, found, heads, [top for top in tops if top > heads.box[3]])
            for row in _rows(table, sheet, heads, end):
                number = counts[table.spec.name] = counts.get(table.spec.name, 0) + 1
                cells += [evolve(cell, name=f"{table.spec.name}.{cell.name}", row=number) for cell in row]
                bottom = max(cell.box[3] for cell in row)
                if bottom > LOW and (low is None or bottom > low[0]):
                    low = (bottom, at, heads)
    return Rows(tuple(cells), (low[1], low[2]) if low is not None else None)


def _all_heads(ready: ReadyClass, sheet: Sheet, found: Sequence[Mark]) -> list[Heads]:
    return [heads for table in ready.tables for heads in _heads(table, sheet, found, None)]


def _heads(table: ReadyTable, sheet: Sheet, found: Sequence[Mark], headings: frozenset[int] | None) -> list[Heads]:
    """Give the lines on which heads of several columns stand; under the right heading, where *headings* are given."""
    lines: list[Heads] = []
    placed = [
        (number, sheet.around(range(mark.first, mark.last + 1)))
        for mark in found
        for number, labels in enumerate(table.heads)
        if mark.label in labels and sheet.marked[mark.first]
    ]
    taken: set[int] = set()
    for at, (_, box) in enumerate(placed):
        if at in taken:
            continue
        line = [
            other
            for other, (_, each) in enumerate(placed)
            if other not in taken and abs(each[1] + each[3] - box[1] - box[3]) <= 2 * max(height(box), height(each))
        ]
        # Of two heads of one column, that of the line on which most stand: a title above may use the same word.
        tops = sorted(placed[other][1][1] for other in line)
        columns: dict[int, Box] = {}
        for other in sorted(line, key=lambda other: abs(placed[other][1][1] - tops[len(tops) // 2])):
            columns = {placed[other][0]: placed[other][1], **columns}
        under = headings is None or not table.after or _heading(sheet, found, headings, box) in table.after
        if len(columns) >= COLUMNS_MIN and under:
            taken.update(line)
            lines.append(_with_others(sheet, columns))
    return lines


def _heading(sheet: Sheet, found: Sequence[Mark], headings: frozenset[int], box: Box) -> int | None:
    """Give the nearest heading above a box."""
    above = [
        (sheet.box(mark.first)[1], mark.label)
        for mark in found
        if mark.label in headings and sheet.box(mark.first)[1] < box[1]
    ]
    return max(above)[1] if above else None


def _with_others(sheet: Sheet, columns: dict[int, Box]) -> Heads:
    """Add the columns that nobody asks for, lest their values count as those of their neighbours."""
    boxes = list(columns.values())
    whole = (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
    line = [
        word for word in sheet.band(whole[1], whole[3]) if not any(_overlap(sheet.box(word), box) > 0 for box in boxes)
    ]
    others = [_Column(None, sheet.around(run)) for run in runs(sheet, line, GAP)] if line else []
    known = [_Column(number, box) for number, box in columns.items()]
    return Heads(whole, tuple(sorted([*known, *others], key=lambda column: column.box[0])))


def _overlap(one: Box, other: Box) -> int:
    """How far two boxes share their width; what lies between them, as a negative number."""
    return min(one[2], other[2]) - max(one[0], other[0])


def _end(
    ready: ReadyClass, table: ReadyTable, sheet: Sheet, found: Sequence[Mark], heads: Heads, others: Sequence[int]
) -> int:
    """Give where a table ends at the latest."""
    ending = [
        sheet.box(mark.first)[1]
        for mark in found
        if mark.label in table.before or (mark.label in ready.headings and mark.label not in table.after)
    ]
    return min([BOX_SCALE, *others, *(top for top in ending if top > heads.box[3])])


def _rows(table: ReadyTable, sheet: Sheet, heads: Heads, end: int) -> Iterator[list[Candidate]]:
    bottom, count = heads.box[3], 0
    for line in lines_below(sheet, heads.box, max(0, end - heads.box[3])):
        box = sheet.around(line)
        if box[1] + height(box) // 2 >= end or count == ROWS_MAX:
            return
        if box[1] - bottom > EMPTY_LINES * height(box):
            return
        row = _row(table, sheet, heads, line)
        if row:
            count += 1
            bottom = box[3]
            yield row


def _row(table: ReadyTable, sheet: Sheet, heads: Heads, line: Sequence[int]) -> list[Candidate]:
    """Read one line; nothing where it lacks what a row must have."""
    cells: dict[int, list[int]] = {}
    for run in runs(sheet, line, GAP):
        number = _column(sheet.around(run), heads)
        if number is not None:
            cells.setdefault(number, []).extend(run)
    read: dict[str, Candidate] = {}
    for number, words in sorted(cells.items()):
        spec = table.spec.columns[number]
        texts = [sheet.page.words[word] for word in words]
        text = " ".join(texts)
        reading = next(readings(spec.type, text), None)
        if reading is None and spec.type is FieldType.DATE and table.spec.year is not None:
            reading = day_without_year(text)
        if reading is not None:
            first, last = words_of_span(texts, reading.start, reading.end)
            less = DOUBT + (0 if spec.type in WORDED else reading.doubt)
            read[spec.name] = candidate(sheet, spec, reading.value, words[first : last + 1], Method.ANCHOR, less)
    whole = len(read) >= COLUMNS_MIN and all(name in read for name in table.spec.needs)
    return list(read.values()) if whole else []


def _column(box: Box, heads: Heads) -> int | None:
    """Give the column that a run of words stands in: the one whose head it overlaps most, or else the nearest."""
    best = max(heads.columns, key=lambda column: (min(_overlap(box, column.box), box[2] - box[0]), -column.box[0]))
    return best.number
