"""What was shown by labelled packages of labels and documents that are accepted: for which, how surely, under what."""

from enum import Enum

from attrs import frozen

from casefold.kernel.odds import PPM
from casefold.pages.text import TextOrigin

NEVER = PPM + 1
"""A minimum that no confidence reaches."""


class Level(Enum):
    """What is accepted."""

    PAGE = "page"
    """The label of a page."""
    DOCUMENT = "document"
    """Just these pages as one document of this class; its words are recognised if those of any of its pages are."""


class Standing(Enum):
    """What stands behind accepting something."""

    CERTIFIED = "certified"
    """A labelled sample of this stratum shows that few enough of those accepted are wrong."""
    UNCERTIFIED = "uncertified"
    """Nothing does: the threshold is a convention, or the certificate was made under other stages."""


@frozen
class Stratum:
    """What labels of one kind ask for, and what was found in the sample.

    Attributes:
        confidence_min_ppm: The least confidence at which one is accepted; `NEVER` for none.
        standing: Whether that is certified.
        accepted: How many of the sample reach the minimum, or the strictest one tried where none is certified.
        wrong: How many of these are wrong.
        bound_ppm: The share of errors that is shown not to be exceeded.
        more: How many further right ones would certify it, if no more were wrong; ``None`` if no number could.
        borrowed: Whether the minimum is that of the same class on words of the other origin, tried on this sample.
    """

    level: Level
    label: str
    origin: TextOrigin
    confidence_min_ppm: int
    standing: Standing
    accepted: int
    wrong: int
    bound_ppm: int
    more: int | None = None
    borrowed: bool = False


@frozen
class Stage:
    """Something that labels depend on, and the digest or version that it had."""

    name: str
    value: str


@frozen
class Certificate:
    """What a calibration was.

    Attributes:
        risk_ppm: The share of errors that is allowed among those accepted.
        doubt_ppm: How likely it may be, for each stratum, that the sample misleads.
        packages: How many labelled packages there were; one page and one document a stratum is drawn from each.
        seed: What the draws depend on.
        date: When it was made, as it was given.
        stages: What it holds under; a change of any makes it void.
    """

    risk_ppm: int
    doubt_ppm: int
    packages: int
    seed: str
    date: str
    stages: tuple[Stage, ...]


def changed_stages(certificate: Certificate, now: tuple[Stage, ...]) -> tuple[str, ...]:
    """Name the stages that are not what they were, or that were not there.

    >>> then = Certificate(10_000, 50_000, 400, "1", "2026-11-22", (Stage("taxonomy", "a"), Stage("semantics", "1")))
    >>> changed_stages(then, (Stage("semantics", "1"), Stage("taxonomy", "b"), Stage("ocr", "5.3")))
    ('ocr', 'taxonomy')
    """
    before, after = ({stage.name: stage.value for stage in stages} for stages in (certificate.stages, now))
    return tuple(sorted(name for name in before | after if before.get(name) != after.get(name)))
