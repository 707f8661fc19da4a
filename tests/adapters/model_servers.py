"""Servers for tests to ask: a real one in an environment of its own, and one that answers whatever a test wants."""

import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

import pytest
from attrs import field, frozen

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests" / "servers"
KEPT = ROOT / ".servers"
START_SECONDS_MAX = 120
BUILD_SECONDS_MAX = 900


class CannotBuildError(Exception):
    """The environment of the server cannot be built here: there is no network, or no place."""


def environment(name="requirements.txt"):
    """The Python of an environment for servers, built from its lock on first use."""
    lock = FILES / name
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    place = KEPT / f"{digest}-{sys.implementation.cache_tag}"
    python = place / "bin" / "python"
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (place / ".ready").exists():
            shutil.rmtree(place, ignore_errors=True)
            if shutil.which("uv"):
                run("uv", "venv", "--quiet", "--python", sys.executable, str(place))
                run("uv", "pip", "sync", "--quiet", "--python", str(python), "--require-hashes", str(lock))
            else:
                run(sys.executable, "-m", "venv", str(place))
                pip = (str(python), "-m", "pip", "--disable-pip-version-check")
                run(*pip, "install", "--quiet", "--no-compile", "--require-hashes", "-r", str(lock))
            (place / ".ready").touch()
    return python


def run(*command):
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=BUILD_SECONDS_MAX)
    except subprocess.CalledProcessError as error:
        raise CannotBuildError((error.stderr.strip() or str(error)).splitlines()[-1]) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBuildError(str(error)) from error


def free_ports(count):
    """Ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@frozen
class Real:
    """A model server that is up: where it answers, and the Python that it runs on."""

    url: str
    target: str
    python: Path


@contextmanager
def real(log):
    """Start the credit models of `tests/servers`, and stop them in the end."""
    python = environment()
    rest, rpc = free_ports(2)
    # Without a bound, every thread takes all processors for each small product, and waits for the others.
    surroundings = {**os.environ, "OMP_NUM_THREADS": "1"}
    with log.open("w") as said:
        command = [str(python), str(FILES / "credit.py"), str(rest), str(rpc)]
        server = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=surroundings, cwd=log.parent)
        try:
            wait_until_ready(server, rest, rpc, log)
            yield Real(f"http://127.0.0.1:{rest}", f"127.0.0.1:{rpc}", python)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_until_ready(server, rest, rpc, log):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(START_SECONDS_MAX * 10):
        assert server.poll() is None, log.read_text()[-2_000:]
        try:
            with opener.open(f"http://127.0.0.1:{rest}/v2/health/ready", timeout=5) as answer:
                socket.create_connection(("127.0.0.1", rpc), timeout=5).close()
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text()[-2_000:])


@frozen
class Canned:
    """An answer as it is to be.

    Attributes:
        holds: Whether nothing comes until the test is over: before the answer, or in the middle of it.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    holds: str = ""


@frozen
class Faulty:
    """A server that gives one answer after the other, the last one for good, and remembers what it was asked."""

    url: str
    asked: list = field(factory=list)


@contextmanager
def serving(handler, over):
    """Serve by a handler on a free port; *over* is set before the server stops, for those that hold an answer back."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def unavailable(reason: str) -> NoReturn:
    """Skip a test that cannot run here; where all must run, fail it."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def faulty(*answers):
    """Serve *answers*."""
    left, over = list(answers), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            found.asked.append((self.path, dict(self.headers), body))
            answer = left.pop(0) if len(left) > 1 else left[0]
            if answer.holds == "before":
                over.wait()
            try:
                self.send_response_only(answer.status)
                for header in answer.headers:
                    self.send_header(*header)
                self.send_header("content-length", str(len(answer.body)))
                self.send_header("connection", "close")
                self.end_headers()
                half = len(answer.body) // 2 if answer.holds == "within" else len(answer.body)
                self.wfile.write(answer.body[:half])
                if answer.holds == "within":
                    over.wait()
            except OSError:
                pass  # who asked has left
            self.close_connection = True

        def log_message(self, *_):
            pass

    with serving(Handler, over) as url:
        found = Faulty(url)
        yield found


def answer(*elements, name="p", datatype="FP64", shape=(1, 2), **members):
    """An answer of the protocol."""
    output = {"name": name, "datatype": datatype, "shape": list(shape), "data": list(elements)}
    return json.dumps({"model_name": "pd", "outputs": [output], **members}).encode()
