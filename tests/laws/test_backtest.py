"""Parts of a backtest add up to the whole, a policy against itself changes nothing, and nothing is lost."""

from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.feel.values import Value
from casefold.policy.backtest import summarised
from casefold.policy.deciding import decide_by, ready
from casefold.policy.impact import impacts
from casefold.policy.spread import BUCKETS_MAX, Spread, added, spread_of
from casefold.policy.summary import Pair, Terms, side_of, swapped
from casefold_properties.laws import backtest as laws
from casefold_properties.strategies import backtest as strategies

CUTS = st.lists(st.integers(0, 12), max_size=3)
SHUFFLED = strategies.histories().flatmap(lambda history: st.tuples(st.just(history), st.permutations(history.rows)))


@given(SHUFFLED, CUTS)
def test_parts_add_up_to_the_whole(shuffled, cuts):
    """Any number of processes, each with any part of history, come to the same figures and samples."""
    history, rows = shuffled
    laws.parts_add_up(history.terms, history.rows, rows, cuts)


@given(strategies.histories(), st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted))
def test_summaries_are_a_commutative_monoid(history, cuts):
    """Added in any order and any grouping, and nothing added is nothing changed."""
    one, two = cuts
    rows = history.rows
    laws.adding_is_commutative_and_associative(history.terms, rows[:one], rows[one:two], rows[two:])


@given(strategies.histories(same=True))
def test_a_policy_against_itself_changes_nothing(history):
    """Zero differences, whatever history holds."""
    laws.a_policy_against_itself_changes_nothing(history.terms, history.rows)


@given(strategies.histories())
def test_nothing_is_lost(history):
    """The matrix sums to the rows; regions to the changes; groups to the applicants."""
    laws.nothing_is_lost(history.terms, history.rows)


@given(strategies.histories())
def test_samples_are_those_of_the_least_digests(history):
    """Which applications are shown is no matter of who came first."""
    laws.samples_are_the_least(history.terms, history.rows)


@given(strategies.histories())
def test_groups_decide_nothing(history):
    """Sex is counted, and never asked."""
    laws.groups_decide_nothing(history.terms, history.rows, strategies.without_groups(history).rows)


@given(strategies.histories(), st.sampled_from((0, 1)))
def test_history_is_reproduced(history, side):
    """What a backtest counts is what deciding gives; it leaves no trace in the facts."""
    laws.history_is_reproduced(history.both[side], history.rows, side)


COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (max(pair), min(pair)))
GROUPS = st.dictionaries(st.none() | st.sampled_from("abcd"), COUNTS)


@given(GROUPS, st.integers(1, 40))
@example({"a": (5, 4), "b": (1, 1)}, 1).via("four fifths exactly")
def test_ratios_are_by_the_highest_rate(groups, count_min):
    """Four fifths itself is not below four fifths."""
    laws.ratios_are_by_the_highest_rate(groups, count_min)


@given(strategies.numbers(), strategies.numbers())
def test_spreads_add_up(one, two):
    """Sums are exact, and histograms of parts are as coarse as that of the whole."""
    laws.spreads_add_up(one, two)


def ends(found, why):
    return any(change[0].how == why for change in found.matrix)


REACHED = {
    "declined to approved": lambda history, found: swapped(history.terms, found, into=True),
    "approved to declined": lambda history, found: swapped(history.terms, found, into=False),
    "more samples than are kept": lambda history, found: any(
        0 < history.terms.samples_max < count for change, count in found.matrix.items() if change[0] != change[1]
    ),
    "a crowded column": lambda _, found: found.crowded,
    "a column that is not": lambda _, found: found.groups,
    "other reasons": lambda _, found: found.reworded,
    "a rate that rose": lambda _, found: found.numbers[0].rose,
    "a row that was not read": lambda _, found: found.unread,
    "no reason": lambda _, found: ends(found, "no_reason"),
    "an unknown outcome": lambda _, found: ends(found, "outcome_unknown"),
    "a wrong type": lambda _, found: ends(found, "wrong_type"),
}


def test_histories_reach_everything():
    """Histories swap, crowd, reword, raise and break off."""
    found = strategies.histories().map(lambda history: (history, summarised(history.terms, history.rows)))

    assert not unreached(found, {name: lambda pair, met=met: met(*pair) for name, met in REACHED.items()}, examples=200)


def test_numbers_reach_every_fineness():
    """Histograms at their finest and coarser, and sums that no float has."""
    conditions = {
        "fine": lambda numbers: len(spread_of(numbers).buckets) > 2,
        "coarse": lambda numbers: 0 < spread_of(numbers).digits < 4,
        "inexact": lambda numbers: numbers and sum(map(float, numbers)) != float(spread_of(numbers).total),
    }
    assert not unreached(strategies.numbers(), conditions, examples=200)


