"""``casefold bench``: of a run over a package, and of deciding by a policy."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from attrs import asdict
from rich.table import Table
from typer.core import TyperGroup

from casefold.policy.wording import undecided_words
from casefold_shells.benching import Cost, Stage, build, measure, typical
from casefold_shells.cli.app import ERR, OUT, app, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import policy_of, ready_of, rows_of
from casefold_shells.racing import (
    CENTS,
    CHECKED,
    FULL,
    PREPARED,
    ZEN,
    ZEN_BATCH,
    Disagreement,
    Race,
    Whole,
    check_gaps,
    decide_whole,
    race,
)


class _Packages(TyperGroup):
    """Takes what is no command of its own for a file of a package."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read the arguments, as those of ``package`` where they name no other command."""
        own = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if own or not args else ["package", *args])


commands = typer.Typer(
    cls=_Packages, no_args_is_help=True, help="Measure what a run costs, or how fast a policy decides: package, policy."
)
app.add_typer(commands, name="bench")


@commands.command()
def package(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="PDFs whose pages are repeated to make the benchmark's file."),
    ],
    pages: Annotated[
        list[int] | None, typer.Option("--pages", min=1, help="Sizes to measure. [default: 200, 1000, 5000]")
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=1, help="Runs of each; the median is shown.")] = 3,
) -> None:
    """Measure a run against bare pypdfium2 text extraction of the same file; `casefold bench FILE...` does the same.

    Each figure is the CPU time of a whole process with its children, start included, and the largest resident set of
    any one process. The ratio to bare extraction holds on any machine; seconds do not.
    """
    for file in files:
        if not file.is_file():
            fail(f"{file}: there is no such file; check the path", Exit.MISSING)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("pages", justify="right")
    table.add_column("stage")
    for column in ("CPU s", "pages / CPU s", "× bare", "caller MB", "largest child MB"):
        table.add_column(column, justify="right")
    for size in pages or [200, 1000, 5000]:
        for stage, cost, bare in _measured(files, size, runs):
            table.add_row(
                f"{size:,}",
                stage.value,
                f"{cost.cpu_seconds:.2f}",
                f"{size / cost.cpu_seconds:.0f}",
                f"{cost.cpu_seconds / bare.cpu_seconds:.2f}",
                f"{cost.caller_megabytes:.0f}",
                f"{cost.child_megabytes:.0f}" if stage is not Stage.BARE else "",
            )
    OUT.print(table)


def _measured(files: list[Path], size: int, runs: int) -> list[tuple[Stage, Cost, Cost]]:
    """Measure all stages in turn, run by run, so that a machine's moods fall on each alike."""
    costs: dict[Stage, list[Cost]] = {stage: [] for stage in Stage}
    with tempfile.TemporaryDirectory(prefix="casefold-bench-") as scratch, ERR.status("") as status:
        file = Path(scratch) / f"bench-{size}.pdf"
        fault = build(files, size, file)
        if fault is not None:
            fail(f"{fault.path}: no pages can be taken from it: {fault.detail}; leave it out", Exit.NOT_PDF)
        for run in range(1, runs + 1):
            for stage in Stage:
                status.update(f"{size:,} pages, {file.stat().st_size / 1e6:.0f} MB: {stage.value}, run {run} of {runs}")
                costs[stage].append(measure(stage, file, Path(scratch) / f"{stage.value}-{run}"))
    medians = {stage: typical(found) for stage, found in costs.items()}
    return [(stage, medians[stage], medians[Stage.BARE]) for stage in Stage]


