"""An index of reviewed pages answers as it must, survives crashes, and keeps tenants apart."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from casefold.kernel.results import Failure, Success
from casefold.memory.recalling import Remembered
from casefold_adapters.memory import FolderMemory
from casefold_properties.laws import memory
from casefold_properties.strategies.memory import remembered_pages, sketch_values

DIGEST, OTHER = "sha256:" + "a" * 64, "sha256:" + "b" * 64
PAGE = Remembered("May", 1, "w2", "Ada", 5)


def answers_as_it_must(index, wrong, batches, wanted):
    """Whether the law about indexes holds of *index*, told wrongly about by *wrong*."""

    async def go():
        await memory.index_answers_as_it_must(wrong(index()), lambda: _later(wrong(index())), batches, wanted)

    asyncio.run(go())


async def _later(value):
    return value


@given(st.lists(st.lists(remembered_pages(), max_size=4), max_size=3), st.lists(sketch_values(), max_size=3))
def test_a_folder_answers_as_it_must(batches, wanted):
    """The likest pages in order, whatever was remembered before, and again by who opens it later."""
    with tempfile.TemporaryDirectory() as folder:
        answers_as_it_must(lambda: FolderMemory(Path(folder), "bank", DIGEST), lambda index: index, batches, wanted)


class Forgetful:
    """Remembers nothing."""

    def __init__(self, index):
        self._index = index

    async def remember(self, entries):
        return Success(len(entries))

    async def nearest(self, sketch, most=5):
        return await self._index.nearest(sketch, most)


def test_an_index_that_forgets_is_found():
    """The law about indexes finds one that does not answer as it must."""
    found = False
    with tempfile.TemporaryDirectory() as folder:
        try:
            answers_as_it_must(lambda: FolderMemory(Path(folder), "bank", DIGEST), Forgetful, [[PAGE]], [5])
        except AssertionError:
            found = True

    assert found


def remembered(folder, tenant="bank", taxonomy=DIGEST, **more):
    found = asyncio.run(FolderMemory(folder, tenant, taxonomy, **more).nearest(5))
    return [(match.case, match.page, match.label) for match in found.unwrap()]


def test_tenants_and_taxonomies_are_apart(tmp_path):
    """What one knows, another never sees; labels of another taxonomy are other labels."""
    asyncio.run(FolderMemory(tmp_path, "bank", DIGEST).remember([PAGE]))

    assert [("May", 1, "w2")] == remembered(tmp_path)
    assert [] == remembered(tmp_path, "../bank") == remembered(tmp_path, taxonomy=OTHER)
    assert all(path.is_relative_to(tmp_path) for path in tmp_path.rglob("*"))


def test_half_a_line_was_never_remembered(tmp_path):
    """A crash in the middle of writing costs that page, and no other."""
    store = FolderMemory(tmp_path, "bank", DIGEST)
    asyncio.run(store.remember([PAGE]))
    (path,) = tmp_path.rglob("*.jsonl")
    path.write_bytes(path.read_bytes() + path.read_bytes()[:40])

    assert [("May", 1, "w2")] == remembered(tmp_path)
    asyncio.run(FolderMemory(tmp_path, "bank", DIGEST).remember([Remembered("June", 2, "w9", "Ada", 5)]))
    assert [("June", 2, "w9"), ("May", 1, "w2")] == remembered(tmp_path)


def test_only_the_last_pages_are_searched(tmp_path):
    """A memory is bounded: what was reviewed last is kept, also where it was reviewed before."""
    some = [Remembered("May", page, "w2", "Ada", 5) for page in (1, 2, 3, 1)]
    asyncio.run(FolderMemory(tmp_path, "bank", DIGEST).remember(some))

    assert [("May", 1, "w2"), ("May", 3, "w2")] == remembered(tmp_path, entries_max=2)


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    """A file in the way is told, not raised."""
    (tmp_path / "file").write_text("")

    assert isinstance(asyncio.run(FolderMemory(tmp_path / "file", "bank", DIGEST).remember([PAGE])), Failure)
