"""Models that give scores, and the requests that are made of facts.

Nothing here calls anything. `request_of` makes a request, an adapter sends it and brings back what came, and
`casefold.policy.scorefacts.fact_of` makes a fact of that. A decision sees the fact alone, so a recorded decision is
made again without the model.
"""

from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from casefold.feel import numbers
from casefold.feel.values import Value, kind_of
from casefold.kernel.canonical import Json, digest
from casefold.kernel.results import Failure, Result, Success, traverse
from casefold.policy.tensors import Datatype, Tensor, element_of, elements_in

DIGITS_MAX = 18
"""The most digits behind the point that are kept of an answer: more than a 64-bit float has."""

RETRIES_MAX = 10
"""The most times that a request is sent again."""


@frozen
class ScoreInput:
    """One input of a model.

    Attributes:
        tensor: The name of the input tensor; inputs of one name are the columns of one row, in order.
        fact: The name of the FEEL fact that it holds.
        datatype: What the tensor's elements are.
    """

    tensor: str
    fact: str
    datatype: Datatype


@frozen
class ScoreOutput:
    """Where in an answer the score is.

    Attributes:
        name: The name of the output tensor; for plain JSON, a JSON Pointer (RFC 6901).
        datatype: What its elements must be.
        shape: What its shape must be; ``()`` for plain JSON.
        element: Which element is the score, in row-major order from 0.
    """

    name: str
    datatype: Datatype
    shape: tuple[int, ...] = ()
    element: int = 0


@frozen
class ScoreModel:
    """A model, and how its answer is taken.

    Attributes:
        name: What the server calls it.
        version: The version that must answer; ``None`` leaves it to the server.
        inputs: What it takes.
        output: Where its score is.
        digits: To how many digits behind the point an answer is rounded, halves to even.
        low: The least score that makes sense.
        high: The greatest.
        timeout_seconds: How long one attempt may take.
        deadline_seconds: How long all attempts may take together, with the waits between them.
        retries: How many times a request is sent again where that may help.
        fallback: The score where there is no answer that can be used; ``None`` where a decision must not go on without.
    """

    name: str
    version: str | None
    inputs: tuple[ScoreInput, ...]
    output: ScoreOutput
    digits: int
    low: Decimal
    high: Decimal
    timeout_seconds: Decimal = Decimal(1)
    deadline_seconds: Decimal = Decimal(3)
    retries: int = 2
    fallback: Decimal | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a model that no answer could satisfy."""
        for holds, sentence in (
            (bool(self.name) and self.version != "", "a name or version is empty"),
            (bool(self.inputs), "there are no inputs"),
            (len(set(self.inputs)) == len(self.inputs), "an input is given twice"),
            (
                len({(each.tensor, each.datatype) for each in self.inputs})
                == len({each.tensor for each in self.inputs}),
                "the columns of a tensor have one datatype",
            ),
            (all(size > 0 for size in self.output.shape), "an output has elements"),
            (0 <= self.output.element < elements_in(self.output.shape), "the score is an element of the output"),
            (self.output.datatype is not Datatype.BOOL, "the score is a number"),
            (0 <= self.digits <= DIGITS_MAX, f"digits are 0 to {DIGITS_MAX}"),
            (0 <= self.retries <= RETRIES_MAX, f"retries are 0 to {RETRIES_MAX}"),
            (self.low <= self.high, "the least score is above the greatest"),
            (0 < self.timeout_seconds <= self.deadline_seconds, "an attempt may take no longer than the deadline"),
            (all(map(self._is_kept, (self.low, self.high))), "the bounds have no more digits than the score"),
            (
                self.fallback is None or (self._is_kept(self.fallback) and self.low <= self.fallback <= self.high),
                "the fallback is a score as the model could give it",
            ),
        ):
            if not holds:
                raise ValueError(f"expected otherwise: {sentence}")

    def _is_kept(self, number: Decimal) -> bool:
        return number.is_finite() and numbers.rounded(number, self.digits, "ROUND_HALF_EVEN") == number


@frozen
class ScoreRequested:
    """A step: a model is to be asked.

    Attributes:
        model: What the server calls it.
        version: The version that must answer, if any.
        output: The name of the output that is asked for.
        inputs: What is sent.
        digest: The name of this request: the SHA-256 of all the above as canonical JSON.
    """

    model: str
    version: str | None
    output: str
    inputs: tuple[Tensor, ...]
    digest: str


@frozen
class InputUnusable:
    """A fact is missing, or the model cannot take it; *given* names the type of what is there."""

    model: str
    fact: str
    datatype: Datatype
    given: str


def request_of(model: ScoreModel, facts: Mapping[str, Value]) -> Result[ScoreRequested, InputUnusable]:
    """Make the request for a score of facts; a fact that is missing or of the wrong type is never guessed."""

    def element(each: ScoreInput) -> Result[str, InputUnusable]:
        found = element_of(each.datatype, facts.get(each.fact))
        if found is None:
            given = kind_of(facts[each.fact]) if each.fact in facts else "nothing"
            return Failure(InputUnusable(model.name, each.fact, each.datatype, given))
        return Success(found)

    return traverse(element, model.inputs).map(lambda elements: _request(model, elements))


def _request(model: ScoreModel, elements: tuple[str, ...]) -> ScoreRequested:
    rows: dict[str, tuple[Datatype, list[str]]] = {}
    for each, element in zip(model.inputs, elements, strict=True):
        rows.setdefault(each.tensor, (each.datatype, []))[1].append(element)
    inputs = tuple(Tensor(name, datatype, (1, len(row)), tuple(row)) for name, (datatype, row) in rows.items())
    return ScoreRequested(
        model.name,
        model.version,
        model.output.name,
        inputs,
        request_digest(model.name, model.version, model.output.name, inputs),
    )


def request_digest(model: str, version: str | None, output: str, inputs: tuple[Tensor, ...]) -> str:
    """Name a request."""
    tensors: list[Json] = [
        {
            "datatype": each.datatype.value,
            "elements": each.elements,
            "name": each.name,
            "shape": each.shape,
        }
        for each in inputs
    ]
    return digest({"inputs": tensors, "model": model, "output": output, "version": version})
