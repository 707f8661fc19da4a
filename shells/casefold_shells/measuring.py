"""Find out what labelled packages come to: run what was not run, several at a time, and read what was."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from attrs import evolve, frozen

from casefold.case.measured import baselines_of, package_of, with_revealed
from casefold.case.record import Artifacts
from casefold.case.state import Case
from casefold.case.steps import Report, WriteDocuments
from casefold.documents.evaluation import Package
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold_shells.casefiles import CaseFolder
from casefold_shells.evaluating import BadTruth, Labelled, facts_beside, read_case
from casefold_shells.packages import Run, RunError, folders_for, run_package
from casefold_shells.world import Progress

Value = TypeVar("Value")


class Packages(Progress, Protocol):
    """Sees packages go by."""

    def finished(self) -> None:
        """One more package is done."""


@frozen
class NotMeasured:
    """A package could not be run, or its case not read."""

    package: Path
    error: RunError | BadTruth


async def measured(
    order: Run, labelled: Sequence[Labelled], cases: Path, progress: Packages, *, keep: bool, jobs: int = 1
) -> Result[list[Package], NotMeasured]:
    """Give what was found in each package, in order; cases that are under *cases* are read, others are run into it.

    Unless they are to be *kept*, no report and no documents are written: nothing would be read of them.
    """
    folders = folders_for([item.package for item in labelled], cases)
    turns = asyncio.Semaphore(jobs)
    alone = order if keep else without_outputs(order)

    async def one(item: Labelled, folder: CaseFolder) -> Result[Package, NotMeasured]:
        async with turns:
            case: tuple[Artifacts, Case] | None = None
            if not folder.case_json.is_file():
                done = await run_package(alone, item.package, folder, progress)
                if isinstance(done, Failure):
                    return Failure(NotMeasured(item.package, done.failure()))
                case = (done.unwrap().artifacts, done.unwrap().case)
            progress.finished()
            if case is not None and not keep:
                return Success(package_of(*case, item.truth))
            read = read_case(folder.case_json, item.truth, facts_beside(item.package))
            return read.alt(lambda bad: NotMeasured(item.package, bad))

    return await _all([one(item, folder) for item, folder in zip(labelled, folders, strict=True)])


def without_outputs(order: Run) -> Run:
    """Leave a run's documents and reports out."""
    return evolve(order, stop_before=(WriteDocuments, Report))


@frozen
class Seen:
    """A package as the pipeline sees it, and as rules of thumb would."""

    package: Package
    baselines: Mapping[str, Package]


async def seen(
    order: Run, labelled: Sequence[Labelled], cases: Path, progress: Packages, jobs: int
) -> Result[list[Seen], NotMeasured]:
    """Run packages as far as labels and documents, or go on where an earlier run stopped, and look at each case."""
    folders = folders_for([item.package for item in labelled], cases)
    turns = asyncio.Semaphore(jobs)

    async def one(item: Labelled, folder: CaseFolder) -> Result[Seen, NotMeasured]:
        async with turns:
            done = await run_package(without_outputs(order), item.package, folder, progress)
            if isinstance(done, Failure):
                return Failure(NotMeasured(item.package, done.failure()))
            progress.finished()
            finished = done.unwrap()
            truth = with_revealed(finished.case, item.truth)
            package = package_of(finished.artifacts, finished.case, truth)
            return Success(Seen(package, baselines_of(finished.artifacts, finished.case, truth)))

    return await _all([one(item, folder) for item, folder in zip(labelled, folders, strict=True)])


async def _all(work: Sequence[Coroutine[Any, Any, Result[Value, NotMeasured]]]) -> Result[list[Value], NotMeasured]:
    """Wait for all of it, in order; the first failure ends the rest."""
    tasks = [asyncio.ensure_future(each) for each in work]
    found: list[Value] = []
    for task in tasks:
        match sealed(await task):
            case Success(value):
                found.append(value)
            case Failure(error):
                for other in tasks:
                    other.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                return Failure(error)
    return Success(found)
