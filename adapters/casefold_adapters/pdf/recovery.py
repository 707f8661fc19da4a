"""Give an outcome for every item asked for, exactly once and in order, whatever happens to the child.

An item, such as a page, on which the child stalls, dies or runs out of memory is lost, and a new child goes on after
it. When the time for the whole source is spent, all that is left is lost at once.
"""

from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from math import ceil
from time import monotonic
from typing import TypeVar

from attrs import frozen

from casefold_adapters.pdf import decode, frames
from casefold_adapters.pdf.decode import Opened
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.process import Answer, Child, Frame, KernelLimits, started
from casefold_adapters.pdf.refusals import Crashed, PdfRefused, TookTooLong

FILE_COPIES = 4
"""The file's bytes may be in memory this often: mapped, repaired, parsed and cached."""

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Allowance:
    """Seconds that are spent only while we wait for a child: a slow consumer of the pages is not the file's fault."""

    def __init__(self, seconds: float) -> None:
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
    """What a child is to do with one source, and what it may take for that.

    Attributes:
        request: What goes to the child, without the items.
        source_bytes: The size of the source.
        limits: The bounds of the file.
        item_seconds: The wall time for one item.
        written_bytes: How large a file it may write.
    """

    request: Mapping[str, object]
    source_bytes: int
    limits: PdfLimits
    item_seconds: float
    written_bytes: int = 0

    def kernel_limits(self, seconds: float) -> KernelLimits:
        """Give the limits for a child that may take *seconds* in all."""
        memory_bytes = self.limits.memory_bytes + FILE_COPIES * self.source_bytes
        return KernelLimits(memory_bytes, ceil(seconds) + 1, self.written_bytes)


async def each(
    job: Job,
    items: Sequence[Item],
    allowance: Allowance,
    wire: Callable[[Item], object],
    outcome: Callable[[Item, Frame], Outcome | PdfRefused],
    lost: Callable[[Item, PdfRefused], Outcome],
) -> AsyncIterator[Opened | Outcome]:
    """Give the outcome of each item, and before them, every time that a child opens the source, what it says of it.

    Args:
        job: What to do with each item.
        items: The items in order.
        allowance: The seconds for all of them.
        wire: Writes an item for the child.
        outcome: Reads the child's answer to an item.
        lost: Gives the outcome of an item that the child did not survive.
    """
    rest = deque(items)
    cause: PdfRefused = TookTooLong(allowance.seconds)
    died_opening = False
    while rest and allowance.left:
        request = {**job.request, "items": [wire(item) for item in rest]}
        async with started(request, job.kernel_limits(allowance.left)) as child:
            opened = decode.opened_of(await allowance.frame(child, job.limits.open_seconds))
            if isinstance(opened, Opened):
                yield opened
            while rest and isinstance(opened, Opened):
                item = rest.popleft()
                answer = await allowance.frame(child, job.item_seconds)
                found = _found(item, answer, outcome)
                if not isinstance(found, PdfRefused):
                    yield found
                else:
                    yield lost(item, found)
                    break
        if isinstance(opened, Crashed) and not died_opening:
            died_opening = True
        elif not isinstance(opened, Opened):
            cause = opened
            break
    for item in rest:
        yield lost(item, cause)


def _found(item: Item, answer: Answer, outcome: Callable[[Item, Frame], Outcome | PdfRefused]) -> Outcome | PdfRefused:
    if not isinstance(answer, Frame):
        return answer
    return decode.refused(answer) if answer.kind == frames.REFUSED else outcome(item, answer)
