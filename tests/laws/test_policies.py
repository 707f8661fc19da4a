"""Decision tables and models answer as DMN says, whatever they hold."""

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.policy.model import HitPolicy, InputClause, Literal, OutputClause, Rule, Table
from casefold.policy.nodes import Node
from casefold_properties.laws import policies as laws
from casefold_properties.strategies import policies as strategies


@given(strategies.tables(), strategies.amounts(), strategies.states())
def test_a_rule_matches_where_its_cells_are_met(known, amount, state):
    """FEEL and the meaning of the cells agree, at bounds and for what is unknown."""
    laws.rules_match_where_their_cells_are_met(known.table, known.matching(amount, state), amount, state)


@given(
    strategies.tables(),
    st.sampled_from(((0,), (1,), (0, 1))),
    strategies.amounts(),
    strategies.states() | st.just(Decimal(1)),
)
def test_looking_up_is_asking(known, columns, amount, state):
    """An index, no index and half an index find the same rules, for nulls and other types too."""
    laws.looking_up_is_asking(known.table, strategies.ASKED, columns, amount, state)


@given(strategies.tables(), strategies.amounts(), strategies.states())
def test_hit_policies_are_views_of_the_same_matches(known, amount, state):
    """FIRST is the first of RULE ORDER, COUNT counts COLLECT, and UNIQUE and ANY refuse what differs."""
    laws.hit_policies_agree(known.table, amount, state)


@given(
    st.sampled_from((HitPolicy.UNIQUE, HitPolicy.PRIORITY)),
    strategies.tables().flatmap(lambda known: st.tuples(st.just(known), st.permutations(known.table.rules))),
    strategies.amounts(),
    strategies.states(),
)
def test_the_order_of_rules_is_nothing_to_most_hit_policies(hit, shuffled, amount, state):
    """Rules may be sorted as people like to read them."""
    known, rules = shuffled
    laws.order_of_rules_is_nothing_to(hit, known.table, rules, amount, state)


@given(strategies.tables(), strategies.amounts(), strategies.states())
def test_a_rule_may_be_split(known, amount, state):
    """``[2..6]`` and its halves say the same."""
    rules = (Rule(("[2..6]", "-"), ("2",)), *known.table.rules)
    table = evolve(known.table, rules=rules)

    laws.a_split_rule_is_the_same_rule(table, 0, ("[2..4]", "(4..6]"), amount, state)


@given(strategies.models(cards=False))
def test_a_model_is_read_back_as_it_was_written(model):
    """Export and import keep every part of a model."""
    laws.model_round_trips(model)


FACTS = st.dictionaries(
    st.sampled_from(strategies.NAMES), strategies.amounts() | strategies.states() | st.just(({"a": None},))
)


@given(strategies.models(), FACTS)
def test_any_model_decides(model, facts):
    """Cycles, unknown names and types, and texts that are no FEEL end in null with problems, never in an exception."""
    laws.any_model_decides(model, facts)


@given(strategies.trees())
@example(Node("definitions", "http://example.org/", {}, ()))
def test_any_tree_is_a_model_or_is_refused(root):
    """A file may hold anything."""
    laws.any_tree_is_read_or_refused(root)


def test_a_table_that_answers_by_another_rule_is_found_out():
    """The law can fail: here it is told that the second rule matches, and the first does."""
    clauses = (InputClause(Literal("amount", "number")), InputClause(Literal("state", "string")))
    rules = (Rule(("< 3", "-"), ("1",)), Rule((">= 3", "-"), ("2",)))
    table = Table(clauses, (OutputClause(),), rules)

    with pytest.raises(AssertionError):
        laws.rules_match_where_their_cells_are_met(table, [1], Decimal(2), "CA")
