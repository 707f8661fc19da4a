"""Address blocks: a name over lines that end with a state and a ZIP code, as letters and statements bear them."""

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from casefold.fields.candidates import Candidate, candidate
from casefold.fields.compiled import ReadyClass
from casefold.fields.layout import GAP, Sheet, height, lines_above, runs
from casefold.fields.model import Block, Method
from casefold.fields.values import readings

LINES_MAX = 4
"""How many lines a block has above the one that ends with the ZIP code."""

ALIGNED = 150
"""How far the beginnings of its lines may be apart."""

DOUBT = 3
"""What a value of a block is worth less than one that an expression was written for."""

_END = re.compile(r"\b[A-Z]{2}\.?,?\s+(?:\d\s?){5}(?:\s?-\s?(?:\d\s?){4})?$")
_COMPANY = re.compile(
    r"\b(?:inc|llc|l\.l\.c|corp(?:oration)?|company|co|ltd|plc|group|bank|credit union|n\.?a|university|school|county|"
    r"city of|department|dept|services?|systems?|energy|electric|power|water|gas|insurance|mortgage|association)\b",
    re.IGNORECASE,
)


@frozen
class _Found:
    """A block: the words of its name, and of its address."""

    name: tuple[int, ...]
    address: tuple[int, ...]


def blocks(ready: ReadyClass, sheet: Sheet) -> Iterator[Candidate]:
    """Give the candidates of all address blocks on a page."""
    if not any(rule.rule.block for field in ready.fields for rule in field.rules):
        return
    for number, found in enumerate(_blocks(sheet)):
        company = _COMPANY.search(sheet.text(found.name)) is not None
        parts = {
            Block.COMPANY if company else Block.PERSON: found.name,
            Block.COMPANY_ADDRESS if company else Block.PERSON_ADDRESS: found.address,
        }
        for field in ready.fields:
            for rule in field.rules:
                words = parts.get(rule.rule.block) if rule.rule.block is not None else None
                reading = next(readings(field.spec.type, sheet.text(words)), None) if words else None
                if words and reading is not None:
                    less = 3 * rule.place + DOUBT + number
                    yield candidate(sheet, field.spec, reading.value, words, Method.PATTERN, less, rule.rule.side)


def _blocks(sheet: Sheet) -> Iterator[_Found]:
    """Find blocks, from the top of the page down."""
    tops = sorted(set(sheet.middles))
    seen: set[int] = set()
    for middle in tops:
        for run in runs(sheet, [word for word in sheet.band(middle - 1, middle + 40) if word not in seen], GAP):
            if _END.search(sheet.text(run)):
                seen.update(run)
                lines = _lines(sheet, run)
                name = tuple(lines[-1]) if lines else ()
                if name and not any(mark.isdigit() for mark in sheet.text(name)):
                    street = [word for line in reversed(lines[:-1]) for word in line]
                    if street or any(mark.isdigit() for mark in sheet.text(run)[:8]):
                        yield _Found(name, (*street, *run))


def _lines(sheet: Sheet, run: Sequence[int]) -> list[list[int]]:
    """Give the lines above the last line of a block that begin where it begins, from below."""
    lines: list[list[int]] = []
    box = sheet.around(run)
    for line in lines_above(sheet, box, (LINES_MAX + 2) * 2 * height(box)):
        chosen = next((each for each in runs(sheet, line, GAP) if abs(sheet.box(each[0])[0] - box[0]) <= ALIGNED), None)
        if chosen is None:
            continue
        here = sheet.around(chosen)
        top = sheet.around(lines[-1])[1] if lines else box[1]
        if top - here[3] > 2 * height(here) or len(lines) == LINES_MAX or any(sheet.marked[word] for word in chosen):
            break
        lines.append(chosen)
        if not any(mark.isdigit() for mark in sheet.text(chosen)):
            break
    return lines
