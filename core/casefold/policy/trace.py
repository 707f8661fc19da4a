"""How a decision came about: for each table what was asked, which rules matched, and why each other one failed.

A trace is derived from the decision, not recorded with it: the same decision has the same trace at any time.
"""

from collections.abc import Sequence

from attrs import frozen

from casefold.feel.program import Program, begin
from casefold.feel.values import Function, Run, Value, World
from casefold.policy.graph import Made
from casefold.policy.scorecards import Scored
from casefold.policy.tables import Seen
from casefold.policy.types import passes


@frozen(eq=False)
class Asked:
    """An input of a table: what people call it, what is tested as FEEL text, and its value."""

    label: str
    expression: str
    value: Value


@frozen(eq=False)
class Verdict:
    """What became of a rule.

    Attributes:
        rule: Its number, from 1.
        matched: Whether all of its cells are met.
        decisive: Whether the answer comes from it.
        failed: The numbers of the inputs, from 0, whose cells are not met.
    """

    rule: int
    matched: bool
    decisive: bool
    failed: tuple[int, ...]


@frozen(eq=False)
class TableTrace:
    """A table that was decided by; *seen* is how."""

    place: tuple[str, ...]
    asked: tuple[Asked, ...]
    verdicts: tuple[Verdict, ...]
    seen: Seen


@frozen(eq=False)
class CardTrace:
    """A scorecard that was decided by; *seen* is how."""

    place: tuple[str, ...]
    asked: tuple[Asked, ...]
    seen: Scored


def traced(made: Made, world: World = World()) -> tuple[TableTrace | CardTrace, ...]:
    """Trace the tables and scorecards that decisions were made by, in that order."""
    run = begin(world)
    return tuple(
        _table(each, run) if isinstance(each, Seen) else _card(each)
        for each in made.seen
        if isinstance(each, (Seen, Scored))
    )


def _table(seen: Seen, run: Run) -> TableTrace:
    heads = seen.grid.inputs
    asked = tuple(Asked(head.label, head.expression, value) for head, value in zip(heads, seen.inputs, strict=True))
    verdicts = tuple(_verdict(seen, number, run) for number in range(len(seen.grid.rows)))
    return TableTrace(seen.grid.place, asked, verdicts, seen)


def _verdict(seen: Seen, number: int, run: Run) -> Verdict:
    failed = failing(seen, number, run)
    return Verdict(number + 1, not failed, number in seen.decisive, failed)


def failing(seen: Seen, number: int, run: Run) -> tuple[int, ...]:
    """Give the inputs, by number from 0, whose cells in a rule are not met."""
    row, index = seen.grid.rows[number], seen.grid.index
    found: list[int] = []
    for at, (cell, value) in enumerate(zip(row.cells, seen.inputs, strict=True)):
        if cell is None:
            continue
        column = None if index is None else index.columns[at]
        mask = None if column is None or index is None or index.rest[at] >> number & 1 else column.met(value)
        met = _asked(cell, value, seen.functions, run) if mask is None else bool(mask >> number & 1)
        if not met:
            found.append(at)
    return tuple(found)


def _asked(cell: Program | int, value: Value, functions: Sequence[Value], run: Run) -> bool:
    if isinstance(cell, Program):
        return passes(cell, run, value) is True
    function = functions[cell]
    return isinstance(function, Function) and function.call(run, (value,)) is True


def _card(seen: Scored) -> CardTrace:
    scales = zip(seen.card.scales, seen.inputs, strict=True)
    asked = tuple(Asked(scale.name, scale.expression, value) for scale, value in scales)
    return CardTrace(seen.card.place, asked, seen)
