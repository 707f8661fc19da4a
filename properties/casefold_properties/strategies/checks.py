"""Decision tables of every kind of column, with all that applicants may be where their cells change their minds."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from types import MappingProxyType

from attrs import evolve, frozen
from hypothesis import strategies as st

from casefold.feel.values import Date, MonthsDuration, Value
from casefold.policy.model import HitPolicy, InputClause, Literal, OutputClause, Rule, Table


@frozen
class Kind:
    """A kind of column.

    Attributes:
        type: Its type, as FEEL has it.
        cells: Cells that an index knows.
        asked: Cells that must be asked.
        domains: Tests that its values may be said to meet.
        values: Values at the bounds of cells and domains, and one between each two.
    """

    type: str
    cells: tuple[str, ...]
    asked: tuple[str, ...]
    domains: tuple[str, ...]
    values: tuple[Value, ...]


KINDS: Mapping[str, Kind] = MappingProxyType({
    "amount": Kind(
        "number",
        (
            "-", "4", "1, 3", "< 3", ">= 5", "[2..6]", "(2..6)", "]2..3[", "(3..3)", "[3..3]", "not(4)",
            "not([2..4])", "not(< 2, 6)", "[2..4), 4", "-1", "[-1..2]",
        ),
        ("? * 2 = 8", "even(?)"),
        ("[1..6]", "> 0", "1, 2, 3, 4", "not(4)", "? > 2"),
        (Decimal(-2), *(Decimal(halves) / 2 for halves in range(-2, 13)), Decimal(7)),
    ),
    "state": Kind(
        "string",
        ("-", '"CA"', '"CA", "NY"', 'not("CA")', 'not("NY", "TX")', '"other"'),
        ('starts with(?, "C")',),
        ('"CA", "NY", "TX"', 'not("NY")', "string length(?) > 1"),
        ("CA", "NY", "TX", "other", "XX"),
    ),
    "day": Kind(
        "date",
        (
            "-", '< @"2024-02-29"', 'date("2024-03-01")', '[@"2024-02-28"..@"2024-03-01")', 'not(@"2024-02-29")',
            '> @"2024-02-28"', '(@"2024-02-28"..@"2024-02-29")',
        ),
        ("?.month = 2",),
        ('>= @"2024-02-28"',),
        tuple(Date(2024, month, day) for month, day in ((2, 27), (2, 28), (2, 29), (3, 1), (3, 2))),
    ),
    "member": Kind("boolean", ("-", "true", "false", "not(true)"), ("? or ?",), ("true",), (False, True)),
    "term": Kind(
        "years and months duration",
        ("-", '<= @"P1Y"', '(@"P1Y"..@"P2Y"]', 'not(@"P13M")'),
        ("?.years = 1",),
        ('< @"P2Y"',),
        tuple(map(MonthsDuration, (11, 12, 13, 18, 24, 25))),
    ),
})  # fmt: skip

OUTPUTS = ("1", "2", "3")
SINGLE = (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY)


def names() -> st.SearchStrategy[tuple[str, ...]]:
    """The inputs of a table: few, so that all applicants can be tried; one may be tested by two columns."""
    return st.lists(st.sampled_from(tuple(KINDS)), min_size=1, max_size=2).map(tuple)


def tables(
    *,
    columns: tuple[str, ...] | None = None,
    hit: HitPolicy | None = None,
    asked: bool = True,
    max_rules: int = 5,
) -> st.SearchStrategy[Table]:
    """Tables over such inputs, with gaps, overlaps and dead rules in any number."""
    if columns is None:
        return names().flatmap(lambda found: tables(columns=found, hit=hit, asked=asked, max_rules=max_rules))
    inputs = st.tuples(*(clauses(name, asked=asked) for name in columns))
    cells = st.tuples(*(cells_of(name, asked=asked) for name in columns))
    rules = st.lists(st.builds(Rule, cells, st.tuples(outputs()), notes()), max_size=max_rules).map(tuple)
    defaults = st.sampled_from((None, None, None, "9"))
    concluded = defaults.map(lambda default: (OutputClause(allowed=", ".join(reversed(OUTPUTS)), default=default),))
    hits = st.sampled_from(HitPolicy) if hit is None else st.just(hit)
    return st.builds(Table, inputs, concluded, rules, hits, notes=st.just(("reason",)))


def notes() -> st.SearchStrategy[tuple[str, ...]]:
    """Notes of rules: now and then a reason."""
    return st.sampled_from((("",), ("",), ("",), ("C12",)))


def clauses(name: str, *, asked: bool = True) -> st.SearchStrategy[InputClause]:
    """Heads of columns that test an input; half of them say what is allowed."""
    kind = KINDS[name]
    known = tuple(each for each in kind.domains if asked or "?" not in each)
    allowed = st.none() | st.sampled_from(known)
    return allowed.map(lambda tests: InputClause(Literal(name, kind.type), tests))


def cells_of(name: str, *, asked: bool = True) -> st.SearchStrategy[str]:
    """Cells about an input; one in ten must be asked."""
    kind = KINDS[name]
    known = st.sampled_from(kind.cells)
    return st.one_of(*[known] * 9, st.sampled_from(kind.asked)) if asked else known


def outputs() -> st.SearchStrategy[str]:
    """Outputs: mostly literals."""
    return st.one_of(*[st.sampled_from(OUTPUTS)] * 9, st.just("1 + 1"))


def edited(table: Table) -> st.SearchStrategy[Table]:
    """A table after an edit: of a rule, the order of rules, the hit policy, a column, what is allowed, or all of it."""
    columns = tuple(clause.expression.text for clause in table.inputs)
    return st.one_of(
        st.just(table),
        tables(columns=columns),
        tables(columns=("state",)),
        st.sampled_from(HitPolicy).map(lambda hit: evolve(table, hit=hit)),
        st.permutations(table.rules).map(lambda rules: evolve(table, rules=tuple(rules))),
        st.tuples(*map(clauses, columns)).map(lambda inputs: evolve(table, inputs=inputs)),
        st.sampled_from(range(len(columns))).map(lambda at: _without(table, at)),
        *(_rules_edited(table, number, columns) for number in range(len(table.rules))),
    )


def _rules_edited(table: Table, number: int, columns: tuple[str, ...]) -> st.SearchStrategy[Table]:
    rule = st.builds(Rule, st.tuples(*map(cells_of, columns)), st.tuples(outputs()), notes())
    some = st.lists(rule, max_size=2).map(tuple)
    output = outputs().map(lambda text: (evolve(table.rules[number], outputs=(text,)),))
    before, after = table.rules[:number], table.rules[number + 1 :]
    reasons = notes().map(lambda told: (evolve(table.rules[number], notes=told),))
    return (some | output | reasons).map(lambda rules: evolve(table, rules=(*before, *rules, *after)))


def _without(table: Table, at: int) -> Table:
    if len(table.inputs) == 1:
        return table
    rules = tuple(evolve(rule, inputs=(*rule.inputs[:at], *rule.inputs[at + 1 :])) for rule in table.rules)
    return evolve(table, inputs=(*table.inputs[:at], *table.inputs[at + 1 :]), rules=rules)


def applicants(*found: Table) -> list[Mapping[str, Value]]:
    """All applicants that tables may tell apart, as facts."""
    columns = list(dict.fromkeys(clause.expression.text for table in found for clause in table.inputs))
    return [dict(zip(columns, values, strict=True)) for values in product(*(KINDS[name].values for name in columns))]
