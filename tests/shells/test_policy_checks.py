"""``casefold policy check``, ``diff`` and ``test``: what an analyst reads about tables."""

import json
from pathlib import Path

import pytest
from tests.shells.conftest import cli
from tests.shells.test_policy import DMN

from casefold_shells.cli.codes import Exit

RULES = (
    (">= 680", "-", "approve"),
    ("[620..680)", 'not("CA")', "refer"),
    ("[620..680)", '"CA"', "approve"),
    ("< 620", "-", "decline"),
)


def model(folder: Path, *rules: tuple[str, str, str], hit: str = "UNIQUE", name: str = "model.dmn") -> Path:
    """Write a model that decides an outcome by score and state."""
    told = "".join(
        f"<rule><inputEntry><text><![CDATA[{score}]]></text></inputEntry>"
        f"<inputEntry><text>{state}</text></inputEntry>"
        f'<outputEntry><text>"{outcome}"</text></outputEntry></rule>'
        for score, state, outcome in rules
    )
    path = folder / name
    path.write_text(f"""<definitions xmlns="{DMN}" name="loans" namespace="urn:loans">
          <inputData name="score" id="_s"><variable name="score" typeRef="number"/></inputData>
          <inputData name="state" id="_t"><variable name="state" typeRef="string"/></inputData>
          <inputData name="day" id="_d"><variable name="day" typeRef="date"/></inputData>
          <decision name="outcome" id="_o">
            <variable name="outcome" typeRef="string"/>
            <informationRequirement><requiredInput href="#_s"/></informationRequirement>
            <informationRequirement><requiredInput href="#_t"/></informationRequirement>
            <decisionTable hitPolicy="{hit}">
              <input label="credit score"><inputExpression typeRef="number"><text>score</text></inputExpression></input>
              <input><inputExpression typeRef="string"><text>state</text></inputExpression></input>
              <output typeRef="string"/>{told}
            </decisionTable>
          </decision>
          <decision name="year" id="_y">
            <variable name="year" typeRef="number"/>
            <informationRequirement><requiredInput href="#_d"/></informationRequirement>
            <literalExpression><text>day.year</text></literalExpression>
          </decision>
        </definitions>""")
    return path


def file_of(folder: Path, content: object) -> Path:
    path = folder / "tests.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_a_sound_table_leaves_nothing_open(tmp_path: Path):
    """Two lines of counts, and exit code 0."""
    said = cli("policy", "check", model(tmp_path, *RULES))

    assert said.code == Exit.OK
    assert "1 table; 0 gaps, 0 overlaps, 0 dead rules" in said.out


def test_findings_are_told_with_an_example_and_rules(tmp_path: Path):
    """Who is left out, who is decided twice, and which rule never decides."""
    said = cli("policy", "check", model(tmp_path, *RULES[:2], ("> 700", '"NY"', "decline"), ("(5..5)", "-", "refer")))

    assert said.code == Exit.DIFFERS
    assert "decision outcome: 2 gaps, 1 overlap, 1 dead rule" in said.out
    assert "credit score < 620" in said.out
    assert "credit score 800, state NY" in said.out
    assert "nothing meets its cell of credit score" in said.out


def test_gaps_may_be_allowed(tmp_path: Path):
    """For a table that answers null on purpose."""
    path = model(tmp_path, *RULES[:2])

    assert cli("policy", "check", path).code == Exit.DIFFERS
    assert cli("policy", "check", path, "--allow-gaps").code == Exit.OK


def test_what_first_resolves_is_a_note(tmp_path: Path):
    """Overlaps under FIRST are told when asked for, and are no error."""
    path = model(tmp_path, (">= 680", "-", "approve"), ("-", "-", "decline"), hit="FIRST")

    assert "overlap " not in cli("policy", "check", path).out
    said = cli("policy", "check", path, "--notes")
    assert "1 overlap" in said.out
    assert said.code == Exit.OK


def test_findings_are_there_as_json(tmp_path: Path):
    """Witnesses by what is tested, so that a program can decide about them."""
    told = json.loads(cli("policy", "check", model(tmp_path, *RULES[:2], (">= 800", "-", "x")), "--json").out)

    (table,) = told["tables"]
    assert told["faults"] == []
    assert table["gaps"][0] == {
        "inputs": {"credit score": "< 620"},
        "witness": {"score": 600, "state": "CA"},
        "certain": True,
    }
    assert table["overlaps"][0]["rules"] == [1, 3]
    assert (table["gaps_certain"], table["overlaps_certain"], table["dead"]) == (2, 1, [])


def test_a_diff_tells_who_is_decided_otherwise(tmp_path: Path):
    """A box of applicants, both answers, both rules, an example; exit code 1."""
    before = model(tmp_path, *RULES)
    moved = [("[610..620)", "-", "refer"), *RULES[:3], ("< 610", "-", "decline")]
    said = cli("policy", "diff", before, model(tmp_path, *moved, name="after.dmn"))

    assert said.code == Exit.DIFFERS
    assert "credit score [610..620)" in said.out
    assert "decline" in said.out
    assert "4 → 1" in said.out


