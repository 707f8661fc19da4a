"""Cut FEEL text into tokens: names, numbers, strings and marks (DMN 1.5, section 10.3.1.2, rules 22 to 37)."""

import re
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from casefold.feel.values import Span
from casefold.kernel.results import Failure, Result, Success

_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NEXT = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"

_TOKEN = re.compile(
    rf"""
    (?P<space>[\s\u0085\ufeff]+|//[^\n\r\u000b\u000c\u0085\u2028\u2029]*|/\*.*?\*/)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>[{_START}][{_NEXT}]*)
  | "(?P<string>(?:[^"\\\n\r\v\f]|\\.)*)"
  | (?P<mark>\*\*|\.\.|->|<=|>=|!=|[-+*/=<>()\[\]{{}},:.@'])
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPES = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_PLAIN = MappingProxyType({"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"})

TEXT_MAX = 100_000
"""Characters in the longest text that is read: far beyond any rule a person wrote, and read within a second."""


class Kind(Enum):
    """What a token is."""

    NAME = "name"
    NUMBER = "number"
    STRING = "string"
    MARK = "mark"
    END = "end"


@frozen
class Token:
    """One token.

    Attributes:
        text: As written; for a string, what it stands for.
    """

    kind: Kind
    text: str
    start: int
    end: int


class Flaw(Enum):
    """Why a text cannot be read as FEEL."""

    BAD_CHARACTER = "bad_character"
    """A character that means nothing in FEEL."""
    OPEN_COMMENT = "open_comment"
    """A comment that is not closed."""
    OPEN_STRING = "open_string"
    """A string that is not closed on its line."""
    BAD_ESCAPE = "bad_escape"
    """An escape that stands for no character."""
    BAD_NUMBER = "bad_number"
    """A number beyond decimal128."""
    UNEXPECTED = "unexpected"
    """Something else should stand here."""
    UNKNOWN_NAME = "unknown_name"
    """Nothing of that name is in scope."""
    UNKNOWN_TYPE = "unknown_type"
    """There is no type of that name."""
    DOUBLE_NAME = "double_name"
    """A name is given twice in one context or one list of parameters."""
    TOO_DEEP = "too_deep"
    """Expressions are nested too deeply."""
    TOO_LONG = "too_long"
    """The text is too long."""


@frozen
class NotFeel:
    """A text cannot be read as FEEL.

    Attributes:
        flaw: What is wrong.
        text: The whole text.
        span: Where it is wrong.
        given: What stands there.
        wanted: What should.
    """

    flaw: Flaw
    text: str
    span: Span
    given: str = ""
    wanted: str = ""


def tokens(text: str) -> Result[tuple[Token, ...], NotFeel]:
    """Cut *text* into tokens; the last is of kind END.

    >>> [token.text for token in tokens("a b>=1.5 // more").unwrap()]
    ['a', 'b', '>=', '1.5', '']
    """
    if len(text) > TEXT_MAX:
        return Failure(NotFeel(Flaw.TOO_LONG, "", Span(0, 0), str(len(text)), str(TEXT_MAX)))
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return Failure(_flaw(text, at))
        start, at = at, match.end()
        group = match.lastgroup
        if group == "space":
            continue
        if group == "string":
            said = _unescape(match["string"])
            if said is None:
                return Failure(NotFeel(Flaw.BAD_ESCAPE, text, Span(start, at), text[start:at]))
            found.append(Token(Kind.STRING, said, start, at))
        else:
            found.append(Token(_KIND_OF[group or "mark"], match[0], start, at))
    found.append(Token(Kind.END, "", len(text), len(text)))
    return Success(tuple(found))


_KIND_OF = MappingProxyType({"name": Kind.NAME, "number": Kind.NUMBER, "mark": Kind.MARK})


def _flaw(text: str, at: int) -> NotFeel:
    if text[at] == '"':
        end = next((place for place in range(at, len(text)) if text[place] in "\n\r"), len(text))
        return NotFeel(Flaw.OPEN_STRING, text, Span(at, end))
    if text.startswith("/*", at):
        return NotFeel(Flaw.OPEN_COMMENT, text, Span(at, at + 2))
    return NotFeel(Flaw.BAD_CHARACTER, text, Span(at, at + 1), text[at])


def _unescape(written: str) -> str | None:
    r"""Replace the escapes of a string; ``None`` if one stands for no character.

    A backslash before anything else is itself, so that regular expressions need no doubled ones.

    >>> _unescape(r"a\tb\u00e9\d"), _unescape(r"\ud83d\udc0e") == "\U0001f40e", _unescape(r"\ud83d")
    ('a\tb\xe9\\d', True, None)
    """
    said = _ESCAPES.sub(_stood_for, written) if "\\" in written else written
    if any("\ud800" <= mark <= "\udfff" for mark in said):
        return _joined_or_none(said)
    return said


def _stood_for(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF else "\ud800"
    return _PLAIN.get(match[3], match[0])


def _joined_or_none(text: str) -> str | None:
    """Join surrogates that come in pairs; only the codec knows which do."""
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return None
