"""``casefold review`` and ``casefold explain``."""

from typing import Annotated

import typer
from rich.table import Table

from casefold.case.events import PageCorrected
from casefold.case.lineage import lineage
from casefold.case.record import Artifacts
from casefold.case.state import Case
from casefold.case.view import why
from casefold.case.wording import percent, reason_words
from casefold.kernel.results import Failure, Result
from casefold.pages.labels import Status
from casefold_adapters.files.log import read_log
from casefold_adapters.pdf.limits import PdfLimits
from casefold_shells.casefiles import CaseFolder
from casefold_shells.cli.app import ERR, OUT, CaseArgument, PasswordOption, app, fail, fail_on, password_or_leave, wait
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.remember import MemoryOption, TenantOption, print_remembered
from casefold_shells.cli.progress import PageProgress
from casefold_shells.packages import Finished, RunError, as_text, load_case, proceed


@app.command()
def review(
    folder: CaseArgument,
    page: Annotated[int | None, typer.Option("--page", min=1, help="The page to label.")] = None,
    label: Annotated[
        str | None, typer.Option("--label", metavar="CLASS", help="What it is; `unknown` if none.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who says so.")] = None,
    why_: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why; for the audit trail.")] = None,
    memory: MemoryOption = None,
    tenant: TenantOption = None,
    password_file: PasswordOption = None,
) -> None:
    """List the pages that a person must look at, or label one.

    A label is recorded as an event. It holds from then on; the pages around it are weighed anew, documents are
    assembled and written again, and the report changes with them. With --memory it is remembered as well, for the
    packages to come.
    """
    given = (page, label, by, why_)
    if all(value is None for value in given):
        _list(CaseFolder(folder))
        return
    if page is None or label is None or by is None or why_ is None:
        fail("a correction takes all of --page, --label, --by and --why", Exit.USAGE)
    correction = PageCorrected(page, as_text(label), as_text(by), as_text(why_))
    finished = wait(_correct(CaseFolder(folder), correction, password_or_leave(password_file)))
    if isinstance(finished, Failure):
        fail_on(finished.failure())
    OUT.print(f"page {page} is {correction.label} now, says {correction.by.strip()}", markup=False)
    if memory is not None:
        print_remembered(folder, memory, tenant)
    _list(CaseFolder(folder))


async def _correct(folder: CaseFolder, correction: PageCorrected, password: str | None) -> Result[Finished, RunError]:
    with PageProgress(ERR) as progress:
        progress.package(folder.path.name)
        return await proceed(PdfLimits(), folder, correction, password, progress)


def _load(folder: CaseFolder) -> tuple[Artifacts, Case]:
    loaded = wait(load_case(folder))
    if isinstance(loaded, Failure):
        fail_on(loaded.failure())
    artifacts, case = loaded.unwrap()
    if case.outcome is None:
        fail(f"{folder.path}: the case is not decided yet; run it to its end first", Exit.CASE)
    return artifacts, case


def _list(folder: CaseFolder) -> None:
    artifacts, case = _load(folder)
    assert case.outcome is not None, "checked when it was loaded"
    waiting = [label for label in case.outcome.labels if label.status is Status.REVIEW]
    if not waiting:
        OUT.print("no page needs review")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("page", justify="right")
    for column in ("label", "or", "why"):
        table.add_column(column, overflow="fold")
    for label in waiting:
        page = case.pages[label.page - 1]
        unreadable = page.unreadable
        said = f"{unreadable.kind.value}, {unreadable.detail}" if unreadable is not None else None
        reason = reason_words(label, artifacts.thresholds, said, page.origin)
        table.add_row(str(label.page), label.label, label.runner_up or "", reason)
    OUT.print(table)
    OUT.print(
        f"{len(waiting)} of {len(case.outcome.labels)} pages need review; label one with --page, --label, --by, --why"
    )


@app.command()
def explain(
    folder: CaseArgument,
    page: Annotated[int, typer.Option("--page", min=1, help="The page, counted from 1 over the whole package.")],
) -> None:
    """Say why a page has its label: all evidence, what it is worth, where the page came from and where it went."""
    where = CaseFolder(folder)
    artifacts, case = _load(where)
    assert case.outcome is not None, "checked when it was loaded"
    if page > len(case.pages):
        fail(f"there is no page {page}; the package has {len(case.pages)}", Exit.USAGE)
    read, label = case.pages[page - 1], case.outcome.labels[page - 1]
    OUT.print(f"page {page}: {label.label} · {label.status.value} · {percent(label.confidence_ppm)}", style="bold")
    for row in why(artifacts, case, read, label):
        assert isinstance(row, dict), "each reason is a row"
        source = f"   [{row['source']}]" if "source" in row else ""
        OUT.print(f"  {row['text']}{source}", markup=False, soft_wrap=True)
    if label.runner_up is not None:
        OUT.print(f"  otherwise it would be {label.runner_up}", markup=False)
    _print_lineage(where, page)


def _print_lineage(folder: CaseFolder, page: int) -> None:
    entries = [found for found in (recorded.value_or(None) for recorded in read_log(folder.log)) if found is not None]
    row = lineage((entry.sequence, entry.event) for entry in entries)[page - 1]
    OUT.print(f"  from {row.source}, page {row.source_page} ({row.source_digest})", markup=False, soft_wrap=True)
    events = f"read in event {row.read}, labelled in event {row.labelled}"
    corrected = f", corrected in {', '.join(map(str, row.corrected))}" if row.corrected else ""
    OUT.print(f"  {events}{corrected}", markup=False)
    if row.file is not None:
        OUT.print(f"  now page {row.file_page} of {row.file}", markup=False)
