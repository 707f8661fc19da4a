"""What an answer of a model means to a decision: a score as a fact, or why there is none."""

from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from attrs import frozen

from casefold.feel import numbers
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold.policy.scores import ScoreModel
from casefold.policy.tensors import Tensor, elements_in, number_of


@frozen
class Answered:
    """A server answered with a tensor; whether that makes sense is for `fact_of` to say."""

    tensor: Tensor


@frozen
class TimedOut:
    """No answer came in time."""


@frozen
class Unreachable:
    """No server could be reached; *detail* is the kind of fault."""

    detail: str


@frozen
class Refused:
    """A server refused; *status* is its code, *detail* its name, never what it wrote: that may tell facts."""

    status: int
    detail: str


class Fault(Enum):
    """What is wrong with an answer."""

    NOT_JSON = "not_json"
    """The bytes are no JSON."""
    NOT_A_MESSAGE = "not_a_message"
    """They are not laid out as the protocol has it."""
    TOO_LARGE = "too_large"
    """There are more of them than are read."""
    NO_OUTPUT = "no_output"
    """The output that was asked for is not there."""
    WRONG_DATATYPE = "wrong_datatype"
    """The output holds elements of another type."""
    WRONG_SHAPE = "wrong_shape"
    """The output has another shape, or not the elements that its shape says."""
    NOT_A_NUMBER = "not_a_number"
    """The score is NaN, infinite, or no number of its type."""
    OUT_OF_RANGE = "out_of_range"
    """The score is below the least or above the greatest that makes sense."""
    OTHER_MODEL = "other_model"
    """Another model answered."""
    OTHER_VERSION = "other_version"
    """Another version answered than the one that must."""
    OTHER_REQUEST = "other_request"
    """The answer is to another request."""


@frozen
class Nonsense:
    """An answer came that means nothing; *found* says what was there, such as a datatype, and never a value."""

    fault: Fault
    found: str = ""


ScoreUnusable: TypeAlias = TimedOut | Unreachable | Refused | Nonsense
Outcome: TypeAlias = Answered | ScoreUnusable


@frozen
class ScoreReceived:
    """An observation: what came of asking a model.

    Attributes:
        model: The model that was asked.
        version: The version that answered, if the server says so.
        request: The digest of the request.
        response: The digest of the bytes that came back, which the shell keeps; ``None`` where none came.
        attempts: How many times the request was sent.
        latency_microseconds: From the first attempt to the end of the last.
        outcome: What came.
    """

    model: str
    version: str | None
    request: str
    response: str | None
    attempts: int
    latency_microseconds: int
    outcome: Outcome


class Source(Enum):
    """Where a score is from."""

    ANSWERED = "answered"
    FALLBACK = "fallback"


@frozen
class ScoreFact:
    """A score, as a decision sees it.

    Attributes:
        model: The model that was asked.
        version: The version that answered; where the server does not say, the one that was asked for.
        request: The digest of the request.
        response: The digest of the bytes of the answer, if there was one.
        value: The score.
        source: Whether the model gave it, or it is the model's fallback.
        why: Why it is the fallback.
    """

    model: str
    version: str | None
    request: str
    response: str | None
    value: Decimal
    source: Source
    why: ScoreUnusable | None = None


def fact_of(model: ScoreModel, received: ScoreReceived) -> Result[ScoreFact, ScoreUnusable]:
    """Make a fact of what came of asking, or say why it is none; the fallback stands in only where a model has one.

    >>> from casefold.policy.scores import ScoreInput, ScoreOutput
    >>> from casefold.policy.tensors import Datatype
    >>> model = ScoreModel(
    ...     "pd",
    ...     None,
    ...     (ScoreInput("x", "income", Datatype.FP64),),
    ...     ScoreOutput("p", Datatype.FP64, (1, 2), element=1),
    ...     digits=3,
    ...     low=Decimal(0),
    ...     high=Decimal(1),
    ... )
    >>> answer = Answered(Tensor("p", Datatype.FP64, (1, 2), ("0.8775", "0.1225")))
    >>> fact_of(model, ScoreReceived("pd", "7", "sha256:…", "sha256:…", 1, 1_800, answer)).unwrap().value
    Decimal('0.122')
    >>> fact_of(model, ScoreReceived("pd", None, "sha256:…", None, 3, 3_000_000, TimedOut()))
    <Failure: TimedOut()>
    """

    def fact(value: Decimal, source: Source, why: ScoreUnusable | None = None) -> ScoreFact:
        version = received.version or model.version
        return ScoreFact(model.name, version, received.request, received.response, value, source, why)

    match sealed(_value(model, received)):
        case Success(value):
            return Success(fact(value, Source.ANSWERED))
        case Failure(error):
            return Failure(error) if model.fallback is None else Success(fact(model.fallback, Source.FALLBACK, error))


def _value(model: ScoreModel, received: ScoreReceived) -> Result[Decimal, ScoreUnusable]:
    outcome, wanted = received.outcome, model.output
    if not isinstance(outcome, Answered):
        return Failure(outcome)
    if received.model != model.name:
        return Failure(Nonsense(Fault.OTHER_MODEL))
    if model.version is not None and received.version not in {None, model.version}:
        return Failure(Nonsense(Fault.OTHER_VERSION))
    found = outcome.tensor
    if found.name != wanted.name:
        return Failure(Nonsense(Fault.NO_OUTPUT))
    if found.datatype is not wanted.datatype:
        return Failure(Nonsense(Fault.WRONG_DATATYPE, found.datatype.value))
    if found.shape != wanted.shape or len(found.elements) != elements_in(found.shape):
        return Failure(Nonsense(Fault.WRONG_SHAPE, f"{len(found.elements)} in {list(found.shape)}"))
    number = number_of(wanted.datatype, found.elements[wanted.element])
    if number is None:
        return Failure(Nonsense(Fault.NOT_A_NUMBER))
    if not model.low <= number <= model.high:
        return Failure(Nonsense(Fault.OUT_OF_RANGE))
    rounded = numbers.rounded(number, model.digits, "ROUND_HALF_EVEN")
    assert rounded is not None, "a number between two others is finite"
    return Success(rounded or abs(rounded))
