"""What calibration promises holds: of the arithmetic for every sample, of the guarantee over many simulated ones."""

from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.calibration.betting import BETS, STAKE, Audit, audited, audited_all
from casefold.calibration.bounds import Ask, holds, units_needed, upper_ppm
from casefold.calibration.strata import Key, Plan, Unit, calibrate, drawn
from casefold.calibration.walking import Judged, Tried, Walked, grid, tried, walk
from casefold.kernel.odds import PPM, confidence_ppm
from casefold.pages.certificates import Level, Standing
from casefold.pages.text import TextOrigin
from casefold_properties import laws, strategies
from casefold_properties.simulation import KEY, Band, Pipeline, cascade, draws, misled, naive, units_of

ASK = Ask(50_000, 100_000)
"""One error in twenty, at nine in ten: small samples tell it."""


@given(strategies.samples(units_max=120), st.integers(1_000, 500_000))
@example((299, 0), 50_000).via("one in a hundred at 95 %")
@example((0, 0), 50_000).via("nothing was looked at")
@example((5, 5), 50_000).via("all are wrong")
def test_bounds_are_the_least_safe_ones(sample, doubt):
    """Exactly Clopper and Pearson's, rounded up to a part in a million."""
    units, wrong = sample
    laws.bounds_are_the_least_safe_ones(units, wrong, doubt)


def test_a_bound_that_is_rounded_down_is_found():
    """A part in a million below is no bound."""
    with pytest.raises(AssertionError):
        laws.bounds_are_the_least_safe_ones(299, 0, 50_000, lambda *of: upper_ppm(*of) - 1)


