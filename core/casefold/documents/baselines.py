"""What a package would be by rules of thumb: what assembly must beat.

Each takes the labels that pages have by themselves, so that only the cutting differs.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.pages import scores
from casefold.pages.scores import Page
from casefold.pages.signals import Compiled
from casefold.pages.stream import StreamPage, weigh
from casefold.taxonomy.model import UNKNOWN, Cue, Detector

LABEL_MIN = scores.OPEN_CLASS - scores.OPEN_UNKNOWN
"""What must speak for a class, in decibans, for a page to bear its label by itself."""

START = -3
"""Decibans for a document to begin at a page, whatever its class: one page in three."""


@frozen
class Cut:
    """A document by a rule of thumb: its label, and its pages' numbers in the package."""

    label: str
    pages: tuple[int, ...]


Baseline: TypeAlias = Callable[[Compiled, Sequence[StreamPage]], tuple[Cut, ...]]


def page_label(page: Page) -> str:
    """The class that speaks loudest on a page, looked at alone."""
    best = max(page.scores, key=lambda label: (page.scores[label].worth, label), default=UNKNOWN)
    return best if best != UNKNOWN and page.scores[best].worth > LABEL_MIN else UNKNOWN


def every_page(compiled: Compiled, pages: Sequence[StreamPage]) -> tuple[Cut, ...]:
    """Every page is a document."""
    return _cut(compiled, pages, lambda _before, _page: True)


def never_split(compiled: Compiled, pages: Sequence[StreamPage]) -> tuple[Cut, ...]:
    """A file is a document, of the class that most of its pages have."""
    return _cut(compiled, pages, lambda _before, _page: False)


def class_change(compiled: Compiled, pages: Sequence[StreamPage]) -> tuple[Cut, ...]:
    """A document begins where the label changes."""
    return _cut(compiled, pages, lambda before, page: page_label(before) != page_label(page))


def global_prior(compiled: Compiled, pages: Sequence[StreamPage]) -> tuple[Cut, ...]:
    """A document begins where the label changes, or where first-page cues and printed numbers outweigh one prior."""

    def begins(before: Page, page: Page) -> bool:
        label = page_label(page)
        if page_label(before) != label:
            return True
        cues = page.scores[label].cues if label in page.scores else frozenset[Cue]()
        shown = scores.CUE * ((Cue.FIRST in cues) - (Cue.CONTINUATION in cues))
        return START + shown + scores.printed(page).opens - scores.joint(before, page).worth > 0

    return _cut(compiled, pages, begins)


BASELINES: Mapping[str, Baseline] = MappingProxyType({
    "every-page": every_page,
    "never-split": never_split,
    "class-change": class_change,
    "global-prior": global_prior,
})  # fmt: skip
"""The rules of thumb by name, in the order in which tables show them."""


def _cut(compiled: Compiled, pages: Sequence[StreamPage], begins: Callable[[Page, Page], bool]) -> tuple[Cut, ...]:
    """Cut each file where *begins* says so; blank sheets are left out, and a document has its commonest label."""
    documents: list[list[tuple[int, Page]]] = []
    reported = {kind.id: UNKNOWN for kind in compiled.taxonomy.outside}
    reported |= {each.id: each.revision_of for each in compiled.taxonomy.classes if each.revision_of is not None}
    source: int | None = None
    for page in pages:
        if page.signals is not None and Detector.BLANK in page.signals.facts.detected:
            continue
        weighed = weigh(compiled, page)
        if page.source != source or begins(documents[-1][-1][1], weighed):
            documents.append([])
        documents[-1].append((page.page, weighed))
        source = page.source
    return tuple(
        Cut(_commonest([page for _, page in document], reported), tuple(number for number, _ in document))
        for document in documents
    )


def _commonest(pages: Sequence[Page], reported: Mapping[str, str]) -> str:
    labels = [reported.get(label, label) for label in map(page_label, pages)]
    return max(dict.fromkeys(labels), key=labels.count)
