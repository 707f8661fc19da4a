"""A tree of nodes to bytes: UTF-8, the prefixes as they are declared, indented where no text is in the way."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.nodes import Node
from casefold_adapters.xml.reading import LAYOUT

XML = "http://www.w3.org/XML/1998/namespace"
XMLNS = "http://www.w3.org/2000/xmlns/"

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*")
_UNTELLABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


@frozen
class XmlUnwritable:
    """XML has no way to say what a node holds; *detail* says what in which *element*."""

    element: str
    detail: str


_Scope: TypeAlias = Mapping[str, str]


def write(root: Node) -> Result[bytes, XmlUnwritable]:
    r"""Write a document; `casefold_adapters.xml.parse` reads back the same node.

    >>> write(Node("a", text="1 < 2"))
    <Success: b'<?xml version="1.0" encoding="UTF-8"?>\n<a>1 &lt; 2</a>\n'>
    """
    pieces = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    left: list[tuple[Node, _Scope, str | None] | str] = ["\n", (root, {"": "", "xml": XML}, "\n")]
    while left:
        step = left.pop()
        if isinstance(step, str):
            pieces.append(step)
            continue
        node, outer, line_end = step
        scope = {**outer, **node.prefixes} if node.prefixes else outer
        fault = next(_faults(node), None)
        name = _element(node, scope)
        attributes = [(_attribute(key, scope), value) for key, value in node.attributes.items()]
        if name is None or any(key is None for key, _ in attributes):
            fault = "a namespace for which no prefix stands there"
        if fault is not None:
            return Failure(XmlUnwritable(node.name, fault))
        declared = (("xmlns:" + prefix if prefix else "xmlns", uri) for prefix, uri in node.prefixes.items())
        told = "".join(f' {key}="{value.translate(_IN_ATTRIBUTE)}"' for key, value in (*declared, *attributes))
        if not node.text and not node.children:
            pieces.append(f"<{name}{told}/>")
            continue
        pieces.append(f"<{name}{told}>")
        left.append(f"</{name}>")
        if not node.children or node.text.strip(LAYOUT):
            pieces.append(node.text.translate(_IN_TEXT))
            line_end = None  # white space beside text would become part of it
        if node.children and line_end is not None:
            left.append(line_end)
        for child in reversed(node.children):
            inner = None if line_end is None else line_end + "  "
            left.append((child, scope, inner))
            if inner is not None:
                left.append(inner)
    return Success("".join(pieces).encode("utf-8"))


def _faults(node: Node) -> Iterator[str]:
    names = [node.name, *(_split(key)[1] for key in node.attributes), *filter(None, node.prefixes)]
    yield from (f"a name that is none: {name!r}" for name in names if _NAME.fullmatch(name) is None)
    texts = (node.text, *node.attributes.values(), *node.prefixes.values())
    yield from (
        f"a character that XML does not have: {found[0]!r}" for found in map(_UNTELLABLE.search, texts) if found
    )
    for prefix, uri in node.prefixes.items():
        if prefix == "xmlns" or uri == XMLNS or (prefix == "xml") != (uri == XML) or (prefix and not uri):
            yield f"a prefix that may not stand for that: {prefix!r} for {uri!r}"


def _split(key: str) -> tuple[str, str]:
    namespace, brace, name = key.removeprefix("{").partition("}")
    return (namespace, name) if brace else ("", key)


def _element(node: Node, scope: _Scope) -> str | None:
    """Give an element's name as it is written; without a prefix if the default is its namespace."""
    return node.name if scope[""] == node.namespace else _prefixed(node.name, node.namespace, scope)


def _attribute(key: str, scope: _Scope) -> str | None:
    """Give an attribute's name as it is written; the default namespace is none of theirs."""
    namespace, name = _split(key)
    return _prefixed(name, namespace, scope) if namespace else name


def _prefixed(name: str, namespace: str, scope: _Scope) -> str | None:
    prefix = next((prefix for prefix in sorted(scope) if prefix and scope[prefix] == namespace), None)
    return None if prefix is None else f"{prefix}:{name}"