def test_a_bound_of_the_normal_approximation_is_found():
    """Three standard deviations of nothing are nothing."""
    with pytest.raises(AssertionError):
        laws.bounds_are_the_least_safe_ones(299, 0, 50_000, lambda units, wrong, _: 1 + wrong * PPM // units)


@given(strategies.samples(units_max=120), st.integers(1_000, 500_000))
def test_bounds_move_with_what_was_seen(sample, doubt):
    """More right ones help, more errors hurt."""
    units, wrong = sample
    laws.bounds_move_with_what_was_seen(units, wrong, doubt)


def test_a_bound_that_forgets_errors_is_found():
    """It does not rise when an error is seen."""
    with pytest.raises(AssertionError):
        laws.bounds_move_with_what_was_seen(50, 3, 50_000, lambda units, _, doubt: upper_ppm(units, 0, doubt))


@pytest.mark.parametrize(
    ("risk", "doubt", "needed"),
    [
        (50_000, 50_000, (59, 93, 124)),
        (20_000, 50_000, (149, 236, 313)),
        (10_000, 50_000, (299, 473, 628)),
        (5_000, 50_000, (598, 947, 1_258)),
        (10_000, 10_000, (459, 662, 838)),
    ],
)
def test_as_many_are_needed_as_tables_say(risk, doubt, needed):
    """For no error, one and two; one fewer does not show it."""
    ask = Ask(risk, doubt)

    assert needed == tuple(units_needed(wrong, ask) for wrong in range(3))
    assert not any(holds(count - 1, wrong, ask) for wrong, count in enumerate(needed))


@given(strategies.unit_lists(), st.sampled_from(("1", "2")))
def test_one_unit_is_drawn_of_each_package(units, seed):
    """However the units lie, and blindly."""
    laws.one_of_each_package(units, seed)
    laws.draws_ignore_order(units, seed)
    laws.draws_are_blind(units, seed)


def test_a_draw_that_looks_is_found():
    """To take the surest page of each package is to choose what is shown."""

    def surest(units, seed):
        sample: dict[Key, dict[str, Judged]] = {}
        for unit in sorted(units, key=lambda unit: unit.judged.confidence_ppm):
            sample.setdefault(unit.key, {})[unit.package] = unit.judged
        return sample

    units = [Unit("1", str(name), KEY, Judged(name, True)) for name in range(5)]
    laws.one_of_each_package(units, "1", surest)
    with pytest.raises(AssertionError):
        laws.draws_are_blind(units, "1", surest)


def test_a_draw_of_whatever_comes_first_is_found():
    """It depends on the order in which pages come."""

    def first(units, seed):
        sample: dict[Key, dict[str, Judged]] = {}
        for unit in units:
            sample.setdefault(unit.key, {}).setdefault(unit.package, unit.judged)
        return sample

    units = [Unit("1", str(name), KEY, Judged(name, True)) for name in range(5)]
    with pytest.raises(AssertionError):
        laws.draws_ignore_order(units, "1", first)


@given(strategies.trials(), strategies.asks())
@example([Tried(999_000, 300, 0), Tried(998_000, 300, 1), Tried(997_000, 900, 1)], Ask(10_000, 50_000)).via("a gap")
def test_walks_stop_at_the_first_failure(counts, ask):
    """What comes after it is not even looked at."""
    laws.walks_stop_at_the_first_failure(counts, ask)


def test_a_walk_that_skips_is_found():
    """Whoever takes the loosest threshold that happens to hold tests many times and pays once."""

    def skipping(counts, ask):
        good = [each for each in counts if holds(each.accepted, each.wrong, ask)]
        return Walked(good[-1] if good else None, None)

    counts = [Tried(999_000, 300, 0), Tried(998_000, 300, 1), Tried(997_000, 900, 1)]
    with pytest.raises(AssertionError):
        laws.walks_stop_at_the_first_failure(counts, Ask(10_000, 50_000), skipping)


@given(strategies.asks(), st.lists(st.booleans(), max_size=40))
def test_bets_are_fair(ask, rights):
    """After whatever was seen."""
    audit = audited_all(Audit(ask), rights)
    laws.bets_are_fair(audit)
    laws.errors_raise_the_stakes(audit)


def test_a_bet_that_rounds_up_is_found():
    """Rounding may not win anything."""

    def generous(audit, right):
        after = audited(audit, right)
        return evolve(after, stakes=tuple(stake + STAKE // 100 for stake in after.stakes))

    with pytest.raises(AssertionError):
        laws.bets_are_fair(Audit(ASK), generous)


def test_a_bet_against_errors_is_found():
    """A gambler who wins when labels are right watches for the wrong thing."""
    with pytest.raises(AssertionError):
        laws.errors_raise_the_stakes(Audit(ASK), lambda audit, right: audited(audit, not right))


def alarms(wrong_ppm: int, *, seeds: int, units: int) -> int:
    """In how many audits of *units* units the alarm goes off at any time."""
    count = 0
    for seed in range(seeds):
        chance = draws(seed)
        count += audited_all(Audit(ASK), (next(chance) >= wrong_ppm for _ in range(units))).alarmed_at is not None
    return count


def test_an_audit_seldom_alarms_falsely_however_long_it_is_watched():
    """At the certified risk itself, at most one audit in ten; over 200 audits, 36 would be a chance in thousands."""
    assert alarms(ASK.risk_ppm, seeds=200, units=300) <= 35


def test_an_audit_finds_that_twice_as_many_are_wrong_and_more():
    """The law is not kept by never alarming."""
    assert alarms(4 * ASK.risk_ppm, seeds=50, units=300) >= 48


def test_to_test_anew_after_every_unit_alarms_too_often():
    """The plain test, looked at again and again, breaks its promise: that is what bets are for."""
    count = 0
    for seed in range(60):
        chance, wrong = draws(seed), 0
        for units in range(1, 301):
            wrong += next(chance) < ASK.risk_ppm
            # One-sided the other way: would so many errors be rare, were the share no higher than certified?
            if units % 10 == 0 and wrong and holds(units, units - wrong, Ask(PPM - ASK.risk_ppm, ASK.doubt_ppm)):
                count += 1
                break

    assert count > 60 // 5


STEPS = Pipeline((Band(999_000, 300_000, 10_000), Band(990_000, 300_000, 60_000), Band(900_000, 400_000, 300_000)))
"""Sure labels are right, the others less so than they say: a threshold between them is what is looked for."""
EDGE = Pipeline((Band(999_000, 500_000, ASK.risk_ppm + 1_000), Band(900_000, 500_000, 200_000)))
"""Even the surest labels are wrong a little more often than is asked: hardly anything may be certified."""
TOGETHER = Pipeline((Band(999_000, 1_000_000, 60_000),), pages_max=12)
"""Pages of one package are right or wrong together."""
THRESHOLDS = (999_000, 990_000, 900_000)
SEEDS = range(200)
TOO_MANY = 37
"""Of 200 samples, 20 may mislead on average; 37 would be a chance in ten thousand."""


def by_walking(units):
    found = walk(tried(drawn(units, "1").get(KEY, {}).values(), THRESHOLDS), ASK).certified
    return None if found is None else found.confidence_min_ppm


def by_the_sample(units):
    chosen = naive(tried(drawn(units, "1").get(KEY, {}).values(), THRESHOLDS), ASK)
    return None if chosen is None else chosen.confidence_min_ppm


def by_all_pages(units):
    counts = tried([unit.judged for unit in units], THRESHOLDS)
    found = walk(counts, ASK).certified
    return None if found is None else found.confidence_min_ppm


@pytest.mark.parametrize("pipeline", [STEPS, EDGE, TOGETHER], ids=["steps", "edge", "together"])
@pytest.mark.parametrize("packages", [50, 120])
def test_the_guarantee_holds_over_many_samples(pipeline, packages):
    """In at most one sample of ten does the threshold let more errors through than was asked."""
    assert misled(pipeline, by_walking, ASK, packages=packages, seeds=SEEDS) < TOO_MANY


def test_thresholds_are_found_where_there_are_good_ones():
    """The law is not kept by certifying nothing."""
    found = [by_walking(units_of(STEPS, 600, seed)) for seed in range(20)]

    assert sum(threshold in {999_000, 990_000} for threshold in found) >= 18


def test_a_naive_threshold_breaks_the_guarantee():
    """That few of the sample are wrong shows nothing: half the time more are."""
    assert misled(EDGE, by_the_sample, ASK, packages=120, seeds=SEEDS) >= TOO_MANY


def test_pages_of_one_package_are_no_independent_sample():
    """Whoever counts every page promises too much."""
    assert misled(TOGETHER, by_all_pages, ASK, packages=50, seeds=SEEDS) >= TOO_MANY


@pytest.mark.parametrize("seed", range(5))
def test_a_cascade_stays_within_its_bound_and_its_cost(seed):
    """The pipeline is certified as a whole; fresh pages keep the bound, a quarter of them being asked about at most."""
    ask, pages = Ask(10_000, 50_000), 6_000
    sample = cascade(pages, 1_000 + seed)
    found = walk(tried(sample.judged, grid(30)), ask).certified
    assert found is not None
    fresh = cascade(pages, seed)
    accepted = [each for each in fresh.judged if each.confidence_ppm >= found.confidence_min_ppm]
    wrong = sum(not each.right for each in accepted)

    assert 4 * fresh.asked <= pages
    assert len(accepted) > 8 * pages // 10
    assert wrong * PPM <= ask.risk_ppm * len(accepted)


def test_a_cascade_that_believes_every_answer_exceeds_its_bound():
    """To accept whatever a model says that errs in one of twenty is no way to one in a hundred."""
    answers = cascade(6_000, 1, unsure_ppm=PPM)
    wrong = sum(not each.right for each in answers.judged)

    assert wrong * PPM > 10_000 * len(answers.judged)


def test_calibration_grows_with_the_sample():
    """The certified confidence never rises as clean packages are added, and what is missing falls one by one."""
    ask = Ask(10_000, 50_000)
    plan = Plan(ask, {Level.PAGE: grid(30), Level.DOCUMENT: grid(20)})
    clean = [Unit(str(number), "1", KEY, Judged(confidence_ppm(40), True)) for number in range(299)]
    rows = [calibrate(clean[:count], plan)[0] for count in (1, 100, 298, 299)]

    assert [298, 199, 1, 0] == [row.more for row in rows]
    assert [False] * 3 + [True] == [row.standing is Standing.CERTIFIED for row in rows]
    assert all(one.bound_ppm >= other.bound_ppm for one, other in pairwise(rows))


def origins(recognised: int, *, together: bool = False, wrong: int = 0) -> list[Unit]:
    """Sure pages on text layers and one less sure, and recognised ones like that, in the same packages or in others."""
    sure = [Unit(f"a{number}", "1", KEY, Judged(confidence_ppm(40 if number else 21), True)) for number in range(369)]
    key = evolve(KEY, origin=TextOrigin.OCR)
    first = "a" if together else "b"
    unsure = [
        Unit(f"{first}{number}", "2", key, Judged(confidence_ppm(22), number >= wrong)) for number in range(recognised)
    ]
    return sure + unsure


@pytest.mark.parametrize(
    ("units", "borrowed"),
    [
        (origins(368), True),
        (origins(367), False),
        (origins(400, wrong=4), False),
        (origins(368, together=True), False),
    ],
    ids=["enough", "too few", "wrong", "same packages"],
)
def test_a_threshold_is_borrowed_only_where_it_holds(units, borrowed):
    """On the stratum's own sample, with half of the doubt, and found in packages that have nothing of it."""
    tries = {Level.PAGE: grid(30, 20), Level.DOCUMENT: grid(20)}
    rows = {row.origin: row for row in calibrate(units, Plan(Ask(10_000, 50_000), tries, borrow=True))}
    alone = {row.origin: row for row in calibrate(units, Plan(Ask(10_000, 50_000), tries))}

    assert rows[TextOrigin.LAYER].standing is Standing.CERTIFIED
    assert borrowed is (rows[TextOrigin.OCR].standing is Standing.CERTIFIED) is rows[TextOrigin.OCR].borrowed
    assert alone[TextOrigin.OCR].standing is Standing.UNCERTIFIED


def test_strategies_reach_what_the_laws_are_about():
    """Walks that find something, that fail at once and that hold to their end; packages with several units."""

    def several(units):
        places = [(unit.key, unit.package) for unit in units]
        return len(places) > len(set(places))

    walks = st.tuples(strategies.trials(), strategies.asks()).map(lambda both: walk(*both))
    missed = unreached(
        walks,
        {
            "nothing": lambda walked: walked.certified is None,
            "something": lambda walked: walked.certified is not None and walked.failed is not None,
            "all": lambda walked: walked.failed is None,
        },
        examples=300,
    )

    assert set() == missed
    assert set() == unreached(strategies.unit_lists(), {"several": several}, examples=300)
    assert len(BETS) > 1
