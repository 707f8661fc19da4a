"""Packages of loan papers, the cases that they become, and logs of what happened to them."""

from collections.abc import Sequence
from typing import TypeAlias

from attrs import evolve, frozen
from hypothesis import strategies as st

from casefold.case.events import (
    SEMANTICS,
    Assembled,
    BoundaryCorrected,
    CaseOpened,
    CorrectionWithdrawn,
    DocumentNotWritten,
    DocumentWritten,
    Event,
    OutputFile,
    PageCorrected,
    PagesRead,
    PagesRecognised,
    Reported,
    SourceFile,
    SourceOpened,
    SourceRefused,
)
from casefold.case.record import Artifacts, stream_page
from casefold.documents.findings import Finding, FindingKind
from casefold.kernel.canonical import digest_of_bytes
from casefold.kernel.odds import PPM
from casefold.kernel.results import Failure
from casefold.pages.evidence import Evidence, pack
from casefold.pages.facts import Facts
from casefold.pages.labels import DEFAULT_THRESHOLDS, PageLabel, Reason, Status, Tier, thresholds_digest
from casefold.pages.quality import Layer
from casefold.pages.recognition import Effort, Recognition
from casefold.pages.signals import Compiled, Signals, compile_taxonomy
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import PageText, PageUnreadable
from casefold.taxonomy.codec import taxonomy_digest
from casefold.taxonomy.model import (
    Condition,
    Cue,
    Detector,
    DocumentClass,
    FileType,
    IdentityKey,
    PageLimits,
    Requirement,
    Signal,
    Source,
    Taxonomy,
    Where,
)
from casefold_properties.strategies.assembly import page_facts
from casefold_properties.strategies.decisions import decision_events
from casefold_properties.strategies.kernel import digests, picks
from casefold_properties.strategies.pages import Sheet, page_of, pages_unreadable, sheets, signal_texts
from casefold_properties.strategies.taxonomies import CLASS_IDS, taxonomies, thresholds
from casefold_properties.worlds import Package, World


def compiled(taxonomy: Taxonomy) -> Compiled:
    """Make a taxonomy that has no fault ready for reading pages."""
    made = compile_taxonomy(taxonomy)
    assert not isinstance(made, Failure), made
    return made.unwrap()


def as_read(compiled: Compiled, page: PageText | PageUnreadable, *, source: int = 0, offset: int = 0) -> StreamPage:
    """Read a page; *offset* pages of the package come before its source."""
    return stream_page(compiled, page, source, offset)


def artifact_sets(*, max_classes: int = 3) -> st.SearchStrategy[Artifacts]:
    """Artifacts to decide a case under."""
    made = taxonomies(max_classes=max_classes).map(compiled)
    return st.builds(Artifacts, made, thresholds())


def known_artifacts() -> st.SearchStrategy[Artifacts]:
    """A few artifacts, made once: with every kind of class that there is, and without."""
    return _KNOWN


def known_taxonomies() -> st.SearchStrategy[Taxonomy]:
    """The taxonomies of `known_artifacts`."""
    return _KNOWN.map(lambda artifacts: artifacts.compiled.taxonomy)


