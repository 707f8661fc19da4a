"""What layouts share: how one is registered, makers' colours, letter heads, feet, photographs."""

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.sheets import GREY, Color, Content, Sheet
from casefold_adapters.synth.values import Paper

Draw: TypeAlias = Callable[[Paper, Chance], Sheet]


@frozen
class Layout:
    """One way to draw a class of document.

    Attributes:
        label: The class.
        family: The layout's name; hold one family out to see how well the others teach it.
        draw: Draws a paper; the chance is that of the maker, so that one bank's statements look alike.
        subs: The kinds of the class it can draw; empty for all.
    """

    label: str
    family: str
    draw: Draw
    subs: tuple[str, ...] = ()


_COLOURS: tuple[Color, ...] = (
    (0.06, 0.22, 0.42), (0.0, 0.36, 0.36), (0.45, 0.06, 0.1), (0.13, 0.36, 0.16), (0.28, 0.16, 0.42),
    (0.2, 0.24, 0.28), (0.62, 0.3, 0.04), (0.02, 0.34, 0.6),
)  # fmt: skip


def tinted(color: Color, share: float, plus: float) -> Color:
    """Give a *share* of a colour made paler by *plus*, white at most."""
    red, green, blue = (min(1.0, part * share + plus) for part in color)
    return red, green, blue


def colour(chance: Chance) -> Color:
    """Give a maker's colour."""
    return chance.child("colour").pick(_COLOURS)


def logo(s: Sheet, x: float, y: float, name: Content, chance: Chance, size: float = 15) -> None:
    """Draw a maker's mark and name."""
    mark = chance.child("logo").between(0, 3)
    side = size * 1.3
    if mark == 0:
        s.rect(x, y - side * 0.8, side, side, s.accent, None)
        x += side + 8
    elif mark == 1:
        s.shape(((x, y + 4), (x + side / 2, y - side * 0.8), (x + side, y + 4)), s.accent)
        x += side + 8
    elif mark == 2:
        for step in range(3):
            s.rect(
                x + step * side / 3,
                y - side * (0.3 + step * 0.25),
                side / 4,
                side * (0.4 + step * 0.25),
                s.accent,
                None,
            )
        x += side + 8
    s.text(x, y, name, size, bold=True, color=s.accent, fit=300)


def foot(s: Sheet, text: str, y: float = 768, size: float = 7) -> None:
    """Set a line at the foot of the page."""
    s.text(306, y, text, size, align="c", color=GREY, fit=540)


def signed(
    s: Sheet, x: float, y: float, paper: Paper, who: Content, when: str, chance: Chance, label: str = "Borrower"
) -> None:
    """Draw a line with a signature and its day over it; a paper without the day was not signed."""
    s.line(x, y, x + 215, y)
    s.line(x + 240, y, x + 320, y)
    if paper.has(when):
        s.sign(x + 8, y - 4, chance.child("sign"), 120)
        s.text(x + 248, y - 4, paper.f(when), 10)
    name = who.text if not isinstance(who, str) else who
    s.text(x, y + 10, f"{name}   ({label})" if label else name, 7.5, fit=230)
    s.text(x + 240, y + 10, "Date", 7.5)


