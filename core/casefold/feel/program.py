"""Build an expression or a cell's tests into a program, and evaluate it.

A program is built once and run for every decision. Evaluating never raises: it ends in a value with the problems met on
the way, or, if the fuel did not suffice, in `OutOfFuel`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from casefold.feel import tree
from casefold.feel.builtins.table import FUNCTIONS
from casefold.feel.closures import access, calls, loops, operators, tests
from casefold.feel.closures.code import (
    STACK_MAX,
    Code,
    Item,
    Lexical,
    Names,
    Slots,
    Step,
    constant,
    folded,
    refuse,
    refused,
)
from casefold.feel.closures.tests import Check
from casefold.feel.equality import shallow
from casefold.feel.grammar import INPUT
from casefold.feel.scope import EMPTY, Scope
from casefold.feel.temporal import parse_any
from casefold.feel.tree import Expression, Test, UnaryTests
from casefold.feel.types import Simple, is_instance
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
    code = _build(expression, lexical)
    return _program(code.step, code.height, lexical)


def build_tests(cell: UnaryTests, scope: Scope = EMPTY) -> Program:
    """Build a cell's tests that were read in *scope*; the program asks for the input by the name ``?``."""
    lexical = Lexical({}, {INPUT: Simple.ANY, **scope.names}, [0, 0], [])
    if not cell.tests:
        return _program(constant(True).step, 1, lexical)
    value = _build(tree.Name(INPUT, cell.span), lexical).step
    checks = [_build_test(test, lexical.within(steps=2), cell=True) for test in cell.tests]
    check = tests.any_of(tuple(check for check, _ in checks), negated=cell.negated)
    height = 2 + max(height for _, height in checks)
    return _program(lambda run, slots: check(run, slots, value(run, slots)), height, lexical)


def _program(step: Step, height: int, lexical: Lexical) -> Program:
    inputs = tuple((name, slot, span) for name, (slot, span) in lexical.inputs.items())
    return Program(step, inputs, lexical.count[0], height)


def begin(world: World = World()) -> Run:
    """Begin an evaluation, in which any number of programs may take part."""
    return Run(world, [world.fuel, 0], [])


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


def _build(node: Expression, lexical: Lexical) -> Code:
    """Build any expression."""
    lexical.count[1] += 1
    below = lexical.within(steps=1)
    match node:
        case tree.Literal(value):
            return constant(value)
        case tree.AtLiteral(text, span):
            return _at_literal(text, span)
        case tree.Name(name, span):
            return _name(name, span, lexical)
        case tree.Path(source, member, span):
            return access.path(_build(source, below), member, span)
        case tree.Filter():
            return _filter(node, lexical.within(steps=3))
        case tree.Negation(operand, span):
            return operators.negation(_build(operand, below), span)
        case tree.Arithmetic(sign, left, right, span) | tree.Comparison(sign, left, right, span):
            make = operators.arithmetic if isinstance(node, tree.Arithmetic) else operators.comparison
            return make(sign, _build(left, below), _build(right, below), span)
        case tree.Conjunction(operands, _) | tree.Disjunction(operands, _):
            codes = tuple(_build(operand, below) for operand in operands)
            spans = tuple(operand.span for operand in operands)
            return operators.junction(codes, spans, conjunction=isinstance(node, tree.Conjunction))
        case tree.Between(value, low, high, span):
            return operators.between(_build(value, below), _build(low, below), _build(high, below), span)
        case tree.In(value, checks, _):
            return _in(_build(value, below), checks, lexical.within(steps=3))
        case tree.InstanceOf(value, kind, _):
            code = _build(value, below)
            inner = code.step
            return folded(lambda run, slots: is_instance(inner(run, slots), kind), 1 + code.height, code)
        case tree.If(condition, yes, no, span):
            return operators.choice(_build(condition, below), _build(yes, below), _build(no, below), span)
        case tree.For() | tree.Quantified():
            return _loop(node, lexical.within(steps=4 + len(node.iterators)))
        case tree.FunctionLiteral():
            return _function(node, lexical, "function", None)
        case tree.Call():
            return _call(node, lexical.within(steps=calls.CALL_STEPS))
        case tree.ListLiteral(items, _):
            return access.items(tuple(_build(item, lexical.within(steps=2)) for item in items))
        case tree.ContextLiteral(entries, _):
            return _context(entries, below)
        case tree.RangeLiteral(start, start_included, end, end_included, span):
            ends = _build(start, below), _build(end, below)
            return access.interval(*ends, span, start_included=start_included, end_included=end_included)
        case tree.ComparisonRange(sign, end, _):
            return access.comparison_range(sign, _build(end, below))


