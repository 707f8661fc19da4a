"""Compile decision models and decide by them (DMN 1.5, chapters 6 and 10.4).

A decision is a program over the values of what it requires. What a model cannot use is noted, and null with a problem
where it is met: whoever must not decide by accident asks for `Compiled.faults` first, or takes a problem for a failure.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, MutableSequence, Sequence
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.feel import tree
from casefold.feel.closures.code import refuse
from casefold.feel.program import Outcome, OutOfFuel, Program, begin, finish, value_of
from casefold.feel.types import ContextOf, FunctionOf, Simple, Type
from casefold.feel.values import Fault, Function, Parameter, Problem, Reason, Run, Span, Value, World
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.boxed import Boxing, Unreadable, program_of
from casefold.policy.model import Decision, Element, Import, InputData, Knowledge, Model, Reference, Service
from casefold.policy.scorecards import Card
from casefold.policy.tables import Grid
from casefold.policy.types import ANY, Kind, Types, types_of

WHOLE = Span(0, 0)
"""Where a problem is that no text shows."""


@frozen
class NoSuchElement:
    """A model has no decision, service or knowledge model of that name; *near* are those it has."""

    name: str
    near: tuple[str, ...]


@frozen
class _Need:
    """An element that another one uses, by number, and by what name: *member* of an import, or the name itself."""

    number: int
    name: str
    member: str | None


@frozen(eq=False)
class _Plan:
    """An element ready to be evaluated.

    Attributes:
        needs: What its program may use.
        order: The numbers of all that must be known before it, what others need first, itself last.
        program: Its logic; ``None`` for inputs and services, and where there is none.
        broken: Why it cannot be evaluated, if it cannot.
        place: What people call it; one of another model as its facts are named.
        inputs: The numbers of a service's inputs, in the order of its parameters.
        outputs: The numbers of its outputs.
    """

    element: Element
    place: str
    kind: Kind
    needs: tuple[_Need, ...]
    order: tuple[int, ...]
    program: Program | None
    broken: str | None = None
    inputs: tuple[int, ...] = ()
    outputs: tuple[int, ...] = ()


@frozen(eq=False)
class Compiled:
    """Models ready to decide by.

    Attributes:
        model: The model whose names are asked for.
        plans: The elements of it and of all models that it imports, by number.
        names: The numbers of the elements of the model itself, by name.
        inputs: The numbers of the inputs and decisions that may be given, by the name of the fact.
        decisions: The numbers of the decisions.
        faults: What cannot be used, and where.
        grids: The decision tables of all elements, wherever they stand in them.
        cards: Their scorecards.
        imported: The models that it imports, and those that they do.
    """

    model: Model
    plans: tuple[_Plan, ...]
    names: Mapping[str, int]
    inputs: Mapping[str, int]
    decisions: frozenset[int]
    faults: tuple[Unreadable, ...]
    grids: tuple[Grid, ...]
    cards: tuple[Card, ...]
    imported: tuple[Model, ...] = ()


_Known: TypeAlias = MutableMapping[int, Value]
"""The values of elements, by number."""


def compile_model(model: Model, imported: Mapping[str, Model] = MappingProxyType({})) -> Compiled:
    """Make *model* ready; among *imported*, by namespace, are the models that it and they import."""
    flaws: list[Unreadable] = []
    types: dict[str, Types] = {}
    models = {each.namespace: each for each in _imports_first(model, {**imported, model.namespace: model})}
    for each in models.values():
        flaws += _doubles(each)
        under = {
            f"{link.name}.{name}": kind
            for link in each.imports
            if link.namespace in types
            for name, kind in types[link.namespace].kinds.items()
        }
        types[each.namespace] = types_of(each.items, under)
        flaws += [Unreadable((f"type {name}",), name, said) for name, said in types[each.namespace].faults]
    elements = {Reference(each.namespace, element.id): element for each in models.values() for element in each.elements}
    numbers = {key: number for number, key in enumerate(elements)}
    grids, cards = list[Grid](), list[Card]()
    linking = _Linking(model.namespace, models, types, elements, numbers, flaws, grids, cards)
    orders = linking.orders()
    plans = tuple(linking.plan(key, orders[key]) for key in elements)
    names = {element.variable.name: numbers[Reference(model.namespace, element.id)] for element in model.elements}
    inputs = {
        name: number
        for (key, element), number in zip(elements.items(), numbers.values(), strict=True)
        if isinstance(element, (InputData, Decision))
        for name in (element.variable.name, f"{{{key.namespace}}}{element.variable.name}")
        if key.namespace == model.namespace or name != element.variable.name
    }
    decisions = frozenset(number for number, plan in enumerate(plans) if isinstance(plan.element, Decision))
    known = MappingProxyType(names), MappingProxyType(inputs), decisions
    others = tuple(each for name, each in models.items() if name != model.namespace)
    return Compiled(model, plans, *known, tuple(flaws), tuple(grids), tuple(cards), others)


def _imports_first(model: Model, models: Mapping[str, Model]) -> list[Model]:
    """Give all models, those that others import before them; a model that imports itself comes once."""
    done: list[Model] = []
    waiting, seen = [model], {model.namespace}
    while waiting:
        each = waiting.pop()
        done.append(each)
        for link in each.imports:
            if link.namespace in models and link.namespace not in seen:
                seen.add(link.namespace)
                waiting.append(models[link.namespace])
    return sorted(done, key=lambda each: -_distance(model, each, models))


def _doubles(model: Model) -> Iterator[Unreadable]:
    """Tell elements of one id or one name: of those, a reference or a fact would mean the last."""
    seen: set[tuple[str, str]] = set()
    for element in model.elements:
        for what, value in (("id", element.id), ("name", element.variable.name)):
            if (what, value) in seen:
                yield Unreadable((_called(element),), value, f"another element has this {what}")
            seen.add((what, value))


def _called(element: Element, namespace: str = "") -> str:
    """Name an element for people; one of another *namespace* as its facts are named."""
    name = element.variable.name
    return f"{_CALLED[type(element).__name__]} {f'{{{namespace}}}{name}' if namespace else name}"


def _distance(model: Model, wanted: Model, models: Mapping[str, Model]) -> int:
    """How many imports lie between two models at most, as far as no model comes twice."""
    layer, distance, found = {model.namespace}, 0, 0
    while layer and distance <= len(models):
        if wanted.namespace in layer:
            found = distance
        layer = {link.namespace for name in layer for link in models[name].imports if link.namespace in models}
        distance += 1
    return found


@frozen(eq=False)
class _Linking:
    """Models being linked; *home* is the namespace of the one whose names are asked for."""

    home: str
    models: Mapping[str, Model]
    types: Mapping[str, Types]
    elements: Mapping[Reference, Element]
    numbers: Mapping[Reference, int]
    flaws: MutableSequence[Unreadable]
    grids: MutableSequence[Grid]
    cards: MutableSequence[Card]

    def orders(self) -> dict[Reference, tuple[Reference, ...] | None]:
        """Give, for each element, what must be known before it, in order; nothing for one that needs itself."""
        below = {
            key: [each for each in self.required(element) if each in self.elements]
            for key, element in self.elements.items()
        }
        orders: dict[Reference, tuple[Reference, ...] | None] = {}
        for start, first in below.items():
            path, state = [(start, iter(first))], {start: False}
            order: list[Reference] = []
            cyclic = False
            while path and not cyclic:
                key, rest = path[-1]
                following = next(rest, None)
                if following is None:
                    state[key] = True
                    order.append(key)
                    del path[-1]
                elif following not in state:
                    state[following] = False
                    path.append((following, iter(below[following])))
                else:
                    cyclic = not state[following]
            orders[start] = None if cyclic else tuple(order)
        return orders

    def required(self, element: Element) -> tuple[Reference, ...]:
        """Give what an element needs to be known before it, in an order that is the same however it was written."""
        match element:
            case InputData() | Service():
                return ()
            case Decision():
                return tuple(sorted(element.requires + element.knowledge, key=self._place))
            case Knowledge():
                return tuple(sorted(element.requires, key=self._place))

    def _place(self, key: Reference) -> tuple[bool, str, str]:
        name = self.elements[key].variable.name if key in self.elements else key.id
        return key.namespace != self.home, key.namespace, name

    def plan(self, key: Reference, order: tuple[Reference, ...] | None) -> _Plan:
        """Make an element ready."""
        element, types = self.elements[key], self.types[key.namespace]
        called = _called(element, "" if key.namespace == self.home else key.namespace)
        place = (called,)
        missing = [each for each in self.required(element) if each not in self.elements]
        broken = None
        if order is None:
            broken = "it requires itself"
        elif missing:
            broken = f"it requires {missing[0].id!r}, which is not there"
        kind = types.kind(element.variable.type)
        if kind is None:
            broken = broken or f"there is no type {element.variable.type!r}"
        if broken is not None:
            self.flaws.append(Unreadable(place, "", broken))
            return _Plan(element, called, kind or ANY, (), (self.numbers[key],), None, broken)
        required = self.required(element)
        needs = tuple(self._need(key.namespace, each) for each in required)
        kinds = tuple(map(self._type, required))
        boxing = Boxing(types, types.scope(_names(needs, kinds)), place, self.flaws, self.grids, self.cards)
        inputs, outputs = self._ends(element)
        steps = tuple(self.numbers[each] for each in order or ())
        program = self._program(element, boxing)
        return _Plan(element, called, kind or ANY, needs, steps, program, None, inputs, outputs)

    def _ends(self, element: Element) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Give the inputs and outputs of a service."""
        if not isinstance(element, Service):
            return (), ()
        given, found = (*element.input_data, *element.input_decisions), element.outputs
        return self._numbers(given), self._numbers(found)

    def _numbers(self, keys: Iterable[Reference]) -> tuple[int, ...]:
        return tuple(self.numbers[key] for key in keys if key in self.numbers)

    def _program(self, element: Element, boxing: Boxing) -> Program | None:
        match element:
            case Decision(logic=logic) if logic is not None:
                return program_of(boxing, boxing.tree(logic))
            case Knowledge(logic=logic) if logic is not None:
                name = element.variable.name
                inner = boxing.within("logic", {name: Simple.FUNCTION})
                function = inner.function(logic)
                return program_of(inner, tree.Path(tree.ContextLiteral(((name, function),)), name))
            case _:
                return None

    def _need(self, home: str, key: Reference) -> _Need:
        name = self.elements[key].variable.name
        if key.namespace == home:
            return _Need(self.numbers[key], name, None)
        links: Iterable[Import] = self.models[home].imports
        alias = next((link.name for link in links if link.namespace == key.namespace), "")
        return _Need(self.numbers[key], alias or name, name if alias else None)

    def _type(self, key: Reference) -> Type:
        element = self.elements[key]
        if isinstance(element, (Knowledge, Service)):
            return Simple.FUNCTION
        return (self.types[key.namespace].kind(element.variable.type) or ANY).type


