"""The program: its commands, and what they share."""

import asyncio
import logging
import sys
from collections.abc import Coroutine, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from attrs import evolve
from rich.console import Console
from typer.models import CommandInfo

from casefold.case.record import Artifacts
from casefold.fields.compiled import ReadyFields, compile_fields
from casefold.kernel.results import Failure
from casefold.pages.certificates import Stage
from casefold.pages.labels import DEFAULT_THRESHOLDS, under
from casefold.pages.local.model import LocalModel
from casefold.pages.signals import compile_taxonomy
from casefold.taxonomy.lint import Severity, lint
from casefold.taxonomy.model import UNKNOWN, Taxonomy
from casefold.validation.ready import ReadyRules, ready_rules
from casefold.vision.tier import VisionTier
from casefold_adapters import local_models
from casefold_adapters.local_models import ModelMalformed, ModelUnreadable
from casefold_adapters.ocr.cache import default_folder
from casefold_adapters.search import aho_corasick
from casefold_adapters.taxonomies import (
    SHIPPED,
    SHIPPED_FIELDS,
    SHIPPED_RULES,
    TaxonomyMalformed,
    TaxonomyUnreadable,
    load,
    load_fields,
    load_rules,
)
from casefold_shells.cli.codes import Exit, exit_of, words
from casefold_shells.collecting import collect_rarely
from casefold_shells.packages import RunError
from casefold_shells.recognising import NOTHING, Ocr, Recognising, missing_words, recognising
from casefold_shells.stages import stages_of
from casefold_shells.thresholds import read_thresholds

Value = TypeVar("Value")

OUT = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 4096)
"""What a command answers."""

ERR = Console(stderr=True, highlight=False, markup=False, emoji=False)
"""What goes on while it works, and what goes wrong."""

app = typer.Typer(
    name="casefold",
    help=(
        "From a borrower's loan file to labelled documents, with a trail that anyone can verify.\n\n"
        "Start with: [bold]casefold run PACKAGE.pdf --out cases[/bold], then open cases/PACKAGE/report.html."
    ),
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        OUT.print(f"casefold {version('casefold')}")
        raise typer.Exit(Exit.OK)


@app.callback()
def casefold(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is, and exit.")
    ] = False,
) -> None:
    """Take the options that stand before any command."""


TaxonomyOption = Annotated[
    str,
    typer.Option(
        "--taxonomy", metavar="NAME|FILE", help=f"A shipped taxonomy ({', '.join(SHIPPED)}) or a TOML file of your own."
    ),
]
NO_FIELDS = "none"
"""The name that stands for no field specifications."""

FieldsOption = Annotated[
    str,
    typer.Option(
        "--fields",
        metavar="NAME|FILE",
        help=f"Field specifications ({', '.join(SHIPPED_FIELDS)}), a TOML file of your own, or {NO_FIELDS}.",
    ),
]
RulesOption = Annotated[
    str,
    typer.Option(
        "--rules",
        metavar="NAME|FILE",
        help=f"Rules across documents ({', '.join(SHIPPED_RULES)}), a TOML file of your own, or {NO_FIELDS}.",
    ),
]
FileTypeOption = Annotated[
    str | None,
    typer.Option(
        "--file-type", metavar="NAME", help="Check the file as this kind; `casefold taxonomy show` lists the kinds."
    ),
]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME|FILE",
        help="The local model that speaks of pages beside the taxonomy: `default` for the one shipped for it, `none`, "
        "or a file that `casefold train` wrote.",
    ),
]
PasswordOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file", metavar="FILE", help="A file whose first line opens encrypted PDFs; it is never recorded."
    ),
]
ThresholdsOption = Annotated[
    Path | None,
    typer.Option(
        "--thresholds",
        metavar="FILE",
        help="How sure a label must be, as `casefold calibrate` wrote it; without it, 99 %, a convention.",
    ),
]
OcrOption = Annotated[
    Ocr,
    typer.Option(
        "--ocr",
        help="What recognises scans: auto takes Tesseract where its data are installed, then rapidocr for what stays "
        "unsure; without Tesseract rapidocr alone; else nothing.",
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option("--ocr-language", metavar="CODE", help="What Tesseract reads, such as eng or eng+spa."),
]
QuickOption = Annotated[
    bool,
    typer.Option("--ocr-quick", help="Recognise tops of pages first, and whole pages only where labels stay unsure."),
]
SecondOption = Annotated[
    bool | None,
    typer.Option(
        "--second-opinion/--no-second-opinion",
        show_default="with --ocr auto, where rapidocr is installed",
        help="Have rapidocr read recognised pages that stay unsure, too.",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, show_default="as many as processors", help="Pages recognised at once."),
]
CacheOption = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        metavar="DIR",
        help="Where recognised pages are kept, so that none is recognised twice; else $CASEFOLD_CACHE or your cache.",
    ),
]
CaseArgument = Annotated[Path, typer.Argument(metavar="DIR", help="A case's folder, as `casefold run` left it.")]


