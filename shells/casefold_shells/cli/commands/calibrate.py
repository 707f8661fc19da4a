"""``casefold calibrate``."""

import json
import os
import tempfile
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from casefold.calibration.bounds import Ask, is_askable, units_needed
from casefold.calibration.certifying import certified
from casefold.calibration.strata import Plan
from casefold.calibration.walking import grid
from casefold.documents.evaluation import Package
from casefold.kernel.odds import DECIBANS_MAX, PPM
from casefold.pages.certificates import NEVER, Level, Standing
from casefold.pages.labels import DEFAULT_THRESHOLDS, Thresholds
from casefold_adapters.files.atomic import replacing
from casefold_shells.calibrating.page import page_of
from casefold_shells.calibrating.telling import Money, told
from casefold_shells.cli.app import (
    DEFAULT_MODEL,
    OUT,
    CacheOption,
    FileTypeOption,
    ModelOption,
    OcrOption,
    TaxonomyOption,
    app,
    artifacts_or_leave,
    fail,
    recognising_or_leave,
)
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.asking import BudgetOption, VisionOption, vision_or_leave
from casefold_shells.cli.commands.evaluate import labelled_or_leave, packages_or_leave
from casefold_shells.packages import Run, folders_for
from casefold_shells.recognising import Ocr
from casefold_shells.stages import stages_of
from casefold_shells.thresholds import stratum_words, thresholds_toml


