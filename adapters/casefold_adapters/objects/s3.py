"""Amazon S3, and what speaks its protocol.

Who asks, and where, is found as the AWS tools find it: environment variables, profiles, roles of the machine; another
server's address stands in ``AWS_ENDPOINT_URL``.
"""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.objects.fetching import BLOCK, MismatchError, fetch, md5_of
from casefold_adapters.objects.port import ObjectFacts, StoreFault, Trouble

if TYPE_CHECKING:
    from boto3.s3.transfer import TransferConfig
    from botocore.exceptions import ClientError
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, HeadObjectOutputTypeDef

Value = TypeVar("Value")

PART_BYTES = 64 << 20
"""A larger file is put in parts of so many bytes."""

CONNECT_SECONDS = 10
READ_SECONDS = 60
TRIES_MAX = 4

_CODES = {
    "NoSuchBucket": Trouble.NO_BUCKET,
    "NoSuchKey": Trouble.NOT_THERE,
    "404": Trouble.NOT_THERE,
    "PreconditionFailed": Trouble.ALREADY_THERE,
    "412": Trouble.ALREADY_THERE,
    "ConditionalRequestConflict": Trouble.UNAVAILABLE,
    "InvalidAccessKeyId": Trouble.NO_CREDENTIALS,
    "SignatureDoesNotMatch": Trouble.NO_CREDENTIALS,
    "ExpiredToken": Trouble.NO_CREDENTIALS,
    "AccessDenied": Trouble.DENIED,
    "SlowDown": Trouble.THROTTLED,
    "KeyTooLongError": Trouble.BAD_KEY,
}
_STATUSES = {403: Trouble.DENIED, 404: Trouble.NOT_THERE, 412: Trouble.ALREADY_THERE, 429: Trouble.THROTTLED}


