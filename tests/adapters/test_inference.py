"""What a reader should remember of asking models: what is asked again, what never is, and that nothing tells a fact."""

import asyncio
import json
import logging
import struct
from decimal import Decimal

import grpc
import httpx
import pytest
from attrs import evolve
from grpc import aio
from hypothesis import example, given
from hypothesis import strategies as st
from tests.adapters.model_servers import Canned, answer, faulty, free_ports

from casefold.feel.values import Value
from casefold.kernel.canonical import canonical, digest_of_bytes
from casefold.kernel.results import Failure, Success
from casefold.policy.answers import RESPONSE_BYTES_MAX, Said
from casefold.policy.experiments import Experiment, plan_of
from casefold.policy.scorecodec import score_value
from casefold.policy.scorefacts import (
    Answered,
    Fault,
    Nonsense,
    Refused,
    ScoreReceived,
    TimedOut,
    Unreachable,
    fact_of,
)
from casefold.policy.scores import ScoreInput, ScoreModel, ScoreOutput, request_of
from casefold.policy.tensors import Datatype, Tensor
from casefold_adapters.inference import (
    OPTIONS,
    Arm,
    Failed,
    Heard,
    OpenInferenceGrpc,
    OpenInferenceRest,
    PlainJson,
    Scorer,
    SystemTimer,
    ask,
    serve,
)
from casefold_adapters.inference.messages import METHOD, read_message
from casefold_properties.laws import scores as laws

SECRET = "4711-not-for-logs"
FACTS: dict[str, Value] = {"income": Decimal("48000.00"), "ssn": SECRET}
INPUTS = (ScoreInput("x", "income", Datatype.FP64), ScoreInput("id", "ssn", Datatype.BYTES))
MODEL = ScoreModel(
    "pd",
    None,
    INPUTS,
    ScoreOutput("p", Datatype.FP64, (1, 2), 1),
    4,
    Decimal(0),
    Decimal(1),
    timeout_seconds=Decimal(30),
    deadline_seconds=Decimal(60),
)
HASTY = evolve(MODEL, timeout_seconds=Decimal("0.1"))
PLAIN = evolve(MODEL, output=ScoreOutput("/scores/0/p", Datatype.FP64))
REQUEST = request_of(MODEL, FACTS).unwrap()

FINE = Canned(200, answer(0.75, 0.25))


class Ticks:
    """A clock that runs only while somebody waits."""

    def __init__(self):
        self.now, self.waits = 0, []

    def microseconds(self):
        return self.now

    async def wait(self, microseconds):
        self.waits.append(microseconds)
        self.now += microseconds


def longest(count):
    """The chance that makes every wait as long as it may be."""
    return count - 1


def asked(url, model=MODEL, scorer=OpenInferenceRest, timer=None, **options):
    """Ask a server over HTTP."""

    async def go():
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            requested = request_of(model, FACTS).unwrap()
            return await ask(scorer(client, **options), model, requested, timer=timer or Ticks(), chance=longest)

    return asyncio.run(go())


def outcome(canned, model=MODEL):
    """What comes of an answer."""
    with faulty(canned) as server:
        return asked(server.url, model).received.outcome


def test_an_answer_is_a_fact():
    """The bytes are kept, and named by the fact."""
    with faulty(FINE) as server:
        found = asked(server.url)
    fact = fact_of(MODEL, found.received).unwrap()

    assert Decimal("0.2500") == fact.value
    assert FINE.body == found.body
    assert (REQUEST.digest, digest_of_bytes(FINE.body)) == (fact.request, fact.response)


def test_a_request_is_as_the_protocol_has_it():
    """Facts go as tensors of one row; the request's digest is its id."""
    with faulty(FINE) as server:
        asked(server.url)
        asked(server.url, evolve(MODEL, name="a/b", version="1 2"))

    (path, headers, body), (other, _, _) = server.asked
    assert ("/v2/models/pd/infer", "/v2/models/a%2Fb/versions/1%202/infer") == (path, other)
    assert ("application/json", "identity") == (headers["content-type"], headers["accept-encoding"])
    assert {
        "id": REQUEST.digest,
        "inputs": [
            {"name": "x", "shape": [1, 1], "datatype": "FP64", "data": [48000.0]},
            {"name": "id", "shape": [1, 1], "datatype": "BYTES", "data": [SECRET]},
        ],
        "outputs": [{"name": "p"}],
    } == json.loads(body)


