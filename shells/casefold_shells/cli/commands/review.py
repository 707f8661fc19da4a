"""``casefold review`` and ``casefold explain``."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from casefold.case.consequences import Told
from casefold.case.events import BoundaryCorrected, Correction, CorrectionWithdrawn, PageCorrected
from casefold.case.lineage import lineage
from casefold.case.record import Artifacts
from casefold.case.state import Case
from casefold.case.steps import next_steps
from casefold.case.view import why
from casefold.case.wording import change_words, percent, reason_words
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Status
from casefold_adapters.files.log import read_log
from casefold_adapters.pdf.limits import PdfLimits
from casefold_shells.casefiles import CaseFolder
from casefold_shells.cli.app import ERR, OUT, CaseArgument, PasswordOption, app, fail, fail_on, password_or_leave, wait
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.remember import MemoryOption, TenantOption, memory_or_leave, print_remembered
from casefold_shells.cli.progress import PageProgress
from casefold_shells.packages import Finished, RunError, as_text, load_case, proceed
from casefold_shells.reviewing.session import session
from casefold_shells.reviewing.told import lines_of, told_in

if TYPE_CHECKING:
    from casefold_shells.reviewing.terminal import Terminal

EXTRA = ("textual", "PIL")


@app.command()
def review(
    folder: CaseArgument,
    page: Annotated[int | None, typer.Option("--page", min=1, help="The page to say something of.")] = None,
    label: Annotated[
        str | None, typer.Option("--label", metavar="CLASS", help="What it is; `unknown` if none.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who says so.")] = None,
    why_: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why; for the audit trail.")] = None,
    begins: Annotated[
        bool | None,
        typer.Option("--begins/--goes-on", help="A document begins with the page, or the one before goes on."),
    ] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="Take back what was said last of the page.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Only list what waits, in a terminal too.")] = False,
    memory: MemoryOption = None,
    tenant: TenantOption = None,
    password_file: PasswordOption = None,
) -> None:
    """Review a case page by page on a screen, or list what waits, or say one thing of one page.

    In a terminal, with the extra `review` installed, a screen opens: the pages that a person must look at, each with
    its picture, what speaks for its label and against it, and what else it could be under a number key. One key
    decides, u takes back, ? lists all keys. Each decision is in the log before the next question. Elsewhere, and with
    --list, the pages are listed.

        casefold review cases/may --by "Ann Lee"
        casefold review cases/may --page 3 --label paystub --by "Ann Lee" --why "the employer's own form"
        casefold review cases/may --page 4 --begins --by "Ann Lee" --why "a second stub"
        casefold review cases/may --page 3 --take-back --by "Ann Lee" --why "looked again"

    What is said is recorded as an event, and taken back by a further one. It holds from then on; the pages around it
    are weighed anew, documents are assembled and written again, the report changes with them, and whatever changed in
    other documents is told. With --memory labels are remembered as well, for the packages to come. `casefold train`
    learns from reviewed cases, and `casefold labels` writes their labels down.
    """
    said = (page, label, begins, take_back or None)
    if all(value is None for value in said) and not listing and _on_a_terminal():
        _screen(folder, by, why_, memory, tenant, password_or_leave(password_file))
        return
    if all(value is None for value in (*said, by, why_)) or (listing and all(value is None for value in said)):
        _list(CaseFolder(folder))
        return
    if page is None or by is None or why_ is None or (label, begins, take_back or None).count(None) != 2:
        fail("a correction takes all of --page, --label, --by and --why; see --help for what may stand for --label",
             Exit.USAGE)  # fmt: skip
    spoken = _spoken(page, as_text(label) if label is not None else begins, as_text(by), as_text(why_))
    finished = wait(_correct(CaseFolder(folder), spoken, password_or_leave(password_file)))
    if isinstance(finished, Failure):
        fail_on(finished.failure())
    OUT.print(_spoken_words(spoken), markup=False)
    _print_consequences(finished.unwrap())
    if memory is not None:
        print_remembered(folder, memory, tenant)
    _list(CaseFolder(folder))


def _spoken(page: int, what: str | bool | None, by: str, why_: str) -> Correction | CorrectionWithdrawn:
    match what:
        case str():
            return PageCorrected(page, what, by, why_)
        case bool():
            return BoundaryCorrected(page, what, by, why_)
        case None:
            return CorrectionWithdrawn(page, by, why_)


def _spoken_words(said: Correction | CorrectionWithdrawn) -> str:
    by = said.by.strip()
    match said:
        case PageCorrected():
            return f"page {said.page} is {said.label} now, says {by}"
        case BoundaryCorrected():
            what = "a document begins" if said.begins else "the document before goes on"
            return f"{what} with page {said.page}, says {by}"
        case CorrectionWithdrawn():
            return f"what was said last of page {said.page} is taken back, says {by}"


def _print_consequences(finished: Finished) -> None:
    """Say what else changed with what was said last: no document changes silently."""
    for each in _told(finished.folder, finished.artifacts)[-1:]:
        for line in lines_of(each.changed) if each.changed is not None else ():
            OUT.print(f"  {line}", markup=False, soft_wrap=True)


def _told(folder: CaseFolder, artifacts: Artifacts) -> tuple[Told, ...]:
    found = told_in(folder, artifacts.thresholds)
    if isinstance(found, Failure):
        fail_on(found.failure())
    return found.unwrap()


def _on_a_terminal() -> bool:
    """Whether a screen can open; where only its libraries lack, say so."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    absent = [each for each in EXTRA if find_spec(each) is None]
    if absent:
        ERR.print(
            f"casefold: {' and '.join(absent)} cannot be imported, so pages are only listed; install casefold[review] "
            "to review them on a screen",
            style="yellow",
            markup=False,
            soft_wrap=True,
        )
    return not absent


