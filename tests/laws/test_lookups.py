"""Every way of deciding by a table comes to the same: cell by cell, looked up, prepared, and by column."""

from decimal import Decimal

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.feel.calendar import days_of
from casefold.feel.program import strict
from casefold.feel.values import Date, Value, World
from casefold.kernel.results import Failure
from casefold.policy import model
from casefold.policy.decider import decider
from casefold.policy.model import Aggregation, HitPolicy
from casefold_adapters.columnar import (
    NONE,
    PROBLEM,
    Dates,
    Durations,
    Flags,
    Floats,
    Numbers,
    Strings,
    twin_of,
)
from casefold_properties.laws import lookups as laws
from casefold_properties.laws.lookups import Said
from casefold_properties.strategies import lookups as strategies

SCALE = 2


def numbers(values, valid):
    """Whole cents where the values are such, else floats, whose exact values they are then."""
    cents = [Decimal(0) if value is None else value.scaleb(SCALE) for value in values]
    if all(value == int(value) for value in cents):
        return Numbers(np.array([int(value) for value in cents], np.int64), SCALE, valid)
    return Floats(np.array([np.nan if value is None else float(value) for value in values]), valid)


def column(name, values):
    valid = np.array([value is not None for value in values], np.bool_)
    if strategies.TYPES[name] == "number":
        return numbers(values, valid)
    if name == "state":
        categories = ("WA", "NY", "CA", "unused", "TX")
        return Strings(
            np.array([-1 if value is None else categories.index(value) for value in values], int), categories
        )
    if name == "owner":
        return Flags(np.array([bool(value) for value in values], np.bool_), valid)
    if name == "since":
        days = ["NaT" if value is None else days_of(value) for value in values]
        return Dates(np.array(days, "datetime64[D]"))
    return Durations(np.array([0 if value is None else value.months for value in values], np.int64), valid)


def by_columns(compiled, rows):
    (grid,) = compiled.grids
    twin = twin_of(grid).unwrap()
    columns = {name: column(name, [row[name] for row in rows]) for name in strategies.TYPES}
    default = None if grid.columns[0].default is None else grid.columns[0].default.value
    single = twin.rows(columns)
    if not isinstance(single, Failure):
        codes = single.unwrap()
        answered = twin.outputs(codes).unwrap()[""]
        return [None if code == PROBLEM else Said(value) for code, value in zip(codes, answered, strict=True)]
    return by_all(twin, grid, default, columns)


def by_all(twin, grid, default, columns):
    matched = twin.matched(columns).unwrap()
    counts = matched.counts()
    outputs: list[Value]
    empty: Value
    if grid.aggregation is None:
        answers = [[grid.rows[number].outputs[0].value for number in bits(words)] for words in matched.words]
        ordered = grid.hit is HitPolicy.OUTPUT_ORDER
        outputs = [tuple(sorted(each, reverse=True) if ordered else each) for each in answers]
        empty = None if default is None else (default,)
    elif grid.aggregation is Aggregation.COUNT:
        outputs, empty = [Decimal(int(count)) for count in counts], Decimal(0) if default is None else default
    else:
        sums, scale = twin.sums(matched).unwrap()
        outputs, empty = [Decimal(int(each)).scaleb(-scale) for each in sums], default
    return [
        None if problem else Said(output if count else empty)
        for output, count, problem in zip(outputs, counts, matched.problem, strict=True)
    ]


def bits(words):
    whole = sum(int(word) << 64 * at for at, word in enumerate(words))
    return [number for number in range(whole.bit_length()) if whole >> number & 1]


def by_preparation(compiled, rows):
    prepared = decider(compiled, "answer")
    found = [strict(prepared(row).unwrap()) for row in rows]
    return [None if isinstance(each, Failure) else Said(each.unwrap()) for each in found]


@pytest.mark.parametrize("deciding", [laws.by_each, by_preparation, by_columns])
@given(strategies.tables(), strategies.rows())
def test_deciding_is_what_the_cells_mean(deciding, known, rows):
    """Cell by cell, looked up, prepared and by column: null, bounds and what is beside them, many rules, all types."""
    laws.deciding_is_what_cells_mean(known, rows, deciding)


