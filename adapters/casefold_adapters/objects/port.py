"""What a store of objects does: six things, each whole or not at all."""

from enum import Enum
from pathlib import Path
from typing import Protocol

from attrs import frozen

from casefold.kernel.results import Result


class Trouble(Enum):
    """Why a store did not do what it was asked to."""

    NOT_THERE = "not_there"
    """There is no such object."""
    ALREADY_THERE = "already_there"
    """An object that was to be put once is there."""
    NO_BUCKET = "no_bucket"
    """There is no such bucket."""
    NO_CREDENTIALS = "no_credentials"
    """Nothing says who asks, or what says so is no longer good."""
    DENIED = "denied"
    """Who asks may not do this."""
    THROTTLED = "throttled"
    """The store asks to be asked less often."""
    LOST = "lost"
    """The connection could not be made, or was lost, again and again."""
    UNAVAILABLE = "unavailable"
    """The store is there and could not answer."""
    CHANGED = "changed"
    """The object was replaced while it was read, or what arrived is not what the store has."""
    TOO_LARGE = "too_large"
    """The object has more bytes than are read at once."""
    BAD_KEY = "bad_key"
    """The store has no place for a key like this."""
    REFUSED = "refused"
    """The store refused for another reason."""


PASSING = frozenset({Trouble.THROTTLED, Trouble.LOST, Trouble.UNAVAILABLE, Trouble.CHANGED})
"""What may be gone at the next attempt."""


@frozen
class StoreFault:
    """A store did not do what it was asked to: where, why, and in the store's own words."""

    place: str
    trouble: Trouble
    detail: str = ""


@frozen
class ObjectFacts:
    """An object that is there.

    Attributes:
        version: Another one whenever the object is put again.
    """

    key: str
    size: int
    version: str


class Objects(Protocol):
    """Keeps objects under keys such as ``cases/loan/1/case.json``."""

    async def list(self, prefix: str) -> Result[tuple[ObjectFacts, ...], StoreFault]:
        """Give all objects whose key begins with *prefix*, by key."""
        ...

    async def head(self, key: str) -> Result[ObjectFacts, StoreFault]:
        """Say what is there."""
        ...

    async def read(self, key: str, bytes_max: int) -> Result[bytes, StoreFault]:
        """Give a small object."""
        ...

    async def get(self, key: str, path: Path) -> Result[ObjectFacts, StoreFault]:
        """Write an object of any size to *path*, checked, or leave nothing there."""
        ...

    async def put(self, key: str, content: bytes | Path, *, once: bool = False) -> Result[None, StoreFault]:
        """Keep bytes or a file under *key*; with *once*, only if nothing is there. It is kept when this returns."""
        ...

    async def delete(self, key: str) -> Result[None, StoreFault]:
        """Have nothing under *key*, whether something was there or not."""
        ...
