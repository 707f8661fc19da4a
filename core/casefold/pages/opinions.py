"""What tiers beyond the rules say of a page: each opinion is one more piece of evidence, never a verdict."""

from collections.abc import Iterable

from attrs import frozen

from casefold.kernel.odds import confidence_ppm
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


def credited(opinions: Iterable[Opinion], label: str, other: str | None, margin: int, wanted_ppm: int) -> Tier:
    """Say who gave a page its *label*: the tier without whose word it would not be as sure as *wanted_ppm*.

    *margin* is how many decibans the label leads *other*, the next best, by. Where rules alone suffice they have the
    credit; of several tiers without which it would not stand, the one that said most.

    >>> said = [Opinion(Tier.LOCAL, "w2", 12)]
    >>> credited(said, "w2", "w9", 25, 990_000), credited(said, "w2", "w9", 40, 990_000)
    (<Tier.LOCAL: 'local'>, <Tier.RULES: 'rules'>)
    """
    leads: dict[Tier, int] = {}
    for opinion in opinions:
        if opinion.label in {label, other}:
            lead = opinion.worth if opinion.label == label else -opinion.worth
            leads[opinion.tier] = leads.get(opinion.tier, 0) + lead
    deciding = [tier for tier in Tier if leads.get(tier, 0) > 0]
    if not deciding or confidence_ppm(margin - sum(leads[tier] for tier in deciding)) >= wanted_ppm:
        return Tier.RULES
    return max(deciding, key=leads.__getitem__)
