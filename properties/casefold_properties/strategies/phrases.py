"""Phrases, texts that hold them, and the slips that a scanner makes in them."""

from collections.abc import Sequence

from attrs import frozen
from hypothesis import strategies as st

from casefold.kernel.spelling import fold, squeeze
from casefold.pages.phrases import LONG

CONSONANTS, VOWELS = "bcdfghkpt", "aeou"
"""Letters that no other letter is folded into, so that a slip is one slip."""


def searches(*, letters: str = "abé1", max_size: int = 12) -> st.SearchStrategy[tuple[list[str], str]]:
    """Different strings, and a text of so few letters that they stand in it often, within and across each other."""
    text = st.text(letters, max_size=30)
    return st.tuples(st.lists(st.text(letters, min_size=1, max_size=9), max_size=max_size, unique=True), text)


@st.composite
def plain_words(draw: st.DrawFn, *, min_size: int = 3, max_size: int = 9) -> str:
    """Pronounceable words that hold nothing that scanners confuse."""
    size = draw(st.integers(min_size, max_size))
    return "".join(draw(st.sampled_from(VOWELS if at % 2 else CONSONANTS)) for at in range(size))


@st.composite
def phrase_texts(draw: st.DrawFn, *, max_words: int = 6) -> str:
    """Phrases: words, among them telling ones such as numbers and letters."""
    words = draw(st.lists(plain_words(), min_size=1, max_size=max_words))
    if draw(st.booleans()):
        words.insert(draw(st.integers(0, len(words))), draw(st.sampled_from(("1040", "W-2", "of", "K-1", "(H)"))))
    text = " ".join(words)
    return text if len(fold(text)) >= 4 else f"{text} taxes"


@frozen
class Planted:
    """A phrase, and a page's words in which it stands from word *first* to word *last*, with *slips* slips."""

    phrase: str
    words: tuple[str, ...]
    first: int
    last: int
    slips: int


@st.composite
def planted(draw: st.DrawFn, *, slips: bool = True, spaces: bool = True) -> Planted:
    """A phrase in a page, as printers and scanners make it.

    Capitals, marks and line breaks come anywhere. A phrase long enough may also lose its *spaces*, within and at its
    ends, and hold *slips*, as many as it may hold: one for every `LONG` letters, two at most, none in or beside a word
    that tells.
    """
    phrase = draw(phrase_texts())
    words = [draw(st.sampled_from((word, word.upper(), word.title()))) for word in phrase.split()]
    long = len(fold(phrase)) >= LONG
    count = draw(st.integers(0, min(2, len(fold(phrase)) // LONG))) if slips and long else 0
    made = 0
    for _ in range(count):
        made += _slip(draw, words)
    words = [draw(st.sampled_from(("{}", "{}", "{},", "({})", "“{}”", "{}:"))).format(word) for word in words]
    if spaces and long and draw(st.booleans()):
        at = draw(st.integers(0, len(words) - 1))
        words[at : at + 2] = ["".join(words[at : at + 2])]
    before = draw(st.lists(st.sampled_from(("vv", "zz", "--", "jy", "…")), max_size=4))
    after = draw(st.lists(st.sampled_from(("vv", "zz", "--", "jy", "…")), max_size=4))
    return Planted(phrase, (*before, *words, *after), len(before), len(before) + len(words) - 1, made)


def _slip(draw: st.DrawFn, words: list[str]) -> int:
    """Make a letter wrong, lose one or add one, in the middle of a word that does not tell."""
    able = [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not able:
        return 0
    at = draw(st.sampled_from(able))
    word = words[at]
    place = draw(st.integers(1, len(word) - 2))
    words[at] = draw(st.sampled_from((
        word[:place] + "x" + word[place + 1 :],
        word[:place] + word[place + 1 :],
        word[:place] + "x" + word[place:],
    )))  # fmt: skip
    return 1


@st.composite
def crowded_texts(draw: st.DrawFn, *, letters: str = "ab", max_words: int = 14) -> tuple[str, ...]:
    """Words of so few letters that phrases of the same letters stand everywhere in them, nearly."""
    word = st.text(letters, min_size=1, max_size=8)
    return tuple(draw(st.lists(word, max_size=max_words)))


@st.composite
def crowded_phrases(draw: st.DrawFn, *, letters: str = "ab", min_size: int = 1, max_size: int = 4) -> tuple[str, ...]:
    """Phrases of few letters, some long, some holding others, some with words that tell."""
    word = st.text(letters, min_size=1, max_size=10)
    whole = st.lists(word, min_size=1, max_size=6).map(" ".join).filter(lambda text: len(fold(text)) >= 4)
    return tuple(draw(st.lists(whole, min_size=min_size, max_size=max_size, unique_by=fold)))


@st.composite
def crowded_pages(draw: st.DrawFn, *, letters: str = "ab") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Phrases and a page, of so few letters that they meet; pieces of the phrases come up often, with slips."""
    phrases = draw(crowded_phrases(letters=letters))
    words = list(draw(crowded_texts(letters=letters, max_words=6)))
    for _ in range(draw(st.integers(0, 3))):
        chosen = list(draw(st.sampled_from(phrases)).replace(" ", draw(st.sampled_from((" ", " ", "")))))
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(chosen)))
            chosen[at : at + draw(st.integers(0, 1))] = draw(st.sampled_from(("", *letters)))
        at = draw(st.integers(0, len(words)))
        words[at:at] = "".join(chosen).split()
    return phrases, tuple(words)


def folded_words(words: Sequence[str]) -> str:
    """Give the letters that a page's words leave."""
    return squeeze(words).text
