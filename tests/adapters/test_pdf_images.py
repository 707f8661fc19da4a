"""Pictures are read, drawn and bound as PDF files are: each frame a page, and none is lost without a word."""

import asyncio

import pikepdf
import pytest
from PIL import Image
from tests.adapters.pictures import STUB, encoded, kept, sheet, tiff

from casefold.kernel.results import Failure, Success
from casefold.pages.quality import Layer, judge
from casefold.pages.text import PageText, PageUnreadable, UnreadableKind
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.refusals import Damaged, NotPdf
from casefold_adapters.pdf.values import SplitPart, layer_digest

PATIENT = PdfLimits(open_seconds=60, page_seconds=60, source_seconds_base=300)


async def listed(pages):
    return [page async for page in pages]


def pages_of(path, limits=PATIENT):
    reader = PdfReader(limits)
    facts = asyncio.run(reader.inspect(path))
    count = facts.unwrap().pages
    return asyncio.run(listed(reader.read(path, 1, count)))


KINDS = {
    "png": lambda: encoded(sheet(), "PNG"),
    "jpeg": lambda: encoded(sheet(mode="RGB"), "JPEG", dpi=(100, 100)),
    "cmyk": lambda: encoded(sheet(mode="RGB").convert("CMYK"), "JPEG"),
    "palette": lambda: encoded(sheet(mode="RGB").convert("P"), "PNG"),
    "glass": lambda: encoded(sheet(mode="RGB").convert("RGBA"), "PNG"),
    "deep": lambda: encoded(sheet().convert("I;16"), "PNG"),
    "tiff": lambda: tiff(sheet()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_a_page_without_words(tmp_path, kind):
    """Whatever its colours: one page, of the size that its resolution says, whose words are to be recognised."""
    path = kept(tmp_path, kind, KINDS[kind]())
    [page] = pages_of(path)

    assert isinstance(page, PageText)
    assert ((), Layer.ABSENT) == (page.words, judge(page))
    assert page.height_millipoints > page.width_millipoints > 300_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_drawn_dark_on_white(tmp_path, kind):
    """What is drawn for recognition shows the ink, whatever the picture is made of."""
    path = kept(tmp_path, kind, KINDS[kind]())
    [raster] = asyncio.run(listed(PdfReader(PATIENT).raster(path, [1], 1100)))

    assert (850, 1100) == (raster.width, raster.height)
    assert min(raster.gray) < 100
    assert max(raster.gray) > 200
    assert sum(raster.gray) / len(raster.gray) > 200, "most of a page is paper"


def test_each_frame_of_a_tiff_is_a_page(tmp_path):
    """Frames keep their order and their own size."""
    path = kept(tmp_path, "three.tif", tiff(sheet(), sheet(STUB).rotate(90, expand=True), sheet(STUB)))

    assert [False, True, False] == [page.width_millipoints > page.height_millipoints for page in pages_of(path)]


def test_a_camera_says_which_way_is_up(tmp_path):
    """The orientation in a photograph's metadata is honoured, in the size as in the picture."""
    exif = Image.Exif()
    exif[0x0112] = 6
    path = kept(tmp_path, "photo.jpg", encoded(sheet(mode="RGB"), "JPEG", exif=exif))
    [page] = pages_of(path)

    assert page.width_millipoints > page.height_millipoints


def test_a_cut_off_tiff_keeps_what_is_whole(tmp_path):
    """The frames before the cut are pages; the one that is not there is a page that says so, never a blank one."""
    whole = tiff(sheet(), sheet(STUB), sheet(STUB))
    path = kept(tmp_path, "cut.tif", whole[: len(whole) * 2 // 3])
    pages = pages_of(path)

    assert isinstance(pages[0], PageText)
    assert isinstance(pages[-1], PageUnreadable)
    assert "ends" in pages[-1].detail


@pytest.mark.parametrize("kept_share", [0.3, 0.6, 0.95])
def test_a_cut_off_photograph_is_unreadable(tmp_path, kept_share):
    """What is left of a JPEG or PNG is not taken for the whole."""
    for kind in ("PNG", "JPEG"):
        content = encoded(sheet(mode="RGB"), kind)
        path = kept(tmp_path, kind, content[: int(len(content) * kept_share)])
        facts = asyncio.run(PdfReader(PATIENT).inspect(path))
        if isinstance(facts, Success):
            assert isinstance(pages_of(path)[0], PageUnreadable), kind


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"garbage" * 50, Damaged),
        (b"\xff\xd8\xff" + b"garbage" * 50, Damaged),
        (b"II*\0" + b"garbage" * 50, Damaged),
        (b"GIF89a" + b"garbage" * 50, NotPdf),
        (b"this is no picture", NotPdf),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path, content, refusal):
    """A name is not believed, and neither are a few first bytes."""
    found = asyncio.run(PdfReader(PATIENT).inspect(kept(tmp_path, "odd.png", content)))

    assert isinstance(found, Failure)
    assert isinstance(found.failure(), refusal)


def test_a_picture_beyond_all_measure_is_a_page_to_review(tmp_path):
    """A file of a few kilobytes that claims 900 million pixels is not decoded."""
    image = Image.new("1", (30_000, 30_000), 1)
    path = kept(tmp_path, "bomb.png", encoded(image, "PNG"))
    [page] = pages_of(path)

    assert PageUnreadable(1, UnreadableKind.SIZE_LIMIT, "30000 by 30000 pixels") == page


def test_twenty_thousand_pixels_are_a_page(tmp_path):
    """A plan of 20 000 pixels is drawn small enough to be looked at."""
    image = Image.new("1", (20_000, 2_000), 1)
    path = kept(tmp_path, "plan.tif", encoded(image, "TIFF", compression="group4"))
    [raster] = asyncio.run(listed(PdfReader(PATIENT).raster(path, [1], 1650)))

    assert (1650, 165) == (raster.width, raster.height)


def part(pages, expected, file="out.pdf"):
    return SplitPart(
        tuple(pages), tuple(expected), file, "Title", tuple((f"page {at}", at) for at in range(1, len(pages) + 1))
    )


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_are_bound_to_documents(tmp_path, kind):
    """The PDF of a picture has its pages, its pixels, and the same bytes each time."""
    path = kept(tmp_path, kind, KINDS[kind]())
    [page] = pages_of(path)
    reader = PdfReader(PATIENT)
    done = [
        asyncio.run(listed(reader.split(path, [part([1], [layer_digest(page)], name)], tmp_path)))[0].unwrap()
        for name in ("one.pdf", "two.pdf")
    ]

    assert done[0].sha256 == done[1].sha256
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        assert 1 == len(pdf.pages)
        assert [(850, 1100)] == [(int(image.Width), int(image.Height)) for image in pdf.pages[0].get_images().values()]
    [raster] = asyncio.run(listed(reader.raster(tmp_path / "one.pdf", [1], 1100)))
    [before] = asyncio.run(listed(reader.raster(path, [1], 1100)))
    different = sum(abs(one - two) > 60 for one, two in zip(raster.gray, before.gray, strict=True))
    assert different < len(before.gray) // 50


def test_a_jpeg_is_bound_as_it_is(tmp_path):
    """No picture is compressed twice."""
    content = encoded(sheet(mode="RGB"), "JPEG")
    path = kept(tmp_path, "photo.jpg", content)
    asyncio.run(listed(PdfReader(PATIENT).split(path, [part([1], [None])], tmp_path)))

    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert content == next(iter(pdf.pages[0].get_images().values())).read_raw_bytes()


def test_a_page_that_is_lost_is_bound_with_a_note(tmp_path):
    """In place of a frame that cannot be decoded stands a sheet that says so."""
    whole = tiff(sheet(), sheet(STUB), sheet(STUB))
    path = kept(tmp_path, "cut.tif", whole[: len(whole) * 2 // 3])
    last = len(pages_of(path))
    asyncio.run(listed(PdfReader(PATIENT).split(path, [part([1, last], [None, None])], tmp_path)))

    [one, two] = asyncio.run(listed(PdfReader(PATIENT).read(tmp_path / "out.pdf", 1, 2)))
    assert () == one.words
    assert "could not be decoded" in " ".join(two.words)
