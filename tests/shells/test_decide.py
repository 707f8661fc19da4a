"""Cases decided by a policy, from the command line."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.core.lending_policy import GOOD, POLICY
from tests.shells.conftest import case_of, cli, package

from casefold.kernel.canonical import canonical
from casefold.policy.codec import policy_value
from casefold_adapters.files.blobs import FileBlobs
from casefold_shells.policies import json_text

FACTS = dict(GOOD)
POOR = {**FACTS, "years employed": None, "utilisation": GOOD["income"], "inquiries": GOOD["income"]}
TIME = "2026-01-31T09:00:00Z"


SCHEMA = Path(__file__).parents[2] / "docs/reference/case.schema.json"
CONTRACT = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "policy.json"
    path.write_bytes(canonical(policy_value(POLICY)))
    return path


def facts(folder, values):
    path = folder / "facts.json"
    path.write_text(json_text(dict(values)))
    return path


def decide(case, policy, folder, values=FACTS):
    return cli("decide", case, "--policy", policy, "--facts", facts(folder, values), "--as-of", TIME)


def decision_of(case):
    """Read what was decided, from a file that keeps its contract."""
    found = case_of(case)
    CONTRACT.validate(found)
    return found["decision"]


def test_a_finished_case_is_decided(finished, policy, tmp_path):
    """The answer names the outcome and the policy; case.json and the report say how it came about."""
    before = case_of(finished)
    said = decide(finished, policy, tmp_path)

    assert 0 == said.code, said.err
    assert "approve, by policy personal-loan 1" in said.out
    assert before["decision"] is None
    assert ("approve", "policy", []) == tuple(decision_of(finished)[name] for name in ("outcome", "by", "reasons"))
    assert "2026-01-31T09:00:00.000000Z" == decision_of(finished)["as_of"]
    assert 'id="decision"' in (finished / "report.html").read_text("utf-8")
    assert before["digest"] != case_of(finished)["digest"]
    assert 0 == cli("verify", finished).code
    assert "the same outcome" in cli("replay", finished).out


def test_a_decline_says_why(finished, policy, tmp_path):
    """Reasons come in the words of a notice, the weightiest first, each with what it was told for."""
    said = decide(finished, policy, tmp_path, POOR)

    assert "decline, by policy personal-loan 1" in said.out
    assert "C09 Excessive obligations in relation to income" in said.out
    assert "Utilisation: 30 points short in Score" in said.out
    report = (finished / "report.html").read_text("utf-8")
    assert "Excessive obligations in relation to income" in report
    (decision,) = (part for part in decision_of(finished)["trace"] if part["place"] == "decision Decision")
    assert [2] == [rule["rule"] for rule in decision["shown"] if rule["decisive"]]
    assert [[0], [], [1], []] == [rule["failed"] for rule in decision["shown"]]


def test_a_run_decides_as_it_goes(tmp_path, policy, taxonomy):
    """One command from papers to a decision; run again, it is not decided again."""
    command = ["run", package(tmp_path), "--out", tmp_path / "cases", "--taxonomy", taxonomy, "--policy", policy]
    command += ["--facts", facts(tmp_path, FACTS)]
    said = cli(*command)
    log = (tmp_path / "cases/loan/events.jsonl").read_bytes()

    assert 0 == said.code, said.err
    assert "decision" in said.out and "approve" in said.out
    assert 0 == cli(*command).code
    assert log == (tmp_path / "cases/loan/events.jsonl").read_bytes()
    assert 0 == cli(*command[:6]).code, "without the policy, the case keeps the one that it has"
    assert log == (tmp_path / "cases/loan/events.jsonl").read_bytes()


def test_what_cannot_be_decided_is_a_finding(finished, policy, tmp_path):
    """Nothing is decided by accident: the case says what is in the way, and a person decides."""
    said = decide(finished, policy, tmp_path, {**FACTS, "income": "much"})

    assert 0 == said.code, said.err
    assert "undecided" in said.out and "income does not take string where it wants number" in said.out
    assert "undecided" in [finding["kind"] for finding in case_of(finished)["findings"]]
    assert decision_of(finished)["outcome"] is None
    assert "Why the policy could not decide" in (finished / "report.html").read_text("utf-8")


def test_people_override_and_approve(finished, policy, tmp_path):
    """An override takes who, why and a reason for the applicant; somebody else approves it."""
    decide(finished, policy, tmp_path)
    override = ("override", finished, "--outcome", "decline", "--by", "Ann", "--why", "fraud alert")
    bare, right = cli(*override), cli(*override, "--reason", "C10")
    own = cli("approve", finished, "--by", "ann", "--why", "yes")
    other = cli("approve", finished, "--by", "Bo", "--why", "seen it")

    assert (2, 0, 2, 0) == (bare.code, right.code, own.code, other.code)
    assert "owed a reason" in bare.err and "--reason" in bare.err
    assert "somebody else approves it" in own.err
    assert "decline, by Ann, instead of approve; approved by Bo" in other.out
    assert ("decline", "person") == (decision_of(finished)["outcome"], decision_of(finished)["by"])
    assert "approve" == decision_of(finished)["override"]["instead_of"]
    assert "Bo" == decision_of(finished)["approval"]["by"]
    assert 0 == cli("verify", finished).code
    decide(finished, policy, tmp_path, POOR)
    assert decision_of(finished)["override"] is None


def test_what_makes_no_decision_is_refused(finished, policy, tmp_path):
    """Each refusal says how to mend it."""
    unknown = decide(finished, policy, tmp_path, {"incme": GOOD["income"]})
    decided = decide(finished, policy, tmp_path, {"Score": GOOD["income"]})
    early = cli("override", finished, "--outcome", "approve", "--by", "Ann", "--why", "x")
    two = tmp_path / "two.json"
    two.write_text("[{}, {}]")

    assert 2 == unknown.code and "income" in unknown.err
    assert 2 == decided.code and "not yours to give" in decided.err
    assert 2 == early.code and "casefold decide" in early.err
    assert 2 == cli("decide", finished, "--policy", policy, "--facts", two).code
    assert 3 == cli("decide", finished, "--policy", tmp_path / "none.json").code
    assert 10 == cli("decide", finished, "--policy", two).code
    assert 8 == cli("decide", tmp_path, "--policy", policy).code
    assert 2 == cli("run", finished, "--out", tmp_path / "o", "--facts", two).code
    (tmp_path / "half.json").write_text('{"income": "\\ud800"}')
    assert 2 == cli("decide", finished, "--policy", policy, "--facts", tmp_path / "half.json").code


def test_a_policy_that_was_changed_is_found(finished, policy, tmp_path):
    """The policy is kept with the case; whoever changes it there is found out, and nothing is decided by it."""
    decide(finished, policy, tmp_path)
    events = [json.loads(line)["event"] for line in (finished / "events.jsonl").read_text("utf-8").splitlines()]
    (given,) = (event for event in events if event["kind"] == "PolicyGiven")
    blob = FileBlobs(finished / "blobs").path(given["content"])
    blob.chmod(0o644)
    blob.write_bytes(blob.read_bytes().replace(b"540", b"640"))
    verified, replayed = cli("verify", finished), cli("replay", finished)

    assert 1 == verified.code and "the policy that it names is not the one in its blob" in verified.err
    assert 8 == replayed.code and "policy" in replayed.err


def test_a_dmn_file_decides_too(finished, tmp_path):
    """A model without declared outcomes answers its decisions, and knows no outcome to override with."""
    model = tmp_path / "size.dmn"
    model.write_text(
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:s" name="size" id="_1">'
        '<inputData id="c" name="case"><variable name="case"/></inputData>'
        '<decision id="d" name="Size"><variable name="Size"/><informationRequirement><requiredInput href="#c"/>'
        "</informationRequirement><literalExpression><text>case.pages</text></literalExpression></decision>"
        "</definitions>"
    )
    said = cli("decide", finished, "--policy", model)

    assert 0 == said.code, said.err
    assert {"Size": {"number": "6"}} == decision_of(finished)["decisions"]
    assert "it declares none" in cli("override", finished, "--outcome", "x", "--by", "Ann", "--why", "x").err
