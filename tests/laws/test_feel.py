"""FEEL: three-valued logic, exact numbers, a calendar without end, text that reads back, and an end to everything."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.feel import temporal
from casefold.feel.codec import to_json
from casefold.feel.grammar import parse
from casefold.feel.program import Outcome, OutOfFuel, build, evaluate
from casefold.feel.values import Date, DateTime, Time, UtcAlone, World
from casefold.feel.writing import atom_text
from casefold.kernel.canonical import canonical
from casefold.kernel.results import Failure, Success
from casefold_properties.laws import feel as laws
from casefold_properties.strategies import feel as strategies

ZONES = UtcAlone()
FUEL = 20_000


def asked(text):
    """A function of truths that FEEL computes."""
    return lambda *truths: laws.value_of(text, dict(zip(("x", "y"), truths, strict=False)))


def test_logic_is_kleenes():
    """False is least, true is greatest, and null lies between."""
    laws.kleene(asked("x and y"), asked("x or y"), asked("not(x)"))


def test_a_logic_that_takes_null_for_false_is_found():
    """The law tells Kleene's logic from the two-valued one."""
    with pytest.raises(AssertionError):
        laws.kleene(lambda x, y: bool(x and y), lambda x, y: bool(x or y), lambda x: not x)


@given(strategies.values())
@example(None).via("null itself")
@example(Decimal(0)).via("nought")
def test_null_meets_no_comparison(value):
    """A null fact satisfies no test but the one for null."""
    laws.null_meets_no_comparison(value)


@given(strategies.numbers(), strategies.numbers())
@example(Decimal("9.999999999999999999999999999999999E+6144"), Decimal("1E-6143")).via("the largest and the smallest")
def test_sums_agree(one, two):
    """Adding and multiplying do not ask for order."""
    laws.sums_agree(one, two)


@given(st.lists(st.integers(-(10**30), 10**30), max_size=9).map(tuple), st.integers(0, 4))
@example((10, 20), 2).via("a tenth and two tenths")
def test_sums_are_exact(amounts, scale):
    """Money adds up, however it is grouped, and keeps its cents."""
    laws.sums_are_exact(amounts, scale)


@given(strategies.numbers())
@example(Decimal("-0")).via("a nought with a sign")
@example(Decimal("1E+6144")).via("many noughts")
def test_numbers_read_back(value):
    """A number's text is that number."""
    laws.number_text_round_trips(value)


@given(st.integers(-(10**15), 10**15), st.integers(-(10**6), 10**6).filter(bool), st.integers(0, 3))
@example(-12, 5, 0).via("a rest below nought")
@example(12, -5, 0).via("a divisor below nought")
def test_modulo_completes(dividend, divisor, scale):
    """A rest has the divisor's sign."""
    laws.modulo_completes(Decimal(dividend).scaleb(-scale), Decimal(divisor))


@given(strategies.numbers(), st.integers(-20, 20), st.sampled_from((ROUND_HALF_EVEN, ROUND_UP, ROUND_DOWN)))
@example(Decimal("0.5"), 0, ROUND_HALF_EVEN).via("a half")
@example(Decimal("9.99"), 1, ROUND_UP).via("a carry")
@example(Decimal("1E-6000"), 0, ROUND_UP).via("next to nothing")
def test_rounding_is_done_once(value, scale, mode):
    """Rounding again changes nothing."""
    laws.rounding_is_done_once(value, scale, mode)


@given(strategies.dates())
@example(Date(1, 1, 1)).via("the first day that Python knows")
@example(Date(9999, 12, 31)).via("the last")
@example(Date(0, 2, 29)).via("the year nought")
@example(Date(-4, 2, 29)).via("a leap day before it")
@example(Date(2004, 12, 31)).via("a Friday in week 53")
@example(Date(999_999_999, 12, 31)).via("the last day of all")
def test_days_count_dates(date):
    """Days are numbered without gaps, as Python numbers them where it can."""
    laws.days_count_dates(date)


@given(strategies.dates(), st.integers(-5000, 5000))
@example(Date(2024, 1, 31), 1).via("a month without such a day")
@example(Date(2024, 2, 29), 12).via("a year without such a day")
def test_months_move(date, months):
    """A month on is the same day of the next month, or its last."""
    laws.months_move(date, months)


