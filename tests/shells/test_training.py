"""Labels are read from tables, and say what is wrong with them; folds name models that are there."""

import asyncio
import csv

import pytest
from tests.shells.conftest import cli

from casefold_adapters import taxonomies
from casefold_adapters.local_models import SHIPPED
from casefold_shells.folds import read_folds
from casefold_shells.training import gather

TAXONOMY = taxonomies.load("lending-us").unwrap()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file,label\n", "no column page"),
        ("file,page,label\na.pdf,0,w2\n", "line 2"),
        ("file,page,label\na.pdf,1,\n", "line 2"),
        ("file,page,label\nnowhere.pdf,1,w2\n", "there is no"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path, text, words):
    """The column, the line or the file is named."""
    table = tmp_path / "labels.csv"
    table.write_text(text)

    assert words in asyncio.run(gather(TAXONOMY, [table])).failure().detail


def test_a_folder_without_a_case_is_refused(tmp_path):
    """Labels come from folders of cases, not from any folder."""
    assert "no folder of a case" in asyncio.run(gather(TAXONOMY, [tmp_path])).failure().detail


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"families": {"a": "nowhere.model"}}'])
def test_folds_that_cannot_be_used_say_so(tmp_path, text):
    """A file of folds is JSON that names models beside it."""
    path = tmp_path / "folds.json"
    path.write_text(text)

    assert read_folds(path).failure().detail


def test_no_model_is_shipped_without_its_taxonomy():
    """The default model of a taxonomy has its name."""
    assert set(SHIPPED) <= set(taxonomies.SHIPPED)


def test_what_is_said_in_review_trains_a_model(finished, taxonomy, tmp_path):
    """A correction is a row of a table, the table a lesson: of words as the case recorded them."""
    for page, label in ((5, "paystub"), (4, "w2")):
        said = cli("review", finished, "--page", page, "--label", label, "--by", "Ann, Lee", "--why", 'it "says" so')
        assert 0 == said.code, said.err
    assert 0 == cli("review", finished, "--page", 4, "--take-back", "--by", "Ann", "--why", "a slip").code
    table = tmp_path / "labels.csv"
    written = cli("labels", finished, "--out", table)
    rows = list(csv.DictReader(table.read_text().splitlines()))

    assert (0, 1) == (written.code, len(rows)), written.err
    assert ("5", "paystub", "Ann, Lee", 'it "says" so') == tuple(
        rows[0][name] for name in ("page", "label", "by", "why")
    )
    assert (table.parent / rows[0]["file"]).resolve() == finished.resolve()
    assert 0 == cli("labels", finished, "--out", table, "--accepted").code
    gathered = asyncio.run(gather(taxonomies.load(str(taxonomy)).unwrap(), [table])).unwrap()
    assert "paystub" in {sample.label for sample in gathered.samples}
    assert any("quick" in sample.page.words for sample in gathered.samples if sample.label == "paystub")
    trained = cli("train", table, "--out", tmp_path / "ours.model", "--taxonomy", taxonomy, "--wording", 2)
    assert 0 == trained.code, trained.err
    assert (tmp_path / "ours.model").stat().st_size > 0


def test_labels_that_nobody_gave_are_no_table(finished, tmp_path):
    """Where nobody said anything nothing is written, and a folder without a case is refused."""
    said = cli("labels", finished, "--out", tmp_path / "labels.csv")

    assert 2 == said.code and "nobody labelled" in said.err
    assert 8 == cli("labels", tmp_path, "--out", tmp_path / "labels.csv").code
    assert not (tmp_path / "labels.csv").exists()


@pytest.mark.parametrize(
    ("file", "page", "words"), [("loan", 99, "none numbered 99"), (".", 1, "nor the folder of a case")]
)
def test_a_table_of_cases_that_cannot_be_used_says_why(finished, file, page, words):
    """The page or the folder is named."""
    table = finished.parent / "labels.csv"
    table.write_text(f"file,page,label\n{file},{page},w2\n")

    assert words in asyncio.run(gather(TAXONOMY, [table])).failure().detail
