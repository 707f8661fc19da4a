"""Say of a page's label or a document whether it stands by itself, and whether a certificate stands behind that."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from casefold.pages.certificates import Level, Standing
from casefold.pages.labels import PageLabel, Reason, Status, Thresholds
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import TextOrigin

WEIGHED = frozenset({Reason.SURE, Reason.UNSURE, Reason.COPY})
"""The reasons of labels for which confidence decides; blank sheets, people and pages without words are no question."""


@frozen
class Standings:
    """Whether something is accepted, and what stands behind it; ``None`` where no threshold decided."""

    status: Status
    standing: Standing | None


def page_standing(label: PageLabel, origin: TextOrigin, thresholds: Thresholds) -> Standing | None:
    """Say what stands behind a label that its confidence made acceptable."""
    if label.status is not Status.ACCEPTED or label.reason not in WEIGHED:
        return None
    return thresholds.standing(label.label, origin)


def origin_of(pages: Sequence[StreamPage]) -> TextOrigin:
    """Say where the words of pages were read: a document counts as recognised as soon as one of its pages is."""
    return TextOrigin.OCR if any(page.origin is TextOrigin.OCR for page in pages) else TextOrigin.LAYER


def document_standing(
    document: Document, labels: Mapping[int, PageLabel], origin: TextOrigin, thresholds: Thresholds
) -> Standings:
    """Say whether just these pages are accepted as one document of this class.

    A document that a person had a hand in is accepted when its pages are; so are blank sheets.
    """
    mine = [labels[page] for page in document.pages]
    asked = {label.reason for label in mine if label.reason is not Reason.BLANK}
    if not asked or Reason.CORRECTED in asked:
        waits = any(label.status is Status.REVIEW for label in mine)
        return Standings(Status.REVIEW if waits else Status.ACCEPTED, None)
    if document.confidence_ppm < thresholds.confidence_min(document.label, origin, Level.DOCUMENT):
        return Standings(Status.REVIEW, None)
    if not asked <= WEIGHED:
        return Standings(Status.REVIEW, None)
    return Standings(Status.ACCEPTED, thresholds.standing(document.label, origin, Level.DOCUMENT))
