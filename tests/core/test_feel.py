"""What FEEL says, where a reader would guess wrong."""

from decimal import Decimal

import pytest

from casefold.feel import tokens
from casefold.feel.grammar import parse, parse_tests
from casefold.feel.program import begin, build, build_tests, evaluate, finish, strict, value_of
from casefold.feel.scope import scope_of
from casefold.feel.tree import Typed
from casefold.feel.types import Simple
from casefold.feel.values import Reason, Value, World
from casefold.feel.wording import fault_words, flaw_words, fuel_words, problem_words
from casefold.feel.writing import text_of
from casefold.kernel.instants import parse_instant
from casefold.kernel.results import Failure, Success

FACTS: dict[str, Value] = {
    "score": Decimal(700),
    "annual income": Decimal("52000.50"),
    "state": "CA",
    "missing": None,
    "loans": ({"amount": Decimal(100), "open": True}, {"amount": Decimal(250), "open": False}),
}
SCOPE = scope_of(FACTS)


def outcome_of(text):
    return evaluate(build(parse(text, SCOPE).unwrap(), SCOPE), FACTS).unwrap()


def said(text):
    return text_of(begin(), outcome_of(text).value)


@pytest.mark.parametrize(("text", "value"), [
    ("0.1 + 0.2 = 0.3",                                "true"),
    ("1 / 3",                                          "0.3333333333333333333333333333333333"),
    ("2.50 + 1",                                       "3.50"),           # the scale is kept
    ("-3 ** 2",                                        "9"),              # the sign binds tighter than the power
    ("2 ** 3 ** 2",                                    "64"),             # and powers group to the left
    ("10 - 2 - 3",                                     "5"),
    ("annual income / 12 > 4000",                      "true"),           # a name with a space
    ('state in ("NY", "CA")',                          "true"),
    ("score in [600..700)",                            "false"),          # a round bracket leaves the end out
    ("score in ]600..700]",                            "true"),
    ("score between 600 and 700",                      "true"),           # both ends belong
    ("if missing > 5 then 1 else 2",                   "2"),              # null is not true
    ("missing = null",                                 "true"),
    ("true or missing",                                "true"),           # one true is enough
    ("true and missing",                               "null"),
    ("loans[1].amount",                                "100"),            # positions count from 1
    ("loans[-1].amount",                               "250"),            # or from the end
    ("loans[amount > 100].open",                       "[false]"),
    ("loans.amount",                                   "[100, 250]"),
    ("sum(loans.amount)",                              "350"),
    ("count(loans[open]) + 1",                         "2"),
    ('"a" + "b"',                                      "ab"),
    ("for i in 3..1 return i * i",                     "[9, 4, 1]"),
    ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3, 5]"),
    ("some x in [1, 2] satisfies x > 1",               "true"),
    ("every x in [] satisfies x > 1",                  "true"),
    ("{f: function(n) if n < 2 then 1 else n * f(n - 1), five: f(5)}.five", "120"),
    ('@"2024-01-31" + @"P1M"',                         "2024-02-29"),
    ('@"2024-03-01" - @"2024-02-01"',                  "P29D"),
    ('years and months duration(@"2020-05-15", @"2024-02-14")', "P3Y8M"),
    ('@"2024-01-01".weekday',                          "1"),              # Monday
    ('week of year(@"2005-01-01")',                    "53"),             # of the year before
    ("modulo(-12, 5)",                                 "3"),              # the sign of the divisor
    ("decimal(2.5, 0)",                                "2"),              # halves to even
    ("round half up(2.5, 0)",                          "3"),
    ('substring("foobar", -2, 1)',                     "a"),
    (r'replace("2024-02", "(\d+)-(\d+)", "$2/$1")',    "02/2024"),
    (r'split("a;b;;c", ";")',                          '["a", "b", "", "c"]'),
    ('matches("B", "[A-Z-[AEIOU]]")',                  "true"),           # a class less another
    ("before([1..5), [5..6])",                         "true"),
    ("[1, 2] instance of list<number>",                "true"),
    ("null instance of Any",                           "false"),
    ("sort([3, 1, 2], function(x, y) x > y)",          "[3, 2, 1]"),
    ('is(@"10:00:00Z", @"10:00:00+00:00")',        "true"),
    ("1 // a comment\n + /* another */ 1",             "2"),
    (r'"\ud83d\udc0e"',                                "🐎"),
])  # fmt: skip
def test_feel_says(text, value):
    """Names may hold spaces, numbers are exact, positions count from one, and null is not false."""
    assert value == said(text)


