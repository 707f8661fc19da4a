"""Parts hold the right pages, with their fields and nothing of their neighbours, and have the same bytes each time."""

import asyncio
import hashlib
import sys
import time

import pikepdf
import pytest
from tests.adapters.pdf_files import boot, collected, page, pdf, saved, stream, text, written

from casefold.kernel.results import Failure, Success
from casefold_adapters.pdf import process
from casefold_adapters.pdf.digests import digest_of_words
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.process import Child
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.refusals import NoPages
from casefold_adapters.pdf.values import (
    Bookmark,
    NoSuchPage,
    NotWritten,
    OtherWords,
    SplitDone,
    SplitFailed,
    SplitPart,
)

PLAIN = pdf(*(page(text(f"number{number}", 72, 700)) for number in range(1, 10)))


def part(pages, file="part.pdf", expected=..., title="A part", bookmarks=()):
    digests = tuple(digest_of_words((f"number{number}",)) for number in pages) if expected is ... else expected
    return SplitPart(tuple(pages), digests, file, title, tuple(bookmarks))


def split(folder, parts, content=PLAIN, limits=PdfLimits(), password=None):
    target = folder / "parts"
    target.mkdir(exist_ok=True)
    return collected(PdfReader(limits).split(saved(folder, content), parts, target, password))


def words_of(path):
    pages = asyncio.run(PdfReader().inspect(path)).unwrap().pages
    return [found.words for found in collected(PdfReader().read(path, 1, pages))]


def files(folder):
    return sorted(path.name for path in (folder / "parts").iterdir())


def test_parts_hold_their_pages_in_the_order_asked_for(tmp_path):
    """Pages may be taken in any order, more than once, and by more than one part."""
    [one, two] = split(tmp_path, [part([2, 3], "one.pdf"), part([9, 2, 9], "two.pdf")])

    assert [2, 3] == [one.unwrap().pages, two.unwrap().pages]
    assert [("number2",), ("number3",)] == words_of(tmp_path / "parts/one.pdf")
    assert [("number9",), ("number2",), ("number9",)] == words_of(tmp_path / "parts/two.pdf")
    assert ["one.pdf", "two.pdf"] == files(tmp_path)


def test_what_is_reported_is_what_stands_in_the_folder(tmp_path):
    """Name, size and digest are those of the file."""
    [done] = split(tmp_path, [part([1])])
    content = (tmp_path / "parts/part.pdf").read_bytes()

    assert Success(SplitDone("part.pdf", hashlib.sha256(content).hexdigest(), len(content), 1)) == done


def test_title_and_bookmarks_are_written(tmp_path):
    """The part says what it is."""
    split(tmp_path, [part([4, 5], title="Zoë's W-2", bookmarks=[("First", 1), ("Zweite Seite – ü", 2)])])
    facts = asyncio.run(PdfReader().inspect(tmp_path / "parts/part.pdf")).unwrap()

    assert "Zoë's W-2" == facts.title
    assert (Bookmark("First", 1), Bookmark("Zweite Seite – ü", 2)) == facts.bookmarks


def test_the_same_parts_have_the_same_bytes(tmp_path):
    """Nothing of a part depends on when or with what other parts it was cut."""
    parts = [part([1, 2], "one.pdf", bookmarks=[("a", 1)]), part([3], "two.pdf")]
    first = [done.unwrap() for done in split(tmp_path, parts)]
    time.sleep(1.1)  # The second would show in a file's identifier.
    again = [done.unwrap() for done in split(tmp_path, parts)]
    [alone] = split(tmp_path, parts[1:])

    assert first == again
    assert first[1] == alone.unwrap()


FIELD = "/Type /Annot /Subtype /Widget /FT /Tx /F 4 /Rect [72 600 300 620] /DA (/Helv 12 Tf)"


def form():
    """Three pages with a field each, and one field that stands on the first and the last."""
    widgets = [
        *(f"<< {FIELD} /T (name{number}) /V (value{number}) >>".encode() for number in (1, 2, 3)),
        *(b"<< /Type /Annot /Subtype /Widget /Parent 9 0 R /F 4 /Rect [72 500 300 520] >>" for _ in range(2)),
        b"<< /FT /Tx /T (both) /V (everywhere) /DA (/Helv 12 Tf) /Kids [7 0 R 8 0 R] >>",
    ]
    sheets = [
        page(text(f"number{number}", 72, 700), more=f"/Annots [{widget}]")
        for number, widget in ((1, "4 0 R 7 0 R"), (2, "5 0 R"), (3, "6 0 R 8 0 R"))
    ]
    fonts = (
        "/DR << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /Unused << /Type /Font >> >> >>"
    )
    return pdf(*sheets, objects=widgets, catalog=f"/AcroForm << /Fields [4 0 R 5 0 R 6 0 R 9 0 R] {fonts} >>")


