"""``casefold calibrate`` says of real files that they show too little, and of enough generated ones what they show."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.shells.conftest import case_of, cli, complaints, package

from casefold.kernel.results import Failure
from casefold.pages.certificates import Certificate, Level, Stage, Standing, Stratum
from casefold.pages.labels import Thresholds, under
from casefold.pages.text import TextOrigin
from casefold_shells.thresholds import read_thresholds, thresholds_toml

KINDS = ("w2", "bank_statement", "bank_more", "paystub", "nothing", "w2")
TRUTH = [
    {"page": 1, "label": "w2", "doc": "a"},
    {"page": 2, "label": "bank_statement", "doc": "b"},
    {"page": 3, "label": "bank_statement", "doc": "b"},
    {"page": 4, "label": "paystub", "doc": "c"},
    {"page": 5, "label": "other.letter", "doc": "d"},
    {"page": 6, "label": "w2", "doc": "e"},
]
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One package and its labels, told many times over: each name is another package to the sample."""
    folder = tmp_path_factory.mktemp("labelled")
    package(folder, *KINDS, name="loan-000.pdf")
    (folder / "loan-000.truth.json").write_text(json.dumps(TRUTH))
    return folder


@pytest.fixture(scope="module")
def many(labelled: Path, tmp_path_factory: pytest.TempPathFactory, taxonomy: Path) -> tuple[Path, Path]:
    """So many packages that one error in twenty can be shown, and their cases: copies of one that was run."""
    root, cases = tmp_path_factory.mktemp("many"), tmp_path_factory.mktemp("cases")
    truth = labelled / "loan-000.truth.json"
    assert 0 == cli("eval", truth, "--cases", cases, "--taxonomy", taxonomy).code
    case = (cases / "loan-000" / "case.json").read_bytes()
    for number in range(60):
        name = f"loan-{number:03}"
        (root / f"{name}.pdf").write_bytes(b"")
        (root / f"{name}.truth.json").write_text(json.dumps(TRUTH))
        (cases / name).mkdir(exist_ok=True)
        (cases / name / "case.json").write_bytes(case)
    return root, cases


def calibrated(*arguments: object) -> dict[str, Any]:
    said = cli("calibrate", *arguments, "--date", DAY, "--json")
    assert 0 == said.code, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


def test_few_packages_certify_nothing(labelled: Path, tmp_path: Path, taxonomy: Path):
    """Each kind says how many more right ones it takes, and asks for a person until then."""
    out = tmp_path / "thresholds.toml"
    found = calibrated(labelled, "--out", out, "--taxonomy", taxonomy)
    rows = {(row["level"], row["label"]): row for row in found["strata"]}

    assert 0 == found["certified"]
    assert {"uncertified"} == {row["standing"] for row in rows.values()}
    assert 298 == rows["page", "w2"]["more"], "two pages of one package are one"
    assert tomllib.loads(out.read_text())["otherwise"] == "review"
    assert "uncertified" in (tmp_path / "calibration.html").read_text()


def test_enough_packages_certify_a_kind(many: tuple[Path, Path], tmp_path: Path, taxonomy: Path):
    """59 without an error show one in twenty at 95 %; each bears n, errors, bound and threshold."""
    root, cases = many
    out = tmp_path / "thresholds.toml"
    found = calibrated(root, "--cases", cases, "--risk", "0.05", "--out", out, "--taxonomy", taxonomy)
    rows = {(row["level"], row["label"]): row for row in found["strata"]}

    assert "certified" == rows["page", "w2"]["standing"]
    assert (60, 0) == (rows["page", "w2"]["accepted"], rows["page", "w2"]["wrong"])
    assert rows["page", "w2"]["bound_ppm"] <= 50_000
    assert 60 == found["certificate"]["packages"]
    assert DAY == found["certificate"]["date"]


