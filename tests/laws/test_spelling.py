"""Differences in spelling that do not matter are gone; all others stay."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from casefold.kernel.spelling import fold
from casefold_properties import laws, strategies

WORDS = st.lists(
    st.text("aAéﬁrn1I|-—.\x02\u00ad™ß½", min_size=1, max_size=5) | st.text(min_size=1, max_size=5), max_size=6
).map(lambda words: [word for text in words for word in text.split()])


@given(st.text(max_size=12))
@example("rrn").via("a letter that becomes half of a confusion")
@example("r-n").via("a mark between the halves of a confusion")
@example("İ").via("a capital whose small letter is two")
@example("¼").via("a fraction, whose figures are confused with letters")
def test_fold_is_idempotent(text):
    """Folding twice is folding once."""
    laws.fold_is_idempotent(text)


@given(st.text("AbcrRnN1I0 ", min_size=1, max_size=10), st.data())
@example("BorrowerName", 8).via("the space stands inside a confusion")
def test_space_does_not_matter(text, data):
    """Scanners lose spaces and add some: what is folded is the same."""
    at = data if isinstance(data, int) else data.draw(st.integers(0, len(text)))

    laws.fold_ignores_space(text, at)


@given(strategies.phrase_texts(), st.randoms(use_true_random=False))
def test_case_and_marks_do_not_matter(phrase, chance):
    """Capitals, small letters, quotes, dashes, commas and accents are all one."""
    marks = ("", "", "", "-", "—", ",", "“", "'", "\u00ad", "\u0301")
    dressed = "".join(chance.choice((letter.upper(), letter)) + chance.choice(marks) for letter in phrase)

    assert fold(dressed) == fold(phrase)
    assert fold(unicodedata.normalize("NFC", dressed)) == fold(phrase)


@given(st.sampled_from(("ff", "fi", "fl", "ffi", "ffl", "st", "ss", "1/2", "II", "TM")))
def test_ligatures_do_not_matter(letters):
    """A ligature is its letters."""
    whole = {"ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "ffi": "ﬃ", "ffl": "ﬄ", "st": "ﬆ", "ss": "ß", "1/2": "½", "II": "Ⅱ"}

    assert fold(f"e{whole.get(letters, letters)}e") == fold(f"e{letters}e")


@given(WORDS)
@example([]).via("a page without words")
@example(["pay\x02ment"]).via("a mark that no printer prints, alone")
@example(["pay\x02ment", "é"]).via("the same beside a letter that is not ASCII")
@example(["Form", "—", "W-2"]).via("a word that folds to nothing")
def test_a_page_is_folded_word_by_word(words):
    """A word is folded the same on every page, and is found where it stands."""
    laws.squeeze_folds_each_word(words)


@given(WORDS)
@example(["--", "ab", "--", "c", "--"]).via("words that fold to nothing, everywhere")
def test_letters_are_traced_to_their_words(words):
    """From any letters back to the words that show them."""
    laws.letters_know_their_word(words)
