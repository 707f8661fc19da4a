"""The local model: plain sums, bounded words, one file for one model."""

from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.kernel.canonical import written
from casefold.kernel.results import Success
from casefold.pages.labels import Tier
from casefold.pages.local.asking import lead
from casefold.pages.local.codec import made, parse_model, write_model
from casefold.pages.local.features import Hashing, features
from casefold.pages.local.model import LANE_ROWS, WEIGHT_MAX, Calibration, opinions, worths
from casefold.pages.opinions import Opinion, credited
from casefold.pages.signals import compile_taxonomy, read
from casefold_adapters import local_models as local_models_shipped
from casefold_adapters import taxonomies
from casefold_properties import strategies
from casefold_properties.laws import local as laws
from casefold_properties.strategies import HEADER, Line, page_of
from casefold_properties.strategies.local import WORDS, local_models, worded_pages
from casefold_properties.strategies.local import opinions as said_opinions

HASHING = Hashing(12, 7)
W2 = page_of([Line(("Wages", "tips", "other", "compensation"), HEADER)])


@given(local_models())
def test_models_read_back(model):
    """A model is read back from its bytes, which are the same again."""
    laws.model_reads_back(model)


@given(local_models(), st.integers(0, 10_000))
def test_a_damaged_model_is_not_taken_for_itself(model, at):
    """One byte that is another is noticed, wherever it stands."""
    laws.model_damage_is_noticed(model, at)


def test_a_reader_that_does_not_look_at_the_weights_is_caught():
    """A parser that names every file alike breaks the law."""
    model = a_model()

    with pytest.raises(AssertionError):
        laws.model_damage_is_noticed(model, len(write_model(model)) - 1, lambda _: Success(model))


@given(local_models(), st.data())
def test_worths_are_plain_sums(model, data):
    """Adding all labels up at once comes to what adding up each would."""
    seen = data.draw(st.frozensets(st.integers(0, (1 << model.hashing.bits) - 1)))

    laws.worths_are_plain_sums(model, seen)


def test_forgetting_the_bias_is_caught():
    """A sum that leaves the first feature out breaks the law."""
    model = a_model()

    with pytest.raises(AssertionError):
        laws.worths_are_plain_sums(model, frozenset({0, 1, 2}), lambda it, seen: worths(it, sorted(seen)[1:]))


@given(local_models(), worded_pages())
def test_a_model_says_little(model, page):
    """A page gets three opinions at most, none louder than the model may be."""
    laws.model_speaks_little(model, page)


def test_a_model_that_shouts_is_caught():
    """An opinion beyond what calibration allows breaks the law."""
    model = a_model()
    loud = Opinion(Tier.LOCAL, model.labels[0], model.calibration.worth_max + 1)

    with pytest.raises(AssertionError):
        laws.model_speaks_little(model, W2, lambda _, __: (loud,))


@given(st.lists(st.sampled_from(WORDS), max_size=8), st.randoms(use_true_random=False))
@example([], None).via("no words")
def test_the_order_of_words_is_nothing(words, chance):
    """The same words in another order, some of them twice, are the same to the model."""
    other = [*words, *words[:2]]
    if chance is not None:
        chance.shuffle(other)

    laws.order_of_words_is_nothing(
        page_of([Line(tuple(words), HEADER)]), page_of([Line(tuple(other), HEADER)]), HASHING
    )


def test_seeing_order_is_caught():
    """Features that hash the page as a whole break the law."""
    one, two = page_of([Line(("gross", "pay"))]), page_of([Line(("pay", "gross"))])

    with pytest.raises(AssertionError):
        laws.order_of_words_is_nothing(one, two, HASHING, lambda page, _: frozenset({len(page.words[0])}))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.data())
def test_a_slip_spoils_little(words, data):
    """One word read wrong changes the runs of that word and no other."""
    at = data.draw(st.integers(0, len(words) - 1))
    read = data.draw(st.text("abcdefgh", max_size=30))
    other = [*words[:at], *([read] if read else []), *words[at + 1 :]]
    pages = [page_of([Line(tuple(each), HEADER)]) for each in (words, other)]

    laws.slips_spoil_little(pages[0], pages[1], [words[at], *([read] if read else [])], HASHING)


def test_a_slip_that_spoils_the_page_is_caught():
    """Features that take the page's length in break the law."""
    pages = [page_of([Line(("gross", "pay", "for", "the", "period"))]), page_of([Line(("gross", "pay"))])]

    with pytest.raises(AssertionError):
        laws.slips_spoil_little(pages[0], pages[1], ["x"], HASHING)


@given(worded_pages(), st.integers(4, 18), st.integers(0, 2**32 - 1))
@example(W2, 18, 2**32 - 1).via("the widest hashes")
def test_runs_are_hashed_one_by_one(page, bits, seed):
    """Hashing all runs of a page at once comes to what hashing each would."""
    laws.runs_are_hashed_one_by_one(page, Hashing(bits, seed))


def test_hashing_the_words_in_place_of_their_top_is_caught():
    """Features without those of the top break the law."""
    low = page_of([Line(W2.words)])

    with pytest.raises(AssertionError):
        laws.runs_are_hashed_one_by_one(W2, HASHING, lambda _, hashing: features(low, hashing))


