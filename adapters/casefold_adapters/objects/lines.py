"""Lines in a store of objects, which cannot append: each addition is an object, put once under the next number.

Who finds the number taken is not alone, and stops: that is the lock.
"""

import asyncio
import secrets
from collections.abc import Sequence

from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.lines import LinesBusy
from casefold_adapters.objects.port import Objects, StoreFault, Trouble

LINES_BYTES_MAX = 256 << 20
"""The largest addition that is read back."""

READS_AT_ONCE = 16


class ObjectLines:
    """Lines under one prefix."""

    def __init__(self, objects: Objects, prefix: str, count: int) -> None:
        """Use `ObjectLines.open`."""
        self._objects = objects
        self._prefix = prefix
        self._count = count

    @staticmethod
    async def open(
        objects: Objects, prefix: str
    ) -> "Result[tuple[ObjectLines, tuple[bytes, ...]], LinesBusy | StoreFault]":
        """Give the lines that are there, and a place for more."""
        listed = await objects.list(prefix)
        if isinstance(listed, Failure):
            return listed
        keys = [each.key for each in listed.unwrap()]
        gate = asyncio.Semaphore(READS_AT_ONCE)

        async def read(key: str) -> Result[bytes, StoreFault]:
            async with gate:
                return await objects.read(key, LINES_BYTES_MAX)

        lines: list[bytes] = []
        for number, found in enumerate(await asyncio.gather(*map(read, keys)), 1):
            if isinstance(found, Failure):
                return found
            if keys[number - 1] != _key(prefix, number):
                return Failure(StoreFault(keys[number - 1], Trouble.CHANGED, f"number {number} is missing before it"))
            lines += found.unwrap().split(b"\n")[1:-1]
        return Success((ObjectLines(objects, prefix, len(keys)), tuple(lines)))

    async def append(self, lines: Sequence[bytes]) -> Result[None, LinesBusy | StoreFault]:
        """Add *lines*, all or none; they are kept when this returns."""
        key = _key(self._prefix, self._count + 1)
        # The first line is nobody else's, so that what was put before its answer was lost is known to be ours.
        content = b"".join(line + b"\n" for line in (secrets.token_hex(16).encode(), *lines))
        put = await self._objects.put(key, content, once=True)
        if isinstance(put, Failure):
            fault = put.failure()
            if fault.trouble is not Trouble.ALREADY_THERE:
                return Failure(fault)
            found = await self._objects.read(key, LINES_BYTES_MAX)
            if found != Success(content):
                return Failure(LinesBusy(fault.place))
        self._count += 1
        return Success(None)

    def close(self) -> None:
        """Nothing is held."""


def _key(prefix: str, number: int) -> str:
    return f"{prefix}{number:08}.jsonl"
