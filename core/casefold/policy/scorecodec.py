"""What there is about scores as plain JSON, and back: decimals are text, and nothing is a float."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from casefold.codecs import NotStructured, Packed, converter, plain, structure
from casefold.feel import numbers
from casefold.kernel.canonical import Json
from casefold.kernel.results import Result
from casefold.policy.scorecalls import NoScore
from casefold.policy.scorefacts import Outcome, ScoreUnusable

Kind = TypeVar("Kind")

_CONVERTER = converter(Outcome, ScoreUnusable, NoScore, packs=(Packed(Decimal, str, str, numbers.number),))


def score_value(value: object) -> dict[str, Json]:
    """Write a model, experiment, assignment, request, observation or fact as plain JSON."""
    return plain(_CONVERTER, value)


def read_score(value: Mapping[str, Json], kind: type[Kind]) -> Result[Kind, NotStructured]:
    """Read what `score_value` wrote."""
    return structure(_CONVERTER, dict(value), kind)