GONE = Canned(503, b"busy with 48000.00")
LATER = Canned(429, b"", (("retry-after", "7"),))
DATED = Canned(503, b"", (("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT")))


@pytest.mark.parametrize(("answers", "attempts", "waits"), [
    ((GONE, FINE),       2, [50_000]),
    ((GONE, GONE, FINE), 3, [50_000, 100_000]),
    ((LATER, FINE),      2, [7_050_000]),          # what the server asks for, and the jitter on top
    ((DATED, FINE),      2, [3_050_000]),
    ((FINE,),            1, []),
])  # fmt: skip
def test_a_busy_server_is_asked_again(answers, attempts, waits):
    """Waits double, and are never shorter than the server asks for."""
    timer = Ticks()
    with faulty(*answers) as server:
        found = asked(server.url, timer=timer).received

    assert isinstance(found.outcome, Answered)
    assert (attempts, waits, sum(waits)) == (found.attempts, timer.waits, found.latency_microseconds)


@pytest.mark.parametrize(("canned", "attempts", "status"), [
    (GONE,                                            3, 503),
    (LATER,                                           3, 429),
    (Canned(429),                                     1, 429),  # it does not say when to come back
    (Canned(503, b"", (("retry-after", "3600"),)),    1, 503),  # the deadline is before that
    (Canned(400, b"no such value: 48000.00"),         1, 400),
    (Canned(500),                                     1, 500),
    (Canned(302, b"", (("location", "/elsewhere"),)), 1, 302),
    (Canned(204),                                     1, 204),
])  # fmt: skip
def test_what_was_refused_for_good_is_not_asked_again(canned, attempts, status):
    """A request that is wrong stays wrong; and what the server wrote is kept, not told."""
    with faulty(canned) as server:
        found = asked(server.url)

    assert isinstance(found.received.outcome, Refused)
    assert (attempts, status) == (found.received.attempts, found.received.outcome.status)
    assert attempts == len(server.asked)
    assert canned.body == found.body
    assert "48000" not in repr(found)


class Tiring:
    """A scorer that takes all the time it is given, and then says that it was busy."""

    def __init__(self, timer):
        self.timer, self.given = timer, []

    async def attempt(self, model, requested, timeout_microseconds):
        self.given.append(timeout_microseconds)
        self.timer.now += timeout_microseconds
        return Failure(Failed(Unreachable("no connection"), again=True))


def test_all_attempts_together_have_a_deadline():
    """An attempt has the time of one, or what is left of all; none begins after the deadline."""
    timer = Ticks()
    scorer = Tiring(timer)
    model = evolve(MODEL, timeout_seconds=Decimal(1), deadline_seconds=Decimal("2.5"), retries=9)
    found = asyncio.run(ask(scorer, model, REQUEST, timer=timer, chance=longest)).received

    assert [1_000_000, 1_000_000, 350_000] == scorer.given
    assert (Unreachable("no connection"), 3, 2_500_000) == (found.outcome, found.attempts, found.latency_microseconds)


def test_a_server_that_is_down_is_unreachable():
    """No connection is tried again: it costs nobody anything."""
    timer = Ticks()
    found = asked(f"http://127.0.0.1:{free_ports(1)[0]}", timer=timer).received

    assert Unreachable("no connection") == found.outcome
    assert (3, [50_000, 100_000], None) == (found.attempts, timer.waits, found.response)


@pytest.mark.parametrize(("scorer", "model", "attempts"), [
    (OpenInferenceRest,                                          MODEL, 3),
    (lambda client: PlainJson(client, "/"),                      PLAIN, 1),
    (lambda client: PlainJson(client, "/", repeatable=True),     PLAIN, 3),
])  # fmt: skip
def test_a_server_that_hangs_up_is_unreachable(scorer, model, attempts):
    """Nobody knows how far a request came, so it is sent again only where that changes and costs nothing."""

    async def go():
        async def hang_up(reader, writer):
            writer.close()

        async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
                return await ask(scorer(client), model, request_of(model, FACTS).unwrap(), timer=Ticks())

    found = asyncio.run(go()).received
    assert (Unreachable("the connection broke"), attempts) == (found.outcome, found.attempts)


