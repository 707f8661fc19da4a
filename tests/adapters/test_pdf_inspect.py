"""What a file is, or why it cannot be worked with."""

import asyncio
import os

import pikepdf
import pytest
from tests.adapters.pdf_files import boot, collected, page, pdf, saved, text, written

from casefold.kernel.results import Failure, Success
from casefold.pages.text import PageText
from casefold_adapters.pdf import process, refusals
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import Bookmark, PdfFacts

PLAIN = pdf(page(text("Planted", 72, 700)), page())


def inspect(path, password=None, limits=PdfLimits()):
    return asyncio.run(PdfReader(limits).inspect(path, password))


def refused(folder, content, **more):
    found = inspect(saved(folder, content), **more)
    assert isinstance(found, Failure), found
    return found.failure()


def facts(folder, content, **more):
    found = inspect(saved(folder, content), **more)
    assert isinstance(found, Success), found
    return found.unwrap()


def encrypted(folder, user, owner="owner", source=PLAIN):
    with pikepdf.open(saved(folder, source)) as whole:
        whole.save(folder / "encrypted.pdf", encryption=pikepdf.Encryption(owner=owner, user=user))
    return folder / "encrypted.pdf"


def test_a_plain_file_is_described(tmp_path):
    """Pages are counted, and nothing is claimed that is not there."""
    assert facts(tmp_path, PLAIN) == PdfFacts(
        pages=2,
        repaired=False,
        encrypted=False,
        form=False,
        title=None,
        bookmarks=(),
        bookmarks_lost=False,
    )


def test_title_and_bookmarks_are_listed_in_reading_order(tmp_path):
    """Nested bookmarks come as one list, with pages from 1."""
    with pikepdf.open(saved(tmp_path, PLAIN)) as whole:
        whole.docinfo["/Title"] = "Loan file für Zoë"
        with whole.open_outline() as outline:
            chapter = pikepdf.OutlineItem("Income", 0)
            chapter.children.append(pikepdf.OutlineItem("Pay  stub", 1))
            outline.root.extend([chapter, pikepdf.OutlineItem("Assets", 1)])
        whole.save(tmp_path / "outlined.pdf")
    found = inspect(tmp_path / "outlined.pdf").unwrap()

    assert "Loan file für Zoë" == found.title
    assert (Bookmark("Income", 1), Bookmark("Pay stub", 2), Bookmark("Assets", 2)) == found.bookmarks


def test_an_outline_that_runs_in_a_circle_is_walked_once(tmp_path):
    """A bookmark that is its own next and its own child is one bookmark."""
    circle = [
        b"<< /Type /Outlines /First 5 0 R /Last 5 0 R >>",
        b"<< /Title (around) /Parent 4 0 R /Next 5 0 R /First 5 0 R /Dest [6 0 R /Fit] >>",
    ]
    found = facts(tmp_path, pdf(page(), objects=circle, catalog="/Outlines 4 0 R"))

    assert (Bookmark("around", 1),) == found.bookmarks


@pytest.mark.parametrize("harm", ["raise ValueError('odd')", "os.kill(os.getpid(), 11)", "time.sleep(60)"])
def test_bookmarks_that_cannot_be_read_are_said_to_be_lost(tmp_path, monkeypatch, harm):
    """They cost the file nothing else."""
    monkeypatch.setattr(process, "_BOOT", boot(harm, "bookmarks"))
    outline = [b"<< /Type /Outlines /First 5 0 R /Last 5 0 R >>", b"<< /Title (a) /Parent 4 0 R /Dest [6 0 R /Fit] >>"]
    content = pdf(page(), objects=outline, catalog="/Outlines 4 0 R")
    found = facts(tmp_path, content, limits=PdfLimits(open_seconds=4, structure_seconds=0.5))

    assert (1, True, ()) == (found.pages, found.bookmarks_lost, found.bookmarks)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", refusals.Empty()),
        (b"GIF89a picture", refusals.NotPdf("gif")),
        (b"PK\x03\x04 archive", refusals.NotPdf("zip")),
        (b"<!DOCTYPE html><p>Not found", refusals.NotPdf("html")),
        (b"just a letter", refusals.NotPdf("unknown")),
        (b"\0" * 5000, refusals.NotPdf("unknown")),
        (b"%PDF-1.7\n" + b"nothing " * 100, refusals.Truncated(809)),
        (b"%PDF-1.7\n" + b"nothing " * 100 + b"%%EOF", None),
    ],
)
def test_what_is_no_pdf_is_named(tmp_path, content, refusal):
    """The refusal says what was found instead."""
    found = refused(tmp_path, content)

    assert found == refusal or (refusal is None and isinstance(found, refusals.Damaged))


