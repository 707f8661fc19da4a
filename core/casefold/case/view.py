"""``case.json``: the outcome of a case as a documented contract for other programs.

Rows are made one at a time, so that a case of any size is written in little memory.
"""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from casefold.case.askedview import vision_value
from casefold.case.decision import decision_findings, decision_value
from casefold.case.events import DocumentNotWritten, DocumentWritten, SourceRefused
from casefold.case.outcome import outcome_digest
from casefold.case.record import Artifacts
from casefold.case.state import Case, first_page
from casefold.case.wording import (
    boundary_words,
    evidence_words,
    finding_words,
    otherwise_words,
    reason_words,
    signal_of,
)
from casefold.documents.findings import Finding, FindingKind
from casefold.fields.model import Alternative, Field, Method
from casefold.fields.regions import WHOLE_PAGE, regions
from casefold.kernel.canonical import Json
from casefold.pages.certificates import Standing
from casefold.pages.evidence import Found
from casefold.pages.labels import PageLabel, Thresholds, Tier
from casefold.pages.opinions import Opinion
from casefold.pages.otherwise import Otherwise
from casefold.pages.standing import document_standing, origin_of, page_standing
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import PageText, TextOrigin
from casefold.validation.model import Ruling, Verdict

CONTRACT = "casefold/case/1"
"""The contract's name and version; members may be added under it, never removed or given another meaning."""


def all_findings(case: Case) -> tuple[Finding, ...]:
    """Give everything that is wrong with a case: files, documents, what could not be decided or written."""
    assert case.opened is not None, "a case begins by being opened"
    refused = tuple(
        Finding(
            FindingKind.SOURCE_REFUSED,
            detail=f"{case.opened.sources[source].name}: {seen.reason}" + (f", {seen.detail}" if seen.detail else ""),
        )
        for source, seen in sorted(case.sources.items())
        if isinstance(seen, SourceRefused)
    )
    unwritten = tuple(
        Finding(FindingKind.NOT_WRITTEN, document=result.document, detail=result.detail)
        for result in case.written.values()
        if isinstance(result, DocumentNotWritten)
    )
    found = case.outcome.findings if case.outcome is not None else ()
    return decision_findings(case) + refused + torn_forms(case) + broken_rules(case) + found + unwritten


def broken_rules(case: Case) -> tuple[Finding, ...]:
    """Give a finding for each rule across documents that fails, with all pages that show it."""
    failed: dict[str, list[Ruling]] = {}
    for ruling in case.asked.rulings if case.asked is not None else ():
        if ruling.verdict is Verdict.FAILED:
            failed.setdefault(ruling.rule, []).append(ruling)
    return tuple(map(_broken, failed.values()))


def torn_forms(case: Case) -> tuple[Finding, ...]:
    """Give a finding for each field whose form holds something else than is drawn where it stands."""
    return tuple(
        Finding(
            FindingKind.FORM_DIFFERS,
            document=field.document,
            pages=(field.page,),
            detail=f"{field.name} is {field.value!r}, and {other.value!r} is drawn",
        )
        for read in case.fields.values()
        for field in read.fields
        for other in field.alternatives
        if field.method is Method.FORM_FIELD and other.method is Method.ANCHOR and _within(other, field)
    )


def _within(other: Alternative, field: Field) -> bool:
    """Whether the middle of what is said otherwise lies in the field's box."""
    across, down = (other.box[0] + other.box[2]) // 2, (other.box[1] + other.box[3]) // 2
    inside = field.box[0] <= across <= field.box[2] and field.box[1] <= down <= field.box[3]
    return other.page == field.page and inside


MESSAGES_MAX = 3
"""Failures of one rule that its finding tells; all are among the rulings."""


def _broken(rulings: Sequence[Ruling]) -> Finding:
    messages = list(dict.fromkeys(ruling.message for ruling in rulings))
    more = [f"and {len(messages) - MESSAGES_MAX} more"] if len(messages) > MESSAGES_MAX else []
    pages = sorted({cited.page for ruling in rulings for cited in ruling.cited})
    return Finding(FindingKind.RULE_FAILED, pages=tuple(pages), detail="; ".join([*messages[:MESSAGES_MAX], *more]))


