"""Make closures of a syntax tree: each piece from the pieces below it, and what it can see."""

from casefold.feel import tree
from casefold.feel.builtins.table import FUNCTIONS
from casefold.feel.closures import access, calls, loops, operators, tests
from casefold.feel.closures.code import Code, Item, Lexical, Names, Slots, constant, folded, refused
from casefold.feel.closures.tests import Check
from casefold.feel.coercion import coerce
from casefold.feel.externals import method_of
from casefold.feel.grammar import INPUT
from casefold.feel.temporal import parse_any
from casefold.feel.tree import Expression, Test
from casefold.feel.types import Type, is_instance
from casefold.feel.values import Fault, Reason, Run, Span, Value


def code_of(node: Expression, lexical: Lexical) -> Code:  # noqa: C901 - a case for each kind of node
    """Give the code of an expression that sees what *lexical* says."""
    lexical.count[1] += 1
    below = lexical.within(steps=1)
    match node:
        case tree.Literal(value):
            return constant(value)
        case tree.AtLiteral(text, span):
            return _at_literal(text, span)
        case tree.Name(name, span):
            return _name(name, span, lexical)
        case tree.Path(source, member, span):
            return access.path(code_of(source, below), member, span)
        case tree.Filter():
            return _filter(node, lexical.within(steps=3))
        case tree.Negation(operand, span):
            return operators.negation(code_of(operand, below), span)
        case tree.Arithmetic(sign, left, right, span) | tree.Comparison(sign, left, right, span):
            make = operators.arithmetic if isinstance(node, tree.Arithmetic) else operators.comparison
            return make(sign, code_of(left, below), code_of(right, below), span)
        case tree.Conjunction(operands, _) | tree.Disjunction(operands, _):
            codes = tuple(code_of(operand, below) for operand in operands)
            spans = tuple(operand.span for operand in operands)
            return operators.junction(codes, spans, conjunction=isinstance(node, tree.Conjunction))
        case tree.Between(value, low, high, span):
            return operators.between(code_of(value, below), code_of(low, below), code_of(high, below), span)
        case tree.In(value, checks, _):
            return _in(code_of(value, below), checks, lexical.within(steps=3))
        case tree.InstanceOf(value, kind, _):
            code = code_of(value, below)
            inner = code.step
            return folded(lambda run, slots: is_instance(inner(run, slots), kind), 1 + code.height, code)
        case tree.If(condition, yes, no, span):
            return operators.choice(code_of(condition, below), code_of(yes, below), code_of(no, below), span)
        case tree.For() | tree.Quantified():
            return _loop(node, lexical.within(steps=4 + len(node.iterators)))
        case tree.FunctionLiteral():
            return _function(node, lexical, "function", None)
        case tree.Call():
            return _call(node, lexical.within(steps=calls.CALL_STEPS))
        case tree.ListLiteral(items, _):
            return access.items(tuple(code_of(item, lexical.within(steps=2)) for item in items))
        case tree.ContextLiteral(entries, _):
            return _context(entries, below)
        case tree.RangeLiteral() | tree.ComparisonRange():
            return _range(node, below)
        case tree.Typed(expression, kind, span):
            return _typed(code_of(expression, below), kind, span)
        case tree.Met(value, cell, _):
            return _met(value, cell, lexical.within(steps=3))
        case tree.Embedded(function, arguments, span):
            under = lexical.within(steps=calls.CALL_STEPS)
            codes = tuple(code_of(argument, under) for argument in arguments)
            return calls.call_value(constant(function), codes, span, under.depth)


def tests_of(cell: tree.UnaryTests, lexical: Lexical) -> tuple[Check, int]:
    """Give the check of a cell's tests, and its height; the input is given to the check and bound to ``?`` outside."""
    checks = [check_of(test, lexical.within(steps=2), cell=True) for test in cell.tests]
    check = tests.any_of(tuple(check for check, _ in checks), negated=cell.negated)
    return check, 2 + max(height for _, height in checks)


def _met(value: Expression, cell: tree.UnaryTests, lexical: Lexical) -> Code:
    code, slot = code_of(value, lexical), lexical.slot()
    if not cell.tests:
        return constant(True)
    check, height = tests_of(cell, lexical.within(Names({INPUT: slot})))
    inner = code.step

    def step(run: Run, slots: Slots) -> Value:
        slots[slot] = found = inner(run, slots)
        return check(run, slots, found)

    return Code(step, 1 + max(height, code.height))


def _range(node: tree.RangeLiteral | tree.ComparisonRange, below: Lexical) -> Code:
    if isinstance(node, tree.ComparisonRange):
        return access.comparison_range(node.operator, code_of(node.end, below))
    start, end = code_of(node.start, below), code_of(node.end, below)
    return access.interval(start, end, node.span, start_included=node.start_included, end_included=node.end_included)


def _typed(code: Code, kind: Type, span: Span) -> Code:
    inner = code.step

    def step(run: Run, slots: Slots) -> Value:
        found = coerce(inner(run, slots), kind)
        return refused(run, span, found) if isinstance(found, Fault) else found

    return Code(step, 1 + code.height)


