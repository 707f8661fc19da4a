"""``casefold train``."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from casefold.kernel.results import Failure
from casefold.pages.local.codec import write_model
from casefold.taxonomy.codec import taxonomy_digest
from casefold_shells.cli.app import ERR, OUT, TaxonomyOption, app, fail, taxonomy_or_leave, wait
from casefold_shells.cli.codes import Exit
from casefold_shells.folds import FOLDS_FILE
from casefold_shells.training import gather

EXTRA = ("sklearn", "numpy", "scipy")


@app.command()
def train(
    labels: Annotated[
        list[Path],
        typer.Argument(
            metavar="LABELS...",
            help="NAME.truth.json beside NAME.pdf; folders of reviewed cases; or tables (CSV) of file, page and label, "
            "with family and origin where known.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MODEL", help="Where the model goes; its card beside it.")],
    taxonomy: TaxonomyOption = "lending-us",
    name: Annotated[str | None, typer.Option("--name", help="What the model is called; the taxonomy's name.")] = None,
    version: Annotated[str, typer.Option("--version", help="Its version.")] = "1.0.0",
    folds: Annotated[
        Path | None,
        typer.Option("--folds", metavar="DIR", help="Keep the models that have not seen one group of families each."),
    ] = None,
    wording: Annotated[
        int, typer.Option("--wording", min=0, help="Pages made up from the taxonomy's phrases, for each class.")
    ] = 12,
    copies: Annotated[
        int, typer.Option("--copies", min=0, help="How often each page is repeated with the slips of a bad scan.")
    ] = 1,
    worth_max: Annotated[
        int, typer.Option("--worth-max", min=1, max=60, help="Decibans that an opinion is worth at most.")
    ] = 8,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same labels and seed give the same bytes.")] = 1,
) -> None:
    """Train the local model from pages whose labels are known.

    Where rules find no phrase, or a scan spoilt it, the model tells pages by runs of letters. Give it what people
    reviewed: pages of a case that were accepted or labelled by hand. A family is pages that look alike (one bank's
    statements, one payroll provider's stubs): what an opinion is worth is learnt on families left out of training, so
    name them, or each file counts as one.

        casefold train cases/* --out ours.model
        casefold run PACKAGE.pdf --out cases --model ours.model

    Pages without words are left out: run scans first, and train on their cases. Beside MODEL are MODEL.md and
    MODEL.json, which say what it was trained on and how often it was right on families that it had not seen.

    0 trained · 2 nothing to train on, or casefold[train] is not installed · 3 labels that cannot be read
    """
    absent = [each for each in EXTRA if find_spec(each) is None]
    if absent:
        fail(f"{', '.join(absent)} cannot be imported; install casefold[train]", Exit.USAGE)
    from casefold_adapters.training.cards import card_text, card_value
    from casefold_adapters.training.fitting import Settings, publish
    from casefold_adapters.training.folds import train as fit
    from casefold_adapters.training.wording import worded

    known = taxonomy_or_leave(taxonomy)
    gathered = wait(gather(known, labels))
    if isinstance(gathered, Failure):
        fail(f"{gathered.failure().path}: {gathered.failure().detail}", Exit.MISSING)
    found = gathered.unwrap()
    if not found.samples:
        fail("none of these pages has words to learn from", Exit.USAGE)
    samples = [*worded(known, wording, seed), *found.samples]
    if len({sample.label for sample in samples}) < 2:
        fail("all of these pages have one label; a model needs at least two", Exit.USAGE)
    settings = Settings(worth_max=worth_max)
    ERR.print(f"{len(found.samples):,} pages, and {len(samples) - len(found.samples):,} made up from phrases")
    with ERR.status("fitting") as status:
        trained = fit(samples, settings, copies, seed, lambda doing: status.update(f"fitting {doing}"))
    card = card_value(samples, found.wordless, trained, settings, copies, seed)
    about = (name or known.name, version, taxonomy_digest(known), card)
    model = publish(trained.fitted, trained.slope, settings, *about)
    try:
        out.write_bytes(write_model(model))
        out.with_name(f"{out.name}.md").write_text(card_text(model), "utf-8")
        out.with_name(f"{out.name}.json").write_text(json.dumps(card, indent=2, sort_keys=True) + "\n", "utf-8")
        if folds is not None:
            folds.mkdir(parents=True, exist_ok=True)
            families: dict[str, str] = {}
            for number, fold in enumerate(trained.folds, 1):
                file = f"fold-{number}.model"
                (folds / file).write_bytes(write_model(publish(fold.fitted, trained.slope, settings, *about)))
                families |= dict.fromkeys(fold.families, file)
            listed = json.dumps({"families": families}, indent=2, sort_keys=True)
            (folds / FOLDS_FILE).write_text(listed + "\n", "utf-8")
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}", Exit.STORAGE)
    OUT.print(f"{out}: {model.name} {model.version}, {len(model.labels)} labels, {model.digest}", markup=False)
