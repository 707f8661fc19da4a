"""A real language model of random weights speaks the protocol: its answers fit the schema, and it knows nothing."""

import asyncio
import json
import subprocess
from pathlib import Path

import pytest
from tests.adapters.model_servers import CannotBuildError, environment, free_ports, unavailable

from casefold.vision.answers import Problem, read_reply
from casefold_adapters.llm import Answered, Endpoint, Patience

FILES = Path(__file__).parents[1] / "servers" / "llm"
LABELS = ("w2", "unknown")


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    try:
        python = environment(FILES / "requirements.txt")
    except CannotBuildError as error:
        unavailable(f"no language model here: {error}")
    (port,), folder = free_ports(1), tmp_path_factory.mktemp("llm")
    with (folder / "log").open("w") as said:
        server = subprocess.Popen(
            [str(python), str(FILES / "serve.py"), str(folder / "tiny.gguf"), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    assert server.stdin is not None and server.stdout is not None
    try:
        assert server.stdout.readline(), (folder / "log").read_text()[-2_000:]
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.stdin.close()
        server.stdout.close()
        server.wait(30)


def request(tokens, **bounds):
    """A question about page 1; *bounds* keep a model that knows no end from going on."""
    row = {
        "page": {"type": "integer", "enum": [1]},
        "label": {"$ref": "#/$defs/id"},
        "alternatives": {"type": "array", "items": {"$ref": "#/$defs/id"}, **bounds},
        "starts_document": {"type": "boolean"},
    }
    each = {"type": "object", "properties": row, "required": list(row), "additionalProperties": False}
    whole = {"type": "array", "minItems": 1, "items": each, **({"maxItems": 1} if bounds else {})}
    schema = {
        "$defs": {"id": {"type": "string", "enum": list(LABELS)}},
        "type": "object",
        "properties": {"pages": whole},
        "required": ["pages"],
        "additionalProperties": False,
    }
    return {
        "model": "tiny",
        "messages": [
            {"role": "system", "content": "Label pages."},
            {"role": "user", "content": [{"type": "text", "text": "Label these pages: 1."}]},
        ],
        "max_completion_tokens": tokens,
        "response_format": {"type": "json_schema", "json_schema": {"name": "pages", "strict": True, "schema": schema}},
    }


def asked(url, body):
    async def go():
        endpoint = Endpoint(url, "", Patience(timeout_seconds=300, retries=0))
        try:
            return await endpoint.ask(body)
        finally:
            await endpoint.close()

    found = asyncio.run(go())
    assert isinstance(found, Answered), found
    return read_reply(found.body, [1], frozenset(LABELS)), json.loads(found.body)


def test_a_real_server_answers_by_the_schema(url):
    """Whatever it says, it is of the vocabulary; tokens are counted."""
    reply, body = asked(url, request(400, maxItems=0))

    assert (None, 1) == (reply.problem, len(reply.answers))
    assert reply.answers[0].label in LABELS
    assert reply.usage.output == body["usage"]["completion_tokens"] <= 400


def test_a_real_server_is_cut_short(url):
    """An answer that may not be as long as it wants to be is half an answer, and known as that."""
    reply, body = asked(url, request(20))

    assert Problem.CUT_SHORT is reply.problem
    assert 20 == body["usage"]["completion_tokens"]
