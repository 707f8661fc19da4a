"""The command that makes files up: what it writes, what it says, what it refuses."""

import json

import pytest
from typer.testing import CliRunner

from casefold_shells.cli import commands  # noqa: F401 - registers the commands on `app`
from casefold_shells.cli.app import app
from casefold_shells.cli.codes import Exit


@pytest.fixture
def call(monkeypatch):
    """Call the command line in this process."""
    return lambda *arguments: CliRunner().invoke(app, ["synth", *map(str, arguments)])


def test_a_seed_gives_three_files(call, tmp_path):
    """The loan file, its truth and its facts stand beside each other; nothing half is left."""
    result = call("--seed", 2, "--pages", 20, "--packages", 2, "--out", tmp_path)

    assert result.exit_code == Exit.OK, result.output
    names = [f"us-purchase-{seed}.{end}" for seed in (2, 3) for end in ("facts.json", "pdf", "truth.json")]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert len(json.loads((tmp_path / "us-purchase-2.truth.json").read_text("utf-8"))) == 20


@pytest.mark.parametrize(
    "wrong",
    [
        ("--defects", "nam_mismatch"),
        ("--defects", "1000"),
        ("--layout", "w2-irz"),
        ("--file-type", "us-purchases"),
        ("--quality", "cleen"),
        ("--order", "random"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(call, tmp_path, wrong):
    """A name that is nearly right gets the right one, and nothing is written."""
    result = call(*wrong, "--out", tmp_path / "none")

    assert result.exit_code == Exit.USAGE
    assert not (tmp_path / "none").exists()


def test_layouts_and_defects_are_listed(call):
    """Everything that can be named on the command line is told by it."""
    result = call("--layouts", "--json")

    assert {"layouts", "defects"} == set(json.loads(result.output))


def test_without_a_folder_nothing_is_made_up(call):
    """Where the files go is never guessed."""
    assert call("--seed", 1).exit_code == Exit.USAGE
