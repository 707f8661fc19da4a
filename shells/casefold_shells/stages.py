"""What labels depend on, each by digest or version: a certificate holds as long as none of it changes."""

from importlib.metadata import PackageNotFoundError, version

from casefold.case.events import SEMANTICS
from casefold.case.record import Artifacts
from casefold.pages.certificates import Stage
from casefold.pages.labels import DEFAULT_THRESHOLDS, thresholds_digest
from casefold.pages.recognition import NO_RECOGNITION, RecognitionPlan
from casefold.taxonomy.codec import taxonomy_digest
from casefold.vision.prompts import prompt_digest
from casefold.vision.tier import tier_digest

TEXT_ENGINES = ("pypdfium2",)
"""Distributions that read the words of a text layer."""


def stages_of(
    artifacts: Artifacts, plan: RecognitionPlan = NO_RECOGNITION, *, recalls: bool = False
) -> tuple[Stage, ...]:
    """Give the stages that a run with *artifacts* goes through, whose pages are recognised by *plan*.

    One that *recalls* reviewed pages goes through one that no certificate knows: they are others every day.
    """
    model, vision = artifacts.compiled.model, artifacts.vision
    asked = (
        ()
        if vision is None
        else (
            Stage("language model", tier_digest(vision)),
            Stage("language model: wording", prompt_digest(artifacts.compiled)),
        )
    )
    return (
        Stage("semantics", SEMANTICS),
        Stage("taxonomy", taxonomy_digest(artifacts.compiled.taxonomy)),
        Stage("thresholds before", thresholds_digest(DEFAULT_THRESHOLDS)),
        Stage("local model", "none" if model is None else model.digest),
        *(Stage(f"text: {name}", _version(name)) for name in TEXT_ENGINES),
        *(
            Stage(f"recognition, {attempt.effort.value}: {attempt.engine.name}", attempt.engine.version)
            for attempt in plan.attempts
        ),
        *asked,
        *((Stage("memory", "as it stands"),) if recalls else ()),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
