"""Field specifications as plain data: what a TOML or JSON file says, and the digest that names it."""

from collections.abc import Mapping

from attrs import frozen

from casefold.codecs import converter, plain, structure
from casefold.fields.model import FieldSpecs
from casefold.kernel.canonical import Json, digest
from casefold.kernel.results import Result

_CONVERTER = converter()


@frozen
class FieldSpecsInvalid:
    """The data is no field specifications; each of *problems* says where and what."""

    problems: tuple[str, ...]


def parse(raw: Mapping[str, object]) -> Result[FieldSpecs, FieldSpecsInvalid]:
    """Read field specifications from plain data, as a TOML parser gives it."""
    return structure(_CONVERTER, dict(raw), FieldSpecs).alt(lambda fault: FieldSpecsInvalid(fault.problems))


def specs_value(specs: FieldSpecs) -> dict[str, Json]:
    """Write field specifications as plain JSON; `parse` reads it back."""
    return plain(_CONVERTER, specs)


def specs_digest(specs: FieldSpecs) -> str:
    """Name field specifications by their content."""
    return digest(specs_value(specs))
