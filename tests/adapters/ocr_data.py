"""Whether Tesseract can run here: its data come by apt, not with its wheel."""

from tests.adapters.model_servers import unavailable

from casefold_adapters.ocr.engines import Installed, tesseract
from casefold_adapters.ocr.pool import Workers

FOUND = tesseract()


def installed() -> Installed:
    """Give Tesseract; without its data the test is skipped here, and fails where all must run."""
    if not isinstance(FOUND, Installed):
        unavailable(f"Tesseract is not here: {FOUND}")
    return FOUND


def workers(count: int = 1) -> Workers:
    """Give workers that run Tesseract."""
    return Workers(installed(), count)
