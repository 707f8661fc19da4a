"""What a reader should remember of asking language models: what is sent again, what never is, and what is kept."""

import asyncio
import json

import pytest
from tests.adapters.llm_servers import Fault, llm_server, rows

from casefold.kernel.canonical import Json
from casefold.vision.answers import REPLY_BYTES_MAX, Problem, read_reply
from casefold_adapters.llm import AnswerCache, Answered, BatchState, Endpoint, Patience, Unanswered, collect, submit
from casefold_adapters.llm.prices import Entry, read_entry, shipped_entries

SECRET = "4711-not-for-logs"
REQUEST: dict[str, Json] = {
    "model": "law-1",
    "messages": [
        {"role": "system", "content": "label"},
        {"role": "user", "content": [{"type": "text", "text": SECRET}, {"type": "text", "text": "Label this."}]},
    ],
    "max_completion_tokens": 100,
    "response_format": {"type": "json_schema", "json_schema": {"name": "pages", "strict": True, "schema": {}}},
}  # fmt: skip
FINE = Fault(content=rows((1, "w2", [], True)))
LATER = Fault(429, b"{}", headers=(("retry-after", "7"),))
PATIENCE = Patience(timeout_seconds=30, retries=2, wait_seconds=1, wait_seconds_max=60)
HASTY = Patience(timeout_seconds=0.2, retries=2)


def asked(*faults, patience=PATIENCE, requests=1, **more):
    """Ask a server that answers so; give what came, how long was waited, and what the server saw."""
    waits = []

    async def wait(seconds):
        waits.append(seconds)

    async def go(url):
        endpoint = Endpoint(url, "key-1", patience, wait=wait, chance=lambda most: most, **more)
        try:
            return [await endpoint.ask(REQUEST) for _ in range(requests)]
        finally:
            await endpoint.close()

    with llm_server(*faults) as server:
        found = asyncio.run(go(server.url))
    return found[-1], waits, server


def test_an_answer_comes_back_whole():
    """Its bytes are handed on as they are; the key goes as a header."""
    found, waits, server = asked(FINE)

    assert isinstance(found, Answered)
    assert read_reply(found.body, [1], frozenset({"w2"})).problem is None
    assert ([], 1) == (waits, found.attempts)
    assert "Bearer key-1" == server.headers[0]["authorization"]
    assert {**REQUEST} == server.asked[0]


@pytest.mark.parametrize(("faults", "waits"), [
    ((LATER, FINE),                                                 [8.0]),   # what is asked for, and the jitter on top
    ((Fault(429, b"{}"), FINE),                                     [1.0]),
    ((Fault(500, b"{}"), Fault(503, b"{}"), FINE),                  [1.0, 2.0]),
    ((Fault(429, b"{}", headers=(("retry-after-ms", "150"),)), FINE), [1.15]),
    ((Fault(529, b"{}"), FINE),                                     [1.0]),
])  # fmt: skip
def test_what_nobody_took_is_sent_again(faults, waits):
    """Waits double, and are never shorter than the server asks for."""
    found, waited, _ = asked(*faults)

    assert isinstance(found, Answered)
    assert waits == pytest.approx(waited)


@pytest.mark.parametrize(("fault", "patience", "problem", "attempts", "billed"), [
    (Fault(429, b"{}"),                                      PATIENCE, Problem.OVER_QUOTA,  3, False),
    (Fault(500, b"{}"),                                      PATIENCE, Problem.FAILING,     3, False),
    (Fault(429, b"{}", headers=(("retry-after", "3600"),)),  PATIENCE, Problem.OVER_QUOTA,  1, False),
    (Fault(429, b'{"error": {"code": "insufficient_quota"}}'), PATIENCE, Problem.OVER_QUOTA, 1, False),
    (Fault(401, b"{}"),                                      PATIENCE, Problem.REJECTED,    1, False),
    (Fault(302, b"", headers=(("location", "/x"),)),         PATIENCE, Problem.REJECTED,    1, False),
    (Fault(holds="before"),                                  HASTY,    Problem.TIMED_OUT,   1, True),
    (Fault(content="x", holds="within"),                     HASTY,    Problem.TIMED_OUT,   1, True),
    (Fault(content="x", holds="cuts"),                       PATIENCE, Problem.UNREACHABLE, 1, True),
    (Fault(body=b" " * (REPLY_BYTES_MAX + 1)),               PATIENCE, Problem.TOO_LARGE,   1, True),
])  # fmt: skip
def test_every_failure_is_a_value(fault, patience, problem, attempts, billed):
    """What may have been charged is not sent again; nothing tells what was asked, or what the server wrote."""
    found, _, server = asked(fault, patience=patience)

    assert isinstance(found, Unanswered)
    assert (problem, attempts, billed) == (found.problem, found.attempts, found.billed)
    assert attempts == len(server.asked)
    assert SECRET not in repr(found)