def _names(needs: Sequence[_Need], kinds: Sequence[Type]) -> dict[str, Type]:
    """Give the names that needs bring into scope; those of one import are members of one context."""
    names: dict[str, Type] = {}
    for need, kind in zip(needs, kinds, strict=True):
        if need.member is None:
            names[need.name] = kind
            continue
        there = names.get(need.name)
        members = there.members if isinstance(there, ContextOf) else ()
        names[need.name] = ContextOf((*members, (need.member, kind)))
    return names


_CALLED = MappingProxyType({
    "InputData": "input", "Decision": "decision", "Knowledge": "knowledge model", "Service": "decision service",
})  # fmt: skip


def decide(
    compiled: Compiled, decision: str, facts: Mapping[str, Value], world: World = World()
) -> Result[Outcome, NoSuchElement | OutOfFuel]:
    """Decide by name; what is in an imported model goes by ``{namespace}name``.

    *facts* are inputs by name. An input that is not there is null. A decision that is given is taken as it is given.
    """
    number = compiled.names.get(decision, compiled.inputs.get(decision))
    if number is None or not isinstance(compiled.plans[number].element, Decision):
        return Failure(_nothing(compiled, decision, Decision))
    run = begin(world)
    known = {compiled.inputs[name]: value for name, value in facts.items() if name in compiled.inputs}
    return _finished(run, _evaluated(compiled, number, run, known))


