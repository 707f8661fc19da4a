"""``s3://bucket/prefix`` and ``gs://bucket/prefix``: where objects are."""

import re
from importlib.util import find_spec

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.objects.port import Objects

_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")


@frozen
class Address:
    """A place in a bucket.

    Attributes:
        prefix: How the keys begin: empty, or with ``/`` at its end.
    """

    scheme: str
    bucket: str
    prefix: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.bucket}/{self.prefix}"


@frozen
class BadAddress:
    """The text names no place; *detail* says why."""

    text: str
    detail: str


_EXTRAS = {"s3": ("boto3", "s3"), "gs": ("google.cloud.storage", "gcs")}


def is_address(text: str) -> bool:
    """Whether a text names a place elsewhere, and no path.

    >>> is_address("s3://papers/in"), is_address("papers/in")
    (True, False)
    """
    return re.match(r"[a-z][a-z0-9+.-]*://", text) is not None


def address_of(text: str) -> Result[Address, BadAddress]:
    """Read an address.

    >>> str(address_of("s3://papers/in").unwrap())
    's3://papers/in/'
    """
    scheme, _, rest = text.partition("://")
    bucket, _, prefix = rest.partition("/")
    if scheme not in _EXTRAS:
        return Failure(BadAddress(text, "it is none of a folder, s3://bucket/prefix and gs://bucket/prefix"))
    if not _BUCKET.fullmatch(bucket):
        return Failure(BadAddress(text, f"{bucket!r} is no name of a bucket"))
    parts = [part for part in prefix.split("/") if part]
    if {".", ".."} & set(parts):
        return Failure(BadAddress(text, "its path has . or .. in it"))
    return Success(Address(scheme, bucket, "".join(f"{part}/" for part in parts)))


def store_of(address: Address) -> Result[Objects, BadAddress]:
    """Give the store that an address is in; nothing is asked of it yet."""
    library, extra = _EXTRAS[address.scheme]
    if not _is_there(library):
        return Failure(BadAddress(str(address), f"it takes `pip install 'casefold[{extra}]'`"))
    if address.scheme == "s3":
        from casefold_adapters.objects.s3 import S3Objects

        return Success(S3Objects(address.bucket))
    from casefold_adapters.objects.gcs import GcsObjects

    return Success(GcsObjects(address.bucket))


def _is_there(library: str) -> bool:
    try:
        return find_spec(library) is not None
    except ModuleNotFoundError:
        return False
