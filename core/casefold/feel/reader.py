"""A FEEL text under reading: the place in it, the names in scope, and what was found wrong."""

from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence

from attrs import frozen

from casefold.feel.scope import NameEntries, NameIndex, Scope
from casefold.feel.tokens import Flaw, Kind, NotFeel, Token
from casefold.feel.tree import Expression
from casefold.feel.types import Type
from casefold.feel.values import Span

NESTING_MAX = 48
"""How deeply expressions may be nested in each other. A level takes some nine calls of the reader, and Python allows
a thousand; nobody can read ten levels."""

READINGS_MAX = 16
"""How often each token of a text is looked at, on average: three times are usual."""

HEIGHT_MAX = 200
"""The height of a tree: a chain of operators, such as a sum of 150 terms, makes a high tree without nesting."""

KEYWORDS = frozenset({
    "and", "between", "else", "every", "external", "false", "for", "function", "if", "in", "instance", "null", "of",
    "or", "return", "satisfies", "some", "then", "true",
})  # fmt: skip
"""Words that are no names by themselves; they may be parts of names."""


@frozen
class Part:
    """What was read: its tree, as much of its type as the text tells, and its height."""

    tree: Expression
    type: Type
    height: int


@frozen
class Layer:
    """Names that are in scope here; if *open*, any name may turn out to be a member of the item at hand."""

    types: Mapping[str, Type]
    index: NameIndex
    open: bool = False


@frozen(eq=False)
class Reader:
    """A text being read.

    Attributes:
        place: The number of the token at hand, how deeply nested it is, and how many times a token was looked at.
        layers: The names in scope, the innermost last.
        members: The keys of the contexts read so far.
        flaws: What is wrong; the first one counts.
    """

    text: str
    tokens: Sequence[Token]
    scope: Scope
    place: MutableSequence[int]
    layers: MutableSequence[Layer]
    members: MutableMapping[str, NameEntries]
    flaws: MutableSequence[NotFeel]

    @property
    def token(self) -> Token:
        """The token at hand."""
        return self.tokens[self.place[0]]

    def ahead(self, count: int) -> Token:
        """The token so many further on, or the last."""
        return self.tokens[min(self.place[0] + count, len(self.tokens) - 1)]

    def skip(self, count: int = 1) -> None:
        """Go on by so many tokens."""
        self.place[0] += count

    def at(self, *texts: str) -> bool:
        """Whether the token at hand is one of these marks or words."""
        token = self.token
        return token.text in texts and token.kind in {Kind.MARK, Kind.NAME}

    def take(self, text: str) -> bool:
        """Go past a mark or word, if it is at hand."""
        if self.at(text):
            self.skip()
            return True
        return False

    def expect(self, text: str) -> bool:
        """Go past a mark or word, or note that it is missing."""
        if self.take(text):
            return True
        self.refuse(Flaw.UNEXPECTED, wanted=text)
        return False

    def refuse(self, flaw: Flaw, given: str | None = None, wanted: str = "", span: Span | None = None) -> None:
        """Note a flaw; the first one counts."""
        token = self.token
        where = Span(token.start, token.end) if span is None else span
        said = self.text[where.start : where.end] if given is None else given
        self.flaws.append(NotFeel(flaw, self.text, where, said, wanted))

    def since(self, start: int) -> Span:
        """The place from *start* to the end of the last token read."""
        return Span(start, self.tokens[self.place[0] - 1].end if self.place[0] else start)
