"""Which names stand for something where an expression is read, and the longest of them that a text begins with.

FEEL names may hold spaces, marks and keywords, so that a text can be cut into names only by those that are known
(DMN 1.5, section 10.3.1.4).
"""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from attrs import Factory, field, frozen

from casefold.feel.tokens import Kind, Token, tokens
from casefold.feel.types import ContextOf, FunctionOf, ListOf, RangeOf, Simple, Type
from casefold.kernel.results import Failure

NameEntries: TypeAlias = tuple[tuple[tuple[str, ...], str], ...]
NameIndex: TypeAlias = Mapping[str, NameEntries]
"""Names by their first token, the longest first: their tokens, and the name itself."""


def words(name: str) -> tuple[str, ...]:
    """Cut a name into tokens; one that FEEL could not read is one token.

    >>> words("applicant's  age"), words("a-1")
    (('applicant', "'", 's', 'age'), ('a', '-', '1'))
    """
    found = tokens(name)
    if isinstance(found, Failure) or not name.strip():
        return (name,)
    return tuple(token.text for token in found.unwrap()[:-1])


def index_of(names: Iterable[str]) -> NameIndex:
    """Index names by what they begin with."""
    index: dict[str, NameEntries] = {}
    for name in names:
        extend(index, name)
    return MappingProxyType(index)


def extend(index: MutableMapping[str, NameEntries], name: str) -> None:
    """Add a name to an index, unless it is there."""
    entry = (words(name), name)
    there = index.get(entry[0][0], ())
    if entry not in there:
        index[entry[0][0]] = tuple(sorted((*there, entry), key=_length))


def _length(entry: tuple[tuple[str, ...], str]) -> tuple[int, str]:
    return -len(entry[0]), entry[1]


def longest(index: NameIndex, found: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Give the longest name that stands at token *at*, and how many tokens it takes."""
    first = found[at]
    if first.kind is Kind.STRING:
        return None
    for cut, name in index.get(first.text, ()):
        end = at + len(cut)
        if end < len(found) and all(
            token.text == word and token.kind is not Kind.STRING for token, word in zip(found[at:end], cut, strict=True)
        ):
            return name, len(cut)
    return None


def _names_of(scope: "Scope") -> NameIndex:
    return index_of(scope.names)


def _types_of(scope: "Scope") -> NameIndex:
    return index_of(scope.types)


def _members_of(scope: "Scope") -> NameIndex:
    kinds = (*scope.names.values(), *scope.types.values())
    return index_of(sorted({name for kind in kinds for name in member_names(kind)}))


@frozen
class Scope:
    """The names that an expression may use, with their types, and the types it may name.

    Attributes:
        names: Variables; a type that is not known is `Simple.ANY`.
        types: Types beyond those of FEEL: the item definitions of a model.
    """

    names: Mapping[str, Type] = MappingProxyType({})
    types: Mapping[str, Type] = MappingProxyType({})
    name_index: NameIndex = field(init=False, eq=False, repr=False, default=Factory(_names_of, takes_self=True))
    type_index: NameIndex = field(init=False, eq=False, repr=False, default=Factory(_types_of, takes_self=True))
    member_index: NameIndex = field(init=False, eq=False, repr=False, default=Factory(_members_of, takes_self=True))


EMPTY = Scope()


def scope_of(names: Iterable[str], types: Mapping[str, Type] = MappingProxyType({})) -> Scope:
    """Make a scope of names whose types are not known."""
    return Scope(MappingProxyType(dict.fromkeys(names, Simple.ANY)), types)


def member_names(kind: Type) -> set[str]:
    """Give the names of all members within a type."""
    match kind:
        case Simple():
            return set()
        case ListOf(element) | RangeOf(element):
            return member_names(element)
        case ContextOf(members):
            return {name for name, _ in members}.union(*(member_names(member) for _, member in members))
        case FunctionOf(_, result):
            return member_names(result)


def members_of(kind: Type) -> Mapping[str, Type] | None:
    """Give the members that a value of a type, or each item of a list of it, has; ``None`` if that is not known."""
    match kind:
        case ContextOf(members):
            return dict(members)
        case ListOf(element):
            return members_of(element)
        case _:
            return None
