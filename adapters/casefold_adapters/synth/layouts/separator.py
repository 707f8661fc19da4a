"""Draw separator."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.sheets import BLACK, Face, Sheet
from casefold_adapters.synth.values import Paper


def _separator(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.text(306, 140, "DOCUMENT SEPARATOR", 30, bold=True, align="c")
    s.text(306, 175, "DO NOT REMOVE - PATCH T", 16, align="c")
    for place in range(4):
        s.rect(60 + place * 130, 220, 90, 300 if place % 2 else 200, BLACK, None)
    s.bars(120, 580, 372, 60, c)
    s.text(306, 660, f"Batch {p.t('batch')}   Separator sheet", 14, align="c", face=Face.MONO)
    return s


def _cover(p: Paper, c: Chance) -> Sheet:
    s = Sheet()
    s.page()
    s.rect(40, 40, 532, 712, None, BLACK, 3)
    s.text(306, 300, "SEPARATOR SHEET", 34, bold=True, align="c")
    s.bars(156, 360, 300, 80, c)
    s.text(306, 470, f"*{p.t('batch')}*", 18, align="c", face=Face.MONO)
    s.text(306, 520, "Insert between documents before scanning", 13, align="c")
    return s


LAYOUTS = (
    Layout("separator", "separator-patch", _separator),
    Layout("separator", "separator-sheet", _cover),
)
