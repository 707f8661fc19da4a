"""``casefold policy backtest``: what a credit officer gets, and what is refused."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from tests.core.lending_policy import DECISION, INPUTS, KNOCK_OUTS, POLICY, with_logic
from tests.shells.conftest import Said, cli
from tests.shells.test_policy import rates

from casefold.policy.artifact import Policy
from casefold.policy.codec import policy_value
from casefold.policy.model import Rule
from casefold_shells.backtest.page import page_of
from casefold_shells.cli.codes import Exit

STRICT = evolve(with_logic("Decision", evolve(DECISION, rules=(*DECISION.rules[:2], *DECISION.rules[3:]))), version="2")
"""Nobody is referred any more: those are approved."""

HARSH = with_logic(
    "Knock-outs", evolve(KNOCK_OUTS, rules=(KNOCK_OUTS.rules[0], Rule(("-", "< 40000"), ('"income"',), ("C08",))))
)
"""Who earns less than 40,000 is declined."""

ROWS = [
    # bankruptcies, income, years employed, inquiries, utilisation, sex
    ("0", "50000", "7", "1", "0.2", "F"),  # approved by all
    ("1", "50000", "7", "1", "0.2", "M"),  # declined by all
    ("0", "30000", "7", "1", "0.2", "F"),  # declined by the harsh one
    ("0", "50000", "", "1", "0.5", "M"),  # 550: referred
    ("0", "50000", "7", "1", "", ""),  # undecided: utilisation is missing
]


def written(folder: Path, policy: Policy, name: str) -> Path:
    path = folder / name
    path.write_text(json.dumps(policy_value(policy)))
    return path


def history(folder: Path, *rows: tuple[str, ...], names: tuple[str, ...] = (*INPUTS, "sex")) -> Path:
    path = folder / "history.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([names, *(rows or ROWS)])
    return path


def backtest(folder: Path, facts: Path, *options: object, against: Policy = HARSH) -> Said:
    """Compare the lending policy with another one."""
    one, other = written(folder, POLICY, "a.json"), written(folder, against, "b.json")
    return cli(
        "policy", "backtest", facts, "--policy", one, "--against", other, "--out", folder / "out", "--workers", 1,
        "--as-of", "2026-01-01T00:00:00Z", *options,
    )  # fmt: skip


def found(folder: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((folder / "out" / "backtest.json").read_bytes())
    return value


def test_a_backtest_says_who_ends_otherwise(tmp_path: Path):
    """Counts, shares, the rule that decides each change, and an application to look at."""
    said = backtest(tmp_path, history(tmp_path), "--group", "sex", "--group-min", 1)

    assert said.code == Exit.OK, said.err
    assert (
        "Approval falls from 40.0 % to 20.0 % (−20.0 points) over 5 applications; 1 (20.0 %) ends otherwise."
        in said.out
    )
    value = found(tmp_path)
    assert (5, [2, 1], [1, 1], 1) == (value["rows"], value["approved"], value["undecided"], value["changed"])
    assert {"count": 1, "share": "0.200000"} == value["swaps"]["approved_to_declined"]
    (region,) = value["regions"]
    assert [4, 1] == [rule["rule"] for rule in region["rules"]]
    assert ["Knock-outs > 0"] == region["rules"][1]["if"]
    (change,) = [each for each in value["samples"] if each["ended"][0] == {"outcome": "approve"}]
    (sample,) = change["rows"]
    assert (3, {"number": "30000"}, ["C08"]) == (
        sample["row"],
        sample["facts"]["income"],
        sample["judged"][1]["reasons"],
    )
    assert [{"code": "C08", "first": [0, 1], "any": [0, 1]}] == [
        {name: each[name] for name in ("code", "first", "any")} for each in value["reasons"] if each["code"] == "C08"
    ]


def test_groups_are_compared_with_the_best(tmp_path: Path):
    """One of two approved is half as good as two of two; nobody knows the group of an empty cell."""
    backtest(tmp_path, history(tmp_path, *ROWS[:3], ROWS[4]), "--group", "sex", "--group-min", 1)
    (column,) = found(tmp_path)["groups"]

    assert [("F", 2, ["1.000000", "1.000000"]), ("M", 1, ["0.000000", "0.000000"]), (None, 1, [None, None])] == [
        (each["value"], each["count"], each["ratio"]) for each in column["values"]
    ]


def test_small_groups_and_crowded_columns_are_told_and_not_compared(tmp_path: Path):
    """A ratio of a handful says nothing, and neither does a column of identities."""
    rows = [(*ROWS[0][:5], str(number)) for number in range(60)]
    backtest(tmp_path, history(tmp_path), "--group", "sex")
    assert all(each["small"] and each["ratio"] == [None, None] for each in found(tmp_path)["groups"][0]["values"])

    backtest(tmp_path, history(tmp_path, *rows), "--group", "sex", "--force")
    assert {"column": "sex", "crowded": True, "values": []} == found(tmp_path)["groups"][0]


def test_a_policy_against_itself_changes_nothing(tmp_path: Path):
    """Another name and version make no difference, and one evaluation is enough."""
    said = backtest(tmp_path, history(tmp_path), "--ignore-extra", against=evolve(POLICY, name="other", version="9"))

    assert "All 5 applications end as before: 40.0 % are approved." in said.out
    value = found(tmp_path)
    assert (0, [], 0) == (value["changed"], value["regions"], value["reworded"])
    assert value["policies"][0]["digest"] == value["policies"][1]["digest"]


def test_the_number_of_workers_and_the_form_of_the_file_change_no_figure(tmp_path: Path):
    """One process or two; CSV, JSON lines, JSON or Parquet: the same report but for the name of the file."""
    pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    rows = [dict(zip((*INPUTS, "sex"), row, strict=True)) for row in ROWS for _ in range(400)]
    typed = [
        {name: (float(text) if name in INPUTS else text) if text else None for name, text in row.items()}
        for row in rows
    ]
    csv_file = history(tmp_path, *(tuple(row.values()) for row in rows))
    (tmp_path / "history.jsonl").write_text("\n".join(map(json.dumps, typed)))
    (tmp_path / "history.json").write_text(json.dumps(typed))
    parquet.write_table(pa.Table.from_pylist(typed), tmp_path / "history.parquet", row_group_size=700)
    reports = []
    for path, workers in (
        (csv_file, 1),
        (csv_file, 2),
        *((tmp_path / f"history.{end}", 1) for end in ("jsonl", "json", "parquet")),
    ):
        said = backtest(tmp_path, path, "--group", "sex", "--force", "--workers", workers)
        assert said.code == Exit.OK, said.err
        value = found(tmp_path)
        assert value.pop("facts")["name"] == path.name
        reports.append(_plain(value))

    assert reports[0]["rows"] == 2000
    assert all(each == reports[0] for each in reports)


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """Give a report without the samples: 7 and 7.0 are one number, and two texts."""
    return {**value, "samples": []}


def test_rows_that_cannot_be_read_are_counted_apart(tmp_path: Path):
    """They are told with line and column, and the exit code says that something is wrong."""
    said = backtest(tmp_path, history(tmp_path, *ROWS, ("0", "fifty", "7", "1", "0.2", "F")), "--ignore-extra")

    assert said.code == Exit.DIFFERS
    value = found(tmp_path)
    assert (5, 1) == (value["rows"], value["unread"])
    assert [{"row": 6, "where": "line 7", "why": "column income: 'fifty' is no number"}] == value["unreadable"]
    assert "column income: &#39;fifty&#39; is no number" in (tmp_path / "out" / "backtest.html").read_text()


@pytest.mark.parametrize(
    ("names", "options", "said"),
    [
        ((*INPUTS, "sex"), (), "neither policy asks for 'sex'"),
        ((*INPUTS[:4], "utilization", "sex"), ("--group", "sex"), "'utilization' (did you mean 'utilisation'?)"),
        ((*INPUTS[:4], "Score", "sex"), ("--group", "sex"), "neither policy asks for 'Score'"),
        ((*INPUTS, "sex"), ("--group", "Sex"), "there is no column 'Sex' (did you mean 'sex'?)"),
        ((*INPUTS, "sex"), ("--ignore-extra", "--number", "Scor"), "no such decision (did you mean 'Score'?)"),
        ((*INPUTS, "sex"), ("--ignore-extra", "--approved", "yes"), "the outcomes are approve, refer, decline"),
    ],
)
def test_what_nobody_asked_for_is_refused(tmp_path: Path, names, options, said):
    """A misspelt column, or the outcome of the day, does not decide by accident."""
    refused = backtest(tmp_path, history(tmp_path, *ROWS, names=names), *options)

    assert refused.code == Exit.USAGE
    assert said in refused.err
    assert not (tmp_path / "out").exists()


def test_a_decision_is_never_taken_from_history(tmp_path: Path):
    """A column that is called as a decision is passed over, not believed."""
    names = (*INPUTS, "Decision")
    said = backtest(tmp_path, history(tmp_path, (*ROWS[0][:5], "decline"), names=names), "--ignore-extra")

    assert said.code == Exit.OK
    assert [1, 1] == found(tmp_path)["approved"]


def test_a_fact_without_a_column_is_told(tmp_path: Path):
    """It is null in every row, which is seldom meant."""
    said = backtest(tmp_path, history(tmp_path, *(row[:4] for row in ROWS), names=INPUTS[:4]))

    assert "there is no column 'utilisation'; it is null in every row" in said.err
    assert ["utilisation"] == found(tmp_path)["facts"]["missing"]


def test_a_report_is_not_replaced_unless_asked(tmp_path: Path):
    """Last month's report may be evidence."""
    facts = history(tmp_path)
    backtest(tmp_path, facts, "--ignore-extra")
    before = (tmp_path / "out" / "backtest.json").read_bytes()
    refused = backtest(tmp_path, facts, "--ignore-extra", against=STRICT)

    assert (Exit.CASE, before) == (refused.code, (tmp_path / "out" / "backtest.json").read_bytes())
    assert "--force" in refused.err
    assert Exit.OK == backtest(tmp_path, facts, "--ignore-extra", "--force", against=STRICT).code


