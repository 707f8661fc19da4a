"""A real model server answers over HTTP and over gRPC, and both answers are one fact."""

import asyncio
import json
import subprocess
from decimal import Decimal

import httpx
import pytest
from grpc import aio
from tests.adapters import model_servers

from casefold.feel.values import Value
from casefold.kernel.canonical import digest_of_bytes
from casefold.kernel.results import Failure, Success
from casefold.policy.experiments import Challenger, Experiment, plan_of
from casefold.policy.scorefacts import Answered, Fault, Nonsense, Refused, Source, fact_of
from casefold.policy.scores import ScoreInput, ScoreModel, ScoreOutput, ScoreRequested, request_of
from casefold.policy.tensors import Datatype, Tensor
from casefold_adapters.inference import OPTIONS, Arm, OpenInferenceGrpc, OpenInferenceRest, ask, serve
from casefold_adapters.inference.messages import infer_message, read_message

TEXTS = ("checking", "history", "savings", "employment")
NUMBERS = ("months", "amount", "installment_rate", "existing_credits")

GOOD: dict[str, Value] = dict(
    zip((*TEXTS, *NUMBERS), ("A11", "A34", "A65", "A75", *map(Decimal, (6, 1169, 4, 2))), strict=True)
)
BAD: dict[str, Value] = dict(
    zip((*TEXTS, *NUMBERS), ("A12", "A32", "A61", "A73", *map(Decimal, (48, 5951, 2, 1))), strict=True)
)
"""The first two applicants of the data: one paid, the other did not."""

PROTOCOLS = ("rest", "grpc")
PATIENT = (Decimal(30), Decimal(60))
"""The time of an attempt, and of all: a machine that runs tests may be busy."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The server, once for all tests."""
    try:
        python = model_servers.environment()
    except model_servers.CannotBuildError as error:
        model_servers.unavailable(f"the environment of the model server cannot be built: {error}")
    assert python.exists()
    with model_servers.real(tmp_path_factory.mktemp("server") / "log") as up:
        yield up


def by_columns():
    """One tensor an input, both probabilities back."""
    kinds = dict.fromkeys(TEXTS, Datatype.BYTES) | dict.fromkeys(NUMBERS, Datatype.INT64)
    inputs = tuple(ScoreInput(name, name, kind) for name, kind in kinds.items())
    output = ScoreOutput("probability", Datatype.FP64, (1, 2), element=1)
    return ScoreModel("columns", None, inputs, output, 6, Decimal(0), Decimal(1), *PATIENT)


def by_rows(name="row", *, version=None, kind=Datatype.FP32, fallback=None):
    """Texts in one row, numbers in another, one probability back."""
    inputs = tuple(ScoreInput("texts", each, Datatype.BYTES) for each in TEXTS)
    inputs += tuple(ScoreInput("numbers", each, kind) for each in NUMBERS)
    output = ScoreOutput("probability", Datatype.FP32, (1, 1))
    return ScoreModel(name, version, inputs, output, 6, Decimal(0), Decimal(1), *PATIENT, fallback=fallback)


def asked(server, protocol, model, facts, **options):
    """Ask the server, and make a fact of what comes."""

    async def go():
        async with (
            httpx.AsyncClient(base_url=server.url, trust_env=False) as client,
            aio.insecure_channel(server.target, options=OPTIONS) as channel,
        ):
            scorer = OpenInferenceRest(client, **options) if protocol == "rest" else OpenInferenceGrpc(channel)
            return await ask(scorer, model, request_of(model, facts).unwrap())

    answer = asyncio.run(go())
    return answer, fact_of(model, answer.received)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_model_scores_an_applicant(server, protocol):
    """Facts go in, a probability comes out, exact to the digits that the policy keeps."""
    answer, fact = asked(server, protocol, by_columns(), GOOD)

    assert Source.ANSWERED is fact.unwrap().source
    assert -6 == fact.unwrap().value.as_tuple().exponent
    assert Decimal("0.05") < fact.unwrap().value < Decimal("0.35")
    assert answer.received.response == digest_of_bytes(answer.body)
    assert fact.unwrap().value < asked(server, protocol, by_columns(), BAD)[1].unwrap().value


@pytest.mark.parametrize("facts", [GOOD, BAD])
def test_the_protocol_is_nothing_to_a_score(server, facts):
    """JSON, messages and raw bytes carry one number, as columns or as rows, in whatever types of input."""
    models = (by_columns(), by_rows(), by_rows("raw"), by_rows("raw", kind=Datatype.FP64))
    found = {asked(server, protocol, model, facts)[1].unwrap().value for model in models for protocol in PROTOCOLS}

    assert 1 == len(found)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_request_has_one_name_however_it_is_sent(server, protocol):
    """The digest names what was asked, and the server gives it back."""
    answer, fact = asked(server, protocol, by_rows(), GOOD)

    assert request_of(by_rows(), GOOD).unwrap().digest == answer.received.request == fact.unwrap().request
    assert answer.received.request.encode() in answer.body


@pytest.mark.parametrize(("protocol", "model", "version"), [
    ("rest", by_rows(),    "3"),
    ("grpc", by_rows(),    "3"),
    ("rest", by_columns(), None),
    ("grpc", by_columns(), None),
])  # fmt: skip
def test_the_version_that_answered_is_kept(server, protocol, model, version):
    """Servers may tell it or not."""
    assert version == asked(server, protocol, model, GOOD)[1].unwrap().version