FACTS = st.dictionaries(
    st.sampled_from((*strategies.TYPES, "answer", "{ns}amount", "unheard of")),
    st.sampled_from((None, True, "CA", Decimal("100.25"), Decimal(0), Date(2024, 2, 29), ("CA",), {"a": None})),
)


@given(strategies.tables(), strategies.rows(binary=False), FACTS, st.sampled_from((0, 3, 1_200, 1_000_000)))
def test_a_prepared_decision_is_the_decision(known, rows, others, fuel):
    """Facts of other types, of other names, given decisions and no fuel: in all of it the outcome is that of decide."""
    for row in (*rows[:2], {}):
        facts = {**row, **others}
        laws.a_prepared_decision_is_the_decision(decider, known.table, facts, World(fuel=fuel))


def null_is_no_rule(compiled, rows):
    """Reads null as a value that meets nothing: the next rule decides."""
    (grid,) = compiled.grids
    twin = twin_of(grid).unwrap()
    columns = {name: column(name, [row[name] for row in rows]) for name in strategies.TYPES}
    codes = twin.rows(columns).unwrap()
    return [Said(value) for value in twin.outputs(np.where(codes == PROBLEM, NONE, codes)).unwrap()[""]]


def ends_are_open(compiled, rows):
    """Reads <= as <."""
    (source,) = [grid.source for grid in compiled.grids]
    rules = tuple(evolve(rule, inputs=tuple(text.replace("<=", "<") for text in rule.inputs)) for rule in source.rules)
    return by_columns(laws.compiled_of(evolve(source, rules=rules)), rows)


def money_is_binary(compiled, rows):
    """Takes exact money as binary numbers."""
    near = [{**row, "amount": row["amount"] and Decimal(float(row["amount"]))} for row in rows]
    return by_columns(compiled, near)


def table_of(*rules, name="amount"):
    cells = tuple(tuple(rule) for rule in rules)
    drawn = model.Table(
        (model.InputClause(model.Literal(name, strategies.TYPES[name])),),
        (model.OutputClause(),),
        tuple(model.Rule(tuple(cell.text() for cell in row), (str(at),)) for at, row in enumerate(cells, 1)),
        HitPolicy.FIRST,
    )
    return strategies.Known(drawn, None, cells)


BLANK = dict.fromkeys(strategies.TYPES)
TENTH = table_of([strategies.Cell((strategies.Side("<=", Decimal("0.1")),))], [strategies.Cell()])


@pytest.mark.parametrize(
    ("wrong", "amount"),
    [(null_is_no_rule, None), (ends_are_open, Decimal("0.1")), (money_is_binary, Decimal("0.1"))],
)
def test_a_way_that_is_wrong_at_an_edge_is_found_out(wrong, amount):
    """The law can fail: null taken for no match, an end left out, a tenth that is a little more."""
    with pytest.raises(AssertionError):
        laws.deciding_is_what_cells_mean(TENTH, [{**BLANK, "amount": amount}], wrong)


def test_a_prepared_decision_that_ignores_problems_is_found_out():
    """The law can fail: here what is prepared answers at all times with the default."""
    with pytest.raises(AssertionError):
        laws.a_prepared_decision_is_the_decision(
            lambda compiled, name, world: (
                lambda _facts: decider(compiled, name, world)({**BLANK, "amount": Decimal(1)})
            ),
            TENTH.table,
            {"amount": Decimal(0)},
            World(),
        )


CASES = st.tuples(strategies.tables(), strategies.rows())


def test_strategies_reach_what_the_laws_are_about():
    """Many rules, nulls that leave things open, matches, conflicts, values that are not allowed, all hit policies."""
    missed = unreached(
        CASES,
        {
            "many rules": lambda case: (
                len(case[0].cells) > 64 and any(True in case[0].verdicts(row) for row in case[1])
            ),
            "open": lambda case: any(None in case[0].verdicts(row) for row in case[1]),
            "two match": lambda case: any(case[0].verdicts(row).count(True) > 1 for row in case[1]),
            "not allowed": lambda case: not all(case[0].admits(row) for row in case[1]),
            "negated": lambda case: any(cell.negated for rule in case[0].cells for cell in rule),
            **{
                hit.value: lambda case, hit=hit: (
                    case[0].table.hit is hit and any(case[0].verdicts(row) for row in case[1])
                )
                for hit in HitPolicy
            },
        },
        examples=400,
    )

    assert missed == set()