def test_numbers_that_differ_wildly_have_no_histogram():
    """A histogram does not grow with the numbers, whatever they are."""
    found = spread_of([Decimal(digit).scaleb(power) for digit in range(1, 10) for power in range(-30, 30)])

    assert (0, {}) == (found.digits, found.buckets)
    assert BUCKETS_MAX == 200


# Planted: each law finds what it is there for.


def of(*amounts, same=False, groups=("F", "a"), samples=1):
    """Give history of these amounts, by a mild policy and a strict one."""
    one, other = by(2, "1"), by(2, "1") if same else by(4, "2")
    sides = side_of(one.policy), side_of(other.policy)
    rows: list[Pair] = []
    for at, amount in enumerate(amounts, 1):
        facts: dict[str, Value] = {"amount": Decimal(amount), "state": "CA"}
        rows.append(Pair(at, facts, (decide_by(one, facts), decide_by(other, facts)), groups))
    return Terms(sides, strategies.GROUPS, ("rate",), samples), rows


def by(low, rate="1", reason="C08"):
    return ready(strategies.policy(low, 3, rate, reason)).unwrap()


def refuted(law, *arguments, **planted):
    with pytest.raises(AssertionError):
        law(*arguments, **planted)


def test_first_come_first_shown_is_found_out():
    """Samples that are the first of each part depend on how history is cut."""

    def count(terms, rows):
        found = summarised(evolve(terms, samples_max=99), rows)
        most = terms.samples_max
        first = {change: tuple(sorted(each, key=lambda one: one.at)[:most]) for change, each in found.samples.items()}
        return evolve(found, samples=first)

    terms, rows = of("3", "3.1", "3.2", "3.3", "3.5", "3.6", "3.7")
    laws.parts_add_up(terms, rows, rows[::-1], range(1, 7))
    laws.samples_are_the_least(terms, rows)
    refuted(laws.parts_add_up, terms, rows, rows[::-1], range(1, 7), count=count)
    refuted(laws.samples_are_the_least, terms, rows, count=count)


def test_a_sum_of_floats_is_found_out():
    """A sum that is rounded depends on the order in which it was made."""

    def add(one: Spread, two: Spread) -> Spread:
        total = Decimal(str(float(one.total) + float(two.total)))
        return evolve(added(one, two), total=total)

    refuted(laws.spreads_add_up, [Decimal("1e30")], [Decimal("1e-30")], add=add)


def test_a_count_that_drops_what_is_not_decided_is_found_out():
    """An application that was not decided is one of the rows."""

    def count(terms, rows):
        found = summarised(terms, rows)
        return evolve(found, matrix={change: n for change, n in found.matrix.items() if change[0].decided})

    terms, rows = of("1")
    odd = evolve(rows[0], found=(decide_by(by(2, reason=""), rows[0].facts), rows[0].found[1]))
    laws.nothing_is_lost(terms, [odd])
    refuted(laws.nothing_is_lost, terms, [odd], count=count)


def test_a_backtest_that_sees_a_change_where_there_is_none_is_found_out():
    """The second policy decides a row later."""

    def count(terms, rows):
        late = [evolve(one, found=(one.found[0], other.found[1])) for one, other in pairwise(rows)]
        return summarised(terms, late)

    terms, rows = of("1", "9", same=True)
    laws.a_policy_against_itself_changes_nothing(terms, rows)
    refuted(laws.a_policy_against_itself_changes_nothing, terms, rows, count=count)


def test_adding_that_forgets_is_found_out():
    """The left summary alone is no sum."""
    terms, rows = of("1", "9")

    refuted(laws.adding_is_commutative_and_associative, terms, rows[:1], rows[1:], [], add=lambda _, one, two: one)


def test_groups_that_decide_are_found_out():
    """Two histories that differ in more than their groups do not pass for one."""
    terms, rows = of("1", "9")

    refuted(
        laws.groups_decide_nothing, terms, rows, [evolve(each, found=rows[0].found, groups=(None,)) for each in rows]
    )


def test_history_that_was_decided_otherwise_is_found_out():
    """The outcome on record is not what the policy gives."""
    _, rows = of("3")

    refuted(laws.history_is_reproduced, by(2), rows, 1)


def test_a_ratio_by_the_average_is_found_out():
    """The rate of all is not the rate of the group with the highest."""

    def compare(groups, count_min):
        all_of_them = (sum(count for count, _ in groups.values()), sum(selected for _, selected in groups.values()))
        found = impacts({**groups, "all": all_of_them}, count_min)
        rate = next(each.rate for each in found if each.group == "all")
        return tuple(evolve(each, ratio=each.rate / rate) for each in found if each.group != "all")

    refuted(laws.ratios_are_by_the_highest_rate, {"a": (10, 9), "b": (10, 5)}, 1, compare=compare)
