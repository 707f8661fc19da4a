"""Progress by page, file or row, on a terminal or in a log."""

from time import monotonic
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from casefold.batch.state import DEAD, Package, State
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


class PackagesProgress:
    """Shows how many packages are done, several of which may go on at a time."""

    def __init__(self, console: Console, packages: int) -> None:
        """Show progress on *console*, which should be the error stream."""
        self._bar = Progress(
            TextColumn("packages"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=packages)

    def __enter__(self) -> Self:
        """Start showing."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        self._bar.stop()

    def finished(self) -> None:
        """One more package is done."""
        self._bar.advance(self._task)

    def case(self, case: Case) -> None:
        """A case went one step on; too small a step to show."""

    def reading(self, page: int) -> None:
        """A page was read; too small a step to show."""

    def recognising(self, page: int, known: bool) -> None:
        """A page was recognised; too small a step to show."""

    def writing(self, documents: int) -> None:
        """Documents were written; too small a step to show."""

    def reporting(self) -> None:
        """A report is being written; too small a step to show."""


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


LINE_SECONDS = 10.0
"""Where nobody watches a terminal, progress is a line every so often."""


class BatchProgress:
    """Shows how many packages of a batch are done; a bar on a terminal, else a line now and then."""

    def __init__(self, console: Console, total: int, done: int) -> None:
        """Show progress on *console*, which should be the error stream; *done* of *total* were done before."""
        self._console = console
        self._total = total
        self._before = done
        self._done = done
        self._failed = 0
        self._retried = 0
        self._pages = 0
        self._reading: dict[str, int] = {}
        self._began = self._said = monotonic()
        self._bar = Progress(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[told]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=total, completed=done, told="")

    def __enter__(self) -> Self:
        """Start showing."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop showing."""
        self._bar.stop()

    def reading(self, package: str, pages: int) -> None:
        """So many pages of a package were read."""
        self._reading[package] = pages
        self._show()

    def begun(self, package: Package) -> None:
        """An attempt began."""
        self._reading[package.package] = 0
        self._show()

    def ended(self, package: Package) -> None:
        """An attempt ended, well or not."""
        self._reading.pop(package.package, None)
        if package.state is State.OPEN:
            self._retried += 1
        else:
            self._done += 1
            self._failed += package.state in DEAD
            self._pages += package.row.pages if package.row is not None else 0
        self._show()

    def words(self) -> str:
        """Say it in a line."""
        pages = self._pages + sum(self._reading.values())
        seconds = max(monotonic() - self._began, 0.001)
        done = self._done - self._before
        left = (self._total - self._done) * seconds / done if done else None
        parts = [f"{pages:,} pages", f"{pages / seconds:,.1f} pages/s", _left_words(left)]
        parts += [f"{self._failed:,} failed"] if self._failed else []
        parts += [f"{self._retried:,} tried again"] if self._retried else []
        return ", ".join(parts)

    def _show(self) -> None:
        if not self._bar.disable:
            self._bar.update(self._task, completed=self._done, told=self.words())
        elif monotonic() - self._said >= LINE_SECONDS:
            self._said = monotonic()
            self._console.print(f"casefold: {self._done:,} of {self._total:,} packages, {self.words()}", soft_wrap=True)


def _left_words(seconds: float | None) -> str:
    """Say how long it goes on.

    >>> _left_words(None), _left_words(59.4), _left_words(4000)
    ('time left unknown', '59 s left', '1 h 6 min left')
    """
    if seconds is None:
        return "time left unknown"
    minutes = int(seconds) // 60
    if minutes < 2:
        return f"{seconds:.0f} s left"
    return f"{minutes} min left" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min left"
