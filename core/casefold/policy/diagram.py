"""A decision table as a diagram: each node looks one input up among the few rules that are still possible.

On the way to a node most rules are ruled out already. So a node asks only where the rest of them differ, and an input
about which they agree is not asked at all. Nodes of one input and the same rules are one node.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, TypeVar, cast

from attrs import frozen

from casefold.policy.index import Bits, Key, Ordered, Words
from casefold.policy.lookup import Face, Lookup
from casefold.policy.model import HitPolicy

PLACES_MAX = 400_000
"""Places that may be looked at to make a diagram: a tenth of a second, and ample for a hundred rules."""

NULL = -1
"""The branch that null takes."""

Answer = TypeVar("Answer")

Plain: TypeAlias = Key | str | bool
"""An input as it is looked up: a point by its place, a word by itself."""

Where: TypeAlias = Mapping[Plain, int] | Sequence[Key]

Find: TypeAlias = Callable[[Where, Plain], int | None]
"""Finds the branch that a value takes; ``None`` is that of all words that are not told."""

Branches: TypeAlias = Mapping[int | None, Bits | None]

Node: TypeAlias = tuple[int, Find, Where, Mapping[int | None, "Node[Answer]"], Answer | None]
"""The input to ask for, how its branch is found, and the branches; -1 for no input, and then the answer."""


@frozen(eq=False)
class Split:
    """How an input parts some rules.

    Attributes:
        find: Finds the branch of a value.
        where: Where it finds it.
        branches: The rules of each; ``None`` where looking up does not say.
        places: How many places were looked at.
    """

    find: Find
    where: Where
    branches: Branches
    places: int


def split(face: Face, active: Bits) -> Split:
    """Part some rules by an input."""
    null = None if active & face.doubtful else active & face.sure
    match face.column:
        case None:
            return Split(_anywhere, (), {NULL: null, None: active}, 1)
        case Words(_, masks, other):
            told = {word: mask & active for word, mask in masks.items() if (mask ^ other) & active}
            words: Mapping[Plain, int] = {word: branch for branch, word in enumerate(told)}
            branches: dict[int | None, Bits | None] = {NULL: null, None: other & active}
            branches.update(enumerate(told.values()))
            return Split(cast("Find", dict.get), words, branches, len(masks))
        case Ordered() as column:
            return _cut(column, null, active)


def _cut(column: Ordered, null: Bits | None, active: Bits) -> Split:
    masks = [mask & active for mask in column.masks]
    around = zip(column.cuts, masks[::2], masks[1::2], masks[2::2], strict=False)
    told = [(cut, at, above) for cut, below, at, above in around if not below == at == above]
    cuts = tuple(cut for cut, _, _ in told)
    belows = [masks[0], *(above for _, _, above in told)]
    if all(at == above for _, at, above in told):
        find, found = cast("Find", bisect_right), belows
    elif all(at == below for (_, at, _), below in zip(told, belows, strict=False)):
        find, found = cast("Find", bisect_left), belows
    else:
        find, found = cast("Find", _place), [masks[0], *(mask for _, *both in told for mask in both)]
    return Split(find, cuts, {NULL: null, **dict(enumerate(found))}, len(masks))


def _anywhere(_where: Where, _value: Plain) -> None:
    return None


def _place(cuts: Sequence[Key], key: Key) -> int:
    """Give the place of a key at and between cuts."""
    at = bisect_left(cuts, key)
    return 2 * at + (at < len(cuts) and cuts[at] == key)


def diagram_of(lookup: Lookup, answer: Callable[[Bits], Answer | None]) -> "Node[Answer] | None":
    """Make the diagram of a table, unless that takes too long.

    *answer* says what rules that match come to; ``None`` stands for what looking up does not say.
    """
    order = _order(lookup)
    ahead = _ahead(lookup, order)
    levels: list[dict[Bits | None, Split | None]] = []
    reached, places = {_narrowed(lookup, lookup.rules | lookup.gates, ahead[0]): None}, 0
    for depth, at in enumerate(order):
        level: dict[Bits | None, Split | None] = {}
        following: dict[Bits | None, None] = {}
        for active in reached:
            found = None if active is None or not active & ~ahead[depth] else split(lookup.faces[at], active)
            if found is None:
                level[active] = None
                following[active] = None
                continue
            places += found.places
            if places > PLACES_MAX:
                return None
            branches = {key: _narrowed(lookup, each, ahead[depth + 1]) for key, each in found.branches.items()}
            level[active] = Split(found.find, found.where, branches, found.places)
            following.update(dict.fromkeys(branches.values()))
        levels.append(level)
        reached = following
    nodes = {active: _leaf(None if active is None else answer(active & lookup.rules)) for active in reached}
    for at, level in zip(reversed(order), reversed(levels), strict=True):
        nodes = {active: _node(at, active, found, nodes) for active, found in level.items()}
    (root,) = nodes.values()
    return root


def _order(lookup: Lookup) -> tuple[int, ...]:
    """Give the inputs as they are best asked for: words first, which are found at once, and what leaves few rules."""

    def effort(at: int) -> tuple[bool, Fraction]:
        column = lookup.faces[at].column
        if column is None:
            return True, Fraction(lookup.rules.bit_count())
        masks = column.masks if isinstance(column, Ordered) else (*column.masks.values(), column.other)
        return isinstance(column, Ordered), Fraction(sum(mask.bit_count() for mask in masks), len(masks))

    return tuple(sorted(range(len(lookup.faces)), key=effort))


def _ahead(lookup: Lookup, order: Sequence[int]) -> list[Bits]:
    """Give, for each place in the order and the end, the bits that are met whatever is asked from there on."""
    free = [lookup.rules | lookup.gates]
    for at in reversed(order):
        free.append(free[-1] & lookup.faces[at].free)
    return free[::-1]


def _narrowed(lookup: Lookup, active: Bits | None, free: Bits) -> Bits | None:
    """Leave out rules that cannot matter: under FIRST those behind one that surely matches."""
    if active is None or active & lookup.gates != lookup.gates:
        return None
    certain = active & free & lookup.rules
    if not certain or lookup.grid.hit is not HitPolicy.FIRST:
        return active
    lowest = certain & -certain
    return active & (lowest | lowest - 1 | lookup.gates)


def _leaf(answer: Answer | None) -> "Node[Answer]":
    return -1, _anywhere, (), {}, answer


def _node(
    at: int, active: Bits | None, found: Split | None, below: Mapping[Bits | None, "Node[Answer]"]
) -> "Node[Answer]":
    if found is None:
        return below[active]
    first, *others = dict.fromkeys(found.branches.values())
    if not others:
        return below[first]
    return at, found.find, found.where, {key: below[each] for key, each in found.branches.items()}, None
