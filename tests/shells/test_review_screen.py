"""The review screen: one key a decision, each in the log at once; undo is a further event."""

import asyncio
import contextlib
import json
import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from tests.shells.conftest import case_of, cli, package
from textual.pilot import Pilot

from casefold.case.events import CorrectionWithdrawn, PageCorrected
from casefold.kernel.results import Failure
from casefold_adapters.files.log import LogBusy, read_log
from casefold_adapters.pdf.limits import PdfLimits
from casefold_shells.casefiles import CaseFolder
from casefold_shells.reviewing.canvas import Canvas
from casefold_shells.reviewing.screen import ReviewApp
from casefold_shells.reviewing.session import Session, session

UNSURE = ("w2", "nothing", "bank_statement", "nothing", "paystub", "nothing")
"""Pages 2, 4 and 6 fit no class."""


@pytest.fixture
def waiting(tmp_path: Path, taxonomy: Path) -> Path:
    """A case of which three pages wait."""
    said = cli("run", package(tmp_path, *UNSURE), "--out", tmp_path / "cases", "--taxonomy", taxonomy)
    assert 0 == said.code, said.err
    return tmp_path / "cases" / "loan"


def events_of(folder: Path) -> list[dict]:
    return [json.loads(line)["event"] for line in (folder / "events.jsonl").read_bytes().splitlines()]


def said_in(folder: Path) -> list[tuple]:
    """What people said and took back, in order: page, and label or nothing."""
    found = [found.unwrap().event for found in read_log(folder / "events.jsonl")]
    return [
        (each.page, each.label if isinstance(each, PageCorrected) else None)
        for each in found
        if isinstance(each, PageCorrected | CorrectionWithdrawn)
    ]


def reviewing(folder: Path, play: Callable[[ReviewApp, Session, Pilot], Awaitable[None]], by: str = "Ann Lee") -> None:
    """Open the screen on a case and play on it."""

    async def whole() -> None:
        async with session(CaseFolder(folder), PdfLimits(), None) as begun:
            work = begun.unwrap()
            work.by = by
            app = ReviewApp(work)
            async with app.run_test(size=(140, 40)) as pilot:
                await settled(app, pilot)
                await play(app, work, pilot)

    asyncio.run(whole())


async def settled(app: ReviewApp, pilot: Pilot) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


