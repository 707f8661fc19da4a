"""State machines for the ports: run them on your own adapter, and it may stand in wherever ours does.

    def test_my_blobs_keep_what_they_are_given(tmp_path_factory):
        check_blob_store(lambda: MyBlobs(tmp_path_factory.mktemp("blobs")))

Each drives the adapter beside a model of a few lines, and asserts after each step that they agree.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Protocol, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casefold.case.codec import event_value
from casefold.case.events import Event
from casefold.kernel.canonical import digest_of_bytes
from casefold.kernel.chain import START, Entry, Head, line_of
from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Result, Success
from casefold_properties.strategies import event_logs, instants

Value = TypeVar("Value")


class BlobStore(Protocol):
    """Keeps bytes under their digest."""

    async def put(self, content: bytes) -> Result[str, object]:
        """Store *content* and give its digest."""
        ...

    async def get(self, digest: str) -> Result[bytes, object]:
        """Give the content that *digest* names."""
        ...


class EventLog(Protocol):
    """Keeps events, in order, for good; held by one at a time."""

    async def append(self, at: Instant, events: Sequence[Event]) -> Result[Head, object]:
        """Record *events*; when this returns they are kept. Gives the head of the chain."""
        ...

    def close(self) -> None:
        """Let others write."""
        ...


class LogPlace(Protocol):
    """A place for one log, empty at first: a path, a table, a bucket."""

    async def open(self) -> tuple[EventLog, Sequence[tuple[int, Instant, Event]]]:
        """Open the log to append to it, and give all that it holds: number, instant and event."""
        ...

    def tear(self) -> None:
        """Leave behind what a crash in the middle of an append leaves; nothing, where that cannot be. It is closed."""
        ...


class _Running:
    """An event loop for as long as a machine runs."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()

    def __call__(self, work: Coroutine[object, object, Value]) -> Value:
        return self._runner.run(work)

    def close(self) -> None:
        self._runner.close()


def check_blob_store(make: Callable[[], BlobStore], *, how: settings | None = None) -> None:
    """Check that a store gives back what it was given, under its digest, and nothing else.

    Args:
        make: Gives an empty store.
        how: How hard to look, if not as the present profile says.
    """

    class Blobs(RuleBasedStateMachine):
        digests: Bundle[str] = Bundle("digests")

        def __init__(self) -> None:
            super().__init__()
            self.run = _Running()
            self.store = make()
            self.model: dict[str, bytes] = {}

        @rule(target=digests, content=st.binary(max_size=3) | st.binary(min_size=100, max_size=9_000))
        def put(self, content: bytes) -> str:
            digest = digest_of_bytes(content)
            assert self.run(self.store.put(content)) == Success(digest)
            self.model[digest] = content
            return digest

        @rule(digest=digests)
        def get(self, digest: str) -> None:
            assert self.run(self.store.get(digest)) == Success(self.model[digest])

        @rule(content=st.binary(max_size=3))
        def get_unknown(self, content: bytes) -> None:
            digest = digest_of_bytes(content)
            found = self.run(self.store.get(digest))
            assert (digest in self.model) == isinstance(found, Success), "what was not put is not there"

        @rule(digest=digests)
        def put_again(self, digest: str) -> None:
            assert self.run(self.store.put(self.model[digest])) == Success(digest)

        def teardown(self) -> None:
            self.run.close()

    run_state_machine_as_test(Blobs, settings=how)


def check_event_log(make: Callable[[], LogPlace], *, how: settings | None = None) -> None:
    """Check that a log gives back what was recorded, in order, chained, whoever opens it.

    Args:
        make: Gives an empty place.
        how: How hard to look, if not as the present profile says.
    """

    class Logs(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.run = _Running()
            self.place = make()
            self.model: list[tuple[int, Instant, Event]] = []
            self.head = START
            self.log: EventLog | None = None

        @initialize()
        def open(self) -> None:
            self.log, held = self.run(self.place.open())
            assert list(held) == self.model

        @rule(at=instants(), events=event_logs(max_size=3))
        def append(self, at: Instant, events: Sequence[Event]) -> None:
            assert self.log is not None
            for event in events:
                number = self.head.count + 1
                self.model.append((number, at, event))
                _, self.head = line_of(Entry(number, at, self.head.hash, event_value(event)))
            result = self.run(self.log.append(at, events))
            assert not isinstance(result, Failure), result
            assert result.unwrap() == self.head

        @rule()
        def reopen(self) -> None:
            assert self.log is not None
            self.log.close()
            self.open()

        @rule()
        def crash(self) -> None:
            assert self.log is not None
            self.log.close()
            self.place.tear()
            self.open()

        @invariant()
        def numbers_are_whole(self) -> None:
            assert [number for number, _, _ in self.model] == list(range(1, self.head.count + 1))

        def teardown(self) -> None:
            if self.log is not None:
                self.log.close()
            self.run.close()

    run_state_machine_as_test(Logs, settings=how)
