"""Add the values of form fields to the pages they stand on, as long as pypdf gives them in time.

A child of its own reads them beside the one that reads the text, and whatever happens to it costs form words only.
"""

import json
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from attrs import evolve

from casefold.pages.text import BOX_SCALE, FormField, PageText, TextOrigin
from casefold_adapters.pdf import frames
from casefold_adapters.pdf.process import Child, Frame
from casefold_adapters.pdf.recovery import Allowance, Job


class FormWords:
    """The form values of one source, page by page; use it as an asynchronous context."""

    def __init__(self, job: Job, pages: Sequence[int], allowance: Allowance) -> None:
        """Take the job, the pages in order, and the allowance that is shared with their text."""
        self._job = job
        self._pages = pages
        self._allowance = allowance
        self._asked = False
        self._child: Child | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end_child()

    async def start(self) -> None:
        """Start the child, the first time."""
        if self._asked:
            return
        self._asked = True
        request = {**self._job.request, "work": "values", "items": list(self._pages)}
        self._child = await Child.start(request, self._job.kernel_limits(self._allowance.left))

    async def added(self, page: PageText) -> PageText:
        """Give *page* with its form words last, or as it is if there are none to be had."""
        while self._child is not None:
            answer = await self._allowance.frame(self._child, self._job.limits.structure_seconds)
            found = _values(answer) if isinstance(answer, Frame) and answer.kind == frames.VALUES else None
            if found is None or found["page"] > page.page:
                await self._end_child()
            elif found["page"] == page.page:
                return _with(page, found)
        return page

    async def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await child.end()


def _with(page: PageText, found: dict[str, Any]) -> PageText:
    words, boxes = tuple(found["words"]), tuple(found["boxes"])
    if not words:
        return page
    return evolve(
        page,
        words=(*page.words, *words),
        boxes=(*page.boxes, *boxes),
        origin=TextOrigin.LAYER,
        form_words=len(words),
        form_fields=tuple(FormField(name, label, count) for name, label, count in found["fields"]),
    )


def _values(frame: Frame) -> dict[str, Any] | None:
    """Read one page's values if they are what they should be."""
    try:
        found: dict[str, Any] = json.loads(frame.payload)
        words, boxes, fields = found["words"], found["boxes"], found["fields"]
        sound = (
            isinstance(found["page"], int)
            and all(isinstance(word, str) and word.split() == [word] for word in words)
            and len(boxes) == 4 * len(words)
            and all(isinstance(side, int) and 0 <= side <= BOX_SCALE for side in boxes)
            and all(isinstance(name, str) and isinstance(label, str) and count > 0 for name, label, count in fields)
            and sum(count for _, _, count in fields) == len(words)
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if sound else None
