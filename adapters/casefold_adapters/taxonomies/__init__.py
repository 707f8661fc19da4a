"""Read taxonomies, field specifications and rules from TOML files, and the ones that ship with casefold.

`lending-us`, `lending-us-fields` and `lending-us-rules` are the shipped ones; see `load`, `load_fields`, `load_rules`.
"""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from attrs import frozen

from casefold.fields import codec as fields_codec
from casefold.fields.model import FieldSpecs
from casefold.kernel.results import Failure, Result, Success
from casefold.taxonomy.codec import TaxonomyInvalid, parse
from casefold.taxonomy.model import Taxonomy
from casefold.validation import codec as rules_codec
from casefold.validation.model import RuleSet

SHIPPED = ("lending-us",)
"""Names that `load` takes instead of a path."""


SHIPPED_FIELDS = ("lending-us-fields",)
"""Names that `load_fields` takes instead of a path."""


SHIPPED_RULES = ("lending-us-rules",)
"""Names that `load_rules` takes instead of a path."""


@frozen
class TaxonomyUnreadable:
    """The file cannot be read, or is no TOML; *detail* says where and why."""

    path: str
    detail: str


@frozen
class TaxonomyMalformed:
    """The file is TOML and no taxonomy; each of *problems* says where and what."""

    path: str
    problems: tuple[str, ...]


def load(name: str) -> Result[Taxonomy, TaxonomyUnreadable | TaxonomyMalformed]:
    """Load a shipped taxonomy by name, or any by path."""
    path = _path(name, SHIPPED)
    raw = _raw(path)
    if isinstance(raw, Failure):
        return raw
    return parse(raw.unwrap()).alt(lambda fault: _malformed(path, fault))


def load_fields(name: str) -> Result[FieldSpecs, TaxonomyUnreadable | TaxonomyMalformed]:
    """Load shipped field specifications by name, or any by path."""
    path = _path(name, SHIPPED_FIELDS)
    raw = _raw(path)
    if isinstance(raw, Failure):
        return raw
    return fields_codec.parse(raw.unwrap()).alt(lambda fault: _malformed(path, fault))


def load_rules(name: str) -> Result[RuleSet, TaxonomyUnreadable | TaxonomyMalformed]:
    """Load shipped rules across documents by name, or any by path."""
    path = _path(name, SHIPPED_RULES)
    raw = _raw(path)
    if isinstance(raw, Failure):
        return raw
    return rules_codec.parse(raw.unwrap()).alt(lambda fault: _malformed(path, fault))


def _path(name: str, shipped: Collection[str]) -> Path:
    return Path(__file__).parent / f"{name}.toml" if name in shipped else Path(name)


def _raw(path: Path) -> Result[Mapping[str, object], TaxonomyUnreadable | TaxonomyMalformed]:
    try:
        return Success(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        return Failure(TaxonomyUnreadable(str(path), error.strerror or "it cannot be read"))
    except UnicodeDecodeError as error:
        return Failure(TaxonomyUnreadable(str(path), f"it is not UTF-8 text: {error.reason} at byte {error.start}"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Failure(TaxonomyUnreadable(str(path), f"it is not TOML: {error}"))


def _malformed(
    path: Path, fault: TaxonomyInvalid | fields_codec.FieldSpecsInvalid | rules_codec.RuleSetInvalid
) -> TaxonomyUnreadable | TaxonomyMalformed:
    return TaxonomyMalformed(str(path), fault.problems)
