"""A batch is its packages: each as `casefold run` leaves it, whatever stops, dies or comes back in between."""

import csv
import io
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from tests.shells.conftest import WORDS, case_of, cli, package, result_of
from tests.shells.test_kill import eventually, members, program

ROOT = Path(__file__).parents[2]
KINDS = tuple(WORDS)
KILLS = int(os.environ.get("CASEFOLD_KILLS", "8" if os.environ.get("CI") else "3"))
"""How many workers are killed; `CASEFOLD_KILLS=30` for the night."""


def some_packages(folder, count, *, seed=7, pages_max=6):
    """Write so many packages, each of a few pages, the same for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        kinds = chance.choices(KINDS, k=chance.randint(1, pages_max))
        package(folder, *kinds, name=f"loan-{number:04}.pdf", start=number + 1)
    return folder


def summary_of(out):
    return json.loads((out / "summary.json").read_bytes())


def letters_of(out):
    return [json.loads(line) for line in (out / "dead-letters.jsonl").read_bytes().splitlines()]


def events_of(out):
    return [json.loads(line)["event"] for line in (out / "manifest.jsonl").read_bytes().splitlines()]


def batch(folder, out, taxonomy, *more):
    return cli("batch", folder, "--out", out, "--taxonomy", taxonomy, "--workers", "1", *more)


@pytest.fixture(scope="module")
def incoming(tmp_path_factory):
    """Packages of every kind: files, a folder, one that is no PDF, one that is empty, and what is no package."""
    folder = tmp_path_factory.mktemp("incoming")
    some_packages(folder, 3)
    package(folder / "thick", name="a.pdf")
    package(folder / "thick", "w2", name="b.PDF", start=9)
    package(folder, "paystub", name="thick.pdf")
    (folder / "odd.pdf").write_bytes(b"GIF89a odd")
    (folder / "nothing").mkdir()
    (folder / "readme.txt").write_text("not a package")
    (folder / ".hidden").mkdir()
    return folder


@pytest.fixture(scope="module")
def ran(incoming, taxonomy, tmp_path_factory):
    """The batch of these, by one worker."""
    out = tmp_path_factory.mktemp("ran") / "out"
    return batch(incoming, out, taxonomy), out


def test_a_batch_of_n_is_n_runs(incoming, ran, taxonomy, tmp_path):
    """Each package has the very case that a run of it alone makes."""
    _, out = ran
    rows = {row["package"]: row for row in summary_of(out)["packages"]}
    assert {"loan-0000.pdf", "loan-0001.pdf", "loan-0002.pdf", "nothing", "odd.pdf", "thick", "thick.pdf"} == set(rows)
    for name, row in rows.items():
        alone = cli("run", incoming / name, "--out", tmp_path / row["name"], "--taxonomy", taxonomy)
        if row["state"] == "failed":
            assert 3 == alone.code and "nothing" == name
            continue
        (folder,) = (tmp_path / row["name"]).iterdir()
        case = case_of(folder)
        assert result_of(out / "cases" / row["name"]) == result_of(folder) if row["documents"] else True
        assert (row["case"], row["pages"], row["documents"], row["findings"]) == (
            case["digest"],
            len(case["pages"]),
            len(case["documents"]),
            len(case["findings"]),
        )
        assert row["accepted"] == sum(each["status"] == "accepted" for each in case["pages"])
        assert ("refused" if alone.code else "done") == row["state"]


def test_what_is_told_of_a_batch(incoming, ran):
    """The table, the dead letters with their mend, what was passed over, and an exit code of its own."""
    said, out = ran

    assert 11 == said.code
    assert "1 file passed over, being no PDF: readme.txt" in said.err
    assert "odd.pdf: odd.pdf: it is not a PDF but looks like gif; convert it to PDF" in said.err
    assert "nothing: the folder holds no file named *.pdf" in said.err
    assert f"summary {out}/summary.json" in said.out
    assert ["nothing", "odd.pdf"] == [letter["package"] for letter in letters_of(out)]
    assert [["NoPackage"], ["NotPdf"]] == [[each["reason"] for each in row["reasons"]] for row in letters_of(out)]
    assert {"thick": "thick", "thick.pdf": "thick.pdf"}.items() <= {
        row["package"]: row["name"] for row in summary_of(out)["packages"]
    }.items()


def test_the_summary_meets_its_schema(ran):
    """What is written is what the contract says, and every member is told."""
    schema = json.loads((ROOT / "docs/reference/batch.schema.json").read_text("utf-8"))
    told = (ROOT / "docs/reference/batch-json.md").read_text("utf-8")
    summary = summary_of(ran[1])
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.Draft202012Validator(schema).validate(summary)

    assert set(summary) == set(schema["properties"])
    assert {member for row in summary["packages"] for member in row} == set(schema["$defs"]["package"]["properties"])
    for name in (*schema["properties"], *schema["$defs"]["package"]["properties"], *summary["totals"]):
        assert f"`{name}" in told, name


def test_the_tables_say_the_same(ran):
    """Rows and totals of the spreadsheet and the page are those of the summary."""
    _, out = ran
    summary = summary_of(out)
    rows = list(csv.DictReader(io.StringIO((out / "summary.csv").read_text("utf-8"))))
    shown = (out / "summary.html").read_text("utf-8")

    assert [row["package"] for row in summary["packages"]] == [row["package"] for row in rows]
    assert summary["totals"]["pages"] == sum(int(row["pages"] or 0) for row in rows)
    assert "7 packages" in shown and "convert it to PDF" in shown
    assert "<script" not in shown and "http" not in shown.replace("http-equiv", "")


def test_order_and_number_of_workers_do_not_matter(incoming, ran, taxonomy, tmp_path):
    """Three workers write the bytes that one does."""
    batch(incoming, tmp_path / "out", taxonomy, "--workers", "3")

    for name in ("summary.json", "summary.csv", "summary.html"):
        assert (ran[1] / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_nothing_is_done_twice(incoming, ran, taxonomy):
    """The same command again does nothing, says the same, and begins no attempt."""
    _, out = ran
    before = {path: path.stat().st_mtime_ns for path in (out / "cases").rglob("*")}
    events, summary = events_of(out), (out / "summary.json").read_bytes()

    said = batch(incoming, out, taxonomy)

    assert 11 == said.code
    assert events == events_of(out)
    assert summary == (out / "summary.json").read_bytes()
    assert before == {path: path.stat().st_mtime_ns for path in (out / "cases").rglob("*")}


def test_a_batch_grows(taxonomy, tmp_path):
    """First the first, then the rest, then what came since: the end is that of one run."""
    folder = some_packages(tmp_path / "in", 4)
    assert 0 == batch(folder, tmp_path / "out", taxonomy, "--limit", "2").code
    assert 2 == summary_of(tmp_path / "out")["totals"]["packages"]
    assert 0 == batch(folder, tmp_path / "out", taxonomy).code
    package(folder, "w2", name="zzz.pdf")
    assert 0 == batch(folder, tmp_path / "out", taxonomy).code
    assert 0 == batch(folder, tmp_path / "once", taxonomy).code

    assert (tmp_path / "once/summary.json").read_bytes() == (tmp_path / "out/summary.json").read_bytes()
    assert 5 == sum(event["kind"] == "AttemptBegan" for event in events_of(tmp_path / "out"))


def test_dead_letters_are_mended(taxonomy, tmp_path):
    """A better copy is taken by itself; what was mended elsewhere is tried with --again."""
    folder = tmp_path / "in"
    package(folder, "w2", name="good.pdf")
    (folder / "bad.pdf").write_bytes(b"no PDF")
    out = tmp_path / "out"
    assert 11 == batch(folder, out, taxonomy).code
    assert 11 == batch(folder, out, taxonomy, "--again").code
    assert 3 == sum(event["kind"] == "AttemptBegan" for event in events_of(out)), "the good one is not run again"

    package(folder, "w2", name="bad.pdf")
    said = batch(folder, out, taxonomy)

    assert 11 == said.code, "its case is that of another file"
    assert "another case is already there" in said.err


def test_another_batch_is_not_mixed_in(taxonomy, tmp_path):
    """An output belongs to one input and one way of deciding."""
    folder = some_packages(tmp_path / "in", 1)
    assert 0 == batch(folder, tmp_path / "out", taxonomy).code
    other = batch(some_packages(tmp_path / "other", 1), tmp_path / "out", taxonomy)
    typed = batch(folder, tmp_path / "out", taxonomy, "--file-type", "purchase")

    assert 8 == other.code and "another batch is already there; the input differ" in other.err
    assert 8 == typed.code and "file type" in typed.err


def test_a_broken_manifest_is_told(taxonomy, tmp_path):
    """A line that is no event is named; a torn last line is a crash, and no fault."""
    folder, out = some_packages(tmp_path / "in", 1), tmp_path / "out"
    assert 0 == batch(folder, out, taxonomy).code
    manifest = out / "manifest.jsonl"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole + b'{"at":"2026')
    assert 0 == batch(folder, out, taxonomy).code
    assert whole == manifest.read_bytes()
    lines = whole.splitlines(keepends=True)
    manifest.write_bytes(b"".join([*lines[:2], b"{}\n", *lines[2:]]))

    said = batch(folder, out, taxonomy)

    assert 8 == said.code and "line 3 of the manifest" in said.err


def test_two_at_once_are_one(taxonomy, tmp_path):
    """A batch that another process writes to is left to it."""
    import fcntl

    folder, out = some_packages(tmp_path / "in", 1), tmp_path / "out"
    out.mkdir()
    with (out / "manifest.jsonl").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = batch(folder, out, taxonomy)

    assert 8 == said.code and "another process is writing to this batch" in said.err


@pytest.mark.parametrize(
    ("folder", "out", "code", "words"),
    [
        ("missing", "out", 3, "there is no such folder"),
        ("in/loan-0000.pdf", "out", 3, "use `casefold run`"),
        ("in", "in", 2, "the cases would be among the packages"),
        ("out/cases/x", "out", 2, "the cases would be among the packages"),
        ("ftp://bucket/in", "out", 2, "it is none of a folder, s3://bucket/prefix"),
        ("s3://Bad_Bucket!/in", "out", 2, "is no name of a bucket"),
        ("s3://papers/in", "s3://papers/in/out", 2, "the cases would be among the packages"),
    ],
)
def test_what_cannot_be_a_batch_is_told(taxonomy, tmp_path, monkeypatch, folder, out, code, words):
    """What, where, and how to mend it."""
    some_packages(tmp_path / "in", 1)
    monkeypatch.chdir(tmp_path)

    said = batch(folder, out, taxonomy)

    assert code == said.code, said.err
    assert words in said.err


def test_an_output_in_the_input_is_no_package(taxonomy, tmp_path, monkeypatch):
    """`casefold batch . --out out` does not find its own cases."""
    monkeypatch.chdir(some_packages(tmp_path / "in", 1))
    for _ in range(2):
        assert 0 == batch(".", "out", taxonomy).code

    assert 1 == summary_of(tmp_path / "in/out")["totals"]["packages"]


def test_a_policy_decides_every_package(tmp_path, taxonomy):
    """Each on its own facts; a package without facts is a dead letter; the instant is the batch's."""
    from tests.core.lending_policy import GOOD, POLICY

    from casefold.kernel.canonical import canonical
    from casefold.policy.codec import policy_value
    from casefold_shells.policies import json_text

    folder = some_packages(tmp_path / "in", 2)
    policy, facts = tmp_path / "policy.json", tmp_path / "facts"
    facts.mkdir()
    policy.write_bytes(canonical(policy_value(POLICY)))
    (facts / "loan-0000.json").write_text(json_text(dict(GOOD)))

    said = batch(folder, tmp_path / "out", taxonomy, "--policy", policy, "--facts", facts)

    assert 11 == said.code
    summary = summary_of(tmp_path / "out")
    assert summary["as_of"] is not None
    (decided, lacking) = summary["packages"]
    case = case_of(tmp_path / "out/cases/loan-0000")
    assert {decided["decision"]: 1} == summary["totals"]["decisions"]
    assert decided["case"] == case["digest"]
    assert "NoFacts" == lacking["reason"]

    (facts / "loan-0001.json").write_text(json_text(dict(GOOD)))
    assert 0 == batch(folder, tmp_path / "out", taxonomy, "--policy", policy, "--facts", facts).code
    assert summary["as_of"] == summary_of(tmp_path / "out")["as_of"]


