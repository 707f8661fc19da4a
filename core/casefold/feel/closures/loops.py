"""Closures of ``for``, ``some`` and ``every`` (DMN 1.5, section 10.3.2.5)."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from attrs import frozen

from casefold.feel import numbers
from casefold.feel.calendar import date_of, days_of
from casefold.feel.closures.code import Code, Slots, refuse, refused
from casefold.feel.values import Date, Fault, Range, Reason, Run, Span, Value, kind_of


@frozen(eq=False)
class Domain:
    """What one iterator runs over, and the slot of its variable."""

    slot: int
    source: Code
    end: Code | None
    span: Span


def loop(domains: tuple[Domain, ...], body: Code, partial: int | None, fuel: int) -> Code:
    """Give the value of the body for each combination, which costs *fuel*.

    *partial* is the slot of the results so far, if they are asked for.
    """
    inner = body.step

    def step(run: Run, slots: Slots) -> Value:
        results: list[Value] = []
        if partial is not None:
            slots[partial] = ()

        def once() -> bool:
            results.append(inner(run, slots))
            if partial is not None and run.spend(len(results) >> 3):
                slots[partial] = tuple(results)
            return True

        return tuple(results) if _run_over(run, slots, domains, 0, once, fuel) else None

    return Code(step, height_of(domains, body))


def quantified(domains: tuple[Domain, ...], condition: Code, span: Span, fuel: int, *, every: bool) -> Code:
    """Say whether some or every combination meets the condition; the first that decides, or is no boolean, ends it."""
    inner, name = condition.step, "every" if every else "some"

    def step(run: Run, slots: Slots) -> Value:
        verdicts: list[Value] = [every]

        def once() -> bool:
            verdict = inner(run, slots)
            if verdict is every:
                return True
            verdicts.append(verdict)
            return verdict is None

        if not _run_over(run, slots, domains, 0, once, fuel) and len(verdicts) == 1:
            return None
        last = verdicts[-1]
        if last is None or isinstance(last, bool):
            return None if None in verdicts and last is not (not every) else last
        return refused(run, span, Fault(Reason.WRONG_TYPE, name, kind_of(last), "boolean"))

    return Code(step, height_of(domains, condition))


def height_of(domains: tuple[Domain, ...], body: Code) -> int:
    """Give the height of a loop: each iterator stands within the one before it."""
    sources = (domain.source.height + (domain.end.height if domain.end else 0) for domain in domains)
    return 3 + len(domains) + max(body.height, *sources)


def _run_over(
    run: Run, slots: Slots, domains: tuple[Domain, ...], number: int, once: Callable[[], bool], fuel: int
) -> bool:
    """Run through the domains from *number* on; not to the end if one is no domain, or *once* says to stop."""
    domain = domains[number]
    source = domain.source.step(run, slots)
    found = _values(run, source, domain.span) if domain.end is None else None
    if domain.end is not None:
        found = _span_of(run, source, domain.end.step(run, slots), domain.span)
    if found is None:
        return False
    last = number + 1 == len(domains)
    for value in found:
        if not run.spend(fuel):
            return False
        slots[domain.slot] = value
        if not (once() if last else _run_over(run, slots, domains, number + 1, once, fuel)):
            return False
    return True


def _values(run: Run, source: Value, span: Span) -> Iterable[Value] | None:
    """Give the items of a list, or the whole numbers or days of a range; a single value is a list of one."""
    if isinstance(source, tuple):
        return source
    if isinstance(source, Range):
        found = _span_of(run, source.start, source.end, span)
        if found is None:
            return None
        return _inside(found, source)
    if source is None:
        refuse(run, span, Fault(Reason.WRONG_TYPE, "for", "null", "list"))
        return None
    return (source,)


def _inside(found: Iterable[Value], whole: Range) -> Iterable[Value]:
    """Leave out the ends that are no part of the range."""
    return (
        value
        for value in found
        if (whole.start_included or value != whole.start) and (whole.end_included or value != whole.end)
    )


def _span_of(run: Run, start: Value, end: Value, span: Span) -> Iterable[Value] | None:
    """Give all whole numbers or days from one to another, upwards or downwards."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        first, last = numbers.whole(start), numbers.whole(end)
        if first is not None and last is not None:
            return map(Decimal, _counted(first, last))
    if isinstance(start, Date) and isinstance(end, Date):
        return (date_of(day) for day in _counted(days_of(start), days_of(end)))
    refuse(run, span, Fault(Reason.WRONG_TYPE, "..", f"{kind_of(start)}, {kind_of(end)}", "number or date"))
    return None


def _counted(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)
