"""A small taxonomy, small packages, and the command line called in this process."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from tests.adapters.pdf_files import page, pdf, text
from typer.testing import CliRunner

from casefold_shells.cli import commands  # noqa: F401 - registers the commands on `app`
from casefold_shells.cli.app import ERR, OUT, app

TAXONOMY = """
name = "tiny"
version = "1.0.0"
title = "Three papers"
sources = [{ id = "test", title = "Made up for tests" }]

[[classes]]
id = "w2"
family = "income"
title = "Wage statement"
source = "test"
signals = [
    { phrase = "wage and tax statement", weight = 30, cue = "first" },
    { phrase = "employer identification number", weight = 10 },
]

[[classes]]
id = "bank_statement"
family = "assets"
title = "Bank statement"
source = "test"
signals = [
    { phrase = "your checking account", weight = 30 },
    { phrase = "opening balance", weight = 12, cue = "first" },
]

[[classes]]
id = "paystub"
family = "income"
title = "Pay stub"
source = "test"
signals = [{ phrase = "earnings year to date", weight = 30, cue = "first" }]

[[file_types]]
id = "purchase"
title = "Purchase"

[[file_types.required]]
id = "pay"
title = "A pay stub"
source = "test"
all_of = ["paystub"]
"""

WORDS = {
    "w2": "Wage and Tax Statement with employer identification number",
    "bank_statement": "Your checking account and its opening balance",
    "bank_more": "Your checking account goes on",
    "paystub": "Earnings year to date",
    "nothing": "The quick brown fox jumps over the lazy dog",
}

MIXED = ("w2", "bank_statement", "bank_more", "paystub", "nothing", "w2")
"""The pages of the usual package; page 5 fits no class."""


@frozen
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


def cli(*arguments: object) -> Said:
    """Call ``casefold`` with *arguments*; only an exit may end it, and no traceback may be seen."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return Said(result.exit_code, result.stdout, result.stderr)


def composed(*kinds: str, start: int = 1) -> bytes:
    """Write a PDF whose pages show what *kinds* say, and their number."""
    sheets = enumerate(kinds, start)
    return pdf(*[page(text(WORDS[kind], 72, 700) + text(f"sheet {number}", 72, 400)) for number, kind in sheets])


def package(folder: Path, *kinds: str, name: str = "loan.pdf", start: int = 1) -> Path:
    """Write a package into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(composed(*(kinds or MIXED), start=start))
    return path


def case_of(folder: Path) -> dict[str, Any]:
    """Read ``case.json``."""
    found: dict[str, Any] = json.loads((folder / "case.json").read_bytes())
    return found


def result_of(folder: Path) -> tuple[str, dict[str, bytes]]:
    """Give what two runs must agree on: the digest, and every document to the byte."""
    return case_of(folder)["digest"], {path.name: path.read_bytes() for path in (folder / "documents").iterdir()}


def complaints(said: Said) -> list[str]:
    """Give the lines that begin as a complaint does."""
    return [line for line in said.err.splitlines() if line.startswith("casefold: ")]


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test compares words, not how they are wrapped."""
    for console in (OUT, ERR):
        monkeypatch.setattr(console, "_width", 4096)


@pytest.fixture(scope="session")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small taxonomy as a file."""
    path = tmp_path_factory.mktemp("taxonomy") / "tiny.toml"
    path.write_text(TAXONOMY)
    return path


@pytest.fixture(scope="session")
def _master(tmp_path_factory: pytest.TempPathFactory, taxonomy: Path) -> Path:
    folder = tmp_path_factory.mktemp("master")
    said = cli("run", package(folder), "--out", folder / "cases", "--taxonomy", taxonomy)
    assert 0 == said.code, said.err
    return folder


@pytest.fixture
def finished(_master: Path, tmp_path: Path) -> Path:
    """A finished case of the usual package, to be spoilt; the package is ``loan.pdf`` two folders above."""
    shutil.copytree(_master, tmp_path / "finished")
    return tmp_path / "finished/cases/loan"
