"""Send a request to a language model: again where it was refused for now, never where it may have been charged.

A request that nobody took (no connection, too many requests, a failing server) is sent again after a wait, at least as
long as the server asks for. One that went out and was not answered in time may have cost something, so it is not.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses
from typing import Any, cast

import openai
from attrs import field, frozen
from openai import AsyncOpenAI, DefaultAsyncHttpxClient

from casefold.kernel.canonical import Json
from casefold.vision.answers import REPLY_BYTES_MAX, Problem

SECOND = 1_000_000
"""Microseconds."""

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_FORMATS = ("json_schema", "json_object", None)


@frozen
class Patience:
    """How long to try.

    Attributes:
        timeout_seconds: How long one attempt may take.
        retries: How often a request is sent again.
        wait_seconds: The first wait is at most this; each that follows at most twice the one before.
        wait_seconds_max: No wait is longer; a server that asks for more is not waited for.
    """

    timeout_seconds: float = 120.0
    retries: int = 4
    wait_seconds: float = 1.0
    wait_seconds_max: float = 60.0


@frozen
class Answered:
    """A body came back.

    Attributes:
        body: Its bytes.
        attempts: How often the request was sent.
        microseconds: How long all of it took.
    """

    body: bytes = field(repr=False)
    attempts: int
    microseconds: int


@frozen
class Unanswered:
    """Nothing came back that can be read.

    Attributes:
        problem: What kind of fault it was.
        detail: Its facts; never what the server wrote.
        billed: Whether the request may have been charged for.
        attempts: How often it was sent.
        microseconds: How long all of it took.
    """

    problem: Problem
    detail: str
    billed: bool
    attempts: int
    microseconds: int


@frozen
class _Fault:
    problem: Problem
    detail: str
    billed: bool = False
    again: bool = False
    after_seconds: float | None = None
    status: int = 0


def any_share(most: float) -> float:
    """Draw a wait from nothing up to *most*."""
    return random.random() * most  # noqa: S311 - callers are spread, nothing is kept secret


class Endpoint:
    """A server that speaks the protocol."""

    def __init__(
        self,
        base_url: str,
        key: str,
        patience: Patience = Patience(),
        *,
        tokens_name: str = "max_completion_tokens",
        trust_env: bool = False,
        wait: Callable[[float], object] = asyncio.sleep,
        chance: Callable[[float], float] = any_share,
    ) -> None:
        """Ask at *base_url* with *key*.

        *tokens_name* is what the server calls the bound of an answer. With *trust_env*, proxies and certificates are
        those of the environment.
        """
        self._client = AsyncOpenAI(
            api_key=key or "none",
            base_url=base_url,
            max_retries=0,
            default_headers={"accept-encoding": "identity"},
            http_client=DefaultAsyncHttpxClient(follow_redirects=False, trust_env=trust_env, timeout=None),
        )
        self._patience = patience
        self._tokens_name = tokens_name
        self._wait = wait
        self._chance = chance
        self._format = 0

    @property
    def client(self) -> AsyncOpenAI:
        """The client, for batches."""
        return self._client

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.close()

    def body_of(self, request: Mapping[str, Json], form: int = 0) -> dict[str, Any]:
        """Write a request as the server takes it; *form* says how its answer's format is asked for, from strict on."""
        body = {name: value for name, value in request.items() if name != "max_completion_tokens"}
        body[self._tokens_name] = request["max_completion_tokens"]
        if _FORMATS[form] is None:
            body.pop("response_format", None)
        elif _FORMATS[form] != "json_schema":
            body["response_format"] = {"type": _FORMATS[form]}
        return cast("dict[str, Any]", body)

    async def ask(self, request: Mapping[str, Json]) -> Answered | Unanswered:
        """Send a request until it is answered, refused for good, or nobody takes it."""
        start, attempts = time.monotonic_ns(), 0
        while True:
            attempts += 1
            found = await self._attempt(request)
            spent = (time.monotonic_ns() - start) // 1_000
            if isinstance(found, bytes):
                return Answered(found, attempts, spent)
            wait = self._wait_before(attempts, found.after_seconds)
            if not found.again or attempts > self._patience.retries or wait is None:
                return Unanswered(found.problem, found.detail, found.billed, attempts, spent)
            await cast("Any", self._wait(wait))

    def _wait_before(self, retry: int, after_seconds: float | None) -> float | None:
        """Say how long to wait before a retry, from 1 on; nothing where the server asks for too long a wait."""
        most = self._patience.wait_seconds_max
        wait = (after_seconds or 0) + self._chance(min(most, self._patience.wait_seconds * 2 ** (retry - 1)))
        return None if (after_seconds or 0) > most else wait

    async def _attempt(self, request: Mapping[str, Json]) -> bytes | _Fault:
        """Send a request once, in the strictest form of answer that the server takes."""
        found: bytes | _Fault = _Fault(Problem.REJECTED, "no form of answer")
        for form in range(self._format, len(_FORMATS)):
            found = await self._sent(self.body_of(request, form))
            if not (isinstance(found, _Fault) and found.status in {400, 422}):
                self._format = form if isinstance(found, bytes) else self._format
                return found
        return found

    async def _sent(self, body: dict[str, Any]) -> bytes | _Fault:
        try:
            async with (
                asyncio.timeout(self._patience.timeout_seconds),
                cast("Any", self._client.chat.completions).with_streaming_response.create(**body) as response,
            ):
                found = bytearray()
                parts: AsyncIterator[bytes] = response.iter_bytes()
                async for part in parts:
                    found += part
                    if len(found) > REPLY_BYTES_MAX:
                        return _Fault(Problem.TOO_LARGE, f"more than {REPLY_BYTES_MAX:,} bytes", billed=True)
                return bytes(found)
        except openai.APIStatusError as error:
            return _refused(error)
        except (TimeoutError, openai.APITimeoutError):
            return _Fault(Problem.TIMED_OUT, f"{self._patience.timeout_seconds:g} seconds", billed=True)
        except openai.APIConnectionError as error:
            return _broken(error.__cause__)
        except openai.OpenAIError as error:
            return _Fault(Problem.NOT_A_REPLY, type(error).__name__, billed=True)
        except Exception as error:  # noqa: BLE001 - the client lets through what its transport raises while reading
            return _broken(error)


