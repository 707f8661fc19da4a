"""Phrases are found wherever they stand, as scanners leave them, and nowhere else."""

from hypothesis import example, given
from hypothesis import strategies as st

from casefold.kernel.spelling import fold, squeeze
from casefold.pages.phrases import find, index
from casefold_properties import laws, strategies
from casefold_properties.strategies import Planted


def at_once(phrase: str, page: str, slips: int = 0) -> Planted:
    words = page.split()
    return Planted(phrase, tuple(words), 0, len(words) - 1, slips)


@given(strategies.planted(slips=False, spaces=False))
@example(at_once("abcd", "abcd")).via("the shortest phrase")
@example(at_once("Form W-2", "FORM (W-2)")).via("a form number")
def test_a_planted_phrase_is_found(plant):
    """A phrase that is printed is found in the words that print it."""
    laws.finds_where_it_stands(plant.phrase, plant.words, plant.first, plant.last)


@given(strategies.planted())
@example(at_once("abcdefghijklmnop", "abcdefghxjklmnop", 1)).via("the shortest phrase with a slip")
@example(at_once("abcdefghijklmnop", "abcdefghjklmnop", 1)).via("the shortest phrase, a letter lost")
@example(at_once("abcdefghijklmnop", "abcdefghxijklmnop", 1)).via("the shortest phrase, a letter more")
@example(at_once("certificate of legal 1040", "certificate of lega 1040", 1)).via("a letter lost before a telling one")
@example(at_once("certificate of legal 1040", "certificate of legall 1040", 1)).via("a letter doubled there")
@example(at_once("certificate of title a annex", "certificate of title a nnex", 1)).via(
    "a letter lost after its like that tells"
)
@example(at_once("borrower name", "borrowername")).via("a lost space inside what scanners confuse")
@example(at_once("borrower-name certificate 1040", "borrower-name certificate 1040")).via("a hyphen in a confusion")
def test_a_planted_phrase_is_found_for_all_its_slips(plant):
    """Lost spaces and as many slips as a phrase may hold do not hide it."""
    squeezed = squeeze(plant.words)
    found = [squeezed.words_between(match.start, match.end) for match in find(index([plant.phrase]), squeezed)]

    assert (plant.first, plant.last) in found


@given(strategies.crowded_pages())
@example((("aaaa",), ("aaaaa", "aaaa"))).via("inside a word, and as one")
@example((("a" * 16,), ("a" * 40,))).via("a phrase at every place")
@example((("a" * 15 + " b",), ("a" * 14 + "b",))).via("a slip beside a telling end")
def test_all_that_is_found_is_there(page):
    """No phrase is found with more slips than it may hold, across a telling word, or inside a word if it is short."""
    phrases, words = page

    laws.finds_nothing_else(index(phrases), squeeze(words))


@given(strategies.crowded_pages())
@example((("aaaa bbbb aaaa bbbb",), ("aaaa", "bbbb", "aabaa", "bbbb"))).via("a letter more")
@example((("a a a a aaab aaaaaaaa",), ("a", "a", "a", "aaab", "aaaaaaaa"))).via(
    "a letter lost beside its like that tells"
)
@example((("aaaaaaaaaa ba a aaaaaaaaab",), ("aaaaaaaaaa", "ba", "a", "aaaaaaaaab") * 2)).via("from one into the next")
def test_one_pass_finds_all_that_trying_everything_finds(page):
    """The anchors lead to every place where a phrase stands."""
    phrases, words = page

    laws.finds_everything(index(phrases), squeeze(words))
    laws.finds_exactly(index(phrases), squeeze(words))


@given(strategies.phrase_texts().filter(lambda text: any(mark.isdigit() for mark in text)), st.data())
@example("lender-name certificate 1040", "lender-name certificate 2040").via("after what scanners confuse")
@example("certificate of title 1040", "certificate of title 104").via("a digit lost")
def test_a_number_is_never_taken_for_another(phrase, data):
    """Words with a digit tell one form from the next: another digit is another form."""
    if isinstance(data, str):
        page = data
    else:
        at = data.draw(st.sampled_from([at for at, mark in enumerate(phrase) if mark.isdigit()]))
        page = phrase[:at] + data.draw(st.sampled_from("0123456789".replace(phrase[at], ""))) + phrase[at + 1 :]

    if fold(page) != fold(phrase):
        assert not find(index([phrase]), squeeze(page.split()))


@given(strategies.crowded_pages(letters="abrn"))
@example((("form 1040", "schedule a form 1040"), ("schedule", "a", "form", "1040"))).via("one inside the other")
def test_only_the_longest_is_given(page):
    """A phrase inside a longer one that is found does not count."""
    phrases, words = page

    laws.longest_only(find(index(phrases), squeeze(words)))


@given(strategies.crowded_pages())
def test_more_phrases_hide_only_what_they_hold(page):
    """Whether a phrase is found hangs on no other phrase, save one whose match holds it."""
    phrases, words = page
    squeezed = squeeze(words)
    together = find(index(phrases), squeezed)

    for phrase in phrases:
        for match in find(index([phrase]), squeezed):
            assert any(other.start <= match.start + 4 and match.end - 4 <= other.end for other in together)


@given(st.lists(st.text(min_size=1, max_size=6), max_size=8), strategies.crowded_phrases(letters="abé1|"))
@example(["a"], ("aaaa",)).via("a page shorter than any phrase")
@example([], ("aaaa",)).via("a page without words")
def test_any_page_is_searched(words, phrases):
    """No page makes the search fall over."""
    squeezed = squeeze([word for text in words for word in text.split()])

    for match in find(index(phrases), squeezed):
        assert 0 <= match.start < match.end <= len(squeezed.text)