def person_photo(s: Sheet, x: float, y: float, width: float, height: float, chance: Chance) -> None:
    """Draw a portrait: nobody's."""
    back = chance.spread(0.72, 0.9)
    s.rect(x, y, width, height, (back, back, back + 0.04), (0.5, 0.5, 0.5))
    skin = chance.pick(((0.93, 0.78, 0.66), (0.82, 0.62, 0.48), (0.58, 0.4, 0.28), (0.95, 0.83, 0.74)))
    hair = chance.pick(((0.15, 0.1, 0.06), (0.4, 0.25, 0.1), (0.65, 0.5, 0.25), (0.5, 0.5, 0.5), (0.05, 0.05, 0.05)))
    cx, cy = x + width / 2, y + height * 0.42
    coat = (chance.spread(0.1, 0.6), chance.spread(0.1, 0.5), chance.spread(0.2, 0.6))
    s.shape(_oval(cx, y + height * 0.97, width * 0.42, height * 0.24, y + height), coat)
    s.shape(_oval(cx, cy - height * 0.05, width * 0.27, height * 0.28), hair)
    s.shape(
        (
            (cx - width * 0.1, cy),
            (cx + width * 0.1, cy),
            (cx + width * 0.1, cy + height * 0.36),
            (cx - width * 0.1, cy + height * 0.36),
        ),
        skin,
    )
    s.shape(_oval(cx, cy + height * 0.03, width * 0.22, height * 0.25), skin)
    for side in (-1, 1):
        s.shape(_oval(cx + side * width * 0.08, cy, width * 0.025, height * 0.012), (0.1, 0.1, 0.1))
    s.line(cx - width * 0.06, cy + height * 0.15, cx + width * 0.06, cy + height * 0.15, 1, (0.6, 0.25, 0.25))


def _oval(x: float, y: float, rx: float, ry: float, low: float = 10_000) -> list[tuple[float, float]]:
    turn = (
        (1, 0), (0.92, 0.38), (0.71, 0.71), (0.38, 0.92), (0, 1), (-0.38, 0.92), (-0.71, 0.71), (-0.92, 0.38),
        (-1, 0), (-0.92, -0.38), (-0.71, -0.71), (-0.38, -0.92), (0, -1), (0.38, -0.92), (0.71, -0.71), (0.92, -0.38),
    )  # fmt: skip
    return [(x + rx * a, min(low, y + ry * b)) for a, b in turn]


def house_photo(s: Sheet, x: float, y: float, width: float, height: float, chance: Chance) -> None:
    """Draw a house as an appraiser's photograph shows one."""
    sky = (chance.spread(0.55, 0.75), chance.spread(0.72, 0.85), 0.95)
    s.rect(x, y, width, height, sky, (0.3, 0.3, 0.3))
    s.rect(x, y + height * 0.68, width, height * 0.32, (0.35, chance.spread(0.45, 0.62), 0.25), None)
    wall = (chance.spread(0.6, 0.95), chance.spread(0.6, 0.9), chance.spread(0.55, 0.85))
    left, wide = x + width * chance.spread(0.12, 0.25), width * chance.spread(0.48, 0.6)
    top, low = y + height * 0.42, y + height * 0.76
    s.rect(left, top, wide, low - top, wall, (0.4, 0.4, 0.4))
    roof = (chance.spread(0.25, 0.5), chance.spread(0.2, 0.3), chance.spread(0.2, 0.3))
    s.shape(((left - 8, top), (left + wide / 2, y + height * chance.spread(0.12, 0.28)), (left + wide + 8, top)), roof)
    s.rect(left + wide * 0.42, top + (low - top) * 0.4, wide * 0.14, (low - top) * 0.6, (0.35, 0.2, 0.12), None)
    for part in (0.1, 0.7):
        s.rect(
            left + wide * part,
            top + (low - top) * 0.25,
            wide * 0.18,
            (low - top) * 0.34,
            (0.75, 0.85, 0.92),
            (0.95, 0.95, 0.95),
            1.5,
        )
    if chance.chance(60):
        s.rect(left + wide, top + (low - top) * 0.2, width * 0.16, (low - top) * 0.8, wall, (0.4, 0.4, 0.4))
    s.shape(
        (
            (left + wide * 0.42, low),
            (left + wide * 0.56, low),
            (left + wide * 0.7, y + height),
            (left + wide * 0.3, y + height),
        ),
        (0.7, 0.7, 0.68),
    )
    tree = x + width * chance.spread(0.02, 0.08)
    s.rect(tree + 6, low - height * 0.2, 5, height * 0.22, (0.35, 0.25, 0.15), None)
    s.shape(_oval(tree + 8, low - height * 0.28, width * 0.07, height * 0.17), (0.16, 0.4, 0.16))
