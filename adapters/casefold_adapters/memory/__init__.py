"""Reviewed pages in a folder: a file for each tenant and taxonomy, and an index of it in memory.

The file only grows. A line is on the disk before anybody is told that it is remembered; half a line at its end, left by
a crash, was never acknowledged and is cut off. Of two lines about one page the later holds.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from casefold.kernel.canonical import DIGEST_PREFIX, canonical
from casefold.kernel.results import Failure, Result, Success
from casefold.memory.recalling import NEAREST, Match, Remembered, nearest
from casefold.memory.sketches import BITS
from casefold_adapters.files.atomic import StorageFailed, failed, sync_folder

ENTRIES_MAX = 50_000
"""How many pages are searched: the last ones that were remembered."""

TENANT_CHARACTERS_MAX = 100


class FolderMemory:
    """The reviewed pages of one tenant under one taxonomy."""

    def __init__(self, folder: Path, tenant: str, taxonomy: str, entries_max: int = ENTRIES_MAX) -> None:
        """Remember in *folder*; *taxonomy* is the digest of the labels' taxonomy."""
        assert 0 < len(tenant) <= TENANT_CHARACTERS_MAX, "a tenant has a name"
        name = hashlib.sha256(tenant.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._path = folder / name / f"{taxonomy.removeprefix(DIGEST_PREFIX)[:32]}.jsonl"
        self._entries_max = entries_max
        self._known: dict[tuple[str, int], Remembered] | None = None

    async def remember(self, entries: Iterable[Remembered]) -> Result[int, StorageFailed]:
        """Remember pages, and say how many; they are on the disk when this returns."""
        new = [*entries]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab", buffering=0) as stream:
                fcntl.flock(stream, fcntl.LOCK_EX)
                stream.truncate(_whole(self._path.read_bytes()))
                content = b"".join(canonical(_row(entry)) + b"\n" for entry in new)
                while content:
                    content = content[stream.write(content) or 0 :]
                os.fsync(stream.fileno())
            sync_folder(self._path.parent)
        except OSError as error:
            return Failure(failed(self._path, error))
        self._known = None
        return Success(len(new))

    async def nearest(self, sketch: int, most: int = NEAREST) -> Result[tuple[Match, ...], StorageFailed]:
        """Give the remembered pages that are likest to one of that *sketch*."""
        try:
            known = self._load() if self._known is None else self._known
        except OSError as error:
            return Failure(failed(self._path, error))
        return Success(nearest(known.values(), sketch, most))

    def _load(self) -> dict[tuple[str, int], Remembered]:
        found: dict[tuple[str, int], Remembered] = {}
        content = self._path.read_bytes() if self._path.exists() else b""
        for line in content[: _whole(content)].splitlines():
            entry = _read(line)
            if entry is not None:
                # Taken out first, so that a page that was reviewed again counts among the last.
                found.pop((entry.case, entry.page), None)
                found[entry.case, entry.page] = entry
        kept = list(found.items())[-self._entries_max :]
        self._known = dict(kept)
        return self._known


def _whole(content: bytes) -> int:
    """Give the length of the lines that have an end."""
    return content.rfind(b"\n") + 1


def _row(entry: Remembered) -> dict[str, str | int]:
    sketch = entry.sketch.to_bytes(BITS // 8, "big").hex()
    return {"by": entry.by, "case": entry.case, "label": entry.label, "page": entry.page, "sketch": sketch}


def _read(line: bytes) -> Remembered | None:
    """Read a line; one that is none is passed over, for a memory that lost a page is still a memory."""
    try:
        row = cast("dict[str, Any]", json.loads(line))
        sketch = int.from_bytes(bytes.fromhex(row["sketch"]), "big")
        found = Remembered(str(row["case"]), int(row["page"]), str(row["label"]), str(row["by"]), sketch)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if sketch.bit_length() <= BITS else None
