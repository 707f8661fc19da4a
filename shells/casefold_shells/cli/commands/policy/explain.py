"""``casefold policy explain``."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from casefold.feel.values import World
from casefold.kernel.results import Failure, Success, sealed
from casefold.policy.deciding import Decided, Ready, decide_by
from casefold.policy.nearest import Nearest, nearest
from casefold.policy.rows import CardRows, RuleRow, TableRows, trace_rows, value_text
from casefold.policy.tables import Fixed, Grid
from casefold.policy.trace import TableTrace, traced
from casefold.policy.wording import cause_words, undecided_words
from casefold_adapters.zones import IanaZones
from casefold_shells.cli.app import OUT
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import (
    ModelArgument,
    commands,
    instant_of,
    policy_of,
    ready_of,
    rows_of,
)
from casefold_shells.findings import part_words


@commands.command()
def explain(
    model: ModelArgument,
    facts: Annotated[
        str, typer.Argument(metavar="FACTS", help="JSON, JSON lines, CSV or Parquet; - is JSON on stdin.")
    ],
    rules: Annotated[
        int, typer.Option("--rules", metavar="N", min=1, help="How many rules of a table are shown.")
    ] = 12,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="What now() and today() mean; by default, now.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object for each set of facts.")] = False,
) -> None:
    """Show how a policy comes to its outcome: every table and scorecard, and why each other rule failed.

    A rule that decided is marked, and so is each cell that was not met. Where the outcome could be better, what would
    have had to differ for it is said, tried out with all else as it was. Exit code 1 if there is no decision.
    """
    policy = policy_of(model)
    prepared, clean = ready_of(model, policy), True
    world = World(as_of=instant_of(as_of), zones=IanaZones())
    for row in rows_of(facts, prepared.compiled):
        if isinstance(row, str):
            OUT.print(row, markup=False)
            clean = False
            continue
        match sealed(decide_by(prepared, row, world)):
            case Failure(undecided):
                clean = False
                said = undecided_words(undecided)
                OUT.print(json.dumps({"problems": said}) if as_json else "\n".join(said), markup=False, soft_wrap=True)
            case Success(decided) if as_json:
                OUT.print(json.dumps(_value(prepared, decided, world, rules)), markup=False, soft_wrap=True)
            case Success(decided):
                _print(prepared, decided, world, rules)
    if not clean:
        raise typer.Exit(Exit.DIFFERS)


def _print(prepared: Ready, decided: Decided, world: World, rules: int) -> None:
    if decided.outcome is not None:
        OUT.print(Text(f"Outcome: {decided.outcome}", "bold"))
    for told in decided.reasons:
        causes = "; ".join(map(cause_words, told.causes))
        OUT.print(f"  {told.code} {prepared.catalogue[told.code].text} ({causes})", markup=False, soft_wrap=True)
    found = _nearest(prepared, decided, world)
    if found is not None:
        OUT.print(f"  {_nearest_words(*found)}", markup=False, soft_wrap=True)
    for each in traced(decided.made, world):
        shown = trace_rows(each, rules)
        OUT.print("")
        OUT.print(_table(shown) if isinstance(shown, TableRows) else _card(shown))
    OUT.print("")
    for name, value in decided.made.values.items():
        OUT.print(f"{name} = {value_text(value)}", markup=False, soft_wrap=True)


def _table(rows: TableRows) -> Table:
    table = Table(box=None, pad_edge=False, title=f"{rows.name} ({rows.hit})", title_justify="left", title_style="bold")
    table.add_column("rule", justify="right")
    for asked in rows.asked:
        table.add_column(f"{asked.label}\n{asked.value}", overflow="fold")
    for name in rows.outputs:
        table.add_column(name or "→", overflow="fold", style="bold")
    table.add_column("reason", overflow="fold")
    for rule in rows.rules:
        table.add_row(_number(rule), *_cells(rule), *rule.outputs, ", ".join(rule.reasons))
    more = rows.count - len(rows.rules)
    if more:
        table.caption = f"{more:,} more rules failed"
    return table


def _number(rule: RuleRow) -> Text:
    mark = "✓" if rule.decisive else "·" if rule.matched else "✗"
    return Text(f"{rule.number} {mark}", "green" if rule.decisive else "")


def _cells(rule: RuleRow) -> list[Text]:
    return [
        Text(f"✗ {cell}", "red") if at in rule.failed else Text(cell or "-", "dim" if not cell else "")
        for at, cell in enumerate(rule.cells)
    ]


def _card(rows: CardRows) -> Table:
    table = Table(box=None, pad_edge=False, title=rows.name, title_justify="left", title_style="bold")
    for name in ("characteristic", "value", "bin"):
        table.add_column(name, overflow="fold")
    table.add_column("points", justify="right")
    table.add_column("of", justify="right")
    table.add_column("reason", overflow="fold")
    for row in rows.points:
        points, highest = f"{row.points:f}", f"{row.highest:f}"
        told = ", ".join(row.reasons) if row.points < row.highest else ""
        table.add_row(row.asked.label, row.asked.value, row.bin, points, highest, told)
    table.add_row("base", "", "", f"{rows.base:f}", "", "")
    table.add_row("score", "", "", f"{rows.score:f}", "", "", style="bold")
    return table


def _nearest(prepared: Ready, decided: Decided, world: World) -> tuple[TableTrace, str, Nearest] | None:
    """Find what would have decided for the next better outcome, at the table of the outcome."""
    outcomes = prepared.policy.outcomes
    if outcomes is None or decided.outcome is None:
        return None
    place = (f"decision {outcomes.decision}",)
    traces = (each for each in traced(decided.made, world) if isinstance(each, TableTrace) and each.place == place)
    trace = next(traces, None)
    if trace is None:
        return None
    for better in reversed(outcomes.order[: outcomes.order.index(decided.outcome)]):
        wanted = _rules_for(trace.seen.grid, outcomes.member, better)
        found = nearest(trace.seen, wanted, world) if wanted else None
        if found is not None:
            return trace, better, found
    return None


def _rules_for(grid: Grid, member: str | None, outcome: str) -> Sequence[int]:
    names = [column.name for column in grid.columns]
    at = names.index(member) if member in names else 0
    cells = enumerate((row.outputs[at] for row in grid.rows), 1)
    return [number for number, cell in cells if isinstance(cell, Fixed) and cell.value == outcome]


def _nearest_words(trace: TableTrace, outcome: str, found: Nearest) -> str:
    changes = (
        f"{trace.asked[each.input].label.removeprefix('input ')} were {part_words(each.part)}" for each in found.changes
    )
    return f"It would be {outcome} (rule {found.rule}) if {' and '.join(changes)}."


def _value(prepared: Ready, decided: Decided, world: World, rules: int) -> dict[str, object]:
    found = _nearest(prepared, decided, world)
    return {
        "outcome": decided.outcome,
        "reasons": [
            {
                "code": told.code,
                "text": prepared.catalogue[told.code].text,
                "causes": list(map(cause_words, told.causes)),
            }
            for told in decided.reasons
        ],
        "nearest": None
        if found is None
        else {"outcome": found[1], "rule": found[2].rule, "said": _nearest_words(*found)},
        "decisions": {name: value_text(value) for name, value in decided.made.values.items()},
        "trace": [_trace_value(trace_rows(each, rules)) for each in traced(decided.made, world)],
    }


def _trace_value(rows: TableRows | CardRows) -> dict[str, object]:
    if isinstance(rows, CardRows):
        return {
            "scorecard": rows.name,
            "base": f"{rows.base:f}",
            "score": f"{rows.score:f}",
            "characteristics": [
                {"name": row.asked.label, "value": row.asked.value, "bin": row.bin, "points": f"{row.points:f}"}
                for row in rows.points
            ],
        }
    return {
        "table": rows.name,
        "hit": rows.hit,
        "inputs": [{"label": each.label, "expression": each.expression, "value": each.value} for each in rows.asked],
        "rules": [
            {"rule": rule.number, "matched": rule.matched, "decisive": rule.decisive, "failed": list(rule.failed)}
            for rule in rows.rules
        ],
        "count": rows.count,
    }
