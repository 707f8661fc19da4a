"""Read a regular expression (XPath and XQuery Functions 3.1, section 5.6.1) into a program for the matcher.

Reading functions return a string where the pattern is wrong: what is wrong with it.
"""

from collections.abc import MutableSequence
from typing import TypeAlias

from attrs import frozen

from casefold.feel.patterns.charsets import (
    DOT,
    ESCAPES,
    CharSet,
    anything,
    category,
    minus,
    negated,
    union,
    within,
)

PROGRAM_MAX = 5_000
"""Steps of the longest program: a counted repetition is written out, and ``(a{999}){999}`` is no honest pattern."""

DEPTH_MAX = 40
"""How deeply groups may be nested."""


@frozen(eq=False)
class One:
    """Take one character of a set."""

    chars: CharSet


@frozen
class Fork:
    """Try what begins at *first*, then what begins at *second*."""

    first: int
    second: int


@frozen
class Save:
    """Note the place as the beginning or end of a group."""

    number: int


@frozen
class Edge:
    """Be at the beginning (if not *end*) or the end of the text, or of a line of it."""

    end: bool
    lines: bool


@frozen
class Again:
    """Take what a group took, in either case if *fold*."""

    group: int
    fold: bool


Instruction: TypeAlias = One | Fork | Save | Edge | Again


@frozen(eq=False)
class Pattern:
    """A program: it has matched when it runs off its end.

    Attributes:
        groups: How many groups it has.
        remembers: Whether it refers back to one, so that what a group took matters to what follows.
    """

    program: tuple[Instruction, ...]
    groups: int
    remembers: bool


@frozen(eq=False)
class _Text:
    """A pattern being read: *state* is the place, the number of groups, and how deep it is."""

    pattern: str
    flags: str
    state: MutableSequence[int]
    closed: MutableSequence[int]

    @property
    def mark(self) -> str:
        return self.pattern[self.state[0] : self.state[0] + 1]

    def next(self) -> str:
        mark = self.mark
        self.state[0] += 1
        return mark

    def take(self, text: str) -> bool:
        if self.pattern.startswith(text, self.state[0]):
            self.state[0] += len(text)
            return True
        return False


_Code: TypeAlias = tuple[Instruction, ...]


def pattern(written: str, flags: str) -> Pattern | str:
    """Read a pattern; a string says what is wrong with it.

    >>> pattern("a(b", ""), pattern("a", "z")
    ('a group is not closed', 'there is no flag z')
    """
    unknown = next((flag for flag in flags if flag not in "smixq"), None)
    if unknown is not None:
        return f"there is no flag {unknown}"
    if "q" in flags:
        return Pattern(tuple(One(_single(mark, flags)) for mark in written), 0, False)
    source = _Text(_squeezed(written) if "x" in flags else written, flags, [0, 0, 0], [])
    code = _choice(source)
    if isinstance(code, str):
        return code
    if source.mark:
        return f"nothing opens {source.mark}"
    return Pattern(code, source.state[1], any(isinstance(step, Again) for step in code))


