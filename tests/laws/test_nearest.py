"""Law 11: what would have decided otherwise does, if that is changed and nothing else."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.policy.model import HitPolicy
from casefold.policy.nearest import nearest
from casefold_properties.laws import nearest as laws
from casefold_properties.strategies import lookups as strategies


def first(known):
    """Take a table for one of FIRST, where rules before others count."""
    return evolve(known, table=evolve(known.table, hit=HitPolicy.FIRST, aggregation=None))


TABLES = strategies.tables().map(first)
ROWS = strategies.rows().filter(bool).map(lambda rows: rows[0])


@given(TABLES, ROWS)
def test_what_is_nearest_would_decide(known, row):
    """The rule that is told matches then, and none before it."""
    laws.what_is_nearest_would_decide(known, row)


def found_for(example):
    known, row = example
    seen = laws.seen_of(known, row)
    rules = range(1, len(known.table.rules) + 1)
    return [found for number in rules if seen is not None and (found := nearest(seen, {number})) is not None]


def test_tables_have_something_near():
    """One change, two changes, and none that helps."""
    assert not unreached(
        st.tuples(TABLES, ROWS),
        {
            "one change": lambda example: any(len(found.changes) == 1 for found in found_for(example)),
            "two changes": lambda example: any(len(found.changes) == 2 for found in found_for(example)),
            "none": lambda example: bool(example[0].table.rules) and not found_for(example),
        },
        examples=200,
    )


def test_a_rule_that_is_named_without_trying_is_found_out():
    """Telling changes that lead to another rule."""

    def careless(seen, wanted):
        found = nearest(seen, set(range(1, len(seen.grid.rows) + 1)))
        return None if found is None else evolve(found, rule=min(wanted))

    def fails(example):
        known, row = example
        try:
            laws.what_is_nearest_would_decide(known, row, careless)
        except AssertionError:
            return True
        return False

    assert not unreached(st.tuples(TABLES, ROWS), {"found out": fails}, examples=200)
