"""Recognition loses no page, trusts no garbage, and ends the same however the work is cut."""

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.case.outcome import outcome_digest
from casefold.case.state import Case, fold
from casefold.pages import quality
from casefold.pages.labels import Reason, Thresholds, thresholds_digest
from casefold.pages.quality import Layer, judge, plausible
from casefold.pages.recognition import Effort, RecognisedWords, recognised
from casefold_properties import laws, strategies
from casefold_properties.strategies import GARBAGE, lines_of, page_of
from casefold_properties.worlds import World, drive, reloaded

CHANCE = st.randoms(use_true_random=False)
SCAN = evolve(page_of([], objects=1), image_ppm=1_000_000)
STAMP = evolve(page_of([lines_of("Loan 77-1234 page 3")], objects=2), image_ppm=1_000_000)


@given(strategies.layers(), strategies.garbage())
@example(SCAN, GARBAGE).via("a scan with a garbage layer")
@example(STAMP, GARBAGE * 10).via("a stamped scan with more words than a stamp has")
def test_more_garbage_gains_no_trust(page, garbage):
    """What is not trusted is not trusted for more words that nobody would write."""
    laws.garbage_gains_no_trust(page, garbage)


def test_a_test_that_counts_words_alone_is_caught(monkeypatch):
    """Counting garbage as words makes a scan with a garbage layer trusted, and the law says so."""
    monkeypatch.setattr(quality, "plausible", lambda _word: True)

    with pytest.raises(AssertionError):
        laws.garbage_gains_no_trust(STAMP, GARBAGE * 10)


@pytest.mark.parametrize("word", GARBAGE)
def test_garbage_is_no_word(word):
    """What the law adds is what nobody would write."""
    assert not plausible(word)


def test_layers_of_every_kind_come_up():
    """The strategy reaches every judgement."""
    kinds = {kind.value: lambda found, kind=kind: found is kind for kind in Layer}

    assert not unreached(strategies.layers().map(judge), kinds, examples=300)


@given(strategies.recognised_cases())
def test_recognition_conserves_pages(both):
    """Whatever is recognised, and whatever crashes: every page is there once, in one document, as large as it was."""
    setting, world = both
    case = fold(drive(setting.artifacts, [setting.opened], world))

    laws.is_finished(case)
    laws.recognition_conserves_pages(setting.package, case)
    laws.only_what_needs_it_is_recognised(case)
    laws.a_page_lost_to_recognition_is_reviewed(case)


@given(strategies.recognised_cases(max_pages=4), CHANCE)
def test_a_stopped_recognition_ends_the_same(both, chance):
    """Forget all save the log at any step: the case comes to the same end."""
    setting, world = both
    log = drive(setting.artifacts, [setting.opened], world)
    again = World(setting.package, chance.randrange, pictures=world.pictures)
    crooked = reloaded(drive(setting.artifacts, [setting.opened], again, chance.randrange, crashes=True))

    assert outcome_digest(fold(log)) == outcome_digest(crooked)
    laws.history_makes_sense(log)
    laws.fold_is_associative_over_logs(log)
    laws.lineage_traces_every_page(log)


@given(strategies.layers(), strategies.recognised_words())
@example(evolve(page_of([lines_of("one two")]), form_words=1), RecognisedWords((), (), (), 90)).via("a field on a scan")
def test_recognised_words_replace_the_layer(page, found):
    """Words of the layer go, values of fields stay, and the whole can be written and read back."""
    laws.recognised_words_replace_the_layer(page, found)


@given(strategies.layers(), strategies.recognised_words())
def test_words_stay_on_their_page(page, found):
    """However a page lies, its words stand on it when it is turned upright."""
    laws.words_stay_on_their_page(recognised(page, found))


@given(strategies.recognised_cases(max_pages=4), st.integers(0, 1_000_000))
def test_thresholds_decide_nothing_of_what_is_read(both, minimum):
    """A certificate is used for pages that were read as those were that it was shown of."""
    other = Thresholds("other", "1", minimum)

    laws.thresholds_decide_nothing_of_what_is_read(driven(both), driven(both, other))


def test_the_law_finds_cases_that_were_read_otherwise():
    """A page that was tried once more is another reading."""
    one = Case(tried={1: 1})

    with pytest.raises(AssertionError):
        laws.thresholds_decide_nothing_of_what_is_read(one, evolve(one, tried={1: 2}))


def driven(both, thresholds=None):
    setting, world = both
    artifacts, opened = setting.artifacts, setting.opened
    if thresholds is not None:
        artifacts = evolve(artifacts, thresholds=thresholds)
        opened = evolve(opened, thresholds=thresholds_digest(thresholds))
    return fold(drive(artifacts, [opened], world))


def with_effort(effort):
    return lambda case: any(page.recognition is not None and page.recognition.effort is effort for page in case.pages)


ENDS = {
    **{effort.value: with_effort(effort) for effort in Effort},
    "lost": lambda case: any(case.tried.get(page.page) and page.unreadable for page in case.pages),
    "blank": lambda case: any(
        label.reason is Reason.BLANK and label.page in case.tried for label in case.outcome.labels
    ),
    "accepted": lambda case: any(
        label.reason is Reason.SURE and label.page in case.tried for label in case.outcome.labels
    ),
}


def test_cases_reach_every_effort():
    """Pages are recognised with each effort, lost, found to be blank, and accepted."""
    assert not unreached(strategies.recognised_cases().map(driven), ENDS, examples=200)
