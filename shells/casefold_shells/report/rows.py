"""What a report says of a case, as values ready to be shown: one page, document or finding at a time."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import islice
from typing import Self

from attrs import evolve, frozen

from casefold.case.askedview import meter_of, meter_words
from casefold.case.decision import explained
from casefold.case.events import DocumentWritten, SourceRefused
from casefold.case.outcome import outcome_digest
from casefold.case.record import Artifacts, file_type_of
from casefold.case.state import Case, first_page
from casefold.case.view import all_findings, document_title, fields_of
from casefold.case.wording import (
    boundary_words,
    finding_words,
    otherwise_words,
    percent,
    reason_words,
    signal_of,
    signal_words,
)
from casefold.documents.findings import Finding, FindingKind
from casefold.pages.evidence import Evidence, Found
from casefold.pages.labels import PageLabel, Reason, Status, Tier
from casefold.pages.opinions import Opinion
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import PageText
from casefold.taxonomy.model import UNKNOWN, DocumentClass
from casefold_shells.report.decision import DecisionView, decision_view
from casefold_shells.report.fields import FieldGroup, field_groups
from casefold_shells.report.sizes import PAGES_IN_SIGHT, EvidenceMax, evidence_max
from casefold_shells.report.words import (
    counted,
    hundredths,
    page_words,
    pages_words,
    relative,
    runs,
    sentence,
    shown,
    sure_words,
)

LETTER = (612_000, 792_000)
"""The size that a page is shown in when nobody knows its own."""

RATIO_MAX = 4
"""A page longer or wider than this is squeezed, lest it push the others aside."""

WIDTH = 1_000
"""Pictures are drawn on a sheet of this width, whatever their pixels."""


class Group(Enum):
    """The headings that findings stand under, in order."""

    DECISION = "Not decided"
    DOCUMENTS = "Missing documents"
    PAGES = "Pages missing, repeated or out of order"
    READING = "Could not be read or written"


@frozen
class Link:
    """A place in the report."""

    text: str
    href: str


@frozen
class FindingRow:
    """A finding.

    Attributes:
        about: What it is about: a requirement or a document.
        links: Where it shows.
        named: Title and id of the classes that would mend it.
    """

    about: str | None
    message: str
    links: tuple[Link, ...]
    named: tuple[tuple[str, str], ...]


@frozen
class FindingGroup:
    """Findings under one heading."""

    heading: str
    rows: tuple[FindingRow, ...]


@frozen
class SourceRow:
    """A file of the package."""

    name: str
    pages: str
    bytes: str
    state: str
    digest: str


@frozen
class Head:
    """What the report says before any page.

    Attributes:
        verdict: The case in one line.
        large: Whether documents begin closed.
        artifacts: Name, version and digest of everything that the outcome depends on.
        asked: What a language model was asked and what it cost, in a line; empty where none was.
    """

    case: str
    verdict: str
    file_type: str | None
    large: bool
    pages: int
    digest: str
    artifacts: tuple[tuple[str, str, str], ...]
    sources: tuple[SourceRow, ...]
    asked: str = ""


@frozen
class Box:
    """Where a piece of evidence stands, in percent of the page."""

    number: int
    mine: bool
    left: str
    top: str
    width: str
    height: str


@frozen
class EvidenceRow:
    """A line of a page's rationale.

    Attributes:
        number: The number of its box; lines about the same words share one; ``None`` where no words show it.
        first: Whether it is the first line with that number.
    """

    number: int | None
    first: bool
    text: str
    label: str
    mine: bool
    weight: str
    source: str


@frozen
class PageRow:
    """A page.

    Attributes:
        height: Of the sheet that its picture is drawn on; the width is `WIDTH`.
        sized: Whether that is the page's own shape, so that its picture must cover it whole for the boxes to fit.
        unseen: How many pieces of evidence are not shown.
        sources: Id and title of the sources that the evidence cites.
        pdf: Its place in its document's PDF, where there is one.
        before: The page before it; ``None`` for the first.
    """

    page: int
    document: str
    pdf: str | None
    file: str | None
    height: int
    sized: bool
    label: str
    title: str
    known: bool
    variant: str | None
    looks_like: str | None
    confidence: str
    sure: str
    review: bool
    status: str
    reason: str
    correction: str | None
    remarks: tuple[str, ...]
    runner_up: str | None
    runner_up_title: str | None
    boxes: tuple[Box, ...]
    evidence: tuple[EvidenceRow, ...]
    unseen: int
    sources: tuple[tuple[str, str], ...]
    before: int | None
    after: int | None

    @property
    def ratio(self) -> str:
        """Width over height."""
        return f"{WIDTH / self.height:.4f}"


@frozen
class DocumentRow:
    """A document.

    Attributes:
        href: Its PDF, relative to the report; ``None`` where there is none.
        review: How many of its pages a person must look at.
        otherwise: What it would be otherwise.
    """

    id: str
    title: str
    label: str
    variant: str | None
    looks_like: str | None
    pages: str
    count: str
    first: int
    confidence: str
    sure: str
    href: str | None
    review: int
    status: str
    otherwise: str | None
    findings: tuple[FindingRow, ...]
    fields: tuple[FieldGroup, ...] = ()


@frozen
class Rows:
    """Everything about one case that its rows are made from."""

    artifacts: Artifacts
    case: Case
    titles: Mapping[str, str]
    cited: Mapping[str, str]
    labels: Mapping[int, PageLabel]
    by_id: Mapping[str, Document]
    owners: Mapping[int, Document]
    findings: tuple[Finding, ...]
    about: Mapping[str | None, Sequence[Finding]]
    remarks: Mapping[int, tuple[str, ...]]
    limits: EvidenceMax
    decision: DecisionView | None

    @classmethod
    def of(cls, artifacts: Artifacts, case: Case) -> Self:
        """Look up once what every row asks for."""
        assert case.outcome is not None, "a case is reported after assembling"
        found = all_findings(case)
        remarks: dict[int, tuple[str, ...]] = {}
        about: dict[str | None, list[Finding]] = {}
        for finding in found:
            about.setdefault(finding.document, []).append(finding)
            if finding.kind in {FindingKind.DUPLICATE_PAGES, FindingKind.OUT_OF_ORDER}:
                for page in finding.pages:
                    remarks[page] = (*remarks.get(page, ()), shown(finding_words(finding)))
        return cls(
            artifacts=artifacts,
            case=case,
            titles={document_class.id: document_class.title for document_class in artifacts.compiled.classes},
            cited={source.id: source.title for source in artifacts.compiled.taxonomy.sources},
            labels={label.page: label for label in case.outcome.labels},
            by_id={document.id: document for document in case.outcome.documents},
            owners={page: document for document in case.outcome.documents for page in document.pages},
            findings=found,
            about=about,
            remarks=remarks,
            limits=evidence_max(len(case.pages)),
            decision=None if (decided := explained(artifacts, case)) is None else decision_view(decided),
        )

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in order."""
        assert self.case.outcome is not None, "a case is reported after assembling"
        return self.case.outcome.documents

    @property
    def large(self) -> bool:
        """Whether documents begin closed."""
        return len(self.case.pages) > PAGES_IN_SIGHT

    @property
    def classes(self) -> tuple[DocumentClass, ...]:
        """The classes that a page may be labelled with."""
        return self.artifacts.compiled.taxonomy.classes

    def head(self) -> Head:
        """Give what stands before any page."""
        opened, thresholds = self.case.opened, self.artifacts.thresholds
        assert opened is not None, "a case begins by being opened"
        model = self.artifacts.compiled.model
        taxonomy, kind = self.artifacts.compiled.taxonomy, file_type_of(self.artifacts, self.case)
        return Head(
            case=shown(opened.name),
            verdict=self._verdict(),
            file_type=kind.title if kind is not None else opened.file_type,
            large=self.large,
            pages=len(self.case.pages),
            digest=outcome_digest(self.case),
            artifacts=(
                ("Taxonomy", f"{taxonomy.name} {taxonomy.version}", opened.taxonomy),
                ("Thresholds", f"{thresholds.name} {thresholds.version}", opened.thresholds),
                *(("Local model", f"{each.name} {each.version}", each.digest) for each in (model,) if each is not None),
                *(
                    ("Language model", self.artifacts.vision.model, digest)
                    for digest in (opened.vision,)
                    if digest is not None and self.artifacts.vision is not None
                ),
                *(("Policy", each.policy, each.policy_digest) for each in (self.decision,) if each is not None),
            ),
            sources=tuple(self._source(number) for number in range(len(opened.sources))),
            asked="" if self.case.vision is None else meter_words(meter_of(self.case.vision)),
        )

    def _verdict(self) -> str:
        pages, review = len(self.case.pages), self.to_review()
        need = "needs" if len(review) == 1 else "need"
        return (
            f"{counted(len(self.documents), 'document')} on {counted(pages, 'page')}; "
            f"{counted(pages - len(review), 'page')} accepted, {len(review):,} {need} review; "
            f"{counted(len(self.findings), 'finding')}"
        )

    def _source(self, number: int) -> SourceRow:
        assert self.case.opened is not None, "a case begins by being opened"
        source, seen = self.case.opened.sources[number], self.case.sources.get(number)
        first = first_page(self.case, number)
        if seen is None or isinstance(seen, SourceRefused):
            pages, state = "", "not read" if seen is None else "could not be opened"
        else:
            last, state = first + seen.pages - 1, "repaired, then read" if seen.repaired else "read"
            pages = page_words(first, last)
        return SourceRow(shown(source.name), pages, counted(source.bytes, "byte"), state, source.digest)

    def groups(self) -> tuple[FindingGroup, ...]:
        """Give the findings under their headings, leaving out the headings without any."""
        grouped = {group: [found for found in self.findings if _group(found) is group] for group in Group}
        return tuple(
            FindingGroup(group.value, tuple(map(self._finding, found))) for group, found in grouped.items() if found
        )

    def _finding(self, finding: Finding) -> FindingRow:
        links = tuple(Link(page_words(*run), f"#p{run[0]}") for run in runs(finding.pages))
        message = shown(finding_words(finding))
        if finding.kind is FindingKind.MISSING_DOCUMENT:
            named = tuple((self.titles.get(label, label), label) for label in finding.missing)
            return FindingRow(shown(finding.detail), message, links, named)
        document = self.by_id.get(finding.document or "")
        if document is None:
            return FindingRow(None, message, links, ())
        link = Link(f"Document {document.id}", f"#d{document.id}")
        return FindingRow(self._title(document), message, (link, *links), ())

    def to_review(self) -> list[StreamPage]:
        """Give the pages that a person must look at, in order."""
        return [page for page in self.case.pages if self.labels[page.page].status is Status.REVIEW]

    def document(self, document: Document) -> DocumentRow:
        """Give what is said of *document* before its pages."""
        written = self._written(document)
        review = sum(self.labels[page].status is Status.REVIEW for page in document.pages)
        count = len(document.pages)
        return DocumentRow(
            id=document.id,
            title=self._title(document),
            label=document.label,
            variant=self._variant(document.variant),
            looks_like=document.looks_like,
            pages=pages_words(document.pages),
            count=counted(count, "page"),
            first=document.pages[0],
            confidence=percent(document.confidence_ppm),
            sure=sure_words(document.confidence_ppm),
            href=relative(written.file) if written is not None else None,
            review=review,
            status=_document_status(review, count),
            otherwise=otherwise_words(document.otherwise) if document.otherwise is not None else None,
            findings=tuple(map(self._finding, self.about.get(document.id, ()))),
            fields=field_groups(self.artifacts, document.label, fields_of(self.case, document)),
        )

    def _written(self, document: Document) -> DocumentWritten | None:
        written = self.case.written.get(document.id)
        return written if isinstance(written, DocumentWritten) else None

    def _pdf(self, page: int) -> str | None:
        written = self._written(self.owners[page])
        if written is None or page not in written.pages:
            return None
        return f"{relative(written.file)}#page={written.pages.index(page) + 1}"

    def _title(self, document: Document) -> str:
        return document_title(self.artifacts, evolve(document, variant=None))

    def _variant(self, variant: str | None) -> str | None:
        """Name a variant; one that is an older edition of the class goes by that edition's title."""
        return self.titles.get(variant, variant) if variant is not None else None

    def page(self, page: StreamPage, text: PageText | None = None) -> PageRow:
        """Give everything that is said of *page*; where its evidence stands is in its *text*."""
        assert self.case.opened is not None, "a case begins by being opened"
        label, sources = self.labels[page.page], self.case.opened.sources
        number = page.page - first_page(self.case, page.source) + 1
        boxes, evidence, unseen = self._rationale(page, label, text)
        cited = dict.fromkeys(row.source for row in evidence)
        return PageRow(
            page=page.page,
            document=self.owners[page.page].id,
            pdf=self._pdf(page.page),
            file=f"{shown(sources[page.source].name)}, page {number}" if len(sources) > 1 else None,
            height=_sheet_height(page),
            sized=min(page.size) > 0,
            label=label.label,
            title=self._label_title(label),
            known=label.label != UNKNOWN or label.looks_like is not None,
            variant=self._variant(label.variant),
            looks_like=label.looks_like,
            confidence="" if label.reason is Reason.UNREADABLE else percent(label.confidence_ppm),
            sure=sure_words(label.confidence_ppm),
            review=label.status is Status.REVIEW,
            status=_page_status(label),
            reason=self._reason(page, label),
            correction=self._correction(page, label),
            remarks=self.remarks.get(page.page, ()),
            runner_up=label.runner_up,
            runner_up_title=self.titles.get(label.runner_up or ""),
            boxes=boxes,
            evidence=evidence,
            unseen=unseen,
            sources=tuple((source, self.cited.get(source, source)) for source in cited),
            before=page.page - 1 if page.page > 1 else None,
            after=page.page + 1 if page.page < len(self.case.pages) else None,
        )

    def _label_title(self, label: PageLabel) -> str:
        wanted = label.looks_like or label.label
        return "Unknown document" if wanted == UNKNOWN else self.titles.get(wanted, wanted)

    def _reason(self, page: StreamPage, label: PageLabel) -> str:
        said = f"{page.unreadable.kind.value}, {page.unreadable.detail}" if page.unreadable is not None else None
        return sentence(shown(reason_words(label, self.artifacts.thresholds, said, page.origin)))

    def _correction(self, page: StreamPage, label: PageLabel) -> str | None:
        correction = self.case.corrections.get(page.page)
        begins = self.case.boundaries.get(page.page)
        parts = [] if begins is None else [shown(boundary_words(begins))]
        if label.tier is Tier.PERSON and correction is not None:
            parts.insert(0, f"{shown(correction.by)} labelled it {shown(correction.label)}: {shown(correction.why)}")
        return "; ".join(parts) or None

    def _rationale(
        self, page: StreamPage, label: PageLabel, text: PageText | None
    ) -> tuple[tuple[Box, ...], tuple[EvidenceRow, ...], int]:
        """Give the strongest evidence, that for the label first, and a numbered box for all the words that show it."""
        found = page.signals.evidence if page.signals is not None else Found()
        chosen = {label.looks_like or label.label, label.variant}
        for_label = self._strongest(piece for piece in found if piece.label in chosen)
        for_others = self._strongest(piece for piece in found if piece.label not in chosen)
        kept = for_label[: self.limits.mine] + for_others[: self.limits.others]
        boxes: dict[tuple[bool, tuple[int, ...]], Box] = {}
        rows: list[EvidenceRow] = []
        for piece in kept:
            box = text.box(piece.first, piece.last) if text is not None and piece.shown else ()
            place, mine = (piece.label in chosen, box), piece.label in chosen
            first = bool(box) and place not in boxes
            if first:
                boxes[place] = _box(len(boxes) + 1, mine, box)
            signal = signal_of(self.artifacts.compiled, piece)
            rows.append(
                EvidenceRow(
                    number=boxes[place].number if box else None,
                    first=first,
                    text=signal_words(signal),
                    label=piece.label,
                    mine=mine,
                    weight=f"{signal.weight:+d}".replace("-", "−"),
                    source=signal.source,
                )
            )
        rows += [_opinion_row(opinion, mine=opinion.label in chosen) for opinion in page.opinions]
        return tuple(boxes.values()), tuple(rows), len(found) - len(kept)

    def _strongest(self, pieces: Iterable[Evidence]) -> list[Evidence]:
        compiled = self.artifacts.compiled
        return sorted(pieces, key=lambda piece: (-abs(signal_of(compiled, piece).weight), piece.first))


