"""Closures of arithmetic, comparison and logic."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from casefold.feel.arithmetic import NUMERIC, negate, operate
from casefold.feel.closures.code import Code, Slots, Step, folded, refuse, refused
from casefold.feel.equality import compare, equal
from casefold.feel.values import Fault, Reason, Run, Span, Value, kind_of

_ORDERED: Mapping[str, Callable[..., bool]] = MappingProxyType({
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
})  # fmt: skip


def arithmetic(sign: str, left: Code, right: Code, span: Span) -> Code:
    """Apply ``+ - * / **``."""
    numeric, first, second = NUMERIC[sign], left.step, right.step
    guarded = sign == "/"

    def step(run: Run, slots: Slots) -> Value:
        one = first(run, slots)
        two = second(run, slots)
        if type(one) is Decimal and type(two) is Decimal and (two or not guarded):
            result = numeric(one, two)
            if result.is_finite():
                return result
        found = operate(run, sign, one, two)
        return refused(run, span, found) if isinstance(found, Fault) else found

    return folded(step, 1 + max(left.height, right.height), left, right)


def negation(operand: Code, span: Span) -> Code:
    """Apply the minus sign."""
    inner = operand.step

    def step(run: Run, slots: Slots) -> Value:
        found = negate(inner(run, slots))
        return refused(run, span, found) if isinstance(found, Fault) else found

    return folded(step, 1 + operand.height, operand)


def comparison(sign: str, left: Code, right: Code, span: Span) -> Code:
    """Apply ``= != < <= > >=``."""
    height = 1 + max(left.height, right.height)
    if sign in {"=", "!="}:
        said = left.null or right.null
        return folded(_equality(sign == "=", left.step, right.step, span, said=said), height, left, right)
    if right.constant and isinstance(right.value, Decimal):
        step = _against_number(sign, left, right.value, span)
    else:
        step = _ordering(sign, left.step, right.step, span)
    return folded(step, height, left, right)


def _equality(wanted: bool, first: Step, second: Step, span: Span, *, said: bool) -> Step:
    """Compare for equality; null is an answer to it where null is *said*, and a problem where a value is missing."""

    def step(run: Run, slots: Slots) -> Value:
        one = first(run, slots)
        two = second(run, slots)
        same = equal(run, one, two)
        if same is None:
            return refused(run, span, _incomparable("=" if wanted else "!=", one, two))
        if (one is None or two is None) and not said:
            refuse(run, span, _incomparable("=" if wanted else "!=", one, two))
        return same is wanted

    return step


def _ordering(sign: str, first: Step, second: Step, span: Span) -> Step:
    test = _ORDERED[sign]

    def step(run: Run, slots: Slots) -> Value:
        one = first(run, slots)
        two = second(run, slots)
        if type(one) is Decimal and type(two) is Decimal:
            return test(one, two)
        order = compare(run, one, two)
        return refused(run, span, _incomparable(sign, one, two)) if order is None else test(order, 0)

    return step


def _against_number(sign: str, left: Code, bound: Decimal, span: Span) -> Step:
    """Compare with a number that is known: what most rules do."""
    test, first = _ORDERED[sign], left.step

    def step(run: Run, slots: Slots) -> Value:
        one = first(run, slots)
        return test(one, bound) if type(one) is Decimal else refused(run, span, _incomparable(sign, one, bound))

    if left.slot is None:
        return step
    slot = left.slot

    def variable(run: Run, slots: Slots) -> Value:
        one = slots[slot]
        return test(one, bound) if type(one) is Decimal else refused(run, span, _incomparable(sign, one, bound))

    return variable


def _incomparable(sign: str, one: Value, two: Value) -> Fault:
    return Fault(Reason.WRONG_TYPE, sign, f"{kind_of(one)}, {kind_of(two)}")


def between(value: Code, low: Code, high: Code, span: Span) -> Code:
    """Compare with both ends, which are included."""
    inner, least, most = value.step, low.step, high.step

    def step(run: Run, slots: Slots) -> Value:
        found, start, end = inner(run, slots), least(run, slots), most(run, slots)
        above, below = compare(run, found, start), compare(run, found, end)
        if above is None or below is None:
            return refused(run, span, _incomparable("between", found, start if above is None else end))
        return above >= 0 and below <= 0

    return folded(step, 1 + max(value.height, low.height, high.height), value, low, high)


def junction(operands: tuple[Code, ...], spans: tuple[Span, ...], *, conjunction: bool) -> Code:
    """Combine by Kleene's logic: one operand that decides is enough, and otherwise null makes it null."""
    decisive, steps = not conjunction, tuple(zip((operand.step for operand in operands), spans, strict=True))
    name = "and" if conjunction else "or"

    def step(run: Run, slots: Slots) -> Value:
        result: bool | None = conjunction
        for inner, span in steps:
            value = inner(run, slots)
            if value is decisive:
                return decisive
            if value is not conjunction:
                result = None
                if value is not None:
                    refuse(run, span, Fault(Reason.WRONG_TYPE, name, kind_of(value), "boolean"))
        return result

    return folded(step, 1 + max(operand.height for operand in operands), *operands)


def choice(condition: Code, yes: Code, no: Code, span: Span) -> Code:
    """Give *yes* if the condition is true, and *no* if it is false or null; null is a problem all the same."""
    asked, chosen, other = condition.step, yes.step, no.step

    def step(run: Run, slots: Slots) -> Value:
        verdict = asked(run, slots)
        if verdict is True:
            return chosen(run, slots)
        if verdict is not False:
            refuse(run, span, Fault(Reason.WRONG_TYPE, "if", kind_of(verdict), "boolean"))
        return other(run, slots) if verdict is False or verdict is None else None

    return folded(step, 1 + max(condition.height, yes.height, no.height), condition, yes, no)
