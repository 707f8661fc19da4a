"""A Ray cluster of two machines gives the summary that this machine gives, also if one of the two is lost."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest
from attrs import frozen
from tests.adapters.model_servers import CannotBuildError, environment, free_ports, unavailable
from tests.shells.conftest import cli
from tests.shells.test_batch import descendants, ends_in, events_of, some_packages, summary_of
from tests.shells.test_kill import eventually

PROGRAM = "from casefold_shells.cli import main; main()"
PACKAGES = 10
STARTS_MAX = 4
START_SECONDS = 180

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nodes are ended by /proc")


@frozen
class Cluster:
    """A head, one more node, and the Python that they run on."""

    python: Path
    surroundings: dict[str, str]
    second: "subprocess.Popen[bytes]"

    def start(self, *arguments):
        """Start the program as a driver."""
        command = [str(self.python), "-c", PROGRAM, *map(str, arguments)]
        return subprocess.Popen(
            command, env=self.surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


@contextlib.contextmanager
def node(python, surroundings, log, *options):
    """Start a node with one processor; it is ours until we end it by its number.

    Ray gives itself half a minute to start and then gives up, so on a busy machine it is started again.
    """
    fixed = ["--node-ip-address=127.0.0.1", "--num-cpus=1", "--block", "--object-store-memory=80000000"]
    command = [str(python.parent / "ray"), "start", *options, *fixed]
    started = []
    try:
        for number in range(STARTS_MAX):
            said = log.with_name(f"{log.name}-{number}")
            with said.open("wb") as out:
                started.append(
                    subprocess.Popen(
                        command, env=surroundings, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
                    )
                )
            ended = eventually(lambda one=started[-1], said=said: one.poll() is not None or is_up(said), START_SECONDS)
            assert ended, said.read_text()
            if is_up(said):
                yield started[-1]
                return
        raise AssertionError(f"{log}: Ray did not start")
    finally:
        for each in started:
            lose(each)


def is_up(said):
    return b"Ray runtime started" in said.read_bytes()


def lose(process):
    """End a node as a machine ends that loses its power: all of it, at once."""
    for each in [process.pid, *descendants(process.pid)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    try:
        python = environment("ray.txt")
    except CannotBuildError as error:
        unavailable(f"the environment of Ray cannot be built: {error}")
    # What the project itself needs comes from the environment of the tests, behind Ray's own.
    (site,) = (python.parents[1] / "lib").glob("python*/site-packages")
    (site / "casefold-tests.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    # The sockets of Ray have long names, and the system's limit on them is 107 characters.
    short = Path(tempfile.mkdtemp(prefix="r", dir="/tmp"))
    (short / "token").write_text("0123456789abcdef" * 4)
    (port,) = free_ports(1)
    surroundings = {
        **os.environ,
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN_PATH": str(short / "token"),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ADDRESS": f"127.0.0.1:{port}",
    }
    alone = {name: value for name, value in surroundings.items() if name != "RAY_ADDRESS"}
    folder = tmp_path_factory.mktemp("ray")
    head = ["--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={short}"]
    try:
        with (
            node(python, alone, folder / "head", *head),
            node(python, alone, folder / "second", f"--address=127.0.0.1:{port}") as second,
        ):
            yield Cluster(python, surroundings, second)
    finally:
        shutil.rmtree(short, ignore_errors=True)


def test_a_cluster_that_loses_a_node_says_what_this_machine_says(cluster, taxonomy, tmp_path):
    """`kill -9` of a whole node while it works: every package ends exactly once, and the summary is the same."""
    folder = some_packages(tmp_path / "in", PACKAGES, pages_max=20)
    local = cli("batch", folder, "--out", tmp_path / "local", "--taxonomy", taxonomy, "--workers", "2")
    assert 0 == local.code, local.err
    out = tmp_path / "out"
    command = ["batch", folder, "--out", out, "--taxonomy", taxonomy, "--engine", "ray", "--retries", "9"]
    with cluster.start(*command) as driver:
        assert eventually(lambda: ends_in(out) >= 2 or driver.poll() is not None)
        lose(cluster.second)
        _, err = driver.communicate(timeout=300)

    assert 0 == driver.returncode, err
    assert (tmp_path / "local/summary.json").read_bytes() == (out / "summary.json").read_bytes()
    ends = [event["package"] for event in events_of(out) if event["kind"] == "AttemptEnded"]
    assert sorted(ends) == sorted(path.name for path in folder.iterdir())
    assert ends_in(out) == PACKAGES == summary_of(out)["totals"]["done"]


def test_ray_that_is_not_installed_is_told(taxonomy, tmp_path):
    """The extra to install is named."""
    folder = some_packages(tmp_path / "in", 1)
    said = cli("batch", folder, "--out", tmp_path / "out", "--taxonomy", taxonomy, "--engine", "ray")

    assert 2 == said.code
    assert "casefold[ray]" in said.err
