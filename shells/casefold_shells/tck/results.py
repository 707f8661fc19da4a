"""The files that the kit publishes: a row for each test, and what was tested."""

import csv
import io
from collections.abc import Mapping, Sequence

from casefold_shells.tck.running import NOT_COUNTED, Row

CSV = "tck_results.csv"
PROPERTIES = "tck_results.properties"


def results_csv(rows: Sequence[Row]) -> str:
    """Write a row for each test that the kit counts: folder, file, test, SUCCESS or ERROR, comment.

    >>> print(results_csv([Row("level", "level/a", "a-test-1", "001", False, False, "x: expected 1, got 2")]), end="")
    "level/a","a-test-1","001","ERROR","x: expected 1, got 2"
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for row in rows:
        if row.level != NOT_COUNTED:
            state = "SUCCESS" if row.exact else "ERROR"
            writer.writerow((row.folder, row.file, row.case, state, " ".join(row.comment.split())))
    return out.getvalue()


def results_properties(version: str, day: str) -> str:
    """Write what was tested, and on which *day* (``2026-01-31``)."""
    facts: Mapping[str, str] = {
        "vendor.name": "casefold",
        "vendor.url": "",
        "product.name": "casefold",
        "product.url": "",
        "product.version": version,
        "product.comment": "Loan files to replayable decisions. Numbers are compared exactly.",
        "last.update": day,
        "instructions.url": "",
    }
    return "".join(f"{name}={told}\n" for name, told in facts.items())
