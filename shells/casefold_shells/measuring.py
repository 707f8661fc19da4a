"""Find out what labelled packages come to: run what was not run, several at a time, and read what was."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from attrs import evolve, frozen

from casefold.case.askedview import Spent, spent
from casefold.case.measured import baselines_of, package_of, with_revealed
from casefold.case.record import Artifacts
from casefold.case.state import Case
from casefold.case.steps import Recognise, Report, WriteDocuments, next_steps
from casefold.documents.evaluation import Package
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold_shells.casefiles import CaseFolder
from casefold_shells.evaluating import BadTruth, Labelled, facts_beside, read_case, read_planted
from casefold_shells.folds import Folds, Relabelled, relabelled
from casefold_shells.outputs import file_digest
from casefold_shells.packages import (
    NoCase,
    OtherCase,
    Run,
    RunError,
    folders_for,
    labelled_otherwise,
    load_case,
    run_package,
    sources_of,
)
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


@frozen
class Measured:
    """A package as the pipeline sees it, and what asking a language model about it came to, if it asks one."""

    package: Package
    asked: Spent | None = None


async def measured(
    order: Run,
    labelled: Sequence[Labelled],
    cases: Path,
    progress: Packages,
    *,
    keep: bool,
    jobs: int = 1,
    alike: bool = False,
) -> Result[list[Measured], NotMeasured]:
    """Give what was found in each package, in order; cases that are under *cases* are read, others are run into it.

    Of a case that has only its ``case.json`` less is known: not which missing pages those that are left show.

    Unless they are to be *kept*, no report and no documents are written: nothing would be read of them. Where all must
    be *alike*, a case that was labelled otherwise than *order* says is refused.
    """
    folders = folders_for([item.package for item in labelled], cases)
    turns = asyncio.Semaphore(jobs)
    alone = order if keep else without_outputs(order)

    async def one(item: Labelled, folder: CaseFolder) -> Result[Measured, NotMeasured]:
        async with turns:
            case: tuple[Artifacts, Case] | None = None
            if not folder.case_json.is_file():
                done = await run_package(alone, item.package, folder, progress)
                if isinstance(done, Failure):
                    return Failure(NotMeasured(item.package, done.failure()))
                case = (done.unwrap().artifacts, done.unwrap().case)
            elif folder.log.is_file():
                loaded = await load_case(folder, policy=False)
                if isinstance(loaded, Failure):
                    return Failure(NotMeasured(item.package, loaded.failure()))
                case = loaded.unwrap()
                differs = labelled_otherwise(order, case[1]) if alike else ()
                if differs:
                    return Failure(NotMeasured(item.package, OtherCase(str(folder.path), differs)))
            progress.finished()
            if case is None:
                read = read_case(folder.case_json, item.truth, facts_beside(item.package))
                return read.map(Measured).alt(lambda bad: NotMeasured(item.package, bad))
            found = package_of(*case, with_revealed(case[1], item.truth))
            facts = facts_beside(item.package)
            planted = read_planted(facts) if facts is not None else None
            return Success(Measured(evolve(found, planted=planted), _asked(*case)))

    return await _all([one(item, folder) for item, folder in zip(labelled, folders, strict=True)])


def _asked(artifacts: Artifacts, case: Case) -> Spent | None:
    return None if artifacts.vision is None else spent(artifacts.compiled, artifacts.vision, case)


def without_outputs(order: Run) -> Run:
    """Leave a run's documents and reports out."""
    return evolve(order, stop_before=(WriteDocuments, Report))


@frozen
class Seen:
    """A package as the pipeline sees it, and as rules of thumb would.

    Attributes:
        unseen: The same with local models that saw none of a page's family; ``None`` without any.
        asked: What asking a language model came to; ``None`` where none is asked.
    """

    package: Package
    baselines: Mapping[str, Package]
    unseen: Package | None = None
    asked: Spent | None = None


@frozen
class Unseen:
    """Local models, and the family of each file that pages come from."""

    folds: Folds
    families: Mapping[str, str]

    def of_pages(self, item: Labelled) -> dict[int, str]:
        """Give the family of each page of a package, where it is known."""
        return {page: self.families[file] for page, file in item.sources.items() if file in self.families}


async def seen(
    order: Run, labelled: Sequence[Labelled], cases: Path, progress: Packages, jobs: int, unseen: Unseen | None = None
) -> Result[list[Seen], NotMeasured]:
    """Run packages as far as labels and documents, or label those anew whose case is there, and look at each."""
    folders = folders_for([item.package for item in labelled], cases)
    turns = asyncio.Semaphore(jobs)

    async def one(item: Labelled, folder: CaseFolder) -> Result[Seen, NotMeasured]:
        async with turns:
            found = await _seen(order, item, folder, progress, unseen)
            progress.finished()
            return found.alt(lambda error: NotMeasured(item.package, error))

    return await _all([one(item, folder) for item, folder in zip(labelled, folders, strict=True)])


async def _seen(
    order: Run, item: Labelled, folder: CaseFolder, progress: Progress, unseen: Unseen | None
) -> Result[Seen, RunError]:
    recorded = await _recorded(order, item, folder)
    if isinstance(recorded, Failure):
        return recorded
    case, there = recorded.unwrap(), True
    if case is None:
        done = await run_package(without_outputs(order), item.package, folder, progress)
        if isinstance(done, Failure):
            return done
        case, there = done.unwrap().case, False
    again = Relabelled(case)
    if there or unseen is not None:
        folds, families = (None, {}) if unseen is None else (unseen.folds, unseen.of_pages(item))
        found = await relabelled(order.artifacts, folder, case, folds, families)
        if isinstance(found, Failure):
            return found
        again = found.unwrap()
    truth, artifacts = with_revealed(again.plain, item.truth), order.artifacts
    return Success(
        Seen(
            package_of(artifacts, again.plain, truth),
            baselines_of(artifacts, again.plain, truth),
            None if again.unseen is None else package_of(artifacts, again.unseen, truth),
            _asked(artifacts, case),
        )
    )


async def _recorded(order: Run, item: Labelled, folder: CaseFolder) -> Result[Case | None, RunError]:
    """Give the case of a package that was taken as far as labels before; ``None`` where there is none."""
    if order.fresh or order.artifacts.vision is not None or not folder.log.is_file():
        return Success(None)
    loaded = await load_case(folder, policy=False)
    if isinstance(loaded, Failure):
        return Success(None) if isinstance(loaded.failure(), NoCase) else loaded
    _, case = loaded.unwrap()
    assert case.opened is not None, "a loaded case was opened"
    files = sources_of(item.package).map(lambda paths: [file_digest(path) for path in paths])
    same = files.value_or([]) == [source.digest for source in case.opened.sources]
    whole = case.outcome is not None and not isinstance(next(iter(next_steps(case)), None), Recognise)
    return Success(case if same and whole else None)


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
