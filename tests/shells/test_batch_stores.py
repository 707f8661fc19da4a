"""Batches out of and into buckets: the summary of a folder, whatever is cut off, lost or raced for."""

import asyncio
import json
import os

import pytest
from tests.adapters.object_servers import gcs, s3
from tests.shells.conftest import cli, package
from tests.shells.test_batch import some_packages

from casefold.batch.events import CaseRow
from casefold.kernel.results import Success
from casefold_adapters.objects.addresses import address_of
from casefold_adapters.objects.gcs import GcsObjects
from casefold_adapters.objects.s3 import S3Objects
from casefold_shells.batch.outputs import CaseStore, Kept

STORES = {"s3": (s3, S3Objects), "gs": (gcs, GcsObjects)}


def run(work):
    return asyncio.run(work)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two files and a folder of two."""
    folder = some_packages(tmp_path_factory.mktemp("in"), 2, pages_max=3)
    package(folder / "thick", "w2", name="a.pdf")
    package(folder / "thick", "paystub", name="b.pdf")
    return folder


@pytest.fixture(scope="module")
def calm(folder, taxonomy, tmp_path_factory):
    """The same packages from one folder to another."""
    out = tmp_path_factory.mktemp("calm")
    assert 0 == cli("batch", folder, "--out", out, "--taxonomy", taxonomy, "--workers", "1").code
    return out


@pytest.fixture(scope="module", params=STORES)
def bucket(request, folder, tmp_path_factory):
    """The address of a bucket that holds the packages, and its store."""
    start, make = STORES[request.param]
    with start(tmp_path_factory.mktemp(request.param) / "log") as surroundings, pytest.MonkeyPatch.context() as patch:
        for name, value in surroundings.items():
            patch.setenv(name, value)
        store = make("papers")
        for path in folder.rglob("*.pdf"):
            run(store.put(f"in/{path.relative_to(folder).as_posix()}", path)).unwrap()
        run(store.put("in/readme.txt", b"no package")).unwrap()
        run(store.put("in/thick/", b"")).unwrap()
        yield f"{request.param}://papers", store


def everything(store, prefix):
    return {each.key: each for each in run(store.list(prefix)).unwrap()}


def summary_in(store, prefix):
    return run(store.read(f"{prefix}/summary.json", 1 << 20)).unwrap()


def test_a_bucket_gives_what_a_folder_gives(bucket, calm, taxonomy, tmp_path):
    """From a bucket, into a bucket: the summary is that of folders, and a second run does nothing."""
    address, store = bucket
    command = ["batch", f"{address}/in", "--out", f"{address}/out", "--taxonomy", taxonomy, "--workers", "2"]
    said = cli(*command, "--scratch", tmp_path / "scratch")

    assert 0 == said.code, said.err
    assert "readme.txt" in said.err
    assert (calm / "summary.json").read_bytes() == summary_in(store, "out")
    assert [] == list((tmp_path / "scratch").iterdir()), "downloads are gone"
    before = everything(store, "out/")
    for name in ("loan-0000", "loan-0001", "thick"):
        complete = json.loads(run(store.read(f"out/cases/{name}/complete.json", 1 << 20)).unwrap())
        start = f"out/cases/{name}/{complete['folder']}/"
        held = {key.removeprefix(start): each.size for key, each in before.items() if key.startswith(start)}
        assert {each["name"]: each["bytes"] for each in complete["files"]} == held
        assert {"case.json", "report.html", "events.jsonl"} <= set(held)

    for key in everything(store, "out/cases/loan-0000/1/"):
        run(store.get(key, tmp_path / "case" / key.removeprefix("out/cases/loan-0000/1/"))).unwrap()
    assert 0 == cli("verify", tmp_path / "case").code, "downloaded, the case is whole"

    assert 0 == cli(*command).code
    after = everything(store, "out/cases/")
    assert after == {key: each for key, each in before.items() if key.startswith("out/cases/")}


def test_a_bucket_into_a_folder(bucket, calm, taxonomy, tmp_path):
    """From a bucket into a folder, too."""
    address, _ = bucket
    said = cli("batch", f"{address}/in", "--out", tmp_path / "out", "--taxonomy", taxonomy, "--workers", "1")

    assert 0 == said.code, said.err
    assert (calm / "summary.json").read_bytes() == (tmp_path / "out/summary.json").read_bytes()


def test_what_was_kept_and_not_recorded_is_not_done_again(bucket, calm, taxonomy, folder):
    """A batch that died between a case and its manifest finds the case there."""
    address, store = bucket
    command = ["batch", folder, "--out", f"{address}/lost", "--taxonomy", taxonomy, "--workers", "1"]
    assert 0 == cli(*command).code
    before = everything(store, "lost/cases/")
    manifest = sorted(everything(store, "lost/manifest/"))
    ended = [key for key in manifest if b"AttemptEnded" in run(store.read(key, 1 << 20)).unwrap()]
    for key in manifest[manifest.index(ended[-1]) :]:
        run(store.delete(key)).unwrap()

    assert 0 == cli(*command).code
    assert before == everything(store, "lost/cases/")
    assert (calm / "summary.json").read_bytes() == summary_in(store, "lost")


def test_two_workers_that_both_have_a_case_leave_one(bucket, tmp_path):
    """Whoever is second gets the case of the first; what attempts left that were cut off is removed."""
    address, store = bucket
    cases = CaseStore(store, address_of(f"{address}/raced").unwrap())
    (tmp_path / "case.json").write_text("{}")
    first, second = (Kept("order", "version", CaseRow("content", case, 1, 1, 1, 0)) for case in "ab")
    run(store.put("raced/cases/loan/1/torn", b"left by a worker that was killed")).unwrap()

    assert Success(None) == run(cases.find("loan"))
    assert Success(first) == run(cases.keep("loan", 3, tmp_path, first))
    assert Success(first) == run(cases.keep("loan", 2, tmp_path, second))
    assert Success(first) == run(cases.find("loan"))
    assert "raced/cases/loan/1/torn" not in everything(store, "raced/")
    assert "raced/cases/loan/3/case.json" in everything(store, "raced/")


def test_a_second_writer_is_told(bucket, folder, taxonomy):
    """Whoever finds the next number of the manifest taken is not alone."""
    from casefold_adapters.files.lines import LinesBusy
    from casefold_adapters.objects.lines import ObjectLines

    _, store = bucket
    one, _ = run(ObjectLines.open(store, "two/manifest/")).unwrap()
    other, _ = run(ObjectLines.open(store, "two/manifest/")).unwrap()

    assert Success(None) == run(one.append([b"one"]))
    assert isinstance(run(other.append([b"other"])).failure(), LinesBusy)
    assert Success(None) == run(one.append([b"more", b"and more"]))
    _, lines = run(ObjectLines.open(store, "two/manifest/")).unwrap()
    assert (b"one", b"more", b"and more") == lines


@pytest.mark.parametrize(
    ("where", "words"),
    [("papers/nothing-here", "there is nothing under this prefix"), ("no-such-bucket/in", "there is no such bucket")],
)
def test_what_is_not_there_is_told(bucket, taxonomy, tmp_path, where, words):
    """Where, and how to mend it."""
    address, _ = bucket
    said = cli("batch", address.replace("papers", where), "--out", tmp_path, "--taxonomy", taxonomy)

    assert said.code in {3, 9}
    assert words in said.err and where in said.err


def test_without_credentials_the_mend_is_told(taxonomy, tmp_path, monkeypatch):
    """Who is not logged in is told how that is done."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    said = cli("batch", "s3://papers/in", "--out", tmp_path / "out", "--taxonomy", taxonomy)

    assert 9 == said.code
    assert "s3://papers/in/: the store does not know who asks; log in again" in said.err
