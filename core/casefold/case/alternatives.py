"""What else a page could be: the labels that a person is offered, the likeliest first."""

from collections.abc import Iterator

from attrs import frozen

from casefold.case.record import Artifacts
from casefold.case.state import Case
from casefold.pages.scores import page_scores
from casefold.taxonomy.model import UNKNOWN


@frozen
class Candidate:
    """A label that a page could have.

    Attributes:
        label: A class of the taxonomy, or `UNKNOWN`.
        worth: Decibans that the page itself gives for it; ``None`` where it shows nothing of it.
        runner_up: Whether assembly would give it otherwise.
        neighbour: The nearest page on either side that carries it; ``None`` where neither does.
    """

    label: str
    worth: int | None
    runner_up: bool = False
    neighbour: int | None = None


def candidates(artifacts: Artifacts, case: Case, page: int) -> tuple[Candidate, ...]:
    """Give the labels that *page* could have but for the one that it has.

    First what assembly would give it otherwise, then what the page shows, then what its neighbours are, then `UNKNOWN`.
    """
    assert case.outcome is not None, "pages are labelled before they are reviewed"
    mine = case.outcome.labels[page - 1]
    worths = _worths(artifacts, case, page)
    near = {
        case.outcome.labels[at - 1].label: at
        for at in (page + 1, page - 1)
        if 1 <= at <= len(case.pages) and case.pages[at - 1].source == case.pages[page - 1].source
    }
    wanted = dict.fromkeys(_ranked(mine.runner_up, worths, near))
    known = {UNKNOWN, *(each.id for each in artifacts.compiled.taxonomy.classes)}
    return tuple(
        Candidate(label, worths.get(label), label == mine.runner_up, near.get(label))
        for label in wanted
        if label != mine.label and label in known
    )


def _ranked(runner_up: str | None, worths: dict[str, int], near: dict[str, int]) -> Iterator[str]:
    if runner_up is not None:
        yield runner_up
    shown = sorted(worths, key=lambda label: (-worths[label], label))
    yield from (label for label in shown if worths[label] > 0)
    yield from reversed(near)
    yield from (label for label in shown if worths[label] <= 0)
    yield UNKNOWN


def _worths(artifacts: Artifacts, case: Case, page: int) -> dict[str, int]:
    """Give what the page itself is worth to each label that it can be reported under."""
    compiled, read = artifacts.compiled, case.pages[page - 1]
    reported = {each.id: each.revision_of or each.id for each in compiled.taxonomy.classes}
    worths: dict[str, int] = {}
    for label, score in page_scores(compiled, read.signals, read.opinions).items():
        told = reported.get(label, UNKNOWN)
        worths[told] = max(score.worth, worths.get(told, score.worth))
    return worths
