"""What tiers beyond the rules say of a page: each opinion is one more piece of evidence, never a verdict."""

from collections.abc import Iterable

from attrs import frozen

from casefold.pages.labels import Tier


@frozen
class Opinion:
    """What a tier says for a label of one page.

    Attributes:
        tier: Who says so.
        label: A class, a kind known to be outside, or ``unknown``.
        worth: Decibans for the label, as calibrated for the tier; negative ones speak against it.
        detail: What it rests on, in a few words for a reader.
    """

    tier: Tier
    label: str
    worth: int
    detail: str = ""


@frozen
class PageOpinions:
    """What a tier says of a page.

    Attributes:
        page: Its number in the package, from 1.
        opinions: What it says for labels.
        joins: Decibans for the page to continue the document of the page before it.
    """

    page: int
    opinions: tuple[Opinion, ...]
    joins: int = 0


def opinion_worth(opinions: Iterable[Opinion]) -> dict[str, int]:
    """Add up what opinions are worth to each label.

    >>> opinion_worth([Opinion(Tier.LOCAL, "w2", 12), Opinion(Tier.VISION, "w2", 9)])
    {'w2': 21}
    """
    worth: dict[str, int] = {}
    for opinion in opinions:
        worth[opinion.label] = worth.get(opinion.label, 0) + opinion.worth
    return worth
