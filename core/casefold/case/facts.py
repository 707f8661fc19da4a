"""What an assembled case tells a policy: the fact that is called ``case``.

A policy that has an input of this name is given it, and nobody else may give a fact of that name. The members are FEEL
values, worked out from the events alone; their names have no spaces, so that an input without a type can be asked for
them:

===================  ==============================================================================================
``documents``        a context for each document, in order: ``class``, ``pages`` (how many), ``confidence`` (from 0 to
                     1, exact), ``needs_review`` (whether a person must look at any of its pages)
``classes``          the classes that there is a document of, each once, by name; not ``unknown``
``missing``          the classes that would meet what the file type asks for and the file lacks, each once, by name
``pages``            how many pages there are
``pages_to_review``  how many of them a person must look at
``findings``         the kind of each finding, in order; those about written PDFs come later and are left out
``failed_rules``     the ids of the rules across documents that fail, each once, by name
``unknown_rules``    those that cannot be told and do not fail, each once, by name
``file_type``        the file type that the case is checked as, or null
``fields``           where fields are read: a context with a list for each class that has any specified; in it, a
                     context for each document of the class (for each instance, where one document holds several) with
                     ``document``, its id, ``group``, the number of the instance, and every field by name, null where
                     it was not found; a table is a list of contexts
===================  ==============================================================================================
"""

from decimal import Decimal

from casefold.case.events import SourceRefused
from casefold.case.state import Case
from casefold.documents.findings import FindingKind
from casefold.feel.numbers import CONTEXT
from casefold.feel.values import Value
from casefold.fields.compiled import ReadyFields
from casefold.fields.facts import records
from casefold.kernel.odds import PPM
from casefold.pages.labels import Status
from casefold.pages.stream import Document
from casefold.taxonomy.model import UNKNOWN
from casefold.validation.model import Verdict

CASE = "case"
"""The name of the fact."""


def case_facts(case: Case, ready: ReadyFields | None = None) -> dict[str, Value]:
    """Give the fact ``case`` of an assembled case, with the fields that *ready* specifies."""
    assert case.opened is not None and case.outcome is not None, "a case is decided after assembling"
    review = frozenset(label.page for label in case.outcome.labels if label.status is Status.REVIEW)
    found = case.outcome.findings
    lacking = {label for each in found if each.kind is FindingKind.MISSING_DOCUMENT for label in each.missing}
    refused = sum(isinstance(seen, SourceRefused) for seen in case.sources.values())
    facts: dict[str, Value] = {
        "documents": tuple(_document(document, review) for document in case.outcome.documents),
        "classes": tuple(sorted({document.label for document in case.outcome.documents} - {UNKNOWN})),
        "missing": tuple(sorted(lacking)),
        "pages": Decimal(len(case.pages)),
        "pages_to_review": Decimal(len(review)),
        "findings": (*[FindingKind.SOURCE_REFUSED.value] * refused, *(each.kind.value for each in found)),
        "failed_rules": tuple(sorted(failed := _rules(case, Verdict.FAILED))),
        "unknown_rules": tuple(sorted(_rules(case, Verdict.UNKNOWN) - failed)),
        "file_type": case.opened.file_type,
    }
    return facts if ready is None or case.opened.fields is None else {**facts, "fields": _fields(case, ready)}


def _rules(case: Case, verdict: Verdict) -> frozenset[str]:
    return frozenset(each.rule for each in (case.asked.rulings if case.asked else ()) if each.verdict is verdict)


def _fields(case: Case, ready: ReadyFields) -> Value:
    assert case.outcome is not None, "a case is decided after assembling"
    found: dict[str, Value] = {}
    for spec in ready.specs.classes:
        lists: list[Value] = []
        for document in case.outcome.documents:
            read = case.fields.get(document.id)
            if document.label == spec.id and read is not None and read.pages == document.pages:
                lists += records(spec, document.id, read.fields)
        found[spec.id] = tuple(lists)
    return found


def _document(document: Document, review: frozenset[int]) -> Value:
    return {
        "class": document.label,
        "pages": Decimal(len(document.pages)),
        "confidence": CONTEXT.divide(Decimal(document.confidence_ppm), Decimal(PPM)),
        "needs_review": not review.isdisjoint(document.pages),
    }