def fail(message: str, code: Exit) -> NoReturn:
    """Say what is wrong and leave."""
    ERR.print(f"casefold: {message}", style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def fail_on(error: RunError) -> NoReturn:
    """Say what is wrong with a case and leave."""
    fail(words(error), exit_of(error))


def taxonomy_or_leave(name: str) -> Taxonomy:
    """Load a taxonomy, or say what is wrong with it."""
    loaded = load(name)
    if isinstance(loaded, Failure):
        fail(_taxonomy_words(loaded.failure()), Exit.TAXONOMY)
    return loaded.unwrap()


def _taxonomy_words(error: TaxonomyUnreadable | TaxonomyMalformed) -> str:
    match error:
        case TaxonomyUnreadable(path, detail):
            return f"{path}: {detail}; name a TOML file, or one of: {', '.join(SHIPPED)}"
        case TaxonomyMalformed(path, problems):
            listed = "\n".join(f"  {problem}" for problem in problems)
            return f"{path}: it is no taxonomy; mend these places:\n{listed}"


def fields_or_leave(name: str) -> ReadyFields | None:
    """Load and compile field specifications, or say what is wrong with them."""
    if name == NO_FIELDS:
        return None
    loaded = load_fields(name)
    if isinstance(loaded, Failure):
        fail(_words(loaded.failure(), "field specifications", SHIPPED_FIELDS), Exit.TAXONOMY)
    compiled = compile_fields(loaded.unwrap(), aho_corasick)
    if isinstance(compiled, Failure):
        bad = compiled.failure()
        fail(f"{name}: class {bad.label}, field {bad.field or 'none'}: {bad.fault}", Exit.TAXONOMY)
    return compiled.unwrap()


def rules_or_leave(name: str, fields: ReadyFields | None) -> ReadyRules | None:
    """Load rules across documents and make them ready over *fields*, or say what is wrong with them."""
    if name == NO_FIELDS or fields is None:
        return None
    loaded = load_rules(name)
    if isinstance(loaded, Failure):
        fail(_words(loaded.failure(), "rule set", SHIPPED_RULES), Exit.TAXONOMY)
    made = ready_rules(loaded.unwrap(), fields.specs)
    if isinstance(made, Failure):
        bad = made.failure()
        fail(f"{name}: rule {bad.rule}, {bad.part}: {bad.detail}", Exit.TAXONOMY)
    return made.unwrap()


def _words(error: TaxonomyUnreadable | TaxonomyMalformed, what: str, shipped: Sequence[str]) -> str:
    match error:
        case TaxonomyUnreadable(path, detail):
            return f"{path}: {detail}; name a TOML file, or one of: {', '.join((*shipped, NO_FIELDS))}"
        case TaxonomyMalformed(path, problems):
            listed = "\n".join(f"  {problem}" for problem in problems)
            return f"{path}: it is no {what}; mend these places:\n{listed}"


DEFAULT_MODEL = "default"
NO_MODEL = "none"


def model_or_leave(name: str, taxonomy: Taxonomy) -> LocalModel | None:
    """Load the local model that speaks of pages under *taxonomy*, or say what is wrong with it."""
    if name == NO_MODEL or (name == DEFAULT_MODEL and taxonomy.name not in local_models.SHIPPED):
        return None
    loaded = local_models.load(taxonomy.name if name == DEFAULT_MODEL else name)
    if isinstance(loaded, Failure):
        fail(_model_words(loaded.failure()), Exit.USAGE)
    model = loaded.unwrap()
    known = {UNKNOWN, *(each.id for each in (*taxonomy.classes, *taxonomy.outside))}
    strange = sorted(set(model.labels) - known)
    if strange and name != DEFAULT_MODEL:
        listed = ", ".join(strange[:5])
        fail(f"{name}: it was trained for other classes than {taxonomy.name} has ({listed}); train it anew", Exit.USAGE)
    return None if strange else model


def _model_words(error: ModelUnreadable | ModelMalformed) -> str:
    match error:
        case ModelUnreadable(path, detail):
            return f"{path}: {detail}; name a file that `casefold train` wrote, `{DEFAULT_MODEL}` or `{NO_MODEL}`"
        case ModelMalformed(path, problems):
            listed = "\n".join(f"  {problem}" for problem in problems)
            return f"{path}: it is no local model:\n{listed}"


def artifacts_or_leave(
    name: str,
    file_type: str | None,
    thresholds: Path | None = None,
    model: str = DEFAULT_MODEL,
    how: Recognising = NOTHING,
    vision: VisionTier | None = None,
    *,
    recalls: bool = False,
) -> Artifacts:
    """Load a taxonomy that knows the file type, a local model and thresholds, or say what is wrong.

    The thresholds' certificate is held against all that a run with *vision*, or that *recalls*, goes through.
    """
    taxonomy = taxonomy_or_leave(name)
    errors = [problem for problem in lint(taxonomy) if problem.severity is Severity.ERROR]
    if errors:
        listed = "\n".join(f"  {each.place}: {each.fault.value}: {each.detail}" for each in errors)
        fail(f"{name}: it cannot be used; mend these places (see `casefold taxonomy lint`):\n{listed}", Exit.TAXONOMY)
    compiled = compile_taxonomy(taxonomy, aho_corasick)
    if isinstance(compiled, Failure):
        bad = compiled.failure()
        fail(f"{name}: signal {bad.signal + 1} of class {bad.label}: {bad.fault}", Exit.TAXONOMY)
    kinds = [kind.id for kind in taxonomy.file_types]
    if file_type is not None and file_type not in kinds:
        fail(f"{name} has no file type {file_type!r}; it has {', '.join(kinds) or 'none'}", Exit.USAGE)
    spoken = evolve(compiled.unwrap(), model=model_or_leave(model, taxonomy))
    artifacts = Artifacts(spoken, DEFAULT_THRESHOLDS, vision=vision)
    return _under(artifacts, thresholds, stages_of(artifacts, how.plan, recalls=recalls))


def _under(artifacts: Artifacts, path: Path | None, stages: tuple[Stage, ...]) -> Artifacts:
    """Take the thresholds of a file, and say so where what was certified is no longer what runs."""
    if path is None:
        return artifacts
    found = read_thresholds(path)
    if isinstance(found, Failure):
        bad = found.failure()
        listed = "\n".join(f"  {problem}" for problem in bad.problems)
        fail(f"{path}: these are no thresholds; mend these places, or calibrate again:\n{listed}", Exit.USAGE)
    thresholds = under(found.unwrap(), stages)
    if thresholds.void:
        changed = ", ".join(thresholds.void)
        ERR.print(
            f"casefold: {path}: its certificate is void, for {changed} changed; nothing is certified, calibrate again",
            style="yellow",
            markup=False,
            soft_wrap=True,
        )
    return evolve(artifacts, thresholds=thresholds)


def recognising_or_leave(
    ocr: Ocr,
    language: str = "eng",
    workers: int | None = None,
    cache: Path | None = None,
    *,
    quick: bool = False,
    second: bool | None = None,
) -> Recognising:
    """Find the engines that recognise pages, or leave because one that was asked for is not here."""
    found = recognising(ocr, language, workers, cache or default_folder(), quick=quick, second=second)
    if isinstance(found, Failure):
        fail(missing_words(found.failure()), Exit.USAGE)
    return found.unwrap()


def password_or_leave(path: Path | None) -> str | None:
    """Read a password from the first line of a file."""
    if path is None:
        return None
    try:
        return path.read_text("utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{path}: the password cannot be read: {error}", Exit.MISSING)


def wait(work: Coroutine[Any, Any, Value]) -> Value:
    """Run *work* to its end; Ctrl-C ends it cleanly."""
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of children that we end ourselves
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        ERR.print("casefold: stopped; all that was recorded is kept. Run the same command to go on.", soft_wrap=True)
        raise typer.Exit(Exit.INTERRUPTED) from None


ORDER = (
    "run",
    "batch",
    "review",
    "labels",
    "remember",
    "explain",
    "decide",
    "override",
    "approve",
    "verify",
    "replay",
    "eval",
    "train",
    "calibrate",
    "synth",
)
"""The commands in the order in which a newcomer needs them."""


def _place(command: CommandInfo) -> int:
    name = command.name or (command.callback.__name__ if command.callback is not None else "")
    return ORDER.index(name)


def main() -> None:
    """Run the program."""
    collect_rarely()
    import_module("casefold_shells.cli.commands")  # registers the commands on `app`
    app.registered_commands.sort(key=_place)
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(Exit.OK) from None
