"""``casefold taxonomy lint|diff|show|schema``."""

import json
from typing import Annotated

import typer
from rich.table import Table

from casefold.taxonomy.codec import taxonomy_digest
from casefold.taxonomy.diff import diff as difference
from casefold.taxonomy.lint import Severity
from casefold.taxonomy.lint import lint as problems_of
from casefold.taxonomy.model import DocumentClass, Taxonomy
from casefold.taxonomy.patterns import describe
from casefold.taxonomy.schema import json_schema
from casefold_shells.cli.app import ERR, OUT, app, fail, taxonomy_or_leave
from casefold_shells.cli.codes import Exit

commands = typer.Typer(no_args_is_help=True, help="Look at taxonomies: lint, diff, show, schema.")
app.add_typer(commands, name="taxonomy")

Name = Annotated[str, typer.Argument(metavar="NAME|FILE", help="A shipped taxonomy, or a TOML file.")]


@commands.command()
def lint(name: Name = "lending-us") -> None:
    """Find what is wrong with a taxonomy. Exit code 1 if anything is worse than a warning."""
    problems = problems_of(taxonomy_or_leave(name))
    for problem in problems:
        style = "red" if problem.severity is Severity.ERROR else "yellow"
        text = f"{problem.severity.value}: {problem.place}: {problem.fault.value}: {problem.detail}"
        ERR.print(text, style=style, markup=False, soft_wrap=True)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    OUT.print(f"{errors} errors, {len(problems) - errors} warnings")
    if errors:
        raise typer.Exit(Exit.DIFFERS)


@commands.command()
def diff(before: Name, after: Name) -> None:
    """Say what changed from one taxonomy to another, by class and signal."""
    changes = difference(taxonomy_or_leave(before), taxonomy_or_leave(after))
    for change in changes:
        match change.before, change.after:
            case None, new:
                OUT.print(f"+ {change.place}: {new}", style="green", markup=False, soft_wrap=True)
            case old, None:
                OUT.print(f"- {change.place}: {old}", style="red", markup=False, soft_wrap=True)
            case old, new:
                OUT.print(f"~ {change.place}: {old} → {new}", style="yellow", markup=False, soft_wrap=True)
    OUT.print(f"{len(changes)} changes")


@commands.command()
def show(
    name: Name = "lending-us",
    class_id: Annotated[str | None, typer.Option("--class", metavar="ID", help="Show all of one class.")] = None,
) -> None:
    """List a taxonomy's classes and file types, or all that is known of one class."""
    taxonomy = taxonomy_or_leave(name)
    if class_id is not None:
        found = next((each for each in taxonomy.classes + taxonomy.outside if each.id == class_id), None)
        if found is None:
            fail(f"{name} has no class {class_id!r}; list them with `casefold taxonomy show`", Exit.USAGE)
        _show_class(found)
        return
    OUT.print(f"{taxonomy.name} {taxonomy.version}: {taxonomy.title}", style="bold", markup=False)
    OUT.print(taxonomy_digest(taxonomy), markup=False)
    _show_classes(taxonomy)
    for kind in taxonomy.file_types:
        OUT.print(f"\nfile type {kind.id}: {kind.title}", style="bold", markup=False)
        for requirement in kind.required:
            OUT.print(f"  {requirement.title}", markup=False)


def _show_classes(taxonomy: Taxonomy) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("class", "family", "title", "pages", "signals"):
        table.add_column(column, overflow="fold")
    for each in taxonomy.classes + taxonomy.outside:
        table.add_row(each.id, each.family, each.title, _pages(each), str(len(each.signals)))
    OUT.print(table)


def _pages(each: DocumentClass) -> str:
    most = "any" if each.pages.max is None else str(each.pages.max)
    return f"{each.pages.min}-{most}"


def _show_class(each: DocumentClass) -> None:
    OUT.print(f"{each.id}: {each.title}", style="bold", markup=False)
    OUT.print(f"family {each.family}, {_pages(each)} pages, {each.sensitivity.value}", markup=False)
    OUT.print(f"told apart by {', '.join(key.value for key in each.identity) or 'nothing'}", markup=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("dB", justify="right")
    for column in ("signal", "where", "cue", "variant", "source"):
        table.add_column(column, overflow="fold")
    for signal in sorted(each.signals, key=lambda signal: -signal.weight):
        cue = signal.cue.value if signal.cue is not None else ""
        table.add_row(
            f"{signal.weight:+d}", describe(signal), signal.where.value, cue, signal.variant or "", signal.source
        )
    OUT.print(table)


@commands.command()
def schema() -> None:
    """Print the JSON Schema of taxonomy files, for editors."""
    OUT.print(json.dumps(json_schema(), indent=2), markup=False, soft_wrap=True)