class S3Objects:
    """Objects in one bucket; see `casefold_adapters.objects.port.Objects`."""

    def __init__(self, bucket: str, tries_max: int = TRIES_MAX) -> None:
        """Keep objects in *bucket*; a request is made at most *tries_max* times before its fault is told."""
        import boto3
        from botocore.config import Config

        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "max_attempts": tries_max},
            user_agent_extra="casefold",
        )
        self._bucket = bucket
        # A session of its own: the one that boto3 shares is not safe to make clients with from several threads.
        self._client: S3Client = boto3.session.Session().client("s3", config=config)

    async def list(self, prefix: str) -> Result[tuple[ObjectFacts, ...], StoreFault]:
        """Give all objects whose key begins with *prefix*, by key."""

        def pages() -> Iterator[ObjectFacts]:
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
                for each in page.get("Contents", []):
                    yield ObjectFacts(each.get("Key", ""), each.get("Size", 0), each.get("ETag", "").strip('"'))

        return await self._done(prefix, lambda: tuple(sorted(pages(), key=lambda each: each.key)))

    async def head(self, key: str) -> Result[ObjectFacts, StoreFault]:
        """Say what is there."""
        found = await self._done(key, lambda: self._client.head_object(Bucket=self._bucket, Key=key))
        if isinstance(found, Failure) and found.failure().trouble is Trouble.NOT_THERE:
            # The answer to HEAD has no body, so only the bucket itself can say that it is the one that is missing.
            bucket = await self._done("", lambda: self._client.head_bucket(Bucket=self._bucket))
            missing = isinstance(bucket, Failure) and bucket.failure().trouble is Trouble.NOT_THERE
            return Failure(StoreFault(self._place(key), Trouble.NO_BUCKET if missing else Trouble.NOT_THERE))
        return found.map(lambda answer: _facts(key, answer))

    async def read(self, key: str, bytes_max: int) -> Result[bytes, StoreFault]:
        """Give a small object."""
        found = await self._done(
            key, lambda: self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read(bytes_max + 1)
        )
        if isinstance(found, Success) and len(found.unwrap()) > bytes_max:
            return Failure(StoreFault(self._place(key), Trouble.TOO_LARGE, f"more than {bytes_max:,} bytes"))
        return found

    async def get(self, key: str, path: Path) -> Result[ObjectFacts, StoreFault]:
        """Write an object of any size to *path*, checked, or leave nothing there."""
        headed = await self.head(key)
        if isinstance(headed, Failure):
            return headed
        facts = headed.unwrap()

        def rest(offset: int, stream: BinaryIO) -> None:
            part = self._client.get_object(
                Bucket=self._bucket, Key=key, Range=f"bytes={offset}-", IfMatch=f'"{facts.version}"'
            )
            stream.writelines(part["Body"].iter_chunks(BLOCK))

        fetched = await self._done(key, lambda: fetch(path, facts.size, rest, _lost(), md5_of(facts.version)))
        if isinstance(fetched, Failure) and fetched.failure().trouble is Trouble.ALREADY_THERE:
            return Failure(StoreFault(self._place(key), Trouble.CHANGED, "it was replaced while it was read"))
        return fetched.map(lambda _: facts)

    async def put(self, key: str, content: bytes | Path, *, once: bool = False) -> Result[None, StoreFault]:
        """Keep bytes or a file under *key*; with *once*, only if nothing is there."""

        def put() -> None:
            if isinstance(content, bytes):
                if once:
                    self._client.put_object(Bucket=self._bucket, Key=key, Body=content, IfNoneMatch="*")
                else:
                    self._client.put_object(Bucket=self._bucket, Key=key, Body=content)
                return
            with content.open("rb") as stream:
                if once:
                    self._client.put_object(Bucket=self._bucket, Key=key, Body=stream, IfNoneMatch="*")
                else:
                    self._client.upload_fileobj(stream, self._bucket, key, Config=_transfer())

        return await self._done(key, put)

    async def delete(self, key: str) -> Result[None, StoreFault]:
        """Have nothing under *key*, whether something was there or not."""
        return (await self._done(key, lambda: self._client.delete_object(Bucket=self._bucket, Key=key))).map(
            lambda _: None
        )

    def _place(self, key: str) -> str:
        return f"s3://{self._bucket}/{key}"

    async def _done(self, key: str, work: Callable[[], Value]) -> Result[Value, StoreFault]:
        from boto3.exceptions import Boto3Error
        from botocore import exceptions as aws

        place = self._place(key)
        if not key.isprintable() or len(key.encode("utf-8", "surrogatepass")) > 1_024:
            return Failure(StoreFault(place, Trouble.BAD_KEY))
        try:
            return Success(await asyncio.to_thread(work))
        except aws.ClientError as error:
            return Failure(_refused(place, error))
        except (aws.NoCredentialsError, aws.PartialCredentialsError, aws.CredentialRetrievalError) as error:
            return Failure(StoreFault(place, Trouble.NO_CREDENTIALS, str(error)))
        except (aws.TokenRetrievalError, aws.SSOError, aws.NoRegionError, aws.ProfileNotFound) as error:
            return Failure(StoreFault(place, Trouble.NO_CREDENTIALS, str(error)))
        except MismatchError as error:
            return Failure(StoreFault(place, Trouble.CHANGED, str(error)))
        except _lost() as error:
            return Failure(StoreFault(place, Trouble.LOST, str(error)))
        except (aws.ParamValidationError, Boto3Error, aws.BotoCoreError, OSError) as error:
            return Failure(StoreFault(place, Trouble.REFUSED, str(error)))


def _facts(key: str, answer: "HeadObjectOutputTypeDef | GetObjectOutputTypeDef") -> ObjectFacts:
    return ObjectFacts(key, answer["ContentLength"], answer["ETag"].strip('"'))


def _transfer() -> "TransferConfig":
    from boto3.s3.transfer import TransferConfig

    return TransferConfig(multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, use_threads=False)


def _lost() -> tuple[type[Exception], ...]:
    from botocore import exceptions as aws
    from urllib3.exceptions import HTTPError

    streaming = cast("type[Exception]", aws.IncompleteReadError)
    return (aws.HTTPClientError, aws.ConnectionError, aws.ResponseStreamingError, streaming, HTTPError, ConnectionError)


def _refused(place: str, error: "ClientError") -> StoreFault:
    told = error.response.get("Error", {})
    code = told.get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    trouble = _CODES.get(code) or (Trouble.THROTTLED if "Thrott" in code or "TooMany" in code else None)
    trouble = trouble or _STATUSES.get(status) or (Trouble.UNAVAILABLE if status >= 500 else Trouble.REFUSED)
    return StoreFault(place, trouble, f"{code}: {told.get('Message', '')}".strip(": "))
