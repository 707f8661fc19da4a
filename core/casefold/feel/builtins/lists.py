"""Built-in functions on lists (DMN 1.5, sections 10.3.4.4 and 10.3.4.12)."""

from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, Decimal
from functools import cmp_to_key

from casefold.feel import numbers
from casefold.feel.arguments import form
from casefold.feel.equality import compare, equal
from casefold.feel.numbers import CONTEXT, ONE, ZERO
from casefold.feel.types import DEPTH_MAX
from casefold.feel.values import Fault, Function, Reason, Run, Value, kind_of

List = tuple[Value, ...]


def _list_contains(run: Run, items: List, element: Value) -> Value | Fault:
    return run.spend(len(items)) and any(equal(run, item, element) is True for item in items)


def _count(items: List) -> Value | Fault:
    return Decimal(len(items))


def _best(name: str, sign: int) -> Callable[[Run, List], Value | Fault]:
    def best(run: Run, items: List) -> Value | Fault:
        if not items or not run.spend(len(items)):
            return Fault(Reason.OUT_OF_BOUNDS, name, "[]")
        found = items[0]
        for item in items:
            order = compare(run, item, found)
            if order is None:
                return Fault(Reason.WRONG_TYPE, name, f"{kind_of(found)}, {kind_of(item)}")
            if order * sign > 0:
                found = item
        return found

    return best


def _variadic(work: Callable[[Run, List], Value | Fault]) -> Callable[..., Value | Fault]:
    """Take the items one by one; null by itself is no list of null."""

    def spread(run: Run, *items: Value) -> Value | Fault:
        return Fault(Reason.WRONG_ARGUMENTS, "list", "null", "list") if items == (None,) else work(run, items)

    return spread


def _decimals(name: str, items: List, run: Run) -> list[Decimal] | Fault:
    """Give the numbers of a list, which must hold at least one, and nothing else."""
    found = [item for item in items if isinstance(item, Decimal)]
    if not found and not items:
        return Fault(Reason.OUT_OF_BOUNDS, name, "[]")
    if len(found) < len(items) or not run.spend(len(items)):
        other = next((item for item in items if not isinstance(item, Decimal)), None)
        return Fault(Reason.WRONG_TYPE, name, kind_of(other), "number")
    return found


def _total(found: Sequence[Decimal], start: Decimal, step: Callable[[Decimal, Decimal], Decimal]) -> Decimal:
    total = start
    for item in found:
        total = step(total, item)
    return total


def _finite(name: str, result: Decimal) -> Value | Fault:
    return result if result.is_finite() else Fault(Reason.OUT_OF_BOUNDS, name)


def _sum(run: Run, items: List) -> Value | Fault:
    found = _decimals("sum", items, run)
    return found if isinstance(found, Fault) else _finite("sum", _total(found, ZERO, CONTEXT.add))


def _product(run: Run, items: List) -> Value | Fault:
    found = _decimals("product", items, run)
    return found if isinstance(found, Fault) else _finite("product", _total(found, ONE, CONTEXT.multiply))


def _mean(run: Run, items: List) -> Value | Fault:
    found = _decimals("mean", items, run)
    return found if isinstance(found, Fault) else _finite("mean", _mean_of(found))


def _mean_of(found: Sequence[Decimal]) -> Decimal:
    return CONTEXT.divide(_total(found, ZERO, CONTEXT.add), Decimal(len(found)))


def _median(run: Run, items: List) -> Value | Fault:
    if not items:
        return None
    found = _decimals("median", items, run)
    if isinstance(found, Fault):
        return found
    ordered, middle = sorted(found), len(found) // 2
    if len(found) % 2:
        return ordered[middle]
    return _finite("median", _mean_of(ordered[middle - 1 : middle + 1]))


def _stddev(run: Run, items: List) -> Value | Fault:
    found = _decimals("stddev", items, run)
    if isinstance(found, Fault):
        return found
    if len(found) < 2:
        return Fault(Reason.OUT_OF_BOUNDS, "stddev", "1 item", "2 items")
    mean = _mean_of(found)
    squares = [CONTEXT.power(CONTEXT.subtract(item, mean), 2) for item in found]
    spread = CONTEXT.divide(_total(squares, ZERO, CONTEXT.add), Decimal(len(found) - 1))
    return _finite("stddev", CONTEXT.sqrt(spread))


