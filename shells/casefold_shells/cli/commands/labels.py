"""``casefold labels``."""

from pathlib import Path
from typing import Annotated

import typer

from casefold.kernel.results import Failure
from casefold_adapters.files.atomic import replacing
from casefold_shells.cli.app import OUT, app, fail, fail_on, wait
from casefold_shells.cli.codes import Exit
from casefold_shells.labelling import labels_of, labels_table


@app.command()
def labels(
    cases: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Folders of cases, as `casefold run` left them.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the table (CSV) goes.")],
    accepted: Annotated[
        bool, typer.Option("--accepted", help="Also the labels that were accepted without a person.")
    ] = False,
) -> None:
    """Write the labels that people gave in review as a table that `casefold train` takes.

    A row a page: the case's folder, the page, its label, the family (the case's name), who said so and why. Edit it as
    you like, above all the family, since pages that look alike should share one. What was taken back is left out.

        casefold labels cases/* --out labels.csv
        casefold train labels.csv --out ours.model

    0 written · 2 nobody labelled a page of these · 8 a folder holds no case
    """
    found = wait(labels_of(cases, accepted=accepted))
    if isinstance(found, Failure):
        fail_on(found.failure())
    rows = found.unwrap()
    if not rows:
        fail("nobody labelled a page of these cases; see `casefold review`, or take --accepted", Exit.USAGE)
    try:
        with replacing(out) as file:
            file.write(labels_table(rows, out))
    except OSError as error:
        fail(f"{out}: {error.strerror}", Exit.STORAGE)
    OUT.print(f"{out}: {len(rows)} labelled pages", markup=False)
