"""The law of stores of objects, as a state machine: run it on your own adapter, and it may stand in wherever ours do.

    def test_my_store_keeps_objects(bucket):
        check_objects(lambda: (MyStore(bucket), fresh_prefix()))

It drives the store beside a dictionary, and asserts after each step that they agree.
"""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from casefold.kernel.results import Failure, Result, Success

Value = TypeVar("Value")

KEYS = ("a", "b/c", "b/d", "b c/é", "ba", "z~1.pdf")
"""Names as they come; none is under another, for a folder has no place for that."""


class Facts(Protocol):
    """What a store says of an object."""

    @property
    def key(self) -> str:
        """Where it is."""
        ...

    @property
    def size(self) -> int:
        """How many bytes it has."""
        ...

    @property
    def version(self) -> str:
        """Another one whenever it is put again."""
        ...


class Store(Protocol):
    """Keeps objects; see `casefold_adapters.objects.port.Objects`."""

    async def list(self, prefix: str) -> Result[Sequence[Facts], object]:
        """Give all objects whose key begins with *prefix*, by key."""
        ...

    async def head(self, key: str) -> Result[Facts, object]:
        """Say what is there."""
        ...

    async def read(self, key: str, bytes_max: int) -> Result[bytes, object]:
        """Give a small object."""
        ...

    async def get(self, key: str, path: Path) -> Result[Facts, object]:
        """Write an object to *path*, or leave nothing there."""
        ...

    async def put(self, key: str, content: bytes | Path, *, once: bool = False) -> Result[None, object]:
        """Keep an object; with *once*, only if nothing is there."""
        ...

    async def delete(self, key: str) -> Result[None, object]:
        """Have nothing there."""
        ...


def check_objects(make: Callable[[], tuple[Store, str]], *, how: settings | None = None) -> None:
    """Check that a store keeps what it is given, whole, under its key, and replaces nothing that is to be put once.

    Args:
        make: Gives a store, and a prefix under which it is empty.
        how: How hard to look, if not as the present profile says.
    """
    keys, contents = st.sampled_from(KEYS), st.binary(max_size=3) | st.binary(min_size=100, max_size=9_000)

    class Objects(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.runner = asyncio.Runner()
            self.store, self.prefix = make()
            self.model: dict[str, bytes] = {}
            self.versions: dict[str, str] = {}
            self.folder = tempfile.TemporaryDirectory()

        def run(self, work: Coroutine[object, object, Value]) -> Value:
            return self.runner.run(work)

        @rule(key=keys, content=contents, as_file=st.booleans(), once=st.booleans())
        def put(self, key: str, content: bytes, as_file: bool, once: bool) -> None:
            given: bytes | Path = content
            if as_file:
                given = Path(self.folder.name, "given")
                given.write_bytes(content)
            kept = self.run(self.store.put(self.prefix + key, given, once=once))
            refused = once and key in self.model
            assert isinstance(kept, Failure) == refused, "what is to be put once replaces nothing"
            if not refused:
                self.model[key] = content

        @rule(key=keys)
        def delete(self, key: str) -> None:
            assert isinstance(self.run(self.store.delete(self.prefix + key)), Success)
            self.model.pop(key, None)

        @rule(key=keys)
        def head(self, key: str) -> None:
            found = self.run(self.store.head(self.prefix + key))
            assert isinstance(found, Success) == (key in self.model), "what is there is there"
            if isinstance(found, Success):
                facts = found.unwrap()
                assert (facts.key, facts.size) == (self.prefix + key, len(self.model[key]))

        @rule(key=keys)
        def read(self, key: str) -> None:
            found = self.run(self.store.read(self.prefix + key, 9_000))
            assert found.value_or(None) == self.model.get(key), "what is read is what was put"

        @rule(key=keys)
        def read_too_much(self, key: str) -> None:
            size = len(self.model.get(key, b""))
            if size:
                assert isinstance(self.run(self.store.read(self.prefix + key, size - 1)), Failure)

        @rule(key=keys)
        def get(self, key: str) -> None:
            path = Path(self.folder.name, "new", "got")
            found = self.run(self.store.get(self.prefix + key, path))
            assert isinstance(found, Success) == (key in self.model)
            assert path.exists() == (key in self.model), "a file is whole or not there"
            if key in self.model:
                assert path.read_bytes() == self.model[key]
                assert [path] == list(path.parent.iterdir()), "nothing else is left"
                path.unlink()

        @rule(start=st.sampled_from(("", "b", "b/", "x")))
        def list(self, start: str) -> None:
            found = self.run(self.store.list(self.prefix + start)).unwrap()
            wanted = [(self.prefix + key, len(self.model[key])) for key in sorted(self.model) if key.startswith(start)]
            assert [(each.key, each.size) for each in found] == wanted, "all of it is listed, and nothing else"

        def teardown(self) -> None:
            self.runner.close()
            self.folder.cleanup()

    run_state_machine_as_test(Objects, settings=how)