def test_models_that_decide_alike_do_not_differ(tmp_path: Path):
    """Rules in another order, and a rule cut in two."""
    cut = [*reversed(RULES[1:]), (">= 700", "-", "approve"), ("[680..700)", "-", "approve")]
    said = cli("policy", "diff", model(tmp_path, *RULES), model(tmp_path, *cut, name="after.dmn"))

    assert (said.code, said.out) == (Exit.OK, "The models decide alike.\n")


def test_a_diff_is_there_as_json(tmp_path: Path):
    """With counts of all boxes and the regions that are told."""
    after = model(tmp_path, *RULES[:3], ("< 620", "-", "refer"), name="after.dmn")
    told = json.loads(cli("policy", "diff", model(tmp_path, *RULES), after, "--json").out)

    (change,) = told["changed"]
    (region,) = change["tables"][0]["regions"]
    assert change["element"] == "decision outcome"
    assert region["before"] == {"answer": "decline"}
    assert region["after"] == {"answer": "refer"}


def test_policies_that_owe_reasons_to_others_differ(tmp_path: Path):
    """Tables may be the same to the last cell, and applicants be told something else."""
    policy = """
        policy: p
        inputs: [{name: score, type: number}]
        decisions:
          - {name: D, type: string, table: {hit: FIRST, inputs: [score], outputs: [string], notes: [reason],
             rules: [["< 600", '"decline"', C08], ["< 640", '"refer"', C09], ["-", '"approve"', ""]]}}
        outcome: {decision: D, order: [approve, refer, decline], adverse: [decline]}
        reasons: {at most: 4, catalogue: [{code: C09, text: Too much debt}]}"""
    (tmp_path / "before.yaml").write_text(policy)
    changed = policy.replace("[decline]", "[refer, decline]").replace("at most: 4", "at most: 1")
    (tmp_path / "after.yaml").write_text(changed.replace("Too much debt", "Debts"))
    said = cli("policy", "diff", tmp_path / "before.yaml", tmp_path / "after.yaml")

    assert said.code == Exit.DIFFERS
    assert said.out.splitlines() == [
        "~ outcome, adverse: decline → refer, decline",
        "~ reasons, at most: 4 → 1",
        "~ reason C09: Too much debt → Debts",
        "3 differences",
    ]


def test_tests_that_hold_say_what_they_reach(tmp_path: Path):
    """Rules reached, and conditions shown to matter."""
    given = [
        {"name": "high", "facts": {"score": 700, "state": "CA"}, "expect": {"outcome": "approve"}},
        {"facts": {"score": 600, "state": "CA"}, "expect": {"outcome": "decline"}},
    ]
    said = cli("policy", "test", model(tmp_path, *RULES), file_of(tmp_path, given))

    assert said.code == Exit.OK
    assert "decision outcome: 2 of 4 rules reached, 2 of 6 conditions shown to matter" in said.out
    assert "2 tests, 0 failed" in said.out


def test_a_test_that_fails_shows_both_values(tmp_path: Path):
    """What was expected, what was got, or what went wrong."""
    given = [
        {"name": "high", "facts": {"score": 700, "state": "CA"}, "expect": {"outcome": "decline"}},
        {"name": "none", "facts": {"state": "CA"}, "expect": {"outcome": None}},
    ]
    said = cli("policy", "test", model(tmp_path, *RULES), file_of(tmp_path, given))

    assert said.code == Exit.DIFFERS
    assert 'failed: high: outcome: expected "decline", got "approve"' in said.out
    assert "failed: none: outcome: expected null, got decision outcome" in said.out


def test_dates_are_read_where_the_model_wants_dates(tmp_path: Path):
    """JSON has no dates; the type of the input says what the text is."""
    given = [{"facts": {"day": "2024-02-29"}, "expect": {"year": 2024.0}}]

    assert cli("policy", "test", model(tmp_path, *RULES), file_of(tmp_path, given)).code == Exit.OK


def test_tests_are_made_from_a_table(tmp_path: Path):
    """They hold, and reach all that can be reached; what cannot be is told."""
    path, made = model(tmp_path, *RULES), tmp_path / "made.json"
    said = cli("policy", "test", path, made, "--generate")

    assert said.code == Exit.OK
    assert "4 of 4 rules reached, 6 of 6 conditions shown to matter" in said.out
    assert {"name", "facts", "expect"} == set(json.loads(made.read_text())[0])
    assert cli("policy", "test", path, made).code == Exit.OK
    assert cli("policy", "test", path, made, "--generate").code == Exit.STORAGE
    assert json.loads(cli("policy", "test", path, made, "--json").out)["tables"][0]["not_shown"] == []


@pytest.mark.parametrize(("content", "said"), [
    ([{"facts": {}}],                                          "item 1 is no test such as"),
    ([{"facts": {}, "expect": {"outcome": 1}, "why": 1}],      "item 1 has 'why'"),
    ([{"facts": {"scroe": 1}, "expect": {"outcome": 1}}],      "the model has no input 'scroe'"),
    ([{"facts": {}, "expect": {"outcom": 1}}],                 "the model has no decision 'outcom'"),
    ("[",                                                      "it is not JSON"),
])  # fmt: skip
def test_tests_that_are_none_are_refused(tmp_path: Path, content: object, said: str):
    """A misspelt name must not pass for a test."""
    refused = cli("policy", "test", model(tmp_path, *RULES), file_of(tmp_path, content))

    assert refused.code == Exit.USAGE
    assert said in refused.err
