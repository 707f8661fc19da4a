"""Results as the closed union they are, and the one loop over them that we need.

The only module that knows how ``returns`` spells a Result; everything else imports from here.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from returns.result import Failure, Result, Success

__all__ = ["Failure", "Result", "Success", "sealed", "traverse"]

Value = TypeVar("Value")
Error = TypeVar("Error")
Item = TypeVar("Item")


def sealed(result: Result[Value, Error]) -> Success[Value] | Failure[Error]:
    """View a result as the closed union it is, so that ``match`` is exhaustive.

    >>> match sealed(Success(1)):
    ...     case Success(value):
    ...         value
    ...     case Failure(error):
    ...         error
    1
    """
    return cast("Success[Value] | Failure[Error]", result)


def traverse(step: Callable[[Item], Result[Value, Error]], items: Iterable[Item]) -> Result[tuple[Value, ...], Error]:
    """Apply *step* to each item and collect the values; the first failure ends it.

    >>> traverse(lambda n: Success(n) if n else Failure("zero"), (1, 2))
    <Success: (1, 2)>
    >>> traverse(lambda n: Success(n) if n else Failure("zero"), (1, 0, 2))
    <Failure: zero>
    """
    collected: list[Value] = []
    for item in items:
        match sealed(step(item)):
            case Success(value):
                collected.append(value)
            case Failure(error):
                return Failure(error)
    return Success(tuple(collected))
