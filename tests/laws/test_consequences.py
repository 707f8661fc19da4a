"""Correcting a page never changes another document silently, and what is taken back is as if never said."""

from random import Random

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.case.consequences import Consequences, SeenDocument, SeenPage, consequences, seen, told
from casefold.case.events import BoundaryCorrected, Correction, CorrectionWithdrawn, PageCorrected
from casefold.case.record import AssemblyDue, BeginsAnyway, NobodyNamed, NothingSaid, record
from casefold.case.state import fold, may_begin
from casefold.kernel.results import Failure
from casefold.pages.labels import Status
from casefold.taxonomy.model import UNKNOWN
from casefold_properties import laws, strategies
from casefold_properties.strategies import lines_of, page_of, setting_of
from casefold_properties.worlds import drive, recorded

SETTINGS = strategies.settings_of_cases(max_sources=2, refused=False)
CHANCE = st.randoms(use_true_random=False)
ALPHA, BRAVO = (page_of([lines_of(f"{name} certificate")]) for name in ("alpha", "bravo"))
BLANK = page_of([], objects=0)
ROW = setting_of([ALPHA, BLANK, ALPHA, BRAVO])


@st.composite
def outcomes(draw, pages: int):
    """Documents over so many pages, of any shape."""
    cuts = draw(st.lists(st.booleans(), min_size=pages, max_size=pages))
    order = draw(st.permutations(range(1, pages + 1))) if draw(st.booleans()) else list(range(1, pages + 1))
    groups: list[list[int]] = []
    for page, cut in zip(order, cuts, strict=True):
        if cut or not groups:
            groups.append([])
        groups[-1].append(page)
    kind, status = st.sampled_from(("alpha", "bravo", UNKNOWN)), st.sampled_from(Status)
    found = []
    for number, group in enumerate(sorted(groups, key=min), 1):
        label = draw(kind)
        shown = tuple(SeenPage(page, label, None, None, draw(status)) for page in group)
        found.append(SeenDocument(str(number).zfill(2), label, None, None, draw(status), shown))
    return tuple(found)


def _split(documents, at: int):
    """Part one document in two, if it can be; all behind it get other numbers."""
    pages = documents[at].pages
    halves = [evolve(documents[at], pages=half) for half in (pages[:1], pages[1:]) if half]
    whole = sorted([*documents[:at], *halves, *documents[at + 1 :]], key=lambda document: min(document.numbers))
    return tuple(evolve(document, id=str(number).zfill(2)) for number, document in enumerate(whole, 1))


@st.composite
def pairs(draw):
    count = draw(st.integers(1, 6))
    before = draw(outcomes(count))
    split = st.integers(0, len(before) - 1).map(lambda at: _split(before, at))
    after = draw(st.one_of(outcomes(count), st.just(before), split))
    return before, after, draw(st.integers(1, count))


@given(pairs())
def test_every_difference_is_told(pair):
    """However two outcomes differ, what is told makes one from the other."""
    before, after, page = pair

    laws.every_difference_is_told(before, after, page, consequences(before, after, page))


@given(SETTINGS, CHANCE)
@example(ROW, Random(1)).via("a blank sheet between two of a kind")
def test_a_correction_changes_nothing_silently(setting, chance):
    """Whatever a person says of a page of a case, all that changes is told."""
    log = drive(setting.artifacts, [setting.opened], setting.world())
    case = fold(log)
    if not case.pages:
        return
    page = 1 + chance.randrange(len(case.pages))
    known = [UNKNOWN, *(each.id for each in setting.artifacts.compiled.taxonomy.classes)]
    said: Correction = PageCorrected(page, chance.choice(known), "me", "I looked")
    if chance.randrange(2) and may_begin(case, page):
        said = BoundaryCorrected(page, bool(chance.randrange(2)), "me", "I looked")
    after = (*log, *recorded(setting.artifacts, case, said))
    after = (*after, *recorded(setting.artifacts, fold(after), AssemblyDue()))
    [found] = told(setting.artifacts.thresholds, enumerate(after, 1))
    outcomes = [each.outcome for each in (case, fold(after)) if each.outcome is not None]
    one, two = (seen(each, case.pages, setting.artifacts.thresholds) for each in outcomes)

    assert (len(log) + 1, said) == (found.sequence, found.said)
    assert found.changed is not None
    laws.every_difference_is_told(one, two, page, found.changed)
    laws.boundaries_hold(fold(after))


@given(SETTINGS, CHANCE)
def test_taking_back_is_as_if_never_said(setting, chance):
    """After as many withdrawals as corrections, labels, documents and findings are what they were."""
    log = drive(setting.artifacts, [setting.opened], setting.world())
    before = fold(log)
    if not before.pages:
        return
    known = [UNKNOWN, *(each.id for each in setting.artifacts.compiled.taxonomy.classes)]
    for _ in range(1 + chance.randrange(3)):
        page = 1 + chance.randrange(len(before.pages))
        said: Correction = PageCorrected(page, chance.choice(known), "me", "I looked")
        if chance.randrange(2) and may_begin(before, page):
            said = BoundaryCorrected(page, bool(chance.randrange(2)), "me", "I looked")
        log = drive(setting.artifacts, (*log, *recorded(setting.artifacts, fold(log), said)), setting.world())
    while (case := fold(log)).said:
        back = CorrectionWithdrawn(chance.choice(case.said).page, "me", "a slip")
        log = drive(setting.artifacts, (*log, *recorded(setting.artifacts, case, back)), setting.world())

    laws.history_makes_sense(log)
    laws.taking_back_is_as_if_never_said(before, case)