@app.command()
def calibrate(
    truth: Annotated[
        list[Path],
        typer.Argument(metavar="TRUTH...", help="Files of labels, as `casefold eval` takes them; or folders of them."),
    ],
    risk: Annotated[
        str, typer.Option("--risk", metavar="SHARE", help="The share of errors allowed among what is accepted.")
    ] = "0.01",
    confidence: Annotated[
        str, typer.Option("--confidence", metavar="SHARE", help="How sure of that you want to be, for each kind.")
    ] = "0.95",
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the thresholds go.")] = Path(
        "thresholds.toml"
    ),
    report: Annotated[
        Path | None, typer.Option("--report", metavar="DIR", help="Where calibration.html and .json go; beside --out.")
    ] = None,
    cases: Annotated[
        Path | None, typer.Option("--cases", metavar="DIR", help="Where cases are; what is not there is run into it.")
    ] = None,
    taxonomy: TaxonomyOption = "lending-us",
    file_type: FileTypeOption = None,
    model: ModelOption = DEFAULT_MODEL,
    ocr: OcrOption = Ocr.AUTO,
    cache: CacheOption = None,
    pages_from: Annotated[
        int,
        typer.Option("--pages-from", min=0, max=DECIBANS_MAX, metavar="DB", help="The strictest odds to try of pages."),
    ] = 30,
    documents_from: Annotated[
        int,
        typer.Option(
            "--documents-from", min=0, max=DECIBANS_MAX, metavar="DB", help="The strictest odds to try of documents."
        ),
    ] = 20,
    seed: Annotated[str, typer.Option("--seed", help="What the draws depend on.")] = "1",
    borrow: Annotated[
        bool,
        typer.Option("--borrow", help="Let a class try, on scans, the threshold it earned on text layers; and back."),
    ] = False,
    accept_uncertified: Annotated[
        bool,
        typer.Option(
            "--accept-uncertified", help="Accept what is not certified at 99 %, marked so; else a person looks at it."
        ),
    ] = False,
    day: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The date of the certificate; today.")
    ] = None,
    page_cost: Annotated[str, typer.Option("--page-cost", help="What reading a page costs.")] = "0.001",
    review_cost: Annotated[str, typer.Option("--review-cost", help="What a person's look at a page costs.")] = "0.25",
    error_cost: Annotated[str, typer.Option("--error-cost", help="What an error that is accepted costs.")] = "25",
    vision: VisionOption = None,
    budget: BudgetOption = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many packages to run at a time.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Find how sure a label must be, so that few enough of those accepted are wrong, with a certificate.

    Labelled packages show it, one kind of label at a time: class, and whether its words stand in the file or were
    recognised. Kinds with too few of them are called uncertified, and the answer says how many more it takes: one
    error in a hundred at 95 % asks for 299 packages without an error.

    Where to begin (--pages-from, --documents-from; 20 decibans are 99 %, 30 are 99.9 %) and the seed are chosen before
    you look: to try again on the same packages until it suits voids what is promised.

    With --vision a language model is asked about pages as `casefold run` does, and what is certified is the whole
    cascade: it holds for runs that ask the same model in the same way, with the same --budget.

    Writes thresholds.toml for `casefold run --thresholds`, calibration.html for people, calibration.json for programs.
    """
    ask = _ask_or_leave(risk, confidence)
    money = Money(
        _amount_or_leave("--page-cost", page_cost),
        _amount_or_leave("--review-cost", review_cost),
        _amount_or_leave("--error-cost", error_cost),
    )
    made = _day_or_leave(day)
    labelled = labelled_or_leave(truth)
    how = recognising_or_leave(ocr, workers=max(1, (os.cpu_count() or 1) // jobs), cache=cache)
    asking = vision_or_leave(vision, budget)
    tier, server = (None, None) if asking is None else (asking.tier, asking.server)
    order = Run(
        artifacts_or_leave(taxonomy, file_type, None, model, how, tier), file_type, recognising=how, vision=server
    )
    with tempfile.TemporaryDirectory(prefix="casefold-calibrate-") as scratch:
        place = cases or Path(scratch)
        found = packages_or_leave(order, labelled, place, keep=cases is not None, jobs=jobs, alike=True)
    names = [folder.path.name for folder in folders_for([item.package for item in labelled], Path())]
    packages = dict(zip(names, (each.package for each in found), strict=True))
    otherwise = DEFAULT_THRESHOLDS.confidence_min_ppm if accept_uncertified else NEVER
    tries = {Level.PAGE: grid(pages_from), Level.DOCUMENT: grid(documents_from)}
    plan = Plan(ask, tries, seed, borrow, otherwise)
    thresholds = certified(packages, plan, stages_of(order.artifacts, how.plan), made)
    value = told(packages, thresholds, money)
    folder = report or out.parent
    _write_or_leave(out, thresholds_toml(thresholds))
    _write_or_leave(folder / "calibration.json", json.dumps(value, indent=1, ensure_ascii=False) + "\n")
    _write_or_leave(folder / "calibration.html", page_of(value))
    if as_json:
        OUT.print(json.dumps(value), markup=False, soft_wrap=True)
    else:
        _print(thresholds, packages, ask, out)


def _print(thresholds: Thresholds, packages: dict[str, Package], ask: Ask, out: Path) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("standing", "what was found"):
        table.add_column(column, overflow="fold")
    for row in thresholds.strata:
        table.add_row(row.standing.value, stratum_words(row))
    OUT.print(table)
    sure = sum(row.standing is Standing.CERTIFIED for row in thresholds.strata)
    OUT.print(f"{sure} of {len(thresholds.strata)} kinds certified on {len(packages)} packages; wrote {out}")
    if not sure:
        needed = units_needed(0, ask)
        words = f"{needed:,} packages that have a kind certify it" if needed else "no number within reach certifies it"
        OUT.print(f"without an error, {words}")


def _ask_or_leave(risk: str, confidence: str) -> Ask:
    ask = Ask(_ppm_or_leave("--risk", risk), PPM - _ppm_or_leave("--confidence", confidence))
    if not is_askable(ask):
        fail("--risk and --confidence are shares between 0 and 1, such as 0.01 and 0.95", Exit.USAGE)
    return ask


def _ppm_or_leave(option: str, text: str) -> int:
    share = _amount_or_leave(option, text) * PPM
    if share % 1 or share > PPM:
        fail(f"{option} is a share between 0 and 1 with six digits at most, such as 0.01", Exit.USAGE)
    return int(share)


def _amount_or_leave(option: str, text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        fail(f"{option}: {text!r} is no number", Exit.USAGE)
    if not amount.is_finite() or not 0 <= amount <= 10**9:
        fail(f"{option}: {text!r} is not between 0 and a thousand million", Exit.USAGE)
    return amount


def _day_or_leave(text: str | None) -> str:
    if text is None:
        return date.today().isoformat()  # noqa: DTZ011 - the day on the wall of whoever signs it
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        fail(f"--date: {text!r} is no day such as 2026-11-22", Exit.USAGE)


def _write_or_leave(path: Path, text: str) -> None:
    try:
        with replacing(path) as stream:
            stream.write(text.encode())
    except OSError as error:
        fail(f"{path}: {error.strerror or 'it cannot be written'}", Exit.STORAGE)
