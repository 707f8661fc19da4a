"""What is said of a table holds for every applicant that its cells tell apart."""

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.kernel.results import Success
from casefold.policy.checks.coverage import coverage
from casefold.policy.checks.dead import Dead, DeadRules, Why, dead_rules
from casefold.policy.checks.diff import Change, diff_tables
from casefold.policy.checks.gaps import Gaps, gaps
from casefold.policy.checks.mcdc import pairs
from casefold.policy.checks.monotone import ByNumber, Monotone, check_monotone
from casefold.policy.checks.overlaps import Overlaps, overlaps
from casefold.policy.model import HitPolicy, InputClause, Literal, OutputClause, Rule, Table
from casefold_properties.laws import checks as laws
from casefold_properties.strategies import checks as strategies

SINGLE = st.sampled_from(strategies.SINGLE).flatmap(lambda hit: strategies.tables(hit=hit))


@given(SINGLE | strategies.tables(columns=("amount", "state", "member")))
def test_gaps_are_exactly_where_no_rule_matches(table):
    """Law 8, completeness: no gap is missed, and in none that is certain a rule matches."""
    laws.gaps_are_where_no_rule_matches(table, strategies.applicants(table))


@given(strategies.tables())
def test_overlaps_are_where_two_rules_match(table):
    """Law 7, exclusivity: no pair is missed, and each witness is matched by both."""
    laws.overlaps_are_where_two_rules_match(table, strategies.applicants(table))


@given(strategies.tables(max_rules=3))
def test_without_overlaps_hit_policies_are_one(table):
    """Law 6: what a hit policy is for is overlaps."""
    laws.without_overlaps_hit_policies_are_one(table, strategies.applicants(table))


@given(st.sampled_from((HitPolicy.FIRST, HitPolicy.RULE_ORDER)).flatmap(lambda hit: strategies.tables(hit=hit)))
def test_rules_that_do_not_meet_may_change_places(table):
    """Law 5: only where two rules meet does their order matter."""
    laws.rules_that_do_not_meet_may_change_places(table, strategies.applicants(table))


REPEATING = strategies.tables(hit=HitPolicy.ANY, columns=("member",))
"""Tables with few things to say and leave to say them more than once."""


@given(strategies.tables() | REPEATING)
def test_dead_rules_may_be_deleted(table):
    """Law 9: a rule that is told to be dead decides nothing."""
    laws.dead_rules_may_be_deleted(table, strategies.applicants(table))


@given(strategies.tables(asked=False, hit=HitPolicy.FIRST))
def test_every_rule_that_decides_nothing_is_found(table):
    """Where no cell must be asked, dead rules are exactly those by which nobody is decided."""
    laws.a_rule_that_decides_is_not_dead_and_any_other_is(table, strategies.applicants(table))


TWO = strategies.tables().flatmap(lambda table: st.tuples(st.just(table), strategies.edited(table)))


@given(TWO)
def test_a_diff_is_exactly_where_tables_decide_differently(both):
    """Law 10: every applicant outside is decided alike, every one inside as told."""
    before, after = both
    laws.a_diff_is_where_tables_decide_differently(before, after, strategies.applicants(before, after))


@given(strategies.tables())
def test_a_diff_with_itself_is_empty(table):
    """Law 10, cells that must be asked included."""
    laws.a_diff_with_itself_is_empty(table)


@given(TWO)
def test_a_diff_mirrors(both):
    """Law 10: after and before change places, and nothing else."""
    laws.a_diff_mirrors(*both)


CLAIMED = strategies.tables(columns=("amount",), hit=HitPolicy.FIRST, asked=False) | st.sampled_from(
    strategies.SINGLE
).flatmap(lambda hit: strategies.tables(columns=("amount", "member"), hit=hit))
"""Tables that answer by one rule, over an amount and something else."""


