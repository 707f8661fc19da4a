"""A worker process: an order on its standard input, then tasks one at a time; a line of JSON for each thing it says.

It ends when its input does, with all that it started, whatever it is doing: what is recorded is kept, and who gave it
work is gone.
"""

import asyncio
import json
import os
import resource
import signal
import sys
from time import monotonic
from typing import BinaryIO

from casefold.batch.codec import result_value
from casefold.case.state import Case
from casefold.kernel.canonical import Json
from casefold_shells.batch.orders import Prepared, prepared, read_order, read_task
from casefold_shells.batch.working import Quiet, work
from casefold_shells.collecting import collect_rarely

LINE_BYTES_MAX = 1 << 30
"""The longest line: facts about an applicant, or a taxonomy."""

SAYS_EVERY_SECONDS = 1.0


class Telling(Quiet):
    """Says how many pages of the package at hand were read."""

    def __init__(self, out: BinaryIO) -> None:
        """Say it on *out*."""
        self._out = out
        self._last = monotonic()

    def reading(self, page: int) -> None:
        """Page number *page* of the package was read."""
        self._say(page)

    def recognising(self, page: int, known: bool) -> None:
        """A page was recognised; it was counted when it was read."""

    def case(self, case: Case) -> None:
        """The case went one step on."""
        self._say(len(case.pages))

    def _say(self, pages: int) -> None:
        if monotonic() - self._last >= SAYS_EVERY_SECONDS:
            self._last = monotonic()
            say(self._out, {"pages": pages})


def say(out: BinaryIO, value: dict[str, Json]) -> None:
    """Write one line."""
    out.write(json.dumps(value).encode() + b"\n")
    out.flush()


async def _serve(known: Prepared, lines: asyncio.StreamReader, out: BinaryIO) -> None:
    told = asyncio.ensure_future(lines.readline())
    while text := await told:
        # Read on while at work: the end of the input is the one thing that may come, and it ends the work.
        told = asyncio.ensure_future(lines.readline())
        told.add_done_callback(_end_all_at_end)
        result = await work(known, read_task(text.decode()), Telling(out))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        told.remove_done_callback(_end_all_at_end)
        say(out, {**result_value(result), "memory_bytes": peak})


def _end_all_at_end(told: "asyncio.Future[bytes]") -> None:
    if not told.cancelled() and not told.result():
        os.killpg(0, signal.SIGKILL)


async def _main(out: BinaryIO) -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(limit=LINE_BYTES_MAX)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin.buffer)
    order = await lines.readline()
    if order:
        known = prepared(read_order(order.decode()))
        say(out, {"ready": True})
        await _serve(known, lines, out)


def main() -> None:
    """Work until there is no more."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who gave the work
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    asyncio.run(_main(out))


if __name__ == "__main__":
    main()
