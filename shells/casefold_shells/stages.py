"""What labels depend on, each by digest or version: a certificate holds as long as none of it changes."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from casefold.case.events import SEMANTICS
from casefold.case.record import Artifacts
from casefold.pages.certificates import Stage
from casefold.pages.labels import DEFAULT_THRESHOLDS, thresholds_digest
from casefold.taxonomy.codec import taxonomy_digest

TEXT_ENGINES = ("pypdfium2",)
"""Distributions that read the words of a text layer."""


def stages_of(artifacts: Artifacts, more: Iterable[Stage] = ()) -> tuple[Stage, ...]:
    """Give the stages that a run with *artifacts* goes through, and *more* that recognise or judge pages."""
    engines = [Stage(f"text: {name}", _version(name)) for name in TEXT_ENGINES]
    return (
        Stage("semantics", SEMANTICS),
        Stage("taxonomy", taxonomy_digest(artifacts.compiled.taxonomy)),
        Stage("thresholds before", thresholds_digest(DEFAULT_THRESHOLDS)),
        *engines,
        *more,
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
