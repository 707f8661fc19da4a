"""Measure a run against bare text extraction of the same file, each as a process of its own.

``python -m casefold_shells.benching STAGE FILE FOLDER`` is one such process: it does what ``casefold run`` does by
default, up to the end of a stage, and prints what that cost; `casefold_shells.bare` is the one that it is held against.
Pages without words are not recognised, for bare extraction does not do that either.
"""

import asyncio
import json
import subprocess
import sys
from enum import Enum
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from attrs import asdict, evolve, frozen

from casefold.case.state import Case
from casefold.case.steps import Report, Step, WriteDocuments
from casefold_shells import bare
from casefold_shells.collecting import collect_rarely


class Stage(Enum):
    """How far a measured run goes."""

    BARE = "bare"
    """Nothing of ours: pypdfium2 opens the file and extracts the text of every page."""
    LABELS = "labels"
    """Pages, signals, local model, labels, assembly and log."""
    DOCUMENTS = "documents"
    """And every document cut out, written and verified."""
    FIELDS = "fields"
    """And the fields of every document, and the rules across documents."""
    WHOLE = "whole"
    """And the report."""


@frozen
class Cost:
    """What a stage cost: CPU seconds, and the largest resident set of the process and of its largest child, in MB."""

    cpu_seconds: float
    caller_megabytes: float
    child_megabytes: float


@frozen
class NoPages:
    """A file has no pages to repeat; *detail* says why."""

    path: str
    detail: str


def build(sources: list[Path], pages: int, target: Path) -> NoPages | None:
    """Make a PDF of *pages* pages by repeating those of *sources*, or name the first that has none to repeat."""
    pikepdf = import_module("pikepdf")

    with pikepdf.Pdf.new() as whole:
        opened: list[Any] = []
        for source in sources:
            try:
                opened.append(pikepdf.Pdf.open(source))
                count = len(opened[-1].pages)
            except pikepdf.PdfError as error:
                return NoPages(str(source), str(error).removeprefix(f"{source}: "))
            if not count:
                return NoPages(str(source), "it has no pages")
        while len(whole.pages) < pages:
            for source in opened:
                whole.add_pages_from(source, range(min(len(source.pages), pages - len(whole.pages))), forms="strip")
        whole.save(target, deterministic_id=True)
    return None


def measure(stage: Stage, file: Path, folder: Path) -> Cost:
    """Run one stage in a process of its own."""
    ours = [__spec__.name, stage.value, str(file), str(folder)]
    command = [sys.executable, "-m", *([bare.__name__, str(file)] if stage is Stage.BARE else ours)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own module
    return Cost(**json.loads(done.stdout))


def typical(costs: list[Cost]) -> Cost:
    """Give the median of each figure."""
    return Cost(*(median(getattr(cost, name) for cost in costs) for name in asdict(costs[0])))


class _Silence:
    """Shows nothing; see `casefold_shells.world.Progress`."""

    def case(self, case: Case) -> None: ...
    def reading(self, page: int) -> None: ...
    def writing(self, documents: int) -> None: ...
    def recognising(self, page: int, known: bool) -> None: ...

    def reporting(self) -> None: ...


def _ours(stage: Stage, file: Path, folder: Path) -> None:
    from casefold.case.record import Artifacts
    from casefold.fields.compiled import compile_fields
    from casefold.kernel.results import Failure
    from casefold.pages.labels import DEFAULT_THRESHOLDS
    from casefold.pages.signals import compile_taxonomy
    from casefold.validation.ready import ready_rules
    from casefold_adapters import local_models
    from casefold_adapters.search import aho_corasick
    from casefold_adapters.taxonomies import load, load_fields, load_rules
    from casefold_shells.casefiles import CaseFolder
    from casefold_shells.packages import Run, run_package

    stops: dict[Stage, tuple[type[Step], ...]] = {
        Stage.LABELS: (WriteDocuments, Report),
        Stage.DOCUMENTS: (Report,),
        Stage.FIELDS: (Report,),
    }
    compiled = compile_taxonomy(load("lending-us").unwrap(), aho_corasick).unwrap()
    artifacts = Artifacts(evolve(compiled, model=local_models.load("lending-us").unwrap()), DEFAULT_THRESHOLDS)
    if stage in {Stage.FIELDS, Stage.WHOLE}:
        specified = load_fields("lending-us-fields").unwrap()
        rules = ready_rules(load_rules("lending-us-rules").unwrap(), specified).unwrap()
        artifacts = evolve(artifacts, fields=compile_fields(specified, aho_corasick).unwrap(), rules=rules)
    run = Run(artifacts, stop_before=stops.get(stage, ()))
    done = asyncio.run(run_package(run, file, CaseFolder(folder), _Silence()))
    assert not isinstance(done, Failure), done


if __name__ == "__main__":
    collect_rarely()
    _ours(Stage(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
    bare.print_cost()
