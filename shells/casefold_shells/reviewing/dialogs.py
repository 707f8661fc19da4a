"""What the review screen asks on the way: who is at work, why, which class; and what its keys do."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from casefold.case.record import Artifacts
from casefold_shells.reviewing.seeing import Offer, found_classes

HELP = """\
[b]Decide[/b]
  [b]Enter[/b]          the label that stands is right
  [b]1 to 9[/b]         it is the label of that number instead
  [b]0[/b]              it is none of the classes
  [b]/[/b]              look for any class by its name
  [b]b[/b]              a document begins here, or does not
  [b]n[/b]              note why, for the next decision

[b]Take back[/b]
  [b]u[/b]              undo: take back what you said last
  [b]x[/b]              take back what was said of this page, by whomever

[b]Move[/b]
  [b]↓ ↑  j k[/b]       next and previous page of the list
  [b]s[/b]              skip: on to the next page that waits
  [b]a[/b]              list all pages, or those to review alone

[b]Look[/b]
  [b]z[/b]              zoom: the whole page, twice, four times
  [b]← → PgUp PgDn[/b]  move about on the page
  [b]r[/b]              turn the page
  [b]t[/b]              the page's words, or its picture
  [b]e[/b]              frames around the evidence, or none

[b]?[/b] shows this, [b]q[/b] leaves. What you said is on the disk as soon as the
screen shows it; documents and report are written when you leave.
Green speaks for the label that stands, orange against it."""


class Help(ModalScreen[None]):
    """Says which keys there are."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter,space", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """Give the words."""
        yield Static(HELP, id="help")


class Ask(ModalScreen[str | None]):
    """Asks for a line of text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close")]

    def __init__(self, question: str, value: str = "") -> None:
        """Ask *question*; *value* stands there to begin with."""
        super().__init__()
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        """Give the question and a line for the answer."""
        with Vertical(id="ask"):
            yield Static(self._question)
            yield Input(self._value, id="answer")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the answer back."""
        _ = self.dismiss(event.value.strip() or None)

    def action_leave(self) -> None:
        """Answer nothing."""
        _ = self.dismiss(None)


class Find(ModalScreen[str | None]):
    """Looks for a class."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("down", "move(1)", "Next", priority=True),
        Binding("up", "move(-1)", "Previous", priority=True),
    ]

    def __init__(self, artifacts: Artifacts) -> None:
        """Look among the classes of a case's taxonomy."""
        super().__init__()
        self._artifacts = artifacts
        self._found: tuple[Offer, ...] = ()

    def compose(self) -> ComposeResult:
        """Give a line to type into and the classes that fit."""
        with Vertical(id="find"):
            yield Static("What is it? Type a part of its name; Enter takes the marked one, Escape none.")
            yield Input(id="query")
            yield OptionList(id="classes")

    def on_mount(self) -> None:
        """Begin with all classes."""
        self.query_one("#classes", OptionList).can_focus = False
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits now."""
        self._list(event.value)

    def on_input_submitted(self) -> None:
        """Take the class that is marked."""
        at = self.query_one("#classes", OptionList).highlighted
        _ = self.dismiss(self._found[at].label if at is not None and at < len(self._found) else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the class that was clicked."""
        _ = self.dismiss(self._found[event.option_index].label)

    def action_move(self, by: int) -> None:
        """Mark another class."""
        listed = self.query_one("#classes", OptionList)
        if self._found:
            listed.highlighted = ((listed.highlighted or 0) + by) % len(self._found)

    def action_leave(self) -> None:
        """Take none."""
        _ = self.dismiss(None)

    def _list(self, query: str) -> None:
        self._found = found_classes(self._artifacts, query)
        listed = self.query_one("#classes", OptionList)
        listed.set_options([Option(Text.assemble(each.title, ("  " + each.label, "dim"))) for each in self._found])
        listed.highlighted = 0 if self._found else None
