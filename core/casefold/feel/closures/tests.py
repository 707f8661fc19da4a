"""Closures of ``in`` and of unary tests (DMN 1.5, section 10.3.2.8 and table 55)."""

from collections.abc import Callable
from types import MappingProxyType, NoneType
from typing import TypeAlias

from casefold.feel.closures.code import Code, Slots, refuse
from casefold.feel.equality import compare, equal
from casefold.feel.ranges import contains
from casefold.feel.values import Fault, Range, Reason, Run, Span, Value, kind_of

Check: TypeAlias = Callable[[Run, Slots, Value], "bool | None"]
"""Tests a value; ``None`` if that cannot be done, which is written into the run."""

_SIGNS: MappingProxyType[str, Callable[[int], bool]] = MappingProxyType({
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
})  # fmt: skip


def compared(sign: str, operand: Code, span: Span) -> Check:
    """Test by ``op operand``."""
    asked = operand.step

    def check(run: Run, slots: Slots, value: Value) -> bool | None:
        bound = asked(run, slots)
        if sign in {"=", "!="}:
            same = equal(run, value, bound)
            found = same if same is None else same is (sign == "=")
        else:
            order = compare(run, value, bound)
            found = None if order is None else _SIGNS[sign](order)
        if found is None or ((value is None or bound is None) and not operand.null):
            refuse(run, span, _mismatch(sign, value, bound))
        return found

    return check


def matched(expression: Code, span: Span, *, conditional: bool, cell: bool) -> Check:
    """Test by an expression: a value that the input must equal or be in, or, in a *cell*, a condition.

    An expression that asks for the input by ``?`` is a condition, and so is a boolean where the input is none. A
    condition that is null is unknown, also where the input is null: it does not say that null is what it wants. Nor
    does a value that happens to be null: where either is missing, the answer is the standard's, and a problem.
    """
    asked = expression.step

    def check(run: Run, slots: Slots, value: Value) -> bool | None:
        before = len(run.problems)
        found = asked(run, slots)
        if conditional and found is None:
            if len(run.problems) == before:
                refuse(run, span, _mismatch("in", value, found))
            return None
        if isinstance(found, bool) and (conditional or (cell and not isinstance(value, (bool, NoneType)))):
            return found
        verdict = holds(run, found, value)
        missing = (value is None or found is None) and not expression.null
        if verdict is None or (missing and not (verdict and isinstance(found, tuple))):
            refuse(run, span, _mismatch("in", value, found))
        return verdict

    return check


def holds(run: Run, found: Value, value: Value) -> bool | None:
    """Say whether a value equals another, is in its range, or is one of its items or in one of their ranges."""
    if isinstance(found, Range):
        return equal(run, value, found) if isinstance(value, Range) else contains(run, found, value)
    if isinstance(found, tuple):
        if isinstance(value, tuple) and equal(run, value, found) is True:
            return True
        if not run.spend(len(found)):
            return None
        return any(_in_item(run, item, value) for item in found)
    return equal(run, value, found)


def _in_item(run: Run, item: Value, value: Value) -> bool:
    if equal(run, item, value) is True:
        return True
    return isinstance(item, Range) and contains(run, item, value) is True


def any_of(checks: tuple[Check, ...], *, negated: bool) -> Check:
    """Test by any of some tests, or by none of them; once one is met, it is no problem that another cannot be made."""

    def check(run: Run, slots: Slots, value: Value) -> bool | None:
        found: bool | None = False
        before = len(run.problems)
        for one in checks:
            since = len(run.problems)
            verdict = one(run, slots, value)
            if verdict is True:
                del run.problems[before:since]
                return not negated
            if verdict is None:
                found = None
        return found if found is None else negated

    return check


def _mismatch(sign: str, value: Value, other: Value) -> Fault:
    return Fault(Reason.WRONG_TYPE, sign, f"{kind_of(value)}, {kind_of(other)}")
