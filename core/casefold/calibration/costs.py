"""What a cascade of ever dearer tiers is expected to cost, and when the next tier pays (FrugalGPT, arXiv 2305.05176).

A page's cost is that of every tier it reaches, of a person who looks at it in the end, and of an error that nobody
sees. The next tier is asked where the review and the errors that it is expected to save are worth more than itself.
Amounts are whole numbers of one unit of money, such as microdollars; shares are parts per million.
"""

from collections.abc import Sequence

from attrs import frozen

from casefold.kernel.odds import PPM


@frozen
class Prices:
    """What a person's look at a page costs, and an error that is accepted."""

    review: int
    error: int


@frozen
class Ends:
    """How pages end: the share that a person looks at, and the share accepted wrongly, in parts per million."""

    review_ppm: int
    error_ppm: int


@frozen
class Tier:
    """A tier of the cascade.

    Attributes:
        cost: What asking it about a page costs.
        reached_ppm: The share of all pages that it is asked about.
    """

    cost: int
    reached_ppm: int


def expected_cost(tiers: Sequence[Tier], ends: Ends, prices: Prices, pages: int) -> int:
    """Give what *pages* pages are expected to cost, rounded up.

    >>> expected_cost([Tier(0, 1_000_000), Tier(900, 200_000)], Ends(50_000, 5_000), Prices(100_000, 2_000_000), 100)
    1518000
    """
    a_page = sum(tier.cost * tier.reached_ppm for tier in tiers)
    a_page += prices.review * ends.review_ppm + prices.error * ends.error_ppm
    return -(-a_page * pages // PPM)


def pays(now: Ends, then: Ends, prices: Prices, cost: int) -> bool:
    """Whether asking a tier pays that costs *cost* a page and is expected to turn the ends *now* into those *then*.

    >>> pays(Ends(1_000_000, 0), Ends(300_000, 10_000), Prices(100_000, 2_000_000), 900)
    True
    """
    saved = prices.review * (now.review_ppm - then.review_ppm) + prices.error * (now.error_ppm - then.error_ppm)
    return saved > cost * PPM


def to_ask(pages: Sequence[tuple[Ends, Ends]], prices: Prices, cost: int, budget: int) -> tuple[int, ...]:
    """Choose which pages to ask the next tier about, those first that save most, as long as the budget lasts.

    *pages* gives how each is expected to end as it is, and after asking. What is not asked stays where it is: with a
    person where it waits for one.

    >>> sure, unsure = Ends(0, 1_000), Ends(1_000_000, 0)
    >>> to_ask([(sure, sure), (unsure, sure), (unsure, unsure)], Prices(100_000, 2_000_000), 900, 5_000)
    (1,)
    """
    assert cost >= 0 and budget >= 0, "money is not negative"

    def saved(number: int) -> int:
        now, then = pages[number]
        return prices.review * (now.review_ppm - then.review_ppm) + prices.error * (now.error_ppm - then.error_ppm)

    worth = [number for number, (now, then) in enumerate(pages) if pays(now, then, prices, cost)]
    ranked = sorted(worth, key=lambda number: (-saved(number), number))
    affordable = len(ranked) if cost == 0 else min(len(ranked), budget // cost)
    return tuple(sorted(ranked[:affordable]))
