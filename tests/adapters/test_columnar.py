"""The columnar twin: arrays at their edges, and what it refuses."""

import itertools
from decimal import Decimal

import numpy as np
import pytest

from casefold.kernel.results import Failure
from casefold.policy.graph import compile_model
from casefold.policy.lookup import Hindrance, Obstacle
from casefold.policy.model import (
    Decision,
    HitPolicy,
    InputClause,
    InputData,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Table,
    Variable,
)
from casefold_adapters.columnar import NONE, Floats, ManyRules, NotColumnar, Numbers, Strings, WrongColumns, twin_of
from casefold_adapters.columnar.parts import PART


def grid_of(*cells, kind="number", hit=HitPolicy.FIRST, output="1"):
    rules = tuple(Rule((cell,), (output,)) for cell in cells)
    table = Table((InputClause(Literal("x", kind)),), (OutputClause(),), rules, hit)
    data = InputData("_x", Variable("x", kind))
    decision = Decision("_y", Variable("y"), (Reference("ns", "_x"),), logic=table)
    (grid,) = compile_model(Model("m", "ns", elements=(data, decision))).grids
    return grid


def rows(grid, column):
    return twin_of(grid).unwrap().rows({"x": column}).unwrap().tolist()


INT_MIN, INT_MAX = -(2**63), 2**63 - 1


@pytest.mark.parametrize(
    ("cell", "scale", "met"),
    [
        ("< -1e30", 0, []),
        ("> -1e30", 0, [INT_MIN, -1, 0, 1, INT_MAX]),
        (f">= {INT_MAX}", 0, [INT_MAX]),
        (f"> {INT_MAX}", 0, []),
        (f"<= {INT_MIN}", 0, [INT_MIN]),
        ("(-0.001..0.001)", 2, [0]),
        ("[0.005..0.01]", 2, [1]),
        ("[-0.01..0.005)", 2, [-1, 0]),
        ("not(0)", 2, [INT_MIN, -1, 1, INT_MAX]),
    ],
)
def test_whole_units_are_compared_exactly(cell, scale, met):
    """Bounds finer than a unit, and beyond the numbers that a machine has."""
    units = [INT_MIN, -1, 0, 1, INT_MAX]

    assert [0 if unit in met else NONE for unit in units] == rows(grid_of(cell), Numbers(np.array(units), scale))


def test_many_cuts_close_together_and_far_apart_are_found():
    """However cuts lie, a value is found among them: by buckets where that is fast, else by search."""
    cuts = [*range(40), 10**6, 10**12, 10**17]
    grid = grid_of(*(f"[{one}..{two})" for one, two in itertools.pairwise(cuts)))
    values = sorted({cut + step for cut in cuts for step in (-1, 0, 1)})
    expected = [next((at for at, cut in enumerate(cuts[1:]) if cuts[at] <= value < cut), NONE) for value in values]

    assert expected == rows(grid, Numbers(np.array(values)))
    assert expected[:-3] == rows(grid, Floats(np.array(values[:-3], np.float64)))


def test_a_float_is_the_number_that_it_is():
    """0.1 as a float is more than a tenth, 0.3 less than three tenths."""
    grid = grid_of("<= 0.1", ">= 0.3")

    assert [NONE, NONE, 0, 1] == rows(grid, Floats(np.array([0.1, 0.3, np.nextafter(0.1, 0), np.nextafter(0.3, 1)])))


def test_rows_of_several_parts_stay_in_order():
    """What is taken a part at a time comes back as it was given."""
    count = 2 * PART + 7
    found = rows(grid_of("< 5", "< 10"), Numbers(np.arange(count) % 12))

    assert [0 if n % 12 < 5 else 1 if n % 12 < 10 else NONE for n in range(count)] == found


def test_columns_that_do_not_fit_are_named():
    """An array that is missing, of another kind, of another length, or with a category too many decides nothing."""
    twin = twin_of(grid_of('"CA"', kind="string")).unwrap()
    codes = np.array([0, 1])

    assert Failure(WrongColumns(("x",), (), ())) == twin.rows({})
    assert Failure(WrongColumns((), ("x",), ())) == twin.rows({"x": Numbers(codes)})
    assert Failure(WrongColumns((), ("x",), ())) == twin.rows({"x": Strings(codes, ("CA",))})
    assert Failure(WrongColumns((), (), ("x",))) == twin.rows({"x": Strings(codes, ("CA", "NY"), np.array([True]))})


def test_what_cannot_be_looked_up_is_told_with_its_rules():
    """A condition on the input is asked, row by row; a table with one has no twin."""
    found = twin_of(grid_of("< 3", "? * ? < 3"))

    assert Failure(NotColumnar("decision y", (Hindrance("x", Obstacle.ASKED, (2,)),))) == _labelled(found)
    assert Failure(NotColumnar("decision y", outputs=True)) == twin_of(
        grid_of("< 3", hit=HitPolicy.ANY, output="x + 1")
    )


def _labelled(found):
    """Take the column's label as its last word."""
    return found.alt(
        lambda not_columnar: NotColumnar(
            not_columnar.name,
            tuple(Hindrance(each.column.split()[-1], each.obstacle, each.rules) for each in not_columnar.hindrances),
        )
    )


def test_all_rules_are_asked_for_by_a_name_of_their_own():
    """RULE ORDER answers with many rules: `rows` says so, `matched` and `sums` answer."""
    twin = twin_of(grid_of("< 3", "< 5", hit=HitPolicy.RULE_ORDER, output="0.25")).unwrap()
    columns = {"x": Numbers(np.array([1, 4, 9]))}
    matched = twin.matched(columns).unwrap()
    units, scale = twin.sums(matched).unwrap()

    assert Failure(ManyRules(HitPolicy.RULE_ORDER, None)) == twin.rows(columns)
    assert [[3], [2], [0]] == matched.words.tolist()
    assert [2, 1, 0] == matched.counts().tolist()
    assert [Decimal("0.50"), Decimal("0.25"), 0] == [Decimal(int(unit)).scaleb(-scale) for unit in units]