@pytest.mark.parametrize("seen", [LANE_ROWS - 1, LANE_ROWS, LANE_ROWS + 1, 1 << 10])
@pytest.mark.parametrize("weight", [WEIGHT_MAX, -WEIGHT_MAX])
def test_a_page_of_any_length_is_added_up(seen, weight):
    """The largest weights and the smallest, of as many features as fit a lane, and more."""
    weights = (weight % 256).to_bytes() * (2 << 10)
    model = made(
        "m", "1", "sha256:t", ("a", "b"), Hashing(10, 0), Calibration(2**20, 12), (5, -5), weights, written({})
    )

    laws.worths_are_plain_sums(model.unwrap(), range(seen))


@given(strategies.known_artifacts(), local_models(), strategies.any_pages())
def test_open_pages_are_asked_about(artifacts, model, page):
    """Where rules leave a page open the model is asked; where they do not, it is not."""
    laws.open_pages_are_asked_about(artifacts.compiled, model, page)


@pytest.mark.parametrize("lead_max", [None, 0])
def test_asking_about_no_page_or_about_all_is_caught(lead_max):
    """Silence on an open page breaks the law, and so does a word on a sure one."""
    compiled = compile_taxonomy(taxonomies.load("lending-us").unwrap()).unwrap()
    model = local_models_shipped.load("lending-us").unwrap()
    bounded = evolve(model, calibration=evolve(model.calibration, lead_max=lead_max))
    page = page_of([Line(("Form", "W-2", "Wage", "and", "Tax", "Statement", "wages", "tips"), HEADER)])
    wrong = (lambda *_: ()) if lead_max is None else (lambda _, asked, given, __: opinions(asked, given))

    assert lead(compiled, read(compiled, page)) > 0
    laws.open_pages_are_asked_about(compiled, bounded, page)
    with pytest.raises(AssertionError):
        laws.open_pages_are_asked_about(compiled, bounded, page, wrong)


@given(strategies.known_artifacts(), strategies.any_pages(), st.data())
def test_opinions_add_up_in_any_order(artifacts, page, data):
    """The order in which tiers speak is nothing, and one who speaks for a label never harms it."""
    labels = ("unknown", *(each.id for each in artifacts.compiled.classes))
    said = data.draw(st.lists(said_opinions(labels), max_size=4))
    more = data.draw(said_opinions(labels))
    shuffled = data.draw(st.permutations(said))

    laws.opinions_add_up(artifacts.compiled, read(artifacts.compiled, page), said, more, shuffled)


@given(
    st.lists(said_opinions(), max_size=4),
    st.sampled_from(("w2", "w9")),
    st.sampled_from(("unknown", "paystub", None)),
    st.integers(-10, 90),
    st.sampled_from((500_000, 990_000)),
)
def test_credit_is_due(said, label, other, margin, wanted):
    """Whoever has the credit spoke for the label, and rules that need no help have it themselves."""
    laws.credit_is_due(said, label, other, margin, wanted)


def test_credit_for_the_silent_is_caught():
    """Crediting a tier that said nothing breaks the law."""
    with pytest.raises(AssertionError):
        laws.credit_is_due([], "w2", None, 30, 990_000, lambda *_: Tier.LOCAL)


def test_credit_goes_to_whoever_tips_the_scales():
    """At twenty decibans asked for, a lead of 25 of which 12 are the model's is the model's doing."""
    said = [Opinion(Tier.LOCAL, "w2", 12), Opinion(Tier.MEMORY, "w2", 3)]

    assert credited(said, "w2", "w9", 25, 990_000) is Tier.LOCAL
    assert credited(said, "w2", "w9", 35, 990_000) is Tier.RULES
    assert all(credited(each, "w2", "w9", 25, 990_000) is Tier.LOCAL for each in permutations(said))


def test_strategies_reach_what_the_laws_are_about():
    """Models speak of some pages and are silent of others, and pages differ in their tops."""
    reached = {
        "speaks": lambda pair: bool(opinions(*pair)),
        "is silent": lambda pair: not opinions(*pair),
        "is held back": lambda pair: any(each.worth == pair[0].calibration.worth_max for each in opinions(*pair)),
        "sees something": lambda pair: bool(features(pair[1], pair[0].hashing)),
    }

    assert unreached(st.tuples(local_models(), worded_pages()), reached, examples=100) == set()


def test_bytes_that_are_no_model_are_refused_with_what_is_wrong():
    """Each fault is told for what it is."""
    model = a_model()
    content = write_model(model)
    cases = {
        b"": "no JSON object",
        b"[]\n": "no JSON object",
        b"\xff\n": "no JSON object",
        content[:-1]: "was the file cut off?",
        content + b"\0": "was the file cut off?",
        content[:-1] + bytes([content[-1] ^ 1]): "the file was changed",
        content.replace(b'"bits":5', b'"bits":3'): "hashing.bits: 3",
        content.replace(b'"worth_max":12', b'"lead_max":-1,"worth_max":12'): "calibration.lead_max",
        content.replace(b'"labels":["a","b"]', b'"labels":["a","a"]'): "labels",
        content.replace(b'"name":"m",', b""): "missing",
    }

    for each, words in cases.items():
        assert words in " ".join(parse_model(each).failure().problems), each[:80]


def a_model():
    weights = bytes(at % 120 for at in range(64))
    return made(
        "m", "1", "sha256:t", ("a", "b"), Hashing(5, 0), Calibration(2**20, 12), (5, -5), weights, written({})
    ).unwrap()
