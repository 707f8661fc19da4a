"""Decision tables: which rules match, and what the hit policy makes of their outputs (DMN 1.5, section 8.2)."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.feel.equality import compare, equal
from casefold.feel.numbers import CONTEXT
from casefold.feel.program import Program
from casefold.feel.tree import UnaryTests
from casefold.feel.values import Fault, Function, Problem, Reason, Run, Span, Value, kind_of
from casefold.policy.index import Index, numbers_of
from casefold.policy.model import Aggregation, HitPolicy, Rule, Table, codes_of, is_reason
from casefold.policy.types import Kind, passes

NOWHERE = Span(0, 0)

Cell: TypeAlias = Program | int | None
"""The tests of a cell: a program over the input alone, the number of a function that the table is given, or none."""


@frozen(eq=False)
class Fixed:
    """An output that is the same whatever the inputs are."""

    value: Value


Conclusion: TypeAlias = Fixed | int
"""An output cell: a value, or the number of a function that the table is given."""


@frozen(eq=False)
class Row:
    """A rule.

    Attributes:
        tests: Its cells as they are known to an index; ``None`` for one that must be asked.
        reasons: What its notes say under `REASON`: codes of reasons, or the decisions whose reasons they are.
        plain: For each cell, whether it says nothing of null, which it then cannot judge.
    """

    cells: tuple[Cell, ...]
    outputs: tuple[Conclusion, ...]
    tests: tuple[UnaryTests | None, ...]
    reasons: tuple[str, ...]
    plain: tuple[bool, ...]


@frozen(eq=False)
class Input:
    """A column of conditions.

    Attributes:
        label: What people call it.
        expression: What is tested, as the printer writes it: problems speak of it, however it was laid out.
        kind: The type of its values.
        allowed: The tests that every value of it meets, ready to run.
        domain: The same tests and those of its type, as they are written.
        gated: Whether the tests say nothing of null, which they then do not allow.
    """

    label: str
    expression: str
    kind: Kind
    allowed: Program | None
    domain: tuple[UnaryTests, ...]
    gated: bool = False


@frozen(eq=False)
class Column:
    """An output: its name, its type, its values by preference, and what it is where no rule matches."""

    name: str
    kind: Kind
    ranks: tuple[Program, ...]
    default: Conclusion | None


@frozen(eq=False)
class Grid:
    """A decision table ready to run.

    Attributes:
        place: Where it stands in the model, from the outermost name in.
        source: The table as it was written.
        index: Finds rules by inputs; without one each rule is asked in turn, which comes to the same.
    """

    name: str
    place: tuple[str, ...]
    source: Table
    inputs: tuple[Input, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    hit: HitPolicy
    aggregation: Aggregation | None
    index: Index | None = None


def reasons_of(table: Table, rule: Rule) -> tuple[str, ...]:
    """Give what a rule's notes say under `REASON`."""
    return tuple(
        code for name, note in zip(table.notes, rule.notes, strict=False) if is_reason(name) for code in codes_of(note)
    )


@frozen(eq=False)
class Seen:
    """A table as it was decided by.

    Attributes:
        inputs: The values of its inputs.
        functions: The functions that its cells ask for.
        matched: The numbers of the rules that match, from 0, as far as the hit policy asks; none where none does.
        decisive: Those of them that the answer comes from.
    """

    grid: Grid
    inputs: tuple[Value, ...]
    functions: tuple[Value, ...]
    matched: tuple[int, ...]
    decisive: tuple[int, ...]


def function_of(grid: Grid) -> Function:
    """Make a table a function of its inputs, and after them the functions that its cells ask for."""
    count = len(grid.inputs)

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        return decided(grid, run, given[:count], given[count:])

    return Function(grid.name, (), None, work)


def decided(grid: Grid, run: Run, inputs: Sequence[Value], functions: Sequence[Value]) -> Value | Fault:
    """Decide by a table."""
    fitted: list[Value] = []
    for column, value in zip(grid.inputs, inputs, strict=True):
        fit = column.kind.fit(run, value, column.expression)
        if isinstance(fit, Fault):
            return fit
        if column.allowed is not None and not _allows(column, column.allowed, run, fit):
            return Fault(Reason.NOT_ALLOWED, column.expression, kind_of(fit), "one of its input values")
        fitted.append(fit)
    matched = matching(grid, run, fitted, functions, first=grid.hit is HitPolicy.FIRST)
    return answered(grid, run, fitted, functions, matched)


