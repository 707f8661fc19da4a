"""Build an expression or a cell's tests into a program, and evaluate it.

A program is built once and run for every decision. Evaluating never raises: it ends in a value with the problems met on
the way, or, if the fuel did not suffice, in `OutOfFuel`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from casefold.feel import tree
from casefold.feel.closures.building import code_of, tests_of
from casefold.feel.closures.code import (
    STACK_MAX,
    Lexical,
    Step,
    constant,
    refuse,
    refused,
)
from casefold.feel.equality import shallow
from casefold.feel.grammar import INPUT
from casefold.feel.scope import EMPTY, Scope
from casefold.feel.tree import Expression, UnaryTests
from casefold.feel.types import Simple
from casefold.feel.values import Fault, Problem, Reason, Run, Span, Value, World
from casefold.kernel.results import Failure, Result, Success

PROGRAM_STEPS = 4
"""Calls of Python that are kept for a caller's own function which evaluates a program."""


@frozen(eq=False)
class Program:
    """An expression ready to run.

    Attributes:
        inputs: The names that it asks for, each with its slot and where it is asked for first.
        size: How many variables it uses.
        height: How many calls of Python it takes, one within the other.
    """

    step: Step
    inputs: tuple[tuple[str, int, Span], ...]
    size: int
    height: int


@frozen
class Outcome:
    """What an evaluation came to: a value, and the problems met on the way, in the order in which they were met."""

    value: Value
    problems: tuple[Problem, ...]


@frozen
class OutOfFuel:
    """The evaluation took more than *fuel* steps."""

    fuel: int


def build(expression: Expression, scope: Scope = EMPTY) -> Program:
    """Build an expression that was read in *scope*."""
    lexical = Lexical({}, scope.names, [0, 0], [])
    code = code_of(expression, lexical)
    return _program(code.step, code.height, lexical)


def build_tests(cell: UnaryTests, scope: Scope = EMPTY) -> Program:
    """Build a cell's tests that were read in *scope*; the program asks for the input by the name ``?``."""
    lexical = Lexical({}, {INPUT: Simple.ANY, **scope.names}, [0, 0], [])
    if not cell.tests:
        return _program(constant(True).step, 1, lexical)
    value = code_of(tree.Name(INPUT, cell.span), lexical).step
    check, height = tests_of(cell, lexical)
    return _program(lambda run, slots: check(run, slots, value(run, slots)), height, lexical)


def _program(step: Step, height: int, lexical: Lexical) -> Program:
    inputs = tuple((name, slot, span) for name, (slot, span) in lexical.inputs.items())
    return Program(step, inputs, lexical.count[0], height)


def begin(world: World = World(), *, seeing: bool = False) -> Run:
    """Begin an evaluation, in which any number of programs may take part; *seeing* fills `Run.seen`."""
    return Run(world, [world.fuel, 0], [], [] if seeing else None)


def value_of(program: Program, facts: Mapping[str, Value], run: Run) -> Value:
    """Give the value of a program over some facts, as a part of a run that `finish` ends.

    A name without a value is null, and a problem. A fact is a FEEL value; its numbers are finite and of 34 digits. A
    function of the caller's own may evaluate other programs in the same run.
    """
    depth = run.meter[1]
    if depth + program.height > STACK_MAX:
        return refused(run, Span(0, 0), Fault(Reason.TOO_DEEP, "program"))
    slots: list[Value] = [None] * program.size
    for name, slot, span in program.inputs:
        fact = facts.get(name)
        if fact is None and name not in facts:
            refuse(run, span, Fault(Reason.NO_VALUE, name))
        slots[slot] = fact
    run.meter[1] = depth + PROGRAM_STEPS
    value = program.step(run, slots)
    run.meter[1] = depth
    return value


def finish(run: Run, value: Value) -> Result[Outcome, OutOfFuel]:
    """End an evaluation in a value."""
    if isinstance(value, (tuple, dict)) and not shallow(run, value):
        refuse(run, Span(0, 0), Fault(Reason.TOO_DEEP, "value"))
        value = None
    if run.meter[0] < 0:
        return Failure(OutOfFuel(run.world.fuel))
    return Success(Outcome(value, tuple(run.problems)))


def evaluate(
    program: Program, facts: Mapping[str, Value] = MappingProxyType({}), world: World = World()
) -> Result[Outcome, OutOfFuel]:
    """Evaluate a program by itself.

    >>> from casefold.feel.grammar import parse
    >>> evaluate(build(parse("1 + 2").unwrap())).unwrap().value
    Decimal('3')
    """
    run = begin(world)
    return finish(run, value_of(program, facts, run))


def strict(outcome: Outcome) -> Result[Value, Problem]:
    """Take the first problem for a failure; without one, the value stands.

    The specification makes null of a problem and goes on (*dmn*); a lender who must not decide by accident is strict.
    """
    return Failure(outcome.problems[0]) if outcome.problems else Success(outcome.value)
