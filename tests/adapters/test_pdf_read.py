"""The words of a page and their places are those that were drawn."""

import pytest
from tests.adapters.pdf_files import collected, page, pdf, saved, stream, text

from casefold.pages.text import PageText, PageUnreadable, TextOrigin, UnreadableKind
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader

WORD = text("Planted", 72, 700)
"""In Helvetica 12 this spans 72 to 114 points across, and about 697 to 711 up."""


def read(folder, content, first=1, last=1, limits=PdfLimits()):
    return collected(PdfReader(limits).read(saved(folder, content), first, last))


def only(folder, *pages, **more):
    [found] = read(folder, pdf(*pages, **more))
    assert isinstance(found, PageText)
    return found


def near(found, place, slack=30):
    return all(abs(one - other) <= slack for one, other in zip(found, place, strict=True))


def test_a_word_stands_where_it_was_drawn(tmp_path):
    """Left, top, right and bottom are ten-thousandths of the page from its top left corner."""
    found = only(tmp_path, page(WORD))

    assert ("Planted",) == found.words
    assert near(found.boxes, (1176, 1020, 1870, 1200))
    assert (612_000, 792_000, 0, TextOrigin.LAYER) == (
        found.width_millipoints,
        found.height_millipoints,
        found.rotation,
        found.origin,
    )


@pytest.mark.parametrize(
    ("rotation", "place", "size"),
    [
        (0, (1176, 1020, 1870, 1200), (612_000, 792_000)),
        (90, (8800, 1176, 8980, 1870), (792_000, 612_000)),
        (180, (8130, 8800, 8824, 8980), (612_000, 792_000)),
        (270, (1020, 8130, 1200, 8824), (792_000, 612_000)),
    ],
)
def test_places_are_those_of_the_page_as_displayed(tmp_path, rotation, place, size):
    """A page that viewers turn has its boxes, width and height turned with it."""
    found = only(tmp_path, page(WORD, more=f"/Rotate {rotation}"))

    assert near(found.boxes, place), found.boxes
    assert (*size, rotation) == (found.width_millipoints, found.height_millipoints, found.rotation)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_places_are_relative_to_the_crop_box(tmp_path, rotation):
    """Shifting the page's box and everything on it changes no place, turned or not."""
    plain = only(tmp_path, page(WORD, more=f"/Rotate {rotation}"))
    shifted = only(
        tmp_path,
        page(
            text("Planted", 72 - 100, 700 + 50),
            box=(-300, -300, 900, 1200),
            more=f"/CropBox [-100 50 512 842] /Rotate {rotation}",
        ),
    )

    assert plain == shifted


def test_a_vertical_word_is_taller_than_wide(tmp_path):
    """A word written upwards spans from its first to its last letter."""
    found = only(tmp_path, page(text("Planted", 300, 300, matrix="0 1 -1 0")))
    left, top, right, bottom = found.boxes

    assert ("Planted",) == found.words
    assert (bottom - top) * 792 > 2 * (right - left) * 612
    assert abs(bottom - 10_000 * (792 - 300) / 792) < 40


def test_words_outside_the_page_are_held_inside(tmp_path):
    """A word beyond the edge has its box on the edge."""
    found = only(tmp_path, page(WORD + text("outside", 700, 900)))

    assert ("Planted", "outside") == found.words
    assert (10_000, 0, 10_000, 0) == found.boxes[4:]


def test_many_words_keep_their_own_boxes(tmp_path):
    """Word by word the boxes go down the page with the lines."""
    lines = b"".join(text(f"left{row} right{row}", 72, 780 - 14 * row) for row in range(50))
    found = only(tmp_path, page(lines))
    tops = found.boxes[1::4]

    assert [f"{side}{row}" for row in range(50) for side in ("left", "right")] == list(found.words)
    assert list(tops) == sorted(tops)
    assert all(found.boxes[8 * row] < found.boxes[8 * row + 4] for row in range(50))


def test_ligatures_are_spelt_out(tmp_path):
    """A single glyph for fi counts as two letters, and the words after it keep their places."""
    names = "/Encoding << /Type /Encoding /Differences [1 /fi] >>"
    font = f"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica {names} >> >>"
    sheet = page(text("pro\001t Planted", 72, 700), more=f"/Resources << {font} >>")
    content = pdf(sheet).replace(b"/Resources 3 0 R", b"")
    [found] = read(tmp_path, content)

    assert ("profit", "Planted") == found.words
    assert near(found.boxes[4:], (1690, 1020, 2390, 1200), slack=80), found.boxes


def test_a_word_cut_by_a_hyphen_is_two_words(tmp_path):
    """The parts of a word broken at a line's end stay apart, without a mark, each in its place."""
    found = only(tmp_path, page(text("the amor-", 72, 700) + text("tisation", 72, 686)))

    assert ("the", "amor", "tisation") == found.words
    assert found.boxes[9] > found.boxes[5]


def test_characters_that_pdfium_leaves_out_do_not_shift_the_boxes(tmp_path):
    """The words after a control character have the boxes they have without it."""
    plain = only(tmp_path, page(text("one", 72, 700) + text("Planted", 172, 700)))
    odd = only(tmp_path, page(text("one", 72, 700) + text("\\000\\003", 150, 700) + text("Planted", 172, 700)))

    assert plain.words[-1] == odd.words[-1]
    assert plain.boxes[-4:] == odd.boxes[-4:]


