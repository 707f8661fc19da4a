"""What is shown of a page under review, in words and numbers, without a screen."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from attrs import evolve, frozen

from casefold.case.alternatives import Candidate, candidates
from casefold.case.record import Artifacts
from casefold.case.state import Case, first_page
from casefold.case.wording import boundary_words, otherwise_words, percent, reason_words, signal_of, signal_words
from casefold.pages.labels import PageLabel, Reason, Status, Tier
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import BOX_SCALE, PageText, upright
from casefold.taxonomy.model import UNKNOWN

_SPEAKERS = MappingProxyType({
    Tier.RULES: "rules",
    Tier.LOCAL: "the local model",
    Tier.MEMORY: "pages reviewed before",
    Tier.VISION: "a language model",
    Tier.PERSON: "a person",
})  # fmt: skip

OFFERED_MAX = 9
"""As many labels as there are digits to choose them by."""


@frozen
class Row:
    """A page of the queue: its number, what it is, why it waits, and whether somebody said what it is."""

    page: int
    label: str
    why: str
    done: bool
    waits: bool


@frozen
class Piece:
    """A piece of evidence: whether it speaks for the label that the page has, its worth, and what it is.

    Attributes:
        box: Where the words stand that show it, in `BOX_SCALE` ths of the page.
    """

    mine: bool
    worth: int
    text: str
    label: str
    box: tuple[int, ...] = ()


@frozen
class Offer:
    """A label that is offered: its id and title, and what speaks for it."""

    label: str
    title: str
    hint: str


@frozen
class PageSeen:
    """Everything that is said of a page.

    Attributes:
        label: The label that stands.
        shown: The same, or the kind outside the taxonomy that it fits.
        where: Its place in the package and in its file.
        title: What it is taken for.
        sure: How sure that is.
        reason: Why it waits, or why it does not.
        correction: What a person said of it.
        document: Its document, and what that would be otherwise.
        begins: Whether a document begins with it.
        evidence: What speaks for its label, then what speaks for others, the strongest first.
        offers: What it could be instead.
    """

    page: int
    label: str
    shown: str
    where: str
    title: str
    sure: str
    status: Status
    reason: str
    correction: str | None
    document: str
    otherwise: str | None
    begins: bool
    evidence: tuple[Piece, ...]
    offers: tuple[Offer, ...]


def titles_of(artifacts: Artifacts) -> Mapping[str, str]:
    """Give what each class is called, and `UNKNOWN`."""
    return {UNKNOWN: "None of the classes", **{each.id: each.title for each in artifacts.compiled.classes}}


def rows(case: Case, *, every: bool) -> tuple[Row, ...]:
    """Give the pages that wait, and those that a person labelled; or *every* page."""
    assert case.outcome is not None, "pages are labelled before they are reviewed"
    return tuple(
        Row(label.page, label.looks_like or label.label, _short(label), label.page in case.corrections, _waits(label))
        for label in case.outcome.labels
        if every or _waits(label) or label.page in case.corrections
    )


def _waits(label: PageLabel) -> bool:
    return label.status is Status.REVIEW


def _short(label: PageLabel) -> str:
    """Say why a page waits in so few words that they fit a list.

    Of a page that does not, say how sure it is.
    """
    match label.reason:
        case Reason.UNSURE | Reason.SURE | Reason.BUDGET_EXHAUSTED | Reason.UNANSWERED | Reason.COPY:
            return percent(label.confidence_ppm)
        case Reason.CORRECTED:
            return "said"
        case _:
            return str(label.reason.value).replace("_", " ")


def page_seen(artifacts: Artifacts, case: Case, page: int, text: PageText | None = None) -> PageSeen:
    """Give everything that is said of *page*; where its evidence stands is in its *text*."""
    assert case.opened is not None and case.outcome is not None, "pages are labelled before they are reviewed"
    label, read = case.outcome.labels[page - 1], case.pages[page - 1]
    titles = titles_of(artifacts)
    holder = next(each for each in case.outcome.documents if page in each.pages)
    unreadable = f"{read.unreadable.kind.value}, {read.unreadable.detail}" if read.unreadable is not None else None
    return PageSeen(
        page=page,
        label=label.label,
        shown=label.looks_like or label.label,
        where=_where(case, read),
        title=titles.get(label.looks_like or label.label, label.label),
        sure=percent(label.confidence_ppm),
        status=label.status,
        reason=reason_words(label, artifacts.thresholds, unreadable, read.origin),
        correction=_correction(case, label),
        document=_document(holder, page),
        otherwise=otherwise_words(holder.otherwise) if holder.otherwise is not None else None,
        begins=holder.pages[0] == page,
        evidence=evidence_of(artifacts, read, label, text),
        offers=tuple(_offer(each, titles) for each in candidates(artifacts, case, page)[:OFFERED_MAX]),
    )


def _where(case: Case, page: StreamPage) -> str:
    assert case.opened is not None, "a case begins by being opened"
    source, number = case.opened.sources[page.source].name, page.page - first_page(case, page.source) + 1
    return f"page {page.page} of {len(case.pages)}" + (
        f" · page {number} of {source}" if len(case.opened.sources) > 1 else ""
    )


def _correction(case: Case, label: PageLabel) -> str | None:
    said = case.corrections.get(label.page)
    begins = case.boundaries.get(label.page)
    parts = (
        [f"{said.by} labelled it {said.label}: {said.why}"] if said is not None and label.tier is Tier.PERSON else []
    )
    if begins is not None:
        parts.append(boundary_words(begins))
    return "; ".join(parts) or None


def _document(document: Document, page: int) -> str:
    """Say which page of which document it is.

    Pages of a document are named by the first and the last; whether others lie between is to be seen in the report.
    """
    at, count = document.pages.index(page) + 1, len(document.pages)
    if count == 1:
        return f"document {document.id}, this page alone"
    return f"document {document.id}, its page {at} of {count} (pages {min(document.pages)}–{max(document.pages)})"


def evidence_of(
    artifacts: Artifacts, page: StreamPage, label: PageLabel, text: PageText | None = None
) -> tuple[Piece, ...]:
    """Give what a page shows and what tiers say of it: first for its label, then against it, the strongest first.

    What speaks against other labels is left out.
    """
    chosen = {label.looks_like or label.label, label.variant}
    pieces = [
        Piece(
            piece.label in chosen,
            signal_of(artifacts.compiled, piece).weight,
            signal_words(signal_of(artifacts.compiled, piece)),
            piece.label,
            text.box(piece.first, piece.last) if text is not None and piece.shown else (),
        )
        for piece in (page.signals.evidence if page.signals is not None else ())
    ]
    pieces += [
        Piece(said.label in chosen, said.worth, said.detail or _SPEAKERS[said.tier], said.label)
        for said in page.opinions
    ]
    telling = [evolve(piece, mine=piece.mine and piece.worth > 0) for piece in pieces if piece.mine or piece.worth > 0]
    return tuple(sorted(telling, key=lambda piece: (not piece.mine, -abs(piece.worth))))


def _offer(candidate: Candidate, titles: Mapping[str, str]) -> Offer:
    hints = ["second best"] if candidate.runner_up else []
    hints += [f"{candidate.worth:+d} dB here"] if candidate.worth is not None else []
    hints += [f"as page {candidate.neighbour}"] if candidate.neighbour is not None else []
    return Offer(candidate.label, titles.get(candidate.label, candidate.label), ", ".join(hints))


def found_classes(artifacts: Artifacts, query: str) -> tuple[Offer, ...]:
    """Give the classes whose id or title has all words of *query*, those that begin with it first."""
    words = query.lower().replace("_", " ").split()
    shown = {UNKNOWN: "None of the classes", **{each.id: each.title for each in artifacts.compiled.taxonomy.classes}}

    def place(label: str) -> tuple[bool, str]:
        said = f"{label.replace('_', ' ')} {shown[label]}".lower()
        return not (said.startswith(query.lower()) or shown[label].lower().startswith(query.lower())), label

    fitting = [
        label
        for label, title in shown.items()
        if all(word in f"{label.replace('_', ' ')} {title}".lower() for word in words)
    ]
    return tuple(Offer(label, shown[label], "") for label in sorted(fitting, key=place))


LINE_GAP = 45
"""Words whose middles are closer than so many ten-thousandths of the page's height stand on one line."""

