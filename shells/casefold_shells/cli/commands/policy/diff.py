"""``casefold policy diff``."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from casefold.policy.checks.declared import DeclaredChange, diff_declared
from casefold.policy.checks.diff import TableDiff
from casefold.policy.checks.models import ModelDiff, TableChange, diff_models
from casefold.policy.checks.sweep import TooLarge
from casefold_shells.cli.app import OUT
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import ModelArgument, commands, policy_of
from casefold_shells.findings import change_words, declared_words, diff_json, region_rows
from casefold_shells.policies import compiled_of, json_text
from casefold_shells.report.words import counted


@commands.command()
def diff(
    before: ModelArgument,
    after: ModelArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Say what two models decide differently, and about whom.

    Tables are compared by what they decide, whatever their rules look like: each box of applicants that are decided
    otherwise, with both answers, the rules on both sides and an example. Other logic is compared by its text, spaces
    and comments aside, and so is what policies declare of outcomes and reasons. Exit code 1 if there is a difference.
    """
    one, other = policy_of(before), policy_of(after)
    found, declared = diff_models(compiled_of(one), compiled_of(other)), diff_declared(one, other)
    if as_json:
        OUT.print(json_text(diff_json(found, declared)), markup=False, soft_wrap=True)
    else:
        _print(found, declared)
    if declared or not found.same:
        raise typer.Exit(Exit.DIFFERS)


def _print(found: ModelDiff, declared: Sequence[DeclaredChange]) -> None:
    for sign, names, style in (("+", found.added, "green"), ("-", found.removed, "red")):
        for name in names:
            OUT.print(f"{sign} {name}", style=style, markup=False, soft_wrap=True)
    for change in found.changed:
        words = change_words(change)
        OUT.print(f"~ {change.name}{f': {words}' if words else ''}", style="yellow", markup=False, soft_wrap=True)
        for table in change.tables:
            _print_table(table)
    for each in declared:
        OUT.print(f"~ {declared_words(each)}", style="yellow", markup=False, soft_wrap=True)
    changes = len(found.added) + len(found.removed) + len(found.changed) + len(declared)
    OUT.print(counted(changes, "difference") if changes else "The models decide alike.", markup=False)


def _print_table(changed: TableChange) -> None:
    inner = ", ".join(changed.place[1:])
    where = f"{inner}: " if inner else ""
    if isinstance(changed.diff, TooLarge):
        OUT.print(f"  {where}the tables differ in text and are too large to compare", markup=False, soft_wrap=True)
        return
    OUT.print(f"  {where}{counted(changed.diff.total, 'box', 'boxes')} of applicants", markup=False, soft_wrap=True)
    OUT.print(_regions(changed.diff))
    more = changed.diff.total - len(changed.diff.regions)
    if more:
        OUT.print(f"  {more:,} more", markup=False)


def _regions(diff: TableDiff) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("  where", "before", "after", "rules", "for example"):
        table.add_column(column, overflow="fold")
    for where, *rest in region_rows(diff):
        table.add_row(f"  {where}", *rest)
    return table