def test_the_same_files_give_the_same_bytes(tmp_path: Path):
    """Neither clock nor chance is in the report."""
    facts = history(tmp_path)
    reports = []
    for _ in range(2):
        backtest(tmp_path, facts, "--keep", "sex", "--force")
        reports.append([(tmp_path / "out" / name).read_bytes() for name in ("backtest.json", "backtest.html")])

    assert reports[0] == reports[1]


def test_a_file_that_breaks_off_leaves_nothing_half(tmp_path: Path):
    """The line is named, and no report is there."""
    facts = history(tmp_path)
    facts.write_text(facts.read_text() + '"0\n')
    said = backtest(tmp_path, facts, "--ignore-extra")

    assert said.code == Exit.USAGE
    assert "line 7: it is not CSV" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.json", "{}", Exit.POLICY),
        ("a.json", "nonsense", Exit.POLICY),
        ("a.json", "[]", Exit.POLICY),
        ("a.dmn", "<definitions/>", Exit.POLICY),
        ("gone.json", None, Exit.MISSING),
    ],
)
def test_what_is_no_policy_is_told(tmp_path: Path, name, content, code):
    """The file is named, and how it fails."""
    if content is not None:
        (tmp_path / name).write_text(content)
    other = written(tmp_path, POLICY, "b.json")
    said = cli(
        "policy",
        "backtest",
        history(tmp_path),
        "--policy",
        tmp_path / name,
        "--against",
        other,
        "--out",
        tmp_path / "out",
    )

    assert said.code == code
    assert name in said.err


