"""Cut the page stream into documents: the best segmentation there is, exactly, with what speaks for each choice.

An exact dynamic program over all segmentations and labellings (a semi-Markov Viterbi search; Sarawagi and Cohen,
"Semi-Markov Conditional Random Fields", NIPS 2004). Lengths are states, so the program is linear in pages:
O(n * sum of states), a class having as many states as its page limits need, `LENGTH_MAX` at most. Running it from both
ends gives, for every page and every cut, the best worth of a segmentation that decides otherwise; the difference is the
margin, and the margin is the confidence.

A class is looked at only on pages where choosing it can pay (`useful`); elsewhere `UNKNOWN` is worth as much, so
nothing is lost.
"""

from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import add, sub
from typing import TypeAlias

from attrs import evolve, frozen

from casefold.pages import scores
from casefold.pages.scores import UNKNOWN_MODEL, ClassModel, Page
from casefold.taxonomy.model import UNKNOWN

UNKNOWN_MARGIN_MAX = scores.OPEN_CLASS + scores.SILENT_PLAIN - scores.OPEN_UNKNOWN
"""A page that shows nothing may yet belong to any class whose pages need not show anything, at this cost."""

UNSEEN = ""
"""The id of no class: what every page is to a class that it shows nothing of."""

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


def gain(model: ClassModel, page: Page) -> int:
    """The most that calling *page* part of a document of a class can be worth beyond calling it unknown.

    Opening, printed numbers, sheet sizes and blank sheets between count alike for both, and running headers count more
    for the unknown; what a class can have beyond that is its evidence, a cue, and identity that agrees.
    """
    score = page.scores.get(model.id)
    worth = scores.page_worth(model, page) - scores.page_worth(UNKNOWN_MODEL, page)
    if score is None:
        return worth
    agrees = scores.IDENTITY_AGREES_IN_CLASS - scores.IDENTITY_AGREES if page.facts.identity else 0
    return worth + (2 * scores.CUE if score.cues else 0) + agrees


def useful(gains: Sequence[int]) -> list[bool]:
    """Tell which pages lie in a run of pages that a class can be worth choosing for.

    A document of the class that is worth no more than an unknown one in its place is never needed; all pages of one
    that is worth more lie in a run whose gains pay for opening it.
    """
    before = list(accumulate(gains, lambda best, here: here + max(best, 0)))
    after = list(accumulate(reversed(gains), lambda best, here: here + max(best, 0)))[::-1]
    price = scores.OPEN_CLASS - scores.OPEN_UNKNOWN
    return [one + two - here > price for one, two, here in zip(before, after, gains, strict=True)]


@frozen
class _Cell:
    """A class on a page, with everything that neither the rest of the path nor the length so far can change.

    Attributes:
        enter: The worth of a document beginning here.
        step: The worth of going on to here from the page before.
        end: The worth of ending here.
        shorts: What it costs besides to end at each length.
        longs: What it costs besides to go on from each length.
    """

    label: str
    enter: int
    step: int
    end: int
    shorts: tuple[int, ...]
    longs: tuple[int, ...]


