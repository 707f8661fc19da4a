"""What two tables decide differently: exactly which inputs, and what becomes of them."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import TypeAlias

from attrs import frozen

from casefold.feel.printing import print_tests
from casefold.feel.scope import EMPTY, Scope
from casefold.feel.tree import UnaryTests
from casefold.feel.types import Simple, Type
from casefold.feel.values import Value
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.checks.bits import united
from casefold.policy.checks.deciding import Deciding
from casefold.policy.checks.gaps import TOLD_MAX
from casefold.policy.checks.outcomes import REFUSED, Evaluated, Judge, Outcome, Refused, judge_of, precedence
from casefold.policy.checks.space import Axis, Box, Space, axis_of, example, shared, told
from casefold.policy.checks.sweep import WORK_MAX, Diagram, TooLarge, boxes, counted, sweep
from casefold.policy.index import Bits, numbers_of
from casefold.policy.model import Aggregation, HitPolicy
from casefold.policy.tables import Grid
from casefold.policy.texts import plain, plain_tests

_FREE = UnaryTests(())


class Change(Enum):
    """How sure a difference is."""

    CHANGED = "changed"
    """Every applicant there is decided otherwise."""
    REASONS = "reasons"
    """The answer is the same there, and the rules give other reasons for it."""
    TEXT = "text"
    """The answer is worked out by another text there; whether it comes to another value is unknown."""
    POSSIBLE = "possible"
    """What is decided there rests on cells that must be asked, and not on the same ones."""


@frozen
class Column:
    """An input of either table: what it is called, what is tested, and its place in the tables that have it."""

    label: str
    expression: str
    before: int | None
    after: int | None


@frozen
class Region:
    """A box of inputs that two tables decide differently.

    Attributes:
        inputs: For each column what it is; nothing stands for whatever it may be.
        witness: One such applicant: a value for each column.
        before: What the one table answers, as far as that is known.
        after: What the other answers.
        rules_before: The rules of the one that decide, from 0.
        rules_after: Those of the other.
    """

    inputs: Box
    witness: tuple[Value, ...]
    change: Change
    before: Outcome
    after: Outcome
    rules_before: tuple[int, ...]
    rules_after: tuple[int, ...]


@frozen
class TableDiff:
    """The difference of two tables.

    Attributes:
        columns: The inputs of both.
        regions: Boxes that are told, the surest first; no two meet.
        counts: How many boxes there are of each kind.
    """

    columns: tuple[Column, ...]
    regions: tuple[Region, ...]
    counts: tuple[tuple[Change, int], ...]

    @property
    def total(self) -> int:
        """How many boxes there are."""
        return sum(count for _, count in self.counts)


_Reasons: TypeAlias = tuple[str, ...]

_Key: TypeAlias = tuple[tuple[UnaryTests | str, ...], Outcome, tuple[int, ...] | None, _Reasons]

_Asked: TypeAlias = tuple[tuple[frozenset[tuple[int, str]], Outcome, _Reasons], ...]

_LISTS = frozenset({HitPolicy.RULE_ORDER, HitPolicy.COLLECT})
"""The hit policies whose answer is a list in the order of rules."""


_SINGLE = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY})
"""The hit policies under which one rule that is met alone gives the whole answer."""


@frozen
class _View:
    """What a table says somewhere: what must be asked first, and the answer and its reasons if none of that is met.

    *joining* is how it makes one answer of several, where those are not known yet.
    """

    allowed: frozenset[tuple[int, str]]
    asked: _Asked
    answer: Outcome
    reasons: _Reasons
    rules: tuple[int, ...]
    joining: tuple[HitPolicy, Aggregation | None] | None = None


@frozen(eq=False)
class _Side:
    """One of the tables, as its rules stand among all bits.

    Attributes:
        start: Its first bit.
        rows: Its bits, from there; the two tables have a rule that both have at the same bit.
        cells: For each bit, the cells that must be asked.
        within: The tests that its inputs must be within: the column, and their text.
        within_start: The first of their bits.
        within_asked: Those that must be asked, from there.
    """

    deciding: Deciding
    start: int
    rows: Bits
    cells: tuple[frozenset[tuple[int, str]], ...]
    within: tuple[tuple[int, str], ...]
    within_start: int
    within_asked: Bits

    def view(self, met: Bits) -> _View:
        inside = met >> self.within_start & (1 << len(self.within)) - 1
        if inside != (1 << len(self.within)) - 1:
            return _View(frozenset(), (), REFUSED, (), ())
        allowed = frozenset(self.within[at] for at in numbers_of(self.within_asked))
        asked, answer, rules = self._asked(met >> self.start & self.rows)
        refused = isinstance(answer, Refused)
        reasons = () if refused else tuple(dict.fromkeys(each for rule in rules for each in self._reasons(rule)))
        return _View(allowed, asked, answer, reasons, rules, self._joining(len(asked), len(rules), answer))

    def _joining(self, asked: int, sure: int, answer: Outcome) -> tuple[HitPolicy, Aggregation | None] | None:
        grid = self.deciding.judge.grid
        known = not asked and not isinstance(answer, Evaluated)
        single = asked + sure < 2 and grid.hit in _SINGLE
        return None if known or single else (grid.hit, grid.aggregation)

    def _reasons(self, rule: int) -> _Reasons:
        return self.deciding.judge.grid.rows[rule].reasons

    def _asked(self, met: Bits) -> tuple[_Asked, Outcome, tuple[int, ...]]:
        deciding = self.deciding
        if deciding.ordered:
            met = deciding.mattering(met, met)
        sure = deciding.sure(met & ~deciding.asked)
        assert sure is not None, "no rule is left that must be asked"
        answer, rules = sure
        # In a list it matters where among the others an asked rule comes in.
        grid = deciding.judge.grid
        listed = grid.hit in _LISTS and grid.aggregation is None
        looked = met if listed and met & deciding.asked else met & deciding.asked
        asked = [
            (self.cells[bit], deciding.judge.row(number := deciding.numbers[bit]), self._reasons(number))
            for bit in numbers_of(looked)
        ]
        found = tuple(dict.fromkeys(each for rule in rules for each in self._reasons(rule)))
        while deciding.ordered and asked and asked[-1][1:] == (answer, found):
            del asked[-1]
        return tuple(asked), answer, rules


def diff_tables(
    before: Grid,
    after: Grid,
    scope: Scope = EMPTY,
    told_max: int = TOLD_MAX,
    work_max: int = WORK_MAX,
) -> Result[TableDiff, TooLarge]:
    """Compare two tables; their texts are read in *scope*.

    Inputs are told by what they test, then by what they are called; one that a table does not have may be anything
    there.
    """
    columns = _columns(before, after, scope)
    space, sides, twins = _joined(before, after, columns, scope)
    order = space.order()
    full = space.full(order)

    within = [each for side in sides for each in side.within]
    inside = (1 << len(within)) - 1 << sides[0].within_start
    same = set(sides[0].within) == set(sides[1].within)

    def trim(level: int, met: Bits) -> Bits:
        for side in sides:
            mine = met >> side.start & side.rows
            met ^= (mine ^ side.deciding.mattering(mine, full[level] >> side.start)) << side.start
        one, other = (met >> side.start & side.rows for side in sides)
        # Where the same rules are left in both, they decide alike whatever follows.
        if twins is None or one != other or one & ~twins:
            return met
        if same:
            return 0
        return inside if not inside & ~(met & full[level]) else met

    answers: list[tuple[Change, _View, _View] | None] = [None]
    numbers: dict[tuple[Change, _View, _View], int] = {}

    def answer(met: Bits) -> int:
        found = _difference(*(side.view(met) for side in sides))
        if found is None:
            return 0
        if found not in numbers:
            numbers[found] = len(answers)
            answers.append(found)
        return numbers[found]

    swept = sweep(space, order, answer, trim, work_max)
    if isinstance(swept, Failure):
        return swept
    return Success(_told(columns, space, swept.unwrap(), answers, told_max))


def _told(
    columns: tuple[Column, ...],
    space: Space,
    diagram: Diagram,
    answers: Sequence[tuple[Change, _View, _View] | None],
    told_max: int,
) -> TableDiff:
    regions: list[Region] = []
    counts: list[tuple[Change, int]] = []
    for change in Change:
        wanted = _wanted(answers, change)
        counts.append((change, counted(diagram, wanted)[0]))
        for chosen, number in boxes(diagram, space, wanted):
            found = answers[number]
            if len(regions) >= told_max or found is None:
                break
            _, one, other = found
            inputs, witness = told(space, chosen), example(space, chosen)
            regions.append(Region(inputs, witness, change, one.answer, other.answer, one.rules, other.rules))
    return TableDiff(columns, tuple(regions), tuple(counts))


def _wanted(answers: Sequence[tuple[Change, _View, _View] | None], change: Change) -> Callable[[int], bool]:
    def wanted(number: int) -> bool:
        found = answers[number]
        return found is not None and found[0] is change

    return wanted


def _difference(one: _View, other: _View) -> tuple[Change, _View, _View] | None:
    said, other_said = ((view.allowed, view.asked, view.answer, view.joining) for view in (one, other))
    if said == other_said:
        return None if one.reasons == other.reasons else (Change.REASONS, one, other)
    if one.allowed or other.allowed or one.asked or other.asked:
        return Change.POSSIBLE, one, other
    texts = isinstance(one.answer, Evaluated) or isinstance(other.answer, Evaluated)
    return (Change.TEXT if texts else Change.CHANGED), one, other


def _columns(before: Grid, after: Grid, scope: Scope) -> tuple[Column, ...]:
    """Match inputs by expression, then by label."""
    texts = [[plain(head.expression, scope) for head in grid.inputs] for grid in (before, after)]
    labels = [[head.label for head in grid.inputs] for grid in (before, after)]
    partner: dict[int, int] = {}
    for told_by in (texts, labels):
        for at, said in enumerate(told_by[0]):
            free = (n for n, other in enumerate(told_by[1]) if other == said and n not in partner.values())
            found = next(free, None)
            if at not in partner and found is not None:
                partner[at] = found
    mine = [Column(head.label, head.expression, at, partner.get(at)) for at, head in enumerate(before.inputs)]
    added = [
        Column(head.label, head.expression, None, at)
        for at, head in enumerate(after.inputs)
        if at not in partner.values()
    ]
    return (*mine, *added)


def _joined(
    before: Grid, after: Grid, columns: Sequence[Column], scope: Scope
) -> tuple[Space, tuple[_Side, _Side], Bits | None]:
    """Cut the inputs of both tables by the cells of both, and by what either allows."""
    places = ([column.before for column in columns], [column.after for column in columns])
    slots, twins = _slots(before, after, places, scope)
    count = len(slots[0])
    rows = [
        [grid.rows[number].tests[place] if number is not None and place is not None else _FREE for place in mine]
        for grid, mine, order in zip((before, after), places, slots, strict=True)
        for number in order
    ]
    within = [
        [(at, tests) for at, place in enumerate(mine) if place is not None for tests in grid.inputs[place].domain]
        for grid, mine in zip((before, after), places, strict=True)
    ]
    every = (*within[0], *within[1])
    rows += [[tests if at == column else _FREE for at in range(len(columns))] for column, tests in every]
    axes = tuple(
        axis_of(group, _type(before, after, columns[group[0]]), [[row[at] for row in rows] for at in group])
        for group in shared([plain(column.expression, scope) for column in columns])
    )
    filled = [sum((number is not None) << bit for bit, number in enumerate(order)) for order in slots]
    here = filled[0] | filled[1] << count | ((1 << len(every)) - 1) << 2 * count
    space = Space(axes, here, united(axis.asked for axis in axes), len(columns))
    sides = (
        _side(before, slots[0], places[0], 0, filled[0], within[0], 2 * count, space, scope),
        _side(after, slots[1], places[1], count, filled[1], within[1], 2 * count + len(within[0]), space, scope),
    )
    return space, sides, twins


_Slots: TypeAlias = tuple[int | None, ...]
"""For each bit the number of a rule, or nothing where the other table alone has one."""


def _slots(
    before: Grid, after: Grid, places: Sequence[Sequence[int | None]], scope: Scope
) -> tuple[tuple[_Slots, _Slots], Bits | None]:
    """Put the rules that both tables have, in the same order, at the same bits, and the others between them."""
    orders = [_order(grid) for grid in (before, after)]
    judges = [judge_of(grid, scope) for grid in (before, after)]
    keys = [
        [_key(judge, number, mine, scope) for number in order]
        for judge, mine, order in zip(judges, places, orders, strict=True)
    ]
    one, other = list[int | None](), list[int | None]()
    twins = 0
    start = (0, 0)
    for block in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_matching_blocks():
        mine, theirs = orders[0][start[0] : block.a], orders[1][start[1] : block.b]
        one += [*mine, *[None] * len(theirs)]
        other += [*[None] * len(mine), *theirs]
        twins |= ((1 << block.size) - 1) << len(one)
        one += orders[0][block.a : block.a + block.size]
        other += orders[1][block.b : block.b + block.size]
        start = block.a + block.size, block.b + block.size
    alike = [(judge.grid.hit, judge.grid.aggregation, judge.default) for judge in judges]
    return (tuple(one), tuple(other)), twins if alike[0] == alike[1] else None


def _order(grid: Grid) -> tuple[int, ...]:
    known = precedence(grid)
    return tuple(range(len(grid.rows))) if known is None else known


def _key(judge: Judge, number: int, places: Sequence[int | None], scope: Scope) -> _Key:
    """Give what makes rules of two tables one: their cells, answer and rank."""
    tests, texts = judge.grid.rows[number].tests, judge.grid.source.rules[number].inputs
    cells = (
        _FREE if place is None else plain_tests(texts[place], scope) if (cell := tests[place]) is None else cell
        for place in places
    )
    return tuple(cells), judge.row(number), judge.ranks[number], judge.grid.rows[number].reasons


def _side(
    grid: Grid,
    slots: _Slots,
    places: Sequence[int | None],
    start: int,
    rows: Bits,
    within: Sequence[tuple[int, UnaryTests]],
    within_start: int,
    space: Space,
    scope: Scope,
) -> _Side:
    asked = space.asked >> start & rows
    numbers = tuple(-1 if number is None else number for number in slots)
    deciding = Deciding(judge_of(grid, scope), numbers, precedence(grid) is not None, asked)
    cells = tuple(
        frozenset(
            (at, plain_tests(grid.source.rules[number].inputs[place], scope))
            for at, place in enumerate(places)
            if number is not None and place is not None and _axis(space, at).asked >> start + bit & 1
        )
        for bit, number in enumerate(slots)
    )
    said = tuple((at, print_tests(tests)) for at, tests in within)
    inside_asked = space.asked >> within_start & (1 << len(within)) - 1
    return _Side(deciding, start, rows, cells, said, within_start, inside_asked)


def _axis(space: Space, column: int) -> Axis:
    return next(axis for axis in space.axes if column in axis.columns)


def _type(before: Grid, after: Grid, column: Column) -> Type:
    kinds = {
        grid.inputs[place].kind.type
        for grid, place in ((before, column.before), (after, column.after))
        if place is not None
    }
    return kinds.pop() if len(kinds) == 1 else Simple.ANY
