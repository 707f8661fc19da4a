"""Measure a run against bare text extraction of the same file, each as a process of its own.

``python -m casefold_shells.benching STAGE FILE FOLDER`` is one such process: it does the work of one stage and prints
what it cost, children included. CPU seconds are user and system time; memory is the largest resident set of any one
process, as the system accounts for it.
"""

import asyncio
import json
import re
import resource
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


class Stage(Enum):
    """How far a measured run goes."""

    BARE = "bare"
    """Nothing of ours: pypdfium2 opens the file and extracts the text of every page."""
    LABELS = "labels"
    """Pages, signals, labels, assembly and log."""
    DOCUMENTS = "documents"
    """And every document cut out, written and verified."""
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
    command = [sys.executable, "-m", __spec__.name, stage.value, str(file), str(folder)]
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


def _bare(file: Path) -> None:
    pdfium = import_module("pypdfium2")  # untyped, and of no use to the processes of other stages

    document = pdfium.PdfDocument(file)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def _ours(stage: Stage, file: Path, folder: Path) -> None:
    from casefold.case.record import Artifacts
    from casefold.fields.compiled import compile_fields
    from casefold.kernel.results import Failure
    from casefold.pages.labels import DEFAULT_THRESHOLDS
    from casefold.pages.signals import compile_taxonomy
    from casefold_adapters import local_models
    from casefold_adapters.search import aho_corasick
    from casefold_adapters.taxonomies import load, load_fields
    from casefold_shells.casefiles import CaseFolder
    from casefold_shells.packages import Run, run_package

    stops: dict[Stage, tuple[type[Step], ...]] = {
        Stage.LABELS: (WriteDocuments, Report),
        Stage.DOCUMENTS: (Report,),
    }
    compiled = load("lending-us").unwrap()
    fields = compile_fields(load_fields("lending-us-fields").unwrap(), aho_corasick).unwrap()
    ready = evolve(compile_taxonomy(compiled, aho_corasick).unwrap(), model=local_models.load("lending-us").unwrap())
    artifacts = Artifacts(ready, DEFAULT_THRESHOLDS, fields=fields)
    run = Run(artifacts, stop_before=stops.get(stage, ()))
    done = asyncio.run(run_package(run, file, CaseFolder(folder), _Silence()))
    assert not isinstance(done, Failure), done


def _main(stage: Stage, file: Path, folder: Path) -> None:
    if stage is Stage.BARE:
        _bare(file)
    else:
        _ours(stage, file, folder)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    print(json.dumps(asdict(Cost(cpu, _peak_megabytes(own), children.ru_maxrss / 1_000))))


def _peak_megabytes(own: resource.struct_rusage) -> float:
    """Give our own peak: on Linux ru_maxrss counts what the process that started us held as well."""
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii")) if status.exists() else None
    return (int(peak[1]) if peak is not None else own.ru_maxrss) / 1_000


if __name__ == "__main__":
    _main(Stage(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