DMN_OUTCOME = """
  <decision name="verdict" id="_v">
    <variable name="verdict" typeRef="string"/>
    <informationRequirement><requiredInput href="#_s"/></informationRequirement>
    <informationRequirement><requiredDecision href="#_r"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression typeRef="number"><text>score</text></inputExpression></input>
      <output typeRef="string"/>
      <annotation name="reason"/>
      <rule><inputEntry><text>&lt; 600</text></inputEntry><outputEntry><text>"no"</text></outputEntry>
        <annotationEntry><text>C15</text></annotationEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"yes"</text></outputEntry>
        <annotationEntry><text></text></annotationEntry></rule>
    </decisionTable>
  </decision>"""


def test_dmn_models_are_compared_once_their_outcome_is_named(tmp_path: Path):
    """A DMN file does not say which decision is the outcome; whoever compares says it."""
    one = rates(tmp_path, logic=DMN_OUTCOME, name="one.dmn")
    other = rates(tmp_path, logic=DMN_OUTCOME.replace("600", "650"), name="other.dmn")
    (tmp_path / "scores.csv").write_text("score\n550\n620\n700\n")
    command = (
        "policy",
        "backtest",
        tmp_path / "scores.csv",
        "--policy",
        one,
        "--against",
        other,
        "--out",
        tmp_path / "out",
    )
    declared = ("--outcome", "verdict", "--order", "yes", "--order", "no", "--adverse", "no", "--workers", 1)

    unsaid, said = cli(*command), cli(*command, *declared)
    assert unsaid.code == Exit.POLICY
    assert "--outcome" in unsaid.err
    assert said.code == Exit.OK, said.err
    assert ([2, 1], 1) == (found(tmp_path)["approved"], found(tmp_path)["swaps"]["approved_to_declined"]["count"])
    (rate,) = found(tmp_path)["numbers"]
    assert ("rate", ["19.25", "19.25"], 3) == (rate["decision"], rate["sum"], rate["same"])


