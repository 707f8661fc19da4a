"""Rules across documents: laws for all files, and implementations that break them."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.validation.checking import check
from casefold.validation.model import Verdict
from casefold.validation.ready import ready_rules
from casefold.validation.similarity import jaro_winkler
from casefold_properties.laws import validation as laws
from casefold_properties.strategies import validation as strategies

READY = ready_rules(strategies.RULES, strategies.SPECS).unwrap()


def ask(file):
    return check(READY, file)


@given(strategies.files())
def test_what_is_not_stated_decides_nothing(file):
    """A value that cannot be read is no reason to pass or to fail."""
    laws.what_is_not_stated_decides_nothing(ask, file)


@given(strategies.files(), strategies.documents(9, "other"))
def test_other_documents_change_nothing(file, other):
    """A stray paper in the file is nothing to rules that are not about it."""
    laws.other_documents_change_nothing(ask, file, other)


@given(strategies.files())
def test_the_order_of_documents_is_nothing(file):
    """The same papers in another order are ruled the same."""
    laws.the_order_of_documents_is_nothing(ask, file)


@given(strategies.files())
def test_every_citation_is_there(file):
    """An auditor finds every value where the ruling says it is."""
    laws.every_citation_is_there(ask, file)


@given(st.text("abcm", max_size=6), st.text("abcm", max_size=6))
def test_only_equal_words_are_wholly_alike(one, other):
    """Similarity lies between 0 and 1, and is 1 for equal words alone."""
    assert 0 <= jaro_winkler(one, other) <= 1
    assert (jaro_winkler(one, other) == 1) is (one == other)


@pytest.mark.parametrize("law", [laws.what_is_not_stated_decides_nothing, laws.every_citation_is_there])
def test_a_rule_that_passes_what_it_does_not_know_is_caught(law):
    """Unknown for passed is the mistake that loses money."""

    def lenient(file):
        return [evolve(each, verdict=Verdict.PASSED) if each.verdict is Verdict.UNKNOWN else each for each in ask(file)]

    with pytest.raises(AssertionError):
        given(strategies.files())(lambda file: law(lenient, file))()


def test_asking_only_the_first_document_is_caught():
    """Whoever looks at the top of the stack sees another file when it is turned over."""

    def hasty(file):
        return ask(file[:1])

    with pytest.raises(AssertionError):
        given(strategies.files())(lambda file: laws.the_order_of_documents_is_nothing(hasty, file))()


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("rule", [rule.id for rule in strategies.RULES.rules])
def test_files_reach_every_verdict_of_every_rule(rule, verdict):
    """Laws about rulings would say little of files that leave all to be unknown."""

    def ruled(file) -> bool:
        return any((each.rule, each.verdict) == (rule, verdict) for each in ask(file))

    assert not unreached(strategies.files(), {"ruled": ruled}, examples=600)
