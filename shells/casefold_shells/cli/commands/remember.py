"""``casefold remember``."""

from pathlib import Path
from typing import Annotated

import typer

from casefold.kernel.results import Failure
from casefold_adapters.memory import TENANT_CHARACTERS_MAX
from casefold_shells.casefiles import CaseFolder
from casefold_shells.cli.app import OUT, CaseArgument, app, fail, fail_on, wait
from casefold_shells.cli.codes import Exit
from casefold_shells.memories import lacks_client
from casefold_shells.packages import remember as remember_case

MEMORY = typer.Option(
    "--memory", metavar="DIR|ADDRESS", help="Pages that people reviewed: a folder, or postgresql://HOST/DATABASE."
)
MemoryOption = Annotated[str | None, MEMORY]
TenantOption = Annotated[
    str | None, typer.Option("--tenant", metavar="NAME", help="Whose reviewed pages; others are never looked at.")
]


def tenant_or_leave(memory: str | None, tenant: str | None) -> str | None:
    """Check that a memory and a tenant go together, or end the program."""
    if (memory is None) != (tenant is None):
        fail("--memory and --tenant go together", Exit.USAGE)
    memory_or_leave(memory)
    if tenant is not None and not 0 < len(tenant) <= TENANT_CHARACTERS_MAX:
        fail(f"--tenant: a name has 1 to {TENANT_CHARACTERS_MAX} characters", Exit.USAGE)
    return tenant


def memory_or_leave(memory: str | None) -> None:
    """Check that a memory can be spoken with, or end the program."""
    if memory is not None and lacks_client(memory):
        fail("to remember in a database takes `pip install 'casefold[postgres]'`", Exit.USAGE)


@app.command()
def remember(
    folder: CaseArgument,
    memory: Annotated[str, MEMORY],
    tenant: TenantOption = None,
) -> None:
    """Remember the pages of a case that people labelled, so that like pages of the next package are known.

    Only what a person said is remembered, for one tenant and one version of the taxonomy. A page's text is not kept:
    what is, are 1,024 bits that are alike where texts are. Doing it again changes nothing.

    `casefold review --memory` does it at once.
    """
    print_remembered(folder, memory, tenant)


def print_remembered(folder: Path, memory: str, tenant: str | None) -> None:
    """Remember what people said of a case, and say how many pages that is; or end the program."""
    memory_or_leave(memory)
    done = wait(remember_case(CaseFolder(folder), memory, tenant))
    if isinstance(done, Failure):
        fail_on(done.failure())
    OUT.print(f"{done.unwrap()} reviewed pages are remembered", markup=False)
