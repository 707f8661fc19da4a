"""Rule sets as plain data: what a TOML or JSON file says, and the digest that names it."""

from collections.abc import Mapping

from attrs import frozen

from casefold.codecs import converter, plain, structure
from casefold.kernel.canonical import Json, digest
from casefold.kernel.results import Result
from casefold.validation.model import RuleSet

_CONVERTER = converter()


@frozen
class RuleSetInvalid:
    """The data is no rule set; each of *problems* says where and what."""

    problems: tuple[str, ...]


def parse(raw: Mapping[str, object]) -> Result[RuleSet, RuleSetInvalid]:
    """Read a rule set from plain data, as a TOML parser gives it."""
    return structure(_CONVERTER, dict(raw), RuleSet).alt(lambda fault: RuleSetInvalid(fault.problems))


def rules_value(rules: RuleSet) -> dict[str, Json]:
    """Write a rule set as plain JSON; `parse` reads it back."""
    return plain(_CONVERTER, rules)


def rules_digest(rules: RuleSet) -> str:
    """Name a rule set by its content."""
    return digest(rules_value(rules))