def _allows(column: Input, allowed: Program, run: Run, value: Value) -> bool:
    return (value is not None or not column.gated) and passes(allowed, run, value) is True


def answered(
    grid: Grid, run: Run, inputs: Sequence[Value], functions: Sequence[Value], matched: Sequence[int]
) -> Value | Fault:
    """Give what the rules that match come to, by their numbers, from 0."""
    found = [outputs(grid, run, grid.rows[number], functions) for number in matched]
    best: tuple[Value, ...] | None = None
    if grid.hit is HitPolicy.PRIORITY and found:
        best = min(found, key=lambda values: rank(grid, run, values))
        found = [best, *found]
    answer = _HITS[grid.hit](grid, run, found) if found else _defaults(grid, run, functions)
    if run.seen is not None:
        if grid.aggregation in _BEST and not isinstance(answer, Fault):
            best = (answer,)
        decisive = matched if best is None else _chosen(grid, run, best, matched, functions)
        run.seen.append(Seen(grid, tuple(inputs), tuple(functions), tuple(matched), tuple(decisive)))
    return answer


def _chosen(
    grid: Grid, run: Run, best: tuple[Value, ...], matched: Sequence[int], functions: Sequence[Value]
) -> list[int]:
    """Give the rules whose outputs are the ones that were chosen."""
    found = (outputs(grid, run, grid.rows[number], functions) for number in matched)
    return [
        number
        for number, values in zip(matched, found, strict=True)
        if all(equal(run, one, other) is True for one, other in zip(best, values, strict=False))
    ]


def matching(grid: Grid, run: Run, inputs: Sequence[Value], functions: Sequence[Value], *, first: bool) -> list[int]:
    """Give the numbers of the rules that match, from 0, in order; the *first* alone, where no other matters."""
    met = grid.index.met(inputs) if grid.index is not None else None
    candidates = range(len(grid.rows)) if met is None or grid.index is None else numbers_of(met)
    matched: list[int] = []
    for number in candidates:
        if not run.spend(1):
            return matched
        row = grid.rows[number]
        asked = row.cells if met is None or grid.index is None else _asked(row, number, grid.index)
        before = len(run.problems)
        met_all = _matches(asked, row.plain, grid.inputs, run, inputs, functions)
        run.put(f"rule {number + 1}", before)
        if met_all:
            matched.append(number)
            if first:
                break
    return matched


def _asked(row: Row, number: int, index: Index) -> tuple[Cell, ...]:
    """Give the cells of a rule that the index knows nothing of; the others are met."""
    if not any(rest >> number & 1 for rest in index.rest):
        return ()
    return tuple(cell if rest >> number & 1 else None for cell, rest in zip(row.cells, index.rest, strict=True))


def _matches(
    cells: Sequence[Cell],
    plain: Sequence[bool],
    columns: Sequence[Input],
    run: Run,
    inputs: Sequence[Value],
    functions: Sequence[Value],
) -> bool:
    """Whether cells are met; what cannot be said of one does not matter where another says no.

    The standard has null differ from whatever a cell names, and so meet ``not("CA")``. That is the answer here as well,
    and a problem: where a fact is missing, nobody knows whether the rule would have matched.
    """
    before, refused, unknown = len(run.problems), False, False
    for cell, said, column, value in zip(cells, plain, columns, inputs, strict=bool(cells)):
        if cell is None:
            continue
        met = len(run.problems)
        verdict = passes(cell, run, value) if isinstance(cell, Program) else _called(run, functions[cell], (value,))
        if value is None and said:
            if verdict is not None:
                run.problems[met:] = [Problem(Fault(Reason.NO_VALUE, column.expression, "null", "a value"), NOWHERE)]
            refused = refused or verdict is False
        elif verdict is False and len(run.problems) == met:
            del run.problems[before:]
            return False
        run.put(f"input {column.expression}", met)
        unknown = unknown or verdict is not True
    return not unknown and not refused


def _called(run: Run, function: Value, given: tuple[Value, ...]) -> Value:
    assert isinstance(function, Function), "a table is given functions where its cells ask for them"
    found = function.call(run, given)
    return None if isinstance(found, Fault) else found


def outputs(grid: Grid, run: Run, row: Row, functions: Sequence[Value]) -> tuple[Value, ...]:
    """Give a rule's outputs."""
    return tuple(
        _fitted(column, run, _concluded(run, cell, functions))
        for column, cell in zip(grid.columns, row.outputs, strict=True)
    )


