"""Bytes to a tree of nodes, built without recursion, or a value that says why not."""

import re
from collections.abc import Iterable, Mapping, Sequence, Sized
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeAlias, cast

from attrs import field, frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.nodes import Node
from casefold_adapters.files.bounded import NotRead, read_bounded

BYTES_MAX = 32 * 2**20
"""The largest document that is read: at a kilobyte for a rule, a table of 30,000 rules."""

ELEMENTS_MAX = 1_000_000
"""The most elements: each costs about half a kilobyte of memory."""

ATTRIBUTES_MAX = 1_000
"""The most attributes of an element: lxml takes quadratic time to list them."""

DEPTH_MAX = 100
"""The deepest nesting of elements, as deep as FEEL values go."""

LAYOUT = " \t\r\n"
"""What XML calls white space."""

_CHUNK = 2**16
"""Bytes parsed between two looks at the bounds."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ENCODINGS = MappingProxyType({
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "ascii": "ascii",
    "iso-8859-1": "latin-1", "iso-8859-15": "iso-8859-15", "windows-1252": "cp1252",
})  # fmt: skip
_DECLARED = re.compile(rb"""<\?xml[ \t\r\n][^>]{0,200}?encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z0-9._-]{1,40})["']""")
_LAYOUT_RUN = re.compile(f"[{LAYOUT}]*")


@frozen
class XmlUnreadable:
    """The file cannot be read; *detail* says why."""

    path: str
    detail: str


@frozen
class XmlEncoded:
    """The bytes are not text in an encoding that is taken; *detail* says which and where."""

    path: str
    detail: str


@frozen
class XmlTooLarge:
    """The document has more *what* (``bytes``, ``elements``, ``attributes`` or ``levels``) than *most*.

    Attributes:
        found: How many it has, as far as it was read.
        line: Where the bound was passed; 0 for bytes.
    """

    path: str
    what: str
    most: int
    found: int
    line: int


@frozen
class XmlHasDoctype:
    """The document declares a document type, which could name entities and other files."""

    path: str
    line: int


@frozen
class XmlMalformed:
    """The document is not XML; *detail* is what the parser says of the place."""

    path: str
    line: int
    column: int
    detail: str


@frozen
class XmlOtherRoot:
    """The document is XML, but its root element is not the one that was asked for."""

    path: str
    found: str
    wanted: str


XmlError: TypeAlias = XmlUnreadable | XmlEncoded | XmlTooLarge | XmlHasDoctype | XmlMalformed | XmlOtherRoot


def load(path: Path, root: str | None = None) -> Result[Node, XmlError]:
    """Read a file; *root* is the local name that its root element must have."""
    data = read_bounded(path, BYTES_MAX)
    if isinstance(data, Failure):
        why = data.failure()
        if isinstance(why, NotRead):
            return Failure(XmlUnreadable(str(path), why.detail))
        return Failure(XmlTooLarge(str(path), "bytes", BYTES_MAX, why.found, 0))
    return parse(data.unwrap(), str(path), root)


def parse(data: bytes, path: str = "<bytes>", root: str | None = None) -> Result[Node, XmlError]:
    """Read a document; *path* is what errors call it.

    Comments and processing instructions are dropped. White space beside child elements is layout, and dropped as well.

    >>> parse(b"<a><b>1</b></a>").unwrap().children[0].text
    '1'
    >>> parse(b"<!DOCTYPE a><a/>")
    <Failure: XmlHasDoctype(path='<bytes>', line=1)>
    """
    if len(data) > BYTES_MAX:
        return Failure(XmlTooLarge(path, "bytes", BYTES_MAX, len(data), 0))
    decoded = _decoded(data, path)
    if isinstance(decoded, Failure):
        return decoded
    text = decoded.unwrap()
    line = _doctype_line(text)
    if line is not None:
        return Failure(XmlHasDoctype(path, line))
    read = _tree(text.encode("utf-8"), path)
    if isinstance(read, Success) and root is not None and read.unwrap().name != root:
        return Failure(XmlOtherRoot(path, read.unwrap().name, root))
    return read


