"""Bytes to a tree of texts, built from the parser's events without recursion, or a value that says why not."""

from pathlib import Path
from typing import Protocol, TypeAlias, cast

from attrs import field, frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.sources.trees import Entries, Listing, Scalar, Tree
from casefold_adapters.files.bounded import NotRead, read_bounded

BYTES_MAX = 16 * 2**20
"""The largest file that is read: at a hundred bytes for a rule, 160,000 rules."""

PARTS_MAX = 1_000_000
"""The most texts, lists and mappings in it."""

DEPTH_MAX = 100
"""The deepest nesting, as deep as FEEL values go."""


@frozen
class YamlUnreadable:
    """The file cannot be read; *detail* says why."""

    path: str
    detail: str


@frozen
class YamlEncoded:
    """The bytes are no UTF-8 text; *detail* says where."""

    path: str
    detail: str


@frozen
class YamlTooLarge:
    """The file has more *what* (``bytes``, ``parts`` or ``levels``) than *most*.

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
class YamlRefused:
    """The file uses a part of YAML that is never read: *what* says which."""

    path: str
    line: int
    column: int
    what: str


@frozen
class YamlMalformed:
    """The file is no YAML; *detail* is what the parser says of the place."""

    path: str
    line: int
    column: int
    detail: str


YamlError: TypeAlias = YamlUnreadable | YamlEncoded | YamlTooLarge | YamlRefused | YamlMalformed


def load(path: Path) -> Result[Tree, YamlError]:
    """Read a file."""
    data = read_bounded(path, BYTES_MAX)
    if isinstance(data, Failure):
        why = data.failure()
        if isinstance(why, NotRead):
            return Failure(YamlUnreadable(str(path), why.detail))
        return Failure(YamlTooLarge(str(path), "bytes", BYTES_MAX, why.found, 0))
    return parse(data.unwrap(), str(path))


def parse(data: bytes, path: str = "YAML") -> Result[Tree, YamlError]:
    r"""Read a document; every scalar is the text that stands there.

    >>> parse(b"rate: 5.250\ngood: NO\n").unwrap() == Entries(
    ...     (
    ...         (Scalar("rate"), Scalar("5.250")),
    ...         (Scalar("good"), Scalar("NO")),
    ...     )
    ... )
    True
    """
    if len(data) > BYTES_MAX:
        return Failure(YamlTooLarge(path, "bytes", BYTES_MAX, len(data), 0))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Failure(YamlEncoded(path, f"line {line}: it is not UTF-8 text: {error.reason}"))
    return _tree(text, path)


class _Mark(Protocol):
    """A place in a file, counted from 0."""

    line: int
    column: int


@frozen(eq=False)
class _Open:
    """A list or mapping whose end is still to come; of a mapping, keys and values in turn."""

    mapping: bool
    line: int
    column: int
    items: list[Tree] = field(factory=list[Tree])


def _tree(text: str, path: str) -> Result[Tree, YamlError]:
    try:
        import yaml
    except ModuleNotFoundError:
        return Failure(YamlUnreadable(path, "reading YAML needs PyYAML: pip install 'casefold[yaml]'"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    documents = _Open(mapping=False, line=1, column=1)
    stack = [documents]
    count = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            mark = cast("_Mark | None", event.start_mark)
            line, column = (0, 0) if mark is None else (mark.line + 1, mark.column + 1)
            match event:
                case yaml.AliasEvent():
                    return Failure(YamlRefused(path, line, column, "an alias (*)"))
                case yaml.ScalarEvent() | yaml.CollectionStartEvent():
                    if event.anchor is not None:
                        return Failure(YamlRefused(path, line, column, "an anchor (&)"))
                    if event.tag is not None:
                        return Failure(YamlRefused(path, line, column, "a tag (!)"))
                    count += 1
                    if count > PARTS_MAX:
                        return Failure(YamlTooLarge(path, "parts", PARTS_MAX, count, line))
                    if isinstance(event, yaml.ScalarEvent):
                        _put(stack[-1], Scalar(event.value, line, column))
                        continue
                    if _wants_key(stack[-1]):
                        return Failure(YamlRefused(path, line, column, "a key that is no text"))
                    stack.append(_Open(isinstance(event, yaml.MappingStartEvent), line, column))
                    if len(stack) - 1 > DEPTH_MAX:
                        return Failure(YamlTooLarge(path, "levels", DEPTH_MAX, len(stack) - 1, line))
                case yaml.CollectionEndEvent():
                    _put(stack[-2], _closed(stack.pop()))
                case yaml.DocumentStartEvent() if documents.items:
                    return Failure(YamlRefused(path, line, column, "a second document (---)"))
                case _:
                    pass
    except yaml.MarkedYAMLError as error:
        where = cast("_Mark | None", error.problem_mark or error.context_mark)
        said = " ".join(filter(None, (error.context, error.problem)))
        line, column = (0, 0) if where is None else (where.line + 1, where.column + 1)
        return Failure(YamlMalformed(path, line, column, said))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return Failure(YamlMalformed(path, line, 0, f"{error.reason}: {error.character!r}"))
    if not documents.items:
        return Failure(YamlMalformed(path, 1, 1, "there is nothing in it"))
    return Success(documents.items[0])


def _wants_key(opened: _Open) -> bool:
    return opened.mapping and len(opened.items) % 2 == 0


def _put(opened: _Open, tree: Tree) -> None:
    opened.items.append(tree)


def _closed(opened: _Open) -> Tree:
    if not opened.mapping:
        return Listing(tuple(opened.items), opened.line, opened.column)
    keys = cast("list[Scalar]", opened.items[::2])
    return Entries(tuple(zip(keys, opened.items[1::2], strict=True)), opened.line, opened.column)


def words(error: YamlError) -> str:
    """Say what is wrong, where, and how to mend it."""
    match error:
        case YamlUnreadable(path, detail):
            return f"{path}: {detail}"
        case YamlEncoded(path, detail):
            return f"{path}: {detail}; save it as UTF-8"
        case YamlTooLarge(path, "bytes", most, found, _):
            return f"{path}: it has {found:,} bytes; at most {most:,} are read. Put its tables into CSV files"
        case YamlTooLarge(path, what, most, found, line):
            return f"{path}: line {line}: it has {found:,} {what} and more; at most {most:,} are read"
        case YamlRefused(path, line, column, what):
            return (
                f"{path}: line {line}, column {column}: here is {what}, which is never read; quote it or write it out"
            )
        case YamlMalformed(path, line, column, detail):
            where = f"line {line}, column {column}" if column else f"line {line}"
            return f"{path}: {where}: it is not YAML: {detail}"
