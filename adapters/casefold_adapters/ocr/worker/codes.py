"""Read the barcodes of a page with zxing-cpp."""

from importlib import import_module
from typing import Any

import numpy as np

from casefold_adapters.ocr.worker.answers import SCALE

CODES_MAX = 16
"""A page with more shows a pattern."""

TEXT_MAX = 4_000
"""No standard's barcode says more."""


def codes(gray: bytes, width: int, height: int) -> dict[str, Any]:
    """Give what the barcodes of a page in gray say and where they stand, from the top."""
    zxing: Any = import_module("zxingcpp")
    pixels = np.frombuffer(gray, dtype=np.uint8).reshape(height, width)
    found = [each for each in zxing.read_barcodes(pixels, text_mode=zxing.TextMode.Plain) if each.valid and each.text]
    rows = [[_box(each.position, width, height), each.format.name, each.text[:TEXT_MAX]] for each in found[:CODES_MAX]]
    return {"barcodes": sorted(rows, key=lambda row: (row[0][1], row[0][0], row[1], row[2]))}


def _box(position: Any, width: int, height: int) -> list[int]:
    corners = [position.top_left, position.top_right, position.bottom_right, position.bottom_left]
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    sides = (min(across) / width, min(down) / height, max(across) / width, max(down) / height)
    return [min(SCALE, max(0, round(SCALE * side))) for side in sides]
