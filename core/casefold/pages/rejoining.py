"""Put documents together again whose pages do not lie side by side: shuffled files, and files scanned from both sides.

The first stage cuts the stream where it lies, so it gives such documents in parts. Here parts of the same class are
joined where that is worth more than leaving them apart, by the same weights as there (`casefold.pages.scores`): what
two documents pay more than one, how their printed numbers go on, and what their identity keys say. That pages of other
documents lie between costs `APART`, which is more than chance agreement pays: a package that lies in order stays as it
is. Once several parts have been joined the package is plainly out of order. Then runs of pages are cut where printed
numbers jump, the rest is joined for less, and a page of no class may go where its number is missing.

No join is made against printed numbers, identity keys or the length of the class.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from attrs import evolve, field, frozen

from casefold.pages import scores
from casefold.pages.assembly import Assembly, Segment
from casefold.pages.assignment import assign
from casefold.pages.facts import Identity, PageNumber
from casefold.pages.otherwise import Alternative, Choice
from casefold.pages.scores import UNKNOWN_MODEL, ClassModel, Page
from casefold.taxonomy.model import UNKNOWN, IdentityKey

APART = 20
"""What it costs to say that a document goes on after pages of other documents, in a package that lies in order."""

APART_DISORDERED = 8
"""The same in a package of which parts have been joined already."""

DISORDERED_MIN = 2
"""From so many joins on, a package does not lie in order."""

NEAR_MAX = 10
"""In a file that lies in order, a stray document may lie in another, but not so many pages."""

PARTS_MAX = 96
"""How many parts of a class are weighed against each other at a time; a file of more is looked at piece by piece."""


@frozen
class Group:
    """Pages that are one document, as places in the stream.

    Attributes:
        places: Its pages, in the order of their printed numbers where the file is out of order, else as they lie.
        label: Its class.
        margin: Decibans to the best that decides otherwise on what ties it together.
        otherwise: What that is.
        sure: Decibans to all that decides otherwise together.
        doubtful: Whether the file is out of order and the document's printed numbers say that it is not whole.
    """

    places: tuple[int, ...]
    label: str
    margin: int
    otherwise: Alternative
    sure: int
    doubtful: bool = False


@frozen
class _Part:
    """A run of pages, or several that were joined.

    Attributes:
        places: Its pages.
        first: The page that it begins with.
        last: The page that it ends with.
        numbers: The printed number of each of its pages, where it has one.
        identity: The values of each identity key that its pages show, for each of the runs that it was joined from.
        variants: The variants likewise.
        margin: Of the segment, and of the joins.
        otherwise: See `Group`.
        sure: See `Group`.
    """

    places: tuple[int, ...]
    first: Page
    last: Page
    label: str
    numbers: tuple[PageNumber | None, ...]
    identity: tuple[Mapping[IdentityKey, frozenset[str]], ...] = field(repr=False)
    variants: tuple[frozenset[str], ...]
    margin: int
    otherwise: Alternative
    sure: int

    @property
    def printed(self) -> frozenset[PageNumber]:
        """The printed numbers of its pages."""
        return frozenset(number for number in self.numbers if number is not None)


def rejoin(models: Mapping[str, ClassModel], pages: Sequence[Page], assembly: Assembly) -> tuple[Group, ...]:
    """Join segments that are parts of one document; the groups come in the order of their first pages in the stream."""
    parts = [_part(pages, segment) for segment in assembly.segments]
    joined = _joined(models, parts, APART)
    disordered = len(parts) - len(joined) >= DISORDERED_MIN
    if not disordered:
        joined = _joined(models, parts, APART, near=NEAR_MAX)
    else:
        parts = [_part(pages, segment) for segment in _recut(models, pages, assembly)]
        joined = _joined(models, parts, APART_DISORDERED)
    groups = [
        Group(
            _in_order(part) if disordered else part.places,
            part.label,
            part.margin,
            part.otherwise,
            part.sure,
            disordered and _is_partial(part),
        )
        for part in joined
    ]
    return tuple(sorted(groups, key=lambda group: min(group.places)))


def _recut(models: Mapping[str, ClassModel], pages: Sequence[Page], assembly: Assembly) -> Iterator[Segment]:
    """Cut runs of pages where numbers or keys do not go on; a piece that shows nothing of the class leaves it."""
    for segment in assembly.segments:
        label, inside = segment.label, range(segment.first + 1, segment.last + 1)
        model = models.get(label, UNKNOWN_MODEL)
        starts = [segment.first, *(at for at in inside if _jumps(model, pages[at - 1], pages[at]))]
        if len(starts) == 1:
            yield segment
            continue
        for start, after in pairwise([*starts, segment.last + 1]):
            choice = min(assembly.choices[start:after], key=lambda choice: choice.margin)
            stays = any(_shows(page, label) for page in pages[start:after])
            other = Alternative(Choice.OTHER_CLASS, start, start, choice.runner_up if stays else label)
            yield Segment(start, after - 1, label if stays else UNKNOWN, choice.margin, other, choice.sure)


def _jumps(model: ClassModel, before: Page, page: Page) -> bool:
    """Whether printed numbers or strong keys say that a page does not follow the one before it."""
    one, two = _number(before), _number(page)
    if page.joins >= scores.PINNED:
        return False
    if not scores.STRONG.isdisjoint(scores.joint(before, page).conflicting & model.identity):
        return True
    if one and two:
        return one.total != two.total or two.number != one.number + 1
    numbered, number = (before, one) if one else (page, two)
    return number is not None and number.total is not None and not _shows(numbered, model.id)


def _shows(page: Page, label: str) -> bool:
    return label in page.scores or page.pinned == label


def _number(page: Page) -> PageNumber | None:
    """Give the printed number of a page that is most certain."""
    return page.facts.numbers[0] if page.facts.numbers else None


def _part(pages: Sequence[Page], segment: Segment) -> _Part:
    label, mine = segment.label, pages[segment.first : segment.last + 1]
    values: dict[IdentityKey, set[str]] = {}
    for identity in chain.from_iterable(page.facts.identity for page in mine):
        values.setdefault(identity.key, set()).add(identity.value)
    shown = [page.scores[label] for page in mine if label in page.scores]
    return _Part(
        tuple(range(segment.first, segment.last + 1)),
        mine[0],
        mine[-1],
        label,
        tuple(_number(page) for page in mine),
        ({key: frozenset(found) for key, found in values.items()},),
        (frozenset(score.variant for score in shown if score.variant is not None),),
        segment.margin,
        segment.otherwise,
        segment.sure,
    )


def _joined(
    models: Mapping[str, ClassModel], parts: Sequence[_Part], apart: int, near: int | None = None
) -> list[_Part]:
    """Join what is worth joining at that price and has at most *near* pages between."""
    worths = {
        pair: worth - apart
        for pair in _candidates(parts, adopting=apart < APART)
        if (near is None or 0 < parts[pair[1]].places[0] - parts[pair[0]].places[-1] <= near + 1)
        and (worth := _join_worth(models, parts[pair[0]], parts[pair[1]])) is not None
        and worth > apart
    }
    chains: dict[int, _Part] = dict(enumerate(parts))
    owner = list(range(len(parts)))
    made: list[tuple[int, int]] = []
    pairs = assign(worths)
    for before, after in sorted(pairs.items(), key=lambda pair: (-worths[pair], pair)):
        one, two = owner[before], owner[after]
        if one != two and _may_join(models, chains[one], chains[two]):
            chains[one] = _merged(chains[one], chains.pop(two))
            owner = [one if mine == two else mine for mine in owner]
            made.append((before, after))
    for before, after in made:
        otherwise = Alternative(Choice.APART, parts[before].places[-1], parts[after].places[0])
        margin, whole = _margin(worths, owner, before, after), chains[owner[before]]
        whole = evolve(whole, sure=min(whole.sure, margin))
        chains[owner[before]] = evolve(whole, margin=margin, otherwise=otherwise) if margin < whole.margin else whole
    return list(chains.values())


def _candidates(parts: Sequence[_Part], *, adopting: bool) -> Iterator[tuple[int, int]]:
    """Give the pairs to weigh: of one class and, if *adopting*, of a class and none where both print the same total."""
    by_label: dict[str, list[int]] = {}
    by_total: dict[int, list[int]] = {}
    for at, part in enumerate(parts):
        by_label.setdefault(part.label, []).append(at)
        for total in sorted({number.total for number in part.printed if number.total is not None}):
            by_total.setdefault(total, []).append(at)
    for same in by_label.values():
        for start in range(0, len(same), PARTS_MAX):
            near = same[start : start + PARTS_MAX]
            yield from ((one, two) for one in near for two in near if one != two)
    for same in by_total.values() if adopting else ():
        near = same[:PARTS_MAX]
        pairs = ((one, two) for one in near for two in near)
        yield from ((one, two) for one, two in pairs if (parts[one].label == UNKNOWN) != (parts[two].label == UNKNOWN))


def _margin(worths: Mapping[tuple[int, int], int], owner: Sequence[int], before: int, after: int) -> int:
    """Decibans to leaving the two apart, or joining either with a part of another document instead."""
    mine = owner[before]
    others = [
        worth
        for (one, two), worth in worths.items()
        if (one == before and owner[two] != mine) or (two == after and owner[one] != mine)
    ]
    return max(0, worths[before, after] - max([0, *others]))


def _label_of(one: _Part, two: _Part) -> str | None:
    """The class of two parts together; ``None`` where they have two."""
    if UNKNOWN in {one.label, two.label}:
        return two.label if one.label == UNKNOWN else one.label
    return one.label if one.label == two.label else None


def _may_join(models: Mapping[str, ClassModel], one: _Part, two: _Part) -> bool:
    """Whether nothing contradicts that the two are one document: class, printed numbers, identity keys, or length."""
    label = _label_of(one, two)
    if label is None:
        return False
    model = models.get(label, UNKNOWN_MODEL)
    if model.pages.max is not None and len(one.places) + len(two.places) > model.pages.max:
        return False
    return not _conflicts(model, one, two) and not _numbers_conflict(one, two)


def _conflicts(model: ClassModel, one: _Part, two: _Part) -> bool:
    """Whether a key that tells documents of the class apart has other values in any of their runs."""
    telling = scores.STRONG if model.id == UNKNOWN else model.identity
    if IdentityKey.VARIANT in telling and _apart(one.variants, two.variants):
        return True
    nothing = frozenset[str]()
    return any(
        _apart([run.get(key, nothing) for run in one.identity], [run.get(key, nothing) for run in two.identity])
        for key in telling
    )


def _apart(one: Sequence[frozenset[str]], two: Sequence[frozenset[str]]) -> bool:
    return any(mine and theirs and mine.isdisjoint(theirs) for mine in one for theirs in two)


def _numbers_conflict(one: _Part, two: _Part) -> bool:
    """Whether both have a page of the same printed number, or no total is the same."""
    mine, theirs = one.printed, two.printed
    if not mine or not theirs:
        return False
    return bool(mine & theirs) or not {number.total for number in mine} & {number.total for number in theirs}


def _join_worth(models: Mapping[str, ClassModel], one: _Part, two: _Part) -> int | None:
    """Decibans for *two* to go on where *one* ends, beyond those for two documents; ``None`` where it cannot."""
    numbers = _numbers_worth(one, two)
    label = _label_of(one, two)
    if numbers is None or label is None or not _may_join(models, one, two):
        return None
    model = models.get(label, UNKNOWN_MODEL)
    before, after = _told(one.last, one), _told(two.first, two)
    both = scores.joint(before, after)
    if numbers <= 0 and not both.banded and not both.agreeing & model.identity:
        return None
    ends, begins = scores.printed(one.last), scores.printed(two.first)
    worth = numbers + scores.link(model, before, after, begins, both)
    worth -= scores.opening(_model(models, two), two.first, begins) + scores.closing(
        _model(models, one), one.last, ends
    )
    for part in (one, two):
        worth += scores.unusual(_model(models, part).pages, len(part.places))
        if part.label != label:
            gained = scores.page_worth(model, part.first) - scores.page_worth(UNKNOWN_MODEL, part.first)
            worth += len(part.places) * gained
    return worth - scores.unusual(model.pages, len(one.places) + len(two.places))


def _model(models: Mapping[str, ClassModel], part: _Part) -> ClassModel:
    return models.get(part.label, UNKNOWN_MODEL)


def _numbers_worth(one: _Part, two: _Part) -> int | None:
    """Decibans of printed numbers for *two* to come after *one*; ``None`` where it does not.

    Parts come after each other by their numbers where both have them, else as they lie. First pages are often not
    numbered, so a part without numbers may come before any numbered page but the first.
    """
    end, begin = one.numbers[-1], two.numbers[0]
    if begin is None:
        if one.places[-1] > two.places[0]:
            return None
        return scores.NUMBER_BEYOND if end is not None and end.number == end.total else 0
    if end is None:
        if begin.number == 1:
            return None
        return scores.NUMBER_NEXT if not one.printed and begin.number == len(one.places) + 1 else 0
    if end.total != begin.total or begin.number <= end.number:
        return None
    if begin.number == end.number + 1:
        return scores.NUMBER_NEXT_OF if end.total is not None else scores.NUMBER_NEXT
    return scores.NUMBER_SKIPS if end.total is not None else 0


def _told(page: Page, part: _Part) -> Page:
    """Give a page of a part as one that shows the identity of all of it, and no number."""
    pairs = {(key.value, value): key for run in part.identity for key, values in run.items() for value in values}
    identity = tuple(Identity(key, value) for (_, value), key in sorted(pairs.items()))
    return evolve(page, facts=evolve(page.facts, identity=identity, numbers=()), after_blank=False)


def _merged(one: _Part, two: _Part) -> _Part:
    label = two.label if one.label == UNKNOWN else one.label
    least = one if one.margin <= two.margin else two
    return _Part(
        one.places + two.places,
        one.first,
        two.last,
        label,
        one.numbers + two.numbers,
        one.identity + two.identity,
        one.variants + two.variants,
        least.margin,
        least.otherwise,
        min(one.sure, two.sure),
    )


def _is_partial(part: _Part) -> bool:
    """Whether printed numbers say that pages come before it or after it."""
    first, last = part.numbers[0], part.numbers[-1]
    return (first is not None and first.number > 1) or (
        last is not None and last.total is not None and last.number != last.total
    )


def _in_order(part: _Part) -> tuple[int, ...]:
    """Sort pages by their printed numbers where all have one, of one total; else leave them."""
    numbered = [(number.number, place) for number, place in zip(part.numbers, part.places, strict=True) if number]
    totals = {number.total for number in part.printed}
    whole = len(numbered) == len(part.places) and len(totals) == 1
    return tuple(place for _, place in sorted(numbered)) if whole else part.places
