"""Read a FEEL type (DMN 1.5, section 10.3.1.2, rules 57 to 61)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from casefold.feel.reader import NESTING_MAX, Reader
from casefold.feel.scope import index_of, longest
from casefold.feel.tokens import Flaw, Kind
from casefold.feel.types import NAMES, ContextOf, FunctionOf, ListOf, RangeOf, Type

_INDEX = index_of(NAMES)
_LIKE: Mapping[str, Callable[[Type], Type]] = MappingProxyType({"list": ListOf, "range": RangeOf})


def read_type(reader: Reader) -> Type | None:
    """Read the type that stands here."""
    if reader.place[1] >= NESTING_MAX:
        reader.refuse(Flaw.TOO_DEEP, wanted=str(NESTING_MAX))
        return None
    reader.place[1] += 1
    kind = _type(reader)
    reader.place[1] -= 1
    return kind


def _type(reader: Reader) -> Type | None:
    if reader.ahead(1).text == "<" and reader.ahead(1).kind is Kind.MARK:
        made = _LIKE.get(reader.token.text)
        if made is not None:
            reader.skip(2)
            element = read_type(reader)
            return None if element is None or not reader.expect(">") else made(element)
        if reader.at("context"):
            return _context(reader)
        if reader.at("function"):
            return _function(reader)
    found = longest(reader.scope.type_index, reader.tokens, reader.place[0])
    if found is not None:
        reader.skip(found[1])
        return reader.scope.types[found[0]]
    found = longest(_INDEX, reader.tokens, reader.place[0])
    if found is None:
        reader.refuse(Flaw.UNKNOWN_TYPE)
        return None
    reader.skip(found[1])
    return NAMES[found[0]]


def _context(reader: Reader) -> Type | None:
    reader.skip(2)
    members: list[tuple[str, Type]] = []
    while not reader.at(">"):
        start = reader.token.start
        while not reader.at(":", "<", ">", ",") and reader.token.kind is not Kind.END:
            reader.skip()
        name = " ".join(reader.text[start : reader.token.start].split())
        if not reader.expect(":"):
            return None
        kind = read_type(reader)
        if kind is None:
            return None
        members.append((name, kind))
        if not reader.take(","):
            break
    return ContextOf(tuple(members)) if reader.expect(">") else None


def _function(reader: Reader) -> Type | None:
    reader.skip(2)
    parameters: list[Type] = []
    while not reader.at(">"):
        kind = read_type(reader)
        if kind is None:
            return None
        parameters.append(kind)
        if not reader.take(","):
            break
    if not reader.expect(">") or not reader.expect("->"):
        return None
    result = read_type(reader)
    return None if result is None else FunctionOf(tuple(parameters), result)
