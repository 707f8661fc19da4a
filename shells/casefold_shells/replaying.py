"""Decide a recorded case again."""

from attrs import evolve

from casefold.case.record import Artifacts, decide
from casefold.case.replay import Changes, changes, decide_again, reread
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.blobs import FileBlobs
from casefold_shells.casefiles import CaseFolder
from casefold_shells.packages import NoCase, RunError, load_case
from casefold_shells.texts import as_storage, read_texts


async def replay_case(folder: CaseFolder, artifacts: Artifacts | None) -> Result[Changes, RunError]:
    """Read every page of a case again from its stored text and decide it, under *artifacts* or the recorded ones."""
    loaded = await load_case(folder)
    if isinstance(loaded, Failure):
        return loaded
    recorded, case = loaded.unwrap()
    chosen = recorded if artifacts is None else evolve(artifacts, policy=recorded.policy, zones=recorded.zones)
    if case.outcome is None:
        return Failure(NoCase(f"{folder.path} (the case is not decided yet: run it to its end first)"))
    pages = {page.page: page for page in case.pages}
    async for text in read_texts(FileBlobs(folder.blobs), case):
        if isinstance(text, Failure):
            return Failure(as_storage(text.failure()))
        page, line = text.unwrap()
        pages[page.page] = reread(chosen, case, page, line)
    again = [pages[page.page] for page in case.pages]
    outcome = decide(chosen, case, again)
    return Success(changes(case, again, outcome, decide_again(chosen, case, outcome)))