def _known(number: int) -> Compiled:
    edition, blank, outside, marked = (bool(number & bit) for bit in (1, 2, 4, 8))

    def made(label: str, *more: Signal, revision_of: str | None = None) -> DocumentClass:
        own = Signal("law", 40, phrase=f"{label} certificate")
        limits = PageLimits(1, 3) if marked else PageLimits()
        keys = (IdentityKey.VARIANT, IdentityKey.SSN, IdentityKey.ACCOUNT) if marked else ()
        return DocumentClass(
            label, "income", label.title(), (own, *more), limits, marked, keys, revision_of=revision_of
        )

    alpha = made(
        "alpha",
        Signal("law", 24, form="alpha-1", variant="x", cue=Cue.FIRST if marked else None),
        Signal("law", 16, phrase="alpha deposit rider", variant="y", cue=Cue.CONTINUATION),
        Signal("law", -20, phrase="not alpha paper"),
        Signal("law", 14, phrase="alpha voucher", where=Where.TOP),
    )
    bravo = made("bravo", Signal("law", 24, phrase="bravo deposit", where=Where.BOTTOM, cue=Cue.LAST))
    classes = (
        (alpha, bravo)
        + ((made("edition", revision_of="alpha"),) if edition else ())
        + (
            (DocumentClass("blank_page", "other", "Blank", (Signal("law", 60, detector=Detector.BLANK),)),)
            if blank
            else ()
        )
    )
    required = (
        Requirement("one", "One of each", "law", all_of=("alpha", "bravo")),
        Requirement("two", "Two of one", "law", n_of=("alpha",), count=2, when=Condition(present=("bravo",))),
    )
    kinds = (FileType("purchase", "Purchase", required),)
    others = (made("menu"),) if outside else ()
    return compiled(Taxonomy("known", str(number), "Known", (Source("law", "The law"),), classes, others, kinds))


_KNOWN = st.builds(Artifacts, picks([_known(number) for number in range(16)]), thresholds())


@frozen
class _Again:
    """The page before, once more."""


_Recipe: TypeAlias = Sheet | _Again | PageUnreadable


def _recipes(max_size: int) -> st.SearchStrategy[list[_Recipe]]:
    rare: st.SearchStrategy[_Recipe] = st.just(_Again()) | pages_unreadable()
    recipe: st.SearchStrategy[_Recipe] = st.one_of(sheets(), sheets(), rare)
    return st.lists(recipe, max_size=max_size)


def _set(recipes: Sequence[_Recipe], texts: Sequence[str]) -> tuple[PageText | PageUnreadable, ...]:
    pages: list[PageText | PageUnreadable] = []
    for number, recipe in enumerate(recipes, 1):
        match recipe:
            case Sheet():
                pages.append(recipe.page(number, texts))
            case PageUnreadable():
                pages.append(PageUnreadable(number, recipe.kind, recipe.detail))
            case _Again():
                before = pages[-1] if pages else page_of([])
                pages.append(evolve(before, page=number))
    return tuple(pages)


def source_pages(
    *, taxonomy: Taxonomy | None = None, max_size: int = 6
) -> st.SearchStrategy[tuple[PageText | PageUnreadable, ...]]:
    """The pages of one file; copies of the page before, blank sheets and unreadable pages come up often."""
    texts = signal_texts(taxonomy) if taxonomy is not None else ()
    return _recipes(max_size).map(lambda recipes: _set(recipes, texts))


def _papers(max_sources: int, max_pages: int, refused: bool) -> st.SearchStrategy[list[list[_Recipe] | str]]:
    file: st.SearchStrategy[list[_Recipe] | str] = _recipes(max_pages)
    return st.lists(file | st.sampled_from(("Encrypted", "NotAPdf")) if refused else file, max_size=max_sources)


def _package(papers: Sequence[Sequence[_Recipe] | str], taxonomy: Taxonomy | None) -> Package:
    texts = signal_texts(taxonomy) if taxonomy is not None else ()
    return Package(tuple(file if isinstance(file, str) else _set(file, texts) for file in papers))


def packages(
    *, taxonomy: Taxonomy | None = None, max_sources: int = 3, max_pages: int = 6, refused: bool = True
) -> st.SearchStrategy[Package]:
    """Packages of a few files, of which some are refused; some pages show something of *taxonomy*."""
    return _papers(max_sources, max_pages, refused).map(lambda papers: _package(papers, taxonomy))


