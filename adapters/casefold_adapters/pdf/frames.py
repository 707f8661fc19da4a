"""The bytes between parent and child: one kind byte, one length, one payload.

Both sides import this file, so it imports nothing but the standard library. Numbers are in the machine's own byte
order: both ends are the same machine.
"""

import json
from struct import Struct

HEADER = Struct("=cI")
"""The kind and the payload's length in bytes."""

REQUEST = b"q"
"""Parent to child, once: what to do, as JSON."""

REFUSED = b"r"
"""The file was refused; JSON. Nothing follows."""

OPENED = b"o"
"""The file is open; JSON facts. Items follow, one frame each, in the order they were asked for."""

PAGE = b"p"
"""A page's words; `PAGE_HEAD`, then the boxes as four unsigned shorts a word, then the words as UTF-8 lines."""

PAGE_HEAD = Struct("=7I")
"""Page, width and height in millipoints, rotation, objects, image parts per million, how many words."""

IMAGE = b"i"
"""A rendered page; `IMAGE_HEAD`, then WebP bytes."""

IMAGE_HEAD = Struct("=3I")
"""Page, width, height."""

RASTER = b"g"
"""A page in gray; `IMAGE_HEAD`, then a byte a pixel, row by row."""

UNREADABLE = b"u"
"""A page that could not be read; JSON."""

VALUES = b"v"
"""The form values of one page; JSON."""

BOOKMARKS = b"b"
"""Pairs of title and page; JSON."""

PART = b"s"
"""A part of a split that stands in its folder; JSON."""

PART_FAILED = b"f"
"""A part of a split that does not; JSON like that of a refusal."""

DONE = b"d"
"""Nothing follows."""

EXHAUSTED = b"x"
"""The child ran out of memory and could still say so. Nothing follows."""


def packed(kind: bytes, *payload: bytes) -> bytes:
    """Join *payload* into one frame of *kind*.

    >>> packed(DONE).hex()
    '6400000000'
    """
    body = b"".join(payload)
    return HEADER.pack(kind, len(body)) + body


def packed_json(kind: bytes, value: object) -> bytes:
    """Write *value* as JSON into one frame of *kind*."""
    return packed(kind, json.dumps(value).encode())
