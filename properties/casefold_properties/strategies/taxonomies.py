"""Taxonomies that lint finds nothing wrong with, unless it is asked for."""

from collections.abc import Sequence
from itertools import pairwise, permutations, product

from attrs import evolve
from hypothesis import strategies as st

from casefold.pages.labels import LabelMinimum, Thresholds
from casefold.taxonomy.model import (
    UNKNOWN,
    Condition,
    Cue,
    Detector,
    DocumentClass,
    FileType,
    IdentityKey,
    PageLimits,
    Requirement,
    Sensitivity,
    Signal,
    Source,
    Taxonomy,
    Validity,
    Where,
)
from casefold_properties.strategies.assembly import LIMITS
from casefold_properties.strategies.kernel import picks

WORDS = (
    "balance", "capital", "deposit", "escrow", "federal", "grantor", "holding", "lender", "mortgage",
    "notary", "owner", "payment", "quarterly", "rental", "servicer", "title", "underwriter", "voucher",
)  # fmt: skip
"""Words of which phrases and pages are made."""

CLASS_IDS = ("alpha", "bravo", "charlie", "delta", "echo")
SOURCES = (Source("law", "The law"), Source("practice", "Practice", "https://example.org/practice"))


KEY_SETS = ((), (IdentityKey.TAX_YEAR,), (IdentityKey.SSN, IdentityKey.ACCOUNT), (IdentityKey.PERIOD,))
PLACES = (Where.ANYWHERE, Where.ANYWHERE, Where.TOP, Where.BOTTOM)


def own_phrases(*, label: str = "alpha") -> st.SearchStrategy[str]:
    """Phrases that only the class *label* shows: they begin with its name."""
    return picks(_phrases(label))


def _phrases(label: str) -> list[str]:
    return [f"{label} {one} {two}" for one, two in pairwise(WORDS)]


def class_signals(*, label: str = "alpha", source: str = "law") -> st.SearchStrategy[Signal]:
    """Signals of the class *label*: a phrase, a form number or a regular expression, each with its name in it."""
    return picks(_signals(label, source))


def _signals(label: str, source: str) -> list[Signal]:
    plain = [
        *(Signal(source, 20, phrase=phrase) for phrase in _phrases(label)[:4]),
        *(Signal(source, 24, form=f"{label}-{number}") for number in (1, 2)),
        *(Signal(source, 16, regex=rf"{label} series (?P<variant>[a-z]{number})?") for number in (1, 2)),
    ]
    return [
        evolve(signal, where=where, cue=cue, variant=variant)
        for variant in (None, None, "x", "y")
        for cue in (None, None, *Cue)
        for where in PLACES
        for signal in plain
    ]


def document_classes(
    *, label: str = "alpha", source: str = "law", revision_of: str | None = None
) -> st.SearchStrategy[DocumentClass]:
    """Classes that a page can reach and that no other class is taken for."""
    sure = [Signal(source, weight, phrase=f"{label} certificate") for weight in (32, 40, 60)]
    against = Signal(source, -20, phrase=f"not {label} paper")

    def made(
        drawn: list[Signal], shape: tuple[Signal, PageLimits, bool, bool, tuple[IdentityKey, ...]]
    ) -> DocumentClass:
        own, limits, marked, negative, keys = shape
        signals = {
            (signal.phrase, signal.form, signal.regex, signal.where): signal
            for signal in (*drawn, *([against] if negative else []), own)
        }
        varies = len({signal.variant for signal in signals.values()} - {None}) > 1
        return DocumentClass(
            label,
            "income",
            f"A “{label}” paper, Größe",
            tuple(signals.values()),
            limits,
            marked,
            (*keys, *([IdentityKey.VARIANT] if varies else [])),
            Sensitivity.RESTRICTED if marked else Sensitivity.CONFIDENTIAL,
            Validity(1, "note", source) if negative else None,
            revision_of,
        )

    shapes = list(product(sure, LIMITS, (False, True), (False, True), KEY_SETS))
    signals = st.lists(class_signals(label=label, source=source), max_size=2)
    return st.builds(made, signals, picks(shapes))


