"""Reviewed pages in PostgreSQL with pgvector, for services of many processes.

It answers as a folder does (`casefold_adapters.memory`): the likest pages exactly, of equal ones the first by case and
page. A tenant's pages under one taxonomy are found by a plain index and compared one by one, which is exact, and quick
up to some hundred thousand.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import psycopg
from psycopg import AsyncConnection

from casefold.kernel.results import Failure, Result, Success
from casefold.memory.recalling import DIFFERING_MAX, NEAREST, Match, Remembered
from casefold.memory.sketches import BITS, likeness
from casefold_adapters.files.atomic import StorageFailed

assert BITS == 1_024, "the table's column has as many bits as a sketch"

CONNECT_SECONDS = 20
"""How long a database is waited for."""

_SCHEMA = """
create extension if not exists vector;
create table if not exists casefold_reviewed (
    tenant text not null,
    taxonomy text not null,
    case_name text collate "C" not null,
    page integer not null check (page > 0),
    label text not null,
    said_by text not null,
    sketch bit(1024) not null,
    primary key (tenant, taxonomy, case_name, page)
);
"""

_REMEMBER = """
insert into casefold_reviewed (tenant, taxonomy, case_name, page, label, said_by, sketch)
values (%s, %s, %s, %s, %s, %s, %s::text::bit(1024))
on conflict (tenant, taxonomy, case_name, page)
do update set label = excluded.label, said_by = excluded.said_by, sketch = excluded.sketch
"""

_NEAREST = """
with near as materialized (
    select (sketch <~> %s::text::bit(1024))::integer as differing, label, case_name, page, said_by
    from casefold_reviewed
    where tenant = %s and taxonomy = %s
)
select differing, label, case_name, page, said_by from near
where differing <= %s
order by differing, case_name, page
limit %s
"""


class PostgresMemory:
    """The reviewed pages of one tenant under one taxonomy; the connection stays the caller's to close."""

    def __init__(self, connection: AsyncConnection[tuple[object, ...]], tenant: str, taxonomy: str) -> None:
        """Remember over *connection*; *taxonomy* is the digest of the labels' taxonomy."""
        self._connection = connection
        self._tenant = tenant
        self._taxonomy = taxonomy

    async def prepare(self) -> Result[None, StorageFailed]:
        """Make the table, if it is not there; who may not make extensions has that done before."""
        try:
            async with self._connection.transaction():
                await self._connection.execute(_SCHEMA)
        except psycopg.Error as error:
            return Failure(_failed(error))
        return Success(None)

    async def remember(self, entries: Sequence[Remembered]) -> Result[int, StorageFailed]:
        """Remember pages, all or none, and say how many; they are committed when this returns."""
        rows = [
            (self._tenant, self._taxonomy, entry.case, entry.page, entry.label, entry.by, _text(entry.sketch))
            for entry in entries
        ]
        try:
            async with self._connection.transaction(), self._connection.cursor() as cursor:
                await cursor.executemany(_REMEMBER, rows)
        except (psycopg.Error, ValueError) as error:
            return Failure(_failed(error))
        return Success(len(rows))

    async def nearest(self, sketch: int, most: int = NEAREST) -> Result[tuple[Match, ...], StorageFailed]:
        """Give the remembered pages that are likest to one of that *sketch*."""
        wanted = (_text(sketch), self._tenant, self._taxonomy, DIFFERING_MAX, most)
        try:
            async with self._connection.transaction(), self._connection.cursor() as cursor:
                await cursor.execute(_NEAREST, wanted)
                rows = await cursor.fetchall()
        except psycopg.Error as error:
            return Failure(_failed(error))
        return Success(
            tuple(
                Match(likeness(int(str(differing))), str(label), str(case), int(str(page)), str(by))
                for differing, label, case, page, by in rows
            )
        )


@asynccontextmanager
async def connected(address: str, tenant: str, taxonomy: str) -> AsyncGenerator[Result[PostgresMemory, StorageFailed]]:
    """Connect to the database at *address*, and make the table if it is not there."""
    try:
        connection = await AsyncConnection.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.Error as error:
        yield Failure(_failed(error))
        return
    async with connection:
        memory = PostgresMemory(connection, tenant, taxonomy)
        prepared = await memory.prepare()
        yield prepared.map(lambda _: memory)


def _text(sketch: int) -> str:
    return format(sketch, f"0{BITS}b")


def _failed(error: Exception) -> StorageFailed:
    """Say what failed by its kind alone: what a server writes may repeat what it was given."""
    state = error.sqlstate if isinstance(error, psycopg.Error) else None
    return StorageFailed("postgresql", f"{type(error).__name__}{f' {state}' if state else ''}")