def _opinion_row(opinion: Opinion, *, mine: bool) -> EvidenceRow:
    """Give what a tier beyond the rules says, which stands nowhere on the page."""
    return EvidenceRow(
        number=None,
        first=False,
        text=shown(opinion.detail or opinion.tier.value),
        label=opinion.label,
        mine=mine,
        weight=f"{opinion.worth:+d}".replace("-", "−"),
        source=opinion.tier.value,
    )


def _group(finding: Finding) -> Group:
    match finding.kind:
        case FindingKind.UNDECIDED:
            return Group.DECISION
        case FindingKind.MISSING_DOCUMENT | FindingKind.RULE_FAILED | FindingKind.FORM_DIFFERS:
            return Group.DOCUMENTS
        case (
            FindingKind.MISSING_PAGES
            | FindingKind.EXCERPT
            | FindingKind.OUT_OF_ORDER
            | FindingKind.DUPLICATE_PAGES
            | FindingKind.DUPLICATE_DOCUMENT
            | FindingKind.TOO_FEW_PAGES
            | FindingKind.TOO_MANY_PAGES
        ):
            return Group.PAGES
        case FindingKind.UNREADABLE_PAGE | FindingKind.SOURCE_REFUSED | FindingKind.NOT_WRITTEN:
            return Group.READING


def _page_status(label: PageLabel) -> str:
    if label.status is Status.REVIEW:
        return "needs review"
    return "accepted, by a person" if label.tier is Tier.PERSON else "accepted"


def _document_status(review: int, count: int) -> str:
    if not review:
        return "accepted"
    return "needs review" if count == 1 else f"{review} of {count} {'needs' if review == 1 else 'need'} review"


def _sheet_height(page: StreamPage) -> int:
    width, height = page.size if min(page.size) > 0 else LETTER
    return max(WIDTH // RATIO_MAX, min(WIDTH * RATIO_MAX, WIDTH * height // width))


def _box(number: int, mine: bool, box: Sequence[int]) -> Box:
    left, top, right, bottom = islice(box, 4)
    return Box(number, mine, hundredths(left), hundredths(top), hundredths(right - left), hundredths(bottom - top))