def head_rows(artifacts: Artifacts, case: Case) -> dict[str, Json]:
    """Give the members of ``case.json`` that are not lists of pages, documents or findings."""
    assert case.opened is not None, "a case begins by being opened"
    opened, taxonomy = case.opened, artifacts.compiled.taxonomy
    return {
        "contract": CONTRACT,
        "case": opened.name,
        "digest": outcome_digest(case),
        "semantics": opened.semantics,
        "file_type": opened.file_type,
        "tenant": opened.tenant,
        "taxonomy": {"name": taxonomy.name, "version": taxonomy.version, "digest": opened.taxonomy},
        "thresholds": {
            "name": artifacts.thresholds.name,
            "version": artifacts.thresholds.version,
            "digest": opened.thresholds,
            **_certificate(artifacts.thresholds),
        },
        "recognition": [
            {"effort": attempt.effort.value, "engine": attempt.engine.name, "version": attempt.engine.version}
            for attempt in opened.recognition.attempts
        ],
        "model": _model_row(artifacts),
        "sources": [
            {"name": source.name, "digest": source.digest, "bytes": source.bytes, **_source_row(case, number)}
            for number, source in enumerate(opened.sources)
        ],
        "classes": [document_class.id for document_class in taxonomy.classes],
        "fields": None
        if artifacts.fields is None or opened.fields is None
        else {
            "name": artifacts.fields.specs.name,
            "version": artifacts.fields.specs.version,
            "digest": opened.fields,
        },
        "rules": None
        if artifacts.rules is None or opened.rules is None
        else {
            "name": artifacts.rules.rules.name,
            "version": artifacts.rules.rules.version,
            "digest": opened.rules,
        },
        "rulings": [ruling_row(each) for each in (case.asked.rulings if case.asked is not None else ())],
        "decision": decision_value(artifacts, case),
        "vision": vision_value(case, artifacts.vision),
    }


def ruling_row(ruling: Ruling) -> dict[str, Json]:
    """Write a ruling as plain JSON."""
    return {
        "rule": ruling.rule,
        "verdict": ruling.verdict.value,
        "message": ruling.message,
        "documents": list(ruling.documents),
        "missing": list(ruling.missing),
        "unsure": list(ruling.unsure),
        "cited": [
            {
                "path": each.path,
                "document": each.document,
                "page": each.page,
                "box": list(each.box),
                "raw": each.raw,
                "value": each.value,
            }
            for each in ruling.cited
        ],
    }


def _certificate(thresholds: Thresholds) -> dict[str, Json]:
    """Say what thresholds are certified to, and which stages changed since; nothing of those that never were."""
    certificate = thresholds.certificate
    if certificate is None:
        return {}
    return {
        "certificate": {
            "risk": certificate.risk_ppm,
            "doubt": certificate.doubt_ppm,
            "packages": certificate.packages,
            "date": certificate.date,
            "void": list(thresholds.void),
        }
    }


def _model_row(artifacts: Artifacts) -> dict[str, Json] | None:
    model = artifacts.compiled.model
    return None if model is None else {"name": model.name, "version": model.version, "digest": model.digest}


def _source_row(case: Case, source: int) -> dict[str, Json]:
    match case.sources.get(source):
        case SourceRefused(_, reason, detail):
            return {"status": "refused", "reason": reason, "detail": detail}
        case None:
            return {"status": "unknown"}
        case seen:
            return {"status": "repaired" if seen.repaired else "opened", "pages": seen.pages}


def page_row(artifacts: Artifacts, case: Case, page: StreamPage, text: PageText | None) -> dict[str, Json]:
    """Give the row of a page; *text* is what could be read of it."""
    assert case.opened is not None and case.outcome is not None, "a case is reported after assembling"
    label = case.outcome.labels[page.page - 1]
    return {
        "page": page.page,
        "source": case.opened.sources[page.source].name,
        "source_page": page.page - first_page(case, page.source) + 1,
        "label": label.label,
        "confidence": label.confidence_ppm,
        "status": label.status.value,
        "tier": label.tier.value,
        "reason": label.reason.value,
        "variant": label.variant,
        "looks_like": label.looks_like,
        "runner_up": label.runner_up,
        "why": why(artifacts, case, page, label, text),
        "regions": [{"box": list(WHOLE_PAGE)}],
        "text": page.text,
        "origin": _origin(page, text),
        "certificate": _standing(page_standing(label, page.origin, artifacts.thresholds)),
        "layer": page.layer.value,
        "recognition": _recognition(page),
    }


def _standing(standing: Standing | None) -> str | None:
    return standing.value if standing is not None else None


def _origin(page: StreamPage, text: PageText | None) -> Json:
    """Say how the page's words were read, as far as that can be told."""
    if page.recognition is not None:
        return TextOrigin.OCR.value
    return text.origin.value if text is not None else TextOrigin.NONE.value


def _recognition(page: StreamPage) -> Json:
    how = page.recognition
    if how is None:
        return None
    return {"engine": how.engine, "effort": how.effort.value, "confidence": how.confidence_ppm}


