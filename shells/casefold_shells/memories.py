"""Where reviewed pages are remembered: a folder, or a PostgreSQL database that several machines share."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from casefold.kernel.results import Result, Success
from casefold.memory.recalling import Match, Remembered
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.memory import FolderMemory

ADDRESSES = ("postgresql://", "postgres://")
"""How the address of a database begins; anything else is a folder."""


class Memory(Protocol):
    """The reviewed pages of one tenant under one taxonomy."""

    async def remember(self, entries: Sequence[Remembered]) -> Result[int, StorageFailed]:
        """Remember pages, and say how many."""
        ...

    async def nearest(self, sketch: int) -> Result[tuple[Match, ...], StorageFailed]:
        """Give the remembered pages that are likest to one of that *sketch*."""
        ...


def is_address(place: str) -> bool:
    """Whether a memory is a database, by its name."""
    return place.startswith(ADDRESSES)


def lacks_client(place: str) -> bool:
    """Whether a memory is a database, and nothing is installed that speaks with one."""
    return is_address(place) and find_spec("psycopg") is None


@asynccontextmanager
async def memory_at(place: str, tenant: str, taxonomy: str) -> AsyncGenerator[Result[Memory, StorageFailed]]:
    """Give what *tenant* reviewed under the taxonomy of that digest; a connection is closed in the end."""
    if is_address(place):
        from casefold_adapters.postgres import connected

        async with connected(place, tenant, taxonomy) as found:
            yield found.map(_as_memory)
    else:
        yield Success(FolderMemory(Path(place), tenant, taxonomy))


def _as_memory(memory: Memory) -> Memory:
    return memory
