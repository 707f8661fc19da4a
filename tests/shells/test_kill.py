"""Killed, stopped or torn at any moment, the same command ends in the same result."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import define
from tests.core.lending_policy import GOOD, POLICY
from tests.shells.conftest import cli, package, result_of

from casefold.kernel.canonical import canonical
from casefold.policy.codec import policy_value
from casefold_shells.policies import json_text

KILLS = 50
"""How many runs are killed while they work."""

KILLS_A_CASE = 8
"""A case is killed up to so many times before it is left to finish."""

PAGES = 10

KINDS = ("w2", "bank_statement", "bank_more", "paystub", "nothing")

SERVER = """
import json, os, sys
from casefold_shells.cli import main
import casefold_shells.cli.commands
for line in sys.stdin:
    if (child := os.fork()) == 0:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        print(os.getpid(), flush=True)
        os.dup2(out, 1), os.dup2(out, 2)
        sys.argv = ["casefold", *json.loads(line)]
        main()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Starts the program again and again, each time in a session of its own, without loading it again: so that the kills
meet the work of a run and not its imports."""


@define
class Server:
    """Starts runs; see `SERVER`."""

    process: "subprocess.Popen[str]"
    said: Path

    def start(self, *arguments: object) -> int:
        """Start a run, and give the number of its process and group."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([str(argument) for argument in arguments]) + "\n")
        self.process.stdin.flush()
        return self._line()

    def end(self) -> int:
        """Wait for the run to end, and give its exit code."""
        return self._line()

    def _line(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    command = [sys.executable, "-c", SERVER, str(tmp_path / "said.txt")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process, tmp_path / "said.txt")
        finally:
            process.kill()


def program(*arguments: object, **options) -> "subprocess.Popen[str]":
    """Start the program itself in a session of its own, as a terminal does: our own caller may ignore SIGINT."""
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{heeding}; from casefold_shells.cli import main; main()", *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **options
    )


