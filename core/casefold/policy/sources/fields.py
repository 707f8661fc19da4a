"""Look into a tree key by key; whatever is not as it should be is noted, and all of it is told at once."""

from collections.abc import Callable, Iterable, Mapping, MutableSequence
from enum import Enum
from types import MappingProxyType
from typing import TypeVar

from attrs import frozen

from casefold.policy.sources.faults import SourceFault, near_words
from casefold.policy.sources.trees import Entries, Listing, Scalar, Tree, shape_of

Made = TypeVar("Made")
Member = TypeVar("Member", bound=Enum)

TRUTHS: Mapping[str, bool] = MappingProxyType({"true": True, "yes": True, "false": False, "no": False, "": False})


@frozen(eq=False)
class Fields:
    """The entries of a mapping.

    Attributes:
        place: Where we are, for messages: names from the outermost in.
        entries: What stands there; of two entries of one key, the first.
        at: The mapping itself.
        faults: What was found wrong so far.
    """

    place: tuple[str, ...]
    entries: Mapping[str, Tree]
    at: Tree
    faults: MutableSequence[SourceFault]

    def refuse(self, fault: str, at: Tree | None = None, *deeper: str) -> None:
        """Note what is wrong, here or with a part of it."""
        where = self.at if at is None else at
        self.faults.append(SourceFault((*self.place, *deeper), fault, where.line, where.column))

    def has(self, key: str) -> bool:
        """Whether a key stands there."""
        return key in self.entries

    def maybe(self, key: str) -> str | None:
        """Give the text of a key, or nothing if it is not there."""
        found = self.entries.get(key)
        if found is None or isinstance(found, Scalar):
            return None if found is None else found.text
        self.refuse(f"{key} is a text; here are {shape_of(found)}", found, key)
        return None

    def text(self, key: str) -> str:
        """Give the text of a key; empty if it is not there."""
        return self.maybe(key) or ""

    def name(self, key: str) -> str | None:
        """Give a name with its spaces made one each, or nothing for one that is empty."""
        return " ".join(self.text(key).split()) or None

    def truth(self, key: str) -> bool:
        """Give whether a key says yes."""
        text = self.text(key)
        found = TRUTHS.get(text.lower())
        if found is None:
            self.refuse(f"{key} is true or false; here is {text!r}", self.entries[key], key)
        return found or False

    def choice(self, key: str, kinds: type[Member], default: Member) -> Member:
        """Give one of the members of an enumeration by its value."""
        text = self.maybe(key)
        if text is None:
            return default
        for kind in kinds:
            if kind.value == text:
                return kind
        known = [str(kind.value) for kind in kinds]
        self.refuse(f"there is no {key} {text!r}; {near_words(text, known)}", self.entries[key], key)
        return default

    def items(self, key: str) -> tuple[Tree, ...]:
        """Give the list of a key; what is not there is an empty one."""
        found = self.entries.get(key)
        if found is None or isinstance(found, Listing):
            return () if found is None else found.items
        self.refuse(f"{key} is a list; here is {shape_of(found)}", found, key)
        return ()

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts."""
        return self.cells(self.items(key), key)

    def cells(self, items: Iterable[Tree], *place: str) -> tuple[str, ...]:
        """Give items that are texts; one that is none is noted, and empty."""
        found: list[str] = []
        for item in items:
            if not isinstance(item, Scalar):
                self.refuse(f"a text should stand here, and no {shape_of(item).removeprefix('a ')}", item, *place)
            found.append(item.text if isinstance(item, Scalar) else "")
        return tuple(found)

    def inner(self, tree: Tree, known: Iterable[str], needed: Iterable[str] = (), *place: str) -> "Fields":
        """Look into a mapping further in."""
        return fields(tree, (*self.place, *place), known, needed, self.faults)

    def each(
        self, key: str, what: str, known: Iterable[str], needed: Iterable[str], make: "Callable[[Fields], Made]"
    ) -> tuple[Made, ...]:
        """Make something of each item of a list of mappings; an item goes by its name, or by its number."""
        made: list[Made] = []
        for number, item in enumerate(self.items(key), 1):
            made.append(make(self.inner(item, known, needed, f"{what} {called(item) or number}")))
        return tuple(made)


def fields(
    tree: Tree,
    place: tuple[str, ...],
    known: Iterable[str],
    needed: Iterable[str],
    faults: MutableSequence[SourceFault],
) -> Fields:
    """Look into a mapping that has the *known* keys, among them those *needed*."""
    entries: dict[str, Tree] = {}
    found = Fields(place, entries, tree, faults)
    if not isinstance(tree, Entries):
        found.refuse(f"keys with values should stand here ({', '.join(known)}); here is {shape_of(tree)}")
        return found
    keys = tuple(known)
    for key, value in tree.pairs:
        if key.text not in keys:
            found.refuse(f"there is no key {key.text!r} here; {near_words(key.text, keys)}", key)
        elif key.text in entries:
            found.refuse(f"{key.text} stands here twice", key)
        else:
            entries[key.text] = value
    for key_needed in needed:
        if key_needed not in entries:
            found.refuse(f"{key_needed} is missing")
        elif entries[key_needed] == Scalar(""):
            found.refuse(f"{key_needed} is empty", entries[key_needed])
    return found


def called(tree: Tree) -> str:
    """Give the name of a mapping, if it has one."""
    if isinstance(tree, Entries):
        for key, value in tree.pairs:
            if key.text == "name" and isinstance(value, Scalar):
                return " ".join(value.text.split())
    return ""


def keys_of(tree: Tree) -> tuple[str, ...]:
    """Give the keys of a mapping; anything else has none."""
    return tuple(key.text for key, _ in tree.pairs) if isinstance(tree, Entries) else ()