def _forgetful(before, after, page):
    """Tell of the page's own documents alone."""
    found = consequences(before, after, page)
    return evolve(found, documents=tuple(change for change in found.documents if change.own))


def _unnumbered(before, after, page):
    """Say nothing of other numbers."""
    return evolve(consequences(before, after, page), renumbered=())


def _by_label(before, after, page):
    """Look at classes and pages, and not at what waits."""
    shape = {(each.label, each.numbers) for each in before} & {(each.label, each.numbers) for each in after}
    found = consequences(before, after, page)
    kept = [
        change
        for change in found.documents
        if not any(each is not None and (each.label, each.numbers) in shape for each in (change.before, change.after))
    ]
    return Consequences(tuple(kept), found.renumbered)


def _all_own(before, after, page):
    found = consequences(before, after, page)
    return evolve(found, documents=tuple(evolve(change, own=True) for change in found.documents))


@pytest.mark.parametrize("wrong", [_forgetful, _unnumbered, _by_label, _all_own])
def test_the_law_finds_what_is_not_told(wrong):
    """Each way of keeping quiet is found out."""

    def caught(pair) -> bool:
        before, after, page = pair
        try:
            laws.every_difference_is_told(before, after, page, wrong(before, after, page))
        except AssertionError:
            return True
        return False

    assert not unreached(pairs(), {"caught": caught}, examples=300)


def test_strategies_reach_what_corrections_can_do():
    """Documents elsewhere that change, come, go and get another number; and pairs with nothing to tell."""

    def found(pair):
        return consequences(*pair)

    assert not unreached(
        pairs(),
        {
            "elsewhere": lambda pair: bool(found(pair).elsewhere),
            "new elsewhere": lambda pair: any(each.before is None for each in found(pair).elsewhere),
            "gone elsewhere": lambda pair: any(each.after is None for each in found(pair).elsewhere),
            "renumbered": lambda pair: bool(found(pair).renumbered),
            "own alone": lambda pair: bool(found(pair).documents) and not found(pair).elsewhere,
            "nothing": lambda pair: found(pair) == Consequences((), ()),
        },
        examples=500,
    )


def test_a_person_says_where_a_document_begins():
    """Two alphas are one document where a person says so, and two where another says that; taken back, as before."""
    setting = setting_of([ALPHA, ALPHA, ALPHA])
    log = drive(setting.artifacts, [setting.opened], setting.world())
    shapes = []
    first = fold(log)
    assert first.outcome is not None
    for said in (
        BoundaryCorrected(2, False, "Ann", "one form"),
        BoundaryCorrected(2, True, "Bo", "two forms"),
        CorrectionWithdrawn(2, "Ann", "one form after all"),
        CorrectionWithdrawn(2, "Ann", "as it was"),
    ):
        log = drive(setting.artifacts, (*log, *recorded(setting.artifacts, fold(log), said)), setting.world())
        outcome = fold(log).outcome
        assert outcome is not None
        shapes.append([document.pages for document in outcome.documents])

    assert shapes[0] == shapes[2] and any({1, 2} <= {*pages} for pages in shapes[0])
    assert any(pages[0] == 2 for pages in shapes[1])
    assert shapes[3] == [document.pages for document in first.outcome.documents]


def test_what_cannot_be_said_is_refused():
    """The first page of a file begins a document anyway; nothing is taken back that nobody said; somebody says why."""
    case = fold(drive(ROW.artifacts, [ROW.opened], ROW.world()))
    refused = [
        record(ROW.artifacts, case, said)
        for said in (
            BoundaryCorrected(1, False, "Ann", "why"),
            CorrectionWithdrawn(2, "Ann", "why"),
            BoundaryCorrected(2, False, "Ann", " "),
        )
    ]

    assert [Failure(BeginsAnyway(1)), Failure(NothingSaid(2)), Failure(NobodyNamed())] == refused


def test_pages_far_away_are_as_sure_as_before():
    """A class that a person gave to one page is no alternative on the fortieth after it, which never showed it."""
    setting = setting_of([ALPHA, *[page_of([lines_of(f"alpha certificate number {at}")]) for at in range(59)]])
    log = drive(setting.artifacts, [setting.opened], setting.world())
    before = fold(log).outcome
    log = drive(
        setting.artifacts,
        (*log, *recorded(setting.artifacts, fold(log), PageCorrected(5, "bravo", "Ann", "seen"))),
        setting.world(),
    )
    after = fold(log).outcome

    assert before is not None and after is not None
    assert "bravo" == after.labels[4].label
    assert before.labels[40:] == after.labels[40:]
