"""What may happen to the packages of a batch: rows, faults, and how each package would go."""

from attrs import evolve
from hypothesis import strategies as st

from casefold.batch.events import (
    AttemptAbandoned,
    AttemptBegan,
    AttemptEnded,
    AttemptFailed,
    BatchEvent,
    BatchOpened,
    CaseRow,
    Fault,
    PackageFound,
    PackageRevived,
    SourceFault,
)

NAMES = ("a", "A", "b.pdf", "B.PDF", "é", "c")
REASONS = ("NotPdf", "TookTooLong", "PasswordNeeded")
COUNTS = st.integers(0, 9)


def rows() -> st.SearchStrategy[CaseRow]:
    """What a case may have come to."""
    refused = st.lists(
        st.builds(SourceFault, st.sampled_from(NAMES), st.sampled_from(REASONS), st.just("why")), max_size=2
    )
    decisions = st.none() | st.sampled_from(("approve", "undecided"))
    content, case = st.just("content"), st.just("")
    whole = st.builds(CaseRow, content, case, COUNTS, COUNTS, COUNTS, COUNTS, decisions, refused.map(tuple))
    return st.builds(_row, COUNTS, COUNTS, whole)


def _row(some: int, more: int, row: CaseRow) -> CaseRow:
    """Accept no more pages than there are."""
    return evolve(row, case=f"case {some}", pages=some + more, accepted=some)


def faults() -> st.SearchStrategy[Fault]:
    """Why an attempt may come to nothing."""
    return st.builds(Fault, st.sampled_from(("WorkerDied", "NoPackage")), st.just("why"), st.booleans())


def results() -> st.SearchStrategy[CaseRow | Fault]:
    """What an attempt may come to."""
    return rows() | faults()


def scripts(*, max_size: int = 5) -> st.SearchStrategy[dict[str, tuple[CaseRow | Fault, ...]]]:
    """How each package goes: its first attempt, the one after a failure, and so on; the last holds for good."""
    return st.dictionaries(
        st.sampled_from(NAMES), st.lists(results(), min_size=1, max_size=4).map(tuple), min_size=1, max_size=max_size
    )


def batch_events() -> st.SearchStrategy[BatchEvent]:
    """Any event, whether it may be the next or not."""
    names, numbers, texts = st.sampled_from(NAMES), st.integers(1, 9), st.text(max_size=3)
    return st.one_of(
        st.builds(BatchOpened, texts, texts, st.none() | texts),
        st.builds(PackageFound, names, texts, texts),
        st.builds(AttemptBegan, names, numbers),
        st.builds(AttemptEnded, names, numbers, rows()),
        st.builds(AttemptFailed, names, numbers, faults(), st.booleans()),
        st.builds(AttemptAbandoned, names, numbers),
        st.builds(PackageRevived, names),
    )
