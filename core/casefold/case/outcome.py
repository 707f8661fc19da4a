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
    return {
        "file_type": case.opened.file_type,
        "outcome": plain(_CONVERTER, case.outcome),
        "pages": [page.text for page in case.pages],
        "semantics": case.opened.semantics,
        "sources": [source.digest for source in case.opened.sources],
        "taxonomy": case.opened.taxonomy,
        "thresholds": case.opened.thresholds,
    }


def outcome_digest(case: Case) -> str:
    """Name a case's outcome by its content."""
    return digest(outcome_value(case))
