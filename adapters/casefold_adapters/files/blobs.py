"""Content-addressed files: what is stored under a digest has that digest."""

import hashlib
from pathlib import Path

from attrs import frozen

from casefold.kernel.canonical import DIGEST_PREFIX, digest_of_bytes
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.atomic import StorageFailed, failed, replacing, sync_folder

_BLOCK = 1 << 20


@frozen
class BlobMissing:
    """Nothing is stored under the digest."""

    digest: str


@frozen
class BlobChanged:
    """What is stored under the digest is something else."""

    digest: str
    found: str


class FileBlobs:
    """Blobs under one folder, as ``ab/cdef…``: plain files that ``sha256sum`` checks."""

    def __init__(self, folder: Path) -> None:
        """Keep blobs under *folder*, which is made when it is first needed."""
        self._folder = folder

    async def put(self, content: bytes) -> Result[str, StorageFailed]:
        """Store *content* and give its digest; storing it again is no work."""
        digest = digest_of_bytes(content)
        path = self.path(digest)
        try:
            if not path.exists():
                with replacing(path) as stream:
                    stream.write(content)
        except OSError as error:
            return Failure(failed(path, error))
        return Success(digest)

    async def get(self, digest: str) -> Result[bytes, BlobMissing | BlobChanged | StorageFailed]:
        """Give the content that *digest* names, having checked that it is."""
        path = self.path(digest)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return Failure(BlobMissing(digest))
        except OSError as error:
            return Failure(failed(path, error))
        found = digest_of_bytes(content)
        return Success(content) if found == digest else Failure(BlobChanged(digest, found))

    async def put_file(self, source: Path) -> Result[tuple[str, int], StorageFailed]:
        """Store a copy of the file *source*, whatever its size; give its digest and how many bytes it has."""
        partial = self._folder / "source"
        size, named = 0, hashlib.sha256()
        try:
            original = source.open("rb")
        except OSError as error:
            return Failure(failed(source, error))
        try:
            with original, replacing(partial) as copy:
                while block := original.read(_BLOCK):
                    named.update(block)
                    copy.write(block)
                    size += len(block)
            digest = DIGEST_PREFIX + named.hexdigest()
            path = self.path(digest)
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            return Failure(failed(self._folder, error))
        return Success((digest, size))

    def path(self, digest: str) -> Path:
        """Give where the content that *digest* names is, or would be."""
        name = digest.removeprefix(DIGEST_PREFIX)
        assert name.isalnum(), "a digest is hexadecimal"
        return self._folder / name[:2] / name[2:]
