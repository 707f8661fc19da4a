"""Cut the page stream into documents: the best segmentation there is, exactly, with what speaks for each choice.

An exact dynamic program over all segmentations and labellings (a semi-Markov Viterbi search; Sarawagi and Cohen,
"Semi-Markov Conditional Random Fields", NIPS 2004). Lengths are states, so the program is linear in pages:
O(n * sum of states), a class having as many states as its page limits need, `LENGTH_MAX` at most. Running it from both
ends gives, for every page and every cut, the best worth of a segmentation that decides otherwise; the difference is the
margin, and the margin is the confidence.

A class is looked at only within `reach` of a page that shows something of it; further away, `UNKNOWN` is worth strictly
more, so nothing is lost.
"""

from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from casefold.pages import scores
from casefold.pages.scores import UNKNOWN_MODEL, ClassModel, Page
from casefold.taxonomy.model import UNKNOWN

UNKNOWN_MARGIN_MAX = scores.OPEN_CLASS + scores.SILENT_PLAIN - scores.OPEN_UNKNOWN
"""A page that shows nothing may yet belong to any class whose pages need not show anything, at this cost."""

_NEVER = -1_000_000_000


@frozen
class Segment:
    """Pages *first* to *last* (from 0) are one document of class *label*.

    Attributes:
        margin: Decibans to the best segmentation without this very segment.
    """

    first: int
    last: int
    label: str
    margin: int


@frozen
class PageChoice:
    """The label of a page in the best segmentation.

    Attributes:
        label: The class, or `UNKNOWN`.
        margin: Decibans to the best segmentation in which the page has another label.
        runner_up: That other label.
    """

    label: str
    margin: int
    runner_up: str | None


@frozen
class Assembly:
    """The best segmentation.

    Attributes:
        worth: Its decibans.
        segments: Its documents in order; together they hold every page once.
        choices: The label of each page.
    """

    worth: int
    segments: tuple[Segment, ...]
    choices: tuple[PageChoice, ...]


def states(model: ClassModel) -> int:
    """How many lengths of a document must be told apart; the last stands for itself and all beyond it."""
    limit = model.pages.max
    return model.pages.min if limit is None else max(model.pages.min, limit + 1)


def reach(model: ClassModel) -> int:
    """How many pages without any evidence a best segment of the class can hold in a row, at most.

    Cutting such a run out and calling it unknown gains the silence of each of its pages and costs at most two cuts: two
    openings with contradicted page numbers, two closings, two broken links, and two documents that are too short.
    """
    cut = (
        scores.NUMBER_NEXT_OF + scores.BAND_UNKNOWN + scores.IDENTITY_AGREES + scores.CUE
        - scores.NUMBER_LATER - scores.NUMBER_NOT_LAST + scores.CUE + scores.OPEN_CLASS + scores.SHORT_MAX
    )  # fmt: skip
    quietest = min(-model.silent, scores.SILENT_WORDLESS)
    return 2 * cut // quietest + 1


@frozen
class _Lattice:
    """The stream, the classes worth looking at on each page, and the links between neighbours."""

    pages: Sequence[Page]
    active: Sequence[tuple[ClassModel, ...]]
    common: Sequence[int]


