"""Recognise pages of a source: from the cache where they are known, else drawn, recognised and kept."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from importlib.metadata import version
from os import PathLike
from types import TracebackType
from typing import Self, TypeAlias, cast

from attrs import evolve, frozen

from casefold.kernel.canonical import Json, digest_of_bytes
from casefold.pages.recognition import Attempt, Engine, RecognisedWords
from casefold.pages.text import Barcode, PageUnreadable
from casefold_adapters.ocr.cache import Cache
from casefold_adapters.ocr.engines import Installed
from casefold_adapters.ocr.pool import Workers, barcodes_of, words_of
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import PageRaster

FilePath: TypeAlias = "str | PathLike[str]"

LONG_SIDE_PIXELS = 1650
"""What a page is drawn at whatever size it claims: 150 dots an inch of a letter page. More finds nothing; measured."""

AHEAD = 2
"""Pages that wait, drawn, for each worker."""


def drawing_limits(limits: PdfLimits) -> PdfLimits:
    """Give the limits under which pages are drawn: on a machine whose processors are all busy recognising.

    A page may take as much work as before or a good deal more; what grows is the patience by the clock, for a page must
    not be lost to what else runs.
    """
    return evolve(
        limits,
        open_seconds=max(limits.open_seconds, 30.0),
        page_seconds=max(limits.page_seconds, 20.0),
        source_seconds_base=max(limits.source_seconds_base, 600.0),
        source_seconds_per_page=max(limits.source_seconds_per_page, 10.0),
    )


@frozen
class Found:
    """What came of page number *page* of its source, and whether it was known before."""

    page: int
    words: RecognisedWords | PageUnreadable
    known: bool


class Recogniser:
    """Recognises with the engines given; use it as an asynchronous context, and it leaves no process behind."""

    def __init__(
        self,
        engines: Sequence[Installed],
        workers: int,
        cache: Cache | None = None,
        limits: PdfLimits = PdfLimits(),
        barcodes: Engine | None = None,
    ) -> None:
        """Take the engines, how many pages are worked on at once, where what was found is kept, what reads barcodes."""
        self._barcodes = barcodes
        self._pools = {installed.engine: Workers(installed, workers) for installed in engines}
        self._ahead = AHEAD * workers
        self._cache = cache
        self._pdf = PdfReader(drawing_limits(limits))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the workers."""
        for pool in self._pools.values():
            await pool.close()

    async def recognise(
        self, path: FilePath, digest: str, pages: Sequence[int], attempt: Attempt, password: str | None = None
    ) -> AsyncGenerator[Found, None]:
        """Give what came of each of *pages*, in order; *digest* names the bytes of the file at *path*."""
        known = {page: words for page in pages if (words := self._known(digest, page, attempt)) is not None}
        rest = [page for page in pages if page not in known]
        async with aclosing(self._work(path, digest, rest, attempt, password)) as working:
            for page in pages:
                yield Found(page, known[page], known=True) if page in known else await anext(working)

    async def _work(
        self, path: FilePath, digest: str, pages: Sequence[int], attempt: Attempt, password: str | None
    ) -> AsyncGenerator[Found, None]:
        """Draw pages one after the other, and have several recognised at once."""
        if not pages:
            return
        waiting: deque[asyncio.Task[Found]] = deque()
        try:
            async with aclosing(self._pdf.raster(path, pages, LONG_SIDE_PIXELS, password)) as rasters:
                async for raster in rasters:
                    waiting.append(asyncio.create_task(self._one(digest, raster, attempt)))
                    if len(waiting) > self._ahead:
                        yield await waiting.popleft()
            while waiting:
                yield await waiting.popleft()
        finally:
            for task in waiting:
                task.cancel()
            for task in waiting:
                with suppress(asyncio.CancelledError):
                    await task

    async def _one(self, digest: str, raster: PageRaster | PageUnreadable, attempt: Attempt) -> Found:
        if isinstance(raster, PageUnreadable):
            return Found(raster.page, raster, known=False)
        key = _raster_key(raster, _attempt_key(attempt))
        words = self._kept(key)
        known = words is not None
        if words is None:
            found = await self._pools[attempt.engine].recognise(raster, attempt.effort)
            if isinstance(found, PageUnreadable):
                return Found(raster.page, found, known=False)
            words = found
            self._keep(key, _value(words))
        self._keep(_page_key(digest, raster.page, _attempt_key(attempt)), {"raster": key})
        if self._barcodes is None:
            return Found(raster.page, words, known)
        codes_key = _raster_key(raster, _codes_key(self._barcodes))
        codes = self._kept_codes(codes_key)
        if codes is None:
            codes = await self._pools[attempt.engine].barcodes(raster)
        if codes is None:
            return Found(raster.page, words, known)
        self._keep(codes_key, {"barcodes": [[list(each.box), each.kind, each.text] for each in codes]})
        self._keep(_page_key(digest, raster.page, _codes_key(self._barcodes)), {"raster": codes_key})
        return Found(raster.page, evolve(words, barcodes=codes), known)

    def _known(self, digest: str, page: int, attempt: Attempt) -> RecognisedWords | None:
        """Give what is known of a page of a file, without drawing it."""
        key = self._pointed(_page_key(digest, page, _attempt_key(attempt)))
        words = self._kept(key) if key is not None else None
        if words is None or self._barcodes is None:
            return words
        codes_key = self._pointed(_page_key(digest, page, _codes_key(self._barcodes)))
        codes = self._kept_codes(codes_key) if codes_key is not None else None
        return evolve(words, barcodes=codes) if codes is not None else None

    def _pointed(self, key: dict[str, Json]) -> dict[str, Json] | None:
        pointed = self._cache.get(key) if self._cache is not None else None
        raster = pointed.get("raster") if pointed is not None else None
        return cast("dict[str, Json]", raster) if isinstance(raster, dict) else None

    def _kept(self, key: dict[str, Json]) -> RecognisedWords | None:
        value = self._cache.get(key) if self._cache is not None else None
        return words_of(value) if value is not None else None

    def _kept_codes(self, key: dict[str, Json]) -> tuple[Barcode, ...] | None:
        value = self._cache.get(key) if self._cache is not None else None
        return barcodes_of(value) if value is not None else None

    def _keep(self, key: dict[str, Json], value: dict[str, Json]) -> None:
        if self._cache is not None:
            self._cache.put(key, value)


def _raster_key(raster: PageRaster, how: dict[str, Json]) -> dict[str, Json]:
    return {"raster": digest_of_bytes(raster.gray), "width": raster.width, "height": raster.height, **how}


def _page_key(digest: str, page: int, how: dict[str, Json]) -> dict[str, Json]:
    """Name a page of a file, drawn by this version of pdfium."""
    drawn: dict[str, Json] = {"long_side": LONG_SIDE_PIXELS, "pdfium": version("pypdfium2")}
    return {"source": digest, "page": page, **drawn, **how}


def _codes_key(engine: Engine) -> dict[str, Json]:
    return {"engine": engine.name, "version": engine.version, "barcodes": True}


def _attempt_key(attempt: Attempt) -> dict[str, Json]:
    return {"engine": attempt.engine.name, "version": attempt.engine.version, "effort": attempt.effort.value}


def _value(words: RecognisedWords) -> dict[str, Json]:
    return {
        "words": list(words.words),
        "boxes": list(words.boxes),
        "confidences": list(words.confidences),
        "turned": words.turned,
        "blank": words.blank,
    }
