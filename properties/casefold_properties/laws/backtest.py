"""Laws of backtests: parts add up to the whole, a policy against itself changes nothing, and nothing is lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from casefold.policy.backtest import joined, summarised
from casefold.policy.deciding import Ready, decide_by
from casefold.policy.impact import FOUR_FIFTHS, Impact, impacts
from casefold.policy.spread import Spread, added, spread_of
from casefold.policy.summary import Pair, Summary, Terms, Unread, changed, nothing, swapped

Row: TypeAlias = Pair | Unread
Count: TypeAlias = Callable[[Terms, Iterable[Row]], Summary]
Add: TypeAlias = Callable[[Terms, Summary, Summary], Summary]


def parts_add_up(
    terms: Terms, history: Sequence[Row], shuffled: Sequence[Row], cuts: Sequence[int], count: Count = summarised,
    add: Add = joined,
) -> None:  # fmt: skip
    """However history is cut and in whatever order it comes, its parts add up to the summary of the whole."""
    ends = [0, *sorted(min(cut, len(shuffled)) for cut in cuts), len(shuffled)]
    parts = [count(terms, shuffled[start:end]) for start, end in pairwise(ends)]
    found = nothing(terms)
    for part in parts:
        found = add(terms, part, found)
    assert found == count(terms, history)
    assert repr(_plain(found)) == repr(_plain(count(terms, history))), "equal numbers are written alike"


def _plain(summary: Summary) -> object:
    return [[(spread.total, spread.count) for spread in moved.spreads] for moved in summary.numbers]


def adding_is_commutative_and_associative(
    terms: Terms, one: Sequence[Row], two: Sequence[Row], three: Sequence[Row], add: Add = joined
) -> None:
    """Summaries are a commutative monoid; no history at all is its unit."""
    a, b, c = (summarised(terms, each) for each in (one, two, three))
    assert add(terms, a, b) == add(terms, b, a)
    assert add(terms, add(terms, a, b), c) == add(terms, a, add(terms, b, c))
    assert add(terms, a, nothing(terms)) == a == add(terms, nothing(terms), a)


def a_policy_against_itself_changes_nothing(terms: Terms, history: Iterable[Row], count: Count = summarised) -> None:
    """Whoever decides as before changes no outcome, no reason, no number and no group."""
    summary = count(terms, history)
    assert changed(summary) == 0
    assert not summary.regions
    assert summary.reworded == 0
    assert all(not swapped(terms, summary, into=into) for into in (True, False))
    assert all(one == other for one, other in summary.reasons.values())
    assert all(group.approved[0] == group.approved[1] for group in summary.groups.values())
    assert all(moved.rose == moved.fell == 0 and moved.spreads[0] == moved.spreads[1] for moved in summary.numbers)


def nothing_is_lost(terms: Terms, history: Sequence[Row], count: Count = summarised) -> None:
    """Every row is counted once: in the matrix or as unread, in one group of a column, in a region if it changes."""
    summary = count(terms, history)
    pairs = [each for each in history if isinstance(each, Pair)]
    assert summary.rows == len(pairs)
    assert summary.unread == len(history) - len(pairs)
    assert sum(summary.regions.values()) == changed(summary)
    for column in range(len(terms.groups)):
        if column not in summary.crowded:
            found = [group.count for (at, _), group in summary.groups.items() if at == column]
            assert sum(found) == len(pairs)
            assert len(found) <= terms.groups_max
    for change, samples in summary.samples.items():
        assert len(samples) == min(terms.samples_max, summary.matrix[change])
    assert len(summary.unreadable) == min(terms.samples_max, summary.unread)


def samples_are_the_least(terms: Terms, history: Sequence[Row], count: Count = summarised) -> None:
    """No application that was left out has facts of a lesser digest than one that is shown."""
    roomy = Terms(terms.sides, terms.groups, terms.numbers, len(history), terms.groups_max)
    whole, few = count(roomy, history), count(terms, history)
    for change, samples in whole.samples.items():
        least = sorted((each.digest, each.at) for each in samples)[: terms.samples_max]
        assert least == [(each.digest, each.at) for each in few.samples.get(change, ())]


def groups_decide_nothing(terms: Terms, history: Sequence[Row], bare: Sequence[Row]) -> None:
    """What compares groups is no fact: without it, applications end alike and are told the same."""
    one, other = summarised(terms, history), summarised(terms, bare)
    assert (one.matrix, one.regions, one.reasons) == (other.matrix, other.regions, other.reasons)


def history_is_reproduced(prepared: Ready, history: Iterable[Row], side: int) -> None:
    """A backtest decides as anybody would: the same facts in another order give the same, and are left alone."""
    pairs = [each for each in history if isinstance(each, Pair)]
    before = [dict(each.facts) for each in pairs]
    again = [decide_by(prepared, each.facts) for each in reversed(pairs)][::-1]
    assert [_brief(each) for each in again] == [_brief(each.found[side]) for each in pairs]
    assert before == [dict(each.facts) for each in pairs]


def _brief(found: object) -> str:
    text = str(found)
    return text.partition("made=")[0]


Compare: TypeAlias = Callable[[Mapping[str | None, tuple[int, int]], int], tuple[Impact, ...]]


def ratios_are_by_the_highest_rate(
    groups: Mapping[str | None, tuple[int, int]], count_min: int, compare: Compare = impacts
) -> None:
    """The group with the highest rate has ratio 1, and a group is adverse if and only if its ratio is below 4/5."""
    found = compare(groups, count_min)
    assert {each.group: (each.count, each.selected) for each in found} == {
        group: counts for group, counts in groups.items() if counts[0]
    }
    compared = [each for each in found if each.ratio is not None]
    large = [each for each in found if each.group is not None and each.count >= count_min]
    highest = max((each.rate for each in large), default=Fraction(0))
    assert [each for each in large if highest] == compared
    for each in found:
        assert each.ratio == (each.rate / highest if each in compared else None)
        assert each.adverse == (each.ratio is not None and each.ratio < FOUR_FIFTHS)


def spreads_add_up(
    one: Sequence[Decimal], two: Sequence[Decimal], add: Callable[[Spread, Spread], Spread] = added
) -> None:
    """A spread of all is the sum of the spreads of parts: exact, in any order, and as coarse as all of them ask."""
    whole = spread_of([*one, *two])
    assert whole == add(spread_of(one), spread_of(two)) == add(spread_of(two), spread_of(one))
    assert Fraction(whole.total) == sum(map(Fraction, [*one, *two]))
    assert whole.digits == 0 or sum(whole.buckets.values()) == whole.count
