"""All built-in functions by name."""

from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType

from casefold.feel.arguments import BuiltIn, Form, call, name_of
from casefold.feel.builtins import contexts, conversion, intervals, lists, numeric, strings, temporals
from casefold.feel.scope import index_of
from casefold.feel.values import Fault, Function, Parameter, Run, Value

FORMS = (
    *conversion.FORMS,
    *strings.FORMS,
    *lists.FORMS,
    *numeric.FORMS,
    *temporals.FORMS,
    *intervals.FORMS,
    *contexts.FORMS,
)

FUNCTIONS: Mapping[str, BuiltIn] = MappingProxyType({
    name: BuiltIn(name, tuple(forms)) for name, forms in groupby(sorted(FORMS, key=name_of), name_of)
})  # fmt: skip

FUNCTION_INDEX = index_of(FUNCTIONS)


def as_value(function: BuiltIn) -> Function:
    """Give a built-in function as a value, which is called with arguments by position."""

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        return call(run, function, given)

    first: Form = function.forms[0]
    return Function(function.name, tuple(Parameter(slot.name) for slot in first.slots), None, work, function)
