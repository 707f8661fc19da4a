"""Cases whose policy asks model servers for scores, from the command line."""

import json
from contextlib import ExitStack

import pytest
from tests.adapters.model_servers import Canned, answer, faulty, free_ports
from tests.shells.conftest import case_of, cli, package
from tests.shells.test_decide import CONTRACT, TIME

from casefold.policy.experiments import place_of
from casefold_adapters.files.blobs import FileBlobs

POLICY = """
policy: scored loan
version: "2"
inputs:
  - {name: pd, type: number}
  - {name: income, type: number}
  - {name: application, type: string}
scores:
  - input: pd
    subject: application
    experiment: pd-2026
    champion: champion
    challengers:
      - {model: challenger, share: 5000}
    shadows: [shadow]
    models:
      - {name: champion, MODEL, FALLBACK}
      - {name: challenger, MODEL, FALLBACK}
      - {name: shadow, MODEL}
decisions:
  - name: Decision
    type: string
    table:
      hit: FIRST
      inputs: [pd]
      outputs: [string]
      notes: [reason]
      rules:
        - ["<= 0.2", '"approve"']
        - ["-", '"decline"', C09]
outcome: {decision: Decision, order: [approve, decline], adverse: [decline]}
"""
MODEL = (
    "called: pd, inputs: [{fact: income, type: FP64}], "
    "output: {name: p, type: FP64, shape: [1, 2], element: 1}, digits: 3, low: 0, high: 1, retries: 0"
)
ARMS = ("champion", "challenger", "shadow")
CHAMPION, CHALLENGER = "loan 4", "loan 1"
"""Applications that the champion and the challenger serve."""


def given(folder, *, fallback=None):
    path = folder / "policy.yaml"
    told = "" if fallback is None else f", fallback: {fallback}"
    path.write_text(POLICY.replace(", FALLBACK", told).replace("MODEL", MODEL))
    return path


def facts(folder, application=CHAMPION, **more):
    path = folder / "facts.json"
    path.write_text(json.dumps({"income": 48_000, "application": application, **more}))
    return path


def models(folder, seconds=20, **urls):
    path = folder / "models.toml"
    entries = (
        f'[{name}]\nprotocol = "rest"\nurl = "{url}"\ntimeout_seconds = {seconds}\n' for name, url in urls.items()
    )
    path.write_text("\n".join(entries))
    return path


def scoring(*elements):
    return Canned(body=answer(*elements, model_version="7"))


def decided(case, folder, *answers, application=CHAMPION, fallback=None):
    """Decide a case with servers that give these answers, in the order of `ARMS`; ``None`` is one that is down."""
    with ExitStack() as stack:
        up = [None if each is None else stack.enter_context(faulty(each)) for each in answers]
        down = f"http://127.0.0.1:{free_ports(1)[0]}"
        urls = [down if each is None else each.url for each in up]
        slow = any(each is not None and each.holds for each in answers)
        where = models(folder, 0.2 if slow else 20, **dict(zip(ARMS, urls, strict=True)))
        policy, told = given(folder, fallback=fallback), facts(folder, application)
        return cli("decide", case, "--policy", policy, "--facts", told, "--models", where, "--as-of", TIME)


def score_of(case):
    """Read what became of the score, from a file that keeps its contract."""
    found = case_of(case)
    CONTRACT.validate(found)
    (score,) = found["decision"]["scores"]
    return score


GOOD, BAD = scoring(0.9, 0.1), scoring(0.1, 0.9)


def test_the_applications_are_served_by_either():
    """One lies in the challenger's half, the other does not."""
    assert place_of("pd-2026", CHALLENGER) < 5_000 <= place_of("pd-2026", CHAMPION)