@given(
    CLAIMED,
    st.booleans(),
    st.booleans(),
)
def test_a_monotone_table_never_answers_worse(table, rising, larger):
    """Law 15: a claim holds for every two applicants, or two show that it does not."""
    laws.a_monotone_table_never_answers_worse(
        table, "amount", strategies.applicants(table), rising=rising, larger=larger
    )


@given(strategies.tables())
def test_pairs_show_that_conditions_matter(table):
    """The tests that are made show what they are made for; what is told to be impossible is."""
    laws.pairs_show_that_conditions_matter(table, strategies.applicants(table))


@given(strategies.tables())
def test_coverage_is_what_decides(table):
    """A rule is reached exactly if it decides."""
    laws.coverage_is_what_decides(table, strategies.applicants(table))


TABLE = Table(
    (InputClause(Literal("amount", "number"), "[1..6]"),),
    (OutputClause(allowed="3, 2, 1"),),
    (Rule(("< 3",), ("1",)), Rule(("[2..4)",), ("2",)), Rule(("2",), ("3",))),
    HitPolicy.FIRST,
)
"""Nobody decides from 4 to 6; the first two rules overlap from 2 up to 3; the third is dead."""

EVERYBODY = strategies.applicants(TABLE)


def test_a_gap_check_that_finds_nothing_is_found_out():
    """The law can fail: a gap that is not told."""
    with pytest.raises(AssertionError, match="nobody decides"):
        laws.gaps_are_where_no_rule_matches(TABLE, EVERYBODY, lambda _grid, _max: Success(Gaps((), 0, 0)))


def test_a_gap_check_that_forgets_a_bound_is_found_out():
    """The law can fail: here ``[2..4)`` is taken for ``(2..4)``, and 2 for a gap."""
    narrower = evolve(TABLE, rules=(Rule(("< 2",), ("1",)), Rule(("(2..4)",), ("2",))))
    wider = evolve(TABLE, rules=(Rule(("< 2",), ("1",)), Rule(("[2..4)",), ("2",))))
    wrong = gaps(laws.grid_of(narrower))

    with pytest.raises(AssertionError, match="decide about"):
        laws.gaps_are_where_no_rule_matches(wider, EVERYBODY, lambda _grid, _max: wrong)


def test_an_overlap_check_that_looks_at_neighbours_alone_is_found_out():
    """The law can fail: the first and the third rule meet too."""

    def neighbours(grid, told_max):
        found = overlaps(grid, told_max)
        kept = tuple(each for each in found.found if each.rules[1] == each.rules[0] + 1)
        return Overlaps(kept, len(kept), 0, error=True)

    with pytest.raises(AssertionError, match="two match"):
        laws.overlaps_are_where_two_rules_match(TABLE, EVERYBODY, neighbours)


def test_an_overlap_check_that_finds_nothing_is_found_out():
    """The law can fail: where two rules meet and differ, hit policies are not one."""
    with pytest.raises(AssertionError):
        laws.without_overlaps_hit_policies_are_one(TABLE, EVERYBODY, lambda _: Overlaps((), 0, 0, error=True))


def test_a_diff_that_sees_what_is_not_there_is_found_out():
    """The law can fail: a table that differs from itself, or differs one way and not the other."""
    other = evolve(TABLE, rules=TABLE.rules[1:])
    there = diff_tables(laws.grid_of(TABLE), laws.grid_of(other)).unwrap()
    assert there.total

    with pytest.raises(AssertionError):
        laws.a_diff_with_itself_is_empty(TABLE, lambda _one, _other: there)
    with pytest.raises(AssertionError):
        laws.a_diff_mirrors(TABLE, other, lambda _one, _other: there)


def test_coverage_that_counts_what_matches_is_found_out():
    """The law can fail: under FIRST the third rule matches and never decides."""

    def matching(grid, applicants):
        return evolve(coverage(grid, applicants), hit=(0, 1, 2))

    allowed = [{"amount": Decimal(each)} for each in range(1, 7)]
    with pytest.raises(AssertionError):
        laws.coverage_is_what_decides(TABLE, allowed, matching)


