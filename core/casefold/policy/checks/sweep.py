"""Find, for all inputs at once, which sets of rules are met: a sweep over the columns of a table that shares its work.

Whoever comes by different ways to the same set of rules goes on in the same way, so that the work is that of the sets
and not of the ways (Calvanese et al. 2018 sweep likewise, without sharing). What comes out is a decision diagram: each
way through it is a box of inputs with one answer, and no two boxes meet.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, MutableSequence, Sequence
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.checks.space import Chosen, Space
from casefold.policy.index import Bits, numbers_of

WORK_MAX = 3_000_000
"""Steps from one set of rules to the next that a sweep may take: about ten seconds."""

Node: TypeAlias = int
"""A set of rules behind some columns, by number; below nought, an answer: the complement of its number."""


@frozen
class TooLarge:
    """A table that would take more than so many steps to look through."""

    work_max: int


@frozen(eq=False)
class Diagram:
    """What a sweep found.

    Attributes:
        order: The axes in the order in which they were asked.
        root: Where ways begin.
        levels: For each node, which of the axes in order it asks.
        branches: For each node, where it leads and by which parts of its axis.
    """

    order: tuple[int, ...]
    root: Node
    levels: Sequence[int]
    branches: Sequence[tuple[tuple[Node, Bits], ...]]


_Layer: TypeAlias = Mapping[Bits, Mapping[Bits, Bits] | None]
"""The sets of rules behind so many columns, and for each the sets behind the next, by parts; or that it is settled."""


def sweep(
    space: Space,
    order: Sequence[int],
    answer: Callable[[Bits], int],
    trim: Callable[[int, Bits], Bits],
    work_max: int = WORK_MAX,
) -> Result[Diagram, TooLarge]:
    """Answer for every input.

    Args:
        space: The inputs.
        order: The axes, in the order in which they are asked.
        answer: Gives the number of the answer where so many rules are met.
        trim: Gives the rules that matter of those met so far, before the axis of that level in the order is asked.
        work_max: The steps that it may take.
    """
    full = space.full(order)
    layers: list[_Layer] = []
    layer: dict[Bits, None] = {trim(0, space.rows): None}
    work = 0
    for level, at in enumerate(order):
        column = _column_of(space.axes[at].masks)
        found: dict[Bits, Mapping[Bits, Bits] | None] = {}
        following: dict[Bits, None] = {}
        for met in layer:
            if not met & ~full[level]:
                found[met] = None
                continue
            children = _children(column, met, level + 1, trim)
            work += len(children)
            found[met] = children
            following |= dict.fromkeys(children)
            if work > work_max:
                return Failure(TooLarge(work_max))
        layers.append(found)
        layer = following
    layers.append(dict.fromkeys(layer))
    return Success(_reduced(layers, tuple(order), answer))


@frozen(eq=False)
class _Column:
    """The parts of an axis, as a sweep asks for them.

    Attributes:
        masks: The rules met in each part.
        edges: For each rule, the parts where it begins or ceases to be met.
        groups: The different masks, with their parts.
        whole: All parts.
    """

    masks: tuple[Bits, ...]
    edges: Mapping[int, Bits]
    groups: tuple[tuple[Bits, Bits], ...]
    whole: Bits


def _column_of(masks: tuple[Bits, ...]) -> _Column:
    edges: dict[int, Bits] = {}
    groups: dict[Bits, Bits] = {}
    before = masks[0] if masks else 0
    for at, mask in enumerate(masks):
        groups[mask] = groups.get(mask, 0) | 1 << at
        for row in numbers_of(mask ^ before):
            edges[row] = edges.get(row, 0) | 1 << at
        before = mask
    return _Column(masks, MappingProxyType(edges), tuple(groups.items()), (1 << len(masks)) - 1)


def _children(column: _Column, met: Bits, level: int, trim: Callable[[int, Bits], Bits]) -> dict[Bits, Bits]:
    """Give the sets of rules behind a column, and the parts that lead there."""
    children: dict[Bits, Bits] = {}
    if met.bit_count() * 8 > len(column.groups):
        for mask, parts in column.groups:
            child = trim(level, met & mask)
            children[child] = children.get(child, 0) | parts
        return children
    # Few rules begin or end in few places; from one to the next nothing changes.
    edges = 0
    for row in numbers_of(met):
        edges |= column.edges.get(row, 0)
    start = 0
    for stop in (*numbers_of(edges & ~1), len(column.masks)):
        child = trim(level, met & column.masks[start])
        children[child] = children.get(child, 0) | (1 << stop) - (1 << start)
        start = stop
    return children


def _reduced(layers: MutableSequence[_Layer], order: tuple[int, ...], answer: Callable[[Bits], int]) -> Diagram:
    """Make nodes of sets, from the last column to the first; those that answer alike are one."""
    levels: list[int] = []
    branches: list[tuple[tuple[Node, Bits], ...]] = []
    known: dict[tuple[int, tuple[tuple[Node, Bits], ...]], Node] = {}
    answers: dict[Bits, Node] = {}
    below: Mapping[Bits, Node] = {}
    for level in range(len(layers) - 1, -1, -1):
        here: dict[Bits, Node] = {}
        for met, children in layers[level].items():
            here[met] = (
                _answered(met, answers, answer)
                if children is None
                else _node(level, children, below, known, levels, branches)
            )
        below = here
        del layers[level]
    (root,) = below.values()
    return Diagram(order, root, tuple(levels), tuple(branches))


def _answered(met: Bits, answers: MutableMapping[Bits, Node], answer: Callable[[Bits], int]) -> Node:
    if met not in answers:
        answers[met] = ~answer(met)
    return answers[met]


def _node(
    level: int,
    children: Mapping[Bits, Bits],
    below: Mapping[Bits, Node],
    known: MutableMapping[tuple[int, tuple[tuple[Node, Bits], ...]], Node],
    levels: MutableSequence[int],
    branches: MutableSequence[tuple[tuple[Node, Bits], ...]],
) -> Node:
    ways: dict[Node, Bits] = {}
    for child, parts in children.items():
        ways[below[child]] = ways.get(below[child], 0) | parts
    if len(ways) == 1:
        return next(iter(ways))
    found = (level, tuple(sorted(ways.items(), key=lambda way: (way[1] & -way[1], way[0]))))
    if found not in known:
        known[found] = len(levels)
        levels.append(level)
        branches.append(found[1])
    return known[found]


def counted(diagram: Diagram, wanted: Callable[[int], bool]) -> tuple[int, Sequence[int]]:
    """Count the boxes with wanted answers: of the whole diagram, and behind each node."""
    counts: list[int] = []

    def of(node: Node) -> int:
        return counts[node] if node >= 0 else int(wanted(~node))

    for ways in diagram.branches:
        counts += [sum(of(child) for child, _ in ways)]
    return of(diagram.root), counts


def boxes(diagram: Diagram, space: Space, wanted: Callable[[int], bool]) -> Iterator[tuple[Chosen, int]]:
    """Give the boxes with wanted answers, and the answer of each, in the order of parts."""
    _, counts = counted(diagram, wanted)
    everything = [(1 << len(axis.parts)) - 1 for axis in space.axes]
    waiting: list[tuple[Node, Chosen]] = [(diagram.root, tuple(everything))] if all(everything) else []
    while waiting:
        node, chosen = waiting.pop()
        if node < 0:
            if wanted(~node):
                yield chosen, ~node
            continue
        if counts[node]:
            at = diagram.order[diagram.levels[node]]
            ways = reversed(diagram.branches[node])
            waiting += [(child, (*chosen[:at], parts, *chosen[at + 1 :])) for child, parts in ways]


def one_box_each(diagram: Diagram, space: Space) -> Mapping[int, Chosen]:
    """Give one box for each answer that there is."""
    everything = tuple((1 << len(axis.parts)) - 1 for axis in space.axes)
    found: dict[Node, Chosen] = {diagram.root: everything} if all(everything) else {}
    for node in range(len(diagram.branches) - 1, -1, -1):
        # Nodes are numbered from the last column to the first, so that whatever leads to one comes behind it.
        chosen, at = found.get(node), diagram.order[diagram.levels[node]]
        for child, parts in diagram.branches[node] if chosen is not None else ():
            if child not in found and chosen is not None:
                found[child] = (*chosen[:at], parts, *chosen[at + 1 :])
    return MappingProxyType({~node: chosen for node, chosen in found.items() if node < 0})
