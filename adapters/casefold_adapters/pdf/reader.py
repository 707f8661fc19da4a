"""Read, picture and cut PDF files; whatever is in them, the caller gets values and stays as it was."""

import os
import stat
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from os import PathLike
from pathlib import Path
from typing import TypeAlias, TypeVar

from attrs import asdict, evolve, frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.pages.text import PageText, PageUnreadable
from casefold_adapters.pdf import decode
from casefold_adapters.pdf.decode import Opened
from casefold_adapters.pdf.forms import FormWords
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.process import Answer, Child, Frame
from casefold_adapters.pdf.recovery import Allowance, Job, Run
from casefold_adapters.pdf.refusals import Empty, Missing, NotAFile, NotReadable, PdfRefused, TooLarge, TooManyPages
from casefold_adapters.pdf.values import Bookmark, PageImage, PageRaster, PdfFacts, SplitDone, SplitFailed, SplitPart

FilePath: TypeAlias = "str | PathLike[str]"

Drawn = TypeVar("Drawn", PageImage, PageRaster)

PARTIAL = ".partial"
"""The ending of a part that is being written; one left behind by a crash is written over by the next try."""


@frozen
class PdfReader:
    """Works on PDF files within *limits*; each call starts children of its own and leaves none behind."""

    limits: PdfLimits = PdfLimits()

    async def inspect(self, path: FilePath, password: str | None = None) -> Result[PdfFacts, PdfRefused]:
        """Say what the file is, or why it cannot be worked with."""
        size = _size_of(path, self.limits)
        if not isinstance(size, int):
            return Failure(size)
        allowance = Allowance(self.limits.open_seconds)
        job = self._job("inspect", path, size, password)
        opened = decode.opened_of(await self._answer(job, allowance, self.limits.open_seconds))
        if not isinstance(opened, Opened):
            return Failure(opened)
        if opened.pages > self.limits.pages_max:
            return Failure(TooManyPages(opened.pages, self.limits.pages_max))
        bookmarks: tuple[Bookmark, ...] | None = ()
        if opened.outlined:
            job = self._job("bookmarks", path, size, password)
            answer = await self._answer(job, allowance, self.limits.structure_seconds)
            bookmarks = decode.bookmarks_of(answer, opened.pages)
        return Success(
            PdfFacts(
                pages=opened.pages,
                repaired=opened.repaired,
                encrypted=opened.encrypted,
                form=opened.form,
                title=opened.title,
                bookmarks=bookmarks or (),
                bookmarks_lost=bookmarks is None,
            )
        )

    async def read(
        self, path: FilePath, first: int, last: int, password: str | None = None
    ) -> AsyncGenerator[PageText | PageUnreadable, None]:
        """Give the pages from *first* to *last*, both included, each exactly once and in order.

        Inspect the file first: of a file that cannot be opened, every page is unreadable.
        """
        pages = range(first, last + 1)
        size = _size_of(path, self.limits)
        if not isinstance(size, int):
            for page in pages:
                yield decode.lost_page(page, size)
            return
        job = self._job("read", path, size, password)
        allowance = Allowance(self.limits.source_seconds(len(pages), size))
        run: Run[int, PageText | PageUnreadable] = Run(job, pages, allowance, int, decode.text_of, decode.lost_page)
        async with FormWords(job, pages, allowance) as forms, run:
            while (item := await run.next()) is not None:
                match item:
                    case PageText():
                        yield await forms.added(item)
                    case PageUnreadable():
                        yield item
                    case Opened(form=form):
                        if form:
                            await forms.start()

    async def render(
        self,
        path: FilePath,
        pages: Sequence[int],
        long_side_pixels: int,
        password: str | None = None,
        *,
        jpeg: bool = False,
    ) -> AsyncGenerator[PageImage | PageUnreadable, None]:
        """Give a picture of each of *pages* whose longer side has *long_side_pixels*; as *jpeg*, which all can read.

        Never by dots per inch: scans lie about the size of their pages.
        """
        async with aclosing(
            self._drawn(path, pages, long_side_pixels, password, decode.image_of, gray=False, jpeg=jpeg)
        ) as pictures:
            async for picture in pictures:
                yield picture

    async def raster(
        self, path: FilePath, pages: Sequence[int], long_side_pixels: int, password: str | None = None
    ) -> AsyncGenerator[PageRaster | PageUnreadable, None]:
        """Give each of *pages* in gray, its longer side of *long_side_pixels*, as `render` does: to be recognised."""
        async with aclosing(
            self._drawn(path, pages, long_side_pixels, password, decode.raster_of, gray=True)
        ) as rasters:
            async for raster in rasters:
                yield raster

    async def _drawn(
        self,
        path: FilePath,
        pages: Sequence[int],
        long_side_pixels: int,
        password: str | None,
        parse: Callable[[int, Frame], Drawn | PageUnreadable | None],
        *,
        gray: bool,
        jpeg: bool = False,
    ) -> AsyncGenerator[Drawn | PageUnreadable, None]:
        size = _size_of(path, self.limits)
        if not isinstance(size, int):
            for page in pages:
                yield decode.lost_page(page, size)
            return
        job = self._job("render", path, size, password, long_side_pixels=long_side_pixels, gray=gray, jpeg=jpeg)
        allowance = Allowance(self.limits.source_seconds(len(pages), size))
        run: Run[int, Drawn | PageUnreadable] = Run(job, pages, allowance, int, parse, decode.lost_page)
        async with run:
            while (item := await run.next()) is not None:
                if not isinstance(item, Opened):
                    yield item

    async def split(
        self, path: FilePath, parts: Sequence[SplitPart], folder: FilePath, password: str | None = None
    ) -> AsyncGenerator[Result[SplitDone, SplitFailed], None]:
        """Cut *parts* from one source into *folder*, and say for each in order what became of it.

        A part stands under its name only when another parser has found its pages and words to be those expected; the
        same part of the same source has the same bytes each time.
        """
        assert len({part.file for part in parts}) == len(parts), "each part has its own name"
        size = _size_of(path, self.limits)
        if not isinstance(size, int):
            for part in parts:
                yield decode.lost_part(part, size)
            return
        place = _absolute(folder)
        pages = sum(len(part.pages) for part in parts)
        job = self._job("split", path, size, password, folder=str(place), partial=PARTIAL)
        longest = max((len(part.pages) for part in parts), default=0)
        job = evolve(
            job,
            item_seconds=self.limits.page_seconds + self.limits.source_seconds_per_page * longest,
            written_bytes=self.limits.output_bytes_max,
        )
        allowance = Allowance(self.limits.source_seconds(pages, size))
        async with Run(job, parts, allowance, asdict, decode.part_of, decode.lost_part) as run:
            while (item := await run.next()) is not None:
                if isinstance(item, Opened):
                    continue
                if isinstance(item, Failure):
                    _forget(place, item.failure().file)
                yield item

    async def _answer(self, job: Job, allowance: Allowance, seconds_max: float) -> Answer:
        """Give a child's one answer."""
        child = await Child.start(job.request, job.kernel_limits(allowance.left))
        try:
            return await allowance.frame(child, seconds_max)
        finally:
            await child.end()

    def _job(self, work: str, path: FilePath, source_bytes: int, password: str | None, **more: object) -> Job:
        request = {
            "work": work,
            "path": str(_absolute(path)),
            "password": password,
            "words_max": self.limits.words_max,
            "characters_max": self.limits.characters_max,
            "pixels_max": self.limits.pixels_max,
            "bookmarks_max": self.limits.bookmarks_max,
            **more,
        }
        return Job(request, source_bytes, self.limits, item_seconds=self.limits.page_seconds)


def _absolute(path: FilePath) -> Path:
    """Give the path as the child needs it, which runs in another folder."""
    return Path(path).absolute()


def _forget(folder: Path, name: str) -> None:
    """Leave nothing of a part that failed: not what is unfinished, nor what stood under its name before."""
    for left in (name + PARTIAL, name):
        with suppress(OSError):
            folder.joinpath(left).unlink(missing_ok=True)


def _size_of(path: FilePath, limits: PdfLimits) -> int | PdfRefused:
    """Give the file's size if it is worth a child."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return Missing()
    if not stat.S_ISREG(status.st_mode):
        return NotAFile()
    if not os.access(path, os.R_OK):
        return NotReadable()
    if not status.st_size:
        return Empty()
    if status.st_size > limits.source_bytes_max:
        return TooLarge(status.st_size, limits.source_bytes_max)
    return status.st_size
