"""``casefold eval --out``: measure a suite and write the page that publishes it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, cast

import typer
from attrs import evolve, frozen

from casefold.kernel.results import Failure
from casefold_adapters.files.atomic import replacing
from casefold_shells.cli.app import ERR, OUT, fail, wait
from casefold_shells.cli.codes import Exit, exit_of, words
from casefold_shells.cli.progress import PackagesProgress
from casefold_shells.evaluating import BadTruth, Labelled
from casefold_shells.folds import read_folds
from casefold_shells.measuring import Unseen, seen
from casefold_shells.packages import Run
from casefold_shells.suite.more import is_measured
from casefold_shells.suite.page import page_of
from casefold_shells.suite.telling import Source, read_sources, told

PAGE = "quality.md"
JSON = "quality.json"


FoldsOption = Annotated[
    Path | None,
    typer.Option(
        "--folds",
        metavar="DIR",
        help="Local models that have not seen all families, as `casefold train --folds` kept them; for --out.",
    ),
]


@frozen
class Publishing:
    """Where a suite's figures go, and what is said beside them.

    Attributes:
        sources: Where pages come from.
        notes: What the packages are.
        folds: Local models by family; ``None`` to tell of one way alone.
        more: What other commands measured.
    """

    out: Path
    sources: Path | None
    notes: Path | None
    folds: Path | None = None
    more: Sequence[Path] = ()


def publish(order: Run, labelled: Sequence[Labelled], cases: Path, publishing: Publishing, jobs: int) -> None:
    """Measure a suite, write the page, and say what is not met."""
    sources, notes = _read_or_leave(publishing)
    more = [_measured_or_leave(path) for path in publishing.more]
    unseen = _unseen_or_leave(order, publishing, sources)
    alone = order if unseen is None else _without_model(order)
    with PackagesProgress(ERR, len(labelled)) as progress:
        found = wait(seen(alone, labelled, cases, progress, jobs, unseen))
    if isinstance(found, Failure):
        package, error = found.failure().package, found.failure().error
        assert not isinstance(error, BadTruth), "a suite reads cases by their log"
        fail(f"{package}: {words(error)}", exit_of(error))
    value = told(alone, labelled, found.unwrap(), sources, unseen, more)
    _write_or_leave(publishing.out / JSON, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
    _write_or_leave(publishing.out / PAGE, page_of(value, notes))
    for way in (value, value["unseen"]):
        if way is not None:
            bars = cast("list[dict[str, object]]", cast("Mapping[str, object]", way)["bars"])
            missed = sum(bar["met"] is False for bar in bars)
            by = "by rules alone" if unseen is not None and way is value else "so"
            OUT.print(f"{len(bars) - missed} of {len(bars)} bars are met {by}")
    OUT.print(f"wrote {publishing.out / PAGE} and {JSON}")


def _without_model(order: Run) -> Run:
    return evolve(order, artifacts=evolve(order.artifacts, compiled=evolve(order.artifacts.compiled, model=None)))


def _unseen_or_leave(order: Run, publishing: Publishing, sources: Mapping[str, Source]) -> Unseen | None:
    """Read the models that saw none of a page's family."""
    if publishing.folds is None:
        return None
    found = read_folds(publishing.folds)
    if isinstance(found, Failure):
        fail(f"{found.failure().path}: {found.failure().detail}", Exit.MISSING)
    families = {name: source.family for name, source in sources.items() if source.family}
    if not families:
        fail("--folds needs --sources with a column family: whose pages a model may speak of", Exit.USAGE)
    return Unseen(evolve(found.unwrap(), otherwise=order.artifacts.compiled.model), families)


def _read_or_leave(publishing: Publishing) -> tuple[dict[str, Source], str]:
    try:
        sources = read_sources(publishing.sources) if publishing.sources is not None else {}
        return sources, publishing.notes.read_text("utf-8") if publishing.notes is not None else ""
    except (OSError, ValueError) as error:
        fail(f"--sources or --notes cannot be read: {error}", Exit.MISSING)


def _measured_or_leave(path: Path) -> Mapping[str, object]:
    """Read what another command measured."""
    try:
        value: object = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        fail(f"{path}: it cannot be read: {error}", Exit.MISSING)
    if not is_measured(value):
        members = "contract, title, words, command, and rows of what, asked, found and met"
        fail(f"{path}: it is not what a command measured; it has the members {members}", Exit.USAGE)
    return cast("Mapping[str, object]", value)


def _write_or_leave(path: Path, text: str) -> None:
    try:
        with replacing(path) as stream:
            stream.write(text.encode())
    except OSError as error:
        fail(f"{path}: {error.strerror or 'it cannot be written'}", Exit.STORAGE)
