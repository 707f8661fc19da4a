"""A picture of a page on the screen, by whatever the terminal can show."""

from collections.abc import Callable, Sequence
from itertools import count

from PIL import Image
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from casefold_shells.reviewing.pictures import (
    MARKS,
    Window,
    blocks,
    cut,
    kitty_forgets,
    kitty_messages,
    placed,
    sixels,
)
from casefold_shells.reviewing.terminal import Graphics, Terminal

_NUMBERS = count(0x5CA5E)
"""Numbers of pictures: each is used once, so that none shows where another should."""


class Canvas(Widget):
    """Shows a part of one picture, as large as there is room."""

    def __init__(self, terminal: Terminal, write: Callable[[str], None], *, id: str | None = None) -> None:  # noqa: A002
        """Show pictures as *terminal* can; *write* hands it what is no text."""
        super().__init__(id=id)
        self._terminal = terminal
        self._write = write
        self._picture: Image.Image | None = None
        self._window = Window()
        self._rows: list[Strip] = []
        self._number: int | None = None
        self._sixels: tuple[int, int, str] | None = None

    def show(self, picture: Image.Image | None, window: Window) -> None:
        """Show a part of a picture, or nothing."""
        self._picture, self._window = picture, window
        self._draw()

    def on_resize(self) -> None:
        """Draw anew: there is more room, or less."""
        self._draw()

    def on_unmount(self) -> None:
        """Have the terminal forget the picture."""
        self._forget()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take all the room there is."""
        del viewport, width
        return container.height

    def render_line(self, y: int) -> Strip:
        """Give one row."""
        if y == 0 and self._sixels is not None:
            self.call_after_refresh(self._lay_sixels)
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width)

    def _forget(self) -> None:
        if self._number is not None:
            self._write(kitty_forgets(self._number))
            self._number = None

    def _draw(self) -> None:
        self._forget()
        self._rows, self._sixels = [], None
        columns, rows = self.size
        if self._picture is not None and columns > 0 and rows > 0:
            self._rows = [Strip(row).adjust_cell_length(columns) for row in self._drawn(self._picture, columns, rows)]
        self.refresh()

    def _drawn(self, picture: Image.Image, columns: int, rows: int) -> Sequence[list[Segment]]:
        if self._terminal.graphics is Graphics.BLOCKS:
            return blocks(cut(picture, self._window, 2 * columns, 2 * rows, 2), columns)
        wide, high = self._terminal.cell_width, self._terminal.cell_height
        seen = cut(picture, self._window, min(columns, len(MARKS)) * wide, min(rows, len(MARKS)) * high)
        across, down = -(-seen.width // wide), -(-seen.height // high)
        left = (columns - across) // 2
        if self._terminal.graphics is Graphics.SIXEL:
            self._sixels = left, down, sixels(seen)
            return [[Segment(" " * columns)] for _ in range(rows)]
        self._number = next(_NUMBERS)
        self._write(kitty_messages(seen, self._number, across, down))
        return placed(self._number, across, down, left)

    def _lay_sixels(self) -> None:
        """Draw over the room that was left empty; whatever lies above the screen's pages stays as it is."""
        if self._sixels is None or not self.is_attached or not self.screen.is_current:
            return
        left, _, drawn = self._sixels
        region = self.content_region
        self._write(f"\x1b7\x1b[{region.y + 1};{region.x + left + 1}H{drawn}\x1b8")