def _screen(
    folder: Path, by: str | None, why_: str | None, memory: str | None, tenant: str | None, password: str | None
) -> None:
    """Review on a screen, then take the case to its end."""
    if memory is not None:
        memory_or_leave(memory)
    from casefold_shells.reviewing.terminal import ask_terminal

    done = wait(_reviewed(CaseFolder(folder), by, why_, password, ask_terminal()))
    if isinstance(done, Failure):
        fail_on(done.failure())
    said = done.unwrap()
    OUT.print(f"{said} decision{'' if said == 1 else 's'} recorded", markup=False)
    if memory is not None and said:
        print_remembered(folder, memory, tenant)
    _, case = _load(CaseFolder(folder))
    waiting = _waiting(case)
    OUT.print(f"{waiting} of {len(case.pages)} pages need review" if waiting else "no page needs review")


async def _reviewed(
    folder: CaseFolder, by: str | None, why_: str | None, password: str | None, terminal: "Terminal"
) -> Result[int, RunError]:
    from casefold_shells.reviewing.screen import ReviewApp

    async with session(folder, PdfLimits(), password) as begun:
        if isinstance(begun, Failure):
            return begun
        work = begun.unwrap()
        work.by, work.why = as_text(by or "").strip(), as_text(why_ or "").strip() or work.why
        wrong = await ReviewApp(work, terminal).run_async()
        if wrong is not None:
            return Failure(wrong)
        if next_steps(work.case):
            with PageProgress(ERR) as progress:
                progress.package(folder.path.name)
                finished = await work.finish(progress)
            if isinstance(finished, Failure):
                return finished
        return Success(len(work.mine))


async def _correct(
    folder: CaseFolder, said: Correction | CorrectionWithdrawn, password: str | None
) -> Result[Finished, RunError]:
    with PageProgress(ERR) as progress:
        progress.package(folder.path.name)
        return await proceed(PdfLimits(), folder, said, password, progress)


def _load(folder: CaseFolder) -> tuple[Artifacts, Case]:
    loaded = wait(load_case(folder))
    if isinstance(loaded, Failure):
        fail_on(loaded.failure())
    artifacts, case = loaded.unwrap()
    if case.outcome is None:
        fail(f"{folder.path}: the case is not decided yet; run it to its end first", Exit.CASE)
    return artifacts, case


def _waiting(case: Case) -> int:
    assert case.outcome is not None, "checked when it was loaded"
    return sum(label.status is Status.REVIEW for label in case.outcome.labels)


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
    for each in _told(where, artifacts):
        for change in each.changed.elsewhere if each.changed is not None else ():
            if any(shown is not None and page in shown.numbers for shown in (change.before, change.after)):
                said = f"event {each.sequence}, in which {each.said.by} spoke of page {each.said.page}"
                OUT.print(f"  with {said}: {change_words(change)}", markup=False, soft_wrap=True)


def _print_lineage(folder: CaseFolder, page: int) -> None:
    entries = [found for found in (recorded.value_or(None) for recorded in read_log(folder.log)) if found is not None]
    row = lineage((entry.sequence, entry.event) for entry in entries)[page - 1]
    OUT.print(f"  from {row.source}, page {row.source_page} ({row.source_digest})", markup=False, soft_wrap=True)
    events = f"read in event {row.read}, labelled in event {row.labelled}"
    corrected = f", corrected in {', '.join(map(str, row.corrected))}" if row.corrected else ""
    OUT.print(f"  {events}{corrected}", markup=False)
    if row.file is not None:
        OUT.print(f"  now page {row.file_page} of {row.file}", markup=False)