def test_nobody_there_is_a_value():
    """A port that nobody listens on is tried again, and then told."""

    async def go():
        endpoint = Endpoint("http://127.0.0.1:9/v1", "", Patience(5, 1, 0.01, 0.01))
        try:
            return await endpoint.ask(REQUEST)
        finally:
            await endpoint.close()

    found = asyncio.run(go())
    assert isinstance(found, Unanswered)
    assert (Problem.UNREACHABLE, "no connection", 2, False) == (
        found.problem,
        found.detail,
        found.attempts,
        found.billed,
    )


def test_a_server_that_knows_no_schema_is_asked_more_loosely():
    """What it takes is remembered: the next request begins there."""
    no = Fault(400, b'{"error": {"message": "response_format is not known"}}')
    found, _, server = asked(no, FINE, requests=2)

    assert isinstance(found, Answered)
    forms = [request.get("response_format", {}).get("type") for request in server.asked]
    assert ["json_schema", "json_object", "json_object"] == forms


def test_a_server_may_call_the_bound_otherwise():
    """Older servers know `max_tokens` alone."""
    _, _, server = asked(FINE, tokens_name="max_tokens")

    assert 100 == server.asked[0]["max_tokens"]
    assert "max_completion_tokens" not in server.asked[0]


def test_a_batch_is_handed_in_once_and_fetched_later():
    """Whoever hands the same in again gets the batch that is there; what failed in it is not among the answers."""

    async def go(server):
        endpoint = Endpoint(server.url, "key-1", PATIENCE)
        try:
            requests = [("a", REQUEST), ("b", REQUEST)]
            first, second = await submit(endpoint, "case", requests), await submit(endpoint, "case", requests)
            assert isinstance(first, str)
            early = await collect(endpoint, first)
            server.batches[first]["status"] = "completed"
            return first, second, early, await collect(endpoint, first)
        finally:
            await endpoint.close()

    with llm_server(FINE, Fault(500)) as server:
        first, second, early, late = asyncio.run(go(server))

    assert first == second
    assert BatchState(over=False, status="in_progress") == early
    assert ["a"] == list(late.bodies)
    assert read_reply(late.bodies["a"], [1], frozenset({"w2"})).problem is None


def test_an_answer_is_kept_by_what_was_asked(tmp_path):
    """It is found again under the same digest alone; what was spoilt on the disk is none."""
    cache, name, other = AnswerCache(tmp_path), "sha256:" + "a" * 64, "sha256:" + "b" * 64
    cache.put(name, b"{}")

    assert (b"{}", None) == (cache.get(name), cache.get(other))
    (path,) = (each for each in tmp_path.rglob("*") if each.is_file())
    path.write_bytes(path.read_bytes() + b" ")
    assert cache.get(name) is None


def test_the_price_table_can_be_read():
    """Every entry that ships is one, and says of which version it is."""
    entries = shipped_entries()

    assert len(entries) > 10
    assert all("of 20" in entry.prices.name for entry in entries.values())
    assert 250_000 == entries["gpt-5-mini"].prices.input


@pytest.mark.parametrize("raw", [
    None, {}, {"input": -1, "output": 1}, {"input": 1, "output": "x"}, {"input": 1, "output": 1, "colour": 2},
    {"input": 1, "output": 1, "batch": 2}, {"input": 1, "output": 1, "image": {"kind": "Mosaic"}},
])  # fmt: skip
def test_prices_that_are_none_are_refused(raw):
    """What is wrong with own prices is told."""
    assert not isinstance(read_entry("own", raw), Entry)


def test_own_prices_are_read():
    """Cached tokens cost what others do, unless that is said."""
    found = read_entry("own", {"input": 2, "output": 3})

    assert isinstance(found, Entry)
    assert (2_000_000, 2_000_000, 3_000_000, None) == (
        found.prices.input,
        found.prices.cached,
        found.prices.output,
        found.image,
    )
    assert json.dumps(found.prices.name)
