"""External functions: methods of the Java library that decision models call, as what they say of numbers and texts.

No Java runs. A method that is not here cannot be called, and to call it is a problem. What Java works out in binary
floating point is exact here, in decimals of 34 digits (DMN 1.5, section 10.3.2.13.3; Java SE 21, package java.lang).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from casefold.feel import numbers, tree
from casefold.feel.numbers import CONTEXT, whole
from casefold.feel.tree import Expression
from casefold.feel.values import Fault, Reason, Run, Value, kind_of
from casefold.feel.writing import text_of

Method: TypeAlias = Callable[..., "Value | Fault"]

_WHOLE = MappingProxyType({"byte": 7, "short": 15, "int": 31, "long": 63})
"""The types of whole numbers, and their bits without the sign."""

_REAL = ("float", "double")
_STRING = "java.lang.String"
_OBJECTS = "[Ljava.lang.Object;"

_PI = Decimal("3.141592653589793238462643383279502884197169399375105820974944592307816406286")
_ANGLE_MAX = Decimal(10) ** 20
"""Beyond it, an angle of 34 digits no longer says where on the circle it is to any use."""


def _cosine(angle: Decimal) -> Value | Fault:
    """Sum the series of the cosine, with the angle turned back to the first circle."""
    if abs(angle) > _ANGLE_MAX:
        return Fault(Reason.OUT_OF_BOUNDS, "cos", "number", "an angle below 1e20")
    wide = CONTEXT.copy()
    wide.prec = 2 * numbers.DIGITS
    turned = wide.remainder(angle, wide.multiply(Decimal(2), _PI))
    square, term, total, at = wide.multiply(turned, turned), numbers.ONE, numbers.ONE, 0
    while abs(term) > Decimal("1e-50"):
        at += 2
        term = wide.divide(wide.multiply(term, -square), Decimal(at * (at - 1)))
        total = wide.add(total, term)
    return CONTEXT.plus(total)


def _sine(angle: Decimal) -> Value | Fault:
    wide = CONTEXT.copy()
    wide.prec = 2 * numbers.DIGITS
    return _cosine(wide.subtract(angle, wide.divide(_PI, Decimal(2))))


def _power(base: Decimal, exponent: Decimal) -> Value | Fault:
    return _finite("pow", CONTEXT.power(base, exponent))


def _root(value: Decimal) -> Value | Fault:
    return _finite("sqrt", CONTEXT.sqrt(value))


def _exponential(value: Decimal) -> Value | Fault:
    return _finite("exp", CONTEXT.exp(value))


def _logarithm(value: Decimal) -> Value | Fault:
    return _finite("log", CONTEXT.ln(value))


def _finite(name: str, value: Decimal) -> Value | Fault:
    return value if value.is_finite() else Fault(Reason.OUT_OF_BOUNDS, name, "number")


def _parsed(text: str) -> Value | Fault:
    found = numbers.number(text)
    return Fault(Reason.BAD_TEXT, "valueOf", text, "a number") if found is None else found


def _parsed_whole(text: str) -> Value | Fault:
    found = _parsed(text)
    if isinstance(found, Decimal) and (whole(found) is None or found.as_tuple().exponent != 0):
        return Fault(Reason.BAD_TEXT, "valueOf", text, "a whole number")
    return found


def _same(value: Value) -> Value | Fault:
    return value


def _text(run: Run, value: Value) -> Value | Fault:
    return value if isinstance(value, str) else text_of(run, value)


def _formatted(run: Run, pattern: str, *values: Value) -> Value | Fault:
    """Fill ``%s`` and ``%d``; whatever else a pattern may ask for is not here."""
    made, rest = list[str](), list(values)
    pieces = pattern.replace("%%", "\0").split("%")
    for at, piece in enumerate(pieces):
        if at == 0:
            made.append(piece)
            continue
        if piece[:1] not in {"s", "d"} or not rest:
            return Fault(Reason.BAD_TEXT, "format", pattern, "a pattern of %s and %d, and a value for each")
        made.append((text_of(run, rest.pop(0)) or "null") + piece[1:])
    return "".join(made).replace("\0", "%")


def _table() -> Mapping[str, tuple[tuple[str, ...], Method, bool]]:
    """Give each method by class and signature: the types of its parameters, what it does, and whether it is running."""
    found: dict[str, tuple[tuple[str, ...], Method, bool]] = {}

    def put(place: str, types: tuple[str, ...], method: Method, *, running: bool = False) -> None:
        found[f"{place}({','.join(types)})"] = types, method, running

    numeric = (*_REAL, "int", "long")
    for kind in numeric:
        put("java.lang.Math.max", (kind, kind), CONTEXT.max)
        put("java.lang.Math.min", (kind, kind), CONTEXT.min)
        put("java.lang.Math.abs", (kind,), CONTEXT.abs)
    for name, method in (
        ("cos", _cosine), ("sin", _sine), ("sqrt", _root), ("exp", _exponential), ("log", _logarithm),
        ("floor", numbers.floor), ("ceil", numbers.ceiling),
    ):  # fmt: skip
        put(f"java.lang.Math.{name}", ("double",), method)
    put("java.lang.Math.pow", ("double", "double"), _power)
    for name, kind in (("Byte", "byte"), ("Short", "short"), ("Integer", "int"), ("Long", "long")):
        put(f"java.lang.{name}.valueOf", (_STRING,), _parsed_whole)
        put(f"java.lang.{name}.valueOf", (kind,), _same)
    for name, kind in (("Float", "float"), ("Double", "double")):
        put(f"java.lang.{name}.valueOf", (_STRING,), _parsed)
        put(f"java.lang.{name}.valueOf", (kind,), _same)
    put("java.lang.Integer.parseInt", (_STRING,), _parsed_whole)
    put("java.lang.Long.parseLong", (_STRING,), _parsed_whole)
    put("java.lang.Double.parseDouble", (_STRING,), _parsed)
    for kind in (*numeric, "char", "boolean"):
        put("java.lang.String.valueOf", (kind,), _text, running=True)
    put("java.lang.String.format", (_STRING, _OBJECTS), _formatted, running=True)
    return MappingProxyType(found)


METHODS = _table()
"""The methods that can be called, by ``class.method(types)``."""


def method_of(body: Expression) -> str | None:
    """Give the method that the body of an external function names, as ``class.method(types)``.

    >>> from casefold.feel.grammar import parse
    >>> method_of(parse('{java: {class: "java.lang.Math", method signature: "cos( double )"}}').unwrap())
    'java.lang.Math.cos(double)'
    """
    if not isinstance(body, tree.ContextLiteral):
        return None
    members = dict(body.entries)
    if "java" in members:
        return method_of(members["java"])
    match _bare(members.get("class")), _bare(members.get("method signature")):
        case tree.Literal(str() as place), tree.Literal(str() as signature):
            return f"{place.strip()}.{''.join(signature.split())}"
        case _:
            return None


def _bare(value: Expression | None) -> Expression | None:
    return value.expression if isinstance(value, tree.Typed) else value


def call_method(name: str, run: Run, given: tuple[Value, ...]) -> Value | Fault:
    """Call a method; arguments that are not of its types are a fault."""
    known = METHODS.get(name)
    if known is None:
        return Fault(Reason.NO_FUNCTION, name, "external")
    types, method, running = known
    rest = types[-1:] == (_OBJECTS,)
    single = types[:-1] if rest else types
    fits = len(given) >= len(single) if rest else len(given) == len(single)
    if not fits or not all(_is(kind, value) for kind, value in zip(single, given, strict=False)):
        return Fault(Reason.WRONG_ARGUMENTS, name, ", ".join(map(kind_of, given)), ", ".join(types))
    return method(run, *given) if running else method(*given)


def _is(kind: str, value: Value) -> bool:
    """Whether a value is one that Java would take for a type."""
    match value:
        case bool():
            return kind == "boolean"
        case Decimal():
            bits = _WHOLE.get(kind)
            if bits is None:
                return kind in _REAL
            integer = whole(value)
            return integer is not None and -(1 << bits) <= integer < 1 << bits
        case str():
            return kind == _STRING or (kind == "char" and len(value) == 1)
        case _:
            return False
