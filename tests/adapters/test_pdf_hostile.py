"""Real hostile files, forty of them from every category: none crashes, stalls or swells the caller."""

import asyncio
import csv
import sys
from pathlib import Path

import pytest
from tests.adapters.pdf_files import children, collected

from casefold.kernel.results import Failure
from casefold.pages.text import PageText, PageUnreadable
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.refusals import Crashed, NotPdf, PasswordNeeded, Truncated

FOLDER = Path(__file__).parents[2].parent / "shared/data/hostile"
SAMPLE = 40


def sample():
    """Every so many files of the list, which is sorted by category."""
    if not FOLDER.exists():
        return []
    with (FOLDER / "manifest.csv").open(newline="") as table:
        rows = list(csv.DictReader(table))
    return rows[:: -(-len(rows) // SAMPLE)]


@pytest.mark.skipif(not FOLDER.exists(), reason="the hostile files are not part of the project")
@pytest.mark.parametrize("row", sample(), ids=lambda row: row["file"])
def test_a_hostile_file_is_read_or_refused(row):
    """It is refused in a word, or each page it claims is read or unreadable; pdfium's own count is ours."""
    path = FOLDER / row["file"]
    inspected = asyncio.run(PdfReader().inspect(path))
    if isinstance(inspected, Failure):
        refusal = inspected.failure()
        assert not isinstance(refusal, Crashed)
        assert "ok" != row["pdfium_status"]
        assert isinstance(refusal, PasswordNeeded) or "Incorrect password" not in row["pdfium_status"]
        assert not isinstance(refusal, NotPdf) or b"%PDF-" not in path.read_bytes()[:1024]
        assert not isinstance(refusal, Truncated) or b"%%EOF" not in path.read_bytes()[-1024:]
        return
    facts = inspected.unwrap()
    pages = collected(PdfReader().read(path, 1, facts.pages))

    assert list(range(1, facts.pages + 1)) == [one.page for one in pages]
    assert all(isinstance(one, PageText | PageUnreadable) for one in pages)
    assert facts.repaired or int(row["pdfium_pages"]) == facts.pages
    if sys.platform == "linux":
        assert [] == children()


@pytest.mark.skipif(not FOLDER.exists(), reason="the hostile files are not part of the project")
def test_a_hostile_file_has_at_most_twenty_seconds():
    """What the limits allow for inspecting and reading the smallest files."""
    limits = PdfLimits()
    small = [int(row["bytes"]) for row in sample() if int(row["bytes"]) < 16_000]

    assert small
    assert all(limits.open_seconds + limits.source_seconds(10_000, size) <= 20 for size in small)