def test_rules_that_do_meet_may_not_change_places():
    """The law can fail: here it is told that no two rules meet."""
    with pytest.raises(AssertionError, match="meet"):
        laws.rules_that_do_not_meet_may_change_places(TABLE, EVERYBODY, lambda grid: [0] * len(grid.rows))


def test_a_check_that_takes_overlap_for_cover_is_found_out():
    """The law can fail: the second rule overlaps the first, and yet decides about 3."""
    with pytest.raises(AssertionError, match="decided about"):
        laws.dead_rules_may_be_deleted(
            TABLE, EVERYBODY, lambda _grid: DeadRules((Dead(1, Why.COVERED, None, (0,)),), ())
        )


def test_a_diff_that_compares_texts_is_found_out():
    """The law can fail: the third rule says something else now, and decides nothing as before; and the second does."""
    other = evolve(TABLE, rules=(*TABLE.rules[:2], Rule(("5",), ("3",))))

    with pytest.raises(AssertionError):
        laws.a_diff_is_where_tables_decide_differently(
            TABLE, other, EVERYBODY, lambda before, _after: diff_tables(before, before).unwrap()
        )


def test_tests_for_another_table_are_found_out():
    """The law can fail: pairs of one table show nothing of another."""
    wrong = pairs(laws.grid_of(TABLE))
    other = evolve(TABLE, rules=tuple(reversed(TABLE.rules)))

    with pytest.raises(AssertionError):
        laws.pairs_show_that_conditions_matter(other, EVERYBODY, lambda _grid: wrong)


def test_a_claim_that_is_false_is_shown_to_be():
    """A larger amount gets a larger answer in this table, so smaller answers cannot be the better ones."""
    found = check_monotone(laws.grid_of(TABLE), Monotone("amount", True, ByNumber(larger=False))).unwrap()

    assert [(each.favoured, each.other) for each in found.violations] != []


def test_strategies_reach_what_the_laws_are_about():
    """Certain and possible gaps, overlaps, each way to be dead, changed, evaluated and possible regions."""
    kinds = {why: lambda found, why=why: any(each.why is why for each in found.found) for why in Why}
    dead = (strategies.tables() | REPEATING | strategies.tables(hit=HitPolicy.FIRST)).map(
        lambda table: dead_rules(laws.grid_of(table))
    )
    assert unreached(dead, kinds, examples=500) == set()

    found = strategies.tables(hit=HitPolicy.UNIQUE).map(
        lambda table: (gaps(laws.grid_of(table)).unwrap(), overlaps(laws.grid_of(table)))
    )
    reached = {
        "no gap": lambda both: not both[0].found,
        "certain gap": lambda both: both[0].certain,
        "possible gap": lambda both: both[0].possible,
        "certain overlap": lambda both: both[1].certain,
        "possible overlap": lambda both: both[1].possible,
    }
    assert unreached(found, reached, examples=150) == set()

    diffs = TWO.map(lambda both: diff_tables(laws.grid_of(both[0]), laws.grid_of(both[1])).unwrap())
    changes = {kind: lambda diff, kind=kind: dict(diff.counts)[kind] for kind in Change}
    columns = {"another column": lambda diff: any(None in (each.before, each.after) for each in diff.columns)}
    assert unreached(diffs, {**changes, **columns}, examples=300) == set()

    claims = CLAIMED.map(
        lambda table: check_monotone(laws.grid_of(table), Monotone("amount", True, ByNumber(larger=True))).unwrap()
    )
    kept = {"kept": lambda found: not found.violations and not found.unknown, "broken": lambda found: found.violations}
    assert unreached(claims, kept, examples=300) == set()

    tests = strategies.tables().map(lambda table: pairs(laws.grid_of(table)))
    sides = {name: lambda found, name=name: bool(getattr(found, name)) for name in ("found", "impossible", "unknown")}
    assert unreached(tests, sides, examples=150) == set()
