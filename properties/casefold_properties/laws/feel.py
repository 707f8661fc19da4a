"""Laws of FEEL: logic, numbers, time, ranges, text, and that evaluating ends."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import (
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
    localcontext,
)
from fractions import Fraction
from typing import TypeVar

from casefold.feel import calendar, numbers
from casefold.feel.codec import from_json, to_json
from casefold.feel.equality import compare, equal
from casefold.feel.grammar import parse, parse_tests, parse_type
from casefold.feel.patterns import pattern, search
from casefold.feel.printing import print_expression, print_tests
from casefold.feel.program import Outcome, OutOfFuel, begin, build, build_tests, evaluate, strict
from casefold.feel.ranges import contains
from casefold.feel.scope import EMPTY, Scope
from casefold.feel.tokens import NotFeel
from casefold.feel.tree import Expression, UnaryTests
from casefold.feel.types import Type, conforms, type_conforms, type_text
from casefold.feel.values import Date, Function, Range, Value, World
from casefold.feel.wording import flaw_words, problem_words
from casefold.feel.writing import text_of
from casefold.kernel.canonical import canonical
from casefold.kernel.results import Failure, Result, Success

Truth = bool | None
Thing = TypeVar("Thing")


def value_of(text: str, facts: dict[str, Value], fuel: int = 20_000) -> Value:
    """Evaluate a text over facts; its names are those of the facts."""
    scope = Scope(dict.fromkeys(facts, _ANY))
    return evaluate(build(parse(text, scope).unwrap(), scope), facts, World(fuel=fuel)).unwrap().value


_ANY = parse_type("Any").unwrap()


def kleene(
    both: Callable[[Truth, Truth], Value], either: Callable[[Truth, Truth], Value], no: Callable[[Truth], Value]
) -> None:
    """`and`, `or` and `not` are the least, the greatest and the opposite, where false < null < true."""
    order: tuple[Truth, ...] = (False, None, True)
    for one in order:
        assert no(one) is order[2 - order.index(one)]
        for two in order:
            assert both(one, two) is order[min(order.index(one), order.index(two))]
            assert either(one, two) is order[max(order.index(one), order.index(two))]


def null_meets_no_comparison(value: Value) -> None:
    """Null is before, after and within nothing; it equals itself alone."""
    facts: dict[str, Value] = {"x": None, "y": value}
    for test in ("x < y", "x <= y", "x > y", "x >= y", "y < x", "x in (< y)", "x between y and y"):
        assert value_of(test, facts) is not True
    assert value_of("x = y", facts) is (value is None)


def sums_agree(one: Decimal, two: Decimal) -> None:
    """Sums do not ask for order, and subtracting gives nought or what is too small to see."""
    assert numbers.add(one, two) == numbers.add(two, one)
    assert numbers.multiply(one, two) == numbers.multiply(two, one)
    assert numbers.subtract(one, one) == 0


def sums_are_exact(amounts: tuple[int, ...], scale: int) -> None:
    """Amounts of up to thirty digits add up exactly, in any grouping, and keep their scale."""
    found = [Decimal(amount).scaleb(-scale, numbers.CONTEXT) for amount in amounts]
    forwards = numbers.ZERO
    for amount in found:
        forwards = numbers.add(forwards, amount)
    backwards = numbers.ZERO
    for amount in reversed(found):
        backwards = numbers.add(amount, backwards)
    assert forwards == backwards == Decimal(sum(amounts)).scaleb(-scale, numbers.CONTEXT)
    assert not found or forwards.as_tuple().exponent == -scale


def number_text_round_trips(value: Decimal) -> None:
    """A number is read back as it was written."""
    assert numbers.number(numbers.text(value)) == value


def modulo_completes(dividend: Decimal, divisor: Decimal) -> None:
    """What is left over a whole number of times has the divisor's sign and is smaller than it."""
    rest = numbers.modulo(dividend, divisor)
    assert abs(rest) < abs(divisor)
    assert rest == 0 or (rest < 0) == (divisor < 0)
    times = (dividend - rest) / divisor
    assert times == times.to_integral_value()


