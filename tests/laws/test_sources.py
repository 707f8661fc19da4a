"""Policies survive being written and read, decide alike wherever they go, and any file gets an answer."""

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import example, given
from tests.laws.reaching import unreached

from casefold.kernel.results import Failure, Success
from casefold.policy.artifact import Policy
from casefold.policy.model import (
    Bin,
    Characteristic,
    Decision,
    InputClause,
    InputData,
    Literal,
    Model,
    OutputClause,
    Rule,
    Scorecard,
    Table,
    Variable,
)
from casefold.policy.reading import read_model
from casefold.policy.sources.cells import Sheet, SheetInvalid
from casefold.policy.sources.faults import SourceInvalid
from casefold.policy.sources.losses import as_dmn
from casefold.policy.sources.sheets import read_table
from casefold.policy.sources.trees import Entries, Listing, Scalar
from casefold_adapters import yaml
from casefold_properties.laws import policies as policy_laws
from casefold_properties.laws import sources as laws
from casefold_properties.strategies import policies as policy_strategies
from casefold_properties.strategies import sources as strategies


@given(strategies.tables())
def test_a_table_is_read_back_from_its_sheet(table):
    """Every cell, head and note of it."""
    laws.table_round_trips(table)


@given(strategies.cards())
def test_a_scorecard_is_read_back_from_its_sheet(card):
    """Every bin of it."""
    laws.table_round_trips(card)


@given(strategies.policies())
def test_a_policy_is_read_back_from_yaml(policy):
    """All that a lender declares, and every kind of boxed expression, through the bytes of a file."""
    laws.policy_round_trips(policy, lambda tree: yaml.parse(yaml.write(tree).unwrap()).unwrap())


@given(strategies.scored_policies())
def test_scores_are_read_back_from_yaml(policy):
    """Models, experiments and subjects, to the last digit of a bound."""
    laws.policy_round_trips(policy, lambda tree: yaml.parse(yaml.write(tree).unwrap()).unwrap())


@given(strategies.scores(), strategies.facts())
def test_a_scorecard_decides_alike_in_dmn(card, facts):
    """DMN has no scorecards; the sum of tables gives the same points."""
    laws.decides_alike(laws.model_of_card(card), in_dmn(laws.model_of_card(card)), facts)


@given(policy_strategies.tables(), strategies.facts())
def test_a_table_decides_alike_in_dmn(known, facts):
    """Whatever its hit policy."""
    one = policy_laws.model_of(known.table)
    laws.decides_alike(one, in_dmn(one), facts)


def in_dmn(model):
    node, _ = as_dmn(Policy(model))
    return read_model(node).unwrap()


@given(strategies.sheets())
@example(Sheet("Rate", ()))
@example(Sheet("Rate", (("",),)))
def test_any_sheet_is_a_table_or_is_refused(sheet):
    """A sheet may hold anything."""
    laws.any_sheet_is_read_or_refused(sheet)


@given(strategies.trees())
@example(Scalar(""))
def test_any_tree_is_a_policy_or_is_refused(tree):
    """A file may hold anything."""
    laws.any_tree_is_read_or_refused(tree)


@given(strategies.trees())
def test_any_tree_is_read_back_from_yaml(tree):
    """What a text looks like to other readers makes no difference."""
    assert Success(tree) == yaml.parse(yaml.write(tree).unwrap())


def test_a_table_that_is_not_read_back_is_found_out():
    """The law can fail: space around a cell is not kept, and an empty output is null."""
    clause = InputClause(Literal("amount", "number"))
    for rule in (Rule((" < 3",), ("1",)), Rule(("< 3",), ("",))):
        with pytest.raises(AssertionError):
            laws.table_round_trips(Table((clause,), (OutputClause(),), (rule,)))


