"""The hash chain that makes a log of events tamper-evident.

Each entry names the one before it by hash, so one changed, missing, added or moved byte anywhere is found. What a chain
alone cannot show is that its end was cut off: whoever keeps the head (`Head`) elsewhere finds that too.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import cast

from attrs import frozen

from casefold.kernel.canonical import INTEGER_MAX, Json, canonical, digest_of_bytes
from casefold.kernel.results import Failure, Result, Success

GENESIS = "sha256:" + "0" * 64
"""The name that the first entry gives to what came before it."""


_INSTANT = re.compile(r"0|-?[1-9][0-9]{0,17}")


@frozen
class Head:
    """The end of a chain: how many entries there are, and the hash of the last."""

    count: int
    hash: str


START = Head(0, GENESIS)


@frozen
class Entry:
    """One recorded event with its place in the chain.

    Attributes:
        sequence: The entry's number, from 1.
        at: When it was recorded, in microseconds UTC.
        previous: The hash of the entry before.
        event: The event as plain JSON.
    """

    sequence: int
    at: int
    previous: str
    event: Mapping[str, Json]


@frozen
class ChainBroken:
    """An entry is not what was written.

    Attributes:
        sequence: The number of the first entry that is wrong, from 1.
        fault: What is wrong with it.
    """

    sequence: int
    fault: str


def line_of(entry: Entry) -> tuple[bytes, Head]:
    """Write *entry* as one line, without its end, and give the chain's new head."""
    event = canonical(entry.event)
    before = b'{"at":"%d","event":' % entry.at
    after = b'"previous":"%s","sequence":%d}' % (entry.previous.encode(), entry.sequence)
    name = digest_of_bytes(before, event, b",", after)
    return b"".join((before, event, b',"hash":"%s",' % name.encode(), after)), Head(entry.sequence, name)


def verify(lines: Iterable[bytes], after: Head = START) -> Result[Head, ChainBroken]:
    """Check that *lines* are exactly what was written after *after*, and give the head.

    >>> line, head = line_of(Entry(1, 0, GENESIS, {"kind": "opened"}))
    >>> verify([line]) == Success(head)
    True
    >>> verify([line.replace(b"opened", b"closed")])
    <Failure: ChainBroken(sequence=1, fault='its content does not match its hash')>
    """
    head = after
    for line in lines:
        entry = read_line(line, head)
        if isinstance(entry, Failure):
            return entry
        _, head = line_of(entry.unwrap())
    return Success(head)


def read_line(line: bytes, after: Head) -> Result[Entry, ChainBroken]:
    """Read the line that must follow *after*."""
    sequence = after.count + 1
    value = _value_or_none(line)
    if value is None or set(value) != {"at", "event", "hash", "previous", "sequence"}:
        return Failure(ChainBroken(sequence, "it is not an entry"))
    at, event, previous = value["at"], value["event"], value["previous"]
    if not (isinstance(at, str) and _INSTANT.fullmatch(at) and isinstance(event, dict)):
        return Failure(ChainBroken(sequence, "it is not an entry"))
    if previous != after.hash or value["sequence"] != sequence:
        return Failure(ChainBroken(sequence, "it does not follow the entry before it"))
    entry = Entry(sequence, int(at), after.hash, cast("Mapping[str, Json]", event))
    if line_of(entry)[0] != line:
        return Failure(ChainBroken(sequence, "its content does not match its hash"))
    return Success(entry)


def _value_or_none(line: bytes) -> dict[str, object] | None:
    """Parse a line that anyone may have written; what is not the canonical form of a JSON object is ``None``."""
    try:
        value: object = json.loads(line, parse_float=_refuse, parse_constant=_refuse, parse_int=_small_integer)
        rewritten = canonical(cast("Json", value))
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, object]", value) if rewritten == line and isinstance(value, dict) else None


def _refuse(number: str) -> int:
    raise ValueError(number)


def _small_integer(digits: str) -> int:
    if len(digits.lstrip("-")) > len(str(INTEGER_MAX)) or abs(int(digits)) > INTEGER_MAX:
        raise ValueError(digits)
    return int(digits)
