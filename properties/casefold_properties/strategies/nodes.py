"""Trees as XML could hold them: every namespace has a prefix where it is used."""

from collections.abc import Mapping

from hypothesis import strategies as st

from casefold.policy.nodes import Node

_NAMES = st.sampled_from(("a", "b", "decision", "é", "_x-1.y"))
_PREFIXES = st.dictionaries(st.sampled_from(("", "x", "y")), st.sampled_from(("urn:one", "urn:two", "")), max_size=2)
_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", min_codepoint=32), max_size=6)
_LAID_OUT = st.sampled_from(("", " ", "\n\t", "\r", "1 < 2 & 3 > 2", "]]>", "\"'", "\x85\u2028"))

_TOP: Mapping[str, str] = {"": ""}


def nodes(*, depth: int = 3) -> st.SearchStrategy[Node]:
    """Elements with their attributes, prefixes, text and children."""
    return _nodes(_TOP, depth)


@st.composite
def _nodes(draw: st.DrawFn, outer: Mapping[str, str], depth: int) -> Node:
    declared = {prefix: uri for prefix, uri in draw(_PREFIXES).items() if uri or not prefix}
    scope = {**outer, **declared}
    spaces = sorted({uri for prefix, uri in scope.items() if prefix})
    attributes = draw(
        st.dictionaries(st.tuples(st.sampled_from(("", *spaces)), _NAMES), _TEXTS | _LAID_OUT, max_size=2)
    )
    children = draw(st.lists(_nodes(scope, depth - 1), max_size=3)) if depth else []
    text = draw(_TEXTS | _LAID_OUT)
    return Node(
        draw(_NAMES),
        draw(st.sampled_from((scope[""], *spaces))),
        {f"{{{space}}}{name}" if space else name: value for (space, name), value in attributes.items()},
        tuple(children),
        "" if children and not text.strip(" \t\r\n") else text,
        declared,
    )
