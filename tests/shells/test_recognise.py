"""Scans and pictures on the command line: recognised, written, verified, and the same however often a worker dies."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.adapters.ocr_data import installed
from tests.adapters.pictures import STUB, W2, encoded, kept, sheet, tiff
from tests.shells.conftest import case_of, cli, package, result_of

SHEETS = (W2, STUB, W2, "", STUB, W2)


def loan(folder: Path) -> Path:
    """A folder of a PDF, a photograph and a fax: as borrowers send them."""
    place = folder / "loan"
    package(place, "bank_statement", "nothing", name="a.pdf")
    kept(place, "b.jpg", encoded(sheet(W2, mode="RGB"), "JPEG"))
    kept(place, "c.tif", tiff(*map(sheet, SHEETS)))
    return place


def command(source: Path, out: Path, taxonomy: Path, *more: object) -> list[object]:
    return ["run", source, "--out", out, "--taxonomy", taxonomy, *more]


def test_pictures_of_pages_are_labelled_and_written(tmp_path: Path, taxonomy: Path):
    """Scans are accepted on what is recognised; every page says where its words are from; all of it verifies."""
    installed()
    source = loan(tmp_path)
    said = cli(*command(source, tmp_path / "cases", taxonomy, "--ocr", "tesseract", "--workers", 2))

    assert 0 == said.code, said.err
    case = case_of(tmp_path / "cases/loan")
    assert ["layer"] * 2 + ["ocr"] * 7 == [page["origin"] for page in case["pages"]]
    assert {"trusted", "absent"} == {page["layer"] for page in case["pages"]}
    labels = [page["label"] for page in case["pages"][2:]]
    assert ["w2", "w2", "paystub", "w2"] == labels[:4]
    assert all(page["recognition"]["engine"] == "tesseract" for page in case["pages"][2:])
    assert all(page["recognition"]["confidence"] > 700_000 for page in case["pages"][2:6])
    assert "blank" == case["pages"][6]["reason"]
    assert all(document["file"] for document in case["documents"])
    assert 0 == cli("verify", tmp_path / "cases/loan").code
    assert 0 == cli("replay", tmp_path / "cases/loan").code


def test_quick_and_thorough_end_in_the_same_labels(tmp_path: Path, taxonomy: Path):
    """Tops first, then whole pages where labels stay unsure: what is printed at the top is found either way."""
    installed()
    source = loan(tmp_path)
    labels = {}
    for name, more in {"full": [], "quick": ["--ocr-quick"]}.items():
        assert 0 == cli(*command(source, tmp_path / name, taxonomy, "--ocr", "tesseract", *more)).code
        pages = case_of(tmp_path / name / "loan")["pages"]
        labels[name] = [page["label"] for page in pages]
        assert 0 == cli("verify", tmp_path / name / "loan").code

    assert labels["full"] == labels["quick"]


def test_without_an_engine_scans_wait_for_a_person(tmp_path: Path, taxonomy: Path):
    """Nothing is guessed of them; and the case goes on as it was begun, engine or not."""
    source = loan(tmp_path)
    assert 0 == cli(*command(source, tmp_path / "cases", taxonomy, "--ocr", "none")).code
    case = case_of(tmp_path / "cases/loan")
    again = cli(*command(source, tmp_path / "cases", taxonomy))

    assert {"no_text"} == {page["reason"] for page in case["pages"][2:]}
    assert {None} == {page["recognition"] for page in case["pages"]}
    assert 0 == again.code, again.err
    assert case["digest"] == case_of(tmp_path / "cases/loan")["digest"]


def test_a_language_that_is_not_here_is_said_before_anything(tmp_path: Path, taxonomy: Path):
    """One line that says what to install; no folder is made."""
    installed()
    more = ("--ocr", "tesseract", "--ocr-language", "xyz")
    said = cli(*command(loan(tmp_path), tmp_path / "cases", taxonomy, *more))

    assert 2 == said.code
    assert "xyz" in said.err and "apt-get install" in said.err
    assert not (tmp_path / "cases").exists()


def workers_of(group: int) -> list[int]:
    """Name the recognising workers of a session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            session = int((folder / "stat").read_text().rpartition(")")[2].split()[3])
            if session == group and b"casefold_adapters.ocr.worker" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except (OSError, ValueError):
            continue
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are read from /proc")
def test_killed_workers_leave_no_mark(tmp_path: Path, taxonomy: Path):
    """`kill -9` of workers at moments spread over a run: no page is lost, and the result is the same to the byte."""
    installed()
    source = loan(tmp_path)
    assert 0 == cli(*command(source, tmp_path / "calm", taxonomy, "--ocr", "tesseract")).code
    chance, killed = random.Random(4), 0
    environment = {**os.environ, "CASEFOLD_CACHE": str(tmp_path / "nothing-kept-before")}
    words = ["-c", "from casefold_shells.cli import main; main()"]
    arguments = [str(each) for each in command(source, tmp_path / "wild", taxonomy, "--ocr", "tesseract")]
    with subprocess.Popen(
        [sys.executable, *words, *arguments], stdout=subprocess.DEVNULL, start_new_session=True, env=environment
    ) as process:
        while process.poll() is None:
            # Each page has a worker for three tries; two deaths in all can take no page.
            if killed < 2 and (found := workers_of(process.pid)):
                time.sleep(chance.random() / 4)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(found), signal.SIGKILL)
                killed += 1
            time.sleep(0.01)

    assert 0 == process.returncode
    assert killed
    assert result_of(tmp_path / "calm/loan") == result_of(tmp_path / "wild/loan")
    log = [json.loads(line)["event"] for line in (tmp_path / "wild/loan/events.jsonl").read_text().splitlines()]
    recognised = [event for event in log if event["kind"] == "PagesRecognised"]
    assert recognised
    assert not any(event.get("lost") for event in recognised)
