"""Documents whose pages lie apart are put together again, and nothing else is."""

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.pages.assembly import assemble
from casefold.pages.assignment import assign
from casefold.pages.facts import Facts, Identity, PageNumber
from casefold.pages.otherwise import Alternative, Choice
from casefold.pages.rejoining import Group, rejoin
from casefold.pages.scores import Page, PageScore, class_model
from casefold.taxonomy.model import UNKNOWN, DocumentClass, IdentityKey, PageLimits
from casefold_properties import laws, strategies

KEYS = (IdentityKey.SSN,)
MODELS = {label: class_model(DocumentClass(label, "f", "T", (), PageLimits(1, 6), False, KEYS)) for label in ("a", "b")}
STREAMS = strategies.torn_streams() | strategies.streams(max_size=10)


def page(label: str | None = None, number: int | None = None, total: int | None = None, key: str | None = None) -> Page:
    numbers = (PageNumber(number, total),) if number is not None else ()
    identity = (Identity(IdentityKey.SSN, key),) if key is not None else ()
    scores = {label: PageScore(40, frozenset(), None)} if label is not None else {}
    return Page(scores, Facts(numbers, identity, None, None, ()), False, (612, 792))


def group(places: tuple[int, ...], label: str) -> Group:
    return Group(places, label, 0, Alternative(Choice.OTHER_CLASS, 0, 0), 0)


def joined(pages, models=MODELS) -> tuple[Group, ...]:
    return rejoin(models, pages, assemble(models, pages))


def places(pages) -> list[tuple[int, ...]]:
    return [group.places for group in joined(pages)]


@given(STREAMS)
@example((MODELS, ())).via("no pages")
@example((MODELS, (page("a", 1, 2), page("b", 1, 2), page("a", 2, 2), page("b", 2, 2)))).via("two documents, dealt out")
def test_no_page_is_lost_or_doubled(stream):
    """Every page is in one document, and documents come in the order of their first pages."""
    models, pages = stream

    laws.groups_hold_every_page_once(len(pages), joined(pages, models))


@given(STREAMS)
@example((MODELS, (page("a", 1, 2, "p"), page("b"), page("a", 2, 2, "q"), page("b"), page("a", 2, 2, "p"))))
def test_nothing_is_joined_against_what_pages_say(stream):
    """Keys that differ, a printed number that is there already, and too many pages each forbid a join."""
    models, pages = stream
    groups = joined(pages, models)

    laws.nothing_is_joined_against_its_keys(models, pages, groups)
    laws.nothing_is_joined_against_its_numbers(pages, groups)
    laws.nothing_is_joined_beyond_its_length(models, groups)


@given(STREAMS)
def test_what_nothing_ties_stays_apart(stream):
    """Without numbers, keys and running headers the first stage stands as it is."""
    models, pages = stream
    bare = [evolve(each, facts=Facts((), (), None, None, ())) for each in pages]
    assembly = assemble(models, bare)

    laws.what_nothing_ties_lies_as_it_was(assembly, rejoin(models, bare, assembly))


WORTHS = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(-3, 9), max_size=9)


@given(WORTHS)
@example({}).via("nothing to pair")
@example({(0, 0): 9, (0, 1): 8, (1, 0): 7}).via("the best pair is not in the best pairing")
def test_pairs_are_worth_the_most_together(worths):
    """Trying every pairing finds none that is worth more, and the order in which pairs are named is nothing."""
    laws.pairing_is_the_best(worths, assign(worths))
    laws.pairing_does_not_ask_for_order(worths)


def test_interleaved_documents_come_back():
    """Two documents of one class, dealt out page by page, are two documents again."""
    dealt = [page("a", at, 3, key) for at in (1, 2, 3) for key in "pq"]

    assert places(dealt) == [(0, 2, 4), (1, 3, 5)]


def test_shuffled_pages_come_back_in_order():
    """Printed numbers say in what order pages of a shuffled document go."""
    shuffled = [page("a", 3, 3, "p"), page("b", 2, 2), page("a", 1, 3, "p"), page("b", 1, 2), page("a", 2, 3, "p")]

    assert places(shuffled) == [(2, 4, 0), (3, 1)]