async def press(app: ReviewApp, pilot: Pilot, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def words(app: ReviewApp, place: str) -> str:
    """What a part of the screen says."""
    return str(app.query_one(place).render())


def test_one_key_decides_and_is_in_the_log_at_once(waiting: Path):
    """Enter confirms, a digit chooses what is offered under it, 0 says that it is none of the classes."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        assert work.waiting() == (2, 4, 6)
        await press(app, pilot, "enter")
        assert said_in(waiting) == [(2, "unknown")]
        assert app._seen is not None
        offered = app._seen.offers[0].label
        await press(app, pilot, "1")
        assert said_in(waiting) == [(2, "unknown"), (4, offered)]
        await press(app, pilot, "0")
        assert said_in(waiting)[2:] == [(6, "unknown")]
        assert work.waiting() == ()
        assert "No page needs review any more" in words(app, "#told")

    reviewing(waiting, play)
    labels = [each for each in events_of(waiting) if each["kind"] == "PageCorrected"]
    assert {("Ann Lee", "seen on the page")} == {(each["by"], each["why"]) for each in labels}


def test_undo_is_a_further_event(waiting: Path):
    """What was said stays in the log, and what was before holds again."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        before = work.case.outcome
        await press(app, pilot, "0", "0")
        await press(app, pilot, "u", "u")
        assert said_in(waiting) == [(2, "unknown"), (4, "unknown"), (4, None), (2, None)]
        assert work.case.outcome == before
        await press(app, pilot, "u")
        assert "nothing of yours to take back" in words(app, "#told")

    reviewing(waiting, play)
    assert len(said_in(waiting)) == 4


def test_another_persons_word_is_taken_back_only_when_asked_for(waiting: Path):
    """Undo stops at what was said in this session; x takes back what was said of the page."""
    assert 0 == cli("review", waiting, "--page", 2, "--label", "w2", "--by", "Bo", "--why", "seen").code

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        await press(app, pilot, "u", "k")
        assert "Bo labelled it w2" in words(app, "#what")
        assert said_in(waiting) == [(2, "w2")]
        await press(app, pilot, "x")
        assert said_in(waiting) == [(2, "w2"), (2, None)]
        assert 2 in work.waiting()

    reviewing(waiting, play)


def test_any_class_is_found_by_its_name(waiting: Path):
    """Typing narrows the list, Enter takes what is marked, Escape takes nothing."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        await press(app, pilot, "slash", *"stub", "enter")
        assert said_in(waiting) == [(2, "paystub")]
        await press(app, pilot, "slash", *"bank", "escape")
        assert said_in(waiting) == [(2, "paystub")]
        await press(app, pilot, "slash", *"zzz", "enter")
        assert said_in(waiting) == [(2, "paystub")]
        await press(app, pilot, "slash", "down", "enter")
        assert [2, 4] == [page for page, _ in said_in(waiting)]

    reviewing(waiting, play)


def test_a_note_goes_with_the_next_decision_alone(waiting: Path):
    """Why somebody decided so is theirs to say."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        await press(app, pilot, "n", *"torn", "enter", "0", "0")

    reviewing(waiting, play)
    assert ["torn", "seen on the page"] == [
        each["why"] for each in events_of(waiting) if each["kind"] == "PageCorrected"
    ]


def test_where_a_document_begins_is_turned_by_a_key(waiting: Path):
    """Once says so, twice says the opposite; the first page of a file is no question."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        was = work.begins(2)
        await press(app, pilot, "b")
        assert work.begins(2) is not was
        await press(app, pilot, "b")
        assert work.begins(2) is was
        await press(app, pilot, "a", "k", "b")
        assert "begins with it anyway" in words(app, "#told")

    reviewing(waiting, play)
    assert [2, 2] == [each["page"] for each in events_of(waiting) if each["kind"] == "BoundaryCorrected"]


def test_what_else_changed_is_told(waiting: Path):
    """A page that a document goes on to leaves another one; both are named, and numbers that moved."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        await press(app, pilot, "b")
        told = words(app, "#told")
        changed = [document.id for document in work.documents()]
        assert "Elsewhere:" in told or "No other document changed" in told
        assert changed == [str(number).zfill(2) for number in range(1, len(changed) + 1)]

    reviewing(waiting, play)


def test_a_page_is_looked_at_from_near_and_as_words(waiting: Path):
    """Zoom and pan move within the page; words take the place of the picture, and evidence is framed."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        assert set(app._pictures) >= {2}
        assert app.query_one(Canvas)._rows
        await press(app, pilot, "z", "pagedown", "right")
        assert app._window.zoom == 2 and app._window.down > 250
        await press(app, pilot, "z", "z", "r", "e")
        assert app._window.zoom == 1
        await press(app, pilot, "t")
        assert "quick brown fox" in words(app, "#text")
        assert not app.query_one("#picture").display
        await press(app, pilot, "t", "question_mark")
        assert len(app.screen_stack) == 2
        await press(app, pilot, "escape", "j", "j", "s")
        assert app._page == 2
        assert said_in(waiting) == []

    reviewing(waiting, play)


def test_the_screen_asks_who_is_at_work(waiting: Path):
    """Nobody decides without a name."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        await press(app, pilot, "enter", "escape", "enter")
        assert said_in(waiting) == []
        await press(app, pilot, *"Bo", "enter", "0")

    reviewing(waiting, play, by="")
    assert ["Bo"] == [each["by"] for each in events_of(waiting) if each["kind"] == "PageCorrected"]


def test_a_case_is_reviewed_by_one_at_a_time(waiting: Path):
    """While a screen is open, nobody else writes to the case."""

    async def both() -> object:
        async with session(CaseFolder(waiting), PdfLimits(), None) as one:
            one.unwrap()
            async with session(CaseFolder(waiting), PdfLimits(), None) as two:
                return two

    found = asyncio.run(both())
    assert isinstance(found, Failure) and isinstance(found.failure(), LogBusy)


def test_a_case_goes_on_where_a_review_was_cut_off(waiting: Path, taxonomy: Path):
    """Documents and contract follow when the screen is left well; where it is not, with the next command."""

    async def play(app: ReviewApp, work: Session, pilot: Pilot) -> None:
        await press(app, pilot, "slash", *"paystub", "enter", "q")

    reviewing(waiting, play)
    assert "unknown" == case_of(waiting)["pages"][1]["label"]
    said = cli("run", waiting.parents[1] / "loan.pdf", "--out", waiting.parent, "--taxonomy", taxonomy)
    assert 0 == said.code, said.err
    assert ("paystub", "person") == tuple(case_of(waiting)["pages"][1][name] for name in ("label", "tier"))
    assert 0 == cli("verify", waiting).code


class Screen:
    """The program in a terminal of its own, as a person uses it."""

    def __init__(self, *arguments: object, answer: bytes = b"\x1b[?62;22c", lacking: str = "none") -> None:
        self.shown, self.answer = b"", answer
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": "140", "LINES": "40"}
            code = f"import sys; sys.modules[{lacking!r}] = None; from casefold_shells.cli import main; main()"
            os.execv(sys.executable, [sys.executable, "-c", code, *map(str, arguments)])

    def until(self, said: str, seconds: float = 60) -> None:
        """Wait until the screen shows words; the limit only ends a test that has failed."""
        last = time.monotonic() + seconds
        while said not in self.plain():
            assert time.monotonic() < last, self.plain()[-3000:]
            self.read(0.2)

    def read(self, seconds: float) -> bool:
        """Take what the program writes, and answer what it asks of a terminal; say whether it still runs."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            new = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.shown += new
        if b"\x1b[c" in new:
            os.write(self.terminal, self.answer)
        return bool(new)

    def plain(self) -> str:
        """What was shown, without colours and places."""
        text = self.shown.decode("utf-8", "replace")
        return re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b[()][AB0]|\x1b_[^\x1b]*\x1b\\", "", text)

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def end(self) -> int:
        while self.read(0.2) and not (ended := os.waitpid(self.process, os.WNOHANG))[0]:
            pass
        with contextlib.suppress(ChildProcessError):
            ended = os.waitpid(self.process, 0)
            return os.waitstatus_to_exitcode(ended[1])
        return os.waitstatus_to_exitcode(ended[1])

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        self.end()


def eventually(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something becomes true; the limit only ends a test that has failed."""
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last
        time.sleep(0.02)


def test_a_person_reviews_in_a_terminal(waiting: Path):
    """The program opens its screen, takes a key, takes it back, takes another, and leaves with all written."""
    screen = Screen("review", waiting, "--by", "Ann Lee")
    screen.until("3 pages to review")
    screen.press("0")
    eventually(lambda: said_in(waiting) == [(2, "unknown")])
    screen.until("page 4")
    screen.press("u")
    eventually(lambda: said_in(waiting) == [(2, "unknown"), (2, None)])
    screen.press("0")
    eventually(lambda: len(said_in(waiting)) == 3)
    screen.until("2 left")
    screen.press("q")

    assert 0 == screen.end(), screen.plain()[-2000:]
    assert "1 decision recorded" in screen.plain() and "2 of 6 pages need review" in screen.plain()
    assert "person" == case_of(waiting)["pages"][1]["tier"]
    assert 0 == cli("verify", waiting).code


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        (b"\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;22c", b"\x1b_Ga=T,U=1"),
        (b"\x1b[6;20;10t\x1b[?62;4;22c", b"\x1bP0;1q"),
    ],
    ids=["kitty", "sixel"],
)
def test_a_terminal_that_shows_pictures_is_sent_them(waiting: Path, answer: bytes, sent: bytes):
    """By the protocol that it answers to; characters that stand for pixels are left out."""
    screen = Screen("review", waiting, "--by", "Ann Lee", answer=answer)
    screen.until("3 pages to review")
    screen.until("whole page")
    last = time.monotonic() + 60
    while sent not in screen.shown and time.monotonic() < last:
        screen.read(0.2)
    assert sent in screen.shown
    assert "▀" not in screen.plain()
    screen.press("q")
    assert 0 == screen.end(), screen.plain()[-2000:]


