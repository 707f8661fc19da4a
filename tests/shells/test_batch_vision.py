"""Batches that ask a language model: each package has its budget, so who runs it when does not matter."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.adapters.llm_servers import llm_server, oracle_by_text
from tests.shells.conftest import WORDS, case_of, cli, package
from tests.shells.test_cascade import told

KINDS = ("w2", "nothing", "bank_statement", "nothing")
TRUTH = (("w2", True), ("w2", False), ("bank_statement", True), ("paystub", True))
PACKAGES = 3


@pytest.fixture
def incoming(tmp_path: Path) -> tuple[Path, dict[str, tuple[str, bool]]]:
    """Packages with pages that only a look at them tells, and the truth by what each page says."""
    truth: dict[str, tuple[str, bool]] = {}
    for number in range(PACKAGES):
        package(tmp_path / "in", *KINDS, name=f"loan-{number}.pdf", start=10 * number)
        truth |= {f"{WORDS[kind]} sheet {10 * number + at}": TRUTH[at] for at, kind in enumerate(KINDS)}
    return tmp_path / "in", truth


def summary(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "summary.json").read_bytes())
    return found


def test_a_batch_asks_as_its_runs_would(incoming: tuple[Path, dict[str, Any]], tmp_path: Path, taxonomy: Path):
    """Each package ends as `casefold run` ends it, with two workers as with one; what was spent is added up."""
    folder, truth = incoming
    with llm_server(answer=oracle_by_text(truth)) as server:
        common = ("--taxonomy", taxonomy, "--vision", told(tmp_path / "vision.toml", server.url))
        alone, said = (
            cli("batch", folder, "--out", tmp_path / name, "--workers", workers, *common)
            for name, workers in (("one", 1), ("two", 2))
        )
        assert 0 == cli("run", *sorted(folder.iterdir()), "--out", tmp_path / "runs", *common).code
    one = summary(tmp_path / "one")
    cases = [case_of(tmp_path / "runs" / f"loan-{number}") for number in range(PACKAGES)]

    assert (0, 0) == (alone.code, said.code), said.err
    assert one == summary(tmp_path / "two")
    assert [case["digest"] for case in cases] == [row["case"] for row in one["packages"]]
    assert [2] * PACKAGES == [row["asked"] for row in one["packages"]]
    assert float(one["totals"]["cost_usd"]) == pytest.approx(sum(float(case["vision"]["cost_usd"]) for case in cases))
    assert f"asked about 6 pages for ${one['totals']['cost_usd']}, of $3 at most" in said.out


@pytest.mark.parametrize(("budget", "asked"), [("0.000001", 0), ("1", 2)])
def test_no_package_costs_more_than_its_budget(
    incoming: tuple[Path, dict[str, Any]], tmp_path: Path, taxonomy: Path, budget: str, asked: int
):
    """Nor the whole more than that for each: it is split before anybody spends, so no worker can take another's."""
    folder, truth = incoming
    with llm_server(answer=oracle_by_text(truth)) as server:
        vision = told(tmp_path / "vision.toml", server.url)
        said = cli("batch", folder, "--out", tmp_path / "out", "--workers", 2, "--taxonomy", taxonomy,
                   "--vision", vision, "--budget", budget)  # fmt: skip
        calls = len(server.asked)
    rows = summary(tmp_path / "out")["packages"]

    assert 0 == said.code, said.err
    assert (calls > 0) == (asked > 0)
    assert all(float(row["cost_usd"]) <= float(budget) for row in rows)
    reasons = [page["reason"] for page in case_of(tmp_path / "out/cases/loan-0")["pages"]]
    assert (["budget_exhausted"] * 2 == [reasons[1], reasons[3]]) == (asked == 0)


def test_other_questions_make_another_batch(incoming: tuple[Path, dict[str, Any]], tmp_path: Path, taxonomy: Path):
    """Packages that were asked otherwise are not mixed in."""
    folder, truth = incoming
    with llm_server(answer=oracle_by_text(truth)) as server:
        vision = told(tmp_path / "vision.toml", server.url)
        common = ("--out", tmp_path / "out", "--workers", 1, "--taxonomy", taxonomy)
        codes = [cli("batch", folder, *common, *more).code for more in (("--vision", vision), ())]

    assert [0, 8] == codes


def test_a_bucket_cannot_say_what_a_dead_worker_spent(
    incoming: tuple[Path, dict[str, Any]], tmp_path: Path, taxonomy: Path
):
    """So a batch that asks keeps its cases in a folder."""
    said = cli("batch", incoming[0], "--out", "s3://bucket/out", "--taxonomy", taxonomy,
               "--vision", told(tmp_path / "vision.toml", "http://127.0.0.1:9/v1"))  # fmt: skip

    assert 2 == said.code
    assert "a folder" in said.err
