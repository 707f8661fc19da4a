"""Pages are pictured as a viewer shows them, within a budget of pixels."""

from io import BytesIO

import pytest
from PIL import Image
from tests.adapters.pdf_files import collected, flate_of_spaces, page, pdf, saved, stream

from casefold.pages.text import UnreadableKind
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import PageImage

BLACK_TOP_LEFT = b"0 g 0 396 306 396 re f\n"


def render(folder, content, pages=(1,), side=200, limits=PdfLimits()):
    return collected(PdfReader(limits).render(saved(folder, content), pages, side))


def only(folder, content, **more):
    [found] = render(folder, content, **more)
    assert isinstance(found, PageImage), found
    return found


def corners(found):
    """Say which quarters are dark: top left, top right, bottom left, bottom right."""
    image = Image.open(BytesIO(found.encoded)).convert("L")
    assert (found.width, found.height) == image.size
    points = [(image.width * x // 4, image.height * y // 4) for y in (1, 3) for x in (1, 3)]
    return "".join("#" if image.crop((x, y, x + 1, y + 1)).tobytes() < b"\x80" else "." for x, y in points)


@pytest.mark.parametrize(
    ("rotation", "size", "seen"),
    [(0, (155, 200), "#..."), (90, (200, 155), ".#.."), (180, (155, 200), "...#"), (270, (200, 155), "..#.")],
)
def test_a_page_is_pictured_as_displayed(tmp_path, rotation, size, seen):
    """The long side has the pixels asked for, and the page is turned as the file asks."""
    found = only(tmp_path, pdf(page(BLACK_TOP_LEFT, more=f"/Rotate {rotation}")))

    assert (size, seen) == ((found.width, found.height), corners(found))


def test_only_the_crop_box_is_pictured(tmp_path):
    """What lies outside is cut off."""
    found = only(tmp_path, pdf(page(BLACK_TOP_LEFT, more="/CropBox [0 396 306 792]")))

    assert ((155, 200), "####") == ((found.width, found.height), corners(found))


def test_filled_fields_are_drawn(tmp_path):
    """A form's appearance is part of the picture, though not of the page's own contents."""
    appearance = stream(b"0 g 0 0 306 396 re f", "/Type /XObject /Subtype /Form /BBox [0 0 306 396]")
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (x) /Rect [0 396 306 792] /F 4 /AP << /N 5 0 R >> >>"
    content = pdf(page(more="/Annots [4 0 R]"), objects=[field, appearance], catalog="/AcroForm << /Fields [4 0 R] >>")

    assert "#" == corners(only(tmp_path, content))[0]


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ((0, 0, 14_400, 14_400), (1000, 1000)),
        ((0, 0, 200_000, 100_000), (1414, 707)),
        ((0, 0, 14_400, 1), (5000, 1)),
        ((0, 0, 3, 3), (1000, 1000)),
    ],
)
def test_no_page_takes_more_pixels_than_the_budget(tmp_path, box, size):
    """Whatever size a page claims, its picture is as asked for or smaller, and keeps its shape."""
    found = only(tmp_path, pdf(page(box=box)), side=5000, limits=PdfLimits(pixels_max=1_000_000))

    assert size == (found.width, found.height)


def test_pages_come_in_the_order_asked_for(tmp_path):
    """Any pages in any order, each as often as it is named; a page that is not there is unreadable."""
    found = render(tmp_path, pdf(page(BLACK_TOP_LEFT), page(), page()), pages=(3, 1, 9, 1))

    assert [3, 1, 9, 1] == [one.page for one in found]
    assert ["....", "#...", UnreadableKind.DAMAGED, "#..."] == [
        corners(one) if isinstance(one, PageImage) else one.kind for one in found
    ]


def test_an_image_of_a_gigabyte_is_drawn_or_given_up(tmp_path):
    """A picture that claims thirty thousand pixels a side costs at most its page."""
    entries = "/Type /XObject /Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    packed = stream(flate_of_spaces(megabytes=2_700), f"/Filter [/FlateDecode /FlateDecode] {entries}")
    content = pdf(
        page(b"q 612 0 0 792 0 0 cm /I Do Q"),
        page(BLACK_TOP_LEFT),
        objects=[packed],
        resources="/XObject << /I 4 0 R >>",
    )
    found = render(tmp_path, content, pages=(1, 2), limits=PdfLimits(memory_bytes=400 << 20))

    assert [1, 2] == [one.page for one in found]
    assert "#..." == corners(found[1])


def test_the_same_page_has_the_same_picture(tmp_path):
    """Pictures are evidence: the same bytes each time."""
    content = pdf(page(BLACK_TOP_LEFT))

    assert only(tmp_path, content) == only(tmp_path, content)
