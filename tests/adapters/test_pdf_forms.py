"""The values of form fields are words of the page they stand on, after the printed ones."""

import asyncio

import pikepdf
import pytest
from tests.adapters.pdf_files import boot, collected, page, pdf, saved, text

from casefold.pages.text import FormField, TextOrigin, read_text_line, text_line
from casefold_adapters.pdf import process
from casefold_adapters.pdf.digests import digest_of_words
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import layer_digest

RECT = "/Rect [306 396 612 594]"
"""The right half of the page's second quarter from above."""

PLACE = (5000, 2500, 10_000, 5000)


def widget(entries, rect=RECT, flags=4):
    return f"<< /Type /Annot /Subtype /Widget {rect} /F {flags} {entries} >>".encode()


def filled(*widgets, sheets=1, parents=()):
    """A file whose last page carries *widgets*; *parents* are objects after them."""
    numbers = " ".join(f"{4 + index} 0 R" for index in range(len(widgets)))
    printed = page(text("Printed", 72, 700))
    return pdf(
        *([printed] * (sheets - 1)),
        page(text("Printed", 72, 700), more=f"/Annots [{numbers}]"),
        objects=[*widgets, *parents],
        catalog=f"/AcroForm << /Fields [{numbers}] >>",
    )


def read(folder, content, last=1, limits=PdfLimits()):
    return collected(PdfReader(limits).read(saved(folder, content), 1, last))


def only(folder, content):
    [found] = read(folder, content)
    return found


def test_a_text_field_adds_its_words_in_its_box(tmp_path):
    """Each word of a value has the field's box."""
    found = only(tmp_path, filled(widget("/FT /Tx /T (name) /V (Zoe  Miller)")))

    assert (("Printed", "Zoe", "Miller"), 2) == (found.words, found.form_words)
    assert (*PLACE, *PLACE) == found.boxes[4:]
    assert TextOrigin.LAYER is found.origin


@pytest.mark.parametrize(
    ("rotation", "place"),
    [(90, (5000, 5000, 7500, 10_000)), (180, (0, 5000, 5000, 7500)), (270, (2500, 0, 5000, 5000))],
)
def test_the_box_turns_with_the_page(tmp_path, rotation, place):
    """Field boxes are of the page as displayed, like those of words."""
    content = filled(widget("/FT /Tx /T (name) /V (Zoe)"))
    turned = content.replace(b"/Annots", b"/Rotate %d /Annots" % rotation)

    assert place == only(tmp_path, turned).boxes[4:]


@pytest.mark.parametrize(
    ("entries", "flags", "words"),
    [
        ("/FT /Tx /T (a) /V (plain)", 4, ("plain",)),
        ("/FT /Tx /T (a) /V <FEFF005A006F00EB>", 4, ("Zoë",)),
        ("/FT /Tx /T (a)", 4, ()),
        ("/FT /Tx /T (a) /V (hidden)", 2, ()),
        ("/FT /Tx /T (a) /V (secret) /Ff 8192", 4, ()),
        ("/FT /Btn /T (a) /V /Yes /AS /Yes", 4, ("Yes",)),
        ("/FT /Btn /T (a) /V /Off /AS /Off", 4, ()),
        ("/FT /Btn /T (a) /Ff 65536", 4, ()),
        ("/FT /Ch /T (a) /V (CA) /Opt [[(CA) (California)] [(TX) (Texas)]]", 4, ("California",)),
        ("/FT /Ch /T (a) /V [(CA) (TX)] /Opt [[(CA) (California)] [(TX) (Texas)]]", 4, ("California", "Texas")),
        ("/FT /Ch /T (a) /V (Ohio) /Opt [(Ohio) (Iowa)]", 4, ("Ohio",)),
        ("/FT /Sig /T (a) /V (mark)", 4, ()),
        ("/Parent 4 0 R", 4, ()),
    ],
)
def test_each_kind_of_field_gives_what_it_shows(tmp_path, entries, flags, words):
    """Text, ticked boxes and choices speak; hidden fields, passwords, buttons and empty fields do not."""
    assert ("Printed", *words) == only(tmp_path, filled(widget(entries, flags=flags))).words


