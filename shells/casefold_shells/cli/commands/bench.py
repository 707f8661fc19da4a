"""``casefold bench``."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from casefold_shells.benching import Cost, Stage, build, measure, typical
from casefold_shells.cli.app import ERR, OUT, app, fail
from casefold_shells.cli.codes import Exit


@app.command()
def bench(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="PDFs whose pages are repeated to make the benchmark's file."),
    ],
    pages: Annotated[
        list[int] | None, typer.Option("--pages", min=1, help="Sizes to measure. [default: 200, 1000, 5000]")
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=1, help="Runs of each; the median is shown.")] = 3,
) -> None:
    """Measure a run against bare pypdfium2 text extraction of the same file.

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
