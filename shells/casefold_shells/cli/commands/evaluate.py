"""``casefold eval``."""

import json
import tempfile
from pathlib import Path
from typing import Annotated

import attrs
import typer
from rich.table import Table

from casefold.documents.evaluation import Measures, Package, measure
from casefold.kernel.results import Failure
from casefold_shells.cli.app import (
    DEFAULT_MODEL,
    ERR,
    OUT,
    FileTypeOption,
    ModelOption,
    TaxonomyOption,
    app,
    artifacts_or_leave,
    fail,
    wait,
)
from casefold_shells.cli.codes import Exit, exit_of, words
from casefold_shells.cli.progress import PageProgress
from casefold_shells.evaluating import Labelled, read_case, read_truth, suite
from casefold_shells.packages import Run, folders_for, run_package


@app.command("eval")
def evaluate(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[TRUTH...]", help="Files of labels; the same as --truth.")
    ] = None,
    truth: Annotated[
        list[Path] | None,
        typer.Option(
            "--truth", metavar="FILE", help="NAME.truth.json beside NAME.pdf, or one object of label lists by path."
        ),
    ] = None,
    root: Annotated[Path | None, typer.Option("--suite", metavar="ROOT", help="Every *.truth.json below ROOT.")] = None,
    cases: Annotated[
        Path | None, typer.Option("--cases", metavar="DIR", help="Where cases are; what is not there is run into it.")
    ] = None,
    taxonomy: TaxonomyOption = "lending-us",
    file_type: FileTypeOption = None,
    model: ModelOption = DEFAULT_MODEL,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Measure labels and documents against the truth.

    Labels are rows {page, label, doc}, one a page; doc says which pages belong together (null: to no document). The
    measures are explained in the reference under "Measures".
    """
    paths: list[Path] = [*(files or ()), *(truth or ()), *(suite(root) if root is not None else ())]
    if not paths:
        fail("name files of labels, or --suite ROOT", Exit.USAGE)
    labelled: list[Labelled] = []
    for path in paths:
        found = read_truth(path)
        if isinstance(found, Failure):
            fail(f"{found.failure().path}: {found.failure().detail}", Exit.MISSING)
        labelled += found.unwrap()
    order = Run(artifacts_or_leave(taxonomy, file_type, model), file_type)
    with tempfile.TemporaryDirectory(prefix="casefold-eval-") as scratch:
        packages = wait(_packages(order, labelled, cases or Path(scratch)))
    names = [folder.path.name for folder in folders_for([item.package for item in labelled], Path())]
    each = {name: measure([package]) for name, package in zip(names, packages, strict=True)}
    _print(measure(packages), each, as_json)


async def _packages(order: Run, labelled: list[Labelled], cases: Path) -> list[Package]:
    packages: list[Package] = []
    folders = folders_for([item.package for item in labelled], cases)
    with PageProgress(ERR) as progress:
        for item, folder in zip(labelled, folders, strict=True):
            if not folder.case_json.is_file():
                progress.package(item.package.name)
                done = await run_package(order, item.package, folder, progress)
                if isinstance(done, Failure):
                    fail(f"{item.package}: {words(done.failure())}", exit_of(done.failure()))
            found = read_case(folder.case_json, item.truth)
            if isinstance(found, Failure):
                fail(f"{found.failure().path}: {found.failure().detail}", Exit.CASE)
            packages.append(found.unwrap())
    return packages


def _print(whole: Measures, each: dict[str, Measures], as_json: bool) -> None:
    if as_json:
        rows = {name: attrs.asdict(measures) for name, measures in each.items()}
        OUT.print(json.dumps({"all": attrs.asdict(whole), "packages": rows}), markup=False, soft_wrap=True)
        return
    shares = ("coverage", "accepted_right", "label_right", "pq", "pq_class", "boundary_f1", "exact", "stp")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("package", overflow="fold")
    for column in ("pages", "docs", *shares):
        table.add_column(column, justify="right")
    for name, measures in [*each.items(), ("all", whole)]:
        values = attrs.asdict(measures)
        figures = [f"{values[share]:.3f}" for share in shares]
        table.add_row(
            name, str(measures.pages), str(measures.documents), *figures, style="bold" if measures is whole else ""
        )
    OUT.print(table)
    if not whole.conserved:
        fail("not every page appears exactly once; please report it", Exit.BUG)