def rounding_is_done_once(value: Decimal, scale: int, mode: str) -> None:
    """Rounding what is rounded changes nothing, and moves a number by less than one unit."""
    once = numbers.rounded(value, scale, mode)
    assert once is not None
    assert numbers.rounded(once, scale, mode) == once
    assert abs(Fraction(once) - Fraction(value)) < Fraction(10) ** -scale


def days_count_dates(date: Date) -> None:
    """Days are numbered one by one, and every number gives its date back."""
    days = calendar.days_of(date)
    assert calendar.date_of(days) == date
    after = calendar.date_of(days + 1)
    assert after is None or (after.day == date.day + 1) != (after.day == 1)
    if 1 <= date.year <= 9999:
        known = dt.date(date.year, date.month, date.day)
        assert days == known.toordinal() - dt.date(1970, 1, 1).toordinal()
        assert calendar.weekday(date) == known.isoweekday()
        assert calendar.week_of_year(date) == known.isocalendar().week
        assert calendar.day_of_year(date) == known.timetuple().tm_yday


def months_move(date: Date, months: int) -> None:
    """Moving by months lands in that month, on the day or the last; and no whole months lie beyond."""
    moved = calendar.add_months(date, months)
    if moved is None:
        assert abs(date.year + months // 12) >= calendar.YEAR_MAX - 1
        return
    assert (moved.year - date.year) * 12 + moved.month - date.month == months
    assert moved.day == min(date.day, calendar.month_days(moved.year, moved.month))
    if moved.day == date.day:
        assert calendar.months_between(date, moved) == months
        assert calendar.add_months(moved, -months) == date


def round_trips(write: Callable[[Thing], str], read: Callable[[str], object], value: Thing) -> None:
    """A value is read back as it was written."""
    assert read(write(value)) == value


def order_is_one(one: Value, two: Value) -> None:
    """Of two values that have an order exactly one of <, = and > holds, seen from either side."""
    run = begin()
    order, mirrored = compare(run, one, two), compare(run, two, one)
    assert (order is None) == (mirrored is None)
    if order is not None and mirrored is not None:
        assert (order > 0) == (mirrored < 0) and (order == 0) == (mirrored == 0)
        assert equal(run, one, two) is (order == 0)
    assert equal(run, one, one) is not False
    assert equal(run, one, two) == equal(run, two, one)


def range_holds_what_lies_between(whole: Range, value: Decimal) -> None:
    """A number is in a range when it is past the start and before the end, or is an end that belongs to it."""
    start, end = whole.start, whole.end
    assert isinstance(start, Decimal) and isinstance(end, Decimal)
    after = value > start or (value == start and whole.start_included)
    assert contains(begin(), whole, value) is (after and (value < end or (value == end and whole.end_included)))


MIRRORED = (
    ("before", "after"),
    ("meets", "met by"),
    ("overlaps", "overlaps"),
    ("overlaps before", "overlaps after"),
    ("finishes", "finished by"),
    ("includes", "during"),
    ("starts", "started by"),
    ("coincides", "coincides"),
)
"""Functions on ranges, each with the one that says the same from the other side."""


def ranges_mirror(one: Range, two: Range) -> None:
    """What one range is to another, the other is to it in reverse; and of before, after and overlapping one holds."""
    facts: dict[str, Value] = {"x": one, "y": two}
    for name, other in MIRRORED:
        assert value_of(f"{name}(x, y)", facts) is value_of(f"{other}(y, x)", facts), name
    either = [value_of(f"{name}(x, y)", facts) for name in ("before", "overlaps", "after")]
    empty = any(whole.start == whole.end and not (whole.start_included and whole.end_included) for whole in (one, two))
    assert empty or either.count(True) == 1


def expression_round_trips(expression: Expression, scope: Scope) -> None:
    """A tree that was written is read back as the same tree."""
    assert parse(print_expression(expression), scope) == Success(expression)


def tests_round_trip(cell: UnaryTests, scope: Scope) -> None:
    """The tests of a cell that were written are read back as the same tests."""
    assert parse_tests(print_tests(cell), scope) == Success(cell)


def type_round_trips(kind: Type) -> None:
    """A type that was written is read back as the same type."""
    assert parse_type(type_text(kind)) == Success(kind)


def types_are_ordered(one: Type, two: Type, value: Value) -> None:
    """A value of a type is of every type to which that one conforms."""
    assert type_conforms(one, one)
    if type_conforms(one, two) and conforms(value, one):
        assert conforms(value, two)


def reading_is_total(text: str, scope: Scope = EMPTY) -> None:
    """Any text is an expression, or it is refused with a place in it that words can point to."""
    for result in (parse(text, scope), parse_tests(text, scope), parse_type(text, scope)):
        if isinstance(result, Failure):
            flaw: object = result.failure()
            assert isinstance(flaw, NotFeel)
            assert 0 <= flaw.span.start <= flaw.span.end <= len(text)
            assert flaw_words(flaw)


def evaluating_is_total(expression: Expression, facts: dict[str, Value], scope: Scope, fuel: int) -> None:
    """Any expression over any facts comes to a value that can be written, within the fuel; twice to the same."""
    program = build(expression, scope)
    result = evaluate(program, facts, World(fuel=fuel))
    if isinstance(result, Failure):
        assert result.failure() == OutOfFuel(fuel)
        return
    outcome = result.unwrap()
    _is_a_value(outcome.value)
    for problem in outcome.problems:
        assert problem_words(print_expression(expression), problem)
    assert isinstance(strict(outcome), Failure) == bool(outcome.problems)
    again = evaluate(program, facts, World(fuel=fuel))
    assert seen(again) == seen(result)


HOSTILE = Context(
    prec=1, rounding=ROUND_UP, Emin=-1, Emax=1, capitals=0, clamp=1,
    traps=[Clamped, FloatOperation, Inexact, InvalidOperation, Overflow, Rounded, Subnormal, Underflow],
)  # fmt: skip
"""A context of decimals in which next to nothing can be said, and all else raises."""


def contexts_of_threads_are_nothing_to_evaluating(run: Callable[[], object]) -> None:
    """What a thread does with decimals of its own changes no digit of an answer, and no letter of how it is written."""
    usual = run()
    with localcontext(HOSTILE):
        assert run() == usual


def seen(result: Result[Outcome, OutOfFuel]) -> object:
    """Give what can be compared of a result: functions are told apart by nothing."""
    if isinstance(result, Failure):
        return result.failure()
    outcome = result.unwrap()
    return text_of(begin(), outcome.value), outcome.problems


def _is_a_value(value: Value) -> None:
    """No float, and no number beyond decimal128, is ever a value."""
    if isinstance(value, tuple):
        for item in value:
            _is_a_value(item)
    elif isinstance(value, dict):
        for item in value.values():
            _is_a_value(item)
    elif isinstance(value, Decimal):
        assert value.is_finite() and len(value.as_tuple().digits) <= numbers.DIGITS
    else:
        assert not isinstance(value, (float, int)) or isinstance(value, bool)


def tests_are_total(cell: UnaryTests, facts: dict[str, Value], scope: Scope, fuel: int) -> None:
    """Any cell over any input comes to true, false or null."""
    result = evaluate(build_tests(cell, scope), facts, World(fuel=fuel))
    assert isinstance(result, Failure) or result.unwrap().value in {True, False, None}


def fuel_is_monotone(run: Callable[[int], Result[Outcome, OutOfFuel]], fuel: int, more: int) -> None:
    """What succeeds with some fuel comes to the same with more."""
    result = run(fuel)
    if not isinstance(result, Failure):
        assert seen(run(fuel + more)) == seen(result)


def value_round_trips(value: Value) -> None:
    """A value that was written as canonical JSON is read back, and written again the same."""
    written = to_json(value).unwrap()
    assert not isinstance(value, Function)
    read = from_json(written)
    assert read == Success(value)
    assert canonical(to_json(read.unwrap()).unwrap()) == canonical(written)


def pattern_agrees(written: str, text: str, *, decided: bool) -> None:
    """An expression that Python reads the same way finds the same first match, and takes no more than its share.

    Where what is repeated may be nothing, engines differ on where the match ends; then it is not *decided*.
    """
    made = pattern(written, "")
    assert not isinstance(made, str)
    run = begin()
    found = search(run, made, text, 0)
    known = re.compile(written, re.ASCII).search(text)
    assert (found is None) == (known is None)
    if found is not None and known is not None:
        assert found[0] == known.start()
        assert found[1] == known.end() or not decided
    assert run.world.fuel - run.meter[0] <= (len(made.program) + 1) * (len(text) + 1)
