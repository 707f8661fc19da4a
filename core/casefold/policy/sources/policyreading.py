"""A policy from a tree, and from the tables and scorecards that it names."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import evolve, frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.artifact import Policy
from casefold.policy.model import (
    Decision,
    Definition,
    Element,
    FunctionItem,
    FunctionKind,
    InputData,
    ItemDefinition,
    Knowledge,
    Model,
    Reference,
    Service,
    Variable,
)
from casefold.policy.reading import NESTING_MAX
from casefold.policy.sources.boxes import LOGIC, SCORECARD, TABLE, Boxes, parameters
from casefold.policy.sources.cells import Sheet
from casefold.policy.sources.declarations import DECLARED, MONOTONE, OUTCOME, declared
from casefold.policy.sources.faults import SourceFault, SourceInvalid, near_words
from casefold.policy.sources.fields import Fields, called, fields, keys_of
from casefold.policy.sources.requirements import infer
from casefold.policy.sources.trees import Entries, Listing, Scalar, Tree

POLICY_KEYS = (
    "policy", "version", "author", "namespace", "types", "inputs", "functions", "decisions", "services",
    *DECLARED,
)  # fmt: skip
INPUT_KEYS = ("name", "type", "allowed")
FUNCTION_KEYS = ("name", "parameters", "type", "returns", "kind", *LOGIC)
DECISION_KEYS = ("name", "type", *LOGIC)
TYPE_KEYS = ("name", "type", "allowed", "constraint", "components", "collection", "function")
SERVICE_KEYS = ("name", "type", "outputs", "encapsulated", "decisions", "inputs")


@frozen
class TableReference:
    """A file or sheet that a policy names, such as ``rates.csv`` or ``book.xlsx#Rates``, and the line it stands on."""

    name: str
    line: int


def references(tree: Tree) -> tuple[TableReference, ...]:
    """Give the files and sheets that a policy names, each once, for its tables and scorecards."""
    found: dict[str, TableReference] = {}
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case Scalar():
                pass
            case Listing(items):
                waiting += reversed(items)
            case Entries(pairs):
                for key, value in pairs:
                    if key.text in {TABLE, SCORECARD} and isinstance(value, Scalar) and value.text not in {"", *found}:
                        found[value.text] = TableReference(value.text, value.line)
                waiting += (value for _, value in reversed(pairs))
    return tuple(sorted(found.values(), key=lambda each: each.line))


def namespace_of(name: str) -> str:
    """Give the namespace of a policy that says none.

    >>> namespace_of("personal loan")
    'urn:casefold:personal-loan'
    """
    return f"urn:casefold:{'-'.join(name.split())}"


def own_type(name: str) -> str:
    """Name the type of an input whose allowed values stand beside it."""
    return f"t{name}"


def read_policy(tree: Tree, sheets: Mapping[str, Sheet] = MappingProxyType({})) -> Result[Policy, SourceInvalid]:
    """Read a policy; *sheets* are the tables that it names. Everything that is wrong with it is told at once."""
    faults: list[SourceFault] = []
    at = fields(tree, (), POLICY_KEYS, ("policy", "decisions"), faults)
    name = at.text("policy")
    namespace = at.text("namespace") or namespace_of(name)
    boxes = Boxes(sheets)
    inputs = at.each("inputs", "input", INPUT_KEYS, ("name",), _input)
    types = (
        *at.each("types", "type", TYPE_KEYS, ("name",), lambda each: _type(each, 0)),
        *(kind for _, kind in inputs if kind is not None),
    )
    elements: tuple[Element, ...] = (
        *(each for each, _ in inputs),
        *at.each("functions", "function", FUNCTION_KEYS, ("name",), lambda each: _function(each, boxes)),
        *at.each("decisions", "decision", DECISION_KEYS, ("name",), lambda each: _decision(each, boxes)),
    )
    made = {each.id: each for each in elements}
    services = at.each(
        "services", "service", SERVICE_KEYS, ("name", "outputs"), lambda each: _service(each, namespace, made)
    )
    _doubles(at)
    bare = Policy(Model(name, namespace, (), types, ()), (), name, at.text("version"), at.text("author"))
    policy = declared(at, bare)
    _decided(at, policy, [each.id for each in elements if isinstance(each, Decision)])
    if faults:
        return Failure(SourceInvalid(tuple(sorted(dict.fromkeys(faults), key=lambda each: (each.source, each.line)))))
    return Success(evolve(policy, model=infer(evolve(policy.model, elements=(*elements, *services)))))


