"""The syntax tree of FEEL: small frozen values that say what was written, and where.

Places are no part of what a tree is: two trees of one meaning are equal wherever they stood.
"""

from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from casefold.feel.types import Type
from casefold.feel.values import Function, Span

NOWHERE = Span(0, 0)


def _span() -> Span:
    return field(default=NOWHERE, eq=False, repr=False)


@frozen
class Literal:
    """Null, a boolean, a number or a string."""

    value: None | bool | Decimal | str
    span: Span = _span()


@frozen
class AtLiteral:
    """``@"..."``: a date, time, date and time, or duration."""

    text: str
    span: Span = _span()


@frozen
class Name:
    """A name in scope."""

    name: str
    span: Span = _span()


@frozen
class Path:
    """``source.member``."""

    source: "Expression"
    member: str
    span: Span = _span()


@frozen
class Filter:
    """``source[condition]``: the items that meet a condition, or the one at a position."""

    source: "Expression"
    condition: "Expression"
    span: Span = _span()


@frozen
class Negation:
    """``-operand``."""

    operand: "Expression"
    span: Span = _span()


@frozen
class Arithmetic:
    """``left op right``, where op is one of ``+ - * / **``."""

    operator: str
    left: "Expression"
    right: "Expression"
    span: Span = _span()


@frozen
class Comparison:
    """``left op right``, where op is one of ``= != < <= > >=``."""

    operator: str
    left: "Expression"
    right: "Expression"
    span: Span = _span()


@frozen
class Conjunction:
    """``a and b and ...``."""

    operands: "tuple[Expression, ...]"
    span: Span = _span()


@frozen
class Disjunction:
    """``a or b or ...``."""

    operands: "tuple[Expression, ...]"
    span: Span = _span()


@frozen
class Between:
    """``value between low and high``, both included."""

    value: "Expression"
    low: "Expression"
    high: "Expression"
    span: Span = _span()


@frozen
class In:
    """``value in test`` or ``value in (test, ...)``."""

    value: "Expression"
    tests: "tuple[Test, ...]"
    span: Span = _span()


@frozen
class InstanceOf:
    """``value instance of type``."""

    value: "Expression"
    type: Type
    span: Span = _span()


@frozen
class If:
    """``if condition then yes else no``."""

    condition: "Expression"
    yes: "Expression"
    no: "Expression"
    span: Span = _span()


@frozen
class Iterator:
    """``name in source`` or ``name in source..end``."""

    name: str
    source: "Expression"
    end: "Expression | None" = None


@frozen
class For:
    """``for iterators return body``."""

    iterators: tuple[Iterator, ...]
    body: "Expression"
    span: Span = _span()


@frozen
class Quantified:
    """``some`` or ``every`` (if *all*) ``iterators satisfies condition``."""

    all: bool
    iterators: tuple[Iterator, ...]
    condition: "Expression"
    span: Span = _span()


@frozen
class FormalParameter:
    """``name`` or ``name: type``."""

    name: str
    type: Type | None = None


@frozen
class FunctionLiteral:
    """``function(parameters) body``; an external one is defined by *body* for something else to run."""

    parameters: tuple[FormalParameter, ...]
    body: "Expression"
    external: bool = False
    span: Span = _span()


@frozen
class Argument:
    """An argument, with the parameter's name where it was given."""

    value: "Expression"
    name: str | None = None


@frozen
class Call:
    """``function(arguments)``."""

    function: "Expression"
    arguments: tuple[Argument, ...]
    span: Span = _span()


@frozen
class ListLiteral:
    """``[item, ...]``."""

    items: "tuple[Expression, ...]"
    span: Span = _span()


@frozen
class ContextLiteral:
    """``{key: value, ...}``; each value sees the entries before it."""

    entries: "tuple[tuple[str, Expression], ...]"
    span: Span = _span()


@frozen
class RangeLiteral:
    """``[start..end]``, or with a round or turned bracket where an end is left out."""

    start: "Expression"
    start_included: bool
    end: "Expression"
    end_included: bool
    span: Span = _span()


@frozen
class ComparisonRange:
    """``(< end)`` as a value."""

    operator: str
    end: "Expression"
    span: Span = _span()


@frozen
class Typed:
    """An expression whose value is taken as one of a type, as a boxed expression with a type reference has it.

    FEEL has no text for it: where it is written as text, the type is left out.
    """

    expression: "Expression"
    type: Type
    span: Span = _span()


@frozen
class Met:
    """Whether *value* passes the unary tests of a cell; null where that cannot be said.

    FEEL has no text for all of them: where it is written as text, it is ``value in (tests)``.
    """

    value: "Expression"
    cell: "UnaryTests"
    span: Span = _span()


@frozen
class Embedded:
    """A call of something that is no FEEL text, such as a decision table, with arguments that are."""

    function: Function
    arguments: "tuple[Expression, ...]"
    span: Span = _span()


Expression: TypeAlias = (
    Literal
    | AtLiteral
    | Name
    | Path
    | Filter
    | Negation
    | Arithmetic
    | Comparison
    | Conjunction
    | Disjunction
    | Between
    | In
    | InstanceOf
    | If
    | For
    | Quantified
    | FunctionLiteral
    | Call
    | ListLiteral
    | ContextLiteral
    | RangeLiteral
    | ComparisonRange
    | Typed
    | Met
    | Embedded
)


@frozen
class Compare:
    """``op operand`` as a test of the input."""

    operator: str
    operand: Expression
    span: Span = _span()


@frozen
class Match:
    """An expression as a test: a value to equal, a range or list to be in, or a condition on ``?``."""

    expression: Expression
    span: Span = _span()


Test: TypeAlias = Compare | Match


@frozen
class UnaryTests:
    """The tests of a decision table's cell: any of *tests*, or none of them if *negated*; no test at all is ``-``."""

    tests: tuple[Test, ...]
    negated: bool = False
    span: Span = _span()
