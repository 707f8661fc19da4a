"""From a stream of pages to labelled pages and documents.

Blank sheets and copies of the page before say nothing of their own, so they are left out of assembly and put back
afterwards: a blank sheet belongs to the document on both its sides, a copy to the document of its original. A document
of one page that is there twice is two documents, as a longer one that is there twice is.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import overload

from attrs import evolve, frozen

from casefold.kernel.odds import PPM, confidence_ppm
from casefold.pages.assembly import STRETCH, PageChoice, assemble
from casefold.pages.facts import Facts
from casefold.pages.labels import PageLabel, Reason, Status, Thresholds, Tier, accept
from casefold.pages.opinions import Opinion, credited
from casefold.pages.otherwise import Choice, Otherwise, decisive
from casefold.pages.quality import Layer
from casefold.pages.recognition import Recognition
from casefold.pages.rejoining import Group, rejoin
from casefold.pages.scores import PINNED, UNKNOWN_MODEL, ClassModel, Page, class_model, page_scores
from casefold.pages.signals import Compiled, Signals
from casefold.pages.text import PageUnreadable, TextOrigin
from casefold.taxonomy.model import UNKNOWN, Detector

COPY_WORDS_MIN = 10
"""A page of fewer words can be the same as its neighbour by chance."""

NO_BOUNDARIES: Mapping[int, bool] = MappingProxyType({})
"""Nobody said where documents begin."""


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
        origin: Where its words were read; a page without any counts as one with a text layer.
        layer: What its text layer is good for.
        recognition: How its words were recognised; ``None`` where they are those of the layer.
        joins: Decibans that they give for the page to continue the document of the page before.
    """

    page: int
    source: int
    text: str | None
    size: tuple[int, int]
    signals: Signals | None
    unreadable: PageUnreadable | None = None
    opinions: tuple[Opinion, ...] = ()
    origin: TextOrigin = TextOrigin.LAYER
    layer: Layer = Layer.TRUSTED
    recognition: Recognition | None = None
    joins: int = 0


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
        otherwise: What it would be otherwise, and what decides against that.
    """

    id: str
    label: str
    looks_like: str | None
    variant: str | None
    source: int
    pages: tuple[int, ...]
    confidence_ppm: int
    otherwise: Otherwise | None = None


@frozen
class Labelled:
    """Every page with its label, and every page in one document."""

    pages: tuple[PageLabel, ...]
    documents: tuple[Document, ...]


def _was_seen(page: StreamPage) -> bool:
    """Whether something that sees pictures spoke of a page: a page without words says nothing to anybody else."""
    return any(opinion.tier is Tier.VISION for opinion in page.opinions)


_NO_FACTS = Facts((), (), None, None, ())


def weigh(
    compiled: Compiled,
    page: StreamPage,
    *,
    after_blank: bool = False,
    pinned: str | None = None,
    begins: bool | None = None,
) -> Page:
    """Weigh a page for assembly; *pinned* is the label that a person gave it.

    *begins* is whether a person said that a document begins with it, or that it does not; ``None`` where nobody did.
    """
    signals = page.signals
    return Page(
        scores=page_scores(compiled, signals, page.opinions),
        facts=signals.facts if signals else _NO_FACTS,
        wordless=signals is None or not signals.words,
        size=page.size,
        after_blank=after_blank,
        pinned=pinned,
        joins=page.joins if begins is None else -PINNED if begins else PINNED,
    )


def label_pages(
    compiled: Compiled,
    thresholds: Thresholds,
    pages: Sequence[StreamPage],
    corrections: Mapping[int, str],
    boundaries: Mapping[int, bool] = NO_BOUNDARIES,
) -> Labelled:
    """Label *pages* and assemble them, file by file.

    *corrections* are labels that a person gave, by page number; they hold, and the pages around them are weighed anew.
    One that names no class of this taxonomy (it was given under another) says nothing here. *boundaries* say of pages
    whether a document begins with them; labels that people gave to pages on both sides come first.
    """
    models = {document_class.id: class_model(document_class) for document_class in compiled.classes}
    corrections = {page: label for page, label in corrections.items() if label in {UNKNOWN, *models}}
    blank, reported = _blank_label(compiled), _reported(compiled)
    labels: list[PageLabel] = []
    documents: list[Document] = []
    for source in sorted({page.source for page in pages}):
        stream = [page for page in pages if page.source == source]
        part = _Part(compiled, thresholds, models, reported, blank, stream, corrections, boundaries)
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


def _told(page: Page, label: str) -> Page:
    """Keep of a page what its label rests on; of one that shows nothing of its class, everything."""
    return evolve(page, scores={label: page.scores[label]}) if label in page.scores else page


_SURE = confidence_ppm(PPM), None
"""Blank sheets are what they are."""


def _out_of_order(label: PageLabel) -> PageLabel:
    """Send a page to review whose document was not found whole in a file that is out of order."""
    if label.status is Status.REVIEW or label.tier is Tier.PERSON:
        return label
    return evolve(label, status=Status.REVIEW, reason=Reason.ORDER_UNCERTAIN)


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
    boundaries: Mapping[int, bool]

    def labelled(self, before: int) -> tuple[list[PageLabel], list[Document]]:
        """Label this file's pages; *before* documents come from the files before it."""
        blanks = {at for at, page in enumerate(self.stream) if self._is_blank(page)}
        copies = self._copies(blanks)
        kept = [at for at in range(len(self.stream)) if at not in blanks and at not in copies]
        weighed: Sequence[Page] = _Weighed(self, kept, blanks)
        if len(kept) <= STRETCH:
            weighed = list(weighed)
        assembly = assemble(self.models, weighed)
        labels: dict[int, PageLabel] = {}
        told: list[Page] = []
        for at, page, choice in zip(kept, weighed, assembly.choices, strict=True):
            labels[at] = self._label(self.stream[at], page, choice)
            told.append(_told(page, choice.label))
        rejoined = rejoin(self.models, told, assembly)
        for group in rejoined:
            for number in group.places:
                choice = assembly.choices[number]
                if choice.label != group.label:
                    joined = PageChoice(group.label, group.margin, choice.label, group.sure)
                    labels[kept[number]] = self._label(self.stream[kept[number]], told[number], joined)
            if group.doubtful:
                labels |= {kept[number]: _out_of_order(labels[kept[number]]) for number in group.places}
        for at in sorted(copies):
            labels[at] = self._copy(labels[copies[at]], self.stream[at])
        labels |= {at: self._blank(self.stream[at]) for at in blanks}
        said = {
            kept[group.places[0]]: (confidence_ppm(group.sure), self._otherwise(group, told, kept))
            for group in rejoined
        }
        groups = self._with_set_aside([[kept[number] for number in group.places] for group in rejoined], blanks, copies)
        documents = [
            self._document(
                str(before + number).zfill(2), places, *said.get(copies.get(places[0], places[0]), _SURE), labels
            )
            for number, places in enumerate(groups, 1)
        ]
        return [labels[at] for at in range(len(self.stream))], documents

    def _is_blank(self, page: StreamPage) -> bool:
        return page.signals is not None and Detector.BLANK in page.signals.facts.detected and not self._spoken_of(page)

    def _spoken_of(self, page: StreamPage) -> bool:
        """Whether a person said something of a page: it is looked at for itself then."""
        return page.page in self.corrections or page.page in self.boundaries

    def _copies(self, blanks: set[int]) -> dict[int, int]:
        """Give, for each page that is a copy of the page before it, its original."""
        copies: dict[int, int] = {}
        for at, page in enumerate(self.stream):
            before = at - 1
            while before in blanks:
                before -= 1
            if before < 0 or page.signals is None or self._spoken_of(page):
                continue
            if page.text == self.stream[before].text and page.signals.words >= COPY_WORDS_MIN:
                copies[at] = copies.get(before, before)
        return copies

    def weighed(self, at: int, before: int, blanks: Collection[int]) -> Page:
        """Weigh the page at *at*; *before* is the place of the one assembled before it."""
        page = self.stream[at]
        after_blank = any(between in blanks for between in range(before + 1, at))
        pinned, begins = self.corrections.get(page.page), self.boundaries.get(page.page)
        return weigh(self.compiled, page, after_blank=after_blank, pinned=pinned, begins=begins)

    def _label(self, page: StreamPage, weighed: Page, choice: PageChoice) -> PageLabel:
        score = weighed.scores.get(choice.label)
        label, variant = self.reported.get(choice.label, (choice.label, None))
        outside = label == UNKNOWN != choice.label
        confidence = confidence_ppm(choice.sure)
        status, reason = accept(label, choice.label != UNKNOWN, confidence, self.thresholds, page.origin)
        wanted = self.thresholds.confidence_min(label, page.origin) if status is Status.ACCEPTED else PPM // 2
        tier = credited(page.opinions, choice.label, choice.runner_up, choice.sure, wanted)
        if weighed.pinned is not None:
            confidence, status, reason, tier = PPM, Status.ACCEPTED, Reason.CORRECTED, Tier.PERSON
        elif page.unreadable is not None:
            confidence, status, reason = 0, Status.REVIEW, Reason.UNREADABLE
        elif weighed.wordless and not _was_seen(page):
            status, reason = Status.REVIEW, Reason.NO_TEXT
        elif page.layer is Layer.UNTRUSTED and page.recognition is None:
            status, reason = Status.REVIEW, Reason.LAYER_UNTRUSTED
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

    def _otherwise(self, group: Group, told: Sequence[Page], kept: Sequence[int]) -> Otherwise | None:
        other = group.otherwise
        model, page = self.models.get(group.label, UNKNOWN_MODEL), self.stream[kept[other.at]].page
        if other.choice is Choice.OTHER_CLASS:
            return Otherwise(other.choice, page, group.margin, other.label) if other.label is not None else None
        because = decisive(model, told[other.before], told[other.at], other.choice)
        return Otherwise(other.choice, page, group.margin, None, because)

    def _with_set_aside(
        self, groups: Sequence[Sequence[int]], blanks: set[int], copies: Mapping[int, int]
    ) -> list[list[int]]:
        """Put copies and blank sheets back; blank sheets between two documents are a document of their own.

        So are copies of a document that has no other page.
        """
        single = {places[0] for places in groups if len(places) == 1}
        next_to = {pair for places in groups for pair in pairwise(places)}
        after: dict[int, list[int]] = {place: [] for places in groups for place in places}
        alone: list[list[int]] = []
        before: int | None = None
        pending: list[int] = []
        for at in range(len(self.stream)):
            if at in blanks:
                pending.append(at)
                continue
            original = copies.get(at, at)
            goes_on = (before == original and original not in single) or (before, original) in next_to
            if pending and before is not None and goes_on:
                after[before] += pending
            elif pending:
                alone.append(pending)
            if at in copies and original in single:
                alone.append([at])
            elif at in copies:
                after[original].append(at)
            before, pending = original, []
        whole = [[each for place in places for each in (place, *after[place])] for places in groups]
        return sorted([*whole, *alone, *([pending] if pending else [])], key=min)

    def _document(
        self,
        name: str,
        places: Sequence[int],
        confidence: int,
        otherwise: Otherwise | None,
        labels: Mapping[int, PageLabel],
    ) -> Document:
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
            otherwise=otherwise,
        )
