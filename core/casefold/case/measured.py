"""What was found in a case, to be measured against the truth."""

from collections.abc import Sequence
from types import MappingProxyType

from attrs import evolve

from casefold.case.record import Artifacts
from casefold.case.state import Case
from casefold.documents.baselines import BASELINES
from casefold.documents.defects import Alarm
from casefold.documents.evaluation import BLANK, FoundDocument, FoundPage, Package, TruePage
from casefold.documents.findings import FindingKind
from casefold.documents.revealing import revealed
from casefold.pages.certificates import Standing
from casefold.pages.facts import Facts
from casefold.pages.labels import PageLabel, Reason, Status
from casefold.pages.standing import WEIGHED, document_standing, origin_of, page_standing
from casefold.pages.stream import StreamPage
from casefold.taxonomy.model import UNKNOWN
from casefold.validation.model import Verdict

INCOMPLETE = frozenset({FindingKind.MISSING_PAGES})
"""The findings that say that pages of a document are missing."""

COMPLETENESS = MappingProxyType({
    FindingKind.MISSING_PAGES: "pages_complete",
    FindingKind.MISSING_DOCUMENT: "documents_complete",
    FindingKind.DUPLICATE_DOCUMENT: "no_duplicates",
})  # fmt: skip
"""The findings that say of a file what a rule across documents would."""

NO_FACTS = Facts((), (), None, None, ())


def package_of(artifacts: Artifacts, case: Case, truth: Sequence[TruePage]) -> Package:
    """Give what was found in an assembled *case*, beside its *truth*."""
    assert case.outcome is not None, "what is measured was assembled"
    thresholds = artifacts.thresholds
    labels = {label.page: label for label in case.outcome.labels}
    incomplete = {finding.document for finding in case.outcome.findings if finding.kind in INCOMPLETE}
    documents: list[FoundDocument] = []
    for document in case.outcome.documents:
        origin = origin_of([case.pages[page - 1] for page in document.pages])
        inked = [page for page in document.pages if labels[page].reason is not Reason.BLANK]
        weighed = inked and all(_decides(labels[page], case.pages[page - 1]) for page in inked)
        documents.append(
            FoundDocument(
                document.id,
                document.label,
                frozenset(document.pages),
                document.confidence_ppm if weighed else None,
                document_standing(document, labels, origin, thresholds).status is Status.ACCEPTED,
                origin,
                document.id in incomplete,
            )
        )
    pages = [
        FoundPage(
            page.page,
            label.label,
            label.status is Status.ACCEPTED,
            label.confidence_ppm if _decides(label, page) else None,
            page.origin,
            page_standing(label, page.origin, thresholds) is Standing.CERTIFIED,
        )
        for page, label in ((page, labels[page.page]) for page in case.pages)
    ]
    classes = frozenset(each.id for each in artifacts.compiled.taxonomy.classes)
    return Package(truth, pages, documents, classes, alarms=alarms_of(case))


_UNHEARD = frozenset({Reason.BUDGET_EXHAUSTED, Reason.UNANSWERED})


def _decides(label: PageLabel, page: StreamPage) -> bool:
    """Whether the confidence of a label decides, under these thresholds or others.

    It does where a language model was to be asked and gave no answer, for others may be content with what was known.
    """
    if label.reason not in _UNHEARD:
        return label.reason in WEIGHED
    fits = label.label != UNKNOWN or label.looks_like is not None
    return fits and page.signals is not None and page.signals.words > 0


def alarms_of(case: Case) -> tuple[Alarm, ...]:
    """Give the rules that a case says are broken: those across documents, and completeness."""
    assert case.outcome is not None, "what is measured was assembled"
    rulings = case.asked.rulings if case.asked is not None else ()
    broken = [
        Alarm(ruling.rule, frozenset(cited.page for cited in ruling.cited))
        for ruling in rulings
        if ruling.verdict is Verdict.FAILED
    ]
    found = [
        Alarm(COMPLETENESS[finding.kind], frozenset(finding.pages))
        for finding in case.outcome.findings
        if finding.kind in COMPLETENESS
    ]
    return (*broken, *found)


def with_revealed(case: Case, truth: Sequence[TruePage]) -> tuple[TruePage, ...]:
    """Say of the pages of documents that lost some whether those that are left show it, where nobody said so yet."""
    kept: dict[str, dict[int, Facts]] = {}
    whole: dict[str, int] = {}
    read = {page.page: page for page in case.pages}
    for page in truth:
        signals = read[page.page].signals if page.page in read else None
        if page.document is None or page.page_in_document is None or page.document_pages is None:
            continue
        whole[page.document] = page.document_pages
        mine = kept.setdefault(page.document, {})
        if page.page_in_document not in mine:
            mine[page.page_in_document] = signals.facts if signals is not None else NO_FACTS
    shown = {
        document: bool(revealed([place for place in range(1, whole[document] + 1) if place not in facts], facts))
        for document, facts in kept.items()
    }
    return tuple(
        evolve(page, revealed=shown[page.document]) if page.revealed is None and page.document in shown else page
        for page in truth
    )


def baselines_of(artifacts: Artifacts, case: Case, truth: Sequence[TruePage]) -> dict[str, Package]:
    """Give what rules of thumb would have made of a case, by name."""
    classes = frozenset(each.id for each in artifacts.compiled.taxonomy.classes)
    made: dict[str, Package] = {}
    for name, baseline in BASELINES.items():
        cuts = baseline(artifacts.compiled, case.pages)
        labels = {page: cut.label for cut in cuts for page in cut.pages}
        pages = [FoundPage(page.page, labels.get(page.page, BLANK), accepted=False) for page in case.pages]
        documents = [FoundDocument(str(number), cut.label, frozenset(cut.pages)) for number, cut in enumerate(cuts)]
        made[name] = Package(truth, pages, documents, classes)
    return made