def _lattice(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> list[tuple[_Cell, ...]]:
    """Lay out, for each page, the classes worth looking at."""
    lengths = {model.id: _lengths(model) for model in (UNKNOWN_MODEL, *models.values())}
    lattice: list[tuple[_Cell, ...]] = []
    before: Page | None = None
    for page, active in zip(pages, _active(models, pages), strict=True):
        numbers = scores.printed(page)
        both = scores.joint(before, page) if before is not None else None
        cells: list[_Cell] = []
        for model in active:
            worth = scores.page_worth(model, page)
            step = scores.link(model, before, page, numbers, both) + worth if before and both else _NEVER
            enter, end = scores.opening(model, page, numbers) + worth, scores.closing(model, page, numbers)
            cells.append(_Cell(model.id, enter, step, end, *lengths[model.id]))
        lattice.append(tuple(cells))
        before = page
    return lattice


def _lengths(model: ClassModel) -> tuple[tuple[int, ...], tuple[int, ...]]:
    lengths = range(1, states(model) + 1)
    shorts = tuple(scores.too_short(model.pages, length) for length in lengths)
    return shorts, tuple(scores.too_long(model.pages, length + 1) for length in lengths)


def assemble(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> Assembly:
    """Find the best segmentation of *pages*.

    Among segmentations worth the same, the one that goes on longest, then the one whose label comes first in *models*,
    with `UNKNOWN` before all.
    """
    lattice = _lattice(models, pages)
    futures, rest = _backward(lattice)
    path = _best_path(lattice, futures, rest)
    choices, cuts = _margins(lattice, futures, rest, path, pages)
    segments = tuple(
        Segment(first, last, label, _segment_margin(first, last, choices, cuts)) for first, last, label in path
    )
    return Assembly(rest[0], segments, tuple(choices))


def _active(models: Mapping[str, ClassModel], pages: Sequence[Page]) -> list[tuple[ClassModel, ...]]:
    """Give the classes that are worth looking at on each page, `UNKNOWN` first."""
    shown: dict[str, list[int]] = {}
    for at, page in enumerate(pages):
        for label in {*page.scores, page.pinned or UNKNOWN}:
            shown.setdefault(label, []).append(at)
    near: list[list[ClassModel]] = [[UNKNOWN_MODEL] for _ in pages]
    quiet: dict[int, list[int]] = {}
    for model in models.values():
        if model.id not in shown:
            continue
        if model.silent not in quiet:
            quiet[model.silent] = [gain(evolve(model, id=UNSEEN), page) for page in pages]
        gains = quiet[model.silent].copy()
        for at in shown[model.id]:
            gains[at] = gain(model, pages[at])
        for at, needed in enumerate(useful(gains)):
            if needed:
                near[at].append(model)
    return [tuple(found) for found in near]


_Futures: TypeAlias = "list[dict[str, array[int]]]"


def _backward(lattice: Sequence[Sequence[_Cell]]) -> tuple[_Futures, list[int]]:
    """Give, for each page, class and length so far, the best worth of what follows; and of what follows each cut."""
    n = len(lattice)
    futures: _Futures = [{} for _ in range(n)]
    rest = [0] * (n + 1)
    onward: Mapping[str, _Cell] = {}
    for at in range(n - 1, -1, -1):
        best, cut = _NEVER, rest[at + 1]
        for cell in lattice[at]:
            ended = cell.end + cut
            future = [ended - short for short in cell.shorts]
            following = onward.get(cell.label)
            if following is not None:
                ahead, step = futures[at + 1][cell.label], following.step
                onwards = map(sub, (*ahead[1:], ahead[-1]), cell.longs)
                future = [max(stop, step + go) for stop, go in zip(future, onwards, strict=True)]
            futures[at][cell.label] = array("i", future)
            best = max(best, cell.enter + future[0])
        rest[at] = best
        onward = {cell.label: cell for cell in lattice[at]}
    return futures, rest


def _margins(
    lattice: Sequence[Sequence[_Cell]],
    futures: _Futures,
    rest: Sequence[int],
    path: Sequence[tuple[int, int, str]],
    pages: Sequence[Page],
) -> tuple[list[PageChoice], list[int]]:
    """Weigh, at each page and before each page, the best segmentation that decides otherwise."""
    worth, past = rest[0], 0
    starts = {first for first, _, _ in path}
    labels = [label for first, last, label in path for _ in range(first, last + 1)]
    pasts: dict[str, list[int]] = {}
    choices: list[PageChoice] = []
    cuts: list[int] = []
    for at, cells in enumerate(lattice):
        going = _going_on(cells, pasts)
        kept = max((max(map(add, row, futures[at][label])) for label, row in going.items()), default=_NEVER)
        cuts.append(worth - (kept if at in starts else past + rest[at]))
        pasts, through, ended = {}, dict[str, int](), _NEVER
        for cell in cells:
            row = going.get(cell.label) or [_NEVER] * len(cell.shorts)
            row[0] = max(row[0], past + cell.enter)
            pasts[cell.label] = row
            through[cell.label] = max(map(add, row, futures[at][cell.label]))
            ended = max(ended, cell.end + max(map(sub, row, cell.shorts)))
        choices.append(_choice(labels[at], through, worth, pages[at]))
        past = ended
    return choices, cuts


def _going_on(cells: Sequence[_Cell], pasts: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Give, for each class, the best worth of reaching a page at each length, without a cut before it."""
    going: dict[str, list[int]] = {}
    for cell in cells:
        before = pasts.get(cell.label)
        if before is not None:
            step = cell.step
            row = [_NEVER, *(value + step - long for value, long in zip(before, cell.longs, strict=True))]
            beyond = row.pop()
            row[-1] = max(row[-1], beyond)
            going[cell.label] = row
    return going


def _choice(label: str, through: Mapping[str, int], worth: int, page: Page) -> PageChoice:
    others = [(value, -number, name) for number, (name, value) in enumerate(through.items()) if name != label]
    runner_up = max(others, default=None)
    margin = worth - runner_up[0] if runner_up is not None else UNKNOWN_MARGIN_MAX
    if page.pinned == label:
        margin = max(margin, scores.PINNED)
    elif label == UNKNOWN:
        margin = min(margin, UNKNOWN_MARGIN_MAX)
    return PageChoice(label, margin, runner_up[2] if runner_up is not None else None)


def _best_path(
    lattice: Sequence[Sequence[_Cell]], futures: _Futures, rest: Sequence[int]
) -> list[tuple[int, int, str]]:
    """Read the best segmentation off the futures: each document's first page, last page and label."""
    path: list[tuple[int, int, str]] = []
    at, n = 0, len(lattice)
    while at < n:
        first, here = at, futures[at]
        cell = max(lattice[first], key=lambda cell: cell.enter + here[cell.label][0])
        k = 0
        while at + 1 < n:
            following = next((each for each in lattice[at + 1] if each.label == cell.label), None)
            if following is None:
                break
            target = min(k + 1, len(cell.shorts) - 1)
            onward = following.step - cell.longs[k] + futures[at + 1][cell.label][target]
            if onward < cell.end + rest[at + 1] - cell.shorts[k]:
                break
            at, k, cell = at + 1, target, following
        path.append((first, at, cell.label))
        at += 1
    return path


def _segment_margin(first: int, last: int, choices: Sequence[PageChoice], cuts: Sequence[int]) -> int:
    """The best segmentation without a segment cuts inside it, or not at one of its ends, or labels it otherwise."""
    inside_and_ends = cuts[first : last + 2] if first else cuts[1 : last + 2]
    return min([choices[first].margin, *inside_and_ends])


def worth_of(models: Mapping[str, ClassModel], pages: Sequence[Page], cuts: Sequence[tuple[int, int, str]]) -> int:
    """Add up one given segmentation by the definition in `casefold.pages.scores`: (first, last, label) from 0."""
    total = 0
    numbers = [scores.printed(page) for page in pages]
    for first, last, label in cuts:
        model = UNKNOWN_MODEL if label == UNKNOWN else models[label]
        total += scores.opening(model, pages[first], numbers[first])
        total += scores.closing(model, pages[last], numbers[last])
        total -= scores.too_short(model.pages, last - first + 1)
        for at in range(first, last + 1):
            total += scores.page_worth(model, pages[at])
            if at > first:
                both = scores.joint(pages[at - 1], pages[at])
                total += scores.link(model, pages[at - 1], pages[at], numbers[at], both)
                total -= scores.too_long(model.pages, at - first + 1)
    return total
