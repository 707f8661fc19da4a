"""Values beside, below or above their labels.

A label may be found in plain text as well as on a form; a value of words (a name, an address) is only believed where
the label stands as labels do: at the beginning of its part of the line.
"""

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from casefold.fields.candidates import Candidate, candidate
from casefold.fields.compiled import ReadyClass, ReadyField, ReadyRule
from casefold.fields.labels import Mark
from casefold.fields.layout import (
    GAP,
    Sheet,
    beside,
    height,
    letter,
    lines_above,
    lines_below,
    runs,
    starts,
    words_of_span,
)
from casefold.fields.model import Box, FieldType, Look, Method
from casefold.fields.values import WORDED, readings
from casefold.kernel.spelling import fold
from casefold.pages.text import BOX_SCALE

REACH_RIGHT = 5_500
"""How far to the right of its label a value of words may begin; an amount or a date is told anywhere on the line."""

REACH_BELOW = 420
"""How far below its label, three or four lines of small print."""

GAP_BOUNDED = 300
"""The same where the next label says how wide the cell is."""

GAP_CELL = 60
"""Tenths of letters between words of one value in a form's cell; within a line of text it is `GAP`."""

LINES = 2
"""How many lines below its label a value may be, where the rule does not say which."""

ADDRESS_LINES = 4

ALIGNED = 120
"""How far the beginnings of an address's lines may be apart."""

_NO_START = 5
_NO_START_WORDED = 12
_RUN_ON = 5
_RUN_ON_SHORT = 12
_COLON = 2
_SKIPPED_MAX = 6
_ONE_RUN = frozenset({*WORDED, FieldType.CODE, FieldType.ACCOUNT, FieldType.IDENTIFIER, FieldType.FLAG})
_LEADERS = re.compile(r"[._·…▶►$:#*–-]*")
_ZIP = re.compile(r"\b\d{5}(?:-\d{4})?$")


@frozen
class _Place:
    """A label on a page.

    Attributes:
        first, last: Its words.
        box: The smallest box around them.
        line: That around those on its last line.
        less: What it is worth less for how it stands.
        starts: Whether it begins its part of the line.
        colon: Whether it ends with a colon.
    """

    first: int
    last: int
    box: Box
    line: Box
    less: int
    starts: bool
    colon: bool


def anchored(ready: ReadyClass, sheet: Sheet, found: Sequence[Mark], heading: int | None) -> Iterator[Candidate]:
    """Give the candidates of all labels on a page; *heading* is the last heading of the pages before."""
    headings = sorted((sheet.box(mark.first)[1], mark.label) for mark in found if mark.label in ready.headings)
    for field in ready.fields:
        for rule in field.rules:
            for at, mark in enumerate(found):
                if mark.label in rule.labels and (
                    not rule.after or _section(headings, sheet.box(mark.first)[1], heading) in rule.after
                ):
                    yield from _at(field, rule, sheet, found, at)


def _section(headings: Sequence[tuple[int, int]], top: int, before: int | None) -> int | None:
    """Give the last heading above a height, or else the last of the pages before."""
    above = [label for height, label in headings if height <= top]
    return above[-1] if above else before


def _at(field: ReadyField, rule: ReadyRule, sheet: Sheet, found: Sequence[Mark], at: int) -> Iterator[Candidate]:
    place = _place(sheet, found[at])
    less = 3 * rule.place + place.less + (0 if place.starts else _unstarted(field.spec.type))
    look = rule.rule.look
    sides = (Look.RIGHT, Look.BELOW) if look is Look.BOTH else (look,)
    for count, side in enumerate(sides):
        words = _beside(field, rule, sheet, place) if side is Look.RIGHT else _under(field, rule, sheet, place, side)
        if words is not None and rule.parts:
            words = _with_parts(field, rule, sheet, found, at, side, words)
        if words is not None:
            value, chosen, skipped = words
            if rule.rule.value is not None:
                value = rule.rule.value
            yield candidate(sheet, field.spec, value, chosen, Method.ANCHOR, less + skipped + count, rule.rule.side)
            return


