"""Plain JSON in, core values out, and back.

The one core module that catches what cattrs raises. Fields that hold their default are left out of what is written, so
that a later optional field does not change the digest of what was published before it.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from types import UnionType
from typing import Generic, TypeVar, cast, get_args

import attrs
from attrs import frozen
from cattrs import BaseValidationError, Converter, transform_error
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.strategies import configure_tagged_union

from casefold.kernel.canonical import Json, Written, is_json, written
from casefold.kernel.results import Failure, Result, Success

Value = TypeVar("Value")
Shape = TypeVar("Shape")

TAG = "kind"
"""The member that says which member of a union a value is."""


@frozen
class NotStructured:
    """Plain data does not have the shape of a value; each of *problems* says where and what."""

    problems: tuple[str, ...]


@frozen
class Packed(Generic[Value, Shape]):
    """A class that is written otherwise than member by member.

    Attributes:
        kind: The class.
        shape: What it is written as.
        write: Makes a *shape* of a value.
        read: Makes a value of a *shape*, or nothing where that is no value.
    """

    kind: type[Value]
    shape: type[Shape]
    write: Callable[[Value], object]
    read: Callable[[Shape], Value | None]


def converter(*unions: UnionType, packs: "Sequence[Packed[Value, Shape]]" = (), tag: str = TAG) -> Converter:
    """Make a converter for attrs classes; values of *unions* carry their class's name as *tag*.

    Unknown members, missing members and wrong types are problems; nothing is coerced.
    """
    made = Converter(forbid_extra_keys=True, omit_if_default=True)
    for kind, name in ((int, "a whole number"), (str, "text"), (bool, "true or false")):
        made.register_structure_hook(kind, _exactly(kind, name))
    made.register_structure_hook_func(_is_enum, _member)
    made.register_structure_hook(Written, _json())
    made.register_unstructure_hook(Written, _value)
    for pack in packs:
        made.register_unstructure_hook(pack.kind, pack.write)
        made.register_structure_hook(pack.kind, _unpacked(made, pack))
    for union in unions:
        members: Sequence[type] = get_args(union)
        assert not any(tag in attrs.fields_dict(each) for each in members), "a tag is no member of what it tags"
        made.register_unstructure_hook(union | None, _or_none(made.unstructure, union))
        made.register_structure_hook(union | None, _read_or_none(made, union))
    for union in unions:
        configure_tagged_union(union, made, tag_name=tag)
    return made


def _or_none(write: Callable[[object, object], object], union: UnionType) -> Callable[[object], object]:
    return lambda value: None if value is None else write(value, union)


def _read_or_none(made: Converter, union: UnionType) -> Callable[[object, object], object]:
    return lambda raw, _: None if raw is None else made.structure(raw, union)  # type: ignore[arg-type]


def _unpacked(made: Converter, pack: Packed[Value, Shape]) -> Callable[[object, object], Value]:
    def check(raw: object, _: object) -> Value:
        value = pack.read(made.structure(raw, pack.shape))
        if value is None:
            raise ValueError(f"expected {_type_name(pack.kind)}")
        return value

    return check


def _exactly(kind: type, name: str) -> Callable[[object, object], object]:
    def check(value: object, _: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"expected {name}, found {value!r}")
        return value

    return check


def _json() -> Callable[[object, object], Written]:
    def check(raw: object, _: object) -> Written:
        if not is_json(raw):
            raise TypeError("expected JSON without floats")
        return written(cast("Json", raw))

    return check


def _value(whole: Written) -> Json:
    return whole.value


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _member(value: object, kind: type[Enum]) -> Enum:
    for member in kind:
        if member.value == value:
            return member
    raise ValueError(f"expected one of {', '.join(str(member.value) for member in kind)}; found {value!r}")


def structure(made: Converter, raw: object, kind: type[Value]) -> Result[Value, NotStructured]:
    """Build a *kind* from plain data."""
    try:
        return Success(made.structure(raw, kind))
    except (BaseValidationError, ForbiddenExtraKeysError, TypeError, ValueError, KeyError, AttributeError) as error:
        return Failure(NotStructured(tuple(transform_error(error, path="", format_exception=_in_words))))


def _in_words(error: BaseException, kind: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(field.name for field in attrs.fields(error.cl)) if attrs.has(error.cl) else ""
        return f"unknown: {', '.join(sorted(error.extra_fields))} (known: {known})"
    if isinstance(error, KeyError):
        return f"missing: {error.args[0]}"
    text = str(error)
    return text if text.startswith("expected") else f"expected {_type_name(kind)}"


def _type_name(kind: type | None) -> str:
    return "another type" if kind is None else str(kind).removeprefix("<class '").removesuffix("'>")


def plain(made: Converter, value: object) -> dict[str, Json]:
    """Write a value as plain JSON."""
    return cast("dict[str, Json]", made.unstructure(value))


def plain_union(made: Converter, value: object, union: object) -> dict[str, Json]:
    """Write a value of a union as plain JSON, with its `TAG`."""
    return cast("dict[str, Json]", made.unstructure(value, unstructure_as=union))