def test_json_is_answered_whole(tmp_path: Path):
    """One object, as in the file."""
    said = backtest(tmp_path, history(tmp_path), "--ignore-extra", "--json")

    assert found(tmp_path) == json.loads(said.out)


def test_what_was_not_decided_is_told_with_its_place(tmp_path: Path):
    """The kind of why is counted; a sample names the fact that is missing."""
    backtest(tmp_path, history(tmp_path), "--ignore-extra")
    (undecided,) = [each for each in found(tmp_path)["samples"] if "undecided" in each["ended"][0]]
    (sample,) = undecided["rows"]

    assert "no_value" == undecided["ended"][0]["undecided"]
    assert any("utilisation" in problem.lower() for problem in sample["judged"][0]["problems"])


REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def contract() -> Any:
    schema = json.loads((REFERENCE / "backtest.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def members(value: object) -> set[str]:
    """Give the names of all members, but for those that history and policies name."""
    if isinstance(value, list):
        return {name for each in value for name in members(each)}
    if not isinstance(value, dict):
        return set()
    inner = {name for key, each in value.items() if key not in {"facts", "kept", "numbers"} for name in members(each)}
    return inner | {name for name in value if name not in INPUTS}


def test_a_report_meets_its_schema_and_every_member_is_told(tmp_path: Path):
    """What is written is what the contract says; the page of the contract is silent about nothing."""
    rows = (*ROWS, ("0", "fifty", "7", "1", "0.2", "F"))
    backtest(tmp_path, history(tmp_path, *rows), "--group", "sex", "--keep", "sex")
    value = found(tmp_path)
    contract().validate(value)
    told = (REFERENCE / "backtest-json.md").read_text()

    names = members(value) | members(value["facts"]) | {name for each in value["numbers"] for name in each}
    assert [] == sorted(name for name in names - {"from", "to", "counts"} if f"`{name}" not in told)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: value.pop("policies"),
        lambda value: value.update(contract="casefold/backtest/2"),
        lambda value: value.update(approval_rate=[0.5, 0.5]),
        lambda value: value["matrix"][0].update(count=0),
        lambda value: value["policies"][0].update(digest="none"),
    ],
    ids=["one policy missing", "other contract", "float rate", "empty cell", "no digest"],
)
def test_the_schema_refuses_what_is_no_report(tmp_path: Path, spoil):
    """A schema that takes everything says nothing."""
    backtest(tmp_path, history(tmp_path), "--ignore-extra")
    value = found(tmp_path)
    spoil(value)

    assert not contract().is_valid(value)


