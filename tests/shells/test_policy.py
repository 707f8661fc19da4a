"""``casefold policy check`` and ``eval``: what an analyst sees of a model, good or bad."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.shells.conftest import Said, cli

from casefold_shells.cli.codes import Exit

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def rates(folder: Path, *, second: str = "&lt; 640", logic: str = "", name: str = "rates.dmn") -> Path:
    """Write a model that decides a rate by a score."""
    path = folder / name
    path.write_text(f"""<?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="{DMN}" name="rates" namespace="urn:rates">
          <inputData name="score" id="_s"><variable name="score" typeRef="number"/></inputData>
          <decision name="rate" id="_r">
            <variable name="rate" typeRef="number"/>
            <informationRequirement><requiredInput href="#_s"/></informationRequirement>
            <decisionTable>
              <input label="score"><inputExpression typeRef="number"><text>score</text></inputExpression></input>
              <output/>
              <rule><inputEntry><text>&gt;= 640</text></inputEntry><outputEntry><text>5.250</text></outputEntry></rule>
              <rule><inputEntry><text>{second}</text></inputEntry><outputEntry><text>7</text></outputEntry></rule>
            </decisionTable>
          </decision>
          {logic}
        </definitions>""")
    return path


def facts(folder: Path, content: object) -> Path:
    path = folder / "facts.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_a_sound_model_has_no_faults(tmp_path: Path):
    """Two lines count what there is."""
    said = cli("policy", "check", rates(tmp_path))

    counts = "1 decision, 1 input, 0 knowledge models, 0 services; 0 faults\n"
    assert said == Said(Exit.OK, f"{counts}1 table; 0 gaps, 0 overlaps, 0 dead rules\n", "")


def test_a_cell_that_cannot_be_read_is_shown_with_its_place(tmp_path: Path):
    """Decision, rule and column, and a caret under the word."""
    said = cli("policy", "check", rates(tmp_path, second="&lt; scroe"))

    assert said.code == Exit.DIFFERS
    assert "decision rate, rule 2, input score: There is no “scroe” here. Did you mean “score”?" in said.out
    assert "    ^^^^^" in said.out


def test_each_set_of_facts_is_answered_by_a_line(tmp_path: Path):
    """Numbers keep their digits, in and out."""
    said = cli("policy", "eval", rates(tmp_path), facts(tmp_path, [{"score": 700}, {"score": 639.99}]))

    assert said == Said(Exit.OK, '{"decisions": {"rate": 5.250}}\n{"decisions": {"rate": 7}}\n', "")


def test_an_example_of_a_policy_decides_about_its_applicant():
    """Dates among its facts are texts of JSON, and days to the policy."""
    folder = Path(__file__).parents[2] / "examples" / "policies" / "mortgage-pre-check"
    said = cli("policy", "eval", folder / "policy.yaml", folder / "applicant.json")

    assert said.code == Exit.OK
    assert '"Pre-check": "proceed"' in said.out


def test_a_fact_that_is_given_twice_is_refused(tmp_path: Path):
    """Nobody knows which of the two was meant."""
    said = cli("policy", "eval", rates(tmp_path), facts(tmp_path, '{"score": 700, "score": 500}'))

    assert (said.code, said.out) == (Exit.USAGE, "")
    assert "'score' stands there twice" in said.err


def test_facts_come_from_standard_input(tmp_path: Path):
    """So that a pipe can decide."""
    command = [sys.executable, "-c", "from casefold_shells.cli import main; main()"]
    asked = [*command, "policy", "eval", str(rates(tmp_path)), "-"]
    done = subprocess.run(asked, input='{"score": 640}', capture_output=True, text=True, check=True)

    assert done.stdout == '{"decisions": {"rate": 5.250}}\n'


@pytest.mark.parametrize(("given", "problem"), [
    ({"score": "700"},             "score does not take string where it wants number."),
    ({"score": None},              "decision rate, rule 1, input score: >= does not take null, number."),
    ({},                           "decision rate, rule 1, input score: >= does not take null, number."),
    ({"score": 700, "scroe": 1},   "The policy asks for no fact “scroe”; it asks for score."),
])  # fmt: skip
def test_where_something_goes_wrong_nothing_is_decided(tmp_path: Path, given: dict[str, object], problem: str):
    """A wrong type, a missing fact, a misspelt one: the problem with its place, and exit code 1."""
    said = cli("policy", "eval", rates(tmp_path), facts(tmp_path, given))
    line = json.loads(said.out)

    assert said.code == Exit.DIFFERS
    assert problem in line["problems"]
    assert "decisions" not in line


def test_the_standard_s_null_is_there_for_the_asking(tmp_path: Path):
    """With ``--dmn`` the answer is null, and the problems stand beside it."""
    line = json.loads(cli("policy", "eval", rates(tmp_path), facts(tmp_path, {}), "--dmn").out)

    assert line["decisions"] == {"rate": None}
    assert line["problems"]


def test_the_time_is_what_the_caller_says(tmp_path: Path):
    """An old decision can be made again: ``today()`` is as of then."""
    today = '<decision name="day" id="_d"><literalExpression><text>today()</text></literalExpression></decision>'
    model, given = rates(tmp_path, logic=today), facts(tmp_path, {})
    said = cli("policy", "eval", model, given, "--decision", "day", "--as-of", "2024-02-29T12:00:00Z")

    assert said == Said(Exit.OK, '{"decisions": {"day": "2024-02-29"}}\n', "")


@pytest.mark.parametrize(("content", "said"), [
    ("{",                    "it is not JSON"),
    ('{"score": NaN}',       "it is not JSON: NaN is no number"),
    ("3",                    "it is no object of names and values"),
    ('[{"score": 1}, []]',   "item 2 is no object"),
    ('{"score": 1e9999}',    "it at score: a number out of bounds"),
    ("[" * 100_000,          "it is nested too deeply"),
])  # fmt: skip
def test_facts_that_are_none_are_refused(tmp_path: Path, content: str, said: str):
    """What is wrong, and in which item."""
    refused = cli("policy", "eval", rates(tmp_path), facts(tmp_path, content))

    assert refused.code == Exit.USAGE
    assert said in refused.err


def test_files_that_are_not_there_or_are_no_models_are_named(tmp_path: Path):
    """A missing model or facts, another kind of file, a model with a fault."""
    model, given = rates(tmp_path), facts(tmp_path, {"score": 1})
    other = tmp_path / "other.dmn"
    other.write_text("<html/>")
    broken = rates(tmp_path, second="&lt; and", name="broken.dmn")

    assert (found := cli("policy", "check", tmp_path / "no.dmn")).code == Exit.MISSING
    assert "no.dmn" in found.err
    assert cli("policy", "eval", model, tmp_path / "no.json").code == Exit.MISSING
    assert cli("policy", "check", other).code == Exit.POLICY
    assert (found := cli("policy", "eval", broken, given)).code == Exit.POLICY
    assert "rule 2, input score" in found.err
    assert (found := cli("policy", "eval", model, given, "--decision", "rates")).code == Exit.USAGE
    assert "the model has rate" in found.err
    assert cli("policy", "eval", model, given, "--as-of", "yesterday").code == Exit.USAGE


def test_a_model_finds_what_it_imports_beside_it(tmp_path: Path):
    """By namespace, whatever the file is called; a model that is not there is a fault with the name."""
    rates(tmp_path, name="library.dmn")
    main = tmp_path / "main.dmn"
    main.write_text(f"""
        <definitions xmlns="{DMN}" name="main" namespace="urn:main">
          <import name="lib" namespace="urn:rates" importType="{DMN}"/>
          <decision name="offer" id="_o">
            <informationRequirement><requiredDecision href="urn:rates#_r"/></informationRequirement>
            <literalExpression><text>lib.rate + 1</text></literalExpression>
          </decision>
        </definitions>""")
    given = facts(tmp_path, {"{urn:rates}score": 700})

    assert cli("policy", "eval", main, given).out == '{"decisions": {"offer": 6.250}}\n'
    (tmp_path / "library.dmn").unlink()
    assert "it requires '_r', which is not there" in cli("policy", "check", main).out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("facts.csv", "score\n700\n\n639.99\nmuch\n"),
        ("facts.jsonl", '{"score": 700}\n{"score": 639.99}\n{"scroe": 1}\n'),
    ],
)
def test_rows_are_answered_by_a_line_each(tmp_path: Path, name, content):
    """CSV and JSON lines of any length; a row that cannot be read is a problem in its place."""
    path = tmp_path / name
    path.write_text(content)
    said = cli("policy", "eval", rates(tmp_path), path)
    *good, bad = said.out.splitlines()

    assert said.code == Exit.DIFFERS
    assert ['{"decisions": {"rate": 5.250}}', '{"decisions": {"rate": 7}}'] == good
    assert ": " in json.loads(bad)["problems"][0]


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("scroe\n700\n", Exit.USAGE, "the model has no input 'scroe'; it has rate, score"),
        ("", Exit.USAGE, "line 1: there are no names of columns"),
        ('score\n1\n"', Exit.USAGE, "line 3: it is not CSV"),
        (None, Exit.MISSING, "facts.csv: No such file"),
    ],
)
def test_a_file_of_rows_that_cannot_be_read_is_refused(tmp_path: Path, content, code, said):
    """A misspelt column is told before anything is decided."""
    if content is not None:
        (tmp_path / "facts.csv").write_text(content)
    refused = cli("policy", "eval", rates(tmp_path), tmp_path / "facts.csv")

    assert refused.code == code
    assert said in refused.err
