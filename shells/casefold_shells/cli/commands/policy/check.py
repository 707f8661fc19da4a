"""``casefold policy check``."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from casefold.kernel.results import Failure, Success
from casefold.policy.boxed import Unreadable
from casefold.policy.deciding import ready
from casefold.policy.graph import Compiled
from casefold.policy.lacking import lacking
from casefold.policy.model import Decision, InputData, Knowledge, Service
from casefold_shells.cli.app import OUT
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import ModelArgument, commands, policy_of
from casefold_shells.findings import (
    TableFindings,
    counts_words,
    finding_rows,
    findings_json,
    findings_of,
    listed,
    more_words,
    place_of,
)
from casefold_shells.policies import compiled_of, fault_words, json_text
from casefold_shells.promises import lack_json, lack_words, promise_json, promise_words, promises_of
from casefold_shells.report.words import counted


@commands.command()
def check(
    model: ModelArgument,
    allow_gaps: Annotated[
        bool, typer.Option("--allow-gaps", help="Take it for no error that no rule decides about some applicants.")
    ] = False,
    notes: Annotated[
        bool,
        typer.Option("--notes", help="Tell overlaps that FIRST and PRIORITY resolve, too, where the outputs differ."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Say what a policy cannot use, and what it leaves open, before it decides anything.

    Cells that are no FEEL, names and types that are not there, what requires itself: each with decision, rule and
    column. Then, for each table: applicants about whom no rule decides, rules that contradict each other, and rules
    that decide nothing, each with an example. Where the policy declares outcomes: whoever could be declined without a
    reason. Where it promises that more of something is never worse: two applicants for whom it is. What a model imports
    is looked for beside it. Exit code 1 if there is a fault, a gap, an overlap under UNIQUE or ANY, a reason missing,
    or a promise broken.
    """
    policy = policy_of(model)
    made = ready(policy)
    faults = made.failure().faults if isinstance(made, Failure) else ()
    compiled = compiled_of(policy)
    found = [findings_of(grid, notes=notes) for grid in compiled.grids]
    lacks = lacking(made.unwrap()) if isinstance(made, Success) else ()
    promises = tuple(promises_of(policy, compiled))
    if as_json:
        told = json_text({
            "faults": listed(fault_words(fault) for fault in faults),
            "tables": listed(map(findings_json, found)),
            "reasons": listed(map(lack_json, lacks)),
            "promises": listed(map(promise_json, promises)),
        })  # fmt: skip
        OUT.print(told, markup=False, soft_wrap=True)
    else:
        _print(compiled, faults, found)
        for said in (*map(lack_words, lacks), *map(promise_words, promises)):
            OUT.print(said, markup=False, soft_wrap=True)
    broken = any(each.broken for each in promises)
    if faults or lacks or broken or any(each.errors(allow_gaps=allow_gaps) for each in found):
        raise typer.Exit(Exit.DIFFERS)


def _print(compiled: Compiled, faults: Sequence[Unreadable], found: Sequence[TableFindings]) -> None:
    for fault in faults:
        OUT.print(fault_words(fault), markup=False, soft_wrap=True)
    for each in found:
        if each.any:
            _print_table(each)
    elements = [plan.element for plan in compiled.plans]
    counts = ((Decision, "decision"), (InputData, "input"), (Knowledge, "knowledge model"), (Service, "service"))
    told = (counted(sum(type(each) is kind for each in elements), name) for kind, name in counts)
    OUT.print(f"{', '.join(told)}; {counted(len(faults), 'fault')}", markup=False)
    if found:
        gaps = sum(each.gaps.certain for each in found if each.gaps is not None)
        overlaps = sum(each.overlaps.certain for each in found if each.overlaps.error)
        dead = sum(len(each.dead.found) for each in found)
        said = ", ".join((counted(gaps, "gap"), counted(overlaps, "overlap"), counted(dead, "dead rule")))
        OUT.print(f"{counted(len(found), 'table')}; {said}", markup=False)


def _print_table(found: TableFindings) -> None:
    OUT.print(f"{place_of(found.grid)}: {counts_words(found)}", markup=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("  finding", "where", "for example", "rules"):
        table.add_column(column, overflow="fold")
    for kind, *rest in finding_rows(found):
        table.add_row(f"  {kind}", *rest)
    if table.row_count:
        OUT.print(table)
    more = more_words(found)
    if more:
        OUT.print(f"  {more}", markup=False)
    OUT.print("")
