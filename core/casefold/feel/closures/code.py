"""A compiled piece of an expression, and the names that it can see."""

from collections.abc import Callable, Mapping, MutableMapping, MutableSequence
from typing import TypeAlias

from attrs import evolve, frozen

from casefold.feel.values import Fault, Problem, Run, Span, Value, World
from casefold.kernel.instants import Instant

Slots: TypeAlias = list[Value]
"""The variables of an evaluation, by number."""

Step: TypeAlias = Callable[[Run, Slots], Value]
"""Evaluates one piece. What goes wrong is written into the run, and the value is null."""

STACK_MAX = 600
"""How deep an evaluation may go, in calls of Python, which allows a thousand and lends some of them to our caller."""

PIECES_FOR_FUEL = 4
"""Pieces of an expression that one step of fuel pays for, so that a loop over much costs more than one over little."""


@frozen(eq=False)
class Code:
    """A compiled piece.

    Attributes:
        height: How many calls of Python it may take, one within the other.
        constant: Whether it always gives *value*, and never a problem.
        slot: The variable that it gives, if it is nothing else.
    """

    step: Step
    height: int = 1
    constant: bool = False
    value: Value = None
    slot: int | None = None

    @property
    def null(self) -> bool:
        """Whether it says null, whatever else is known."""
        return self.constant and self.value is None


@frozen
class Names:
    """A layer of variables by name."""

    slots: Mapping[str, int]


@frozen
class Item:
    """A layer made of the members of the item in a slot, whatever they turn out to be."""

    slot: int


@frozen(eq=False)
class Lexical:
    """What a piece can see.

    Attributes:
        layers: The variables, the innermost last.
        inputs: The slots of the names that come from outside, given out as they are met.
        known: The names that may come from outside.
        count: How many slots are taken, and how many pieces were built.
        depth: How deep below the nearest function (or the whole) the piece stands.
        uses: The names looked up so far.
    """

    inputs: MutableMapping[str, tuple[int, Span]]
    known: Mapping[str, object]
    count: MutableSequence[int]
    uses: MutableSequence[str]
    layers: tuple[Names | Item, ...] = ()
    depth: int = 0

    def fuel_since(self, built: int) -> int:
        """Give what it costs to run, once more, all pieces that were built since there were *built*."""
        return 1 + (self.count[1] - built) // PIECES_FOR_FUEL

    def slot(self) -> int:
        """Take a new slot."""
        self.count[0] += 1
        return self.count[0] - 1

    def input(self, name: str, span: Span) -> int:
        """Give the slot of a name that comes from outside."""
        if name not in self.inputs:
            self.inputs[name] = self.slot(), span
        return self.inputs[name][0]

    def binds(self, name: str) -> bool:
        """Whether a name is a variable here, and not a built-in function."""
        return name in self.known or any(isinstance(layer, Names) and name in layer.slots for layer in self.layers)

    def within(self, *layers: Names | Item, steps: int = 0) -> "Lexical":
        """See some more variables, from further down."""
        return evolve(self, layers=(*self.layers, *layers), depth=self.depth + steps)

    def outermost(self) -> "Lexical":
        """Stand at the beginning of a function."""
        return evolve(self, depth=0)


def constant(value: Value) -> Code:
    """Make the code of a value."""
    return Code(lambda _run, _slots: value, 1, True, value)


def refuse(run: Run, span: Span, fault: Fault) -> None:
    """Write down what went wrong; it costs fuel, so that what is written is bounded too."""
    run.meter[0] -= _PROBLEM_FUEL
    run.problems.append(Problem(fault, span))


def refused(run: Run, span: Span, fault: Fault) -> Value:
    """Write down what went wrong, and give null."""
    refuse(run, span, fault)
    return None


def folded(step: Step, height: int, *parts: Code) -> Code:
    """Make the code of a piece that depends on its parts alone, and evaluate it at once if they are constant.

    What meets a problem stays, so that it is met when it matters.
    """
    if all(part.constant for part in parts):
        run = Run(_NO_WORLD, [_FOLDING_FUEL, 0], [])
        value = step(run, [])
        if not run.problems and run.meter[0] >= 0:
            return constant(value)
    return Code(step, height)


_NO_WORLD = World(Instant(0))
_FOLDING_FUEL = 1_000
_PROBLEM_FUEL = 4
