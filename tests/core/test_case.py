"""The life of a case, from the first event to a correction."""

import pytest
from attrs import evolve

from casefold.case.events import DocumentWritten, PageCorrected
from casefold.case.record import NoSuchLabel, record
from casefold.case.state import fold
from casefold.case.steps import next_steps
from casefold.kernel.results import Failure
from casefold.taxonomy.model import FileType, Requirement
from casefold_properties.strategies import compiled, lines_of, page_of, setting_of
from casefold_properties.worlds import drive, recorded

ALPHA = page_of([lines_of("alpha certificate")])
BRAVO = page_of([lines_of("bravo certificate")])
SETTING = setting_of([ALPHA, BRAVO], [BRAVO])


def kinds(events) -> list[str]:
    return [type(event).__name__ for event in events]


def test_a_case_is_opened_read_assembled_written_and_reported():
    """What happens to two files, in order."""
    log = drive(SETTING.artifacts, [SETTING.opened], SETTING.world())

    assert kinds(log) == [
        "CaseOpened", "SourceOpened", "SourceOpened", "PagesRead", "PagesRead", "Assembled",
        "DocumentWritten", "DocumentWritten", "DocumentWritten", "Reported",
    ]  # fmt: skip
    case = fold(log)
    assert case.outcome is not None
    assert [document.label for document in case.outcome.documents] == ["alpha", "bravo", "bravo"]
    assert next_steps(case) == ()


def test_a_correction_writes_only_what_changed():
    """After a correction, documents that stay as they were are not written again."""
    log = drive(SETTING.artifacts, [SETTING.opened], SETTING.world())
    correction = recorded(SETTING.artifacts, fold(log), PageCorrected(3, "alpha", "Ann", "the title is torn"))
    after = drive(SETTING.artifacts, (*log, *correction), SETTING.world())[len(log) :]

    assert kinds(after) == ["PageCorrected", "Assembled", "DocumentWritten", "Reported"]
    assert isinstance(after[2], DocumentWritten)
    assert after[2].file == "documents/03-alpha.pdf"


NEAR = {
    "alpha_form": ("alpha",),
    "Alpha-Bravo": ("alpha", "bravo"),
    "br": ("bravo",),
    "zulu": (),
}


@pytest.mark.parametrize("label", NEAR)
def test_a_correction_names_the_classes_that_may_be_meant(label):
    """A label that is not there is refused with those most like it."""
    case = fold(drive(SETTING.artifacts, [SETTING.opened], SETTING.world()))
    refused = record(SETTING.artifacts, case, PageCorrected(1, label, "Ann", "why"))

    assert isinstance(refused, Failure)
    assert refused.failure() == NoSuchLabel(label, NEAR[label])


def test_a_case_is_checked_as_the_kind_of_file_that_it_is():
    """What a file of its kind must hold is asked for, and nothing is asked of a file of no kind."""
    purchase = FileType("purchase", "P", (Requirement("r", "Three alphas", "law", n_of=("alpha",), count=3),))
    refinance = FileType("refinance", "R", (Requirement("r", "A bravo", "law", all_of=("bravo",)),))
    taxonomy = evolve(SETTING.artifacts.compiled.taxonomy, file_types=(purchase, refinance))
    setting = setting_of([ALPHA, BRAVO], artifacts=evolve(SETTING.artifacts, compiled=compiled(taxonomy)))

    def missing(kind: str | None) -> list[str]:
        case = fold(drive(setting.artifacts, [evolve(setting.opened, file_type=kind)], setting.world()))
        assert case.outcome is not None
        return [finding.detail for finding in case.outcome.findings]

    assert [missing(kind) for kind in ("purchase", "refinance", None)] == [["Three alphas"], [], []]
