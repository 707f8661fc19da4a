"""Types of a model: item definitions resolved to FEEL types and to the tests that their values must meet."""

from collections.abc import Callable, Mapping, MutableMapping, MutableSequence, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from attrs import Factory, evolve, field, frozen

from casefold.feel.coercion import coerce
from casefold.feel.grammar import INPUT, parse_tests, parse_type
from casefold.feel.program import Program, build_tests
from casefold.feel.scope import Scope
from casefold.feel.tree import UnaryTests
from casefold.feel.types import NAMES, ContextOf, FunctionOf, ListOf, Simple, Type
from casefold.feel.values import Date, Fault, Reason, Run, Value, kind_of
from casefold.kernel.results import Failure
from casefold.policy.index import Ordered, Words, index_of
from casefold.policy.model import ItemDefinition

DEPTH_MAX = 40
"""How deeply item definitions may refer to each other; a definition that refers to itself ends there."""

Check: TypeAlias = Callable[[Run, Value], "Fault | None"]
"""Says what is wrong with a value of a type, beyond its type."""


_EXACT: Mapping[Type, type] = MappingProxyType({
    Simple.NUMBER: Decimal, Simple.STRING: str, Simple.BOOLEAN: bool, Simple.DATE: Date
})  # fmt: skip
"""The types whose values are told by their class alone: nearly all facts, and no conversion."""


_Class: TypeAlias = type


def _exact_of(kind: "Kind") -> _Class | None:
    return _EXACT.get(kind.type)


@frozen(eq=False)
class Kind:
    """A type as a model has it: the FEEL type of its values, and what they must meet besides.

    Attributes:
        allowed: The unary tests among the checks that the value itself must meet.
    """

    type: Type
    checks: tuple[Check, ...] = ()
    allowed: tuple[UnaryTests, ...] = ()
    _exact: "_Class | None" = field(init=False, default=Factory(_exact_of, takes_self=True))

    def fit(self, run: Run, value: Value, what: str) -> Value | Fault:
        """Give a value as one of this type (sections 10.3.2.9.4 and 7.3.3), or say why it is none."""
        if value is None or type(value) is self._exact:
            found = value
        else:
            coerced = coerce(value, self.type, what)
            if isinstance(coerced, Fault):
                return coerced
            found = coerced
        for check in self.checks:
            wrong = check(run, found)
            if wrong is not None:
                return evolve(wrong, what=what)
        return found


ANY = Kind(Simple.ANY)


@frozen(eq=False)
class Types:
    """All types that a model may name.

    Attributes:
        kinds: By name; those of an import by ``import.name``.
        faults: What could not be resolved: the name of the definition, and why.
    """

    kinds: Mapping[str, Kind]
    faults: tuple[tuple[str, str], ...]

    def scope(self, names: Mapping[str, Type]) -> Scope:
        """Give the scope in which texts that know *names* are read."""
        return Scope(names, MappingProxyType({name: kind.type for name, kind in self.kinds.items()}))

    def kind(self, reference: str | None) -> Kind | None:
        """Give the type that a reference names, or nothing if there is none of that name."""
        if reference is None:
            return ANY
        plain = reference.rpartition(":")[2]
        found = self.kinds.get(reference) or self.kinds.get(plain)
        if found is not None:
            return found
        if plain in NAMES:
            return Kind(NAMES[plain])
        read = parse_type(reference, self.scope(MappingProxyType({})))
        return None if isinstance(read, Failure) else Kind(read.unwrap())


def types_of(items: Sequence[ItemDefinition], imported: Mapping[str, Kind]) -> Types:
    """Resolve item definitions, in any order; *imported* are the types of other models."""
    resolving = _Resolving({item.name: item for item in items}, dict(imported), [])
    for item in items:
        if item.name not in resolving.kinds:
            resolving.kinds[item.name] = resolving.kind(item, 0)
    return Types(MappingProxyType(dict(resolving.kinds)), tuple(resolving.faults))