@frozen(eq=False)
class Made:
    """Decisions as they were made.

    Attributes:
        values: The values of the decisions that were asked for, and of all that they required, by name.
        seen: The tables and scorecards that were decided by, in that order (`Run.seen`).
        problems: What went wrong on the way.
    """

    values: Mapping[str, Value]
    seen: tuple[object, ...]
    problems: tuple[Problem, ...]


def decide_all(
    compiled: Compiled, decisions: Iterable[str], facts: Mapping[str, Value], world: World = World()
) -> Result[Made, NoSuchElement | OutOfFuel]:
    """Decide several decisions in one evaluation, each required one once, and say by what; else as `decide`."""
    run = begin(world, seeing=True)
    known: _Known = {compiled.inputs[name]: value for name, value in facts.items() if name in compiled.inputs}
    given, done = frozenset(known), set[int]()
    for decision in decisions:
        number = compiled.names.get(decision, compiled.inputs.get(decision))
        if number is None or not isinstance(compiled.plans[number].element, Decision):
            return Failure(_nothing(compiled, decision, Decision))
        for each in _order(compiled, number, given):
            if each not in done:
                done.add(each)
                known[each] = _value(compiled, each, run, known, given=each in given)
    made = {
        name: known[number]
        for name, number in compiled.names.items()
        if number in compiled.decisions and number in known
    }
    whole: Value = dict(made)
    ended = finish(run, whole)
    if isinstance(ended, Failure):
        return Failure(ended.failure())
    return Success(Made(made, tuple(run.seen or ()), ended.unwrap().problems))


