"""Write a syntax tree as FEEL text, such that reading it in the same scope gives the same tree."""

from decimal import Decimal
from types import MappingProxyType

from casefold.feel import tree
from casefold.feel.numbers import CONTEXT
from casefold.feel.reader import KEYWORDS
from casefold.feel.scope import words
from casefold.feel.tree import Expression, Iterator, Test, UnaryTests
from casefold.feel.types import type_text
from casefold.feel.writing import quote

_OPEN = 0
"""Binds less than any operator: ``if``, ``for``, ``some``, ``every`` and functions, which reach as far as they can."""
_TYPED = 2
"""Binds tightly, and yet stands in brackets before ``<``, which would be taken for a part of the type."""
_COMPARED = 3
_ADDED = 4
_UNARY = 7
_POSTFIX = 8
_PRIMARY = 9

_SIGNS = MappingProxyType({"+": 4, "-": 4, "*": 5, "/": 5, "**": 6})


def print_tests(cell: UnaryTests) -> str:
    """Write the tests of a cell.

    >>> from casefold.feel.grammar import parse_tests
    >>> print_tests(parse_tests("not( <5,[7 .. 9) )").unwrap())
    'not(< 5, [7..9))'
    """
    tests = ", ".join(map(_test, cell.tests))
    if not cell.tests:
        return "-"
    return f"not({tests})" if cell.negated else tests


def print_expression(expression: Expression) -> str:
    """Write an expression.

    >>> from casefold.feel.grammar import parse
    >>> print_expression(parse("(1+2) * - 3 ** 2").unwrap())
    '(1 + 2) * -3 ** 2'
    """
    return _at_least(expression, _OPEN)


def _test(test: Test) -> str:
    if isinstance(test, tree.Compare):
        return f"{test.operator} {_at_least(test.operand, _ADDED)}"
    return _at_least(test.expression, _OPEN)


def _at_least(node: Expression, level: int) -> str:
    """Write a node where something of that level is wanted: in brackets, if it binds less."""
    text, binds = _written(node)
    return text if binds >= level else f"({text})"


def _written(node: Expression) -> tuple[str, int]:
    match node:
        case tree.Literal(value):
            return _literal(value), _PRIMARY
        case tree.AtLiteral(text):
            return f"@{quote(text)}", _PRIMARY
        case tree.Name(name):
            return name, _PRIMARY
        case tree.Path(source, member):
            return f"{_at_least(source, _POSTFIX)}.{member}", _POSTFIX
        case tree.Filter(source, condition):
            return f"{_at_least(source, _POSTFIX)}[{_at_least(condition, _OPEN)}]", _POSTFIX
        case tree.Call(function, arguments):
            given = ", ".join(map(_argument, arguments))
            return f"{_at_least(function, _POSTFIX)}({given})", _POSTFIX
        case tree.InstanceOf(value, kind):
            return f"{_at_least(value, _POSTFIX)} instance of {type_text(kind)}", _TYPED
        case tree.ListLiteral() | tree.ContextLiteral() | tree.RangeLiteral() | tree.ComparisonRange():
            return _composed(node), _PRIMARY
        case tree.If() | tree.For() | tree.Quantified() | tree.FunctionLiteral():
            return _reaching(node), _OPEN
        case tree.Typed(expression):
            return _written(expression)
        case tree.Met(value, cell):
            return f"{_at_least(value, _COMPARED)} in ({print_tests(cell)})", _COMPARED
        case tree.Embedded(function, arguments):
            return f"{function.name}({', '.join(_at_least(argument, _OPEN) for argument in arguments)})", _POSTFIX
        case _:
            return _operation(node)


def _operation(
    node: tree.Negation
    | tree.Arithmetic
    | tree.Comparison
    | tree.Conjunction
    | tree.Disjunction
    | tree.Between
    | tree.In,
) -> tuple[str, int]:
    match node:
        case tree.Negation(operand):
            return f"-{_at_least(operand, _UNARY)}", _UNARY
        case tree.Arithmetic(sign, left, right):
            level = _SIGNS[sign]
            return f"{_at_least(left, level)} {sign} {_at_least(right, level + 1)}", level
        case tree.Comparison(sign, left, right):
            return f"{_at_least(left, _COMPARED)} {sign} {_at_least(right, _ADDED)}", _COMPARED
        case tree.Conjunction(operands):
            return " and ".join(_at_least(operand, 3) for operand in operands), 2
        case tree.Disjunction(operands):
            return " or ".join(_at_least(operand, 2) for operand in operands), 1
        case tree.Between(value, low, high):
            ends = f"{_at_least(low, _ADDED)} and {_at_least(high, _ADDED)}"
            return f"{_at_least(value, _COMPARED)} between {ends}", _COMPARED
        case tree.In(value, tests):
            return f"{_at_least(value, _COMPARED)} in ({', '.join(map(_test, tests))})", _COMPARED


def _literal(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return quote(value)
        case Decimal():
            return CONTEXT.to_sci_string(value)
        case _:
            return str(value)


def _argument(argument: tree.Argument) -> str:
    value = _at_least(argument.value, _OPEN)
    return value if argument.name is None else f"{argument.name}: {value}"


def _composed(node: tree.ListLiteral | tree.ContextLiteral | tree.RangeLiteral | tree.ComparisonRange) -> str:
    match node:
        case tree.ListLiteral(items):
            return f"[{', '.join(_at_least(item, _OPEN) for item in items)}]"
        case tree.ContextLiteral(entries):
            return f"{{{', '.join(f'{_key(key)}: {_at_least(value, _OPEN)}' for key, value in entries)}}}"
        case tree.RangeLiteral(start, start_included, end, end_included):
            ends = f"{_at_least(start, _OPEN)}..{_at_least(end, _OPEN)}"
            return f"{'[' if start_included else '('}{ends}{']' if end_included else ')'}"
        case tree.ComparisonRange(sign, end):
            return f"({sign} {_at_least(end, _ADDED)})"


def _reaching(node: tree.If | tree.For | tree.Quantified | tree.FunctionLiteral) -> str:
    match node:
        case tree.If(condition, yes, no):
            parts = (_at_least(part, _OPEN) for part in (condition, yes, no))
            return "if {} then {} else {}".format(*parts)
        case tree.For(iterators, body):
            return f"for {_iterators(iterators)} return {_at_least(body, _OPEN)}"
        case tree.Quantified(every, iterators, condition):
            word = "every" if every else "some"
            return f"{word} {_iterators(iterators)} satisfies {_at_least(condition, _OPEN)}"
        case tree.FunctionLiteral(parameters, body, external):
            written = ", ".join(
                parameter.name if parameter.type is None else f"{parameter.name}: {type_text(parameter.type)}"
                for parameter in parameters
            )
            return f"function({written}) {'external ' if external else ''}{_at_least(body, _OPEN)}"


def _iterators(iterators: tuple[Iterator, ...]) -> str:
    return ", ".join(
        f"{iterator.name} in {_at_least(iterator.source, _OPEN)}"
        + ("" if iterator.end is None else f"..{_at_least(iterator.end, _OPEN)}")
        for iterator in iterators
    )


def _key(key: str) -> str:
    """Write a key as the name that it can be read as, or else in quotes."""
    cut = words(key)
    plain = " ".join(key.split()) == key and bool(key)
    if not plain or cut[0] in KEYWORDS or not all(word.isidentifier() for word in cut):
        return quote(key)
    return key
