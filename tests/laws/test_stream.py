"""Every page gets a label and a document; blank sheets and copies stay where they lie; what a person said holds."""

from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.pages.labels import DEFAULT_THRESHOLDS, Reason, Status, Thresholds, Tier
from casefold.pages.stream import StreamPage, label_pages
from casefold.pages.text import PageUnreadable, UnreadableKind
from casefold.taxonomy.model import UNKNOWN
from casefold_properties import laws, strategies
from casefold_properties.strategies import BODY, HEADER, Setting, lines_of, page_of

BLANK = page_of([], objects=0)
SOME = strategies.some_artifacts()
TITLE = page_of(
    [lines_of("alpha certificate", top=HEADER), lines_of("of the owner of the rental deposit for the year 2023")]
)


def read(setting: Setting) -> list[StreamPage]:
    """All pages of a setting's package as they are read."""
    pages: list[StreamPage] = []
    for number, source in enumerate(setting.package.sources):
        found = () if isinstance(source, str) else source
        compiled, offset = setting.artifacts.compiled, len(pages)
        pages += [strategies.as_read(compiled, page, source=number, offset=offset) for page in found]
    return pages


def setting(*pages) -> Setting:
    return strategies.setting_of(pages)


SETTINGS = strategies.settings_of_cases(max_sources=2, refused=False)
ONE_FILE = strategies.settings_of_cases(max_sources=1, refused=False)


@given(SETTINGS)
@example(setting(BLANK, BLANK)).via("nothing but blank sheets")
@example(setting(TITLE, BLANK, TITLE)).via("a blank sheet between copies")
@example(setting(BLANK, TITLE, BLANK)).via("blank sheets at both ends")
@example(setting(PageUnreadable(1, UnreadableKind.DAMAGED, ""), PageUnreadable(2, UnreadableKind.DAMAGED, "")))
def test_every_page_is_in_one_document(case):
    """No page is lost and none is doubled; documents come in order, and labels are of the taxonomy."""
    pages = read(case)
    labelled = label_pages(case.artifacts.compiled, case.artifacts.thresholds, pages, {})

    laws.every_page_once(pages, labelled)
    laws.labels_align(labelled)
    laws.labels_are_sane(case.artifacts.compiled, case.artifacts.thresholds, labelled)
    laws.blank_sheets_stay_where_they_lie(pages, labelled)


@given(SETTINGS, st.data())
@example(setting(TITLE, BLANK, TITLE), {2: "bravo"}).via("a blank sheet that a person labelled")
@example(setting(TITLE, TITLE, TITLE), {2: "bravo"}).via("a copy that a person labelled")
@example(setting(TITLE, TITLE, TITLE), {1: "bravo", 3: UNKNOWN}).via("an original that a person labelled")
@example(setting(PageUnreadable(1, UnreadableKind.DAMAGED, "")), {1: "alpha"}).via("an unreadable page")
def test_corrections_hold(case, data):
    """What a person said of a page stands, whatever the page shows."""
    pages, artifacts = read(case), case.artifacts
    known = [each.id for each in artifacts.compiled.taxonomy.classes if each.revision_of is None]
    corrections = data if isinstance(data, dict) else {
        page.page: data.draw(st.sampled_from((UNKNOWN, *known))) for page in pages if data.draw(st.booleans())
    }  # fmt: skip

    laws.corrections_hold(artifacts.compiled, artifacts.thresholds, pages, corrections)


@given(strategies.settings_of_cases(max_sources=3, refused=False), st.randoms(use_true_random=False))
def test_files_do_not_know_each_other(case, chance):
    """A file is labelled as if it were alone in the package."""
    pages = read(case)
    corrections = {page.page: UNKNOWN for page in pages if chance.randrange(4) == 0}

    laws.a_file_is_decided_alone(case.artifacts.compiled, case.artifacts.thresholds, pages, corrections)


