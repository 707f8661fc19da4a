"""Google Cloud Storage.

Who asks is found as Google's tools find it (application default credentials); an emulator's address stands in
``STORAGE_EMULATOR_HOST``.
"""

import asyncio
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, cast

from attrs import evolve

from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.objects.fetching import MismatchError, fetch, md5_of
from casefold_adapters.objects.port import ObjectFacts, StoreFault, Trouble

Value = TypeVar("Value")

SECONDS = 60
"""How long the server may be silent."""

RETRY_SECONDS = 30
"""How long the client goes on asking a server that cannot answer."""

_STATUSES = {
    401: Trouble.NO_CREDENTIALS,
    403: Trouble.DENIED,
    404: Trouble.NOT_THERE,
    408: Trouble.LOST,
    412: Trouble.ALREADY_THERE,
    429: Trouble.THROTTLED,
}


class Blob(Protocol):
    """What we use of an object of the library, which has no types of its own."""

    name: str
    size: int | None
    generation: int
    md5_hash: str | None

    def reload(self, **_: object) -> None:
        """Ask what is there."""

    def download_as_bytes(self, **_: object) -> bytes:
        """Give it."""
        ...

    def download_to_file(self, stream: BinaryIO, **_: object) -> None:
        """Write it to *stream*."""

    def upload_from_string(self, content: bytes, **_: object) -> None:
        """Put bytes."""

    def upload_from_filename(self, name: str, **_: object) -> None:
        """Put a file."""

    def delete(self, **_: object) -> None:
        """Have nothing there."""


class Bucket(Protocol):
    """What we use of a bucket."""

    def blob(self, key: str) -> Blob:
        """Name an object."""
        ...

    def list_blobs(self, **_: object) -> Iterable[Blob]:
        """Give what is there."""
        ...


