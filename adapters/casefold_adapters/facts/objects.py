"""JSON: an object a line, or a list of objects, or objects one after the other."""

import json
from collections.abc import Iterator, Mapping
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import TextIO, cast

from casefold.feel.codec import from_plain
from casefold.feel.numbers import number
from casefold.feel.types import Type
from casefold.feel.values import Value
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.facts.cells import TEMPORAL, cell, shown
from casefold_adapters.facts.values import BadCell, BadRow, Chunk, Columns, FactsBroken, FactsRow, Form, Source

OBJECT_MAX = 16 * 2**20
"""The most characters of one object."""

_BLOCK = 2**16
_SPACE = " \t\r\n"


def look(path: Path, form: Form, size: int) -> Result[Source, FactsBroken]:
    """Read the names of the first object."""
    source = Source(path, form, (), size)
    first = next(chunks(source, 1), None)
    if first is None:
        return Success(source)
    if isinstance(first, FactsBroken):
        return Failure(first)
    (_, text) = cast("list[tuple[int, str]]", first.raw)[0]
    read = _object(text)
    names = tuple(read) if isinstance(read, Mapping) else ()
    return Success(Source(path, form, names, size))


def chunks(source: Source, count_max: int) -> Iterator[Chunk | FactsBroken]:
    """Give objects as text, with the lines that they begin on."""
    path, first, rows = str(source.path), 1, list[tuple[int, str]]()
    try:
        with _opened(source.path) as stream:
            for each in _lines(stream) if source.form is Form.LINES else _parts(stream):
                if isinstance(each, str):
                    yield FactsBroken(path, each)
                    return
                rows.append(each)
                if len(rows) == count_max:
                    yield Chunk(first, len(rows), stream.buffer.tell(), rows)
                    first, rows = first + len(rows), []
    except UnicodeDecodeError:
        yield FactsBroken(path, "it is not UTF-8 text; write the facts as JSON")
        return
    except OSError as error:
        yield FactsBroken(path, error.strerror or "it cannot be read")
        return
    if rows:
        yield Chunk(first, len(rows), source.size, rows)


def _lines(stream: TextIO) -> Iterator[tuple[int, str] | str]:
    """Give lines that are not empty; a line without end is what is wrong."""
    line = 1
    while text := stream.readline(OBJECT_MAX + 1):
        if len(text) > OBJECT_MAX:
            yield f"line {line}: it has more than {OBJECT_MAX:,} characters"
            return
        if text.strip(_SPACE):
            yield line, text
        line += 1


def _parts(stream: TextIO) -> Iterator[tuple[int, str] | str]:
    """Give the objects of a list, or of a text that holds one after the other, and what is wrong if anything is."""
    decoder = JSONDecoder(parse_float=str)
    text, at, line, wanted, listed, more = "", 0, 1, _BLOCK, False, True
    while True:
        start = at
        while at < len(text) and text[at] in f"{_SPACE},":
            at += 1
        if at < len(text) and text[at] in "[]" and (text[at] == "]") is listed:
            listed, at = not listed, at + 1
            line += text.count("\n", start, at)
            continue
        line += text.count("\n", start, at)
        end = _end(decoder, text, at)
        if isinstance(end, str):
            yield f"line {line}: {end}"
            return
        if end is not None:
            yield line, text[at:end]
            line += text.count("\n", at, end)
            at = end
            continue
        if more and len(text) - at <= OBJECT_MAX:
            block = stream.read(wanted)
            more, text, at = bool(block), text[at:] + block, 0
            wanted = max(_BLOCK, len(text))
            continue
        if at < len(text):
            long = len(text) - at > OBJECT_MAX
            what = f"an object has more than {OBJECT_MAX:,} characters" if long else _wrong(text[at:])
            yield f"line {line}: {what}"
        elif listed:
            yield f"line {line}: the list is not closed: ] is missing"
        return


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig")


