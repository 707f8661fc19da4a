"""Taxonomies that lint finds nothing wrong with, unless it is asked for."""

from collections.abc import Sequence
from itertools import pairwise

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
from casefold_properties.strategies.assembly import page_limits

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
    return st.sampled_from([f"{label} {one} {two}" for one, two in pairwise(WORDS)])


def class_signals(*, label: str = "alpha", source: str = "law") -> st.SearchStrategy[Signal]:
    """Signals of the class *label*: a phrase, a form number or a regular expression, each with its name in it."""
    phrases = own_phrases(label=label).map(lambda phrase: Signal(source, 20, phrase=phrase))
    forms = [Signal(source, 20, form=f"{label}-{number}") for number in (1, 2)]
    expressions = [Signal(source, 16, regex=rf"{label} series (?P<variant>[a-z]{number})?") for number in (1, 2)]

    def made(signal: Signal, where: Where, cue: Cue | None, variant: str | None, weight: int) -> Signal:
        return evolve(signal, where=where, cue=cue, variant=variant, weight=weight)

    return st.builds(
        made,
        phrases | st.sampled_from((*forms, *expressions)),
        st.sampled_from(PLACES),
        st.sampled_from((None, None, *Cue)),
        st.sampled_from((None, None, "x", "y")),
        st.sampled_from((14, 20, 40)),
    )


def document_classes(
    *, label: str = "alpha", source: str = "law", revision_of: str | None = None
) -> st.SearchStrategy[DocumentClass]:
    """Classes that a page can reach and that no other class is taken for."""
    sure = [Signal(source, weight, phrase=f"{label} certificate") for weight in (32, 40, 60)]
    against = Signal(source, -20, phrase=f"not {label} paper")

    def made(
        drawn: list[Signal],
        negative: bool,
        own: Signal,
        limits: PageLimits,
        marked: bool,
        keys: tuple[IdentityKey, ...],
    ) -> DocumentClass:
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
            Validity(120, "note", source) if negative else None,
            revision_of,
        )

    signals = st.lists(class_signals(label=label, source=source), max_size=2)
    identity = st.sampled_from(KEY_SETS)
    return st.builds(made, signals, st.booleans(), st.sampled_from(sure), page_limits(), st.booleans(), identity)


def requirements(
    *, number: int = 1, labels: Sequence[str] = CLASS_IDS, source: str = "law"
) -> st.SearchStrategy[Requirement]:
    """Things that a complete file holds."""
    few = st.sampled_from(((), (), *((label,) for label in labels)))

    def made(way: str, names: tuple[str, ...], count: int, when: Condition) -> Requirement:
        title = f"Thing {number}"
        match way:
            case "all_of":
                return Requirement(f"r{number}", title, source, all_of=names, when=when)
            case "any_of":
                return Requirement(f"r{number}", title, source, any_of=names, when=when)
            case _:
                return Requirement(f"r{number}", title, source, n_of=names, count=count, when=when)

    return st.builds(
        made,
        st.sampled_from(("all_of", "any_of", "n_of")),
        st.lists(st.sampled_from(labels), min_size=1, max_size=3, unique=True).map(tuple),
        st.integers(1, 3),
        st.builds(Condition, few, few),
    )


def file_types(
    *, name: str = "purchase", labels: Sequence[str] = CLASS_IDS, source: str = "law"
) -> st.SearchStrategy[FileType]:
    """Kinds of loan file."""
    required = st.tuples(*(requirements(number=at, labels=labels, source=source) for at in range(3)))

    def made(some: tuple[Requirement, ...], count: int) -> FileType:
        return FileType(name, name.title(), some[:count])

    return st.builds(made, required, st.integers(0, 3))


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
