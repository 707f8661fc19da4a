"""How much of a page its images cover."""

from collections.abc import Iterator
from itertools import islice

from casefold_adapters.pdf.worker import native
from casefold_adapters.pdf.worker.native import Box, Handle, Matrix

OBJECTS_MAX = 2_000
"""A page drawn with more objects is no scan; looking at them all is slow."""

DEPTH_MAX = 3
"""Scanners wrap the image once or twice."""

WHOLE_PPM = 1_000_000

_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def image_ppm(page: Handle, crop: Box) -> int:
    """Give the share of the displayed page under images, in parts per million.

    Areas are added, so images on top of each other count twice; the sum ends at the whole page.
    """
    left, bottom, right, top = crop
    whole = (right - left) * (top - bottom)
    covered = 0.0
    for box in islice(_images(native.objects_of(page), _UNMOVED, DEPTH_MAX), OBJECTS_MAX):
        if box is None:
            continue
        wide = min(box[2], right) - max(box[0], left)
        high = min(box[3], top) - max(box[1], bottom)
        covered += max(0.0, wide) * max(0.0, high)
    share = covered / whole if whole > 0 else 0.0
    return int(min(1.0, share) * WHOLE_PPM) if share > 0 else 0


def _images(things: Iterator[Handle], moved: Matrix, depth: int) -> Iterator[Box | None]:
    """Give each object's box in the page's coordinates, or nothing if it is no image."""
    for thing in things:
        box = native.bounds(thing) if native.is_image(thing) else None
        yield box and _moved_box(box, moved)
        if depth and native.is_group(thing):
            yield from _images(native.objects_inside(thing), _then(native.matrix(thing), moved), depth - 1)


def _then(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved_box(box: Box, moved: Matrix) -> Box:
    a, b, c, d, e, f = moved
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)
