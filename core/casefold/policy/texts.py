"""FEEL texts without what does not matter: spaces, comments, brackets that change nothing."""

from collections.abc import Iterable

from casefold.feel.grammar import parse, parse_tests
from casefold.feel.printing import print_expression, print_tests
from casefold.feel.scope import EMPTY, Scope
from casefold.feel.tokens import Kind, tokens
from casefold.feel.types import Simple
from casefold.kernel.results import Failure


def scope_of(names: Iterable[str]) -> Scope:
    """Give a scope that knows names and not their types; to make one takes long, so it is shared."""
    return Scope(dict.fromkeys(names, Simple.ANY))


def wider(scope: Scope, names: Iterable[str]) -> Scope:
    """Bring more names into a scope."""
    new = [name for name in names if name not in scope.names]
    return scope_of((*scope.names, *new)) if new else scope


def plain(text: str, scope: Scope = EMPTY) -> str:
    """Write an expression as the printer does; one that cannot be read in *scope*, token by token.

    >>> plain("1+(2)"), plain("income *  12 // a year"), plain("income * 12", scope_of(("income",)))
    ('1 + 2', 'income * 12', 'income * 12')
    """
    read = parse(text, scope)
    return _tokens(text) if isinstance(read, Failure) else print_expression(read.unwrap())


def plain_tests(text: str, scope: Scope = EMPTY) -> str:
    """Write the tests of a cell likewise."""
    if not text.strip():
        return "-"
    read = parse_tests(text, scope)
    return _tokens(text) if isinstance(read, Failure) else print_tests(read.unwrap())


def _tokens(text: str) -> str:
    read = tokens(text)
    if isinstance(read, Failure):
        return text
    return " ".join(f'"{each.text}"' if each.kind is Kind.STRING else each.text for each in read.unwrap()[:-1])
