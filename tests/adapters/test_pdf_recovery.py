"""Whatever happens to the child, every page is given once, in order, and no process stays behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import aclosing
from pathlib import Path

import pytest
from tests.adapters.pdf_files import bomb, boot, children, collected, endless, page, pdf, saved, stream, text

from casefold.kernel.results import Failure
from casefold.pages.text import PageText, PageUnreadable, UnreadableKind
from casefold_adapters.pdf import process
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.process import Child
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.refusals import Crashed, TookTooLong, TooMuchMemory

linux = pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc are those of Linux")

PAGES = 120
CROWDED = stream(b"".join(text("word " * 30, 10, 780 - 7 * row, size=5) for row in range(100)))
"""One page of it fills a pipe, so that the child is never more than some pages ahead."""


def crowd(folder):
    """Many pages of many words that all draw the same contents."""
    content = pdf(*([page()] * PAGES), objects=[CROWDED])
    for index in range(PAGES):
        content = content.replace(b"/Contents %d 0 R" % (6 + 2 * index), b"/Contents 4 0 R", 1)
    return saved(folder, content)


def read(path, last, limits=PdfLimits()):
    return collected(PdfReader(limits).read(path, 1, last))


def signalled(path, limits, number, at):
    """Read all pages, and send *number* to the child when page *at* has come."""

    async def run():
        found = []
        async for one in PdfReader(limits).read(path, 1, PAGES):
            found.append(one)
            if one.page == at:
                [child] = children()
                os.kill(child, number)
        return found

    return asyncio.run(run())


@linux
@pytest.mark.parametrize(
    ("number", "kind", "detail"),
    [
        (signal.SIGKILL, UnreadableKind.CRASHED, "SIGKILL"),
        (signal.SIGSEGV, UnreadableKind.CRASHED, "SIGSEGV"),
        (signal.SIGABRT, UnreadableKind.MEMORY_LIMIT, "bytes"),
        (signal.SIGSTOP, UnreadableKind.TIME_LIMIT, "0.5 seconds"),
    ],
)
def test_a_child_that_goes_down_costs_one_page(tmp_path, number, kind, detail):
    """Killed, crashed, out of memory or stalled: a new child goes on with the page after."""
    found = signalled(crowd(tmp_path), PdfLimits(page_seconds=0.5), number, at=3)
    lost = [one for one in found if isinstance(one, PageUnreadable)]

    assert list(range(1, PAGES + 1)) == [one.page for one in found]
    assert [kind] == [one.kind for one in lost]
    assert detail in lost[0].detail
    assert [] == children()


def test_a_page_that_never_ends_is_given_up(tmp_path):
    """Forms within forms keep pdfium busy for hours; the pages around them are read."""
    found = read(saved(tmp_path, endless(pages=4, bad=2)), 4, PdfLimits(page_seconds=0.5))

    assert [PageText, PageUnreadable, PageText, PageText] == [type(one) for one in found]
    assert UnreadableKind.TIME_LIMIT is found[1].kind


def test_a_page_that_unpacks_to_a_gigabyte_is_given_up(tmp_path):
    """A bomb of two kilobytes meets the memory limit; the pages around it are read."""
    content = bomb(megabytes=1_000)
    found = read(saved(tmp_path, content), 3, PdfLimits(memory_bytes=300 << 20))

    assert len(content) < 4_000
    assert [("before",), UnreadableKind.MEMORY_LIMIT, ("after",)] == [
        found[0].words,
        found[1].kind,
        found[2].words,
    ]


def test_when_the_time_of_a_source_is_spent_the_rest_is_given_up_at_once(tmp_path, monkeypatch):
    """A file of nothing but endless pages costs its time and not a page's time for each."""
    started = []
    start = Child.start

    async def counting(request, limits):
        started.append(request)
        return await start(request, limits)

    monkeypatch.setattr(Child, "start", counting)
    content = pdf(*([page(b"/X Do")] * 40)).replace(b"/F <<", b"/G <<")
    limits = PdfLimits(page_seconds=0.4, source_seconds_base=1.0, source_seconds_per_page=0)
    monkeypatch.setattr(process, "_BOOT", boot("yield next(work(request)); time.sleep(60)"))
    found = read(saved(tmp_path, content), 40, limits)

    assert list(range(1, 41)) == [one.page for one in found]
    assert {UnreadableKind.TIME_LIMIT} == {one.kind for one in found}
    assert len(started) <= 4


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        ("yield b'p' + (2**31).to_bytes(4, 'little'); time.sleep(60)", UnreadableKind.CRASHED),
        ("yield b'p' + (3).to_bytes(4, 'little') + b'abc'", UnreadableKind.CRASHED),
        ("yield b'?' + (0).to_bytes(4, 'little')", UnreadableKind.CRASHED),
        ("yield b'o' + (4).to_bytes(4, 'little') + b'{}{}'", UnreadableKind.CRASHED),
        ("yield b'o' + (2).to_bytes(4, 'little') + b'[]'", UnreadableKind.CRASHED),
        ("yield b'r' + (2).to_bytes(4, 'little') + b'{}'", UnreadableKind.CRASHED),
        ("yield b'o' + (50_000).to_bytes(4, 'little') + b'[' * 50_000", UnreadableKind.CRASHED),
        ("raise MemoryError", UnreadableKind.MEMORY_LIMIT),
        ("raise RuntimeError('odd')", UnreadableKind.CRASHED),
        ("time.sleep(60)", UnreadableKind.TIME_LIMIT),
        ("import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2)); [0 for _ in iter(int, 1)]",
         UnreadableKind.TIME_LIMIT),
    ],
)  # fmt: skip
def test_a_child_that_cannot_open_the_source_leaves_all_pages_unreadable(tmp_path, monkeypatch, harm, kind):
    """Neither garbage nor silence nor frames of gigabytes reach the caller."""
    monkeypatch.setattr(process, "_BOOT", boot(harm))
    found = read(saved(tmp_path, pdf(page(), page())), 2, PdfLimits(open_seconds=1))

    assert [(1, kind), (2, kind)] == [(one.page, one.kind) for one in found]


