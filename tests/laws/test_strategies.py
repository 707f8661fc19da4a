"""The strategies reach both sides of everything that the laws are about."""

from tests.laws.reaching import unreached

from casefold.case.state import fold
from casefold.documents.findings import FindingKind
from casefold.pages.assembly import assemble
from casefold.pages.labels import Reason, Status
from casefold.taxonomy.model import UNKNOWN
from casefold_properties import strategies
from casefold_properties.worlds import drive

EXAMPLES = 700


STREAMS = {
    "a document of several pages": lambda found, _: any(
        one.first < one.last and one.label != UNKNOWN for one in found.segments
    ),
    "two documents of one class in a row": lambda found, _: any(
        one.label == two.label != UNKNOWN for one, two in zip(found.segments, found.segments[1:], strict=False)
    ),
    "unknown pages between others": lambda found, _: (
        [one.label == UNKNOWN for one in found.segments][:3] == [False, True, False]
    ),
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


def test_streams_reach_everything():
    """Streams are cut, joined, tied and left unknown."""
    found = strategies.streams(max_size=5).map(lambda stream: (assemble(*stream), stream[1]))

    assert not unreached(
        found, {name: lambda pair, met=met: met(*pair) for name, met in STREAMS.items()}, examples=EXAMPLES
    )


OUTCOMES = {
    "an accepted page": lambda case: any(label.status is Status.ACCEPTED for label in case.outcome.labels),
    "a variant": lambda case: any(label.variant for label in case.outcome.labels),
    "a kind outside": lambda case: any(label.looks_like for label in case.outcome.labels),
    "a document of three pages": lambda case: any(len(one.pages) > 2 for one in case.outcome.documents),
    "two files": lambda case: len({one.source for one in case.outcome.documents}) > 1,
    "no pages": lambda case: not case.pages,
}
ELSEWHERE = {
    Reason.CORRECTED,
    Reason.LAYER_UNTRUSTED,
    Reason.ORDER_UNCERTAIN,
    Reason.BUDGET_EXHAUSTED,
    Reason.UNANSWERED,
}
"""What takes a person, a bad layer, a shuffled file or a language model: their own tests reach these."""
REASONS = [reason for reason in Reason if reason not in ELSEWHERE]
FOUND = [
    kind
    for kind in FindingKind
    if kind
    not in {
        FindingKind.SOURCE_REFUSED,
        FindingKind.NOT_WRITTEN,
        FindingKind.TOO_FEW_PAGES,
        FindingKind.TOO_MANY_PAGES,
        FindingKind.FORM_DIFFERS,
        FindingKind.RULE_FAILED,
        FindingKind.UNDECIDED,
    }
]


def with_reason(reason: Reason):
    return lambda case: any(label.reason is reason for label in case.outcome.labels)


def with_finding(kind: FindingKind):
    return lambda case: any(finding.kind is kind for finding in case.outcome.findings)


def test_cases_reach_everything():
    """Cases end in every way that a case can end: each reason for a label, each kind of finding, and more."""
    cases = strategies.settings_of_cases().map(
        lambda setting: fold(drive(setting.artifacts, [setting.opened], setting.world()))
    )
    wanted = OUTCOMES | {str(reason): with_reason(reason) for reason in REASONS}
    wanted |= {str(kind): with_finding(kind) for kind in FOUND}

    assert not unreached(cases, wanted, examples=EXAMPLES)


def test_planted_phrases_reach_every_count_of_slips():
    """Phrases are planted whole, and with as many slips as they may hold."""
    counts = {str(slips): lambda plant, slips=slips: plant.slips == slips for slips in (0, 1, 2)}

    assert not unreached(strategies.planted(), counts, examples=EXAMPLES)