def _decided(at: Fields, policy: Policy, known: list[str]) -> None:
    """Refuse declarations of decisions that are not there."""
    told = (
        *((OUTCOME, each.decision) for each in (policy.outcomes,) if each is not None),
        *((MONOTONE, each.decision) for each in policy.monotone),
    )
    for key, name in told:
        if known and name not in known:
            at.refuse(f"there is no decision {name!r}; {near_words(name, known)}", at.entries[key], key)


def _doubles(at: Fields) -> None:
    """Refuse names that are given twice."""
    for keys in (("types",), ("inputs", "functions", "decisions", "services")):
        seen: dict[str, int] = {}
        for key, item in [(each, item) for each in keys for item in at.items(each)]:
            name = called(item)
            if name in seen:
                at.refuse(f"line {seen[name]} gives this name already", item, f"{key.removesuffix('s')} {name}")
            elif name:
                seen[name] = item.line
    own = [own_type(called(item)) for item in at.items("inputs") if "allowed" in keys_of(item)]
    for item in at.items("types"):
        if called(item) in own:
            at.refuse("an input with allowed values makes a type of this name", item, f"type {called(item)}")


def _type(at: Fields, depth: int) -> ItemDefinition:
    """Read a type, or a component of one."""
    components: tuple[ItemDefinition, ...] = ()
    if depth < NESTING_MAX:
        components = at.each("components", "component", TYPE_KEYS, ("name",), lambda each: _type(each, depth + 1))
    elif at.has("components"):
        at.refuse(f"types are nested more than {NESTING_MAX} deep", at.entries["components"])
    function = None
    if at.has("function"):
        inner = at.inner(at.entries["function"], ("parameters", "type"), ("parameters",), "function")
        function = FunctionItem(parameters(inner), inner.name("type"))
    told = at.maybe("allowed"), at.maybe("constraint")
    return ItemDefinition(at.name("name") or "", at.name("type"), components, function, at.truth("collection"), *told)


def _input(at: Fields) -> tuple[InputData, ItemDefinition | None]:
    """Read an input, and the type that it has to itself if its allowed values stand beside it."""
    name, kind, allowed = at.name("name") or "", at.name("type"), at.maybe("allowed")
    if allowed is None:
        return InputData(name, Variable(name, kind)), None
    return InputData(name, Variable(name, own_type(name))), ItemDefinition(own_type(name), kind, allowed=allowed)


def _function(at: Fields, boxes: Boxes) -> Knowledge:
    name, kind = at.name("name") or "", at.choice("kind", FunctionKind, FunctionKind.FEEL)
    body = None if kind is not FunctionKind.FEEL and not any(map(at.has, LOGIC)) else boxes.logic(at)
    definition = Definition(parameters(at), body, kind, at.name("returns"))
    return Knowledge(name, Variable(name, at.name("type")), (), definition)


def _decision(at: Fields, boxes: Boxes) -> Decision:
    name = at.name("name") or ""
    return Decision(name, Variable(name, at.name("type")), logic=boxes.logic(at))


def _service(at: Fields, namespace: str, made: Mapping[str, Element]) -> Service:
    """Read a decision service, which goes by names for what it gives and takes."""

    def those(key: str, kind: type[Element]) -> Iterator[Reference]:
        known = [name for name, each in made.items() if isinstance(each, kind)]
        for item, text in zip(at.items(key), at.texts(key), strict=True):
            name = " ".join(text.split())
            if name not in known:
                at.refuse(f"there is no {_CALLED[kind]} {name!r}; {near_words(name, known)}", item, key)
            yield Reference(namespace, name)

    name = at.name("name") or ""
    outputs, encapsulated, decisions = (tuple(those(key, Decision)) for key in SERVICE_KEYS[2:5])
    return Service(
        name, Variable(name, at.name("type")), outputs, encapsulated, decisions, tuple(those("inputs", InputData))
    )


_CALLED: Mapping[type, str] = MappingProxyType({Decision: "decision", InputData: "input"})
