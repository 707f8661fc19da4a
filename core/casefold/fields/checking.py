"""Relations between the values of one document, which tell right readings from wrong ones."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from casefold.fields.candidates import Candidate
from casefold.fields.model import Check, CheckKind

HOLDS = 6
"""What each amount is worth more where a sum or rate holds."""

FAILS = 4
"""What each value is worth less where a relation fails."""

OTHERS_MAX = 4
"""How many other candidates of a field are tried where a relation fails."""

_Ranked = Sequence[tuple[Candidate, int]]


def checked(checks: Sequence[Check], ranked: Mapping[str, _Ranked]) -> dict[str, _Ranked]:
    """Weigh candidates by *checks*; where a sum fails and one other candidate mends it, that one goes first."""
    now = dict(ranked)
    for check in checks:
        names = [name.lstrip("-") for name in check.fields]
        if not all(name in now for name in names):
            continue
        if not holds(check, [now[name][0][0].value for name in names]) and check.kind is not CheckKind.ORDER:
            mended = list(_mended(check, names, now))
            if len(mended) == 1:
                name, at = mended[0]
                rows = list(now[name])
                now[name] = [(rows[at][0], max(rows[at][1], rows[0][1])), *rows[:at], *rows[at + 1 :]]
        right = holds(check, [now[name][0][0].value for name in names])
        more = (0 if check.kind is CheckKind.ORDER else HOLDS) if right else -FAILS
        for name in dict.fromkeys(names):
            (best, worth), *others = now[name]
            now[name] = [(best, worth + more), *others]
    return now


def _mended(check: Check, names: Sequence[str], ranked: Mapping[str, _Ranked]) -> Iterator[tuple[str, int]]:
    """Give the other candidates, each by field and rank, that alone make a relation hold."""
    for name in names:
        for at in range(1, min(len(ranked[name]), OTHERS_MAX + 1)):
            values = [ranked[other][at if other == name else 0][0].value for other in names]
            if holds(check, values):
                yield name, at


def holds(check: Check, values: Sequence[str]) -> bool:
    """Whether a relation holds between canonical values, one for each of its fields.

    >>> holds(Check(CheckKind.SUM, ("gross", "net", "taxes")), ("100.00", "80.00", "20.01"))
    True
    >>> holds(Check(CheckKind.RATE, ("tax", "wages"), "6.2", slack=100), ("62.50", "1000.00"))
    True
    """
    slack = Decimal(check.slack) / 100
    match check.kind:
        case CheckKind.ORDER:
            return all(_in_order(one, other) for one, other in pairwise(values))
        case CheckKind.RATE:
            share = Decimal(values[1]) * Decimal(check.percent) / 100
            return abs(Decimal(values[0]) - share) <= slack
        case CheckKind.SUM:
            # What is taken away may be printed with a minus of its own.
            parts = [
                -abs(Decimal(value)) if name.startswith("-") else Decimal(value)
                for name, value in zip(check.fields[1:], values[1:], strict=True)
            ]
            return abs(Decimal(values[0]) - sum(parts, Decimal())) <= slack


def _in_order(one: str, other: str) -> bool:
    """Whether a value is no more than the next: days by their text, amounts by their number."""
    if "-" in one[1:] or "-" in other[1:]:
        return one <= other
    return Decimal(one) <= Decimal(other)