def members(group: int) -> list[int]:
    """Name the processes of a group that still run; those that are dead and not yet buried do not count."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            state, _, number = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if folder.name.isdecimal() and int(number) == group and state != "Z":
            found.append(int(folder.name))
    return found


def eventually(true, seconds: float = 60) -> bool:
    """Wait until something becomes true; the limit only ends a test that has failed."""
    last = time.monotonic() + seconds
    while not true():
        if time.monotonic() > last:
            return False
        time.sleep(0.005)
    return True


def loan(folder: Path) -> Path:
    return package(folder, *(KINDS[number % len(KINDS)] for number in range(PAGES)))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="process groups are read from /proc")
def test_fifty_kills_leave_no_mark(tmp_path: Path, taxonomy: Path, server: Server):
    """`kill -9` of the whole group at moments spread over a run, some of them again and again on the same case."""
    source = loan(tmp_path)

    policy, facts = tmp_path / "policy.json", tmp_path / "facts.json"
    policy.write_bytes(canonical(policy_value(POLICY)))
    facts.write_text(json_text(dict(GOOD)))
    decided = ["--policy", policy, "--facts", facts, "--as-of", "2026-01-31T09:00:00Z"]

    def command(out: Path) -> list[object]:
        return ["run", source, "--out", out, "--taxonomy", taxonomy, *decided]

    seconds = 60.0
    for calm in ("calm", "calm-too"):
        began = time.monotonic()
        server.start(*command(tmp_path / calm))
        assert 0 == server.end(), server.said.read_text()
        seconds = min(seconds, time.monotonic() - began)
    expected = result_of(tmp_path / "calm/loan")
    assert len(expected[1]) >= 6

    chance = random.Random(9)
    moments = [(number + chance.random()) / KILLS for number in range(KILLS)]
    chance.shuffle(moments)
    killed, attempts, missed, seen = 0, 0, 0, set[str]()
    while killed < KILLS and attempts < 3 * KILLS:
        attempts += 1
        out, code = tmp_path / f"case-{attempts}", -1
        # What was recorded is not done again, so each further run of a case is shorter.
        for run in range(min(chance.choice((1, 3, KILLS_A_CASE)), KILLS - killed)):
            group = server.start(*command(out))
            # Sleeping is the subject here: the moment at which the kill falls.
            time.sleep(moments[killed] * seconds * 0.8 ** (run + missed))
            os.killpg(group, signal.SIGKILL) if members(group) else None
            code = server.end()
            assert code in {0, -signal.SIGKILL}, server.said.read_text()
            if code == 0:
                missed += 1
                break
            killed, missed = killed + 1, 0
            seen.add(stage(out / "loan"))
        if code != 0:
            server.start(*command(out))
            assert 0 == server.end(), server.said.read_text()
        assert expected == result_of(out / "loan"), f"case {attempts}"
        said = cli("verify", out / "loan")
        assert 0 == said.code, said.err

    assert KILLS == killed
    assert len(seen) >= 3, f"the kills met only {seen}"


def stage(folder: Path) -> str:
    """Say how far a killed run came: the last thing that it recorded."""
    log = folder / "events.jsonl"
    lines = (
        [line for line in log.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")] if log.exists() else []
    )
    return str(json.loads(lines[-1])["event"]["kind"]) if lines else "nothing"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="process groups are read from /proc")
@pytest.mark.parametrize("lines", [1, 3])
def test_ctrl_c_stops_in_one_line_and_the_next_run_goes_on(tmp_path: Path, taxonomy: Path, lines: int):
    """The terminal sends SIGINT to the whole group: exit code 130, one line, no child left; then the same result."""
    source = loan(tmp_path)
    command = ["run", source, "--out", tmp_path / "cases", "--taxonomy", taxonomy]
    log = tmp_path / "cases/loan/events.jsonl"
    with program(*command) as process:
        assert eventually(lambda: log.exists() and log.read_bytes().count(b"\n") >= lines)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate()

    assert 130 == process.returncode, err
    assert "" == out
    assert ["casefold: stopped; all that was recorded is kept. Run the same command to go on."] == err.splitlines()
    assert [] == members(process.pid)

    assert 0 == cli(*command).code
    assert 0 == cli(*command[:3], tmp_path / "calm", *command[4:]).code
    assert result_of(tmp_path / "calm/loan") == result_of(tmp_path / "cases/loan")
    assert 0 == cli("verify", tmp_path / "cases/loan").code


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="process groups are read from /proc")
def test_a_child_does_not_outlive_a_killed_parent(tmp_path: Path, taxonomy: Path):
    """Only the program is killed, not its group: the readers that it had started end by themselves."""
    source = loan(tmp_path)
    with program("run", source, "--out", tmp_path / "cases", "--taxonomy", taxonomy) as process:
        log = tmp_path / "cases/loan/events.jsonl"
        assert eventually(lambda: log.exists() and log.read_bytes().count(b"\n") >= 1)
        assert eventually(lambda: len(members(process.pid)) > 1 or process.poll() is not None)
        process.kill()
        process.communicate()

    assert eventually(lambda: not members(process.pid))


TAILS = {
    "half a line": b'{"at":"1795322950570464","event":{"kind":"Rep',
    "a whole line without its end": b'{"at":"1","event":{},"hash":"x","previous":"y","sequence":9}',
    "zeros, as file systems leave them": b"\0" * 700,
    "half a letter": "é".encode()[:1],
    "white space": b"  ",
}


@pytest.mark.parametrize("name", TAILS)
@pytest.mark.parametrize("kept", [1, 3, 99])
def test_a_torn_last_line_is_dropped(finished: Path, taxonomy: Path, name: str, kept: int):
    """What was never acknowledged is done again."""
    expected = result_of(finished)
    log = finished / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:kept]) + TAILS[name])
    said = cli("run", finished.parents[1] / "loan.pdf", "--out", finished.parent, "--taxonomy", taxonomy)

    assert 0 == said.code, said.err
    assert expected == result_of(finished)
    assert 0 == cli("verify", finished).code


def test_a_log_cut_off_at_any_byte_goes_on(finished: Path, taxonomy: Path):
    """The very first byte and places within lines."""
    expected = result_of(finished)
    log = finished / "events.jsonl"
    content = log.read_bytes()
    for kept in [0, 1, *random.Random(5).sample(range(2, len(content)), 6)]:
        log.write_bytes(content[:kept])
        said = cli("run", finished.parents[1] / "loan.pdf", "--out", finished.parent, "--taxonomy", taxonomy)

        assert 0 == said.code, f"{kept} bytes: {said.err}"
        assert expected == result_of(finished), f"{kept} bytes"
        assert 0 == cli("verify", finished).code


def test_a_log_broken_before_its_end_is_refused(finished: Path, taxonomy: Path):
    """A changed line that has its end was acknowledged: it is reported, never mended."""
    log = finished / "events.jsonl"
    content = log.read_bytes()
    log.write_bytes(content.replace(b'"SourceOpened","pages":6', b'"SourceOpened","pages":7'))
    before = log.read_bytes()
    assert before != content
    said = cli("run", finished.parents[1] / "loan.pdf", "--out", finished.parent, "--taxonomy", taxonomy)

    assert 8 == said.code
    assert "events.jsonl: entry 2" in said.err
    assert before == log.read_bytes()


def test_outputs_that_were_lost_after_the_end_come_back(finished: Path, taxonomy: Path):
    """The same command on a finished case whose outputs were deleted ends in the same result."""
    expected = result_of(finished)
    (finished / "case.json").unlink()
    next((finished / "documents").iterdir()).unlink()
    said = cli("run", finished.parents[1] / "loan.pdf", "--out", finished.parent, "--taxonomy", taxonomy)

    assert 0 == said.code, said.err
    assert (finished / "case.json").is_file(), "the run said that all is well, and case.json is not there"
    assert expected == result_of(finished)
