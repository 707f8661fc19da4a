"""What is wrong with a file's documents: pages missing, doubled or out of order, documents missing or of odd length."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum

from attrs import frozen

from casefold.documents.duplicates import WORDS_MIN, Duplicate, duplicates
from casefold.documents.numbering import falls, missing, numbering
from casefold.pages.facts import PageNumber
from casefold.pages.stream import Document, StreamPage
from casefold.taxonomy.model import Condition, Detector, FileType, Requirement, Taxonomy


class FindingKind(Enum):
    """What is wrong."""

    MISSING_PAGES = "missing_pages"
    """The document's printed page numbers leave some out, and most of its pages are here."""
    EXCERPT = "excerpt"
    """By its printed numbers, half of its pages or more are not here."""
    OUT_OF_ORDER = "out_of_order"
    """Its printed page numbers do not rise."""
    DUPLICATE_PAGES = "duplicate_pages"
    """Pages are the same, word for word, as earlier pages."""
    DUPLICATE_DOCUMENT = "duplicate_document"
    """The document is an earlier one over again."""
    TOO_FEW_PAGES = "too_few_pages"
    TOO_MANY_PAGES = "too_many_pages"
    UNREADABLE_PAGE = "unreadable_page"
    SOURCE_REFUSED = "source_refused"
    """A file of the package could not be opened."""
    MISSING_DOCUMENT = "missing_document"
    """The file type asks for a document that is not there."""
    NOT_WRITTEN = "not_written"
    """The document's PDF could not be written or did not pass its verification."""
    FORM_DIFFERS = "form_differs"
    """A field of the PDF's own form holds something else than is drawn where it stands."""
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
        missing: What is missing: printed page numbers, or class ids; of a duplicate, the document that it repeats.
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
        if bounds is not None and 0 < count < bounds.min:
            found.append(
                Finding(FindingKind.TOO_FEW_PAGES, document.id, document.pages, (), f"{count} of {bounds.min}")
            )
        if bounds is not None and bounds.max is not None and count > bounds.max:
            found.append(
                Finding(FindingKind.TOO_MANY_PAGES, document.id, document.pages, (), f"{count} of {bounds.max}")
            )
    repeated = list(duplicates(taxonomy.classes, by_page, documents))
    found.extend(_doubles(pages, documents, {each.document.id for each in repeated if each.exact}))
    found.extend(_repeated(each) for each in repeated)
    if file_type is not None:
        found.extend(_missing_documents(file_type, Counter(document.label for document in documents)))
    return tuple(found)


def _is_blank(page: StreamPage) -> bool:
    return page.signals is not None and Detector.BLANK in page.signals.facts.detected


def _repeated(duplicate: Duplicate) -> Finding:
    document, original = duplicate.document, duplicate.original
    how = EXACT if duplicate.exact else ALIKE
    return Finding(FindingKind.DUPLICATE_DOCUMENT, document.id, document.pages, (original.id,), how)


EXACT = "exact"
"""A document repeats another word for word."""

ALIKE = "alike"
"""It has the same keys and evidence."""


def _doubles(
    pages: Sequence[StreamPage], documents: Sequence[Document], repeated: Collection[str]
) -> Iterator[Finding]:
    """Tell pages that repeat earlier ones, but for those of documents that are *repeated* whole."""
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
        if document in repeated:
            continue
        originals = ", ".join(str(original) for _, original in pairs)
        yield Finding(FindingKind.DUPLICATE_PAGES, document, tuple(page for page, _ in pairs), (), originals)


def _numbering(document: Document, pages: Sequence[StreamPage]) -> Iterator[Finding]:
    """Say what printed page numbers say, copies and blank sheets left out."""
    seen: set[str | None] = set()
    told: list[StreamPage] = []
    for page in pages:
        if not _is_blank(page) and (page.text is None or page.text not in seen):
            told.append(page)
        seen.add(page.text)
    found = numbering([_numbers(page) for page in told])
    if found is None:
        return
    lost = missing(found)
    kind = FindingKind.MISSING_PAGES if len(lost) < len(told) else FindingKind.EXCERPT
    if lost and (found.total is not None or kind is FindingKind.MISSING_PAGES):
        total = str(found.total) if found.total is not None else ""
        yield Finding(kind, document.id, document.pages, tuple(map(str, lost)), total)
    fallen = falls(found) if found.consistent else ()
    if fallen:
        yield Finding(FindingKind.OUT_OF_ORDER, document.id, tuple(told[at].page for at in fallen))


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
