"""One correction helps the next package at once, and nobody else's."""

import json
import shutil
import subprocess
import uuid

import pytest
from tests.adapters.model_servers import CannotBuildError, unavailable
from tests.adapters.pdf_files import page, pdf, text
from tests.adapters.postgres_servers import postgres
from tests.shells.conftest import case_of, cli

LETTER = (
    "Dear neighbours of the old mill, the committee of the gardens met again in {month} to speak of the hedges,",
    "the two gates by the river and the price of gravel, which has risen by {share} per cent since the last meeting.",
    "Those who wish to help with the planting of the lime trees should write to the treasurer before the {day}.",
    "We thank everybody who lent us ladders, wheelbarrows and patience during a summer that was drier than any before.",
)
OTHER = (
    "Recipe of the house: take seven onions, a cup of lentils, the juice of a lemon and some cumin, and let it simmer.",
    "Serve it with flat bread and a salad of cucumbers; it keeps for three days in a cold place if it is well covered.",
    "Whoever likes it hotter adds a spoon of harissa to the broth, but never before the lentils have become soft.",
)


def write(folder, name, *pages):
    sheets = []
    for number, lines in enumerate(pages, 1):
        placed = b"".join(text(line, 30, 740 - 30 * at, 8) for at, line in enumerate(lines))
        sheets.append(page(placed + text(f"sheet {number}", 72, 60)))
    path = folder / f"{name}.pdf"
    path.write_bytes(pdf(*sheets))
    return path


def letter(**told):
    return tuple(line.format(**told) for line in LETTER)


@pytest.fixture
def packages(tmp_path):
    """Two packages that hold the same letter of two months, and another paper."""
    first = write(tmp_path, "first", letter(month="May", share=7, day="4th"))
    second = write(tmp_path, "second", letter(month="June", share=9, day="5th"), OTHER)
    return first, second


@pytest.fixture
def run(tmp_path, taxonomy):
    def go(path, *more, out="cases"):
        said = cli("run", path, "--out", tmp_path / out, "--taxonomy", taxonomy, *more)
        return said, tmp_path / out / path.stem

    return go


@pytest.fixture(scope="module")
def database():
    try:
        with postgres() as found:
            yield found
    except (CannotBuildError, subprocess.CalledProcessError) as error:
        unavailable(f"no PostgreSQL here: {error}")


def corrected(folder, *more):
    wanted = ("--page", 1, "--label", "paystub", "--by", "Ada", "--why", "she knows it")
    return cli("review", folder, *wanted, *more)


def memory_of(tmp_path, tenant="bank"):
    return "--memory", tmp_path / "memory", "--tenant", tenant


def test_one_correction_helps_the_next_package(run, packages, tmp_path):
    """A page that is like a reviewed one takes that into account; one that is not does not."""
    _, first = run(packages[0], *memory_of(tmp_path))
    said = corrected(first, "--memory", tmp_path / "memory")
    _, second = run(packages[1], *memory_of(tmp_path))
    pages = case_of(second)["pages"]

    assert 0 == said.code and "1 reviewed pages are remembered" in said.out
    (told,) = [row["text"] for row in pages[0]["why"] if row.get("source") == "memory"]
    assert "like page 1 of first, which Ada labelled" in told and "dB for paystub" in told
    assert "paystub" in {pages[0]["label"], pages[0]["runner_up"]}
    assert not [row for row in pages[1]["why"] if row.get("source") == "memory"]


def test_nobody_else_recalls_it(run, packages, tmp_path):
    """Another tenant, and a run without a memory, know nothing of it."""
    _, first = run(packages[0], *memory_of(tmp_path))
    corrected(first, "--memory", tmp_path / "memory")
    _, other = run(packages[1], *memory_of(tmp_path, "another bank"), out="other")
    _, none = run(packages[1], out="none")

    for folder in (other, none):
        assert not [row for row in case_of(folder)["pages"][0]["why"] if row.get("source") == "memory"]


def test_what_nobody_reviewed_is_not_remembered(run, packages, tmp_path):
    """A label that the rules gave, or that nobody questioned, is no review."""
    _, first = run(packages[0], *memory_of(tmp_path))
    said = cli("remember", first, "--memory", tmp_path / "memory")

    assert "0 reviewed pages are remembered" in said.out


def test_a_case_that_recalled_needs_no_memory_afterwards(run, packages, tmp_path):
    """What was recalled is recorded: verify and replay need no index, and the same bytes come again."""
    _, first = run(packages[0], *memory_of(tmp_path))
    corrected(first, "--memory", tmp_path / "memory")
    _, second = run(packages[1], *memory_of(tmp_path))
    shutil.rmtree(tmp_path / "memory")

    assert 0 == cli("verify", second).code
    assert "the same outcome, to the byte" in cli("replay", second).out


def test_a_memory_that_was_spoilt_is_still_one(run, packages, tmp_path):
    """Half a line at the end, and lines that are none, are passed over; the next page is remembered all the same."""
    _, first = run(packages[0], *memory_of(tmp_path))
    corrected(first, "--memory", tmp_path / "memory")
    (path,) = (tmp_path / "memory").rglob("*.jsonl")
    path.write_bytes(b"nonsense\n" + path.read_bytes() + json.dumps({"case": "x"}).encode())
    again = cli("remember", first, "--memory", tmp_path / "memory")
    _, second = run(packages[1], *memory_of(tmp_path))

    assert 0 == again.code
    assert [row for row in case_of(second)["pages"][0]["why"] if row.get("source") == "memory"]


def test_a_case_without_a_tenant_is_remembered_for_a_named_one(run, packages, tmp_path):
    """Whose pages they are must be said once."""
    _, first = run(packages[0])
    corrected(first)

    assert 2 == cli("remember", first, "--memory", tmp_path / "memory").code
    assert 0 == cli("remember", first, *memory_of(tmp_path)).code
    assert 2 == run(packages[1], "--tenant", "bank")[0].code


def test_a_database_remembers_as_a_folder_does(packages, run, database):
    """What was corrected is recalled from PostgreSQL; the address names it, and the case is the same."""
    first, second = packages
    there = ("--memory", database, "--tenant", uuid.uuid4().hex)
    _, folder = run(first, *there)
    said = corrected(folder, "--memory", database)
    _, after = run(second, *there)

    assert 0 == said.code and "1 reviewed pages are remembered" in said.out
    assert any("first" in row["text"] and "Ada" in row["text"] for row in case_of(after)["pages"][0]["why"])


def test_a_database_that_is_not_there_stops_the_run(packages, run):
    """With one line that tells nothing of the address, which may hold a password; the same command goes on."""
    said, folder = run(packages[0], "--memory", "postgresql://me:secret@127.0.0.1:9/none", "--tenant", "bank")

    assert 9 == said.code
    assert "postgresql" in said.err and "secret" not in said.err
    assert "secret" not in (folder / "events.jsonl").read_text()
