"""Recognise pages with rapidocr, whose models come with its package."""

import logging
from typing import Any

import numpy as np
from PIL import Image
from rapidocr import RapidOCR

from casefold_adapters.ocr.worker.answers import Read, answer
from casefold_adapters.ocr.worker.lines import in_lines
from casefold_adapters.ocr.worker.straight import Place, blank, lean, straightened


class Rapid:
    """An engine that is loaded once."""

    def __init__(self) -> None:
        """Load the models, for one thread."""
        logging.disable()
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def recognise(self, gray: bytes, width: int, height: int, _effort: int) -> dict[str, Any]:
        """Give the words of a page in gray, their boxes on it and how sure each is."""
        page = Image.frombuffer("L", (width, height), gray, "raw", "L", 0, 1)
        pixels = np.asarray(page)
        degrees = lean(pixels)
        image = np.asarray(straightened(page, degrees).convert("RGB"))
        found: list[tuple[tuple[float, float, float, float], Read]] = []
        told: Any = self._engine(image)
        for corners, text, sure in zip(*_lines(told), strict=True):
            found += _words(corners, text, 100 * float(sure))
        return answer(in_lines(found), Place(width, height, 0, degrees), (width, height), blank=blank(pixels))


def _lines(told: Any) -> tuple[Any, Any, Any]:
    return ((), (), ()) if told.boxes is None else (told.boxes, told.txts, told.scores)


def _words(corners: Any, text: str, sure: float) -> list[tuple[tuple[float, float, float, float], Read]]:
    """Cut a line into its words, each with its share of the line's box by letters."""
    left, top = (float(side) for side in np.min(corners, axis=0))
    right, bottom = (float(side) for side in np.max(corners, axis=0))
    mark = (right - left) / max(1, len(text))
    words: list[tuple[tuple[float, float, float, float], Read]] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        box = (left + at * mark, top, left + (at + len(word)) * mark, bottom)
        words.append((box, (word, box, sure)))
        at += len(word)
    return words