@given(strategies.temporals())
@example(Date(-44, 3, 15)).via("before the year nought")
@example(DateTime(Date(12345, 1, 1), Time(1, -3600))).via("a nanosecond past midnight")
def test_temporal_values_read_back(value):
    """Dates, times and durations are read back as they were written."""
    laws.round_trips(atom_text, lambda text: temporal.parse_any(text, ZONES), value)


def test_a_calendar_without_leap_years_is_found():
    """The round trip tells a text that loses a day."""
    with pytest.raises(AssertionError):
        laws.round_trips(lambda date: temporal.date_text(date)[:-2] + "28", temporal.parse_date, Date(2024, 2, 29))


@given(strategies.values(max_leaves=3), strategies.values(max_leaves=3))
@example(Time(0, 3600), Time(0)).via("one knows its offset")
@example("a", "B").via("upper case comes first")
def test_order_is_one(one, two):
    """Less, equal or more: one of them, and the same from either side."""
    laws.order_is_one(one, two)


@given(strategies.number_ranges(), st.integers(-1, 5).map(Decimal))
def test_ranges_hold_what_lies_between(whole, value):
    """An end is in a range if the bracket says so."""
    laws.range_holds_what_lies_between(whole, value)


@given(strategies.number_ranges(), strategies.number_ranges())
def test_ranges_mirror(one, two):
    """Each function on ranges has one that says the same from the other side."""
    laws.ranges_mirror(one, two)


@given(strategies.expressions())
@example(parse("1 - (2 - 3)").unwrap()).via("brackets that matter")
@example(parse("-(-1) ** (2 ** 3)").unwrap()).via("signs and powers")
@example(parse("(1 instance of list) < 2").unwrap()).via("a type before a comparison")
@example(parse("(if true then 1 else 2) + 3").unwrap()).via("what reaches as far as it can")
@example(parse("(true and false) and (true or false)").unwrap()).via("logic within logic")
def test_expressions_read_back(expression):
    """What is written is read as the same tree."""
    laws.expression_round_trips(expression, strategies.SCOPE)


@given(strategies.cells())
def test_cells_read_back(cell):
    """What is written for a cell is read as the same tests."""
    laws.tests_round_trip(cell, strategies.SCOPE)


@given(strategies.types())
def test_types_read_back(kind):
    """A type is read as the same type."""
    laws.type_round_trips(kind)


@given(strategies.types(), strategies.types(), strategies.values())
def test_types_are_ordered(one, two, value):
    """Conforming is inclusion."""
    laws.types_are_ordered(one, two, value)


@given(strategies.feel_texts())
@example("(" * 5000).via("nested without end")
@example("1" + "+1" * 5000).via("a chain without end")
@example("1 in (" * 45 + "1" + ")+1" * 45).via("brackets that can be read in two ways")
@example('"\\ud800"').via("half a character")
@example("list<" * 500).via("types without end")
@example("a " * 5000).via("words without end")
def test_any_text_is_feel_or_refused(text):
    """No text makes reading fall over, and every flaw has a place."""
    laws.reading_is_total(text, strategies.SCOPE)


@given(strategies.expressions(max_leaves=12), strategies.facts())
def test_any_expression_ends(expression, facts):
    """Any expression over any values comes to a value, or is out of fuel."""
    laws.evaluating_is_total(expression, facts, strategies.SCOPE, FUEL)


@given(strategies.cells(), strategies.facts())
def test_any_cell_ends(cell, facts):
    """Any cell over any input is true, false or null."""
    laws.tests_are_total(cell, facts, strategies.SCOPE, FUEL)


@given(strategies.expressions(), strategies.facts())
@example(parse("(-123.45) ** 2 + odd(3.5)").unwrap(), {}).via("a sign, a power and a remainder")
@example(parse("string(0e+2)").unwrap(), {}).via("nought with an exponent")
def test_contexts_of_threads_are_nothing_to_evaluating(expression, facts):
    """Numbers are worked out with 34 digits, whatever the caller's own are."""
    laws.contexts_of_threads_are_nothing_to_evaluating(
        lambda: laws.seen(evaluate(build(expression, strategies.SCOPE), facts, World(fuel=FUEL)))
    )


@given(strategies.values())
@example(Decimal("5E+4")).via("a number with an exponent")
def test_contexts_of_threads_are_nothing_to_writing(value):
    """What is recorded of a value is the same everywhere."""
    laws.contexts_of_threads_are_nothing_to_evaluating(lambda: canonical(to_json(value).unwrap()))


