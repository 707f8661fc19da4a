"""Batches: who does what and when leaves no trace, nothing is lost and nothing is done twice."""

import pytest
from attrs import evolve
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.batch.backoff import Backoff, wait_ms
from casefold.batch.events import (
    AttemptAbandoned,
    AttemptEnded,
    AttemptFailed,
    BatchOpened,
    CaseRow,
    Fault,
    PackageFound,
    SourceFault,
)
from casefold.batch.record import settle, take_up
from casefold.batch.state import State, fold
from casefold.batch.summary import dead_letters, package_row, summary_value
from casefold_properties.laws import batch as laws
from casefold_properties.strategies import batch as strategies

AT_ONCE = settings(phases=[Phase.generate], max_examples=200, derandomize=True, database=None, deadline=None)
"""Enough to be found out; no need to shrink what is known to be wrong."""

ATTEMPTS = 3
PASSING = Fault("WorkerDied", "why", passing=True)
LASTING = Fault("NoPackage", "why", passing=False)
ROW = CaseRow("content", "case", 2, 1, 1, 0)


def ways(random, workers):
    return {"choose": random.randrange, "workers": workers, "attempts_max": ATTEMPTS}


ways_through = st.tuples(st.randoms(use_true_random=False), st.integers(1, 4)).map(lambda pair: ways(*pair))


@given(strategies.scripts(), ways_through, ways_through)
def test_order_and_number_of_workers_do_not_matter(script, one, other):
    """Neither do crashes: the summary is that of the packages."""
    laws.who_does_what_leaves_no_trace(laws.go_through(script, **one), laws.go_through(script, **other))


@given(strategies.scripts(), ways_through)
def test_every_package_ends_once(script, way):
    """Nothing is lost, nothing is done twice, and nothing is tried for ever."""
    events = laws.go_through(script, **way)

    laws.every_package_ends_once(script, events)
    laws.attempts_are_bounded(events, ATTEMPTS)
    laws.only_what_may_pass_is_tried_again(script, events)
    laws.batch_history_makes_sense(events)


@given(strategies.scripts(), ways_through, st.integers(0, 30))
def test_a_batch_goes_on_where_it_was(script, way, cut):
    """What is folded in two parts is folded whole."""
    laws.batch_fold_is_associative(laws.go_through(script, **way), cut)


@given(strategies.batch_events())
def test_events_are_read_back(event):
    """The manifest gives back what was recorded."""
    laws.batch_event_round_trips(event)


backoffs = st.builds(Backoff, st.integers(0, 9), st.integers(1, 2_000), st.integers(1, 60_000))


@given(backoffs, st.sampled_from(strategies.NAMES), st.integers(1, 80))
@example(Backoff(0, 1, 1), "a", 1).via("the shortest wait of all")
@example(Backoff(0, 1_000, 60_000), "a", 10_000).via("beyond all doublings")
def test_waits_are_bounded(backoff, package, failures):
    """Longer each time, never beyond the longest, and the same again."""
    laws.waits_are_bounded(backoff, package, failures)


NAMES = ("loan", "loan.pdf", "LOAN.PDF", "loan-2", "loan-2.pdf", "é")
STEMS = ("loan", "LOAN", "loan-2", "é")
stems = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(STEMS)), max_size=5, unique_by=lambda pair: pair[0])


@given(stems, stems)
@example([("loan", "loan"), ("loan.pdf", "loan")], [("LOAN.PDF", "LOAN")]).via("all of one name")
def test_names_are_apart(packages, more):
    """Each case has a folder of its own, and keeps it."""
    laws.names_are_apart(packages, [each for each in more if each[0] not in dict(packages)])


def forever(package, result, _):
    return settle(package, result, 1_000)


def stubborn(package, result, most):
    return settle(package, evolve(result, passing=True) if isinstance(result, Fault) else result, most)


def counting(terms, batch):
    return {**summary_value(terms, batch), "begun": sum(each.begun for each in batch.packages.values())}


def shuffled(terms, batch):
    begun = sorted(batch.packages, key=lambda name: batch.packages[name].begun)
    return {**summary_value(terms, batch), "packages": [package_row(batch.packages[name]) for name in begun]}


