"""A person at work on one case: everything said is in its log before the next question is asked."""

import contextlib
from collections.abc import AsyncGenerator, MutableSequence

from attrs import define, field

from casefold.case.consequences import Consequences, SeenDocument, consequences, seen
from casefold.case.events import BoundaryCorrected, Correction, CorrectionWithdrawn, PageCorrected
from casefold.case.record import Artifacts
from casefold.case.state import Case, may_begin
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Status
from casefold_adapters.clock import SystemClock
from casefold_adapters.files.log import FileLog
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_shells.casefiles import CaseFolder
from casefold_shells.drive import accept
from casefold_shells.packages import Finished, NoCase, Run, RunError, assembled, closed, finish, load_case, opened
from casefold_shells.world import Progress


@define
class Session:
    """One case under review, whose log nobody else may write to meanwhile.

    Saying something records it and assembles the case anew. Fields, PDFs and the report follow when the session ends;
    where it does not end well, the next command that takes the case up does that.

    Attributes:
        folder: Where the case is.
        artifacts: What it is decided under.
        case: What is known of it now, always assembled.
        by: Who is at work.
        why: What stands as the reason of what is said, where nothing else does.
        mine: What was said in this session and not taken back, in order.
    """

    folder: CaseFolder
    artifacts: Artifacts = field(repr=False)
    case: Case = field(repr=False)
    log: FileLog = field(repr=False)
    limits: PdfLimits = field(repr=False)
    password: str | None = field(repr=False)
    by: str = ""
    why: str = "seen on the page"
    mine: MutableSequence[Correction] = field(factory=list[Correction])

    def waiting(self) -> tuple[int, ...]:
        """Give the pages that a person must look at."""
        assert self.case.outcome is not None, "a session keeps its case assembled"
        return tuple(label.page for label in self.case.outcome.labels if label.status is Status.REVIEW)

    def documents(self) -> tuple[SeenDocument, ...]:
        """Give the documents as they are now."""
        assert self.case.outcome is not None, "a session keeps its case assembled"
        return seen(self.case.outcome, self.case.pages, self.artifacts.thresholds)

    async def label(self, page: int, label: str, why: str | None = None) -> Result[Consequences, RunError]:
        """Say what a page is."""
        return await self._correct(PageCorrected(page, label, self.by, why or self.why))

    async def turn_boundary(self, page: int) -> Result[Consequences, RunError]:
        """Say that a document begins with a page where none does, or that it goes on where one begins."""
        begins = may_begin(self.case, page) and not self.begins(page)
        return await self._correct(BoundaryCorrected(page, begins, self.by, self.why))

    def begins(self, page: int) -> bool:
        """Whether a document begins with a page now."""
        assert self.case.outcome is not None, "a session keeps its case assembled"
        return any(document.pages[0] == page for document in self.case.outcome.documents)

    async def undo(self) -> Result[tuple[Correction, Consequences] | None, RunError]:
        """Take back what was said last in this session; nothing where nothing was."""
        if not self.mine:
            return Success(None)
        last = self.mine[-1]
        return (await self.take_back(last.page)).map(lambda changed: (last, changed))

    async def take_back(self, page: int) -> Result[Consequences, RunError]:
        """Take back what was said last of a page, in this session or before."""
        done = await self._record(CorrectionWithdrawn(page, self.by, "taken back"))
        if not isinstance(done, Failure):
            at = max((at for at, said in enumerate(self.mine) if said.page == page), default=None)
            if at is not None:
                del self.mine[at]
        return done

    async def finish(self, progress: Progress) -> Result[Finished, RunError]:
        """Take the case to its end: read fields, ask rules, decide, write what changed, and report."""
        run = Run(self.artifacts, password=self.password, limits=self.limits)
        return await finish(run, self.folder, self.log, self.case, progress)

    async def _correct(self, said: Correction) -> Result[Consequences, RunError]:
        done = await self._record(said)
        if not isinstance(done, Failure):
            self.mine.append(said)
        return done

    async def _record(self, said: Correction | CorrectionWithdrawn) -> Result[Consequences, RunError]:
        """Record what is said, assemble the case anew, and say what changed."""
        before = self.documents()
        advanced = await accept(self.artifacts, self.case, said, self.log, SystemClock())
        if isinstance(advanced, Failure):
            return advanced
        whole = await assembled(self.artifacts, advanced.unwrap(), self.log)
        if isinstance(whole, Failure):
            return whole
        self.case = whole.unwrap()
        return Success(consequences(before, self.documents(), said.page))


@contextlib.asynccontextmanager
async def session(
    folder: CaseFolder, limits: PdfLimits, password: str | None
) -> AsyncGenerator[Result[Session, RunError]]:
    """Begin to review a case, holding its log until the end."""
    loaded = await load_case(folder)
    if isinstance(loaded, Failure):
        yield loaded
        return
    artifacts, _ = loaded.unwrap()
    async with opened(folder) as found:
        if isinstance(found, Failure):
            yield found
            return
        log, case = found.unwrap()
        whole = await assembled(artifacts, case, log)
        if isinstance(whole, Failure):
            yield whole
            return
        case = whole.unwrap()
        if case.outcome is None:
            yield Failure(NoCase(f"{folder.path} (the case is not decided yet: run it to its end first)"))
            return
        shut = await closed(folder, case, PdfReader(limits), password)
        yield Failure(shut) if shut is not None else Success(Session(folder, artifacts, case, log, limits, password))