@frozen(eq=False)
class _Resolving:
    items: Mapping[str, ItemDefinition]
    kinds: MutableMapping[str, Kind]
    faults: MutableSequence[tuple[str, str]]

    def kind(self, item: ItemDefinition, depth: int) -> Kind:
        """Resolve a definition or a component."""
        if depth > DEPTH_MAX:
            self.faults.append((item.name, "it refers to itself, or is nested too deeply"))
            return ANY
        if item.components:
            members = tuple((component.name, self.kind(component, depth + 1)) for component in item.components)
            kind = Kind(ContextOf(tuple((name, member.type) for name, member in members)), _member_checks(members))
        elif item.function is not None:
            parameters = tuple(self.named(parameter.type, item, depth).type for parameter in item.function.parameters)
            kind = Kind(FunctionOf(parameters, self.named(item.function.result, item, depth).type))
        else:
            kind = self.named(item.type, item, depth)
        kind = self.constrained(kind, item.allowed, item)
        if item.collection:
            kind = Kind(ListOf(kind.type), (_each(kind.checks),) if kind.checks else ())
        return self.constrained(kind, item.constraint, item)

    def named(self, reference: str | None, item: ItemDefinition, depth: int) -> Kind:
        """Resolve a reference to a type by name."""
        if reference is None:
            return ANY
        plain = reference.rpartition(":")[2]
        for name in (reference, plain):
            if name in self.kinds:
                return self.kinds[name]
            if name in self.items:
                found = self.kind(self.items[name], depth + 1)
                self.kinds[name] = self.kinds.get(name, found)
                return found
        if plain in NAMES:
            return Kind(NAMES[plain])
        read = parse_type(
            reference, Scope(MappingProxyType({}), MappingProxyType({n: k.type for n, k in self.kinds.items()}))
        )
        if isinstance(read, Failure):
            self.faults.append((item.name, f"there is no type {reference!r}"))
            return ANY
        return Kind(read.unwrap())

    def constrained(self, kind: Kind, tests: str | None, item: ItemDefinition) -> Kind:
        """Add unary tests that every value must meet."""
        if tests is None:
            return kind
        scope = Scope(MappingProxyType({INPUT: kind.type}))
        read = parse_tests(tests, scope)
        if isinstance(read, Failure):
            self.faults.append((item.name, f"its allowed values {tests!r} are no unary tests"))
            return kind
        found = read.unwrap()
        check = _allowed(build_tests(found, scope), index_of([[found]], 1).columns[0], tests)
        return Kind(kind.type, (*kind.checks, check), (*kind.allowed, found))


def passes(program: Program, run: Run, value: Value) -> Value:
    """Evaluate a cell's tests that see nothing but the input."""
    slots: list[Value] = [None] * program.size
    for _, slot, _ in program.inputs:
        slots[slot] = value
    return program.step(run, slots)


def _allowed(program: Program, column: Ordered | Words | None, tests: str) -> Check:
    """Check values by tests: by looking them up where that says it, and else by asking."""

    def check(run: Run, value: Value) -> Fault | None:
        met = None if column is None or value is None else column.met(value)
        if value is None or met or (met is None and passes(program, run, value) is True):
            return None
        return Fault(Reason.NOT_ALLOWED, "", kind_of(value), f"one of {tests}")

    return check


def _each(checks: tuple[Check, ...]) -> Check:
    def check(run: Run, value: Value) -> Fault | None:
        items = value if isinstance(value, tuple) else ()
        wrongs = (one(run, item) for item in items for one in checks)
        return next((wrong for wrong in wrongs if wrong is not None), None)

    return check


def _member_checks(members: Sequence[tuple[str, Kind]]) -> tuple[Check, ...]:
    told = [(name, kind.checks) for name, kind in members if kind.checks]

    def check(run: Run, value: Value) -> Fault | None:
        if not isinstance(value, dict):
            return None
        wrongs = (one(run, value.get(name)) for name, checks in told for one in checks)
        return next((wrong for wrong in wrongs if wrong is not None), None)

    return (check,) if told else ()
