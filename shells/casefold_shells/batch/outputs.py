"""Where a batch leaves its cases, its manifest and its summary: in a folder, or under a prefix in a bucket.

In a folder each case is worked on where it stays. In a bucket the files of an attempt go under its own number, and one
object, put once when all of them are there, says which attempt counts: a case is there whole or not at all, and two
workers that both believe to have it leave one.
"""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

from attrs import frozen

from casefold.batch.codec import read_result, result_value
from casefold.batch.events import CaseRow
from casefold.kernel.canonical import Json, canonical
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.atomic import PARTIAL, StorageFailed, failed, replacing
from casefold_adapters.files.lines import FileLines, LinesBusy
from casefold_adapters.objects.addresses import Address, BadAddress, store_of
from casefold_adapters.objects.lines import ObjectLines
from casefold_adapters.objects.port import Objects, StoreFault, Trouble
from casefold_shells.outputs import file_digest

MANIFEST = "manifest.jsonl"
MANIFEST_PREFIX = "manifest/"
CASES = "cases"
COMPLETE = "complete.json"
"""The object that says that a case is there."""

COMPLETE_BYTES_MAX = 64 << 20
UPLOADS_AT_ONCE = 8

OutputError: TypeAlias = StorageFailed | StoreFault | LinesBusy | BadAddress


class Lines(Protocol):
    """Lines that are added to, by one process at a time."""

    async def append(self, lines: list[bytes]) -> Result[None, StorageFailed | StoreFault | LinesBusy]:
        """Add lines, all or none; they are kept when this returns."""
        ...

    def close(self) -> None:
        """Let others write."""
        ...


async def open_manifest(out: Path | Address) -> Result[tuple[Lines, tuple[bytes, ...]], OutputError]:
    """Open the manifest of a batch, and give the lines that it holds."""
    if isinstance(out, Path):
        return await FileLines.open(out / MANIFEST)
    store = store_of(out)
    if isinstance(store, Failure):
        return store
    return await ObjectLines.open(store.unwrap(), out.prefix + MANIFEST_PREFIX)


async def keep(out: Path | Address, files: Mapping[str, bytes]) -> Result[None, OutputError]:
    """Write what a batch came to, each file whole or not at all."""
    if isinstance(out, Path):
        try:
            for name, content in files.items():
                with replacing(out / name) as stream:
                    stream.write(content)
        except OSError as error:
            return Failure(failed(out, error))
        return Success(None)
    store = store_of(out)
    if isinstance(store, Failure):
        return store
    for name, content in files.items():
        put = await store.unwrap().put(out.prefix + name, content)
        if isinstance(put, Failure):
            return put
    return Success(None)


@frozen
class Kept:
    """A case that is in a bucket whole.

    Attributes:
        order: The digest of what it was decided under.
        version: That of the package when it was run.
    """

    order: str
    version: str
    row: CaseRow


class CaseStore:
    """The cases under one address."""

    def __init__(self, objects: Objects, address: Address) -> None:
        """Keep cases in *objects* under *address*."""
        self._objects = objects
        self._prefix = f"{address.prefix}{CASES}/"

    async def find(self, name: str) -> Result[Kept | None, StoreFault]:
        """Give the case of this name, if it is there whole."""
        key = self._complete(name)
        found = await self._objects.read(key, COMPLETE_BYTES_MAX)
        if isinstance(found, Failure):
            fault = found.failure()
            return Success(None) if fault.trouble is Trouble.NOT_THERE else Failure(fault)
        kept = _read_kept(found.unwrap())
        return (
            Failure(StoreFault(key, Trouble.CHANGED, "it is not what was written")) if kept is None else Success(kept)
        )

    async def keep(self, name: str, attempt: int, folder: Path, kept: Kept) -> Result[Kept, StoreFault]:
        """Put the files of a case, then the object that says so; give the case that is there in the end."""
        start = f"{self._prefix}{name}/{attempt}/"
        files = _files(folder)
        gate = asyncio.Semaphore(UPLOADS_AT_ONCE)

        async def put(path: Path) -> Result[None, StoreFault]:
            async with gate:
                return await self._objects.put(start + path.relative_to(folder).as_posix(), path)

        for result in await asyncio.gather(*map(put, files)):
            if isinstance(result, Failure):
                return result
        named = await asyncio.to_thread(lambda: [_file(folder, path) for path in files])
        done = await self._objects.put(self._complete(name), _kept_bytes(kept, attempt, named), once=True)
        if isinstance(done, Failure):
            fault = done.failure()
            found = await self.find(name) if fault.trouble is Trouble.ALREADY_THERE else done
            if isinstance(found, Failure):
                return found
            other = found.unwrap()
            return Failure(fault) if other is None else Success(other)
        await self._tidy(name, start)
        return Success(kept)

    async def _tidy(self, name: str, start: str) -> None:
        """Remove what attempts left that were cut off; if that does not go, it does no harm."""
        listed = await self._objects.list(f"{self._prefix}{name}/")
        for each in listed.value_or(()):
            if not each.key.startswith(start) and each.key != self._complete(name):
                await self._objects.delete(each.key)

    def _complete(self, name: str) -> str:
        return f"{self._prefix}{name}/{COMPLETE}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != PARTIAL)


def _file(folder: Path, path: Path) -> Json:
    return {
        "name": path.relative_to(folder).as_posix(),
        "digest": file_digest(path),
        "bytes": path.stat().st_size,
    }


def _kept_bytes(kept: Kept, attempt: int, files: list[Json]) -> bytes:
    row = result_value(kept.row)
    return canonical({"order": kept.order, "version": kept.version, **row, "folder": str(attempt), "files": files})


def _read_kept(content: bytes) -> Kept | None:
    try:
        raw = json.loads(content)
        row = read_result(raw).value_or(None)
        return Kept(str(raw["order"]), str(raw["version"]), row) if isinstance(row, CaseRow) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
