"""Hand requests in to be answered later, at the price of a batch, and fetch what came of them.

A batch carries the name of what it is for. Whoever was stopped between handing in and writing that down finds it again
by that name, and hands nothing in twice.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

import openai
from attrs import field, frozen

from casefold.kernel.canonical import Json
from casefold_adapters.llm.endpoint import Endpoint

NAME = "casefold"
"""The member of a batch's metadata that says what it is for."""

BATCH_BYTES_MAX = 190_000_000
"""An uploaded file may have 200 MB."""

OUTPUT_BYTES_MAX = 256 << 20

_LISTED = 100
_OVER = frozenset({"completed", "failed", "expired", "cancelled"})


@frozen
class NoBatch:
    """A batch could not be handed in, or asked after; *detail* says why, never what the server wrote."""

    detail: str


@frozen
class BatchState:
    """How far a batch is.

    Attributes:
        over: Whether nothing more will come of it.
        status: What the endpoint calls its state.
        bodies: What came, by the name of the request.
    """

    over: bool
    status: str
    bodies: Mapping[str, bytes] = field(factory=dict[str, bytes], repr=False)


async def submit(endpoint: Endpoint, name: str, requests: Sequence[tuple[str, Mapping[str, Json]]]) -> str | NoBatch:
    """Hand in requests, each with a name, and give the batch's id; one that is there under *name* is taken."""
    client = endpoint.client
    lines = [_line(endpoint, each, body) for each, body in requests]
    if sum(map(len, lines)) > BATCH_BYTES_MAX:
        return NoBatch(f"the requests have more than {BATCH_BYTES_MAX:,} bytes; make pictures smaller")
    try:
        async for batch in client.batches.list(limit=_LISTED):
            if (batch.metadata or {}).get(NAME) == name:
                return batch.id
        file = await client.files.create(file=("casefold.jsonl", b"".join(lines)), purpose="batch")
        made = await client.batches.create(
            input_file_id=file.id,
            endpoint="/v1/chat/completions",
            completion_window="24h",
            metadata={NAME: name},
        )
    except openai.OpenAIError as error:
        return NoBatch(_fault(error))
    return made.id


def _line(endpoint: Endpoint, name: str, request: Mapping[str, Json]) -> bytes:
    row = {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": endpoint.body_of(request)}
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


async def collect(endpoint: Endpoint, batch: str) -> BatchState | NoBatch:
    """Ask how far a batch is, and fetch what came of it once it is over."""
    client = endpoint.client
    try:
        found = await client.batches.retrieve(batch)
        status = str(found.status)
        if status not in _OVER:
            return BatchState(over=False, status=status)
        bodies: dict[str, bytes] = {}
        for file in (found.output_file_id, found.error_file_id):
            if file is not None:
                content = await client.files.content(file)
                bodies |= _bodies(content.content[:OUTPUT_BYTES_MAX])
    except openai.OpenAIError as error:
        return NoBatch(_fault(error))
    return BatchState(over=True, status=status, bodies=bodies)


def _bodies(content: bytes) -> dict[str, bytes]:
    """Read the lines of a batch's file; a line that says nothing of a request is passed over."""
    found: dict[str, bytes] = {}
    for line in content.splitlines():
        try:
            row: Any = json.loads(line)
        except (ValueError, RecursionError):
            continue
        members = _members(row)
        response = _members(members.get("response"))
        if response.get("status_code") == 200 and "body" in response:
            found[str(members.get("custom_id"))] = json.dumps(response["body"], ensure_ascii=False).encode()
    return found


def _members(raw: object) -> dict[str, Any]:
    return cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}


def _fault(error: openai.OpenAIError) -> str:
    return f"HTTP {error.status_code}" if isinstance(error, openai.APIStatusError) else type(error).__name__
