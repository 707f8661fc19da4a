"""``casefold eval`` agrees with a computation of a few lines, and with the score that is kept apart from casefold."""

import json
import runpy
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.shells.conftest import MIXED, case_of, cli, complaints, package

ROOT = Path(__file__).parents[2]
SCORE = ROOT.parent / "shared/data/tools/score.py"
SCHEMA = ROOT / "docs/reference/case.schema.json"

TRUTH = [
    {"page": 1, "label": "w2", "doc": "a"},
    {"page": 2, "label": "bank_statement", "doc": "b"},
    {"page": 3, "label": "bank_statement", "doc": "b"},
    {"page": 4, "label": "w2", "doc": "c"},
    {"page": 5, "label": "other.letter", "doc": "d"},
    {"page": 6, "label": "w2", "doc": "e"},
]
"""What `MIXED` is, but page 4 is wrongly said to be a W-2: a mistake to measure."""


def labelled(folder: Path, rows: list[dict[str, Any]] = TRUTH, name: str = "loan", kinds=MIXED) -> Path:
    package(folder, *kinds, name=f"{name}.pdf")
    path = folder / f"{name}.truth.json"
    path.write_text(json.dumps(rows))
    return path


def measured(*arguments: object) -> dict[str, Any]:
    said = cli("eval", *arguments, "--json")
    assert 0 == said.code, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


def expected(case: dict[str, Any], truth: list[dict[str, Any]]) -> dict[str, float]:
    """Work the measures out anew, for labels without blanks."""

    def right(true: str, said: str) -> bool:
        return said == true or (true not in case["classes"] and said in {"unknown", "other"})

    fits = [right(row["label"], page["label"]) for row, page in zip(truth, case["pages"], strict=True)]
    taken = [fit for fit, page in zip(fits, case["pages"], strict=True) if page["status"] == "accepted"]
    true = {row["doc"]: {r["page"] for r in truth if r["doc"] == row["doc"]} for row in truth}
    names = {row["doc"]: row["label"] for row in truth}
    pairs = [
        (len(mine & set(document["pages"])) / len(mine | set(document["pages"])), right(names[doc], document["class"]))
        for doc, mine in true.items()
        for document in case["documents"]
    ]
    both = len(true) + len(case["documents"])
    same = [share for share, _ in pairs if share > 0.5]
    with_class = [share for share, fit in pairs if share > 0.5 and fit]
    begins = [{min(pages) for pages in sets} - {1} for sets in (true.values(), [d["pages"] for d in case["documents"]])]
    return {
        "coverage": len(taken) / len(truth),
        "accepted_right": sum(taken) / max(1, len(taken)),
        "label_right": sum(fits) / len(truth),
        "pq": 2 * sum(same) / both,
        "pq_class": 2 * sum(with_class) / both,
        "boundary_f1": 2 * len(begins[0] & begins[1]) / (len(begins[0]) + len(begins[1])),
        "exact": with_class.count(1) / len(true),
        "stp": float(with_class.count(1) == len(true) == len(case["documents"])),
    }


def test_eval_agrees_with_a_computation_of_a_few_lines(tmp_path: Path, taxonomy: Path):
    """On a package with one label that is wrong."""
    truth = labelled(tmp_path / "in")
    found = measured(truth, "--cases", tmp_path / "cases", "--taxonomy", taxonomy)["all"]
    wanted = expected(case_of(tmp_path / "cases/loan"), TRUTH)

    assert (1, 6, 5, True) == tuple(found[name] for name in ("packages", "pages", "documents", "conserved"))
    assert wanted == pytest.approx({name: found[name] for name in wanted}, abs=1e-9)
    assert 5 / 6 == pytest.approx(found["label_right"])
    assert 0 < found["pq_class"] < 1


