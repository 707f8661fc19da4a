"""Say how long a large package takes, every second page of it a scan, and write it as `casefold eval --more` takes it.

python -m tests.large PACKAGE.pdf OUT.json [OCR]

OCR is tesseract, unless another engine is named. Once with nothing known, once with every page recognised before; one
process recognises pages, so that the figures are those of one processor and a little more.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ASKED = {"cold": 300, "warm": 15}
"""Seconds that are allowed, on two processors."""


def main() -> None:
    """Rasterise, run twice, tell."""
    package, out, engine = Path(sys.argv[1]), Path(sys.argv[2]), (*sys.argv[3:], "tesseract")[0]
    with tempfile.TemporaryDirectory() as scratch:
        half = Path(scratch) / "half.pdf"
        subprocess.run([sys.executable, Path(__file__).with_name("rasterised.py"), package, half], check=True)
        runs = {name: _run(Path(scratch), half, engine, name) for name in ASKED}
    (pages, cold), (_, warm) = runs["cold"][:2], runs["warm"][:2]
    rows = [
        _row(f"{pages} pages, nothing known, seconds", f"≤ {ASKED['cold']}", f"{cold:.1f}", cold <= ASKED["cold"]),
        _row("again, recognised before, seconds", f"≤ {ASKED['warm']}", f"{warm:.1f}", warm <= ASKED["warm"]),
        _row("largest resident set of one process, MB", "", f"{max(run[3] for run in runs.values()):.0f}", None),
        _row("the same digest", "", "", runs["cold"][2] == runs["warm"][2]),
    ]
    told = {
        "contract": "casefold/measured/1",
        "title": f"How long a large package takes ({engine})",
        "command": f"python -m tests.large {package.name} OUT.json {engine}",
        "words": "Every second page was made a scan. Seconds are by the clock, on a machine that others use as well.",
        "rows": rows,
    }
    out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _run(scratch: Path, package: Path, engine: str, name: str) -> tuple[int, float, str, float]:
    """Give pages, seconds, the digest of the outcome, and the largest resident set in MB."""
    command = [sys.executable, "-c", "from casefold_shells.cli import main; main()", "run", package]
    more = ["--out", scratch / name, "--cache", scratch / "cache", "--ocr", engine, "--workers", "1"]
    begun = time.monotonic()
    started = subprocess.Popen([*map(str, command), *map(str, more)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    seconds = time.monotonic() - begun
    assert status == 0, "the package is run to its end"
    case = json.loads((scratch / name / "half" / "case.json").read_text("utf-8"))
    return len(case["pages"]), seconds, case["digest"], used.ru_maxrss / 1024


def _row(what: str, asked: str, found: str, met: bool | None) -> dict[str, object]:
    return {"what": what, "asked": asked, "found": found, "met": met}


if __name__ == "__main__":
    main()
