"""What the terminal can show beside text: pictures by the Kitty protocol, by sixel, or by half blocks alone.

The terminal is asked once, before the screen opens; a terminal that says nothing shows half blocks.
"""

import os
import re
import select
import sys
import termios
import time
import tty
from enum import Enum

from attrs import frozen


class Graphics(Enum):
    """How pictures are shown."""

    KITTY = "kitty"
    SIXEL = "sixel"
    BLOCKS = "blocks"


@frozen
class Terminal:
    """What a terminal can do.

    Attributes:
        graphics: How it shows pictures.
        cell_width, cell_height: How many pixels a character takes.
    """

    graphics: Graphics = Graphics.BLOCKS
    cell_width: int = 10
    cell_height: int = 20


ASKED = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t\x1b[c"
"""Whether it knows the Kitty protocol, how large a character is, and what it is: all terminals answer the last."""

ANSWER_SECONDS = 0.5

_KITTY = re.compile(rb"\x1b_Gi=31;OK\x1b\\")
_CELL = re.compile(rb"\x1b\[6;(\d{1,4});(\d{1,4})t")
_WHAT = re.compile(rb"\x1b\[\?([0-9;]*)c")

SIXEL_ATTRIBUTE = b"4"


def terminal_of(answer: bytes) -> Terminal:
    r"""Read what a terminal answered.

    Sixel comes first: some terminals answer for the Kitty protocol and lack the part of it that text can carry.

    >>> terminal_of(b"\x1b_Gi=31;OK\x1b\\\x1b[6;18;9t\x1b[?62;c")
    Terminal(graphics=<Graphics.KITTY: 'kitty'>, cell_width=9, cell_height=18)
    >>> terminal_of(b"\x1b[?62;4;22c").graphics, terminal_of(b"\x1b[?1;2c").graphics
    (<Graphics.SIXEL: 'sixel'>, <Graphics.BLOCKS: 'blocks'>)
    """
    what, cell = _WHAT.search(answer), _CELL.search(answer)
    height, width = (int(cell[1]), int(cell[2])) if cell is not None else (0, 0)
    sixel = what is not None and SIXEL_ATTRIBUTE in what[1].split(b";")
    graphics = Graphics.SIXEL if sixel else Graphics.KITTY if _KITTY.search(answer) else Graphics.BLOCKS
    return Terminal(graphics, width or 10, height or 20)


def ask_terminal() -> Terminal:
    """Ask the terminal what it can do; what `CASEFOLD_GRAPHICS` says instead, if it names a way."""
    wanted = os.environ.get("CASEFOLD_GRAPHICS", "")
    chosen = next((each for each in Graphics if each.value == wanted), None)
    if chosen is Graphics.BLOCKS:
        return Terminal()
    found = terminal_of(_answer())
    return found if chosen is None else Terminal(chosen, found.cell_width, found.cell_height)


def _answer() -> bytes:
    """Ask, and give what came back; nothing where this is no terminal."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        return b""
    stdin, before = sys.stdin.fileno(), termios.tcgetattr(sys.stdin.fileno())
    said = b""
    try:
        tty.setcbreak(stdin)
        os.write(sys.stdout.fileno(), ASKED)
        last = time.monotonic() + ANSWER_SECONDS
        while _WHAT.search(said) is None and (left := last - time.monotonic()) > 0:
            if not select.select([stdin], [], [], left)[0]:
                break
            said += os.read(stdin, 1024)
    except OSError:
        return said
    finally:
        termios.tcsetattr(stdin, termios.TCSANOW, before)
    return said
