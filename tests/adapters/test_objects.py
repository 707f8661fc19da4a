"""Every store of objects obeys one law, on a real or emulated server; its faults have a name and a place."""

import asyncio
import hashlib
import itertools
import os
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import Phase, settings
from tests.adapters.object_servers import S3_KEYS, gcs, s3

from casefold.kernel.results import Failure, Success
from casefold_adapters.objects.addresses import Address, BadAddress, address_of, store_of
from casefold_adapters.objects.folders import FolderObjects
from casefold_adapters.objects.gcs import GcsObjects
from casefold_adapters.objects.port import PASSING, ObjectFacts, Trouble
from casefold_adapters.objects.s3 import S3Objects
from casefold_properties.stores import check_objects

FEW = settings(max_examples=max(4, settings().max_examples // 10), stateful_step_count=20, deadline=None)
"""A disk and a server are slow."""

AT_ONCE = settings(phases=[Phase.generate], max_examples=200, derandomize=True, database=None, deadline=None)

SERVERS = {"s3": (s3, S3Objects), "gs": (gcs, GcsObjects)}


def run(work):
    return asyncio.run(work)


@pytest.fixture(scope="module", params=SERVERS)
def server(request, tmp_path_factory):
    """A server with a bucket, and how a store is made on it."""
    start, store = SERVERS[request.param]
    with start(tmp_path_factory.mktemp(request.param) / "log") as surroundings, pytest.MonkeyPatch.context() as patch:
        for name, value in surroundings.items():
            patch.setenv(name, value)
        yield store


class MemoryObjects:
    def __init__(self):
        self.kept = {}

    async def list(self, prefix):
        return Success(
            tuple(ObjectFacts(key, len(self.kept[key]), "") for key in sorted(self.kept) if key.startswith(prefix))
        )

    async def head(self, key):
        return Success(ObjectFacts(key, len(self.kept[key]), "")) if key in self.kept else Failure(key)

    async def read(self, key, bytes_max):
        found = self.kept.get(key)
        return Success(found) if found is not None and len(found) <= bytes_max else Failure(key)

    async def get(self, key, path):
        if key not in self.kept:
            return Failure(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.kept[key])
        return await self.head(key)

    async def put(self, key, content, *, once=False):
        if once and key in self.kept:
            return Failure(key)
        self.kept[key] = content if isinstance(content, bytes) else content.read_bytes()
        return Success(None)

    async def delete(self, key):
        self.kept.pop(key, None)
        return Success(None)


class Overwriting(MemoryObjects):
    async def put(self, key, content, *, once=False):
        return await super().put(key, content)


class Shallow(MemoryObjects):
    async def list(self, prefix):
        return (await super().list(prefix)).map(lambda found: tuple(each for each in found if each.key.count("/") < 2))


class Torn(MemoryObjects):
    async def get(self, key, path):
        found = await super().get(key, path)
        if path.exists():
            path.write_bytes(path.read_bytes()[:100])
        return found


class Unbounded(MemoryObjects):
    async def read(self, key, bytes_max):
        return await super().read(key, 1 << 30)


def test_a_folder_keeps_objects(tmp_path):
    """A folder is a store like the others."""
    numbers = itertools.count()
    check_objects(lambda: (FolderObjects(tmp_path / str(next(numbers))), ""), how=FEW)


def test_a_server_keeps_objects(server):
    """S3 and Google Cloud Storage keep what they are given."""
    numbers = itertools.count()
    check_objects(lambda: (server("papers"), f"law/{next(numbers)}/"), how=FEW)


@pytest.mark.parametrize("store", [Overwriting, Shallow, Torn, Unbounded])
def test_a_store_that_does_not_is_found_out(store):
    """The law finds stores that overwrite, forget to list, tear or read without a bound."""
    with pytest.raises((AssertionError, ExceptionGroup)):
        check_objects(lambda: (store(), "x/"), how=AT_ONCE)


def test_memory_may_stand_in():
    """What is planted above is broken by its fault alone."""
    check_objects(lambda: (MemoryObjects(), "x/"), how=FEW)


def test_a_missing_bucket_is_told_from_a_missing_object(server):
    """Who mistypes the bucket is not sent to look for a file."""
    there, nowhere = server("papers"), server("no-such-bucket")

    assert Trouble.NOT_THERE is run(there.head("no such object")).failure().trouble
    assert Trouble.NOT_THERE is run(there.read("no such object", 9)).failure().trouble
    for asked in (nowhere.list(""), nowhere.head("a"), nowhere.put("a", b"b")):
        fault = run(asked).failure()
        assert Trouble.NO_BUCKET is fault.trouble, fault
        assert "no-such-bucket" in fault.place


def test_a_version_changes_when_an_object_does(server, tmp_path):
    """Folders and buckets tell that a file was replaced."""
    for store in (server("papers"), FolderObjects(tmp_path)):
        versions = []
        for content in (b"one", b"two"):
            run(store.put("version", content)).unwrap()
            versions.append(run(store.head("version")).unwrap().version)
            assert versions[-1] == run(store.list("version")).unwrap()[0].version
        assert 2 == len(set(versions))


def test_a_large_object_arrives_whole(server, tmp_path):
    """Larger than one block of any buffer."""
    content = os.urandom(9 << 20)
    (tmp_path / "large").write_bytes(content)
    store = server("papers")
    run(store.put("large", tmp_path / "large")).unwrap()

    facts = run(store.get("large", tmp_path / "back")).unwrap()

    assert len(content) == facts.size
    assert content == (tmp_path / "back").read_bytes()


@pytest.mark.parametrize("key", ["", "/a", "a//b", "../a", "a/..", "a/", "nul\0l"])
def test_a_folder_is_not_left(tmp_path, key):
    """No key leads out of the folder."""
    assert Trouble.BAD_KEY is run(FolderObjects(tmp_path / "in").put(key, b"x")).failure().trouble
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


@contextmanager
def cutting(content, *, cuts, status=206, code="", etag=None):
    """A server of S3 that has one object, and loses the connection in the middle of each of so many downloads."""
    left, asked = [cuts], []
    named = etag or hashlib.md5(content).hexdigest()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self):
            self.answer(200, b"", len(content))

        def do_GET(self):
            asked.append(self.headers.get("Range"))
            if code:
                return self.answer(status, f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode())
            first = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            rest = content[first:]
            left[0] -= 1
            whole = left[0] < 0
            self.answer(206, rest if whole else rest[: len(rest) // 2], len(rest))
            return None

        def answer(self, status, body, length=None):
            self.send_response(status)
            self.send_header("content-length", str(len(body) if length is None else length))
            self.send_header("etag", f'"{named}"')
            self.send_header("connection", "close")
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pointed(monkeypatch, url):
    for name, value in {**S3_KEYS, "AWS_ENDPOINT_URL": url}.items():
        monkeypatch.setenv(name, value)
    return S3Objects("papers", tries_max=1)


def test_a_lost_download_goes_on_where_it_was(tmp_path, monkeypatch):
    """A connection that is lost three times costs three more requests, each for the rest."""
    content = os.urandom(1 << 16)
    with cutting(content, cuts=3) as (url, asked):
        found = run(pointed(monkeypatch, url).get("loan.pdf", tmp_path / "loan.pdf"))

    assert isinstance(found, Success), found
    assert content == (tmp_path / "loan.pdf").read_bytes()
    assert 4 == len(asked)
    assert "bytes=0-" == asked[0] and "bytes=0-" not in asked[1:]


def test_what_arrives_otherwise_than_it_is_kept_is_refused(tmp_path, monkeypatch):
    """The checksum of the store is checked, and nothing is left behind."""
    with cutting(b"content", cuts=0, etag="0" * 32) as (url, _):
        found = run(pointed(monkeypatch, url).get("loan.pdf", tmp_path / "loan.pdf"))

    assert Trouble.CHANGED is found.failure().trouble
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        (403, "AccessDenied", Trouble.DENIED),
        (403, "ExpiredToken", Trouble.NO_CREDENTIALS),
        (404, "NoSuchBucket", Trouble.NO_BUCKET),
        (503, "SlowDown", Trouble.THROTTLED),
        (500, "InternalError", Trouble.UNAVAILABLE),
        (400, "Odd", Trouble.REFUSED),
    ],
)
def test_what_a_server_refuses_has_a_name(monkeypatch, tmp_path, status, code, trouble):
    """Each refusal of S3 is told as what it is."""
    with cutting(b"content", cuts=0, status=status, code=code) as (url, _):
        fault = run(pointed(monkeypatch, url).get("loan.pdf", tmp_path / "loan.pdf")).failure()

    assert trouble is fault.trouble
    assert "s3://papers/loan.pdf" == fault.place
    assert code in fault.detail


def test_a_server_that_is_not_there_is_a_passing_fault(monkeypatch, tmp_path):
    """Nobody listens: that may be another at the next attempt."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as closed:
        port = closed.server_address[1]
    fault = run(pointed(monkeypatch, f"http://127.0.0.1:{port}").head("a")).failure()

    assert Trouble.LOST is fault.trouble
    assert fault.trouble in PASSING


def test_without_credentials_nothing_is_asked(monkeypatch, tmp_path):
    """Who has no credentials is told so, and not after minutes."""
    for name in os.environ:
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")

    assert Trouble.NO_CREDENTIALS is run(S3Objects("papers").list("")).failure().trouble


def test_without_googles_credentials_nothing_is_asked(monkeypatch, tmp_path):
    """The same of Google Cloud Storage."""
    monkeypatch.delenv("STORAGE_EMULATOR_HOST", raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))

    assert Trouble.NO_CREDENTIALS is run(GcsObjects("papers").list("")).failure().trouble


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("s3://papers", "s3://papers/"),
        ("gs://papers/in/2026", "gs://papers/in/2026/"),
        ("s3://papers//in/", "s3://papers/in/"),
        ("s3://", None),
        ("s3://Papers/in", None),
        ("s3://papers/../in", None),
        ("ftp://papers/in", None),
    ],
)
def test_addresses(text, said):
    """An address is read, or told to be none."""
    found = address_of(text)

    assert isinstance(found, Failure) if said is None else said == str(found.unwrap())


def test_a_library_that_is_not_there_is_named(monkeypatch):
    """The extra to install is told."""
    monkeypatch.setattr("casefold_adapters.objects.addresses._EXTRAS", {"s3": ("no_such_library", "s3")})

    assert isinstance(fault := store_of(Address("s3", "papers", "")).failure(), BadAddress)
    assert "casefold[s3]" in fault.detail
