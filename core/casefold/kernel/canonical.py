"""Canonical bytes and digests: one value, one byte string, one name.

The bytes are those of RFC 8785 (JSON Canonicalization Scheme) over a narrower JSON: no floats at all, and integers only
up to 2**53 - 1, so that every reader in every language agrees on them. Larger integers and decimals travel as strings.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from attrs import frozen

Json: TypeAlias = "None | bool | int | str | Sequence[Json] | Mapping[str, Json]"

INTEGER_MAX = 2**53 - 1
"""The largest integer that every JSON reader holds exactly (RFC 7493, section 2.2)."""

DIGEST_PREFIX = "sha256:"


def canonical(value: Json) -> bytes:
    r"""Encode *value* as RFC 8785 canonical JSON.

    A float, an integer beyond `INTEGER_MAX`, a key that is no text or an unpaired surrogate is a bug of the caller.

    >>> canonical({"b": [1, True, None], "a": "\u20ac"})
    b'{"a":"\xe2\x82\xac","b":[1,true,null]}'
    """
    return "".join(_texts(value)).encode()


def is_whole(text: str) -> bool:
    r"""Whether a text holds no half of a character (an unpaired surrogate), which UTF-8 cannot write.

    >>> is_whole("\U0001f600"), is_whole("\ud83d")
    (True, False)
    """
    return text.isascii() or _HALF.search(text) is None


_HALF = re.compile("[\ud800-\udfff]")

_LONG = 256
"""Members of a list that are written at a time: a writer of JSON holds many times what it writes."""


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, Mapping):
        before = "{"
        for key in _in_order(value):
            yield f"{before}{_ENCODER.encode(key)}:"
            yield from _texts(value[key])
            before = ","
        yield "}" if value else "{}"
    elif isinstance(value, (list, tuple)) and len(value) > _LONG:
        for start in range(0, len(value), _LONG):
            yield "," if start else "["
            yield _ENCODER.encode(_checked(value[start : start + _LONG]))[1:-1]
        yield "]"
    else:
        yield _ENCODER.encode(_checked(value))


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_PLAIN = frozenset({str, bool, type(None)})
_SCALARS = frozenset({*_PLAIN, int})


def _checked(value: Json) -> Json:
    """Sort keys and refuse what the canonical form cannot carry."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is int:
        assert -INTEGER_MAX <= cast("int", value) <= INTEGER_MAX, "an integer beyond 2**53 - 1 travels as a string"
        return value
    if isinstance(value, Mapping):
        return {key: _checked(value[key]) for key in _in_order(value)}
    assert isinstance(value, (list, tuple)), "canonical JSON carries no floats and no other types"
    if _SCALARS.issuperset(map(type, value)):
        numbers = [number for number in value if type(number) is int]
        assert not numbers or -INTEGER_MAX <= min(numbers) <= max(numbers) <= INTEGER_MAX, "it travels as a string"
        return value
    return [_checked(item) for item in value]


def _in_order(value: Mapping[str, Json]) -> list[str]:
    """Sort keys by UTF-16 code units, as RFC 8785 section 3.2.3 asks."""
    return sorted(value) if all(map(str.isascii, value)) else sorted(value, key=_utf16)


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def digest_of_bytes(*content: bytes) -> str:
    """Name *content*, one after the other, by its SHA-256.

    >>> digest_of_bytes(b"")
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    """
    found = hashlib.sha256()
    for part in content:
        found.update(part)
    return DIGEST_PREFIX + found.hexdigest()


def digest(value: Json) -> str:
    """Name *value* by the SHA-256 of its canonical bytes."""
    return digest_of_bytes(canonical(value))


@frozen
class Written:
    """A JSON value as its canonical text: equal where the values are, and nobody changes it.

    >>> written({"b": (1,), "a": None})
    Written(text='{"a":null,"b":[1]}')
    """

    text: str

    @property
    def value(self) -> Json:
        """The value itself, made anew."""
        return cast("Json", json.loads(self.text))

    @property
    def members(self) -> Mapping[str, Json]:
        """The members of an object; none where it is something else."""
        found = self.value
        return found if isinstance(found, Mapping) else {}

    @property
    def digest(self) -> str:
        """What names the value."""
        return digest_of_bytes(self.text.encode())


def written(value: Json) -> Written:
    """Write a value down."""
    return Written(canonical(value).decode())


DEPTH_MAX = 300
"""How deeply JSON that comes from outside may be nested: far deeper than any value of ours, far from any limit."""


def is_json(raw: object) -> bool:
    """Whether *raw* is a value that `canonical` takes.

    >>> is_json({"a": [1, "x", None]}), is_json([1.5]), is_json({1: 2}), is_json(2**53)
    (True, False, False, False)
    """
    layer: list[object] = [raw]
    for _ in range(DEPTH_MAX):
        if not layer:
            return True
        below: list[object] = []
        for each in layer:
            if isinstance(each, Mapping):
                members = cast("Mapping[object, object]", each)
                below += members
                below += members.values()
                if not all(isinstance(key, str) for key in members):
                    return False
            elif isinstance(each, (list, tuple)):
                below += cast("Sequence[object]", each)
            elif not _is_scalar(each):
                return False
        layer = below
    return not layer


def _is_scalar(each: object) -> bool:
    if isinstance(each, str):
        return _SURROGATE.search(each) is None
    return each is None or isinstance(each, bool) or (isinstance(each, int) and -INTEGER_MAX <= each <= INTEGER_MAX)


_SURROGATE = re.compile("[\ud800-\udfff]")