class Page(HTMLParser):
    """Collects what a page might ask of a network, and the ids that it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.tags: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name in {"src", "href"} and value:
                self.asked.append(value)


def test_the_page_asks_nothing_of_any_network(tmp_path: Path):
    """No script, no address; every link leads to a place in the page."""
    backtest(tmp_path, history(tmp_path), "--group", "sex", "--group-min", 1)
    page = Page()
    page.feed((tmp_path / "out" / "backtest.html").read_text())

    assert "script" not in page.tags
    assert {"data:,"} == {each for each in page.asked if not each.startswith("#")}
    assert {each[1:] for each in page.asked if each.startswith("#")} <= page.ids
    assert {"matrix", "regions", "reasons", "groups", "numbers", "samples", "made"} <= page.ids


def test_what_history_holds_is_shown_and_not_obeyed(tmp_path: Path):
    """Names and cells of anywhere are text."""
    evil = '<script>alert(1)</script>"\u202e'
    rows = [(*row[:5], evil) for row in ROWS]
    said = backtest(tmp_path, history(tmp_path, *rows, names=(*INPUTS, evil)), "--group", evil, "--keep", evil)

    assert said.code == Exit.OK, said.err
    page = (tmp_path / "out" / "backtest.html").read_text()
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_no_history_is_a_report_too(tmp_path: Path):
    """Nothing is divided by nought."""
    path = tmp_path / "history.csv"
    path.write_text(",".join(INPUTS) + "\n")
    said = backtest(tmp_path, path)

    assert said.code == Exit.OK, said.err
    assert "There were no applications to decide." in said.out
    assert [None, None] == found(tmp_path)["approval_rate"]


def test_every_figure_of_the_page_is_that_of_the_contract(tmp_path: Path):
    """The page is made of the JSON alone."""
    backtest(tmp_path, history(tmp_path), "--ignore-extra")

    assert page_of(found(tmp_path)) == (tmp_path / "out" / "backtest.html").read_text()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_leaves_nothing_half(tmp_path: Path):
    """It says what was done, and no file and no process stays behind."""
    one, other = written(tmp_path, POLICY, "a.json"), written(tmp_path, HARSH, "b.json")
    facts = history(tmp_path, *[ROWS[0]] * 200_000)
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what begins tests may ignore it
        "from casefold_shells.cli import main; main()"
    )
    command = [
        sys.executable, "-c", program, "policy", "backtest", str(facts),
        "--policy", str(one), "--against", str(other), "--out", str(tmp_path / "out"), "--ignore-extra",
        "--workers", "2",
    ]  # fmt: skip
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True, text=True
    )
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while running.poll() is None and children.exists() and len(children.read_text().split()) < 2:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate()

    assert running.returncode == Exit.INTERRUPTED, err
    assert "Traceback" not in err
    assert re.search(r"stopped after [\d,]+ rows; nothing was written", err)
    assert not (tmp_path / "out").exists()
    while _alive(running.pid):  # the last to go is what counts shared things for the others
        time.sleep(0.05)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
