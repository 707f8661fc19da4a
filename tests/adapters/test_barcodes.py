"""Barcodes are read on recognised pages, however they lie, kept with the page's words, and tell a licence."""

import asyncio

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from tests.adapters.ocr_data import installed
from tests.adapters.pictures import W2, kept, sheet, tiff

from casefold.fields.compiled import compile_fields
from casefold.fields.extract import extract
from casefold.fields.model import Method
from casefold.kernel.canonical import digest_of_bytes
from casefold.pages.recognition import Attempt, Effort, Engine, recognised
from casefold.pages.signals import compile_taxonomy, read
from casefold.pages.text import PageText, TextOrigin, read_text_line, text_line
from casefold_adapters.ocr.cache import Cache
from casefold_adapters.ocr.engines import barcodes
from casefold_adapters.ocr.recogniser import Recogniser
from casefold_adapters.taxonomies import load, load_fields

# The example of annex D of the AAMVA DL/ID Card Design Standard.
LICENCE = (
    "@\n\x1e\rANSI 636000100002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\n"
    "DCUJR\nDCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\nDBA12102024\nDBC1\nDAU068 in\nDAYBRO\n"
    "DAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \nDCF2424244747474786102204\nDCGUSA\nDCK123456789\n"
    "DDAF\nDDB06062018\nDDC06062020\nDDD1\rZVZVA01\r"
)


def reader():
    found = barcodes()
    assert isinstance(found, Engine), found
    return found


def code(text, kind="PDF417", scale=2):
    written = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    return Image.fromarray(np.array(zxingcpp.write_barcode_to_image(written, scale=scale)))


def page(*codes):
    """A sheet with a line of words and barcodes below one another."""
    made = sheet(W2)
    for at, each in enumerate(codes):
        made.paste(each, (60, 400 + 280 * at))
    return made


def noisy(image):
    grain = np.random.default_rng(7).normal(0, 18, (image.height, image.width))
    blurred = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), dtype=float)
    return Image.fromarray(np.clip(blurred + grain, 0, 255).astype(np.uint8))


def found_on(folder, image, cache=None, codes=True):
    path = kept(folder, "page.png", b"")
    image.save(path)

    async def run():
        known = reader() if codes else None
        async with Recogniser([installed()], 1, cache, barcodes=known) as recogniser:
            attempt = Attempt(Effort.FULL, installed().engine)
            return [one async for one in recogniser.recognise(path, digest_of_bytes(path.read_bytes()), [1], attempt)]

    [found] = asyncio.run(run())
    return found


def text_of(found):
    bare = PageText(1, (), (), 612_000, 792_000, 0, TextOrigin.NONE, 1, 1_000_000)
    return recognised(bare, found.words)


@pytest.mark.parametrize(("degrees", "grain"), [(0, False), (90, False), (180, False), (270, False), (0, True)])
def test_a_licence_is_told_and_read_by_its_barcode(tmp_path, degrees, grain):
    """However the page lies and however grainy it is: the elements are fields, and the class is certain."""
    image = page(code(LICENCE)).rotate(degrees, expand=True)
    made = text_of(found_on(tmp_path, noisy(image) if grain else image))
    compiled = compile_taxonomy(load("lending-us").unwrap()).unwrap()
    ready = compile_fields(load_fields("lending-us-fields").unwrap()).unwrap()
    fields = {each.name: each for each in extract(ready, "driver_license", [made])}

    assert [("PDF417", LICENCE)] == [(each.kind, each.text) for each in made.barcodes]
    assert "licence_barcode" in [each.value for each in read(compiled, made).facts.detected]
    assert "SAMPLE" == fields["last_name"].value
    assert "MICHAEL JOHN" == fields["first_name"].value
    assert ("1986-06-06", "2019-06-06", "2024-12-10") == tuple(
        fields[name].value for name in ("date_of_birth", "issue_date", "expiration_date")
    )
    assert "5789" == fields["license_number"].value
    assert "2300 WEST BROAD STREET RICHMOND VA 23269" == fields["address"].value
    assert {Method.BARCODE} == {fields[name].method for name in ("last_name", "address", "expiration_date")}
    assert made == read_text_line(text_line(made), 1)


@pytest.mark.parametrize("kind", ["QRCode", "DataMatrix", "Code128"])
def test_other_barcodes_are_kept_where_they_stand(tmp_path, kind):
    """Squares and bars are kept with their kind and place, and tell nothing of a licence."""
    image = page(code("LOAN-0042", kind))
    [one] = found_on(tmp_path, image).words.barcodes

    assert "LOAN-0042" == one.text
    assert 300 < one.box[0] < one.box[2]
    assert 3_000 < one.box[1] < one.box[3] < 8_000


def test_barcodes_are_kept_beside_words_that_were_known(tmp_path):
    """Words that were recognised before barcodes were read are not recognised again, nor is anything a third time."""
    image, cache = page(code(LICENCE)), Cache(tmp_path / "cache")
    words = found_on(tmp_path, image, cache, codes=False)
    again = found_on(tmp_path, image, cache)
    third = found_on(tmp_path, image, cache)

    assert (False, True, True) == (words.known, again.known, third.known)
    assert () == words.words.barcodes
    assert again.words.words == words.words.words
    assert again.words == third.words
    assert 1 == len(third.words.barcodes)


def test_a_page_of_many_frames_keeps_its_barcodes_apart(tmp_path):
    """Each page has its own."""
    path = kept(tmp_path, "two.tif", tiff(page(code("ONE", "QRCode", 4)), page()))

    async def run():
        async with Recogniser([installed()], 2, None, barcodes=reader()) as recogniser:
            attempt = Attempt(Effort.FULL, installed().engine)
            return [one async for one in recogniser.recognise(path, "sha256:0", [1, 2], attempt)]

    assert [["ONE"], []] == [[each.text for each in found.words.barcodes] for found in asyncio.run(run())]
