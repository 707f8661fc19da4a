"""PostgreSQL answers as a folder does: one law holds of both."""

import asyncio
import subprocess
import uuid

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.model_servers import CannotBuildError, unavailable
from tests.adapters.postgres_servers import postgres

from casefold.kernel.results import Failure
from casefold.memory.recalling import Remembered
from casefold_adapters.postgres import PostgresMemory
from casefold_properties.laws import memory
from casefold_properties.strategies.memory import remembered_pages, sketch_values

DIGEST = "sha256:" + "a" * 64
PAGE = Remembered("May", 1, "w2", "Ada", 5)


@pytest.fixture(scope="module")
def address():
    try:
        with postgres() as found:
            yield found
    except (CannotBuildError, subprocess.CalledProcessError) as error:
        unavailable(f"no PostgreSQL here: {error}")


async def opened(connection, tenant):
    index = PostgresMemory(connection, tenant, DIGEST)
    (await index.prepare()).unwrap()
    return index


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(remembered_pages(), max_size=4), max_size=3), st.lists(sketch_values(), max_size=3))
def test_postgres_answers_as_it_must(address, batches, wanted):
    """The likest pages in order, whatever was remembered before, and again over another connection."""
    tenant = uuid.uuid4().hex

    async def go():
        async with (
            await psycopg.AsyncConnection.connect(address, autocommit=True) as one,
            await psycopg.AsyncConnection.connect(address, autocommit=True) as two,
        ):
            await memory.index_answers_as_it_must(
                await opened(one, tenant), lambda: opened(two, tenant), batches, wanted
            )

    asyncio.run(go())


def test_tenants_are_apart(address):
    """What one knows, another never sees."""

    async def go():
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
            mine, theirs = await opened(connection, uuid.uuid4().hex), await opened(connection, uuid.uuid4().hex)
            await mine.remember([PAGE])
            return (await mine.nearest(5)).unwrap(), (await theirs.nearest(5)).unwrap()

    mine, theirs = asyncio.run(go())
    assert (1, 0) == (len(mine), len(theirs))


def test_a_database_that_is_gone_says_so(address):
    """A connection that was closed is a value, and tells nothing of what was to be remembered."""

    async def go():
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
            index = await opened(connection, "bank")
        return await index.remember([PAGE]), await index.nearest(5)

    for found in asyncio.run(go()):
        assert isinstance(found, Failure)
        assert "Ada" not in repr(found)
