"""Taxonomies as plain data: what a TOML or JSON file says, and the digest that names it."""

from collections.abc import Mapping, Sequence
from typing import cast

from attrs import frozen

from casefold.codecs import converter, plain, structure
from casefold.kernel.canonical import Json, digest
from casefold.kernel.results import Result
from casefold.taxonomy.model import Taxonomy

CONVERTER = converter()


@frozen
class TaxonomyInvalid:
    """The data is not a taxonomy; each of *problems* says where and what."""

    problems: tuple[str, ...]


def parse(raw: Mapping[str, object]) -> Result[Taxonomy, TaxonomyInvalid]:
    """Read a taxonomy from plain data, as a TOML parser gives it.

    A class may name a ``source`` once for all its signals that name none.
    """
    whole = {
        name: [_with_sources(item) for item in cast("Sequence[object]", part)]
        if name in {"classes", "outside"} and isinstance(part, (list, tuple))
        else part
        for name, part in raw.items()
    }
    return structure(CONVERTER, whole, Taxonomy).alt(lambda fault: TaxonomyInvalid(fault.problems))


def _with_sources(item: object) -> object:
    if not isinstance(item, Mapping):
        return item
    members = dict(cast("Mapping[str, object]", item))
    source = members.pop("source", None)
    signals = members.get("signals")
    if source is not None and isinstance(signals, (list, tuple)):
        members["signals"] = [
            {"source": source, **cast("Mapping[str, object]", signal)} if isinstance(signal, Mapping) else signal
            for signal in cast("Sequence[object]", signals)
        ]
    return members


def taxonomy_value(taxonomy: Taxonomy) -> dict[str, Json]:
    """Write a taxonomy as plain JSON; `parse` reads it back."""
    return plain(CONVERTER, taxonomy)


def taxonomy_digest(taxonomy: Taxonomy) -> str:
    """Name a taxonomy by its content."""
    return digest(taxonomy_value(taxonomy))
