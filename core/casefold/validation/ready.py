"""Make a rule set ready: expressions read and built, and for each rule the paths that it asks for."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import cast

from attrs import AttrsInstance, astuple, field, frozen, has

from casefold.feel.grammar import parse
from casefold.feel.numbers import divide
from casefold.feel.program import Program, begin, build, value_of
from casefold.feel.scope import scope_of
from casefold.feel.tree import Expression, Name, Path
from casefold.feel.values import Fault, Function, Parameter, Reason, Run, Value
from casefold.fields.model import FieldSpecs
from casefold.kernel.results import Failure, Result, Success
from casefold.validation.facts import Types
from casefold.validation.model import RuleSet, ValidationRule
from casefold.validation.similarity import jaro_winkler

AS_OF = "as of"
"""The day that the file is looked at for, or null."""

CLASSES = "classes"
"""The classes that there is a document of."""

SIMILARITY = "similarity"
"""How alike two words are, from 0 to 1; see `casefold.validation.similarity`."""


@frozen
class BadRule:
    """A rule that cannot be asked.

    Attributes:
        rule: Its id, or the name that is defined.
        part: Which expression of it.
        detail: What is wrong with it.
    """

    rule: str
    part: str
    detail: str


@frozen(eq=False)
class ReadyRule:
    """A rule whose expressions are built.

    Attributes:
        paths: The paths that it asks for, in the order in which they are written; first those of the condition.
        needed: Those of them without which it cannot be decided.
    """

    rule: ValidationRule
    holds: Program
    when: Program | None
    paths: tuple[str, ...]
    needed: tuple[str, ...]


@frozen(eq=False)
class ReadyRules:
    """A rule set ready to be asked.

    Attributes:
        types: The type of each field, by class and name.
        defined: The values of the names that all rules may use.
    """

    rules: RuleSet
    ready: tuple[ReadyRule, ...]
    types: Types = field(repr=False)
    defined: Mapping[str, Value] = field(repr=False)
    classes: tuple[str, ...]


def ready_rules(rules: RuleSet, specs: FieldSpecs) -> Result[ReadyRules, BadRule]:
    """Build a rule set over the fields of *specs*; the first rule that cannot be asked ends it."""
    types = types_of(specs)
    classes = tuple(each.id for each in specs.classes)
    common = (AS_OF, CLASSES, SIMILARITY, *classes)
    defined: dict[str, Value] = {SIMILARITY: _SIMILARITY}
    for define in rules.defines:
        program = _built(define.text, (*common, *defined))
        if isinstance(program, Failure):
            return Failure(BadRule(define.name, "text", program.failure()))
        run = begin()
        defined[define.name] = value_of(program.unwrap(), defined, run)
        if run.problems or defined[define.name] is None:
            return Failure(BadRule(define.name, "text", "it has no value without documents"))
    made: list[ReadyRule] = []
    for rule in rules.rules:
        found = _ready(rule, (*common, *defined), {source.id for source in rules.sources})
        if isinstance(found, Failure):
            return found
        made.append(found.unwrap())
    return Success(ReadyRules(rules, tuple(made), types, MappingProxyType(defined), classes))


def types_of(specs: FieldSpecs) -> Types:
    """Give the type of each field and each column."""
    singles = {(each.id, one.name): one.type for each in specs.classes for one in each.fields}
    columns = {
        (each.id, f"{table.name}.{column.name}"): column.type
        for each in specs.classes
        for table in each.tables
        for column in table.columns
    }
    return MappingProxyType(singles | columns)


def _ready(rule: ValidationRule, common: Iterable[str], sources: Collection[str]) -> Result[ReadyRule, BadRule]:
    if rule.source not in sources:
        return Failure(BadRule(rule.id, "source", f"no source is called {rule.source}"))
    bound = [each.name for each in rule.bind]
    if not bound or len(set(bound)) < len(bound):
        return Failure(BadRule(rule.id, "bind", "it binds no name, or one twice"))
    names = (*common, *bound)
    holds = _read(rule.holds, names)
    if isinstance(holds, Failure):
        return Failure(BadRule(rule.id, "holds", holds.failure()))
    when = None if rule.when is None else _read(rule.when, names)
    if isinstance(when, Failure):
        return Failure(BadRule(rule.id, "when", when.failure()))
    condition = None if when is None else when.unwrap()
    trees = [holds.unwrap()] if condition is None else [condition, holds.unwrap()]
    paths = dict.fromkeys(path for tree in trees for path in paths_in(tree, frozenset(bound)))
    scope = scope_of(names)
    return Success(
        ReadyRule(
            rule,
            build(holds.unwrap(), scope),
            None if condition is None else build(condition, scope),
            tuple(paths),
            tuple(path for path in paths if path not in rule.optional),
        )
    )


def _read(text: str, names: Iterable[str]) -> Result[Expression, str]:
    return parse(text, scope_of(names)).alt(lambda fault: f"{fault}")


def _built(text: str, names: Iterable[str]) -> Result[Program, str]:
    scope = scope_of(names)
    return _read(text, names).map(lambda tree: build(tree, scope))


def paths_in(tree: Expression, names: frozenset[str]) -> Iterator[str]:
    """Give the paths of a tree that begin with one of *names*, as they are written.

    >>> from casefold.feel.scope import scope_of
    >>> tree = parse("a.wages > 0 and (some row in a.lines satisfies row.current = b.document.id)", scope_of("ab"))
    >>> tuple(paths_in(tree.unwrap(), frozenset("ab")))
    ('a.wages', 'a.lines', 'b.document.id')
    """
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        path = _path(node)
        if path is not None and path[0] in names:
            yield ".".join(path)
        elif isinstance(node, tuple):
            waiting += reversed(cast("tuple[object, ...]", node))
        elif has(type(node)):
            waiting += reversed(astuple(cast("AttrsInstance", node), recurse=False))


def _path(node: object) -> tuple[str, ...] | None:
    members: list[str] = []
    while isinstance(node, Path):
        members.append(node.member)
        node = node.source
    return (node.name, *reversed(members)) if isinstance(node, Name) and members else None


def _similar(_: Run, given: tuple[Value, ...]) -> Value | Fault:
    one, other = given
    if not isinstance(one, str) or not isinstance(other, str):
        return Fault(Reason.WRONG_TYPE, SIMILARITY)
    alike = jaro_winkler(one, other)
    return divide(Decimal(alike.numerator), Decimal(alike.denominator))


_SIMILARITY = Function(SIMILARITY, (Parameter("one"), Parameter("other")), None, _similar)
