"""Turn a picture of a page into what a terminal shows: quarters of characters, Kitty's placeholders, or sixels."""

import io
from base64 import standard_b64encode
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import TypeAlias

from attrs import frozen
from PIL import Image, ImageDraw
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from casefold.pages.text import BOX_SCALE

FOR, AGAINST = (22, 130, 60), (200, 90, 20)
"""Colours of the frames around words that speak for the label, and around those that speak for another."""

PLACEHOLDER = "\U0010eeee"

CHUNK = 4096
"""As much of a picture as one message of the Kitty protocol carries."""

_RANGES = (
    (0x305, 0x305), (0x30D, 0x30E), (0x310, 0x310), (0x312, 0x312), (0x33D, 0x33F), (0x346, 0x346), (0x34A, 0x34C),
    (0x350, 0x352), (0x357, 0x357), (0x35B, 0x35B), (0x363, 0x36F), (0x483, 0x487), (0x592, 0x595), (0x597, 0x599),
    (0x59C, 0x5A1), (0x5A8, 0x5A9), (0x5AB, 0x5AC), (0x5AF, 0x5AF), (0x5C4, 0x5C4), (0x610, 0x617), (0x657, 0x65B),
    (0x65D, 0x65E), (0x6D6, 0x6DC), (0x6DF, 0x6E2), (0x6E4, 0x6E4), (0x6E7, 0x6E8), (0x6EB, 0x6EC), (0x730, 0x730),
    (0x732, 0x733), (0x735, 0x736), (0x73A, 0x73A), (0x73D, 0x73D), (0x73F, 0x741), (0x743, 0x743), (0x745, 0x745),
    (0x747, 0x747), (0x749, 0x74A), (0x7EB, 0x7F1), (0x7F3, 0x7F3), (0x816, 0x819), (0x81B, 0x823), (0x825, 0x827),
    (0x829, 0x82D), (0x951, 0x951), (0x953, 0x954),
)  # fmt: skip

MARKS = tuple(chr(code) for first, last in _RANGES for code in range(first, last + 1))
"""The marks by which a placeholder says which row and column of the picture it stands for, from 0."""


@frozen
class Frame:
    """A frame around words: where, in `BOX_SCALE` ths of the page, and whether they speak for the page's label."""

    box: tuple[int, ...]
    mine: bool


@frozen
class Window:
    """What part of a page is shown: *zoom* times as large as the whole, its middle at *across* and *down*, in ‰."""

    zoom: int = 1
    across: int = 500
    down: int = 500


def opened_picture(encoded: bytes) -> Image.Image:
    """Read a picture, as colours on white."""
    with Image.open(io.BytesIO(encoded)) as picture:
        return picture.convert("RGB")


