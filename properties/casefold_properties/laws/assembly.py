"""Laws of assembly: the answer is a partition, the best there is, and says truly how much better it is."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product

from attrs import evolve

from casefold.pages import scores
from casefold.pages.assembly import UNKNOWN_MARGIN_MAX, Assembly, assemble, worth_of
from casefold.pages.otherwise import Alternative, Because, Choice
from casefold.pages.scores import UNKNOWN_MODEL, ClassModel, Page
from casefold.taxonomy.model import UNKNOWN

Cut = tuple[int, int, str]
"""First page, last page (from 0) and label of a document."""


def cuts_of(assembly: Assembly) -> list[Cut]:
    """Give the documents of *assembly* without their margins."""
    return [(segment.first, segment.last, segment.label) for segment in assembly.segments]


def partition_in_order(count: int, cuts: Sequence[Cut]) -> None:
    """Documents hold every one of *count* pages once, in order, and none is empty."""
    assert [at for first, last, _ in cuts for at in range(first, last + 1)] == list(range(count))
    assert all(first <= last for first, last, _ in cuts)


def choices_follow_the_segments(assembly: Assembly) -> None:
    """Every page has the label of the document that holds it."""
    labels = [segment.label for segment in assembly.segments for _ in range(segment.first, segment.last + 1)]
    assert labels == [choice.label for choice in assembly.choices]


def worth_is_that_of_its_segments(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> None:
    """The worth that assembly states is the worth of the documents that it gives, by the definition."""
    assembly = assemble(models, pages)
    cuts = cuts_of(assembly)
    assert assembly.worth == sum(document_worth(models, pages, cut) for cut in cuts)
    assert assembly.worth == worth_of(models, pages, cuts)


def opening_of(model: ClassModel, page: Page) -> int:
    """Decibans for a document of a class to begin at *page*."""
    return scores.opening(model, page, scores.printed(page))


def closing_of(model: ClassModel, page: Page) -> int:
    """Decibans for a document of a class to end with *page*."""
    return scores.closing(model, page, scores.printed(page))


def link_of(model: ClassModel, before: Page, page: Page) -> int:
    """Decibans for *page* to continue the document of a class that *before* belongs to."""
    return scores.link(model, before, page, scores.printed(page), scores.joint(before, page))


def document_worth(models: Mapping[str, ClassModel], pages: Sequence[Page], cut: Cut) -> int:
    """Add up one document, as the head of `casefold.pages.scores` defines it."""
    first, last, label = cut
    model = UNKNOWN_MODEL if label == UNKNOWN else models[label]
    worth = opening_of(model, pages[first]) + closing_of(model, pages[last])
    worth += sum(scores.page_worth(model, pages[at]) for at in range(first, last + 1))
    for before, page in pairwise(pages[first : last + 1]):
        worth += link_of(model, before, page)
    length = last - first + 1
    over = 0 if model.pages.max is None else max(0, length - model.pages.max)
    costs = model.pages.costs
    short = min(scores.SHORT_MAX, scores.SHORT * max(0, model.pages.min - length))
    return worth - scores.LONG * over - (costs[min(length, len(costs)) - 1] if costs else short)


def segmentations(count: int, labels: Sequence[str]) -> Iterator[list[Cut]]:
    """Give every way to cut and label *count* pages."""
    for joined in product((True, False), repeat=max(0, count - 1)):
        starts = [0, *(at for at, cut in enumerate(joined, 1) if cut)] if count else []
        ends = [*(start - 1 for start in starts[1:]), count - 1]
        for chosen in product(labels, repeat=len(starts)):
            yield list(zip(starts, ends, chosen, strict=bool(starts)))


def best_of_all(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> None:
    """No way to cut and label the pages is worth more, and each margin is the distance to the best that differs.

    Two margins are not exact, and need not be: what is called unknown is reviewed whatever it states, which is no less
    than the truth and `UNKNOWN_MARGIN_MAX` at most; what a person labelled is certain from `PINNED` on.
    """

    @cache
    def worth(cut: Cut) -> int:
        return document_worth(models, pages, cut)

    ways = [(sum(map(worth, way)), way) for way in segmentations(len(pages), (UNKNOWN, *models))]
    best = max(worth for worth, _ in ways)
    found = assemble(models, pages)
    assert found.worth == best
    without: dict[Cut, int] = {}
    labelled: dict[tuple[int, str], int] = {}
    for worth_, way in ways:
        for cut in way:
            for at in range(cut[0], cut[1] + 1):
                labelled[at, cut[2]] = max(worth_, labelled.get((at, cut[2]), worth_))
    for segment in cuts_of(found):
        rest = [worth_ for worth_, way in ways if segment not in way]
        if rest:
            without[segment] = best - max(rest)
    for at, (choice, page) in enumerate(zip(found.choices, pages, strict=True)):
        margin = best - max(labelled[at, label] for label in (UNKNOWN, *models) if label != choice.label)
        _states(choice.margin, margin, choice.label, page)
    for segment_ in found.segments:
        cut = (segment_.first, segment_.last, segment_.label)
        _states(segment_.margin, without[cut], segment_.label, pages[segment_.first])


def _states(stated: int, margin: int, label: str, page: Page) -> None:
    if page.pinned == label:
        assert min(margin, scores.PINNED) <= stated, (stated, margin, label)
    elif label == UNKNOWN:
        assert min(margin, UNKNOWN_MARGIN_MAX) <= stated <= UNKNOWN_MARGIN_MAX, (stated, margin, label)
    else:
        assert stated == margin, (stated, margin, label)


def best_worth(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> int:
    """Find the best worth by trying each class, at every length, at each place: slow, short, and without shortcuts."""
    best = [0] * (len(pages) + 1)
    for first in range(len(pages) - 1, -1, -1):
        best[first] = max(
            worth + best[last + 1]
            for model in (UNKNOWN_MODEL, *models.values())
            for last, worth in _documents_from(model, pages, first)
        )
    return best[0]


def _documents_from(model: ClassModel, pages: Sequence[Page], first: int) -> Iterator[tuple[int, int]]:
    so_far = opening_of(model, pages[first]) + scores.page_worth(model, pages[first])
    for last in range(first, len(pages)):
        length = last - first + 1
        if last > first:
            before, page = pages[last - 1], pages[last]
            so_far += link_of(model, before, page)
            so_far += scores.page_worth(model, page) - scores.too_long(model.pages, length)
        yield last, so_far + closing_of(model, pages[last]) - scores.unusual(model.pages, length)


def best_however_far(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> None:
    """Leaving a class alone far from any page that shows it loses nothing."""
    assert assemble(models, pages).worth == best_worth(models, pages)


def unmoved_by_an_impossible_class(
    models: Mapping[str, ClassModel], pages: Sequence[Page], impossible: ClassModel
) -> None:
    """A class of which no page shows anything changes nothing, wherever it stands in the order."""
    before = assemble(models, pages)
    assert assemble({**models, impossible.id: impossible}, pages) == before
    assert assemble({impossible.id: impossible, **models}, pages) == before


def pinned_labels_hold(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> None:
    """A page that a person labelled has that label."""
    choices = assemble(models, pages).choices
    for choice, page in zip(choices, pages, strict=True):
        if page.pinned is not None:
            assert choice.label == page.pinned


def ties_go_to_the_first(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> None:
    """Of all segmentations worth the same, document by document, the label that comes first is given, then the longest.

    `UNKNOWN` comes before all, the others in the order of *models*.
    """
    order = {label: number for number, label in enumerate((UNKNOWN, *models))}
    ways = [(worth_of(models, pages, way), way) for way in segmentations(len(pages), tuple(order))]
    best = max(worth for worth, _ in ways)
    first = min(
        (way for worth, way in ways if worth == best),
        key=lambda way: [(order[label], -last) for _, last, label in way],
    )
    assert cuts_of(assemble(models, pages)) == first


def ties_make_up_what_joining_is_worth(model: ClassModel, before: Page, page: Page, ties: Sequence[Because]) -> None:
    """The ties of two pages, and what opening a document costs, are what one document is worth beyond two."""
    together = link_of(model, before, page)
    apart = closing_of(model, before) + opening_of(model, page)
    assert sum(tie.worth for tie in ties) - model.opening == together - apart
    assert all(tie.worth for tie in ties)


def what_would_be_otherwise_is_worth_the_margin_less(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> None:
    """The best segmentation that decides otherwise, where and as a document says, is worth its margin less."""
    assembly = assemble(models, pages)
    ways = [(worth_of(models, pages, way), way) for way in segmentations(len(pages), (UNKNOWN, *models))]
    for segment in assembly.segments:
        if segment.label == UNKNOWN or any(page.pinned is not None for page in pages):
            continue
        other = segment.otherwise
        worths = [worth for worth, way in ways if _decides_otherwise(way, other, segment.label)]
        assert max(worths) == assembly.worth - segment.margin, (segment, other)


def more_evidence_never_lowers(
    models: Mapping[str, ClassModel], pages: Sequence[Page], at: int, label: str, more: int
) -> None:
    """A page that speaks louder for a class is no less of that class: its label, if it was that, stays, and as sure."""
    score = pages[at].scores.get(label)
    if score is None or pages[at].pinned is not None:
        return
    louder = evolve(pages[at], scores={**pages[at].scores, label: evolve(score, worth=score.worth + more)})
    before, after = assemble(models, pages), assemble(models, [*pages[:at], louder, *pages[at + 1 :]])
    assert before.worth <= after.worth <= before.worth + more
    if before.choices[at].label == label:
        assert after.choices[at].label == label
        assert after.choices[at].margin >= before.choices[at].margin


def counting_all_alternatives_is_no_surer(assembly: Assembly) -> None:
    """All that decides otherwise, counted together, is never further behind than the best of it."""
    assert all(segment.sure <= segment.margin for segment in assembly.segments)
    assert all(choice.sure <= choice.margin for choice in assembly.choices)


def _decides_otherwise(way: Sequence[Cut], other: Alternative, label: str) -> bool:
    if other.choice is Choice.OTHER_CLASS:
        return any(first <= other.at <= last and name == other.label != label for first, last, name in way)
    begins = any(first == other.at for first, _, _ in way)
    return begins == (other.choice is Choice.SPLIT)
