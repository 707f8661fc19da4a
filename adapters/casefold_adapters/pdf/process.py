"""One child process: start it with a request, take its frames, end it.

The child is trusted with nothing: a frame is bounded before it is read, what the child prints is cut, and whatever
happens here the process is gone afterwards.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self, TypeAlias

from attrs import frozen

from casefold_adapters.pdf import frames
from casefold_adapters.pdf.patience import Watch
from casefold_adapters.pdf.refusals import ChildEnded, Crashed, TookTooLong, TooMuchMemory

ERROR_BYTES_MAX = 2_000
"""How much of the child's error stream is kept: its last words name the fault."""

DETAIL_CHARACTERS_MAX = 200

FRAME_BYTES_MAX = 64 << 20
"""The largest frame that is read; a page of a million characters takes 5 MB, a picture of 40 million pixels 20."""

_PIPE_BYTES = 1 << 20

WORKER = "casefold_adapters.pdf.worker.main"
"""The module whose `main` a child runs."""

_BOOT = "import sys; sys.path[:] = sys.argv[2:]; __import__(sys.argv[1], fromlist=('main',)).main()"

_KEPT_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What the dynamic loader may need to find the libraries; nothing else of our environment reaches the child."""


@frozen
class KernelLimits:
    """The bounds that the child sets on itself before it looks at the file."""

    memory_bytes: int
    cpu_seconds: int
    written_bytes: int = 0


@frozen
class Frame:
    """One answer of the child."""

    kind: bytes
    payload: bytes


Answer: TypeAlias = Frame | ChildEnded


class Child:
    """A running child that answers one request in frames; whoever starts it ends it."""

    def __init__(self, process: Process, limits: KernelLimits) -> None:
        assert process.stdout is not None and process.stderr is not None
        self._process = process
        self._limits = limits
        self._output = process.stdout
        self._errors = asyncio.create_task(_tail(process.stderr))
        self._handle = _handle(process.pid)

    @classmethod
    async def start(cls, request: Mapping[str, object], limits: KernelLimits, worker: str = WORKER) -> Self:
        """Start a child that runs *worker* on *request*."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT, worker, *_import_path()),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            limit=_PIPE_BYTES,
            env=_environment(),
            cwd=os.sep,
        )
        assert process.stdin is not None
        bounds = {"memory_bytes": limits.memory_bytes, "cpu_seconds": limits.cpu_seconds}
        whole = {**request, **bounds, "written_bytes": limits.written_bytes}
        # Not drained: the time limit of the first frame holds for a child that does not read.
        process.stdin.write(frames.packed_json(frames.REQUEST, whole))
        return cls(process, limits)

    def send(self, frame: bytes) -> None:
        """Hand one more frame to a child that reads on; one that has ended gives no answer to it.

        Not drained: the time limit of the answer holds for a child that does not read.
        """
        assert self._process.stdin is not None
        self._process.stdin.write(frame)

    async def frame(self, busy_seconds: float, wall_seconds: float) -> Answer:
        """Give the child's next frame, or how it ended if none came in time.

        A child that works has *busy_seconds*; one that a busy machine keeps waiting has up to *wall_seconds*, so that
        what can be read does not depend on what else runs.
        """
        try:
            async with asyncio.timeout(wall_seconds) as limit:
                watch = Watch(self._process.pid, limit, busy_seconds)
                try:
                    return await self._next()
                finally:
                    watch.cancel()
        except TimeoutError:
            return TookTooLong(min(busy_seconds, wall_seconds))

    async def _next(self) -> Answer:
        try:
            kind, length = frames.HEADER.unpack(await self._output.readexactly(frames.HEADER.size))
            if length > FRAME_BYTES_MAX:
                return Crashed(f"frame of {length} bytes")
            payload = await self._output.readexactly(length)
        except asyncio.IncompleteReadError:
            printed = (await self._errors).decode("utf-8", "replace").strip()
            return cause_of_end(await self._process.wait(), printed, self._limits)
        return TooMuchMemory(self._limits.memory_bytes) if kind == frames.EXHAUSTED else Frame(kind, payload)

    async def end(self) -> None:
        """Kill the process if it still runs, and wait until nothing is left of it."""
        self._kill()
        self._errors.cancel()
        await asyncio.wait((self._errors,))
        await self._process.communicate()

    def _kill(self) -> None:
        """Kill by handle where there is one.

        Killing by number, as asyncio does, takes a process that has just ended away from the thread that waits for it.
        """
        if self._handle is None:
            if self._process.returncode is None:
                self._process.kill()
            return
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        os.close(self._handle)
        self._handle = None


def _handle(process: int) -> int | None:
    """Give a handle that means this process even when its number has gone to another; few systems have one."""
    if sys.platform != "linux":
        return None
    try:
        return os.pidfd_open(process)
    except OSError:
        return None


def cause_of_end(code: int, printed: str, limits: KernelLimits) -> ChildEnded:
    """Tell from the exit code and the last words why a child ended before its time.

    pdfium aborts without a word when it gets no more memory; the C library's own aborts say what was corrupt.

    >>> cause_of_end(-6, "", KernelLimits(memory_bytes=1000, cpu_seconds=9))
    TooMuchMemory(memory_bytes=1000)
    >>> cause_of_end(-11, "", KernelLimits(memory_bytes=1000, cpu_seconds=9))
    Crashed(detail='SIGSEGV')
    """
    name = _signal_name(code)
    if name == "SIGXCPU":
        return TookTooLong(limits.cpu_seconds)
    last = printed.rpartition("\n")[2]
    if "bad_alloc" in printed or last.startswith("MemoryError") or (name == "SIGABRT" and not printed):
        return TooMuchMemory(limits.memory_bytes)
    return Crashed(f"{name}: {last}"[:DETAIL_CHARACTERS_MAX] if last else name)


def _signal_name(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


async def _tail(stream: asyncio.StreamReader) -> bytes:
    kept = b""
    while more := await stream.read(ERROR_BYTES_MAX):
        kept = (kept + more)[-ERROR_BYTES_MAX:]
    return kept


def _import_path() -> list[str]:
    """Give our own import path without the entries that depend on the working directory."""
    return [entry for entry in sys.path if entry and Path(entry).is_absolute()]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    # One arena: each thread's own would take 64 MB of address space, which is what the child is limited by.
    return {"MALLOC_ARENA_MAX": "1", **kept}
