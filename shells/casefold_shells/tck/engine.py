"""What the kit asks of an engine, so that another may stand in for ours."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol, TypeAlias, cast

from attrs import frozen

from casefold.feel.program import Outcome
from casefold.feel.values import Value, World
from casefold.kernel.results import Result
from casefold.policy.nodes import Node

Answer: TypeAlias = Result[Outcome, Any]
Facts: TypeAlias = Mapping[str, Value]


@frozen
class Engine:
    """An engine as its functions; they are those of `casefold.policy` by name and order of arguments.

    Attributes:
        read_model: Makes a model of a tree: it has a ``namespace``, and ``imports`` with names and namespaces.
        compile_model: Takes the model, and the models that it imports, by namespace.
        decide: Takes what was compiled, the name of a decision, facts by name, and the world.
        invoke: The same for a decision service or a business knowledge model.
    """

    read_model: Callable[[Node], Result[Any, Any]]
    compile_model: Callable[[Any, Mapping[str, Any]], Any]
    decide: Callable[[Any, str, Facts, World], Answer]
    invoke: Callable[[Any, str, Facts, World], Answer]


class _Reading(Protocol):
    def read_model(self, root: Node) -> Result[Any, Any]: ...


class _Graph(Protocol):
    def compile_model(self, model: Any, imported: Mapping[str, Any]) -> Any: ...
    def decide(self, compiled: Any, decision: str, facts: Facts, world: World) -> Answer: ...
    def invoke(self, compiled: Any, name: str, facts: Facts, world: World) -> Answer: ...


def own_engine() -> Engine:
    """Give the engine of casefold."""
    reading = cast("_Reading", import_module("casefold.policy.reading"))
    graph = cast("_Graph", import_module("casefold.policy.graph"))
    return Engine(reading.read_model, graph.compile_model, graph.decide, graph.invoke)