def invoke(
    compiled: Compiled, name: str, facts: Mapping[str, Value], world: World = World()
) -> Result[Outcome, NoSuchElement | OutOfFuel]:
    """Call a decision service or a knowledge model with arguments by name."""
    number = compiled.names.get(name)
    if number is None or not isinstance(compiled.plans[number].element, (Service, Knowledge)):
        return Failure(_nothing(compiled, name, Service))
    run = begin(world)
    function = _evaluated(compiled, number, run, {})
    if not isinstance(function, Function):
        return _finished(run, None)
    given = tuple(facts.get(parameter.name) for parameter in function.parameters)
    found = function.call(run, given)
    if isinstance(found, Fault):
        refuse(run, WHOLE, found)
        found = None
    return _finished(run, found)


def _finished(run: Run, value: Value) -> Result[Outcome, NoSuchElement | OutOfFuel]:
    done = finish(run, value)
    return Failure(done.failure()) if isinstance(done, Failure) else Success(done.unwrap())


def _nothing(compiled: Compiled, name: str, kind: type[Element]) -> NoSuchElement:
    there = (each for each, number in compiled.names.items() if isinstance(compiled.plans[number].element, kind))
    return NoSuchElement(name, tuple(sorted(there)))


def _evaluated(compiled: Compiled, number: int, run: Run, known: _Known) -> Value:
    """Give the value of an element, having worked out all that it needs and is not known."""
    given = frozenset(known)
    for each in _order(compiled, number, given):
        known[each] = _value(compiled, each, run, known, given=each in given)
    return known[number]