def test_a_child_that_is_killed_while_it_opens_the_source_costs_nothing(tmp_path, monkeypatch):
    """One such death may be the system's doing; the second is the file's."""
    flag = str(tmp_path / "killed")
    harm = f"os.path.exists({flag!r}) or (open({flag!r}, 'x'), os.kill(os.getpid(), 9))"
    monkeypatch.setattr(process, "_BOOT", boot(harm))
    [found] = read(saved(tmp_path, pdf(page(text("Planted", 72, 700)))), 1)

    assert ("Planted",) == found.words


@linux
def test_a_child_that_is_kept_waiting_has_patience(tmp_path, monkeypatch):
    """A page that takes its time without using the processor is not given up like one that works."""
    path = saved(tmp_path, pdf(page(text("Planted", 72, 700))))
    harm = "pages = work(request); yield next(pages); {}; yield from pages; return"
    monkeypatch.setattr(process, "_BOOT", boot(harm.format("time.sleep(1.2)")))
    [waiting] = read(path, 1, PdfLimits(page_seconds=1.0))
    busy = "[0 for _ in iter(lambda: time.process_time() > 2.5, True)]"
    monkeypatch.setattr(process, "_BOOT", boot(harm.format(busy)))
    [working] = read(path, 1, PdfLimits(page_seconds=1.0))

    assert ("Planted",) == waiting.words
    assert UnreadableKind.TIME_LIMIT is working.kind


def test_a_page_has_no_more_time_than_its_source(tmp_path, monkeypatch):
    """The shorter of the two limits holds."""
    monkeypatch.setattr(process, "_BOOT", boot("yield next(work(request)); time.sleep(60)"))
    limits = PdfLimits(page_seconds=50, source_seconds_base=1.0, source_seconds_per_page=0)
    [found] = read(saved(tmp_path, pdf(page())), 1, limits)

    assert UnreadableKind.TIME_LIMIT is found.kind
    assert float(found.detail.removesuffix(" seconds")) <= 1.0


def test_what_a_library_prints_does_not_reach_the_frames(tmp_path, monkeypatch):
    """The child's own standard output is closed to everything but frames."""
    monkeypatch.setattr(
        process, "_BOOT", boot("print('noise', flush=True); os.write(1, b'noise'); os.write(2, b'n' * 99999)")
    )
    [found] = read(saved(tmp_path, pdf(page(text("Planted", 72, 700)))), 1)

    assert ("Planted",) == found.words


def test_the_last_words_of_a_child_are_its_detail(tmp_path, monkeypatch):
    """Of all that it printed only the end is kept."""
    monkeypatch.setattr(process, "_BOOT", boot("os.write(2, b'n' * 99999); raise RuntimeError('the cause')", "inspect"))
    found = asyncio.run(PdfReader().inspect(saved(tmp_path, pdf(page()))))

    assert Failure(Crashed("exit code 1: RuntimeError: the cause")) == found


def test_nothing_of_our_environment_reaches_the_child(tmp_path, monkeypatch):
    """Secrets stand in variables; a parser of hostile files has no use for them."""
    monkeypatch.setenv("CASEFOLD_SECRET", "x")
    monkeypatch.setattr(process, "_BOOT", boot("raise RuntimeError('CASEFOLD_SECRET' in os.environ)", "inspect"))
    found = asyncio.run(PdfReader().inspect(saved(tmp_path, pdf(page()))))

    assert Failure(Crashed("exit code 1: RuntimeError: False")) == found


