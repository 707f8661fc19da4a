"""A model is fitted the same again, says what scikit-learn would, and knows what it was not shown."""

from random import Random

import pytest

from casefold.pages.local.codec import write_model
from casefold.pages.local.features import Hashing, features
from casefold.pages.local.model import HUNDREDTHS, opinions, worths
from casefold.taxonomy.codec import taxonomy_digest
from casefold_adapters import local_models, taxonomies
from casefold_adapters.training.fitting import Settings, decisions, publish, shares
from casefold_adapters.training.folds import groups, train
from casefold_adapters.training.samples import Sample, cropped, label_of, scanned, varied
from casefold_adapters.training.wording import worded
from casefold_properties.strategies import BODY, HEADER, Line, page_of

PAY = "gross pay net pay earnings statement hours rate year to date deductions employee"
WAGES = "wages tips other compensation social security withheld employer identification number"
REST = "dear sir we thank you for your letter and remain with kind regards"
SETTINGS = Settings(Hashing(10, 3))


def sample(text: str, label: str, family: str, chance: Random) -> Sample:
    words = text.split()
    chance.shuffle(words)
    return Sample(page_of([Line(tuple(words[:3]), HEADER), Line(tuple(words), BODY)]), label, family, "made up")


@pytest.fixture(scope="module")
def samples():
    chance = Random(5)
    rows = (("paystub", PAY), ("w2", WAGES), ("unknown", REST))
    return [sample(text, label, f"f{number % 3}", chance) for label, text in rows for number in range(6)]


@pytest.fixture(scope="module")
def trained(samples):
    return train(samples, SETTINGS, 1, 1)


def model_of(trained):
    return publish(trained.fitted, trained.slope, SETTINGS, "t", "1", "sha256:t", {})


def test_the_same_pages_give_the_same_bytes(samples, trained):
    """Training twice is training once."""
    assert write_model(model_of(train(samples, SETTINGS, 1, 1))) == write_model(model_of(trained))


def test_the_core_says_what_scikit_learn_says(samples, trained):
    """Whole numbers come to the decision function, but for the rounding of weights: less than a deciban."""
    model, slope = model_of(trained), trained.slope
    wanted = decisions(trained.fitted, samples, SETTINGS.hashing) * slope.gain + slope.intercept

    for each, row in zip(samples, wanted, strict=True):
        found = worths(model, features(each.page, SETTINGS.hashing))
        assert [worth / HUNDREDTHS for worth in found] == pytest.approx(list(row), abs=1.0)


def test_a_page_of_a_known_kind_is_told(trained):
    """The loudest opinion on a page stub is that it is one."""
    said = opinions(model_of(trained), sample(PAY, "paystub", "new", Random(9)).page)

    assert said[0].label == "paystub"


def test_families_within_a_label_count_alike():
    """Ten pages of one family weigh what one page of another does."""
    page = page_of([Line(("gross", "pay"))])
    weights = shares([*[Sample(page, "w2", "a", "x")] * 10, Sample(page, "w2", "b", "x")])

    assert sum(weights[:10]) == pytest.approx(weights[10])


def test_no_model_has_seen_the_families_that_it_is_measured_on(samples, trained):
    """Every family is in one group, and only there."""
    named = [family for fold in trained.folds for family in fold.families]

    assert sorted(named) == sorted({each.family for each in samples})
    assert groups([]) == ()


def test_a_bad_scan_is_the_same_again_and_keeps_boxes(samples):
    """Slips come from the seed alone, and every word that is read has its box."""
    one, two = (varied(samples, 2, seed) for seed in (4, 4))

    assert one == two
    assert one != varied(samples, 2, 5)
    assert scanned(samples[0].page, 0.0, Random(1)) == samples[0].page
    assert len(cropped(samples[0].page, 0.1).words) < len(samples[0].page.words)


def test_wording_knows_every_class_with_phrases():
    """Pages are made up for each class that has any phrase, and for none at all."""
    taxonomy = taxonomies.load("lending-us").unwrap()
    made = {each.label for each in worded(taxonomy, 1, 1)}

    assert {"w2", "closing_disclosure", "outside.court_form", "unknown"} <= made
    assert label_of(taxonomy, "form_1040.SR") == "form_1040"
    assert label_of(taxonomy, "other.court_form") == "outside.court_form"
    assert label_of(taxonomy, "other.poem") == "unknown"


def test_the_shipped_model_knows_the_classes_of_its_taxonomy():
    """Every label is a class, a kind outside or unknown, and the file is small."""
    taxonomy, model = taxonomies.load("lending-us").unwrap(), local_models.load("lending-us").unwrap()

    assert set(model.labels) <= {"unknown", *(each.id for each in (*taxonomy.classes, *taxonomy.outside))}
    assert len(write_model(model)) <= 1_600_000
    assert model.calibration.worth_max == 8
    assert model.taxonomy.startswith(taxonomy_digest(taxonomy)[:7])


def test_files_that_are_no_model_are_refused(tmp_path):
    """A missing file, a folder and a text say what is wrong with them."""
    text = tmp_path / "x.model"
    text.write_text("hello")

    assert "No such file" in str(local_models.load(str(tmp_path / "y.model")).failure())
    assert "directory" in str(local_models.load(str(tmp_path)).failure())
    assert "first line" in str(local_models.load(str(text)).failure())
