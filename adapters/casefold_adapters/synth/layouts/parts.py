"""Parts that papers of several kinds have in common."""

from collections.abc import Callable

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.sheets import PALE, Content, Flow, Sheet
from casefold_adapters.synth.values import Paper, shown


class Once:
    """Gives each value to be recorded the first time alone, and afterwards only its text."""

    def __init__(self, p: Paper) -> None:
        self._paper, self._told = p, set[str]()

    def __call__(self, name: str, form: str = "") -> Content:
        """Give a value of the paper; nothing for no name."""
        if not name:
            return ""
        field = self._paper.f(name, form)
        if name in self._told:
            return field.text
        self._told.add(name)
        return field


def pages_of(draw: Callable[[Paper, Chance, int], Sheet], p: Paper, c: Chance) -> int:
    """Draw once to learn how many pages there will be."""
    return len(draw(p, c, 0).pages())


def items(p: Paper, form: str = "") -> list[list[Content]]:
    """Give the rows of a bill."""
    return [[shown(row[0]), shown(row[1]), shown(row[2], form), shown(row[3], form)] for row in p.table("items")]


def cost_table(
    s: Sheet, x: float, y: float, width: float, title: str, total: str, p: Paper, name: str, table: str
) -> float:
    """Draw a section of closing costs, and give where it ends."""
    s.rect(x, y - 9, width, 13, PALE, None)
    s.text(x + 3, y, title, 8, bold=True)
    s.text(x + width - 3, y, p.f(name, "$0") if name else total, 8.5, bold=True, align="r")
    y += 14
    for n, row in enumerate(p.table(table)):
        s.text(x + 8, y, shown(row[0]), 8, fit=width - 70)
        s.text(x + width - 3, y, p.part(table, n, 1, "amount", "$0"), 8, align="r")
        s.line(x, y + 3, x + width, y + 3, 0.25, (0.8, 0.8, 0.8))
        y += 12
    return y + 6


def signers(s: Sheet, flow: Flow, p: Paper, c: Chance) -> None:
    """Draw a line for each borrower to sign, with a seal."""
    for number, row in enumerate(p.table("signers")):
        flow.room(60)
        y = flow.y + 34
        s.line(300, y, 520, y)
        if p.has("signature_date"):
            s.sign(310, y - 4, c.child(f"sign-{number}"), 120)
        s.text(300, y + 11, f"{shown(row[0])}   - Borrower", 9)
        s.text(528, y, "(Seal)", 9)
        flow.y = y + 26
