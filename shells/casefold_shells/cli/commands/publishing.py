"""``casefold eval --out``: measure a suite and write the page that publishes it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from attrs import frozen

from casefold.kernel.results import Failure
from casefold_adapters.files.atomic import replacing
from casefold_shells.cli.app import ERR, OUT, fail, wait
from casefold_shells.cli.codes import Exit, exit_of, words
from casefold_shells.cli.progress import PackagesProgress
from casefold_shells.evaluating import BadTruth, Labelled
from casefold_shells.measuring import seen
from casefold_shells.packages import Run
from casefold_shells.suite.page import page_of
from casefold_shells.suite.telling import Source, read_sources, told

PAGE = "quality.md"
JSON = "quality.json"


@frozen
class Publishing:
    """Where a suite's figures go, and what is said of where its pages come from."""

    out: Path
    sources: Path | None
    notes: Path | None


def publish(order: Run, labelled: Sequence[Labelled], cases: Path, publishing: Publishing, jobs: int) -> None:
    """Measure a suite, write the page, and say what is not met."""
    sources, notes = _read_or_leave(publishing)
    with PackagesProgress(ERR, len(labelled)) as progress:
        found = wait(seen(order, labelled, cases, progress, jobs))
    if isinstance(found, Failure):
        package, error = found.failure().package, found.failure().error
        assert not isinstance(error, BadTruth), "a suite reads cases by their log"
        fail(f"{package}: {words(error)}", exit_of(error))
    value = told(order, labelled, found.unwrap(), sources)
    _write_or_leave(publishing.out / JSON, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
    _write_or_leave(publishing.out / PAGE, page_of(value, notes))
    bars = cast("list[dict[str, object]]", value["bars"])
    missed = sum(bar["met"] is False for bar in bars)
    OUT.print(f"wrote {publishing.out / PAGE} and {JSON}; {len(bars) - missed} of {len(bars)} bars are met")


def _read_or_leave(publishing: Publishing) -> tuple[dict[str, Source], str]:
    try:
        sources = read_sources(publishing.sources) if publishing.sources is not None else {}
        return sources, publishing.notes.read_text("utf-8") if publishing.notes is not None else ""
    except (OSError, ValueError) as error:
        fail(f"--sources or --notes cannot be read: {error}", Exit.MISSING)


def _write_or_leave(path: Path, text: str) -> None:
    try:
        with replacing(path) as stream:
            stream.write(text.encode())
    except OSError as error:
        fail(f"{path}: {error.strerror or 'it cannot be written'}", Exit.STORAGE)
