"""What would have decided otherwise: the fewest inputs of a table that would have to differ, and how.

An answer is tried out before it is given: with these values instead, and all others as they were, the table decides by
the rule that is named. It speaks of the table's inputs, whether a fact or another decision is behind them.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, islice, product

from attrs import frozen

from casefold.feel.program import begin
from casefold.feel.values import Value, World
from casefold.policy.checks.parts import Part, Span, holds, witness
from casefold.policy.checks.space import Axis, space_of
from casefold.policy.index import key_of
from casefold.policy.tables import Seen, decided

CHANGES_MAX = 2
"""How many inputs may differ: what asks for more is no advice to anybody."""

TRIES_MAX = 20_000
"""How many combinations of parts are looked at, and how many of those are tried out by deciding, a hundredth of it."""


PARTS_MAX = 100
"""How many other parts of an input are looked at, the nearest first."""


@frozen(eq=False)
class Change:
    """An input, by number from 0, what it was, the part where it would have to lie, and a value of that part."""

    input: int
    before: Value
    part: Part
    after: Value


@frozen(eq=False)
class Nearest:
    """A rule, by number from 1, that would have decided, and what would have to differ for that."""

    rule: int
    changes: tuple[Change, ...]


def nearest(seen: Seen, wanted: Collection[int], world: World = World()) -> Nearest | None:
    """Find the fewest changes by which one of the *wanted* rules, by number from 1, would have decided alone.

    Of equally many, those that lie nearest by the order of parts; nothing if none is found within `CHANGES_MAX` changes
    and `TRIES_MAX` tries.
    """
    axes = space_of(seen.grid).axes
    rows = sum(1 << number - 1 for number in wanted)
    promising = (changes for changes, met in islice(_combinations(axes, seen.inputs), TRIES_MAX) if met & rows)
    for changes in islice(promising, TRIES_MAX // 100):
        inputs = list(seen.inputs)
        for change in changes:
            inputs[change.input] = change.after
        run = begin(world, seeing=True)
        _ = decided(seen.grid, run, inputs, seen.functions)
        again = next((each for each in run.seen or () if isinstance(each, Seen)), None)
        if again is not None and not run.problems and len(again.decisive) == 1 and again.decisive[0] + 1 in wanted:
            return Nearest(again.decisive[0] + 1, changes)
    return None


def _combinations(axes: Sequence[Axis], inputs: Sequence[Value]) -> Iterator[tuple[tuple[Change, ...], int]]:
    """Give combinations of changes, fewest and nearest first, each with the rules that may match then."""
    there = [
        next((at for at, part in enumerate(axis.parts) if holds(part, value)), None)
        for axis, value in zip(axes, inputs, strict=True)
    ]
    known = [axis.masks[at] if at is not None else 0 for axis, at in zip(axes, there, strict=True)]
    for count in range(1, CHANGES_MAX + 1):
        for numbers in combinations(range(len(axes)), count):
            kept = -1
            for at, mask in enumerate(known):
                kept &= mask if at not in numbers else -1
            if not kept:
                continue
            others = [_others(axes[number], there[number]) for number in numbers]
            for chosen in sorted(product(*others), key=lambda parts: sum(distance for distance, _ in parts)):
                met = kept
                for number, (_, part) in zip(numbers, chosen, strict=True):
                    met &= axes[number].masks[part]
                yield (
                    tuple(
                        _change(axes[number], number, inputs[number], part)
                        for number, (_, part) in zip(numbers, chosen, strict=True)
                    ),
                    met,
                )


def _others(axis: Axis, there: int | None) -> list[tuple[int, int]]:
    """Give the other parts of an axis, each with how far it lies from where the input is."""
    found = sorted((abs(at - (there or 0)), at) for at in range(len(axis.parts)) if at != there)
    return found[:PARTS_MAX]


def _change(axis: Axis, number: int, before: Value, part: int) -> Change:
    chosen = axis.parts[part]
    return Change(number, before, chosen, _closest(chosen, before))


def _closest(part: Part, before: Value) -> Value:
    """Give the end of a part that is nearest to a value, if it belongs to it; else a readable value of the part."""
    if isinstance(part, Span) and type(before) is part.kind:
        key = key_of(before)  # type: ignore[arg-type]
        if part.low is not None and part.low_included and key < part.low:
            return witness(Span(part.kind, part.low, True, part.low, True))
        if part.high is not None and part.high_included and key > part.high:
            return witness(Span(part.kind, part.high, True, part.high, True))
    return witness(part)