@given(ONE_FILE, st.booleans())
@example(setting(), True).via("nothing but the blank sheet")
@example(setting(TITLE), True).via("before the first page")
@example(setting(TITLE), False).via("after the last page")
def test_a_blank_sheet_at_either_end_moves_nothing(case, front):
    """A cover or a back left blank is a document of its own, and all else is as it was."""
    pages = read(case)
    at = 0 if front else len(pages)
    blank = strategies.as_read(case.artifacts.compiled, BLANK)
    labelled = laws.an_added_page_moves_nothing(case.artifacts.compiled, case.artifacts.thresholds, pages, blank, at)

    assert labelled.pages[at].reason is Reason.BLANK


@given(ONE_FILE, st.integers(0, 5))
@example(setting(), 0).via("one page, twice")
@example(setting(BLANK, BLANK), 1).via("between blank sheets")
@example(setting(TITLE), 1).via("a copy of a copy")
def test_a_copy_of_a_page_moves_nothing(case, place):
    """A page scanned twice has its label twice, in its document or, if that has no other page, in a second one."""
    pages, compiled = read(case), case.artifacts.compiled
    at = place % (len(pages) + 1)
    single = [*pages[:at], strategies.as_read(compiled, TITLE), *pages[at:]]
    pages = [evolve(page, page=number) for number, page in enumerate(single, 1)]
    labelled = laws.an_added_page_moves_nothing(compiled, case.artifacts.thresholds, pages, pages[at], at + 1)

    one, two = labelled.pages[at], labelled.pages[at + 1]
    assert (one.label, one.status, one.confidence_ppm) == (two.label, two.status, two.confidence_ppm)
    blank = {label.page for label in labelled.pages if label.reason is Reason.BLANK}
    mine = next({*document.pages} - blank for document in labelled.documents if at + 1 in document.pages)
    assert (at + 2 in mine) == (len(mine) > 1)


@given(SETTINGS, st.integers(0, 1_000_000), st.integers(0, 1_000_000))
@example(setting(TITLE), 0, 1_000_000).via("always and never")
def test_asking_for_more_accepts_no_more(case, one, two):
    """Raising a minimum sends pages to review, and does nothing else."""
    lower, higher = Thresholds("l", "1", min(one, two)), Thresholds("h", "1", max(one, two))

    laws.raising_a_minimum_accepts_no_more(case.artifacts.compiled, lower, higher, read(case))


@given(st.sampled_from(("alpha", "unknown")), st.integers(0, 1_000_000), strategies.thresholds())
@example("alpha", 990_000, DEFAULT_THRESHOLDS).via("the bound itself")
@example("alpha", 989_999, DEFAULT_THRESHOLDS).via("just below")
def test_a_label_is_accepted_if_it_is_sure(label, confidence, thresholds):
    """The bound itself is accepted."""
    laws.accepted_if_sure(label, confidence, thresholds)


def test_an_unreadable_page_is_always_reviewed():
    """Nobody labels what nobody can read: its label is what its neighbours suggest, at no confidence."""
    pages = read(setting(TITLE, PageUnreadable(2, UnreadableKind.CRASHED, "why"), TITLE))
    label = label_pages(SOME.compiled, Thresholds("t", "1", 0), pages, {}).pages[1]

    assert (label.status, label.reason, label.confidence_ppm) == (Status.REVIEW, Reason.UNREADABLE, 0)


def test_a_person_who_says_unknown_is_as_sure_as_any_other():
    """The document of a page that a person labelled is sure, whether or not any class shows on it."""
    page = page_of([lines_of("nothing that any class shows", top=BODY)])
    labelled = label_pages(SOME.compiled, DEFAULT_THRESHOLDS, read(setting(page)), {1: UNKNOWN})

    assert labelled.documents[0].confidence_ppm >= 999_999


def test_nobody_is_said_to_have_said_what_they_did_not():
    """Under a taxonomy without the class that a person named, the page is not passed off as labelled by a person."""
    labelled = label_pages(SOME.compiled, DEFAULT_THRESHOLDS, read(setting(TITLE)), {1: "a_class_of_another_taxonomy"})

    assert labelled.pages[0].label != "a_class_of_another_taxonomy"
    assert (labelled.pages[0].tier, labelled.pages[0].reason) != (Tier.PERSON, Reason.CORRECTED)
