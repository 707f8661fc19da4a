"""Decision tables that can be looked up, whose meaning is known without FEEL and without an index."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from math import inf, nextafter
from operator import ge, gt, le, lt
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve, frozen
from hypothesis import strategies as st

from casefold.feel.calendar import date_of, days_of
from casefold.feel.temporal import date_text
from casefold.feel.values import Date, MonthsDuration, Value
from casefold.policy import model
from casefold.policy.model import Aggregation, HitPolicy

Row: TypeAlias = Mapping[str, Value]
"""Facts by name."""

Verdict: TypeAlias = bool | None
"""Whether a value meets a cell, or that this cannot be said."""

Word: TypeAlias = str | bool
Bound: TypeAlias = Decimal | Date | MonthsDuration

_SIGNS: Mapping[str, Callable[[int | Decimal, int | Decimal], bool]] = MappingProxyType({
    "<": lt, "<=": le, ">": gt, ">=": ge,
})  # fmt: skip


@frozen
class Equal:
    """A value as a test."""

    value: Bound | Word

    def text(self) -> str:
        """Write it as FEEL."""
        return _text(self.value)

    def verdict(self, value: Value) -> Verdict:
        """Null equals no value, and where a value is missing nobody knows whether it would have."""
        return None if value is None else type(value) is type(self.value) and value == self.value


@frozen
class Side:
    """A comparison as a test."""

    sign: str
    bound: Bound

    def text(self) -> str:
        """Write it as FEEL."""
        return f"{self.sign} {_text(self.bound)}"

    def verdict(self, value: Value) -> Verdict:
        """Null is on no side of anything, nor not on it."""
        return None if value is None else _SIGNS[self.sign](_place(value), _place(self.bound))


@frozen
class Between:
    """A range as a test."""

    start: Side
    end: Side

    def text(self) -> str:
        """Write it as FEEL."""
        opening, closing = "[" if "=" in self.start.sign else "(", "]" if "=" in self.end.sign else ")"
        return f"{opening}{_text(self.start.bound)}..{_text(self.end.bound)}{closing}"

    def verdict(self, value: Value) -> Verdict:
        """Null is in no range, nor outside it."""
        return None if value is None else bool(self.start.verdict(value) and self.end.verdict(value))


Test: TypeAlias = Equal | Side | Between


@frozen
class Cell:
    """Any of some tests, or none of them; no tests are met by everything."""

    tests: tuple[Test, ...] = ()
    negated: bool = False

    def text(self) -> str:
        """Write it as FEEL."""
        said = ", ".join(test.text() for test in self.tests)
        return f"not({said})" if self.negated else said or "-"

    def verdict(self, value: Value) -> Verdict:
        """Say whether a value meets it."""
        if not self.tests:
            return True
        verdicts = [test.verdict(value) for test in self.tests]
        any_of = True if True in verdicts else None if None in verdicts else False
        return None if any_of is None else any_of is not self.negated


def _place(value: Value) -> int | Decimal:
    match value:
        case Date():
            return days_of(value)
        case MonthsDuration(months):
            return months
        case _:
            assert isinstance(value, Decimal), "what is compared has a place"
            return value


def _text(value: Bound | Word) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case Decimal():
            return format(value, "f")
        case Date():
            return f'@"{date_text(value)}"'
        case MonthsDuration(months):
            return f'@"P{months}M"'


TYPES: Mapping[str, str] = MappingProxyType({
    "amount": "number", "ratio": "number", "state": "string", "owner": "boolean", "since": "date",
    "term": "years and months duration",
})  # fmt: skip
"""The inputs, by name, and their types."""

NUMBERS = tuple(map(Decimal, ("-5.5", "0", "0.1", "100.25", "100.255", "100.26", "1000")))
DATES = (Date(1969, 12, 31), Date(2024, 2, 29), Date(2024, 3, 1))
TERMS = tuple(map(MonthsDuration, (0, 12, 360)))
STATES = ("CA", "NY", "TX")
BOUNDS: Mapping[str, Sequence[Bound]] = MappingProxyType({
    "amount": NUMBERS, "ratio": NUMBERS, "since": DATES, "term": TERMS
})  # fmt: skip
WORDS: Mapping[str, Sequence[Word]] = MappingProxyType({"state": STATES, "owner": (True, False)})

OUTPUTS = tuple(map(str, range(1, 5)))
_NEVER = Cell((Equal(Decimal(-99)),))


@frozen
class Known:
    """A table, and its cells as they are meant.

    Attributes:
        allowed: What the first input allows, or nothing.
        cells: For each rule a cell for each input.
    """

    table: model.Table
    allowed: Cell | None
    cells: tuple[tuple[Cell, ...], ...]

    def verdicts(self, row: Row) -> list[Verdict]:
        """Say of each rule whether it matches."""
        names = [clause.expression.text for clause in self.table.inputs]
        return [
            _all_of([cell.verdict(row[name]) for cell, name in zip(rule, names, strict=True)]) for rule in self.cells
        ]

    def admits(self, row: Row) -> bool:
        """Whether the table allows the first input."""
        return self.allowed is None or self.allowed.verdict(row[self.table.inputs[0].expression.text]) is True


def _all_of(verdicts: Sequence[Verdict]) -> Verdict:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _cell(tests: Sequence[Test], negated: bool) -> Cell:
    return Cell(tuple(tests), negated and bool(tests))


def _between(one: Bound, two: Bound, start: str, end: str) -> Between:
    low, high = sorted((one, two), key=_place)
    return Between(Side(start, low), Side(end, high))


def cells(name: str) -> st.SearchStrategy[Cell]:
    """Cells about an input."""
    if name in WORDS:
        words = st.lists(st.builds(Equal, st.sampled_from(WORDS[name])), max_size=3)
        return st.builds(_cell, words, st.booleans())
    bounds = st.sampled_from(BOUNDS[name])
    tests: st.SearchStrategy[Test] = st.one_of(
        st.builds(Equal, bounds),
        st.builds(Side, st.sampled_from(tuple(_SIGNS)), bounds),
        st.builds(_between, bounds, bounds, st.sampled_from((">", ">=")), st.sampled_from(("<", "<="))),
    )
    return st.builds(_cell, st.lists(tests, max_size=2), st.booleans())


def tables() -> st.SearchStrategy[Known]:
    """Tables of all single-hit policies, and of COLLECT; some of more than 64 rules."""
    names = st.lists(st.sampled_from(tuple(TYPES)), min_size=1, max_size=3, unique=True)
    return names.flatmap(_tables)


_HITS: tuple[tuple[HitPolicy, Aggregation | None], ...] = (
    *((hit, None) for hit in HitPolicy),
    *((HitPolicy.COLLECT, aggregation) for aggregation in Aggregation),
)


def _tables(names: Sequence[str]) -> st.SearchStrategy[Known]:
    rules = st.lists(st.tuples(st.tuples(*map(cells, names)), st.sampled_from(OUTPUTS)), max_size=4)
    allowed = st.none() | cells(names[0]).filter(lambda cell: bool(cell.tests))
    never = tuple(_NEVER if name == "amount" else Cell() for name in names)
    many = st.sampled_from((0,) * 6 + (63, 130)) if "amount" in names else st.just(0)

    def made(
        found: list[tuple[tuple[Cell, ...], str]],
        before: int,
        allows: Cell | None,
        hit: tuple[HitPolicy, Aggregation | None],
        default: str | None,
    ) -> Known:
        every = [(never, "1")] * before + found
        clauses = [model.InputClause(model.Literal(name, TYPES[name])) for name in names]
        if allows is not None:
            clauses[0] = evolve(clauses[0], allowed=allows.text())
        table = model.Table(
            tuple(clauses),
            (model.OutputClause(allowed=", ".join(reversed(OUTPUTS)), default=default),),
            tuple(model.Rule(tuple(cell.text() for cell in row), (output,)) for row, output in every),
            *hit,
        )
        return Known(table, allows, tuple(row for row, _ in every))

    return st.builds(made, rules, many, allowed, st.sampled_from(_HITS), st.none() | st.just("9"))


def rows(*, binary: bool | None = None) -> st.SearchStrategy[Sequence[Row]]:
    """Rows of facts at, below and above the bounds: by a cent and a day, or, if *binary*, by the next float."""
    if binary is None:
        return rows(binary=False) | rows(binary=True)
    steps = st.sampled_from((-1, 0, 1))
    numbers = st.builds(_next_float if binary else _next_cent, st.sampled_from(NUMBERS), steps)
    values: dict[str, st.SearchStrategy[Value]] = {
        "amount": numbers,
        "ratio": numbers,
        "state": st.sampled_from((*STATES, "WA")),
        "owner": st.booleans(),
        "since": st.builds(_next_day, st.sampled_from(DATES), steps),
        "term": st.builds(_next_term, st.sampled_from(TERMS), steps),
    }
    row = st.fixed_dictionaries({name: st.none() | each for name, each in values.items()})
    return st.lists(row, max_size=4).map(tuple)


def _next_cent(bound: Decimal, step: int) -> Value:
    """Step from the cent at a bound, or from the one nearer to nought."""
    return (int(bound * 100) + step) / Decimal(100)


def _next_float(bound: Decimal, step: int) -> Value:
    near = float(bound)
    return Decimal(near if not step else nextafter(near, step * inf))


def _next_day(day: Date, step: int) -> Value:
    return date_of(days_of(day) + step)


def _next_term(term: MonthsDuration, step: int) -> Value:
    return MonthsDuration(term.months + step)
