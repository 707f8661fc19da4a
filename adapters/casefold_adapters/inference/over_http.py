"""Send a request over HTTP once: a bounded answer, or why there is none."""

import asyncio
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses
from urllib.parse import quote

import httpx
from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.answers import RESPONSE_BYTES_MAX, Said, infer_body, plain_body, read_infer, read_plain
from casefold.policy.scorefacts import Fault, Nonsense, Refused, TimedOut, Unreachable
from casefold.policy.scores import ScoreModel, ScoreRequested
from casefold_adapters.inference.asking import SECOND, Failed, Heard

_HEADERS = (("content-type", "application/json"), ("accept", "application/json"), ("accept-encoding", "identity"))
"""Compressed answers are not asked for and not read: a few bytes of them can be very many."""

_AFTER_SECONDS_MAX = 86_400


@frozen
class OpenInferenceRest:
    """A server of the Open Inference Protocol 2 over HTTP.

    Attributes:
        client: Who sends: its base address, its credentials, its certificates. It stays the caller's to close.
        by_version: Whether the version that must answer is asked for by its address. A server without versions refuses
            that; the version that it tells is compared all the same.
    """

    client: httpx.AsyncClient
    by_version: bool = True

    async def attempt(
        self, model: ScoreModel, requested: ScoreRequested, timeout_microseconds: int
    ) -> Result[Heard, Failed]:
        """Send a request once."""
        version = "" if model.version is None or not self.by_version else f"/versions/{quote(model.version, safe='')}"
        path = f"v2/models/{quote(model.name, safe='')}{version}/infer"
        return await post(
            self.client,
            path,
            infer_body(requested),
            timeout_microseconds,
            lambda body: read_infer(requested, body),
            repeatable=True,  # inference changes nothing
        )


@frozen
class PlainJson:
    """A server that takes facts as a JSON object, and answers with JSON.

    Attributes:
        client: Who sends.
        path: Where to, below the client's base address; or a whole address.
        version_at: A JSON Pointer to the version that answered, if the server tells it.
        repeatable: Whether to ask again where a connection broke and nobody knows how far the request came. A server
            that keeps connections may close one at the very moment that it is used.
    """

    client: httpx.AsyncClient
    path: str
    version_at: str | None = None
    repeatable: bool = False

    async def attempt(
        self, model: ScoreModel, requested: ScoreRequested, timeout_microseconds: int
    ) -> Result[Heard, Failed]:
        """Send a request once."""
        return await post(
            self.client,
            self.path,
            plain_body(requested),
            timeout_microseconds,
            lambda body: read_plain(model, body, self.version_at),
            repeatable=self.repeatable,
        )


async def post(
    client: httpx.AsyncClient,
    path: str,
    body: bytes,
    timeout_microseconds: int,
    read: Callable[[bytes], Said],
    *,
    repeatable: bool,
) -> Result[Heard, Failed]:
    """Post *body* and read what comes back. What the server writes is kept, and never repeated in an error."""
    try:
        async with (
            asyncio.timeout(timeout_microseconds / SECOND),
            client.stream(
                "POST", path, content=body, headers=dict(_HEADERS), timeout=None, follow_redirects=False
            ) as response,
        ):
            found, whole = await _bounded(response)
            if response.status_code == HTTPStatus.OK:
                encoded = response.headers.get("content-encoding", "identity") != "identity"
                fault = Fault.NOT_A_MESSAGE if encoded else None if whole else Fault.TOO_LARGE
                return Success(Heard(Said(Nonsense(fault)) if fault else read(found), found))
            return Failure(_refused(response, found))
    except (TimeoutError, httpx.TimeoutException):
        return Failure(Failed(TimedOut()))
    except httpx.ConnectError:
        return Failure(Failed(Unreachable("no connection"), again=True))
    except httpx.TransportError:
        return Failure(Failed(Unreachable("the connection broke"), again=repeatable))


async def _bounded(response: httpx.Response) -> tuple[bytes, bool]:
    """Read as much of an answer as we take, and say whether that is all."""
    found = bytearray()
    async for part in response.aiter_raw():
        found += part
        if len(found) > RESPONSE_BYTES_MAX:
            return bytes(found[:RESPONSE_BYTES_MAX]), False
    return bytes(found), True


def _refused(response: httpx.Response, body: bytes) -> Failed:
    status = response.status_code
    after = retry_after(response.headers.get("retry-after"), response.headers.get("date"))
    busy = status == HTTPStatus.SERVICE_UNAVAILABLE or (status == HTTPStatus.TOO_MANY_REQUESTS and after is not None)
    return Failed(Refused(status, responses.get(status, "")), body, busy, after)


def retry_after(value: str | None, date: str | None) -> int | None:
    """Read ``Retry-After`` (RFC 9110, section 10.2.3); a moment is taken against the server's own clock.

    >>> retry_after("2", None), retry_after("soon", None)
    (2000000, None)
    >>> retry_after("Sun, 06 Nov 1994 08:49:40 GMT", "Sun, 06 Nov 1994 08:49:37 GMT")
    3000000
    """
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), _AFTER_SECONDS_MAX) * SECOND
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(date or "")
    except (ValueError, TypeError):
        return None
    return min(max(0, int(wait.total_seconds())), _AFTER_SECONDS_MAX) * SECOND
