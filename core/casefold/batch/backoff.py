"""How long to wait before a package is tried again: longer each time, and never many at once."""

import hashlib

from attrs import frozen


@frozen
class Backoff:
    """How failures are spaced.

    Attributes:
        seed: What the jitter is drawn from.
        first_ms: The longest wait after the first failure; each further one doubles it.
        most_ms: The longest wait of all.
    """

    seed: int = 0
    first_ms: int = 1_000
    most_ms: int = 60_000


DOUBLINGS_MAX = 32
"""After so many failures the wait is the longest one, whatever the first was."""


def wait_ms(backoff: Backoff, package: str, failures: int) -> int:
    """Give the milliseconds to wait after so many *failures* of a package: from half of the bound up to the bound.

    The jitter follows from seed, package and count alone, so a batch can be played again.

    >>> [wait_ms(Backoff(), "loan.pdf", failures) for failures in (1, 2, 3, 9)]
    [810, 1666, 3788, 51781]
    """
    assert failures >= 1, "who has not failed does not wait"
    bound = min(backoff.most_ms, backoff.first_ms << min(failures - 1, DOUBLINGS_MAX))
    named = hashlib.sha256(f"{backoff.seed}/{failures}/{package}".encode("utf-8", "surrogatepass")).digest()
    half = bound // 2
    return half + int.from_bytes(named[:8], "big") % (bound - half + 1)
