"""A backtest as plain JSON: the contract ``casefold/backtest/1``.

Whatever has two sides is a list of two: the policy that is decided by, then the one against which it is compared.
Counts are whole numbers; everything else that is a number is text, exact but for shares, which have six digits.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from casefold.feel.numbers import text as number_text
from casefold.feel.values import Problem
from casefold.feel.wording import fault_words, place_words
from casefold.kernel.canonical import Json
from casefold.kernel.instants import rfc3339
from casefold.policy.deciding import Ready
from casefold.policy.impact import Impact, impacts
from casefold.policy.model import Rule
from casefold.policy.record import SEMANTICS
from casefold.policy.spread import Spread, mean
from casefold.policy.summary import Change, Cited, Ended, Judged, Moved, Sample, Summary, approvals, changed, swapped
from casefold.policy.tables import Grid
from casefold_shells.backtest.asking import Plan

CONTRACT = "casefold/backtest/1"

BARS_MAX = 24
"""The most bars of a histogram: as many as are told apart on a narrow screen."""

Grids = tuple[Mapping[str, Grid], Mapping[str, Grid]]


def told(plan: Plan, summary: Summary, both: tuple[Ready, Ready], facts_digest: str) -> dict[str, Json]:
    """Tell a backtest."""
    rows, terms = summary.rows, plan.terms
    grids = _grids(both[0]), _grids(both[1])
    approved = [approvals(terms, summary, side) for side in (0, 1)]
    return {
        "contract": CONTRACT,
        "semantics": SEMANTICS,
        "as_of": rfc3339(plan.as_of),
        "policies": [
            {
                "name": policy.name,
                "version": policy.version,
                "digest": digest,
                "outcomes": list(policy.outcomes.order) if policy.outcomes is not None else [],
                "approved": list(side.approved),
                "adverse": list(side.adverse),
            }
            for policy, digest, side in zip(plan.policies, plan.digests, terms.sides, strict=True)
        ],
        "facts": {
            "name": plan.source.path.name,
            "digest": facts_digest,
            "bytes": plan.source.size,
            "ignored": list(plan.ignored),
            "missing": list(plan.missing),
        },
        "rows": rows,
        "unread": summary.unread,
        "unreadable": [{"row": each.at, "where": each.where, "why": each.why} for each in summary.unreadable],
        "approved": approved,
        "approval_rate": [share(count, rows) for count in approved],
        "undecided": [
            sum(count for change, count in summary.matrix.items() if not change[side].decided) for side in (0, 1)
        ],
        "changed": changed(summary),
        "changed_share": share(changed(summary), rows),
        "swaps": {
            name: _swap(sum(swapped(terms, summary, into=into).values()), rows)
            for name, into in (("declined_to_approved", True), ("approved_to_declined", False))
        },
        "matrix": [
            {"ended": _change(change), "count": summary.matrix[change], "share": share(summary.matrix[change], rows)}
            for change in _ordered(plan, summary.matrix)
        ],
        "samples": [
            {"ended": _change(change), "rows": [_sample(plan, each) for each in summary.samples[change]]}
            for change in _ordered(plan, summary.samples)
        ],
        "reasons": _reasons(summary, both),
        "reworded": summary.reworded,
        "groups": [_column(plan, summary, column) for column in range(len(terms.groups))],
        "group_min": plan.group_min,
        "numbers": [
            _number(name, moved) for name, moved in zip(terms.numbers, summary.numbers, strict=True) if _any(moved)
        ],
        "regions": [
            {
                "rules": [_rule(grids[0], one), _rule(grids[1], other)],
                "ended": _change((before, after)),
                "count": count,
                "share": share(count, rows),
            }
            for (one, other, before, after), count in sorted(
                summary.regions.items(), key=lambda each: (-each[1], repr(each[0]))
            )
        ],
    }


def share(count: int, whole: int) -> str | None:
    """Write a part of a whole with six digits behind the point; there is none of nothing.

    >>> share(1, 3), share(0, 0)
    ('0.333333', None)
    """
    return None if not whole else fraction(Fraction(count, whole))


def fraction(part: Fraction) -> str:
    """Write a fraction with six digits behind the point."""
    return str((Decimal(part.numerator) / Decimal(part.denominator)).quantize(Decimal("0.000001"), ROUND_HALF_EVEN))


def _swap(count: int, rows: int) -> dict[str, Json]:
    return {"count": count, "share": share(count, rows)}


def _ended(ended: Ended) -> dict[str, Json]:
    return {"outcome": ended.how} if ended.decided else {"undecided": ended.how}


def _change(change: Change) -> list[Json]:
    return [_ended(change[0]), _ended(change[1])]


def _ordered(plan: Plan, changes: Iterable[Change]) -> list[Change]:
    """Put changes in the order of the outcomes, what is not decided last."""
    orders = [policy.outcomes.order if policy.outcomes is not None else () for policy in plan.policies]

    def place(side: int, ended: Ended) -> tuple[bool, int, str]:
        known = orders[side].index(ended.how) if ended.how in orders[side] else len(orders[side])
        return not ended.decided, known, ended.how

    return sorted(changes, key=lambda change: (place(0, change[0]), place(1, change[1])))


def _sample(plan: Plan, sample: Sample) -> dict[str, Json]:
    return {
        "row": sample.at,
        "digest": sample.digest,
        "facts": sample.facts,
        "kept": dict(sample.kept),
        "judged": [_judged(plan, each) for each in sample.judged],
    }


def _judged(plan: Plan, judged: Judged) -> dict[str, Json]:
    return {
        **_ended(judged.ended),
        "reasons": list(judged.reasons),
        "rule": None if judged.rule is None else {"table": judged.rule[0], "rule": judged.rule[1]},
        "problems": list(dict.fromkeys(map(_problem, judged.problems))),
        "numbers": {
            name: number_text(value)
            for name, value in zip(plan.terms.numbers, judged.numbers, strict=True)
            if value is not None
        },
    }


def _problem(problem: Problem) -> str:
    said = fault_words(problem.fault)
    return f"{place_words(problem.place)}: {said}" if problem.place else said


def _reasons(summary: Summary, both: tuple[Ready, Ready]) -> list[Json]:
    found = sorted(summary.reasons, key=lambda code: (-max(each.any for each in summary.reasons[code]), code))
    texts = {**both[1].catalogue, **both[0].catalogue}
    return [
        {
            "code": code,
            "text": texts[code].text if code in texts else "",
            "first": [each.first for each in summary.reasons[code]],
            "any": [each.any for each in summary.reasons[code]],
        }
        for code in found
    ]


def _column(plan: Plan, summary: Summary, column: int) -> dict[str, Json]:
    groups = {value: group for (at, value), group in summary.groups.items() if at == column}
    found = [
        impacts({value: (group.count, group.approved[side]) for value, group in groups.items()}, plan.group_min)
        for side in (0, 1)
    ]
    return {
        "column": plan.terms.groups[column],
        "crowded": column in summary.crowded,
        "values": [_group(plan, one, other) for one, other in zip(*found, strict=True)],
    }


def _group(plan: Plan, one: Impact, other: Impact) -> dict[str, Json]:
    both = one, other
    return {
        "value": one.group,
        "count": one.count,
        "small": one.count < plan.group_min,
        "approved": [each.selected for each in both],
        "rate": [fraction(each.rate) for each in both],
        "ratio": [None if each.ratio is None else fraction(each.ratio) for each in both],
        "below_four_fifths": [each.adverse for each in both],
    }


def _any(moved: Moved) -> bool:
    return any(spread.count for spread in moved.spreads)


def _number(name: str, moved: Moved) -> dict[str, Json]:
    return {
        "decision": name,
        "count": [each.count for each in moved.spreads],
        "sum": [_plain(each.total) if each.count else None for each in moved.spreads],
        "mean": [_mean(each) for each in moved.spreads],
        "least": [_plain(each.least) for each in moved.spreads],
        "most": [_plain(each.most) for each in moved.spreads],
        "rose": moved.rose,
        "fell": moved.fell,
        "same": moved.same,
        "bars": _bars(moved.spreads),
    }


def _plain(number: Decimal | None) -> str | None:
    """Write a number in one way, whatever zeros it was written with."""
    return (
        None if number is None else number_text(number.normalize(Context(prec=max(1, len(number.as_tuple().digits)))))
    )


def _mean(spread: Spread) -> str | None:
    found = mean(spread)
    return None if found is None else _plain(Context(prec=10).plus(found))


def _bars(spreads: tuple[Spread, Spread]) -> list[Json]:
    """Cut the range of both into bars of one width; a bar is where it begins, where it ends, and two counts."""
    counts = [dict(each.buckets) for each in spreads]
    values = sorted({*counts[0], *counts[1]})
    if not values:
        return []
    if len(values) <= BARS_MAX:
        return [
            {"from": _plain(value), "to": None, "counts": [each.get(value, 0) for each in counts]} for value in values
        ]
    width = _width((values[-1] - values[0]) / (BARS_MAX - 1))
    first = values[0] // width
    bars = int(values[-1] // width - first) + 1
    found = [[0, 0] for _ in range(bars)]
    for side, each in enumerate(counts):
        for value, count in each.items():
            found[int(value // width - first)][side] += count
    return [
        {"from": _plain((first + at) * width), "to": _plain((first + at + 1) * width), "counts": list(pair)}
        for at, pair in enumerate(found)
    ]


def _width(least: Decimal) -> Decimal:
    """Give the least width of 1, 2 or 5 times a power of ten that is enough."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in (Decimal(1), Decimal(2), Decimal(5), Decimal(10)) if step * power >= least)


def _grids(prepared: Ready) -> dict[str, Grid]:
    return {" / ".join(grid.place): grid for grid in prepared.compiled.grids}


def _rule(grids: Mapping[str, Grid], cited: Cited | None) -> dict[str, Json] | None:
    if cited is None:
        return None
    table, number = cited
    rule = grids[table].source.rules[number - 1]
    return {"table": table, "rule": number, "if": _cells(grids[table], rule), "then": list(rule.outputs)}


def _cells(grid: Grid, rule: Rule) -> list[Json]:
    """Write the cells that test anything, each after what it tests."""
    return [
        f"{clause.label or clause.expression.text} {cell}"
        for clause, cell in zip(grid.source.inputs, rule.inputs, strict=True)
        if cell.strip() not in {"", "-"}
    ]