def test_a_page_of_no_class_goes_where_its_number_is_missing():
    """In a file that is out of order, a page that shows nothing belongs to the document that lacks its number."""
    dealt = [
        page("a", 1, 4),
        page("b", 1, 2),
        page("a", 2, 4),
        page("b", 2, 2),
        page(None, 3, 4),
        page("b"),
        page("a", 4, 4),
    ]
    groups = joined(dealt)

    assert groups[0].places == (0, 2, 4, 6)
    assert groups[0].label == "a"


def test_a_file_in_order_stays_as_it_is():
    """Documents of one class that lack pages are not joined to each other, though one begins where another ends."""
    orderly = [page("a", 1, 2, "p"), page("b", 1, 1), page("a", 2, 2, "q"), page("b", 1, 1)]

    assert places(orderly) == [(0,), (1,), (2,), (3,)]


def test_what_is_not_found_in_a_file_out_of_order_is_doubtful():
    """A part that stays alone in such a file, though its number says that it is a part, is for a person to place."""
    dealt = [page("a", at, 3, key) for at in (1, 2, 3) for key in "pq"]
    groups = joined([*dealt, page("b", 4, 9)])

    assert [group.doubtful for group in groups] == [False, False, True]


@pytest.mark.parametrize(
    ("law", "groups"),
    [
        (lambda groups: laws.groups_hold_every_page_once(4, groups), [group((0, 1), "a"), group((3,), "a")]),
        (lambda groups: laws.groups_hold_every_page_once(2, groups), [group((1,), "a"), group((0,), "a")]),
        (
            lambda groups: laws.nothing_is_joined_against_its_keys(
                MODELS, [page("a", key="p"), page("b"), page("a", key="q")], groups
            ),
            [group((0, 2), "a"), group((1,), "b")],
        ),
        (
            lambda groups: laws.nothing_is_joined_against_its_numbers(
                [page("a", 1, 2), page("b"), page("a", 1, 2)], groups
            ),
            [group((0, 2), "a"), group((1,), "b")],
        ),
        (
            lambda groups: laws.nothing_is_joined_beyond_its_length(MODELS, groups),
            [group((0, 1, 2, 3, 5, 6, 7), "a"), group((4,), "b")],
        ),
        (
            lambda groups: laws.what_nothing_ties_lies_as_it_was(
                assemble(MODELS, [page("a"), page("b"), page("a")]), groups
            ),
            [group((0, 2), "a"), group((1,), "b")],
        ),
    ],
    ids=["a page lost", "another order", "two keys", "a number twice", "too long", "without a tie"],
)
def test_the_laws_find_what_breaks_them(law, groups):
    """Each law fails for groups that are wrong in just its way."""
    with pytest.raises(AssertionError):
        law(groups)


def test_the_laws_of_pairing_find_a_greedy_one():
    """Taking the best pair first is not the best."""
    with pytest.raises(AssertionError):
        laws.pairing_is_the_best({(0, 0): 9, (0, 1): 8, (1, 0): 7}, {0: 0})


def test_torn_streams_reach_what_the_laws_are_about():
    """Joins, joins of three, pages that are adopted, doubtful parts and refused joins all come up."""

    def groups(stream):
        return joined(stream[1], stream[0])

    def adopts(stream):
        models, pages = stream
        assembly = assemble(models, pages)
        return any(
            assembly.choices[at].label == UNKNOWN != group.label
            for group in rejoin(models, pages, assembly)
            for at in group.places
        )

    conditions = {
        "a join": lambda stream: any(len(laws.runs_of(group)) > 1 for group in groups(stream)),
        "a join of three": lambda stream: any(len(laws.runs_of(group)) > 2 for group in groups(stream)),
        "another order": lambda stream: any(list(group.places) != sorted(group.places) for group in groups(stream)),
        "adopted": adopts,
        "doubtful": lambda stream: any(group.doubtful for group in groups(stream)),
        "nothing to join": lambda stream: len(stream[1]) > 4 and all(len(laws.runs_of(g)) == 1 for g in groups(stream)),
    }
    assert unreached(strategies.torn_streams(), conditions, examples=600) == set()