def _at_literal(text: str, span: Span) -> Code:
    def step(run: Run, _slots: Slots) -> Value:
        found = parse_any(text, run.world.zones)
        return refused(run, span, Fault(Reason.BAD_TEXT, "@", text)) if found is None else found

    return Code(step) if "@" in text else folded(step, 1)


def _name(name: str, span: Span, lexical: Lexical) -> Code:
    """Find the variable of that name, unless an item on the way there may have such a member."""
    lexical.uses.append(name)
    items: list[int] = []
    slot: int | None = None
    for layer in reversed(lexical.layers):
        if isinstance(layer, Item):
            items.append(layer.slot)
        elif name in layer.slots:
            slot = layer.slots[name]
            break
    if slot is None and (name in lexical.known or (name not in FUNCTIONS and not items)):
        slot = lexical.input(name, span)
    if items:
        other = calls.built_in(name).value if slot is None and name in FUNCTIONS else None
        return access.member_or_variable(name, tuple(items), slot, other, span)
    return calls.built_in(name) if slot is None else access.variable(slot)


def _filter(node: tree.Filter, below: Lexical) -> Code:
    item, built = below.slot(), below.count[1]
    condition = _build(node.condition, below.within(Names({"item": item}), Item(item)))
    fuel = below.fuel_since(built)
    return access.filtered(_build(node.source, below), condition, item, node.span, fuel)


def _in(value: Code, checks: tuple[Test, ...], below: Lexical) -> Code:
    built = [_build_test(check, below, cell=False) for check in checks]
    check, inner = tests.any_of(tuple(check for check, _ in built), negated=False), value.step
    height = 3 + max(value.height, *(height for _, height in built))
    return Code(lambda run, slots: check(run, slots, inner(run, slots)), height)


def _build_test(test: Test, lexical: Lexical, *, cell: bool) -> tuple[Check, int]:
    if isinstance(test, tree.Compare):
        operand = _build(test.operand, lexical)
        return tests.compared(test.operator, operand.step, test.span), operand.height
    before = len(lexical.uses)
    code = _build(test.expression, lexical)
    conditional = cell and INPUT in lexical.uses[before:]
    return tests.matched(code.step, test.span, conditional=conditional, cell=cell), code.height


def _loop(node: tree.For | tree.Quantified, lexical: Lexical) -> Code:
    domains: list[loops.Domain] = []
    inner, built = lexical, lexical.count[1]
    for iterator in node.iterators:
        source = _build(iterator.source, inner)
        end = None if iterator.end is None else _build(iterator.end, inner)
        slot = inner.slot()
        domains.append(loops.Domain(slot, source, end, iterator.source.span))
        inner = inner.within(Names({iterator.name: slot}))
    if isinstance(node, tree.Quantified):
        condition = _build(node.condition, inner)
        return loops.quantified(tuple(domains), condition, node.span, inner.fuel_since(built), every=node.all)
    partial, before = inner.slot(), len(inner.uses)
    body = _build(node.body, inner.within(Names({"partial": partial})))
    asked = partial if "partial" in inner.uses[before:] else None
    return loops.loop(tuple(domains), body, asked, inner.fuel_since(built))


def _function(node: tree.FunctionLiteral, lexical: Lexical, name: str, itself: int | None) -> Code:
    if node.external:
        return calls.external(name, tuple((parameter.name, parameter.type) for parameter in node.parameters))
    parameters = tuple((parameter.name, lexical.slot(), parameter.type) for parameter in node.parameters)
    inner, built = lexical.outermost().within(Names({known: slot for known, slot, _ in parameters})), lexical.count[1]
    body = _build(node.body, inner)
    return calls.function_literal(name, parameters, body, itself, inner.fuel_since(built))


def _call(node: tree.Call, below: Lexical) -> Code:
    function, depth = node.function, below.depth
    named = tuple((argument.name, argument.value) for argument in node.arguments if argument.name is not None)
    if named:
        built = tuple((name, _build(value, below)) for name, value in named)
        return calls.call_with_names(_build(function, below), built, node.span, depth)
    arguments = tuple(_build(argument.value, below) for argument in node.arguments)
    if isinstance(function, tree.Name) and not below.binds(function.name) and function.name in FUNCTIONS:
        return calls.call_built_in(function.name, arguments, node.span, depth)
    return calls.call_value(_build(function, below), arguments, node.span, depth)


def _context(entries: tuple[tuple[str, Expression], ...], lexical: Lexical) -> Code:
    built: list[tuple[str, int, Code]] = []
    inner = lexical
    for key, value in entries:
        slot = lexical.slot()
        if isinstance(value, tree.FunctionLiteral):
            code = _function(value, inner.within(Names({key: slot})), key, slot)
        else:
            code = _build(value, inner)
        built.append((key, slot, code))
        inner = inner.within(Names({key: slot}))
    return access.context(tuple(built))
