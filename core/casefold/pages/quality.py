"""Judge the text layer of a page: whether its words may be those that people see on it.

Layers are missing on scans, garbage where a font has no honest map to letters, and a stamp where a program numbered the
pages of a scan. None of that may pass for the page's words.
"""

import re
import unicodedata
from enum import Enum

from casefold.pages.text import PageText

LETTERS_MIN = 40
"""A page with fewer letters and digits, and pictures or drawings besides, says more in those than in its words."""

SCAN_WORDS_MIN = 50
"""A page that is a picture and has fewer words carries a stamp, not a layer."""

PICTURE_PPM = 50_000
"""Share of a page that a picture must cover to be more than a logo."""

SCAN_PPM = 500_000
"""Share of a page from which on a picture is the page."""

DRAWN_MIN = 100
"""A page of so many objects and hardly a word draws its letters."""

GARBAGE_PERCENT_MAX = 20
"""Share of characters in words that nobody would write; on honest pages, with boxes to tick, it is below seven."""

VOWELS_PERCENT_MIN = 20
"""Share of vowels among the letters of a page; on honest pages it lies between 32 and 50."""

VOWELS_PERCENT_MAX = 65

VOWELS_LETTERS_MIN = 100
"""A page of fewer letters may be all abbreviations."""

_VOWELS = b"aeiou"
_NOT_LATIN = bytes(code for code in range(128) if not 97 <= code <= 122)

SHORT_MAX = 5
"""Words of so few characters are too short to tell: abbreviations, codes, parts of numbers."""

CAPITALS_MAX = 2
SIGNS_MAX = 1
"""So often a capital may follow a small letter, or a sign stand within a word that names and numbers do not have."""

# Six consonants in a row; or, captured, six times the same letter but for the x that hides a number.
_ODD = re.compile(r"[bcdfghjklmnpqrstvwz]{6}|([a-wyz])\1{5}")
_CAPITALS = re.compile(r"[a-z](?=[A-Z])")
_SIGNS = re.compile(r"[A-Za-z0-9][^A-Za-z0-9\-'/.,&@_:()](?=[A-Za-z0-9])")
_NO_CHARACTERS = frozenset({"Cc", "Cn", "Co", "Cs"})
_REPLACEMENT = "\ufffd"


class Layer(Enum):
    """What the text layer of a page is good for."""

    TRUSTED = "trusted"
    """Its words may be taken."""
    EMPTY = "empty"
    """The sheet draws nothing, so there is nothing to read."""
    ABSENT = "absent"
    """What the page shows is not in its layer."""
    UNTRUSTED = "untrusted"
    """The layer holds what nobody would write."""


def judge(page: PageText) -> Layer:
    """Judge the layer of a page as it was read; words that are garbage never make it better.

    >>> from casefold.pages.text import TextOrigin
    >>> words = ("Uniform", "Residential", "Loan", "Application", "Section", "1:", "Borrower", "Information")
    >>> judge(PageText(1, words, (0,) * 32, 612, 792, 0, TextOrigin.LAYER, 9, 0)).value
    'trusted'
    >>> judge(PageText(1, (), (), 612, 792, 0, TextOrigin.NONE, 1, 1_000_000)).value
    'absent'
    """
    bad = frozenset(word for word in set(page.words) if not plausible(word))
    good = [word for word in page.words if word not in bad] if bad else page.words
    text, marks = "".join(good), sum(map(len, page.words))
    if 100 * (marks - len(text)) > GARBAGE_PERCENT_MAX * marks:
        return Layer.UNTRUSTED
    latin = text.lower().encode("ascii", "ignore").translate(None, _NOT_LATIN)
    vowels = 100 * (len(latin) - len(latin.translate(None, _VOWELS)))
    if len(latin) >= VOWELS_LETTERS_MIN and not (
        VOWELS_PERCENT_MIN * len(latin) <= vowels <= VOWELS_PERCENT_MAX * len(latin)
    ):
        return Layer.UNTRUSTED
    if not page.words and not page.objects:
        return Layer.EMPTY
    pictured = page.image_ppm >= PICTURE_PPM or page.objects >= DRAWN_MIN
    if not page.words or (pictured and len(latin) < LETTERS_MIN and sum(map(str.isalnum, text)) < LETTERS_MIN):
        return Layer.ABSENT
    if len(good) < SCAN_WORDS_MIN and page.image_ppm >= SCAN_PPM:
        return Layer.ABSENT
    return Layer.TRUSTED


def plausible(word: str) -> bool:
    r"""Whether somebody may have written *word*: letters that make one, a number, a sign.

    >>> [plausible(word) for word in ("Wages,", "$1,234.56", "401(k)", "____", "Herbst-Straße", "W-2")]
    [True, True, True, True, True, True]
    >>> [plausible(word) for word in ("\ue001\ue002", "a\ufffd", "Wklvlvsdjh#@x", "zzzzzzzz", "lQvxUdQfH", "xqzrtwp")]
    [False, False, False, False, False, False]
    """
    if word.isascii():
        return _spelled(word)
    if any(mark == _REPLACEMENT or unicodedata.category(mark) in _NO_CHARACTERS for mark in word):
        return False
    latin = "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))
    return _spelled(latin) if latin.isascii() else True


def _spelled(word: str) -> bool:
    """Whether a word of plain letters and signs is one; short ones get the benefit of the doubt."""
    if len(word) <= SHORT_MAX or not word.isprintable():
        return word.isprintable()
    found = _ODD.search(word.lower())
    if found is not None and not (word.isupper() and found[1] is None):
        return False
    return len(_CAPITALS.findall(word)) <= CAPITALS_MAX and (word.isalpha() or len(_SIGNS.findall(word)) <= SIGNS_MAX)
