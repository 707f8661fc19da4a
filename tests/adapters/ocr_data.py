"""Whether Tesseract can run here: its data come by apt, not with its wheel."""

import os

import pytest

from casefold_adapters.ocr.engines import Installed, tesseract
from casefold_adapters.ocr.pool import Workers

FOUND = tesseract()


def installed() -> Installed:
    """Give Tesseract; without its data the test is skipped here, and fails where all must run."""
    if not isinstance(FOUND, Installed):
        if os.environ.get("CI"):
            pytest.fail(f"CI recognises pages, and Tesseract is not here: {FOUND}")
        pytest.skip(f"Tesseract is not here: {FOUND}")
    return FOUND


def workers(count: int = 1) -> Workers:
    """Give workers that run Tesseract."""
    return Workers(installed(), count)
