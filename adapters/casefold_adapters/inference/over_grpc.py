"""Send a request over gRPC once."""

import grpc
from attrs import frozen
from grpc import aio

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.answers import RESPONSE_BYTES_MAX
from casefold.policy.scorefacts import Fault, Nonsense, Refused, TimedOut, Unreachable
from casefold.policy.scores import ScoreModel, ScoreRequested
from casefold_adapters.inference.asking import SECOND, Failed, Heard
from casefold_adapters.inference.messages import METHOD, infer_message, read_message

OPTIONS = (
    ("grpc.max_receive_message_length", RESPONSE_BYTES_MAX),
    ("grpc.enable_retries", 0),
)
"""What a channel must be opened with: answers have a bound, and nobody but `ask` tries again."""


@frozen
class OpenInferenceGrpc:
    """A server of the Open Inference Protocol 2 over gRPC.

    Attributes:
        channel: Who sends; opened with `OPTIONS`. It stays the caller's to close.
        metadata: What goes with each request, such as credentials.
    """

    channel: aio.Channel
    metadata: tuple[tuple[str, str], ...] = ()

    async def attempt(
        self,
        model: ScoreModel,  # noqa: ARG002 - other scorers need it
        requested: ScoreRequested,
        timeout_microseconds: int,
    ) -> Result[Heard, Failed]:
        """Send a request once."""
        call: aio.UnaryUnaryMultiCallable[bytes, bytes] = self.channel.unary_unary(METHOD, _as_it_is, _as_it_is)
        try:
            body = await call(
                infer_message(requested), timeout=timeout_microseconds / SECOND, metadata=self.metadata or None
            )
        except aio.AioRpcError as error:
            return Failure(_failed(error.code(), error.details() or ""))
        return Success(Heard(read_message(requested, body), body))


def _as_it_is(message: bytes) -> bytes:
    return message


def _failed(code: grpc.StatusCode, details: str) -> Failed:
    """Word nothing but the code: details are the server's words, and may tell facts."""
    number, name = code.value
    match code:
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return Failed(TimedOut())
        case grpc.StatusCode.UNAVAILABLE:
            return Failed(Unreachable(name), again=True)
        case grpc.StatusCode.RESOURCE_EXHAUSTED if _OURS in details:
            return Failed(Nonsense(Fault.TOO_LARGE))
        case _:
            return Failed(Refused(number, name), again=code is grpc.StatusCode.RESOURCE_EXHAUSTED)


_OURS = "larger than max"
"""What our own side of a channel says of an answer that is too long; a busy server has the same code."""