def test_fields_go_with_their_pages(tmp_path):
    """A filled form stays a filled form, and the fields of other pages stay out."""
    [done] = split(tmp_path, [part([2, 3])], form())
    with pikepdf.open(tmp_path / "parts/part.pdf") as cut:
        names = sorted(str(field.T) for field in cut.Root.AcroForm.Fields)
        fonts = list(cut.Root.AcroForm.DR.Font.keys())

    assert isinstance(done, Success)
    assert ["both", "name2", "name3"] == names
    assert ["/Helv"] == fonts
    assert [("number2", "value2"), ("number3", "value3", "everywhere")] == words_of(tmp_path / "parts/part.pdf")


def test_a_page_without_fields_brings_no_form(tmp_path):
    """Nobody's values hang on a plain part."""
    content = form().replace(b"/Annots [5 0 R]", b"               ")
    split(tmp_path, [part([2])], content)
    with pikepdf.open(tmp_path / "parts/part.pdf") as cut:
        assert "/AcroForm" not in cut.Root
    assert b"everywhere" not in (tmp_path / "parts/part.pdf").read_bytes()


def test_pictures_of_other_pages_stay_out(tmp_path):
    """Where all pages share one list of images, a part gets those that its pages draw."""
    images = [
        stream(b"%05d" % number + b"\x80" * 5000, "/Type /XObject /Subtype /Image /Width 5005 /Height 1"
        " /BitsPerComponent 8 /ColorSpace /DeviceGray")
        for number in range(3)
    ]  # fmt: skip
    sheets = [
        page(b"q 612 0 0 792 0 0 cm /I%d Do Q" % number + text(f"number{number + 1}", 72, 700)) for number in range(3)
    ]
    content = pdf(*sheets, objects=images, resources="/XObject << /I0 4 0 R /I1 5 0 R /I2 6 0 R >>")
    split(tmp_path, [part([2])], content)
    with pikepdf.open(tmp_path / "parts/part.pdf") as cut:
        assert ["/I1"] == list(cut.pages[0].resources.XObject.keys())
        found = [thing for thing in cut.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing]

    assert 1 == len(found)


def test_a_part_with_other_words_does_not_appear(tmp_path):
    """The part is compared with what was read; the next part is cut all the same."""
    wrong = (digest_of_words(("number1",)), digest_of_words(("number9",)))
    found = split(tmp_path, [part([1, 2], "wrong.pdf", expected=wrong), part([3], "right.pdf")])

    assert Failure(SplitFailed("wrong.pdf", OtherWords(2))) == found[0]
    assert ["right.pdf"] == files(tmp_path)


def test_a_cutter_that_takes_the_wrong_page_is_caught(tmp_path, monkeypatch):
    """Whatever goes wrong between reading and writing, a part with a wrong page gets no name."""
    harm = (
        "from casefold_adapters.pdf.worker.splitting import Cutter; cut = Cutter.cut; "
        "Cutter.cut = lambda self, pages, *more: cut(self, [pages[0] + 1, *pages[1:]], *more)"
    )
    monkeypatch.setattr(process, "_BOOT", boot(harm, "split"))
    found = split(tmp_path, [part([1, 2], "one.pdf"), part([3, 4], "two.pdf")])

    assert [OtherWords(1), OtherWords(3)] == [one.failure().fault for one in found]
    assert [] == files(tmp_path)


def test_a_cutter_that_loses_a_page_is_caught(tmp_path, monkeypatch):
    """Pages are counted again in the written file."""
    harm = (
        "from casefold_adapters.pdf.worker.splitting import Cutter; cut = Cutter.cut; "
        "Cutter.cut = lambda self, pages, *more: cut(self, pages[1:], *more)"
    )
    monkeypatch.setattr(process, "_BOOT", boot(harm, "split"))
    [found] = split(tmp_path, [part([1, 2])])

    assert (1, 2) == (found.failure().fault.pages, found.failure().fault.pages_expected)
    assert [] == files(tmp_path)


def test_a_page_that_could_not_be_read_is_cut_unread(tmp_path):
    """Where no words are known none are compared."""
    [found] = split(tmp_path, [part([1, 2], expected=(None, None))])

    assert isinstance(found, Success)


def test_a_page_that_is_not_there_fails_its_part(tmp_path):
    """The other parts are cut."""
    found = split(tmp_path, [part([1, 10], "beyond.pdf"), part([1], "right.pdf")])

    assert [Failure(SplitFailed("beyond.pdf", NoSuchPage(10, 9))), "right.pdf"] == [found[0], found[1].unwrap().file]


