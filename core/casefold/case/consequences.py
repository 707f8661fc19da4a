"""What a correction changed elsewhere: every document that is not as it was, so that none changes silently."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve as changed
from attrs import frozen

from casefold.case.events import Assembled, BoundaryCorrected, Correction, CorrectionWithdrawn, Event, PageCorrected
from casefold.case.state import Case, evolve
from casefold.pages.labels import PageLabel, Status, Thresholds
from casefold.pages.standing import document_standing, origin_of
from casefold.pages.stream import StreamPage

Said: TypeAlias = Correction | CorrectionWithdrawn


@frozen
class SeenPage:
    """What a reader sees of a page in its document."""

    page: int
    label: str
    looks_like: str | None
    variant: str | None
    status: Status


@frozen
class SeenDocument:
    """What a reader sees of a document: its number, what it is, whether it is accepted, and its pages in order."""

    id: str
    label: str
    looks_like: str | None
    variant: str | None
    status: Status
    pages: tuple[SeenPage, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its pages' numbers in the package."""
        return tuple(page.page for page in self.pages)


@frozen
class DocumentChange:
    """A document that is not as it was.

    Attributes:
        before: As it was; ``None`` where it is new.
        after: As it is; ``None`` where it is no more.
        own: Whether it held the page that was spoken of, or holds it now.
    """

    before: SeenDocument | None
    after: SeenDocument | None
    own: bool


@frozen
class Consequences:
    """All that differs between two outcomes, but for how sure they are.

    Attributes:
        documents: The documents that are not as they were, by their first pages.
        renumbered: The old and the new number of documents that are as they were but for that.
    """

    documents: tuple[DocumentChange, ...]
    renumbered: tuple[tuple[str, str], ...]

    @property
    def elsewhere(self) -> tuple[DocumentChange, ...]:
        """The documents that are not as they were, and have nothing to do with the page that was spoken of."""
        return tuple(change for change in self.documents if not change.own)


@frozen
class Told:
    """What a person said of a page, and all that changed with it.

    Attributes:
        sequence: The number of the event in the log.
        said: The event.
        changed: What changed; ``None`` where the case was not assembled since.
    """

    sequence: int
    said: Said
    changed: Consequences | None


def seen(outcome: Assembled, pages: Sequence[StreamPage], thresholds: Thresholds) -> tuple[SeenDocument, ...]:
    """Give the documents of an outcome over *pages*, all pages of the package, as a reader sees them."""
    labels = {label.page: label for label in outcome.labels}
    return tuple(
        SeenDocument(
            document.id,
            document.label,
            document.looks_like,
            document.variant,
            document_standing(document, labels, origin_of([pages[at - 1] for at in document.pages]), thresholds).status,
            tuple(_seen_page(labels[page]) for page in document.pages),
        )
        for document in outcome.documents
    )


def _seen_page(label: PageLabel) -> SeenPage:
    return SeenPage(label.page, label.label, label.looks_like, label.variant, label.status)


def consequences(before: Sequence[SeenDocument], after: Sequence[SeenDocument], page: int) -> Consequences:
    """Compare two outcomes over the same pages, between which a person spoke of *page*.

    A document is followed to the one that has most of its pages, unless another has more of them.
    """
    known = {_nameless(document): document for document in before}
    same = {document.id: known[_nameless(document)].id for document in after if _nameless(document) in known}
    kept = {*same.values()}
    old = [document for document in before if document.id not in kept]
    new = [document for document in after if document.id not in same]
    pairs = _followed(old, new)
    back = {there: here for here, there in pairs.items()}
    by_id = {document.id: document for document in new}
    found = [(document, by_id[pairs[document.id]] if document.id in pairs else None) for document in old]
    changes = [
        *(DocumentChange(one, two, _holds(one, page) or _holds(two, page)) for one, two in found),
        *(DocumentChange(None, two, _holds(two, page)) for two in new if two.id not in back),
    ]
    return Consequences(
        tuple(sorted(changes, key=_first_page)), tuple((old, new) for new, old in same.items() if old != new)
    )


def told(thresholds: Thresholds, entries: Iterable[tuple[int, Event]]) -> tuple[Told, ...]:
    """Go through the numbered events of a case, and give all that people said of pages with what it changed."""
    case, before = Case(), tuple[SeenDocument, ...]()
    found: list[Told] = []
    for sequence, event in entries:
        if isinstance(event, PageCorrected | BoundaryCorrected | CorrectionWithdrawn):
            if case.outcome is not None:
                before = seen(case.outcome, case.pages, thresholds)
            found.append(Told(sequence, event, None))
        case = evolve(case, event)
        if isinstance(event, Assembled) and found and found[-1].changed is None:
            after = seen(event, case.pages, thresholds)
            found[-1] = changed(found[-1], changed=consequences(before, after, found[-1].said.page))
    return tuple(found)


def _nameless(document: SeenDocument) -> SeenDocument:
    return changed(document, id="")


def _holds(document: SeenDocument | None, page: int) -> bool:
    return document is not None and page in document.numbers


def _first_page(change: DocumentChange) -> tuple[int, bool]:
    shown = change.after or change.before
    assert shown is not None, "a change is of a document"
    return min(shown.numbers), change.after is None


def _followed(old: Sequence[SeenDocument], new: Sequence[SeenDocument]) -> Mapping[str, str]:
    """Give, for old documents, the new ones that are taken for the same: those that share most pages come first."""
    place = {page: document.id for document in new for page in document.numbers}
    shared: dict[tuple[str, str], int] = {}
    for document in old:
        for page in document.numbers:
            if page in place:
                pair = document.id, place[page]
                shared[pair] = shared.get(pair, 0) + 1
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for one, two in sorted(shared, key=lambda pair: -shared[pair]):
        if one not in pairs and two not in taken:
            pairs[one] = two
            taken.add(two)
    return pairs
