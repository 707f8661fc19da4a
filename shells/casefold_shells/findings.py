"""What is found out about tables, in words for people and as values for JSON."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import frozen

from casefold.feel.program import begin
from casefold.feel.values import Value
from casefold.feel.writing import atom_text, text_of
from casefold.kernel.results import Success, sealed
from casefold.policy.checks.dead import Dead, DeadRules, Why, dead_rules
from casefold.policy.checks.declared import DeclaredChange
from casefold.policy.checks.diff import Change, TableDiff
from casefold.policy.checks.gaps import Gaps, gaps
from casefold.policy.checks.models import ElementChange, ModelDiff
from casefold.policy.checks.outcomes import Answer, Evaluated, Outcome, Refused
from casefold.policy.checks.overlaps import Overlaps, overlaps
from casefold.policy.checks.parts import Anything, Others, Part, Span, Word
from casefold.policy.checks.space import Box
from casefold.policy.checks.sweep import TooLarge
from casefold.policy.index import Key, point_of
from casefold.policy.model import HitPolicy
from casefold.policy.tables import Grid

Row = tuple[str, str, str, str]
"""What was found, where, an example, and the rules."""


@frozen
class TableFindings:
    """What is found out about a table; *gaps* are ``None`` where it is too large."""

    grid: Grid
    gaps: Gaps | None
    overlaps: Overlaps
    dead: DeadRules

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return self.gaps is None or bool(self.gaps.found or self.overlaps.found or self.dead.found or self.dead.unknown)

    def errors(self, *, allow_gaps: bool) -> int:
        """Count what must not be: applicants that nobody decides about, and rules that contradict each other."""
        gap = 0 if allow_gaps or self.gaps is None else self.gaps.certain
        return gap + (self.overlaps.certain if self.overlaps.error else 0)


def findings_of(grid: Grid, *, notes: bool) -> TableFindings:
    """Look through a table; *notes* tells overlaps that its hit policy allows, too."""
    allowed = grid.hit not in {HitPolicy.UNIQUE, HitPolicy.ANY}
    found = overlaps(grid) if notes or not allowed else Overlaps((), 0, 0, error=False)
    match sealed(gaps(grid)):
        case Success(looked):
            return TableFindings(grid, looked, found, dead_rules(grid))
        case _:
            return TableFindings(grid, None, found, dead_rules(grid))


def part_words(part: Part) -> str:
    """Say what an input is.

    >>> part_words(Span(Decimal, Decimal(500), True, Decimal(620), False)), part_words(Others(("CA", "NY")))
    ('[500..620)', 'any other than CA, NY')
    """
    match part:
        case Word(value):
            return atom_text(value)
        case Others(()) | Anything():
            return "any"
        case Others(named):
            return f"any other than {', '.join(named)}"
        case Span(kind, low, low_included, high, high_included):
            return _span_words(kind, low, high, "[" if low_included else "(", "]" if high_included else ")")


def _span_words(kind: type, low: Key | None, high: Key | None, opening: str, closing: str) -> str:
    start, end = (None if key is None else atom_text(point_of(kind, key)) for key in (low, high))
    if start is None and end is None:
        return "any"
    if start is None:
        return f"{'<=' if closing == ']' else '<'} {end}"
    if end is None:
        return f"{'>=' if opening == '[' else '>'} {start}"
    return start if start == end else f"{opening}{start}..{end}{closing}"


def box_words(labels: Sequence[str], box: Box) -> str:
    """Say which applicants a box holds, leaving out what may be anything."""
    told = [f"{label} {' or '.join(map(part_words, parts))}" for label, parts in zip(labels, box, strict=True) if parts]
    return ", ".join(told) or "any applicant"


def witness_words(labels: Sequence[str], witness: Sequence[Value]) -> str:
    """Show an applicant."""
    return ", ".join(f"{label} {value_words(value)}" for label, value in zip(labels, witness, strict=True))


def value_words(value: Value) -> str:
    """Write a value."""
    return text_of(begin(), value) or "…"


def labels_of(grid: Grid) -> list[str]:
    """Give what people call the inputs of a table."""
    return [head.label.removeprefix("input ") for head in grid.inputs]


def place_of(grid: Grid) -> str:
    """Say where a table stands."""
    return ", ".join(grid.place)


def rules_words(rules: Iterable[int]) -> str:
    """Number rules as people do, from 1."""
    return ", ".join(str(rule + 1) for rule in rules)


def counts_words(found: TableFindings) -> str:
    """Say how much was found in a table."""
    if found.gaps is None:
        gap = "too large to look for gaps"
    else:
        gap = _counted(found.gaps.certain, found.gaps.possible, "gap")
    overlap = _counted(found.overlaps.certain, found.overlaps.possible, "overlap")
    unknown = f" (not known of {rules_words(found.dead.unknown)})" if found.dead.unknown else ""
    return f"{gap}, {overlap}, {_counted(len(found.dead.found), 0, 'dead rule')}{unknown}"


def _counted(certain: int, possible: int, noun: str) -> str:
    maybe = f" and {possible:,} possible" if possible else ""
    return f"{certain:,} {noun}{'' if certain == 1 and not possible else 's'}{maybe}"


def finding_rows(found: TableFindings) -> list[Row]:
    """Tell findings as rows of a table."""
    labels = labels_of(found.grid)
    rows: list[Row] = [
        (
            "gap" if gap.certain else "possible gap",
            box_words(labels, gap.inputs),
            witness_words(labels, gap.witness),
            "",
        )
        for gap in (found.gaps.found if found.gaps is not None else ())
    ]
    rows += [
        (
            "overlap" if overlap.certain else "possible overlap",
            "",
            witness_words(labels, overlap.witness),
            rules_words(overlap.rules),
        )
        for overlap in found.overlaps.found
    ]
    rows += [("dead rule", dead_words(found.grid, dead), "", str(dead.rule + 1)) for dead in found.dead.found]
    return rows


def dead_words(grid: Grid, dead: Dead) -> str:
    """Say why a rule decides nothing."""
    label = labels_of(grid)[dead.column] if dead.column is not None else ""
    plural = "rule" if len(dead.by) == 1 else "rules"
    match dead.why:
        case Why.EMPTY:
            return f"nothing meets its cell of {label}"
        case Why.NOT_ALLOWED:
            return f"no {label} that is allowed meets its cell"
        case Why.COVERED:
            return f"{plural} {rules_words(dead.by)} decide{'s' if plural == 'rule' else ''} wherever it matches"
        case Why.REPEATED:
            return f"{plural} {rules_words(dead.by)} say{'s' if plural == 'rule' else ''} the same wherever it matches"


def more_words(found: TableFindings) -> str:
    """Say how many findings are not told, if any."""
    told = len(found.gaps.found) if found.gaps is not None else 0
    every = found.gaps.certain + found.gaps.possible if found.gaps is not None else 0
    more = [(every - told, "gaps")]
    more += [(found.overlaps.certain + found.overlaps.possible - len(found.overlaps.found), "overlaps")]
    return " and ".join(f"{count:,} more {noun}" for count, noun in more if count)


def listed(items: Iterable[Value]) -> Value:
    """Give a list as a value."""
    return tuple(items)


def findings_json(found: TableFindings) -> Value:
    """Give the findings of a table as a value."""
    labels = labels_of(found.grid)

    def witness(values: Sequence[Value]) -> Value:
        return {head.expression: value for head, value in zip(found.grid.inputs, values, strict=True)}

    told: dict[str, Value] = {"place": place_of(found.grid), "rules": Decimal(len(found.grid.rows))}
    if found.gaps is not None:
        told["gaps"] = listed(
            {"inputs": _box_json(labels, gap.inputs), "witness": witness(gap.witness), "certain": gap.certain}
            for gap in found.gaps.found
        )
        told["gaps_certain"], told["gaps_possible"] = Decimal(found.gaps.certain), Decimal(found.gaps.possible)
    else:
        told["gaps"] = None
    told["overlaps"] = listed(
        {"rules": _rules_json(each.rules), "witness": witness(each.witness), "certain": each.certain}
        for each in found.overlaps.found
    )
    told["overlaps_certain"] = Decimal(found.overlaps.certain)
    told["overlaps_possible"] = Decimal(found.overlaps.possible)
    told["dead"] = listed(
        {
            "rule": Decimal(dead.rule + 1),
            "why": dead.why.value,
            "input": None if dead.column is None else labels[dead.column],
            "by": _rules_json(dead.by),
        }
        for dead in found.dead.found
    )
    told["dead_unknown"] = _rules_json(found.dead.unknown)
    return told


def _box_json(labels: Sequence[str], box: Box) -> Value:
    return {label: " or ".join(map(part_words, parts)) for label, parts in zip(labels, box, strict=True) if parts}


def _rules_json(rules: Iterable[int]) -> Value:
    return tuple(Decimal(rule + 1) for rule in rules)


def outcome_words(outcome: Outcome) -> str:
    """Say what a table answers."""
    match outcome:
        case Answer(value):
            return value_words(value)
        case Refused():
            return "refused"
        case Evaluated(texts=texts):
            return "; ".join(texts)


CHANGES = {
    Change.CHANGED: "",
    Change.REASONS: "other reasons",
    Change.TEXT: "text differs",
    Change.POSSIBLE: "possibly",
}


def change_words(change: ElementChange) -> str:
    """Say what of an element is another, tables aside."""
    told = (
        (change.type_changed, "its type"),
        (change.needs_changed, "what it requires"),
        (change.logic_changed, "its logic"),
    )
    return ", ".join(words for changed, words in told if changed)


def declared_words(change: DeclaredChange) -> str:
    """Say what a policy declares, and what the other does."""
    before, after = (", ".join(each) or "–" for each in (change.before, change.after))
    return f"{change.name}: {before} → {after}"


def region_rows(diff: TableDiff) -> list[tuple[str, str, str, str, str]]:
    """Tell regions as rows of a table: where, before, after, by which rules, an example."""
    labels = _diff_labels(diff)
    return [
        (
            box_words(labels, region.inputs) + (f" ({CHANGES[region.change]})" if CHANGES[region.change] else ""),
            outcome_words(region.before),
            outcome_words(region.after),
            f"{rules_words(region.rules_before) or '–'} → {rules_words(region.rules_after) or '–'}",
            witness_words(labels, region.witness),
        )
        for region in diff.regions
    ]


def _diff_labels(diff: TableDiff) -> list[str]:
    return [column.label.removeprefix("input ") for column in diff.columns]


def diff_json(diff: ModelDiff, declared: Iterable[DeclaredChange]) -> Value:
    """Give the difference of two policies as a value."""
    return {
        "declared": listed({"name": each.name, "before": each.before, "after": each.after} for each in declared),
        "added": listed(diff.added),
        "removed": listed(diff.removed),
        "changed": listed(
            {
                "element": change.name,
                "type": change.type_changed,
                "requires": change.needs_changed,
                "logic": change.logic_changed,
                "tables": listed(_table_json(table.place, table.diff) for table in change.tables),
            }
            for change in diff.changed
        ),
    }


def _table_json(place: tuple[str, ...], diff: TableDiff | TooLarge) -> Value:
    if isinstance(diff, TooLarge):
        return {"place": ", ".join(place), "regions": None}
    labels = _diff_labels(diff)
    regions = listed(
        {
            "inputs": _box_json(labels, region.inputs),
            "witness": {column.expression: value for column, value in zip(diff.columns, region.witness, strict=True)},
            "change": region.change.value,
            "before": _outcome_json(region.before),
            "after": _outcome_json(region.after),
            "rules_before": _rules_json(region.rules_before),
            "rules_after": _rules_json(region.rules_after),
        }
        for region in diff.regions
    )
    counts: Value = {change.value: Decimal(count) for change, count in diff.counts}
    return {"place": ", ".join(place), "counts": counts, "regions": regions}


def _outcome_json(outcome: Outcome) -> Value:
    match outcome:
        case Answer(value):
            return {"answer": value}
        case Refused():
            return {"refused": True}
        case Evaluated(texts=texts):
            return {"texts": listed(texts)}