class GcsObjects:
    """Objects in one bucket; see `casefold_adapters.objects.port.Objects`."""

    def __init__(self, bucket: str) -> None:
        """Keep objects in *bucket*; who asks is found when something is asked."""
        self._name = bucket
        self._made: Bucket | None = None

    def _bucket(self) -> Bucket:
        if self._made is None:
            client = import_module("google.cloud.storage").Client(project="none")
            self._made = cast("Bucket", client.bucket(self._name))
        return self._made

    async def list(self, prefix: str) -> Result[tuple[ObjectFacts, ...], StoreFault]:
        """Give all objects whose key begins with *prefix*, by key."""

        def found() -> tuple[ObjectFacts, ...]:
            blobs = self._bucket().list_blobs(prefix=prefix, timeout=SECONDS, retry=_retry())
            return tuple(sorted(map(_facts, blobs), key=lambda each: each.key))

        return self._in_no_bucket(await self._done(prefix, found))

    async def head(self, key: str) -> Result[ObjectFacts, StoreFault]:
        """Say what is there."""
        return await self._or_no_bucket((await self._done(key, lambda: self._blob(key))).map(_facts))

    async def read(self, key: str, bytes_max: int) -> Result[bytes, StoreFault]:
        """Give a small object."""

        def read() -> bytes:
            blob = self._blob(key)
            size = int(blob.size or 0)
            if not size or size > bytes_max:
                return bytes(min(size, bytes_max + 1))
            generation = blob.generation
            return blob.download_as_bytes(if_generation_match=generation, timeout=SECONDS, retry=_retry())

        found = await self._or_no_bucket(await self._done(key, read))
        if isinstance(found, Success) and len(found.unwrap()) > bytes_max:
            return Failure(StoreFault(self._place(key), Trouble.TOO_LARGE, f"more than {bytes_max:,} bytes"))
        return found

    async def get(self, key: str, path: Path) -> Result[ObjectFacts, StoreFault]:
        """Write an object of any size to *path*, checked, or leave nothing there."""

        def get() -> ObjectFacts:
            blob = self._blob(key)
            generation = blob.generation

            def rest(offset: int, stream: BinaryIO) -> None:
                blob.download_to_file(
                    stream,
                    start=offset,
                    raw_download=True,
                    if_generation_match=generation,
                    checksum=None,
                    timeout=SECONDS,
                    retry=_retry(),
                )

            fetch(path, int(blob.size or 0), rest, _lost(), md5_of(blob.md5_hash))
            return _facts(blob)

        fetched = await self._or_no_bucket(await self._done(key, get))
        if isinstance(fetched, Failure) and fetched.failure().trouble is Trouble.ALREADY_THERE:
            return Failure(StoreFault(self._place(key), Trouble.CHANGED, "it was replaced while it was read"))
        return fetched

    async def put(self, key: str, content: bytes | Path, *, once: bool = False) -> Result[None, StoreFault]:
        """Keep bytes or a file under *key*; with *once*, only if nothing is there."""

        def put() -> None:
            blob = self._bucket().blob(key)
            match = 0 if once else None
            if isinstance(content, bytes):
                blob.upload_from_string(content, if_generation_match=match, timeout=SECONDS, retry=_retry())
            else:
                blob.upload_from_filename(str(content), if_generation_match=match, timeout=SECONDS, retry=_retry())

        return self._in_no_bucket(await self._done(key, put))

    async def delete(self, key: str) -> Result[None, StoreFault]:
        """Have nothing under *key*, whether something was there or not."""
        gone = await self._done(key, lambda: self._bucket().blob(key).delete(timeout=SECONDS, retry=_retry()))
        missing = isinstance(gone, Failure) and gone.failure().trouble is Trouble.NOT_THERE
        return Success(None) if missing else gone

    def _blob(self, key: str) -> Blob:
        blob = self._bucket().blob(key)
        blob.reload(timeout=SECONDS, retry=_retry())
        return blob

    @staticmethod
    def _in_no_bucket(done: Result[Value, StoreFault]) -> Result[Value, StoreFault]:
        """Say what it means that nothing is there, where an object need not be: that there is no bucket."""
        if isinstance(done, Failure) and done.failure().trouble is Trouble.NOT_THERE:
            return Failure(evolve(done.failure(), trouble=Trouble.NO_BUCKET))
        return done

    async def _or_no_bucket(self, done: Result[Value, StoreFault]) -> Result[Value, StoreFault]:
        """Find out what is not there: the object, or all of the bucket."""
        if isinstance(done, Failure) and done.failure().trouble is Trouble.NOT_THERE:
            first = await self._done("", lambda: tuple(self._bucket().list_blobs(max_results=1, retry=_retry())))
            missing = isinstance(first, Failure) and first.failure().trouble is Trouble.NOT_THERE
            return self._in_no_bucket(done) if missing else done
        return done

    def _place(self, key: str) -> str:
        return f"gs://{self._name}/{key}"

    async def _done(self, key: str, work: Callable[[], Value]) -> Result[Value, StoreFault]:
        from google.api_core import exceptions as google
        from google.auth import exceptions as auth

        place = self._place(key)
        if not key.isprintable() or len(key.encode("utf-8", "surrogatepass")) > 1_024:
            return Failure(StoreFault(place, Trouble.BAD_KEY))
        try:
            return Success(await asyncio.to_thread(work))
        except google.GoogleAPICallError as error:
            return Failure(_refused(place, int(error.code or 0), str(getattr(error, "message", ""))))
        except (auth.DefaultCredentialsError, auth.RefreshError) as error:
            return Failure(StoreFault(place, Trouble.NO_CREDENTIALS, str(error)))
        except MismatchError as error:
            return Failure(StoreFault(place, Trouble.CHANGED, str(error)))
        except _lost() as error:
            return Failure(StoreFault(place, Trouble.LOST, str(error)))
        except (google.GoogleAPIError, auth.GoogleAuthError, OSError) as error:
            return Failure(StoreFault(place, Trouble.REFUSED, str(error)))


def _facts(blob: Blob) -> ObjectFacts:
    return ObjectFacts(str(blob.name), int(blob.size or 0), str(blob.generation))


def _retry() -> object:
    return import_module("google.cloud.storage.retry").DEFAULT_RETRY.with_timeout(RETRY_SECONDS)


def _lost() -> tuple[type[Exception], ...]:
    from google.api_core.exceptions import RetryError
    from google.auth.exceptions import TransportError
    from requests import RequestException

    return (RetryError, TransportError, RequestException, ConnectionError)


def _refused(place: str, status: int, detail: str) -> StoreFault:
    trouble = _STATUSES.get(status) or (Trouble.UNAVAILABLE if status >= 500 else Trouble.REFUSED)
    return StoreFault(place, trouble, detail)