def test_another_version_than_must_answer_is_nonsense(server):
    """A server that overlooks the version that it is asked for is found out by the one that it tells."""
    assert Failure(Nonsense(Fault.OTHER_VERSION)) == asked(server, "grpc", by_rows(version="4"), GOOD)[1]
    assert (
        Failure(Nonsense(Fault.OTHER_VERSION)) == asked(server, "rest", by_rows(version="4"), GOOD, by_version=False)[1]
    )
    assert isinstance(asked(server, "grpc", by_rows(version="3"), GOOD)[1], Success)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_no_number_is_no_score(server, protocol):
    """NaN goes over gRPC as it is and over JSON as null; it is a score in neither."""
    answer, fact = asked(server, protocol, by_rows("broken"), GOOD)

    assert isinstance(answer.received.outcome, Answered)
    assert Failure(Nonsense(Fault.NOT_A_NUMBER)) == fact

    assert Source.FALLBACK is asked(server, protocol, by_rows("broken", fallback=Decimal(1)), GOOD)[1].unwrap().source


@pytest.mark.parametrize(("protocol", "model", "status"), [
    ("rest", by_rows("failing"),     500),
    ("grpc", by_rows("failing"),     13),
    ("rest", by_rows("unknown"),     404),
    ("grpc", by_rows("unknown"),     5),
    ("rest", by_rows(version="4"),   501),
])  # fmt: skip
def test_a_refusal_tells_no_fact(server, protocol, model, status):
    """Servers like to repeat what they could not read; it is kept as bytes, and in no message."""
    answer, fact = asked(server, protocol, model, GOOD)

    assert isinstance(fact.failure(), Refused)
    assert status == fact.failure().status
    assert 1 == answer.received.attempts
    assert not [each for each in TEXTS if str(GOOD[each]) in repr(answer) + repr(fact)]


def test_an_experiment_runs_over_both_protocols(server):
    """The challenger serves its share; the shadow is asked beside it, and has no say."""

    async def go(subject):
        async with (
            httpx.AsyncClient(base_url=server.url, trust_env=False) as client,
            aio.insecure_channel(server.target, options=OPTIONS) as channel,
        ):
            arms = {
                "champion": Arm(by_columns(), OpenInferenceRest(client)),
                "challenger": Arm(by_rows(), OpenInferenceGrpc(channel)),
                "shadow": Arm(by_rows("failing"), OpenInferenceGrpc(channel)),
            }
            experiment = Experiment("pd-2026", "champion", (Challenger("challenger", 5_000),), ("shadow",))
            models = {name: arm.model for name, arm in arms.items()}
            plan = plan_of(experiment, models, subject, GOOD).unwrap()
            serving = await serve(plan, arms)
            return plan.assignment.arm, serving.served, await serving.shadows()

    for subject in ("loan 1", "loan 2", "loan 3", "loan 4"):
        arm, served, shadows = asyncio.run(go(subject))
        assert {"champion": "columns", "challenger": "row"}[arm] == served.received.model
        assert isinstance(served.received.outcome, Answered)
        assert isinstance(shadows["shadow"].received.outcome, Refused)


def read_by_a_peer(server, inputs):
    """What classes generated from the published definition read of our request; and answers that they write."""
    wanted = ScoreRequested("pd", "3", "p", inputs, "sha256:…")
    command = [str(server.python), str(model_servers.FILES / "peer.py"), infer_message(wanted).hex()]
    said, *answers = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    outcomes = [read_message(wanted, bytes.fromhex(each)).outcome for each in answers]
    return json.loads(said), [each.tensor.elements for each in outcomes if isinstance(each, Answered)]


def test_messages_are_those_of_the_published_definition(server):
    """What we write is read by classes generated from the definition, in every type; what they write is read by us."""
    written = {
        "BOOL":   (("true", "false"),               [True, False]),
        "INT8":   (("-128", "127"),                 [-128, 127]),
        "INT64":  (("-9223372036854775808", "0"),   [-(2**63), 0]),
        "UINT16": (("0", "65535"),                  [0, 65535]),
        "UINT64": (("18446744073709551615", "1"),   [2**64 - 1, 1]),
        "FP32":   (("0.5", "-2"),                   [0.5, -2.0]),
        "FP64":   (("0.1", "5e-324"),               [0.1, 5e-324]),
        "BYTES":  (("A11", "é"),                    ["A11", "é"]),
    }  # fmt: skip
    inputs = tuple(Tensor(kind, Datatype(kind), (1, 2), elements) for kind, (elements, _) in written.items())
    said, answers = read_by_a_peer(server, inputs)

    assert {"told": ["pd", "3", "sha256:…", "p"], "raw": []} == {name: said[name] for name in ("told", "raw")}
    assert [[kind, kind, [1, 2], values] for kind, (_, values) in written.items()] == said["inputs"]
    assert [
        ("true", "false"),
        ("-1", "7"),
        ("-9223372036854775808", "9223372036854775807"),
        ("0", "4294967295"),
        ("0", "18446744073709551615"),
        ("0.10000000149011612", "-1.0000000150474662e+30"),
        ("0.1", "5e-324"),
        ("A11", "é"),
    ] == answers


def test_half_precision_goes_as_bytes(server):
    """The definition has no field for it, so all inputs of such a request are raw."""
    half = Tensor("h", Datatype.FP16, (1, 2), ("0.5", "-2"))
    said, _ = read_by_a_peer(server, (half, Tensor("t", Datatype.BYTES, (1, 1), ("A11",))))

    assert ["003800c0", "03000000413131"] == said["raw"]
    assert [[], []] == [elements for *_, elements in said["inputs"]]
