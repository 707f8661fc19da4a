"""Numbers: decimal128 arithmetic (DMN 1.5, section 10.3.2.3.1; IEEE 754-2008), 34 digits, halves to even.

Every operation names the context; the one of the thread is never asked.
"""

import re
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

DIGITS = 34
"""Digits of a decimal128 number (IEEE 754-2008, table 3.6); the last is rounded half to even."""

EXPONENT_MAX = 6144
"""Decimal128: numbers are smaller than 10 to the power of one more."""

SCALE_MIN = -6111
SCALE_MAX = 6176
"""Decimal128: digits behind the point to which a number may be rounded."""

CONTEXT = Context(
    prec=DIGITS, rounding=ROUND_HALF_EVEN, Emin=1 - EXPONENT_MAX, Emax=EXPONENT_MAX, capitals=1, clamp=0, traps=[]
)
"""No trap is set: what has no answer is not finite, and the caller makes a fault of it."""

_WIDE = Context(prec=3 * EXPONENT_MAX, rounding=ROUND_DOWN, Emin=-2 * EXPONENT_MAX, Emax=3 * EXPONENT_MAX, traps=[])
"""Wide enough for the exact rest of any division, and for any number at any scale."""

ZERO = Decimal(0)
ONE = Decimal(1)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")


def number(text: str) -> Decimal | None:
    """Read a number, rounded to 34 digits; what is none, or beyond decimal128, is ``None``.

    >>> number("1.50"), number("1e7000"), number("١")
    (Decimal('1.50'), None, None)
    """
    if _NUMBER.fullmatch(text) is None:
        return None
    return finite(CONTEXT.create_decimal(text))


def finite(value: Decimal) -> Decimal | None:
    """Give a number that is one."""
    return value if value.is_finite() else None


def whole(value: Decimal) -> int | None:
    """Give the integer that a number is; one with a fraction, or of more than 34 digits, is ``None``.

    >>> whole(Decimal("2.00")), whole(Decimal("2.5")), whole(Decimal("1e40"))
    (2, None, None)
    """
    if value.adjusted() >= DIGITS or not value.is_finite() or value != value.to_integral_value(context=CONTEXT):
        return None
    return int(value)


def truncated(value: Decimal) -> int | None:
    """Give the integer part of a number; one of more than 34 digits is ``None``."""
    if value.adjusted() >= DIGITS or not value.is_finite():
        return None
    return int(value)


def add(one: Decimal, two: Decimal) -> Decimal:
    """Add."""
    return CONTEXT.add(one, two)


def subtract(one: Decimal, two: Decimal) -> Decimal:
    """Subtract."""
    return CONTEXT.subtract(one, two)


def multiply(one: Decimal, two: Decimal) -> Decimal:
    """Multiply."""
    return CONTEXT.multiply(one, two)


def divide(one: Decimal, two: Decimal) -> Decimal:
    """Divide; a division by nought is not finite."""
    return CONTEXT.divide(one, two)


def power(one: Decimal, two: Decimal) -> Decimal:
    """Raise to a power; anything to the power of nought is one."""
    return ONE if not two else CONTEXT.power(one, two)


def floor(value: Decimal) -> Decimal:
    """Round towards minus infinity."""
    return value.to_integral_value(ROUND_FLOOR, CONTEXT)


def ceiling(value: Decimal) -> Decimal:
    """Round towards infinity."""
    return value.to_integral_value(ROUND_CEILING, CONTEXT)


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Give ``dividend - divisor * floor(dividend / divisor)``, exact and with the sign of the divisor.

    >>> modulo(Decimal(-12), Decimal(5)), modulo(Decimal("10.1"), Decimal("4.5"))
    (Decimal('3'), Decimal('1.1'))
    """
    rest = _WIDE.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = CONTEXT.add(rest, divisor)
    return CONTEXT.plus(rest)


def rounded(value: Decimal, scale: int, mode: str) -> Decimal | None:
    """Round to *scale* digits behind the point (before it, if negative); ``None`` beyond decimal128.

    >>> rounded(Decimal("2.5"), 0, "ROUND_HALF_EVEN"), rounded(Decimal(1234), -2, "ROUND_DOWN")
    (Decimal('2'), Decimal('1200'))
    """
    if not SCALE_MIN <= scale <= SCALE_MAX:
        return None
    result = value.quantize(Decimal((0, (1,), -scale)), mode, _WIDE)
    return finite(CONTEXT.add(result, ZERO) if scale < 0 else CONTEXT.plus(result))


def text(value: Decimal) -> str:
    """Write a number as FEEL reads it, without an exponent.

    >>> text(Decimal("1E+3")), text(Decimal("1.10")), text(Decimal("-0"))
    ('1000', '1.10', '0')
    """
    if not value:
        value = value.copy_abs()
    return format(value, "f")