def test_the_same_packages_give_the_same_bytes(many: tuple[Path, Path], tmp_path: Path, taxonomy: Path):
    """Thresholds, page and figures, in whatever order the labels are named."""
    root, cases = many
    truths = sorted(root.glob("*.truth.json"))
    for name, given in (("one", truths), ("other", truths[::-1])):
        calibrated(*given, "--cases", cases, "--out", tmp_path / name / "t.toml", "--taxonomy", taxonomy)

    for file in ("t.toml", "calibration.html", "calibration.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


def test_a_run_under_certified_thresholds_says_so(
    many: tuple[Path, Path], labelled: Path, tmp_path: Path, taxonomy: Path
):
    """In case.json, of pages and documents; what is not certified waits for a person; the case verifies and replays."""
    root, cases = many
    out = tmp_path / "thresholds.toml"
    calibrated(root, "--cases", cases, "--risk", "0.05", "--out", out, "--taxonomy", taxonomy)
    loan = labelled / "loan-000.pdf"
    said = cli("run", loan, "--out", tmp_path / "out", "--taxonomy", taxonomy, "--thresholds", out)
    case = case_of(tmp_path / "out" / "loan-000")

    assert 0 == said.code, said.err
    assert [] == case["thresholds"]["certificate"]["void"]
    assert "certified" == case["pages"][0]["certificate"]
    assert ("review", None) == (case["pages"][4]["status"], case["pages"][4]["certificate"])
    assert "certificate" in (tmp_path / "out" / "loan-000" / "report.html").read_text()
    assert 0 == cli("verify", tmp_path / "out" / "loan-000").code
    assert 0 == cli("replay", tmp_path / "out" / "loan-000").code
    measured = json.loads(
        cli("eval", labelled / "loan-000.truth.json", "--taxonomy", taxonomy, "--thresholds", out, "--json").out
    )
    assert measured["all"]["certified_pages"] >= 2


def test_another_taxonomy_voids_the_certificate(
    many: tuple[Path, Path], labelled: Path, tmp_path: Path, taxonomy: Path
):
    """The run says which stage changed, and nothing is called certified."""
    root, cases = many
    out = tmp_path / "thresholds.toml"
    calibrated(root, "--cases", cases, "--risk", "0.05", "--out", out, "--taxonomy", taxonomy)
    other = tmp_path / "other.toml"
    other.write_text(taxonomy.read_text().replace('version = "1.0.0"', 'version = "1.0.1"'))
    said = cli("run", labelled / "loan-000.pdf", "--out", tmp_path / "out", "--taxonomy", other, "--thresholds", out)
    case = case_of(tmp_path / "out" / "loan-000")

    assert "void" in said.err and "taxonomy" in said.err
    assert ["taxonomy"] == case["thresholds"]["certificate"]["void"]
    assert "certified" not in {page["certificate"] for page in case["pages"]}


def test_default_thresholds_are_called_uncertified(labelled: Path, tmp_path: Path, taxonomy: Path):
    """A label that is accepted by convention says so."""
    cli("run", labelled / "loan-000.pdf", "--out", tmp_path, "--taxonomy", taxonomy)
    case = case_of(tmp_path / "loan-000")

    assert "certificate" not in case["thresholds"]
    assert {"uncertified"} == {page["certificate"] for page in case["pages"] if page["status"] == "accepted"}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--risk", "0"], "--risk"),
        (["--risk", "2"], "--risk"),
        (["--risk", "much"], "--risk"),
        (["--confidence", "1"], "--confidence"),
        (["--date", "soon"], "--date"),
        (["--review-cost", "-1"], "--review-cost"),
    ],
)
def test_what_cannot_be_asked_is_refused(labelled: Path, tmp_path: Path, arguments: list[str], word: str):
    """One line that names the option."""
    said = cli("calibrate", labelled, "--out", tmp_path / "t.toml", *arguments)

    assert 2 == said.code
    assert 1 == len(complaints(said)) and word in said.err


CERTIFICATE = Certificate(10_000, 50_000, 400, "1", DAY, (Stage("semantics", "1"), Stage("taxonomy", "sha256:ä")))
ROWS = (
    Stratum(Level.PAGE, "w2", TextOrigin.LAYER, 999_001, Standing.CERTIFIED, 300, 0, 9_937, 0),
    Stratum(Level.PAGE, "w2", TextOrigin.OCR, 999_001, Standing.CERTIFIED, 473, 1, 9_990, 0, borrowed=True),
    Stratum(Level.DOCUMENT, "w2", TextOrigin.OCR, 1_000_001, Standing.UNCERTIFIED, 3, 3, 1_000_000, None),
)


def test_thresholds_are_read_as_they_were_written(tmp_path: Path):
    """To the last part in a million, and with what no number of packages would mend."""
    thresholds = Thresholds("calibrated", DAY, 990_000, strata=ROWS, certificate=CERTIFICATE)
    path = tmp_path / "t.toml"
    path.write_text(thresholds_toml(thresholds).replace("packages = 400", "packages = 473"))
    read = read_thresholds(path)

    assert not isinstance(read, Failure), read
    assert ROWS == read.unwrap().strata
    assert 990_000 == read.unwrap().confidence_min_ppm


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("wrong = 0", "wrong = 1", "certified"),
        ("accepted = 300", "accepted = 9000", "certified"),
        ('contract = "casefold/thresholds/1"', "", "contract"),
        ("risk = 0.01", "risk = 0.0", "risk"),
        ("confidence_min = 0.999001", 'confidence_min = "sure"', "confidence_min"),
        ("confidence_min = 0.999001", "confidence_min = 0.9990001", "confidence_min"),
        ('label = "w2"', 'label = "w2"\nlovely = true', "lovely"),
        ("[certificate]", "[certificate", "TOML"),
    ],
)
def test_thresholds_that_contradict_themselves_are_refused(tmp_path: Path, old: str, new: str, word: str):
    """A certificate is believed as far as its own counts bear it out."""
    thresholds = Thresholds("calibrated", DAY, 990_000, strata=ROWS[:1], certificate=CERTIFICATE)
    text = thresholds_toml(thresholds)
    assert old in text
    path = tmp_path / "t.toml"
    path.write_text(text.replace(old, new))
    read = read_thresholds(path)

    assert isinstance(read, Failure)
    assert any(word in problem for problem in read.failure().problems), read.failure().problems
    assert 2 == cli("run", tmp_path, "--out", tmp_path / "out", "--thresholds", path).code


def test_a_void_certificate_asks_for_what_is_not_certified():
    """Its thresholds are passed over, of pages and documents alike."""
    thresholds = Thresholds("calibrated", DAY, 990_000, strata=ROWS, certificate=CERTIFICATE)
    void = under(thresholds, (Stage("semantics", "2"), Stage("taxonomy", "sha256:ä")))

    assert ("semantics",) == void.void
    assert 999_001 == thresholds.confidence_min("w2")
    assert 990_000 == void.confidence_min("w2")
    assert Standing.UNCERTIFIED is void.standing("w2")
    assert thresholds == under(thresholds, CERTIFICATE.stages)
