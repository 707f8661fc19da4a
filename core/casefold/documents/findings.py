"""What is wrong with a file's documents: pages missing, doubled or out of order, documents missing or of odd length."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise

from attrs import frozen

from casefold.pages.facts import PageNumber
from casefold.pages.stream import Document, StreamPage
from casefold.taxonomy.model import Condition, Detector, FileType, Requirement, Taxonomy


class FindingKind(Enum):
    """What is wrong."""

    MISSING_PAGES = "missing_pages"
    """The document's printed page numbers leave some out."""
    OUT_OF_ORDER = "out_of_order"
    """Its printed page numbers do not rise."""
    DUPLICATE_PAGES = "duplicate_pages"
    """Pages are the same, word for word, as earlier pages."""
    TOO_FEW_PAGES = "too_few_pages"
    TOO_MANY_PAGES = "too_many_pages"
    UNREADABLE_PAGE = "unreadable_page"
    SOURCE_REFUSED = "source_refused"
    """A file of the package could not be opened."""
    MISSING_DOCUMENT = "missing_document"
    """The file type asks for a document that is not there."""
    NOT_WRITTEN = "not_written"
    """The document's PDF could not be written or did not pass its verification."""
    RULE_FAILED = "rule_failed"
    """What documents state does not agree, or is too old; see `casefold.validation`."""
    UNDECIDED = "undecided"
    """The policy could not decide the case, so a person must."""


@frozen
class Finding:
    """One thing that is wrong.

    Attributes:
        kind: What it is.
        document: The document's id, where it is about one.
        pages: The package's pages that show it.
        missing: What is missing: printed page numbers, or class ids.
        detail: The fact behind it, such as the requirement's title or the reader's words.
    """

    kind: FindingKind
    document: str | None = None
    pages: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    detail: str = ""


def findings(
    taxonomy: Taxonomy, file_type: FileType | None, pages: Sequence[StreamPage], documents: Sequence[Document]
) -> tuple[Finding, ...]:
    """Find everything that is wrong with the documents of a package."""
    by_page = {page.page: page for page in pages}
    limits = {document_class.id: document_class.pages for document_class in taxonomy.classes}
    editions = {document_class.id for document_class in taxonomy.classes if document_class.revision_of is not None}
    found: list[Finding] = [
        Finding(
            FindingKind.UNREADABLE_PAGE,
            None,
            (page.page,),
            (),
            f"{page.unreadable.kind.value}: {page.unreadable.detail}",
        )
        for page in pages
        if page.unreadable is not None
    ]
    for document in documents:
        found.extend(_numbering(document, [by_page[page] for page in document.pages]))
        edition = document.variant if document.variant in editions else document.label
        bounds, count = limits.get(edition), sum(not _is_blank(by_page[page]) for page in document.pages)
        if bounds is not None and count < bounds.min:
            found.append(
                Finding(FindingKind.TOO_FEW_PAGES, document.id, document.pages, (), f"{count} of {bounds.min}")
            )
        if bounds is not None and bounds.max is not None and count > bounds.max:
            found.append(
                Finding(FindingKind.TOO_MANY_PAGES, document.id, document.pages, (), f"{count} of {bounds.max}")
            )
    found.extend(_doubles(pages, documents))
    if file_type is not None:
        found.extend(_missing_documents(file_type, Counter(document.label for document in documents)))
    return tuple(found)


def _is_blank(page: StreamPage) -> bool:
    return page.signals is not None and Detector.BLANK in page.signals.facts.detected


WORDS_MIN = 10
"""A page of fewer words can be the same as another by chance."""


def _doubles(pages: Sequence[StreamPage], documents: Sequence[Document]) -> Iterator[Finding]:
    owner = {page: document.id for document in documents for page in document.pages}
    first: dict[str, int] = {}
    doubles: dict[str, list[tuple[int, int]]] = {}
    for page in pages:
        if page.text is None or page.signals is None or page.signals.words < WORDS_MIN:
            continue
        original = first.setdefault(page.text, page.page)
        if original != page.page:
            doubles.setdefault(owner[page.page], []).append((page.page, original))
    for document, pairs in doubles.items():
        originals = ", ".join(str(original) for _, original in pairs)
        yield Finding(FindingKind.DUPLICATE_PAGES, document, tuple(page for page, _ in pairs), (), originals)


def _numbering(document: Document, pages: Sequence[StreamPage]) -> Iterator[Finding]:
    """Compare the printed page numbers of the total that most pages agree on with a full set in order."""
    totals = Counter(total for page in pages for total in {number.total for number in _numbers(page)})
    total = max(totals, key=lambda total: (totals[total], total or 0), default=None)
    if total is None:
        return
    printed = [(page.page, number.number) for page in pages for number in _numbers(page) if number.total == total]
    present = {number for _, number in printed}
    missing = [number for number in range(1, total + 1) if number not in present]
    if missing and len(present) * 2 >= total:
        yield Finding(
            FindingKind.MISSING_PAGES, document.id, document.pages, tuple(str(number) for number in missing), str(total)
        )
    falls = [page for (_, before), (page, number) in pairwise(printed) if number < before]
    if falls:
        yield Finding(FindingKind.OUT_OF_ORDER, document.id, tuple(falls))


def _numbers(page: StreamPage) -> tuple[PageNumber, ...]:
    return page.signals.facts.numbers if page.signals is not None else ()


def _missing_documents(file_type: FileType, present: Mapping[str, int]) -> Iterator[Finding]:
    for requirement in file_type.required:
        if applies(requirement.when, present):
            missing = unmet(requirement, present)
            if missing:
                yield Finding(FindingKind.MISSING_DOCUMENT, None, (), missing, requirement.title)


def applies(condition: Condition, present: Mapping[str, int]) -> bool:
    """Whether a requirement applies to a file that holds *present*, a count of documents by class."""
    return all(present.get(label) for label in condition.present) and not any(
        present.get(label) for label in condition.absent
    )


def unmet(requirement: Requirement, present: Mapping[str, int]) -> tuple[str, ...]:
    """Give the classes that would meet what is unmet; none when the requirement is met.

    >>> unmet(Requirement("id", "Identity", "s", any_of=("passport", "driver_license")), {"passport": 1})
    ()
    >>> unmet(Requirement("bank", "Statements", "s", n_of=("bank_statement",), count=2), {"bank_statement": 1})
    ('bank_statement',)
    """
    missing = tuple(label for label in requirement.all_of if not present.get(label))
    if requirement.any_of and not any(present.get(label) for label in requirement.any_of):
        missing += requirement.any_of
    if requirement.n_of and sum(present.get(label, 0) for label in requirement.n_of) < requirement.count:
        missing += requirement.n_of
    return missing