def assemble(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> Assembly:
    """Find the best segmentation of *pages*.

    Among segmentations worth the same, the one that goes on longest, then the one whose label comes first in *models*,
    with `UNKNOWN` before all.
    """
    lattice = _Lattice(
        pages,
        _active(models, pages),
        [0, *(scores.common_link(before, page) for before, page in pairwise(pages))],
    )
    futures, rest = _backward(lattice)
    return _forward(lattice, futures, rest)


def _active(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> list[tuple[ClassModel, ...]]:
    shown: dict[str, list[int]] = {}
    for at, page in enumerate(pages):
        for label in {*page.scores, *([page.pinned] if page.pinned else [])}:
            shown.setdefault(label, []).append(at)
    near: list[set[str]] = [set() for _ in pages]
    for label, places in shown.items():
        if label not in models:
            continue
        width, covered = reach(models[label]), 0
        for place in places:
            for at in range(max(covered, place - width), min(len(pages), place + width + 1)):
                near[at].add(label)
            covered = min(len(pages), place + width + 1)
    order = {label: number for number, label in enumerate(models)}
    return [(UNKNOWN_MODEL, *(models[label] for label in sorted(labels, key=order.__getitem__))) for labels in near]


def _backward(lattice: _Lattice) -> tuple[list[dict[str, "array[int]"]], list[int]]:
    """Give, for each page, class and length so far, the best worth of what follows; and of what follows each cut."""
    n = len(lattice.pages)
    futures: list[dict[str, array[int]]] = [{} for _ in range(n)]
    rest = [0] * (n + 1)
    for at in range(n - 1, -1, -1):
        best = _NEVER
        for model in lattice.active[at]:
            future = futures[at][model.id] = _future(lattice, at, model, rest[at + 1], futures)
            best = max(best, _enter(model, lattice.pages[at]) + future[0])
        rest[at] = best
    return futures, rest


def _enter(model: ClassModel, page: Page) -> int:
    return scores.opening(model, page) + scores.page_worth(model, page)


def _go_on(lattice: _Lattice, at: int, model: ClassModel) -> int:
    """The worth of page *at* continuing a document, its length aside."""
    before, page = lattice.pages[at - 1], lattice.pages[at]
    return scores.link(model, before, page, lattice.common[at]) + scores.page_worth(model, page)


def _future(
    lattice: _Lattice, at: int, model: ClassModel, rest: int, futures: Sequence[Mapping[str, "array[int]"]]
) -> "array[int]":
    count = states(model)
    end = scores.closing(model, lattice.pages[at]) + rest
    ending = [end - scores.too_short(model.pages, length) for length in range(1, count + 1)]
    following = futures[at + 1].get(model.id) if at + 1 < len(lattice.pages) else None
    if following is None:
        return array("i", ending)
    step = _go_on(lattice, at + 1, model)
    return array(
        "i",
        (
            max(ending[k], step - scores.too_long(model.pages, k + 2) + following[min(k + 1, count - 1)])
            for k in range(count)
        ),
    )


def _forward(lattice: _Lattice, futures: Sequence[Mapping[str, "array[int]"]], rest: Sequence[int]) -> Assembly:
    """Follow the best path, and weigh at each page and each cut the best that decides otherwise."""
    pages = lattice.pages
    path = _best_path(lattice, futures, rest)
    worth = rest[0]
    starts = {first for first, _ in path}
    past = 0
    pasts: dict[str, list[int]] = {}
    choices: list[PageChoice] = []
    cut_margins: list[int] = []
    label_at = _labels(path, len(pages))
    for at, page in enumerate(pages):
        going = _going_on(lattice, at, pasts)
        cut = past + rest[at]
        kept = max(
            (a + b for label, row in going.items() for a, b in zip(row, futures[at][label], strict=True)),
            default=_NEVER,
        )
        cut_margins.append(worth - (kept if at in starts else cut))
        through: dict[str, int] = {}
        pasts = {}
        for model in lattice.active[at]:
            row = going.get(model.id) or [_NEVER] * states(model)
            row[0] = max(row[0], past + _enter(model, page))
            pasts[model.id] = row
            through[model.id] = max(a + b for a, b in zip(row, futures[at][model.id], strict=True))
        label = label_at[at]
        others = [(value, -number, name) for number, (name, value) in enumerate(through.items()) if name != label]
        runner_up = max(others, default=None)
        margin = worth - runner_up[0] if runner_up else UNKNOWN_MARGIN_MAX
        margin = min(margin, UNKNOWN_MARGIN_MAX) if label == UNKNOWN and page.pinned is None else margin
        choices.append(PageChoice(label, margin, runner_up[2] if runner_up else None))
        past = max(
            value - scores.too_short(model.pages, k + 1) + scores.closing(model, page)
            for model in lattice.active[at]
            for k, value in enumerate(pasts[model.id])
        )
    segments = tuple(
        Segment(first, last, label, _segment_margin(first, last, choices, cut_margins))
        for (first, label), last in zip(path, [*(first - 1 for first, _ in path[1:]), len(pages) - 1], strict=True)
    )
    return Assembly(worth, segments, tuple(choices))


def _going_on(lattice: _Lattice, at: int, pasts: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Give, for each class, the best worth of reaching page *at* at each length, without a cut before it."""
    going: dict[str, list[int]] = {}
    for model in lattice.active[at]:
        before = pasts.get(model.id)
        if before is None:
            continue
        step, count = _go_on(lattice, at, model), states(model)
        row = [_NEVER] * count
        for k, value in enumerate(before):
            target = min(k + 1, count - 1)
            row[target] = max(row[target], value + step - scores.too_long(model.pages, k + 2))
        going[model.id] = row
    return going


def _best_path(
    lattice: _Lattice, futures: Sequence[Mapping[str, "array[int]"]], rest: Sequence[int]
) -> list[tuple[int, str]]:
    """Read the best segmentation off the futures: where each document begins, and its label."""
    path: list[tuple[int, str]] = []
    at, n = 0, len(lattice.pages)
    while at < n:
        page = lattice.pages[at]
        model = max(lattice.active[at], key=lambda model: _enter(model, page) + futures[at][model.id][0])
        path.append((at, model.id))
        k = 0
        while at + 1 < n:
            following = futures[at + 1].get(model.id)
            if following is None:
                break
            target = min(k + 1, states(model) - 1)
            onward = _go_on(lattice, at + 1, model) - scores.too_long(model.pages, k + 2) + following[target]
            ending = scores.closing(model, lattice.pages[at]) + rest[at + 1] - scores.too_short(model.pages, k + 1)
            if onward < ending:
                break
            at, k = at + 1, target
        at += 1
    return path


def _labels(path: Sequence[tuple[int, str]], n: int) -> list[str]:
    labels: list[str] = []
    for (_, label), end in zip(path, [*(first for first, _ in path[1:]), n], strict=True):
        labels.extend([label] * (end - len(labels)))
    return labels


def _segment_margin(first: int, last: int, choices: Sequence[PageChoice], cuts: Sequence[int]) -> int:
    """The best segmentation without a segment cuts inside it, or not at one of its ends, or labels it otherwise."""
    inside_and_ends = cuts[first : last + 2] if first else cuts[1 : last + 2]
    return min([choices[first].margin, *inside_and_ends])


def worth_of(models: Mapping[str, ClassModel], pages: Sequence[Page], cuts: Sequence[tuple[int, int, str]]) -> int:
    """Add up one given segmentation by the definition in `casefold.pages.scores`: (first, last, label) from 0."""
    total = 0
    for first, last, label in cuts:
        model = UNKNOWN_MODEL if label == UNKNOWN else models[label]
        total += scores.opening(model, pages[first]) + scores.closing(model, pages[last])
        total -= scores.too_short(model.pages, last - first + 1)
        for at in range(first, last + 1):
            total += scores.page_worth(model, pages[at])
            if at > first:
                common = scores.common_link(pages[at - 1], pages[at])
                total += scores.link(model, pages[at - 1], pages[at], common)
                total -= scores.too_long(model.pages, at - first + 1)
    return total