def _order(compiled: Compiled, number: int, given: frozenset[int]) -> tuple[int, ...]:
    """Give what must be worked out, in order: nothing of what only given decisions need."""
    if given.isdisjoint(compiled.decisions):
        return compiled.plans[number].order
    needed: set[int] = set()
    waiting = [number]
    while waiting:
        each = waiting.pop()
        if each not in needed:
            needed.add(each)
            if each not in given:
                waiting += [need.number for need in compiled.plans[each].needs]
    return tuple(each for each in compiled.plans[number].order if each in needed)


def _value(compiled: Compiled, number: int, run: Run, known: _Known, *, given: bool) -> Value:
    plan = compiled.plans[number]
    if plan.broken is not None:
        refuse(run, WHOLE, Fault(Reason.NO_VALUE, plan.element.variable.name, plan.broken))
        return None
    if given:
        return _fitted(plan, run, known[number])
    match plan.element:
        case InputData():
            return None
        case Service():
            return _service(compiled, plan, plan.element)
        case Decision() | Knowledge():
            if plan.program is None:
                refuse(run, WHOLE, Fault(Reason.NO_VALUE, plan.element.variable.name, "no logic"))
                return None
            before = len(run.problems)
            value = value_of(plan.program, _facts(plan, known), run)
            if isinstance(plan.element, Knowledge):
                return _declared(plan, value)
            fitted = _fitted(plan, run, value)
            run.put(plan.place, before)
            return fitted


def _facts(plan: _Plan, known: _Known) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    for need in plan.needs:
        if need.member is None:
            facts[need.name] = known[need.number]
        else:
            there = facts.get(need.name)
            facts[need.name] = {**(there if isinstance(there, dict) else {}), need.member: known[need.number]}
    return facts


def _fitted(plan: _Plan, run: Run, value: Value) -> Value:
    """Take a value as one of an element's type."""
    found = plan.kind.fit(run, value, plan.element.variable.name)
    if isinstance(found, Fault):
        refuse(run, WHOLE, found)
        return None
    return found


def _declared(plan: _Plan, value: Value) -> Value:
    """Take what a function returns as what its knowledge model declares."""
    if not isinstance(value, Function) or plan.element.variable.type is None:
        return value
    kind = Kind(plan.kind.type.result) if isinstance(plan.kind.type, FunctionOf) else plan.kind
    inner, name = value, value.name

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        found = inner.call(run, given)
        return found if isinstance(found, Fault) else kind.fit(run, found, name)

    return Function(name, value.parameters, kind.type, work)


def _service(compiled: Compiled, plan: _Plan, service: Service) -> Function:
    """Make a decision service a function: its inputs by position, its outputs as a value or a context."""
    inputs = [(number, compiled.plans[number]) for number in plan.inputs]
    parameters = tuple(Parameter(each.element.variable.name, each.kind.type) for _, each in inputs)

    def work(run: Run, given: tuple[Value, ...]) -> Value | Fault:
        if len(given) != len(inputs):
            wanted = ", ".join(parameter.name for parameter in parameters)
            return Fault(Reason.WRONG_ARGUMENTS, service.variable.name, f"{len(given)} arguments", wanted)
        known: dict[int, Value] = {}
        for (number, each), value in zip(inputs, given, strict=True):
            fitted = each.kind.fit(run, value, each.element.variable.name)
            if isinstance(fitted, Fault):
                return fitted
            known[number] = fitted
        found = {
            compiled.plans[number].element.variable.name: _evaluated(compiled, number, run, dict(known))
            for number in plan.outputs
        }
        answer: Value = next(iter(found.values()), None) if len(service.outputs) == 1 else found
        kind = Kind(plan.kind.type.result, ()) if isinstance(plan.kind.type, FunctionOf) else plan.kind
        return kind.fit(run, answer, service.variable.name)

    result = None if service.variable.type is None else plan.kind.type
    return Function(service.variable.name, parameters, result, work)
