"""``casefold eval``."""

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import attrs
import typer
from rich.table import Table

from casefold.case.askedview import Spent, added, asked_value, asked_words
from casefold.documents.evaluation import Measures, measure_tallies
from casefold.documents.quality import Counts, count, figures, qualities, ranking
from casefold.documents.resampling import Interval, intervals
from casefold.kernel.results import Failure
from casefold_shells.cli.app import (
    DEFAULT_MODEL,
    ERR,
    OUT,
    CacheOption,
    FieldsOption,
    FileTypeOption,
    ModelOption,
    OcrOption,
    RulesOption,
    TaxonomyOption,
    ThresholdsOption,
    app,
    artifacts_or_leave,
    fail,
    fields_or_leave,
    recognising_or_leave,
    rules_or_leave,
    wait,
)
from casefold_shells.cli.codes import Exit, exit_of, words
from casefold_shells.cli.commands.asking import BudgetOption, VisionOption, vision_or_leave
from casefold_shells.cli.commands.publishing import FoldsOption, Publishing, publish
from casefold_shells.cli.progress import PackagesProgress
from casefold_shells.evaluating import BadTruth, Labelled, facts_beside, read_truth, suite
from casefold_shells.measuring import Measured, measured
from casefold_shells.packages import Run, folders_for
from casefold_shells.recognising import Ocr