def _mode(run: Run, items: List) -> Value | Fault:
    if not items:
        return ()
    found = _decimals("mode", items, run)
    if isinstance(found, Fault):
        return found
    counts: dict[Decimal, int] = {}
    for item in found:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values())
    return tuple(sorted(item for item, count in counts.items() if count == most))


def _all(run: Run, items: List) -> Value | Fault:
    return _verdict(run, items, "all", sought=False)


def _any(run: Run, items: List) -> Value | Fault:
    return _verdict(run, items, "any", sought=True)


def _verdict(run: Run, items: List, name: str, *, sought: bool) -> Value | Fault:
    """Kleene's three-valued logic: what is sought decides; without it, anything unknown leaves it open."""
    if not run.spend(len(items)):
        return None
    if any(item is sought for item in items):
        return sought
    other = next((item for item in items if item is not None and not isinstance(item, bool)), None)
    if other is not None:
        return Fault(Reason.WRONG_TYPE, name, kind_of(other), "boolean")
    return None if None in items else not sought


def _position(name: str, items: List, position: Decimal) -> int | Fault:
    """Turn a position, counted from 1 or from the end, into an index."""
    place = int(position.to_integral_value(ROUND_DOWN, CONTEXT)) if position.adjusted() < 18 else 0
    if place == 0 or abs(place) > len(items):
        return Fault(Reason.OUT_OF_BOUNDS, name, numbers.text(position), str(len(items)))
    return place - 1 if place > 0 else len(items) + place


def _sublist(run: Run, items: List, start: Decimal, length: Decimal | None = None) -> Value | Fault:
    first = _position("sublist", items, start)
    if isinstance(first, Fault):
        return first
    count = len(items) - first if length is None else numbers.truncated(length)
    if count is None or count < 0 or first + count > len(items):
        return Fault(Reason.OUT_OF_BOUNDS, "sublist", "" if length is None else numbers.text(length), str(len(items)))
    return items[first : first + count] if run.spend(count) else None


def _grown(run: Run, items: List) -> List | None:
    return items if run.spend(len(items)) else None


def _append(run: Run, items: List, *more: Value) -> Value | Fault:
    return _grown(run, (*items, *more))


def _concatenate(run: Run, *lists: List) -> Value | Fault:
    return tuple(item for items in lists for item in items) if run.spend(sum(map(len, lists))) else None


def _insert_before(run: Run, items: List, position: Decimal, new: Value) -> Value | Fault:
    index = _position("insert before", items, position)
    return index if isinstance(index, Fault) else _grown(run, (*items[:index], new, *items[index:]))


def _remove(run: Run, items: List, position: Decimal) -> Value | Fault:
    index = _position("remove", items, position)
    return index if isinstance(index, Fault) else _grown(run, (*items[:index], *items[index + 1 :]))


def _list_replace(run: Run, items: List, position: Decimal, new: Value) -> Value | Fault:
    index = _position("list replace", items, position)
    return index if isinstance(index, Fault) else _grown(run, (*items[:index], new, *items[index + 1 :]))


def _list_replace_matching(run: Run, items: List, match: Function, new: Value) -> Value | Fault:
    replaced: list[Value] = []
    for item in items:
        if not run.spend(1):
            return None
        verdict = match.call(run, (item, new))
        if isinstance(verdict, Fault):
            return verdict
        if not isinstance(verdict, bool):
            return Fault(Reason.WRONG_TYPE, "list replace", kind_of(verdict), "boolean")
        replaced.append(new if verdict else item)
    return tuple(replaced)


def _reverse(run: Run, items: List) -> Value | Fault:
    return _grown(run, items[::-1])


def _index_of(run: Run, items: List, element: Value) -> Value | Fault:
    if not run.spend(len(items)):
        return None
    return tuple(Decimal(at) for at, item in enumerate(items, 1) if equal(run, item, element) is True)


def _distinct(run: Run, items: Sequence[Value]) -> Value | Fault:
    found: list[Value] = []
    for item in items:
        if not run.spend(1 + len(found)):
            return None
        if not any(equal(run, item, earlier) is True for earlier in found):
            found.append(item)
    return tuple(found)


def _distinct_values(run: Run, items: List) -> Value | Fault:
    return _distinct(run, items)


def _union(run: Run, *lists: List) -> Value | Fault:
    return _distinct(run, [item for items in lists for item in items])


def _duplicate_values(run: Run, items: List) -> Value | Fault:
    found: list[Value] = []
    for at, item in enumerate(items):
        if not run.spend(1 + len(items)):
            return None
        seen = any(equal(run, item, earlier) is True for earlier in found)
        if not seen and any(equal(run, item, later) is True for later in items[at + 1 :]):
            found.append(item)
    return tuple(found)


