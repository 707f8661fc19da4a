"""Content-addressed files: what is stored under a digest has that digest."""

from pathlib import Path

from attrs import frozen

from casefold.kernel.canonical import DIGEST_PREFIX, digest_of_bytes
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.atomic import StorageFailed, failed, replacing


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
        path = self._path(digest)
        try:
            if not path.exists():
                with replacing(path) as stream:
                    stream.write(content)
        except OSError as error:
            return Failure(failed(path, error))
        return Success(digest)

    async def get(self, digest: str) -> Result[bytes, BlobMissing | BlobChanged | StorageFailed]:
        """Give the content that *digest* names, having checked that it is."""
        path = self._path(digest)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return Failure(BlobMissing(digest))
        except OSError as error:
            return Failure(failed(path, error))
        found = digest_of_bytes(content)
        return Success(content) if found == digest else Failure(BlobChanged(digest, found))

    def _path(self, digest: str) -> Path:
        name = digest.removeprefix(DIGEST_PREFIX)
        assert name.isalnum(), "a digest is hexadecimal"
        return self._folder / name[:2] / name[2:]
