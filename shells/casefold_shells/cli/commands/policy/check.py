"""``casefold policy check``."""

import typer

from casefold.policy.model import Decision, InputData, Knowledge, Service
from casefold_shells.cli.app import OUT
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import ModelArgument, commands, loaded
from casefold_shells.policies import fault_words
from casefold_shells.report.words import counted


@commands.command()
def check(model: ModelArgument) -> None:
    """Say what a model cannot use, before it decides anything.

    Cells that are no FEEL, names and types that are not there, what requires itself: each with decision, rule and
    column. What it imports is looked for beside it. Exit code 1 if there is anything.
    """
    compiled = loaded(model)
    for fault in compiled.faults:
        OUT.print(fault_words(fault), markup=False, soft_wrap=True)
    elements = [plan.element for plan in compiled.plans]
    counts = ((Decision, "decision"), (InputData, "input"), (Knowledge, "knowledge model"), (Service, "service"))
    told = (counted(sum(type(each) is kind for each in elements), name) for kind, name in counts)
    OUT.print(f"{', '.join(told)}; {counted(len(compiled.faults), 'fault')}", markup=False)
    if compiled.faults:
        raise typer.Exit(Exit.DIFFERS)