def test_the_child_may_write_no_file(tmp_path, monkeypatch):
    """A parser that is led to write somewhere fails."""
    harm = f"open({str(tmp_path / 'new')!r}, 'w').write('x' * 99999)"
    monkeypatch.setattr(process, "_BOOT", boot(harm, "inspect"))
    found = asyncio.run(PdfReader().inspect(saved(tmp_path, pdf(page()))))

    assert "File too large" in str(found.failure())
    assert 0 == (tmp_path / "new").stat().st_size


@linux
def test_a_reader_that_stops_early_leaves_no_process(tmp_path):
    """Closing the iterator ends the child at once; dropping it does so as soon as the loop turns."""
    path = crowd(tmp_path)

    async def closing():
        async with aclosing(PdfReader().read(path, 1, PAGES)) as pages:
            async for _ in pages:
                break
        return children()

    async def dropping():
        async for _ in PdfReader().read(path, 1, PAGES):
            break
        for _ in range(500):
            if not children():
                break
            await asyncio.sleep(0.02)
        return children()

    assert [] == asyncio.run(closing())
    assert [] == asyncio.run(dropping())


@linux
def test_a_reader_that_is_cancelled_leaves_no_process(tmp_path):
    """A time limit of the caller ends the child like our own."""

    async def cancelled():
        async with asyncio.timeout(0.3):
            async for _ in PdfReader().read(saved(tmp_path, endless(pages=3, bad=1)), 1, 3):
                pass

    with pytest.raises(TimeoutError):
        asyncio.run(cancelled())
    assert [] == children()


@linux
def test_the_child_ends_with_its_parent(tmp_path):
    """A parent that is killed leaves no child at work."""
    path = saved(tmp_path, endless(pages=1, bad=1))
    program = (
        "import asyncio, sys\n"
        "from casefold_adapters.pdf.reader import PdfReader\n"
        "async def main():\n"
        f"    async for _ in PdfReader().read({str(path)!r}, 1, 1): pass\n"
        "asyncio.run(main())"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen([sys.executable, "-c", program], env=environment)
    child = _first_child(parent.pid)
    parent.kill()
    parent.wait()

    assert _gone(child)


def _first_child(parent):
    for _ in range(500):
        if found := children(parent):
            return found[0]
        time.sleep(0.02)
    raise AssertionError("no child was started")


def _gone(child):
    for _ in range(500):
        status = Path(f"/proc/{child}/status")
        if not status.exists() or "Z (zombie)" in status.read_text():
            return True
        time.sleep(0.02)
    return False


def test_many_sources_are_read_at_once(tmp_path):
    """Readers share nothing: each has its own child and its own pages."""
    paths = [
        saved(
            tmp_path, pdf(*(page(text(f"file{name}page{number}", 72, 700)) for number in range(1, 20))), f"{name}.pdf"
        )
        for name in range(4)
    ]

    async def one(path):
        return [found async for found in PdfReader().read(path, 1, 19)]

    async def run():
        return await asyncio.gather(*map(one, paths))

    assert [[(f"file{name}page{number}",) for number in range(1, 20)] for name in range(4)] == [
        [found.words for found in pages] for pages in asyncio.run(run())
    ]


@pytest.mark.parametrize(
    ("code", "printed", "cause"),
    [
        (-signal.SIGABRT, "", TooMuchMemory(9)),
        (-signal.SIGABRT, "malloc(): corrupted top size", Crashed("SIGABRT: malloc(): corrupted top size")),
        (-signal.SIGABRT, "terminate called after throwing an instance of 'std::bad_alloc'", TooMuchMemory(9)),
        (1, "Traceback …\nMemoryError", TooMuchMemory(9)),
        (-signal.SIGSEGV, "", Crashed("SIGSEGV")),
        (1, "Traceback …\nValueError: odd", Crashed("exit code 1: ValueError: odd")),
        (0, "", Crashed("exit code 0")),
    ],
)
def test_the_cause_of_an_end_is_told_from_code_and_last_words(code, printed, cause):
    """pdfium aborts in silence when memory ends; everything else that aborts says so."""
    assert cause == process.cause_of_end(code, printed, process.KernelLimits(memory_bytes=9, cpu_seconds=1))


@linux
def test_the_kernels_time_limit_is_a_time_limit():
    """A child that the kernel stops for its processor time took too long."""
    limits = process.KernelLimits(memory_bytes=9, cpu_seconds=7)

    assert TookTooLong(7) == process.cause_of_end(-signal.SIGXCPU, "", limits)
