"""Read FEEL: text in, a syntax tree or the first flaw out (DMN 1.5, section 10.3.1.2).

A reading function returns ``None`` once a flaw has been noted, and every caller passes that on.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import TypeVar

from casefold.feel import tree
from casefold.feel.builtins.table import FUNCTION_INDEX
from casefold.feel.numbers import number
from casefold.feel.reader import HEIGHT_MAX, KEYWORDS, NESTING_MAX, READINGS_MAX, Layer, Part, Reader
from casefold.feel.scope import EMPTY, NameEntries, Scope, extend, index_of, longest, members_of
from casefold.feel.tokens import Flaw, Kind, NotFeel, Token, tokens
from casefold.feel.tree import Argument, Expression, Iterator, Test, UnaryTests
from casefold.feel.typegrammar import read_type
from casefold.feel.types import ContextOf, FunctionOf, ListOf, RangeOf, Simple, Type
from casefold.feel.values import Span
from casefold.kernel.results import Failure, Result, Success

Found = TypeVar("Found")

_LEVELS = MappingProxyType({
    "or": 1, "and": 2,
    "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "between": 3, "in": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "**": 6,
})  # fmt: skip
"""How tightly operators bind: the higher, the tighter. All of them bind to the left."""

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_NAME_MARKS = frozenset({".", "/", "-", "'", "+", "*", "**"})
_AFTER_TURNED = frozenset({
    ")", "]", "}", ",", ":", "..", ".", "*", "/", "**", "+", "and", "or", "then", "else", "return", "satisfies", "in",
    "between", "instance", "",
}) | _COMPARISONS  # fmt: skip
"""What may follow ``[`` where it closes a range: nothing that could begin the condition of a filter."""
_PROPERTIES = index_of(("time offset", "start included", "end included"))

INPUT = "?"
"""The name of the input in unary tests."""
_INPUT_INDEX = index_of((INPUT,))


def parse(text: str, scope: Scope = EMPTY) -> Result[Expression, NotFeel]:
    """Read an expression (rule 1, textual expression).

    >>> parse("1 +").failure().flaw
    <Flaw.UNEXPECTED: 'unexpected'>
    """
    return _read(text, scope, _whole_expression)


def parse_tests(text: str, scope: Scope = EMPTY) -> Result[UnaryTests, NotFeel]:
    """Read the unary tests of an input entry (rule 17); ``?`` is the input, whose type *scope* may tell.

    >>> len(parse_tests("< 5, [7..9]").unwrap().tests)
    2
    """
    return _read(text, scope, _unary_tests)


def parse_type(text: str, scope: Scope = EMPTY) -> Result[Type, NotFeel]:
    """Read a type (rule 57), such as the type reference of an item definition.

    >>> parse_type("list<number>")
    <Success: ListOf(element=<Simple.NUMBER: 'number'>)>
    """
    return _read(text, scope, _whole_type)


def _read(text: str, scope: Scope, step: Callable[[Reader], Found | None]) -> Result[Found, NotFeel]:
    cut = tokens(text)
    if isinstance(cut, Failure):
        return cut
    reader = Reader(text, cut.unwrap(), scope, [0, 0, 0], [Layer(scope.names, scope.name_index)], {}, [])
    found = step(reader)
    if found is None or reader.flaws:
        return Failure(reader.flaws[0])
    if reader.token.kind is not Kind.END:
        reader.refuse(Flaw.UNEXPECTED, wanted="the end")
        return Failure(reader.flaws[0])
    return Success(found)


def _whole_expression(reader: Reader) -> Expression | None:
    part = _expression(reader)
    return None if part is None else part.tree


def _whole_type(reader: Reader) -> Type | None:
    return read_type(reader)


# Unary tests.


def _unary_tests(reader: Reader) -> UnaryTests | None:
    start = reader.token.start
    if INPUT not in reader.scope.names:
        reader.layers.append(Layer({INPUT: Simple.ANY}, _INPUT_INDEX))
    if reader.at("-") and reader.ahead(1).kind is Kind.END:
        reader.skip()
        return UnaryTests((), span=reader.since(start))
    if reader.at("not") and reader.ahead(1).text == "(":
        negated = _negated(reader)
        if negated is not None:
            return UnaryTests(negated, negated=True, span=reader.since(start))
    tests = _tests(reader)
    return None if tests is None else UnaryTests(tests, span=reader.since(start))


def _negated(reader: Reader) -> tuple[Test, ...] | None:
    """Read ``not(tests)`` if that is all there is; otherwise ``not`` is the function, and nothing was read."""
    place, depth = reader.place[0], reader.place[1]
    reader.skip(2)
    tests = _tests(reader)
    if tests is not None and reader.at(")") and reader.ahead(1).kind is Kind.END:
        reader.skip()
        return tests
    reader.place[:2] = [place, depth]
    reader.flaws.clear()
    return None


def _tests(reader: Reader) -> tuple[Test, ...] | None:
    found: list[Test] = []
    while True:
        test = _test(reader)
        if test is None:
            return None
        found.append(test)
        if not reader.take(","):
            return tuple(found)


def _test(reader: Reader) -> Test | None:
    start = reader.token.start
    if reader.token.kind is Kind.MARK and reader.token.text in _COMPARISONS:
        operator = reader.token.text
        reader.skip()
        operand = _binary(reader, 4)
        return None if operand is None else tree.Compare(operator, operand.tree, reader.since(start))
    part = _expression(reader)
    return None if part is None else tree.Match(part.tree, reader.since(start))


# Operators.


def _expression(reader: Reader) -> Part | None:
    return _binary(reader, 1)


def _nested(reader: Reader, step: Callable[[Reader], Part | None]) -> Part | None:
    """Read one level deeper; what is read again and again, because brackets can be read in two ways, ends too."""
    reader.place[2] += 1
    if reader.place[1] >= NESTING_MAX or reader.place[2] > READINGS_MAX * len(reader.tokens):
        reader.refuse(Flaw.TOO_DEEP, wanted=str(NESTING_MAX))
        return None
    reader.place[1] += 1
    part = step(reader)
    reader.place[1] -= 1
    return part


def _part(reader: Reader, node: Expression, kind: Type, *inner: Part, steps: int = 1) -> Part | None:
    """Put a node above its parts, unless the tree grows too high."""
    height = max((part.height for part in inner), default=0) + steps
    if height > HEIGHT_MAX:
        reader.refuse(Flaw.TOO_DEEP, wanted=str(HEIGHT_MAX), span=node.span)
        return None
    return Part(node, kind, height)


def _binary(reader: Reader, lowest: int) -> Part | None:
    start = reader.token.start
    left = _nested(reader, _unary)
    while left is not None:
        operator = reader.token.text if reader.token.kind in {Kind.MARK, Kind.NAME} else ""
        level = _LEVELS.get(operator, 0)
        if level < lowest or level == 0:
            return left
        reader.skip()
        if operator == "between":
            left = _between(reader, left, start)
        elif operator == "in":
            left = _in(reader, left, start)
        elif level <= 2:
            left = _logic(reader, operator, left, start)
        else:
            right = _binary(reader, level + 1)
            left = None if right is None else _operation(reader, operator, left, right, start)
    return None


def _operation(reader: Reader, operator: str, left: Part, right: Part, start: int) -> Part | None:
    span = reader.since(start)
    if operator in _COMPARISONS:
        node = tree.Comparison(operator, left.tree, right.tree, span)
        return _part(reader, node, Simple.BOOLEAN, left, right)
    kind = Simple.NUMBER if left.type is right.type is Simple.NUMBER else Simple.ANY
    return _part(reader, tree.Arithmetic(operator, left.tree, right.tree, span), kind, left, right)


def _logic(reader: Reader, operator: str, left: Part, start: int) -> Part | None:
    """Read all operands of a chain of one operator, so that long chains do not make high trees."""
    parts = [left]
    while True:
        part = _binary(reader, _LEVELS[operator] + 1)
        if part is None:
            return None
        parts.append(part)
        if not reader.take(operator):
            break
    operands, span = tuple(part.tree for part in parts), reader.since(start)
    node = tree.Conjunction(operands, span) if operator == "and" else tree.Disjunction(operands, span)
    return _part(reader, node, Simple.BOOLEAN, *parts)


def _between(reader: Reader, value: Part, start: int) -> Part | None:
    low = _binary(reader, 4)
    if low is None or not reader.expect("and"):
        return None
    high = _binary(reader, 4)
    if high is None:
        return None
    node = tree.Between(value.tree, low.tree, high.tree, reader.since(start))
    return _part(reader, node, Simple.BOOLEAN, value, low, high)


def _in(reader: Reader, value: Part, start: int) -> Part | None:
    """Read what follows ``in``: one test, or several in brackets."""
    tests = _bracketed_tests(reader)
    if tests is None:
        test = _simple_test(reader)
        if test is None:
            return None
        tests = (test,)
    node = tree.In(value.tree, tests, reader.since(start))
    return _part(reader, node, Simple.BOOLEAN, value, steps=2)


def _bracketed_tests(reader: Reader) -> tuple[Test, ...] | None:
    """Read ``(test, ...)``; where it turns out to be something else, nothing was read."""
    if not reader.at("("):
        return None
    place, depth = reader.place[0], reader.place[1]
    reader.skip()
    tests = _tests(reader)
    closed = tests is not None and reader.take(")")
    if tests is not None and closed and not _goes_on(reader.token):
        return tests
    if reader.flaws and reader.flaws[0].flaw is Flaw.TOO_DEEP:
        return None
    reader.place[:2] = [place, depth]
    reader.flaws.clear()
    return None


def _goes_on(token: Token) -> bool:
    return token.text in {"+", "-", "*", "/", "**", ".", "[", "("} and token.kind is Kind.MARK


def _simple_test(reader: Reader) -> Test | None:
    start = reader.token.start
    if reader.token.kind is Kind.MARK and reader.token.text in _COMPARISONS:
        return _test(reader)
    part = _binary(reader, 4)
    return None if part is None else tree.Match(part.tree, reader.since(start))


def _unary(reader: Reader) -> Part | None:
    start = reader.token.start
    if reader.take("-"):
        operand = _nested(reader, _unary)
        if operand is None:
            return None
        return _part(reader, tree.Negation(operand.tree, reader.since(start)), operand.type, operand)
    part = _primary(reader)
    while part is not None:
        if reader.at("."):
            part = _path(reader, part, start)
        elif reader.at("[") and not _closes(reader):
            part = _filter(reader, part, start)
        elif reader.at("("):
            part = _call(reader, part, start)
        elif reader.at("instance") and reader.ahead(1).text == "of":
            part = _instance(reader, part, start)
        else:
            return part
    return None


def _closes(reader: Reader) -> bool:
    """Whether ``[`` is the end of a range: what follows it could not begin a condition."""
    token = reader.ahead(1)
    return token.kind is Kind.END or (token.kind in {Kind.MARK, Kind.NAME} and token.text in _AFTER_TURNED)


# What stands behind an expression.


def _path(reader: Reader, source: Part, start: int) -> Part | None:
    reader.skip()
    members = members_of(source.type)
    found = longest(index_of(members), reader.tokens, reader.place[0]) if members else None
    for index in (_PROPERTIES, reader.members, reader.scope.member_index):
        found = found or longest(index, reader.tokens, reader.place[0])
    if found is None and reader.token.kind is not Kind.NAME:
        reader.refuse(Flaw.UNEXPECTED, wanted="the name of a member")
        return None
    name, count = found or (reader.token.text, 1)
    reader.skip(count)
    kind = (members or {}).get(name, Simple.ANY)
    if isinstance(source.type, ListOf):
        kind = ListOf(kind)
    return _part(reader, tree.Path(source.tree, name, reader.since(start)), kind, source)


def _filter(reader: Reader, source: Part, start: int) -> Part | None:
    reader.skip()
    element = source.type.element if isinstance(source.type, ListOf) else source.type
    members = members_of(element)
    names = {**(members or {}), "item": element}
    condition = _within(reader, names, _expression, open_to_any=True)
    if condition is None or not reader.expect("]"):
        return None
    kind = element if condition.type is Simple.NUMBER else Simple.ANY
    if condition.type is Simple.BOOLEAN:
        kind = ListOf(element)
    return _part(
        reader, tree.Filter(source.tree, condition.tree, reader.since(start)), kind, source, condition, steps=3
    )


def _within(
    reader: Reader,
    names: Mapping[str, Type],
    step: Callable[[Reader], Part | None],
    *,
    open_to_any: bool = False,
) -> Part | None:
    """Read with more names in scope."""
    reader.layers.append(Layer(names, index_of(names), open_to_any))
    part = step(reader)
    del reader.layers[-1]
    return part


def _call(reader: Reader, function: Part, start: int) -> Part | None:
    reader.skip()
    arguments: list[Argument] = []
    parts = [function]
    while not reader.at(")"):
        name = _argument_name(reader)
        part = _expression(reader)
        if part is None:
            return None
        parts.append(part)
        arguments.append(Argument(part.tree, name))
        if not reader.take(","):
            break
    if not reader.expect(")"):
        return None
    if any(argument.name is None for argument in arguments) and any(argument.name for argument in arguments):
        reader.refuse(Flaw.UNEXPECTED, wanted="arguments all with names, or all without", span=reader.since(start))
        return None
    kind = function.type.result if isinstance(function.type, FunctionOf) else Simple.ANY
    return _part(reader, tree.Call(function.tree, tuple(arguments), reader.since(start)), kind, *parts, steps=3)


def _argument_name(reader: Reader) -> str | None:
    """Go past ``name:``, if that is what stands here."""
    if reader.token.kind is not Kind.NAME:
        return None
    end = reader.place[0]
    while reader.tokens[end].kind in {Kind.NAME, Kind.NUMBER} or reader.tokens[end].text in _NAME_MARKS:
        end += 1
    return _name_up_to(reader, end) if reader.tokens[end].text == ":" else None


def _name_up_to(reader: Reader, end: int) -> str:
    """Take all tokens up to *end* as one name, and go past the mark that is there."""
    name = " ".join(reader.text[reader.token.start : reader.tokens[end - 1].end].split())
    reader.place[0] = end + 1
    return name


def _instance(reader: Reader, value: Part, start: int) -> Part | None:
    reader.skip(2)
    kind = read_type(reader)
    if kind is None:
        return None
    return _part(reader, tree.InstanceOf(value.tree, kind, reader.since(start)), Simple.BOOLEAN, value)


# What an expression begins with.


def _primary(reader: Reader) -> Part | None:
    token = reader.token
    if token.kind is Kind.NUMBER:
        reader.skip()
        value = number(token.text)
        if value is None:
            reader.refuse(Flaw.BAD_NUMBER, span=Span(token.start, token.end))
            return None
        return Part(tree.Literal(value, reader.since(token.start)), Simple.NUMBER, 1)
    if token.kind is Kind.STRING:
        reader.skip()
        return Part(tree.Literal(token.text, reader.since(token.start)), Simple.STRING, 1)
    if token.kind is Kind.NAME:
        return _named(reader)
    step = _MARKED.get(token.text)
    if step is None or token.kind is Kind.END:
        reader.refuse(Flaw.UNEXPECTED, wanted="an expression")
        return None
    return step(reader)


def _named(reader: Reader) -> Part | None:
    token, start = reader.token, reader.token.start
    found = _in_scope(reader)
    if found is not None:
        name, count, kind = found
        reader.skip(count)
        return Part(tree.Name(name, reader.since(start)), kind, 1)
    step = _WORDS.get(token.text)
    if step is not None:
        return step(reader)
    if token.text in KEYWORDS:
        reader.refuse(Flaw.UNEXPECTED, wanted="an expression")
        return None
    if any(layer.open for layer in reader.layers):
        member = longest(reader.members, reader.tokens, reader.place[0])
        member = member or longest(reader.scope.member_index, reader.tokens, reader.place[0])
        name, count = member or (token.text, 1)
        reader.skip(count)
        return Part(tree.Name(name, reader.since(start)), Simple.ANY, 1)
    known = {name for layer in reader.layers for name in layer.types}
    close = get_close_matches(token.text, sorted(known), 1)
    reader.refuse(Flaw.UNKNOWN_NAME, wanted=close[0] if close else "")
    return None


def _in_scope(reader: Reader) -> tuple[str, int, Type] | None:
    """Find the longest name in scope that stands here; of two as long, the inner one."""
    best: tuple[str, int, Type] | None = None
    for layer in reversed(reader.layers):
        found = longest(layer.index, reader.tokens, reader.place[0])
        if found is not None and (best is None or found[1] > best[1]):
            best = (found[0], found[1], layer.types[found[0]])
    function = longest(FUNCTION_INDEX, reader.tokens, reader.place[0])
    if function is not None and (best is None or function[1] > best[1]):
        best = (function[0], function[1], Simple.ANY)
    if best is not None and best[1] == 1 and best[0] in KEYWORDS:
        return None
    return best


def _constant(value: None | bool, kind: Type) -> Callable[[Reader], Part | None]:
    def read(reader: Reader) -> Part | None:
        start = reader.token.start
        reader.skip()
        return Part(tree.Literal(value, reader.since(start)), kind, 1)

    return read


def _at_literal(reader: Reader) -> Part | None:
    start = reader.token.start
    reader.skip()
    token = reader.token
    if token.kind is not Kind.STRING:
        reader.refuse(Flaw.UNEXPECTED, wanted="a string")
        return None
    reader.skip()
    return Part(tree.AtLiteral(token.text, reader.since(start)), Simple.ANY, 1)


def _if(reader: Reader) -> Part | None:
    start = reader.token.start
    reader.skip()
    condition = _expression(reader)
    if condition is None or not reader.expect("then"):
        return None
    yes = _expression(reader)
    if yes is None or not reader.expect("else"):
        return None
    no = _expression(reader)
    if no is None:
        return None
    kind = yes.type if yes.type == no.type else Simple.ANY
    node = tree.If(condition.tree, yes.tree, no.tree, reader.since(start))
    return _part(reader, node, kind, condition, yes, no)


def _for(reader: Reader) -> Part | None:
    start = reader.token.start
    reader.skip()
    depth = len(reader.layers)
    found = _iterators(reader)
    body = None
    if found is not None and reader.expect("return"):
        body = _within(reader, {"partial": Simple.LIST}, _expression)
    del reader.layers[depth:]
    if found is None or body is None:
        return None
    iterators, parts = found
    node = tree.For(iterators, body.tree, reader.since(start))
    return _part(reader, node, ListOf(body.type), body, *parts, steps=2 + len(iterators))


def _quantified(reader: Reader) -> Part | None:
    start, every = reader.token.start, reader.at("every")
    reader.skip()
    depth = len(reader.layers)
    found = _iterators(reader)
    condition = _expression(reader) if found is not None and reader.expect("satisfies") else None
    del reader.layers[depth:]
    if found is None or condition is None:
        return None
    iterators, parts = found
    node = tree.Quantified(every, iterators, condition.tree, reader.since(start))
    return _part(reader, node, Simple.BOOLEAN, condition, *parts, steps=2 + len(iterators))


def _iterators(reader: Reader) -> tuple[tuple[Iterator, ...], tuple[Part, ...]] | None:
    """Read ``name in source, ...``, and leave a layer with each name in scope."""
    found: list[Iterator] = []
    parts: list[Part] = []
    while True:
        name = _name_before(reader, "in")
        if name is None:
            return None
        source = _expression(reader)
        if source is None:
            return None
        end = None
        if reader.take(".."):
            end = _expression(reader)
            if end is None:
                return None
            parts.append(end)
        parts.append(source)
        found.append(Iterator(name, source.tree, None if end is None else end.tree))
        kind = source.type.element if isinstance(source.type, (ListOf, RangeOf)) else Simple.ANY
        names = {name: Simple.NUMBER if end is not None else kind}
        reader.layers.append(Layer(names, index_of(names)))
        if not reader.take(","):
            return tuple(found), tuple(parts)


def _name_before(reader: Reader, *stops: str) -> str | None:
    """Read a new name, which goes on up to one of some marks or words, and go past that."""
    end = reader.place[0]
    while (
        reader.tokens[end].kind in {Kind.NAME, Kind.NUMBER} or reader.tokens[end].text in _NAME_MARKS
    ) and reader.tokens[end].text not in stops:
        end += 1
    if end == reader.place[0] or reader.token.kind is not Kind.NAME or reader.token.text in KEYWORDS:
        reader.refuse(Flaw.UNEXPECTED, wanted="a name")
        return None
    if reader.tokens[end].text not in stops:
        reader.place[0] = end
        reader.refuse(Flaw.UNEXPECTED, wanted=stops[0])
        return None
    return _name_up_to(reader, end)


def _function(reader: Reader) -> Part | None:
    start = reader.token.start
    reader.skip()
    if not reader.expect("("):
        return None
    parameters: list[tree.FormalParameter] = []
    while not reader.at(")"):
        parameter = _parameter(reader)
        if parameter is None:
            return None
        if any(parameter.name == earlier.name for earlier in parameters):
            reader.refuse(Flaw.DOUBLE_NAME, parameter.name)
            return None
        parameters.append(parameter)
        if not reader.take(","):
            break
    if not reader.expect(")"):
        return None
    if reader.take(":") and read_type(reader) is None:
        return None
    external = reader.take("external")
    names = {parameter.name: parameter.type or Simple.ANY for parameter in parameters}
    body = _within(reader, names, _expression, open_to_any=external)
    if body is None:
        return None
    kind = FunctionOf(tuple(names.values()), body.type)
    node = tree.FunctionLiteral(tuple(parameters), body.tree, external, reader.since(start))
    return _part(reader, node, kind, body)


def _parameter(reader: Reader) -> tree.FormalParameter | None:
    name = _name_before(reader, ",", ")", ":")
    if name is None:
        return None
    if reader.tokens[reader.place[0] - 1].text != ":":
        reader.skip(-1)
        return tree.FormalParameter(name)
    kind = read_type(reader)
    return None if kind is None else tree.FormalParameter(name, kind)


def _context(reader: Reader) -> Part | None:
    start = reader.token.start
    reader.skip()
    entries: list[tuple[str, Expression]] = []
    kinds: dict[str, Type] = {}
    index: dict[str, NameEntries] = {}
    parts: list[Part] = []
    reader.layers.append(Layer(kinds, index))
    while not reader.at("}"):
        place = reader.token
        key = _key(reader)
        if key is None:
            return None
        if key in kinds:
            reader.refuse(Flaw.DOUBLE_NAME, key, span=Span(place.start, place.end))
            return None
        if reader.at("function"):  # it may call itself
            kinds[key] = Simple.FUNCTION
            extend(index, key)
        part = _expression(reader)
        if part is None:
            return None
        extend(index, key)
        extend(reader.members, key)
        entries.append((key, part.tree))
        kinds[key] = part.type
        parts.append(part)
        if not reader.take(","):
            break
    del reader.layers[-1]
    if not reader.expect("}"):
        return None
    node = tree.ContextLiteral(tuple(entries), reader.since(start))
    return _part(reader, node, ContextOf(tuple(kinds.items())), *parts)


def _key(reader: Reader) -> str | None:
    token = reader.token
    if token.kind is Kind.STRING:
        reader.skip()
        return token.text if reader.expect(":") else None
    return _name_before(reader, ":")


def _list_or_range(reader: Reader) -> Part | None:
    start = reader.token.start
    reader.skip()
    parts: list[Part] = []
    while not reader.at("]"):
        part = _expression(reader)
        if part is None:
            return None
        if not parts and reader.at(".."):
            return _range(reader, part, start, start_included=True)
        parts.append(part)
        if not reader.take(","):
            break
    if not reader.expect("]"):
        return None
    node = tree.ListLiteral(tuple(part.tree for part in parts), reader.since(start))
    return _part(reader, node, ListOf(_common(part.type for part in parts)), *parts)


def _common(kinds: Iterable[Type]) -> Type:
    """Give one type for the items of a list; of contexts, one with the members of all."""
    distinct = list(dict.fromkeys(kinds))
    if len(distinct) == 1:
        return distinct[0]
    if not distinct or not all(isinstance(kind, ContextOf) for kind in distinct):
        return Simple.ANY
    merged: dict[str, Type] = {}
    for kind in distinct:
        for name, member in kind.members if isinstance(kind, ContextOf) else ():
            merged[name] = member if merged.get(name, member) == member else Simple.ANY
    return ContextOf(tuple(merged.items()))


def _group(reader: Reader) -> Part | None:
    """Read ``(expression)``, ``(start..end]`` or ``(< end)``."""
    start = reader.token.start
    reader.skip()
    if reader.token.kind is Kind.MARK and reader.token.text in _COMPARISONS:
        operator = reader.token.text
        reader.skip()
        end = _binary(reader, 4)
        if end is None or not reader.expect(")"):
            return None
        node = tree.ComparisonRange(operator, end.tree, reader.since(start))
        return _part(reader, node, RangeOf(end.type), end)
    part = _expression(reader)
    if part is not None and reader.at(".."):
        return _range(reader, part, start, start_included=False)
    if part is None or not reader.expect(")"):
        return None
    return part


def _open_range(reader: Reader) -> Part | None:
    start = reader.token.start
    reader.skip()
    part = _expression(reader)
    if part is None:
        return None
    if not reader.at(".."):
        reader.refuse(Flaw.UNEXPECTED, wanted="..")
        return None
    return _range(reader, part, start, start_included=False)


def _range(reader: Reader, low: Part, start: int, *, start_included: bool) -> Part | None:
    reader.skip()
    high = _expression(reader)
    if high is None:
        return None
    if not reader.at("]", ")", "["):
        reader.refuse(Flaw.UNEXPECTED, wanted="]")
        return None
    end_included = reader.token.text == "]"
    reader.skip()
    node = tree.RangeLiteral(low.tree, start_included, high.tree, end_included, reader.since(start))
    return _part(reader, node, RangeOf(_common((low.type, high.type))), low, high)


_WORDS = MappingProxyType({
    "null": _constant(None, Simple.NULL),
    "true": _constant(True, Simple.BOOLEAN),
    "false": _constant(False, Simple.BOOLEAN),
    "if": _if,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "function": _function,
})  # fmt: skip

_MARKED = MappingProxyType({
    "@": _at_literal,
    "{": _context,
    "[": _list_or_range,
    "(": _group,
    "]": _open_range,
})  # fmt: skip