def requirements(
    *, number: int = 1, labels: Sequence[str] = CLASS_IDS, source: str = "law"
) -> st.SearchStrategy[Requirement]:
    """Things that a complete file holds."""
    names = [some for size in (1, 2, 3) for some in permutations(labels, size)]
    few = [(), (), *((label,) for label in labels)]

    def made(some: tuple[str, ...], way: tuple[str, int], when: Condition) -> Requirement:
        title = f"Thing {number}"
        match way:
            case ("all_of", _):
                return Requirement(f"r{number}", title, source, all_of=some, when=when)
            case ("any_of", _):
                return Requirement(f"r{number}", title, source, any_of=some, when=when)
            case (_, count):
                return Requirement(f"r{number}", title, source, n_of=some, count=count, when=when)

    ways = (("all_of", 1), ("any_of", 1), ("n_of", 1), ("n_of", 2), ("n_of", 3))
    conditions = [Condition(present, absent) for present in few for absent in few]
    return st.builds(made, picks(names), st.sampled_from(ways), picks(conditions))


def file_types(
    *, name: str = "purchase", labels: Sequence[str] = CLASS_IDS, source: str = "law"
) -> st.SearchStrategy[FileType]:
    """Kinds of loan file."""

    def made(some: list[Requirement]) -> FileType:
        return FileType(name, name.title(), tuple(evolve(each, id=f"r{at}") for at, each in enumerate(some)))

    return st.lists(requirements(labels=labels, source=source), max_size=3).map(made)


def taxonomies(*, min_classes: int = 1, max_classes: int = 3) -> st.SearchStrategy[Taxonomy]:
    """Taxonomies without a fault: some with a class of blank pages, an older edition, kinds outside, file types."""
    return st.integers(min_classes, max_classes).flatmap(_OF_SIZE.__getitem__)


def _of_size(count: int) -> st.SearchStrategy[Taxonomy]:
    labels = CLASS_IDS[:count]
    signal = Signal("law", 60, detector=Detector.BLANK)
    blank = DocumentClass("blank_page", "other", "Blank page", (signal,))
    edition = st.sampled_from(labels).flatmap(lambda label: document_classes(label="edition", revision_of=label))

    def made(
        classes: tuple[DocumentClass, ...],
        older: DocumentClass | None,
        blanks: bool,
        outside: DocumentClass | None,
        kinds: tuple[FileType, ...],
    ) -> Taxonomy:
        more = (*((older,) if older else ()), *((blank,) if blanks else ()))
        others = (outside,) if outside else ()
        return Taxonomy("t", "1.0.0", "A taxonomy", SOURCES[: 1 + len(others)], classes + more, others, kinds)

    return st.builds(
        made,
        st.tuples(*(document_classes(label=label) for label in labels)),
        st.none() | edition,
        st.booleans(),
        st.none() | document_classes(label="menu", source="practice"),
        st.sampled_from((0, 1, 2)).flatmap(
            lambda count: st.tuples(*(file_types(name=f"kind{number}", labels=labels) for number in range(count)))
        ),
    )


_OF_SIZE = [st.nothing(), *(_of_size(count) for count in range(1, len(CLASS_IDS) + 1))]


def thresholds(*, labels: Sequence[str] = (*CLASS_IDS, UNKNOWN)) -> st.SearchStrategy[Thresholds]:
    """Thresholds from never to always, some labels with their own."""
    least = st.sampled_from((990_000, 0, 500_000, 990_099, 1_000_000))

    def made(floor: int, own: dict[str, int]) -> Thresholds:
        return Thresholds("drawn", "1", floor, tuple(LabelMinimum(label, minimum) for label, minimum in own.items()))

    return st.builds(made, least, st.dictionaries(st.sampled_from(labels), least, max_size=2))
