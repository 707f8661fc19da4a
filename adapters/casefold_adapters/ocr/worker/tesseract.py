"""Recognise pages with Tesseract."""

from importlib import import_module
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from casefold_adapters.ocr.frames import CLOSE, TOP
from casefold_adapters.ocr.worker import closer
from casefold_adapters.ocr.worker.answers import Read, answer
from casefold_adapters.ocr.worker.lines import in_lines
from casefold_adapters.ocr.worker.straight import QUARTERS, Place, blank, lean, specked, straightened, turned

tesserocr: Any = import_module("tesserocr")
"""Its own stubs take bytes for text."""

TOP_SHARE = 3
"""The top third names most pages."""

BLUR = 0.7
"""Pixels of blur that take the grain from a scan; measured."""

CONFIDENCE_MIN = 20
"""Words of less are specks and rules."""

UPRIGHT_MIN, UPRIGHT_LETTERS = 65, 80
"""A page of less mean confidence, or with fewer letters, may stand on its side or its head."""

LETTERS_SURE = 60
"""Words of this confidence are right more often than not."""

ORIENTATION_MIN = 2.0
"""Tesseract's guesses at the orientation are right from here on; measured."""

LETTERS_FACTOR, LETTERS_MIN = 2, 20
"""A page is turned on trial if that shows so many more letters: noise is read as letters too."""

SPARSE, ORIENTATION_ONLY = 11, 0
"""Tesseract's page segmentation modes: words wherever they stand; which way is up and nothing else."""

OTSU, SAUVOLA = "0", "2"
"""How Tesseract tells ink from paper: by one bound for all of the picture, or by what is around each pixel."""

_WORD_LEVEL = "5"


class Tesseract:
    """An engine that is loaded once."""

    def __init__(self, data: str, language: str) -> None:
        """Load the *language*, or several joined by ``+``, from the folder *data*."""
        self._engine = tesserocr.PyTessBaseAPI(path=data, lang=language, psm=SPARSE)
        installed = set(tesserocr.get_languages(data)[1])
        self._orientation = (
            tesserocr.PyTessBaseAPI(path=data, lang="osd", psm=ORIENTATION_ONLY) if "osd" in installed else None
        )

    def recognise(self, gray: bytes, width: int, height: int, effort: int) -> dict[str, Any]:
        """Give the words of a page in gray, their boxes on it and how sure each is."""
        page = Image.frombuffer("L", (width, height), gray, "raw", "L", 0, 1)
        if effort == TOP:
            words = self._words(page.crop((0, 0, width, max(1, height // TOP_SHARE))))
            return answer(words, Place(width, height, 0, 0.0), (width, height))
        bare = blank(np.asarray(page))
        if effort == CLOSE and not bare:
            part, corner, times = closer.enlarged(page)
        else:
            part, corner, times = page, (0, 0), 1.0
        words, image, place = self._straight(part, 0)
        if bare and not words:
            return answer(words, place, (width, height), blank=True)
        if (sureness(words) < UPRIGHT_MIN or letters(words) < UPRIGHT_LETTERS) and (quarter := self._quarter(part)):
            other, other_image, other_place = self._straight(part, quarter)
            if letters(other) > letters(words):
                words, image, place = other, other_image, other_place
        if effort == CLOSE:
            even = closer.evened(image)
            words = closer.joined([words, self._words(even), self._words(even, SAUVOLA)])
            ordered = in_lines([(word[1], word) for word in words])
            return answer(ordered, closer.Cut(place, corner, times), (width, height))
        return answer(words, place, (width, height))

    def _straight(self, page: Image.Image, quarter: int) -> tuple[list[Read], Image.Image, Place]:
        upright = turned(page, quarter)
        if specked(np.asarray(upright)):
            upright = upright.filter(ImageFilter.MedianFilter(3))
        degrees = lean(np.asarray(upright))
        image = straightened(upright, degrees).filter(ImageFilter.GaussianBlur(BLUR))
        return self._words(image), image, Place(page.width, page.height, quarter, degrees)

    def _words(self, image: Image.Image, ink: str = OTSU) -> list[Read]:
        self._engine.SetVariable("thresholding_method", ink)
        self._engine.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
        found: list[tuple[tuple[float, float, float, float], Read]] = []
        for line in self._engine.GetTSVText(0).splitlines():
            cells = line.split("\t")
            if cells[0] != _WORD_LEVEL or len(cells) < 12:
                continue
            left, top, wide, high = map(float, cells[6:10])
            box, sure = (left, top, left + wide, top + high), float(cells[10])
            if sure >= CONFIDENCE_MIN:
                found.extend((box, (word, box, sure)) for word in cells[11].split())
        self._engine.Clear()
        return in_lines(found)

    def _quarter(self, page: Image.Image) -> int:
        """Give the degrees clockwise by which a page should be turned to stand upright."""
        told = self._told(page)
        return self._tried(page) if told is None else told

    def _told(self, page: Image.Image) -> int | None:
        """Ask Tesseract for the turn; nothing where it cannot tell."""
        if self._orientation is None:
            return None
        self._orientation.SetImageBytes(page.tobytes(), page.width, page.height, 1, page.width)
        told = self._orientation.DetectOrientationScript()
        self._orientation.Clear()
        if not told or told["orient_conf"] < ORIENTATION_MIN:
            return None
        return (360 - int(told["orient_deg"])) % 360

    def _tried(self, page: Image.Image) -> int:
        """Give the turn at which a smaller picture of a page shows most letters, if it is many more than as it lies."""
        small = page.resize((max(1, page.width * 2 // 3), max(1, page.height * 2 // 3)))
        found = {quarter: letters(self._words(turned(small, quarter))) for quarter in (0, *QUARTERS)}
        best = max(found, key=lambda quarter: (found[quarter], -quarter))
        return best if found[best] > LETTERS_FACTOR * found[0] + LETTERS_MIN else 0


def sureness(words: list[Read]) -> float:
    """Give the mean confidence of words, long ones counting more."""
    marks = sum(len(word) for word, _, _ in words)
    return sum(sure * len(word) for word, _, sure in words) / marks if marks else 0.0


def letters(words: list[Read]) -> int:
    """Count the letters of words that are sure."""
    return sum(len(word) for word, _, sure in words if sure >= LETTERS_SURE)
