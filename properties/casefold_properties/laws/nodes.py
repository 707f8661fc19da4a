"""The law of whoever reads and writes trees."""

from collections.abc import Callable

from casefold.kernel.results import Result, Success
from casefold.policy.nodes import Node


def tree_round_trips(
    node: Node, write: Callable[[Node], Result[bytes, object]], read: Callable[[bytes], Result[Node, object]]
) -> None:
    """A tree that was written is read back the same, and written again the same to the byte."""
    written = write(node)
    assert isinstance(written, Success), written
    again = read(written.unwrap())
    assert again == Success(node)
    assert write(again.unwrap()) == written
