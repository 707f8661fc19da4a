"""What is true of rules across documents, whatever documents there are."""

from collections.abc import Callable, Sequence

from attrs import evolve

from casefold.validation.facts import Stated
from casefold.validation.model import Cited, Ruling, Verdict

Check = Callable[[Sequence[Stated]], Sequence[Ruling]]
"""Asks the rules of a file."""


def what_is_not_stated_decides_nothing(check: Check, file: Sequence[Stated]) -> None:
    """Without one of the values that a ruling rests on, the rest of them decide nothing."""
    for ruling in check(file):
        for at, cited in enumerate(ruling.cited):
            rest = ruling.cited[:at] + ruling.cited[at + 1 :]
            for again in check([_without(stated, cited) for stated in file]):
                if (again.rule, again.cited) == (ruling.rule, rest):
                    assert again.verdict is Verdict.UNKNOWN


def _without(stated: Stated, cited: Cited) -> Stated:
    kept = (each for each in stated.fields if (each.document, each.box) != (cited.document, cited.box))
    return evolve(stated, fields=tuple(kept))


def other_documents_change_nothing(check: Check, file: Sequence[Stated], other: Stated) -> None:
    """A document that no rule is about is nothing to any of them."""
    assert tuple(check(file)) == tuple(check([*file, other]))


def the_order_of_documents_is_nothing(check: Check, file: Sequence[Stated]) -> None:
    """Rules are asked of a file, not of a stack of paper."""
    key = repr
    forward = [evolve(each, documents=tuple(sorted(each.documents))) for each in check(file)]
    backward = [evolve(each, documents=tuple(sorted(each.documents))) for each in check(list(reversed(file)))]
    assert sorted(forward, key=key) == sorted(backward, key=key)


def every_citation_is_there(check: Check, file: Sequence[Stated]) -> None:
    """What a ruling cites stands in the document that it names; one that decides is not unsure of anything."""
    there = {(each.document, each.page, each.box, each.raw, each.value) for stated in file for each in stated.fields}
    for ruling in check(file):
        assert {(each.document, each.page, each.box, each.raw, each.value) for each in ruling.cited} <= there
        if ruling.verdict is not Verdict.UNKNOWN:
            assert not ruling.missing
            assert not ruling.unsure
        assert bool(ruling.message) is (ruling.verdict is Verdict.FAILED)
