"""``casefold policy`` over YAML, CSV and workbooks: they decide alike, and every mistake has its file and place."""

from pathlib import Path

import pytest
from tests.shells.conftest import Said, cli

from casefold.kernel.results import Success
from casefold.policy.sources.cells import Sheet
from casefold_adapters.sheets import write_book
from casefold_shells.cli.codes import Exit
from casefold_shells.policies import load_policy

POLICY = """
policy: loan
inputs:
  - {name: score, type: number}
  - {name: age, type: number}
decisions:
  - {name: Knock-outs, table: tables/knock-outs.csv}
  - {name: Rate, type: number, table: "book.xlsx#Rate"}
  - {name: Points, scorecard: {base: 500, characteristics: [{name: age, bins: [["< 25", 0], [">= 25", 12]]}]}}
outcome: {decision: Rate, order: ["5.250", "7"], adverse: ["7"]}
"""

KNOCK_OUTS = 'C;input;output;note\n;age;;reason\ntype;number;string;\n1;< 18;"""minor""";C01\n'

RATE = Sheet("Rate", (("UNIQUE", "input", "output"), ("", "score", ""), ("1", ">= 640", "5.250"), ("2", "< 640", "7")))

FACTS = '{"score": 700, "age": 30}'
ASKED = ("--decision", "Knock-outs", "--decision", "Rate", "--decision", "Points")
ANSWER = '{"decisions": {"Knock-outs": null, "Rate": 5.250, "Points": 512}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy with a table in CSV and one in a workbook."""
    (tmp_path / "loan.yaml").write_text(POLICY)
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "knock-outs.csv").write_text(KNOCK_OUTS)
    (tmp_path / "book.xlsx").write_bytes(write_book((RATE, Sheet("Notes", (("x",),)))).unwrap())
    (tmp_path / "facts.json").write_text(FACTS)
    return tmp_path


def test_a_policy_in_yaml_decides_by_the_tables_that_it_names(folder: Path):
    """Numbers keep their digits on the way through Excel and CSV."""
    said = cli("policy", "eval", folder / "loan.yaml", folder / "facts.json", *ASKED)

    assert said == Said(Exit.OK, ANSWER, "")


def test_a_csv_file_and_a_workbook_are_policies(folder: Path):
    """Each sheet is a decision, named by the sheet or by the file."""
    (folder / "Rate.xlsx").write_bytes(write_book((RATE,)).unwrap())
    (folder / "score.json").write_text('{"score": 639.99}')

    said = cli("policy", "eval", folder / "Rate.xlsx", folder / "score.json")
    other = cli("policy", "check", folder / "tables" / "knock-outs.csv")

    assert said == Said(Exit.OK, '{"decisions": {"Rate": 7}}\n', "")
    assert (Exit.OK, "") == (other.code, other.err)
    assert other.out.startswith("1 decision, 1 input, 0 knowledge models, 0 services; 0 faults\n")


def test_what_a_file_begins_with_says_more_than_its_name(folder: Path):
    """A workbook that is called CSV is a workbook, and DMN needs no ending."""
    (folder / "Rate.csv").write_bytes(write_book((RATE,)).unwrap())
    assert cli("policy", "export", folder / "loan.yaml", folder / "loan.dmn").code == Exit.DIFFERS
    (folder / "loan.dmn").rename(folder / "loan.txt")

    assert cli("policy", "check", folder / "Rate.csv").code == Exit.OK
    assert cli("policy", "check", folder / "loan.txt").code == Exit.OK


@pytest.mark.parametrize("ending", ["dmn", "yaml"])
def test_what_is_exported_decides_alike(folder: Path, ending: str):
    """DMN and YAML hold every decision."""
    out = folder / f"out.{ending}"
    cli("policy", "export", folder / "loan.yaml", out)

    assert cli("policy", "eval", out, folder / "facts.json", *ASKED) == Said(Exit.OK, ANSWER, "")


def test_yaml_holds_a_policy_whole(folder: Path):
    """Its tables stand in it, and nothing is lost."""
    said = cli("policy", "export", folder / "loan.yaml", folder / "out.yaml")

    assert said == Said(Exit.OK, f"{folder / 'out.yaml'}\n", "")
    assert isinstance(load_policy(folder / "loan.yaml"), Success)
    assert load_policy(folder / "out.yaml") == load_policy(folder / "loan.yaml")


def test_what_is_not_carried_over_is_told(folder: Path):
    """Each part with its reason, and the exit code says that there is something."""
    said = cli("policy", "export", folder / "loan.yaml", folder / "out.dmn")

    assert said.code == Exit.DIFFERS
    assert "not carried over: the outcome: there is no place for it" in said.err
    assert "not carried over: decision Points: DMN has no scorecards: it is written as a sum of tables" in said.err


def test_csv_is_a_file_or_a_folder_of_files(folder: Path):
    """One for each table, by its decision's name."""
    said = cli("policy", "export", folder / "loan.yaml", folder / "out.csv")
    one = cli("policy", "export", folder / "tables" / "knock-outs.csv", folder / "one.csv")

    assert ["Knock-outs.csv", "Points.csv", "Rate.csv"] == sorted(path.name for path in (folder / "out").iterdir())
    assert str(folder / "out" / "Rate.csv") in said.out
    assert one == Said(Exit.OK, f"{folder / 'one.csv'}\n", "")
    assert cli("policy", "check", folder / "out" / "Points.csv").code == Exit.OK


