"""What answers are worth: an answer is one more piece of evidence, and never puts another away."""

from collections.abc import Iterable

from casefold.pages.labels import Tier
from casefold.pages.opinions import Opinion, PageOpinions
from casefold.vision.answers import PageAnswer
from casefold.vision.tier import VisionTier, worth_of

ALTERNATIVE = 2
"""Decibans of a label that a model names as one that it might be."""


def opinions_of(tier: VisionTier, answers: Iterable[PageAnswer]) -> tuple[PageOpinions, ...]:
    """Weigh answers by how often the model is right."""
    return tuple(_weighed(tier, answer) for answer in answers)


def _weighed(tier: VisionTier, answer: PageAnswer) -> PageOpinions:
    named = f"{tier.model} labelled it"
    best = Opinion(Tier.VISION, answer.label, worth_of(tier.accuracy.label_ppm), named)
    others = (
        Opinion(Tier.VISION, label, ALTERNATIVE, f"{tier.model} named it as one that it might be")
        for label in answer.alternatives
    )
    boundary = max(0, worth_of(tier.accuracy.boundary_ppm))
    joins = {True: -boundary, False: boundary, None: 0}[answer.starts_document]
    return PageOpinions(answer.page, (best, *others), joins)
