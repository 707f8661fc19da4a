"""A PostgreSQL for tests: that of DATABASE_URL, or one of its own that is started and thrown away."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.adapters.model_servers import FILES, environment

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def postgres():
    """Give the address of a database."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    python = environment(FILES / "postgres" / "requirements.txt")
    (programs,) = python.parents[1].glob("lib/python*/site-packages/*/pginstall/bin")
    folder = Path(tempfile.mkdtemp(prefix="casefold-pg-"))  # a socket's path is short
    try:
        data = folder / "data"
        _run(
            programs / "initdb",
            "-U",
            "postgres",
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-D",
            data,
        )
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-h '' -k {folder} {_FAST}", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command):
    """Run a program of PostgreSQL, which will not run as root: a name space in which it is not will do."""
    mapped = ("unshare", "--user", "--map-user=65534", "--map-group=65534") if os.geteuid() == 0 else ()
    subprocess.run([*mapped, *map(str, command)], check=True, stdout=subprocess.DEVNULL, timeout=120)
