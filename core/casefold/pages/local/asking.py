"""Ask the local model about a page, unless rules alone put one label so far ahead that it could not tip the page.

How far is part of the model's calibration, so that a case is read again as it was read first. A model without such a
bound is asked about every page.
"""

from casefold.pages.local.model import LocalModel, opinions
from casefold.pages.opinions import Opinion
from casefold.pages.scores import page_scores
from casefold.pages.signals import Compiled, Signals
from casefold.pages.text import PageText


def lead(compiled: Compiled, signals: Signals) -> int:
    """Give the decibans by which rules alone put one label of a page before all others.

    A label that the page shows nothing of is worth nothing; `UNKNOWN` is always one of them.
    """
    worths = sorted([0, 0, *(score.worth for score in page_scores(compiled, signals).values())])
    return worths[-1] - worths[-2]


def said_of(compiled: Compiled, model: LocalModel | None, page: PageText, signals: Signals) -> tuple[Opinion, ...]:
    """Say what *model* says of a page that shows *signals*; nothing where it is not asked."""
    if model is None:
        return ()
    most = model.calibration.lead_max
    return opinions(model, page) if most is None or lead(compiled, signals) <= most else ()
