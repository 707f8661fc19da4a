"""Prepare one decision, so that to decide takes little more than to look its inputs up.

`casefold.policy.graph.decide` finds its way through a model anew for every decision. A decision whose logic is a table
over inputs of the model, all of whose cells can be looked up, needs no way: it is a walk through a diagram whose ends
hold the outcomes. Whatever that walk does not say (an input of another type, a problem) is decided in full, so that the
outcome is always that of `decide`.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias, cast

from attrs import evolve, frozen

from casefold.feel.grammar import parse
from casefold.feel.program import Outcome, OutOfFuel, begin, finish
from casefold.feel.scope import scope_of
from casefold.feel.tree import Name
from casefold.feel.types import Simple
from casefold.feel.values import Date, DaysDuration, Fault, MonthsDuration, Value, World
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.diagram import NULL, Branches, Node, Plain, diagram_of, split
from casefold.policy.graph import Compiled, NoSuchElement, decide
from casefold.policy.index import Bits, key_of, numbers_of
from casefold.policy.lookup import CLASSES, Lookup, lookup_of
from casefold.policy.model import Decision, HitPolicy, InputData, Table
from casefold.policy.tables import answered
from casefold.policy.types import Kind

Decider: TypeAlias = Callable[[Mapping[str, Value]], Result[Outcome, NoSuchElement | OutOfFuel]]
"""Decides over facts by name."""

_FEW = 6
"""So many inputs, and most tables have no more, have their types checked one by one: in half the time of a list."""

FULL_FUEL = 1_000
"""Steps that a table may take beside one a rule: a world that allows fewer is left to `decide`."""

_Answer: TypeAlias = Result[Outcome, NoSuchElement | OutOfFuel]


@frozen(eq=False)
class _Single:
    """A decision that is one table over inputs.

    Attributes:
        kind: The type of its value.
        names: The facts that it takes: those that are tested, then those that are required besides.
        kinds: The class of each.
        foreign: Names of facts that would be given in place of others.
    """

    decision: str
    kind: Kind
    lookup: Lookup
    names: tuple[str, ...]
    kinds: tuple[type, ...]
    foreign: frozenset[str]

    def inputs(self, facts: Mapping[str, Value]) -> list[Plain | None] | None:
        """Give inputs as they are looked up, null as ``None``; nothing where that cannot be done."""
        values = [facts.get(name) for name in self.names]
        alike = all(value is None or type(value) is kind for value, kind in zip(values, self.kinds, strict=True))
        if not alike or not self.foreign.isdisjoint(facts):
            return None
        return [None if value is None else _plain(value) for value in values]


def decider(compiled: Compiled, decision: str, world: World = World()) -> Decider:
    """Prepare a decision; what is returned decides as `decide` does.

    A single table over inputs is looked up, any other decision is made in full each time.
    """

    def full(facts: Mapping[str, Value]) -> _Answer:
        return decide(compiled, decision, facts, world)

    single = _single(compiled, decision)
    if single is None or world.fuel < FULL_FUEL + len(single.lookup.grid.rows):
        return full
    root = diagram_of(single.lookup, lambda met: _answer(single, met, world))
    if root is not None:
        return _walking(single, root, full)
    return _sifting(single, world, full) if single.lookup.grid.hit in _SINGLE_HIT else full


_SINGLE_HIT = frozenset({HitPolicy.FIRST, HitPolicy.UNIQUE})


def _walking(single: _Single, root: Node[_Answer], full: Decider) -> Decider:
    """Decide by a diagram."""
    foreign, count, spare = single.foreign, len(set(single.names)), _FEW - len(single.names)
    get = _getter(single.names + single.names[-1:] * spare)
    kinds = [*single.kinds, *single.kinds[-1:] * spare]
    points, few = not _POINTS.isdisjoint(kinds), len(kinds) == _FEW
    kind_a, kind_b, kind_c, kind_d, kind_e, kind_f = kinds[:_FEW]

    def outcome_or_failure(facts: Mapping[str, Value]) -> _Answer:
        # This is the path of nearly all decisions: each step costs a tenth of the whole, and so does another call.
        try:
            values = get(facts)
        except KeyError:
            return with_null(facts)
        if few:
            a, b, c, d, e, f = values
            if (
                type(a) is not kind_a
                or type(b) is not kind_b
                or type(c) is not kind_c
                or type(d) is not kind_d
                or type(e) is not kind_e
                or type(f) is not kind_f
            ):
                return with_null(facts)
        elif [*map(type, values)] != kinds:
            return with_null(facts)
        if len(facts) != count and not foreign.isdisjoint(facts):
            return full(facts)
        if points:
            values = [_plain(value) for value in values]
        at, find, where, branches, answer = root
        while at >= 0:
            at, find, where, branches, answer = branches[find(where, values[at])]
        return answer or full(facts)

    def with_null(facts: Mapping[str, Value]) -> _Answer:
        values = single.inputs(facts)
        if values is None:
            return full(facts)
        at, find, where, branches, answer = root
        while at >= 0:
            value = values[at]
            at, find, where, branches, answer = branches[NULL if value is None else find(where, value)]
        return full(facts) if answer is None else answer

    return outcome_or_failure


def _sifting(single: _Single, world: World, full: Decider) -> Decider:
    """Decide by the rules that each input leaves over: for a table too large for a diagram."""
    lookup = single.lookup
    get, kinds, foreign, count = _getter(single.names), list(single.kinds), single.foreign, len(set(single.names))
    points = not _POINTS.isdisjoint(kinds)
    whole, rules, gates = lookup.rules | lookup.gates, lookup.rules, lookup.gates
    unique = lookup.grid.hit is HitPolicy.UNIQUE
    splits = [(at, split(face, whole)) for at, face in enumerate(lookup.faces) if face.column is not None]
    columns = tuple((at, found.find, found.where, _told(found.branches), found.branches[NULL]) for at, found in splits)
    answers = (_answer(single, 0, world), *(_answer(single, 1 << at, world) for at in range(len(lookup.grid.rows))))

    def outcome_or_failure(facts: Mapping[str, Value]) -> _Answer:
        # It begins as by a diagram does, and not by a call of the same, for the reason that is given there.
        try:
            values = get(facts)
        except KeyError:
            return with_null(facts)
        if [*map(type, values)] != kinds:
            return with_null(facts)
        if len(facts) != count and not foreign.isdisjoint(facts):
            return full(facts)
        if points:
            values = [_plain(value) for value in values]
        met = whole
        for at, find, where, masks, _ in columns:
            met &= masks[find(where, values[at])]
        found = met & rules
        if met & gates != gates or (unique and found & (found - 1)):
            return full(facts)
        return answers[(found & -found).bit_length()] or full(facts)

    def with_null(facts: Mapping[str, Value]) -> _Answer:
        values = single.inputs(facts)
        if values is None:
            return full(facts)
        met = whole
        for at, find, where, masks, null in columns:
            value = values[at]
            left = null if value is None else masks[find(where, value)]
            if left is None:
                return full(facts)
            met &= left
        found = met & rules
        if met & gates != gates or (unique and found & (found - 1)):
            return full(facts)
        return answers[(found & -found).bit_length()] or full(facts)

    return outcome_or_failure


def _told(branches: Branches) -> dict[int | None, Bits]:
    """Give the branches of which looking up says what is met."""
    return {branch: met for branch, met in branches.items() if met is not None}


def _answer(single: _Single, met: Bits, world: World) -> _Answer | None:
    """Give the outcome of rules that match, unless anything is said besides."""
    grid = single.lookup.grid
    if any(isinstance(cell, int) for number in numbers_of(met) for cell in grid.rows[number].outputs):
        return None
    run = begin(evolve(world, fuel=world.fuel - FULL_FUEL - len(grid.rows)))
    value = answered(grid, run, (), (), tuple(numbers_of(met)))
    fitted = value if isinstance(value, Fault) else single.kind.fit(run, value, single.decision)
    if isinstance(fitted, Fault) or run.problems:
        return None
    found = finish(run, fitted)
    return None if isinstance(found, Failure) else Success(found.unwrap())


def _single(compiled: Compiled, decision: str) -> _Single | None:
    """See whether a decision is one table over inputs that can be looked up."""
    plan = compiled.plans[compiled.names[decision]] if decision in compiled.names else None
    if plan is None or plan.broken is not None or not isinstance(plan.element, Decision) or plan.element.knowledge:
        return None
    logic, name = plan.element.logic, plan.element.variable.name
    inputs = {need.name: compiled.plans[need.number] for need in plan.needs if need.member is None}
    plain = len(inputs) == len(plan.needs) and all(
        isinstance(each.element, InputData) and each.broken is None for each in inputs.values()
    )
    grids = [grid for grid in compiled.grids if grid.source is logic and grid.place == (f"decision {name}",)]
    if not plain or len(grids) != 1 or not isinstance(logic, Table):
        return None
    if logic.type is not None and logic.type != plan.element.variable.type:
        return None
    (grid,) = grids
    tested = [_fact(each.expression, inputs) for each in grid.inputs]
    names = [each for each in tested if each is not None]
    if not names or len(names) < len(tested):
        return None
    lookup = lookup_of(grid, [(inputs[each].kind,) for each in names])
    others = {each: own.kind for each, own in inputs.items() if each not in names and own.kind.type is not Simple.ANY}
    if isinstance(lookup, Failure) or any(kind.checks or kind.type not in CLASSES for kind in others.values()):
        return None
    kinds = (*(face.kind for face in lookup.unwrap().faces), *(CLASSES[kind.type] for kind in others.values()))
    known = tuple(kind for kind in kinds if kind is not None)
    if len(known) < len(kinds):
        return None
    foreign = frozenset(compiled.inputs) - set(inputs)
    return _Single(name, plan.kind, lookup.unwrap(), (*names, *others), known, foreign)


def _fact(expression: str, inputs: Mapping[str, object]) -> str | None:
    """Give the input that an expression is, if it is one as it stands."""
    read = parse(expression, scope_of(inputs))
    tree = None if isinstance(read, Failure) else read.unwrap()
    return tree.name if isinstance(tree, Name) and tree.name in inputs else None


_Getter: TypeAlias = Callable[[Mapping[str, Value]], Sequence[Plain]]
"""Takes inputs from facts; of what class they are is seen afterwards."""


def _getter(names: Sequence[str]) -> _Getter:
    if len(names) == 1:
        return lambda facts: (cast("Plain", facts[names[0]]),)
    return cast("_Getter", itemgetter(*names))


_POINTS = frozenset({Date, DaysDuration, MonthsDuration})


def _plain(value: object) -> Plain:
    return key_of(value) if isinstance(value, (Date, DaysDuration, MonthsDuration)) else cast("Plain", value)
