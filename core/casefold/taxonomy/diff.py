"""What changed from one taxonomy to another, by class and signal.

The order in which things are written is no change.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar, cast

import attrs
from attrs import frozen

from casefold.taxonomy.model import Condition, DocumentClass, FileType, Requirement, Signal, Source, Taxonomy
from casefold.taxonomy.patterns import describe, signal_key


@frozen
class Change:
    """One thing that changed.

    Attributes:
        place: The class, kind outside, source or file type, and the part of it.
        before: What it was, in words; ``None`` where it is new.
        after: What it is; ``None`` where it is gone.
    """

    place: str
    before: str | None
    after: str | None


Item = TypeVar("Item")
Told = TypeVar("Told")
Named: TypeAlias = DocumentClass | FileType | Requirement | Source


def diff(before: Taxonomy, after: Taxonomy) -> tuple[Change, ...]:
    """Give every change of meaning; nothing when both decide alike and say the same."""
    return (
        *_fields("taxonomy", before, after, ("name", "version", "title")),
        *_sources(before, after),
        *_classes("class", before.classes, after.classes),
        *_classes("outside", before.outside, after.outside),
        *_file_types(before.file_types, after.file_types),
    )


def _fields(place: str, before: object, after: object, names: Sequence[str]) -> Iterator[Change]:
    old, new = _members(before), _members(after)
    for name in names:
        if old[name] != new[name]:
            yield Change(f"{place}.{name}", _words(old[name]), _words(new[name]))


def _members(value: object) -> Mapping[str, object]:
    return attrs.asdict(cast("attrs.AttrsInstance", value), recurse=False)


def _words(value: object) -> str:
    return str(value)


def _pairs(before: Mapping[object, Item], after: Mapping[object, Item]) -> Iterator[tuple[Item | None, Item | None]]:
    yield from ((old, after.get(key)) for key, old in before.items())
    yield from ((None, new) for key, new in after.items() if key not in before)


def _told(value: Item | None, words: Callable[[Item], Told]) -> Told | None:
    return None if value is None else words(value)


def _change(place: str, before: Item | None, after: Item | None, words: Callable[[Item], str]) -> Change:
    return Change(place, _told(before, words), _told(after, words))


def _name(before: Named | None, after: Named | None) -> str:
    present = before or after
    assert present is not None, "one of a pair is there"
    return present.id


def _sources(before: Taxonomy, after: Taxonomy) -> Iterator[Change]:
    for old, new in _pairs({s.id: s for s in before.sources}, {s.id: s for s in after.sources}):
        if old != new:
            yield _change(
                f"source {_name(old, new)}", old, new, lambda source: f"{source.title} {source.url or ''}".strip()
            )


_CLASS_FIELDS = ("family", "title", "pages", "marked", "sensitivity", "validity", "revision_of")


def _classes(kind: str, before: Sequence[DocumentClass], after: Sequence[DocumentClass]) -> Iterator[Change]:
    for old, new in _pairs({c.id: c for c in before}, {c.id: c for c in after}):
        place = f"{kind} {_name(old, new)}"
        if old is None or new is None:
            yield _change(place, old, new, lambda document_class: document_class.title)
            continue
        yield from _fields(place, old, new, _CLASS_FIELDS)
        if set(old.identity) != set(new.identity):
            yield Change(f"{place}.identity", _keys(old), _keys(new))
        yield from _signals(place, old.signals, new.signals)


def _keys(document_class: DocumentClass) -> str:
    return ", ".join(sorted(key.value for key in document_class.identity))


_SIGNAL_FIELDS = ("source", "weight", "cue", "variant")


def _signals(place: str, before: Sequence[Signal], after: Sequence[Signal]) -> Iterator[Change]:
    for old, new in _pairs({signal_key(s): s for s in before}, {signal_key(s): s for s in after}):
        if old is None or new is None:
            yield _change(f"{place}: signal", old, new, lambda signal: f"{describe(signal)} {signal.weight:+d} dB")
        else:
            yield from _fields(f"{place}: {describe(old)}", old, new, _SIGNAL_FIELDS)


def _unordered(requirement: Requirement) -> Requirement:
    """Write a requirement's classes in one order: the order they are given in means nothing."""
    when = Condition(tuple(sorted(requirement.when.present)), tuple(sorted(requirement.when.absent)))
    ways = (requirement.all_of, requirement.any_of, requirement.n_of)
    all_of, any_of, n_of = (tuple(sorted(way)) for way in ways)
    return attrs.evolve(requirement, all_of=all_of, any_of=any_of, n_of=n_of, when=when)


def _file_types(before: Sequence[FileType], after: Sequence[FileType]) -> Iterator[Change]:
    for old, new in _pairs({f.id: f for f in before}, {f.id: f for f in after}):
        place = f"file type {_name(old, new)}"
        if old is None or new is None:
            yield _change(place, old, new, lambda kind: kind.title)
            continue
        yield from _fields(place, old, new, ("title",))
        for was, now in _pairs({r.id: r for r in old.required}, {r.id: r for r in new.required}):
            if _told(was, _unordered) != _told(now, _unordered):
                yield _change(f"{place}: requirement {_name(was, now)}", was, now, _words)
