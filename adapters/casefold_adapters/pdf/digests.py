"""Name the words of a page's text layer, so that a cut page can be compared with the page it was cut from."""

import hashlib
from collections.abc import Sequence


def digest_of_words(words: Sequence[str]) -> str:
    """Give the SHA-256 of *words* as one line each.

    >>> digest_of_words(("pay", "stub"))[:8]
    '0ecdf748'
    """
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
