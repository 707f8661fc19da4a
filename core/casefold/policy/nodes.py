"""A parsed tree: what an adapter makes of XML, and what the core reads and writes.

The core never sees markup: no entities, no references, no encodings.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import field, frozen


@frozen
class Node:
    """An element.

    Attributes:
        name: Its local name.
        namespace: Its namespace, or the empty string.
        attributes: Its attributes by local name, or by ``{namespace}name`` where they have a namespace.
        children: The elements in it, in order.
        text: The text in it, as it stands; that between its children is left out.
        prefixes: The namespaces that it declares by prefix; the default one by the empty string.
        line: The line of the file that it begins on, from 1; 0 if there is no file.
    """

    name: str
    namespace: str = ""
    attributes: Mapping[str, str] = field(factory=lambda: MappingProxyType({}))
    children: tuple["Node", ...] = ()
    text: str = ""
    prefixes: Mapping[str, str] = field(factory=lambda: MappingProxyType({}))
    line: int = field(default=0, eq=False)

    def all(self, *names: str) -> Iterator["Node"]:
        """Give the children of those names, in order."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> "Node | None":
        """Give the first child of those names."""
        return next(self.all(*names), None)
