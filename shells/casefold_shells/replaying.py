"""Decide a recorded case again."""

from attrs import evolve

from casefold.case.record import Artifacts, decide, read_fields
from casefold.case.replay import Changes, ask_again, changes, decide_again, reread
from casefold.case.state import Case
from casefold.case.steps import Extract, next_steps
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.blobs import FileBlobs
from casefold_shells.casefiles import CaseFolder
from casefold_shells.packages import NoCase, RunError, load_case
from casefold_shells.texts import as_storage, document_texts, read_texts


async def replay_case(folder: CaseFolder, artifacts: Artifacts | None) -> Result[Changes, RunError]:
    """Read every page of a case again from its stored text and decide it, under *artifacts* or the recorded ones."""
    loaded = await load_case(folder)
    if isinstance(loaded, Failure):
        return loaded
    recorded, case = loaded.unwrap()
    chosen = recorded
    if artifacts is not None:
        chosen = evolve(recorded, compiled=artifacts.compiled, thresholds=artifacts.thresholds)
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
    others = await _other_fields(folder, recorded, case)
    decision, rules = decide_again(chosen, case, outcome), ask_again(chosen, case)
    return others.map(lambda found: changes(case, again, outcome, decision, found, rules))


async def _other_fields(folder: CaseFolder, artifacts: Artifacts, case: Case) -> Result[tuple[str, ...], RunError]:
    """Read the fields of a case's documents again, and give the documents from which others are read."""
    others: list[str] = []
    steps = next_steps(evolve(case, fields={})) if artifacts.fields is not None and case.fields else ()
    for step in steps:
        if not isinstance(step, Extract) or artifacts.fields is None:
            break
        texts = await document_texts(FileBlobs(folder.blobs), case, step.documents)
        if isinstance(texts, Failure):
            return texts
        again = (read_fields(artifacts.fields, case, each) for each in texts.unwrap())
        others += [read.document for read in again if read != case.fields.get(read.document)]
    return Success(tuple(others))
