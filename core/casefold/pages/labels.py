"""Accept a page's label or send it to a person: what assembly says of a page, against what its label asks for."""

from enum import Enum

from attrs import evolve, frozen

from casefold.codecs import converter, plain
from casefold.kernel.canonical import digest
from casefold.kernel.odds import PPM
from casefold.pages.certificates import Certificate, Level, Stage, Standing, Stratum, changed_stages
from casefold.pages.text import TextOrigin


class Status(Enum):
    """Whether a label stands by itself."""

    ACCEPTED = "accepted"
    REVIEW = "review"


class Tier(Enum):
    """Who gave a label."""

    RULES = "rules"
    LOCAL = "local"
    """A model that comes with the product."""
    MEMORY = "memory"
    """Pages that people reviewed and that are like this one."""
    VISION = "vision"
    """A language model that saw the page."""
    PERSON = "person"


class Reason(Enum):
    """Why a label was accepted, or why a person must look."""

    SURE = "sure"
    """The confidence reaches what the label asks for."""
    UNSURE = "unsure"
    """It does not."""
    NO_CLASS = "no_class"
    """The page fits no class of the taxonomy."""
    NO_TEXT = "no_text"
    """The page has no words to judge by."""
    LAYER_UNTRUSTED = "layer_untrusted"
    """Its words are not those that people see on it, and nothing recognised these."""
    UNREADABLE = "unreadable"
    """The page could not be read."""
    CORRECTED = "corrected"
    """A person gave the label."""
    BLANK = "blank"
    """The page draws nothing."""
    COPY = "copy"
    """The page is the same, word for word, as the one before it."""
    ORDER_UNCERTAIN = "order_uncertain"
    """The file is out of order, and the rest of the page's document was not found."""
    BUDGET_EXHAUSTED = "budget_exhausted"
    """It is not sure, and what a language model may cost was spent before it was asked about."""
    UNANSWERED = "unanswered"
    """It is not sure, and a language model that was to be asked gave no answer that could be used."""


@frozen
class LabelMinimum:
    """The least confidence, in parts per million, at which a label is accepted."""

    label: str
    confidence_min_ppm: int


@frozen
class Thresholds:
    """What each label asks for.

    Attributes:
        confidence_min_ppm: What a label asks for that neither *strata* nor *labels* names.
        labels: Labels that ask for more or less.
        strata: Labels and documents that were calibrated.
        certificate: What was shown of these; ``None`` where nothing was.
        void: The stages that changed since; with any, *strata* are passed over.
    """

    name: str
    version: str
    confidence_min_ppm: int
    labels: tuple[LabelMinimum, ...] = ()
    strata: tuple[Stratum, ...] = ()
    certificate: Certificate | None = None
    void: tuple[str, ...] = ()

    def confidence_min(self, label: str, origin: TextOrigin = TextOrigin.LAYER, level: Level = Level.PAGE) -> int:
        """Give what *label* asks for."""
        stratum = self.stratum(label, origin, level)
        if stratum is not None:
            return stratum.confidence_min_ppm
        return next((row.confidence_min_ppm for row in self.labels if row.label == label), self.confidence_min_ppm)

    def stratum(self, label: str, origin: TextOrigin, level: Level) -> Stratum | None:
        """Give what was found of *label* in calibrating, unless it is void."""
        wanted = (level, label, origin)
        found = (row for row in self.strata if (row.level, row.label, row.origin) == wanted)
        return None if self.void else next(found, None)

    def standing(self, label: str, origin: TextOrigin = TextOrigin.LAYER, level: Level = Level.PAGE) -> Standing:
        """Say what stands behind accepting *label*."""
        stratum = self.stratum(label, origin, level)
        return Standing.UNCERTIFIED if stratum is None else stratum.standing


def under(thresholds: Thresholds, stages: tuple[Stage, ...]) -> Thresholds:
    """Take *thresholds* for use under *stages*: a certificate that was made under others is void.

    What is void asks for what a label without a certificate asks for.
    """
    if thresholds.certificate is None:
        return thresholds
    return evolve(thresholds, void=changed_stages(thresholds.certificate, stages))


DEFAULT_THRESHOLDS = Thresholds("rules-uncertified", "1.0.0", 990_000)
"""Accept at a hundred to one. No labelled sample stands behind the figure: it is a convention, not a certificate."""

_CONVERTER = converter()


def thresholds_digest(thresholds: Thresholds) -> str:
    """Name thresholds by their content."""
    return digest(plain(_CONVERTER, thresholds))


@frozen
class PageLabel:
    """What is known of a page.

    Attributes:
        page: Its number in the package, from 1.
        label: Its class, or ``unknown``.
        looks_like: The kind outside the taxonomy that it fits, where it does.
        variant: The variant of the class.
        confidence_ppm: How sure the label is, in parts per million.
        status: Whether the label stands by itself.
        reason: Why.
        tier: Who gave the label.
        runner_up: The label that would stand otherwise.
    """

    page: int
    label: str
    looks_like: str | None
    variant: str | None
    confidence_ppm: int
    status: Status
    reason: Reason
    tier: Tier
    runner_up: str | None


def accept(
    label: str, fits: bool, confidence: int, thresholds: Thresholds, origin: TextOrigin = TextOrigin.LAYER
) -> tuple[Status, Reason]:
    """Accept a label that fits something and is as sure as it must be.

    *fits* is false for ``unknown`` with nothing to show for it: that nothing was found is no reason to accept anything.

    >>> accept("w2", True, 990_000, DEFAULT_THRESHOLDS)
    (<Status.ACCEPTED: 'accepted'>, <Reason.SURE: 'sure'>)
    >>> accept("unknown", False, 999_999, DEFAULT_THRESHOLDS)
    (<Status.REVIEW: 'review'>, <Reason.NO_CLASS: 'no_class'>)
    """
    assert 0 <= confidence <= PPM, "confidence is in parts per million"
    if not fits:
        return Status.REVIEW, Reason.NO_CLASS
    if confidence < thresholds.confidence_min(label, origin):
        return Status.REVIEW, Reason.UNSURE
    return Status.ACCEPTED, Reason.SURE