def test_characters_beyond_the_first_plane_keep_the_boxes(tmp_path):
    """A character that takes two UTF-16 units is one character of a word and shifts nothing."""
    mapping = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <78> <D83DDE00> endbfchar"
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap " + mapping + b" endcmap end end"
    font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >> >>"
    sheet = page(text("axb Planted", 72, 700), more=f"/Resources << {font} >>")
    content = pdf(sheet, objects=[stream(cmap)]).replace(b"/Resources 3 0 R", b"")
    [found] = read(tmp_path, content)
    plain = only(tmp_path, page(text("axb Planted", 72, 700)))

    assert ("a\U0001f600b", "Planted") == found.words
    assert plain.boxes == found.boxes


def test_an_empty_sheet_has_no_objects(tmp_path):
    """Nothing drawn is no word, no object, no image."""
    found = only(tmp_path, page())

    assert ((), (), 0, 0, TextOrigin.NONE) == (found.words, found.boxes, found.objects, found.image_ppm, found.origin)


def test_a_scan_is_covered_by_its_image(tmp_path):
    """The share of the page under images is known for a page of few words."""
    pixel = stream(
        b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    images = "/XObject << /I 4 0 R >>"
    whole = only(tmp_path, page(b"q 612 0 0 792 0 0 cm /I Do Q"), objects=[pixel], resources=images)
    half = only(tmp_path, page(b"q 612 0 0 396 0 0 cm /I Do Q" + WORD), objects=[pixel], resources=images)

    assert (1, 1_000_000, TextOrigin.NONE) == (whole.objects, whole.image_ppm, whole.origin)
    assert (2, 500_000, ("Planted",)) == (half.objects, half.image_ppm, half.words)


def test_a_half_of_a_character_is_no_word(tmp_path):
    """Half a pair of surrogates cannot be written as UTF-8, so it is white space."""
    mapping = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <78> <D83D> endbfchar"
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap " + mapping + b" endcmap end end"
    font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >> >>"
    sheet = page(text("x axb x Planted", 72, 700), more=f"/Resources << {font} >>")
    [found] = read(tmp_path, pdf(sheet, objects=[stream(cmap)]).replace(b"/Resources 3 0 R", b""))

    assert ("a", "b", "Planted") == found.words


def test_an_image_within_a_form_counts_where_it_is_drawn(tmp_path):
    """A scanner's wrapping changes nothing about what is covered."""
    pixel = stream(
        b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    inner = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /I 4 0 R >> >>"
    form = stream(b"q 612 0 0 792 0 0 cm /I Do Q", inner)
    found = only(
        tmp_path, page(b"0.5 0 0 0.5 0 0 cm /X Do"), objects=[pixel, form], resources="/XObject << /X 5 0 R >>"
    )

    assert 250_000 == found.image_ppm


def test_pages_come_in_order_from_first_to_last(tmp_path):
    """A range is given as asked, each page once."""
    content = pdf(*(page(text(f"number{number}", 72, 700)) for number in range(1, 8)))

    assert [(3, ("number3",)), (4, ("number4",)), (5, ("number5",))] == [
        (found.page, found.words) for found in read(tmp_path, content, 3, 5)
    ]


def test_a_page_that_is_not_there_is_damaged(tmp_path):
    """Asking beyond the end gives unreadable pages, not an error."""
    found = read(tmp_path, pdf(page(WORD)), 1, 3)

    assert [PageText, PageUnreadable, PageUnreadable] == [type(one) for one in found]
    assert [UnreadableKind.DAMAGED] * 2 == [one.kind for one in found[1:]]


@pytest.mark.parametrize("limits", [PdfLimits(characters_max=100), PdfLimits(words_max=20)])
def test_a_page_with_too_much_text_is_refused_alone(tmp_path, limits):
    """The pages beside it are read."""
    crowded = b"".join(text("word word word", 72, 780 - 14 * row) for row in range(40))
    found = read(tmp_path, pdf(page(WORD), page(crowded), page(WORD)), 1, 3, limits)

    assert [PageText, PageUnreadable, PageText] == [type(one) for one in found]
    assert UnreadableKind.SIZE_LIMIT is found[1].kind


def test_a_page_of_no_size_is_still_one_page(tmp_path):
    """A page box without area is replaced by a letter page or found damaged; it is never an error."""
    found = read(tmp_path, pdf(page(WORD, box=(0, 0, 0, 0)), page(WORD, box=(612, 792, 0, 0))), 1, 2)

    assert [1, 2] == [one.page for one in found]
    assert ("Planted",) == found[1].words
    assert near(found[1].boxes, (1176, 1020, 1870, 1200))


def test_reading_twice_gives_the_same(tmp_path):
    """Nothing of a page depends on what was read before it."""
    content = pdf(*(page(text(f"number{number}", 72, 700)) for number in range(1, 30)))

    assert read(tmp_path, content, 1, 29)[20:] == read(tmp_path, content, 21, 29)


def test_pages_after_the_file_was_opened_again_are_the_same(tmp_path):
    """The worker forgets its caches now and then, and no page shows it."""
    content = pdf(*(page(text(f"number{number}", 72, 700)) for number in range(1, 521)))
    found = read(tmp_path, content, 1, 520)

    assert [(number, (f"number{number}",)) for number in range(1, 521)] == [(one.page, one.words) for one in found]


def test_a_missing_file_leaves_every_page_unreadable(tmp_path):
    """Reading needs no successful inspection to keep its promise."""
    found = collected(PdfReader().read(tmp_path / "nowhere.pdf", 1, 3))

    assert [(1, "Missing"), (2, "Missing"), (3, "Missing")] == [(one.page, one.detail) for one in found]
