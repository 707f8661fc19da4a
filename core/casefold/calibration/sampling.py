"""The units of a labelled package: what the pipeline said, and whether that is right."""

from collections.abc import Iterator

from casefold.calibration.strata import Key, Unit
from casefold.calibration.walking import Judged
from casefold.documents.evaluation import BLANK, Package, is_right, true_documents
from casefold.pages.certificates import Level


def units(name: str, package: Package) -> Iterator[Unit]:
    """Give a unit for each page and document for which confidence decides.

    A document is right when it has exactly the pages and the class of a true one, blank sheets aside.
    """
    truth = {page.page: page.label for page in package.truth}
    for page in package.pages:
        if page.confidence_ppm is not None and page.page in truth:
            right = is_right(truth[page.page], page.label, package.classes)
            key = Key(Level.PAGE, page.label, page.origin)
            yield Unit(name, str(page.page), key, Judged(page.confidence_ppm, right))
    blank = {page for page, label in truth.items() if label == BLANK}
    pages, labels = true_documents(package.truth, blank)
    whole = {frozenset(mine): labels[document] for document, mine in pages.items()}
    for found in package.documents:
        if found.confidence_ppm is not None:
            label = whole.get(found.pages - blank)
            right = label is not None and is_right(label, found.label, package.classes)
            key = Key(Level.DOCUMENT, found.label, found.origin)
            yield Unit(name, found.id, key, Judged(found.confidence_ppm, right))
