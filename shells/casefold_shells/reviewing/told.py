"""Tell what a correction changed elsewhere, from the log alone."""

from casefold.case.consequences import Consequences, Told, told
from casefold.case.wording import change_words, consequence_words
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Thresholds
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.log import LogBroken, Recorded, read_log
from casefold_shells.casefiles import CaseFolder


def told_in(folder: CaseFolder, thresholds: Thresholds) -> Result[tuple[Told, ...], LogBroken | StorageFailed]:
    """Give all that people said of a case's pages, with what it changed."""
    entries: list[Recorded] = []
    for recorded in read_log(folder.log):
        if isinstance(recorded, Failure):
            return recorded
        entries.append(recorded.unwrap())
    return Success(told(thresholds, ((entry.sequence, entry.event) for entry in entries)))


def lines_of(changed: Consequences) -> tuple[str, ...]:
    """Say what changed with what a person said, a line each: elsewhere first, then where the page is and was."""
    here = [f"here: {change_words(change)}" for change in changed.documents if change.own]
    elsewhere = [f"elsewhere: {line}" for line in consequence_words(changed)]
    return *(elsewhere or ["no other document changed"]), *here
