"""The time of day."""

import time

from casefold.kernel.instants import Instant


class SystemClock:
    """The machine's own clock."""

    def now(self) -> Instant:
        """Give the present instant."""
        return Instant(time.time_ns() // 1_000)