def test_a_value_may_stand_with_the_parent(tmp_path):
    """Several widgets of one field show the field's value."""
    widgets = [widget("/Parent 6 0 R"), widget("/Parent 6 0 R", rect="/Rect [0 0 306 198]")]
    found = only(tmp_path, filled(*widgets, parents=[b"<< /FT /Tx /T (name) /V (Zoe) /Kids [4 0 R 5 0 R] >>"]))

    assert ("Printed", "Zoe", "Zoe") == found.words
    assert (*PLACE, 0, 7500, 5000, 10_000) == found.boxes[4:]


def test_fields_come_with_their_names(tmp_path):
    """Each field that holds something has its full name, what viewers call it, and its share of the words."""
    widgets = [
        widget("/Parent 7 0 R /T (first) /TU (First  name) /FT /Tx /V (Zoe Ann)"),
        widget("/Parent 7 0 R /T (empty) /FT /Tx"),
        widget("/Parent 7 0 R /T (box[0]) /FT /Btn /V /Yes /AS /Yes"),
    ]
    found = only(tmp_path, filled(*widgets, parents=[b"<< /T (form) /Kids [4 0 R 5 0 R 6 0 R] >>"]))

    assert (FormField("form.first", "First name", 2), FormField("form.box[0]", "", 1)) == found.form_fields
    assert found == read_text_line(text_line(found), 1)


def test_only_the_page_with_the_field_has_its_words(tmp_path):
    """Values do not wander to other pages, nor to pages outside the range asked for."""
    content = filled(widget("/FT /Tx /T (name) /V (Zoe)"), sheets=3)

    assert [0, 0, 1] == [one.form_words for one in read(tmp_path, content, 3)]
    assert [0, 0] == [one.form_words for one in read(tmp_path, content, 2)]


def test_the_layer_digest_leaves_form_words_out(tmp_path):
    """What a split is verified by is what pdfium reads, with or without fields."""
    found = only(tmp_path, filled(widget("/FT /Tx /T (name) /V (Zoe)")))

    assert ("Printed", "Zoe") == found.words
    assert digest_of_words(("Printed",)) == layer_digest(found)


def test_fields_of_an_encrypted_file_are_read(tmp_path):
    """Values are decrypted, though pypdf alone could not."""
    with pikepdf.open(saved(tmp_path, filled(widget("/FT /Tx /T (name) /V (Zoe)")))) as whole:
        whole.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    [found] = collected(PdfReader().read(tmp_path / "locked.pdf", 1, 1, "u"))

    assert ("Printed", "Zoe") == found.words


def test_fields_of_a_repaired_file_are_read(tmp_path):
    """Both parsers see the same repaired bytes."""
    content = filled(widget("/FT /Tx /T (name) /V (Zoe)")).replace(b"trailer", b"tailor ")

    assert ("Printed", "Zoe") == only(tmp_path, content).words


@pytest.mark.parametrize(
    "harm",
    [
        "raise ValueError('odd')",
        "os.kill(os.getpid(), 11)",
        "time.sleep(60)",
        "yield b'v' + (7).to_bytes(4, 'little') + b'garbage'",
        "yield b'v' + (2**32 - 1).to_bytes(4, 'little')",
    ],
)
def test_no_page_is_lost_with_its_fields(tmp_path, monkeypatch, harm):
    """Whatever becomes of the child that reads fields, the printed words come."""
    monkeypatch.setattr(process, "_BOOT", boot(harm, "values"))
    content = filled(widget("/FT /Tx /T (name) /V (Zoe)"), sheets=3)
    found = read(tmp_path, content, 3, PdfLimits(structure_seconds=0.5))

    assert [(1, ("Printed",)), (2, ("Printed",)), (3, ("Printed",))] == [(one.page, one.words) for one in found]


def test_no_second_child_starts_without_a_form(tmp_path, monkeypatch):
    """Files without fields pay nothing for those that have them."""
    started = []
    start = asyncio.create_subprocess_exec

    async def counting(*command, **more):
        started.append(command)
        return await start(*command, **more)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", counting)
    read(tmp_path, pdf(page(text("Printed", 72, 700))))
    without = len(started)
    read(tmp_path, filled(widget("/FT /Tx /T (name) /V (Zoe)")))

    assert (1, 3) == (without, len(started))
