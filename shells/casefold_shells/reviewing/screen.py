"""The screen on which a person reviews a case: the queue, the page, and what could be said of it."""

from collections.abc import MutableMapping, Sequence
from typing import ClassVar

from PIL import Image
from rich.markup import escape
from rich.text import Text
from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from casefold.case.consequences import Consequences
from casefold.case.state import first_page, may_begin
from casefold.kernel.results import Failure, Result
from casefold.pages.text import PageText, read_text_line
from casefold_adapters.files.blobs import FileBlobs
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import PageImage
from casefold_shells.packages import RunError
from casefold_shells.reviewing.canvas import Canvas
from casefold_shells.reviewing.dialogs import Ask, Find, Help
from casefold_shells.reviewing.panels import (
    colour,
    counted,
    evidence_text,
    offers_text,
    page_text,
    row_text,
    said_words,
)
from casefold_shells.reviewing.pictures import Frame, Window, framed, opened_picture, turned
from casefold_shells.reviewing.seeing import PageSeen, Row, laid_out, page_seen, rows
from casefold_shells.reviewing.session import Session
from casefold_shells.reviewing.terminal import Terminal
from casefold_shells.reviewing.told import lines_of
from casefold_shells.texts import read_texts

LONG_SIDE = 2200
"""Pixels of a page's longer side: enough to read small print at the largest zoom."""

ZOOMS = (1, 2, 4)

PAN = 120
"""How far one key moves what is shown, in ‰ of the page."""

PICTURES_MAX = 12
"""How many pictures of pages are kept."""

FRAMES_MAX = 12


