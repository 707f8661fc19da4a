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
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, count
from operator import add, sub
from typing import TypeAlias

from attrs import evolve, frozen

from casefold.kernel.odds import against_all
from casefold.pages import scores
from casefold.pages.otherwise import Alternative, Choice
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
        otherwise: That segmentation.
        sure: Decibans to all ways to decide otherwise together: each other label, each cut inside, no cut at an end.
    """

    first: int
    last: int
    label: str
    margin: int
    otherwise: Alternative
    sure: int


@frozen
class PageChoice:
    """The label of a page in the best segmentation.

    Attributes:
        label: The class, or `UNKNOWN`.
        margin: Decibans to the best segmentation in which the page has another label.
        runner_up: That other label.
        sure: Decibans to all other labels together, the best segmentation with each.
    """

    label: str
    margin: int
    runner_up: str | None
    sure: int


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
    limits = model.pages
    return max(limits.min, len(limits.costs), 1 if limits.max is None else limits.max + 1)


def gain(model: ClassModel, page: Page) -> int:
    """The most that calling *page* part of a document of a class can be worth beyond calling it unknown.

    Opening, printed numbers, sheet sizes and blank sheets between count alike for both, and running headers count more
    for the unknown; what a class can have beyond that is its evidence, a cue, identity that agrees, and numbers that
    break without harm.
    """
    score = page.scores.get(model.id)
    worth = scores.page_worth(model, page) - scores.page_worth(UNKNOWN_MODEL, page)
    if score is None:
        return worth
    agrees = scores.IDENTITY_AGREES_IN_CLASS - scores.IDENTITY_AGREES if page.facts.identity else 0
    return worth + (2 * scores.CUE if score.cues else 0) + agrees + scores.resuming(model, page)


def useful(gains: Sequence[int]) -> list[bool]:
    """Tell which pages lie in a run of pages that a class can be worth choosing for.

    A document of the class that is worth no more than an unknown one in its place is never needed; all pages of one
    that is worth more lie in a run whose gains pay for opening it.
    """
    before = list(accumulate(gains, lambda best, here: here + max(best, 0)))
    after = list(accumulate(reversed(gains), lambda best, here: here + max(best, 0)))[::-1]
    price = scores.OPEN_CLASS - scores.OPEN_UNKNOWN
    return [one + two - here > price for one, two, here in zip(before, after, gains, strict=True)]


PIN_REACH = 150
"""A label that a person gave is an alternative on pages around as if its page had shown it with so many decibans.

