"""A tree to YAML: a rule on one line, and quotes around what other readers would take for something else than text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, cast

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.sources.trees import Entries, Listing, Scalar, Tree

if TYPE_CHECKING:
    import yaml

WIDTH = 120
"""Columns of a line, as far as texts allow."""

FLOW_MAX = 100
"""The most letters in a mapping that is written on one line."""

_UNMISTAKEN = re.compile(r"true|false|0|-?[1-9][0-9]{0,14}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""What others take for a number, a truth or a day, and write again as it stands."""

_ODD = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that are only told apart when they are written in a double quoted text."""

_HALF = re.compile("[\ud800-\udfff]")

_TEXT = "tag:yaml.org,2002:str"


class _Resolver(Protocol):
    """Says what others take a plain scalar for."""

    def resolve(self, kind: object, value: str, implicit: tuple[bool, bool]) -> str: ...


@frozen
class YamlUnwritable:
    """YAML cannot be written; *detail* says why."""

    detail: str


def write(tree: Tree) -> Result[bytes, YamlUnwritable]:
    r"""Write a document; `casefold_adapters.yaml.parse` reads back the same tree.

    >>> write(Entries(((Scalar("rule"), Listing((Scalar(">= 640"), Scalar("5.250")))),)))
    <Success: b"rule: ['>= 640', '5.250']\n">
    """
    try:
        import yaml
    except ModuleNotFoundError:
        return Failure(YamlUnwritable("writing YAML needs PyYAML: pip install 'casefold[yaml]'"))
    resolver = cast("_Resolver", yaml.resolver.Resolver())

    def style(text: str, *, key: bool) -> str | None:
        if _ODD.search(text):
            return '"'
        if "\n" in text and not key:
            return "|"
        if key or _UNMISTAKEN.fullmatch(text):
            return None
        return None if resolver.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT else "'"

    halves: list[str] = []

    def scalar(each: Scalar, *, key: bool = False) -> "yaml.ScalarEvent":
        halves.extend([each.text] if _HALF.search(each.text) else [])
        return yaml.ScalarEvent(None, None, (True, True), each.text, style=style(each.text, key=key))

    def events() -> "Iterator[yaml.Event]":
        yield yaml.StreamStartEvent()
        yield yaml.DocumentStartEvent(explicit=False)
        waiting: list[Tree | yaml.Event] = [tree]
        while waiting:
            match waiting.pop():
                case Scalar() as each:
                    yield scalar(each)
                case Listing(items) as each:
                    yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=_one_line(each))
                    waiting.append(yaml.SequenceEndEvent())
                    waiting += reversed(items)
                case Entries(pairs) as each:
                    yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=_one_line(each))
                    waiting.append(yaml.MappingEndEvent())
                    for key, value in reversed(pairs):
                        waiting += (value, scalar(key, key=True))
                case event:
                    yield event
        yield yaml.DocumentEndEvent(explicit=False)
        yield yaml.StreamEndEvent()

    said = cast("str", yaml.emit(events(), Dumper=yaml.SafeDumper, width=WIDTH, allow_unicode=True))
    return Failure(YamlUnwritable(f"{halves[0]!r} holds half a character")) if halves else Success(said.encode("utf-8"))


def _one_line(tree: Listing | Entries) -> bool:
    """Whether something is written on one line: rules and bins always, mappings of texts if they are short."""
    if isinstance(tree, Listing):
        return all(isinstance(item, Scalar) and "\n" not in item.text for item in tree.items)
    texts = [(key, value) for key, value in tree.pairs if isinstance(value, Scalar) and "\n" not in value.text]
    return len(texts) == len(tree.pairs) and sum(len(k.text) + len(v.text) + 4 for k, v in texts) <= FLOW_MAX