@commands.command()
def policy(
    runs: Annotated[int, typer.Option("--runs", min=1, help="Runs of each way of deciding; the best is shown.")] = 7,
    decisions: Annotated[int, typer.Option("--decisions", min=1, help="Decisions in a run, one by one.")] = 1_000,
    batch: Annotated[int, typer.Option("--batch", min=1, help="Decisions in a run, by column.")] = 1_000_000,
    rules: Annotated[
        list[int] | None, typer.Option("--rules", min=1, help="Sizes of table to measure. [default: 50, 3700]")
    ] = None,
    checked_rules: Annotated[
        int, typer.Option("--gap-rules", metavar="N", min=1, help="Rules of the table that is looked through for gaps.")
    ] = CHECKED,
    whole: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--policy", metavar="POLICY FACTS", help="Measure a policy of yours too, over facts in JSON."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Measure how fast a decision table decides: prepared, in full and by column, and by the ZEN engine beside it.

    A made-up table of six inputs decides made-up applications in each way. First all must agree; then they take turns,
    and the best CPU time of each is shown. ZEN (the extra `bench`) takes binary numbers, the others exact money, but
    for the way that says so; by column needs the extra `columnar`. What is not installed is left out.
    """
    own = None if whole is None else _whole(*whole, runs)
    found = race(rules or [50, 3_700], decisions, batch, runs)
    if isinstance(found, Disagreement):
        fail(
            f"{found.way}, {found.rules} rules: {found.given} where {found.expected} is expected; nothing is measured",
            Exit.DIFFERS,
        )
    checked = check_gaps(checked_rules)
    if as_json:
        told = {**asdict(found), "ratios": dict(_ratios(found)), "gaps": asdict(checked)}
        told |= {} if own is None else {"policy": asdict(own)}
        OUT.print(json.dumps(told), markup=False, soft_wrap=True)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("way")
    for column in ("rules", "µs / decision", "decisions / s"):
        table.add_column(column, justify="right")
    for figure in found.figures:
        table.add_row(
            figure.way, f"{figure.rules:,}", f"{figure.microseconds:.3f}", f"{1e6 / figure.microseconds:,.0f}"
        )
    OUT.print(table)
    for said, ratio in _ratios(found):
        OUT.print(f"{said}: {ratio:.1f}", markup=False)
    for size, (compiling, preparing) in found.compiling.items():
        OUT.print(f"{size:,} rules: compiled in {compiling:.3f} s, prepared in {preparing:.3f} s", markup=False)
    OUT.print(
        f"{checked.rules:,} rules looked through for gaps in {checked.seconds:.2f} s: "
        + ("too many to count" if checked.gaps is None else f"{checked.gaps:,}"),
        markup=False,
    )
    if own is not None:
        OUT.print(
            f"the policy: outcome and reasons {own.deciding:.0f} µs, trace {own.tracing:.0f} µs, "
            f"record {own.recording:.0f} µs",
            markup=False,
        )
    OUT.print(
        f"All ways agree on {found.compared:,} applications; {found.default_share:.0%} meet the last rule alone.",
        markup=False,
    )


def _whole(path: Path, facts: Path, runs: int) -> Whole:
    """Measure a policy, or end the program."""
    policy = policy_of(path)
    prepared = ready_of(path, policy)
    row = next(rows_of(str(facts), prepared.compiled), None)
    if not isinstance(row, Mapping):
        fail(f"{facts}: {row or 'there are no facts in it'}", Exit.USAGE)
    found = decide_whole(prepared, row, 200, runs)
    if not isinstance(found, Whole):
        fail(f"{facts}: {' '.join(undecided_words(found))}", Exit.DIFFERS)
    return found


def _ratios(found: Race) -> Iterable[tuple[str, float]]:
    """Give what is compared: how many times as fast one way is as another, and a large table as a small one."""
    took = {(figure.way, figure.rules): figure.microseconds for figure in found.figures}
    sizes = list(found.compiling)
    for size in sizes:
        for way, other in ((PREPARED, ZEN), (FULL, ZEN), (CENTS, ZEN_BATCH)):
            if (way, size) in took and (other, size) in took:
                yield f"{way} against {other}, {size:,} rules, times as fast", took[other, size] / took[way, size]
    for way in (PREPARED, FULL, CENTS, ZEN):
        for size in sizes[1:]:
            if (way, size) in took:
                yield (
                    f"{way}, {size:,} rules against {sizes[0]:,}, times as long",
                    took[way, size] / took[way, sizes[0]],
                )