@pytest.mark.skipif(not SCORE.exists(), reason="score.py is kept beside the checkout, not in it")
def test_eval_agrees_with_score(tmp_path: Path, taxonomy: Path):
    """Over two packages at once, with a blank sheet, wrong boundaries and classes outside, to 1e-9."""
    other = [
        {"page": 1, "label": "paystub", "doc": "x"},
        {"page": 2, "label": "paystub", "doc": "x"},
        {"page": 3, "label": "blank", "doc": None},
        {"page": 4, "label": "passport", "doc": "y"},
        {"page": 5, "label": "bank_statement", "doc": "z"},
    ]
    kinds = ("paystub", "paystub", "nothing", "w2", "bank_statement")
    truths = [labelled(tmp_path), labelled(tmp_path, other, "second", kinds)]
    found = measured(*truths, "--cases", tmp_path / "cases", "--taxonomy", taxonomy)
    score = runpy.run_path(str(SCORE))["score"]
    pairs = [(json.loads(path.read_text()), case_of(tmp_path / "cases" / path.name.split(".")[0])) for path in truths]

    for wanted, mine in (
        (score(pairs), found["all"]),
        *zip((score([p]) for p in pairs), found["packages"].values(), strict=True),
    ):
        assert wanted == pytest.approx({name: mine[name] for name in wanted}, abs=1e-9)


def test_eval_measures_the_cases_that_are_there(finished: Path, taxonomy: Path):
    """With --cases nothing is run again: the case there is measured as it stands, corrections and all."""
    truth = labelled(finished.parents[1])
    log = (finished / "events.jsonl").read_bytes()
    found = measured(truth, "--cases", finished.parent, "--taxonomy", taxonomy)

    assert log == (finished / "events.jsonl").read_bytes()
    assert 6 == found["all"]["pages"]
    assert 0 == cli("review", finished, "--page", 4, "--label", "w2", "--by", "Ann", "--why", "so").code
    assert 1 == measured(truth, "--cases", finished.parent, "--taxonomy", taxonomy)["all"]["label_right"]


def test_a_suite_is_every_package_below_a_folder(tmp_path: Path, taxonomy: Path):
    """The same figures as naming its files; packages of one name in two folders are both there."""
    truths = [labelled(tmp_path / "suite" / month) for month in ("may", "june")]
    whole = measured("--suite", tmp_path / "suite", "--taxonomy", taxonomy)
    named = measured(truths[0], "--truth", truths[1], "--taxonomy", taxonomy)

    assert whole["all"] == named["all"]
    assert (2, 12) == (whole["all"]["packages"], whole["all"]["pages"])
    assert 2 == len(whole["packages"])


def test_one_file_of_labels_may_name_several_packages(tmp_path: Path, taxonomy: Path):
    """An object of lists by path."""
    rows = dict.fromkeys(("a.pdf", "deep/b.pdf"), TRUTH)
    package(tmp_path, name="a.pdf")
    package(tmp_path / "deep", name="b.pdf")
    path = tmp_path / "packages_truth.json"
    path.write_text(json.dumps(rows))
    found = measured(path, "--taxonomy", taxonomy)

    assert ["a", "b"] == sorted(found["packages"])
    assert 12 == found["all"]["pages"]


def test_a_table_names_each_package_and_all(tmp_path: Path, taxonomy: Path):
    """For people."""
    said = cli("eval", labelled(tmp_path), "--taxonomy", taxonomy)

    assert 0 == said.code
    assert ["package", "loan", "all"] == [line.split()[0] for line in said.out.splitlines()[:3]]
    assert "document_stp" in said.out and "AUROC" in said.out
    assert "pq_class" in said.out


