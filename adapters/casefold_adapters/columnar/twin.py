"""Decide many rows at once by a decision table, and come to what deciding each by itself comes to.

Each input finds the places of its values (`casefold_adapters.columnar.places`); a place knows its rules as bits; the
rules of a row are the AND over its inputs, and what the hit policy makes of them is read off the bits.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from casefold.feel.program import begin
from casefold.feel.values import Date, DaysDuration, MonthsDuration, Value
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.index import Bits, key_of
from casefold.policy.lookup import Hindrance, Lookup, lookup_of
from casefold.policy.model import Aggregation, HitPolicy
from casefold.policy.tables import Fixed, Grid, outputs, rank
from casefold_adapters.columnar.columns import Column, Dates, Mask, Strings, array_of
from casefold_adapters.columnar.parts import (
    PART,
    WORD,
    Bitset,
    Numbers,
    Part,
    first_met,
    only_met,
    part_of,
    tables_of,
    words_of,
)
from casefold_adapters.columnar.places import located

NONE = -1
"""No rule matches."""

PROBLEM = -2
"""To decide the row by itself meets a problem: what null leaves open, a value that is not allowed, a conflict."""


@frozen
class NotColumnar:
    """A table cannot be decided by column.

    Attributes:
        hindrances: The inputs that cannot be looked up.
        outputs: Whether the hit policy compares outputs that are not fixed, or not of one simple type.
    """

    name: str
    hindrances: tuple[Hindrance, ...] = ()
    outputs: bool = False


@frozen
class WrongColumns:
    """Arrays do not fit a table: inputs that have none, or one of another kind, or of another length than the first."""

    missing: tuple[str, ...]
    unfit: tuple[str, ...]
    unequal: tuple[str, ...]


@frozen
class ManyRules:
    """The hit policy answers with all rules that match, not with one."""

    hit: HitPolicy
    aggregation: Aggregation | None


@frozen
class NotFixed:
    """Outputs of these rules are worked out anew for each decision: numbers from 1, and 0 for the default."""

    rules: tuple[int, ...]


@frozen(eq=False)
class Matched:
    """The rules that match, row by row.

    Attributes:
        words: A row of words for each row of inputs; bit *b* of word *w* is rule 64·w + b, from 0.
        problem: Where deciding the row by itself meets a problem.
    """

    words: Bitset
    problem: Mask

    def counts(self) -> Numbers:
        """Give how many rules match each row."""
        counts: Numbers = np.bitwise_count(self.words).sum(axis=1, dtype=np.int64)
        return counts


@frozen(eq=False)
class Twin:
    """A table that decides by column.

    Attributes:
        order: The numbers of the rules, the one that the hit policy prefers first.
        faulty: The rules whose outputs meet a problem of their own.
        alike: For UNIQUE and ANY, for each rule in order, those that may match beside it.
    """

    lookup: Lookup
    order: tuple[int, ...]
    faulty: Bits
    alike: tuple[Bits, ...] | None

    def rows(self, columns: Mapping[str, Column]) -> Result[Numbers, WrongColumns | ManyRules]:
        """Give the number, from 0, of the rule that decides each row, or `NONE` or `PROBLEM`.

        *columns* go by the expressions of the inputs. MIN and MAX are decided by a rule with the least or greatest
        output.
        """
        grid = self.lookup.grid
        if not _single(grid):
            return Failure(ManyRules(grid.hit, grid.aggregation))
        parts = self._parts(columns, self.order)
        if isinstance(parts, Failure):
            return Failure(parts.failure())
        count = _count(grid)
        faulty = np.array([self.faulty >> number & 1 for number in (*self.order, len(grid.rows))], np.bool_)
        names = np.array([*self.order, NONE], np.int64)
        alike = None if self.alike is None else _stacked(self.alike, count)
        codes = [np.zeros(0, np.int64)]
        for part in parts.unwrap():
            if grid.hit is HitPolicy.FIRST:
                found, problem = first_met(part, count)
                problem |= faulty[found]
            else:
                found, problem = only_met(part, count, words_of(_packed(faulty), count), alike)
            codes.append(np.where(problem, PROBLEM, names[found]))
        return Success(np.concatenate(codes))

    def matched(self, columns: Mapping[str, Column]) -> Result[Matched, WrongColumns]:
        """Give all rules that match each row, whatever the hit policy makes of them."""
        grid = self.lookup.grid
        parts = self._parts(columns, range(len(grid.rows)))
        if isinstance(parts, Failure):
            return Failure(parts.failure())
        count = _count(grid)
        faulty = words_of(self.faulty, count)
        words, problems = [np.zeros((0, count), np.uint64)], [np.zeros(0, np.bool_)]
        for part in parts.unwrap():
            found = np.stack([part.met(word) for word in range(count)], axis=1)
            problem = part.problem | ((found & faulty) != 0).any(axis=1)
            if part.open:
                problem |= (found != np.stack([part.maybe(word) for word in range(count)], axis=1)).any(axis=1)
            words.append(found)
            problems.append(problem)
        return Success(Matched(np.concatenate(words), np.concatenate(problems)))

    def sums(self, matched: Matched) -> Result[tuple[Numbers, int], NotFixed | ManyRules]:
        """Give what the outputs of the rules that match add up to: whole units, and their digits behind the point.

        Where no rule matches that is 0, and for the table to say what it answers there.
        """
        grid = self.lookup.grid
        if len(grid.columns) != 1 or not all(isinstance(row.outputs[0], Fixed) for row in grid.rows):
            return Failure(
                NotFixed(tuple(at for at, row in enumerate(grid.rows, 1) if isinstance(row.outputs[0], int)))
            )
        values = [_concluded(grid, number)[0] for number in range(len(grid.rows))]
        numbers = [value for value in values if isinstance(value, Decimal)]
        scale = max((-cast("int", number.as_tuple().exponent) for number in numbers), default=0)
        units = [int(number.scaleb(max(0, scale))) for number in numbers]
        if len(numbers) < len(values) or sum(map(abs, units)) >= 1 << 63:
            return Failure(ManyRules(grid.hit, grid.aggregation))
        found = np.zeros(len(matched.words), np.int64)
        for number, unit in enumerate(units):
            found += ((matched.words[:, number // WORD] >> np.uint64(number % WORD)) & np.uint64(1)).astype(
                np.int64
            ) * unit
        return Success((found, max(0, scale)))

    def outputs(self, rows: Numbers) -> Result[Mapping[str, NDArray[np.object_]], NotFixed]:
        """Give the outputs of rules by the names of the columns; of `NONE` the defaults, of a `PROBLEM` null."""
        grid = self.lookup.grid
        unfixed = [at for at, row in enumerate(grid.rows, 1) if any(isinstance(cell, int) for cell in row.outputs)]
        unfixed += [0] if any(isinstance(column.default, int) for column in grid.columns) else []
        if unfixed:
            return Failure(NotFixed(tuple(unfixed)))
        concluded = [_concluded(grid, number) for number in range(len(grid.rows))]
        found: dict[str, NDArray[np.object_]] = {}
        for at, column in enumerate(grid.columns):
            values = np.empty(len(concluded) + 2, np.object_)
            default = column.default.value if isinstance(column.default, Fixed) else None
            for number, value in enumerate((*(each[at] for each in concluded), None, default)):
                values[number] = value
            found[column.name] = values[rows]
        return Success(found)

    def _parts(self, columns: Mapping[str, Column], order: Sequence[int]) -> Result[Iterator[Part], WrongColumns]:
        """Look all rows up, some at a time."""
        lookup = self.lookup
        faces = {face.expression: face for face in lookup.faces}
        missing = tuple(name for name in faces if name not in columns)
        given = {name: columns[name] for name in faces if name in columns}
        sizes = {name: len(array_of(column)) for name, column in given.items()}
        size = next(iter(sizes.values()), 0)
        unequal = tuple(name for name, column in given.items() if _sizes(column) != {size})
        whole = lookup.rules | lookup.gates
        found = [
            (
                face.expression,
                located(face, columns[face.expression], whole) if _sound(columns[face.expression]) else None,
            )
            for face in lookup.faces
            if face.expression in columns
        ]
        ready = [each for _, each in found if each is not None]
        unfit = tuple(dict.fromkeys(name for name, each in found if each is None))
        if missing or unequal or unfit:
            return Failure(WrongColumns(missing, unfit, unequal))
        tables = [tables_of(each, order, lookup.gates, _count(lookup.grid)) for each in ready]
        return Success(part_of(ready, tables, slice(start, min(start + PART, size))) for start in range(0, size, PART))


def _sizes(column: Column) -> set[int]:
    return {len(array_of(column)), *(() if column.valid is None else (len(column.valid),))}


def _sound(column: Column) -> bool:
    """Whether a column's codes are all of categories, and its days are days."""
    if isinstance(column, Strings):
        return not len(column.codes) or int(column.codes.max()) < len(column.categories)
    return not isinstance(column, Dates) or column.days.dtype == np.dtype("datetime64[D]")