@pytest.mark.parametrize(("text", "reason", "words"), [
    ("1 / 0",               Reason.DIVISION_BY_ZERO, "/ divides by zero."),
    ('1 + "1"',             Reason.WRONG_TYPE,       "+ does not take number, string."),
    ('1 = "1"',             Reason.WRONG_TYPE,       "= does not take number, string."),
    ("missing < 5",         Reason.WRONG_TYPE,       "< does not take null, number."),
    ("loans[3]",            Reason.OUT_OF_BOUNDS,    "filter is not defined for 3."),
    ("{a: 1}.b",            Reason.NO_MEMBER,        "context has no b."),
    ("score()",             Reason.NO_FUNCTION,      "number is no function that can be called."),
    ("sqrt(-1)",            Reason.OUT_OF_BOUNDS,    "sqrt is not defined for -1."),
    ('date("2023-02-29")',  Reason.BAD_TEXT,         "“2023-02-29” is nothing that date can read."),
    ('matches("a", "(")',   Reason.BAD_TEXT,         "“(” is nothing that matches can read: a group is not closed."),
    ("day of year(1)",      Reason.WRONG_ARGUMENTS,
     "day of year does not take (number); it is day of year(date: date | date and time)."),
    ("{f: function(n) f(n + 1), r: f(1)}.r", Reason.TOO_DEEP, "f is nested too deeply."),
    ("10 ** 7000",          Reason.OUT_OF_BOUNDS,    "The result of ** is out of bounds."),
])  # fmt: skip
def test_a_problem_is_null_and_said(text, reason, words):
    """The value is null as the standard says, and why is recorded."""
    outcome = outcome_of(text)

    assert outcome.value is None
    assert reason is outcome.problems[0].fault.reason
    assert words == fault_words(outcome.problems[0].fault)


def test_strict_stops_where_dmn_goes_on():
    """In `dmn` a problem is null and another row may match; `strict` takes the first problem for a failure."""
    outcome = outcome_of('if score > "600" then "accept" else "refer"')

    assert "refer" == outcome.value
    assert Failure(outcome.problems[0]) == strict(outcome)
    assert Success(Decimal(701)) == strict(outcome_of("score + 1"))


@pytest.mark.parametrize(("text", "words"), [
    ("scroe > 5",        "There is no “scroe” here. Did you mean “score”?\n  scroe > 5\n  ^^^^^"),
    ("if score then 1",  "Expected else, found the end.\n  if score then 1\n                 ^"),
    ("1 +\n  * 2",       "Expected an expression, found “*”.\n  line 2:   * 2\n            ^"),
    ('"open',            'This text is not closed: " is missing.\n  "open\n  ^^^^^'),
    ("score # 2",        "“#” means nothing here.\n  score # 2\n        ^"),
    ("{a: 1, a: 2}",     "“a” is given twice.\n  {a: 1, a: 2}\n         ^"),
    ("1 instance of foo", "There is no type “foo”.\n  1 instance of foo\n                ^^^"),
    ("9e9999",           "This number is too large.\n  9e9999\n  ^^^^^^"),
])  # fmt: skip
def test_a_flaw_is_pointed_at(text, words):
    """A caret stands under what is wrong."""
    assert words == flaw_words(parse(text, SCOPE).failure())


def test_a_problem_is_pointed_at():
    """The part of the expression that came to nothing is underlined."""
    text = "score + missing * 2"

    assert "* does not take null, number.\n  score + missing * 2\n          ^^^^^^^^^^^" == problem_words(
        text, outcome_of(text).problems[0]
    )


@pytest.mark.parametrize(("cell", "given", "met"), [
    ("-",                 None,           True),   # no test
    ("700",               Decimal(700),   True),
    ("700",               Decimal("700.0"), True),
    ('"CA", "NY"',        "NY",           True),
    ('not("CA", "NY")',   "NY",           False),
    (">= 600",            Decimal(600),   True),
    ("[600..700), > 800", Decimal(700),   False),
    ("? > 5 and ? < 7",   Decimal(6),     True),
    ("< 5",               None,           None),   # null is not comparable
    ("not(< 5)",          None,           None),   # and neither is its opposite
    ("< 5",               "4",            None),   # nor is a text
    ("< 5, null",         None,           True),   # unless it is asked for, wherever it stands
    ("true",              False,          False),
    ("[1, 2, 3]",         Decimal(2),     True),   # a list holds it
])  # fmt: skip
def test_cells_say(cell, given, met):
    """Any of the tests is enough, and what cannot be compared is neither met nor failed."""
    program = build_tests(parse_tests(cell, SCOPE).unwrap(), SCOPE)
    outcome = evaluate(program, {**FACTS, "?": given}).unwrap()

    assert met is outcome.value
    assert (met is None) == bool(outcome.problems)