@pytest.mark.parametrize("wrong", [counting, shuffled])
def test_a_summary_that_tells_who_did_what_is_found_out(wrong):
    """A summary must not know how often something was begun, or in which order."""
    with pytest.raises(AssertionError):
        AT_ONCE(
            given(strategies.scripts(), ways_through, ways_through)(
                lambda script, one, other: laws.who_does_what_leaves_no_trace(
                    laws.go_through(script, **one), laws.go_through(script, **other), wrong
                )
            )
        )()


@pytest.mark.parametrize("wrong", [forever, stubborn])
def test_a_batch_that_tries_too_often_is_found_out(wrong):
    """Without a bound, or after bad input."""

    def check(script, way):
        events = laws.go_through(script, **way, settle=wrong)
        laws.attempts_are_bounded(events, ATTEMPTS)
        laws.only_what_may_pass_is_tried_again(script, events)

    with pytest.raises(AssertionError):
        AT_ONCE(given(st.just({"a": (PASSING,), "b.pdf": (LASTING,)}), ways_through)(check))()


def test_a_batch_that_loses_or_doubles_is_found_out():
    """One end too few, one too many."""
    events = laws.go_through({"a": (ROW,)}, lambda _: 0, workers=1, attempts_max=ATTEMPTS)
    for wrong in (events[:-1], (*events, events[-1])):
        with pytest.raises(AssertionError):
            laws.every_package_ends_once({"a": (ROW,)}, wrong)
    with pytest.raises(AssertionError):
        laws.batch_history_makes_sense((*events, events[-1]))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda backoff, _, failures: backoff.first_ms << failures,
        lambda backoff, package, failures: wait_ms(backoff, package, failures) // 4,
    ],
    ids=["no longest wait", "hardly a wait"],
)
def test_waits_beyond_their_bounds_are_found_out(wrong):
    """The law finds waits that grow for ever, and such as are none."""
    with pytest.raises(AssertionError):
        AT_ONCE(given(backoffs, st.integers(1, 40))(lambda some, n: laws.waits_are_bounded(some, "a", n, wrong)))()


def test_names_that_meet_are_found_out():
    """A folder for each stem is a folder for two packages."""
    with pytest.raises(AssertionError):
        laws.names_are_apart([("loan", "loan"), ("loan.pdf", "loan")], [], lambda found, _: dict(found))


def test_histories_are_of_every_kind():
    """Chance reaches crashes, retries, dead letters and refusals."""
    events = st.builds(lambda script, way: laws.go_through(script, **way), strategies.scripts(), ways_through)
    states = {state: (lambda e, s=state: any(p.state is s for p in fold(e).packages.values())) for state in State}
    del states[State.OPEN]

    assert not unreached(
        events,
        {
            **states,
            "abandoned": lambda e: any(isinstance(each, AttemptAbandoned) for each in e),
            "tried again": lambda e: any(isinstance(each, AttemptFailed) and not each.last for each in e),
            "several at once": lambda e: len([each for each in e if isinstance(each, AttemptEnded)]) > 2,
        },
        examples=150,
    )


def test_a_refusal_that_may_pass_is_tried_again():
    """A file that took too long is tried again, and refused when it always does."""
    slow = evolve(ROW, refused=(SourceFault("a.pdf", "TookTooLong", "stopped after 8 s"),))
    events = laws.go_through({"a": (slow,)}, lambda _: 0, workers=1, attempts_max=ATTEMPTS)

    assert [False, False] == [each.last for each in events if isinstance(each, AttemptFailed)]
    assert slow == fold(events).packages["a"].row
    (letter,) = dead_letters(fold(events))
    assert 3 == letter["attempts"]
    assert [{"reason": "TookTooLong", "detail": "a.pdf: stopped after 8 s"}] == letter["reasons"]


def test_what_changed_is_open_again():
    """A package of another version is taken anew, attempts are numbered on, and --again revives dead letters alone."""
    events = laws.go_through({"a": (LASTING,), "c": (ROW,)}, lambda _: 0, workers=2, attempts_max=ATTEMPTS)
    batch = fold(events)

    again = fold(take_up(batch, [], again=True), batch)
    assert (State.OPEN, State.DONE) == (again.packages["a"].state, again.packages["c"].state)
    (found,) = take_up(batch, [PackageFound("c", "c", "2")])
    changed = fold([found], batch).packages["c"]
    assert (State.OPEN, 0, 1) == (changed.state, changed.failures, changed.begun)
    assert () == take_up(batch, [PackageFound("c", "c", "1")])
    assert isinstance(events[0], BatchOpened)