Its document may go on for any length. But pages far away are no less sure of what they are because a person spoke.
"""

STRETCH = 1_024
"""Pages that are laid out at a time. A longer stream is laid out twice, stretch by stretch: from its end, to learn what
follows each stretch, then from its beginning, to decide. So what is held at a time does not grow with the stream."""


@frozen
class _Lengths:
    """What the length of a document so far costs besides: to end at each length, and to go on from each."""

    shorts: tuple[int, ...]
    longs: tuple[int, ...]


@frozen
class _Column:
    """A page and the classes worth looking at on it.

    Attributes:
        labels: The classes, `UNKNOWN` first.
        enter: The worth of a document of each beginning here.
        step: The worth of going on to here from the page before.
        end: The worth of ending here.
        counted: Those of the classes that are alternatives here.
        pinned: The label that a person gave the page.
        future: For each class, and each length so far, one after the other, the best worth of what follows.
        rest: The best worth of the page and what follows, with a cut before it.
    """

    labels: tuple[str, ...]
    enter: "array[int]"
    step: "array[int]"
    end: "array[int]"
    counted: frozenset[str]
    pinned: str | None
    future: "array[int]"
    rest: int


_Futures: TypeAlias = "Mapping[str, Sequence[int]]"


@frozen
class _Stream:
    """A stream, and what must be known of all of it before any page can be laid out.

    Attributes:
        models: `UNKNOWN_MODEL`, and the classes that are worth looking at anywhere.
        lengths: What the lengths of each cost.
        needed: For each, whether it is worth looking at, page by page.
        counted: For each, whether it is an alternative, page by page.
        pages: The pages.
        stretch: How many pages are laid out at a time.
    """

    models: tuple[ClassModel, ...]
    lengths: Mapping[str, _Lengths]
    needed: tuple[bytes, ...]
    counted: tuple[bytes, ...]
    pages: Sequence[Page]
    stretch: int

    def columns(self) -> Iterator[_Column]:
        """Lay the pages out, in order."""
        starts = range(0, len(self.pages), self.stretch)
        borders: dict[int, _Column] = {}
        stretch: list[_Column] = []
        for start in reversed(starts):
            stretch = self._stretch(start, borders.get(start + self.stretch))
            borders[start] = stretch[0]
        for start in starts:
            yield from self._stretch(start, borders.get(start + self.stretch)) if start else stretch

    def futures(self, column: _Column) -> _Futures:
        """Take the futures of a page apart, class by class."""
        ends = [*accumulate(len(self.lengths[label].shorts) for label in column.labels)]
        return {
            label: column.future[start:end] for label, start, end in zip(column.labels, [0, *ends], ends, strict=False)
        }

    def _stretch(self, start: int, after: _Column | None) -> list[_Column]:
        """Lay out the stretch from page *start* on; *after* is the page behind it."""
        pages = self.pages[start : start + self.stretch]
        befores: list[Page | None] = [self.pages[start - 1] if start else None, *pages[:-1]]
        bare = [self._bare(at, before, page) for at, before, page in zip(count(start), befores, pages, strict=False)]
        columns: list[_Column] = []
        cut, onward, ahead = 0, dict[str, int](), self.futures(after) if after is not None else dict[str, list[int]]()
        if after is not None:
            cut, onward = after.rest, dict(zip(after.labels, after.step, strict=True))
        for column in reversed(bare):
            here = {
                label: _future(self.lengths[label], end + cut, onward.get(label), ahead.get(label, ()))
                for label, end in zip(column.labels, column.end, strict=True)
            }
            cut = max(enter + here[label][0] for label, enter in zip(column.labels, column.enter, strict=True))
            onward, ahead = dict(zip(column.labels, column.step, strict=True)), here
            columns.append(evolve(column, future=array("i", chain.from_iterable(here.values())), rest=cut))
        return columns[::-1]

    def _bare(self, at: int, before: Page | None, page: Page) -> _Column:
        """Lay out page number *at*, without what follows."""
        numbers = scores.printed(page)
        both = scores.joint(before, page) if before is not None else None
        models = [model for model, needed in zip(self.models, self.needed, strict=True) if needed[at]]
        enter, step, end = array("i"), array("i"), array("i")
        for model in models:
            worth = scores.page_worth(model, page)
            enter.append(scores.opening(model, page, numbers) + worth)
            step.append(scores.link(model, before, page, numbers, both) + worth if before and both else _NEVER)
            end.append(scores.closing(model, page, numbers))
        counted = frozenset(model.id for model, here in zip(self.models, self.counted, strict=True) if here[at])
        return _Column(tuple([model.id for model in models]), enter, step, end, counted, page.pinned, array("i"), 0)


def _future(lengths: _Lengths, ended: int, step: int | None, ahead: Sequence[int]) -> list[int]:
    """Give the best worth of what follows a page at each length: to end here, or to go on where that is possible."""
    stops = [ended - short for short in lengths.shorts]
    if step is None:
        return stops
    goes = map(sub, (*ahead[1:], ahead[-1]), lengths.longs)
    return [max(stop, step + go) for stop, go in zip(stops, goes, strict=True)]


def _lengths(model: ClassModel) -> _Lengths:
    lengths = range(1, states(model) + 1)
    shorts = tuple(scores.unusual(model.pages, length) for length in lengths)
    return _Lengths(shorts, tuple(scores.too_long(model.pages, length + 1) for length in lengths))


def assemble(models: Mapping[str, ClassModel], pages: Sequence[Page], stretch: int = STRETCH) -> Assembly:
    """Find the best segmentation of *pages*, which may be made as they are asked for.

    However many pages make a *stretch*, it is the same.

    Among segmentations worth the same, the one that goes on longest, then the one whose label comes first in *models*,
    with `UNKNOWN` before all.
    """
    decisions = list(_decided(_stream(models, pages, stretch)))
    starts = [at for at, decision in enumerate(decisions) if decision.opens]
    segments = tuple(
        Segment(first, last, decisions[first].choice.label, *_otherwise(first, last, decisions))
        for first, last in zip(starts, [*(start - 1 for start in starts[1:]), len(decisions) - 1], strict=bool(starts))
    )
    worth = decisions[0].worth if decisions else 0
    return Assembly(worth, segments, tuple(decision.choice for decision in decisions))


def _stream(models: Mapping[str, ClassModel], pages: Sequence[Page], stretch: int) -> _Stream:
    """Find out which classes are worth looking at on which page."""
    shown: dict[str, tuple[array[int], array[int]]] = {}
    quiet: dict[int, array[int]] = {model.silent: array("i") for model in models.values()}
    unseen = {model.silent: evolve(model, id=UNSEEN) for model in models.values()}
    for at, page in enumerate(pages):
        for silent, gains in quiet.items():
            gains.append(gain(unseen[silent], page))
        for label in {*page.scores, page.pinned or UNKNOWN}:
            if label in models:
                places, gains = shown.setdefault(label, (array("i"), array("i")))
                places.append(at)
                gains.append(gain(models[label], page))
    everywhere = b"\1" * len(pages)
    looked_at, needed, counted = [UNKNOWN_MODEL], [everywhere], [everywhere]
    for model in models.values():
        if model.id in shown:
            gains = quiet[model.silent][:]
            for at, worth in zip(*shown[model.id], strict=True):
                gains[at] = worth
            wanted = bytes(useful(gains))
            if any(wanted):
                looked_at.append(model)
                needed.append(wanted)
                pinned = any(worth > PIN_REACH for worth in gains)
                counted.append(bytes(useful([min(worth, PIN_REACH) for worth in gains])) if pinned else wanted)
    lengths = {model.id: _lengths(model) for model in looked_at}
    return _Stream(tuple(looked_at), lengths, tuple(needed), tuple(counted), pages, stretch)


@frozen
class _Decision:
    """What the best segmentation does with a page.

    Attributes:
        choice: Its label, and the margin.
        opens: Whether a document begins with it.
        cut: Decibans to the best segmentation that decides otherwise on that.
        worth: The worth of the best segmentation.
    """

    choice: PageChoice
    opens: bool
    cut: int
    worth: int


def _decided(stream: _Stream) -> Iterator[_Decision]:
    """Walk along the best segmentation, weighing at each page the best that decides otherwise."""
    worth, past, label, length, opens = 0, 0, UNKNOWN, 0, True
    pasts: dict[str, list[int]] = {}
    columns = stream.columns()
    column = next(columns, None)
    futures: _Futures = stream.futures(column) if column is not None else dict[str, Sequence[int]]()
    first = True
    while column is not None:
        worth = column.rest if first else worth
        if opens:
            label, length = _best_opening(column, futures), 0
        going = _going_on(stream, column, pasts)
        kept = max((max(map(add, row, futures[name])) for name, row in going.items()), default=_NEVER)
        cut = worth - (kept if opens else past + column.rest)
        pasts, through, ended = {}, dict[str, int](), _NEVER
        for name, enter, end in zip(column.labels, column.enter, column.end, strict=True):
            shorts = stream.lengths[name].shorts
            row = going.get(name) or [_NEVER] * len(shorts)
            row[0] = max(row[0], past + enter)
            pasts[name] = row
            through[name] = max(map(add, row, futures[name]))
            ended = max(ended, end + max(map(sub, row, shorts)))
        counted = {name: value for name, value in through.items() if name in column.counted}
        yield _Decision(_choice(label, counted, worth, column.pinned), opens, cut, worth)
        past, first = ended, False
        following = next(columns, None)
        beyond: _Futures = stream.futures(following) if following is not None else dict[str, Sequence[int]]()
        onward = following is not None and _goes_on(stream, column, following, beyond, label, length)
        opens, length = not onward, min(length + 1, len(stream.lengths[label].shorts) - 1)
        column, futures = following, beyond


def _best_opening(column: _Column, futures: _Futures) -> str:
    """Give the class of the document that had best begin here."""
    worths = [enter + futures[label][0] for label, enter in zip(column.labels, column.enter, strict=True)]
    return column.labels[worths.index(max(worths))]


def _goes_on(stream: _Stream, column: _Column, following: _Column, beyond: _Futures, label: str, length: int) -> bool:
    """Whether a document that has come to a page had better go on; *length* is how far it has come, from 0."""
    if label not in beyond:
        return False
    costs = stream.lengths[label]
    target = min(length + 1, len(costs.shorts) - 1)
    on = following.step[following.labels.index(label)] - costs.longs[length] + beyond[label][target]
    return on >= column.end[column.labels.index(label)] + following.rest - costs.shorts[length]


def _going_on(stream: _Stream, column: _Column, pasts: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Give, for each class, the best worth of reaching a page at each length, without a cut before it."""
    going: dict[str, list[int]] = {}
    for label, step in zip(column.labels, column.step, strict=True):
        before = pasts.get(label)
        if before is not None:
            row = [
                _NEVER,
                *(value + step - long for value, long in zip(before, stream.lengths[label].longs, strict=True)),
            ]
            beyond = row.pop()
            row[-1] = max(row[-1], beyond)
            going[label] = row
    return going


