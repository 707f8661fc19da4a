"""A folder as a store of objects: keys are paths under it."""

import asyncio
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.atomic import PARTIAL, sync_folder
from casefold_adapters.objects.port import ObjectFacts, StoreFault, Trouble

Value = TypeVar("Value")

_HIDDEN = ".casefold-"
"""How the names of files begin that are being written; a crash may leave one behind."""


class FolderObjects:
    """Objects under one folder, as plain files; see `casefold_adapters.objects.port.Objects`.

    A key under the key of another object, such as ``a/b`` beside ``a``, has no place in a file system.
    """

    def __init__(self, folder: Path) -> None:
        """Keep objects under *folder*, which is made when it is first needed."""
        self._folder = folder

    async def list(self, prefix: str) -> Result[tuple[ObjectFacts, ...], StoreFault]:
        """Give all objects whose key begins with *prefix*, by key."""
        return await self._done(prefix, lambda: tuple(sorted(self._walk(prefix), key=lambda each: each.key)))

    async def head(self, key: str) -> Result[ObjectFacts, StoreFault]:
        """Say what is there."""
        return await self._done(key, lambda: self._facts(key, self._path(key)))

    async def read(self, key: str, bytes_max: int) -> Result[bytes, StoreFault]:
        """Give a small object."""

        def read() -> bytes:
            with self._path(key).open("rb") as stream:
                return stream.read(bytes_max + 1)

        found = await self._done(key, read)
        if isinstance(found, Success) and len(found.unwrap()) > bytes_max:
            return Failure(StoreFault(self._place(key), Trouble.TOO_LARGE, f"more than {bytes_max:,} bytes"))
        return found

    async def get(self, key: str, path: Path) -> Result[ObjectFacts, StoreFault]:
        """Write an object of any size to *path*, or leave nothing there."""

        def get() -> ObjectFacts:
            facts = self._facts(key, self._path(key))
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(path.name + PARTIAL)
            try:
                shutil.copyfile(self._path(key), partial)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
            return facts

        return await self._done(key, get)

    async def put(self, key: str, content: bytes | Path, *, once: bool = False) -> Result[None, StoreFault]:
        """Keep bytes or a file under *key*; with *once*, only if nothing is there."""

        def put() -> None:
            path = self._path(key)
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f"{_HIDDEN}{secrets.token_hex(8)}")
            try:
                with partial.open("wb") as stream:
                    if isinstance(content, bytes):
                        stream.write(content)
                    else:
                        with content.open("rb") as source:
                            shutil.copyfileobj(source, stream, 1 << 20)
                    stream.flush()
                    os.fsync(stream.fileno())
                # A link is made only where nothing is: the one way to be first that every file system keeps.
                path.hardlink_to(partial) if once else partial.replace(path)
                sync_folder(path.parent)
            finally:
                partial.unlink(missing_ok=True)

        return await self._done(key, put)

    async def delete(self, key: str) -> Result[None, StoreFault]:
        """Have nothing under *key*, whether something was there or not."""
        return await self._done(key, lambda: self._path(key).unlink(missing_ok=True))

    def _place(self, key: str) -> str:
        return str(self._folder / key) if key else str(self._folder)

    def _path(self, key: str) -> Path:
        parts = key.split("/")
        if not all(parts) or {".", ".."} & set(parts) or "\0" in key or parts[-1].startswith(_HIDDEN):
            raise ValueError(key)
        return self._folder / key

    @staticmethod
    def _facts(key: str, path: Path) -> ObjectFacts:
        found = path.stat()
        if not path.is_file():
            raise FileNotFoundError(str(path))
        return ObjectFacts(key, found.st_size, f"{found.st_size}-{found.st_mtime_ns}-{found.st_ino}")

    def _walk(self, prefix: str) -> Iterator[ObjectFacts]:
        top = prefix.rpartition("/")[0]
        for folder, _, names in os.walk(self._folder / top):
            for name in names:
                path = Path(folder, name)
                key = path.relative_to(self._folder).as_posix()
                if key.startswith(prefix) and not name.startswith(_HIDDEN):
                    yield self._facts(key, path)

    async def _done(self, key: str, work: Callable[[], Value]) -> Result[Value, StoreFault]:
        place = self._place(key)
        try:
            return Success(await asyncio.to_thread(work))
        except (FileNotFoundError, NotADirectoryError):
            return Failure(StoreFault(place, Trouble.NOT_THERE))
        except FileExistsError:
            return Failure(StoreFault(place, Trouble.ALREADY_THERE))
        except PermissionError as error:
            return Failure(StoreFault(place, Trouble.DENIED, error.strerror or ""))
        except ValueError:
            return Failure(StoreFault(place, Trouble.BAD_KEY))
        except OSError as error:
            return Failure(StoreFault(place, Trouble.UNAVAILABLE, error.strerror or type(error).__name__))