def _at_literal(text: str, span: Span) -> Code:
    def step(run: Run, _slots: Slots) -> Value:
        found = parse_any(text, run.world.zones)
        return refused(run, span, Fault(Reason.BAD_TEXT, "@", text)) if found is None else found

    return Code(step) if "@" in text else folded(step, 1)


def _name(name: str, span: Span, lexical: Lexical) -> Code:
    """Find the variable of that name, unless an item on the way there may have such a member."""
    lexical.uses.append(name)
    items: list[int] = []
    slot: int | None = None
    for layer in reversed(lexical.layers):
        if isinstance(layer, Item):
            items.append(layer.slot)
        elif name in layer.slots:
            slot = layer.slots[name]
            break
    if slot is None and (name in lexical.known or (name not in FUNCTIONS and not items)):
        slot = lexical.input(name, span)
    if items:
        other = calls.built_in(name).value if slot is None and name in FUNCTIONS else None
        return access.member_or_variable(name, tuple(items), slot, other, span)
    return calls.built_in(name) if slot is None else access.variable(slot)


def _filter(node: tree.Filter, below: Lexical) -> Code:
    item, built = below.slot(), below.count[1]
    condition = code_of(node.condition, below.within(Names({"item": item}), Item(item)))
    fuel = below.fuel_since(built)
    return access.filtered(code_of(node.source, below), condition, item, node.span, fuel)


def _in(value: Code, checks: tuple[Test, ...], below: Lexical) -> Code:
    built = [check_of(check, below, cell=False) for check in checks]
    check, inner = tests.any_of(tuple(check for check, _ in built), negated=False), value.step
    height = 3 + max(value.height, *(height for _, height in built))
    return Code(lambda run, slots: check(run, slots, inner(run, slots)), height)


def check_of(test: Test, lexical: Lexical, *, cell: bool) -> tuple[Check, int]:
    """Give the check of a test, of a *cell* or after ``in``, and its height."""
    if isinstance(test, tree.Compare):
        operand = code_of(test.operand, lexical)
        return tests.compared(test.operator, operand, test.span), operand.height
    before = len(lexical.uses)
    code = code_of(test.expression, lexical)
    conditional = cell and INPUT in lexical.uses[before:]
    return tests.matched(code, test.span, conditional=conditional, cell=cell), code.height


def _loop(node: tree.For | tree.Quantified, lexical: Lexical) -> Code:
    domains: list[loops.Domain] = []
    inner, built = lexical, lexical.count[1]
    for iterator in node.iterators:
        source = code_of(iterator.source, inner)
        end = None if iterator.end is None else code_of(iterator.end, inner)
        slot = inner.slot()
        domains.append(loops.Domain(slot, source, end, iterator.source.span))
        inner = inner.within(Names({iterator.name: slot}))
    if isinstance(node, tree.Quantified):
        condition = code_of(node.condition, inner)
        return loops.quantified(tuple(domains), condition, node.span, inner.fuel_since(built), every=node.all)
    partial, before = inner.slot(), len(inner.uses)
    body = code_of(node.body, inner.within(Names({"partial": partial})))
    asked = partial if "partial" in inner.uses[before:] else None
    return loops.loop(tuple(domains), body, asked, inner.fuel_since(built))


def _function(node: tree.FunctionLiteral, lexical: Lexical, name: str, itself: int | None) -> Code:
    if node.external:
        declared = tuple((parameter.name, parameter.type) for parameter in node.parameters)
        return calls.external(name, declared, method_of(node.body))
    parameters = tuple((parameter.name, lexical.slot(), parameter.type) for parameter in node.parameters)
    inner, built = lexical.outermost().within(Names({known: slot for known, slot, _ in parameters})), lexical.count[1]
    body = code_of(node.body, inner)
    return calls.function_literal(name, parameters, body, itself, inner.fuel_since(built))


def _call(node: tree.Call, below: Lexical) -> Code:
    function, depth = node.function, below.depth
    named = tuple((argument.name, argument.value) for argument in node.arguments if argument.name is not None)
    if named:
        built = tuple((name, code_of(value, below)) for name, value in named)
        return calls.call_with_names(code_of(function, below), built, node.span, depth)
    arguments = tuple(code_of(argument.value, below) for argument in node.arguments)
    if isinstance(function, tree.Name) and not below.binds(function.name) and function.name in FUNCTIONS:
        return calls.call_built_in(function.name, arguments, node.span, depth)
    return calls.call_value(code_of(function, below), arguments, node.span, depth)


def _context(entries: tuple[tuple[str, Expression], ...], lexical: Lexical) -> Code:
    built: list[tuple[str, int, Code]] = []
    inner = lexical
    for key, value in entries:
        slot = lexical.slot()
        if isinstance(value, tree.FunctionLiteral):
            code = _function(value, inner.within(Names({key: slot})), key, slot)
        else:
            code = code_of(value, inner)
        built.append((key, slot, code))
        inner = inner.within(Names({key: slot}))
    return access.context(tuple(built))