SEED = "1"
"""What the resamples behind intervals depend on."""


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
    fields: FieldsOption = "lending-us-fields",
    rules: RulesOption = "lending-us-rules",
    file_type: FileTypeOption = None,
    thresholds: ThresholdsOption = None,
    model: ModelOption = DEFAULT_MODEL,
    ocr: OcrOption = Ocr.AUTO,
    cache: CacheOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Write quality.md and quality.json there, with rules of thumb beside."
        ),
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="FILE", help="A CSV with file and licence, for --out.")
    ] = None,
    notes: Annotated[
        Path | None, typer.Option("--notes", metavar="FILE", help="What to say of the packages, for --out.")
    ] = None,
    folds: FoldsOption = None,
    vision: VisionOption = None,
    budget: BudgetOption = None,
    more: Annotated[
        list[Path] | None,
        typer.Option("--more", metavar="FILE", help="What another command measured, as JSON, for --out; repeatable."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many packages to run at a time.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Measure labels and documents against the truth.

    Labels are rows {page, label, doc}, one a page; doc says which pages belong together (null: to no document). The
    measures are explained in the reference under "Measures".

    With --out, packages KIND-SEED.pdf are told by kind, with what rules of thumb make of the same labels and with what
    is asked of each kind; stopped anywhere, the same command with --cases goes on, and a case that is there is labelled
    anew from what was read of its pages.

    With --folds beside it, all is told twice: by rules alone, and with local models that saw none of a page's family,
    which the column family of --sources names for each file.

    With --vision a language model is asked as `casefold run` does, and it is said what that cost. Where a package has
    NAME.facts.json, --fields are read and --rules asked, so that what was planted in it can be found.
    """
    paths: list[Path] = [*(files or ()), *(truth or ()), *(suite(root) if root is not None else ())]
    if not paths:
        fail("name files of labels, or --suite ROOT", Exit.USAGE)
    labelled = labelled_or_leave(paths)
    how = recognising_or_leave(ocr, workers=max(1, (os.cpu_count() or 1) // jobs), cache=cache)
    asking = vision_or_leave(vision, budget)
    tier, server = (None, None) if asking is None else (asking.tier, asking.server)
    artifacts = artifacts_or_leave(taxonomy, file_type, thresholds, model, how, tier)
    if out is None and any(facts_beside(item.package) for item in labelled):
        specified = fields_or_leave(fields)
        artifacts = attrs.evolve(artifacts, fields=specified, rules=rules_or_leave(rules, specified))
    order = Run(artifacts, file_type, recognising=how, vision=server)
    with tempfile.TemporaryDirectory(prefix="casefold-eval-") as scratch:
        if out is not None:
            publish(order, labelled, cases or Path(scratch), Publishing(out, sources, notes, folds, more or ()), jobs)
            return
        if folds is not None:
            fail("--folds goes with --out", Exit.USAGE)
        found = packages_or_leave(order, labelled, cases or Path(scratch), keep=cases is not None, jobs=jobs)
    names = [folder.path.name for folder in folders_for([item.package for item in labelled], Path())]
    counts = {name: count(each.package) for name, each in zip(names, found, strict=True)}
    _print(counts, added(each.asked for each in found if each.asked is not None) if tier else None, as_json)


def labelled_or_leave(paths: Sequence[Path]) -> list[Labelled]:
    """Read files of labels, and those below folders, or say what is wrong with one."""
    labelled: list[Labelled] = []
    for path in (each for given in paths for each in (suite(given) if given.is_dir() else (given,))):
        found = read_truth(path)
        if isinstance(found, Failure):
            fail(f"{found.failure().path}: {found.failure().detail}", Exit.MISSING)
        labelled += found.unwrap()
    if not labelled:
        fail("there are no labels; name files NAME.truth.json", Exit.MISSING)
    return labelled


def packages_or_leave(
    order: Run, labelled: Sequence[Labelled], cases: Path, *, keep: bool, jobs: int, alike: bool = False
) -> list[Measured]:
    """Find out what labelled packages come to, or say why one cannot be measured."""
    with PackagesProgress(ERR, len(labelled)) as progress:
        found = wait(measured(order, labelled, cases, progress, keep=keep, jobs=jobs, alike=alike))
    if isinstance(found, Failure):
        package, error = found.failure().package, found.failure().error
        if isinstance(error, BadTruth):
            fail(f"{error.path}: {error.detail}", Exit.CASE)
        fail(f"{package}: {words(error)}", exit_of(error))
    return found.unwrap()


def told(counts: Sequence[Counts]) -> dict[str, object]:
    """Tell everything that is measured of packages."""
    whole = attrs.asdict(measure_tallies([each.tally for each in counts]))
    return {**whole, **attrs.asdict(qualities(counts)), "ranking": attrs.asdict(ranking(counts))}


def _print(counts: Mapping[str, Counts], asked: Spent | None, as_json: bool) -> None:
    every = list(counts.values())
    whole = measure_tallies([each.tally for each in every])
    ranges = intervals(every, figures, SEED)
    if as_json:
        value = {
            "all": {**told(every), "intervals": {name: [each.low, each.high] for name, each in ranges.items()}},
            "packages": {name: told([each]) for name, each in counts.items()},
            "asked": None if asked is None else asked_value(asked),
        }
        OUT.print(json.dumps(value), markup=False, soft_wrap=True)
        return
    each = {name: measure_tallies([mine.tally]) for name, mine in counts.items()}
    _table(whole, each)
    _more(every, ranges)
    if asked is not None:
        OUT.print(asked_words(asked))
    if not whole.conserved:
        fail("not every page appears exactly once; please report it", Exit.BUG)


def _table(whole: Measures, each: Mapping[str, Measures]) -> None:
    shares = ("coverage", "accepted_right", "label_right", "pq", "pq_class", "boundary_f1", "exact", "stp")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("package", overflow="fold")
    for column in ("pages", "docs", *shares):
        table.add_column(column, justify="right")
    for name, measures in [*each.items(), ("all", whole)]:
        values = attrs.asdict(measures)
        shown = [f"{values[share]:.3f}" for share in shares]
        table.add_row(
            name, str(measures.pages), str(measures.documents), *shown, style="bold" if measures is whole else ""
        )
    OUT.print(table)


def _more(counts: Sequence[Counts], ranges: Mapping[str, Interval]) -> None:
    """Say the other measures, each with its interval over packages."""
    OUT.print()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("measure", "all", "95 % of packages drawn anew"):
        table.add_column(column, justify="left" if column == "measure" else "right")
    for name, value in figures(counts).items():
        found = ranges[name]
        table.add_row(name, f"{value:.3f}", f"{found.low:.3f} to {found.high:.3f}" if len(counts) > 1 else "")
    OUT.print(table)
    quality, ranked = qualities(counts), ranking(counts)
    if ranked.auroc is not None and ranked.separation is not None:
        OUT.print(
            f"confidence: AUROC {ranked.auroc:.3f}, separation {ranked.separation:+.3f}, AURC {ranked.aurc:.4f}, "
            f"on {ranked.wrong} errors of {ranked.count}"
        )
    if quality.worst_class is not None:
        OUT.print(f"worst class of 20 pages or more: {quality.worst_class}, {quality.worst_class_right:.3f} right")
    if quality.planted:
        OUT.print(
            f"planted: {quality.planted} defects, {quality.defects_found or 0:.3f} of them found, "
            f"{quality.defect_false_alarms or 0:.2f} false alarms a package"
        )
    OUT.print(f"certified: {quality.certified_pages} pages, {quality.certified_wrong} of them wrong")