def _fitted(column: Column, run: Run, value: Value) -> Value:
    found = column.kind.fit(run, value, column.name)
    if isinstance(found, Fault):
        run.problems.append(Problem(found, NOWHERE))
        return None
    return found


def _concluded(run: Run, cell: Conclusion, functions: Sequence[Value]) -> Value:
    return cell.value if isinstance(cell, Fixed) else _called(run, functions[cell], ())


def _defaults(grid: Grid, run: Run, functions: Sequence[Value]) -> Value:
    """Give the default outputs where no rule matches."""
    if all(column.default is None for column in grid.columns):
        if grid.aggregation is Aggregation.COUNT:
            return Decimal(0)
        return None
    values = tuple(
        None if column.default is None else _concluded(run, column.default, functions) for column in grid.columns
    )
    answer = _answer(grid, values)
    return (answer,) if grid.hit in _MANY and grid.aggregation is None and not isinstance(answer, tuple) else answer


def _answer(grid: Grid, values: tuple[Value, ...]) -> Value:
    if len(grid.columns) == 1:
        return values[0]
    return {column.name: value for column, value in zip(grid.columns, values, strict=True)}


_Hits: TypeAlias = Sequence[tuple[Value, ...]]


def _unique(grid: Grid, _run: Run, found: _Hits) -> Value | Fault:
    if len(found) > 1:
        return Fault(Reason.NOT_ALLOWED, grid.name, f"{len(found)} rules match", "one rule")
    return _answer(grid, found[0])


def _any(grid: Grid, run: Run, found: _Hits) -> Value | Fault:
    same = all(
        equal(run, one, other) is True for values in found[1:] for one, other in zip(found[0], values, strict=True)
    )
    if not same:
        return Fault(Reason.NOT_ALLOWED, grid.name, "rules that match differ", "equal outputs")
    return _answer(grid, found[0])


def _first(grid: Grid, _run: Run, found: _Hits) -> Value | Fault:
    return _answer(grid, found[0])


def _output_order(grid: Grid, run: Run, found: _Hits) -> Value | Fault:
    ordered = sorted(found, key=lambda values: rank(grid, run, values))
    return tuple(_answer(grid, values) for values in ordered)


def rank(grid: Grid, run: Run, values: tuple[Value, ...]) -> tuple[int, ...]:
    """Give each output's place among its column's values; one that is not among them comes last."""
    return tuple(
        next((at for at, program in enumerate(column.ranks) if passes(program, run, value) is True), len(column.ranks))
        for column, value in zip(grid.columns, values, strict=True)
    )


def _rule_order(grid: Grid, _run: Run, found: _Hits) -> Value | Fault:
    return tuple(_answer(grid, values) for values in found)


def _collect(grid: Grid, run: Run, found: _Hits) -> Value | Fault:
    if grid.aggregation is None:
        return _rule_order(grid, run, found)
    if grid.aggregation is Aggregation.COUNT:
        return Decimal(len(found))
    if len(grid.columns) > 1:
        return Fault(Reason.WRONG_TYPE, grid.name, f"{len(grid.columns)} outputs", "one output")
    values = [only for (only,) in found]
    best = values[0]
    for value in values[1:]:
        if grid.aggregation is Aggregation.SUM:
            if not (isinstance(best, Decimal) and isinstance(value, Decimal)):
                return Fault(Reason.WRONG_TYPE, grid.name, f"{kind_of(best)}, {kind_of(value)}", "number")
            best = CONTEXT.add(best, value)
            if not best.is_finite():
                return Fault(Reason.OUT_OF_BOUNDS, grid.name)
            continue
        order = compare(run, value, best)
        if order is None:
            return Fault(Reason.WRONG_TYPE, grid.name, f"{kind_of(best)}, {kind_of(value)}", "values of one type")
        best = value if (order < 0) is (grid.aggregation is Aggregation.MIN) and order else best
    return best


_HITS: Mapping[HitPolicy, Callable[[Grid, Run, _Hits], Value | Fault]] = MappingProxyType({
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _any,
    HitPolicy.FIRST: _first,
    HitPolicy.PRIORITY: _first,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.OUTPUT_ORDER: _output_order,
    HitPolicy.COLLECT: _collect,
})  # fmt: skip
_BEST = frozenset({Aggregation.MIN, Aggregation.MAX})
_MANY = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})
