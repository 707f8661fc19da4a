"""Pages that people reviewed, and texts that are like each other."""

from hypothesis import strategies as st

from casefold.memory.recalling import Match, Remembered
from casefold.memory.sketches import BITS

_WORDS = (
    "wages",
    "tips",
    "other",
    "compensation",
    "opening",
    "balance",
    "2024",
    "17",
    "employer",
    "withheld",
    "gravel",
)


def texts() -> st.SearchStrategy[tuple[str, ...]]:
    """Texts, too short and long enough, that share many words."""
    return st.lists(st.sampled_from(_WORDS), max_size=60).map(tuple)


def sketch_values() -> st.SearchStrategy[int]:
    """Sketches near a few others, so that pages are like each other."""
    base = st.sampled_from((0, (1 << BITS) - 1, int("5" * (BITS // 4), 16)))
    changed = st.lists(st.integers(0, BITS - 1), max_size=4).map(lambda places: sum({1 << place for place in places}))
    return st.tuples(base, changed).map(lambda pair: pair[0] ^ pair[1])


def remembered_pages() -> st.SearchStrategy[Remembered]:
    """Reviewed pages; the same page comes up again under another label."""
    case, label = st.sampled_from(("May", "June")), st.sampled_from(("alpha", "bravo", "unknown"))
    return st.builds(Remembered, case, st.integers(1, 4), label, st.just("Ada"), sketch_values())


def match_lists() -> st.SearchStrategy[tuple[Match, ...]]:
    """What may be recalled, the likest first."""
    label = st.sampled_from(("alpha", "bravo"))
    made = st.builds(Match, st.integers(0, 1_000), label, st.just("May"), st.integers(1, 9), st.just("Ada"))
    return st.lists(made, max_size=5).map(lambda some: tuple(sorted(some, key=lambda match: -match.similarity)))