def opening_of(
    artifacts: Artifacts, package: Package, *, file_type: str | None = None, name: str = "case"
) -> CaseOpened:
    """Give the event with which the case of *package* begins."""
    return CaseOpened(
        name,
        tuple(
            SourceFile(f"{number}.pdf", digest_of_bytes(repr(source).encode()), number)
            for number, source in enumerate(package.sources)
        ),
        taxonomy_digest(artifacts.compiled.taxonomy),
        thresholds_digest(artifacts.thresholds),
        file_type,
        SEMANTICS,
    )


@frozen
class Setting:
    """A case about to begin: its artifacts, its package, and its first event."""

    artifacts: Artifacts
    package: Package
    opened: CaseOpened

    def world(self) -> World:
        """Give the world that this case is in."""
        return World(self.package)


def settings_of_cases(
    *,
    artifacts: st.SearchStrategy[Artifacts] | None = None,
    max_sources: int = 3,
    max_pages: int = 6,
    refused: bool = True,
) -> st.SearchStrategy[Setting]:
    """Cases about to begin, under `known_artifacts` if no others are given."""

    def made(chosen: Artifacts, papers: Sequence[Sequence[_Recipe] | str], kind: int) -> Setting:
        taxonomy = chosen.compiled.taxonomy
        package = _package(papers, taxonomy)
        kinds = (None, *(each.id for each in taxonomy.file_types))
        return Setting(chosen, package, opening_of(chosen, package, file_type=kinds[kind % len(kinds)]))

    return st.builds(
        made, _KNOWN if artifacts is None else artifacts, _papers(max_sources, max_pages, refused), st.integers(0, 2)
    )


def evidence_values() -> st.SearchStrategy[Evidence]:
    """Evidence of anything."""
    return st.builds(
        Evidence,
        st.sampled_from(CLASS_IDS),
        st.integers(0, 3),
        st.integers(0, 9),
        st.integers(-1, 9),
        st.none() | st.just("x"),
    )


def page_signals() -> st.SearchStrategy[Signals]:
    """What a page may show."""

    def made(evidence: list[Evidence], facts: Facts, kinds: list[Detector], words: int) -> Signals:
        return Signals(pack(evidence), evolve(facts, detected=tuple(kinds)), words)

    detected = st.lists(st.sampled_from(Detector), max_size=1)
    return st.builds(made, st.lists(evidence_values(), max_size=2), page_facts(), detected, st.integers(0, 99))


def stream_pages(*, page: int = 1, source: int = 0) -> st.SearchStrategy[StreamPage]:
    """Pages as they were read."""
    side = st.integers(0, 2_000_000)
    readable = st.builds(
        StreamPage,
        st.just(page),
        st.just(source),
        digests(),
        st.tuples(side, side),
        page_signals(),
        st.none(),
        layer=st.sampled_from(Layer),
        recognition=st.none() | st.builds(Recognition, st.sampled_from(Effort), st.just("eye"), st.integers(0, PPM)),
    )
    unreadable = pages_unreadable(page=page).map(lambda why: StreamPage(page, source, None, (0, 0), None, why))
    return readable | unreadable


def page_labels(*, page: int = 1) -> st.SearchStrategy[PageLabel]:
    """What may be known of a page."""
    label = st.sampled_from((*CLASS_IDS, "unknown"))
    maybe = st.none() | label
    return st.builds(
        PageLabel,
        st.just(page),
        label,
        maybe,
        maybe,
        st.integers(0, 1_000_000),
        st.sampled_from(Status),
        st.sampled_from(Reason),
        st.sampled_from(Tier),
        maybe,
    )


def documents(*, number: int = 1) -> st.SearchStrategy[Document]:
    """Documents of a few pages."""
    label = st.sampled_from((*CLASS_IDS, "unknown"))
    pages = st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True).map(lambda some: tuple(sorted(some)))
    return st.builds(
        Document,
        st.just(str(number).zfill(2)),
        label,
        st.none() | label,
        st.none() | label,
        st.integers(0, 2),
        pages,
        st.integers(0, 1_000_000),
    )