@pytest.mark.parametrize("holds", ["before", "within"])
def test_a_slow_server_times_out(holds):
    """The time is that of the whole attempt, so an answer that comes drop by drop is late too."""
    with faulty(evolve(FINE, holds=holds)) as server:
        found = asked(server.url, HASTY, timer=SystemTimer()).received

    assert (TimedOut(), 1, None) == (found.outcome, found.attempts, found.response)


NONSENSE = [
    (b"<html>down for maintenance</html>",                     Fault.NOT_JSON),
    (b"",                                                      Fault.NOT_JSON),
    (b"\xff\xfe",                                              Fault.NOT_JSON),
    (b"[" * 100_000,                                           Fault.TOO_LARGE),
    (b"[" * 60_000,                                            Fault.NOT_JSON),
    (b"[]",                                                    Fault.NOT_A_MESSAGE),
    (b"{}",                                                    Fault.NOT_A_MESSAGE),
    (b'{"outputs": []}',                                       Fault.NO_OUTPUT),
    (b'{"outputs": [], "outputs": [{"name": "p"}]}',           Fault.NOT_A_MESSAGE),
    (answer(0.75, 0.25, name="q"),                             Fault.NO_OUTPUT),
    (answer(0.75, 0.25, model_name="other"),                   Fault.OTHER_MODEL),
    (answer(0.75, 0.25, id="another"),                         Fault.OTHER_REQUEST),
    (answer(0.75, 0.25, datatype="FP128"),                     Fault.WRONG_DATATYPE),
    (answer(0.75, 0.25, datatype="FP32"),                      Fault.WRONG_DATATYPE),
    (answer("0.75", "0.25"),                                   Fault.WRONG_DATATYPE),
    (answer(0.25),                                             Fault.WRONG_SHAPE),
    (answer(0.25, shape=(1, 1)),                               Fault.WRONG_SHAPE),
    (answer([0.75], [0.25]),                                   Fault.WRONG_SHAPE),
    (answer(0.75, 0.25, shape=(-1, -2)),                       Fault.WRONG_SHAPE),
    (answer(shape=(10**30,)),                                  Fault.WRONG_SHAPE),
    (answer(0.75, float("nan")),                               Fault.NOT_A_NUMBER),
    (answer(0.75, float("-inf")),                              Fault.NOT_A_NUMBER),
    (answer(0.75, None),                                       Fault.NOT_A_NUMBER),
    (answer(0.75, 0.25).replace(b"0.25", b"1e999"),            Fault.NOT_A_NUMBER),
    (answer(0.75, 1.25),                                       Fault.OUT_OF_RANGE),
    (answer(0.75, -1e-9),                                      Fault.OUT_OF_RANGE),
]  # fmt: skip


@pytest.mark.parametrize(("body", "fault"), NONSENSE, ids=[str(number) for number in range(len(NONSENSE))])
def test_nonsense_is_no_score(body, fault):
    """Whatever is wrong with an answer has a name, and makes no fact; it is not asked for again."""
    with faulty(Canned(200, body)) as server:
        found = asked(server.url)

    why = fact_of(MODEL, found.received).failure()
    assert isinstance(why, Nonsense)
    assert fault is why.fault
    assert 1 == len(server.asked)


def test_a_huge_answer_is_not_read():
    """Reading stops at the bound; what was read until then is kept."""
    with faulty(Canned(200, answer(0.75, 0.25) + b" " * 50_000_000)) as server:
        found = asked(server.url)

    assert Nonsense(Fault.TOO_LARGE) == found.received.outcome
    assert RESPONSE_BYTES_MAX == len(found.body)


def test_a_compressed_answer_is_not_read():
    """A few compressed bytes can be very many: they were not asked for."""
    assert Nonsense(Fault.NOT_A_MESSAGE) == outcome(evolve(FINE, headers=(("content-encoding", "gzip"),)))


