"""Draw on pages that are values: what stands where, and which value of the document it is.

Coordinates are points from the top left corner of the page, and a text stands on its base line.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from attrs import frozen
from reportlab.pdfbase.pdfmetrics import stringWidth

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.values import Field, Paper, Value

Color: TypeAlias = tuple[float, float, float]
Point: TypeAlias = tuple[float, float]
Content: TypeAlias = str | Field

LETTER = (612.0, 792.0)
BLACK: Color = (0.0, 0.0, 0.0)
WHITE: Color = (1.0, 1.0, 1.0)
GREY: Color = (0.45, 0.45, 0.45)
PALE: Color = (0.9, 0.9, 0.9)


class Face(Enum):
    """The three faces that every PDF reader has; a value is the names of its regular, bold and italic cuts."""

    SANS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
    SERIF = ("Times-Roman", "Times-Bold", "Times-Italic")
    MONO = ("Courier", "Courier-Bold", "Courier-Oblique")


@frozen
class Text:
    """A piece of text that begins at a point of its base line."""

    x: float
    y: float
    text: str
    font: str
    size: float
    color: Color = BLACK
    turned: float = 0.0


@frozen
class Shape:
    """A line, a polygon or, through four points a piece, a curve."""

    points: tuple[Point, ...]
    stroke: Color | None = BLACK
    fill: Color | None = None
    width: float = 0.5
    curved: bool = False
    dash: bool = False


@frozen
class Placed:
    """A value of the document and the box it fills: left, top, right, bottom."""

    name: str
    value: Value
    text: str
    box: tuple[float, float, float, float]


@frozen
class SheetPage:
    """One drawn page."""

    width: float
    height: float
    marks: tuple[Text | Shape, ...]
    fields: tuple[Placed, ...]


@lru_cache(maxsize=65_536)
def wide(text: str, font: str, size: float) -> float:
    """Give the width of a text in points."""
    return float(stringWidth(text, font, size))


class Sheet:
    """The pages of one document while they are drawn; the newest one is drawn on."""

    def __init__(self, face: Face = Face.SANS, size: float = 9, accent: Color = BLACK) -> None:
        """Begin without a page; *face* and *size* are what texts have by default, *accent* is the maker's colour."""
        self.face = face
        self.size = size
        self.accent = accent
        self.width, self.height = LETTER
        self._marks: list[Text | Shape] = []
        self._fields: list[Placed] = []
        self._done: list[SheetPage] = []
        self._open = False

    def page(self, width: float = LETTER[0], height: float = LETTER[1]) -> None:
        """Begin the next page."""
        self._close()
        self.width, self.height, self._open = width, height, True

    def pages(self) -> tuple[SheetPage, ...]:
        """End drawing and give the pages."""
        self._close()
        return tuple(self._done)

    @property
    def number(self) -> int:
        """The number of the page that is drawn on, from 1."""
        return len(self._done) + 1

    def _close(self) -> None:
        if self._open:
            self._done.append(SheetPage(self.width, self.height, tuple(self._marks), tuple(self._fields)))
            self._marks, self._fields, self._open = [], [], False

    def font(self, bold: bool = False, italic: bool = False, face: Face | None = None) -> str:
        """Name a cut of a face."""
        return (face or self.face).value[1 if bold else 2 if italic else 0]

    def text(
        self,
        x: float,
        y: float,
        content: Content,
        size: float | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
        face: Face | None = None,
        align: str = "l",
        color: Color = BLACK,
        fit: float | None = None,
        turned: float = 0.0,
    ) -> float:
        """Draw a text and give the x where it ends; *align* ``r`` ends at x, ``c`` is centred, *fit* is its room."""
        words = content if isinstance(content, str) else content.text
        size = size or self.size
        font = self.font(bold, italic, face)
        width = wide(words, font, size)
        if fit is not None and width > fit:
            size *= max(fit / width, 0.55)
            width = wide(words, font, size)
        left = x - width if align == "r" else x - width / 2 if align == "c" else x
        if words:
            self._marks.append(Text(left, y, words, font, size, color, turned))
        if isinstance(content, Field) and content.name:
            box = (left, y - 0.75 * size, left + width, y + 0.22 * size)
            self._fields.append(Placed(content.name, content.value, words, box))
        return left + width

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, color: Color = BLACK) -> None:
        """Draw a line."""
        self._marks.append(Shape(((x0, y0), (x1, y1)), color, None, width))

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Color | None = None,
        stroke: Color | None = BLACK,
        line: float = 0.5,
    ) -> None:
        """Draw a rectangle from its top left corner."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self._marks.append(Shape(corners, stroke, fill, line))

    def shape(
        self, points: Iterable[Point], fill: Color | None, stroke: Color | None = None, width: float = 0.5
    ) -> None:
        """Draw a polygon."""
        self._marks.append(Shape(tuple(points), stroke, fill, width))

    def curve(self, points: Sequence[Point], color: Color = BLACK, width: float = 0.8) -> None:
        """Draw a curve: a start, then three points a piece."""
        self._marks.append(Shape(tuple(points), color, None, width, curved=True))

    def band(self, y: float, height: float, text: str, *, size: float = 10, x: float = 36, width: float = 540) -> None:
        """Draw a bar in the maker's colour with a heading on it."""
        self.rect(x, y, width, height, self.accent, None)
        self.text(x + 6, y + height / 2 + size * 0.35, text, size, bold=True, color=WHITE)

    def tick(self, x: float, y: float, label: str, *, on: bool = False, size: float | None = None) -> float:
        """Draw a box to tick with its label and give the x where the label ends."""
        side = (size or self.size) * 0.85
        self.rect(x, y - side, side, side)
        if on:
            self.line(x + 1, y - side + 1, x + side - 1, y - 1, 1)
            self.line(x + 1, y - 1, x + side - 1, y - side + 1, 1)
        return self.text(x + side + 3, y, label, size)

    def cell(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        caption: str,
        content: Content = "",
        *,
        size: float = 9,
        caption_size: float = 5.5,
        align: str = "l",
        face: Face | None = None,
        bold: bool = False,
        fill: Color | None = None,
    ) -> None:
        """Draw a box of a form: a small caption above, the content below."""
        self.rect(x, y, width, height, fill)
        self.para(x + 2.5, y + caption_size + 1.5, width - 5, caption, caption_size, leading=caption_size + 0.6)
        at = x + width - 4 if align == "r" else x + width / 2 if align == "c" else x + 4
        self.text(at, y + height - 4, content, size, align=align, face=face, fit=width - 6, bold=bold)

    def wrap(self, text: str, width: float, size: float, font: str) -> list[str]:
        """Break a text into lines of at most *width*."""
        lines: list[str] = []
        space = wide(" ", font, size)
        for block in text.split("\n"):
            line: list[str] = []
            used = 0.0
            for word in block.split():
                room = wide(word, font, size)
                if line and used + space + room > width:
                    lines.append(" ".join(line))
                    line, used = [word], room
                else:
                    used += room + (space if line else 0)
                    line.append(word)
            lines.append(" ".join(line))
        return lines

    def para(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        size: float | None = None,
        *,
        leading: float | None = None,
        bold: bool = False,
        italic: bool = False,
        face: Face | None = None,
        color: Color = BLACK,
    ) -> float:
        """Draw a paragraph whose first line stands at y, and give the y below it."""
        size = size or self.size
        leading = leading or size * 1.25
        for line in self.wrap(text, width, size, self.font(bold, italic, face)):
            self.text(x, y, line, size, bold=bold, italic=italic, face=face, color=color)
            y += leading
        return y

    def prose(
        self, x: float, y: float, width: float, template: str, paper: Paper, size: float | None = None, form: str = ""
    ) -> float:
        """Draw a paragraph in which ``{name}`` or ``{name:form}`` stands for a value, and give the y below it."""
        size = size or self.size
        font = self.font()
        space = wide(" ", font, size)
        at = x
        for word, field in _pieces(template, paper, form):
            words = word.split(" ") if field is not None else [word]
            boxes: list[tuple[float, float, float, float]] = []
            for piece in words:
                room = wide(piece, font, size)
                if at > x and at + room > x + width:
                    at, y = x, y + size * 1.35
                self._marks.append(Text(at, y, piece, font, size))
                boxes.append((at, y - 0.75 * size, at + room, y + 0.22 * size))
                at += room + space
            if field is not None:
                left, top = min(box[0] for box in boxes), boxes[0][1]
                right, bottom = max(box[2] for box in boxes), boxes[-1][3]
                self._fields.append(Placed(field.name, field.value, field.text, (left, top, right, bottom)))
        return y + size * 1.35

    def table(
        self,
        x: float,
        y: float,
        columns: Sequence[tuple[str, float, str]],
        rows: Iterable[Sequence[Content]],
        *,
        size: float = 8,
        leading: float | None = None,
        head_fill: Color | None = None,
        rules: bool = True,
        zebra: bool = False,
        more: Callable[[], float] | None = None,
        bottom: float = 730,
    ) -> float:
        """Draw a table of (heading, width, alignment) columns, and give the y below it.

        *more* begins a next page and gives the y where the table goes on; its heading is repeated there.
        """
        leading = leading or size * 1.45
        total = sum(width for _, width, _ in columns)
        y = self._head(x, y, columns, size, leading, total, head_fill, rules=rules)
        for number, row in enumerate(rows):
            if more is not None and y > bottom:
                y = self._head(x, more(), columns, size, leading, total, head_fill, rules=rules)
            if zebra and number % 2:
                self.rect(x, y - leading * 0.72, total, leading, (0.95, 0.95, 0.96), None)
            at = x
            for (_, width, align), content in zip(columns, row, strict=False):
                place = at + width - 3 if align == "r" else at + width / 2 if align == "c" else at + 3
                self.text(place, y, content, size, align=align, fit=width - 4)
                at += width
            y += leading
        return y

    def _head(
        self,
        x: float,
        y: float,
        columns: Sequence[tuple[str, float, str]],
        size: float,
        leading: float,
        total: float,
        fill: Color | None,
        *,
        rules: bool,
    ) -> float:
        if not any(title for title, _, _ in columns):
            return y
        if fill is not None:
            self.rect(x, y - leading * 0.8, total, leading * 1.15, fill, None)
        dark = fill is not None and sum(fill) < 1.4
        at = x
        for title, width, align in columns:
            place = at + width - 3 if align == "r" else at + width / 2 if align == "c" else at + 3
            self.text(place, y, title, size, bold=True, align=align, fit=width - 4, color=WHITE if dark else BLACK)
            at += width
        if rules:
            self.line(x, y + leading * 0.3, x + total, y + leading * 0.3)
        return y + leading * 1.2

    def pairs(
        self,
        x: float,
        y: float,
        rows: Iterable[tuple[str, Content]],
        *,
        gap: float = 110,
        size: float = 9,
        step: float = 0,
    ) -> float:
        """Draw names with their values beside them, line by line, and give the y below."""
        for name, content in rows:
            self.text(x, y, name, size, fit=gap - 4)
            self.text(x + gap, y, content, size, bold=True)
            y += step or size * 1.5
        return y

    def dotted(self, x: float, y: float, width: float, number: str, words: str, box: str, content: Content) -> None:
        """Draw a numbered line of a tax form: words, dots, the box's name and its content at the right."""
        self.text(x, y, number, 8, bold=True)
        end = self.text(x + 24, y, words, 8, fit=width - 150)
        dots = int((x + width - 118 - end) / 9)
        if dots > 0:
            self.text(end + 6, y, " . " * dots, 8)
        self.rect(x + width - 96, y - 9, 20, 12)
        self.text(x + width - 86, y, box, 7, bold=True, align="c")
        self.rect(x + width - 76, y - 9, 76, 12)
        self.text(x + width - 3, y, content, 8.5, align="r", face=Face.MONO)

    def sign(self, x: float, y: float, chance: Chance, width: float = 110, color: Color = (0.05, 0.1, 0.4)) -> None:
        """Scribble a signature on a base line."""
        points: list[Point] = [(x, y - chance.spread(0, 6))]
        at = x
        while at < x + width:
            step = chance.spread(5, 14)
            up, down = chance.spread(2, 13), chance.spread(-1, 4)
            points += [(at + step * 0.3, y - up), (at + step * 0.7, y + down), (at + step, y - chance.spread(0, 5))]
            at += step
        self.curve(points, color, chance.spread(0.7, 1.3))

    def bars(self, x: float, y: float, width: float, height: float, chance: Chance, rows: int = 1) -> None:
        """Draw a bar code of no meaning; more than one row makes it a stacked one."""
        tall = height / rows
        for row in range(rows):
            at = x
            while at < x + width:
                wide_bar = chance.spread(0.6, 2.4)
                self.rect(at, y + row * tall, min(wide_bar, x + width - at), tall, BLACK, None)
                at += wide_bar + chance.spread(0.6, 2.6)