def finding_values() -> st.SearchStrategy[Finding]:
    """Anything that may be wrong."""
    return st.builds(
        Finding,
        st.sampled_from(FindingKind),
        st.none() | st.just("01"),
        st.lists(st.integers(1, 9), max_size=2).map(tuple),
        st.lists(st.sampled_from(("1", "alpha")), max_size=2).map(tuple),
        st.text(max_size=3),
    )


def thresholded_cases() -> st.SearchStrategy[CaseOpened]:
    """Openings of cases."""
    source = st.builds(SourceFile, st.text(max_size=5), digests(), st.integers(0, 2**40))
    return st.builds(
        CaseOpened,
        st.text(max_size=5),
        st.lists(source, max_size=3).map(tuple),
        digests(),
        digests(),
        st.none() | st.text(max_size=3),
        st.just(SEMANTICS),
    )


def written_documents() -> st.SearchStrategy[DocumentWritten]:
    """Documents that were written."""
    pages = st.lists(st.integers(1, 9), max_size=3).map(tuple)
    name = st.sampled_from(("01", "02"))
    return st.builds(DocumentWritten, name, st.text(max_size=5), pages, digests(), st.integers(0, 2**40))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Everything that can happen to a case, whether it can happen next or not."""
    return draw(_EVENTS)


def _any_event() -> st.SearchStrategy[Event]:
    number = st.integers(0, 3)
    words = st.text(max_size=3)
    read = st.lists(stream_pages(), max_size=2).map(tuple)
    output = st.builds(OutputFile, words, digests())
    return st.one_of(
        thresholded_cases(),
        st.builds(SourceOpened, number, st.integers(0, 9), st.booleans()),
        st.builds(SourceRefused, number, words, words),
        st.builds(PagesRead, st.none() | digests(), read),
        st.builds(
            PagesRecognised,
            number,
            st.sampled_from(Effort),
            st.none() | digests(),
            st.lists(stream_pages(), max_size=2).map(tuple),
            st.lists(pages_unreadable(), max_size=1).map(tuple),
        ),
        st.builds(
            Assembled,
            st.lists(page_labels(), max_size=2).map(tuple),
            st.lists(documents(), max_size=2).map(tuple),
            st.lists(finding_values(), max_size=2).map(tuple),
        ),
        written_documents(),
        st.builds(DocumentNotWritten, st.sampled_from(("01", "02")), words),
        st.builds(PageCorrected, st.integers(1, 3), st.sampled_from(CLASS_IDS), words, words),
        st.builds(BoundaryCorrected, st.integers(1, 3), st.booleans(), words, words),
        st.builds(CorrectionWithdrawn, st.integers(1, 3), words, words),
        decision_events(),
        st.builds(Reported, digests(), st.lists(output, max_size=2).map(tuple)),
    )


_EVENTS = _any_event()


def event_logs(*, max_size: int = 8) -> st.SearchStrategy[tuple[Event, ...]]:
    """Logs of anything in any order: what folding must bear."""
    return st.lists(events(), max_size=max_size).map(tuple)


def some_artifacts() -> Artifacts:
    """Give artifacts for examples: two classes and what they show."""
    classes = tuple(
        DocumentClass(label, "income", label.title(), (Signal("law", 40, phrase=f"{label} certificate"),))
        for label in CLASS_IDS[:2]
    )
    taxonomy = Taxonomy("some", "1.0.0", "Some", (Source("law", "The law"),), classes)
    return Artifacts(compiled(taxonomy), DEFAULT_THRESHOLDS)


def setting_of(*files: Sequence[PageText | PageUnreadable], artifacts: Artifacts | None = None) -> Setting:
    """Give the case of files of given pages, for examples; the pages are numbered anew."""
    chosen = some_artifacts() if artifacts is None else artifacts
    package = Package(tuple(tuple(evolve(page, page=at) for at, page in enumerate(file, 1)) for file in files))
    return Setting(chosen, package, opening_of(chosen, package))
