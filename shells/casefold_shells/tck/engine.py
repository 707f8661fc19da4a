"""What the kit asks of an engine, so that another may stand in for ours."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from casefold.feel.program import Outcome
from casefold.feel.values import Value, World
from casefold.kernel.results import Result
from casefold.policy.graph import compile_model, decide, invoke
from casefold.policy.nodes import Node
from casefold.policy.reading import read_model

Answer: TypeAlias = Result[Outcome, Any]
Facts: TypeAlias = Mapping[str, Value]


@frozen
class Engine:
    """An engine as its functions; they are those of `casefold.policy` by name and order of arguments.

    Attributes:
        read_model: Makes a model of a tree: it has a ``namespace``, and ``imports`` with names and namespaces.
        compile_model: Takes the model, and the models beside it, by namespace.
        decide: Takes what was compiled, the name of a decision, facts by name, and the world. What is in another model
            goes by ``{namespace}name``.
        invoke: The same for a decision service or a business knowledge model.
    """

    read_model: Callable[[Node], Result[Any, Any]]
    compile_model: Callable[[Any, Mapping[str, Any]], Any]
    decide: Callable[[Any, str, Facts, World], Answer]
    invoke: Callable[[Any, str, Facts, World], Answer]


OWN = Engine(read_model, compile_model, decide, invoke)
"""The engine of casefold."""
