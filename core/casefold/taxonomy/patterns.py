"""How a signal is searched for: the letters of a phrase, or a regular expression and its first letters."""

import re

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.kernel.spelling import fold
from casefold.taxonomy.model import Signal

SHORTEST = 4
"""Letters in the shortest phrase that is searched for."""

LITERAL_MIN = 2
"""Plain letters that an expression begins with are worth a look beforehand only if there are this many."""

_PLAIN = re.compile(r"[A-Za-z0-9 <-]*")


@frozen
class Expression:
    """A regular expression, and the letters, in lower case, that every match of it begins with."""

    pattern: re.Pattern[str]
    literal: str


def phrases(signal: Signal) -> tuple[str, ...]:
    """Give the phrases by which a phrase or form-number signal is found."""
    if signal.form is not None:
        return (f"Form {signal.form}",)
    return () if signal.phrase is None else (signal.phrase,)


def spelled(signal: Signal) -> tuple[str, ...]:
    """Give the same as letters only: what is really searched for."""
    return tuple(fold(text) for text in phrases(signal))


def signal_key(signal: Signal) -> tuple[object, ...]:
    """Say what a signal looks for and where: what makes two signals the same signal."""
    return (spelled(signal), signal.regex, signal.detector, signal.where)


def describe(signal: Signal) -> str:
    """Name a signal for a reader.

    >>> describe(Signal("irs", 20, form="W-2"))
    "form 'W-2'"
    """
    given = ("phrase", signal.phrase), ("form", signal.form), ("regex", signal.regex)
    parts = [f"{kind} {value!r}" for kind, value in given if value is not None]
    parts += [f"detector {signal.detector.value!r}"] if signal.detector is not None else []
    return " and ".join(parts) or "a signal without a matcher"


def pattern(regex: str) -> Result[Expression, str]:
    """Compile a regular expression, case ignored; the failure is what is wrong with it."""
    return _pattern_or_failure(regex).map(lambda compiled: Expression(compiled, _literal(regex)))


def _literal(regex: str) -> str:
    r"""Give the plain letters that every match of *regex* begins with, in lower case.

    >>> _literal(r"Form (?P<variant>[0-9]+)"), _literal(r"a|b"), _literal("colou?r"), _literal(r"\bDOB\b")
    ('form ', '', 'colo', 'dob')
    """
    run = _PLAIN.match(regex.removeprefix(r"\b"))
    letters, rest = (run[0], run.string[run.end() :]) if run else ("", "")
    if rest[:1] in {"?", "*", "{"}:
        letters = letters[:-1]
    return "" if shape(regex).alternatives or len(letters) < LITERAL_MIN else letters.lower()


@frozen
class Shape:
    """What an expression looks like from outside.

    Attributes:
        alternatives: Whether it is a choice, outside of any group.
        nested: Whether it repeats something that repeats something, which can take time without bound.
    """

    alternatives: bool
    nested: bool


def shape(regex: str) -> Shape:
    r"""Look at an expression's groups, choices and repetitions.

    >>> shape(r"a(b|c)+"), shape(r"(a+)+|b")
    (Shape(alternatives=False, nested=False), Shape(alternatives=True, nested=True))
    """
    marks = _CLASSES.sub("x", _ESCAPES.sub("x", regex))
    repeats, alternatives, nested = [False], False, False
    for at, mark in enumerate(marks):
        if mark == "(":
            repeats.append(False)
        elif mark == ")" and len(repeats) > 1:
            inner, again = repeats.pop(), _REPEATS.match(marks, at + 1) is not None
            nested = nested or (inner and again)
            repeats[-1] = repeats[-1] or inner or again
        elif _REPEATS.match(marks, at):
            repeats[-1] = True
        alternatives = alternatives or (mark == "|" and len(repeats) == 1)
    return Shape(alternatives, nested)


_ESCAPES = re.compile(r"\\.", re.DOTALL)
_CLASSES = re.compile(r"\[\^?\]?[^\]]*\]")
_REPEATS = re.compile(r"[*+]|\{\d*,\d*\}")


def _pattern_or_failure(regex: str) -> Result[re.Pattern[str], str]:
    """Compile an expression; only the standard library knows which are well formed."""
    try:
        return Success(re.compile(regex, re.IGNORECASE))
    except (re.error, OverflowError, RecursionError) as error:
        return Failure(str(error))
