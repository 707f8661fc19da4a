"""The JSON Schema of taxonomy files, worked out from the model itself, for editors and other programs."""

import re
import types
from collections.abc import Mapping
from enum import Enum
from typing import Union, cast, get_args, get_origin, get_type_hints

import attrs

from casefold.kernel.canonical import Json
from casefold.taxonomy.model import DocumentClass, Signal, Taxonomy

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Json]:
    """Give the JSON Schema (2020-12) that taxonomy files meet; TOML editors understand it as well."""
    definitions: dict[str, Json] = {}
    root = _schema(Taxonomy, definitions)
    return {"$schema": DIALECT, "title": "casefold taxonomy", **cast("Mapping[str, Json]", root), "$defs": definitions}


def _schema(kind: object, definitions: dict[str, Json]) -> Json:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _schema(next(each for each in arguments if each is not type(None)), definitions)
    if origin is tuple and arguments:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    assert isinstance(kind, type), "the model is made of classes"
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if issubclass(kind, Enum):
        return {"enum": [str(member.value) for member in kind]}
    if kind is Taxonomy:
        return _object(kind, definitions)
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = None
        definitions[kind.__name__] = _object(cast("type[object]", kind), definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


_PLAIN = types.MappingProxyType({str: "string", int: "integer", bool: "boolean"})


def _object(kind: type[object], definitions: dict[str, Json]) -> Json:
    hints, notes = get_type_hints(kind), _notes(kind.__doc__ or "")
    members: dict[str, Json] = {}
    required: list[Json] = []
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind)):
        inner = cast("dict[str, Json]", _schema(hints[field.name], definitions))
        members[field.name] = {**inner, "description": notes[field.name]} if field.name in notes else inner
        if field.default is attrs.NOTHING and not (kind is Signal and field.name == "source"):
            required.append(field.name)
    if kind is DocumentClass:
        members["source"] = {"type": "string", "description": "The source of every signal that names none."}
    summary = (kind.__doc__ or "").partition("\n")[0]
    return {
        "type": "object",
        "description": summary,
        "properties": members,
        "required": required,
        "additionalProperties": False,
    }


def _notes(docstring: str) -> dict[str, str]:
    """Read what a docstring says of each attribute."""
    _, _, listed = docstring.partition("Attributes:\n")
    found = re.findall(r"^        (\w+): (.+(?:\n            .+)*)", listed, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}
