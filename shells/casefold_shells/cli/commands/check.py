"""``casefold verify`` and ``casefold replay``."""

from typing import Annotated

import typer
from rich.table import Table

from casefold.case.replay import Changes
from casefold.case.wording import percent
from casefold.kernel.results import Failure
from casefold.pages.labels import PageLabel
from casefold_shells.casefiles import CaseFolder
from casefold_shells.cli.app import ERR, OUT, CaseArgument, app, artifacts_or_leave, fail_on, wait
from casefold_shells.cli.codes import Exit
from casefold_shells.decisions import divergence_words
from casefold_shells.replaying import replay_case
from casefold_shells.verifying import verify_case


@app.command()
def verify(folder: CaseArgument) -> None:
    """Check that a case is what was written: its log, its blobs, its documents and its reports.

    Exit code 0 when all is as it was written, 1 when anything was changed, is missing or does not belong.
    """
    verified = wait(verify_case(CaseFolder(folder)))
    for fault in verified.faults:
        ERR.print(f"casefold: {fault}", style="red", markup=False, soft_wrap=True)
    if verified.faults:
        raise typer.Exit(Exit.DIFFERS)
    OUT.print(f"{folder}: all is as it was written")
    OUT.print(f"  {verified.events} events, {verified.blobs} blobs, {verified.documents} documents", markup=False)
    OUT.print(f"  head of the log {verified.head}", markup=False, soft_wrap=True)
    OUT.print(f"  outcome         {verified.outcome}", markup=False, soft_wrap=True)


@app.command()
def replay(
    folder: CaseArgument,
    taxonomy: Annotated[
        str | None,
        typer.Option("--taxonomy", metavar="NAME|FILE", help="Decide under this one instead of the recorded one."),
    ] = None,
) -> None:
    """Decide a recorded case again from its own texts, and say what differs.

    Under the recorded taxonomy nothing may differ: exit code 1 if it does. Under another, this is the what-if report.
    Nothing is recorded either way.
    """
    artifacts = artifacts_or_leave(taxonomy, None) if taxonomy is not None else None
    replayed = wait(replay_case(CaseFolder(folder), artifacts))
    if isinstance(replayed, Failure):
        fail_on(replayed.failure())
    found = replayed.unwrap()
    if found.same:
        OUT.print(f"{folder}: the same outcome, to the byte")
        return
    _print_changes(found)
    if found.decision is not None:
        OUT.print(f"decision: {divergence_words(found.decision)}", markup=False, soft_wrap=True)
    if artifacts is None:
        raise typer.Exit(Exit.DIFFERS)


def _print_changes(found: Changes) -> None:
    OUT.print(
        f"{len(found.pages)} pages differ in label or status, {len(found.gone)} documents are gone, "
        f"{len(found.new)} are new"
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("page", "was", "would be"):
        table.add_column(column)
    for change in found.pages:
        table.add_row(str(change.before.page), _label(change.before), _label(change.after))
    OUT.print(table)
    if found.rules:
        OUT.print(f"rules are ruled otherwise: {', '.join(found.rules)}", markup=False, soft_wrap=True)
    if found.fields:
        OUT.print(f"other fields are read from documents {', '.join(found.fields)}", markup=False, soft_wrap=True)
    for sign, documents in (("-", found.gone), ("+", found.new)):
        for document in documents:
            pages = ", ".join(map(str, document.pages))
            OUT.print(f"{sign} {document.label} pages {pages}", markup=False, soft_wrap=True)


def _label(label: PageLabel) -> str:
    return f"{label.label} {label.status.value} {percent(label.confidence_ppm)}"