def framed(picture: Image.Image, frames: Sequence[Frame]) -> Image.Image:
    """Draw a frame around words."""
    copy = picture.copy()
    draw, (width, height) = ImageDraw.Draw(copy), copy.size
    thick, room = max(2, width // 400), max(2, width // 300)
    for frame in frames:
        left, top, right, bottom = frame.box
        place = (
            left * width // BOX_SCALE - room,
            top * height // BOX_SCALE - room,
            right * width // BOX_SCALE + room,
            bottom * height // BOX_SCALE + room,
        )
        draw.rectangle(place, outline=FOR if frame.mine else AGAINST, width=thick)
    return copy


def turned(picture: Image.Image, degrees: int) -> Image.Image:
    """Turn a picture clockwise by 0, 90, 180 or 270 degrees."""
    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return picture.transpose(turns[degrees]) if degrees in turns else picture


def cut(picture: Image.Image, window: Window, width: int, height: int, tall: int = 1) -> Image.Image:
    """Cut out what *window* shows and scale it to at most *width* by *height* pixels, keeping its shape.

    At a zoom of one all of the page is seen; beyond that, all of the room is used. *tall* is how many times as high as
    wide the pixels of the terminal are.
    """
    wide, high = picture.size
    scale = min(width / wide, height * tall / high) * window.zoom
    seen_wide, seen_high = min(wide, width / scale), min(high, height * tall / scale)
    left = min(max(0.0, wide * window.across / 1000 - seen_wide / 2), wide - seen_wide)
    top = min(max(0.0, high * window.down / 1000 - seen_high / 2), high - seen_high)
    size = max(1, min(width, round(seen_wide * scale))), max(1, min(height, round(seen_high * scale / tall)))
    box = (left, top, left + seen_wide, top + seen_high)
    return picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


_DARKENED = [255 * value * value // 255**2 for value in range(256)] * 3
"""Small print becomes pale grey where many pixels become one; so greys are drawn darker than they are."""

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""Characters by which quarters of a cell they fill: upper left 1, upper right 2, lower left 4, lower right 8."""

FLAT = 24
"""Where the quarters of a cell differ by less light than that, all have one colour."""


def blocks(picture: Image.Image, columns: int) -> list[list[Segment]]:
    """Write a picture in quarters of characters, two pixels by two in each, in the middle of *columns*.

    A character has two colours: that of its darker pixels and that of the others.
    """
    picture = picture.point(_DARKENED)
    width, height = picture.size
    lights, colours = picture.convert("L").tobytes(), picture.tobytes()
    wide = width // 2
    margin = [Segment(" " * ((columns - wide) // 2))] if columns > wide else []
    rows: list[list[Segment]] = []
    for top in range(0, height - 1, 2):
        cells = [_cell(lights, colours, top * width + left, width) for left in range(0, 2 * wide, 2)]
        row = margin[:]
        for (dark, light), same in groupby(cells, key=lambda cell: cell[1:]):
            row.append(Segment("".join(cell[0] for cell in same), Style(color=_colour(dark), bgcolor=_colour(light))))
        rows.append(row)
    return rows


_Pixel: TypeAlias = tuple[int, int, int]


def _cell(lights: bytes, colours: bytes, at: int, width: int) -> tuple[str, _Pixel, _Pixel]:
    """Give the character of two pixels by two, its colour and that behind it; *at* is the upper left one."""
    places = (at, at + 1, at + width, at + width + 1)
    seen = [lights[place] for place in places]
    least, most = min(seen), max(seen)
    if most - least < FLAT:
        flat = _mean(colours, places)
        return " ", flat, flat
    dark = [light < (least + most) // 2 for light in seen]
    mask = sum(1 << number for number, one in enumerate(dark) if one)
    mine = [place for place, one in zip(places, dark, strict=True) if one]
    rest = [place for place, one in zip(places, dark, strict=True) if not one]
    return QUADRANTS[mask], _mean(colours, mine), _mean(colours, rest)


def _mean(colours: bytes, places: Sequence[int]) -> _Pixel:
    count = len(places)
    red, green, blue = (sum(colours[3 * place + part] for place in places) // count | 7 for part in range(3))
    return red, green, blue


def _colour(pixel: _Pixel) -> Color:
    return Color.from_rgb(*pixel)


def placed(picture: int, columns: int, rows: int, left: int) -> list[list[Segment]]:
    """Write the cells in which a terminal shows the picture of that number, *left* columns from the edge."""
    style = Style(color=Color.from_rgb(picture >> 16 & 255, picture >> 8 & 255, picture & 255))
    margin = [Segment(" " * left)] if left else []
    return [
        [*margin, Segment("".join(PLACEHOLDER + MARKS[row] + MARKS[column] for column in range(columns)), style)]
        for row in range(rows)
    ]


def kitty_messages(picture: Image.Image, number: int, columns: int, rows: int) -> str:
    """Write the messages that give a terminal a picture, to be shown where placeholders of its *number* stand."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    data = standard_b64encode(buffer.getvalue()).decode("ascii")
    chunks = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
    head = f"a=T,U=1,q=2,f=100,t=d,i={number},c={columns},r={rows},"
    return "".join(
        f"\x1b_G{head if not at else ''}m={int(at < len(chunks) - 1)};{chunk}\x1b\\" for at, chunk in enumerate(chunks)
    )


def kitty_forgets(number: int) -> str:
    """Write the message by which a terminal forgets a picture."""
    return f"\x1b_Ga=d,d=I,q=2,i={number}\x1b\\"


SIXEL_COLOURS = 64


def sixels(picture: Image.Image) -> str:
    """Write a picture as sixels: bands of six rows, colour by colour."""
    reduced = picture.quantize(SIXEL_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    width, height = reduced.size
    palette = reduced.getpalette() or []
    data = reduced.tobytes()
    parts = [f'\x1bP0;1q"1;1;{width};{height}']
    parts += [
        f"#{colour};2;" + ";".join(str(each * 100 // 255) for each in palette[3 * colour : 3 * colour + 3])
        for colour in sorted({*data})
    ]
    for top in range(0, height, 6):
        rows = [data[y * width : (y + 1) * width] for y in range(top, min(top + 6, height))]
        parts.append("$".join(f"#{colour}{_band(rows, colour, width)}" for colour in sorted({*chain(*rows)})))
        parts.append("-")
    return "".join([*parts, "\x1b\\"])


def _band(rows: Sequence[bytes], colour: int, width: int) -> str:
    """Write the dots of one colour in a band, those in a row counted."""
    dots = bytearray(width)
    mine = bytes(int(value == colour) for value in range(256))
    for at, row in enumerate(rows):
        bit = 1 << at
        for place, set_ in enumerate(row.translate(mine)):
            if set_:
                dots[place] |= bit
    return "".join(_runs(bytes(dots)))


def _runs(dots: bytes) -> Iterator[str]:
    for value, same in groupby(dots):
        count, letter = sum(1 for _ in same), chr(63 + value)
        yield f"!{count}{letter}" if count > 3 else letter * count