@pytest.mark.parametrize(("application", "outcome"), [(CHAMPION, "approve"), (CHALLENGER, "decline")])
def test_an_experiment_decides_who_serves(finished, tmp_path, application, outcome):
    """The champion or the challenger serves, the shadow is asked beside it, and all of it is checked later."""
    said = decided(finished, tmp_path, GOOD, BAD, BAD, application=application)
    score = score_of(finished)

    assert 0 == said.code, said.err
    assert f"{outcome}, by policy scored loan 2" in said.out
    assert f"pd: {'0.100' if outcome == 'approve' else '0.900'} by pd 7" in said.out
    assert ("champion" if application == CHAMPION else "challenger") == score["served"]["arm"]
    assert ["0.900"] == [each["value"] for each in score["shadows"]]
    assert (
        answer(0.1, 0.9, model_version="7")
        == FileBlobs(finished / "blobs").path(score["shadows"][0]["response"]).read_bytes()
    )
    assert "Scores from models" in (finished / "report.html").read_text("utf-8")
    assert 0 == cli("verify", finished).code
    assert "the same outcome" in cli("replay", finished).out


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (None, "the server could not be reached (no connection)"),
        (Canned(500, b"48000 is too much"), "the server refused (500 Internal Server Error)"),
        (Canned(holds="before"), "no answer came in time"),
        (Canned(body=b"<html>"), "the answer is no score (not json)"),
        (scoring(0.1, 1.9), "the answer is no score (out of range)"),
    ],
)
def test_without_a_score_nothing_is_decided(finished, tmp_path, bad, why):
    """A server that is down or answers nonsense leaves the case to a person, or to the fallback that the policy has."""
    said = decided(finished, tmp_path, bad, GOOD, GOOD)
    score, report = score_of(finished), (finished / "report.html").read_text("utf-8")

    assert 0 == said.code, said.err
    assert "undecided" in said.out and f"There is no score “pd”: {why}." in said.out
    assert (None, why, "none") == (score["value"], score["why"], score["served"]["source"])
    assert why in report and "0.100" == score["shadows"][0]["value"]
    assert "48000 is" not in report
    said = decided(finished, tmp_path, bad, GOOD, GOOD, fallback=1)
    score = score_of(finished)
    assert "decline, by policy" in said.out
    assert "pd: 1, the fallback of pd" in said.out and why in said.out
    assert ("1", why, "fallback") == (score["value"], score["why"], score["served"]["source"])
    assert 0 == cli("verify", finished).code
    assert "the same outcome" in cli("replay", finished).out


def test_every_protocol_is_asked(finished, tmp_path):
    """A server of plain JSON answers, one of gRPC is down: each is asked as the file says."""
    policy = given(tmp_path)
    champion = MODEL.replace("{name: p, type: FP64, shape: [1, 2], element: 1}", "{name: /score, type: FP64}")
    policy.write_text(policy.read_text().replace(f"champion, {MODEL}", f"champion, {champion}"))
    with faulty(Canned(body=b'{"score": 0.1, "model": {"version": "9"}}')) as server:
        where = models(tmp_path, **dict.fromkeys(ARMS, server.url))
        plain = 'protocol = "json"\nversion_at = "/model/version"'
        rpc = f'protocol = "grpc"\nurl = "grpc://127.0.0.1:{free_ports(1)[0]}"'
        text = where.read_text().replace('protocol = "rest"', plain, 1)
        where.write_text(text[: text.index("[shadow]")] + f"[shadow]\n{rpc}\n")
        said = cli("decide", finished, "--policy", policy, "--facts", facts(tmp_path), "--models", where)
        (asked,) = server.asked

    assert "pd: 0.100 by pd 9" in said.out, said.out + said.err
    assert b'{"income":48000}' == asked[2]
    assert ["the server could not be reached (unavailable)"] == [each["why"] for each in score_of(finished)["shadows"]]


def test_a_shadow_that_is_down_hinders_nothing(finished, tmp_path):
    """The decision stands, and the report says that the shadow gave none."""
    said = decided(finished, tmp_path, GOOD, GOOD, None)

    assert "approve, by policy" in said.out
    assert ["none"] == [each["source"] for each in score_of(finished)["shadows"]]


@pytest.mark.parametrize(
    ("application", "income", "why"),
    [
        (CHAMPION, "much", "the model takes “income” as FP64, and it is string"),
        (None, 48_000, "“application”, by which a model is chosen, is null where text or a number should be"),
    ],
)
def test_a_fact_that_is_missing_is_never_guessed(finished, tmp_path, application, income, why):
    """A model is not asked without what it takes, and not even the fallback stands in."""
    where = models(tmp_path, **dict.fromkeys(ARMS, "http://127.0.0.1:9"))
    policy, told = given(tmp_path, fallback=1), facts(tmp_path, application, income=income)
    said = cli("decide", finished, "--policy", policy, "--facts", told, "--models", where)

    assert f"There is no score “pd”: {why}." in said.out
    assert (None, []) == (score_of(finished)["served"], score_of(finished)["shadows"])
    assert 0 == cli("verify", finished).code
    assert "the same outcome" in cli("replay", finished).out


