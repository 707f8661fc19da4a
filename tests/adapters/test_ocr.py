"""Pages are recognised within bounds, once, whoever does it in whatever order, and a page that kills costs itself."""

import asyncio
import os
import signal

import pytest
from PIL import Image, ImageChops
from tests.adapters.ocr_data import installed
from tests.adapters.pictures import STUB, W2, kept, sheet, tiff

from casefold.kernel.canonical import digest_of_bytes
from casefold.pages.recognition import Attempt, Effort, RecognisedWords
from casefold.pages.text import PageUnreadable, UnreadableKind
from casefold_adapters.ocr import pool
from casefold_adapters.ocr.cache import Cache, default_folder
from casefold_adapters.ocr.engines import LanguageMissing, tesseract
from casefold_adapters.ocr.pool import Workers, words_of
from casefold_adapters.ocr.recogniser import Recogniser
from casefold_adapters.pdf.values import PageRaster

WORDS = {"Wage", "Statement", "compensation", "other"}


def raster(image, page=1) -> PageRaster:
    return PageRaster(page, image.width, image.height, image.convert("L").tobytes())


def recognise(image, effort=Effort.FULL) -> RecognisedWords:
    async def one():
        async with Workers(installed(), 1) as workers:
            return await workers.recognise(raster(image), effort)

    found = asyncio.run(one())
    assert isinstance(found, RecognisedWords), found
    return found


def box_of(found, word):
    at = found.words.index(word)
    return found.boxes[4 * at : 4 * at + 4]


def test_words_come_line_by_line_with_their_places():
    """The words of a page in the order of reading, each where it stands, and how sure it is."""
    found = recognise(sheet())

    assert set(found.words) >= WORDS
    assert found.words.index("Wage") < found.words.index("Wages,")
    left, top, right, bottom = box_of(found, "Wage")
    assert 1_500 < left < right < 4_500
    assert 650 < top < bottom < 1_100
    assert min(found.confidences) >= 0
    assert sum(found.confidences) / len(found.confidences) > 80


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lies_is_read_upright(turned):
    """A page on its side or its head: the words are read, and their places are those on the page as it lies."""
    lines = "\n".join([W2, STUB] * 4)
    straight, lying = recognise(sheet(lines)), recognise(sheet(lines).rotate(turned, expand=True))

    assert turned == lying.turned
    assert set(lying.words) >= WORDS
    left, top, right, bottom = box_of(straight, "Statement")
    places = {
        90: (top, 10_000 - right, bottom, 10_000 - left),
        180: (10_000 - right, 10_000 - bottom, 10_000 - left, 10_000 - top),
        270: (10_000 - bottom, left, 10_000 - top, right),
    }
    assert all(abs(one - two) < 150 for one, two in zip(places[turned], box_of(lying, "Statement"), strict=True))


@pytest.mark.parametrize("degrees", [-3, 2])
def test_a_page_drawn_in_askew_is_set_straight(degrees):
    """Its words are read, and stand where they stand on the page askew."""
    lines = "\n".join([W2, STUB] * 4)
    found = recognise(sheet(lines).rotate(degrees, fillcolor=255))

    assert set(found.words) >= WORDS
    assert 0 == found.turned


def test_the_top_alone_is_cheaper_and_less():
    """With little effort only what stands in the upper third is read."""
    lines = "\n".join([W2, *["filler"] * 11, STUB])
    found = recognise(sheet(lines), Effort.TOP)

    assert set(found.words) >= WORDS
    assert "overtime" not in found.words
    assert max(found.boxes[3::4]) <= 3_400


