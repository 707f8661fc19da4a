"""The content of a case's outcome, and the digest that names it.

Clocks, latencies, file names and the chain's hashes are not content: two runs over the same bytes under the same
artifacts have the same outcome.
"""

from casefold.case.state import Case
from casefold.codecs import converter, plain
from casefold.kernel.canonical import Json, digest

_CONVERTER = converter()


def outcome_value(case: Case) -> dict[str, Json]:
    """Write as plain JSON what the outcome's digest covers."""
    assert case.opened is not None and case.outcome is not None, "an outcome follows assembling"
    whole: dict[str, Json] = {
        "file_type": case.opened.file_type,
        "outcome": plain(_CONVERTER, case.outcome),
        "pages": [page.text for page in case.pages],
        "semantics": case.opened.semantics,
        "sources": [source.digest for source in case.opened.sources],
        "taxonomy": case.opened.taxonomy,
        "thresholds": case.opened.thresholds,
    }
    if case.opened.fields is not None:
        read = [case.fields[document.id] for document in case.outcome.documents if document.id in case.fields]
        whole |= {"fields": [plain(_CONVERTER, each) for each in read], "specifications": case.opened.fields}
    if case.asked is not None:
        whole |= {"rulings": [plain(_CONVERTER, each) for each in case.asked.rulings], "rules": case.opened.rules}
    if case.opened.model is not None:
        whole["model"] = case.opened.model
    if case.opened.vision is not None:
        whole["vision"] = case.opened.vision
    if case.opened.tenant is not None:
        whole["tenant"] = case.opened.tenant
    return whole if case.given is None else {**whole, "decision": _decision(case)}


def _decision(case: Case) -> dict[str, Json]:
    """Write what was decided; a case without a policy has none, and keeps the digest that it always had."""
    override: Json = None
    if case.overridden is not None:
        override = {"outcome": case.overridden.outcome, "reasons": list(case.overridden.reasons)}
    return {"override": override, "record": case.decided.digest if case.decided is not None else None}


def outcome_digest(case: Case) -> str:
    """Name a case's outcome by its content."""
    return digest(outcome_value(case))
