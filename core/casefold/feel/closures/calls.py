"""Closures of function calls and function literals (DMN 1.5, sections 10.3.2.12 and .13)."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from casefold.feel.arguments import BuiltIn, bind, call, call_named
from casefold.feel.builtins.strings import prepared
from casefold.feel.builtins.table import FUNCTIONS, as_value
from casefold.feel.closures.code import STACK_MAX, Code, Slots, constant, refused
from casefold.feel.coercion import coerce
from casefold.feel.externals import call_method
from casefold.feel.types import Type
from casefold.feel.values import Fault, Function, Parameter, Reason, Run, Span, Value, kind_of

CALL_STEPS = 2
"""Calls of Python that one call of FEEL takes beyond its body."""

HIGHER_STEPS = 9
"""Calls of Python between a function that calls others, such as ``sort``, and what it calls."""

CALL_FUEL = 4
"""Steps that a call of a function costs, beyond those of its body."""


def built_in(name: str) -> Code:
    """Give a built-in function as a value."""
    return constant(as_value(FUNCTIONS[name]))


def call_built_in(name: str, arguments: tuple[Code, ...], span: Span, depth: int) -> Code:
    """Call a built-in function that is known, with arguments by position."""
    function = FUNCTIONS[name]
    steps = tuple(argument.step for argument in arguments)
    higher = any(slot.types == _FUNCTIONS for way in function.forms for slot in way.slots)
    ways = [way for way in function.forms if way.least <= len(steps) and (way.most is None or len(steps) <= way.most)]
    work: Work | None = None
    if higher:
        work = _with_depth(function, depth + HIGHER_STEPS)
    elif all(argument.constant for argument in arguments[1:]):
        work = _with_pattern(function, tuple(argument.value for argument in arguments[1:]))
    only = ways[0] if len(ways) == 1 and work is None else None

    def step(run: Run, slots: Slots) -> Value:
        given = tuple([inner(run, slots) for inner in steps])
        bound = bind(only, given) if only is not None else None
        if bound is not None and only is not None:
            found = only.work(run, *bound) if only.running else only.work(*bound)
        elif work is not None:
            found = work(run, given)
        else:
            found = call(run, function, given)
        return refused(run, span, found) if isinstance(found, Fault) else found

    return Code(step, CALL_STEPS + max((argument.height for argument in arguments), default=0))


Work: TypeAlias = Callable[[Run, tuple[Value, ...]], Value | Fault]


def _with_depth(function: BuiltIn, steps: int) -> Work:
    """Call a function that calls others, which begin further down the stack."""

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        run.meter[1] += steps
        found = call(run, function, given)
        run.meter[1] -= steps
        return found

    return work


def _with_pattern(function: BuiltIn, others: tuple[Value, ...]) -> Work | None:
    """Call a function on text whose pattern is known and has been read."""
    ready = prepared(function.name, others)
    if ready is None:
        return None

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        text = given[0]
        return ready(run, text) if isinstance(text, str) else call(run, function, given)

    return work


_FUNCTIONS = frozenset({Function})


def call_value(function: Code, arguments: tuple[Code, ...], span: Span, depth: int) -> Code:
    """Call whatever function a value is, with arguments by position."""
    callee, steps = function.step, tuple(argument.step for argument in arguments)

    def step(run: Run, slots: Slots) -> Value:
        called = callee(run, slots)
        given = tuple([inner(run, slots) for inner in steps])
        if not isinstance(called, Function):
            return refused(run, span, Fault(Reason.NO_FUNCTION, kind_of(called)))
        run.meter[1] += depth + CALL_STEPS
        found = called.call(run, given)
        run.meter[1] -= depth + CALL_STEPS
        return refused(run, span, found) if isinstance(found, Fault) else found

    return Code(step, CALL_STEPS + max(function.height, *(argument.height for argument in (*arguments, function))))


def call_with_names(function: Code, arguments: tuple[tuple[str, Code], ...], span: Span, depth: int) -> Code:
    """Call whatever function a value is, with arguments by name."""
    callee, steps = function.step, tuple((name, argument.step) for name, argument in arguments)
    doubled = len({name for name, _ in arguments}) < len(arguments)

    def step(run: Run, slots: Slots) -> Value:
        called = callee(run, slots)
        given = {name: inner(run, slots) for name, inner in steps}
        if not isinstance(called, Function):
            return refused(run, span, Fault(Reason.NO_FUNCTION, kind_of(called)))
        run.meter[1] += depth + HIGHER_STEPS
        found = Fault(Reason.WRONG_ARGUMENTS, called.name) if doubled else _call_named(run, called, given)
        run.meter[1] -= depth + HIGHER_STEPS
        return refused(run, span, found) if isinstance(found, Fault) else found

    heights = (argument.height for _, argument in arguments)
    return Code(step, CALL_STEPS + max(function.height, *heights))


def _call_named(run: Run, called: Function, given: Mapping[str, Value]) -> Value | Fault:
    if isinstance(called.built_in, BuiltIn):
        return call_named(run, called.built_in, given)
    names = [parameter.name for parameter in called.parameters]
    if sorted(names) != sorted(given):
        return Fault(Reason.WRONG_ARGUMENTS, called.name, ", ".join(given), ", ".join(names))
    return called.call(run, tuple(given[name] for name in names))


def function_literal(
    name: str, parameters: tuple[tuple[str, int, Type | None], ...], body: Code, itself: int | None, fuel: int
) -> Code:
    """Make a function that sees the variables as they are now; *itself* is the slot in which it finds itself.

    A call costs *fuel* beside what any call does.
    """
    slots_of = tuple(slot for _, slot, _ in parameters)
    declared = tuple(Parameter(parameter, kind) for parameter, _, kind in parameters)
    typed = tuple((at, kind) for at, (_, _, kind) in enumerate(parameters) if kind is not None)
    inner, height = body.step, body.height

    def step(_run: Run, slots: Slots) -> Value:
        seen = slots.copy()

        def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
            if len(given) != len(slots_of):
                return _wrong_count(name, given, declared)
            for at, kind in typed:
                fitted = coerce(given[at], kind, declared[at].name)
                if isinstance(fitted, Fault):
                    return fitted
                given = (*given[:at], fitted, *given[at + 1 :])
            if run.meter[1] + height > STACK_MAX:
                return Fault(Reason.TOO_DEEP, name)
            if not run.spend(CALL_FUEL + fuel):
                return None
            frame = seen.copy()
            for slot, value in zip(slots_of, given, strict=True):
                frame[slot] = value
            return inner(run, frame)

        made = Function(name, declared, None, work)
        if itself is not None:
            seen[itself] = made
        return made

    return Code(step)


def _wrong_count(name: str, given: tuple[Value, ...], declared: tuple[Parameter, ...]) -> Fault:
    wanted = ", ".join(parameter.name for parameter in declared)
    return Fault(Reason.WRONG_ARGUMENTS, name, ", ".join(map(kind_of, given)), wanted)


def external(name: str, parameters: tuple[tuple[str, Type | None], ...], method: str | None) -> Code:
    """Make a function of a method of Java's library; to call one that is not known is a problem."""
    declared = tuple(Parameter(parameter, kind) for parameter, kind in parameters)

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        if method is None:
            return Fault(Reason.NO_FUNCTION, name, "external")
        if len(given) != len(declared):
            return _wrong_count(name, given, declared)
        return call_method(method, run, given)

    return constant(Function(name, declared, None, work))
