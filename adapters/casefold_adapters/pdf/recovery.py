"""Give every page asked for exactly once and in order, whatever happens to the child.

A page on which the child stalls, dies or runs out of memory is unreadable, and a new child goes on after it. When the
time for the whole source is spent, all that is left is unreadable at once.
"""

from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from math import ceil
from time import monotonic
from typing import TypeVar

from attrs import frozen

from casefold.pages.text import PageText, PageUnreadable
from casefold_adapters.pdf import decode, frames
from casefold_adapters.pdf.decode import Opened
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.process import Answer, Child, Frame, KernelLimits, started
from casefold_adapters.pdf.refusals import Crashed, PdfRefused, TookTooLong
from casefold_adapters.pdf.values import PageImage

FILE_COPIES = 4
"""The file's bytes may be in memory this often: mapped, repaired, parsed and cached."""

Wanted = TypeVar("Wanted", PageText, PageImage)


class Allowance:
    """Seconds that are spent only while we wait for a child: a slow consumer of the pages is not the file's fault."""

    def __init__(self, seconds: float) -> None:
        """Take the seconds for a whole source."""
        self.seconds = seconds
        self.left = seconds

    async def frame(self, child: Child, seconds_max: float) -> Answer:
        """Take the child's next frame within *seconds_max* and what is left."""
        before = monotonic()
        answer = await child.frame(min(seconds_max, self.left))
        self.left = max(0.0, self.left - (monotonic() - before))
        return answer


@frozen
class Job:
    """What a child is to do for each of some pages of one source."""

    request: Mapping[str, object]
    source_bytes: int
    limits: PdfLimits

    def kernel_limits(self, seconds: float, written_bytes: int = 0) -> KernelLimits:
        """Give the limits for a child that may take *seconds* in all."""
        memory_bytes = self.limits.memory_bytes + FILE_COPIES * self.source_bytes
        return KernelLimits(memory_bytes, ceil(seconds) + 1, written_bytes)


async def each_page(
    job: Job, pages: Sequence[int], allowance: Allowance, wanted: type[Wanted]
) -> AsyncIterator[Opened | Wanted | PageUnreadable]:
    """Give each of *pages* as a *wanted* value or unreadable, and before them, each time a child opens the source, that."""
    rest = deque(pages)
    cause: PdfRefused = TookTooLong(allowance.seconds)
    died_opening = False
    while rest and allowance.left:
        async with started({**job.request, "pages": list(rest)}, job.kernel_limits(allowance.left)) as child:
            opened = decode.opened_of(await allowance.frame(child, job.limits.open_seconds))
            if isinstance(opened, Opened):
                yield opened
            while rest and isinstance(opened, Opened):
                page = rest.popleft()
                outcome = _outcome(await allowance.frame(child, job.limits.page_seconds), page, wanted)
                if not isinstance(outcome, (wanted, PageUnreadable)):
                    yield decode.unreadable(page, outcome)
                    break
                yield outcome
        if isinstance(opened, Crashed) and not died_opening:
            died_opening = True
        elif not isinstance(opened, Opened):
            cause = opened
            break
    for page in rest:
        yield decode.unreadable(page, cause)


def _outcome(answer: Answer, page: int, wanted: type[Wanted]) -> Wanted | PageUnreadable | PdfRefused:
    if not isinstance(answer, Frame):
        return answer
    if answer.kind == frames.REFUSED:
        return decode.refused(answer)
    found = decode.page_of(answer)
    if isinstance(found, Crashed):
        return found
    if isinstance(found, (wanted, PageUnreadable)) and found.page == page:
        return found
    return Crashed(f"{type(found).__name__} {found.page} came for page {page}")
