"""Progress by page, file or row, on a terminal or in a log."""

from time import monotonic
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from casefold.case.state import Case, source_pages


class PageProgress:
    """Shows one package after another go by, page by page; see `casefold_shells.world.Progress`."""

    def __init__(self, console: Console) -> None:
        """Show progress on *console*, which should be the error stream."""
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[doing]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, doing="", visible=False)

    def __enter__(self) -> Self:
        """Start showing."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        self._bar.stop()

    def package(self, name: str) -> None:
        """Package *name* comes next."""
        short = name if len(name) <= 40 else name[:39] + "…"
        self._bar.reset(self._task, description=escape(short), total=None, completed=0, doing="opening", visible=True)

    def case(self, case: Case) -> None:
        """The case went one step on."""
        assert case.opened is not None, "a case is driven after it is opened"
        total = sum(source_pages(case, source) for source in range(len(case.opened.sources)))
        self._bar.update(self._task, total=total or None, completed=len(case.pages))

    def reading(self, page: int) -> None:
        """Page number *page* of the package was read."""
        self._bar.update(self._task, completed=page, doing="reading")

    def recognising(self, page: int, known: bool) -> None:
        """Page number *page* of the package was recognised, or was *known* from before."""
        self._bar.update(self._task, doing=f"page {page} {'known' if known else 'recognised'}")

    def writing(self, documents: int) -> None:
        """So many more documents were written."""
        self._bar.update(self._task, doing=f"{documents} documents written")

    def reporting(self) -> None:
        """The report is being written."""
        self._bar.update(self._task, doing="writing the report")


class FolderProgress:
    """Shows how many files of tests are done, and which folder comes next."""

    def __init__(self, console: Console) -> None:
        """Show progress on *console*, which should be the error stream."""
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        """Start showing."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        self._bar.stop()

    def folder(self, name: str, done: int, total: int) -> None:
        """So many files are done, and the tests in folder *name* come next."""
        self._bar.update(self._task, description=escape(name), completed=done, total=total)


class RowProgress:
    """Shows how much of a file was gone through: rows, rows a second, and the time that is left."""

    def __init__(self, console: Console, size: int) -> None:
        """Show progress on *console*, which should be the error stream; the file has *size* bytes."""
        self.done = 0
        self._began = monotonic()
        self._bar = Progress(
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[rows]:,} rows"),
            TextColumn("{task.fields[rate]:,}/s"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=size or None, rows=0, rate=0)

    def __enter__(self) -> Self:
        """Start showing."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        self._bar.stop()

    def rows(self, rows: int, size: int) -> None:
        """So many rows are done, and so many bytes of the file were read."""
        self.done = rows
        rate = int(rows / max(monotonic() - self._began, 0.001))
        self._bar.update(self._task, completed=size, rows=rows, rate=rate)


class PageCount:
    """Shows the pages of one made-up file after another."""

    def __init__(self, console: Console) -> None:
        """Show progress on *console*, which should be the error stream."""
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[doing]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, doing="")

    def __enter__(self) -> Self:
        """Start showing."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        self._bar.stop()

    def file(self, name: str, pages: int) -> None:
        """File *name* comes next, of about so many pages."""
        self._bar.reset(self._task, description=escape(name), total=pages, completed=0, doing="")

    def page(self, page: int, doing: str) -> None:
        """So many pages are done."""
        self._bar.update(self._task, completed=page, doing=doing)
