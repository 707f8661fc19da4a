"""Which part of a page each instance of a class takes, where a document holds several: four W-2s on a sheet."""

from collections.abc import Sequence

from attrs import frozen

from casefold.fields.model import Box, Field
from casefold.pages.text import BOX_SCALE

WHOLE_PAGE: Box = (0, 0, BOX_SCALE, BOX_SCALE)


@frozen
class Region:
    """A part of a page.

    Attributes:
        page: The page.
        box: The smallest box around what the instance states there; the whole page where nothing else is known.
        group: The instance, from 1; ``None`` where the document is a single one.
    """

    page: int
    box: Box
    group: int | None = None


def regions(pages: Sequence[int], fields: Sequence[Field]) -> tuple[Region, ...]:
    """Give the regions of a document of these *pages*, of which *fields* were read.

    A page on which several instances state something has a region for each, in order; any other is one region.
    """
    several = len({field.group for field in fields}) > 1
    found: list[Region] = []
    for page in pages:
        here = [field for field in fields if field.page == page]
        groups = sorted({field.group for field in here}) if several else []
        if len(groups) > 1:
            found += [
                Region(page, _around([each.box for each in here if each.group == group]), group) for group in groups
            ]
        else:
            found.append(Region(page, WHOLE_PAGE, groups[0] if groups else None))
    return tuple(found)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