def _choice(label: str, through: Mapping[str, int], worth: int, pinned: str | None) -> PageChoice:
    others = [(value, -number, name) for number, (name, value) in enumerate(through.items()) if name != label]
    runner_up = max(others, default=None)
    margin = worth - runner_up[0] if runner_up is not None else UNKNOWN_MARGIN_MAX
    sure = against_all(worth - value for value, _, _ in others) if others else margin
    if pinned == label:
        margin, sure = max(margin, scores.PINNED), max(sure, scores.PINNED)
    elif label == UNKNOWN:
        margin, sure = min(margin, UNKNOWN_MARGIN_MAX), min(sure, UNKNOWN_MARGIN_MAX)
    return PageChoice(label, margin, runner_up[2] if runner_up is not None else None, sure)


def _otherwise(first: int, last: int, decisions: Sequence[_Decision]) -> tuple[int, Alternative, int]:
    """The best segmentation without a segment cuts inside it, or not at one of its ends, or labels it otherwise."""
    choice = decisions[first].choice
    best = choice.margin, Alternative(Choice.OTHER_CLASS, first, first, choice.runner_up)
    cuts = [decision.cut for decision in decisions[max(first, 1) : last + 2]]
    for at in range(max(first, 1), min(last + 2, len(decisions))):
        if decisions[at].cut < best[0]:
            kind = Choice.WITH_BEFORE if at == first else Choice.WITH_AFTER if at > last else Choice.SPLIT
            best = decisions[at].cut, Alternative(kind, at - 1, at)
    return *best, against_all([choice.sure, *cuts])


def worth_of(models: Mapping[str, ClassModel], pages: Sequence[Page], cuts: Sequence[tuple[int, int, str]]) -> int:
    """Add up one given segmentation by the definition in `casefold.pages.scores`: (first, last, label) from 0."""
    total = 0
    numbers = [scores.printed(page) for page in pages]
    for first, last, label in cuts:
        model = UNKNOWN_MODEL if label == UNKNOWN else models[label]
        total += scores.opening(model, pages[first], numbers[first])
        total += scores.closing(model, pages[last], numbers[last])
        total -= scores.unusual(model.pages, last - first + 1)
        for at in range(first, last + 1):
            total += scores.page_worth(model, pages[at])
            if at > first:
                both = scores.joint(pages[at - 1], pages[at])
                total += scores.link(model, pages[at - 1], pages[at], numbers[at], both)
                total -= scores.too_long(model.pages, at - first + 1)
    return total
