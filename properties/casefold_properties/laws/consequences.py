"""Laws of corrections: nothing of another document changes untold, and what is taken back is as if never said."""

from collections.abc import Sequence

from attrs import evolve

from casefold.case.consequences import Consequences, DocumentChange, SeenDocument
from casefold.case.state import Case
from casefold.pages.labels import Reason


def every_difference_is_told(
    before: Sequence[SeenDocument], after: Sequence[SeenDocument], page: int, found: Consequences
) -> None:
    """What is told turns the documents of before into those of now; so with nothing told, nothing differs.

    What has nothing to do with the page that was spoken of is told as such.
    """
    numbers = dict(found.renumbered)
    gone = {change.before for change in found.documents if change.before is not None}
    assert gone <= {*before}
    kept = [document for document in before if document not in gone]
    assert numbers.keys() <= {document.id for document in kept}
    patched = {evolve(document, id=numbers.get(document.id, document.id)) for document in kept}
    patched |= {change.after for change in found.documents if change.after is not None}
    assert patched == {*after}
    assert len(patched) == len(kept) + sum(change.after is not None for change in found.documents)
    for change in found.documents:
        assert _differs(change)
        assert change.own == any(page in each.numbers for each in (change.before, change.after) if each is not None)
    assert {*found.elsewhere} == {change for change in found.documents if not change.own}
    if not found.documents and not found.renumbered:
        assert tuple(before) == tuple(after)


def _differs(change: DocumentChange) -> bool:
    """Whether there is anything to tell of a document beyond its number."""
    if change.before is None or change.after is None:
        return change.before is not change.after
    return evolve(change.before, id="") != evolve(change.after, id="")


def boundaries_hold(case: Case) -> None:
    """Where a person said that a document begins, one does; where one goes on, it does, unless labels say otherwise.

    A document cannot go on from blank sheets alone.
    """
    assert case.outcome is not None, "an assembled case"
    labels = case.outcome.labels
    firsts = {min(document.pages) for document in case.outcome.documents}
    for page, said in case.boundaries.items():
        if said.begins:
            holder = next(document for document in case.outcome.documents if page in document.pages)
            at = holder.pages.index(page)
            assert at == 0 or holder.pages[at - 1] > page or page in firsts
        elif not case.corrections:
            before = (one.page for one in case.pages[: page - 1] if one.source == case.pages[page - 1].source)
            assert page not in firsts or all(labels[one - 1].reason is Reason.BLANK for one in before)


def taking_back_is_as_if_never_said(before: Case, after: Case) -> None:
    """A case of which all was taken back that was said has the outcome that it had."""
    assert not after.said and not after.corrections and not after.boundaries
    assert before.outcome == after.outcome
