"""``casefold policy backtest``."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from casefold.kernel.canonical import Json
from casefold.kernel.results import Failure
from casefold.policy.artifact import Policy
from casefold.policy.deciding import Ready, ready
from casefold.policy.impact import GROUP_MIN
from casefold.policy.summary import SAMPLES_MAX
from casefold_adapters.facts import FactsBroken, look
from casefold_adapters.files.atomic import replacing
from casefold_shells.backtest.asking import Plan, Wish, plan_of
from casefold_shells.backtest.loading import policy_of, with_outcome
from casefold_shells.backtest.page import page_of
from casefold_shells.backtest.running import WorkerLost, run
from casefold_shells.backtest.telling import told
from casefold_shells.backtest.words import headline
from casefold_shells.cli.app import ERR, OUT, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import commands, instant_of
from casefold_shells.cli.progress import RowProgress
from casefold_shells.outputs import file_digest
from casefold_shells.policies import fault_words

JSON = "backtest.json"
HTML = "backtest.html"


@commands.command()
def backtest(
    facts: Annotated[
        Path, typer.Argument(metavar="FACTS", help="History: CSV, JSON lines, JSON or Parquet, of any size.")
    ],
    policy: Annotated[Path, typer.Option("--policy", metavar="A", help="The policy that is decided by today.")],
    against: Annotated[Path, typer.Option("--against", metavar="B", help="The one that might take its place.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=f"Where {JSON} and {HTML} go.")],
    group: Annotated[
        list[str] | None,
        typer.Option("--group", metavar="COLUMN", help="Compare approval rates by this column; may be given again."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="COLUMN", help="Show this column with samples; may be given again."),
    ] = None,
    number: Annotated[
        list[str] | None,
        typer.Option("--number", metavar="DECISION", help="Sum up this decision; by default all that are numbers."),
    ] = None,
    approved: Annotated[
        list[str] | None,
        typer.Option("--approved", metavar="OUTCOME", help="This is an approval; by default the best outcome is."),
    ] = None,
    ignore_extra: Annotated[
        bool, typer.Option("--ignore-extra", help="Pass over columns that neither policy asks for.")
    ] = False,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", metavar="DECISION", help="Where a file declares no outcome: this decision is it."),
    ] = None,
    order: Annotated[
        list[str] | None,
        typer.Option("--order", metavar="OUTCOME", help="With --outcome: all outcomes, the best first."),
    ] = None,
    adverse: Annotated[
        list[str] | None,
        typer.Option(
            "--adverse", metavar="OUTCOME", help="With --outcome: those that an applicant is owed reasons for."
        ),
    ] = None,
    group_min: Annotated[
        int, typer.Option("--group-min", min=1, help="Groups of fewer are told as too small to compare.")
    ] = GROUP_MIN,
    samples: Annotated[
        int, typer.Option("--samples", min=0, max=100, help="Applications that are shown of each change.")
    ] = SAMPLES_MAX,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes; 0 is one for each core. The result is the same.")
    ] = 0,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="What now() and today() mean; by default, now.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a report that is there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object, as in the file.")] = False,
) -> None:
    """Say what would have been decided otherwise by another policy.

    Every row of FACTS is decided by both policies. Columns are facts by name; a column that neither policy asks for is
    refused unless --group or --keep names it, and a decision is never taken from history. No decision is written down.
    Exit code 1 if rows could not be read.
    """
    there = [out / name for name in (JSON, HTML) if (out / name).exists()]
    if there and not force:
        fail(f"{there[0]}: there is a report already; choose another --out, or replace it with --force", Exit.CASE)
    declared = tuple(order or ()), tuple(adverse or ())
    if outcome is not None and not declared[0]:
        fail("--outcome needs --order: all outcomes, the best first", Exit.USAGE)
    both = tuple(_ready(path, outcome, *declared) for path in (policy, against))
    found = look(facts)
    if isinstance(found, Failure):
        fail(_broken_words(found.failure()), Exit.USAGE if facts.is_file() else Exit.MISSING)
    wish = Wish(
        tuple(dict.fromkeys(group or ())), tuple(dict.fromkeys(keep or ())), tuple(number or ()), tuple(approved or ()),
        ignore_extra, group_min, samples,
    )  # fmt: skip
    planned = plan_of(found.unwrap(), (both[0], both[1]), wish, instant_of(as_of))
    if isinstance(planned, Failure):
        fail(f"{facts}: {planned.failure().why}", Exit.USAGE)
    plan = planned.unwrap()
    for name in plan.missing:
        ERR.print(f"casefold: {facts}: there is no column {name!r}; it is null in every row", style="yellow")
    value = _run(plan, (both[0], both[1]), workers or len(os.sched_getaffinity(0)))
    page = page_of(value)
    try:
        with replacing(out / JSON) as stream:
            stream.write(json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n")
        with replacing(out / HTML) as stream:
            stream.write(page.encode())
    except OSError as error:
        fail(f"{out}: the report cannot be written: {error.strerror}", Exit.STORAGE)
    if as_json:
        OUT.print(json.dumps(value, ensure_ascii=False), soft_wrap=True)
    else:
        _print(value)
        OUT.print(f"The report is {out / HTML}", soft_wrap=True)
    if value["unread"]:
        raise typer.Exit(Exit.DIFFERS)


def _ready(path: Path, outcome: str | None, order: tuple[str, ...], adverse: tuple[str, ...]) -> Ready:
    """Load a policy and make it ready, or end the program."""
    found = policy_of(path)
    if isinstance(found, Failure):
        fail("\n".join(found.failure().reasons), Exit.POLICY if path.is_file() else Exit.MISSING)
    policy: Policy = found.unwrap()
    if policy.outcomes is None and outcome is not None:
        policy = with_outcome(policy, outcome, order, adverse)
    if policy.outcomes is None:
        fail(f"{path}: it does not say which decision is the outcome; name it with --outcome and --order", Exit.POLICY)
    made = ready(policy)
    if isinstance(made, Failure):
        said = "\n".join(fault_words(fault) for fault in made.failure().faults[:9])
        fail(f"{path}: it cannot be decided by\n{said}", Exit.POLICY)
    return made.unwrap()


def _run(plan: Plan, both: tuple[Ready, Ready], workers: int) -> dict[str, Json]:
    """Run the backtest, or end the program."""
    with RowProgress(ERR, plan.source.size) as progress:
        try:
            summary = run(plan, workers, progress.rows)
        except KeyboardInterrupt:
            rows = progress.done
            ERR.print(f"casefold: stopped after {rows:,} rows; nothing was written.", soft_wrap=True)
            raise typer.Exit(Exit.INTERRUPTED) from None
    if isinstance(summary, Failure):
        why = summary.failure()
        if isinstance(why, WorkerLost):
            fail("a process was ended from outside, perhaps for want of memory; try fewer --workers", Exit.LIMIT)
        fail(f"{_broken_words(why)}; nothing was written", Exit.USAGE)
    return told(plan, summary.unwrap(), both, file_digest(plan.source.path))


def _broken_words(broken: FactsBroken) -> str:
    return f"{broken.path}: {broken.detail}"


def _print(value: dict[str, Json]) -> None:
    line, rows = headline(value)
    OUT.print(line, soft_wrap=True)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    for row in rows:
        table.add_row(*row)
    OUT.print(table)
