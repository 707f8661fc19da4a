"""The policy commands over the policies that ship as examples: checked, decided by, explained."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.shells.conftest import cli

from casefold_shells.cli.codes import Exit

POLICIES = Path(__file__).parents[2] / "examples/policies"
LOAN = POLICIES / "personal-loan"


@pytest.mark.parametrize("name", ["personal-loan", "mortgage-pre-check"])
def test_an_example_leaves_nothing_open(name):
    """No fault, no gap, no reason missing, and every promise kept."""
    said = cli("policy", "check", POLICIES / name / "policy.yaml")

    assert (Exit.OK, "") == (said.code, said.err)
    assert "; 0 faults\n" in said.out and "0 gaps, 0 overlaps, 0 dead rules" in said.out
    assert said.out.count(": kept") == said.out.count("promised")


def test_the_scorecard_is_what_the_data_make_of_it():
    """Points, averages and base are derived again from the public data, and are those that ship."""
    data = POLICIES.parents[1] / "tests/servers/german_statlog.data"
    made = subprocess.run(
        [sys.executable, LOAN / "derive_score.py", data], capture_output=True, text=True, check=True
    ).stdout

    assert (LOAN / "score.csv").read_text() == made


def test_an_outcome_comes_with_its_reasons():
    """In the order in which an applicant is told them, worded as the catalogue has them."""
    said = cli("policy", "eval", LOAN / "policy.yaml", LOAN / "applicant.json")
    told = json.loads(said.out)

    assert Exit.OK == said.code
    assert "decline" == told["outcome"]
    assert ["L01", "L05", "L02", "L06"] == [each["code"] for each in told["reasons"]]
    assert "Level of your checking account balance" == told["reasons"][0]["text"]


def test_an_explanation_shows_what_decided_and_what_failed():
    """The deciding rule is marked, cells that were not met are, and the nearest better outcome is told."""
    said = cli("policy", "explain", LOAN / "policy.yaml", LOAN / "applicant.json")

    assert Exit.OK == said.code
    assert "Outcome: decline" in said.out
    assert "It would be refer (rule 4) if Score were [530..550)." in said.out
    assert "2 ✓" in said.out and "✗ > 0.50" in said.out
    assert "score" in said.out and "484" in said.out


def test_an_explanation_is_plain_data_as_well():
    """Every table with its rules, and every scorecard with its points."""
    said = cli("policy", "explain", LOAN / "policy.yaml", LOAN / "applicant.json", "--json")
    told = json.loads(said.out)
    score, apr, *_ = told["trace"]

    assert ("484", "11") == (score["score"], score["characteristics"][0]["points"])
    assert [9] == [rule["rule"] for rule in apr["rules"] if rule["decisive"]]
    assert {"outcome": "refer", "rule": 4} == {key: told["nearest"][key] for key in ("outcome", "rule")}


def test_no_decision_is_explained_by_its_problems(tmp_path: Path):
    """What is missing is named, and the exit code says that nothing was decided."""
    facts = json.loads((LOAN / "applicant.json").read_text())
    (tmp_path / "facts.json").write_text(json.dumps({**facts, "housing": None, "stat": "CA"}))
    misspelt = cli("policy", "explain", LOAN / "policy.yaml", tmp_path / "facts.json")
    (tmp_path / "facts.json").write_text(json.dumps({**facts, "housing": None}))
    missing = cli("policy", "explain", LOAN / "policy.yaml", tmp_path / "facts.json")

    assert Exit.DIFFERS == misspelt.code and "“stat”" in misspelt.out
    assert Exit.DIFFERS == missing.code and "Housing" in missing.out


def broken(tmp_path: Path, before: str, after: str) -> Path:
    """Copy the example with one text of its policy changed."""
    for path in LOAN.glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text())
    text = (LOAN / "policy.yaml").read_text()
    assert before in text
    (tmp_path / "policy.yaml").write_text(text.replace(before, after))
    return tmp_path / "policy.yaml"


def test_a_broken_promise_is_shown_by_two_applicants(tmp_path: Path):
    """Whoever is better off in the input fares worse."""
    path = broken(
        tmp_path, "input: Score, better: more, lowest best: true", "input: Score, better: less, lowest best: true"
    )
    said = cli("policy", "check", path)

    assert Exit.DIFFERS == said.code
    assert "decision APR: less of 'Score' is promised never to be worse, and is broken" in said.out
    assert "by rule" in said.out


def test_a_promise_about_nothing_is_told(tmp_path: Path):
    """A decision or an input that is not there keeps no promise."""
    path = broken(tmp_path, "{decision: APR, input: term in months", "{decision: APR, input: terms")
    said = cli("policy", "check", path)

    assert Exit.DIFFERS == said.code and "the table has no such input" in said.out


def test_a_decline_without_a_reason_is_told_beforehand(tmp_path: Path):
    """The rule, and how to mend it; in JSON, too."""
    path = broken(tmp_path, "code: L07,", "code: L99,")
    said, plain = cli("policy", "check", path), cli("policy", "check", path, "--json")

    assert Exit.DIFFERS == said.code
    assert "decision Knock-outs, rule 2: 'L07' is neither a reason of the catalogue nor a decision" in said.out
    assert [{"kind": "unknown_reason", "place": ["decision Knock-outs", "rule 2"], "what": "L07"}] == json.loads(
        plain.out
    )["reasons"]


def test_an_outcome_that_is_not_there_is_a_fault(tmp_path: Path):
    """Line and column are told, and what it may be."""
    said = cli("policy", "check", broken(tmp_path, "outcome: {decision: Outcome,", "outcome: {decision: Verdict,"))

    assert Exit.POLICY == said.code
    assert "outcome: there is no decision 'Verdict'; it may be: Knock-outs, Score, APR" in said.err


def test_dates_in_json_are_texts():
    """JSON has no dates; where the policy asks for one, a text is taken for it."""
    folder = POLICIES / "mortgage-pre-check"
    said = cli("policy", "eval", folder / "policy.yaml", folder / "applicant.json")

    assert "proceed" == json.loads(said.out)["outcome"]
