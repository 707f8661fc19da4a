"""Rules and a language model are certified together: what is shown holds of packages that were not calibrated on."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.adapters.llm_servers import llm_server, numbers_of, oracle_by_text
from tests.adapters.pdf_files import page, pdf, text
from tests.shells.conftest import WORDS, case_of, cli, package

KINDS = ("w2", "nothing", "bank_statement", "bank_more", "paystub", "bank_statement")
"""Page 2 goes on with page 1, and nothing on it says so: only who sees the page can tell."""

TRUTH = [
    {"page": 1, "label": "w2", "doc": "a"},
    {"page": 2, "label": "w2", "doc": "a"},
    {"page": 3, "label": "bank_statement", "doc": "b"},
    {"page": 4, "label": "bank_statement", "doc": "b"},
    {"page": 5, "label": "paystub", "doc": "c"},
    {"page": 6, "label": "bank_statement", "doc": "d"},
]
WRONG = 0.05
SAMPLE, FRESH = 60, 15
RISK = 0.05


def packages(folder: Path, first: int, count: int) -> dict[str, tuple[str, bool]]:
    """Write packages with their labels, and give the truth by what each page says."""
    truth: dict[str, tuple[str, bool]] = {}
    for number in range(first, first + count):
        package(folder, *KINDS, name=f"loan-{number:03}.pdf", start=10 * number)
        (folder / f"loan-{number:03}.truth.json").write_text(json.dumps(TRUTH))
        for at, (kind, row) in enumerate(zip(KINDS, TRUTH, strict=True)):
            starts = at == 0 or row["doc"] != TRUTH[at - 1]["doc"]
            truth[f"{WORDS[kind]} sheet {10 * number + at}"] = str(row["label"]), starts
    return truth


def told(path: Path, url: str, budget: str = "1") -> Path:
    path.write_text(
        f'base_url = "{url}"\nmodel = "law-1"\nprices = "gpt-5-mini"\nbudget_usd = {budget}\npictures = false\n'
        f'[accuracy]\nlabel = {1 - WRONG}\nboundary = {1 - WRONG}\nsettled = 0.7\nmeasured_on = "a simulator"\n'
    )
    return path


@pytest.fixture(scope="module")
def cascade(tmp_path_factory: pytest.TempPathFactory, taxonomy: Path) -> dict[str, Any]:
    """A calibration over HTTP, and fresh packages under its thresholds."""
    folder = tmp_path_factory.mktemp("cascade")
    truth = packages(folder / "sample", 100, SAMPLE) | packages(folder / "fresh", 500, FRESH)
    with llm_server(answer=oracle_by_text(truth, WRONG)) as server:
        vision, thresholds = told(folder / "vision.toml", server.url), folder / "thresholds.toml"
        common = ("--taxonomy", taxonomy, "--vision", vision, "--json")
        calibrated = cli("calibrate", folder / "sample", *common, "--risk", RISK, "--out", thresholds)
        assert 0 == calibrated.code, calibrated.err
        before = len(server.asked)
        fresh = cli("eval", "--suite", folder / "fresh", *common, "--thresholds", thresholds)
        assert 0 == fresh.code, fresh.err
        asked = [page for request in server.asked[before:] for page in numbers_of(request)]
    return {
        "folder": folder,
        "truth": truth,
        "vision": vision,
        "thresholds": thresholds,
        "calibrated": json.loads(calibrated.out),
        "fresh": json.loads(fresh.out),
        "asked": asked,
    }


def test_a_certified_cascade_errs_less_than_was_certified(cascade: dict[str, Any]):
    """At a fraction of what it costs to ask about every page; and what it accepts is not nothing."""
    found, asked = cascade["fresh"]["all"], cascade["fresh"]["asked"]
    certified = [row for row in cascade["calibrated"]["strata"] if row["standing"] == "certified"]

    assert {"bank_statement", "paystub"} <= {row["label"] for row in certified if row["level"] == "page"}
    assert found["coverage"] > 0.6
    assert 1 - found["accepted_right"] <= max(row["bound_ppm"] for row in certified) / 1_000_000 <= RISK
    assert float(asked["forecast_usd"]) <= 0.25 * float(asked["forecast_every_page_usd"])
    assert 0 < asked["asked"] < asked["pages"] / 4


def test_a_certificate_names_the_language_model(cascade: dict[str, Any]):
    """What may be asked, at what price and how, is one of its stages; so is the wording."""
    stages = {stage["name"] for stage in cascade["calibrated"]["certificate"]["stages"]}

    assert {"language model", "language model: wording"} <= stages


def test_what_is_asked_does_not_hang_on_the_certificate(cascade: dict[str, Any], tmp_path: Path, taxonomy: Path):
    """Questions are those of the calibration, whatever the thresholds accept: else it showed something else."""
    with llm_server(answer=oracle_by_text(cascade["truth"], WRONG)) as server:
        vision = told(tmp_path / "vision.toml", server.url)
        said = cli("eval", "--suite", cascade["folder"] / "fresh", "--taxonomy", taxonomy, "--vision", vision)
        asked = [page for request in server.asked for page in numbers_of(request)]

    assert 0 == said.code, said.err
    assert "asked about" in said.out
    assert asked == cascade["asked"]


@pytest.mark.parametrize("more", [("--budget", "0.5"), ()])
def test_another_language_model_or_none_voids_the_certificate(
    cascade: dict[str, Any], more: tuple[str, ...], tmp_path: Path, taxonomy: Path
):
    """Another budget asks otherwise, and without a model nobody answers: either way nothing is certified."""
    loan = cascade["folder"] / "fresh/loan-500.pdf"
    with llm_server(answer=oracle_by_text(cascade["truth"], WRONG)) as server:
        asking = ("--vision", told(tmp_path / "vision.toml", server.url), *more) if more else ()
        said = cli("run", loan, "--out", tmp_path, "--taxonomy", taxonomy, "--thresholds", cascade["thresholds"],
                   *asking)  # fmt: skip

    assert 0 == said.code, said.err
    assert "its certificate is void" in said.err and "language model" in said.err
    assert all(page["certificate"] != "certified" for page in case_of(tmp_path / "loan-500")["pages"])


def test_a_page_that_nobody_answered_is_in_the_sample(tmp_path: Path, taxonomy: Path):
    """Money was short, but other thresholds may be content with what is known of it: to leave it out would flatter."""
    words = text("The opening balance of May", 72, 700)
    (tmp_path / "loan.pdf").write_bytes(pdf(page(words), page(text(WORDS["nothing"], 72, 700))))
    rows = [{"page": 1, "label": "bank_statement", "doc": "a"}, {"page": 2, "label": "other.letter", "doc": "b"}]
    (tmp_path / "loan.truth.json").write_text(json.dumps(rows))
    vision = told(tmp_path / "vision.toml", "http://127.0.0.1:9/v1")
    common = ("eval", tmp_path / "loan.truth.json", "--taxonomy", taxonomy, "--json")
    short = json.loads(cli(*common, "--vision", vision, "--budget", "0.000001").out)["all"]
    without = json.loads(cli(*common).out)["all"]

    assert 1 == short["ranking"]["count"] == without["ranking"]["count"]
    assert 0 == short["coverage"]


def test_a_case_that_was_labelled_otherwise_is_no_sample(cascade: dict[str, Any], tmp_path: Path, taxonomy: Path):
    """A certificate is bound to its stages, so a case that did not go through them says nothing for it."""
    fresh, cases = cascade["folder"] / "fresh/loan-500.truth.json", tmp_path / "cases"
    assert 0 == cli("eval", fresh, "--taxonomy", taxonomy, "--cases", cases).code
    said = cli("calibrate", fresh, "--taxonomy", taxonomy, "--cases", cases, "--vision", cascade["vision"],
               "--out", tmp_path / "t.toml")  # fmt: skip

    assert 8 == said.code
    assert "what a language model may be asked" in said.err