class ReviewApp(App[RunError | None]):
    """Reviews one case; ends with what went wrong, if anything did."""

    CSS_PATH = "screen.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "casefold review"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "right"),
        *(Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, 10)),
        Binding("0", "say('unknown')", "none"),
        Binding("slash", "find", "find"),
        Binding("b", "boundary", "begins"),
        Binding("n", "note", "note"),
        Binding("u", "undo", "undo"),
        Binding("x", "take_back", "take back"),
        Binding("s", "skip", "skip"),
        Binding("down,j", "move(1)", "next"),
        Binding("up,k", "move(-1)", "previous"),
        Binding("a", "every", "all pages"),
        Binding("z", "zoom", "zoom"),
        Binding("left", "pan(-1, 0)", show=False),
        Binding("right", "pan(1, 0)", show=False),
        Binding("pageup", "pan(0, -1)", show=False),
        Binding("pagedown", "pan(0, 1)", show=False),
        Binding("r", "turn", "turn"),
        Binding("t", "words", "words"),
        Binding("e", "frames", "evidence"),
        Binding("question_mark", "help", "help"),
        Binding("q,ctrl+c", "quit", "quit", priority=False),
    ]

    def __init__(self, session: Session, terminal: Terminal = Terminal()) -> None:
        """Review what *session* has taken up, with pictures as *terminal* shows them."""
        super().__init__()
        self._session = session
        self._shows = terminal
        self._rows: tuple[Row, ...] = ()
        self._page = 0
        self._every = False
        self._note: str | None = None
        self._window = Window()
        self._turned = 0
        self._words = False
        self._framed = True
        self._busy = False
        self._told: Sequence[str] = ()
        self._text: PageText | None = None
        self._seen: PageSeen | None = None
        self._pictures: MutableMapping[int, Image.Image] = {}
        self._lost: MutableMapping[int, str] = {}

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Horizontal(id="top"):
            yield Static(id="case")
            yield ProgressBar(id="progress", show_eta=False)
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield OptionList(id="queue")
            with Vertical(id="page"):
                yield Canvas(self._shows, self._send, id="picture")
                with VerticalScroll(id="words"):
                    yield Static(id="text")
            with VerticalScroll(id="right"):
                yield Static(id="what")
                yield Static(id="offers")
                yield Static(id="evidence")
        yield Static(id="told")
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Begin with the first page that waits; where nobody said who is at work, ask."""
        self.query_one("#queue", OptionList).can_focus = False
        for name in ("#right", "#words"):
            self.query_one(name, VerticalScroll).can_focus = False
        self.query_one("#words").display = False
        waiting = self._session.waiting()
        self._every = not waiting and not self._session.case.corrections
        self._page = waiting[0] if waiting else 1
        self._tell([f"{counted(len(waiting), 'page')} to review." if waiting else "No page needs review."])
        self._show_all()
        if not self._session.by:
            self._ask_who()

    def _ask_who(self) -> None:
        def named(by: str | None) -> None:
            if by is None:
                self._ask_who()
                return
            self._session.by = by
            self._show_all()

        _ = self.push_screen(Ask("Who is reviewing? The name goes into the log with each decision."), named)

    # Decisions.

    def action_accept(self) -> None:
        """Say that the label that stands is right."""
        if self._seen is not None:
            self._say(self._seen.label)

    def action_choose(self, number: int) -> None:
        """Say that the page is what is offered under a number."""
        if self._seen is not None and number <= len(self._seen.offers):
            self._say(self._seen.offers[number - 1].label)

    def action_say(self, label: str) -> None:
        """Say what the page is."""
        self._say(label)

    def action_find(self) -> None:
        """Look for a class, and say that the page is that."""

        def found(label: str | None) -> None:
            if label is not None:
                self._say(label)

        _ = self.push_screen(Find(self._session.artifacts), found)

    def action_note(self) -> None:
        """Note why, for the next decision."""

        def noted(note: str | None) -> None:
            self._note = note
            self._show_keys()

        _ = self.push_screen(Ask("Why? The next decision carries it.", self._note or ""), noted)

    def _say(self, label: str) -> None:
        if not self._busy:
            self._busy = True
            self._decide(label)

    @work
    async def _decide(self, label: str) -> None:
        page, why = self._page, self._note
        done = await self._session.label(page, label, why)
        self._note = None
        self._after(done, f"Page {page} is {label}, says {self._session.by}.", onward=True)

    def action_boundary(self) -> None:
        """Say that a document begins with the page, or that it does not."""
        if self._busy:
            return
        if not may_begin(self._session.case, self._page):
            self._tell([f"Page {self._page} is the first of its file: a document begins with it anyway."])
            return
        self._busy = True
        self._turn_boundary()

    @work
    async def _turn_boundary(self) -> None:
        page, begins = self._page, not self._session.begins(self._page)
        done = await self._session.turn_boundary(page)
        said = "A document begins with" if begins else "The document before goes on with"
        self._after(done, f"{said} page {page}, says {self._session.by}.", onward=False)

    def action_undo(self) -> None:
        """Take back what was said last."""
        if not self._busy:
            self._busy = True
            self._undo()

    @work
    async def _undo(self) -> None:
        done = await self._session.undo()
        if isinstance(done, Failure):
            self.exit(done.failure())
            return
        taken = done.unwrap()
        if taken is None:
            self._busy = False
            self._tell(["There is nothing of yours to take back; x takes back what was said of this page before."])
            return
        said, changed = taken
        self._page = said.page
        self._after_change(changed, f"Taken back: {said_words(said)}.", onward=False)

    def action_take_back(self) -> None:
        """Take back what was said last of the page."""
        if self._busy:
            return
        if all(said.page != self._page for said in self._session.case.said):
            self._tell([f"Nobody said anything of page {self._page}."])
            return
        self._busy = True
        self._take_back()

    @work
    async def _take_back(self) -> None:
        page = self._page
        last = [said for said in self._session.case.said if said.page == page][-1]
        done = await self._session.take_back(page)
        self._after(done, f"Taken back: {said_words(last)}.", onward=False)

    def _after(self, done: "Result[Consequences, RunError]", said: str, *, onward: bool) -> None:
        if isinstance(done, Failure):
            self.exit(done.failure())
            return
        self._after_change(done.unwrap(), said, onward=onward)

    def _after_change(self, changed: Consequences, said: str, *, onward: bool) -> None:
        self._busy = False
        self._tell([said, *(f"{line[:1].upper()}{line[1:]}." for line in lines_of(changed))])
        waiting = self._session.waiting()
        if onward and waiting:
            self._page = next((page for page in waiting if page > self._page), waiting[0])
        self._show_all()
        if onward and not waiting:
            self._tell([*self._told, "No page needs review any more; q leaves."])

    # Moving.

    def action_move(self, by: int) -> None:
        """Go to the next page of the list, or the previous one."""
        numbers = [row.page for row in self._rows]
        if not numbers:
            return
        if self._page in numbers:
            at = numbers.index(self._page) + by
        else:
            at = next((at for at, page in enumerate(numbers) if page > self._page), len(numbers)) - (by < 0)
        self._go(numbers[max(0, min(at, len(numbers) - 1))])

    def action_skip(self) -> None:
        """Go to the next page that waits."""
        waiting = self._session.waiting()
        if waiting:
            self._go(next((page for page in waiting if page > self._page), waiting[0]))

    def action_every(self) -> None:
        """List all pages, or those alone that wait or were reviewed."""
        self._every = not self._every
        self._show_queue()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the page that was clicked."""
        self._go(self._rows[event.option_index].page)

    def _go(self, page: int) -> None:
        if page != self._page:
            self._page, self._turned = page, 0
            self._window = Window(self._window.zoom, 500, 500 // self._window.zoom)
            self._show_all()

    # Looking.

    def action_zoom(self) -> None:
        """Show the whole page, or a part of it larger; a zoom begins at the top, where titles stand."""
        zoom = ZOOMS[(ZOOMS.index(self._window.zoom) + 1) % len(ZOOMS)]
        self._window = Window(zoom, self._window.across, self._window.down if self._window.zoom > 1 else 500 // zoom)
        self._draw()

    def action_pan(self, across: int, down: int) -> None:
        """Move about on the page."""
        if self._words:
            self.query_one("#words", VerticalScroll).scroll_relative(x=across * 20, y=down * 12, animate=False)
            return
        step = PAN * 2 // self._window.zoom
        edge = 500 // self._window.zoom
        self._window = Window(
            self._window.zoom,
            min(max(self._window.across + across * step, edge), 1000 - edge),
            min(max(self._window.down + down * step, edge), 1000 - edge),
        )
        self._draw()

    def action_turn(self) -> None:
        """Turn the page clockwise."""
        self._turned = (self._turned + 90) % 360
        self._draw()

    def action_words(self) -> None:
        """Show the page's words, or its picture."""
        self._words = not self._words
        self.query_one("#words").display = self._words
        self.query_one("#picture").display = not self._words
        self._show_words()

    def action_frames(self) -> None:
        """Draw frames around the evidence, or none."""
        self._framed = not self._framed
        self._draw()

    def action_help(self) -> None:
        """Say which keys there are."""
        _ = self.push_screen(Help())

    # Showing.

    def _show_all(self) -> None:
        self._text, self._seen = None, page_seen(self._session.artifacts, self._session.case, self._page)
        self._show_queue()
        self._show_page()
        self._draw()
        self._load(self._page)

    @work(exclusive=True, group="load")
    async def _load(self, page: int) -> None:
        """Read a page's words and draw its picture, then those of the next page that waits, to have them at hand."""
        self._text = await self._read(page)
        self._seen = page_seen(self._session.artifacts, self._session.case, page, self._text)
        self._show_page()
        self._show_words()
        await self._picture(page)
        self._draw()
        after = next((each for each in self._session.waiting() if each > page), None)
        if after is not None:
            await self._picture(after)

    async def _read(self, page: int) -> PageText | None:
        async for text in read_texts(FileBlobs(self._session.folder.blobs), self._session.case, {page}):
            if not isinstance(text, Failure):
                return read_text_line(text.unwrap()[1], page)
        return None

    async def _picture(self, page: int) -> None:
        if page in self._pictures or page in self._lost:
            return
        session = self._session
        assert session.case.opened is not None, "an opened case is reviewed"
        source = session.case.pages[page - 1].source
        number = page - first_page(session.case, source) + 1
        path = FileBlobs(session.folder.blobs).path(session.case.opened.sources[source].digest)
        async for image in PdfReader(session.limits).render(path, [number], LONG_SIDE, session.password):
            if isinstance(image, PageImage):
                self._pictures[page] = opened_picture(image.encoded)
            else:
                self._lost[page] = f"There is no picture of page {page}: {image.kind.value}, {image.detail}"
        for old in [each for each in self._pictures if each != page][: max(0, len(self._pictures) - PICTURES_MAX)]:
            del self._pictures[old]

    def _draw(self) -> None:
        picture = self._pictures.get(self._page)
        if picture is not None and self._framed and self._seen is not None:
            shown = [piece for piece in self._seen.evidence if piece.box][:FRAMES_MAX]
            picture = framed(picture, [Frame(piece.box, piece.mine) for piece in shown])
        if picture is not None:
            upright = self._text.turned if self._text is not None else 0
            picture = turned(picture, (upright + self._turned) % 360)
        self.query_one(Canvas).show(picture, self._window)
        whole = "whole page" if self._window.zoom == 1 else f"{self._window.zoom} times as large"
        place = self.query_one("#page")
        place.border_title = f"page {self._page}"
        place.border_subtitle = self._lost.get(self._page) or (whole if picture is not None else "drawing …")

    def _show_words(self) -> None:
        if not self._words:
            return
        shown = self.query_one("#text", Static)
        if self._text is None:
            shown.update("There are no words of this page.")
        else:
            columns = max(60, self.query_one("#page").size.width - 4)
            text = Text("\n".join(laid_out(self._text, columns)), no_wrap=True)
            for piece in self._seen.evidence if self._seen is not None else ():
                words = piece.text.split("”")[0].removeprefix("“")
                if piece.text.startswith("“") and words:
                    text.highlight_words([words], f"bold {colour(piece.mine)}", case_sensitive=False)
            shown.update(text)
        self.query_one("#page").border_subtitle = "its words"

    def _show_queue(self) -> None:
        self._rows = rows(self._session.case, every=self._every)
        listed = self.query_one("#queue", OptionList)
        listed.set_options([Option(row_text(row)) for row in self._rows])
        at = next((at for at, row in enumerate(self._rows) if row.page == self._page), None)
        listed.highlighted = at
        waiting = len(self._session.waiting())
        done = sum(row.done for row in self._rows)
        total = waiting + sum(row.done and not row.waits for row in self._rows)
        self.query_one("#left").border_title = "all pages" if self._every else "to review"
        self.query_one("#left").border_subtitle = f"{waiting} left"
        self.query_one("#progress", ProgressBar).update(total=max(1, total), progress=min(done, total) if total else 1)
        opened = self._session.case.opened
        name = opened.name if opened is not None else ""
        who = f" · {self._session.by}" if self._session.by else ""
        self.query_one("#case", Static).update(
            Text.assemble((name, "bold"), f"  {done} of {counted(total, 'page')} reviewed{who}")
        )
        self._show_keys()

    def _show_page(self) -> None:
        if self._seen is not None:
            self.query_one("#what", Static).update(page_text(self._seen))
            self.query_one("#offers", Static).update(offers_text(self._seen))
            self.query_one("#evidence", Static).update(evidence_text(self._seen))

    def _show_keys(self) -> None:
        keys = (
            ("Enter", "right"), ("1-9", "it is that"), ("0", "none"), ("/", "find"), ("b", "begins"), ("s", "skip"),
            ("u", "undo"), ("z", "zoom"), ("t", "words"), ("?", "help"), ("q", "quit"),
        )  # fmt: skip
        shown = "  ".join(f"[b $accent]{escape(key)}[/] {word}" for key, word in keys)
        note = f"  [i]note: {escape(self._note)}[/]" if self._note else ""
        self.query_one("#keys", Static).update(shown + note)

    def _tell(self, lines: Sequence[str]) -> None:
        self._told = lines
        shown, more = lines[:4], len(lines) - 4
        text = Text("\n".join([*shown, *([f"and {more} more"] if more > 0 else [])]))
        text.highlight_regex(r"^Elsewhere:.*$|and \d+ more$", "bold yellow")
        self.query_one("#told", Static).update(text)

    def _send(self, message: str) -> None:
        """Hand the terminal what is no text; where there is none, nobody misses it."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(message)