def _decoded(data: bytes, path: str) -> Result[str, XmlError]:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        declared = _DECLARED.match(data)
        named = declared[1].decode("ascii") if declared else "utf-8"
        encoding = _ENCODINGS.get(named.lower())
        if encoding is None:
            taken = ", ".join(sorted(_ENCODINGS))
            return Failure(XmlEncoded(path, f"it says that it is {named}; what is taken is {taken}"))
    try:
        return Success(data.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Failure(
            XmlEncoded(path, f"it is not {encoding} text: {error.reason} at byte {error.start}, line {line}")
        )


def _doctype_line(text: str) -> int | None:
    """Find a document type where XML allows one: after a declaration, comments and instructions."""
    at = 0
    while True:
        at = _end_of_layout(text, at)
        if text.startswith("<?", at):
            closing = "?>"
        elif text.startswith("<!--", at):
            closing = "-->"
        else:
            return text.count("\n", 0, at) + 1 if text.startswith("<!DOCTYPE", at) else None
        end = text.find(closing, at + 2)
        if end < 0:
            return None
        at = end + len(closing)


def _end_of_layout(text: str, at: int) -> int:
    found = _LAYOUT_RUN.match(text, at)
    return at if found is None else found.end()


class _Element(Protocol):
    """What is asked of an element of lxml."""

    tag: str
    text: str | None
    sourceline: int | None
    attrib: Sized

    def items(self) -> Iterable[tuple[str, str]]: ...
    def clear(self) -> None: ...


class _Entry(Protocol):
    """What is asked of an entry of lxml's log."""

    line: int
    column: int
    message: str


@frozen(eq=False)
class _Open:
    """An element whose end is still to come."""

    prefixes: Mapping[str, str]
    children: list[Node] = field(factory=list[Node])


def _tree(data: bytes, path: str) -> Result[Node, XmlError]:
    try:
        from lxml import etree
    except ModuleNotFoundError:
        return Failure(XmlUnreadable(path, "reading XML needs lxml: pip install 'casefold[dmn]'"))
    parser = etree.XMLPullParser(
        events=("start", "end", "start-ns"), encoding="utf-8",
        resolve_entities=False, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    stack = [_Open({})]
    declared: dict[str, str] = {}
    count = 0
    for start in range(0, len(data) + 1, _CHUNK):
        last = start + _CHUNK > len(data)
        fault: SyntaxError | None = None
        try:
            parser.feed(data[start : start + _CHUNK])
            if last:
                parser.close()
        except etree.XMLSyntaxError as error:
            fault = error  # what came before it may already pass a bound, which is then the better thing to say
        for event, item in cast("Iterable[tuple[str, object]]", parser.read_events()):
            if event == "start-ns":
                prefix, namespace = cast("tuple[str, str]", item)
                declared[prefix] = namespace
                continue
            element = cast("_Element", item)
            if event == "end":
                opened = stack.pop()
                stack[-1].children.append(_node(element, opened))
                element.clear()
                continue
            count += 1
            stack.append(_Open(MappingProxyType(declared)))
            declared = {}
            line = element.sourceline or 0
            if len(stack) - 1 > DEPTH_MAX:
                return Failure(XmlTooLarge(path, "levels", DEPTH_MAX, len(stack) - 1, line))
            if len(element.attrib) > ATTRIBUTES_MAX:
                return Failure(XmlTooLarge(path, "attributes", ATTRIBUTES_MAX, len(element.attrib), line))
            if count > ELEMENTS_MAX:
                return Failure(XmlTooLarge(path, "elements", ELEMENTS_MAX, count, line))
        if fault is not None:
            return Failure(_malformed(path, fault, cast("Sequence[_Entry]", parser.feed_error_log)))
    return Success(stack[0].children[0])


def _malformed(path: str, fault: SyntaxError, log: Sequence[_Entry]) -> XmlMalformed:
    """Say where the document breaks; what breaks it without stopping the parser is in the log alone."""
    line, column = fault.lineno or 0, (fault.offset or 0) + 1
    said = fault.msg
    if not line and len(log):
        line, column, said = log[0].line, log[0].column, log[0].message
    return XmlMalformed(path, max(1, line), column, " ".join(said.rpartition(", line ")[0].split() or said.split()))


def _node(element: _Element, opened: _Open) -> Node:
    namespace, name = _split(element.tag)
    text = element.text or ""
    if opened.children and not text.strip(LAYOUT):
        text = ""
    return Node(
        name, namespace, MappingProxyType(dict(element.items())), tuple(opened.children), text, opened.prefixes,
        element.sourceline or 0,
    )  # fmt: skip


def _split(tag: str) -> tuple[str, str]:
    namespace, brace, name = tag.removeprefix("{").partition("}")
    return (namespace, name) if brace else ("", tag)


def words(error: XmlError) -> str:
    """Say what is wrong, where, and how to mend it."""
    match error:
        case XmlUnreadable(path, detail):
            return f"{path}: {detail}"
        case XmlEncoded(path, detail):
            return f"{path}: {detail}; save it as UTF-8"
        case XmlTooLarge(path, "bytes", most, found, _):
            return f"{path}: it has {found:,} bytes; at most {most:,} are read. Split the model into imports"
        case XmlTooLarge(path, what, most, found, line):
            return f"{path}: line {line}: it has {found:,} {what} and more; at most {most:,} are read"
        case XmlHasDoctype(path, line):
            return f"{path}: line {line}: it has a DOCTYPE, which is never read; delete it and the entities it declares"
        case XmlMalformed(path, line, column, detail):
            return f"{path}: line {line}, column {column}: it is not XML: {detail}"
        case XmlOtherRoot(path, found, wanted):
            return f"{path}: its root is <{found}>, not <{wanted}>; name another file"