FOUND = Answered(Tensor("/scores/0/p", Datatype.FP64, (), ("0.25",)))


@pytest.mark.parametrize(("body", "expected"), [
    (b'{"scores": [{"p": 0.25}], "model": {"version": 7}}',   FOUND),
    (b'{"scores": [{"p": "0.25"}]}',                          Nonsense(Fault.WRONG_DATATYPE, "FP64")),
    (b'{"scores": []}',                                       Nonsense(Fault.NO_OUTPUT)),
    (b'{"scores": {"0": 1}}',                                 Nonsense(Fault.NO_OUTPUT)),
    (b"0.25",                                                 Nonsense(Fault.NOT_A_MESSAGE)),
])  # fmt: skip
def test_plain_json_is_answered_where_the_pointer_leads(body, expected):
    """Facts go as one object, under the names of the inputs."""
    with faulty(Canned(200, body)) as server:
        found = asked(server.url, PLAIN, PlainJson, path="/score?a=1", version_at="/model/version")

    assert expected == found.received.outcome
    assert ("7" if isinstance(expected, Answered) else None) == found.received.version
    path, _, sent = server.asked[0]
    assert ("/score?a=1", {"x": 48000, "id": SECRET}) == (path, json.loads(sent))


def test_nothing_is_logged_that_tells_a_fact(caplog):
    """Neither inputs nor answers are in any log, even where everything is logged."""
    caplog.set_level(logging.DEBUG)
    with faulty(FINE, Canned(400, SECRET.encode())) as server:
        asked(server.url)
        asked(server.url)

    assert [each for each in caplog.records if "httpx" in each.name], "something is logged"
    assert not [word for word in (SECRET, "48000", "0.25") if word in caplog.text]


def called(handler, model=MODEL, timer=None):
    """Ask a server over gRPC that answers as *handler* does."""

    async def go():
        server = aio.server()
        serviced: grpc.RpcMethodHandler[bytes, bytes] = grpc.unary_unary_rpc_method_handler(handler)
        service, _, method = METHOD.strip("/").partition("/")
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, {method: serviced}),))
        port = server.add_insecure_port("127.0.0.1:0")
        await server.start()
        try:
            async with aio.insecure_channel(f"127.0.0.1:{port}", options=OPTIONS) as channel:
                scorer = OpenInferenceGrpc(channel, (("x-key", "value"),))
                return await ask(scorer, model, REQUEST, timer=timer or Ticks(), chance=longest)
        finally:
            await server.stop(None)

    return asyncio.run(go())


@pytest.mark.parametrize(("code", "expected", "attempts"), [
    (grpc.StatusCode.UNAVAILABLE,        Unreachable("unavailable"),          3),
    (grpc.StatusCode.RESOURCE_EXHAUSTED, Refused(8, "resource exhausted"),    3),
    (grpc.StatusCode.INVALID_ARGUMENT,   Refused(3, "invalid argument"),      1),
    (grpc.StatusCode.INTERNAL,           Refused(13, "internal"),             1),
    (grpc.StatusCode.UNAUTHENTICATED,    Refused(16, "unauthenticated"),      1),
    (grpc.StatusCode.DEADLINE_EXCEEDED,  TimedOut(),                          1),
])  # fmt: skip
def test_grpc_says_by_its_code_whether_to_ask_again(code, expected, attempts):
    """A code is told; the details, which may tell facts, are not."""

    async def refuse(request, context):
        await context.abort(code, f"cannot take {SECRET}")

    found = called(refuse)

    assert (expected, attempts) == (found.received.outcome, found.received.attempts)
    assert SECRET not in repr(found)


def test_grpc_asks_a_busy_server_again():
    """The second attempt is answered."""
    seen = []

    async def busy_once(request, context):
        seen.append((request, dict(context.invocation_metadata())["x-key"]))
        if len(seen) == 1:
            await context.abort(grpc.StatusCode.UNAVAILABLE, "")
        return message(struct.pack("<dd", 0.75, 0.25))

    found = called(busy_once).received

    assert Decimal("0.2500") == fact_of(MODEL, found).unwrap().value
    assert (2, 50_000) == (found.attempts, found.latency_microseconds)
    assert seen[0] == seen[1]
    assert "value" == seen[0][1]


