"""Closures of names, paths, filters, and literals with parts."""

from decimal import Decimal

from casefold.feel import numbers
from casefold.feel.closures.code import Code, Slots, Step, folded, refused
from casefold.feel.equality import compare
from casefold.feel.properties import property_of
from casefold.feel.ranges import from_comparison
from casefold.feel.values import Fault, Range, Reason, Run, Span, Value, kind_of


def variable(slot: int) -> Code:
    """Give a variable."""
    return Code(lambda _run, slots: slots[slot], 1, slot=slot)


def member_or_variable(name: str, items: tuple[int, ...], slot: int | None, other: Value, span: Span) -> Code:
    """Give the member of that name of the nearest item that has one, or else the variable, or else *other*."""

    def step(run: Run, slots: Slots) -> Value:
        for item in items:
            context = slots[item]
            if isinstance(context, dict) and name in context:
                return context[name]
        if slot is not None:
            return slots[slot]
        return refused(run, span, Fault(Reason.NO_VALUE, name)) if other is None else other

    return Code(step)


def path(source: Code, member: str, span: Span) -> Code:
    """Give a member, or of a list the member of each item."""
    inner = source.step

    def step(run: Run, slots: Slots) -> Value:
        value = inner(run, slots)
        if type(value) is dict and member in value:
            return value[member]
        if isinstance(value, tuple):
            if not run.spend(len(value)):
                return None
            return tuple(_member(run, item, member, span) for item in value)
        return _member(run, value, member, span)

    return folded(step, 2 + source.height, source)


def _member(run: Run, value: Value, member: str, span: Span) -> Value:
    if isinstance(value, dict):
        if member in value:
            return value[member]
        return refused(run, span, Fault(Reason.NO_MEMBER, member, "context"))
    found = property_of(run, value, member)
    return refused(run, span, found) if isinstance(found, Fault) else found


def filtered(source: Code, condition: Code, item_slot: int, span: Span, fuel: int) -> Code:
    """Give the items that meet a condition, or the item at a position (section 10.3.2.5); *fuel* is what each costs."""
    inner, asked = source.step, condition.step

    def step(run: Run, slots: Slots) -> Value:
        value = inner(run, slots)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        before = slots[item_slot]
        kept: list[Value] = []
        for at, item in enumerate(items):
            if not run.spend(fuel):
                break
            slots[item_slot] = item
            verdict = asked(run, slots)
            if verdict is True:
                kept.append(item)
            elif isinstance(verdict, Decimal) and at == 0:
                slots[item_slot] = before
                return _at(run, items, verdict, span)
            elif verdict is not False and verdict is not None:
                slots[item_slot] = before
                return refused(run, span, Fault(Reason.WRONG_TYPE, "filter", kind_of(verdict), "boolean"))
        slots[item_slot] = before
        return tuple(kept)

    height = 3 + max(source.height, condition.height)
    if condition.constant and isinstance(condition.value, Decimal):
        return Code(_positioned(inner, condition.value, span), height)
    return Code(step, height)


def _positioned(inner: Step, position: Decimal, span: Span) -> Step:
    def step(run: Run, slots: Slots) -> Value:
        value = inner(run, slots)
        if isinstance(value, tuple):
            return _at(run, value, position, span)
        return _at(run, () if value is None else (value,), position, span)

    return step


def _at(run: Run, items: tuple[Value, ...], position: Decimal, span: Span) -> Value:
    """Give the item at a position, counted from 1, or from the end if negative."""
    place = numbers.whole(position)
    if place is None or place == 0 or abs(place) > len(items):
        return refused(run, span, Fault(Reason.OUT_OF_BOUNDS, "filter", numbers.text(position), str(len(items))))
    return items[place - 1 if place > 0 else place]


def items(parts: tuple[Code, ...]) -> Code:
    """Make a list."""
    steps = tuple(part.step for part in parts)

    def step(run: Run, slots: Slots) -> Value:
        return tuple([inner(run, slots) for inner in steps])

    return folded(step, 2 + max((part.height for part in parts), default=0), *parts)


def context(entries: tuple[tuple[str, int, Code], ...]) -> Code:
    """Make a context; each entry is put into its slot, where the entries after it see it."""

    def step(run: Run, slots: Slots) -> Value:
        made: dict[str, Value] = {}
        for key, slot, code in entries:
            made[key] = slots[slot] = code.step(run, slots)
        return made

    return Code(step, 1 + max((code.height for _, _, code in entries), default=0))


def interval(start: Code, end: Code, span: Span, *, start_included: bool, end_included: bool) -> Code:
    """Make a range; its ends are of one type that has an order, and in order. One end may be null: open."""
    first, second = start.step, end.step

    def step(run: Run, slots: Slots) -> Value:
        low, high = first(run, slots), second(run, slots)
        if low is not None and high is not None:
            order = compare(run, low, high)
            if order is None:
                return refused(run, span, Fault(Reason.WRONG_TYPE, "..", f"{kind_of(low)}, {kind_of(high)}"))
            if order > 0:
                return refused(run, span, Fault(Reason.OUT_OF_BOUNDS, ".."))
        return Range(low, start_included and low is not None, high, end_included and high is not None)

    return folded(step, 1 + max(start.height, end.height), start, end)


def comparison_range(sign: str, end: Code) -> Code:
    """Make a range of a comparison."""
    inner = end.step
    return folded(lambda run, slots: from_comparison(sign, inner(run, slots)), 1 + end.height, end)
