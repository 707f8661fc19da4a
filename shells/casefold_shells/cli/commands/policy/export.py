"""``casefold policy export``."""

from pathlib import Path
from typing import Annotated

import typer

from casefold.kernel.results import Failure
from casefold_shells.cli.app import ERR, OUT, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import ModelArgument, commands
from casefold_shells.exporting import export as exported
from casefold_shells.exporting import store
from casefold_shells.policies import load_policy


@commands.command()
def export(
    model: ModelArgument,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What to write: .dmn, .yaml, .csv or .xlsx.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write a policy in another format, and say what the format cannot hold.

    YAML holds all of a policy. DMN holds its model; scorecards become tables that decide alike. A workbook holds its
    tables and scorecards, a sheet each, and so does CSV: OUT itself for one table, else a folder of that name. Exit
    code 1 if anything is not carried over: each such part is named with the reason.
    """
    policy = load_policy(model)
    if isinstance(policy, Failure):
        fail("\n".join(policy.failure().reasons), Exit.MISSING if not model.is_file() else Exit.POLICY)
    made = exported(policy.unwrap(), out)
    if isinstance(made, Failure):
        fail(made.failure().reason, Exit.USAGE)
    done = store(made.unwrap(), force=force)
    if isinstance(done, Failure):
        fail(done.failure().reason, Exit.STORAGE if done.failure().stored else Exit.USAGE)
    for path, _ in made.unwrap().files:
        OUT.print(str(path), markup=False, soft_wrap=True)
    lost = made.unwrap().lost
    for each in lost:
        ERR.print(f"not carried over: {each.part}: {each.reason}", markup=False, soft_wrap=True)
    if lost:
        raise typer.Exit(Exit.DIFFERS)
