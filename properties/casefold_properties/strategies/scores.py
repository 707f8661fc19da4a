"""Models, experiments, answers of all kinds, and bytes that might be answers."""

import json
import struct
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from casefold.feel.values import Value
from casefold.policy.experiments import Challenger, Experiment
from casefold.policy.scorefacts import (
    Answered,
    Fault,
    Nonsense,
    Outcome,
    Refused,
    ScoreReceived,
    TimedOut,
    Unreachable,
)
from casefold.policy.scores import ScoreInput, ScoreModel, ScoreOutput
from casefold.policy.tensors import Datatype, Tensor, elements_in
from casefold_properties.strategies.kernel import digests, json_values

FACTS: Mapping[str, Value] = MappingProxyType({
    "income": Decimal("48000.00"), "months": Decimal(48), "purpose": "A43", "owner": True, "rate": Decimal("0.035"),
})  # fmt: skip
"""What is known of an applicant."""

INPUTS = (
    ScoreInput("x", "income", Datatype.FP64),
    ScoreInput("x", "rate", Datatype.FP64),
    ScoreInput("months", "months", Datatype.INT16),
    ScoreInput("purpose", "purpose", Datatype.BYTES),
    ScoreInput("owner", "owner", Datatype.BOOL),
    ScoreInput("half", "rate", Datatype.FP16),
)

SHAPES = ((), (1,), (1, 1), (1, 2), (2,))
NAMES = ("p", "q", "/p")
NUMBERS = tuple(kind for kind in Datatype if kind is not Datatype.BOOL)
VERSIONS = (None, "1", "2")


def subjects() -> st.SearchStrategy[str]:
    """Names of loans and people."""
    return st.text(max_size=12)


@st.composite
def experiments(draw: st.DrawFn, *, max_challengers: int = 3) -> Experiment:
    """Experiments whose shares leave the champion something or nothing."""
    count = draw(st.integers(0, max_challengers))
    ends = sorted(draw(st.lists(st.integers(0, 10_000), min_size=count, max_size=count)))
    shares = [end - start for start, end in zip((0, *ends), ends, strict=False)]
    challengers = tuple(Challenger(f"challenger {number}", share) for number, share in enumerate(shares))
    shadows = tuple(f"shadow {number}" for number in range(draw(st.integers(0, 2))))
    return Experiment(draw(st.text(max_size=8)), "champion", challengers, shadows)


@st.composite
def score_models(draw: st.DrawFn, *, low: int = 0, high: int = 1) -> ScoreModel:
    """Models that ask for anything and accept scores from *low* to *high*."""
    shape = draw(st.sampled_from(SHAPES))
    digits = draw(st.integers(0, 6))
    score = st.decimals(low, high, places=digits)
    return ScoreModel(
        draw(st.sampled_from(("pd", "price"))),
        draw(st.sampled_from(VERSIONS)),
        tuple(draw(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=4, unique=True))),
        ScoreOutput(
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(NUMBERS)),
            shape,
            draw(st.integers(0, elements_in(shape) - 1)),
        ),
        digits,
        Decimal(low),
        Decimal(high),
        fallback=draw(st.none() | score),
    )


_ELEMENTS = st.one_of(
    st.sampled_from(("0", "1", "-0.0", "1.0000001", "-1e-9", "NaN", "Infinity", "null", "true", "", "1e999", "0.5")),
    st.floats(0, 1).map(repr),
    st.floats().map(repr),
    st.integers().map(str),
    st.text(max_size=3),
)
_FAILED: st.SearchStrategy[Outcome] = st.one_of(
    st.sampled_from((TimedOut(), Unreachable("no connection"), Refused(400, "Bad Request"))),
    st.builds(Nonsense, st.sampled_from(Fault), st.sampled_from(("", "FP32"))),
)
_DIGESTS = digests()


def elements() -> st.SearchStrategy[str]:
    """Elements of tensors: numbers, near misses, and text."""
    return _ELEMENTS


@st.composite
def tensors(draw: st.DrawFn, model: ScoreModel) -> Tensor:
    """What a model might answer: mostly as it should, or with one thing wrong."""
    output = model.output
    wrong = draw(st.integers(0, 7))
    name = draw(st.sampled_from(NAMES)) if wrong == 1 else output.name
    kind = draw(st.sampled_from(Datatype)) if wrong == 2 else output.datatype
    shape = draw(st.sampled_from(SHAPES)) if wrong == 3 else output.shape
    count = elements_in(shape) + (wrong == 4)
    return Tensor(name, kind, shape, tuple(draw(_ELEMENTS) for _ in range(count)))


@st.composite
def outcomes(draw: st.DrawFn, model: ScoreModel) -> Outcome:
    """Everything that may come of asking."""
    return draw(_FAILED) if draw(st.integers(0, 3)) == 3 else Answered(draw(tensors(model)))


@st.composite
def observations(draw: st.DrawFn, model: ScoreModel) -> ScoreReceived:
    """What a shell may bring back."""
    return ScoreReceived(
        draw(st.sampled_from((model.name, model.name, model.name, "other"))),
        draw(st.sampled_from(VERSIONS)),
        draw(_DIGESTS),
        draw(st.none() | _DIGESTS),
        draw(st.integers(1, 4)),
        draw(st.integers(0, 10**9)),
        draw(outcomes(model)),
    )


_JSON = json_values(max_leaves=3)
_TOLD = st.sampled_from((*VERSIONS, "pd", "price"))
_NUMBERS = st.floats() | st.integers() | st.text(max_size=3)


@st.composite
def bodies(draw: st.DrawFn, model: ScoreModel) -> bytes:
    """Bytes that might be an answer in JSON: good, with one thing wrong, any JSON, and anything."""
    wrong = draw(st.integers(0, 15))
    if wrong == 15:
        return draw(st.binary(max_size=40))
    if wrong == 14:
        return json.dumps(draw(_JSON)).encode()
    output = model.output
    told: dict[str, object] = {
        "name": draw(st.sampled_from(NAMES)) if wrong == 1 else output.name,
        "datatype": draw(st.sampled_from((*(each.value for each in Datatype), "BF16")))
        if wrong == 2
        else output.datatype.value,
        "shape": draw(_JSON) if wrong == 3 else output.shape,
        "data": draw(_JSON)
        if wrong == 4
        else [draw(_NUMBERS) for _ in range(elements_in(output.shape) + (wrong == 5))],
    }
    whole: dict[str, object] = {
        "outputs": draw(_JSON) if wrong == 6 else [told] * (1 + (wrong == 7)),
        "p": draw(_NUMBERS),
    }
    for name, when in (("model_name", {8, 11}), ("model_version", {0, 9, 11}), ("id", {10, 11})):
        if wrong in when:
            whole[name] = draw(_TOLD)
        if wrong == 12:
            whole[name] = draw(_JSON)
    text = json.dumps(whole).encode()
    return text[: -draw(st.integers(1, 40))] if wrong == 13 else text


def single_floats() -> st.SearchStrategy[float]:
    """Finite numbers of 32 bits, all of them."""
    return st.binary(min_size=4, max_size=4).map(lambda held: struct.unpack("<f", held)[0]).filter(lambda x: x - x == 0)
