"""From a stream of pages to labelled pages and documents.

Blank sheets and copies of the page before say nothing of their own, so they are left out of assembly and put back
afterwards: a blank sheet belongs to the document on both its sides, a copy to the document of its original.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import overload

from attrs import evolve, frozen

from casefold.kernel.odds import PPM, confidence_ppm
from casefold.pages.assembly import STRETCH, PageChoice, assemble
from casefold.pages.facts import Facts
from casefold.pages.labels import PageLabel, Reason, Status, Thresholds, Tier, accept
from casefold.pages.opinions import Opinion, credited
from casefold.pages.scores import ClassModel, Page, class_model, page_scores
from casefold.pages.signals import Compiled, Signals
from casefold.pages.text import PageUnreadable
from casefold.taxonomy.model import UNKNOWN, Detector

COPY_WORDS_MIN = 10
"""A page of fewer words can be the same as its neighbour by chance."""


@frozen
class StreamPage:
    """A page as it was read.

    Attributes:
        page: Its number in the package, from 1.
        source: Which of the package's files it is in, from 0.
        text: The digest of its text; ``None`` where it could not be read.
        size: Its displayed width and height in millipoints.
        signals: What it shows; ``None`` where it could not be read.
        unreadable: Why it could not be read.
        opinions: What tiers beyond the rules say of it.
    """

    page: int
    source: int
    text: str | None
    size: tuple[int, int]
    signals: Signals | None
    unreadable: PageUnreadable | None = None
    opinions: tuple[Opinion, ...] = ()


@frozen
class Document:
    """Pages that belong together.

    Attributes:
        id: Its number in the package, as text.
        label: Its class, or `UNKNOWN`.
        looks_like: The kind outside the taxonomy that it fits, where it does.
        variant: The variant of the class.
        source: The file that its pages are in, from 0.
        pages: Its pages' numbers in the package, in order.
        confidence_ppm: How sure it is that just these pages are one document of this class, in parts per million.
    """

    id: str
    label: str
    looks_like: str | None
    variant: str | None
    source: int
    pages: tuple[int, ...]
    confidence_ppm: int


@frozen
class Labelled:
    """Every page with its label, and every page in one document."""

    pages: tuple[PageLabel, ...]
    documents: tuple[Document, ...]


_NO_FACTS = Facts((), (), None, None, ())


def label_pages(
    compiled: Compiled, thresholds: Thresholds, pages: Sequence[StreamPage], corrections: Mapping[int, str]
) -> Labelled:
    """Label *pages* and assemble them, file by file.

    *corrections* are labels that a person gave, by page number; they hold, and the pages around them are weighed anew.
    One that names no class of this taxonomy (it was given under another) says nothing here.
    """
    models = {document_class.id: class_model(document_class) for document_class in compiled.classes}
    corrections = {page: label for page, label in corrections.items() if label in {UNKNOWN, *models}}
    blank, reported = _blank_label(compiled), _reported(compiled)
    labels: list[PageLabel] = []
    documents: list[Document] = []
    for source in sorted({page.source for page in pages}):
        stream = [page for page in pages if page.source == source]
        part = _Part(compiled, thresholds, models, reported, blank, stream, corrections)
        found, grouped = part.labelled(len(documents))
        labels += found
        documents += grouped
    return Labelled(tuple(labels), tuple(documents))


def _blank_label(compiled: Compiled) -> str:
    for document_class in compiled.taxonomy.classes:
        if any(signal.detector is Detector.BLANK for signal in document_class.signals):
            return document_class.id
    return UNKNOWN


def _reported(compiled: Compiled) -> dict[str, tuple[str, str | None]]:
    """Give, for classes that are reported as another, the label and variant that their pages carry."""
    outside: dict[str, tuple[str, str | None]] = {kind.id: (UNKNOWN, None) for kind in compiled.taxonomy.outside}
    return outside | {
        document_class.id: (document_class.revision_of, document_class.id)
        for document_class in compiled.taxonomy.classes
        if document_class.revision_of is not None
    }


@frozen
class _Weighed(Sequence[Page]):
    """The pages of a part that are assembled, weighed whenever they are asked for: to hold them all takes much room."""

    part: "_Part"
    kept: Sequence[int]
    blanks: Collection[int]

    def __len__(self) -> int:
        """Count them."""
        return len(self.kept)

    @overload
    def __getitem__(self, wanted: int) -> Page: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[Page]: ...
    def __getitem__(self, wanted: int | slice) -> Page | list[Page]:
        """Weigh one page, or several."""
        if isinstance(wanted, slice):
            return [self[number] for number in range(*wanted.indices(len(self.kept)))]
        before = self.kept[wanted - 1] if wanted else -1
        return self.part.weighed(self.kept[wanted], before, self.blanks)


@frozen
class _Part:
    """One file's pages."""

    compiled: Compiled
    thresholds: Thresholds
    models: Mapping[str, ClassModel]
    reported: Mapping[str, tuple[str, str | None]]
    blank: str
    stream: Sequence[StreamPage]
    corrections: Mapping[int, str]

    def labelled(self, before: int) -> tuple[list[PageLabel], list[Document]]:
        """Label this file's pages; *before* documents come from the files before it."""
        blanks = {at for at, page in enumerate(self.stream) if self._is_blank(page)}
        copies = self._copies(blanks)
        kept = [at for at in range(len(self.stream)) if at not in blanks and at not in copies]
        weighed: Sequence[Page] = _Weighed(self, kept, blanks)
        if len(kept) <= STRETCH:
            weighed = list(weighed)
        assembly = assemble(self.models, weighed)
        labels: dict[int, PageLabel] = {
            at: self._label(self.stream[at], page, choice)
            for at, page, choice in zip(kept, weighed, assembly.choices, strict=True)
        }
        for at in sorted(copies):
            labels[at] = self._copy(labels[copies[at]], self.stream[at])
        labels |= {at: self._blank(self.stream[at]) for at in blanks}
        groups = [
            ([kept[number] for number in range(segment.first, segment.last + 1)], confidence_ppm(segment.margin))
            for segment in assembly.segments
        ]
        groups = self._with_set_aside(groups, blanks, copies)
        documents = [
            self._document(str(before + number).zfill(2), places, confidence, labels)
            for number, (places, confidence) in enumerate(groups, 1)
        ]
        return [labels[at] for at in range(len(self.stream))], documents

    def _is_blank(self, page: StreamPage) -> bool:
        return (
            page.signals is not None
            and Detector.BLANK in page.signals.facts.detected
            and page.page not in self.corrections
        )

    def _copies(self, blanks: set[int]) -> dict[int, int]:
        """Give, for each page that is a copy of the page before it, its original."""
        copies: dict[int, int] = {}
        for at, page in enumerate(self.stream):
            before = at - 1
            while before in blanks:
                before -= 1
            if before < 0 or page.signals is None or page.page in self.corrections:
                continue
            if page.text == self.stream[before].text and page.signals.words >= COPY_WORDS_MIN:
                copies[at] = copies.get(before, before)
        return copies

    def weighed(self, at: int, before: int, blanks: Collection[int]) -> Page:
        """Weigh the page at *at*; *before* is the place of the one assembled before it."""
        page = self.stream[at]
        signals = page.signals
        return Page(
            scores=page_scores(self.compiled, signals, page.opinions),
            facts=signals.facts if signals else _NO_FACTS,
            wordless=signals is None or not signals.words,
            size=page.size,
            after_blank=any(between in blanks for between in range(before + 1, at)),
            pinned=self.corrections.get(page.page),
        )

    def _label(self, page: StreamPage, weighed: Page, choice: PageChoice) -> PageLabel:
        score = weighed.scores.get(choice.label)
        label, variant = self.reported.get(choice.label, (choice.label, None))
        outside = label == UNKNOWN != choice.label
        confidence = confidence_ppm(choice.margin)
        status, reason = accept(label, choice.label != UNKNOWN, confidence, self.thresholds)
        wanted = self.thresholds.confidence_min(label) if status is Status.ACCEPTED else PPM // 2
        tier = credited(page.opinions, choice.label, choice.runner_up, choice.margin, wanted)
        if weighed.pinned is not None:
            confidence, status, reason, tier = PPM, Status.ACCEPTED, Reason.CORRECTED, Tier.PERSON
        elif page.unreadable is not None:
            confidence, status, reason = 0, Status.REVIEW, Reason.UNREADABLE
        elif weighed.wordless:
            status, reason = Status.REVIEW, Reason.NO_TEXT
        return PageLabel(
            page.page,
            label,
            choice.label if outside else None,
            variant or (score.variant if score else None),
            confidence,
            status,
            reason,
            tier,
            choice.runner_up,
        )

    def _copy(self, original: PageLabel, page: StreamPage) -> PageLabel:
        reason = Reason.COPY if original.status is Status.ACCEPTED else original.reason
        return evolve(original, page=page.page, reason=reason, tier=Tier.RULES)

    def _blank(self, page: StreamPage) -> PageLabel:
        return PageLabel(
            page.page, self.blank, None, None, confidence_ppm(PPM), Status.ACCEPTED, Reason.BLANK, Tier.RULES, None
        )

    def _with_set_aside(
        self, groups: Sequence[tuple[list[int], int]], blanks: set[int], copies: Mapping[int, int]
    ) -> list[tuple[list[int], int]]:
        """Put copies and blank sheets back; blank sheets between two documents are a document of their own."""
        owner = {place: number for number, (places, _) in enumerate(groups) for place in places}
        owner |= {copy: owner[original] for copy, original in copies.items()}
        whole: list[tuple[list[int], int]] = []
        last_owner: int | None = None
        pending: list[int] = []
        for at in range(len(self.stream)):
            if at in blanks:
                pending.append(at)
                continue
            if owner[at] == last_owner:
                whole[-1][0].extend([*pending, at])
            else:
                if pending:
                    whole.append((pending, confidence_ppm(PPM)))
                whole.append(([at], groups[owner[at]][1]))
            last_owner, pending = owner[at], []
        return [*whole, (pending, confidence_ppm(PPM))] if pending else whole

    def _document(self, name: str, places: Sequence[int], confidence: int, labels: Mapping[int, PageLabel]) -> Document:
        told = [labels[at] for at in places if labels[at].reason is not Reason.BLANK] or [labels[places[0]]]
        variant = next((label.variant for label in told if label.variant is not None), None)
        return Document(
            id=name,
            label=told[0].label,
            looks_like=told[0].looks_like,
            variant=variant,
            source=self.stream[places[0]].source,
            pages=tuple(self.stream[at].page for at in places),
            confidence_ppm=confidence,
        )