def _broken(cause: BaseException | None) -> _Fault:
    """Tell a connection that was never there from one that broke when the request was out."""
    name = type(cause).__name__
    if name in {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"}:
        return _Fault(Problem.UNREACHABLE, "no connection", again=True)
    return _Fault(Problem.UNREACHABLE, "the connection broke", billed=True)


def _refused(error: openai.APIStatusError) -> _Fault:
    status = error.status_code
    after = retry_after(error.response.headers)
    spent = error.code == "insufficient_quota"
    problem = (
        Problem.OVER_QUOTA
        if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.PAYMENT_REQUIRED}
        else Problem.FAILING
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR
        else Problem.REJECTED
    )
    detail = f"HTTP {status} {responses.get(status, '')}".rstrip()
    return _Fault(problem, detail, again=status in _AGAIN and not spent, after_seconds=after, status=status)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read how long a server asks to wait: ``Retry-After`` (RFC 9110, section 10.2.3), or its milliseconds.

    >>> retry_after({"retry-after": "2"}), retry_after({"retry-after-ms": "150"}), retry_after({"retry-after": "soon"})
    (2.0, 0.15, None)
    >>> retry_after({"retry-after": "Sun, 06 Nov 1994 08:49:40 GMT", "date": "Sun, 06 Nov 1994 08:49:37 GMT"})
    3.0
    """
    fine, value = headers.get("retry-after-ms", ""), headers.get("retry-after", "")
    for text, unit in ((fine, 1_000), (value, 1)):
        if text.isascii() and text.isdigit():
            return int(text[:9]) / unit
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return max(0.0, wait.total_seconds())