def test_a_suite_is_published_by_one_command(tmp_path: Path, taxonomy: Path):
    """By kind, beside rules of thumb, with licences; again with the cases there, it gives the same bytes."""
    for name in ("purchase-1", "purchase-2", "kyc-1"):
        labelled(tmp_path / "suite", [{**row, "source": "forms/a.pdf"} for row in TRUTH], name)
    manifest, notes = tmp_path / "manifest.csv", tmp_path / "notes.txt"
    manifest.write_text("file,licence,family\nforms/a.pdf,MIT,a\n")
    notes.write_text("Made up for a test.\n")
    for out in ("one", "other"):
        said = cli("eval", "--suite", tmp_path / "suite", "--cases", tmp_path / "cases", "--taxonomy", taxonomy,
                   "--out", tmp_path / out, "--sources", manifest, "--notes", notes, "--jobs", 2)  # fmt: skip
        assert 0 == said.code, said.err
    for name in ("quality.md", "quality.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
    value, text = json.loads((tmp_path / "one/quality.json").read_text()), (tmp_path / "one/quality.md").read_text()

    assert {"purchase": 2, "kyc": 1} == {name: row["packages"] for name, row in value["groups"].items()}
    assert {"every-page", "never-split", "class-change", "global-prior"} == set(value["groups"]["kyc"]["baselines"])
    assert {"MIT": 18} == value["licences"]
    assert "Made up for a test." in text and "| **all** | 3 |" in text
    assert {"kyc", "purchase"} <= {group for bar in value["bars"] for group in bar["groups"]}
    assert "adjacent" not in {bar["groups"][0] for bar in value["bars"] if len(bar["groups"]) == 1}


@pytest.mark.parametrize("kept", [True, False])
def test_planted_defects_are_held_against_findings(tmp_path: Path, taxonomy: Path, kept: bool):
    """NAME.facts.json says what was planted: a missing document is found, a price is not; kept or not."""
    truth = labelled(tmp_path, [row for row in TRUTH if row["page"] == 1], kinds=("w2",))
    facts = {"defects": [{"rule": "documents_complete", "pages": []}, {"rule": "price_agrees", "pages": [1]}]}
    (tmp_path / "loan.facts.json").write_text(json.dumps(facts))
    where = ("--cases", tmp_path / "cases") if kept else ()
    found = measured(truth, *where, "--taxonomy", taxonomy, "--file-type", "purchase")["all"]

    assert (2, 0.5, 0) == (found["planted"], found["defects_found"], found["defect_false_alarms"])


def test_a_suite_is_told_with_models_that_saw_no_family(tmp_path: Path, taxonomy: Path):
    """Beside the rules alone; a page whose family nobody knows is spoken of by no model, and no case is changed."""
    labelled(
        tmp_path / "suite", [{**row, "source": "a.pdf" if row["page"] != 5 else "b.pdf"} for row in TRUTH], "kyc-1"
    )
    manifest, folds, more = tmp_path / "manifest.csv", tmp_path / "folds", tmp_path / "more.json"
    manifest.write_text("file,licence,family\na.pdf,MIT,one\nb.pdf,MIT,\n")
    folds.mkdir()
    source = files("casefold_adapters.local_models") / "lending-us.model"
    (folds / "fold-1.model").write_bytes(source.read_bytes())
    (folds / "folds.json").write_text(json.dumps({"families": {"one": "fold-1.model"}}))
    row = {"what": "found", "asked": "≥ 8", "found": "9", "met": True}
    told = {"title": "Elsewhere", "words": "By another.", "command": "another", "rows": [row]}
    more.write_text(json.dumps({"contract": "casefold/measured/1", **told}))
    common = ("--suite", tmp_path / "suite", "--cases", tmp_path / "cases", "--taxonomy", taxonomy)
    logs = []
    for out in ("one", "other"):
        said = cli("eval", *common, "--out", tmp_path / out, "--sources", manifest, "--folds", folds, "--more", more)
        assert 0 == said.code, said.err
        logs.append((tmp_path / "cases/kyc-1/events.jsonl").read_bytes())
    value, text = json.loads((tmp_path / "one/quality.json").read_text()), (tmp_path / "one/quality.md").read_text()

    assert logs[0] == logs[1]
    assert (tmp_path / "one/quality.json").read_bytes() == (tmp_path / "other/quality.json").read_bytes()
    assert [5] == list(value["unseen"]["models"].values())
    assert "none" == value["stages"]["local model"]
    assert {"kyc"} == set(value["unseen"]["groups"])
    assert len(value["bars"]) == len(value["unseen"]["bars"])
    assert "### With the local model, unseen" in text
    assert "## Elsewhere" in text and "| found | ≥ 8 | 9 | yes |" in text


def test_a_case_is_labelled_anew_under_what_is_asked_now(tmp_path: Path, taxonomy: Path):
    """Publishing reads what was read of a case's pages, so that another taxonomy needs no new run."""
    labelled(tmp_path / "suite", name="kyc-1")
    other = tmp_path / "other.toml"
    other.write_text(taxonomy.read_text().replace("your checking account", "never to be found"))
    shares = []
    for chosen in (taxonomy, other):
        said = cli("eval", "--suite", tmp_path / "suite", "--cases", tmp_path / "cases", "--taxonomy", chosen,
                   "--out", tmp_path / "out")  # fmt: skip
        assert 0 == said.code, said.err
        shares.append(json.loads((tmp_path / "out/quality.json").read_text())["all"]["label_right"])

    assert shares[0] > shares[1]


@pytest.mark.parametrize(
    ("option", "text", "code"),
    [("--folds", "{}", 3), ("--folds", '{"families": {}}', 2), ("--more", "[]", 2), ("--more", "", 3)],
)
def test_what_cannot_be_published_is_refused(tmp_path: Path, taxonomy: Path, option: str, text: str, code: int):
    """Nothing is run; models that saw no family need a manifest that names families."""
    labelled(tmp_path / "suite")
    path = tmp_path / "it.json"
    path.write_text(text)
    said = cli("eval", "--suite", tmp_path / "suite", "--taxonomy", taxonomy, "--out", tmp_path, option, path)

    assert code == said.code
    assert 1 == len(complaints(said))


def test_a_suite_without_its_manifest_is_refused(tmp_path: Path, taxonomy: Path):
    """Nothing is run."""
    said = cli("eval", labelled(tmp_path), "--taxonomy", taxonomy, "--out", tmp_path, "--sources", tmp_path / "no.csv")

    assert 3 == said.code
    assert 1 == len(complaints(said))


@pytest.mark.parametrize(
    "content", ["", "[", "[1]", '[{"page": 1}]', '{"loan.pdf": 3}', '[{"page": "1", "label": "w2"}]', "\ud800"]
)
def test_labels_that_are_none_are_refused(tmp_path: Path, taxonomy: Path, content: str):
    """One line that names the file; exit code 2 or 3."""
    path = labelled(tmp_path)
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    said = cli("eval", path, "--taxonomy", taxonomy)

    assert said.code in {2, 3}
    assert 1 == len(complaints(said)) and str(path) in said.err


def test_labels_without_their_package_are_refused(tmp_path: Path, taxonomy: Path):
    """And labels that are not there, a suite that is empty, and no labels at all."""
    path = labelled(tmp_path)
    (tmp_path / "loan.pdf").unlink()
    for arguments in ([path], [tmp_path / "missing.truth.json"], ["--suite", tmp_path / "nowhere"], []):
        said = cli("eval", *arguments, "--taxonomy", taxonomy)

        assert said.code in {2, 3}
        assert 1 == len(complaints(said))


def test_labels_of_other_pages_than_the_package_has_are_not_conserved(tmp_path: Path, taxonomy: Path):
    """One page too many in the labels: it counts as lost, and it is said."""
    path = labelled(tmp_path, [*TRUTH, {"page": 7, "label": "w2", "doc": "f"}])
    found = measured(path, "--taxonomy", taxonomy)["all"]

    assert not found["conserved"]
    assert 5 / 7 == pytest.approx(found["label_right"])


def test_case_json_keeps_its_contract(finished: Path, tmp_path: Path, taxonomy: Path):
    """The schema holds for a finished case, a corrected, a checked and a refused one, and one of two files."""
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    cases = [case_of(finished)]
    assert 0 == cli("review", finished, "--page", 5, "--label", "w2", "--by", "Ann", "--why", "so").code
    cases.append(case_of(finished))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\n")
    package(tmp_path / "two", name="a.pdf")
    (tmp_path / "two" / "b.pdf").write_bytes(b"")
    package(tmp_path, "w2", name="checked.pdf")
    packages = [tmp_path / name for name in ("bad.pdf", "two", "checked.pdf")]
    cli("run", *packages, "--out", tmp_path / "out", "--taxonomy", taxonomy, "--file-type", "purchase")
    cases += [case_of(tmp_path / "out" / path.stem) for path in packages]

    assert any(case["findings"] for case in cases) and any(not case["pages"] for case in cases)
    for case in cases:
        jsonschema.validate(case, schema)


@pytest.mark.parametrize("broken", ["digest", "pages", "label", "confidence", "status", "regions", "class"])
def test_the_contract_refuses_what_is_no_case(finished: Path, broken: str):
    """A schema that takes anything would promise nothing."""
    schema, case = json.loads(SCHEMA.read_text()), case_of(finished)
    jsonschema.validate(case, schema)
    match broken:
        case "digest" | "pages":
            del case[broken]
        case "confidence":
            case["pages"][0][broken] = 0.5
        case "status":
            case["pages"][0][broken] = "perhaps"
        case "class":
            del case["documents"][0][broken]
        case _:
            del case["pages"][0][broken]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(case, schema)