def test_a_policy_that_is_not_read_back_is_found_out():
    """The law can fail: an id that is no name is not kept."""
    named = InputData("_1", Variable("amount"))
    decision = Decision("Rate", Variable("Rate"), logic=Literal("amount"))

    with pytest.raises(AssertionError):
        laws.policy_round_trips(Policy(Model("m", "urn:casefold:m", elements=(named, decision)), name="m"))


def test_a_policy_that_a_file_changes_is_found_out():
    """The law can fail: a file that makes a number of a text loses its digits."""
    decision = Decision("Rate", Variable("Rate"), logic=Literal("5.250"))
    policy = Policy(Model("m", "urn:casefold:m", elements=(decision,)), name="m")
    laws.policy_round_trips(policy)

    def shortened(tree):
        if isinstance(tree, Scalar):
            return Scalar("5.25" if tree.text == "5.250" else tree.text)
        if isinstance(tree, Listing):
            return Listing(tuple(map(shortened, tree.items)))
        return Entries(tuple((key, shortened(value)) for key, value in tree.pairs))

    with pytest.raises(AssertionError):
        laws.policy_round_trips(policy, shortened)


def test_an_export_that_decides_otherwise_is_found_out():
    """The law can fail: here the sum lacks the base points."""
    card = Scorecard((Characteristic("Amount", Literal("amount", "number"), (Bin("-", "5"),)),), "100")
    one = laws.model_of_card(card)

    with pytest.raises(AssertionError):
        laws.decides_alike(one, in_dmn(laws.model_of_card(evolve(card, base="0"))), {"amount": Decimal(1)})


def test_a_refusal_without_a_reason_is_found_out():
    """The law can fail: by a reader that says nothing, and by one that raises."""
    with pytest.raises(AssertionError):
        laws.any_sheet_is_read_or_refused(Sheet("Rate", ()), lambda _: Failure(SheetInvalid("Rate", ())))
    with pytest.raises(AssertionError):
        laws.any_tree_is_read_or_refused(Scalar(""), lambda _: Failure(SourceInvalid(())))
    with pytest.raises(StopIteration):
        laws.any_tree_is_read_or_refused(Scalar(""), lambda _: next(iter(())))


def test_sheets_reach_tables_scorecards_and_refusals():
    """The strategy meets what the law is about."""
    found = {
        "a table": lambda sheet: isinstance(read(sheet), Table),
        "a scorecard": lambda sheet: isinstance(read(sheet), Scorecard),
        "nothing": lambda sheet: read(sheet) is None,
    }

    assert not unreached(strategies.sheets(), found, examples=100)


def read(sheet):
    found = read_table(sheet)
    return None if isinstance(found, Failure) else found.unwrap()


def decisions(policy):
    return [each for each in policy.model.elements if isinstance(each, Decision)]


def test_policies_reach_what_a_tree_can_hold():
    """The strategy meets what the law is about."""
    found = {
        "requirements": lambda policy: any(each.requires for each in decisions(policy)),
        "calls of functions": lambda policy: any(each.knowledge for each in decisions(policy)),
        "scorecards": lambda policy: any(isinstance(each.logic, Scorecard) for each in decisions(policy)),
        "outcomes": lambda policy: policy.outcomes is not None,
        "promises": lambda policy: policy.monotone != (),
        "types of an input": lambda policy: len(policy.model.items) > 3,
    }

    assert not unreached(strategies.policies(), found, examples=400)


def test_policies_with_scores_reach_what_a_tree_can_hold():
    """Challengers, shadows, fallbacks and subjects, two scores, and none."""

    def some(holds):
        return lambda policy: any(map(holds, policy.scores))

    found = {
        "none": lambda policy: not policy.scores,
        "two": lambda policy: len(policy.scores) > 1,
        "challengers": some(lambda call: call.experiment.challengers),
        "shadows": some(lambda call: call.experiment.shadows),
        "subjects": some(lambda call: call.subject is not None),
        "fallbacks": some(lambda call: any(arm.model.fallback is not None for arm in call.arms)),
    }

    assert not unreached(strategies.scored_policies(), found, examples=200)
