"""``casefold synth``."""

import difflib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from casefold.kernel.canonical import Json
from casefold.kernel.results import Failure
from casefold_shells.cli.app import ERR, OUT, app, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.progress import PageCount

EXTRA = ("reportlab", "faker", "numpy", "PIL", "pikepdf", "pypdfium2")


@app.command()
def synth(
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where the files go.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same bytes.")] = 1,
    pages: Annotated[int, typer.Option("--pages", min=1, max=5_000, help="How long each file should be.")] = 250,
    file_type: Annotated[str, typer.Option("--file-type", metavar="NAME", help="us-purchase or kyc.")] = "us-purchase",
    packages: Annotated[int, typer.Option("--packages", min=1, help="How many; each takes the next seed.")] = 1,
    quality: Annotated[str, typer.Option("--quality", help="clean, scan, fax, photo or mixed.")] = "clean",
    order: Annotated[str, typer.Option("--order", help="stacked, mixed, shuffled or interleaved.")] = "mixed",
    layout: Annotated[
        list[str] | None, typer.Option("--layout", metavar="NAME", help="Take this layout for its class; repeatable.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without-layout", metavar="NAME", help="Leave this layout out; repeatable.")
    ] = None,
    defects: Annotated[
        str, typer.Option("--defects", metavar="N|KIND,...", help="So many defects, or these kinds of them.")
    ] = "0",
    separators: Annotated[
        int, typer.Option("--separators", min=0, max=100, metavar="PERCENT", help="Documents behind a separator sheet.")
    ] = 0,
    blanks: Annotated[
        int, typer.Option("--blanks", min=0, max=100, metavar="PERCENT", help="Pages that a blank one follows.")
    ] = 0,
    duplicates: Annotated[
        int, typer.Option("--duplicates", min=0, max=100, metavar="PERCENT", help="Pages that come twice.")
    ] = 0,
    missing: Annotated[
        int, typer.Option("--missing", min=0, max=100, metavar="PERCENT", help="Long documents that lack pages.")
    ] = 0,
    layouts: Annotated[bool, typer.Option("--layouts", help="List layouts and kinds of defect, and exit.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Make up coherent loan files with their truth, for training, tests and demonstrations.

    One borrower's numbers agree through the whole file, until --defects breaks some on purpose. Nobody in it exists.
    Beside NAME.pdf stand NAME.truth.json, which `casefold eval` reads, and NAME.facts.json: every value with its page
    and box, and the defects with the rules they break.
    """
    absent = [name for name in EXTRA if find_spec(name) is None]
    if absent:
        fail(f"{', '.join(absent)} cannot be imported; install casefold[synth]", Exit.USAGE)
    from casefold_adapters.synth.catalogue import FAMILIES, LAYOUTS
    from casefold_adapters.synth.chance import Chance
    from casefold_adapters.synth.defects import DEFECTS, drawn_kinds
    from casefold_adapters.synth.packages import ORDERS, QUALITIES, Request, compose
    from casefold_adapters.synth.plans import FILE_TYPES
    from casefold_adapters.synth.writing import write

    if layouts:
        _list(
            [(each.label, each.family) for each in LAYOUTS],
            {kind: each.rule for kind, each in DEFECTS.items()},
            as_json,
        )
        return
    if out is None:
        fail("say where the files go with --out DIR", Exit.USAGE)
    _one_of("--file-type", file_type, FILE_TYPES)
    _one_of("--quality", quality, QUALITIES)
    _one_of("--order", order, ORDERS)
    for family in (*(layout or ()), *(without or ())):
        _one_of("--layout", family, FAMILIES)
    named = () if defects.isdecimal() else tuple(kind.strip() for kind in defects.split(",") if kind.strip())
    for kind in named:
        _one_of("--defects", kind, tuple(DEFECTS))
    count = int(defects) if defects.isdecimal() else 0
    if count > len(DEFECTS):
        fail(f"--defects: there are {len(DEFECTS)} kinds of defect, not {count}", Exit.USAGE)
    done: list[dict[str, Json]] = []
    try:
        with PageCount(ERR) as progress:
            for number in range(seed, seed + packages):
                request = Request(
                    str(number), pages, file_type, quality, order, tuple(layout or ()), tuple(without or ()),
                    named or drawn_kinds(Chance(f"{number}/kinds"), count), separators, blanks, duplicates, missing,
                )  # fmt: skip
                progress.file(f"{file_type}-{number}", pages)
                package = compose(request, lambda page: progress.page(page, "drawing"))
                progress.file(f"{file_type}-{number}", len(package.stream))
                written = write(package, out, lambda page: progress.page(page, "scanning"))
                if isinstance(written, Failure):
                    fail(f"{written.failure().path}: {written.failure().detail}", Exit.STORAGE)
                row: dict[str, Json] = {
                    "file": str(written.unwrap()[0]),
                    "pages": len(package.stream),
                    "documents": len(package.documents),
                    "defects": [defect.kind for defect in package.defects],
                }
                done.append(row)
                if not as_json:
                    OUT.print(_line(row, tuple(defect.kind for defect in package.defects)), soft_wrap=True)
    except KeyboardInterrupt:
        ERR.print(f"casefold: stopped; {len(done)} of {packages} files are whole, none is half.", soft_wrap=True)
        raise typer.Exit(Exit.INTERRUPTED) from None
    if as_json:
        OUT.print(json.dumps({"files": done}), soft_wrap=True)


def _line(row: dict[str, Json], defects: tuple[str, ...]) -> str:
    broken = f", defects: {', '.join(defects)}" if defects else ""
    return f"{row['file']}: {row['pages']} pages, {row['documents']} documents{broken}"


def _one_of(option: str, given: str, known: tuple[str, ...]) -> None:
    if given in known:
        return
    near = difflib.get_close_matches(given, known, 3)
    hint = f"did you mean {', '.join(near)}?" if near else f"it is one of {', '.join(known)}"
    more = "; `casefold synth --layouts` lists them" if option in {"--layout", "--defects"} and near else ""
    fail(f"{option}: there is no {given!r}; {hint}{more}", Exit.USAGE)


def _list(layouts: list[tuple[str, str]], defects: dict[str, str], as_json: bool) -> None:
    if as_json:
        by_class: dict[str, list[str]] = {}
        for label, family in layouts:
            by_class.setdefault(label, []).append(family)
        OUT.print(json.dumps({"layouts": by_class, "defects": defects}), soft_wrap=True)
        return
    for title, rows, columns in (
        ("layouts", layouts, ("class", "layout")),
        ("defects", list(defects.items()), ("defect", "rule")),
    ):
        table = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
        for column in columns:
            table.add_column(column)
        for left, right in rows:
            table.add_row(left, right)
        OUT.print(table)
