"""Recognising workers: so many at once, each started when it is needed and replaced when it dies."""

import asyncio
import json
from types import TracebackType
from typing import Any, Self, TypeAlias

from casefold.pages.recognition import Effort, RecognisedWords
from casefold.pages.text import BOX_SCALE, Barcode, PageUnreadable
from casefold_adapters.ocr import frames
from casefold_adapters.ocr.engines import Installed
from casefold_adapters.pdf import decode
from casefold_adapters.pdf.frames import UNREADABLE, packed
from casefold_adapters.pdf.patience import WAITING_FACTOR
from casefold_adapters.pdf.process import Child, Frame, KernelLimits
from casefold_adapters.pdf.refusals import Crashed, PdfRefused
from casefold_adapters.pdf.values import PageRaster

TRIES_MAX = 3
"""A worker that dies may have been killed by the system; three were killed by the page."""

START_SECONDS = 60.0
"""To load an engine: a cold disk and a busy machine take their time."""

_WORKER = "casefold_adapters.ocr.worker.main"
_EFFORTS = {Effort.TOP: frames.TOP, Effort.FULL: frames.FULL, Effort.CLOSE: frames.CLOSE, Effort.SECOND: frames.FULL}


_Answer: TypeAlias = RecognisedWords | PageUnreadable | tuple[Barcode, ...]


class Workers:
    """Up to *count* workers of one engine; use it as an asynchronous context, and it leaves none behind."""

    def __init__(self, installed: Installed, count: int) -> None:
        """Take the engine, and how many workers may run at once."""
        assert count > 0, "somebody must do the work"
        self._installed = installed
        self._limits = KernelLimits(installed.memory_bytes, 24 * 60 * 60)
        self._idle: list[Child] = []
        self._free = asyncio.Semaphore(count)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the workers."""
        idle, self._idle = self._idle, []
        for child in idle:
            await child.end()

    async def recognise(self, raster: PageRaster, effort: Effort) -> RecognisedWords | PageUnreadable:
        """Give a page's words, or why they could not be recognised."""
        found = await self._asked(raster, _EFFORTS[effort])
        if isinstance(found, RecognisedWords | PageUnreadable):
            return found
        return decode.lost_page(raster.page, found if not isinstance(found, tuple) else Crashed("no words"))

    async def barcodes(self, raster: PageRaster) -> tuple[Barcode, ...] | None:
        """Give a page's barcodes; nothing if they could not be looked for."""
        found = await self._asked(raster, frames.CODES)
        return found if isinstance(found, tuple) else None

    async def _asked(self, raster: PageRaster, effort: int) -> _Answer | PdfRefused:
        async with self._free:
            cause: PdfRefused = Crashed("no worker")
            for _ in range(TRIES_MAX):
                found = await self._try(raster, effort)
                if isinstance(found, RecognisedWords | PageUnreadable | tuple):
                    return found
                cause = found
                if not isinstance(cause, Crashed):
                    break
            return cause

    async def _try(self, raster: PageRaster, effort: int) -> _Answer | PdfRefused:
        child = self._idle.pop() if self._idle else await self._start()
        if not isinstance(child, Child):
            return child
        seconds = self._installed.page_seconds
        head = frames.JOB_HEAD.pack(raster.width, raster.height, effort, 2 * seconds)
        try:
            child.send(packed(frames.JOB, head, raster.gray))
            answer = await child.frame(seconds, WAITING_FACTOR * seconds)
            found = _read(raster.page, answer, effort) if isinstance(answer, Frame) else None
        except BaseException:
            await child.end()
            raise
        if found is not None:
            self._idle.append(child)
            return found
        await child.end()
        return Crashed(f"frame {answer.kind!r} was not expected") if isinstance(answer, Frame) else answer

    async def _start(self) -> Child | PdfRefused:
        request = {
            "engine": self._installed.engine.name,
            "data": self._installed.data,
            "language": self._installed.language,
        }
        child = await Child.start(request, self._limits, _WORKER)
        try:
            answer = await child.frame(START_SECONDS, WAITING_FACTOR * START_SECONDS)
        except BaseException:
            await child.end()
            raise
        if isinstance(answer, Frame) and answer.kind == frames.READY:
            return child
        await child.end()
        return Crashed(f"frame {answer.kind!r} was not expected") if isinstance(answer, Frame) else answer


def _read(page: int, frame: Frame, effort: int) -> _Answer | None:
    """Read what a worker found; nothing if it is not what it should be."""
    try:
        value: dict[str, Any] = json.loads(frame.payload)
        if frame.kind == UNREADABLE:
            return decode.lost_page(page, Crashed(str(value["detail"])))
        if frame.kind != frames.WORDS:
            return None
        return barcodes_of(value) if effort == frames.CODES else words_of(value)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def barcodes_of(value: dict[str, Any]) -> tuple[Barcode, ...] | None:
    """Read barcodes from plain values; nothing if they are not what they should be."""
    try:
        rows = [(kind, text, tuple(box)) for box, kind, text in value["barcodes"]]
        sound = all(
            isinstance(kind, str)
            and isinstance(text, str)
            and len(box) == 4
            and all(isinstance(side, int) and 0 <= side <= BOX_SCALE for side in box)
            for kind, text, box in rows
        )
    except (KeyError, TypeError, ValueError):
        return None
    return tuple(Barcode(kind, text, box) for kind, text, box in rows) if sound else None


def words_of(value: dict[str, Any]) -> RecognisedWords | None:
    """Read recognised words from plain values; nothing if they are not what they should be."""
    try:
        words, boxes, confidences = value["words"], value["boxes"], value["confidences"]
        sound = (
            all(isinstance(word, str) and word.split() == [word] for word in words)
            and len(boxes) == 4 * len(words)
            and all(isinstance(side, int) and 0 <= side <= BOX_SCALE for side in boxes)
            and len(confidences) == len(words)
            and all(isinstance(sure, int) and 0 <= sure <= 100 for sure in confidences)
            and value["turned"] in {0, 90, 180, 270}
        )
    except (KeyError, TypeError):
        return None
    if not sound:
        return None
    return RecognisedWords(tuple(words), tuple(boxes), tuple(confidences), value["turned"], value.get("blank") is True)