def test_a_folder_that_is_not_there_fails_every_part(tmp_path):
    """The system's reason is given for each."""
    parts = [part([1], "one.pdf"), part([2], "two.pdf")]
    found = collected(PdfReader().split(saved(tmp_path, PLAIN), parts, tmp_path / "nowhere"))

    assert [SplitFailed("one.pdf", NotWritten("No such file or directory"))] * 1 == [found[0].failure()]
    assert "two.pdf" == found[1].failure().file


@pytest.mark.skipif(sys.platform == "win32", reason="the kernel keeps this limit")
def test_a_part_above_the_limit_is_not_written(tmp_path):
    """A part that would fill the disk fails, and leaves nothing behind."""
    [found] = split(tmp_path, [part([1])], limits=PdfLimits(output_bytes_max=500))

    assert SplitFailed("part.pdf", NotWritten("File too large")) == found.failure()
    assert [] == files(tmp_path)


def test_a_child_that_dies_costs_one_part(tmp_path, monkeypatch):
    """The parts after it are cut by a new child, and no unfinished file stays."""
    harm = (
        "from casefold_adapters.pdf.worker import splitting; verify = splitting._verify; "
        "splitting._verify = lambda path, part: "
        "os.kill(os.getpid(), 9) if part['file'] == 'two.pdf' else verify(path, part)"
    )
    monkeypatch.setattr(process, "_BOOT", boot(harm, "split"))
    found = split(tmp_path, [part([1], "one.pdf"), part([2], "two.pdf"), part([3], "three.pdf")])

    assert ["Success", "Failure", "Success"] == [type(one).__name__ for one in found]
    assert ["one.pdf", "three.pdf"] == files(tmp_path)


def test_nothing_older_stands_for_a_part_that_failed(tmp_path):
    """A name in the folder is a part that was verified in this run."""
    split(tmp_path, [part([1])])
    [found] = split(tmp_path, [part([1], expected=(digest_of_words(("other",)),))])

    assert isinstance(found, Failure)
    assert [] == files(tmp_path)


def test_a_source_that_cannot_be_cut_fails_all_parts_with_one_child(tmp_path, monkeypatch):
    """What one child found out about the source the next would find out again."""
    started = []
    start = Child.start

    async def counting(request, limits):
        started.append(request)
        return await start(request, limits)

    monkeypatch.setattr(Child, "start", counting)
    harm = (
        "yield next(work(request)); from casefold_adapters.pdf.worker.refusal import Refusal; raise Refusal('no_pages')"
    )
    monkeypatch.setattr(process, "_BOOT", boot(harm, "split"))
    found = split(tmp_path, [part([1], "one.pdf"), part([2], "two.pdf"), part([3], "three.pdf")])

    assert [NoPages()] * 3 == [one.failure().fault for one in found]
    assert 1 == len(started)


def test_a_locked_source_is_split_with_its_password(tmp_path):
    """Its parts are open."""
    with pikepdf.open(saved(tmp_path, PLAIN)) as whole:
        whole.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    content = (tmp_path / "locked.pdf").read_bytes()
    [locked] = split(tmp_path, [part([1])], content)
    [opened] = split(tmp_path, [part([1])], content, password="u")

    assert "PasswordNeeded" == type(locked.failure().fault).__name__
    assert isinstance(opened, Success)
    assert [("number1",)] == words_of(tmp_path / "parts/part.pdf")


def test_a_repaired_source_is_split(tmp_path):
    """What was read after repair is what is cut."""
    [found] = split(tmp_path, [part([8, 9])], PLAIN.replace(b"trailer", b"tailor "))

    assert isinstance(found, Success)
    assert [("number8",), ("number9",)] == words_of(tmp_path / "parts/part.pdf")


def test_a_source_that_only_pdfium_understands_is_split(tmp_path):
    """A real insurance form has a page where its tree of pages should be; pikepdf refuses it."""
    fonts = b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    sheet = b"<< /Type /Page /MediaBox [0 0 612 792] /Contents 3 0 R %s >>" % fonts
    content = written([b"<< /Type /Catalog /Pages 2 0 R >>", sheet, stream(text("number1", 72, 700))])
    [first] = split(tmp_path, [part([1])], content)
    [again] = split(tmp_path, [part([1])], content)

    assert isinstance(first, Success)
    assert first == again
    assert [("number1",)] == words_of(tmp_path / "parts/part.pdf")


@pytest.mark.parametrize("name", ["", ".", "..", "a/b.pdf", "/etc/passwd", "a\\b.pdf", "a\0b"])
def test_a_part_has_a_bare_name(name):
    """A name that leads out of the folder is a bug of the caller."""
    with pytest.raises(AssertionError):
        part([1], name)


def test_parts_of_one_name_are_a_bug(tmp_path):
    """One would take the other's place."""
    with pytest.raises(AssertionError):
        split(tmp_path, [part([1]), part([2])])