def _squeezed(written: str) -> str:
    """Leave out white space, except in classes."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for mark in written:
        if not escaped and mark in "[]":
            depth += 1 if mark == "[" else -1
        if mark in " \t\n\r" and depth <= 0:
            continue
        escaped = mark == "\\" and not escaped
        kept.append(mark)
    return "".join(kept)


def _choice(source: _Text) -> _Code | str:
    branches: list[_Code] = []
    while True:
        branch = _branch(source)
        if isinstance(branch, str):
            return branch
        branches.append(branch)
        if not source.take("|"):
            break
    code = branches[-1]
    for branch in reversed(branches[:-1]):
        code = _either(branch, code)
        if len(code) > PROGRAM_MAX:
            return "it is too long"
    return code


def _either(one: _Code, two: _Code) -> _Code:
    """Try *one*, then *two*. Places in a piece of program are relative to the step itself."""
    return (Fork(1, len(one) + 2), *one, Fork(len(two) + 1, len(two) + 1), *two)


def _branch(source: _Text) -> _Code | str:
    code: list[Instruction] = []
    while source.mark and source.mark not in "|)":
        atom = _atom(source)
        if isinstance(atom, str):
            return atom
        piece = _repeated(source, atom)
        if isinstance(piece, str):
            return piece
        code += piece
        if len(code) > PROGRAM_MAX:
            return "it is too long"
    return tuple(code)


def _repeated(source: _Text, atom: _Code) -> _Code | str:
    bounds = _bounds(source)
    if isinstance(bounds, str):
        return bounds
    if bounds is None:
        return atom
    least, most = bounds
    lazy = source.take("?")
    if source.mark and source.mark in "?*+{":
        return "a repetition is repeated"
    if len(atom) * max(least, most or 0, 1) > PROGRAM_MAX:
        return "it is too long"
    size = len(atom)
    if most is None:
        fork = Fork(size + 2, 1) if lazy else Fork(1, size + 2)
        return (*(atom * least), fork, *atom, Fork(-size - 1, -size - 1))
    code: _Code = ()
    for _ in range(most - least):
        whole = (*atom, *code)
        code = (Fork(len(whole) + 1, 1) if lazy else Fork(1, len(whole) + 1), *whole)
    return (*(atom * least), *code)


def _bounds(source: _Text) -> tuple[int, int | None] | str | None:
    for mark, least, most in (("?", 0, 1), ("*", 0, None), ("+", 1, None)):
        if source.take(mark):
            return least, most
    if not source.take("{"):
        return None
    least_text, comma, most_text = _upto(source, "}").partition(",")
    if (
        not least_text.isdecimal()
        or not (most_text.isdecimal() or not most_text)
        or not (least_text + most_text).isascii()
    ):
        return "a repetition is not of the form {n}, {n,} or {n,m}"
    if len(least_text) > 6 or len(most_text) > 6:
        return "it is too long"
    least = int(least_text)
    if not comma:
        return least, least
    if not most_text:
        return least, None
    return (least, int(most_text)) if int(most_text) >= least else "a repetition ends before it begins"


def _upto(source: _Text, end: str) -> str:
    """Take all up to a mark, and the mark."""
    text, _, _ = source.pattern[source.state[0] :].partition(end)
    source.state[0] += len(text) + len(end)
    return text if source.state[0] <= len(source.pattern) else ","


def _atom(source: _Text) -> _Code | str:
    mark = source.next()
    if mark == "(":
        return _group(source)
    if mark == "[":
        chars = _class(source)
        return chars if isinstance(chars, str) else (One(chars),)
    if mark == ".":
        return (One(anything if "s" in source.flags else DOT),)
    if mark in "^$":
        return (Edge(mark == "$", "m" in source.flags),)
    if mark == "\\":
        return _escape(source)
    if mark in "?*+{}]":
        return f"{mark} stands for itself only after a backslash"
    return (One(_single(mark, source.flags)),)


def _group(source: _Text) -> _Code | str:
    if source.state[2] >= DEPTH_MAX:
        return "groups are nested too deeply"
    source.state[2] += 1
    plain = source.take("?:")
    if not plain:
        source.state[1] += 1
    number = source.state[1]
    code = _choice(source)
    source.state[2] -= 1
    if isinstance(code, str):
        return code
    if not source.take(")"):
        return "a group is not closed"
    if plain:
        return code
    source.closed.append(number)
    return (Save(2 * number), *code, Save(2 * number + 1))


def _single(mark: str, flags: str) -> CharSet:
    return within(((ord(mark), ord(mark)),), fold="i" in flags)


def _escape(source: _Text) -> _Code | str:
    mark = source.mark
    if not mark.isdecimal() or not mark.isascii():
        chars = _escaped_set(source)
        return chars if isinstance(chars, str) else (One(chars),)
    digits = source.next()
    while source.mark.isdecimal() and source.mark.isascii() and int(digits + source.mark) <= source.state[1]:
        digits += source.next()
    if int(digits) not in source.closed:
        return f"\\{digits} refers to a group that is not there"
    return (Again(int(digits), "i" in source.flags),)


def _escaped_set(source: _Text) -> CharSet | str:
    """Read what follows a backslash as a set of characters."""
    mark = source.next()
    if mark in {"p", "P"}:
        if not source.take("{"):
            return "a category stands in braces"
        name = _upto(source, "}")
        chars = category(name)
        if chars is None:
            return f"there is no category {name}"
        return negated(chars) if mark == "P" else chars
    known = ESCAPES.get(mark.lower())
    if known is not None:
        return negated(known) if mark.isupper() else known
    plain = _plain_escape(mark)
    return f"\\{mark} means nothing" if plain is None else _single(plain, source.flags)


def _plain_escape(mark: str) -> str | None:
    if mark in {"n", "r", "t"}:
        return {"n": "\n", "r": "\r", "t": "\t"}[mark]
    return mark if mark and mark in "\\|.-^?*+{}()[]$" else None


def _class(source: _Text) -> CharSet | str:
    """Read ``[...]``, after its opening bracket."""
    if source.state[2] >= DEPTH_MAX:
        return "groups are nested too deeply"
    negative = source.take("^")
    pairs: list[tuple[int, int]] = []
    sets: list[CharSet] = []
    taken: CharSet | None = None
    first = True
    while taken is None and (first or source.mark != "]"):
        if not source.mark:
            return "a class is not closed"
        if not first and source.take("-["):
            source.state[2] += 1
            inner = _class(source)
            source.state[2] -= 1
            if isinstance(inner, str):
                return inner
            taken = inner
            continue
        found = _class_part(source)
        if isinstance(found, str):
            return found
        if callable(found):
            sets.append(found)
        else:
            pairs.append(found)
        first = False
    if not source.take("]"):
        return "a class is not closed"
    if pairs:
        sets.append(within(tuple(pairs), fold="i" in source.flags))
    chars = union(tuple(sets))
    chars = negated(chars) if negative else chars
    return chars if taken is None else minus(chars, taken)


def _class_part(source: _Text) -> tuple[int, int] | CharSet | str:
    """Read one character, range or escape of a class."""
    low = _class_mark(source)
    if not isinstance(low, int):
        return low
    if source.mark != "-" or source.pattern[source.state[0] + 1 : source.state[0] + 2] in {"[", "]"}:
        return low, low
    source.state[0] += 1
    high = _class_mark(source)
    if not isinstance(high, int):
        return high if isinstance(high, str) else "a range ends with a set"
    return (low, high) if low <= high else "a range ends before it begins"


def _class_mark(source: _Text) -> int | CharSet | str:
    mark = source.next()
    if mark == "\\":
        plain = _plain_escape(source.mark)
        if plain is not None:
            source.state[0] += 1
            return ord(plain)
        return _escaped_set(source)
    if mark in {"[", "]", ""}:
        return "a bracket in a class stands after a backslash"
    return ord(mark)
