"""Rules across documents: what they say of a small file, and what a reader is told."""

import pytest
from attrs import evolve

from casefold.case.events import RulesAsked
from casefold.case.state import Case
from casefold.case.view import MESSAGES_MAX, broken_rules
from casefold.fields.model import Field, Method
from casefold.kernel.results import Failure
from casefold.validation.checking import check
from casefold.validation.facts import Stated
from casefold.validation.model import Cited, Ruling, Verdict
from casefold.validation.ready import ready_rules
from casefold_adapters.taxonomies import load_fields, load_rules
from casefold_properties.strategies.validation import RULES, SPECS

SHIPPED = ready_rules(load_rules("lending-us-rules").unwrap(), load_fields("lending-us-fields").unwrap()).unwrap()


def stated(document: str, label: str, **values: str) -> Stated:
    box = (100, 100, 200, 120)
    fields = tuple(
        Field(document, name, value, value, int(document), box, Method.ANCHOR, 950_000)
        for name, value in values.items()
    )
    return Stated(document, label, (int(document),), fields)


@pytest.mark.parametrize(("rule", "papers", "verdict"), [
    ("names_agree", [("urla_1003", {"borrower_name": "Ann B. Lee"}), ("w2", {"employee_name": "LEE ANN"})], "passed"),
    ("names_agree", [("urla_1003", {"borrower_name": "Ann Leeds"}), ("w2", {"employee_name": "Ann Leedz"})], "passed"),
    ("names_agree", [("urla_1003", {"borrower_name": "Ann Lee"}), ("w2", {"employee_name": "Bo Ray"})], "failed"),
    ("names_agree", [("urla_1003", {}), ("w2", {"employee_name": "Bo Ray"})], "unknown"),
    ("property_agrees", [
        ("urla_1003", {"property_address": "12 Oak St, Cary, NC 27519"}),
        ("appraisal_1004", {"property_address": "12 OAK STREET CARY NC 27519-1234"}),
    ], "passed"),
    ("appraisal_age", [
        ("appraisal_1004", {"effective_date": "2025-05-22"}), ("closing_disclosure", {"closing_date": "2025-12-15"}),
    ], "failed"),
    ("purpose_agrees", [
        ("urla_1003", {"loan_purpose": "No Cash-Out Refinance"}), ("loan_estimate", {"loan_purpose": "Refinance"}),
    ], "passed"),
    ("balance_chain", [
        ("bank_statement", {
            "account_number": "3421", "period_start": "2025-07-01", "period_end": "2025-07-31",
            "ending_balance": "10.00",
        }),
        ("bank_statement", {
            "account_number": "3421", "period_start": "2025-08-01", "period_end": "2025-08-31",
            "beginning_balance": "9.00",
        }),
    ], "failed"),
])  # fmt: skip
def test_a_shipped_rule_rules(rule, papers, verdict):
    """Names in any order and with a slip, streets spelled out, and what does not agree."""
    file = [stated(str(at), label, **values) for at, (label, values) in enumerate(papers, 1)]

    assert verdict in {each.verdict.value for each in check(SHIPPED, file) if each.rule == rule}


def test_a_rule_without_its_documents_is_unknown():
    """It names what would have to be there."""
    (ruling,) = (each for each in check(SHIPPED, []) if each.rule == "appraisal_age")

    assert (ruling.verdict, ruling.missing) == (Verdict.UNKNOWN, ("appraisal_1004", "closing_disclosure"))


@pytest.mark.parametrize(("part", "text"), [("holds", "a.income >"), ("when", "nobody knows this"), ("source", "t")])
def test_a_rule_that_cannot_be_asked_is_named(part, text):
    """Whoever writes rules is told which, and where."""

    bad = evolve(RULES, rules=(evolve(RULES.rules[0], **{part: text}),))
    made = ready_rules(bad, SPECS)

    assert isinstance(made, Failure)
    assert (made.failure().rule, made.failure().part) == ("names", part)


def test_one_finding_tells_of_one_rule():
    """However often it fails: a reader wants to know what is wrong, and all of it is among the rulings."""
    numbers = range(1, MESSAGES_MAX + 3)
    cited = {at: (Cited("p", str(at), at, (0, 0, 1, 1), "x", "x"),) for at in numbers}
    rulings = tuple(Ruling("r", Verdict.FAILED, (str(at),), cited[at], message=f"m{at}") for at in numbers)
    (finding,) = broken_rules(Case(asked=RulesAsked(rulings)))

    assert finding.pages == tuple(numbers)
    assert finding.detail == "m1; m2; m3; and 2 more"
