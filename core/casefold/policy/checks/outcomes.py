"""What a table answers where it is known which rules match, without evaluating anything."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from attrs import Factory, field, frozen

from casefold.feel.numbers import CONTEXT
from casefold.feel.program import begin
from casefold.feel.scope import EMPTY, Scope
from casefold.feel.values import Fault, Run, Value
from casefold.policy.model import Aggregation, HitPolicy, OutputClause
from casefold.policy.tables import Column, Conclusion, Grid
from casefold.policy.texts import plain
from casefold.policy.types import passes


@frozen
class Text:
    """An output that must be evaluated, as FEEL text without what does not matter."""

    text: str


Said: TypeAlias = Value | Text
"""An output: its value, where that is the same whatever the inputs are."""


@frozen
class Answer:
    """What a table answers."""

    value: Value = field(eq=False)
    _key: object = field(init=False, repr=False, default=Factory(lambda self: key_of(self.value), takes_self=True))


@frozen
class Refused:
    """No answer: rules conflict, an output is not of its type, or an input is not allowed."""


@frozen
class Evaluated:
    """An answer that rests on texts: what the hit policy is given, rule by rule."""

    hit: HitPolicy
    aggregation: Aggregation | None
    outputs: tuple[tuple[tuple[str, object], ...], ...] = field(repr=False)
    texts: tuple[str, ...] = field(eq=False)


Outcome: TypeAlias = Answer | Refused | Evaluated

REFUSED = Refused()


def key_of(value: Value) -> object:
    """Give what two values have in common if FEEL takes them for equal, and only then.

    >>> key_of(Decimal("1.0")) == key_of(Decimal(1)), key_of(True) == key_of(Decimal(1))
    (True, False)
    """
    if isinstance(value, tuple):
        return ("list", tuple(map(key_of, value)))
    if isinstance(value, dict):
        return ("context", tuple(sorted((name, key_of(each)) for name, each in value.items())))
    return (type(value).__name__, value)


@frozen(eq=False)
class Judge:
    """A table as far as its answers go.

    Attributes:
        outputs: For each rule, its outputs; nothing where one is not of its type.
        ranks: For each rule, the place of its outputs among those preferred; nothing where that must be evaluated.
        default: What is answered where no rule matches.
    """

    grid: Grid
    outputs: tuple[tuple[Said, ...] | None, ...]
    ranks: tuple[tuple[int, ...] | None, ...]
    default: Outcome

    def row(self, number: int) -> Outcome:
        """Give the answer of one rule."""
        said = self.outputs[number]
        return REFUSED if said is None else _combined(self.grid, [said])

    def rows(self, numbers: Sequence[int]) -> tuple[Outcome, tuple[int, ...]]:
        """Give the answer where exactly some rules match, in order of their numbers, and the rules that decide it."""
        if not numbers:
            return self.default, ()
        deciding = _DECIDING[self.grid.hit](self, numbers)
        said = [self.outputs[number] for number in deciding]
        known = [each for each in said if each is not None]
        if len(known) < len(said) or not self._agree(deciding):
            return REFUSED, tuple(deciding)
        return _combined(self.grid, known), tuple(deciding)

    def _agree(self, numbers: Sequence[int]) -> bool:
        match self.grid.hit:
            case HitPolicy.UNIQUE:
                return len(numbers) == 1
            case HitPolicy.ANY:
                first, *others = (self.row(number) for number in numbers)
                return all(other == first for other in others) or any(
                    isinstance(each, Evaluated) for each in (first, *others)
                )
            case _:
                return True


def judge_of(grid: Grid, scope: Scope = EMPTY) -> Judge:
    """Take what a table says of its answers; its texts are read in *scope*."""
    run = begin()
    outputs = tuple(_outputs(grid, run, number, scope) for number in range(len(grid.rows)))
    ranks = tuple(_rank(grid, run, said) for said in outputs)
    return Judge(grid, outputs, ranks, _default(grid, scope))


def precedence(grid: Grid) -> tuple[int, ...] | None:
    """Give the rules in the order in which one that matches decides alone; nothing if others have a say.

    FIRST goes by number, PRIORITY by the place of the outputs among those preferred, which must be known.
    """
    numbers = range(len(grid.rows))
    if grid.hit is HitPolicy.FIRST:
        return tuple(numbers)
    if grid.hit is not HitPolicy.PRIORITY:
        return None
    ranks = judge_of(grid).ranks
    known = {number: rank for number, rank in enumerate(ranks) if rank is not None}
    return tuple(sorted(numbers, key=lambda number: known[number])) if len(known) == len(ranks) else None


def _outputs(grid: Grid, run: Run, number: int, scope: Scope) -> tuple[Said, ...] | None:
    told = grid.source.rules[number].outputs
    texts = told if len(told) == len(grid.columns) else ("",) * len(grid.columns)  # a rule of another width is a fault
    pairs = zip(grid.columns, grid.rows[number].outputs, texts, strict=True)
    return _all(_said(run, column, cell, text, scope) for column, cell, text in pairs)


def _all(found: Iterable[Said | Fault]) -> tuple[Said, ...] | None:
    said: list[Said] = []
    for each in found:
        if isinstance(each, Fault):
            return None
        said.append(each)
    return tuple(said)


def _said(run: Run, column: Column, cell: Conclusion, text: str, scope: Scope) -> Said | Fault:
    return Text(plain(text, scope)) if isinstance(cell, int) else column.kind.fit(run, cell.value, column.name)


def _rank(grid: Grid, run: Run, said: tuple[Said, ...] | None) -> tuple[int, ...] | None:
    found: list[int] = []
    for column, value in zip(grid.columns, said or (), strict=bool(said)):
        if isinstance(value, Text):
            return None
        places = (at for at, program in enumerate(column.ranks) if passes(program, run, value) is True)
        found.append(next(places, len(column.ranks)))
    return None if said is None else tuple(found)


def _default(grid: Grid, scope: Scope) -> Outcome:
    if all(column.default is None for column in grid.columns):
        return Answer(Decimal(0) if grid.aggregation is Aggregation.COUNT else None)
    said = tuple(_defaulted(column, clause.default, scope) for column, clause in _clauses(grid))
    if any(isinstance(each, Text) for each in said):
        return _evaluated(grid, [said])
    answer = _row(grid, said)
    many = grid.hit in _MANY and grid.aggregation is None and not isinstance(answer, tuple)
    return Answer((answer,) if many else answer)


def _clauses(grid: Grid) -> Iterable[tuple[Column, OutputClause]]:
    return zip(grid.columns, grid.source.outputs, strict=True)


def _defaulted(column: Column, text: str | None, scope: Scope) -> Said:
    if column.default is None:
        return None
    return Text(plain(text or "", scope)) if isinstance(column.default, int) else column.default.value


def _combined(grid: Grid, rows: Sequence[tuple[Said, ...]]) -> Outcome:
    """Make one answer of the outputs of the rules that decide, in the order in which they come."""
    if any(isinstance(each, Text) for said in rows for each in said):
        return _evaluated(grid, rows)
    if grid.hit not in _MANY:
        return Answer(_row(grid, rows[0]))
    if grid.hit is not HitPolicy.COLLECT or grid.aggregation is None:
        return Answer(tuple(_row(grid, said) for said in rows))
    if grid.aggregation is Aggregation.COUNT:
        return Answer(Decimal(len(rows)))
    values = [said[0] for said in rows]
    if len(grid.columns) > 1 or not all(isinstance(value, Decimal) for value in values):
        # Texts and dates may be least or largest, too, but nobody adds up what is neither.
        return _evaluated(grid, rows)
    numbers = [value for value in values if isinstance(value, Decimal)]
    return Answer(_total(grid.aggregation, numbers))


def _total(aggregation: Aggregation, numbers: Sequence[Decimal]) -> Decimal:
    if aggregation is Aggregation.MIN:
        return min(numbers)
    if aggregation is Aggregation.MAX:
        return max(numbers)
    total = numbers[0]
    for number in numbers[1:]:
        total = CONTEXT.add(total, number)
    return total


def _row(grid: Grid, said: Sequence[Said]) -> Value:
    values = [each for each in said if not isinstance(each, Text)]
    if len(grid.columns) == 1:
        return values[0]
    return {column.name: value for column, value in zip(grid.columns, values, strict=True)}


def _evaluated(grid: Grid, rows: Sequence[tuple[Said, ...]]) -> Evaluated:
    named = tuple(
        tuple(
            (column.name if len(grid.columns) > 1 else "", each if isinstance(each, Text) else key_of(each))
            for column, each in zip(grid.columns, said, strict=True)
        )
        for said in rows
    )
    texts = tuple(each.text for said in rows for each in said if isinstance(each, Text))
    single = grid.hit not in _MANY
    return Evaluated(HitPolicy.UNIQUE if single else grid.hit, grid.aggregation, named, texts)


_MANY = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})


def _first(_judge: Judge, numbers: Sequence[int]) -> Sequence[int]:
    return numbers[:1]


def _all_of(_judge: Judge, numbers: Sequence[int]) -> Sequence[int]:
    return numbers


def _ranked(judge: Judge, numbers: Sequence[int]) -> Sequence[int]:
    """Sort rules by preference, unless a rank must be evaluated."""
    known = {number: rank for number in numbers if (rank := judge.ranks[number]) is not None}
    return sorted(numbers, key=lambda number: known[number]) if len(known) == len(numbers) else numbers


def _preferred(judge: Judge, numbers: Sequence[int]) -> Sequence[int]:
    known = all(judge.ranks[number] is not None for number in numbers)
    return _ranked(judge, numbers)[:1] if known else numbers


_DECIDING: Mapping[HitPolicy, Callable[[Judge, Sequence[int]], Sequence[int]]] = MappingProxyType({
    HitPolicy.UNIQUE: _all_of,
    HitPolicy.ANY: _all_of,
    HitPolicy.FIRST: _first,
    HitPolicy.PRIORITY: _preferred,
    HitPolicy.RULE_ORDER: _all_of,
    HitPolicy.OUTPUT_ORDER: _ranked,
    HitPolicy.COLLECT: _all_of,
})  # fmt: skip