def test_a_run_asks_models_once(tmp_path, taxonomy):
    """From papers to a decision in one command, with a header from the environment; run again, nobody is asked."""
    with faulty(GOOD) as server:
        where = models(tmp_path, **dict.fromkeys(ARMS, server.url))
        where.write_text(where.read_text() + 'headers = { authorization = "SHADOW_TOKEN" }\n')
        command = ["run", package(tmp_path), "--out", tmp_path / "cases", "--taxonomy", taxonomy]
        bare, models_ = ["--policy", given(tmp_path), "--facts", facts(tmp_path)], ["--models", where]
        lacking, secret = cli(*command, *bare), cli(*command, *bare, *models_)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SHADOW_TOKEN", "Bearer 12345")
            said = cli(*command, *bare, *models_)
            assert 0 == cli(*command, *bare, *models_).code
        asked = list(server.asked)
    log = (tmp_path / "cases/loan/events.jsonl").read_bytes()

    assert 2 == lacking.code and "challenger, champion, shadow" in lacking.err and "--models" in lacking.err
    assert 2 == secret.code and "SHADOW_TOKEN" in secret.err
    assert 0 == said.code, said.err
    assert "approve" in said.out
    assert 2 == len(asked)
    assert ["Bearer 12345"] == [headers["authorization"] for _, headers, _ in asked if "authorization" in headers]
    assert b"12345" not in log
    assert 0 == cli("verify", tmp_path / "cases/loan").code
    assert 0 == cli(*command).code, "what is answered needs no servers"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("champion = 1", "model champion: it is no table"),
        ("[champion]\nprotocol = 'soap'", "protocol is one of rest, grpc, json"),
        ("[champion]\nprotocol = 'rest'", "url is an address such as http://models.example:8080"),
        ("[champion]\nprotocol = 'grpc'\nurl = 'http://a'", "url is an address such as grpc://"),
        ("[champion]\nprotocol = 'rest'\nurl = 'http://me:secret@a'", "without a password"),
        ("[champion]\nprotocol = 'rest'\nurl = 'http://a'\ntimeout = 1", "there is no key 'timeout'"),
        ("[champion]\nprotocol = 'rest'\nurl = 'http://a'\ntimeout_seconds = 0", "timeout_seconds is a number above 0"),
        ("[champion]\nprotocol = 'rest'\nurl = 'http://a'\nheaders = { a = 1 }", "headers name environment variables"),
        ("[champion]\nprotocol = 'rest'\nurl = 'http://a'\nheaders = { 'a b' = 'PATH' }", "no name of a header"),
        ("[champion]\nprotocol = 'rest'\nurl = 'http://a'\nby_version = 1", "by_version is true or false"),
        ("[champion]\nprotocol = 'rest'\nurl = 'http://a'", "asks the models challenger, shadow"),
        ("champion", "it is not TOML"),
    ],
)
def test_a_file_that_does_not_say_where_models_are_is_refused(finished, tmp_path, text, said):
    """Each mistake is told with the model that it is about, before anything is recorded."""
    (tmp_path / "models.toml").write_text(text)
    before = (finished / "events.jsonl").read_bytes()
    found = cli("decide", finished, "--policy", given(tmp_path), "--models", tmp_path / "models.toml")

    assert 2 == found.code
    assert said in found.err and "secret" not in found.err
    assert before == (finished / "events.jsonl").read_bytes()
    assert 3 == cli("decide", finished, "--policy", given(tmp_path), "--models", tmp_path / "none.toml").code


def test_a_score_is_not_the_callers_to_give(finished, tmp_path):
    """What a model fills is refused as a fact."""
    where = models(tmp_path, **dict.fromkeys(ARMS, "http://127.0.0.1:9"))
    said = cli("decide", finished, "--policy", given(tmp_path), "--facts", facts(tmp_path, pd=0.1), "--models", where)

    assert 2 == said.code and "'pd' is not yours to give" in said.err


def test_an_answer_that_was_changed_is_found(finished, tmp_path):
    """What a server wrote is kept with the case, and whoever changes it is found out."""
    decided(finished, tmp_path, GOOD, GOOD, BAD)
    FileBlobs(finished / "blobs").path(score_of(finished)["served"]["response"]).write_bytes(b"{}")

    assert 1 == cli("verify", finished).code
