"""What a worker does with one package: fetch it where it is elsewhere, run it, and say what came of it."""

import contextlib
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path, PurePosixPath

from casefold.batch.events import CaseRow, Fault, SourceFault
from casefold.case.askedview import meter_of
from casefold.case.deciding import needs_a_person, standing_outcome
from casefold.case.events import SourceRefused
from casefold.case.outcome import outcome_digest
from casefold.case.state import Case
from casefold.case.view import all_findings
from casefold.kernel.canonical import Json, Written, digest
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Status
from casefold_adapters.objects.addresses import Address, address_of, store_of
from casefold_adapters.objects.port import Objects, StoreFault
from casefold_shells.batch.inputs import fault_of_problem, place_of
from casefold_shells.batch.orders import Prepared, Task, order_digest, run_of
from casefold_shells.batch.outputs import CASES, CaseStore, Kept
from casefold_shells.batch.wording import fault_of_run, fault_of_store
from casefold_shells.casefiles import CaseFolder
from casefold_shells.packages import Finished, as_text, run_package
from casefold_shells.world import Progress

SCRATCH_BYTES_MAX = 16 << 30
"""The largest package that is downloaded."""


class Quiet:
    """Sees a case go by and says nothing; see `casefold_shells.world.Progress`."""

    def case(self, case: Case) -> None:
        """The case went one step on."""

    def reading(self, page: int) -> None:
        """Page number *page* of the package was read."""

    def recognising(self, page: int, known: bool) -> None:
        """Page number *page* of the package was recognised."""

    def writing(self, documents: int) -> None:
        """So many more documents were written."""

    def reporting(self) -> None:
        """The report is being written."""


async def work(known: Prepared, task: Task, progress: Progress = Quiet()) -> CaseRow | Fault:
    """Take one package to the end of its case."""
    if task.problem is not None:
        return fault_of_problem(task.problem)
    out = place_of(known.order.out).unwrap()
    if isinstance(out, Path) and task.keys is None:
        return _row_or_fault(await _ran(known, task, Path(task.at), out / CASES / task.name, progress), task.facts)
    if task.keys == ():
        return Fault("NoPackage", f"{task.at}/…/{task.package}/: it holds no file named *.pdf", passing=False)
    if task.size > SCRATCH_BYTES_MAX:
        detail = f"it has {task.size:,} bytes and {SCRATCH_BYTES_MAX:,} are downloaded at most; split it"
        return Fault("TooLarge", detail, passing=False)
    with _scratch(known.order.scratch) as scratch:
        if isinstance(out, Path):
            return await _fetched_and_ran(known, task, scratch, out / CASES / task.name, progress)
        return await _ran_and_kept(known, task, scratch, out, progress)


async def _ran_and_kept(
    known: Prepared, task: Task, scratch: Path, out: Address, progress: Progress
) -> CaseRow | Fault:
    """Run a package beside the input, and keep its case in a bucket; one that is there already is not run again."""
    cases = CaseStore(_store(out), out)
    order = order_digest(known.order)
    found = await cases.find(task.name)
    if isinstance(found, Failure):
        return fault_of_store(found.failure())
    there = found.unwrap()
    if there is not None and (there.order, there.version) == (order, task.version):
        return there.row
    row = await _fetched_and_ran(known, task, scratch, scratch / "case" / task.name, progress)
    if isinstance(row, Fault):
        return row
    kept = await cases.keep(task.name, task.attempt, scratch / "case" / task.name, Kept(order, task.version, row))
    if isinstance(kept, Failure):
        return fault_of_store(kept.failure())
    mine = kept.unwrap()
    if mine.row != row:
        detail = f"{out}{CASES}/{task.name}/: another case is already there; choose another --out, or delete it"
        return Fault("OtherCase", detail, passing=False)
    return row


async def _fetched_and_ran(
    known: Prepared, task: Task, scratch: Path, folder: Path, progress: Progress
) -> CaseRow | Fault:
    package = Path(task.at)
    if task.keys is not None:
        fetched = await _fetched(task, scratch / "package")
        if isinstance(fetched, Failure):
            return fault_of_store(fetched.failure())
        package = fetched.unwrap()
    return _row_or_fault(await _ran(known, task, package, folder, progress), task.facts)


async def _fetched(task: Task, scratch: Path) -> Result[Path, StoreFault]:
    """Download the files of a package under its own name."""
    assert task.keys is not None, "only what is elsewhere is fetched"
    objects = _store(address_of(task.at).unwrap())
    package = scratch / task.package
    single = len(task.keys) == 1 and PurePosixPath(task.keys[0]).name == task.package
    if not single:
        package.mkdir(parents=True)
    for key in task.keys:
        got = await objects.get(key, package if single else package / PurePosixPath(key).name)
        if isinstance(got, Failure):
            return got
    return Success(package)


def _store(address: Address) -> Objects:
    return store_of(address).unwrap()


@contextlib.contextmanager
def _scratch(where: str | None) -> Generator[Path]:
    if where is not None:
        Path(where).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="casefold-", dir=where))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _ran(known: Prepared, task: Task, package: Path, folder: Path, progress: Progress) -> Finished | Fault:
    result = await run_package(run_of(known, task.facts), package, CaseFolder(folder), progress)
    return fault_of_run(result.failure()) if isinstance(result, Failure) else result.unwrap()


def _row_or_fault(ran: Finished | Fault, facts: Written) -> CaseRow | Fault:
    return ran if isinstance(ran, Fault) else row_of(ran.case, facts)


def row_of(case: Case, facts: Written) -> CaseRow:
    """Say what a finished case came to."""
    assert case.opened is not None and case.outcome is not None, "a finished case was opened and has an outcome"
    sources: list[Json] = [
        {"name": each.name, "digest": each.digest, "bytes": each.bytes} for each in case.opened.sources
    ]
    refused = tuple(
        SourceFault(as_text(case.opened.sources[seen.source].name), seen.reason, as_text(seen.detail))
        for _, seen in sorted(case.sources.items())
        if isinstance(seen, SourceRefused)
    )
    meter = meter_of(case.vision) if case.vision is not None else None
    decision = None
    if case.given is not None:
        decision = "undecided" if needs_a_person(case) else standing_outcome(case)
    return CaseRow(
        content=digest([sources, facts.value]),
        case=outcome_digest(case),
        pages=len(case.outcome.labels),
        accepted=sum(label.status is Status.ACCEPTED for label in case.outcome.labels),
        documents=len(case.outcome.documents),
        findings=len(all_findings(case)),
        decision=decision,
        refused=refused,
        asked=0 if meter is None else meter.pages + meter.pages_unanswered,
        cost_micro_usd=0 if meter is None else meter.micro_usd,
    )