def _unstarted(kind: FieldType) -> int:
    return _NO_START_WORDED if kind in WORDED else _NO_START


def _place(sheet: Sheet, mark: Mark) -> _Place:
    words = range(mark.first, mark.last + 1)
    _, top, _, bottom = sheet.box(mark.last)
    line = [word for word in words if top <= (sheet.box(word)[1] + sheet.box(word)[3]) // 2 <= bottom]
    colon = sheet.page.words[mark.last].endswith(":")
    return _Place(
        mark.first,
        mark.last,
        sheet.around(words),
        sheet.around(line),
        -_COLON if colon else 0,
        starts(sheet.page, sheet.marked, mark.first),
        colon,
    )


RUN_ON = 14
"""Words nearer to a label, in tenths of letters, may go on with it: a label and its value stand apart, or have a colon
between them."""

_Words = tuple[str, Sequence[int], int]
"""A value, its words, and what speaks against it."""


def _beside(field: ReadyField, rule: ReadyRule, sheet: Sheet, place: _Place) -> _Words | None:
    """Read the value to the right of a label: up to the next label, without dots, signs and line numbers."""
    kind = field.spec.type
    reach = rule.rule.reach or (REACH_RIGHT if kind in _ONE_RUN else BOX_SCALE)
    skip = {fold(text) for text in rule.rule.skip}
    words: list[int] = []
    for word in beside(sheet, place.line, reach):
        if place.first <= word <= place.last:
            continue
        if sheet.marked[word]:
            break
        text = sheet.page.words[word]
        leads = _LEADERS.fullmatch(text) is not None and not (text == "$" and words == [])
        if not (leads and not words) and fold(text) not in skip:
            words.append(word)
    if not words:
        return None
    if kind in _ONE_RUN:
        line, words = words, next(runs(sheet, words, GAP))
        if rule.rule.alone and len(line) > len(words):
            return None
        if kind is FieldType.ADDRESS:
            words = _more_lines(sheet, words, place)
    gap = max(0, sheet.box(words[0])[0] - place.line[2])
    run_on = kind in WORDED and not place.colon and 10 * gap < RUN_ON * letter(sheet, place.last)
    less = (_RUN_ON if place.last > place.first else _RUN_ON_SHORT) if run_on else 0
    return _read(kind, sheet, words, rule.rule.nth, gap // 2_000 + less)


def _read(kind: FieldType, sheet: Sheet, words: Sequence[int], nth: int, less: int) -> _Words | None:
    texts = [sheet.page.words[word] for word in words]
    for count, reading in enumerate(readings(kind, " ".join(texts)), start=1):
        if count == nth:
            first, last = words_of_span(texts, reading.start, reading.end)
            skipped = 0 if kind in WORDED or nth > 1 else min(first, _SKIPPED_MAX)
            return reading.value, words[first : last + 1], reading.doubt + skipped + less
    return None


def _more_lines(sheet: Sheet, words: Sequence[int], place: _Place, right: int = BOX_SCALE, gap: int = GAP) -> list[int]:
    """Add the lines under the first line of an address that begin where it begins; a name over it is left out."""
    taken = list(words)
    box = sheet.around(words)
    left, bottom, lines = box[0], box[3], 1
    for whole in lines_below(sheet, box, height(box) * 2 * ADDRESS_LINES):
        if lines == ADDRESS_LINES or _ZIP.search(sheet.text(taken).rstrip(" .,")):
            break
        if sheet.around(whole)[1] - bottom > 2 * height(box):
            break
        line = [word for word in whole if sum(sheet.box(word)[::2]) // 2 <= right]
        begin = next((at for at, word in enumerate(line) if abs(sheet.box(word)[0] - left) <= ALIGNED), None)
        run = next(runs(sheet, line[begin:], gap)) if begin is not None else []
        if any(sheet.marked[word] for word in run):
            break
        before = sheet.box(line[0])[0] if line and line[0] not in run else left
        if place.box[0] - 100 <= before <= place.box[2] and before < left - ALIGNED:
            break
        if run and sheet.box(run[0])[1] - bottom <= height(box):
            taken += run
            bottom, lines = sheet.around(run)[3], lines + 1
    rest = _ZIP.sub("", sheet.text(taken[len(words) :]).rstrip(" .,"))
    named = not any(mark.isdigit() for mark in sheet.text(words)) and any(mark.isdigit() for mark in rest)
    return taken[len(words) :] if named else taken


def _under(
    field: ReadyField, rule: ReadyRule, sheet: Sheet, place: _Place, side: Look, *, part: bool = False
) -> _Words | None:
    """Read the value in the column under (or over) a label, up to the next label; a *part* of one is any words."""
    kind, reach = field.spec.type, rule.rule.reach or REACH_BELOW
    left = place.box[0] - 150
    right, bounded = _cell_end(sheet, place, kind)
    gap = GAP_BOUNDED if bounded and kind is not FieldType.TEXT else GAP_CELL
    lines = lines_above if side is Look.ABOVE else lines_below
    number = 0
    for line in lines(sheet, place.box, reach):
        inside = [word for word in line if left <= sum(sheet.box(word)[::2]) // 2 <= right]
        if not inside:
            continue
        if any(sheet.marked[word] for word in inside):
            return None
        number += 1
        if part:
            return "", next(runs(sheet, inside, gap)), 0
        if number < rule.rule.line:
            continue
        run = next(runs(sheet, inside, gap)) if kind in _ONE_RUN else inside
        if kind is FieldType.ADDRESS:
            run = _more_lines(sheet, run, place, right, gap)
        found = _read(kind, sheet, run, rule.rule.nth, number - rule.rule.line)
        if found is not None or kind in WORDED or number >= rule.rule.line + LINES - 1:
            return found
    return None


def _cell_end(sheet: Sheet, place: _Place, kind: FieldType) -> tuple[int, bool]:
    """Give where the column under a label ends, and whether the next label on its line says so."""
    slack = height(place.line) // 3
    band = sheet.band(place.line[1] - slack, place.line[3] + slack)
    beyond = [sheet.box(word)[0] for word in band if sheet.box(word)[0] > place.line[2] and sheet.marked[word]]
    wide = place.box[2] + (4_500 if kind in WORDED else 1_000)
    end = min([wide, *(left - 20 for left in beyond)])
    return end, end < wide


def _with_parts(
    field: ReadyField, rule: ReadyRule, sheet: Sheet, found: Sequence[Mark], at: int, side: Look, first: _Words
) -> _Words:
    """Add what further labels announce, each the nearest after the one before."""
    values, taken = [first[0]], list(first[1])
    for part in rule.parts:
        after = next((mark for mark in found[at + 1 : at + PARTS_WITHIN] if mark.label == part), None)
        if after is None:
            continue
        read = _read_part(field, rule, sheet, _place(sheet, after), side)
        if read and read[0] not in taken:
            values.append(sheet.text(read))
            taken += [word for word in read if word not in taken]
    return " ".join(values), taken, first[2]


PARTS_WITHIN = 16
"""So many labels after the first, its parts are looked for."""


def _read_part(field: ReadyField, rule: ReadyRule, sheet: Sheet, place: _Place, side: Look) -> Sequence[int]:
    """Read what one further label announces, on the same side as the first."""
    if side is not Look.RIGHT:
        under = _under(field, rule, sheet, place, side, part=True)
        return under[1] if under is not None else ()
    run: list[int] = []
    for word in beside(sheet, place.line, 1_000):
        if sheet.marked[word]:
            break
        run.append(word)
    return next(runs(sheet, run, GAP)) if run else ()
