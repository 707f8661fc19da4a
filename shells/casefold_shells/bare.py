"""Extract the text of a file with nothing of ours, and say what a process cost.

``python -m casefold_shells.bare FILE`` is what runs are measured against: pypdfium2 opens the file and extracts the
text of every page. Nothing else is imported here, so that it bears no other cost.
"""

import json
import re
import resource
import sys
from importlib import import_module
from pathlib import Path


def print_cost() -> None:
    """Print what this process and its children cost so far: `casefold_shells.benching.Cost` in JSON.

    CPU seconds are user and system time; memory is the largest resident set of any one process, as the system accounts
    for it.
    """
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {
        "cpu_seconds": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "caller_megabytes": _peak_megabytes(own),
        "child_megabytes": children.ru_maxrss / 1_000,
    }
    print(json.dumps(cost))


def _peak_megabytes(own: resource.struct_rusage) -> float:
    """Give our own peak: on Linux ru_maxrss counts what the process that started us held as well."""
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii")) if status.exists() else None
    return (int(peak[1]) if peak is not None else own.ru_maxrss) / 1_000


def _extract(file: Path) -> None:
    pdfium = import_module("pypdfium2")  # untyped, and of no use to those who only want the cost

    document = pdfium.PdfDocument(file)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


if __name__ == "__main__":
    _extract(Path(sys.argv[1]))
    print_cost()