def test_grpc_times_out():
    """A server that does not answer is not waited for."""

    async def sleep(request, context):
        await asyncio.Event().wait()

    assert TimedOut() == called(sleep, HASTY, SystemTimer()).received.outcome


def test_grpc_does_not_read_a_huge_answer():
    """The channel stops at the bound; asking again would bring the same."""

    async def much(request, context):
        return bytes(RESPONSE_BYTES_MAX + 1)

    found = called(much).received
    assert (Nonsense(Fault.TOO_LARGE), 1) == (found.outcome, found.attempts)


def test_grpc_that_is_down_is_unreachable():
    """No server, no answer."""

    async def go():
        async with aio.insecure_channel(f"127.0.0.1:{free_ports(1)[0]}", options=OPTIONS) as channel:
            return await ask(OpenInferenceGrpc(channel), MODEL, REQUEST, timer=Ticks())

    found = asyncio.run(go()).received
    assert (Unreachable("unavailable"), 3) == (found.outcome, found.attempts)


def part(number, content):
    """A field of a message."""
    return bytes((number << 3 | 2, len(content))) + content


def message(raw, datatype=b"FP64", shape=b"\x01\x02"):
    """An answer in raw bytes."""
    return part(1, b"pd") + part(5, part(1, b"p") + part(2, datatype) + part(3, shape)) + part(6, raw)


TENSOR = part(1, b"p") + part(2, b"FP64")
ONE, TWO = struct.pack("<d", 1), struct.pack("<d", 2)


@pytest.mark.parametrize(("found", "expected"), [
    (message(struct.pack("<dd", 0.75, 0.25)),               ("0.75", "0.25")),
    (message(struct.pack("<ee", 0.75, 0.25), b"FP16"),      ("0.75", "0.25")),
    (message(struct.pack("<hh", -3, 4), b"INT16"),          ("-3", "4")),
    (message(b"\x01\x00", b"BOOL"),                         ("true", "false")),
    (message(b"\x01\0\0\0a\x02\0\0\0bc", b"BYTES"),         ("a", "bc")),
    (part(5, TENSOR + b"\x18\x01\x18\x02" + part(5, b"\x39" + ONE + b"\x39" + TWO)),  ("1.0", "2.0")),     # not packed
    (part(5, TENSOR + part(3, b"\x02") + part(5, part(7, ONE)) + part(5, part(7, TWO))), ("1.0", "2.0")),  # in parts
    (message(struct.pack("<d", 0.75)),                      Fault.WRONG_SHAPE),
    (message(b"\0\0\0"),                                    Fault.NOT_A_MESSAGE),
    (message(b"", b"FP64", b"\xff" * 9 + b"\x01"),          Fault.WRONG_SHAPE),
    (message(b"\x09\0\0\0a", b"BYTES"),                     Fault.NOT_A_MESSAGE),
    (message(b"\x01\0\0\0\xff\x01\0\0\0a", b"BYTES"),       Fault.NOT_A_MESSAGE),
    (message(b"", b"COMPLEX"),                              Fault.WRONG_DATATYPE),
    (message(struct.pack("<dd", 1, 1)) + part(6, b""),      Fault.NOT_A_MESSAGE),
    (part(1, b"other"),                                     Fault.OTHER_MODEL),
    (part(1, b"pd"),                                        Fault.NO_OUTPUT),
    (part(1, b"\xff"),                                      Fault.NOT_A_MESSAGE),
    (b"\x0a\x7f",                                           Fault.NOT_A_MESSAGE),  # shorter than it says
    (b"\x0b",                                               Fault.NOT_A_MESSAGE),  # a group
    (b"\x02\x00",                                           Fault.NOT_A_MESSAGE),  # field nought
    (b"\xff" * 11,                                          Fault.NOT_A_MESSAGE),  # a number without an end
])  # fmt: skip
def test_any_layout_of_a_message_is_read(found, expected):
    """Servers may pack numbers or not, and give contents in fields or raw; all else is nonsense by name."""
    said = read_message(REQUEST, found).outcome

    assert expected == (said.tensor.elements if isinstance(said, Answered) else said.fault)


