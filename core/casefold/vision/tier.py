"""What a case may ask a language model: which one, what it may cost, and what its answers are worth."""

from decimal import Decimal, localcontext

from attrs import frozen

from casefold.codecs import NotStructured, converter, plain, structure
from casefold.kernel.canonical import Json, digest
from casefold.kernel.odds import PPM
from casefold.kernel.results import Result
from casefold.vision.tokens import ImageTokens, Prices


@frozen
class Accuracy:
    """How often a model is right, as somebody measured it.

    Attributes:
        measured_on: Where the figures come from; empty for figures that nobody measured.
        label_ppm: How often its label is right, in parts per million.
        boundary_ppm: How often it is right on whether a document begins.
        settled_ppm: How often a page that it is asked about needs no person afterwards.
    """

    measured_on: str = ""
    label_ppm: int = 900_000
    boundary_ppm: int = 800_000
    settled_ppm: int = 500_000


@frozen
class VisionTier:
    """What a case may ask.

    Attributes:
        model: The model's name at its endpoint.
        prices: What its tokens cost.
        image: What its pictures are in tokens; ``None`` for a model that is shown none.
        long_side_pixels: The long side of a page's picture.
        text_bytes_max: How much of a page's text goes along.
        pages_a_call: How many pages are asked about at once.
        pages_max: How many pages of a case are asked about at most.
        output_tokens_a_page: How long an answer may be, for each page that it is about.
        output_tokens_more: How long it may be beside that: models that think write before they answer.
        calls_at_once: How many calls are under way at a time.
        budget_micro_usd: What a case may cost, in millionths of a dollar.
        review_micro_usd: What it costs that a person looks at a page.
        accuracy: How often the model is right.
        batch: Whether all is asked at once and fetched later, for the price of a batch.
    """

    model: str
    prices: Prices
    image: ImageTokens | None
    long_side_pixels: int = 1_100
    text_bytes_max: int = 1_600
    pages_a_call: int = 6
    pages_max: int = 500
    output_tokens_a_page: int = 80
    output_tokens_more: int = 200
    calls_at_once: int = 4
    budget_micro_usd: int = 1_000_000
    review_micro_usd: int = 100_000
    accuracy: Accuracy = Accuracy()
    batch: bool = False


def worth_of(right_ppm: int) -> int:
    """Say what an answer is worth that is right so often: its odds in whole decibans, rounded towards nothing.

    >>> [worth_of(ppm) for ppm in (500_000, 900_000, 950_000, 990_000, 100_000)]
    [0, 9, 12, 19, -9]
    """
    right = min(max(right_ppm, 1), PPM - 1)
    with localcontext(prec=28):
        return int(10 * (Decimal(right) / Decimal(PPM - right)).log10())


_CONVERTER = converter(ImageTokens)


def tier_value(tier: VisionTier) -> dict[str, Json]:
    """Write a tier as plain JSON."""
    return plain(_CONVERTER, tier)


def read_tier(raw: object) -> Result[VisionTier, NotStructured]:
    """Read what `tier_value` wrote."""
    return structure(_CONVERTER, raw, VisionTier)


def tier_digest(tier: VisionTier) -> str:
    """Name a tier by its content."""
    return digest(tier_value(tier))
