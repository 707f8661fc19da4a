"""FEEL values, syntax trees and texts; names and keys are few, so that they meet."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st

from casefold.feel import tree
from casefold.feel.calendar import YEAR_MAX, month_days
from casefold.feel.numbers import CONTEXT
from casefold.feel.scope import Scope, scope_of
from casefold.feel.temporal import MONTHS_MAX, NANOSECONDS_MAX, OFFSET_MAX
from casefold.feel.tree import Expression, Test, UnaryTests
from casefold.feel.types import ContextOf, FunctionOf, ListOf, RangeOf, Simple, Type
from casefold.feel.values import DAY_SECONDS, SECOND, Date, DateTime, DaysDuration, MonthsDuration, Range, Time, Value

NAMES = ("x", "a b", "rate-1", "?")
"""Names in scope: one plain, one with a space, one with a mark, and the input of a cell."""

SCOPE: Scope = scope_of(NAMES)

KEYS = ("a", "b", "b c", "x", "or else", "")

CALLED = ("count", "sum", "string", "string length", "not", "max", "concatenate", "date", "day of week", "matches")


MARKED = ("2024-02-29", "P1D", "P1Y", "10:00:00Z", "2024-02-29T10:00:00", "x")
"""What is written after an ``@``: the last is nothing."""


def numbers() -> st.SearchStrategy[Decimal]:
    """Numbers of decimal128, near nought and at its bounds."""
    small = st.builds(Decimal, st.integers(-20, 20)) | st.sampled_from(tuple(map(Decimal, ("0.1", "-2.50", "1e-3"))))
    wide = st.builds(_number_of, st.integers(-(10**34) + 1, 10**34 - 1), st.integers(-6000, 6000) | st.integers(-40, 5))
    return small | wide


def _number_of(digits: int, scale: int) -> Decimal:
    return CONTEXT.plus(Decimal(digits).scaleb(scale, CONTEXT))


def dates(*, year_max: int = YEAR_MAX) -> st.SearchStrategy[Date]:
    """Days of years up to *year_max* either side of nought; the ends of months are frequent."""
    years = st.integers(-year_max, year_max) | st.integers(1890, 2110) | st.sampled_from((0, 4, 100, 400, -1, -4))
    months = st.tuples(years, st.integers(1, 12))
    return months.flatmap(
        lambda month: st.builds(
            Date, st.just(month[0]), st.just(month[1]), st.integers(1, month_days(*month)) | st.just(month_days(*month))
        )
    )


def times() -> st.SearchStrategy[Time]:
    """Times of day: local, with an offset, or in UTC as a zone."""
    nanoseconds = st.integers(0, DAY_SECONDS - 1).map(lambda second: second * SECOND) | st.integers(
        0, DAY_SECONDS * SECOND - 1
    )
    offsets = st.none() | st.just(0) | st.integers(-OFFSET_MAX, OFFSET_MAX)
    return st.builds(Time, nanoseconds, offsets) | st.builds(Time, nanoseconds, st.none(), st.just("Etc/UTC"))


def moments(*, year_max: int = YEAR_MAX) -> st.SearchStrategy[DateTime]:
    """Dates and times."""
    return st.builds(DateTime, dates(year_max=year_max), times())


def days_durations() -> st.SearchStrategy[DaysDuration]:
    """Days and time durations."""
    days = st.integers(-800, 800).map(lambda day: day * DAY_SECONDS * SECOND)
    return st.builds(DaysDuration, days | st.integers(-NANOSECONDS_MAX, NANOSECONDS_MAX) | st.integers(-10, 10))


def months_durations() -> st.SearchStrategy[MonthsDuration]:
    """Years and months durations."""
    return st.builds(MonthsDuration, st.integers(-40, 40) | st.integers(-MONTHS_MAX, MONTHS_MAX))


def temporals() -> st.SearchStrategy[Date | Time | DateTime | DaysDuration | MonthsDuration]:
    """Every kind of temporal value."""
    return st.one_of(dates(), times(), moments(), days_durations(), months_durations())


def texts() -> st.SearchStrategy[str]:
    """Strings that canonical JSON can carry."""
    return st.text(st.characters(codec="utf-8"), max_size=5)


def number_ranges(*, size: int = 4) -> st.SearchStrategy[Range]:
    """Ranges of small whole numbers, so that their ends meet; the start is never after the end."""
    return st.builds(_range_of, st.integers(0, size), st.integers(0, size), st.booleans(), st.booleans())


def _range_of(one: int, two: int, start_included: bool, end_included: bool) -> Range:
    return Range(Decimal(min(one, two)), start_included, Decimal(max(one, two)), end_included)


def values(*, max_leaves: int = 8) -> st.SearchStrategy[Value]:
    """Every value but functions."""
    leaves: st.SearchStrategy[Value] = st.one_of(
        st.none(), st.booleans(), numbers(), texts(), temporals(), number_ranges()
    )
    return st.recursive(leaves, _lists_and_contexts, max_leaves=max_leaves)


def _lists_and_contexts(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    lists: st.SearchStrategy[Value] = st.lists(inner, max_size=3).map(tuple)
    keys: st.SearchStrategy[str] = st.sampled_from(KEYS).map(str)
    contexts: st.SearchStrategy[Value] = st.dictionaries(keys, inner, max_size=3)
    return lists | contexts


def types() -> st.SearchStrategy[Type]:
    """Every type, a few levels deep."""
    return st.recursive(
        st.sampled_from(tuple(Simple)),
        lambda inner: st.one_of(
            st.builds(ListOf, inner),
            st.builds(RangeOf, inner),
            st.dictionaries(st.sampled_from(("a", "b c")), inner, max_size=2).map(
                lambda members: ContextOf(tuple(members.items()))
            ),
            st.builds(FunctionOf, st.lists(inner, max_size=2).map(tuple), inner),
        ),
        max_leaves=4,
    )


def _literals() -> st.SearchStrategy[Expression]:
    """Numbers, other constants, names and temporal values, each as often as the others."""
    return st.integers(0, 3).flatmap(_literals_of)


def _literals_of(kind: int) -> st.SearchStrategy[Expression]:
    match kind:
        case 0:
            return numbers().map(abs).map(tree.Literal)
        case 1:
            return st.one_of(st.none(), st.booleans(), texts()).map(tree.Literal)
        case 2:
            return st.sampled_from(NAMES).map(tree.Name)
        case _:
            return st.sampled_from(MARKED).map(tree.AtLiteral)


def _fitting() -> st.SearchStrategy[Expression]:
    """Operations on what they are meant for: the rest meets wrong types more often than not."""
    amounts = numbers().map(abs).map(tree.Literal)
    signs, tests = st.sampled_from(("+", "-", "*", "/", "**")), st.sampled_from(("=", "!=", "<", "<=", ">", ">="))
    return st.one_of(
        st.builds(tree.Arithmetic, signs, amounts, amounts),
        st.builds(tree.Comparison, tests, amounts, amounts),
        st.builds(
            tree.Arithmetic,
            st.sampled_from(("+", "-")),
            st.sampled_from(MARKED).map(tree.AtLiteral),
            st.sampled_from(("P1D", "P1Y")).map(tree.AtLiteral),
        ),
        texts().map(lambda text: _called("string length", tree.Literal(text))),
        st.builds(tree.Arithmetic, st.just("+"), texts().map(tree.Literal), texts().map(tree.Literal)),
        st.lists(amounts, min_size=1, max_size=3).map(lambda items: _called("sum", tree.ListLiteral(tuple(items)))),
    )


def _called(name: str, argument: Expression) -> Expression:
    return tree.Call(tree.Name(name), (tree.Argument(argument),))


def expressions(*, max_leaves: int = 8) -> st.SearchStrategy[Expression]:
    """Syntax trees of every kind, over the names of `SCOPE`."""
    return st.recursive(_literals() | _fitting(), _composed, max_leaves=max_leaves)


def _composed(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    some = st.lists(inner, max_size=3).map(tuple)
    members = st.sampled_from(("a", "b", "year", "days", "start included", "time offset"))
    iterators = st.lists(
        st.builds(tree.Iterator, st.sampled_from(("x", "y", "a b")), inner, st.none() | inner), min_size=1, max_size=2
    ).map(tuple)
    entries = st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=3).map(_one_of_each_key)
    parameters = st.lists(
        st.builds(tree.FormalParameter, st.sampled_from(("x", "y", "a b")), st.none() | types()), max_size=2
    ).map(_one_of_each_name)
    functions = st.sampled_from(CALLED).map(tree.Name) | inner
    return st.one_of(
        st.builds(tree.Arithmetic, st.sampled_from(("+", "-", "*", "/", "**")), inner, inner),
        st.builds(tree.Comparison, st.sampled_from(("=", "!=", "<", "<=", ">", ">=")), inner, inner),
        st.builds(tree.Negation, inner),
        st.builds(tree.Conjunction, several),
        st.builds(tree.Disjunction, several),
        st.builds(tree.Between, inner, inner, inner),
        st.builds(tree.In, inner, st.lists(_tests(inner), min_size=1, max_size=2).map(tuple)),
        st.builds(tree.InstanceOf, inner, types()),
        st.builds(tree.If, inner, inner, inner),
        st.builds(tree.For, iterators, inner),
        st.builds(tree.Quantified, st.booleans(), iterators, inner),
        st.builds(tree.FunctionLiteral, parameters, inner),
        st.builds(tree.Call, functions, some.map(lambda given: tuple(map(tree.Argument, given)))),
        st.builds(tree.Call, functions, st.lists(_named(inner), min_size=1, max_size=2).map(tuple)),
        st.builds(tree.Path, inner, members),
        st.builds(tree.Filter, inner, inner),
        st.builds(tree.ListLiteral, some),
        st.builds(tree.ContextLiteral, entries),
        st.builds(tree.RangeLiteral, inner, st.booleans(), inner, st.booleans()),
        st.builds(tree.ComparisonRange, st.sampled_from(("<", "<=", ">", ">=", "=", "!=")), inner),
    )


def _one_of_each_key(entries: Sequence[tuple[str, Expression]]) -> tuple[tuple[str, Expression], ...]:
    return tuple(dict(entries).items())


def _one_of_each_name(parameters: Sequence[tree.FormalParameter]) -> tuple[tree.FormalParameter, ...]:
    return tuple({parameter.name: parameter for parameter in parameters}.values())


def _named(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[tree.Argument]:
    return st.builds(tree.Argument, inner, st.sampled_from(("list", "from", "string", "start position")))


def _tests(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Test]:
    signs = st.sampled_from(("<", "<=", ">", ">=", "=", "!="))
    return st.builds(tree.Compare, signs, inner) | st.builds(tree.Match, inner)


def cells(*, max_leaves: int = 6) -> st.SearchStrategy[UnaryTests]:
    """The tests of a decision table's cell."""
    tests = st.lists(_tests(expressions(max_leaves=max_leaves)), min_size=1, max_size=2).map(tuple)
    return st.builds(UnaryTests, tests, st.booleans()) | st.just(UnaryTests(()))


def facts() -> st.SearchStrategy[dict[str, Value]]:
    """Values for some of the names of `SCOPE`."""
    return st.dictionaries(st.sampled_from(NAMES), values(max_leaves=4), max_size=len(NAMES))


def feel_texts() -> st.SearchStrategy[str]:
    """Texts of which many are nearly FEEL."""
    scraps = (
        "x", "a b", "1", ".5", "..", "(", ")", "[", "]", "{", "}", ",", ":", '"', '"a"', "@", "-", "<", ">=", "=", "*",
        "**", "//", "/*", "*/", "if", "then", "else", "for", "in", "return", "some", "satisfies", "function", "not(",
        "and", "or", "between", "instance of", "list<", "null", "true", "count(", "?", ".", "\\", "\n", "é", "\ud83d",
    )  # fmt: skip
    return st.lists(st.sampled_from(scraps) | st.text(max_size=2), max_size=12).map(" ".join) | st.text(max_size=20)
