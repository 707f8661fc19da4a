"""Laws of findings: what is wrong is found, what is right is left alone."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from casefold.documents.findings import Finding, FindingKind, applies, findings, unmet
from casefold.pages.stream import Document, StreamPage
from casefold.taxonomy.model import FileType, Requirement, Taxonomy


def of_kind(found: Sequence[Finding], *kinds: FindingKind) -> list[Finding]:
    """Give the findings of some kinds."""
    return [finding for finding in found if finding.kind in kinds]


def unmet_names_what_would_meet(requirement: Requirement, present: Mapping[str, int]) -> None:
    """A requirement is met exactly when the file holds what it asks for, and what is named would meet it."""
    missing = unmet(requirement, present)
    assert bool(missing) != is_met(requirement, present)
    if missing:
        more = {label: present.get(label, 0) + requirement.count for label in {*present, *missing}}
        assert unmet(requirement, more) == ()


def is_met(requirement: Requirement, present: Mapping[str, int]) -> bool:
    """Say whether a file holds what a requirement asks for, by the words of `Requirement`."""
    held = [label for label, count in present.items() for _ in range(count)]
    every = set(requirement.all_of) <= set(held)
    some = not requirement.any_of or bool({*requirement.any_of} & {*held})
    enough = not requirement.n_of or len([one for one in held if one in requirement.n_of]) >= requirement.count
    return every and some and enough


def one_document_more_harms_nothing(requirement: Requirement, present: Mapping[str, int], label: str) -> None:
    """A document more never makes a met requirement unmet."""
    if not unmet(requirement, present):
        assert not unmet(requirement, {**present, label: present.get(label, 0) + 1})


def missing_documents_are_found(
    taxonomy: Taxonomy, file_type: FileType, pages: Sequence[StreamPage], documents: Sequence[Document]
) -> None:
    """There is one finding for each requirement that applies and is not met, in order, and no other."""
    present: dict[str, int] = {}
    for document in documents:
        present[document.label] = present.get(document.label, 0) + 1
    found = of_kind(findings(taxonomy, file_type, pages, documents), FindingKind.MISSING_DOCUMENT)
    wanting = [each for each in file_type.required if applies(each.when, present) and not is_met(each, present)]
    assert [finding.detail for finding in found] == [each.title for each in wanting]
    assert not of_kind(findings(taxonomy, None, pages, documents), FindingKind.MISSING_DOCUMENT)


def applies_if_all_and_none(requirement: Requirement, labels: Sequence[str]) -> None:
    """A requirement applies to a file with every class of *present* and none of *absent*."""
    for size in range(len(labels) + 1):
        for some in combinations(labels, size):
            expected = {*requirement.when.present} <= {*some} and not {*requirement.when.absent} & {*some}
            assert applies(requirement.when, dict.fromkeys(some, 1)) == expected
