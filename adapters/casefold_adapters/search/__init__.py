"""A native search for many strings at once; see `casefold.pages.search`.

Aho and Corasick, "Efficient string matching", Communications of the ACM 18(6), 1975.
"""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

from casefold.pages.search import Hits, Search


def aho_corasick(strings: Sequence[str]) -> Search:
    """Make ready to search for *strings*."""
    automaton = AhoCorasick(strings)

    def search(text: str) -> Hits:
        return [(string, begin) for string, begin, _ in automaton.find_matches_as_indexes(text, overlapping=True)]

    return search
