"""``casefold policy tck``."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from casefold.feel.values import World
from casefold_adapters.zones import IanaZones
from casefold_shells.cli.app import ERR, OUT, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import commands
from casefold_shells.cli.progress import FolderProgress
from casefold_shells.tck.engine import OWN
from casefold_shells.tck.results import CSV, PROPERTIES, results_csv, results_properties
from casefold_shells.tck.running import NOT_COUNTED, Row, run, test_files


@commands.command()
def tck(
    testcases: Annotated[
        Path, typer.Argument(metavar="TESTCASES", help="The kit's folder TestCases, or any folder with tests below it.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=f"Where {CSV} and {PROPERTIES} go.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Run the DMN Technology Compatibility Kit and write its result files.

    Get the kit with `git clone https://github.com/dmn-tck/tck`. Every NAME-test-NN.xml below TESTCASES is run against
    the model that it names in its own folder. Numbers must agree to the last digit; beside that stand the counts to
    the digits that the kit writes, and under its looser comparison, 1e-8. Exit code 1 if a counted test fails or a file
    of tests cannot be read.
    """
    if not testcases.is_dir():
        fail(f"{testcases}: there is no such folder; name the kit's folder TestCases", Exit.MISSING)
    if not test_files(testcases):
        fail(f"{testcases}: there is no NAME-test-NN.xml below it; name the kit's folder TestCases", Exit.MISSING)
    with FolderProgress(ERR) as progress:
        rows, broken = run(testcases, OWN, World(zones=IanaZones()), progress)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / CSV).write_text(results_csv(rows), "utf-8")
        day = datetime.now(UTC).date().isoformat()
        (out / PROPERTIES).write_text(results_properties(version("casefold"), day), "utf-8")
    except OSError as error:
        fail(f"{out}: the results cannot be written: {error.strerror}", Exit.STORAGE)
    if as_json:
        _print_json(rows)
    else:
        _print(rows)
    for each in broken:
        ERR.print(f"casefold: {each.path}: {each.detail}", style="red", markup=False, soft_wrap=True)
    if broken or not all(row.exact for row in _counted(rows)):
        raise typer.Exit(Exit.DIFFERS)


def _counted(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.level != NOT_COUNTED]


def _counts(rows: Sequence[Row]) -> Mapping[str, int]:
    return {
        "cases": len(rows),
        "exact": sum(row.exact for row in rows),
        "written": sum(row.written for row in rows),
        "loose": sum(row.loose for row in rows),
    }


def _by(rows: Sequence[Row], names: Iterable[str], *, level: bool) -> Mapping[str, Mapping[str, int]]:
    wanted = dict.fromkeys(names)
    return {name: _counts([row for row in rows if (row.level if level else row.folder) == name]) for name in wanted}


def _print_json(rows: Sequence[Row]) -> None:
    told = {
        "counted": _counts(_counted(rows)),
        "levels": _by(rows, (row.level for row in rows), level=True),
        "folders": _by(rows, (row.folder for row in rows), level=False),
    }
    OUT.print(json.dumps(told), markup=False, soft_wrap=True)


def _print(rows: Sequence[Row]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("folder", overflow="fold")
    for column in ("tests", "exact", "to digits written", "within 1e-8"):
        table.add_column(column, justify="right")
    for level, counts in _by(rows, (row.level for row in rows), level=True).items():
        table.add_row(level, *(f"{count:,}" for count in counts.values()), style="bold")
        failing = (row.folder for row in rows if row.level == level and not row.exact)
        for folder, found in _by(rows, failing, level=False).items():
            table.add_row(f"  {folder}", *(f"{count:,}" for count in found.values()))
    OUT.print(table)
    whole = _counts(_counted(rows))
    OUT.print(
        f"{whole['exact']:,} of {whole['cases']:,} exact, "
        f"{whole['written']:,} to the digits that the kit writes, {whole['loose']:,} within 1e-8; "
        f"{NOT_COUNTED} tests are not counted",
        markup=False,
    )
