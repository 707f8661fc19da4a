"""What the review screen sends a terminal is what the terminal's protocol asks for, and shows the page."""

import io
import re
from base64 import standard_b64decode

import pytest
from PIL import Image, ImageChops

from casefold.pages.text import PageText, TextOrigin
from casefold_shells.reviewing.pictures import (
    MARKS,
    PLACEHOLDER,
    QUADRANTS,
    Frame,
    Window,
    blocks,
    cut,
    framed,
    kitty_messages,
    placed,
    sixels,
    turned,
)
from casefold_shells.reviewing.seeing import laid_out
from casefold_shells.reviewing.terminal import Graphics, terminal_of


def page(width: int = 120, height: int = 160) -> Image.Image:
    """A white page with a black bar at the top and a red one at the left."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste((0, 0, 0), (0, 0, width, height // 8))
    picture.paste((255, 0, 0), (0, height // 2, width // 4, height))
    return picture


def test_a_kitty_message_carries_the_picture():
    """In pieces of at most 4,096 letters, the last of which says so; put together they are the picture."""
    picture = Image.effect_noise((300, 300), 80).convert("RGB")
    messages = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", kitty_messages(picture, 77, 30, 15))
    data = standard_b64decode("".join(chunk for _, chunk in messages))

    assert "a=T,U=1,q=2,f=100,t=d,i=77,c=30,r=15,m=1" == messages[0][0]
    assert ["m=1"] * (len(messages) - 2) + ["m=0"] == [head for head, _ in messages[1:]]
    assert all(0 < len(chunk) <= 4096 for _, chunk in messages)
    assert ImageChops.difference(picture, Image.open(io.BytesIO(data)).convert("RGB")).getbbox() is None


def test_placeholders_name_their_row_and_column_and_picture():
    """Each cell by two marks, the picture by the colour."""
    rows = placed(0x5CA5E, 3, 2, 4)

    assert ["    "] * 2 == [row[0].text for row in rows]
    assert PLACEHOLDER + MARKS[1] + MARKS[2] == rows[1][1].text[-3:]
    style = rows[0][1].style
    assert style is not None and style.color is not None and style.color.triplet is not None
    assert (0x05, 0xCA, 0x5E) == tuple(style.color.triplet)
    assert len(MARKS) == len(set(MARKS)) > 120


def drawn(sixel: str) -> Image.Image:
    """Draw sixels as a terminal does."""
    head = re.match(r'\x1bP0;1q"1;1;(\d+);(\d+)', sixel)
    assert head is not None and sixel.endswith("\x1b\\")
    width, height = int(head[1]), int(head[2])
    picture = Image.new("RGB", (width, height))
    colours: dict[int, tuple[int, ...]] = {}
    x = y = colour = 0
    for token in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)(.)|([?-~])|(\$)|(-)", sixel[head.end() : -2]):
        number, red, green, blue, count, repeated, letter, back, down = token.groups()
        if number is not None:
            colour = int(number)
            if red is not None:
                colours[colour] = tuple(int(part) * 255 // 100 for part in (red, green, blue))
        elif back:
            x = 0
        elif down:
            x, y = 0, y + 6
        else:
            dots, after = ord(repeated or letter) - 63, x + int(count or 1)
            for place in ((at, y + bit) for at in range(x, after) for bit in range(6) if dots >> bit & 1):
                picture.putpixel(place, colours[colour])
            x = after
    return picture


@pytest.mark.parametrize("size", [(1, 1), (5, 7), (40, 60), (33, 61)])
def test_sixels_draw_the_picture(size: tuple[int, int]):
    """Every dot once, in nearly its colour."""
    picture = page(*size)
    difference = ImageChops.difference(picture, drawn(sixels(picture)))

    assert max(difference.tobytes()) <= 40


def test_characters_show_quarters():
    """Two pixels by two are one character: dark quarters in one colour, the others behind them."""
    picture = Image.new("RGB", (4, 2), "white")
    picture.putpixel((0, 0), (0, 0, 0))
    picture.putpixel((3, 0), (0, 0, 0))
    picture.putpixel((3, 1), (0, 0, 0))
    [row] = blocks(picture, 4)

    assert ["▘", "▐"] == [letter for segment in row for letter in segment.text if letter != " "]
    assert 16 == len(QUADRANTS)
    assert 1 == len([segment for segment in row if not segment.text.strip()]), "it stands in the middle"


@pytest.mark.parametrize("size", [(120, 160), (10, 900), (900, 10), (1, 1)])
@pytest.mark.parametrize("zoom", [1, 2, 4])
def test_what_is_cut_out_fits_the_room(size: tuple[int, int], zoom: int):
    """At every zoom and place; at the first, all of the page is seen in its shape."""
    for across, down in ((0, 0), (500, 500), (1000, 1000)):
        seen = cut(Image.new("RGB", size), Window(zoom, across, down), 60, 40)
        assert 1 <= seen.width <= 60 and 1 <= seen.height <= 40
    if size == (120, 160) and zoom == 1:
        assert (30, 40) == cut(Image.new("RGB", size), Window(), 60, 40).size


def test_evidence_is_framed_and_pages_are_turned():
    """A frame touches what it surrounds and leaves the rest; a turn moves the upper left corner."""
    plain = Image.new("RGB", (400, 400), "white")
    both = framed(plain, [Frame((2500, 2500, 5000, 3000), mine=True), Frame((7000, 7000, 8000, 8000), mine=False)])

    assert plain.getpixel((100, 98)) == (255, 255, 255) != both.getpixel((110, 98))
    assert both.getpixel((110, 110)) == (255, 255, 255)
    marked = page()
    assert turned(marked, 90).size == (160, 120)
    assert turned(marked, 90).getpixel((159, 5)) == (0, 0, 0) == turned(marked, 180).getpixel((5, 159))
    assert turned(marked, 0) is marked


@pytest.mark.parametrize(
    ("answer", "graphics", "cell"),
    [
        (b"", Graphics.BLOCKS, (10, 20)),
        (b"\x1b[?1;2c", Graphics.BLOCKS, (10, 20)),
        (b"\x1b[6;17;8t\x1b[?62;4;6c", Graphics.SIXEL, (8, 17)),
        (b"\x1b_Gi=31;OK\x1b\\\x1b[6;17;8t\x1b[?62;c", Graphics.KITTY, (8, 17)),
        (b"\x1b_Gi=31;OK\x1b\\\x1b[?62;4c", Graphics.SIXEL, (10, 20)),
        (b"\x1b_Gi=31;ENOTSUPPORTED\x1b\\\x1b[?62c", Graphics.BLOCKS, (10, 20)),
        (b"\x1b[6;0;0t\x1b[?44c", Graphics.BLOCKS, (10, 20)),
        (b"garbage\xff", Graphics.BLOCKS, (10, 20)),
    ],
)
def test_a_terminal_is_taken_at_its_word(answer: bytes, graphics: Graphics, cell: tuple[int, int]):
    """What it does not say, it cannot; what makes no sense is nothing said."""
    found = terminal_of(answer)

    assert (graphics, cell) == (found.graphics, (found.cell_width, found.cell_height))


def test_words_stand_where_they_stand_on_the_page():
    """In columns and lines; a page that lies on its side is read upright."""
    boxes = (5000, 100, 6000, 300, 100, 100, 900, 300, 100, 3000, 900, 3200)
    lines = laid_out(PageText(1, ("Right", "Left", "Below"), boxes, 1, 1, 0, TextOrigin.LAYER, 3, 0), 40)

    assert ("Left                Right", "", "Below") == tuple(line.strip() for line in lines)
    assert laid_out(PageText(1, (), (), 1, 1, 0, TextOrigin.NONE, 0, 0), 40) == ()