def _end(decoder: JSONDecoder, text: str, at: int) -> int | str | None:
    """Find the end of the object that begins at a place, if all of it is there; or say what is wrong with it."""
    if not text.startswith("{", at):
        return None
    try:
        return decoder.raw_decode(text, at)[1]
    except RecursionError:
        return "it is nested too deeply"
    except ValueError as error:
        # Where a text is merely cut short, the fault is at its end, or in a string that goes on to it.
        cut = not isinstance(error, JSONDecodeError) or error.pos > len(text) - 20 or "Unterminated" in error.msg
        return None if cut else _not_json(error)


def _not_json(error: ValueError) -> str:
    where = f", character {error.colno}" if isinstance(error, JSONDecodeError) else ""
    return f"it is not JSON: {error.msg if isinstance(error, JSONDecodeError) else error}{where}"


def _wrong(text: str) -> str:
    if not text.startswith("{"):
        return f"an object of names and values was expected, not {shown(text.split(maxsplit=1)[0])!r}"
    return str(_object(text))


def _object(text: str) -> Mapping[str, object] | str:
    """Parse an object, or say what is wrong with it."""
    try:
        raw: object = json.loads(text, parse_float=_exact, parse_constant=_exact)
    except RecursionError:
        return "it is nested too deeply"
    except ValueError as error:
        return _not_json(error)
    if not isinstance(raw, dict):
        return 'it is no object of names and values, such as {"score": 700}'
    return (
        "it holds half a character"
        if "\\u" in text and _halved(cast("object", raw))
        else cast("Mapping[str, object]", raw)
    )


def _exact(text: str) -> object:
    found = number(text)
    if found is None:
        raise ValueError(f"{shown(text)} is no number")
    return found


def _halved(raw: object) -> bool:
    """Whether a text holds one half of a pair of surrogates, which no file can be written with."""
    waiting = [raw]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and any("\ud800" <= character <= "\udfff" for character in each):
            return True
        if isinstance(each, dict):
            members = cast("Mapping[object, object]", each)
            waiting += [*members, *members.values()]
        elif isinstance(each, list):
            waiting += cast("list[object]", each)
    return False


def rows_of(columns: Columns, chunk: Chunk) -> Iterator[FactsRow | BadRow]:
    """Read the objects of a chunk."""
    for at, (line, text) in enumerate(cast("list[tuple[int, str]]", chunk.raw), chunk.first):
        where = f"line {line}"
        raw = _object(text)
        row = raw if isinstance(raw, str) else _row(columns, raw)
        if isinstance(row, str):
            yield BadRow(at, where, row)
        else:
            facts, texts = row
            yield FactsRow(at, where, facts, texts)


def _row(columns: Columns, raw: Mapping[str, object]) -> tuple[dict[str, Value], dict[str, str | None]] | str:
    facts: dict[str, Value] = {}
    texts: dict[str, str | None] = dict.fromkeys(columns.texts)
    for name, given in raw.items():
        kind = columns.kinds.get(name)
        if name in texts:
            texts[name] = as_text(given)
        if kind is None:
            if name not in texts and columns.ignored is not None and name not in columns.ignored:
                return f"{shown(name)!r} is none of the facts that are asked for"
            continue
        found = fact(given, kind, columns)
        if isinstance(found, BadCell):
            return f"{name}: {found.given} is no {found.wanted}"
        facts[name] = found
    return facts, texts


def fact(given: object, kind: object, columns: Columns) -> Value | BadCell:
    """Take plain data as a fact; a date is written as text."""
    if isinstance(given, str) and kind in TEMPORAL:
        found = cell(given, cast("Type", kind), columns.zones)
        return BadCell(repr(found.given), found.wanted) if isinstance(found, BadCell) else found
    value = from_plain(given)
    if isinstance(value, Failure):
        bad = value.failure()
        return BadCell(f"{bad.path.removeprefix('.')} {bad.given}".strip(), "value")
    return value.unwrap()


def as_text(given: object) -> str | None:
    """Give a value of a column that is wanted as it stands."""
    if given is None or given == "":
        return None
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False, default=str).strip('"')
