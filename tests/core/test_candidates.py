"""What a person is offered: the second best, what the page shows, its neighbours, and none of the classes."""

from casefold.case.alternatives import Candidate, candidates
from casefold.case.state import fold
from casefold.taxonomy.model import UNKNOWN
from casefold_properties.strategies import lines_of, page_of, setting_of
from casefold_properties.worlds import drive

ALPHA, BRAVO = (page_of([lines_of(f"{name} certificate")]) for name in ("alpha", "bravo"))
BOTH = page_of([lines_of("alpha certificate bravo certificate alpha certificate")])
NEITHER = page_of([lines_of("nothing that any class shows")])


def offered(*pages, page: int) -> tuple[Candidate, ...]:
    setting = setting_of(pages)
    case = fold(drive(setting.artifacts, [setting.opened], setting.world()))
    found = candidates(setting.artifacts, case, page)
    assert case.outcome is not None
    labels = [each.label for each in found]
    assert len(set(labels)) == len(labels)
    assert case.outcome.labels[page - 1].label not in labels
    return found


def test_the_second_best_comes_first():
    """What assembly would give the page otherwise, and what that is worth on the page itself."""
    found = offered(BOTH, page=1)

    assert found[0].runner_up and found[0].worth is not None and found[0].worth > 0
    assert UNKNOWN == found[-1].label


def test_neighbours_are_offered():
    """A page that shows nothing may be what lies on either side of it."""
    found = {each.label: each for each in offered(ALPHA, NEITHER, BRAVO, page=2)}

    assert {"alpha", "bravo", UNKNOWN} >= found.keys() >= {"bravo"}
    assert 3 == found["bravo"].neighbour


def test_a_page_alone_may_be_none_of_the_classes():
    """There is always something else to say."""
    assert [UNKNOWN] == [each.label for each in offered(ALPHA, page=1)]