def card(shown, share, corner):
    """A sheet with a picture made small on it, on a coloured ground with shadows."""
    small = shown.resize((round(shown.width * share), round(shown.height * share)), Image.Resampling.LANCZOS)
    ground = Image.linear_gradient("L").rotate(90).resize(small.size).point(lambda value: 90 + value // 3)
    page = Image.new("L", shown.size, 255)
    page.paste(ImageChops.multiply(small.convert("L"), ground), corner)
    return page


def test_a_small_card_on_a_dark_ground_is_read_when_looked_at_closer():
    """What is too small and too dark to be read is enlarged and evened, and its places are those on the page."""
    whole = sheet("\n".join([W2, STUB] * 4))
    page = card(whole, 0.4, (200, 150))
    far, close = recognise(page), recognise(page, Effort.CLOSE)

    assert not set(far.words) >= WORDS
    assert set(close.words) >= WORDS
    left, top, right, bottom = box_of(recognise(whole), "Statement")
    across, down = 200 / 850 * 10_000, 150 / 1100 * 10_000
    expected = (across + 0.4 * left, down + 0.4 * top, across + 0.4 * right, down + 0.4 * bottom)
    assert all(abs(one - two) < 50 for one, two in zip(expected, box_of(close, "Statement"), strict=True))


@pytest.mark.parametrize("turned", [0, 180])
def test_a_whole_page_is_not_read_worse_when_looked_at_closer(turned):
    """A page that fills its sheet keeps its words, and lies as it lies."""
    page = sheet("\n".join([W2, STUB] * 4)).rotate(turned)

    assert set(recognise(page).words) == set(recognise(page, Effort.CLOSE).words)
    assert turned == recognise(page, Effort.CLOSE).turned


def test_a_blank_sheet_is_blank_and_a_photograph_is_not():
    """Paper with specks shows nothing; a dark picture without words shows something."""
    assert recognise(sheet("")).blank
    assert not recognise(sheet().point(lambda value: 255 - value // 2)).blank


def test_the_order_of_workers_never_matters(tmp_path):
    """One worker or three, warm or cold: the same words for every page, in the order of pages."""
    path = kept(tmp_path, "six.tif", tiff(*[sheet(words) for words in (W2, STUB, W2, STUB, "", W2)]))
    attempt = Attempt(Effort.FULL, installed().engine)

    async def run(workers, cache):
        async with Recogniser([installed()], workers, cache) as recogniser:
            digest = digest_of_bytes(path.read_bytes())
            return [found async for found in recogniser.recognise(path, digest, [1, 2, 3, 4, 5, 6], attempt)]

    cold = asyncio.run(run(3, Cache(tmp_path / "cache")))
    warm = asyncio.run(run(1, Cache(tmp_path / "cache")))
    alone = asyncio.run(run(1, None))

    assert [1, 2, 3, 4, 5, 6] == [found.page for found in cold]
    assert [found.words for found in cold] == [found.words for found in warm] == [found.words for found in alone]
    assert all(found.known for found in warm)
    assert not any(found.known for found in alone)


def test_what_is_kept_wrongly_is_done_again(tmp_path):
    """An entry that was changed, cut off or filled with nonsense is as good as none, and is mended."""
    path = kept(tmp_path, "one.tif", tiff(sheet()))
    attempt = Attempt(Effort.FULL, installed().engine)
    folder = tmp_path / "cache"

    async def run():
        async with Recogniser([installed()], 1, Cache(folder)) as recogniser:
            [found] = [one async for one in recogniser.recognise(path, "sha256:0", [1], attempt)]
            return found

    expected = asyncio.run(run()).words
    for harm in (lambda content: content[:-3], lambda content: content.replace(b"1", b"2"), lambda _: b"\0" * 99):
        for entry in [entry for entry in folder.rglob("*") if entry.is_file()]:
            entry.write_bytes(harm(entry.read_bytes()))
        again = asyncio.run(run())
        assert (expected, False) == (again.words, again.known)
        assert asyncio.run(run()).known


def test_a_killed_worker_is_replaced(monkeypatch):
    """`kill -9` of a worker at its work: another one does it, and the words are the same."""
    expected = recognise(sheet())

    async def run():
        async with Workers(installed(), 1) as workers:
            await workers.recognise(raster(sheet()), Effort.TOP)
            [child] = workers._idle
            work = asyncio.create_task(workers.recognise(raster(sheet()), Effort.FULL))
            await asyncio.sleep(0)
            os.kill(child._process.pid, signal.SIGKILL)
            return await work

    assert expected == asyncio.run(run())


def test_a_page_that_kills_every_worker_is_lost_alone(monkeypatch):
    """After a few workers the page is given up with its reason; the next page is recognised."""
    starts = []

    async def deadly(self, raster, effort):
        if raster.page == 2:
            starts.append(1)
            child = await self._start()
            os.kill(child._process.pid, signal.SIGKILL)
            answer = await child.frame(60, 60)
            await child.end()
            return answer
        return await usual(self, raster, effort)

    usual = Workers._try
    monkeypatch.setattr(Workers, "_try", deadly)

    async def run():
        async with Workers(installed(), 1) as workers:
            return [await workers.recognise(raster(sheet(), page), Effort.FULL) for page in (1, 2, 3)]

    one, two, three = asyncio.run(run())
    assert isinstance(two, PageUnreadable)
    assert (2, UnreadableKind.CRASHED) == (two.page, two.kind)
    assert pool.TRIES_MAX == len(starts)
    assert one == three


def test_a_language_that_is_not_here_is_named():
    """Which language, and where its data were looked for."""
    installed()
    missing = tesseract("eng+xyz")

    assert isinstance(missing, LanguageMissing)
    assert "eng+xyz" == missing.language


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"words": ["a b"], "boxes": [0, 0, 1, 1], "confidences": [1], "turned": 0},
        {"words": ["a"], "boxes": [0, 0, 1, 10_001], "confidences": [1], "turned": 0},
        {"words": ["a"], "boxes": [0, 0, 1], "confidences": [1], "turned": 0},
        {"words": ["a"], "boxes": [0, 0, 1, 1], "confidences": [101], "turned": 0},
        {"words": ["a"], "boxes": [0, 0, 1, 1], "confidences": [1], "turned": 45},
    ],
)
def test_what_a_worker_says_is_checked(value):
    """Words with blanks, boxes beyond the page and the like are no answer."""
    assert words_of(value) is None


def test_the_cache_is_where_it_is_named(monkeypatch, tmp_path):
    """By casefold's own variable, by the desktop's, else in the user's caches."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("CASEFOLD_CACHE", raising=False)
    assert tmp_path / "casefold" == default_folder()

    monkeypatch.setenv("CASEFOLD_CACHE", str(tmp_path / "mine"))
    assert tmp_path / "mine" == default_folder()