GOOD_MESSAGE = message(struct.pack("<dd", 0.75, 0.25))


@given(
    st.binary(max_size=60)
    | st.builds(
        lambda at, byte, end: (GOOD_MESSAGE[:at] + bytes((byte,)) + GOOD_MESSAGE[at + 1 :])[:end],
        st.integers(0, len(GOOD_MESSAGE) - 1),
        st.integers(0, 255),
        st.integers(0, len(GOOD_MESSAGE)),
    )
)
@example(part(1, b"pd") + part(5, TENSOR + b"\x1a\x0a" + b"\x7f" * 10 + part(5, part(7, ONE))))
@example(message(struct.pack("<dd", 0.75, 0.25), b"FP64", b"\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f"))
def test_any_bytes_are_a_message_or_nonsense(found):
    """Whatever a server sends can be recorded, and means a score or none."""
    said = read_message(REQUEST, found)
    received = ScoreReceived("pd", said.version, REQUEST.digest, None, 1, 0, said.outcome)

    assert canonical(score_value(received))
    laws.a_fact_is_never_guessed(MODEL, received)


class Held:
    """A scorer that answers when it is told to."""

    def __init__(self, go=None):
        self.go, self.asked = go or asyncio.Event(), asyncio.Event()

    async def attempt(self, model, requested, timeout_microseconds):
        self.asked.set()
        await self.go.wait()
        return Success(Heard(Said(Answered(Tensor("p", Datatype.FP64, (1, 2), ("0.75", "0.25")))), b"bytes"))


class Broken:
    """A scorer with a bug."""

    async def attempt(self, model, requested, timeout_microseconds):
        raise ZeroDivisionError


class Down:
    """A scorer that reaches nobody."""

    async def attempt(self, model, requested, timeout_microseconds):
        return Failure(Failed(Unreachable("no connection")))


def planned(*shadows):
    experiment = Experiment("e", "served", (), shadows)
    return plan_of(experiment, dict.fromkeys(("served", *shadows), MODEL), "loan 4711", FACTS).unwrap()


def test_a_shadow_neither_delays_nor_fails_the_answer():
    """The answer is there while one shadow has not begun to answer, one is down, and one has a bug."""

    async def go():
        served, slow = Held(), Held()
        served.go.set()
        arms: dict[str, Scorer] = {"served": served, "slow": slow, "down": Down(), "broken": Broken()}
        serving = await serve(
            planned("slow", "down", "broken"), {name: Arm(MODEL, each) for name, each in arms.items()}
        )
        assert not serving.waiting["slow"].done()
        slow.go.set()
        return serving.served, await serving.shadows()

    served, shadows = asyncio.run(go())

    assert Decimal("0.2500") == fact_of(MODEL, served.received).unwrap().value
    assert isinstance(shadows["slow"].received.outcome, Answered)
    assert Unreachable("no connection") == shadows["down"].received.outcome
    assert Unreachable("ZeroDivisionError") == shadows["broken"].received.outcome


def test_shadows_may_be_dropped():
    """Who does not want them does not wait."""

    async def go():
        served, slow = Held(), Held()
        served.go.set()
        serving = await serve(planned("slow"), {"served": Arm(MODEL, served), "slow": Arm(MODEL, slow)})
        serving.drop()
        return await serving.shadows()

    assert {} == asyncio.run(go())


def test_who_gives_up_leaves_nothing_behind():
    """Where the answer is waited for no longer, neither are the shadows."""

    async def go():
        served, slow = Held(), Held()
        task = asyncio.create_task(serve(planned("slow"), {"served": Arm(MODEL, served), "slow": Arm(MODEL, slow)}))
        await slow.asked.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*left, return_exceptions=True)
        return task.cancelled(), {each.cancelled() for each in left}

    cancelled, shadows = asyncio.run(go())
    assert cancelled
    assert shadows <= {True}
