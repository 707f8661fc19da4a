"""Built-in functions on numbers (DMN 1.5, section 10.3.4.5)."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from casefold.feel import numbers
from casefold.feel.arguments import form
from casefold.feel.numbers import CONTEXT, ONE, ZERO
from casefold.feel.values import DaysDuration, Fault, MonthsDuration, Reason, Value


def _rounded(name: str, n: Decimal, scale: Decimal, mode: str) -> Value | Fault:
    digits = numbers.truncated(scale)
    result = None if digits is None else numbers.rounded(n, digits, mode)
    return Fault(Reason.OUT_OF_BOUNDS, name, numbers.text(scale)) if result is None else result


def _decimal(n: Decimal, scale: Decimal) -> Value | Fault:
    return _rounded("decimal", n, scale, ROUND_HALF_EVEN)


def _floor(n: Decimal, scale: Decimal = ZERO) -> Value | Fault:
    return _rounded("floor", n, scale, ROUND_FLOOR)


def _ceiling(n: Decimal, scale: Decimal = ZERO) -> Value | Fault:
    return _rounded("ceiling", n, scale, ROUND_CEILING)


def _round_up(n: Decimal, scale: Decimal) -> Value | Fault:
    return _rounded("round up", n, scale, ROUND_UP)


def _round_down(n: Decimal, scale: Decimal) -> Value | Fault:
    return _rounded("round down", n, scale, ROUND_DOWN)


def _round_half_up(n: Decimal, scale: Decimal) -> Value | Fault:
    return _rounded("round half up", n, scale, ROUND_HALF_UP)


def _round_half_down(n: Decimal, scale: Decimal) -> Value | Fault:
    return _rounded("round half down", n, scale, ROUND_HALF_DOWN)


def _abs(n: Decimal | DaysDuration | MonthsDuration) -> Value | Fault:
    match n:
        case DaysDuration(nanoseconds):
            return DaysDuration(abs(nanoseconds))
        case MonthsDuration(months):
            return MonthsDuration(abs(months))
        case Decimal():
            return n.copy_abs()


def _modulo(dividend: Decimal, divisor: Decimal) -> Value | Fault:
    if not divisor:
        return Fault(Reason.DIVISION_BY_ZERO, "modulo")
    return _known("modulo", numbers.modulo(dividend, divisor), dividend)


def _sqrt(number: Decimal) -> Value | Fault:
    return _known("sqrt", CONTEXT.sqrt(number), number)


def _log(number: Decimal) -> Value | Fault:
    return _known("log", CONTEXT.ln(number), number)


def _exp(number: Decimal) -> Value | Fault:
    return _known("exp", CONTEXT.exp(number), number)


def _known(name: str, result: Decimal, given: Decimal) -> Value | Fault:
    return result if result.is_finite() else Fault(Reason.OUT_OF_BOUNDS, name, numbers.text(given))


def _odd(number: Decimal) -> Value | Fault:
    return numbers.modulo(number, Decimal(2)).copy_abs() == ONE


def _even(number: Decimal) -> Value | Fault:
    return not numbers.modulo(number, Decimal(2))


FORMS = (
    form("decimal(n: number, scale: number)", _decimal),
    form("floor(n: number, scale?: number)", _floor),
    form("ceiling(n: number, scale?: number)", _ceiling),
    form("round up(n: number, scale: number)", _round_up),
    form("round down(n: number, scale: number)", _round_down),
    form("round half up(n: number, scale: number)", _round_half_up),
    form("round half down(n: number, scale: number)", _round_half_down),
    form("abs(n: number | days and time duration | years and months duration)", _abs),
    form("modulo(dividend: number, divisor: number)", _modulo),
    form("sqrt(number: number)", _sqrt),
    form("log(number: number)", _log),
    form("exp(number: number)", _exp),
    form("odd(number: number)", _odd),
    form("even(number: number)", _even),
)
