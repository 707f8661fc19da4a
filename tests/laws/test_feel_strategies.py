"""The strategies of FEEL reach values of all kinds, and every problem."""

from decimal import Decimal

from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.feel.grammar import parse
from casefold.feel.program import build, evaluate
from casefold.feel.tokens import Flaw
from casefold.feel.values import Date, DaysDuration, Function, MonthsDuration, Reason, World
from casefold.kernel.results import Failure
from casefold_properties.strategies import feel

EXAMPLES = 2_000


FEEL = {
    "a number": lambda value, _: isinstance(value, Decimal),
    "a text": lambda value, _: isinstance(value, str),
    "a list with something in it": lambda value, _: isinstance(value, tuple) and len(value) > 0,
    "true without a problem": lambda value, reasons: value is True and not reasons,
    "false without a problem": lambda value, reasons: value is False and not reasons,
    "a date or a duration": lambda value, _: isinstance(value, (Date, DaysDuration, MonthsDuration)),
    "a function": lambda value, _: isinstance(value, Function),
} | {
    f"the problem {reason.value}": lambda _, reasons, reason=reason: reason in reasons
    for reason in Reason
    if reason not in {Reason.TOO_DEEP, Reason.DIVISION_BY_ZERO, Reason.NOT_ALLOWED}  # the last is of models
}


def came_to(expression, facts):
    """The value and the reasons of its problems."""
    result = evaluate(build(expression, feel.SCOPE), facts, World(fuel=2_000))
    if isinstance(result, Failure):
        return None, set()
    outcome = result.unwrap()
    return outcome.value, {problem.fault.reason for problem in outcome.problems}


def test_expressions_reach_everything():
    """Expressions come to values of all kinds, and meet every problem."""
    expressions = feel.expressions(max_leaves=1) | feel.expressions(max_leaves=5)
    found = st.builds(came_to, expressions, feel.facts())

    assert not unreached(
        found, {name: lambda pair, met=met: met(*pair) for name, met in FEEL.items()}, examples=EXAMPLES
    )


TEXTS = {
    "FEEL": lambda text: not isinstance(parse(text, feel.SCOPE), Failure) and len(text) > 3,
    "no FEEL": lambda text: isinstance(parse(text, feel.SCOPE), Failure),
    "an open string": lambda text: flaw_of(text) is Flaw.OPEN_STRING,
    "an unknown name": lambda text: flaw_of(text) is Flaw.UNKNOWN_NAME,
    "a bad character": lambda text: flaw_of(text) is Flaw.BAD_CHARACTER,
}


def flaw_of(text):
    found = parse(text, feel.SCOPE)
    return found.failure().flaw if isinstance(found, Failure) else None


def test_texts_reach_both_sides():
    """Texts are FEEL and nearly FEEL."""
    assert not unreached(feel.feel_texts(), TEXTS, examples=EXAMPLES)
