"""The strategies reach both sides of everything that the laws are about."""

import pytest
from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample

from casefold.case.state import fold
from casefold.documents.findings import FindingKind
from casefold.pages.assembly import assemble
from casefold.pages.labels import Reason, Status
from casefold.taxonomy.model import UNKNOWN
from casefold_properties import strategies
from casefold_properties.worlds import drive

THOROUGH = settings(max_examples=3_000, phases=[Phase.generate], derandomize=True, database=None, deadline=None)


def reaches(strategy, condition) -> bool:
    try:
        find(strategy, condition, settings=THOROUGH)
    except NoSuchExample:
        return False
    return True


def assembled(condition):
    return lambda stream: condition(assemble(*stream), stream[1])


STREAMS = {
    "a document of several pages": lambda found, _: any(one.first < one.last and one.label != UNKNOWN for one in found.segments),
    "two documents of one class in a row": lambda found, _: any(
        one.label == two.label != UNKNOWN for one, two in zip(found.segments, found.segments[1:], strict=False)
    ),
    "unknown pages between others": lambda found, _: [one.label == UNKNOWN for one in found.segments][:3] == [False, True, False],
    "a tie": lambda found, _: any(one.margin == 0 for one in found.segments),
    "a sure document": lambda found, _: any(20 <= one.margin < 1_000 for one in found.segments if one.label != UNKNOWN),
    "a document across a page that shows nothing": lambda found, pages: any(
        one.label != UNKNOWN and any(one.label not in pages[at].scores for at in range(one.first, one.last + 1))
        for one in found.segments
    ),
    "a person against all evidence": lambda found, pages: any(
        page.pinned is not None and page.scores and page.pinned not in page.scores for page in pages
    ),
}


@pytest.mark.parametrize("name", STREAMS)
def test_streams_reach(name):
    """Streams are cut, joined, tied and left unknown."""
    assert reaches(strategies.streams(max_size=5), assembled(STREAMS[name]))


OUTCOMES = {
    "every reason": None,
    "an accepted page": lambda case: any(label.status is Status.ACCEPTED for label in case.outcome.labels),
    "a variant": lambda case: any(label.variant for label in case.outcome.labels),
    "a kind outside": lambda case: any(label.looks_like for label in case.outcome.labels),
    "a document of three pages": lambda case: any(len(one.pages) > 2 for one in case.outcome.documents),
    "two files": lambda case: len({one.source for one in case.outcome.documents}) > 1,
}


def decided(setting):
    return fold(drive(setting.artifacts, [setting.opened], setting.world()))


@pytest.mark.parametrize("name", [name for name in OUTCOMES if OUTCOMES[name]])
def test_cases_reach(name):
    """Cases end in every way that a case can end."""
    assert reaches(strategies.settings_of_cases(), lambda setting: OUTCOMES[name](decided(setting)))


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.CORRECTED])
def test_cases_reach_every_reason(reason):
    """Pages are accepted and reviewed for every reason there is."""
    assert reaches(
        strategies.settings_of_cases(),
        lambda setting: any(label.reason is reason for label in decided(setting).outcome.labels),
    )


@pytest.mark.parametrize("kind", [
    FindingKind.MISSING_PAGES, FindingKind.OUT_OF_ORDER, FindingKind.TOO_FEW_PAGES, FindingKind.TOO_MANY_PAGES,
    FindingKind.UNREADABLE_PAGE, FindingKind.MISSING_DOCUMENT, FindingKind.DUPLICATE_PAGES,
])  # fmt: skip
def test_cases_reach_findings(kind):
    """Cases have every kind of finding."""
    assert reaches(
        strategies.settings_of_cases(),
        lambda setting: any(finding.kind is kind for finding in decided(setting).outcome.findings),
    )


@pytest.mark.parametrize("slips", [0, 1, 2])
def test_planted_phrases_reach_every_count_of_slips(slips):
    """Phrases are planted whole, and with as many slips as they may hold."""
    assert reaches(strategies.planted(), lambda plant: plant.slips == slips)