def _pieces(template: str, paper: Paper, form: str) -> Iterable[tuple[str, Field | None]]:
    """Take a template apart into words; a value stays whole, and takes the sign behind it along."""
    for part in template.split():
        if "{" not in part:
            yield part, None
            continue
        before, _, rest = part.partition("{")
        name, _, after = rest.partition("}")
        name, _, own = name.partition(":")
        field = paper.f(name, own or form)
        yield before + field.text + after, field


def corners(points: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    """Give the sides of a polygon."""
    return pairwise([*points, points[0]])


class Flow:
    """Text that runs over as many pages as it needs, under a heading and above a foot that repeat."""

    def __init__(
        self,
        sheet: Sheet,
        head: Callable[[Sheet], float],
        foot: Callable[[Sheet], None],
        *,
        x: float = 60,
        width: float = 492,
        bottom: float = 725,
    ) -> None:
        """Begin the first page; *head* draws a page's top and gives the y where text begins."""
        self.sheet, self._head, self._foot = sheet, head, foot
        self.x, self.width, self.bottom = x, width, bottom
        self.y = 0.0
        self.turn()

    def turn(self) -> float:
        """Begin the next page and give the y where text begins."""
        self.sheet.page()
        self._foot(self.sheet)
        self.y = self._head(self.sheet)
        return self.y

    def room(self, height: float) -> None:
        """Begin the next page unless so much room is left."""
        if self.y + height > self.bottom:
            self.turn()

    def title(self, text: str, size: float = 11) -> None:
        """Set a heading."""
        self.room(size * 4)
        self.y += size * 0.5
        self.sheet.text(self.x, self.y, text, size, bold=True, fit=self.width)
        self.y += size * 1.5

    def para(self, text: str, size: float | None = None, *, indent: float = 0, gap: float = 0.6) -> None:
        """Set a paragraph, which may run over the page's end."""
        size = size or self.sheet.size
        for line in self.sheet.wrap(text, self.width - indent, size, self.sheet.font()):
            if self.y > self.bottom:
                self.turn()
            self.sheet.text(self.x + indent, self.y, line, size)
            self.y += size * 1.25
        self.y += size * gap

    def prose(self, template: str, paper: Paper, size: float | None = None, *, form: str = "") -> None:
        """Set a paragraph with values in it, whole on one page."""
        size = size or self.sheet.size
        self.room(size * 1.35 * (len(template) * size * 0.6 / self.width + 2))
        self.y = self.sheet.prose(self.x, self.y, self.width, template, paper, size, form) + size * 0.5
