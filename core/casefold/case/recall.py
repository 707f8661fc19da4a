"""What a case recalls of pages that people reviewed, and what of it others may recall."""

from collections.abc import Iterable, Mapping

from casefold.case.events import PagesRecalled
from casefold.case.state import Case
from casefold.memory.recalling import PageMatches, Remembered, opinion_of
from casefold.pages.opinions import PageOpinions


def recalled(matches: Iterable[PageMatches]) -> PagesRecalled:
    """Weigh what was recalled."""
    found = tuple(each for each in matches if each.matches)
    weighed = ((each.page, opinion_of(each.matches)) for each in found)
    opinions = tuple(PageOpinions(page, (opinion,)) for page, opinion in weighed if opinion is not None)
    return PagesRecalled(found, opinions)


def reviewed(case: Case, sketches: Mapping[int, int | None]) -> tuple[Remembered, ...]:
    """Give what is to be remembered of a case: the pages that people labelled, and no others."""
    assert case.opened is not None, "an opened case is reviewed"
    return tuple(
        Remembered(case.opened.name, page, correction.label, correction.by, sketch)
        for page, correction in sorted(case.corrections.items())
        if (sketch := sketches.get(page)) is not None
    )
