"""Keep what was recognised, by content: a page is recognised once, whatever package or run it comes in.

An entry carries the digest of its own content; one that is not what it was is as good as none, and is written anew.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, cast

from casefold.kernel.canonical import Json, canonical

_numbers = count()


class Cache:
    """Entries under one folder, which several processes may share; where it cannot be written, nothing is kept."""

    def __init__(self, folder: Path) -> None:
        """Keep entries under *folder*, which is made when it is first needed."""
        self._folder = folder

    def get(self, key: Mapping[str, Json]) -> dict[str, Any] | None:
        """Give what was kept under *key*; nothing if there is none, or it is damaged."""
        try:
            content = self._path(key).read_bytes()
        except OSError:
            return None
        named, _, body = content.partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != named:
            return None
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return None
        return cast("dict[str, Json]", value) if isinstance(value, dict) else None

    def put(self, key: Mapping[str, Json], value: Mapping[str, Json]) -> None:
        """Keep *value* under *key*; a full disk costs nothing but the next run's time."""
        body = canonical(dict(value))
        path = self._path(key)
        partial = path.with_name(f"{path.name}.{os.getpid()}-{next(_numbers)}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                partial.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
                partial.replace(path)
            except OSError:
                partial.unlink(missing_ok=True)

    def _path(self, key: Mapping[str, Json]) -> Path:
        name = hashlib.sha256(canonical(dict(key))).hexdigest()
        return self._folder / name[:2] / name[2:]


def default_folder() -> Path:
    """Give the folder that ``CASEFOLD_CACHE`` names, else one among the user's caches."""
    named = os.environ.get("CASEFOLD_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "casefold" if base and Path(base).is_absolute() else Path("~/.cache/casefold").expanduser()