def _flatten(run: Run, items: List) -> Value | Fault:
    found: list[Value] = []
    return tuple(found) if _poured(run, items, found, 0) else Fault(Reason.TOO_DEEP, "flatten")


def _poured(run: Run, items: List, found: list[Value], depth: int) -> bool:
    """Pour what is in the lists within a list into another; not if they are nested too deeply."""
    if depth > DEPTH_MAX:
        return False
    for item in items:
        if not run.spend(1):
            return True
        if not isinstance(item, tuple):
            found.append(item)
        elif not _poured(run, item, found, depth + 1):
            return False
    return True


def _sort(run: Run, items: List, precedes: Function) -> Value | Fault:
    faults: list[Fault] = []

    def order(one: Value, two: Value) -> int:
        if faults or not run.spend(1):
            return 0
        verdict = precedes.call(run, (one, two))
        if isinstance(verdict, Fault):
            faults.append(verdict)
            return 0
        if verdict is True:
            return -1
        if verdict is not False:
            faults.append(Fault(Reason.WRONG_TYPE, "sort", kind_of(verdict), "boolean"))
            return 0
        return 1 if precedes.call(run, (two, one)) is True else 0

    if len(precedes.parameters) != 2:
        return Fault(Reason.WRONG_ARGUMENTS, "sort", str(len(precedes.parameters)), "a function of 2 parameters")
    ordered = tuple(sorted(items, key=cmp_to_key(order)))
    return faults[0] if faults else ordered


def _sort_natural(run: Run, items: List) -> Value | Fault:
    faults: list[Fault] = []

    def order(one: Value, two: Value) -> int:
        found = compare(run, one, two) if run.spend(1) else 0
        if found is None:
            faults.append(Fault(Reason.WRONG_TYPE, "sort", f"{kind_of(one)}, {kind_of(two)}"))
        return found or 0

    ordered = tuple(sorted(items, key=cmp_to_key(order)))
    return faults[0] if faults else ordered


FORMS = (
    form("list contains(list: list, element: Any)", _list_contains, running=True),
    form("list replace(list: list, position: number, newItem: Any)", _list_replace, running=True),
    form("list replace(list: list, match: function, newItem: Any)", _list_replace_matching, running=True),
    form("count(list: list)", _count),
    form("min(list: list)", _best("min", -1), running=True),
    form("min(items...: Any)", _variadic(_best("min", -1)), running=True),
    form("max(list: list)", _best("max", 1), running=True),
    form("max(items...: Any)", _variadic(_best("max", 1)), running=True),
    form("sum(list: list)", _sum, running=True),
    form("sum(items...: Any)", _variadic(_sum), running=True),
    form("mean(list: list)", _mean, running=True),
    form("mean(items...: Any)", _variadic(_mean), running=True),
    form("all(list: list)", _all, running=True),
    form("all(items...: Any)", _variadic(_all), running=True),
    form("any(list: list)", _any, running=True),
    form("any(items...: Any)", _variadic(_any), running=True),
    form("sublist(list: list, start position: number, length?: number)", _sublist, running=True),
    form("append(list: list, item...: Any)", _append, running=True),
    form("concatenate(list...: list)", _concatenate, running=True),
    form("insert before(list: list, position: number, newItem: Any)", _insert_before, running=True),
    form("remove(list: list, position: number)", _remove, running=True),
    form("reverse(list: list)", _reverse, running=True),
    form("index of(list: list, match: Any)", _index_of, running=True),
    form("union(list...: list)", _union, running=True),
    form("distinct values(list: list)", _distinct_values, running=True),
    form("duplicate values(list: list)", _duplicate_values, running=True),
    form("flatten(list: list)", _flatten, running=True),
    form("product(list: list)", _product, running=True),
    form("product(items...: Any)", _variadic(_product), running=True),
    form("median(list: list)", _median, running=True),
    form("median(items...: Any)", _variadic(_median), running=True),
    form("stddev(list: list)", _stddev, running=True),
    form("stddev(items...: Any)", _variadic(_stddev), running=True),
    form("mode(list: list)", _mode, running=True),
    form("mode(items...: Any)", _variadic(_mode), running=True),
    form("sort(list: list, precedes: function)", _sort, running=True),
    form("sort(list: list)", _sort_natural, running=True),
)