def test_a_file_without_pages_is_said_to_have_none(tmp_path):
    """No page is not damage."""
    empty = written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])

    assert refusals.NoPages() == refused(tmp_path, empty)


def test_what_is_not_there_is_missing(tmp_path):
    """A path that leads nowhere, or to something that is no file, starts no child."""
    assert refusals.Missing() == inspect(tmp_path / "nowhere.pdf").failure()
    assert refusals.Missing() == inspect("nul\0character").failure()
    assert refusals.NotAFile() == inspect(tmp_path).failure()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_we_may_not_read_is_said_to_be_so(tmp_path):
    """A matter of rights is not taken for damage."""
    path = saved(tmp_path, PLAIN)
    path.chmod(0)

    assert refusals.NotReadable() == inspect(path).failure()


def test_a_file_above_the_limit_is_not_opened(tmp_path):
    """The refusal carries both numbers."""
    assert refusals.TooLarge(len(PLAIN), 100) == refused(tmp_path, PLAIN, limits=PdfLimits(source_bytes_max=100))


def test_a_name_beyond_ascii_is_a_name(tmp_path):
    """Paths reach the child as they are."""
    assert 2 == inspect(saved(tmp_path, PLAIN, "Gehaltsnachweis für Zoë 😀.pdf")).unwrap().pages


def test_a_password_is_asked_for_and_checked(tmp_path):
    """Without one it is needed, another is wrong, either of the two right ones opens."""
    path = encrypted(tmp_path, user="secret")

    assert refusals.PasswordNeeded() == inspect(path).failure()
    assert refusals.PasswordWrong() == inspect(path, "guess").failure()
    assert (2, True) == (inspect(path, "secret").unwrap().pages, inspect(path, "owner").unwrap().encrypted)


def test_an_encrypted_file_is_read_with_its_password(tmp_path):
    """The password goes with every call."""
    path = encrypted(tmp_path, user="secret")
    [found] = collected(PdfReader().read(path, 1, 1, "secret"))
    [locked] = collected(PdfReader().read(path, 1, 1))

    assert ("Planted",) == found.words
    assert "PasswordNeeded" == locked.detail


def test_a_file_encrypted_with_an_empty_password_opens(tmp_path):
    """It is encrypted all the same."""
    found = inspect(encrypted(tmp_path, user="")).unwrap()

    assert (2, True) == (found.pages, found.encrypted)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.replace(b"%PDF-1.7", b"%       "),
        PLAIN.replace(b"trailer", b"tailor "),
        PLAIN[: PLAIN.index(b"xref")],
        PLAIN[: PLAIN.index(b"xref") + 40],
    ],
    ids=["no header", "no trailer", "no table", "half a table"],
)
def test_what_pdfium_refuses_is_repaired(tmp_path, content):
    """A file that only the second parser understands is rewritten, and read from what was rewritten."""
    path = saved(tmp_path, content)
    found = inspect(path)
    [one, two] = collected(PdfReader().read(path, 1, 2))

    assert (2, True) == (found.unwrap().pages, found.unwrap().repaired)
    assert (("Planted",), ()) == (one.words, two.words)
    assert [one, two] == collected(PdfReader().read(saved(tmp_path, PLAIN), 1, 2))


def test_a_truncated_file_is_repaired_as_far_as_it_goes(tmp_path):
    """The pages that arrived are pages; the last one did not."""
    path = saved(tmp_path, PLAIN[: PLAIN.index(b"endstream") + 3])
    [found] = collected(PdfReader().read(path, 1, inspect(path).unwrap().pages))

    assert isinstance(found, PageText)


def test_a_tree_of_shared_branches_does_not_grow(tmp_path):
    """Five levels of ten times the same child are a hundred thousand pages in a kilobyte."""
    branches = [
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"%d 0 R " % (number + 1) * 10, 10 ** (7 - number))
        for number in range(2, 7)
    ]
    content = written([b"<< /Type /Catalog /Pages 2 0 R >>", *branches, b"<< /Type /Page /MediaBox [0 0 612 792] >>"])
    found = refused(tmp_path, content)

    assert len(content) < 2_000
    assert refusals.TooManyPages(100_000, 10_000) == found


def test_many_claimed_pages_earn_no_time():
    """A page adds to the time limit only if the file has bytes for it."""
    limits = PdfLimits()
    small = limits.source_seconds(pages=10_000, source_bytes=4_000)

    assert limits.source_seconds_base == small
    assert limits.open_seconds + small <= 20
    assert limits.source_seconds(pages=1_000, source_bytes=20_000_000) > 100
