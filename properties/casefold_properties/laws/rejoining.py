"""Laws of putting documents together again: nothing is lost, and nothing is joined against what pages say."""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise, permutations

from casefold.pages import scores
from casefold.pages.assembly import Assembly
from casefold.pages.assignment import assign
from casefold.pages.rejoining import Group
from casefold.pages.scores import ClassModel, Page
from casefold.taxonomy.model import UNKNOWN, IdentityKey


def groups_hold_every_page_once(count: int, groups: Sequence[Group]) -> None:
    """Every one of *count* pages is in one group, and the groups come in the order of their first pages."""
    assert sorted(place for group in groups for place in group.places) == list(range(count))
    firsts = [min(group.places) for group in groups]
    assert firsts == sorted(firsts)


def runs_of(group: Group) -> list[range]:
    """Give the runs of pages of a group that lie side by side in the stream."""
    places = sorted(group.places)
    starts = [places[0], *(here for before, here in pairwise(places) if here != before + 1)]
    ends = [*(before for before, here in pairwise(places) if here != before + 1), places[-1]]
    return [range(start, end + 1) for start, end in zip(starts, ends, strict=True)]


def nothing_is_joined_against_its_keys(
    models: Mapping[str, ClassModel], pages: Sequence[Page], groups: Sequence[Group]
) -> None:
    """No two runs of a group have values of a key that tells its class apart, and none in common."""
    for group in groups:
        telling = scores.STRONG if group.label == UNKNOWN else models[group.label].identity
        for one, two in combinations(runs_of(group), 2):
            for key in telling:
                mine, theirs = (_values(pages, run, key, group.label) for run in (one, two))
                assert not (mine and theirs and mine.isdisjoint(theirs)), (group, key)


def _values(pages: Sequence[Page], run: range, key: IdentityKey, label: str) -> set[str]:
    if key is IdentityKey.VARIANT:
        shown = [pages[at].scores[label].variant for at in run if label in pages[at].scores]
        return {variant for variant in shown if variant is not None}
    return {identity.value for at in run for identity in pages[at].facts.identity if identity.key is key}


def nothing_is_joined_against_its_numbers(pages: Sequence[Page], groups: Sequence[Group]) -> None:
    """No two runs of a group have a page of the same printed number."""
    for group in groups:
        for one, two in combinations(runs_of(group), 2):
            mine, theirs = ({pages[at].facts.numbers[:1] for at in run} - {()} for run in (one, two))
            assert mine.isdisjoint(theirs), group


def nothing_is_joined_beyond_its_length(models: Mapping[str, ClassModel], groups: Sequence[Group]) -> None:
    """A group of several runs has no more pages than its class may have."""
    for group in groups:
        limit = models[group.label].pages.max if group.label != UNKNOWN else None
        assert limit is None or len(runs_of(group)) == 1 or len(group.places) <= limit


def what_nothing_ties_lies_as_it_was(assembly: Assembly, groups: Sequence[Group]) -> None:
    """Where no page has a number, a key or a running header, the documents are those of the first stage."""
    cuts = [(*range(segment.first, segment.last + 1),) for segment in assembly.segments]
    assert [group.places for group in groups] == cuts
    assert [group.margin for group in groups] == [segment.margin for segment in assembly.segments]
    assert not any(group.doubtful for group in groups)


def pairing_is_the_best(worths: Mapping[tuple[int, int], int], found: Mapping[int, int]) -> None:
    """No pairing is worth more, and no pair is worth nothing."""
    rows = sorted({row for row, _ in worths})
    columns: list[int | None] = [*sorted({column for _, column in worths}), *[None] * len(rows)]
    ways = (zip(rows, chosen, strict=True) for chosen in permutations(columns, len(rows)))
    best = max(sum(max(0, worths.get((row, column), 0)) for row, column in way if column is not None) for way in ways)
    assert sum(worths[pair] for pair in found.items()) == best
    assert all(worths[pair] > 0 for pair in found.items())
    assert len(set(found.values())) == len(found)


def pairing_does_not_ask_for_order(worths: Mapping[tuple[int, int], int]) -> None:
    """The pairing is the same whatever the order in which pairs are named."""
    assert assign(dict(reversed(list(worths.items())))) == assign(worths)
