"""Read taxonomies from TOML files, and the ones that ship with casefold.

`lending-us` is the shipped one; see `load`.
"""

import tomllib
from pathlib import Path

from attrs import frozen

from casefold.kernel.results import Failure, Result
from casefold.taxonomy.codec import TaxonomyInvalid, parse
from casefold.taxonomy.model import Taxonomy

SHIPPED = ("lending-us",)
"""Names that `load` takes instead of a path."""


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
    path = Path(__file__).parent / f"{name}.toml" if name in SHIPPED else Path(name)
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        return Failure(TaxonomyUnreadable(str(path), error.strerror or "it cannot be read"))
    except UnicodeDecodeError as error:
        return Failure(TaxonomyUnreadable(str(path), f"it is not UTF-8 text: {error.reason} at byte {error.start}"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Failure(TaxonomyUnreadable(str(path), f"it is not TOML: {error}"))
    return parse(raw).alt(lambda fault: _malformed(path, fault))


def _malformed(path: Path, fault: TaxonomyInvalid) -> TaxonomyUnreadable | TaxonomyMalformed:
    return TaxonomyMalformed(str(path), fault.problems)
