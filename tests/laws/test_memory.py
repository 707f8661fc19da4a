"""Recalling reviewed pages: likeness is one, what is recalled is bounded, and every case that recalls ends."""

import pytest
from attrs import evolve as changed
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.case.events import PagesRecalled
from casefold.case.record import AssemblyDue
from casefold.case.state import fold
from casefold.case.steps import RecallPages, next_steps
from casefold.memory.recalling import Match, Remembered, opinion_of
from casefold.memory.sketches import sketch
from casefold.pages.labels import Tier
from casefold.pages.opinions import Opinion
from casefold_properties import laws, strategies
from casefold_properties.laws import memory
from casefold_properties.strategies.memory import match_lists, remembered_pages, texts
from casefold_properties.worlds import World, drive, reloaded

CHANCE = st.randoms(use_true_random=False)
SEARCHING = settings(max_examples=1_000, database=None, derandomize=True, phases=[Phase.generate])


@given(texts(), texts())
@example((), ())
def test_likeness_is_a_likeness(one, other):
    """Itself wholly, both ways the same, and within its bounds."""
    memory.likeness_is_a_likeness(one, other)


@given(match_lists())
@example(())
def test_what_is_recalled_is_bounded(matches):
    """No page is worth more than its likeness, and no label comes from nowhere."""
    memory.opinion_is_bounded(matches)


@given(match_lists(), st.integers(0, 1_000))
def test_a_liker_page_is_never_worth_less(matches, more):
    """Likeness helps."""
    memory.likeness_helps(matches, more)


def boastful(matches):
    """Be sure of whatever is recalled."""
    return Opinion(Tier.MEMORY, matches[0].label, 40) if matches else None


def contrary(matches):
    """Speak for the page that is least like."""
    return Opinion(Tier.MEMORY, matches[-1].label, 1) if len(matches) > 1 and matches[0].similarity > 500 else None


def modest(matches):
    """Take likeness for a reason to doubt."""
    return Opinion(Tier.MEMORY, matches[0].label, 1_000 - matches[0].similarity) if matches else None


@pytest.mark.parametrize(("law", "wrong"), [
    (memory.opinion_is_bounded, boastful),
    (memory.opinion_is_bounded, contrary),
    (lambda matches, weigh: memory.likeness_helps(matches, 9, weigh), modest),
])  # fmt: skip
def test_a_recollection_that_says_too_much_is_found(law, wrong):
    """The laws find what is surer than it may be, and what turns likeness round."""

    @SEARCHING
    @given(match_lists())
    def holds(matches):
        law(matches, wrong)

    with pytest.raises(AssertionError):
        holds()


def test_two_labels_that_are_equally_like_say_nothing():
    """Who is told two things by two people has been told nothing."""
    one, other = Match(900, "alpha", "May", 1, "Ada"), Match(900, "bravo", "May", 2, "Bob")

    assert opinion_of((one, other)) is None
    assert opinion_of((one,)) == Opinion(Tier.MEMORY, "alpha", 19, "90 % like page 1 of May, which Ada labelled")
    half = opinion_of((one, changed(other, similarity=850)))
    assert half is not None and 9 == half.worth


LETTER = "the committee of the gardens met again to speak of hedges gates gravel and lime trees by the old river mill"
PAGE = strategies.page_of([strategies.lines_of(LETTER)])
SKETCH = sketch(PAGE.words)


def recalling(setting):
    return changed(setting, opened=changed(setting.opened, tenant="bank"))


@given(strategies.settings_of_cases(max_pages=4, max_sources=2), st.lists(remembered_pages(), max_size=4), CHANCE)
def test_whatever_is_recalled_a_case_ends(setting, known, chance):
    """Recalling happens once, before anything is assembled; replay needs no memory, and a crash changes nothing."""
    setting = recalling(setting)
    world = World(setting.package, remembered=tuple(known))
    log = drive(setting.artifacts, [setting.opened], world)
    crooked = World(setting.package, chance.randrange, remembered=tuple(known))
    other = reloaded(drive(setting.artifacts, [setting.opened], crooked, chance.randrange, crashes=True))

    laws.is_finished(fold(log))
    laws.outcome_is_content(fold(log), other)
    laws.replay_is_identical(setting.artifacts, setting.package, fold(log))
    if setting.opened.sources:
        laws.history_makes_sense(log)
    for event in log:
        laws.event_round_trips(event)


SETTING = recalling(strategies.setting_of([PAGE]))
LOG = drive(
    SETTING.artifacts,
    [SETTING.opened],
    World(SETTING.package, remembered=(Remembered("May", 3, "alpha", "Ada", SKETCH or 0),)),
)


def test_a_like_page_speaks():
    """The very page that was reviewed is recalled, with who said so."""
    case = fold(LOG)
    (opinion,) = case.pages[0].opinions

    assert (Tier.MEMORY, "alpha", 19) == (opinion.tier, opinion.label, opinion.worth)
    assert "100 % like page 3 of May, which Ada labelled" == opinion.detail


def test_what_was_recalled_otherwise_makes_no_sense():
    """Opinions that do not follow from what was recalled, or about pages that are not there, are noticed."""
    at = next(at for at, event in enumerate(LOG) if isinstance(event, PagesRecalled))
    event = LOG[at]
    assert isinstance(event, PagesRecalled)
    (told,) = event.opinions
    for members in (
        {"opinions": ()},
        {"opinions": (changed(told, opinions=(changed(told.opinions[0], worth=60),)),)},
        {"recalled": (changed(event.recalled[0], page=9),)},
    ):
        assert at == laws.first_misfit([*LOG[:at], changed(event, **members), *LOG[at + 1 :]])


def test_nothing_is_assembled_before_what_is_recalled():
    """Recalling alone is due then."""
    at = next(at for at, event in enumerate(LOG) if isinstance(event, PagesRecalled))
    case = fold(LOG[:at])

    assert (RecallPages(),) == next_steps(case)
    laws.refuses_what_is_not_due(SETTING.artifacts, case, AssemblyDue())


def test_recollections_reach_every_end():
    """Something is recalled with all its worth, with part of it, and not at all."""
    ends = {
        "nothing": lambda opinion: opinion is None,
        "part": lambda opinion: opinion is not None and opinion.worth not in {19, 16, 12, 8, 4},
        "all": lambda opinion: opinion is not None and opinion.worth == 19,
    }

    assert not unreached(match_lists().map(opinion_of), ends, examples=300)
