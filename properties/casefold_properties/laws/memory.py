"""Laws of recalling reviewed pages: every index answers alike, and what is recalled is worth only so much."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from casefold.kernel.results import Result, Success
from casefold.memory.recalling import NEAREST, WORTH, Match, Remembered, nearest, opinion_of
from casefold.memory.sketches import similarity, sketch
from casefold.pages.opinions import Opinion


class Index(Protocol):
    """Reviewed pages that can be searched."""

    async def remember(self, entries: Sequence[Remembered]) -> Result[int, object]:
        """Remember pages, and say how many."""
        ...

    async def nearest(self, sketch: int, most: int = NEAREST) -> Result[tuple[Match, ...], object]:
        """Give the remembered pages that are likest to one of that sketch."""
        ...


async def index_answers_as_it_must(
    index: Index, again: Callable[[], Awaitable[Index]], batches: Sequence[Sequence[Remembered]], wanted: Sequence[int]
) -> None:
    """Whatever was remembered in whatever parts, an index gives the likest pages in order, also when opened *again*."""
    held: dict[tuple[str, int], Remembered] = {}
    for batch in batches:
        assert await index.remember(batch) == Success(len(batch))
        held |= {(entry.case, entry.page): entry for entry in batch}
        for each in wanted:
            assert await index.nearest(each) == Success(nearest(held.values(), each))
    anew = await again()
    for each in wanted:
        assert await anew.nearest(each) == Success(nearest(held.values(), each))


def likeness_is_a_likeness(one: Sequence[str], other: Sequence[str]) -> None:
    """A text is wholly like itself, two texts are as like one way as the other, and no likeness leaves its bounds."""
    first, second = sketch(one), sketch(other)
    assert similarity(first, first) == (0 if first is None else 1_000)
    assert similarity(first, second) == similarity(second, first)
    assert 0 <= similarity(first, second) <= 1_000


def opinion_is_bounded(
    matches: Sequence[Match], weigh: Callable[[Sequence[Match]], Opinion | None] = opinion_of
) -> None:
    """What is recalled speaks for the likest page's label, for no more than its likeness is worth, or says nothing."""
    opinion = weigh(matches)
    if opinion is None:
        return
    best = max(match.similarity for match in matches)
    assert opinion.label in {match.label for match in matches if match.similarity == best}
    assert 0 < opinion.worth <= max((worth for least, worth in WORTH if best >= least), default=0)


def likeness_helps(
    matches: Sequence[Match], more: int, weigh: Callable[[Sequence[Match]], Opinion | None] = opinion_of
) -> None:
    """A reviewed page that is more like a page is never worth less to its label."""
    if not matches:
        return
    best = matches[0]
    closer = Match(min(1_000, best.similarity + more), best.label, best.case, best.page, best.by)
    assert _worth(weigh((closer, *matches[1:]))) >= _worth(weigh(matches))


def _worth(opinion: Opinion | None) -> int:
    return 0 if opinion is None else opinion.worth
