"""Who does the work of a batch, and the processes of this machine that may."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from typing import Protocol

from casefold.batch.codec import read_result
from casefold.batch.events import CaseRow, Fault
from casefold_shells.batch.orders import Order, Task, order_text, task_text
from casefold_shells.batch.worker import LINE_BYTES_MAX

WORKER_DIED = "WorkerDied"

PACKAGES_A_WORKER = 500
"""After so many packages a worker makes room for a new one: whatever it held on to goes with it."""

WORKER_BYTES_MAX = 1 << 30
"""A worker that ever took more memory than this makes room for a new one when its package is done."""

SILENCE_SECONDS_MAX = 900
"""A worker that says nothing for so long is stuck; the bounds on one file are far tighter."""


class Engine(Protocol):
    """Runs tasks, so many at once."""

    @property
    def slots(self) -> int:
        """How many tasks it runs at once."""
        ...

    async def run(self, task: Task) -> CaseRow | Fault:
        """Run one task; a worker that dies is a passing fault of it."""
        ...

    async def close(self) -> None:
        """End whatever still runs."""
        ...


class Worker:
    """A worker process that has its order."""

    def __init__(self, process: Process, reading: Callable[[str, int], None]) -> None:
        """Use `Worker.start`."""
        self._process = process
        self._reading = reading
        self.tasks = 0
        self.spent = False

    @staticmethod
    async def start(order: str, reading: Callable[[str, int], None]) -> "Worker":
        """Start a process and give it its order; it is in a session of its own, with whatever it starts."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "casefold_shells.batch.worker"),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
            limit=LINE_BYTES_MAX,
        )
        worker = Worker(process, reading)
        worker._write(order)
        return worker

    @property
    def pid(self) -> int:
        """The number of the process, and of its group."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended, as far as is known."""
        return self._process.returncode is None

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # its end is seen where it should have answered
            self._process.stdin.write(line.encode() + b"\n")

    async def run(self, task: Task) -> CaseRow | Fault | None:
        """Run one task; nothing if the process ended before it was ready for any."""
        assert self._process.stdout is not None
        ready = self.tasks > 0
        self.tasks += 1
        self._write(task_text(task))
        while True:
            try:
                line = await asyncio.wait_for(self._process.stdout.readline(), SILENCE_SECONDS_MAX)
            except TimeoutError:
                await self.end()
                return _died(f"its worker said nothing for {SILENCE_SECONDS_MAX} s and was ended")
            if not line.endswith(b"\n"):
                code = await self.end()
                if not ready:
                    return None
                return _died(f"its worker died ({_cause(code)}); if it was short of memory, use fewer --workers")
            said = json.loads(line)
            ready = True
            if "pages" in said:
                self._reading(task.package, said["pages"])
            elif "ready" not in said:
                self.spent = self.tasks >= PACKAGES_A_WORKER or said["memory_bytes"] > WORKER_BYTES_MAX
                result = read_result({name: value for name, value in said.items() if name != "memory_bytes"})
                return result.unwrap()

    async def end(self) -> int:
        """Kill the process and what it started, and give the code that it ended with."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.communicate()
        return await self._process.wait()


def _died(detail: str) -> Fault:
    return Fault(WORKER_DIED, detail, passing=True)


def _cause(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def _unheard(_package: str, _pages: int) -> None:
    """Nobody hears of pages."""


STARTS_MAX = 3
"""A worker that cannot even start is started again so often before it is a fault."""


class LocalEngine:
    """Worker processes on this machine, each with one package at a time."""

    def __init__(self, order: Order, workers: int, reading: Callable[[str, int], None] = _unheard) -> None:
        """Have up to so many *workers*, started when there is work; *reading* hears of pages."""
        self._order = order_text(order)
        self._slots = workers
        self._reading = reading
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()

    @property
    def slots(self) -> int:
        """How many tasks run at once."""
        return self._slots

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes at work."""
        return tuple(worker.pid for worker in self._busy if worker.alive)

    async def run(self, task: Task) -> CaseRow | Fault:
        """Run one task by the next worker that is free."""
        for _ in range(STARTS_MAX):
            worker = await self._free()
            self._busy.add(worker)
            try:
                result = await worker.run(task)
            except BaseException:
                await worker.end()
                raise
            finally:
                self._busy.discard(worker)
            if worker.spent:
                await worker.end()
            elif worker.alive:
                self._idle.append(worker)
            if result is not None:
                return result
        return _died("worker processes do not start; see what they say above")

    async def _free(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            await worker.end()
        return await Worker.start(self._order, self._reading)

    async def close(self) -> None:
        """End all workers, and what they are at."""
        for worker in [*self._idle, *self._busy]:
            await worker.end()
        self._idle.clear()