def test_progress_is_lines_where_nobody_watches():
    """Done, pages, rate, time left and failures, in a line."""
    from rich.console import Console

    from casefold.batch.events import CaseRow, Fault
    from casefold.batch.state import Package, State
    from casefold_shells.cli.progress import BatchProgress

    progress = BatchProgress(Console(file=io.StringIO()), 10, 2)
    row = CaseRow("a", "b", 12, 12, 1, 0)
    progress.begun(Package("a", "a", "1"))
    progress.reading("a", 5)
    progress.ended(Package("a", "a", "1", State.DONE, row=row))
    progress.ended(Package("b", "b", "1", State.OPEN, fault=Fault("x", "y", passing=True)))
    progress.ended(Package("b", "b", "1", State.FAILED, fault=Fault("x", "y", passing=True)))

    said = progress.words()

    assert said.startswith("12 pages, ") and "pages/s" in said and "left" in said
    assert said.endswith("1 failed, 1 tried again")


def descendants(root):
    """Every process below *root* that still runs."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            except (OSError, ValueError):
                continue
            if state != "Z":
                parents[int(folder.name)] = int(parent)
    found, layer = [], [root]
    while layer:
        layer = [child for child, parent in parents.items() if parent in layer]
        found += layer
    return found


def running(processes):
    """Those of *processes* that still run."""
    return [each for each in processes if Path(f"/proc/{each}/exe").exists()]


def ends_in(out):
    """How many packages of a batch are through."""
    manifest = out / "manifest.jsonl"
    return manifest.read_bytes().count(b"AttemptEnded") if manifest.exists() else 0


def workers_of(root):
    """The worker processes of a batch."""
    found = []
    for process in descendants(root):
        try:
            said = Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            continue
        if b"casefold_shells.batch.worker" in said:
            found.append(process)
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are read from /proc")
def test_killed_workers_lose_nothing_and_double_nothing(tmp_path, taxonomy):
    """`kill -9` of a worker at moments drawn from a seed: each costs at most one attempt, and the end is the same."""
    folder = some_packages(tmp_path / "in", KILLS + 2, pages_max=20)
    assert 0 == batch(folder, tmp_path / "calm", taxonomy, "--workers", "2").code
    chance, killed = random.Random(11), 0
    command = ["batch", folder, "--out", tmp_path / "out", "--taxonomy", taxonomy, "--workers", "2", "--retries", "40"]
    with program(*command) as process:
        while process.poll() is None and killed < KILLS:
            # Sleeping is the subject here: the moment at which the kill falls.
            time.sleep(chance.uniform(0.02, 0.6))
            workers = sorted(workers_of(process.pid))
            if workers:
                try:
                    os.kill(chance.choice(workers), signal.SIGKILL)
                except ProcessLookupError:
                    continue
                killed += 1
        _, err = process.communicate()

    assert 0 == process.returncode, err
    assert KILLS == killed
    assert (tmp_path / "calm/summary.json").read_bytes() == (tmp_path / "out/summary.json").read_bytes()
    ends = [event["package"] for event in events_of(tmp_path / "out") if event["kind"] == "AttemptEnded"]
    assert sorted(ends) == [path.name for path in sorted(folder.iterdir())], "every package ends exactly once"
    failed = [event for event in events_of(tmp_path / "out") if event["kind"] == "AttemptFailed"]
    assert len(failed) <= killed
    for path in sorted(folder.iterdir()):
        assert 0 == cli("verify", tmp_path / "out/cases" / path.stem).code


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are read from /proc")
def test_a_killed_batch_goes_on(tmp_path, taxonomy):
    """`kill -9` of the batch itself: its workers end with it, and the same command goes on."""
    folder = some_packages(tmp_path / "in", 6)
    command = ["batch", folder, "--out", tmp_path / "out", "--taxonomy", taxonomy, "--workers", "2"]
    for ended in (1, 3):
        with program(*command) as process:
            assert eventually(lambda ended=ended: ends_in(tmp_path / "out") >= ended)
            below = descendants(process.pid)
            process.kill()
            process.wait()
        assert below
        assert eventually(lambda below=below: not running(below)), "nobody is left"

    assert 0 == cli(*command).code
    assert 0 == batch(folder, tmp_path / "calm", taxonomy).code
    assert (tmp_path / "calm/summary.json").read_bytes() == (tmp_path / "out/summary.json").read_bytes()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="process groups are read from /proc")
@pytest.mark.parametrize("twice", [False, True])
def test_ctrl_c_ends_cleanly(tmp_path, taxonomy, twice):
    """Once lets packages end, twice abandons them; either says how to go on, leaves nobody, and nothing is lost."""
    folder = some_packages(tmp_path / "in", 6, pages_max=20)
    command = ["batch", folder, "--out", tmp_path / "out", "--taxonomy", taxonomy, "--workers", "2"]
    with program(*command) as process:
        assert eventually(lambda: ends_in(tmp_path / "out") >= 1)
        below = descendants(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        if twice:
            time.sleep(0.05)
            os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate()

    assert 130 == process.returncode, err
    assert "Run the same command to go on" in err and "Traceback" not in err
    assert eventually(lambda: not running(below))
    assert [] == members(process.pid)
    kinds = [event["kind"] for event in events_of(tmp_path / "out")]
    assert kinds.count("AttemptBegan") == sum(kinds.count(f"Attempt{end}") for end in ("Ended", "Failed", "Abandoned"))
    assert 0 < summary_of(tmp_path / "out")["totals"]["open"]
    assert 0 == cli(*command).code
    assert 0 == summary_of(tmp_path / "out")["totals"]["open"]
