"""Give an outcome for every item asked for, exactly once and in order, whatever happens to the child.

An item, such as a page, on which the child stalls, dies or runs out of memory is lost, and a new child goes on after
it. When the time for the whole source is spent, all that is left is lost at once.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from time import monotonic
from types import TracebackType
from typing import Generic, Self, TypeVar

from attrs import frozen

from casefold_adapters.pdf import decode, frames
from casefold_adapters.pdf.decode import Opened
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.patience import WAITING_FACTOR
from casefold_adapters.pdf.process import Answer, Child, Frame, KernelLimits
from casefold_adapters.pdf.refusals import Crashed, PdfRefused, TookTooLong

OPENINGS_MAX = 2
"""A child that dies while it opens the source may have been killed by the system; two were killed by the source."""

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
        """Take the child's next frame within *seconds_max* of work and what is left by the clock."""
        before = monotonic()
        answer = await child.frame(seconds_max, min(self.left, WAITING_FACTOR * seconds_max))
        self.left = max(0.0, self.left - (monotonic() - before))
        return answer


@frozen
class Job:
    """What a child is to do with one source, and what it may take for that.

    Attributes:
        request: What goes to the child, without the items.
        source_bytes: The size of the source.
        limits: The bounds of the file.
        item_seconds: How long the child may work on one item.
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


class Run(Generic[Item, Outcome]):
    """One pass over some items of a source; use it as an asynchronous context, and it leaves no child behind.

    An object with a `next` rather than an asynchronous generator, for callers may drop the generator they iterate, and
    asyncio closes nested ones in any order.
    """

    def __init__(
        self,
        job: Job,
        items: Sequence[Item],
        allowance: Allowance,
        wire: Callable[[Item], object],
        parse: Callable[[Item, Frame], Outcome | None],
        lost: Callable[[Item, PdfRefused], Outcome],
    ) -> None:
        """Take what to do and how to speak of it.

        Args:
            job: What to do with each item.
            items: The items in order.
            allowance: The seconds for all of them.
            wire: Writes an item for the child.
            parse: Reads the child's answer to an item; gives nothing if it is none.
            lost: Gives the outcome of an item that the child did not survive.
        """
        self._job = job
        self._rest = deque(items)
        self._allowance = allowance
        self._wire = wire
        self._parse = parse
        self._lost = lost
        self._child: Child | None = None
        self._cause: PdfRefused | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end_child()

    async def next(self) -> Opened | Outcome | None:
        """Give the next item's outcome, or what a new child says of the source before it; nothing at the end."""
        if not self._rest:
            return None
        if self._child is None and self._cause is None:
            opened = await self._open()
            if isinstance(opened, Opened):
                return opened
            self._cause = opened
        item = self._rest.popleft()
        if self._child is None:
            return self._lost(item, self._cause or TookTooLong(self._allowance.seconds))
        return await self._outcome(item, self._child)

    async def _open(self) -> Opened | PdfRefused:
        """Start a child; if it crashes at once, another: it may have been killed."""
        opened: Opened | PdfRefused = TookTooLong(self._allowance.seconds)
        for _ in range(OPENINGS_MAX):
            if not self._allowance.left:
                break
            request = {**self._job.request, "items": [self._wire(item) for item in self._rest]}
            self._child = await Child.start(request, self._job.kernel_limits(self._allowance.left))
            opened = decode.opened_of(await self._allowance.frame(self._child, self._job.limits.open_seconds))
            if isinstance(opened, Opened):
                return opened
            await self._end_child()
            if not isinstance(opened, Crashed):
                break
        return opened

    async def _outcome(self, item: Item, child: Child) -> Outcome:
        answer = await self._allowance.frame(child, self._job.item_seconds)
        if isinstance(answer, Frame) and answer.kind != frames.REFUSED:
            found = self._parse(item, answer)
            if found is not None:
                return found
        await self._end_child()
        if not isinstance(answer, Frame):
            return self._lost(item, answer)
        cause = decode.refused(answer)
        if answer.kind == frames.REFUSED:
            self._cause = cause  # A source that is refused after all is refused to the next child too.
        return self._lost(item, cause)

    async def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await child.end()
