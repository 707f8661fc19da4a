"""What the review screen says, as coloured text."""

from rich.table import Table
from rich.text import Text

from casefold.case.events import Correction, PageCorrected
from casefold_shells.reviewing.seeing import PageSeen, Row

EVIDENCE_MAX = 14
"""How many pieces of evidence are shown; `casefold explain` lists all."""


def row_text(row: Row) -> Text:
    """Say in a line what page waits, and why."""
    mark, style = ("✓", "green") if row.done else ("•", "yellow") if row.waits else (" ", "dim")
    return Text.assemble(
        (f"{mark} ", style),
        (f"{row.page:>4} ", "bold" if row.waits else "dim"),
        row.label.removeprefix("outside."),
        (f"  {row.why}", "dim"),
        no_wrap=True,
        overflow="ellipsis",
    )


def page_text(seen: PageSeen) -> Text:
    """Say what a page is taken for, and why it waits."""
    waits = seen.status.value == "review"
    lines = [
        Text(seen.where, style="dim"),
        Text(seen.title, style="bold"),
        Text.assemble(
            (seen.shown, "cyan"),
            f" · {seen.sure} sure · ",
            ("needs review", "yellow") if waits else ("accepted", "green"),
        ),
        Text(f"{seen.reason[:1].upper()}{seen.reason[1:]}."),
    ]
    if seen.correction is not None:
        lines.append(Text(f"{seen.correction}.", style="green"))
    begins = "A document begins here: " if seen.begins else "Within a document: "
    lines.append(Text(f"{begins}{seen.document}.", style=""))
    if seen.otherwise is not None:
        lines.append(Text(seen.otherwise, style="dim"))
    return Text("\n").join(lines)


def offers_text(seen: PageSeen) -> Table:
    """List what the page could be, each with its key."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    offered = [
        ("⏎", Text(seen.title, style="bold"), "as it stands"),
        *((str(number), Text(offer.title), offer.hint) for number, offer in enumerate(seen.offers, 1)),
        ("/", Text("any other class"), "type its name"),
    ]
    for key, title, hint in offered:
        table.add_row(
            Text(f" {key} ", style="bold reverse"), Text.assemble(title, (f"  {hint}" if hint else "", "dim"))
        )
    return table


def evidence_text(seen: PageSeen) -> Text:
    """List what speaks for the label that stands, then what speaks for others."""
    lines: list[Text] = []
    for mine, head in ((True, f"For {seen.shown}"), (False, "Against it")):
        pieces = [piece for piece in seen.evidence if piece.mine == mine]
        if not pieces and not mine:
            continue
        lines.append(Text(head, style=f"bold {colour(mine)}"))
        if not pieces:
            lines.append(Text("  nothing on this page speaks for it", style="dim"))
        for piece in pieces[:EVIDENCE_MAX]:
            whose = "" if mine else f" for {piece.label}"
            lines.append(Text.assemble((f"{piece.worth:>+4d} dB ", colour(mine)), piece.text, (whose, "dim")))
        if len(pieces) > EVIDENCE_MAX:
            lines.append(Text(f"  and {len(pieces) - EVIDENCE_MAX} more; see casefold explain", style="dim"))
    return Text("\n").join(lines)


def colour(mine: bool) -> str:
    """Give the colour of evidence for the label that stands, or for another."""
    return "green" if mine else "dark_orange"


def said_words(said: Correction) -> str:
    """Say what a person said."""
    what = said.label if isinstance(said, PageCorrected) else "where a document begins"
    return f"page {said.page}, {what}, said by {said.by}"


def counted(count: int, noun: str) -> str:
    """Count things."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