def test_a_workbook_is_read_back(folder: Path):
    """A sheet for each table and scorecard."""
    cli("policy", "export", folder / "loan.yaml", folder / "out.xlsx")

    assert cli("policy", "eval", folder / "out.xlsx", folder / "facts.json") == Said(Exit.OK, ANSWER, "")


def test_nothing_is_replaced_unasked(folder: Path):
    """A file that is there stays as it is without --force."""
    (folder / "out.yaml").write_text("mine")

    said = cli("policy", "export", folder / "loan.yaml", folder / "out.yaml")
    assert (said.code, (folder / "out.yaml").read_text()) == (Exit.USAGE, "mine")
    assert "it is there already; take another name, or --force" in said.err

    assert cli("policy", "export", folder / "loan.yaml", folder / "out.yaml", "--force").code == Exit.OK
    assert "policy: loan" in (folder / "out.yaml").read_text()


def test_an_export_needs_an_ending_and_tables(folder: Path):
    """What cannot be written is refused before anything is."""
    (folder / "bare.yaml").write_text("policy: p\ndecisions: [{name: A, feel: '1'}]")
    (folder / "slash.yaml").write_text(POLICY.replace("name: Points", "name: a/b"))

    assert "a policy is written as DMN" in cli("policy", "export", folder / "loan.yaml", folder / "out.json").err
    for ending in ("csv", "xlsx"):
        said = cli("policy", "export", folder / "bare.yaml", folder / f"out.{ending}")
        assert (said.code, "has no tables or scorecards" in said.err) == (Exit.USAGE, True)
        assert "rename the decision" in cli("policy", "export", folder / "slash.yaml", folder / f"out.{ending}").err


@pytest.mark.parametrize(
    ("given", "instead", "said"),
    [
        ("tables/knock-outs.csv", "none.csv", "loan.yaml: line 7: table none.csv: "),
        ("book.xlsx#Rate", "book.xlsx#Rats", "there is no sheet 'Rats'; did you mean 'Rate'?"),
        ("book.xlsx#Rate", "book.xlsx", "say which sheet, such as #NAME; it has Rate, Notes"),
        ("book.xlsx#Rate", "book.xlsx#Notes", "book.xlsx: sheet Notes, cell A1: there is no hit policy 'x'"),
        ("tables/knock-outs.csv", "../out.csv", "it lies outside the policy's folder; put it beneath "),
        ("tables/knock-outs.csv", "/etc/passwd", "it lies outside the policy's folder"),
        (
            "tables/knock-outs.csv",
            "loan.yaml",
            "a table is a CSV file or a sheet, such as rates.csv or book.xlsx#Rates",
        ),
        ("decisions:", "desicions:", "loan.yaml: line 6, column 1: there is no key 'desicions' here; did you mean"),
        ("policy: loan", "policy: &a loan", "loan.yaml: line 2, column 9: here is an anchor (&), which is never read"),
    ],
)
def test_a_mistake_has_its_file_and_place(folder: Path, given: str, instead: str, said: str):
    """File, sheet, line or cell, what, and how to mend it."""
    (folder / "loan.yaml").write_text(POLICY.replace(given, instead))

    found = cli("policy", "check", folder / "loan.yaml")

    assert (found.code, said in found.err) == (Exit.POLICY, True), found.err


def test_a_link_does_not_lead_out_of_the_folder(folder: Path):
    """What a policy decides by lies beside it."""
    outside = folder.parent / f"{folder.name}-outside.csv"
    outside.write_text(KNOCK_OUTS)
    (folder / "link.csv").symlink_to(outside)
    (folder / "loan.yaml").write_text(POLICY.replace("tables/knock-outs.csv", "link.csv"))

    assert "it lies outside the policy's folder" in cli("policy", "check", folder / "loan.yaml").err


def test_a_cell_of_a_table_file_is_named(folder: Path):
    """By the file that it is in."""
    (folder / "tables" / "knock-outs.csv").write_text("C;input;output\n;age;\n1;< 18;\n")
    said = cli("policy", "check", folder / "loan.yaml")
    assert f"{folder / 'tables' / 'knock-outs.csv'}: cell C3, rule 1: this output is empty" in said.err

    alone = cli("policy", "check", folder / "tables" / "knock-outs.csv")
    assert "knock-outs.csv: cell C3, rule 1: this output is empty" in alone.err


def test_what_is_no_policy_is_refused(folder: Path):
    """By what it is."""
    assert "a policy is DMN (.dmn), YAML (.yaml), CSV (.csv)" in cli("policy", "check", folder / "facts.json").err
    assert cli("policy", "check", folder / "none.yaml").code == Exit.MISSING
    assert cli("policy", "export", folder / "none.csv", folder / "out.dmn").code == Exit.MISSING
    assert cli("policy", "check", folder / "none").code == Exit.MISSING
    (folder / "many.csv").write_text("U,output\n" + "\n\n".join(f"{n}," for n in range(99)))
    assert "many.csv: and 48 more" in cli("policy", "check", folder / "many.csv").err
