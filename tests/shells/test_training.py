"""Labels are read from tables, and say what is wrong with them; folds name models that are there."""

import asyncio

import pytest

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