def _count(grid: Grid) -> int:
    """Give the number of words."""
    return max(1, -(-len(grid.rows) // WORD))


def _stacked(masks: Sequence[Bits], count: int) -> Bitset:
    return np.stack([words_of(mask, count) for mask in masks], axis=1) if masks else np.zeros((count, 1), np.uint64)


def _packed(flags: Mask) -> Bits:
    return sum(1 << bit for bit, flag in enumerate(flags) if flag)


def _single(grid: Grid) -> bool:
    """Whether a table answers with one rule."""
    if grid.hit is HitPolicy.COLLECT:
        return grid.aggregation in {Aggregation.MIN, Aggregation.MAX}
    return grid.hit not in {HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER}


def _concluded(grid: Grid, number: int) -> tuple[Value, ...]:
    return outputs(grid, begin(), grid.rows[number], ())


def twin_of(grid: Grid) -> Result[Twin, NotColumnar]:
    """Make the twin of a table, or say why it can have none."""
    found = lookup_of(grid)
    if isinstance(found, Failure):
        return Failure(NotColumnar(grid.name, found.failure().hindrances))
    fixed = [not any(isinstance(cell, int) for cell in row.outputs) for row in grid.rows]
    faulty = sum(1 << number for number, known in enumerate(fixed) if known and _is_faulty(grid, number))
    plain = tuple(range(len(grid.rows)))
    compared = grid.hit in {HitPolicy.ANY, HitPolicy.PRIORITY} or (grid.hit is HitPolicy.COLLECT and _single(grid))
    if not compared:
        alike = tuple(1 << number for number in plain) if grid.hit is HitPolicy.UNIQUE else None
        return Success(Twin(found.unwrap(), plain, faulty, alike))
    order = _preferred(grid) if all(fixed) else None
    if order is None:
        return Failure(NotColumnar(grid.name, outputs=True))
    alike = _alike(grid) if grid.hit is HitPolicy.ANY else None
    return Success(Twin(found.unwrap(), order, faulty, alike))


def _is_faulty(grid: Grid, number: int) -> bool:
    run = begin()
    outputs(grid, run, grid.rows[number], ())
    return bool(run.problems)


def _preferred(grid: Grid) -> tuple[int, ...] | None:
    """Give the rules in the order in which the hit policy prefers them, where that is told by their outputs alone."""
    concluded = [_concluded(grid, number) for number in range(len(grid.rows))]
    if any(type(value) not in _COMPARED for values in concluded for value in values):
        return None
    numbers = range(len(grid.rows))
    if grid.hit is HitPolicy.PRIORITY:
        ranks = [rank(grid, begin(), values) for values in concluded]
        return tuple(sorted(numbers, key=ranks.__getitem__))
    if grid.hit is HitPolicy.ANY:
        return tuple(numbers)
    kinds = {type(values[0]) for values in concluded}
    if len(grid.columns) != 1 or len(kinds) > 1 or kinds & {bool, str}:
        return None
    keys = [key_of(cast("Decimal | Date | DaysDuration | MonthsDuration", values[0])) for values in concluded]
    return tuple(sorted(numbers, key=keys.__getitem__, reverse=grid.aggregation is Aggregation.MAX))


_COMPARED = frozenset({str, bool, Decimal, Date, DaysDuration, MonthsDuration})
"""Types whose values are equal as Python has it."""


def _alike(grid: Grid) -> tuple[Bits, ...]:
    """Give, for each rule, those with the same outputs."""
    same: dict[tuple[tuple[type, Value], ...], Bits] = {}
    kinds = [tuple((type(value), value) for value in _concluded(grid, number)) for number in range(len(grid.rows))]
    for number, values in enumerate(kinds):
        same[values] = same.get(values, 0) | 1 << number
    return tuple(same[values] for values in kinds)