@pytest.mark.parametrize(("text", "value"), [
    ("missing = 5",               False),
    ("5 != missing",              True),
    ("missing = missing",         True),
    ("missing in (5, 6)",         False),
    ("5 in (missing)",            False),
    ("[1, missing][item = 1]",    (Decimal(1),)),
])  # fmt: skip
def test_a_missing_value_is_equal_to_nothing_without_a_problem(text, value):
    """The standard knows an answer, and nobody who lends money does: a strict caller takes it for none."""
    outcome = outcome_of(text)

    assert value == outcome.value
    assert {Reason.WRONG_TYPE} == {problem.fault.reason for problem in outcome.problems}


@pytest.mark.parametrize("text", [
    "missing = null", "null != score", "missing in (5, null)", "missing in ([5, null])",
    "missing != null and missing = 5", "if missing = null then 1 else missing = 5",
])  # fmt: skip
def test_whoever_says_null_may_ask_for_it(text):
    """What is decided without a value is decided on purpose."""
    assert () == outcome_of(text).problems


@pytest.mark.parametrize("given", [None, Decimal(5)])
def test_a_cell_that_compares_with_what_is_missing_has_a_problem(given):
    """Two facts that are both missing are not thereby the same."""
    outcome = evaluate(build_tests(parse_tests("missing", SCOPE).unwrap(), SCOPE), {**FACTS, "?": given}).unwrap()

    assert (given is None) is outcome.value
    assert outcome.problems


def test_now_is_as_of():
    """The time is an argument, told in the world's zone."""
    world = World(parse_instant("2024-02-29T23:30:00Z").unwrap())
    outcome = evaluate(build(parse("string(now())").unwrap()), {}, world).unwrap()

    assert "2024-02-29T23:30:00Z" == outcome.value


def test_many_programs_share_one_run():
    """Problems and fuel of a whole decision are counted together."""
    run = begin(World(fuel=100))
    program = build(parse("1 / 0").unwrap())
    value_of(program, {}, run)
    value_of(program, {}, run)

    assert 2 == len(finish(run, None).unwrap().problems)


def test_fuel_is_said_in_words():
    """Whoever waits is told why it was stopped."""
    error = evaluate(build(parse("count(for i in 1..1000000000 return i)").unwrap())).failure()

    assert "It was stopped after 1,000,000 steps: a loop or a list in it is too long." == fuel_words(error)


def test_a_text_has_a_longest():
    """Texts are read within a second, whatever they hold."""
    assert tokens.Flaw.TOO_LONG is parse("1" * (tokens.TEXT_MAX + 1)).failure().flaw


def test_the_longest_name_wins():
    """A name that begins with another, and one that holds a keyword or a sign, is read whole."""
    scope = scope_of(["a", "a b", "a-1", "years in office"])
    facts = {"a": Decimal(1), "a b": Decimal(2), "a-1": Decimal(3), "years in office": Decimal(4)}
    program = build(parse("[a, a  b, a-1, a - a, years in office]", scope).unwrap(), scope)

    assert (Decimal(1), Decimal(2), Decimal(3), Decimal(0), Decimal(4)) == evaluate(program, facts).unwrap().value


def test_a_typed_expression_is_coerced():
    """The item of a list of one is taken where a number is wanted, and a text is a problem."""
    one = build(Typed(parse("[5]").unwrap(), Simple.NUMBER))
    text = build(Typed(parse('"5"').unwrap(), Simple.NUMBER))

    assert Decimal(5) == evaluate(one).unwrap().value
    assert [Reason.WRONG_TYPE] == [problem.fault.reason for problem in evaluate(text).unwrap().problems]


def test_a_missing_fact_is_a_problem():
    """A name without a value is null, and is told apart from one whose value is null."""
    program = build(parse("score", SCOPE).unwrap(), SCOPE)

    assert [Reason.NO_VALUE] == [problem.fault.reason for problem in evaluate(program, {}).unwrap().problems]
    assert () == evaluate(program, {"score": None}).unwrap().problems