def test_ctrl_c_leaves_as_q_does(waiting: Path, tmp_path: Path):
    """All that was said is kept, the case is taken to its end, and what people said is remembered."""
    screen = Screen(
        "review", waiting, "--by", "Ann", "--memory", tmp_path / "reviewed", "--tenant", "First Bank"
    )  # fmt: skip
    screen.until("3 pages to review")
    screen.press("0")
    eventually(partial(has_said, waiting, 1))
    screen.until("2 left")
    screen.press("\x03")

    assert 0 == screen.end(), screen.plain()[-2000:]
    assert "reviewed pages are remembered" in screen.plain()
    assert "person" == case_of(waiting)["pages"][1]["tier"]


def test_without_its_libraries_pages_are_listed(waiting: Path):
    """And what to install is said."""
    screen = Screen("review", waiting, lacking="textual")

    assert 0 == screen.end()
    assert "install casefold[review]" in screen.plain()
    assert "3 of 6 pages need review" in screen.plain()


def has_said(folder: Path, count: int) -> bool:
    return len(said_in(folder)) == count


def test_nothing_decided_is_lost_when_the_program_is_killed(waiting: Path):
    """Killed after a key, the decision is in the log; the next review goes on from it."""
    screen = Screen("review", waiting, "--by", "Ann Lee")
    screen.until("3 pages to review")
    for number in (1, 2):
        screen.press("0")
        eventually(partial(has_said, waiting, number))
    screen.kill()
    assert [(2, "unknown"), (4, "unknown")] == said_in(waiting)

    again = Screen("review", waiting, "--by", "Ann Lee")
    again.until("1 page to review")
    again.press("q")
    assert 0 == again.end(), again.plain()[-2000:]
    assert ["person", "person"] == [case_of(waiting)["pages"][at]["tier"] for at in (1, 3)]
    assert 0 == cli("verify", waiting).code