PARAGRAPH_GAP = 250
"""Between lines that are farther apart than that, a line is left empty."""


def laid_out(page: PageText, columns: int) -> tuple[str, ...]:
    """Write a page's words on lines of about *columns* characters, where they stand on the page.

    >>> from casefold.pages.text import TextOrigin
    >>> boxes = 0, 0, 1000, 200, 8000, 10, 9000, 210, 0, 400, 900, 600
    >>> laid_out(PageText(1, ("Name", "Date", "Ann"), boxes, 1, 1, 0, TextOrigin.LAYER, 3, 0), 20)
    ('Name            Date', '', 'Ann')
    """
    page = upright(page)
    places = sorted(
        ((page.boxes[4 * at + 1] + page.boxes[4 * at + 3]) // 2, page.boxes[4 * at], page.boxes[4 * at + 3], word)
        for at, word in enumerate(page.words)
    )
    lines: list[list[tuple[int, str]]] = []
    middles: list[int] = []
    for middle, left, _, word in places:
        if middles and middle - middles[-1] < LINE_GAP:
            lines[-1].append((left, word))
        else:
            middles.append(middle)
            lines.append([(left, word)])
    gaps = (0, *(after - before for before, after in pairwise(middles)))
    written: list[str] = []
    for line, gap in zip(lines, gaps, strict=bool(lines)):
        written += ["", _line(line, columns)] if gap > PARAGRAPH_GAP else [_line(line, columns)]
    return tuple(written)


def _line(words: Sequence[tuple[int, str]], columns: int) -> str:
    line = ""
    for left, word in sorted(words):
        line = line.ljust(left * columns // BOX_SCALE) if line else " " * (left * columns // BOX_SCALE)
        line += word if not line or line.endswith(" ") else f" {word}"
    return line.rstrip()
