"""A trace as rows that can be shown: every value and cell as text, and of a large table the rules that matter."""

from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from casefold.feel.numbers import CONTEXT
from casefold.feel.program import begin
from casefold.feel.values import Value
from casefold.feel.wording import place_words
from casefold.feel.writing import text_or_quote
from casefold.policy.boxed import ANYTHING
from casefold.policy.trace import Asked, CardTrace, TableTrace, Verdict

RULES_MAX = 20
"""So many rules of a table are shown: those that matched first, then those that failed in the fewest cells."""

TEXT_MAX = 200
"""A value that is longer as text is cut."""


@frozen
class AskedRow:
    """An input: what people call it, what is tested as FEEL text, and its value as FEEL text."""

    label: str
    expression: str
    value: str


@frozen
class RuleRow:
    """A rule.

    Attributes:
        number: Its number, from 1.
        decisive: Whether the answer comes from it.
        failed: The numbers of the inputs, from 0, whose cells are not met.
        cells: What each input is tested for; empty for a cell that any input passes.
        outputs: What it answers.
    """

    number: int
    matched: bool
    decisive: bool
    failed: tuple[int, ...]
    cells: tuple[str, ...]
    outputs: tuple[str, ...]
    reasons: tuple[str, ...]


@frozen
class TableRows:
    """A table that was decided by.

    Attributes:
        name: Where it stands in the model.
        hit: Its hit policy, with what it makes of all outputs.
        outputs: The names of its outputs; one that has none goes by an empty name.
        rules: The rules that are shown, in order.
        count: How many it has.
        matched: How many of them matched.
    """

    name: str
    hit: str
    asked: tuple[AskedRow, ...]
    outputs: tuple[str, ...]
    rules: tuple[RuleRow, ...]
    count: int
    matched: int


@frozen
class PointsRow:
    """A characteristic of a scorecard.

    Attributes:
        bin: What the bin tests that the value fell into.
        points: What it is worth.
        lowest, highest: What the worst and the best bin are worth.
        reasons: The codes of the bin.
    """

    asked: AskedRow
    bin: str
    points: Decimal
    lowest: Decimal
    highest: Decimal
    reasons: tuple[str, ...]


@frozen
class CardRows:
    """A scorecard that was decided by: *base* and all points make the *score*."""

    name: str
    base: Decimal
    score: Decimal
    points: tuple[PointsRow, ...]


TraceRows: TypeAlias = TableRows | CardRows


def trace_rows(trace: TableTrace | CardTrace, rules_max: int = RULES_MAX) -> TraceRows:
    """Give a trace as rows, with so many rules of a table at most."""
    return _table(trace, rules_max) if isinstance(trace, TableTrace) else _card(trace)


def value_text(value: Value) -> str:
    """Write a value as FEEL text, not too long of it.

    >>> value_text(Decimal("0.50")), value_text(("a", None))
    ('0.50', '["a", null]')
    """
    text = text_or_quote(begin(), value, 0) or "…"
    return text if len(text) <= TEXT_MAX else f"{text[:TEXT_MAX]}…"


def _asked(asked: Asked) -> AskedRow:
    return AskedRow(asked.label.removeprefix("input "), asked.expression, value_text(asked.value))


def _table(trace: TableTrace, rules_max: int) -> TableRows:
    grid = trace.seen.grid
    by_weight = sorted(
        trace.verdicts, key=lambda each: (not each.decisive, not each.matched, len(each.failed), each.rule)
    )
    shown = sorted(by_weight[:rules_max], key=lambda each: each.rule)
    return TableRows(
        place_words(trace.place),
        grid.hit.value if grid.aggregation is None else f"{grid.hit.value} {grid.aggregation.value}",
        tuple(map(_asked, trace.asked)),
        tuple(column.name for column in grid.columns),
        tuple(_rule(trace, verdict) for verdict in shown),
        len(trace.verdicts),
        sum(verdict.matched for verdict in trace.verdicts),
    )


def _rule(trace: TableTrace, verdict: Verdict) -> RuleRow:
    grid = trace.seen.grid
    source, row = grid.source.rules[verdict.rule - 1], grid.rows[verdict.rule - 1]
    cells = tuple("" if text.strip() in ANYTHING else text for text in source.inputs)
    return RuleRow(verdict.rule, verdict.matched, verdict.decisive, verdict.failed, cells, source.outputs, row.reasons)


def _card(trace: CardTrace) -> CardRows:
    card, score, rows = trace.seen.card, trace.seen.card.base, list[PointsRow]()
    for asked, scale, number in zip(trace.asked, card.scales, trace.seen.bins, strict=True):
        fallen = scale.bins[number]
        score = CONTEXT.add(score, fallen.points)
        lowest = min(each.points for each in scale.bins)
        highest = max(scale.highest, fallen.points)
        rows.append(PointsRow(_asked(asked), fallen.source.tests, fallen.points, lowest, highest, fallen.reasons))
    return CardRows(place_words(trace.place), card.base, score, tuple(rows))