def why(
    artifacts: Artifacts, case: Case, page: StreamPage, label: PageLabel, text: PageText | None = None
) -> list[Json]:
    """Give the rationale of a page's label: the reason first, then the evidence for it, then what spoke for others.

    Where the words of the evidence stand is in the page's *text*.
    """
    unreadable = f"{page.unreadable.kind.value}, {page.unreadable.detail}" if page.unreadable is not None else None
    rows: list[Json] = [{"text": reason_words(label, artifacts.thresholds, unreadable, page.origin)}]
    if label.tier is Tier.PERSON and page.page in case.corrections:
        correction = case.corrections[page.page]
        rows.append({"text": f"{correction.by} labelled it {correction.label}: {correction.why}"})
    if page.page in case.boundaries:
        rows.append({"text": boundary_words(case.boundaries[page.page])})
    shown = page.signals.evidence if page.signals is not None else Found()
    mine = label.looks_like or label.label
    compiled = artifacts.compiled
    for piece in sorted(
        shown, key=lambda piece: (piece.label != mine, -signal_of(compiled, piece).weight, piece.first)
    ):
        signal = signal_of(compiled, piece)
        rows.append({
            "text": evidence_words(compiled, piece),
            "label": piece.label,
            "weight": signal.weight,
            "source": signal.source,
            "box": list(text.box(piece.first, piece.last)) if text is not None and piece.shown else None,
            "words": [piece.first, piece.last] if piece.shown else None,
        })  # fmt: skip
    rows += [_opinion_row(opinion) for opinion in page.opinions]
    return rows


_SPEAKERS = MappingProxyType({
    Tier.RULES: "the rules",
    Tier.LOCAL: "the local model",
    Tier.MEMORY: "the memory",
    Tier.VISION: "a language model",
    Tier.PERSON: "a person",
})  # fmt: skip


def _opinion_row(opinion: Opinion) -> dict[str, Json]:
    """Write what a tier beyond the rules says as evidence without a place on the page."""
    said = f"{_SPEAKERS[opinion.tier]}: {opinion.detail or opinion.label} ({opinion.worth:+d} dB for {opinion.label})"
    return {
        "text": said,
        "label": opinion.label,
        "weight": opinion.worth,
        "source": opinion.tier.value,
        "box": None,
        "words": None,
    }


def document_rows(artifacts: Artifacts, case: Case) -> Iterator[dict[str, Json]]:
    """Give a row for each document, in order."""
    assert case.outcome is not None, "a case is reported after assembling"
    found = all_findings(case)
    labels = {label.page: label for label in case.outcome.labels}
    for document in case.outcome.documents:
        origin = origin_of([case.pages[page - 1] for page in document.pages])
        standing = document_standing(document, labels, origin, artifacts.thresholds)
        written = case.written.get(document.id)
        yield {
            "id": document.id,
            "class": document.label,
            "variant": document.variant,
            "looks_like": document.looks_like,
            "pages": list(document.pages),
            "regions": [
                {"page": region.page, "box": list(region.box), "group": region.group}
                for region in regions(document.pages, fields_of(case, document))
            ],
            "file": written.file if isinstance(written, DocumentWritten) else None,
            "digest": written.digest if isinstance(written, DocumentWritten) else None,
            "confidence": document.confidence_ppm,
            "otherwise": otherwise_row(document.otherwise),
            "status": standing.status.value,
            "certificate": _standing(standing.standing),
            "origin": origin.value,
            "findings": [finding_row(finding) for finding in found if finding.document == document.id],
            "fields": [field_row(each) for each in fields_of(case, document)],
        }


def fields_of(case: Case, document: Document) -> tuple[Field, ...]:
    """Give what was read from a document."""
    read = case.fields.get(document.id)
    return read.fields if read is not None else ()


def field_row(read: Field) -> dict[str, Json]:
    """Write a field as plain JSON."""
    return {
        "name": read.name,
        **_said(read),
        "group": read.group,
        "row": read.row or None,
        "alternatives": [_said(other) for other in read.alternatives],
    }


def _said(read: Field | Alternative) -> dict[str, Json]:
    return {
        "value": read.value,
        "raw": read.raw,
        "page": read.page,
        "box": list(read.box),
        "method": read.method.value,
        "confidence": read.confidence_ppm,
    }


def otherwise_row(otherwise: Otherwise | None) -> dict[str, Json] | None:
    """Write what a document would be otherwise as plain JSON, with its message."""
    if otherwise is None:
        return None
    return {
        "choice": otherwise.choice.value,
        "page": otherwise.page,
        "class": otherwise.label,
        "margin": otherwise.margin,
        "because": [
            {"tie": because.tie.value, "worth": because.worth, "keys": [key.value for key in because.keys]}
            for because in otherwise.because
        ],
        "message": otherwise_words(otherwise),
    }


def finding_row(finding: Finding) -> dict[str, Json]:
    """Write a finding as plain JSON, with its message."""
    return {
        "kind": finding.kind.value,
        "document": finding.document,
        "pages": list(finding.pages),
        "missing": list(finding.missing),
        "message": finding_words(finding),
    }


def document_title(artifacts: Artifacts, document: Document) -> str:
    """Name a document for a reader, for example ``Form W-2, Wage and Tax Statement``."""
    wanted = document.looks_like or document.label
    titles = {document_class.id: document_class.title for document_class in artifacts.compiled.classes}
    title = titles.get(wanted, "Unknown document")
    return f"{title} ({document.variant})" if document.variant else title
