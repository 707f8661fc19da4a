"""Tell a child that works too long from one that a busy machine keeps waiting."""

import asyncio
import time

WAITING_FACTOR = 3
"""A child that is not given the processor may take this many times its limit by the clock on the wall."""

_BUSY_SHARE_MIN = 0.8
"""Whoever had the processor for this share of a limit has used it: the clocks are not read at the same instant."""

_PROCESS_CLOCK = 2


def processor_seconds(process: int) -> float | None:
    """Give the processor time that a running process has used; nothing where the system does not say."""
    try:
        # Linux names the clock of a process by the complement of its number (see clock_getcpuclockid(3)).
        return time.clock_gettime((~process << 3) | _PROCESS_CLOCK)
    except (AttributeError, OSError, OverflowError):
        return None


class Watch:
    """Brings a time limit forward to the moment at which a process has worked for *busy_seconds*."""

    def __init__(self, process: int, limit: asyncio.Timeout, busy_seconds: float) -> None:
        self._process = process
        self._limit = limit
        self._busy_seconds = busy_seconds
        self._before = processor_seconds(process)
        self._loop = asyncio.get_running_loop()
        self._check = self._loop.call_later(busy_seconds, self._judge)

    def cancel(self) -> None:
        """Leave the limit as it is."""
        self._check.cancel()

    def _judge(self) -> None:
        after = processor_seconds(self._process)
        used = self._busy_seconds if self._before is None or after is None else after - self._before
        if used < _BUSY_SHARE_MIN * self._busy_seconds:
            self._check = self._loop.call_later(self._busy_seconds - used, self._judge)
        else:
            self._limit.reschedule(self._loop.time())