def test_a_sum_that_asks_the_thread_is_found():
    """Adding with Python's own sign for it is no evaluation."""
    with pytest.raises((AssertionError, ArithmeticError)):
        laws.contexts_of_threads_are_nothing_to_evaluating(lambda: str(Decimal(12) + Decimal("0.5")))


BOMBS = (
    "{f: function(n) f(n + 1) + f(n), r: f(1)}.r",
    "(function(x) x(x))(function(x) x(x))",
    "for a in 1..100000, b in 1..100000 return 1",
    'for i in 1..100 return if i = 1 then "aaaa" else partial[-1] + partial[-1]',
    "for i in 1..90 return if i = 1 then [1] else [partial[-1], partial[-1]]",
    "for i in 1..400 return if i = 1 then [1] else [partial[-1]]",
    "string(for i in 1..90 return if i = 1 then [1] else [partial[-1], partial[-1]])",
    'matches(string join(for i in 1..300 return "a"), "(a*)*b")',
    'matches(string join(for i in 1..60 return "a"), "(a*)(a*)\\1\\2b")',
    "10 ** 1000000000",
    "number(string(10 ** 6000)) * 10",
    "sort([3, 1, 2], function(a, b) sort([b, a], function(c, d) c < d) = [a, b])",
)


@pytest.mark.parametrize("text", BOMBS)
@pytest.mark.parametrize("fuel", [1_000, 30_000])
def test_every_bomb_fizzles(text, fuel):
    """Loops, recursion, texts, lists and powers that would grow without bound end within the fuel."""
    laws.evaluating_is_total(parse(text).unwrap(), {}, strategies.SCOPE, fuel)


@given(strategies.expressions(), strategies.facts(), st.integers(0, 200), st.integers(1, 10_000))
def test_more_fuel_changes_no_success(expression, facts, fuel, more):
    """Fuel decides whether there is an answer, never which."""
    program = build(expression, strategies.SCOPE)
    laws.fuel_is_monotone(lambda given: evaluate(program, facts, World(fuel=given)), fuel, more)


def test_an_answer_that_depends_on_fuel_is_found():
    """A loop that ends early and says nothing breaks the law."""
    with pytest.raises(AssertionError):
        laws.fuel_is_monotone(lambda fuel: Success(Outcome(Decimal(fuel), ())), 5, 1)


@pytest.mark.parametrize(
    "text", ["for i in 1..50 return i", "{f: function(n) if n < 1 then 0 else f(n - 1), r: f(9)}.r"]
)
def test_too_little_fuel_is_no_answer(text):
    """An evaluation that ran dry says so; it does not come to null."""
    assert evaluate(build(parse(text).unwrap()), {}, World(fuel=20)) == Failure(OutOfFuel(20))


@given(strategies.values())
@example({"number": "1"}).via("a context that looks like a number")
@example((("",),)).via("lists in lists")
def test_values_round_trip(value):
    """Canonical JSON says all of a value."""
    laws.value_round_trips(value)


def repeated(body, lazy, times):
    """A repetition: what may be nothing and is repeated leaves the end of a match undecided."""
    text, may_be_nothing, decided = body
    return (
        f"(?:{text}){times}{lazy}",
        may_be_nothing or times in "*?",
        decided and not (may_be_nothing and times != "?"),
    )


PATTERNS = st.recursive(
    st.sampled_from([(text, text in "^$", True) for text in ("a", "b", ".", "[ab]", "[^a]", "^", "$")]),
    lambda inner: st.one_of(
        st.builds(lambda one, two: (one[0] + two[0], one[1] and two[1], one[2] and two[2]), inner, inner),
        st.builds(lambda one, two: (f"({one[0]}|{two[0]})", one[1] or two[1], one[2] and two[2]), inner, inner),
        st.builds(repeated, inner, st.sampled_from(("", "?")), st.sampled_from(("*", "+", "?", "{1,2}", "{2}"))),
    ),
    max_leaves=5,
)


@given(PATTERNS, st.text("abc", max_size=7))
@example(("(?:(?:a)*)*", True, False), "aaab").via("nothing, over and over")
@example(("(?:a|ab)(?:c|bcd)", False, True), "abcd").via("the first way that fits")
@example(("(?:a)*?(?:b)+", False, True), "aabb").via("as little as will do, and then as much")
def test_patterns_agree_with_python(written, text):
    """The first match is Python's, and it takes no more than pattern times text."""
    laws.pattern_agrees(written[0], text, decided=written[2])
